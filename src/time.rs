//! Instants: how dates and relative times are read. Milliseconds since the epoch, UTC.
//!
//! Law: the clock and the time zone are inputs, never read here.
//! Source: the language page, sections 2.2 (days are 24 h, rolling) and 2.4 (how dates are written).

mod table;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

pub use table::Table;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

/// Milliseconds in one rolling day.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The units of relative times, with their length in milliseconds: `7d`, `36 hours`.
pub const UNITS: &[(&[&str], i64)] = &[
    (&["ms", "millisecond", "milliseconds"], 1),
    (&["s", "sec", "second", "seconds"], 1000),
    (&["m", "min", "minute", "minutes"], 60_000),
    (&["h", "hour", "hours"], 3_600_000),
    (&["d", "day", "days"], DAY_MS),
    (&["w", "week", "weeks"], 7 * DAY_MS),
];

/// The zone in which dates without one are read.
///
/// ```
/// use tamis::Zone;
/// assert!(Zone::named("+02:00").is_some());
/// assert!(Zone::named("Nowhere/City").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// A fixed distance from UTC.
    Fixed(FixedOffset),
    /// A zone of the IANA database (feature `zones`).
    #[cfg(feature = "zones")]
    Named(chrono_tz::Tz),
    /// A zone that a host knows: see [`Zone::table`].
    Table(&'static Table),
}

impl Default for Zone {
    fn default() -> Self {
        Zone::Fixed(chrono::Utc.fix_offset())
    }
}

trait FixOffset {
    fn fix_offset(&self) -> FixedOffset;
}

impl FixOffset for chrono::Utc {
    fn fix_offset(&self) -> FixedOffset {
        chrono::Offset::fix(self)
    }
}

impl Zone {
    /// A zone by name: `UTC`, `Z`, an offset such as `+02:00`, or (feature `zones`) an IANA name.
    #[must_use]
    pub fn named(name: &str) -> Option<Zone> {
        if name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("z") {
            return Some(Zone::default());
        }
        if let Ok(offset) = name.parse::<FixedOffset>() {
            return Some(Zone::Fixed(offset));
        }
        Zone::iana(name)
    }

    #[cfg(feature = "zones")]
    fn iana(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone::Named)
    }

    #[cfg(not(feature = "zones"))]
    fn iana(_name: &str) -> Option<Zone> {
        None
    }

    /// The instant of a wall-clock time. A time that a clock change skips is read by the offset
    /// before the change, one that comes twice is the earlier (RFC 5545, section 3.3.5).
    fn instant(&self, local: NaiveDateTime) -> Option<Millis> {
        fn read<T: chrono::TimeZone>(zone: &T, local: NaiveDateTime) -> Option<Millis> {
            let gap = || {
                let later = local.checked_add_signed(chrono::TimeDelta::hours(1))?;
                let after = zone.from_local_datetime(&later).earliest()?;
                let before =
                    zone.from_local_datetime(&(later - chrono::TimeDelta::hours(2))).latest()?;
                let shift = chrono::Offset::fix(before.offset());
                let skipped = local.and_local_timezone(shift).single()?;
                Some(skipped.timestamp_millis().min(after.timestamp_millis()))
            };
            let found = zone.from_local_datetime(&local).earliest();
            found.map(|time| time.timestamp_millis()).or_else(gap)
        }
        match self {
            Zone::Fixed(offset) => read(offset, local),
            #[cfg(feature = "zones")]
            Zone::Named(zone) => read(zone, local),
            Zone::Table(zone) => read(zone, local),
        }
    }

    /// The date that the wall clock shows at an instant.
    fn date(&self, at: Millis) -> Option<NaiveDate> {
        self.local(at).map(|local| local.date())
    }

    /// First and last millisecond of the day that holds an instant.
    #[must_use]
    pub fn day_of(&self, at: Millis) -> Option<(Millis, Millis)> {
        self.date(at).and_then(|date| self.day(date))
    }

    /// An instant for people, as this zone's clock shows it: `25 October 2026, 12:00 UTC`. Seconds
    /// and milliseconds are said where there are any.
    #[must_use]
    pub fn say(&self, at: Millis) -> String {
        let form = match at {
            _ if at.rem_euclid(60_000) == 0 => "%-d %B %Y, %H:%M",
            _ if at.rem_euclid(1000) == 0 => "%-d %B %Y, %H:%M:%S",
            _ => "%-d %B %Y, %H:%M:%S%.3f",
        };
        match self.local(at) {
            Some(local) => format!("{} {}", local.format(form), self.name()),
            None => format!("{at} ms"),
        }
    }

    /// The day that two instants are the first and last millisecond of: `1 November 2026 UTC`.
    #[must_use]
    pub fn say_day(&self, start: Millis, end: Millis) -> Option<String> {
        let local = self.local(start).filter(|_| self.day_of(start) == Some((start, end)))?;
        Some(format!("{} {}", local.format("%-d %B %Y"), self.name()))
    }

    fn local(&self, at: Millis) -> Option<NaiveDateTime> {
        let utc = DateTime::from_timestamp_millis(at)?;
        Some(match self {
            Zone::Fixed(offset) => utc.with_timezone(offset).naive_local(),
            #[cfg(feature = "zones")]
            Zone::Named(zone) => utc.with_timezone(zone).naive_local(),
            Zone::Table(zone) => utc.with_timezone(zone).naive_local(),
        })
    }

    fn name(&self) -> String {
        match self {
            Zone::Fixed(offset) if offset.local_minus_utc() == 0 => "UTC".into(),
            Zone::Fixed(offset) => offset.to_string(),
            #[cfg(feature = "zones")]
            Zone::Named(zone) => zone.name().into(),
            Zone::Table(zone) => zone.name().into(),
        }
    }

    /// First and last millisecond of a date in this zone.
    fn day(&self, date: NaiveDate) -> Option<(Millis, Millis)> {
        let start = self.instant(date.and_time(NaiveTime::MIN))?;
        let next = date.checked_add_days(Days::new(1))?;
        Some((start, self.instant(next.and_time(NaiveTime::MIN))? - 1))
    }
}

