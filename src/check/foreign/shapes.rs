//! Forms that are about the shape of a condition: marks, prefixes, colons, calls, and the tail.

use super::super::operators::allows;
use super::lex::{Kind, Token};
use super::outline::Outline;
use super::words::{COUNTS, spelled};
use super::{Form, Place, Reading, is_joint};
use crate::ops::Op;
use crate::quote::{quote, quoted};
use crate::schema::Field;
use crate::span::Span;

/// A connective, comment or mark between conditions in another form: `&`, `∧`, `//`.
pub(super) fn joint(outline: &Outline<'_>, index: usize) -> Option<Form> {
    let token = outline.tokens.get(index)?;
    if !is_joint(token.kind) || token.span.of(outline.text) == token.plain {
        return None;
    }
    let next = outline.tokens.get(index + 1);
    let behind_pipe = |words: &[&str]| {
        next.is_some_and(|next| is_pipe(outline, token) && words.iter().any(|word| next.is(word)))
    };
    if behind_pipe(PIPED) {
        return None;
    }
    if behind_pipe(COMMANDS) {
        let span = token.span.to(next?.span);
        return Some(Form { span, readings: Vec::new(), help: Some(NO_COMMAND) });
    }
    let letters = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = outline.text.get(..token.span.start as usize)?.chars().next_back();
    let after = outline.text.get(token.span.end as usize..)?.chars().next();
    let word = token.plain.starts_with(|c: char| c.is_ascii_alphabetic());
    let pad = |beside: Option<char>| if word && letters(beside) { " " } else { "" };
    let text = format!("{}{}{}", pad(before), token.plain, pad(after));
    Some(Form::one(token.span, token.span, text))
}

const NO_COMMAND: &str = "a query selects records; what is done with them is said elsewhere";

/// Commands behind the bar of a pipe that nothing here says.
const COMMANDS: &[&str] = &[
    "summarize",
    "count",
    "project",
    "extend",
    "distinct",
    "join",
    "union",
    "stats",
    "eval",
    "table",
    "fields",
    "dedup",
    "rename",
    "render",
    "parse",
    "timechart",
    "chart",
    "rex",
];

/// Words that go on behind the bar of a pipe.
const PIPED: &[&str] =
    &["where", "filter", "search", "sort", "order", "take", "top", "limit", "head"];

fn is_pipe(outline: &Outline<'_>, token: &Token) -> bool {
    token.kind == Kind::Or && token.span.of(outline.text) == "|"
}

/// Typographic, full-width and invisible characters, and doubled quotes.
pub(super) fn typography(place: &Place<'_, '_>) -> Option<Form> {
    let at = place.tokens().iter().position(|token| token.odd)?;
    let odd = place.tokens().get(at)?;
    let text = place.outline.text;
    let mut span = odd.span;
    if span.of(text) == odd.plain {
        // It is the gap before it that is odd.
        let before = (place.segment.first + at).checked_sub(1);
        let before = before.and_then(|at| place.outline.tokens.get(at));
        span = Span { start: before.map_or(0, |token| token.span.end), end: span.start };
    }
    let start = place.whole().start.min(span.start);
    let gap = Span { start, end: place.whole().start }.of(text);
    let gap: String = gap.chars().filter(char::is_ascii).collect();
    let whole = Span { start, end: place.whole().end };
    Some(Form::one(span, whole, format!("{gap}{}", place.rest(0))))
}

/// `WHERE …`, `SELECT … WHERE …`, `| where …`.
pub(super) fn lead_in(place: &Place<'_, '_>) -> Option<Form> {
    let tokens = place.tokens();
    let first = tokens.first()?;
    if place.field(first).is_some() {
        return None;
    }
    let leads = ["where", "filter", "having", "search", "find"];
    let after = if leads.into_iter().any(|lead| first.is(lead)) {
        1
    } else if first.is("select") {
        tokens.iter().position(|token| token.is("where"))? + 1
    } else {
        return None;
    };
    let next = place.outline.tokens.get(place.segment.first + after)?;
    let removed = Span { start: first.span.start, end: next.span.start };
    let before = place.segment.first.checked_sub(1);
    let before = before.and_then(|at| place.outline.tokens.get(at));
    if let Some(bar) = before.filter(|bar| is_pipe(place.outline, bar)) {
        return Some(Form::one(bar.span.to(first.span), bar.span.to(removed), "and "));
    }
    let form = place.span(0, after);
    Some(if after == 1 {
        Form::one(form, removed, "")
    } else {
        Form::guess(form, removed, "", "the condition alone; columns and table are left out")
    })
}

