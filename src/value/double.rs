//! Numbers of the type `double`: finite, as IEEE 754 binary64 has them (`docs/language.md`, 2.2).

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::ser::{Serialize, Serializer};

use super::written::Written;

/// A finite binary64 number. There is one zero: `-0` is 0.
///
/// ```
/// use tamis::value::Double;
/// assert_eq!(Double::new(-0.0), Double::new(0.0));
/// assert_eq!(Double::new(f64::NAN), None);
/// assert_eq!(Double::read("1.50").unwrap().to_string(), "1.5");
/// assert_eq!(Double::new(1e300).unwrap().to_string(), "1e300");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Double(f64);

impl Double {
    /// The number; `None` for what is not finite.
    #[must_use]
    pub fn new(number: f64) -> Option<Double> {
        // Adding zero turns -0 into 0 and leaves every other number as it is.
        number.is_finite().then_some(Double(number + 0.0))
    }

    /// The nearest binary64 number to a number as JSON writes it; `None` for any other text, and where
    /// there is no finite one.
    #[must_use]
    pub fn read(text: &str) -> Option<Double> {
        let written = Written::read(text)?;
        Double::new(rounded(text, &written))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// Its place among all finite numbers in order; that of 0 is 0, and neighbours differ by one.
    #[must_use]
    pub fn rank(self) -> i64 {
        let size = i64::try_from(self.0.abs().to_bits()).unwrap_or(i64::MAX);
        if self.0 < 0.0 { -size } else { size }
    }

    /// The number at a place.
    #[must_use]
    pub fn of_rank(rank: i64) -> Option<Double> {
        let size = f64::from_bits(rank.unsigned_abs());
        Double::new(if rank < 0 { -size } else { size })
    }
}

#[cfg(not(target_family = "wasm"))]
fn rounded(text: &str, _: &Written<'_>) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

/// In a browser, where the reader of the standard library takes too much to load.
#[cfg(target_family = "wasm")]
fn rounded(_: &str, written: &Written<'_>) -> f64 {
    let Written { negative, whole, fraction, exponent } = written;
    let behind = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let size = super::nearest::nearest(&[*whole, *fraction].concat(), exponent - behind);
    if *negative { -size } else { size }
}

impl PartialEq for Double {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for Double {}

impl Hash for Double {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rank().hash(state);
    }
}

impl Ord for Double {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Double {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Double {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0)
    }
}

/// The shortest text that reads back as the same number.
impl fmt::Display for Double {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(&self.0).unwrap_or_default();
        f.write_str(&text.strip_suffix(".0").unwrap_or(&text).replace("e+", "e"))
    }
}
