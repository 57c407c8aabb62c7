//! What is wrong with a tested query's header or examples.

use super::{Diagnostic, Span, suggest, wording};

pub(crate) fn unknown_header<'n>(
    place: Span,
    typed: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::say(place, wording::unknown_header(typed));
    suggest(found, typed, place, names, wording::header_keys_are, str::to_owned)
}

pub(crate) fn header_value(place: Span, key: &str, why: &str) -> Diagnostic {
    Diagnostic::say(place, wording::header_value(key, why))
}

pub(crate) fn nothing_tested(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::nothing_tested())
}

pub(crate) fn now_missing(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::now_missing())
}

/// A condition that decides an example.
pub(crate) struct Deciding {
    pub(crate) place: Span,
    /// True when a `not` stands somewhere before it.
    pub(crate) inverted: bool,
    pub(crate) is_set: bool,
}

/// A record that is selected and must not be, or the other way round, with the conditions that
/// hold or do not.
pub(crate) fn example_fails(place: Span, wanted: bool, conditions: &[Deciding]) -> Diagnostic {
    const SHOWN: usize = 4;
    let phrase = if wanted { wording::example_not_selected() } else { wording::example_selected() };
    let found = Diagnostic::say(place, phrase);
    conditions.iter().take(SHOWN).fold(found, |found, condition| {
        let holds = wanted == condition.inverted;
        let text = match (condition.inverted, holds, condition.is_set) {
            (false, true, true) => wording::holds(),
            (false, true, false) => wording::holds_unset(),
            (false, false, true) => wording::does_not_hold(),
            (false, false, false) => wording::not_set(),
            (true, true, true) => wording::holds_behind_not(),
            (true, true, false) => wording::holds_unset_behind_not(),
            (true, false, true) => wording::does_not_hold_behind_not(),
            (true, false, false) => wording::not_set_behind_not(),
        };
        found.label(condition.place, text)
    })
}
