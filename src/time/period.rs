//! Periods: days, weeks, months, quarters and years as the zone's calendar has them.

use super::civil::Date;
use super::{Clock, Millis};

/// Periods that `this`, `last` and `next` name, the shortest first, as the reference lists them.
pub const PERIODS: &[(&str, Period)] = &[
    ("week", Period::Week),
    ("month", Period::Month),
    ("quarter", Period::Quarter),
    ("year", Period::Year),
];

/// The words that say which period, with how far it is from the one that holds `now`.
pub const WHICH: &[(&str, i64)] = &[("this", 0), ("last", -1), ("next", 1)];

/// Words for a single day, with how far it is from the day of `now`.
pub const DAYS: &[(&str, i64)] = &[("today", 0), ("yesterday", -1), ("tomorrow", 1)];

/// A kind of period longer than a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Seven days, from the first day of the week.
    Week,
    /// A month of the calendar.
    Month,
    /// Three months: from January, April, July or October.
    Quarter,
    /// A year of the calendar.
    Year,
}

/// The day that a week begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeekStart {
    /// As ISO 8601 has it.
    #[default]
    Monday,
    /// As in the United States.
    Sunday,
    /// As in much of the Arab world.
    Saturday,
}

impl WeekStart {
    /// The day by its name in lower case.
    #[must_use]
    pub fn named(name: &str) -> Option<WeekStart> {
        match name {
            "monday" => Some(WeekStart::Monday),
            "sunday" => Some(WeekStart::Sunday),
            "saturday" => Some(WeekStart::Saturday),
            _ => None,
        }
    }

    /// Days from the week's first day to a day of this number. Day 0 was a Thursday.
    fn days_since(self, day: i64) -> i64 {
        let from_thursday = match self {
            WeekStart::Monday => 3,
            WeekStart::Sunday => 4,
            WeekStart::Saturday => 5,
        };
        (day + from_thursday).rem_euclid(7)
    }
}

impl Clock {
    /// First and last ms of the days from one date up to another, which is not among them.
    pub(crate) fn days(&self, first: Date, next: Date) -> Option<(Millis, Millis)> {
        Some((self.zone.day_start(first)?, self.zone.day_start(next)? - 1))
    }

    /// First and last ms of the day that is `count` days from a date.
    pub(crate) fn day(&self, date: Date, count: i64) -> Option<(Millis, Millis)> {
        let day = date.number().checked_add(count)?;
        self.days(Date::of_number(day), Date::of_number(day + 1))
    }

    /// First and last ms of so many months from the start of one.
    pub(crate) fn months(&self, year: i64, month: i64, count: i64) -> Option<(Millis, Millis)> {
        self.days(Date::new(year, month, 1)?, Date::month_start(year, month, count)?)
    }

    /// First and last ms of the period that is `away` periods from the one that holds `now`.
    pub(crate) fn period(&self, period: Period, away: i64) -> Option<(Millis, Millis)> {
        let today = self.zone.date(self.now)?;
        let (first, months) = match period {
            Period::Week => {
                let number = today.number();
                let first = number - self.week_start.days_since(number) + 7 * away;
                return self.days(Date::of_number(first), Date::of_number(first + 7));
            }
            Period::Month => (today.month, 1),
            Period::Quarter => ((today.month - 1) / 3 * 3 + 1, 3),
            Period::Year => (1, 12),
        };
        let first = Date::month_start(today.year, first, away * months)?;
        self.months(first.year, first.month, months)
    }
}
