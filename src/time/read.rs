//! THE reader of time: for queries, parameters, `--now`, headers and records.

use super::calendar::{self, Calendar};
use super::civil::Date;
use super::period::{DAYS, PERIODS, Period, WHICH};
use super::window::Length;
use super::{Clock, ClockChange, Millis, Zone, print_date, print_instant};

/// What a time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A stretch of time: its first and its last millisecond.
    Period(Millis, Millis),
    /// An instant.
    Point(Millis),
}

impl Moment {
    /// The instant, or the period's first millisecond.
    #[must_use]
    pub fn start(self) -> Millis {
        match self {
            Moment::Period(start, _) | Moment::Point(start) => start,
        }
    }

    /// The instant, or the period's last millisecond.
    #[must_use]
    pub fn end(self) -> Millis {
        match self {
            Moment::Period(_, end) | Moment::Point(end) => end,
        }
    }
}

/// How exactly an instant was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// A period, or an instant to its second or millisecond.
    Exact,
    /// A time of day without seconds.
    Minute,
    /// Counted from `now`.
    Relative,
}

/// A time that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// What it stands for.
    pub moment: Moment,
    /// How exactly it was written.
    pub precision: Precision,
    /// What a change of clocks did to the local time that was written.
    pub change: Option<ClockChange>,
    /// The text without the digits that are finer than a millisecond, where there are any.
    pub coarser: Option<String>,
}

impl Time {
    /// An instant in ms, exactly.
    #[must_use]
    pub fn instant(at: Millis) -> Time {
        Time::new(Moment::Point(at), Precision::Exact)
    }

    fn new(moment: Moment, precision: Precision) -> Time {
        Time { moment, precision, change: None, coarser: None }
    }
}

/// Why a text is no time. Texts in it stand for the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing like a time.
    NotATime,
    /// A length of time where an instant belongs; the instant so long before `now`.
    BareLength(String),
    /// A unit in the wrong case; the text with the right one.
    UnitCase(String),
    /// `M`, which is read as minutes and as months elsewhere; the text with either.
    MinuteOrMonth {
        /// With `m`.
        minute: String,
        /// With `mo`.
        month: String,
    },
    /// A fraction of a month, quarter or year.
    Fraction,
    /// A length that is no whole number of milliseconds.
    TooFine,
    /// So long a time that no instant is so far away.
    TooFar,
    /// A bare number that is no plausible count of milliseconds: what it looks like.
    Number(Option<NumberGuess>),
}

/// What a bare number looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberGuess {
    /// In a few words: `seconds`, `a date`.
    pub what: &'static str,
    /// How it is written here.
    pub text: String,
}

impl Mistake {
    /// The mistake of a part as one of the whole text.
    fn within(self, before: &str, after: &str) -> Mistake {
        let whole = |text: String| [before, &text, after].concat();
        match self {
            Mistake::UnitCase(text) => Mistake::UnitCase(whole(text)),
            Mistake::MinuteOrMonth { minute, month } => {
                Mistake::MinuteOrMonth { minute: whole(minute), month: whole(month) }
            }
            Mistake::BareLength(text) => Mistake::BareLength(whole(text)),
            Mistake::NotATime
            | Mistake::Fraction
            | Mistake::TooFine
            | Mistake::TooFar
            | Mistake::Number(_) => self,
        }
    }
}

/// The bare numbers that are read as milliseconds: 1973 to the end of 2200.
pub const PLAUSIBLE_MILLIS: std::ops::RangeInclusive<i64> = 94_694_400_000..=7_289_654_399_999;

/// Reads a time: a date, month or year, RFC 3339 with or without zone, `now`, `today`, `now-36h`,
/// `-7d`, `7 days ago`, `last month`, or milliseconds.
///
/// # Errors
/// Why the text is no time.
pub fn read(text: &str, clock: &Clock) -> Result<Time, Mistake> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() != 4 {
        return number(text);
    }
    match calendar::read(text) {
        Some(written) => of_calendar(written, clock).ok_or(Mistake::NotATime),
        None => relative(text, clock),
    }
}

fn of_calendar(written: Calendar, clock: &Clock) -> Option<Time> {
    let (start, end) = match written {
        Calendar::Time(time) => {
            let (at, change) = time.instant(&clock.zone)?;
            let precision = if time.seconds { Precision::Exact } else { Precision::Minute };
            let moment = Moment::Point(at);
            return Some(Time { moment, precision, change, coarser: time.coarser });
        }
        Calendar::Year(year) => clock.months(year, 1, 12)?,
        Calendar::Month(year, month) => clock.months(year, month, 1)?,
        Calendar::Day(date) => clock.day(date, 0)?,
    };
    Some(Time::new(Moment::Period(start, end), Precision::Exact))
}

