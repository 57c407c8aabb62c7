//! How numbers and columns stand for instants (`docs/language.md`, 2.2).
//!
//! Law: a value that is stored finer than a millisecond counts as the millisecond that holds it, and
//! a bound that the stored form cannot tell holds always or never. So a range of instants is a range
//! of stored values, exactly.

use super::print::print_millis;
use super::{Millis, Zone};

/// What numbers that stand for instants count, from 1970-01-01T00:00:00Z on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    #[default]
    Millis,
    /// Microseconds.
    Micros,
    /// Nanoseconds.
    Nanos,
}

/// Nanoseconds of a millisecond.
const MS: i128 = 1_000_000;

impl TimeUnit {
    /// Every one.
    pub const ALL: [TimeUnit; 4] =
        [TimeUnit::Seconds, TimeUnit::Millis, TimeUnit::Micros, TimeUnit::Nanos];

    /// Its name in schema files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            TimeUnit::Seconds => "s",
            TimeUnit::Millis => "ms",
            TimeUnit::Micros => "us",
            TimeUnit::Nanos => "ns",
        }
    }

    /// How many nanoseconds one is.
    const fn nanos(self) -> i128 {
        match self {
            TimeUnit::Seconds => 1_000 * MS,
            TimeUnit::Millis => MS,
            TimeUnit::Micros => 1_000,
            TimeUnit::Nanos => 1,
        }
    }

    /// The millisecond that holds the instant of a number; `None` when no instant is so far away.
    ///
    /// ```
    /// use tamis::time::TimeUnit;
    /// assert_eq!(TimeUnit::Micros.millis(-1), Some(-1));
    /// assert_eq!(TimeUnit::Seconds.millis(i64::MAX), None);
    /// ```
    #[must_use]
    pub fn millis(self, number: i64) -> Option<Millis> {
        i64::try_from((i128::from(number) * self.nanos()).div_euclid(MS)).ok()
    }

    /// The number of an instant; `None` when it is no whole one of 64 bits.
    pub(crate) fn number(self, at: Millis) -> Option<i64> {
        let nanos = i128::from(at) * MS;
        let whole = nanos % self.nanos() == 0;
        whole.then(|| i64::try_from(nanos / self.nanos()).ok()).flatten()
    }

    /// The numbers whose instants lie within a closed range.
    fn within(self, start: Option<Millis>, end: Option<Millis>) -> StoredRange {
        // The end is the last nanosecond of its millisecond.
        let first = start.map(|ms| -(-i128::from(ms) * MS).div_euclid(self.nanos()));
        let last = end.map(|ms| ((i128::from(ms) + 1) * MS - 1).div_euclid(self.nanos()));
        let (least, most) = (i128::from(i64::MIN), i128::from(i64::MAX));
        let beyond = first.is_some_and(|at| at > most) || last.is_some_and(|at| at < least);
        let crossed = first.zip(last).is_some_and(|(first, last)| first > last);
        if beyond || crossed {
            return StoredRange::Empty;
        }
        // A bound that every number passes is none.
        let number = |at: i128| i64::try_from(at).ok();
        let first = first.filter(|at| *at > least).and_then(number);
        let last = last.filter(|at| *at < most).and_then(number);
        StoredRange::Numbers(first, last)
    }
}

/// How a field's instants stand in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordedTime {
    /// What numbers count.
    pub unit: TimeUnit,
    /// The zone of texts without one.
    pub zone: Zone,
}

/// How a database stores instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredTime {
    /// Whole numbers of a unit.
    Number(TimeUnit),
    /// The engine's own type.
    Native,
    /// Texts in exactly the form `2026-10-01T12:00:00.000Z`, which sort as the instants do.
    Iso,
}

impl Default for StoredTime {
    fn default() -> Self {
        StoredTime::MILLIS
    }
}

/// The stored values of a closed range of instants. A bound that is missing excludes no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredRange {
    /// There is no such value.
    Empty,
    /// The first and the last number.
    Numbers(Option<i64>, Option<i64>),
    /// The first and the last text.
    Texts(Option<String>, Option<String>),
    /// The first and the last millisecond, all of it, in the engine's own type.
    Native(Option<Millis>, Option<Millis>),
}

/// The first and the last instant that [`StoredTime::Iso`] can write: the years 0000 to 9999.
const ISO_ENDS: [Millis; 2] = [-62_167_219_200_000, 253_402_300_799_999];

impl StoredTime {
    /// Milliseconds, where nothing else is said.
    pub const MILLIS: StoredTime = StoredTime::Number(TimeUnit::Millis);

    /// Every one.
    pub const ALL: [StoredTime; 6] = [
        StoredTime::MILLIS,
        StoredTime::Number(TimeUnit::Seconds),
        StoredTime::Number(TimeUnit::Micros),
        StoredTime::Number(TimeUnit::Nanos),
        StoredTime::Native,
        StoredTime::Iso,
    ];

    /// Its name in schema files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            StoredTime::Number(unit) => unit.name(),
            StoredTime::Native => "native",
            StoredTime::Iso => "iso",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<StoredTime> {
        StoredTime::ALL.into_iter().find(|known| known.name() == name)
    }

    /// The stored values whose instants lie within a closed range.
    ///
    /// ```
    /// use tamis::time::{StoredRange, StoredTime, TimeUnit};
    /// let seconds = StoredTime::Number(TimeUnit::Seconds);
    /// assert_eq!(seconds.within(Some(1), Some(2000)), StoredRange::Numbers(Some(1), Some(2)));
    /// assert_eq!(seconds.within(Some(1), Some(1)), StoredRange::Empty);
    /// let micros = StoredTime::Number(TimeUnit::Micros);
    /// assert_eq!(micros.within(Some(-1), Some(1)), StoredRange::Numbers(Some(-1000), Some(1999)));
    /// ```
    #[must_use]
    pub fn within(self, start: Option<Millis>, end: Option<Millis>) -> StoredRange {
        match self {
            StoredTime::Number(unit) => unit.within(start, end),
            StoredTime::Native => StoredRange::Native(start, end),
            StoredTime::Iso => texts(start, end),
        }
    }
}

fn texts(start: Option<Millis>, end: Option<Millis>) -> StoredRange {
    let [first, last] = ISO_ENDS;
    let crossed = start.zip(end).is_some_and(|(start, end)| start > end);
    if crossed || start.is_some_and(|at| at > last) || end.is_some_and(|at| at < first) {
        return StoredRange::Empty;
    }
    let start = start.filter(|at| *at > first).map(print_millis);
    let end = end.filter(|at| *at < last).map(print_millis);
    StoredRange::Texts(start, end)
}
