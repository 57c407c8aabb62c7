//! Lengths of time (`36h`, `7 days`) and the windows that are counted from `now` with them.

use std::fmt;

use super::units::{DAY_MS, NoUnit, UNITS, Unit, UnitLength};
use super::{Clock, Millis, Mistake};

/// A length of time: a number of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// So many ms; in whole days or weeks, and written without a fraction, also so many days.
    Fixed {
        /// The length in ms.
        ms: i64,
        /// The length in days of 24 hours.
        days: Option<u32>,
    },
    /// So many months of the calendar.
    Months(i64),
}

/// True for a number as lengths have them: digits, with or without a fraction.
pub(crate) fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction)
}

/// The number and the unit of a length such as `36h` or `7 days`; `a` and `an` count as 1.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if let Some((article, unit)) = text.split_once(char::is_whitespace)
        && (article.eq_ignore_ascii_case("a") || article.eq_ignore_ascii_case("an"))
    {
        return Some(("1", unit.trim()));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at_checked(end)?;
    let unit = unit.trim_start();
    let word = !unit.is_empty() && unit.bytes().all(|b| b.is_ascii_alphabetic());
    (is_number(number) && word).then_some((number, unit))
}

impl Length {
    /// True of a length of whole days, or of months, which days have too.
    #[must_use]
    pub fn counts_days(self) -> bool {
        match self {
            Length::Fixed { days, .. } => days.is_some(),
            Length::Months(_) => true,
        }
    }

    /// Reads `36h` or `7 days`. `None` when the text does not look like a length.
    ///
    /// # Errors
    /// What is wrong with the unit or the number.
    pub(crate) fn read(text: &str) -> Option<Result<Length, Mistake>> {
        let (number, name) = split(text)?;
        let with = |letter: &str| {
            let head = text.trim_end().strip_suffix(name).unwrap_or(text);
            format!("{head}{letter}")
        };
        let unit = match Unit::read(name) {
            Ok(unit) => unit,
            Err(NoUnit::Unknown) => return None,
            Err(NoUnit::Case(unit)) => return Some(Err(Mistake::UnitCase(with(unit.letter)))),
            Err(NoUnit::MinuteOrMonth) => {
                return Some(Err(Mistake::MinuteOrMonth { minute: with("m"), month: with("mo") }));
            }
        };
        Some(Length::of(number, unit))
    }

    fn of(number: &str, unit: &Unit) -> Result<Length, Mistake> {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        match unit.length {
            UnitLength::Months(_) if !fraction.is_empty() => Err(Mistake::Fraction),
            UnitLength::Months(months) => {
                let count = number.parse::<i64>().ok().and_then(|n| n.checked_mul(months));
                count.map(Length::Months).ok_or(Mistake::TooFar)
            }
            UnitLength::Fixed(unit) => {
                if fraction.len() > 12 {
                    return Err(Mistake::TooFine);
                }
                let scale = 10_i128.pow(u32::try_from(fraction.len()).unwrap_or_default());
                let digits = format!("{whole}{fraction}");
                let number = digits.parse::<i128>().map_err(|_| Mistake::TooFar)?;
                let scaled = number.checked_mul(i128::from(unit)).ok_or(Mistake::TooFar)?;
                if scaled % scale != 0 {
                    return Err(Mistake::TooFine);
                }
                let ms = i64::try_from(scaled / scale).map_err(|_| Mistake::TooFar)?;
                let whole_days = fraction.is_empty() && unit % DAY_MS == 0;
                let days = u32::try_from(ms / DAY_MS).ok().filter(|_| whole_days);
                Ok(Length::Fixed { ms, days })
            }
        }
    }

    /// So many days of 24 hours.
    #[must_use]
    pub fn days(days: u32) -> Length {
        Length::Fixed { ms: i64::from(days).saturating_mul(DAY_MS), days: Some(days) }
    }
}

/// As people say it: `36 hours`, `3 months`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = |unit: &Unit| match (*self, unit.length) {
            (Length::Fixed { ms, .. }, UnitLength::Fixed(unit)) => {
                (ms % unit == 0).then(|| ms / unit)
            }
            (Length::Months(count), UnitLength::Months(unit)) => {
                (count % unit == 0).then(|| count / unit)
            }
            (Length::Fixed { .. }, UnitLength::Months(_))
            | (Length::Months(_), UnitLength::Fixed(_)) => None,
        };
        let small = |count: &i64, unit: &Unit| *count != 0 || unit.letter == "s";
        // Hours say more than days here: what is said in days has a number of them.
        let found = UNITS.iter().rev().filter(|unit| unit.letter != "d" && unit.letter != "w");
        let mut found = found.filter_map(|unit| Some((parts(unit)?, unit)));
        match found.find(|(count, unit)| small(count, unit)) {
            Some((count, unit)) => write!(f, "{count} {}", unit.word(&count.to_string())),
            None => match *self {
                Length::Fixed { ms, .. } => write!(f, "{ms} ms"),
                Length::Months(count) => write!(f, "{count} months"),
            },
        }
    }
}

impl Clock {
    /// The instant that is so far from `now`, on or back.
    pub(crate) fn away(&self, length: Length, back: bool) -> Option<Millis> {
        self.away_from(self.now, length, back)
    }

    pub(crate) fn away_from(&self, at: Millis, length: Length, back: bool) -> Option<Millis> {
        match (length, back) {
            (Length::Fixed { ms, .. }, true) => at.checked_sub(ms),
            (Length::Fixed { ms, .. }, false) => at.checked_add(ms),
            (Length::Months(count), true) => self.zone.add_months(at, -count),
            (Length::Months(count), false) => self.zone.add_months(at, count),
        }
    }
}
