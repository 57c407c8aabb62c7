//! Operators of other languages: by the table, and those that take a pattern.

use super::super::operators::allows;
use super::super::traps::{Asks, asked};
use super::lex::{Kind, Token};
use super::patterns::{from_like, from_regex};
use super::shapes::either;
use super::words::{LEADS, NEGATIONS, OPERATORS, has_negation, spelled};
use super::{Form, Place};
use crate::ops::{self, Op, Takes};
use crate::quote::quoted;
use crate::schema::Field;
use crate::span::Span;
use crate::value::Type;

/// What a phrase says: the operator, whether it is negated, its words, and what differs.
struct Phrase {
    op: Op,
    negated: bool,
    used: usize,
    note: Option<&'static str>,
    foreign: bool,
}

/// The most words that the phrases of the tables have.
const LONGEST: usize = 6;

/// The first tokens as a phrase, in lower case with one blank between them.
fn phrase(tokens: &[Token], words: usize) -> Option<String> {
    let run = tokens.get(..words)?;
    let wordy = |token: &Token| matches!(token.kind, Kind::Word | Kind::Symbol | Kind::Not);
    run.iter().all(wordy).then(|| {
        run.iter().map(|token| token.plain.to_ascii_lowercase()).collect::<Vec<_>>().join(" ")
    })
}

/// The longest operator that the tokens begin with: a foreign one, or one of the language.
fn core(tokens: &[Token], own: bool) -> Option<Phrase> {
    (1..=LONGEST).rev().find_map(|used| {
        let text = phrase(tokens, used)?;
        let foreign = OPERATORS.iter().find(|row| row.text == text);
        let foreign = foreign.map(|row| Phrase {
            op: row.op,
            negated: row.negated,
            used,
            note: row.note,
            foreign: true,
        });
        foreign.or_else(|| {
            let mut spellings = ops::spellings_from(&text).iter();
            let found = spellings.find(|spelling| own && spelling.text == text)?;
            let (op, negated) = (found.op, found.negated);
            Some(Phrase { op, negated, used, note: None, foreign: false })
        })
    })
}

/// An operator with the words before it that negate it or add nothing.
fn read(tokens: &[Token]) -> Option<Phrase> {
    let negation = NEGATIONS.iter().filter_map(|text| {
        let used = text.split(' ').count();
        (phrase(tokens, used)? == *text).then_some(used)
    });
    if let Some(used) = negation.max()
        && let Some(inner) = core(tokens.get(used..)?, true)
    {
        let negated = !inner.negated;
        return Some(Phrase { negated, used: used + inner.used, foreign: true, ..inner });
    }
    let lead = phrase(tokens, 1).is_some_and(|first| LEADS.contains(&first.as_str()));
    if lead && let Some(inner) = core(tokens.get(1..)?, true) {
        return Some(Phrase { used: 1 + inner.used, foreign: true, ..inner });
    }
    core(tokens, false).filter(|found| found.foreign)
}

/// An operator of the table.
pub(super) fn operator(place: &Place<'_, '_>) -> Option<Form> {
    place.subject()?;
    let tokens = place.tokens();
    let found = read(tokens.get(1..)?)?;
    let behind = 1 + found.used;
    let rest = place.rest(behind);
    let takes = found.op.row().takes;
    if (takes == Takes::Flag) != rest.is_empty() {
        return None;
    }
    let list = tokens.get(behind).is_some_and(|next| next.kind == Kind::Open)
        || tokens.iter().any(|token| token.kind == Kind::Comma);
    let own = has_negation(found.op);
    if let Some(form) = emptiness(place, &found, behind) {
        return (!form.readings.is_empty()).then_some(form);
    }
    let op = spelled(found.op, found.negated && own, list);
    let prefix = if found.negated && !own { "not " } else { "" };
    let field = place.plain(0, 1);
    let gap = if rest.is_empty() { "" } else { " " };
    let text = format!("{prefix}{field} {op}{gap}{rest}");
    let form = place.span(1, behind);
    if text == place.rest(0) {
        return None;
    }
    if let (true, Some(turned)) = (found.negated, turned(found.op)) {
        let other = format!("{field} {turned} {rest}");
        let readings = vec![
            (other, "the field has to be set"),
            (text, "records where the field is not set are selected too"),
        ];
        return Some(either(form, place.whole(), readings));
    }
    Some(match found.note {
        Some(note) => Form::guess(form, place.whole(), text, note),
        None => Form::one(form, place.whole(), text),
    })
}

