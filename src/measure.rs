//! Units of numbers: what a row counts in, and how a query may write it (`docs/language.md`, 2.2).
//!
//! Law: a conversion is exact, or it is none.

use crate::time::{Unit, UnitLength};
use crate::value::Decimal;

/// What the numbers of a row count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The unit, as schema files name it.
    pub name: &'static str,
    dimension: Dimension,
    /// How many of the smallest unit of the dimension one is.
    size: i128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Duration,
    Bytes,
    Percent,
}

const MS: i128 = 1_000_000;

/// Every unit that a row can count in.
pub const MEASURES: &[Measure] = &[
    Measure { name: "ns", dimension: Dimension::Duration, size: 1 },
    Measure { name: "us", dimension: Dimension::Duration, size: 1_000 },
    Measure { name: "ms", dimension: Dimension::Duration, size: MS },
    Measure { name: "s", dimension: Dimension::Duration, size: 1_000 * MS },
    Measure { name: "min", dimension: Dimension::Duration, size: 60_000 * MS },
    Measure { name: "h", dimension: Dimension::Duration, size: 3_600_000 * MS },
    Measure { name: "d", dimension: Dimension::Duration, size: 86_400_000 * MS },
    Measure { name: "bytes", dimension: Dimension::Bytes, size: 1 },
    Measure { name: "percent", dimension: Dimension::Percent, size: 1 },
];

/// Units that are only written, in any case.
const WRITTEN: &[(&str, Dimension, i128)] = &[
    ("nanosecond", Dimension::Duration, 1),
    ("nanoseconds", Dimension::Duration, 1),
    ("microsecond", Dimension::Duration, 1_000),
    ("microseconds", Dimension::Duration, 1_000),
    ("millisecond", Dimension::Duration, MS),
    ("milliseconds", Dimension::Duration, MS),
    ("B", Dimension::Bytes, 1),
    ("byte", Dimension::Bytes, 1),
    ("kB", Dimension::Bytes, 1_000),
    ("MB", Dimension::Bytes, 1_000_000),
    ("GB", Dimension::Bytes, 1_000_000_000),
    ("TB", Dimension::Bytes, 1_000_000_000_000),
    ("KiB", Dimension::Bytes, 1 << 10),
    ("MiB", Dimension::Bytes, 1 << 20),
    ("GiB", Dimension::Bytes, 1 << 30),
    ("TiB", Dimension::Bytes, 1 << 40),
    ("%", Dimension::Percent, 1),
];

/// Letters that stand for a power of 1,000 or of 1,024, with the unit of each.
const POWERS: &[(&str, [&str; 2])] =
    &[("k", ["kB", "KiB"]), ("m", ["MB", "MiB"]), ("g", ["GB", "GiB"]), ("t", ["TB", "TiB"])];

/// What a text says on a row with a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// No number with a unit behind it.
    No,
    /// So many of the row's unit, as a number is written.
    Of(String),
    /// No number of the row's unit is exactly that.
    Inexact,
    /// A letter that stands for two units, and the text with each.
    TwoPowers([String; 2]),
    /// A unit of something else, or none.
    OtherUnit(String),
}

impl Measure {
    /// The unit of that name in a schema file.
    #[must_use]
    pub fn named(name: &str) -> Option<Measure> {
        MEASURES.iter().find(|measure| measure.name == name).copied()
    }

    /// True for a text that is a unit of numbers, as a query writes it.
    pub(crate) fn is_unit(text: &str) -> bool {
        let known = |dimension| sized(text, dimension).is_some();
        known(Dimension::Duration) || known(Dimension::Bytes) || known(Dimension::Percent)
    }

    /// What a text says on a row that counts in this unit.
    pub(crate) fn amount(self, text: &str) -> Amount {
        let text = text.trim();
        let (number, unit) = split(text);
        let Some(count) = Decimal::read(number) else { return Amount::No };
        if !unit.starts_with(|c: char| c.is_alphabetic() || c == '%') || unit.contains("..") {
            return Amount::No;
        }
        match sized(unit, self.dimension) {
            Some(size) => quotient(count, size, self.size)
                .map_or(Amount::Inexact, |number| Amount::Of(number.to_string())),
            None => self.unknown(number, unit),
        }
    }

    fn unknown(self, number: &str, unit: &str) -> Amount {
        let powers = POWERS.iter().find(|(letter, _)| letter.eq_ignore_ascii_case(unit));
        match powers.filter(|_| self.dimension == Dimension::Bytes) {
            Some((_, units)) => Amount::TwoPowers(units.map(|unit| format!("{number}{unit}"))),
            None => Amount::OtherUnit(unit.to_owned()),
        }
    }
}

/// The number in front, with its exponent, and the unit behind it.
fn split(text: &str) -> (&str, &str) {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let plain = text.find(|c: char| !c.is_ascii_digit() && !"-.".contains(c)).unwrap_or(text.len());
    let (_, behind) = text.split_at_checked(plain).unwrap_or((text, ""));
    let power = behind.strip_prefix(['e', 'E']).unwrap_or_default();
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let exponent = match digits(power) {
        0 => 0,
        count => behind.len() - power.len() + count,
    };
    let (number, unit) = text.split_at_checked(plain + exponent).unwrap_or((text, ""));
    (number, unit.trim_start())
}

/// The size of a unit in the smallest of its dimension.
fn sized(unit: &str, dimension: Dimension) -> Option<i128> {
    let own = || MEASURES.iter().map(|known| (known.name, known.dimension, known.size));
    let is = |name: &str| match dimension {
        Dimension::Duration if name.len() <= 2 => name == unit,
        Dimension::Duration | Dimension::Bytes | Dimension::Percent => {
            name.eq_ignore_ascii_case(unit)
        }
    };
    let written = own().chain(WRITTEN.iter().copied());
    let mut found = written.filter(|(name, of, _)| *of == dimension && is(name));
    let size = found.next().map(|(_, _, size)| size);
    size.or_else(|| {
        match Unit::read(unit).ok().filter(|_| dimension == Dimension::Duration)?.length {
            UnitLength::Fixed(ms) => Some(i128::from(ms) * MS),
            UnitLength::Months(_) => None,
        }
    })
}

/// `count * size / of`, where that has an end behind the point.
fn quotient(count: Decimal, size: i128, of: i128) -> Option<Decimal> {
    let scale = count.scale();
    let (units, _) = count.units(scale)?;
    let over = units.checked_mul(size)?;
    let shared = gcd(over.unsigned_abs(), of.unsigned_abs());
    let (over, mut under) =
        (over / i128::try_from(shared).ok()?, of / i128::try_from(shared).ok()?);
    let (mut over, mut scale) = (over, scale);
    while under > 1 {
        // Each further digit takes a 2 or a 5 out of what is divided by.
        let step = [10, 5, 2].into_iter().find(|step| under % step == 0)?;
        under /= step;
        over = over.checked_mul(10 / step)?;
        scale = scale.checked_add(1)?;
    }
    Decimal::new(over, scale)
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}
