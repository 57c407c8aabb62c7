//! What is wrong with a tested query's header or examples.

use super::{Code, Diagnostic, Span, shown, suggest};

pub(crate) fn unknown_header<'n>(
    place: Span,
    typed: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!("a header has no {}", shown(typed));
    let found = Diagnostic::new(Code::UnknownHeader, place, message);
    let all = "a remark begins with `##`; a header can say";
    suggest(found, typed, place, names, all, str::to_owned)
}

pub(crate) fn header_value(place: Span, key: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::HeaderValue, place, format!("`{key}` cannot be read: {why}"))
}

pub(crate) fn nothing_tested(place: Span) -> Diagnostic {
    Diagnostic::new(Code::NothingTested, place, "the header names no target and no example")
        .help("write `# targets: api` or `# match: {…}` at the top of the file")
}

pub(crate) fn now_missing(place: Span) -> Diagnostic {
    let message = "this means another instant every time it is tested";
    Diagnostic::new(Code::NowMissing, place, message)
        .help("write what `now` is at the top of the file: `# now: 2026-11-01T12:00:00Z`")
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
    let message = if wanted {
        "the query does not select this record"
    } else {
        "the query selects this record"
    };
    let found = Diagnostic::new(Code::ExampleFails, place, message);
    conditions.iter().take(SHOWN).fold(found, |found, condition| {
        let holds = wanted == condition.inverted;
        let is = if holds { "this holds" } else { "this does not hold" };
        let behind = if condition.inverted { "behind `not`, " } else { "" };
        let unset = if condition.is_set { "" } else { " (the field is not set)" };
        found.label(condition.place, format!("{behind}{is}{unset}"))
    })
}
