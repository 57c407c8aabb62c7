//! Times, lengths of time, and what a query asks of them.

use super::names::At;
use super::{Diagnostic, Quoted, Span, change, suggest, wording};
use crate::diag::Code;
use crate::quote::quote;
use crate::time::{ClockChange, DAYS, Mistake};

/// A time as it is written in a query: several words as they are where they were several words.
fn spelled(text: &str, phrase: bool) -> String {
    if phrase { text.to_owned() } else { quote(text).into_owned() }
}

/// Adds a guess that says what it will mean.
fn meant(found: Diagnostic, place: Span, text: &str, meaning: &str) -> Diagnostic {
    found.fix(wording::change_to_meaning(text, meaning), place, text)
}

/// A text that is not a time; `phrase` when it was written as several words without quotes.
pub(crate) fn not_a_time(value: At<'_>, mistake: Mistake, phrase: bool) -> Diagnostic {
    let At { place, text } = value;
    match mistake {
        Mistake::NotATime => {
            let found = Diagnostic::say(place, wording::not_a_time(text));
            let words = DAYS.iter().map(|(word, _)| *word).chain(["now"]);
            suggest(found, text, place, words, |_| wording::forms_of_times(), str::to_owned)
        }
        Mistake::BareLength(before) => {
            let found = Diagnostic::say(place, wording::length_for_time(text, &before));
            meant(found, place, &before, "counted back from now")
        }
        Mistake::UnitCase(lower) => {
            let lower = spelled(&lower, phrase);
            Diagnostic::say(place, wording::unit_case(text)).safe_fix(
                wording::change_to(&lower),
                place,
                lower,
            )
        }
        Mistake::MinuteOrMonth { minute, month } => {
            let found = Diagnostic::say(place, wording::minute_or_month(text));
            let found = meant(found, place, &spelled(&minute, phrase), "minutes");
            meant(found, place, &spelled(&month, phrase), "months")
        }
        Mistake::Fraction => Diagnostic::say(place, wording::fraction_of_month(text)),
        Mistake::TooFine => Diagnostic::say(place, wording::fraction_of_ms(text)),
        Mistake::TooFar => Diagnostic::say(place, wording::too_far(text)),
        Mistake::Number(None) => Diagnostic::say(place, wording::implausible_number(text))
            .help(wording::forms_of_times()),
        Mistake::Number(Some(guess)) => {
            let sentence = if guess.what.starts_with("milliseconds") {
                wording::implausible_millis(text)
            } else {
                wording::other_number(text, guess.what)
            };
            change(Diagnostic::say(place, sentence), place, guess.text)
        }
    }
}

/// A period where a single instant is needed.
pub(crate) fn no_period_here(value: At<'_>) -> Diagnostic {
    Diagnostic::say(value.place, wording::no_period_here(value.text))
}

/// A text that is not a length of time where an operator takes one. `whole` when only whole days
/// fit.
pub(crate) fn not_a_length(value: At<'_>, mistake: Mistake, whole: bool) -> Diagnostic {
    match mistake {
        Mistake::NotATime | Mistake::BareLength(_) | Mistake::Number(_) if whole => {
            Diagnostic::say(value.place, wording::not_days(value.text))
        }
        Mistake::NotATime | Mistake::BareLength(_) | Mistake::Number(_) => {
            Diagnostic::say(value.place, wording::not_a_length(value.text))
        }
        Mistake::UnitCase(_)
        | Mistake::MinuteOrMonth { .. }
        | Mistake::Fraction
        | Mistake::TooFine
        | Mistake::TooFar => {
            let mut found = not_a_time(value, mistake, true);
            found.code = Code::NotDays;
            found
        }
    }
}

/// A number without a unit where an operator takes a length of time.
pub(crate) fn length_without_unit(value: At<'_>) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::length_without_unit(value.text));
    let found = change(found, value.place, format!("{} days", value.text));
    change(found, value.place, format!("{} hours", value.text))
}

/// `in the last week`: the period of the calendar, or the days before now.
pub(crate) fn two_readings(place: Span, text: &str, [period, days]: [String; 2]) -> Diagnostic {
    let found = Diagnostic::say(place, wording::two_readings(text, &period, &days));
    let found = meant(found, place, &period, "the calendar's");
    meant(found, place, &days, "counted from now")
}

/// A time of day on a field of dates; `day` is the day that it falls on.
pub(crate) fn time_of_day(value: At<'_>, field: &str, day: Option<&str>) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::time_of_day(value.text, field));
    match day {
        Some(day) => change(found, value.place, day),
        None => found,
    }
}

pub(crate) fn day_out_of_range(value: At<'_>) -> Diagnostic {
    Diagnostic::say(value.place, wording::day_out_of_range(value.text))
}

/// `whole` is the text without the digits that are left out.
pub(crate) fn finer_time(value: At<'_>, whole: String) -> Diagnostic {
    change(
        Diagnostic::say(value.place, wording::finer_time(value.text)),
        value.place,
        quote(&whole),
    )
}

/// A comparison with one ms that a person will hardly mean. `instead` is the text that stands for a
/// longer time, with its place and what it is.
pub(crate) fn one_instant(
    value: At<'_>,
    operator: &str,
    instead: Option<(Span, String, &str)>,
) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::one_instant(operator, value.text));
    match instead {
        Some((place, text, what)) => meant(found, place, &text, &format!("the whole {what}")),
        None => found,
    }
}

/// A local time that a change of clocks skips or repeats; `exact` is the instant it is read as.
pub(crate) fn changed_clocks(
    value: At<'_>,
    changed: ClockChange,
    zone: &str,
    exact: &str,
) -> Diagnostic {
    let sentence = match changed {
        ClockChange::Skipped => wording::clocks_skip(zone, value.text, exact),
        ClockChange::Repeated => wording::clocks_repeat(zone, value.text, exact),
    };
    change(Diagnostic::say(value.place, sentence), value.place, exact)
}

/// A time that the field's row allows no operator for.
pub(crate) fn row_cannot_say(
    value: At<'_>,
    field: &str,
    operator: &str,
    allowed: &str,
) -> Diagnostic {
    Diagnostic::say(value.place, wording::row_cannot_say(field, operator, value.text, allowed))
}

/// Several words that are a time, where no time is compared with.
pub(crate) fn words_of_time(place: Span, rest: Span, text: &str) -> Diagnostic {
    super::extra_value(rest, Some(Quoted { place, text: text.to_owned() }))
}
