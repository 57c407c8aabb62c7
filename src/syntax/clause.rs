//! One clause: which of the parts after the field are the operator, by the longest spelling of
//! the operator table, and which the operand. What is left over begins another condition.

use std::borrow::Cow;
use std::cell::Cell;

use pest::iterators::Pair;

use super::ast::{Clause, Expr, Literal, Operand, Operator, WholeSpan};
use super::grammar::Rule;
use super::parse::Builder;
use crate::diag::messages;
use crate::ops::{self, Op, Spelling, Takes};
use crate::quote::is_name;
use crate::span::{Span, Spanned};

/// One part of a clause.
enum Part<'s> {
    Symbol(Spanned<&'s str>),
    Dots(Span),
    Literal(Spanned<Literal<'s>>),
    /// Taken out once, by the operator that it is the operand of.
    List(Spanned<Cell<Vec<Spanned<Literal<'s>>>>>),
    Between(Span, Box<(Spanned<Literal<'s>>, Spanned<Literal<'s>>)>),
}

impl<'s> Part<'s> {
    fn span(&self) -> Span {
        match self {
            Part::Symbol(symbol) => symbol.span,
            Part::Dots(span) | Part::Between(span, _) => *span,
            Part::Literal(literal) => literal.span,
            Part::List(list) => list.span,
        }
    }

    fn word(&self) -> Option<&'s str> {
        match self {
            Part::Literal(Spanned { value: Literal::Word(word), .. }) => Some(word),
            Part::Literal(_)
            | Part::Symbol(_)
            | Part::Dots(_)
            | Part::List(_)
            | Part::Between(..) => None,
        }
    }

    fn name(&self) -> Option<Spanned<Cow<'s, str>>> {
        match self {
            Part::Literal(Spanned { value: Literal::Word(word), span }) => {
                Some(Spanned::new(Cow::Borrowed(word), *span))
            }
            Part::Literal(Spanned { value: Literal::Text(text), span }) => {
                Some(Spanned::new(text.clone(), *span))
            }
            Part::Literal(_)
            | Part::Symbol(_)
            | Part::Dots(_)
            | Part::List(_)
            | Part::Between(..) => None,
        }
    }

    /// The piece as the operator table spells it: a word, a symbol, or `between`.
    fn spelled(&self) -> Option<&'s str> {
        match self {
            Part::Symbol(symbol) => Some(symbol.value),
            Part::Between(..) => Some("between"),
            Part::Literal(_) | Part::Dots(_) | Part::List(_) => self.word(),
        }
    }
}

/// An operator found at the start of the parts.
struct Found<'s> {
    operator: Operator<'s>,
    negated: bool,
    span: Span,
    operand: Operand<'s>,
    /// Parts used, the operand's included.
    used: usize,
}

