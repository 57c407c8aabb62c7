//! The Gregorian calendar as day numbers: 0 is 1970-01-01. Good for every year that 64 bits of
//! milliseconds can hold, which is more than chrono's dates can.

/// A date of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    /// The year; year 0 is the one before year 1.
    pub(crate) year: i64,
    /// From 1 to 12.
    pub(crate) month: i64,
    /// From 1 to 31.
    pub(crate) day: i64,
}

/// Years that milliseconds of 64 bits can hold, with room on both sides.
const YEARS: std::ops::RangeInclusive<i64> = -292_300_000..=292_300_000;

impl Date {
    /// The date; `None` when the calendar does not have it.
    pub(crate) fn new(year: i64, month: i64, day: i64) -> Option<Date> {
        let known = YEARS.contains(&year) && (1..=12).contains(&month);
        (known && (1..=days_in_month(year, month)).contains(&day)).then_some(Date {
            year,
            month,
            day,
        })
    }

    /// The first day of the month that is `count` months from `month` of `year`.
    pub(crate) fn month_start(year: i64, month: i64, count: i64) -> Option<Date> {
        let months = year.checked_mul(12)?.checked_add(month - 1)?.checked_add(count)?;
        Date::new(months.div_euclid(12), months.rem_euclid(12) + 1, 1)
    }

    /// The date so many months on; its day is held to the month's last.
    pub(crate) fn add_months(self, count: i64) -> Option<Date> {
        let first = Date::month_start(self.year, self.month, count)?;
        let last = days_in_month(first.year, first.month);
        Some(Date { day: self.day.min(last), ..first })
    }

    /// Days since 1970-01-01.
    pub(crate) fn number(self) -> i64 {
        let year = self.year - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let from_march = (self.month + 9) % 12;
        let day_of_year = (153 * from_march + 2) / 5 + self.day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The date so many days after 1970-01-01.
    pub(crate) fn of_number(number: i64) -> Date {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let leap = day_of_era / 1460 - day_of_era / 36_524 + day_of_era / 146_096;
        let year_of_era = (day_of_era - leap) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date { year, month, day: day_of_year - (153 * from_march + 2) / 5 + 1 }
    }

    /// The date as ISO 8601 writes it; years outside 0 to 9999 with a sign.
    pub(crate) fn print(self) -> String {
        let Date { year, month, day } = self;
        match year {
            0..=9999 => format!("{year:04}-{month:02}-{day:02}"),
            _ => format!("{year:+05}-{month:02}-{day:02}"),
        }
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
