//! Values of the type `date`: calendar days (`docs/language.md`, 2.2).

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

/// A calendar day from 0001-01-01 to 9999-12-31, without a zone.
///
/// ```
/// use tamis::value::Day;
/// let day = Day::read("2026-10-09").unwrap();
/// assert_eq!(day.number(), 20_735); // days since 1970-01-01
/// assert_eq!(day.to_string(), "2026-10-09");
/// assert_eq!(Day::read("2026-02-29"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

impl Day {
    /// 0001-01-01.
    pub const FIRST: Day = Day(-719_162);
    /// 9999-12-31.
    pub const LAST: Day = Day(2_932_896);

    /// The day by its number, counted from 1970-01-01; `None` outside the years 1 to 9999.
    #[must_use]
    pub fn new(number: i64) -> Option<Day> {
        let number = i32::try_from(number).ok().map(Day)?;
        (Day::FIRST..=Day::LAST).contains(&number).then_some(number)
    }

    /// A day that is written `YYYY-MM-DD`; `None` for any other text.
    #[must_use]
    pub fn read(text: &str) -> Option<Day> {
        let form = |(place, byte): (usize, u8)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        let written = text.len() == 10 && text.bytes().enumerate().all(form);
        let part = |place: std::ops::Range<usize>| text.get(place)?.parse::<u32>().ok();
        let (year, month, day) =
            written.then(|| Some((part(0..4)?, part(5..7)?, part(8..10)?)))??;
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
        Day::new(date.signed_duration_since(epoch).num_days())
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.0)
    }

    fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(1970, 1, 1)?
            .checked_add_signed(chrono::TimeDelta::try_days(self.number())?)
    }
}

/// `YYYY-MM-DD`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date().unwrap_or_default();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}
