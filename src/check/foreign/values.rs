//! Values of other languages: lists without brackets, alternatives with `or`, ends of ranges.

use super::lex::{Kind, Token};
use super::outline::Segment;
use super::shapes::{as_value, either};
use super::words::spelled;
use super::{Form, Place};
use crate::ops::{self, Op, Takes};
use crate::quote::quoted;
use crate::span::Span;

/// The operator of the language behind the field, and how many tokens it takes.
pub(super) fn own_operator(tokens: &[Token]) -> Option<(Op, bool, usize)> {
    (1..=4_usize).rev().find_map(|used| {
        let run = tokens.get(1..=used)?;
        run.iter().all(|t| matches!(t.kind, Kind::Word | Kind::Symbol)).then_some(())?;
        let words: Vec<&str> = run.iter().map(|token| token.plain.as_str()).collect();
        let text = words.join(" ").to_ascii_lowercase();
        let spelling = ops::spellings_from(&text).iter().find(|found| found.text == text)?;
        let op = spelling.op;
        let complement = if op == Op::Neq { Some(Op::Eq) } else { None };
        let complement = complement.or((op == Op::Ncontains).then_some(Op::Contains));
        let complement = complement.or((op == Op::Doesnotstartwith).then_some(Op::Startswith));
        let negated = spelling.negated != complement.is_some();
        Some((complement.unwrap_or(op), negated, used))
    })
}

pub(super) fn takes_list(op: Op) -> bool {
    matches!(op.row().takes, Takes::Values | Takes::Strings)
}

/// `between a , b`, `between (a, b)`, `between a to b`, `from a to b`.
pub(super) fn between(place: &Place<'_, '_>) -> Option<Form> {
    place.subject()?;
    let tokens = place.tokens();
    let word = tokens.get(1)?;
    if !word.is("between") && !word.is("from") && !word.is("in") && !word.is("range") {
        return None;
    }
    let inner = match tokens.get(2..)? {
        [open, inner @ .., close] if open.kind == Kind::Open && close.kind == Kind::Close => inner,
        inner => inner,
    };
    let (from, to) = match inner {
        [from, joint, to] if joint.kind == Kind::Comma && !word.is("in") => (from, to),
        [from, joint, to] if joint.is("to") || joint.is("..") || joint.is("-") => (from, to),
        [from, joint, to] if joint.kind == Kind::And => (from, to),
        _ => return None,
    };
    if !from.is_value() || !to.is_value() {
        return None;
    }
    let field = place.plain(0, 1);
    let text = format!("{field} between {} and {}", from.plain, to.plain);
    Some(Form::one(place.span(1, tokens.len()), place.whole(), text))
}

/// `X in a, b`, `X = (a or b)`.
pub(super) fn list(place: &Place<'_, '_>) -> Option<Form> {
    place.subject()?;
    let tokens = place.tokens();
    let (op, negated, used) = own_operator(tokens)?;
    let behind = tokens.get(1 + used..)?;
    let (inner, bracket) = match behind {
        [open, inner @ .., close] if open.kind == Kind::Open && close.kind == Kind::Close => {
            (inner, true)
        }
        // A list that is never closed.
        [open, inner @ ..] if open.kind == Kind::Open => (inner, true),
        inner => (inner, false),
    };
    let first = 1 + used + usize::from(bracket);
    let divides = |token: &&Token| matches!(token.kind, Kind::Comma | Kind::And | Kind::Or);
    let divider = inner.iter().find(divides)?;
    let all = inner.iter().any(|token| token.kind == Kind::And);
    let any = inner.iter().any(|token| token.kind == Kind::Or);
    if bracket && !all && !any {
        return None;
    }
    let mut values = Vec::new();
    let mut start = first;
    for (at, token) in inner.iter().enumerate() {
        if divides(&token) {
            values.push(value(place, start, first + at)?);
            start = first + at + 1;
        }
    }
    if start < first + inner.len() {
        values.push(value(place, start, first + inner.len())?);
    }
    let field = place.plain(0, 1);
    // `a, b or c` is a list in words; `and` asks for both.
    let both = all && !any && divider.kind == Kind::And;
    let span = place.span(1 + used, place.len());
    joined(&field, op, (negated, any), &values, both, span, place.whole())
}

