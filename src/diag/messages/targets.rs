//! What a whole query means, and what a target cannot say of it.

use super::{Diagnostic, Span, suggest, wording};

pub(crate) fn selects_nothing(place: Span, other: Option<Span>, field: &str) -> Diagnostic {
    match other {
        Some(other) => Diagnostic::say(place, wording::selects_nothing(field))
            .label(other, wording::other_condition()),
        None => Diagnostic::say(place, wording::selects_nothing_alone(field)),
    }
}

pub(crate) fn selects_everything(place: Span, other: Option<Span>, field: &str) -> Diagnostic {
    match other {
        Some(other) => Diagnostic::say(place, wording::selects_everything(field))
            .label(other, wording::other_condition()),
        None => Diagnostic::say(place, wording::selects_everything_alone(field)),
    }
}

pub(crate) fn text_without_words(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::text_without_words())
}

/// An `or` that no single request can say, with its first two sides.
pub(crate) fn several_requests(sides: &[Span], whole: Span) -> Diagnostic {
    let found = Diagnostic::say(whole, wording::several_requests());
    sides
        .iter()
        .zip([wording::either_this(), wording::or_this()])
        .fold(found, |found, (side, text)| found.label(*side, text))
}

pub(crate) fn not_expressible(place: Span, target: &str, what: &str, instead: &str) -> Diagnostic {
    Diagnostic::say(place, wording::not_expressible(target, what, instead))
}

/// What whoever runs the output has to know of the engine.
pub(crate) fn engine_caution(place: Span, engine: &str, caution: &str) -> Diagnostic {
    Diagnostic::say(place, wording::engine_caution(engine, caution))
}

pub(crate) fn operator_twice(place: Span, first: Span, field: &str, operator: &str) -> Diagnostic {
    Diagnostic::say(place, wording::operator_twice(operator, field))
        .label(first, wording::the_first())
}

pub(crate) fn tail_not_carried(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::tail_not_carried())
}

pub(crate) fn unknown_target<'n>(
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::say(Span::at(0), wording::unknown_target(name));
    suggest(found, name, Span::at(0), names, wording::targets_are, str::to_owned)
}

pub(crate) fn page_too_large(place: Span, largest: u32) -> Diagnostic {
    let largest = usize::try_from(largest).unwrap_or(usize::MAX);
    Diagnostic::say(place, wording::page_too_large(largest))
}

pub(crate) fn no_endpoint(schema: &str) -> Diagnostic {
    Diagnostic::say(Span::at(0), wording::no_endpoint(schema))
}

/// A plan of too many requests, with the `or`s that multiply: where, and how many sides.
pub(crate) fn too_many_requests(
    whole: Span,
    ors: &[(Span, usize)],
    needed: Option<usize>,
    limit: usize,
) -> Diagnostic {
    let phrase = match needed {
        Some(needed) => wording::too_many_requests(needed, limit),
        None => wording::no_plan_found(limit),
    };
    let multiply = ors.len() > 1;
    let help = if multiply { wording::ors_multiply() } else { wording::join_conditions() };
    let label = |sides: usize| if multiply { wording::times(sides) } else { wording::sides(sides) };
    let found = Diagnostic::say(whole, phrase).help(help);
    ors.iter().fold(found, |found, (place, sides)| found.label(*place, label(*sides)))
}

/// Paging of a plan, which counts records of one response.
pub(crate) fn plan_without_paging(place: Span, requests: usize, residual: bool) -> Diagnostic {
    let phrase =
        if residual { wording::paging_of_residual() } else { wording::paging_of_plan(requests) };
    Diagnostic::say(place, phrase)
}

pub(crate) fn order_of_each(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::order_of_each())
}

pub(crate) fn guessed_labels(place: Span, field: &str, table: &str, column: &str) -> Diagnostic {
    Diagnostic::say(place, wording::guessed_labels(field, table, column))
}

pub(crate) fn guessed_column(place: Span, field: &str, table: &str, column: &str) -> Diagnostic {
    Diagnostic::say(place, wording::guessed_column(field, table, column))
}