/// `-field …`, `!field …`, `+field …`.
pub(super) fn minus(place: &Place<'_, '_>) -> Option<Form> {
    let first = place.tokens().first().filter(|first| first.kind == Kind::Word)?;
    let sign = first.plain.chars().next().filter(|sign| matches!(sign, '-' | '+'))?;
    let rest = first.plain.get(1..)?;
    let name = rest.split(':').next()?;
    let exists = name.eq_ignore_ascii_case("_exists_");
    if place.schema.field(name).is_none() && !exists || place.field(first).is_some() {
        return None;
    }
    let not = if sign == '-' { "not " } else { "" };
    let start = first.span.start as usize;
    let tail = place.plain(1, place.len());
    let gap = Span { start: first.span.end, end: place.span(1, place.len()).start };
    let gap = if place.len() > 1 { gap.of(place.outline.text) } else { "" };
    let text = format!("{not}{rest}{gap}{tail}");
    Some(Form::one(Span::new(start, start + 1).to(first.span), place.whole(), text))
}

/// `field:value` and its kind.
pub(super) fn colon(place: &Place<'_, '_>) -> Option<Form> {
    let tokens = place.tokens();
    let first = tokens.first().filter(|first| first.is_value())?;
    let (name, inner, used) = match (first.kind, tokens.get(1)) {
        (_, Some(next))
            if next.is(":") || next.plain.starts_with(':') && next.kind == Kind::Word =>
        {
            (quote_source(first), next.plain.get(1..)?.to_owned(), 2)
        }
        (Kind::Word, _) if first.plain.contains(':') && place.field(first).is_none() => {
            let (name, inner) = first.plain.split_once(':')?;
            (name.to_owned(), inner.to_owned(), 1)
        }
        _ => return None,
    };
    let mark = place.span(0, used);
    let whole = place.whole();
    let bare = name.trim_matches('"');
    let presence = match bare.to_ascii_lowercase().as_str() {
        "_exists_" | "exists" | "has" => Some("is set"),
        "_missing_" | "missing" | "no" => Some("is not set"),
        _ => None,
    };
    if let (None, Some(presence)) = (place.schema.field(bare), presence) {
        let field = if inner.is_empty() { place.rest(used) } else { inner };
        place.schema.field(field.trim_matches(['"', '\'']))?;
        return Some(Form::one(mark, whole, format!("{field} {presence}")));
    }
    let field = place.schema.field(bare)?;
    let rest = if inner.is_empty() { place.rest(used) } else { place.plain_behind(&inner, used) };
    let value = tokens.get(used).filter(|_| inner.is_empty());
    if let Some(next) = value {
        if next.kind == Kind::Symbol {
            let text = format!("{name} {} {}", next.plain, place.rest(used + 1));
            return Some(Form::one(mark, whole, text));
        }
        if next.kind == Kind::Open {
            return group(place, &name, used, mark);
        }
    } else if inner.is_empty() {
        return None;
    }
    let one = used + usize::from(inner.is_empty()) == tokens.len();
    let word = value.is_none_or(|value| value.kind == Kind::Word);
    if one && word && rest.contains('*') {
        return wildcard(place, field, &name, &rest, mark);
    }
    let list = rest.contains(',');
    let equal = field.lists(Op::Eq) || allows(field, Op::Eq);
    let range = word && rest.contains("..");
    let op = if equal { Op::Eq } else { Op::Contains };
    let op = if list || range { "in" } else { spelled(op, false, false) };
    let text = format!("{name} {op} {rest}");
    Some(if equal {
        Form::one(mark, whole, text)
    } else {
        Form::guess(mark, whole, text, "the field has no `=`")
    })
}

fn quote_source(token: &Token) -> String {
    token.plain.clone()
}

impl Place<'_, '_> {
    /// The rest of a word, and the tokens behind it.
    fn plain_behind(&self, inner: &str, used: usize) -> String {
        let rest = self.rest(used);
        let tokens = self.tokens();
        let (end, start) = (tokens.get(used.wrapping_sub(1)), tokens.get(used));
        let apart = match (end, start) {
            (Some(end), Some(start)) => end.span.end < start.span.start,
            (_, _) => false,
        };
        format!("{inner}{}{rest}", if apart { " " } else { "" })
    }
}