fn number(text: &str) -> Result<Time, Mistake> {
    if text.is_empty() {
        return Err(Mistake::NotATime);
    }
    match text.parse::<i64>() {
        Ok(ms) if PLAUSIBLE_MILLIS.contains(&ms) => {
            Ok(Time::new(Moment::Point(ms), Precision::Exact))
        }
        Ok(number) => Err(Mistake::Number(Some(looks_like(text, number)))),
        Err(_) => Err(Mistake::Number(None)),
    }
}

/// What a bare number looks like that is no plausible count of milliseconds.
fn looks_like(text: &str, number: i64) -> NumberGuess {
    let guess = |what, text| NumberGuess { what, text };
    if let Some(written) = digits_of_date(text) {
        return guess("a date", written);
    }
    let scaled = [
        ("seconds", number.checked_mul(1000)),
        ("microseconds", Some(number / 1000)),
        ("nanoseconds", Some(number / 1_000_000)),
    ];
    for (what, ms) in scaled {
        if let Some(ms) = ms.filter(|ms| PLAUSIBLE_MILLIS.contains(ms)) {
            return guess(what, ms.to_string());
        }
    }
    guess("milliseconds far from today", print_instant(number))
}

/// `20261001`, `202610` and `20261001120000` with their marks.
fn digits_of_date(text: &str) -> Option<String> {
    let part = |range: std::ops::Range<usize>| text.get(range);
    let year = part(0..4).filter(|year| ("1900".."2201").contains(year))?;
    let month = part(4..6)?;
    let written = match text.len() {
        6 => format!("{year}-{month}"),
        8 => format!("{year}-{month}-{}", part(6..8)?),
        14 => format!(
            "{year}-{month}-{}T{}:{}:{}",
            part(6..8)?,
            part(8..10)?,
            part(10..12)?,
            part(12..14)?
        ),
        _ => return None,
    };
    calendar::read(&written).map(|_| written)
}

/// The text without a word at its end; words ignore case.
fn without<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let (head, tail) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    let apart = head.ends_with(char::is_whitespace);
    (tail.eq_ignore_ascii_case(end) && apart).then(|| head.trim_end())
}

fn relative(text: &str, clock: &Clock) -> Result<Time, Mistake> {
    if let Some(period) = named_period(text, clock) {
        return period.ok_or(Mistake::TooFar);
    }
    let from_now = without(text, "now").and_then(|head| without(head, "from"));
    for (length, back) in [(without(text, "ago"), true), (from_now, false)] {
        if let Some(length) = length {
            let after = text.get(length.len()..).unwrap_or_default();
            return away(clock.now, length, back, ("", after), clock);
        }
    }
    if let Some(length) = Length::read(text) {
        // `7M` has no reading that could be offered before it is said which of the two is meant.
        return Err(match length {
            Err(Mistake::UnitCase(text)) => Mistake::BareLength(short(&text)),
            Err(mistake) => mistake.within("-", ""),
            Ok(_) => Mistake::BareLength(short(text)),
        });
    }
    let split = text.find(['+', '-']).ok_or(Mistake::NotATime)?;
    let (anchor, offset) = text.split_at_checked(split).ok_or(Mistake::NotATime)?;
    let (sign, length) = offset.split_at_checked(1).ok_or(Mistake::NotATime)?;
    let before = text.get(..=split).unwrap_or_default();
    let anchor = anchor.trim_end();
    if anchor.is_empty() || anchor.eq_ignore_ascii_case("now") {
        return away(clock.now, length, sign == "-", (before, ""), clock);
    }
    let day = DAYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(anchor));
    let (_, days) = day.ok_or(Mistake::NotATime)?;
    day_away(*days, length, sign == "-", before, clock)
}

/// `-7d` for `7 days`.
fn short(length: &str) -> String {
    let (number, name) = super::window::split(length).unwrap_or((length, ""));
    let unit = super::Unit::read(name).map_or(name, |unit| unit.letter);
    format!("-{number}{unit}")
}

fn away(
    from: Millis,
    length: &str,
    back: bool,
    (before, after): (&str, &str),
    clock: &Clock,
) -> Result<Time, Mistake> {
    let read = Length::read(length).ok_or(Mistake::NotATime)?;
    // A blank between the sign and the length belongs to what stands before it.
    let blank = length.get(..length.len() - length.trim_start().len()).unwrap_or_default();
    let before = [before, blank].concat();
    let length = read.map_err(|mistake| mistake.within(&before, after))?;
    let at = clock.away_from(from, length, back).ok_or(Mistake::TooFar)?;
    Ok(Time::new(Moment::Point(at), Precision::Relative))
}

