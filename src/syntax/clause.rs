//! One clause: which of the parts after the field are the operator, by the longest spelling of
//! the operator table, and which the operand. What is left over begins another condition.

use std::borrow::Cow;

use super::ast::{Clause, Expr, Literal, Operand, Operator, WholeSpan};
use super::grammar::Pair;
use super::length;
use super::operand::{Part, range, range_or_literal, with_unit, word_range};
use super::parse::Builder;
use crate::diag::messages;
use crate::ops::{self, Op, Spelling, Takes};
use crate::span::{Span, Spanned};

/// An operator found at the start of the parts.
pub(super) struct Found<'s> {
    pub(super) operator: Operator<'s>,
    negated: bool,
    span: Span,
    pub(super) operand: Operand<'s>,
    /// Parts used, the operand's included.
    pub(super) used: usize,
}

impl<'s> Builder<'s, '_> {
    /// Builds the condition of a clause; more than one when a connective is missing in it.
    pub(super) fn clause(&mut self, pair: Pair<'s, '_>, push: &mut dyn FnMut(Expr<'s>)) {
        let mut parts = Vec::with_capacity(4);
        for inner in pair.into_inner() {
            parts.extend(self.part(inner));
        }
        let mut rest = parts.as_slice();
        while let Some((head, after)) = rest.split_first() {
            let Some(field) = self.field_name(head) else {
                let span = rest.iter().fold(head.span(), |all, part| all.to(part.span()));
                push(Expr::Unreadable(WholeSpan(span)));
                return;
            };
            let (condition, used) = self.condition(field, after);
            push(condition);
            rest = after.get(used..).unwrap_or_default();
            rest = self.between_conditions(head, after.get(..used).unwrap_or_default(), rest);
        }
    }

    /// Reports what stands between a whole condition and what follows it without a connective.
    fn between_conditions<'p>(
        &mut self,
        head: &Part<'s>,
        used: &[Part<'s>],
        rest: &'p [Part<'s>],
    ) -> &'p [Part<'s>] {
        let Some((next, after)) = rest.split_first() else { return rest };
        let last = used.last().unwrap_or(head);
        if matches!(next, Part::Symbol(_) | Part::Dots(_)) {
            self.problems.push(messages::unexpected_part(next.span()));
            return &[];
        }
        let starts_condition = after.first().and_then(Part::spelled).is_some_and(begins_operator);
        let reference = self.field_name(head).is_some_and(|name| name.value.starts_with('@'));
        let after_text = used.is_empty() && (head.word().is_none() || reference);
        let negated = next.word().is_some_and(|word| word.eq_ignore_ascii_case("not"));
        if reference && used.is_empty() && negated {
            self.problems.push(messages::missing_connective(next.span(), self.source(next.span())));
            return &[];
        }
        if (starts_condition || after_text) && next.name().is_some() && !negated {
            self.problems.push(messages::missing_connective(next.span(), self.source(next.span())));
            return rest;
        }
        let words = rest.iter().all(|part| matches!(part, Part::Literal(_)));
        let place = last.span().to(rest.last().map_or(next.span(), Part::span));
        // What is between the words becomes part of the text: no comment, no quotes, no line end.
        let plain = !self.source(place).contains(['#', '"', '\'', '\n']);
        let value =
            (plain && words && !ends_flag(last) && last.name().is_some() && !used.is_empty())
                .then(|| messages::Quoted { place, text: self.source(place).to_owned() });
        self.problems.push(messages::extra_value(next.span(), value));
        &[]
    }

    fn condition(&mut self, field: Spanned<Cow<'s, str>>, parts: &[Part<'s>]) -> (Expr<'s>, usize) {
        let Some(first) = parts.first() else { return (self.alone(field), 0) };
        let Some(found) = self.operator(first, parts) else { return (self.alone(field), 0) };
        match bare_name(&field) {
            // A named filter, whatever stands behind it but an operator.
            Some(word) if word.starts_with('@') && !is_known(&found.operator) => {
                return (self.alone(field), 0);
            }
            Some(word) => self.checked_word(word, field.span),
            // A quoted text without an operator searches, whatever stands behind it.
            None if found.operator == Operator::Missing => return (self.alone(field), 0),
            None => {}
        }
        for literal in found.operand.literals() {
            self.checked_literal(literal);
        }
        let clause = Clause {
            field,
            operator: Spanned::new(found.operator, found.span),
            operand: found.operand,
        };
        let clause = Expr::Clause(clause);
        let span = WholeSpan(found.span);
        (if found.negated { Expr::Not(Box::new(clause), span) } else { clause }, found.used)
    }

    /// The name of a field; `$name` is one where a field stands.
    fn field_name(&self, part: &Part<'s>) -> Option<Spanned<Cow<'s, str>>> {
        let parameter = matches!(part, Part::Literal(literal) if matches!(literal.value, Literal::Parameter(_)));
        let name = || Spanned::new(Cow::Borrowed(self.source(part.span())), part.span());
        if parameter { Some(name()) } else { part.name() }
    }

    /// A name with nothing behind it: free text when quoted, a named filter behind `@`.
    fn alone(&mut self, name: Spanned<Cow<'s, str>>) -> Expr<'s> {
        match bare_name(&name) {
            Some(word) if word.len() > 1 && word.starts_with('@') => {
                let filter = word.strip_prefix('@').unwrap_or_default();
                Expr::Reference(Spanned::new(filter, name.span))
            }
            Some(word) => {
                self.checked_word(word, name.span);
                Expr::BareWord(Spanned::new(word, name.span))
            }
            None => Expr::FreeText(name),
        }
    }

    fn checked_literal(&mut self, literal: &Spanned<Literal<'s>>) {
        match &literal.value {
            Literal::Word(word) => self.checked_word(word, literal.span),
            Literal::Range(ends) => {
                self.checked_literal(&ends.0);
                self.checked_literal(&ends.1);
            }
            Literal::Record(members) => {
                members.iter().for_each(|(_, value)| self.checked_literal(value));
            }
            Literal::Phrase(parts) => parts.iter().for_each(|part| self.checked_literal(part)),
            Literal::Text(_) | Literal::Parameter(_) => {}
        }
    }

    pub(super) fn operator(&mut self, first: &Part<'s>, parts: &[Part<'s>]) -> Option<Found<'s>> {
        let spelled = first.spelled();
        if let Some(found) = spelled.and_then(|word| self.spelling(word, parts, false)) {
            return Some(found);
        }
        if first.word().is_some_and(|word| word.eq_ignore_ascii_case("not")) {
            let rest = parts.get(1..).unwrap_or_default();
            let next = rest.first().and_then(Part::spelled);
            if let Some(mut found) = next.and_then(|word| self.spelling(word, rest, true)) {
                found.span = first.span().to(found.span);
                found.used += 1;
                return Some(found);
            }
        }
        self.other_operator(first, parts)
    }

    /// The longest spelling that the parts begin with.
    fn spelling(&mut self, first: &str, parts: &[Part<'s>], negated: bool) -> Option<Found<'s>> {
        let candidates = ops::spellings_from(first).iter();
        let mut candidates =
            candidates.filter_map(|spelling| Some((spelling, match_pieces(spelling, parts)?)));
        let (spelling, matched) = candidates.next()?;
        let span = parts.first()?.span().to(matched.last);
        let mut found = Found {
            operator: Operator::Known(spelling.op),
            negated: negated != spelling.negated,
            span,
            operand: matched.operand,
            used: matched.used,
        };
        if !spelling.text.contains('_') || !spelling.text.contains(' ') {
            let after = parts.get(matched.used..).unwrap_or_default();
            let named = spelling.op.row().takes == Takes::Length;
            let length = if named { length::read(spelling, after) } else { None };
            let (operand, used) = match length {
                Some((length, used)) => (Operand::One(length), used),
                None => self.operand(spelling.op.row().takes, after, span),
            };
            found.operand = operand;
            found.used += used;
        }
        ranges(&mut found, spelling);
        Some(found)
    }

    fn operand(
        &mut self,
        takes: Takes,
        parts: &[Part<'s>],
        operator: Span,
    ) -> (Operand<'s>, usize) {
        let flag = |part: &Part<'s>| {
            part.word()
                .is_some_and(|w| w.eq_ignore_ascii_case("true") || w.eq_ignore_ascii_case("false"))
                || matches!(part, Part::Literal(Spanned { value: Literal::Parameter(_), .. }))
        };
        match (takes, parts.first()) {
            (Takes::Flag, Some(next)) if !flag(next) => (Operand::None, 0),
            (Takes::Flag, None) => (Operand::None, 0),
            (_, Some(Part::List(list))) => {
                (Operand::List(Spanned::new(list.value.take(), list.span)), 1)
            }
            _ => match range_or_literal(parts) {
                Some((literal, used)) => (Operand::One(literal), used),
                None => {
                    self.problems.push(messages::missing_value(operator.after()));
                    (Operand::None, 0)
                }
            },
        }
    }

    /// No operator of the table: a schema's own, a mistake, or none at all.
    fn other_operator(&mut self, first: &Part<'s>, parts: &[Part<'s>]) -> Option<Found<'s>> {
        let text = first.spelled();
        let after = parts.get(1..).unwrap_or_default();
        let symbol = matches!(first, Part::Symbol(_));
        let (Some(text), true) = (text, symbol || !after.is_empty()) else {
            let (operand, used) = self.operand(Takes::Values, parts, first.span());
            let operator = Operator::Missing;
            return Some(Found {
                operator,
                negated: false,
                span: first.span().before(),
                operand,
                used,
            });
        };
        if !symbol && after.first().is_some_and(|next| matches!(next, Part::Symbol(_))) {
            return None;
        }
        let (operand, used) = self.operand(Takes::Values, after, first.span());
        Some(Found {
            operator: Operator::Other(text),
            negated: false,
            span: first.span(),
            operand,
            used: used + 1,
        })
    }
}

