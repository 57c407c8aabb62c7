//! Calendar times as they are written: ISO 8601 dates, months and years, and RFC 3339 times.

use super::civil::Date;
use super::units::DAY_MS;
use super::{ClockChange, Millis, Zone};

/// A calendar time as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// `2026`
    Year(i64),
    /// `2026-10`
    Month(i64, i64),
    /// `2026-10-01`
    Day(Date),
    /// With a time of day.
    Time(WallTime),
}

/// A date with a time of day, and the offset from UTC where one was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WallTime {
    /// Counted in ms as if it were UTC, digits finer than a ms left out.
    local: Millis,
    /// What it is ahead of UTC, in ms; `None` when no zone was written.
    offset: Option<i64>,
    /// True when the seconds were written.
    pub(crate) seconds: bool,
    /// The text without the digits that are finer than a ms, where one of those is not 0.
    pub(crate) coarser: Option<String>,
}

impl WallTime {
    /// The instant, in a zone when none was written.
    pub(crate) fn instant(&self, zone: &Zone) -> Option<(Millis, Option<ClockChange>)> {
        match self.offset {
            Some(offset) => Some((self.local.checked_sub(offset)?, None)),
            None => zone.instant(self.local),
        }
    }

    /// True when its zone was written.
    pub(crate) fn has_zone(&self) -> bool {
        self.offset.is_some()
    }
}

/// Reads a calendar time.
pub(crate) fn read(text: &str) -> Option<Calendar> {
    let mut cursor = Cursor { text };
    let negative = cursor.take('-');
    let signed = negative || cursor.take('+');
    let digits = cursor.digits();
    let long = digits.len() == 4 || signed && (5..=9).contains(&digits.len());
    let year = long.then(|| digits.parse::<i64>().ok())??;
    let year = if negative { -year } else { year };
    if cursor.text.is_empty() {
        return (!signed).then_some(Calendar::Year(year));
    }
    let month = cursor.after('-')?;
    if cursor.text.is_empty() {
        return Date::new(year, month, 1).map(|date| Calendar::Month(date.year, date.month));
    }
    let date = Date::new(year, month, cursor.after('-')?)?;
    if cursor.text.is_empty() {
        return Some(Calendar::Day(date));
    }
    if !(cursor.take('T') || cursor.take('t') || cursor.take(' ')) {
        return None;
    }
    cursor.time(date, text).map(Calendar::Time)
}

struct Cursor<'t> {
    text: &'t str,
}

impl<'t> Cursor<'t> {
    fn take(&mut self, c: char) -> bool {
        match self.text.strip_prefix(c) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn digits(&mut self) -> &'t str {
        let count = self.text.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.text.split_at_checked(count).unwrap_or_default();
        self.text = rest;
        digits
    }

    /// Exactly two digits.
    fn two(&mut self) -> Option<i64> {
        let (digits, rest) = self.text.split_at_checked(2)?;
        let both = digits.bytes().all(|byte| byte.is_ascii_digit());
        self.text = rest;
        both.then(|| digits.parse().ok())?
    }

    /// Two digits behind a mark.
    fn after(&mut self, mark: char) -> Option<i64> {
        if self.take(mark) { self.two() } else { None }
    }

    /// `10:00`, `10:00:00`, `10:00:00.123`, each with or without a zone.
    fn time(&mut self, date: Date, whole: &str) -> Option<WallTime> {
        let hour = self.two().filter(|hour| *hour < 24)?;
        let minute = self.after(':').filter(|minute| *minute < 60)?;
        let seconds = self.text.starts_with(':');
        // A leap second is the first of the next minute.
        let second = if seconds { self.after(':').filter(|second| *second <= 60)? } else { 0 };
        let mut ms = 0;
        let mut coarser = None;
        if seconds && self.take('.') {
            let before = whole.len() - self.text.len();
            let digits = self.digits();
            let kept = digits.get(..digits.len().min(3)).filter(|kept| !kept.is_empty())?;
            ms = format!("{kept:0<3}").parse::<i64>().ok()?;
            let finer = digits.get(kept.len()..).unwrap_or_default();
            if finer.bytes().any(|digit| digit != b'0') {
                let head = whole.get(..before + kept.len())?;
                coarser = Some([head, self.text].concat());
            }
        }
        let offset = if self.text.is_empty() { None } else { Some(self.offset()?) };
        let of_day = (hour * 60 + minute) * 60_000 + second * 1000 + ms;
        let local = i128::from(date.number()) * i128::from(DAY_MS) + i128::from(of_day);
        let local = Millis::try_from(local).ok()?;
        Some(WallTime { local, offset, seconds, coarser })
    }

    /// `Z`, `+05:30`, `+0530`, `+05`, in ms ahead of UTC; a blank may stand before it.
    fn offset(&mut self) -> Option<i64> {
        self.take(' ');
        if self.take('Z') || self.take('z') {
            return self.text.is_empty().then_some(0);
        }
        let west = self.take('-') || self.take('\u{2212}');
        if !west && !self.take('+') {
            return None;
        }
        let hours = self.two().filter(|hours| *hours < 24)?;
        self.take(':');
        let minutes = if self.text.is_empty() { 0 } else { self.two()? };
        let offset = (hours * 60 + minutes) * 60_000;
        let whole = self.text.is_empty() && minutes < 60;
        whole.then_some(if west { -offset } else { offset })
    }
}
