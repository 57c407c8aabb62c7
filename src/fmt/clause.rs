//! One clause: its operator by the spelling that the table calls canonical, and its values.

use std::borrow::Cow;

use super::Printer;
use crate::ops::{Op, Takes};
use crate::quote::{is_reserved, quote, quote_name, quoted};
use crate::span::{Span, Spanned};
use crate::syntax::ast::{Clause, Expr, Literal, Operand, Operator};

/// A value and its place.
type Value<'p> = Spanned<Literal<'p>>;

impl<'p> Printer<'p> {
    /// A clause, by the given spelling of its negation or by its operator's own.
    pub(super) fn clause(&mut self, clause: &'p Clause<'p>, negated: Option<&'static str>) {
        let name = match clause.operator.value {
            // In quotes and without an operator it would be a text to search for.
            Operator::Missing => Cow::Borrowed(clause.field.value.as_ref()),
            Operator::Known(_) | Operator::Other(_) => quote_name(&clause.field.value),
        };
        self.leaf(clause.field.span, name);
        self.source.pass(clause.span());
        let deep = self.comments_within(clause.operator.span.start, false);
        let deep = match clause.operator.value {
            Operator::Missing => self.operand(clause, deep),
            Operator::Other(name) => {
                self.word(name);
                self.operand(clause, deep)
            }
            Operator::Known(op) => {
                let spelling = negated.unwrap_or_else(|| spelling(op, clause));
                self.known(clause, spelling, deep)
            }
        };
        if deep {
            self.pieces.dedent();
        }
    }

    /// Comments in the midst of a clause: what follows is indented, once.
    fn comments_within(&mut self, before: u32, deep: bool) -> bool {
        let any = self.source.next_comment(before).is_some();
        if any && !deep {
            self.pieces.indent();
        }
        self.comments(before);
        deep || any
    }

    /// The words of an operator of the table, with the operand at its place.
    fn known(&mut self, clause: &'p Clause<'p>, spelling: &'static str, mut deep: bool) -> bool {
        let mut values = values(clause, spelling).into_iter();
        for piece in spelling.split(' ') {
            if piece != "_" {
                self.word(piece);
            } else if let Some(value) = values.next() {
                deep = self.comments_within(value.span.start, deep);
                self.pieces.space();
                self.literal(value, false);
                if is_days(clause, value) {
                    self.word(if is_one(&value.value) { "day" } else { "days" });
                }
            }
        }
        if places(spelling) == 0 { self.operand(clause, deep) } else { deep }
    }

    fn operand(&mut self, clause: &'p Clause<'p>, deep: bool) -> bool {
        let one = single(clause);
        let place = match (one, &clause.operand) {
            (Some(one), _) => one.span,
            (None, Operand::List(list)) => list.span,
            (None, Operand::None | Operand::One(_)) => return deep,
        };
        let deep = self.comments_within(place.start, deep);
        self.pieces.space();
        match one {
            Some(one) => self.literal(one, false),
            None => self.list(
                clause.operand.literals(),
                place,
                clause.operator.value == Operator::Known(Op::Range),
            ),
        }
        deep
    }