/// `isn't empty`, `was missing`: a test whether the field is set, or the text itself. What the
/// language spells itself (`is empty`) is answered where values are checked, and has no reading.
fn emptiness(place: &Place<'_, '_>, found: &Phrase, behind: usize) -> Option<Form> {
    let tokens = place.tokens();
    let [word] = tokens.get(behind..)? else { return None };
    let asks = asked(&word.plain).filter(|_| found.op == Op::Eq && word.kind == Kind::Word)?;
    let written = phrase(tokens.get(1..)?, found.used)?;
    let lead = written.split(' ').next().unwrap_or_default();
    let tests = |text: &&str| lead != "not" && text.split(' ').next() == Some(lead);
    if !LEADS.contains(&lead) && !NEGATIONS.iter().any(tests) {
        return None;
    }
    let named = place.subject()?.values.as_ref();
    if named.is_some_and(|values| values.meant_by(&word.plain).next().is_some()) {
        return None;
    }
    let form = place.span(1, behind + 1);
    if ops::spellings_from(&written).iter().any(|spelling| spelling.text == written) {
        return Some(Form::with(form, Vec::new()));
    }
    let field = place.plain(0, 1);
    let set = (asks == Asks::Set) != found.negated;
    let (test, note) =
        if set { ("is set", "for any value") } else { ("is not set", "for no value") };
    let mut readings = vec![(format!("{field} {test}"), note)];
    if asks == Asks::Unset && place.subject()?.kind == Type::String {
        let op = spelled(Op::Eq, found.negated, false);
        readings.push((format!("{field} {op} {}", quoted(&word.plain)), "for the text itself"));
    }
    Some(either(form, place.whole(), readings))
}

/// The comparison that holds of a value when this one does not.
fn turned(op: Op) -> Option<&'static str> {
    let turned = [(Op::Gt, "<="), (Op::Gte, "<"), (Op::Lt, ">="), (Op::Lte, ">")];
    turned.into_iter().find_map(|(one, other)| (one == op).then_some(other))
}

/// `LIKE`, `ILIKE`, and regular expressions.
pub(super) fn pattern(place: &Place<'_, '_>) -> Option<Form> {
    let subject = place.subject()?;
    let tokens = place.tokens();
    let negated = tokens.get(1).is_some_and(|token| token.is("not") || token.is("!"));
    let at = 1 + usize::from(negated);
    // KQL says `matches regex`.
    let said = |at: usize, text| tokens.get(at).is_some_and(|token: &Token| token.is(text));
    let at = at + usize::from(said(at, "matches") && said(at + 1, "regex"));
    let operator = tokens.get(at)?;
    let value = tokens.get(at + 1)?;
    let escape = if said(at + 2, "escape") { Some(tokens.get(at + 3)?.value()) } else { None };
    if tokens.len() > at + 2 && escape.is_none() || !value.is_value() {
        return None;
    }
    let form = place.span(1, tokens.len());
    let field = place.plain(0, 1);
    if ["like", "ilike", "nlike", "not_like"].into_iter().any(|like| operator.is(like)) {
        let negated = negated != (operator.is("nlike") || operator.is("not_like"));
        let folds = operator.is("ilike");
        let like = Like { subject, field: &field, negated, folds };
        return Some(like.form(&value.value(), escape.as_deref(), form, place.whole()));
    }
    let regex = ["=~", "!~", "~=", "rlike", "regexp", "regex"];
    if regex.into_iter().any(|regex| operator.is(regex)) {
        let negated = negated != operator.is("!~");
        return expression(place, form, subject, &field, value, negated);
    }
    None
}

const NO_PATTERN: &str =
    "a pattern can be said with `contains`, `starts with` and `ends with` alone";

const NO_EXPRESSION: &str = "`matches` knows `*` for any run of characters and `?` for any one";

