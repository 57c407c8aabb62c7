//! Times, lengths of time, and what a query asks of them.

use super::names::At;
use super::{Code, Diagnostic, Quoted, Span, shown};
use crate::quote::quote;
use crate::time::{ClockChange, Mistake};

const FORMS: &str = "write `2026-11-01`, `2026-10`, `2026-11-01T10:00Z`, `today`, `last month`, `now-36h`, `-7d`, `7 days ago`, or milliseconds";

/// A time as it is written in a query: several words as they are where they were several words.
fn spelled(text: &str, phrase: bool) -> String {
    if phrase { text.to_owned() } else { quote(text).into_owned() }
}

/// A text that is no time; `phrase` when it was written as several words without quotes.
pub(crate) fn not_a_time(value: At<'_>, mistake: Mistake, phrase: bool) -> Diagnostic {
    let error = |code, what: &str| {
        Diagnostic::new(code, value.place, format!("{} {what}", shown(value.text)))
    };
    let is_none = |what| error(Code::NotATime, what);
    match mistake {
        Mistake::NotATime => is_none("is no date or time").help(FORMS),
        Mistake::BareLength(before) => is_none("is a length of time, and no date or time")
            .help(format!("`{before}` is the instant so long before now"))
            .fix(format!("change to `{before}`, counted back from now"), value.place, before),
        Mistake::UnitCase(text) => {
            let text = spelled(&text, phrase);
            is_none("has a unit in capital letters")
                .help("units are written in lower case: `s m h d w mo q y`")
                .safe_fix(format!("change to `{text}`"), value.place, text)
        }
        Mistake::MinuteOrMonth { minute, month } => {
            let (minute, month) = (spelled(&minute, phrase), spelled(&month, phrase));
            is_none("has the unit `M`, which could be minutes or months")
                .help("`m` is minutes, `mo` is months")
                .fix(format!("change to `{minute}`, minutes"), value.place, minute)
                .fix(format!("change to `{month}`, months"), value.place, month)
        }
        Mistake::Fraction => is_none("counts a fraction of a month, quarter or year")
            .help("only seconds, minutes, hours, days and weeks have fractions"),
        Mistake::TooFine => is_none("is no whole number of milliseconds"),
        Mistake::TooFar => is_none("is further away than times are counted"),
        Mistake::Number(None) => error(Code::ImplausibleNumber, "is no plausible time").help(FORMS),
        Mistake::Number(Some(guess)) => {
            let what = if guess.what.starts_with("milliseconds") {
                "is no plausible time in milliseconds".to_owned()
            } else {
                format!("looks like {}, but bare numbers are milliseconds", guess.what)
            };
            error(Code::ImplausibleNumber, &what)
                .help("milliseconds are read from 94694400000 to 7289654399999, the years 1973 to 2200")
                .fix(format!("change to `{}`", guess.text), value.place, guess.text)
        }
    }
}

/// A period where a single instant belongs.
pub(crate) fn no_period_here(value: At<'_>) -> Diagnostic {
    let message =
        format!("{} is a stretch of time, and one instant belongs here", shown(value.text));
    Diagnostic::new(Code::WrongType, value.place, message)
        .help("an instant has a time of day, such as `2026-11-01T10:00:00Z`")
}

/// A text that is no length of time where an operator takes one. `whole` when only whole days fit.
pub(crate) fn not_a_length(value: At<'_>, mistake: Mistake, whole: bool) -> Diagnostic {
    let error = |what: &str| {
        Diagnostic::new(Code::NotDays, value.place, format!("{} {what}", shown(value.text)))
    };
    match mistake {
        Mistake::NotATime | Mistake::BareLength(_) | Mistake::Number(_) if whole => {
            error("is no number of days").help("write a whole number, 0 or more, such as `7`")
        }
        Mistake::NotATime | Mistake::BareLength(_) | Mistake::Number(_) => {
            error("is no length of time")
                .help("write a number and a unit, such as `7 days` or `36h`")
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
    let message = format!("{} has no unit", shown(value.text));
    let days = format!("{} days", value.text);
    let hours = format!("{} hours", value.text);
    Diagnostic::new(Code::NotDays, value.place, message)
        .help("write a number and a unit, such as `7 days` or `36h`")
        .fix(format!("change to `{days}`"), value.place, days)
        .fix(format!("change to `{hours}`"), value.place, hours)
}

/// `in the last week`: the period of the calendar, or the days before now.
pub(crate) fn two_readings(place: Span, text: &str, [period, days]: [String; 2]) -> Diagnostic {
    let message = format!("{} has two readings", shown(text));
    Diagnostic::new(Code::TwoReadings, place, message)
        .help(format!("`{period}` is the period of the calendar, `{days}` counts from now"))
        .fix(format!("change to `{period}`, the calendar's"), place, period)
        .fix(format!("change to `{days}`, counted from now"), place, days)
}

/// `whole` is the text without the digits that are left out.
pub(crate) fn finer_time(value: At<'_>, whole: String) -> Diagnostic {
    let message = format!("{} is finer than times are counted", shown(value.text));
    let whole = quote(&whole).into_owned();
    Diagnostic::new(Code::FinerTime, value.place, message)
        .help("times are counted in milliseconds: three digits behind the point")
        .fix(format!("change to `{whole}`"), value.place, whole)
}

/// A comparison with one ms that a person will hardly mean. `instead` is the text that stands for a
/// longer time, with its place and what it is.
pub(crate) fn one_instant(
    value: At<'_>,
    operator: &str,
    instead: Option<(Span, String, &str)>,
) -> Diagnostic {
    let message =
        format!("{} with {} asks for one millisecond", shown(operator), shown(value.text));
    let found = Diagnostic::new(Code::OneInstant, value.place, message)
        .help("an instant is a single millisecond; a date is the whole day");
    match instead {
        Some((place, text, what)) => {
            found.fix(format!("change to `{text}`, the whole {what}"), place, text)
        }
        None => found,
    }
}

/// A local time that a change of clocks skips or repeats; `exact` is the instant it is read as.
pub(crate) fn changed_clocks(
    value: At<'_>,
    change: ClockChange,
    zone: &str,
    exact: &str,
) -> Diagnostic {
    let message = match change {
        ClockChange::Skipped => format!(
            "the clocks of {zone} skip {}; it is read by the offset before the change, as {exact}",
            shown(value.text)
        ),
        ClockChange::Repeated => format!(
            "the clocks of {zone} show {} twice; the first is taken, {exact}",
            shown(value.text)
        ),
    };
    Diagnostic::new(Code::ChangedClocks, value.place, message)
        .help("write the time with its offset, such as `+02:00`, to choose")
        .fix(format!("change to `{exact}`"), value.place, exact)
}

/// A time that the field's row allows no operator for.
pub(crate) fn row_cannot_say(
    value: At<'_>,
    field: &str,
    operator: &str,
    allowed: &str,
) -> Diagnostic {
    let message =
        format!("`{field}` does not allow {} with {}", shown(operator), shown(value.text));
    Diagnostic::new(Code::OperatorNotAllowed, value.place, message)
        .help(format!("`{field}` allows {allowed}"))
}

/// Several words that are a time, where no time is compared with.
pub(crate) fn words_of_time(place: Span, rest: Span, text: &str) -> Diagnostic {
    super::extra_value(rest, Some(Quoted { place, text: text.to_owned() }))
}