    fn list(&mut self, list: &'p [Value<'p>], place: Span, ranges: bool) {
        self.pieces.open();
        self.pieces.text("(");
        self.pieces.indent();
        for (index, value) in list.iter().enumerate() {
            if index > 0 {
                self.pieces.text(",");
            }
            self.comments(value.span.start);
            if index > 0 {
                self.pieces.fill();
            } else {
                self.pieces.edge();
            }
            self.literal(value, ranges);
        }
        self.pieces.end_fill();
        self.comments(place.end);
        self.pieces.dedent();
        self.pieces.edge();
        self.pieces.text(")");
        self.pieces.close();
    }

    /// A value; `ranges` where a bare word with `..` in it is read as a range.
    fn literal(&mut self, value: &'p Value<'p>, ranges: bool) {
        match &value.value {
            Literal::Range(ends) => self.range(&ends.0, &ends.1, ranges),
            Literal::Phrase(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        self.pieces.space();
                    }
                    match &part.value {
                        Literal::Word(word) => self.pieces.text(*word),
                        Literal::Text(_)
                        | Literal::Parameter(_)
                        | Literal::Phrase(_)
                        | Literal::Range(_)
                        | Literal::Record(_) => self.literal(part, false),
                    }
                }
            }
            Literal::Record(members) => self.record(members, value.span),
            Literal::Word(_) | Literal::Text(_) | Literal::Parameter(_) => {
                self.pieces.text(plain(&value.value).unwrap_or_default())
            }
        }
    }

    /// `start..end`, with quotes or spaces where a bare start would swallow the dots.
    fn range(&mut self, start: &'p Value<'p>, end: &'p Value<'p>, ranges: bool) {
        if ranges && is_bare(&start.value) && is_bare(&end.value) && !ends_in_dot(&start.value) {
            self.literal(start, false);
            self.pieces.text("..");
            return self.literal(end, false);
        }
        let word = matches!(start.value, Literal::Word(_)) && is_bare(&start.value);
        let quoted_start = in_quotes(&start.value).filter(|_| ranges || !word);
        let Some(quoted_start) = quoted_start else {
            self.literal(start, false);
            self.word("..");
            self.pieces.space();
            return self.literal(end, false);
        };
        self.pieces.text(quoted_start);
        self.pieces.text("..");
        match in_quotes(&end.value) {
            Some(quoted_end) => self.pieces.text(quoted_end),
            None => self.literal(end, false),
        }
    }

    fn record(&mut self, members: &'p [(Spanned<Cow<'p, str>>, Value<'p>)], place: Span) {
        if members.is_empty() {
            return self.pieces.text("{}");
        }
        self.pieces.open();
        self.pieces.text("{");
        self.pieces.indent();
        for (index, (key, value)) in members.iter().enumerate() {
            if index > 0 {
                self.pieces.text(",");
            }
            self.comments(key.span.start);
            self.pieces.line();
            self.pieces.text(record_key(&key.value));
            self.pieces.text(":");
            self.comments(value.span.start);
            self.pieces.space();
            match in_quotes(&value.value).filter(|_| !is_number(&value.value)) {
                Some(quoted) => self.pieces.text(quoted),
                None => self.literal(value, false),
            }
        }
        self.comments(place.end);
        self.pieces.dedent();
        self.pieces.line();
        self.pieces.text("}");
        self.pieces.close();
    }
}

/// The clause under a `not` that is written within it (`f not between a and b`), and how.
pub(super) fn written_within<'p>(expr: &'p Expr<'p>) -> Option<(&'p Clause<'p>, &'static str)> {
    let Expr::Clause(clause) = expr else { return None };
    let Operator::Known(op) = clause.operator.value else { return None };
    let own = op.row().negated.first()?;
    fitting(op, own, Op::Neq, clause).map(|spelling| (clause, spelling))
}

/// True for a clause that no schema knows and that takes the words around it for its own outside
/// of parentheses: `f between 5`, whose `and` is to come, and `let (5)`.
pub(super) fn is_unfinished(clause: &Clause<'_>) -> bool {
    match clause.operator.value {
        Operator::Missing => is_reserved(&clause.field.value),
        Operator::Other(name) => name.eq_ignore_ascii_case("between"),
        Operator::Known(_) => false,
    }
}

fn spelling(op: Op, clause: &Clause<'_>) -> &'static str {
    let row = op.row();
    // `in last week` would be the calendar's week; this keeps both readings.
    let unclear =
        clause.operand.literals().first().is_some_and(|literal| has_article(&literal.value))
            && matches!(op, Op::GteNdays | Op::InNext);
    if unclear {
        return if op == Op::InNext { "within next _" } else { "within _" };
    }
    let several = single(clause).is_none() && matches!(clause.operand, Operand::List(_));
    match row.before_list {
        Some(before_list) if several && !has_ranges(clause) => before_list,
        Some(_) | None => fitting(op, op.canonical(), Op::Eq, clause).unwrap_or(row.name),
    }
}

/// The spelling, when the operand fits at its place; that of a list for ranges.
fn fitting(op: Op, spelling: &'static str, lists: Op, clause: &Clause<'_>) -> Option<&'static str> {
    if single(clause).is_none() && op == Op::Range && has_ranges(clause) {
        return lists.row().before_list;
    }
    // `in last a days` would be one day.
    let article = |value: &&Value<'_>| {
        let word = plain(&value.value);
        is_days(clause, value)
            && word.is_some_and(|word| {
                word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an")
            })
    };
    let filled = values(clause, spelling);
    let fits = places(spelling) == filled.len() && !filled.iter().any(article);
    (places(spelling) == 0 || fits).then_some(spelling)
}

