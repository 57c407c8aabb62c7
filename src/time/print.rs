//! Instants as text: RFC 3339 for the language, English for people.

use super::Millis;
use super::civil::Date;
use super::units::DAY_MS;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The date, the time of day in ms.
fn parts(at: Millis) -> (Date, i64) {
    (Date::of_number(at.div_euclid(DAY_MS)), at.rem_euclid(DAY_MS))
}

/// `10:00`, with seconds and ms where there are any or they are asked for.
fn clock(of_day: i64, seconds: bool) -> String {
    let minutes = format!("{:02}:{:02}", of_day / 3_600_000, of_day / 60_000 % 60);
    match of_day % 60_000 {
        0 if !seconds => minutes,
        rest if rest % 1000 == 0 => format!("{minutes}:{:02}", rest / 1000),
        rest => format!("{minutes}:{:02}.{:03}", rest / 1000, rest % 1000),
    }
}

/// An instant in RFC 3339 in UTC, without seconds where there are none. Years outside 0 to 9999
/// have a sign, and more digits where needed.
///
/// ```
/// use tamis::time::print_instant;
/// assert_eq!(print_instant(1_793_534_400_001), "2026-11-01T12:00:00.001Z");
/// assert_eq!(print_instant(253_402_300_800_000), "+10000-01-01T00:00Z");
/// ```
#[must_use]
pub fn print_instant(at: Millis) -> String {
    let (date, of_day) = parts(at);
    format!("{}T{}Z", date.print(), clock(of_day, false))
}

/// An instant in RFC 3339 in UTC, always with seconds: that it is one instant, and no minute, shows.
#[must_use]
pub fn print_exact(at: Millis) -> String {
    let (date, of_day) = parts(at);
    format!("{}T{}Z", date.print(), clock(of_day, true))
}

/// An instant in RFC 3339 in UTC, always with milliseconds.
pub(crate) fn print_millis(at: Millis) -> String {
    let (date, of_day) = parts(at);
    let (of_minute, ms) = (of_day / 1000 % 60, of_day % 1000);
    let minutes = clock(of_day - of_day % 60_000, false);
    format!("{}T{minutes}:{of_minute:02}.{ms:03}Z", date.print())
}

/// The date of an instant in UTC: `2026-11-01`.
#[must_use]
pub fn print_date(at: Millis) -> String {
    parts(at).0.print()
}

/// What a wall clock shows, for people: `25 October 2026, 12:00`.
pub(crate) fn print_local(local: Millis) -> String {
    let (date, of_day) = parts(local);
    let month = usize::try_from(date.month - 1).ok().and_then(|month| MONTHS.get(month));
    format!("{} {} {}, {}", date.day, month.unwrap_or(&""), date.year, clock(of_day, false))
}