/// `today-7d`: the day so many days of the calendar away; by hours and less an instant, counted
/// from the start of the day.
fn day_away(
    days: i64,
    length: &str,
    back: bool,
    before: &str,
    clock: &Clock,
) -> Result<Time, Mistake> {
    let today = clock.zone.date(clock.now).ok_or(Mistake::TooFar)?;
    let date = Date::of_number(today.number() + days);
    let sign = if back { -1 } else { 1 };
    let read = Length::read(length).ok_or(Mistake::NotATime)?;
    let moved = match read.map_err(|mistake| mistake.within(before, ""))? {
        Length::Fixed { days: Some(count), .. } => {
            Some(Date::of_number(date.number() + sign * i64::from(count)))
        }
        Length::Months(count) => date.add_months(sign * count),
        Length::Fixed { days: None, .. } => {
            let start = clock.zone.day_start(date).ok_or(Mistake::TooFar)?;
            return away(start, length, back, (before, ""), clock);
        }
    };
    let day = moved.and_then(|date| clock.day(date, 0)).ok_or(Mistake::TooFar)?;
    Ok(Time::new(Moment::Period(day.0, day.1), Precision::Exact))
}

/// `now`, `today`, `last month`; the inner `None` when no instant is so far away.
fn named_period(text: &str, clock: &Clock) -> Option<Option<Time>> {
    if text.eq_ignore_ascii_case("now") {
        return Some(Some(Time::new(Moment::Point(clock.now), Precision::Relative)));
    }
    let period = |ends: Option<(Millis, Millis)>| {
        ends.map(|(start, end)| Time::new(Moment::Period(start, end), Precision::Exact))
    };
    if let Some((_, days)) = DAYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        let today = clock.zone.date(clock.now);
        return Some(period(today.and_then(|today| clock.day(today, *days))));
    }
    let (which, name) = text.split_once(char::is_whitespace)?;
    let (_, away) = WHICH.iter().find(|(word, _)| word.eq_ignore_ascii_case(which))?;
    named(name.trim_start()).map(|kind| period(clock.period(kind, *away)))
}

fn named(name: &str) -> Option<Period> {
    PERIODS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name)).map(|(_, kind)| *kind)
}

/// A calendar time with a time of day or without, as records hold it: a date stands for its first
/// millisecond, digits finer than a millisecond are left out.
#[must_use]
pub fn read_recorded(text: &str, zone: &Zone) -> Option<Millis> {
    match calendar::read(text)? {
        Calendar::Time(time) => time.instant(zone).map(|(at, _)| at),
        Calendar::Day(date) => zone.day_start(date),
        Calendar::Month(..) | Calendar::Year(_) => None,
    }
}

/// Reads what `now` is set to: RFC 3339, in the zone where it has none, a date for its first
/// millisecond, or milliseconds.
///
/// # Errors
/// What should have been written.
///
/// ```
/// use tamis::{Zone, time::read_now};
/// assert_eq!(read_now("2026-11-01T12:00:00+0530", &Zone::default()), Ok(1_793_514_600_000));
/// assert!(read_now("1793514600", &Zone::default()).unwrap_err().contains("seconds"));
/// ```
pub fn read_now(text: &str, zone: &Zone) -> Result<Millis, String> {
    let text = text.trim();
    if let Some(at) = read_recorded(text, zone) {
        return Ok(at);
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match number(text) {
        Ok(time) => Ok(time.moment.start()),
        Err(Mistake::Number(Some(guess))) if digits => Err(format!(
            "it looks like {}, and times are milliseconds; write {}",
            guess.what, guess.text
        )),
        Err(_) => Err("write an instant like 2026-11-01T12:00:00Z".into()),
    }
}

/// Reads an instant in RFC 3339, in UTC where it has no zone.
#[must_use]
pub fn read_rfc3339(text: &str) -> Option<Millis> {
    match calendar::read(text)? {
        Calendar::Time(time) if time.has_zone() => time.instant(&Zone::default()).map(|(at, _)| at),
        Calendar::Time(_) | Calendar::Day(_) | Calendar::Month(..) | Calendar::Year(_) => None,
    }
}

/// The day that holds an instant in the zone, as it is written.
pub(crate) fn day_text(at: Millis, zone: &Zone) -> Option<String> {
    zone.local(at).map(print_date)
}
