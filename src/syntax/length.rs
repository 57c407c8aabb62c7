//! Lengths of time behind `in last`, `older than` and the like: `7 days`, `36h`, `$n hours`, `hour`.

use super::ast::Literal;
use super::operand::Part;
use crate::ops::{Spelling, Takes};
use crate::span::{Span, Spanned};
use crate::time::{PERIODS, Unit, is_number, split_length};

/// The length that the parts begin with, and how many of them it takes. A number of days stands by
/// itself, as it does behind `gte_ndays`; anything else is a phrase.
pub(super) fn read<'s>(
    spelling: &Spelling,
    parts: &[Part<'s>],
) -> Option<(Spanned<Literal<'s>>, usize)> {
    let Part::Literal(first) = parts.first()? else { return None };
    let unit = parts.get(1).and_then(Part::word).filter(|word| Unit::is_like(word));
    let unit_span = parts.get(1).map(Part::span).unwrap_or_default();
    let article = first_word(first)
        .is_some_and(|word| word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an"));
    match (first_word(first), unit) {
        (Some(_), Some(unit)) if article => {
            let unit = Spanned::new(Literal::Word(unit), unit_span);
            let one = ambiguous(spelling, &unit);
            let span = first.span.to(unit_span);
            one.map(|one| (Spanned::new(one.value, span), 2))
        }
        (_, Some(unit)) => {
            let unit = Spanned::new(unit, unit_span);
            Some((counted(spelling, first.clone(), unit), 2))
        }
        (Some(word), None) if Unit::is_like(word) => {
            // `in last week` is the calendar's; `in past week` has two readings.
            let period = PERIODS.iter().any(|(name, _)| name.eq_ignore_ascii_case(word));
            if is_calendar(spelling) && period {
                return None;
            }
            ambiguous(spelling, first).map(|one| (one, 1))
        }
        (Some(word), None) => match split_length(word).filter(|(_, unit)| Unit::is_like(unit)) {
            Some((number, unit)) => {
                let (from, to) = (first.span.start as usize, first.span.end as usize);
                let middle = from + number.len();
                let number = Spanned::new(Literal::Word(number), Span::new(from, middle));
                let unit = Spanned::new(unit, Span::new(middle, to));
                Some((counted(spelling, number, unit), 1))
            }
            None => alone(first).map(|one| (one, 1)),
        },
        (None, None) => alone(first).map(|one| (one, 1)),
    }
}

/// True where a period behind the words is the calendar's: `in last week`.
pub(super) fn is_calendar(spelling: &Spelling) -> bool {
    let words = spelling.text.strip_prefix("not ").unwrap_or(spelling.text);
    words == "in last _" || words == "in next _"
}

/// True for an age, which counts from now whatever its unit: `older than a month`.
fn is_age(spelling: &Spelling) -> bool {
    spelling.pieces().contains(&"than")
}

/// A unit without a number: one of it, or for a period of the calendar a phrase with `a`, which has
/// two readings.
pub(super) fn ambiguous<'s>(
    spelling: &Spelling,
    unit: &Spanned<Literal<'s>>,
) -> Option<Spanned<Literal<'s>>> {
    let name = first_word(unit)?;
    let period =
        PERIODS.iter().find(|(word, _)| Unit::read(name).is_ok_and(|unit| unit.one == *word));
    let part = |text| Spanned::new(Literal::Word(text), unit.span);
    Some(match period.filter(|_| !is_age(spelling)) {
        Some((word, _)) => Spanned::new(Literal::Phrase(vec![part("a"), part(word)]), unit.span),
        None => counted(spelling, part("1"), Spanned::new(name, unit.span)),
    })
}

fn counted<'s>(
    spelling: &Spelling,
    number: Spanned<Literal<'s>>,
    unit: Spanned<&'s str>,
) -> Spanned<Literal<'s>> {
    let span = number.span.to(unit.span);
    let count = first_word(&number).unwrap_or_default();
    let known = Unit::read(unit.value).ok();
    let word = known.map_or(unit.value, |unit| unit.word(count));
    let fraction = is_number(count) && count.contains('.');
    let days = spelling.op.row().takes == Takes::Days
        && known.is_some_and(|unit| unit.letter == "d")
        && !fraction;
    if days {
        return Spanned::new(number.value, span);
    }
    let unit = Spanned::new(Literal::Word(word), unit.span);
    Spanned::new(Literal::Phrase(vec![number, unit]), span)
}

/// A value that may be a whole length: a text, a parameter, a number without its unit, or a time,
/// which is a mistake that the checker reports.
fn alone<'s>(value: &Spanned<Literal<'s>>) -> Option<Spanned<Literal<'s>>> {
    let length = match &value.value {
        Literal::Text(_) | Literal::Parameter(_) => true,
        Literal::Word(word) => word.starts_with(|c: char| c.is_ascii_digit() || c == '-'),
        Literal::Phrase(_) => return Some(value.clone()),
        Literal::Range(_) | Literal::Record(_) => false,
    };
    let phrase = || Spanned::new(Literal::Phrase(vec![value.clone()]), value.span);
    length.then(phrase)
}

fn first_word<'s>(literal: &Spanned<Literal<'s>>) -> Option<&'s str> {
    match literal.value {
        Literal::Word(word) => Some(word),
        Literal::Text(_)
        | Literal::Parameter(_)
        | Literal::Phrase(_)
        | Literal::Range(_)
        | Literal::Record(_) => None,
    }
}