/// `field:*`, `field:a*`, `field:*a`, `field:*a*`, and other patterns.
fn wildcard(
    place: &Place<'_, '_>,
    field: &Field,
    name: &str,
    pattern: &str,
    mark: Span,
) -> Option<Form> {
    let whole = place.whole();
    if pattern == "*" {
        return Some(Form::one(mark, whole, format!("{name} is set")));
    }
    let inner = pattern.trim_matches('*');
    let matches = allows(field, Op::Matches);
    let several = inner.contains(['*', '?', '\\']);
    if inner.is_empty() || several && !matches {
        return None;
    }
    let op = match (pattern.starts_with('*'), pattern.ends_with('*')) {
        (true, true) => Op::Contains,
        (true, false) => Op::Endswith,
        (false, _) => Op::Startswith,
    };
    let (op, value) = if matches && (several || !allows(field, op)) {
        (Op::Matches, pattern)
    } else {
        (op, inner)
    };
    let text = format!("{name} {} {}", op.canonical(), quote(value));
    Some(Form::guess(mark, whole, text, "ASCII case is ignored"))
}

/// `field:(a or b)`, `field:[1 TO 5]`.
fn group(place: &Place<'_, '_>, name: &str, used: usize, mark: Span) -> Option<Form> {
    let tokens = place.tokens();
    let (open, close) = (tokens.get(used)?, tokens.last()?);
    let inner = tokens.get(used + 1..tokens.len().checked_sub(1)?)?;
    let whole = place.whole();
    if let [from, to, until] = inner
        && to.is("to")
    {
        return range(name, open, from, until, close).map(|text| Form::one(mark, whole, text));
    }
    let values: Vec<&Token> = inner.iter().filter(|token| token.is_value()).collect();
    if values.is_empty() {
        return None;
    }
    if let [from, until] = values.as_slice()
        && inner.iter().any(|token| token.kind == Kind::And)
    {
        let text = format!("({name} = {} and {name} = {})", from.plain, until.plain);
        return Some(Form::guess(mark, whole, text, "both values"));
    }
    if inner.iter().any(|token| token.kind == Kind::And || token.is("not")) {
        return None;
    }
    let spaced = inner.windows(2).any(|pair| pair.iter().all(Token::is_value));
    let list: Vec<&str> = values.iter().map(|token| token.plain.as_str()).collect();
    let text = format!("{name} in ({})", list.join(", "));
    Some(if spaced {
        Form::guess(mark, whole, text, "any of the values")
    } else {
        Form::one(mark, whole, text)
    })
}

/// `[1 TO 5]`, `{1 TO *}`: square brackets take the end in, braces leave it out.
fn range(name: &str, open: &Token, from: &Token, until: &Token, close: &Token) -> Option<String> {
    let (first, last) = (open.is("["), close.is("]"));
    let lower = format!("{name} {} {}", if first { ">=" } else { ">" }, from.plain);
    let upper = format!("{name} {} {}", if last { "<=" } else { "<" }, until.plain);
    Some(match (from.is("*"), until.is("*")) {
        (true, true) => format!("{name} is set"),
        (true, false) => upper,
        (false, true) => lower,
        (false, false) if first && last => {
            format!("{name} between {} and {}", from.plain, until.plain)
        }
        (false, false) => format!("({lower} and {upper})"),
    })
}

/// `exists(f)`, `contains(f, 'x')`.
pub(super) fn function(place: &Place<'_, '_>) -> Option<Form> {
    let tokens = place.tokens();
    let [called, open, inner @ .., close] = tokens else { return None };
    if called.kind != Kind::Word || !open.is("(") || !close.is(")") || place.field(called).is_some()
    {
        return None;
    }
    let name = called.plain.to_ascii_lowercase();
    let whole = place.whole();
    if let [field] = inner {
        place.field(field)?;
        let test = match name.as_str() {
            "exists" | "isnotnull" | "notnull" | "isnotempty" | "defined" | "has"
            | "is_not_null" => "is set",
            "isnull" | "isempty" | "missing" | "is_null" | "not_exists" | "notexists" => {
                "is not set"
            }
            _ => return None,
        };
        return Some(Form::one(called.span, whole, format!("{} {test}", field.plain)));
    }
    let [one, comma, other] = inner else { return None };
    let (field, value, op) = match name.as_str() {
        "contains" | "includes" => (one, other, Op::Contains),
        "substringof" => (other, one, Op::Contains),
        "startswith" | "starts_with" | "beginswith" => (one, other, Op::Startswith),
        "endswith" | "ends_with" => (one, other, Op::Endswith),
        "equals" | "eq" => (one, other, Op::Eq),
        _ => return None,
    };
    (comma.kind == Kind::Comma).then_some(())?;
    place.field(field)?;
    let text = format!("{} {} {}", field.plain, op.canonical(), value.plain);
    Some(Form::one(called.span, whole, text))
}

