//! Zones: what the wall clock shows at an instant, and which instant a wall clock's time is.

use chrono::{DateTime, FixedOffset, MappedLocalTime, Offset, TimeZone};

use super::Millis;
use super::civil::Date;
use super::print::print_local;
use super::table::Table;
use super::units::DAY_MS;

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

/// What a change of clocks did to a local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockChange {
    /// The clocks skipped it: it is read by the offset before the change.
    Skipped,
    /// The clocks showed it twice: the first time is taken.
    Repeated,
}

/// What can be written for a zone, for messages.
pub const ZONE_FORMS: &str =
    if cfg!(feature = "zones") { "UTC, +02:00 or Europe/Paris" } else { "UTC or +02:00" };

/// No zone is further from UTC than this.
const FURTHEST: i64 = 16 * 3_600_000;

impl Default for Zone {
    fn default() -> Self {
        Zone::Fixed(chrono::Utc.fix())
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

    /// How far the wall clock is ahead of UTC at an instant, in ms.
    fn offset(&self, at: Millis) -> Option<i64> {
        let seconds = match self {
            Zone::Fixed(offset) => offset.local_minus_utc(),
            #[cfg(feature = "zones")]
            Zone::Named(zone) => seconds_ahead(zone, at)?,
            Zone::Table(table) => seconds_ahead(table, at)?,
        };
        Some(i64::from(seconds) * 1000)
    }

    /// What the wall clock shows at an instant, counted as if it were UTC.
    pub(crate) fn local(&self, at: Millis) -> Option<Millis> {
        at.checked_add(self.offset(at)?)
    }

    /// The instant of a wall clock's time, which is counted as if it were UTC. A time that a change
    /// of clocks skips is read by the offset before the change, of one that comes twice the first
    /// is taken (RFC 5545, section 3.3.5).
    pub(crate) fn instant(&self, local: Millis) -> Option<(Millis, Option<ClockChange>)> {
        match self {
            Zone::Fixed(_) => Some((local.checked_sub(self.offset(0)?)?, None)),
            #[cfg(feature = "zones")]
            Zone::Named(zone) => self.changing_instant(zone, local),
            Zone::Table(table) => self.changing_instant(table, local),
        }
    }

    /// The instant of a wall clock's time in a zone whose clocks change.
    fn changing_instant(
        &self,
        zone: &impl TimeZone,
        local: Millis,
    ) -> Option<(Millis, Option<ClockChange>)> {
        let wall = DateTime::from_timestamp_millis(local)?.naive_utc();
        let at =
            |offset: FixedOffset| local.checked_sub(i64::from(offset.local_minus_utc()) * 1000);
        match zone.offset_from_local_datetime(&wall) {
            MappedLocalTime::Single(offset) => Some((at(offset.fix())?, None)),
            MappedLocalTime::Ambiguous(first, second) => {
                let first = at(first.fix())?.min(at(second.fix())?);
                Some((first, Some(ClockChange::Repeated)))
            }
            MappedLocalTime::None => {
                let before = self.offset(local.checked_sub(FURTHEST)?)?;
                Some((local.checked_sub(before)?, Some(ClockChange::Skipped)))
            }
        }
    }

    /// The first instant of a day. Where its midnight is skipped, that is the change of clocks.
    pub(crate) fn day_start(&self, date: Date) -> Option<Millis> {
        let midnight = date.number().checked_mul(DAY_MS)?;
        let (read, change) = self.instant(midnight)?;
        if change != Some(ClockChange::Skipped) {
            return Some(read);
        }
        let mut before = midnight.checked_sub(FURTHEST)?;
        let offset = self.offset(before)?;
        let mut after = read;
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.offset(middle)? == offset {
                before = middle;
            } else {
                after = middle;
            }
        }
        Some(after)
    }

    /// The date that the wall clock shows at an instant.
    pub(crate) fn date(&self, at: Millis) -> Option<Date> {
        self.local(at).map(|local| Date::of_number(local.div_euclid(DAY_MS)))
    }

    /// First and last millisecond of the day that holds an instant.
    #[must_use]
    pub fn day_of(&self, at: Millis) -> Option<(Millis, Millis)> {
        let today = self.date(at)?;
        let tomorrow = Date::of_number(today.number() + 1);
        Some((self.day_start(today)?, self.day_start(tomorrow)? - 1))
    }

    /// The instant so many months of the calendar from another, at the same local time.
    pub(crate) fn add_months(&self, at: Millis, count: i64) -> Option<Millis> {
        let local = self.local(at)?;
        let date = Date::of_number(local.div_euclid(DAY_MS)).add_months(count)?;
        let local = date.number().checked_mul(DAY_MS)?.checked_add(local.rem_euclid(DAY_MS))?;
        self.instant(local).map(|(at, _)| at)
    }

    /// An instant for people, as this zone's clock shows it: `25 October 2026, 12:00 UTC`. Seconds
    /// and milliseconds are said where there are any.
    #[must_use]
    pub fn say(&self, at: Millis) -> String {
        let said = self.local(at).map(|local| format!("{} {}", print_local(local), self.name()));
        said.unwrap_or_else(|| super::print_instant(at))
    }

    /// The day that two instants are the first and last millisecond of: `1 November 2026 UTC`.
    #[must_use]
    pub fn say_day(&self, start: Millis, end: Millis) -> Option<String> {
        let local = self.local(start).filter(|_| self.day_of(start) == Some((start, end)))?;
        let text = print_local(local);
        let date = text.split(',').next().unwrap_or_default();
        Some(format!("{date} {}", self.name()))
    }

    pub(crate) fn name(&self) -> String {
        match self {
            Zone::Fixed(offset) if offset.local_minus_utc() == 0 => "UTC".into(),
            Zone::Fixed(offset) => offset.to_string(),
            #[cfg(feature = "zones")]
            Zone::Named(zone) => zone.name().into(),
            Zone::Table(table) => table.name().into(),
        }
    }
}

/// How far a zone's wall clock is ahead of UTC at an instant, in seconds.
fn seconds_ahead(zone: &impl TimeZone, at: Millis) -> Option<i32> {
    let utc = DateTime::from_timestamp_millis(at)?.naive_utc();
    Some(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}