/// What to say where nothing says the same.
fn unsayable(subject: &Field, form: Span) -> Form {
    let help = if allows(subject, Op::Matches) { NO_EXPRESSION } else { NO_PATTERN };
    Form { span: form, readings: Vec::new(), help: Some(help) }
}

/// `LIKE` or `ILIKE` of a field.
struct Like<'l> {
    subject: &'l Field,
    field: &'l str,
    negated: bool,
    /// True for `ILIKE`.
    folds: bool,
}

impl Like<'_> {
    /// With `%` only at its ends it is a plain operator, and else a pattern.
    fn form(&self, pattern: &str, escape: Option<&str>, form: Span, whole: Span) -> Form {
        let inner = pattern.trim_matches('%');
        let plain = !inner.contains(['%', '_', '\\']) && !inner.is_empty() && escape.is_none();
        let (op, note) = match (pattern.starts_with('%'), pattern.ends_with('%')) {
            (true, true) => (Op::Contains, CASE),
            (false, true) => (Op::Startswith, CASE),
            (true, false) => (Op::Endswith, CASE),
            (false, false) => (Op::Eq, "compared as the field compares"),
        };
        let says = |op, text: &str| {
            format!("{} {} {}", self.field, spelled(op, self.negated, false), quoted(text))
        };
        let matches = allows(self.subject, Op::Matches);
        if plain && (allows(self.subject, op) || !matches) {
            return Form::guess(form, whole, says(op, inner), note);
        }
        let Some(own) = from_like(pattern, escape).filter(|_| matches) else {
            return unsayable(self.subject, form);
        };
        let text = says(Op::Matches, &own);
        if escape.is_none() && pattern.contains('\\') {
            return Form::guess(form, whole, text, "`\\` takes the next character as it is");
        }
        // `ILIKE` folds other letters than those of ASCII, too.
        let same = self.folds && own.is_ascii();
        if same { Form::one(form, whole, text) } else { Form::guess(form, whole, text, CASE) }
    }
}

const CASE: &str = "ASCII case is ignored";

/// A regular expression of plain characters, with or without anchors; `=~ "x"` has two readings.
fn expression(
    place: &Place<'_, '_>,
    form: Span,
    subject: &Field,
    field: &str,
    value: &Token,
    negated: bool,
) -> Option<Form> {
    let text = value.value();
    let slashed = text.strip_prefix('/').and_then(|text| text.strip_suffix('/'));
    let regex = slashed.unwrap_or(&text);
    let inner = regex;
    let (start, end) = (inner.starts_with('^'), inner.ends_with('$'));
    let inner = inner.trim_start_matches('^').trim_end_matches('$');
    let inner = inner.strip_suffix(".*").unwrap_or(inner);
    let inner = inner.strip_prefix(".*").unwrap_or(inner).replace("\\.", ".");
    let special = ['*', '+', '?', '(', ')', '[', ']', '{', '}', '|', '\\', '^', '$'];
    if inner.contains(special) || inner.is_empty() {
        let pattern = from_regex(regex).filter(|_| allows(subject, Op::Matches));
        return Some(match pattern {
            Some(pattern) => {
                let op = spelled(Op::Matches, negated, false);
                let text = format!("{field} {op} {}", quoted(&pattern));
                Form::guess(
                    form,
                    place.whole(),
                    text,
                    "ASCII case is ignored; any character can be a line break",
                )
            }
            None => unsayable(subject, form),
        });
    }
    let op = match (start, end) {
        (true, true) => Op::Eq,
        (true, false) => Op::Startswith,
        (false, true) => Op::Endswith,
        (false, false) => Op::Contains,
    };
    let say = |op| format!("{field} {} {}", spelled(op, negated, false), quoted(&inner));
    let pattern = (say(op), "read as a regular expression; ASCII case is ignored");
    let mut readings = vec![pattern];
    if slashed.is_none() && op != Op::Eq {
        readings.push((say(Op::Eq), "read as equality without regard to case; `=` is exact"));
    }
    if negated && slashed.is_some() {
        let whole = format!("{field} {} {}", spelled(Op::Contains, true, false), quoted(&text));
        readings.push((whole, "the slashes belong to the text"));
    }
    Some(either(form, place.whole(), readings))
}
