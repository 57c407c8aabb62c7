//! A zone that a host knows: the changes of its clocks as a table, for builds without the IANA
//! database.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, TimeZone};

use super::{Millis, Zone};

/// The offsets of a zone.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    name: String,
    /// From each instant on, the offset that holds; the first holds before it too.
    changes: Vec<(Millis, FixedOffset)>,
}

/// Every table that was ever given. A host has few zones; they live as long as the program, so
/// that a [`Zone`] can be copied.
static TABLES: Mutex<Vec<&'static Table>> = Mutex::new(Vec::new());

impl Zone {
    /// A zone by the changes of its clocks: instants in ms since the epoch, in order, and the
    /// offset from UTC in seconds that holds from each on. The first offset holds before it too.
    /// `None` without a change, when they are out of order, and for an offset of a day or more.
    ///
    /// ```
    /// use tamis::Zone;
    /// // Europe/Paris in 2026.
    /// let changes = [(0, 3600), (1_774_746_000_000, 7200), (1_792_890_000_000, 3600)];
    /// let paris = Zone::table("Europe/Paris", &changes).unwrap();
    /// assert_eq!(paris.say(1_782_907_200_000), "1 July 2026, 14:00 Europe/Paris");
    /// assert_eq!(Zone::table("Nowhere", &[]), None);
    /// ```
    #[must_use]
    pub fn table(name: &str, changes: &[(Millis, i32)]) -> Option<Zone> {
        let offset = |(at, seconds): &(Millis, i32)| Some((*at, FixedOffset::east_opt(*seconds)?));
        let changes: Vec<_> = changes.iter().map(offset).collect::<Option<_>>()?;
        if changes.is_empty() || !changes.is_sorted_by(|(one, _), (next, _)| one < next) {
            return None;
        }
        let table = Table { name: name.to_owned(), changes };
        let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        let known = tables.iter().copied().find(|known| **known == table);
        let table = known.unwrap_or_else(|| {
            let table: &'static Table = Box::leak(Box::new(table));
            tables.push(table);
            table
        });
        Some(Zone::Table(table))
    }
}

impl Table {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The place of the offset that holds at an instant.
    fn place(&self, at: Millis) -> usize {
        self.changes.partition_point(|(from, _)| *from <= at).saturating_sub(1)
    }

    fn offset(&self, at: Millis) -> Option<FixedOffset> {
        self.changes.get(self.place(at)).map(|(_, offset)| *offset)
    }
}

/// An offset and the zone that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct TableOffset {
    zone: &'static Table,
    offset: FixedOffset,
}

impl chrono::Offset for TableOffset {
    fn fix(&self) -> FixedOffset {
        self.offset
    }
}

impl TimeZone for &'static Table {
    type Offset = TableOffset;

    fn from_offset(offset: &TableOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<TableOffset> {
        self.offset_from_local_datetime(&local.and_time(chrono::NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<TableOffset> {
        let as_utc = local.and_utc().timestamp_millis();
        let near = self.place(as_utc).saturating_sub(1);
        let near = self.changes.iter().skip(near).take(3).map(|(_, offset)| *offset);
        let holds = |offset: &FixedOffset| {
            let at = as_utc - i64::from(offset.local_minus_utc()) * 1000;
            self.offset(at) == Some(*offset)
        };
        let fits = near.filter(holds);
        let east = fits.clone().max_by_key(FixedOffset::local_minus_utc);
        let west = fits.min_by_key(FixedOffset::local_minus_utc);
        let own = |offset: FixedOffset| TableOffset { zone: self, offset };
        match (east, west) {
            (None, _) | (_, None) => MappedLocalTime::None,
            (Some(east), Some(west)) if east == west => MappedLocalTime::Single(own(east)),
            // The offset further east is that of the earlier instant.
            (Some(east), Some(west)) => MappedLocalTime::Ambiguous(own(east), own(west)),
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> TableOffset {
        self.offset_from_utc_datetime(&utc.and_time(chrono::NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> TableOffset {
        let at = DateTime::timestamp_millis(&utc.and_utc());
        let offset = self.offset(at).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc));
        TableOffset { zone: self, offset }
    }
}

#[cfg(all(test, feature = "zones"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::Zone;
    use crate::time::DAY_MS;
    use crate::time::{Clock, read};
    use chrono::{Offset as _, TimeZone as _};

    /// A table as a host would find it: by asking for the offset and looking closer where it changes.
    fn found(name: &str) -> Zone {
        let zone: chrono_tz::Tz = name.parse().unwrap();
        let offset = |at: i64| {
            let utc = chrono::DateTime::from_timestamp_millis(at).unwrap().naive_utc();
            zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()
        };
        let mut changes = vec![(0, offset(0))];
        let end = 4_102_444_800_000; // 2100
        let mut at = 0;
        while at < end {
            let next = at + DAY_MS;
            if offset(at) != offset(next) {
                let (mut low, mut high) = (at, next);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if offset(middle) == offset(low) { low = middle } else { high = middle }
                }
                changes.push((high, offset(high)));
            }
            at = next;
        }
        Zone::table(name, &changes).unwrap()
    }

    #[test]
    fn a_table_says_what_the_database_says() {
        for name in ["Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu"] {
            let (table, named) = (found(name), Zone::named(name).unwrap());
            let mut seed = 7_u64;
            for _ in 0..2000 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = i64::try_from(seed >> 24).unwrap() % 4_000_000_000_000;
                assert_eq!(table.say(at), named.say(at));
                assert_eq!(table.day_of(at), named.day_of(at), "{name} {at}");
            }
            // Skipped and repeated times too.
            for text in
                ["2026-03-29T02:30", "2026-10-25T02:30", "2017-10-15T00:30", "2026-04-05T01:45"]
            {
                let time =
                    |zone| read(text, &Clock { now: 0, zone, week_start: Default::default() });
                assert_eq!(time(table), time(named), "{name} {text}");
            }
        }
    }
}