/// `n > 1 and < 5`: the field is that of the condition before.
fn same_field(place: &Place<'_, '_>) -> Option<Form> {
    place.tokens().first().filter(|first| first.kind == Kind::Symbol)?;
    let index = place.index.checked_sub(1)?;
    let before = Place { index, segment: *place.outline.segments.get(index)?, ..*place };
    before.subject()?;
    let text = format!("{} {}", before.plain(0, 1), place.rest(0));
    Some(Form::guess(place.span(0, 1), place.whole(), text, "the same field"))
}

/// `5 < n`: the field stands behind. A comparison without a field is about the one before.
pub(super) fn reversed(place: &Place<'_, '_>) -> Option<Form> {
    same_field(place).or_else(|| turned_round(place))
}

fn turned_round(place: &Place<'_, '_>) -> Option<Form> {
    let turned = |symbol: &Token| {
        Some(match symbol.plain.as_str() {
            "<" => ">",
            "<=" | "=<" => ">=",
            ">" => "<",
            ">=" | "=>" => "<=",
            "=" | "==" | "===" => "=",
            "!=" | "<>" | "!==" => "!=",
            _ => return None,
        })
    };
    let tokens = place.tokens();
    let (value, symbol, field) = (tokens.first()?, tokens.get(1)?, tokens.get(2)?);
    if !value.is_value() || place.field(value).is_some() {
        return None;
    }
    place.field(field)?;
    let first = format!("{} {} {}", field.plain, turned(symbol)?, value.plain);
    let whole = place.whole();
    match tokens.get(3..)? {
        [] => Some(Form::one(place.span(0, 3), whole, first)),
        [_, _] => {
            let second = place.plain(2, tokens.len());
            Some(Form::one(place.span(0, 3), whole, format!("({first} and {second})")))
        }
        _ => None,
    }
}

/// `sort by f`, `take 10`, `offset 5`.
pub(super) fn tail(place: &Place<'_, '_>) -> Option<Form> {
    if !place.segment.tail {
        return None;
    }
    let tokens = place.tokens();
    let mut out = String::new();
    let mut form = None;
    for (at, token) in tokens.iter().enumerate() {
        let next_by = tokens.get(at + 1).is_some_and(|next| next.is("by"));
        let count = COUNTS.iter().find(|(text, _)| token.is(text)).map(|(_, here)| *here);
        let word = match count {
            Some(here) => here,
            None if token.is("sort") && next_by => "order",
            None if token.is("descending") => "desc",
            None if token.is("ascending") => "asc",
            None => token.plain.as_str(),
        };
        if word != token.plain {
            form.get_or_insert(token.span);
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    // The bar of a pipe before it goes too.
    let before = place.segment.first.checked_sub(1);
    let bar = before.and_then(|at| place.outline.tokens.get(at));
    let bar = bar.filter(|bar| is_pipe(place.outline, bar));
    let span = bar.map_or(place.whole(), |bar| bar.span.to(place.whole()));
    Some(Form::one(form.or(bar.map(|bar| bar.span))?, span, out))
}

/// Two readings of one form.
pub(super) fn either(span: Span, place: Span, readings: Vec<(String, &str)>) -> Form {
    let reading =
        |(text, note): (String, &str)| Reading { span: place, text, note: Some(note.into()) };
    Form::with(span, readings.into_iter().map(reading).collect())
}

/// A text of several bare words as one value.
pub(super) fn as_value(tokens: &[Token], source: &str) -> Option<String> {
    const MOST: usize = 3;
    let plain = |token: &Token| {
        token.kind == Kind::Word && !token.plain.starts_with(['@', '$']) && !token.is("not")
    };
    match tokens {
        [one] => (!one.plain.starts_with('@')).then(|| one.plain.clone()),
        several => {
            let fits = several.len() <= MOST && several.iter().all(plain);
            (fits && !source.contains('\n')).then(|| quoted(source.trim()))
        }
    }
}
