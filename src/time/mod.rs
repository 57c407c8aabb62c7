//! Time: instants, periods, windows, units and zones. Milliseconds since the epoch, UTC.
//!
//! Law: the clock and the time zone are inputs, never read here. There is one reader of time
//! ([`read()`]) and one table of units ([`UNITS`]).
//! Source: `docs/language.md`, 2.5.

mod calendar;
mod civil;
mod period;
mod print;
mod read;
mod stored;
mod table;
mod units;
mod window;
mod zone;

pub use period::{DAYS, PERIODS, Period, WHICH, WeekStart};
pub(crate) use print::print_millis;
pub use print::{print_date, print_exact, print_instant};
pub(crate) use read::day_text;
pub use read::{
    Mistake, Moment, NumberGuess, PLAUSIBLE_MILLIS, Precision, Time, read, read_now, read_recorded,
    read_rfc3339,
};
pub use stored::{RecordedTime, StoredRange, StoredTime, TimeUnit};
pub use table::Table;
pub use units::{DAY_MS, UNITS, Unit, UnitLength};
pub use window::Length;
pub(crate) use window::{is_number, split as split_length};
pub use zone::{ClockChange, ZONE_FORMS, Zone};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

/// The clock, zone and calendar of one compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The one instant that `now` means.
    pub now: Millis,
    /// The zone for dates without one.
    pub zone: Zone,
    /// The day that weeks begin with.
    pub week_start: WeekStart,
}