/// The clock and zone of one compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The one instant that `now` means.
    pub now: Millis,
    /// The zone for dates without one.
    pub zone: Zone,
}

/// A time as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A date: the whole day, whose first millisecond it stands for.
    Day(Millis, Millis),
    /// A point in time.
    Point(Millis),
    /// A bare number of milliseconds.
    Millis(Millis),
}

impl Moment {
    /// The instant it stands for: of a date, its first millisecond.
    #[must_use]
    pub fn start(self) -> Millis {
        match self {
            Moment::Day(start, _) | Moment::Point(start) | Moment::Millis(start) => start,
        }
    }
}

/// Reads a time: a date, RFC 3339 with or without zone, `now`, `today`, `yesterday`, `tomorrow`,
/// each with an offset such as `-36h`, an offset alone, `7 days ago`, or milliseconds.
#[must_use]
pub fn read_moment(text: &str, clock: &Clock) -> Option<Moment> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Moment::Millis);
    }
    read_calendar(text, clock).or_else(|| read_relative(text, clock))
}

/// A time without the digits of its fraction that are finer than a ms; `None` where all of those
/// are 0 or there are none.
pub(crate) fn to_the_millisecond(text: &str) -> Option<String> {
    let fraction = text.rfind('.')? + 1;
    let digits = text.get(fraction..)?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let finer = digits.get(3..count).filter(|finer| finer.bytes().any(|digit| digit != b'0'))?;
    let before = text.get(..fraction + 3)?;
    let behind = digits.get(3 + finer.len()..)?;
    Some([before, behind].concat())
}

fn read_calendar(text: &str, clock: &Clock) -> Option<Moment> {
    if !text.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return clock.zone.day(date).map(|(start, end)| Moment::Day(start, end));
    }
    let text = text.replacen([' ', 't'], "T", 1);
    let zoned = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"];
    for form in zoned {
        let utc = text.strip_suffix(['Z', 'z']).map(|head| format!("{head}+00:00"));
        if let Ok(time) = DateTime::parse_from_str(utc.as_deref().unwrap_or(&text), form) {
            return Some(Moment::Point(time.timestamp_millis()));
        }
    }
    let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let local = local.iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())?;
    clock.zone.instant(local).map(Moment::Point)
}

fn read_relative(text: &str, clock: &Clock) -> Option<Moment> {
    let lower = text.to_ascii_lowercase();
    if let Some(length) = lower.strip_suffix(" ago").and_then(read_length) {
        return clock.now.checked_sub(length).map(Moment::Point);
    }
    let split = lower.find(['+', '-']).unwrap_or(lower.len());
    let (anchor, offset) = lower.split_at_checked(split)?;
    let base = match anchor.trim_end() {
        "" | "now" => Moment::Point(clock.now),
        "today" => day_from_now(clock, 0)?,
        "yesterday" => day_from_now(clock, -1)?,
        "tomorrow" => day_from_now(clock, 1)?,
        _ => return None,
    };
    if offset.is_empty() {
        return (!anchor.is_empty()).then_some(base);
    }
    let (sign, length) = offset.split_at_checked(1)?;
    let length = read_length(length)?;
    let length = if sign == "-" { -length } else { length };
    base.start().checked_add(length).map(Moment::Point)
}

fn day_from_now(clock: &Clock, days: i64) -> Option<Moment> {
    let today = clock.zone.date(clock.now)?;
    let date = today.checked_add_signed(chrono::TimeDelta::days(days))?;
    clock.zone.day(date).map(|(start, end)| Moment::Day(start, end))
}

/// Reads a length of time such as `36h` or `7 days`, in milliseconds.
fn read_length(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let unit = unit.trim();
    let (_, length) = UNITS.iter().find(|(names, _)| names.contains(&unit))?;
    number.parse::<i64>().ok()?.checked_mul(*length)
}

/// True for ten digits: as seconds the years 2001 to 2286, as milliseconds early in 1970.
#[must_use]
pub fn looks_like_seconds(at: Millis) -> bool {
    (1_000_000_000..10_000_000_000).contains(&at)
}

/// RFC 3339 in UTC, as short as it can be: `2026-11-01`, `2026-11-01T12:00Z`,
/// `2026-11-01T12:00:00.001Z`. Instants that no calendar date can say are printed as milliseconds.
#[must_use]
pub fn print_instant(at: Millis) -> String {
    let Some(time) = DateTime::from_timestamp_millis(at) else { return at.to_string() };
    let four_digits = (0..=9999).contains(&chrono::Datelike::year(&time));
    let form = match at {
        _ if !four_digits => return at.to_string(),
        _ if at.rem_euclid(DAY_MS) == 0 => "%Y-%m-%d",
        _ if at.rem_euclid(60_000) == 0 => "%Y-%m-%dT%H:%MZ",
        _ if at.rem_euclid(1000) == 0 => "%Y-%m-%dT%H:%M:%SZ",
        _ => "%Y-%m-%dT%H:%M:%S%.3fZ",
    };
    time.format(form).to_string()
}

/// Reads an RFC 3339 instant with zone, as `--now` takes it.
#[must_use]
pub fn read_rfc3339(text: &str) -> Option<Millis> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_millis())
}