/// How many operands stand in the midst of a spelling.
fn places(spelling: &str) -> usize {
    spelling.split(' ').filter(|piece| *piece == "_").count()
}

/// The values for the places in a spelling, none when they are too many or too few.
fn values<'p>(clause: &'p Clause<'p>, spelling: &str) -> Vec<&'p Value<'p>> {
    let Some(one) = single(clause).filter(|_| places(spelling) > 0) else { return Vec::new() };
    let values = match &one.value {
        Literal::Range(ends) => vec![&ends.0, &ends.1],
        Literal::Word(_)
        | Literal::Text(_)
        | Literal::Parameter(_)
        | Literal::Phrase(_)
        | Literal::Record(_) => {
            vec![one]
        }
    };
    if values.len() == places(spelling) { values } else { Vec::new() }
}

/// The one value of an operand, or of a list that means the same without its brackets. What a
/// schema's own operator makes of a list, only the schema knows.
fn single<'p>(clause: &'p Clause<'p>) -> Option<&'p Value<'p>> {
    match (&clause.operand, clause.operator.value) {
        (Operand::One(one), _) => Some(one),
        (Operand::List(list), Operator::Known(_)) => {
            list.value.first().filter(|_| list.value.len() == 1)
        }
        (Operand::List(_) | Operand::None, _) => None,
    }
}

fn has_ranges(clause: &Clause<'_>) -> bool {
    clause.operand.literals().iter().any(|literal| matches!(literal.value, Literal::Range(_)))
}

fn is_null(word: &str) -> bool {
    word.eq_ignore_ascii_case("null")
}

/// True for a bare whole number.
fn is_number(literal: &Literal<'_>) -> bool {
    let Literal::Word(word) = literal else { return false };
    let digits = word.strip_prefix('-').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for a value that prints as one bare word.
fn is_bare(literal: &Literal<'_>) -> bool {
    plain(literal).is_some_and(|text| !text.starts_with('"'))
}

fn ends_in_dot(literal: &Literal<'_>) -> bool {
    plain(literal).is_some_and(|text| text.ends_with('.'))
}

/// A word or text in quotes; nothing where quotes would change the meaning.
fn in_quotes(literal: &Literal<'_>) -> Option<String> {
    match literal {
        Literal::Word(word) if is_null(word) => None,
        Literal::Word(word) => Some(quoted(word)),
        Literal::Text(text) => Some(quoted(text)),
        Literal::Parameter(_) | Literal::Phrase(_) | Literal::Range(_) | Literal::Record(_) => None,
    }
}

/// A value that is one token.
fn plain<'p>(literal: &'p Literal<'p>) -> Option<Cow<'p, str>> {
    match literal {
        Literal::Word(word) if is_null(word) => Some(Cow::Borrowed("null")),
        Literal::Word(word) => Some(quote(word)),
        Literal::Text(text) => Some(quote(text)),
        Literal::Parameter(name) => Some(Cow::Owned(format!("${name}"))),
        Literal::Phrase(_) | Literal::Range(_) | Literal::Record(_) => None,
    }
}

/// True for a number of days, which has its unit behind it where the operator takes any length.
fn is_days(clause: &Clause<'_>, value: &Value<'_>) -> bool {
    let Operator::Known(op) = clause.operator.value else { return false };
    op.row().takes == Takes::Days && !matches!(value.value, Literal::Phrase(_))
}

/// True for `a week`, which stands for the calendar's week or the days before now.
fn has_article(literal: &Literal<'_>) -> bool {
    let Literal::Phrase(parts) = literal else { return false };
    parts.first().is_some_and(|part| part.value == Literal::Word("a"))
}

fn is_one(literal: &Literal<'_>) -> bool {
    matches!(literal, Literal::Word("1"))
}

fn record_key(key: &str) -> Cow<'_, str> {
    let bare =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if bare { Cow::Borrowed(key) } else { Cow::Owned(quoted(key)) }
}
