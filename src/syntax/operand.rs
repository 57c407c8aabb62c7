//! The parts of a clause and its operands: words, strings, lists, records, ranges.

use std::borrow::Cow;
use std::cell::Cell;

use super::ast::Literal;
use super::grammar::{Pair, Rule};
use super::parse::Builder;
use crate::diag::messages;
use crate::measure::Measure;
use crate::quote::is_name;
use crate::span::{Span, Spanned};
use crate::time::{Unit, is_number};

/// One part of a clause.
pub(super) enum Part<'s> {
    Symbol(Spanned<&'s str>),
    Dots(Span),
    Literal(Spanned<Literal<'s>>),
    /// Taken out once, by the operator that it is the operand of.
    List(Spanned<Cell<Vec<Spanned<Literal<'s>>>>>),
    Between(Span, Box<(Spanned<Literal<'s>>, Spanned<Literal<'s>>)>),
}

impl<'s> Part<'s> {
    pub(super) fn span(&self) -> Span {
        match self {
            Part::Symbol(symbol) => symbol.span,
            Part::Dots(span) | Part::Between(span, _) => *span,
            Part::Literal(literal) => literal.span,
            Part::List(list) => list.span,
        }
    }

    pub(super) fn word(&self) -> Option<&'s str> {
        match self {
            Part::Literal(Spanned { value: Literal::Word(word), .. }) => Some(word),
            Part::Literal(_)
            | Part::Symbol(_)
            | Part::Dots(_)
            | Part::List(_)
            | Part::Between(..) => None,
        }
    }

    pub(super) fn name(&self) -> Option<Spanned<Cow<'s, str>>> {
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
    pub(super) fn spelled(&self) -> Option<&'s str> {
        match self {
            Part::Symbol(symbol) => Some(symbol.value),
            Part::Between(..) => Some("between"),
            Part::Literal(_) | Part::Dots(_) | Part::List(_) => self.word(),
        }
    }
}

impl<'s> Builder<'s, '_> {
    pub(super) fn part(&mut self, pair: Pair<'s, '_>) -> Option<Part<'s>> {
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

    fn value(&mut self, pair: Pair<'s, '_>) -> Option<Spanned<Literal<'s>>> {
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

    fn between(&mut self, pair: Pair<'s, '_>, span: Span) -> Option<Part<'s>> {
        let mut ends = Vec::with_capacity(2);
        for inner in pair.into_inner() {
            ends.extend(self.value(inner));
        }
        let mut ends = ends.into_iter();
        Some(Part::Between(span, Box::new((ends.next()?, ends.next()?))))
    }

    fn list(&mut self, pair: Pair<'s, '_>) -> Vec<Spanned<Literal<'s>>> {
        let span = self.span(&pair);
        let inner = pair.into_inner();
        let mut list: Vec<Spanned<Literal<'s>>> = Vec::with_capacity(inner.count());
        let mut dots = false;
        let mut mistakes = false;
        // Where a comma is missing, unless a number and its unit stand there.
        let mut apart: Option<Span> = None;
        for pair in inner {
            let place = self.span(&pair);
            let rule = pair.as_rule();
            if rule == Rule::dots {
                dots = true;
            } else if rule == Rule::missing_comma {
                apart = Some(place);
            } else if rule == Rule::semicolon {
                self.problems.push(messages::semicolon(place));
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
                self.unclosed(inner, span);
                mistakes = true;
            } else if let Some(literal) = self.value(pair) {
                let last = list.last_mut().filter(|_| apart.is_some());
                let amount = last.and_then(|last| Some((joined(last, &literal)?, last)));
                if let Some((amount, last)) = amount {
                    *last = amount;
                } else {
                    mistakes |= self.missing_comma(apart);
                    add_element(&mut list, literal, std::mem::take(&mut dots));
                }
                apart = None;
            }
        }
        mistakes |= self.missing_comma(apart);
        if list.is_empty() && !mistakes {
            self.problems.push(messages::empty_list(span));
        }
        list
    }

    /// Reports a comma that is missing there, if one is.
    fn missing_comma(&mut self, place: Option<Span>) -> bool {
        if let Some(place) = place {
            self.problems.push(messages::missing_comma(place));
        }
        place.is_some()
    }

    fn record(&mut self, pair: Pair<'s, '_>) -> Literal<'s> {
        let span = self.span(&pair);
        let inner = pair.into_inner();
        let mut members = Vec::new();
        for pair in inner {
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
                self.unclosed(inner, span);
            }
        }
        Literal::Record(members)
    }

    fn member(
        &mut self,
        pair: Pair<'s, '_>,
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

/// One value, or two with `..` between them.
pub(super) fn range_or_literal<'s>(parts: &[Part<'s>]) -> Option<(Spanned<Literal<'s>>, usize)> {
    match parts {
        [Part::Literal(start), Part::Dots(_), Part::Literal(end), rest @ ..] => {
            let (end, used) = with_unit(end, rest);
            Some((range(start.clone(), end), 3 + used))
        }
        [Part::Literal(one), rest @ ..] => {
            if let [Part::Literal(next), behind @ ..] = rest {
                let (end, used) = with_unit(next, behind);
                if let Some(range) = open_range(one, &end) {
                    return Some((range, 2 + used));
                }
            }
            let (one, used) = with_unit(one, rest);
            Some((one, 1 + used))
        }
        _ => None,
    }
}

