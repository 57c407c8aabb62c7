//! THE table of units of time: how each is written, and how long it is.

/// How long a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitLength {
    /// Always so many milliseconds.
    Fixed(i64),
    /// So many months of the calendar in the zone.
    Months(i64),
}

/// One row of the table of units.
#[derive(Debug, PartialEq, Eq)]
pub struct Unit {
    /// The letter behind a number, in lower case: `7d`.
    pub letter: &'static str,
    /// The word for one of it.
    pub one: &'static str,
    /// The word for several of it.
    pub many: &'static str,
    /// Shorter words for it.
    pub also: &'static [&'static str],
    /// Its length.
    pub length: UnitLength,
}

/// Milliseconds in a day of 24 hours.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

macro_rules! units {
    ($($letter:literal $one:literal $many:literal $also:tt $length:expr;)*) => {
        /// Every unit, the shortest first.
        ///
        /// ```
        /// let letters: Vec<_> = tamis::time::UNITS.iter().map(|unit| unit.letter).collect();
        /// assert_eq!(letters, ["s", "m", "h", "d", "w", "mo", "q", "y"]);
        /// ```
        pub const UNITS: &[Unit] = &[$(Unit {
            letter: $letter, one: $one, many: $many, also: &$also, length: $length,
        },)*];
    };
}

units! {
    "s" "second" "seconds" ["sec", "secs"] UnitLength::Fixed(1000);
    "m" "minute" "minutes" ["min", "mins"] UnitLength::Fixed(60_000);
    "h" "hour" "hours" ["hr", "hrs"] UnitLength::Fixed(3_600_000);
    "d" "day" "days" [] UnitLength::Fixed(DAY_MS);
    "w" "week" "weeks" [] UnitLength::Fixed(7 * DAY_MS);
    "mo" "month" "months" [] UnitLength::Months(1);
    "q" "quarter" "quarters" [] UnitLength::Months(3);
    "y" "year" "years" [] UnitLength::Months(12);
}

/// What a text is that is no unit as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoUnit {
    /// Nothing like a unit.
    Unknown,
    /// A letter in the wrong case: the unit it must be.
    Case(&'static Unit),
    /// `M`: minutes or months.
    MinuteOrMonth,
}

impl Unit {
    /// The unit that a text names: a letter as it is, a word in any case.
    pub(crate) fn read(text: &str) -> Result<&'static Unit, NoUnit> {
        let word = |unit: &&Unit| {
            let words = [unit.one, unit.many];
            words.iter().chain(unit.also).any(|word| word.eq_ignore_ascii_case(text))
        };
        if let Some(unit) = UNITS.iter().find(|unit| unit.letter == text || word(unit)) {
            return Ok(unit);
        }
        if text == "M" {
            return Err(NoUnit::MinuteOrMonth);
        }
        let letter = UNITS.iter().find(|unit| unit.letter.eq_ignore_ascii_case(text));
        Err(letter.map_or(NoUnit::Unknown, NoUnit::Case))
    }

    /// True for a text that is a unit, or would be one in lower case.
    pub(crate) fn is_like(text: &str) -> bool {
        Unit::read(text) != Err(NoUnit::Unknown)
    }

    /// The word for so many of it.
    pub(crate) fn word(&self, count: &str) -> &'static str {
        if count == "1" { self.one } else { self.many }
    }
}