fn is_known(operator: &Operator<'_>) -> bool {
    match operator {
        Operator::Known(_) => true,
        Operator::Other(_) | Operator::Missing => false,
    }
}

/// The name as a bare word; `None` when it was quoted.
fn bare_name<'s>(name: &Spanned<Cow<'s, str>>) -> Option<&'s str> {
    match &name.value {
        Cow::Borrowed(word) if word.len() == name.span.len() => Some(word),
        Cow::Borrowed(_) | Cow::Owned(_) => None,
    }
}

/// True of the last word of an operator that takes no value.
fn ends_flag(part: &Part<'_>) -> bool {
    let Some(word) = part.word() else { return false };
    let mut flags = ops::all_spellings().filter(|found| found.op.row().takes == Takes::Flag);
    flags.any(|found| found.pieces().last().is_some_and(|last| last.eq_ignore_ascii_case(word)))
}

fn begins_operator(word: &str) -> bool {
    word.eq_ignore_ascii_case("not")
        || ops::spellings_from(word)
            .iter()
            .any(|s| s.pieces().first().is_some_and(|p| p.eq_ignore_ascii_case(word)))
}

/// What a spelling matched: how many parts, the last of its own words, and the operand in its middle.
struct Matched<'s> {
    used: usize,
    last: Span,
    operand: Operand<'s>,
}