/// `7 days`, `10 MiB`: one value, which the checker reads, or reports as a second value.
fn is_length(number: &Spanned<Literal<'_>>, unit: &Spanned<Literal<'_>>) -> bool {
    match (&number.value, &unit.value) {
        (Literal::Word(number), Literal::Word(unit)) => {
            let number = number.strip_prefix('-').unwrap_or(number);
            is_number(number) && (Unit::is_like(unit) || Measure::is_unit(unit))
        }
        _ => false,
    }
}

/// A value with the unit behind it, where that is all that is left of a clause, and how many parts
/// the unit takes.
pub(super) fn with_unit<'s>(
    value: &Spanned<Literal<'s>>,
    rest: &[Part<'s>],
) -> (Spanned<Literal<'s>>, usize) {
    let amount = match rest {
        [Part::Literal(unit)] => joined(value, unit),
        _ => None,
    };
    amount.map_or_else(|| (value.clone(), 0), |amount| (amount, 1))
}

/// A number, or a range that ends in one, as one value with the unit behind it.
fn joined<'s>(
    value: &Spanned<Literal<'s>>,
    unit: &Spanned<Literal<'s>>,
) -> Option<Spanned<Literal<'s>>> {
    if is_length(value, unit) {
        return Some(two_words(value, unit));
    }
    let split = match value.value {
        Literal::Word(word) => word_range(word, value.span),
        Literal::Range(_)
        | Literal::Text(_)
        | Literal::Parameter(_)
        | Literal::Phrase(_)
        | Literal::Record(_) => None,
    };
    let Literal::Range(ends) = split.as_ref().unwrap_or(&value.value) else { return None };
    is_length(&ends.1, unit).then(|| range(ends.0.clone(), two_words(&ends.1, unit)))
}

/// Two values with `..` between them.
pub(super) fn range<'s>(
    start: Spanned<Literal<'s>>,
    end: Spanned<Literal<'s>>,
) -> Spanned<Literal<'s>> {
    let span = start.span.to(end.span);
    Spanned::new(Literal::Range(Box::new((start, end))), span)
}

fn two_words<'s>(
    first: &Spanned<Literal<'s>>,
    second: &Spanned<Literal<'s>>,
) -> Spanned<Literal<'s>> {
    let phrase = Literal::Phrase(vec![first.clone(), second.clone()]);
    Spanned::new(phrase, first.span.to(second.span))
}

/// `start.. "end"`: a bare word that ends in `..` and a value right behind it.
fn open_range<'s>(
    start: &Spanned<Literal<'s>>,
    end: &Spanned<Literal<'s>>,
) -> Option<Spanned<Literal<'s>>> {
    let Literal::Word(word) = start.value else { return None };
    let head = word.strip_suffix("..").filter(|head| !head.is_empty())?;
    let first = Span::new(start.span.start as usize, start.span.start as usize + head.len());
    Some(range(Spanned::new(range_end(head), first), end.clone()))
}

fn add_element<'s>(
    list: &mut Vec<Spanned<Literal<'s>>>,
    literal: Spanned<Literal<'s>>,
    dots: bool,
) {
    let Some(start) = list.pop() else { return list.push(literal) };
    if dots {
        list.push(range(start, literal));
    } else if let Some(range) = open_range(&start, &literal) {
        list.push(range);
    } else {
        list.extend([start, literal]);
    }
}

/// `2026-10-01..2026-10-08`, one bare word.
pub(super) fn word_range(word: &str, span: Span) -> Option<Literal<'_>> {
    let dots = word.as_bytes().windows(2).position(|pair| pair == b"..")?;
    let (start, end) = (word.get(..dots)?, word.get(dots + 2..)?);
    if start.is_empty() || end.is_empty() {
        return None;
    }
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