/// One value of the segment's tokens: a word, a text, or words that stand for a text.
fn value(place: &Place<'_, '_>, from: usize, to: usize) -> Option<String> {
    let run = place.tokens().get(from..to)?;
    let fits = !run.is_empty() && run.iter().all(Token::is_value);
    fits.then(|| as_value(run, &place.plain(from, to))).flatten()
}

/// `X = a b`, once what stood between the words is a blank: one value.
pub(super) fn words(place: &Place<'_, '_>) -> Option<Form> {
    place.subject()?;
    let tokens = place.tokens();
    let (_, _, used) = own_operator(tokens)?;
    let run = tokens.get(1 + used..)?;
    let bare = run.len() > 1 && run.iter().all(|token| token.kind == Kind::Word);
    let text = format!("{} {}", place.plain(0, 1 + used), quoted(&place.rest(1 + used)));
    let span = place.span(1 + used, place.len());
    bare.then(|| Form::guess(span, place.whole(), text, "one value of several words"))
}

/// One condition with all the values, or one for each.
fn joined(
    field: &str,
    op: Op,
    (negated, any): (bool, bool),
    values: &[String],
    both: bool,
    span: Span,
    whole: Span,
) -> Option<Form> {
    let one = spelled(op, negated, false);
    let each = |joint: &str| {
        let parts: Vec<String> =
            values.iter().map(|value| format!("{field} {one} {value}")).collect();
        format!("({})", parts.join(joint))
    };
    if !takes_list(op) {
        let (joint, note) =
            if both { (" and ", "every one") } else { (" or ", "any one of them is enough") };
        return Some(Form::guess(span, whole, each(joint), note));
    }
    let list = format!("{field} {} ({})", spelled(op, negated, true), values.join(", "));
    Some(match (both, negated) {
        (true, true) | (false, false) => Form::one(span, whole, list),
        (true, false) => Form::guess(span, whole, each(" and "), "both values at once"),
        (false, true) if !any => Form::one(span, whole, list),
        (false, true) => either(
            span,
            whole,
            vec![(list, "none of the values"), (each(" or "), "not all of the values")],
        ),
    })
}

/// `X = a or b`: values that stand alone belong to the condition before them.
pub(super) fn alternatives(place: &Place<'_, '_>) -> Option<Form> {
    let outline = place.outline;
    let alone = |segment: &Segment| {
        let run = outline.run(segment.first, segment.end);
        let words = run.iter().all(|token| token.is_value());
        words && !segment.tail && run.first().is_some_and(|token| place.field(token).is_none())
    };
    let joint = |one: &Segment, other: &Segment| {
        let token = outline.tokens.get(one.end).filter(|_| one.end + 1 == other.first)?;
        matches!(token.kind, Kind::And | Kind::Or).then_some(token.kind)
    };
    let segments = &outline.segments;
    let mut first = place.index;
    if !alone(segments.get(first)?) {
        return None;
    }
    while alone(segments.get(first)?) {
        let before = first.checked_sub(1)?;
        joint(segments.get(before)?, segments.get(first)?)?;
        first = before;
    }
    let owner = Place { index: first, segment: *segments.get(first)?, ..*place };
    owner.subject()?;
    let (op, negated, used) = own_operator(owner.tokens())?;
    let mut values = vec![value(&owner, 1 + used, owner.len())?];
    let mut last = first;
    let mut kinds = Vec::new();
    while let Some(next) = segments.get(last + 1).filter(|next| alone(next)) {
        let Some(kind) = segments.get(last).and_then(|last| joint(last, next)) else { break };
        kinds.push(kind);
        let run = outline.run(next.first, next.end);
        values.push(as_value(run, &outline.plain(next.first, next.end))?);
        last += 1;
    }
    let end = segments.get(last)?.end;
    let both = kinds.contains(&Kind::And);
    if both && kinds.contains(&Kind::Or) {
        return None;
    }
    let whole = outline.span(owner.segment.first, end);
    let span = outline.span(owner.segment.first + 1 + used, end);
    joined(&owner.plain(0, 1), op, (negated, !both), &values, both, span, whole)
}