fn match_pieces<'s>(spelling: &Spelling, parts: &[Part<'s>]) -> Option<Matched<'s>> {
    let mut matched = Matched { used: 0, last: parts.first()?.span(), operand: Operand::None };
    let length = matches!(spelling.op.row().takes, Takes::Days | Takes::Length);
    let mut pieces = spelling.pieces().iter();
    while let Some(piece) = pieces.next() {
        let rest = parts.get(matched.used..)?;
        match (rest.first()?, *piece) {
            (Part::Between(span, ends), "between") => {
                let (end, unit) = with_unit(&ends.1, rest.get(1..).unwrap_or_default());
                matched.operand = Operand::One(range(ends.0.clone(), end));
                matched.last = Span { start: span.start, end: span.start + 7 };
                matched.used += 1 + unit;
                pieces.nth(2);
            }
            (_, "_") if length => {
                let (literal, used) = length::read(spelling, rest)?;
                matched.operand = Operand::One(literal);
                matched.used += used;
            }
            (Part::Literal(Spanned { value: Literal::Phrase(words), .. }), piece)
                if length && !length::is_calendar(spelling) =>
            {
                // `in the last week`: its last word is the length, the one before it is the operator's.
                let [which, unit] = words.as_slice() else { return None };
                word_of(which).filter(|word| word.eq_ignore_ascii_case(piece))?;
                pieces.next().filter(|piece| **piece == "_")?;
                let literal = length::ambiguous(spelling, unit)?;
                matched.last = which.span;
                matched.operand = Operand::One(literal);
                matched.used += 1;
            }
            (part, "_") => {
                let (literal, used) = range_or_literal(std::slice::from_ref(part))?;
                matched.operand = Operand::One(literal);
                matched.used += used;
            }
            (part, piece) => {
                part.spelled().filter(|word| word.eq_ignore_ascii_case(piece))?;
                matched.last = part.span();
                matched.used += 1;
            }
        }
    }
    Some(matched)
}

fn word_of<'s>(literal: &Spanned<Literal<'s>>) -> Option<&'s str> {
    match literal.value {
        Literal::Word(word) => Some(word),
        Literal::Text(_)
        | Literal::Parameter(_)
        | Literal::Phrase(_)
        | Literal::Range(_)
        | Literal::Record(_) => None,
    }
}

/// `in a..b` is a range, and an operator that takes ranges reads bare words as such.
fn ranges(found: &mut Found<'_>, spelling: &Spelling) {
    let equality = matches!(spelling.op, Op::Eq | Op::Neq) && spelling.text.ends_with("in");
    if !equality && spelling.op.row().takes != Takes::Ranges {
        return;
    }
    let split = |literal: &mut Spanned<Literal<'_>>| {
        if let Literal::Word(word) = literal.value
            && let Some(range) = word_range(word, literal.span)
        {
            literal.value = range;
        }
        matches!(literal.value, Literal::Range(_))
    };
    let any = match &mut found.operand {
        Operand::None => false,
        Operand::One(one) => split(one),
        Operand::List(list) => list.value.iter_mut().map(split).fold(false, std::ops::BitOr::bitor),
    };
    if equality && any {
        found.operator = Operator::Known(Op::Range);
        found.negated ^= spelling.op == Op::Neq;
    }
}