impl<'s> Builder<'s, '_> {
    /// Builds the condition of a clause; more than one when a connective is missing in it.
    pub(super) fn clause(&mut self, pair: Pair<'s, Rule>, push: &mut dyn FnMut(Expr<'s>)) {
        let mut parts = Vec::with_capacity(4);
        for inner in pair.into_inner() {
            parts.extend(self.part(inner));
        }
        let mut rest = parts.as_slice();
        while let Some((head, after)) = rest.split_first() {
            let Some(field) = head.name() else {
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
        let after_text = used.is_empty() && head.word().is_none();
        if (starts_condition || after_text) && next.name().is_some() && next.word() != Some("not") {
            self.problems.push(messages::missing_connective(next.span(), self.source(next.span())));
            return rest;
        }
        let words = rest.iter().all(|part| matches!(part, Part::Literal(_)));
        let value = (words && last.name().is_some() && !used.is_empty()).then(|| {
            let place = last.span().to(rest.last().map_or(next.span(), Part::span));
            messages::Quoted { place, text: self.source(place).to_owned() }
        });
        self.problems.push(messages::extra_value(next.span(), value));
        &[]
    }

    fn condition(&mut self, field: Spanned<Cow<'s, str>>, parts: &[Part<'s>]) -> (Expr<'s>, usize) {
        let Some(first) = parts.first() else { return (self.alone(field), 0) };
        let Some(found) = self.operator(first, parts) else { return (self.alone(field), 0) };
        match bare_name(&field) {
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

    /// A name with nothing behind it: free text when quoted.
    fn alone(&mut self, name: Spanned<Cow<'s, str>>) -> Expr<'s> {
        match bare_name(&name) {
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
            Literal::Text(_) | Literal::Parameter(_) => {}
        }
    }

    fn operator(&mut self, first: &Part<'s>, parts: &[Part<'s>]) -> Option<Found<'s>> {
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
        let matching = |spelling: &&Spelling| match_pieces(spelling.pieces(), parts).is_some();
        let spelling = ops::spellings_from(first).iter().find(matching)?;
        let matched = match_pieces(spelling.pieces(), parts)?;
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
            let (operand, used) = self.operand(spelling.op.row().takes, after, span);
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

    fn part(&mut self, pair: Pair<'s, Rule>) -> Option<Part<'s>> {
        let span = self.span(&pair);
        if let Some(literal) = self.literal(&pair) {
            return Some(Part::Literal(literal));
        }
        if pair.as_rule() == Rule::symbol {
            Some(Part::Symbol(Spanned::new(pair.as_str(), span)))
        } else if pair.as_rule() == Rule::list {
            Some(Part::List(Spanned::new(Cell::new(self.list(pair)), span)))
        } else if pair.as_rule() == Rule::record {
            Some(Part::Literal(Spanned::new(self.record(pair), span)))
        } else if pair.as_rule() == Rule::dots {
            Some(Part::Dots(span))
        } else if pair.as_rule() == Rule::between {
            self.between(pair, span)
        } else {
            self.comment(&pair);
            None
        }
    }

    fn value(&mut self, pair: Pair<'s, Rule>) -> Option<Spanned<Literal<'s>>> {
        let span = self.span(&pair);
        if pair.as_rule() == Rule::record {
            return Some(Spanned::new(self.record(pair), span));
        }
        let literal = self.literal(&pair);
        if literal.is_none() {
            self.comment(&pair);
        }
        literal
    }

    fn between(&mut self, pair: Pair<'s, Rule>, span: Span) -> Option<Part<'s>> {
        let mut ends = Vec::with_capacity(2);
        for inner in pair.into_inner() {
            ends.extend(self.value(inner));
        }
        let mut ends = ends.into_iter();
        Some(Part::Between(span, Box::new((ends.next()?, ends.next()?))))
    }

    fn list(&mut self, pair: Pair<'s, Rule>) -> Vec<Spanned<Literal<'s>>> {
        let span = self.span(&pair);
        let inner = pair.into_inner();
        let mut list: Vec<Spanned<Literal<'s>>> = Vec::with_capacity(inner.len());
        let mut dots = false;
        let mut mistakes = false;
        for pair in inner.clone() {
            let place = self.span(&pair);
            let rule = pair.as_rule();
            if rule == Rule::dots {
                dots = true;
            } else if rule == Rule::missing_comma {
                self.problems.push(messages::missing_comma(place));
                mistakes = true;
            } else if rule == Rule::extra_comma {
                self.problems.push(messages::extra_comma(place));
                mistakes = true;
            } else if rule == Rule::bad_element {
                let text = pair.as_str().trim_end();
                let place = Span::new(place.start as usize, place.start as usize + text.len());
                self.problems.push(messages::bad_element(place, text));
                mistakes = true;
            } else if rule == Rule::unclosed {
                self.unclosed(inner.clone(), span);
                mistakes = true;
            } else if let Some(literal) = self.value(pair) {
                add_element(&mut list, literal, std::mem::take(&mut dots));
            }
        }
        if list.is_empty() && !mistakes {
            self.problems.push(messages::empty_list(span));
        }
        list
    }

    fn record(&mut self, pair: Pair<'s, Rule>) -> Literal<'s> {
        let span = self.span(&pair);
        let inner = pair.into_inner();
        let mut members = Vec::new();
        for pair in inner.clone() {
            let place = self.span(&pair);
            let rule = pair.as_rule();
            if rule == Rule::pair {
                members.extend(self.member(pair));
            } else if rule == Rule::bad_pair {
                let text = pair.as_str().trim_end();
                let place = Span::new(place.start as usize, place.start as usize + text.len());
                self.problems.push(messages::bad_record(place, text));
            } else if rule == Rule::missing_comma {
                self.problems.push(messages::missing_comma(place));
            } else if rule == Rule::comment {
                self.comment(&pair);
            } else {
                self.unclosed(inner.clone(), span);
            }
        }
        Literal::Record(members)
    }

    fn member(
        &mut self,
        pair: Pair<'s, Rule>,
    ) -> Option<(Spanned<Cow<'s, str>>, Spanned<Literal<'s>>)> {
        let mut key = None;
        let mut value = None;
        for inner in pair.into_inner() {
            let span = self.span(&inner);
            if inner.as_rule() == Rule::record_key {
                key = Some(Spanned::new(Cow::Borrowed(inner.as_str()), span));
            } else if let Some(literal) = self.value(inner) {
                match (&key, literal.value) {
                    (None, Literal::Text(text)) => key = Some(Spanned::new(text, span)),
                    (_, literal) => value = Some(Spanned::new(literal, span)),
                }
            }
        }
        Some((key?, value?))
    }
}

/// The name as a bare word; `None` when it was quoted.
fn bare_name<'s>(name: &Spanned<Cow<'s, str>>) -> Option<&'s str> {
    match &name.value {
        Cow::Borrowed(word) if word.len() == name.span.len() => Some(word),
        Cow::Borrowed(_) | Cow::Owned(_) => None,
    }
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

fn match_pieces<'s>(pieces: &[&str], parts: &[Part<'s>]) -> Option<Matched<'s>> {
    let mut matched = Matched { used: 0, last: parts.first()?.span(), operand: Operand::None };
    let mut pieces = pieces.iter();
    while let Some(piece) = pieces.next() {
        let rest = parts.get(matched.used..)?;
        match (rest.first()?, *piece) {
            (Part::Between(span, ends), "between") => {
                let range = Literal::Range(ends.clone());
                matched.operand = Operand::One(Spanned::new(range, ends.0.span.to(ends.1.span)));
                matched.last = Span { start: span.start, end: span.start + 7 };
                matched.used += 1;
                pieces.nth(2);
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

/// One value, or two with `..` between them.
fn range_or_literal<'s>(parts: &[Part<'s>]) -> Option<(Spanned<Literal<'s>>, usize)> {
    match parts {
        [Part::Literal(start), Part::Dots(_), Part::Literal(end), ..] => {
            let range = Literal::Range(Box::new((start.clone(), end.clone())));
            Some((Spanned::new(range, start.span.to(end.span)), 3))
        }
        [Part::Literal(start), Part::Literal(end), ..] => match open_range(start, end) {
            Some(range) => Some((range, 2)),
            None => Some((start.clone(), 1)),
        },
        [Part::Literal(one), ..] => Some((one.clone(), 1)),
        _ => None,
    }
}

/// `start.. "end"`: a bare word that ends in `..` and a value right behind it.
fn open_range<'s>(
    start: &Spanned<Literal<'s>>,
    end: &Spanned<Literal<'s>>,
) -> Option<Spanned<Literal<'s>>> {
    let Literal::Word(word) = start.value else { return None };
    let head = word.strip_suffix("..").filter(|head| !head.is_empty())?;
    let first = Span::new(start.span.start as usize, start.span.start as usize + head.len());
    let ends = (Spanned::new(range_end(head), first), end.clone());
    Some(Spanned::new(Literal::Range(Box::new(ends)), start.span.to(end.span)))
}

fn add_element<'s>(
    list: &mut Vec<Spanned<Literal<'s>>>,
    literal: Spanned<Literal<'s>>,
    dots: bool,
) {
    match list.pop() {
        Some(start) if dots => {
            let span = start.span.to(literal.span);
            list.push(Spanned::new(Literal::Range(Box::new((start, literal))), span));
        }
        before => {
            list.extend(before);
            list.push(literal);
        }
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

/// `2026-10-01..2026-10-08`, one bare word.
fn word_range(word: &str, span: Span) -> Option<Literal<'_>> {
    let (start, end) = word.split_once("..").filter(|(a, b)| !a.is_empty() && !b.is_empty())?;
    let from = span.start as usize;
    let first = Span::new(from, from + start.len());
    let second = Span::new(from + start.len() + 2, span.end as usize);
    let ends = (Spanned::new(range_end(start), first), Spanned::new(range_end(end), second));
    Some(Literal::Range(Box::new(ends)))
}

/// One end of a range that was written as one bare word.
fn range_end(word: &str) -> Literal<'_> {
    match word.strip_prefix('$').filter(|name| is_name(name)) {
        Some(name) => Literal::Parameter(name),
        None => Literal::Word(word),
    }
}
