//! Numbers of the type `double`: finite, as IEEE 754 binary64 has them (`docs/language.md`, 2.2).

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::ser::{Serialize, Serializer};

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

    /// The nearest binary64 number to a decimal text; `None` where there is no finite one.
    #[must_use]
    pub fn read(text: &str) -> Option<Double> {
        text.parse().ok().and_then(Double::new)
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
        let text = format!("{:?}", self.0);
        f.write_str(text.strip_suffix(".0").unwrap_or(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::Double;

    #[test]
    fn ranks_keep_the_order_and_lead_back() {
        let numbers = [
            f64::MIN,
            -1e300,
            -2.5,
            -1.0,
            -f64::MIN_POSITIVE,
            -5e-324,
            0.0,
            5e-324,
            0.1,
            0.3,
            0.1 + 0.2,
            1.0,
            9_007_199_254_740_992.0,
            f64::MAX,
        ];
        let ranks: Vec<i64> =
            numbers.iter().filter_map(|n| Double::new(*n)).map(Double::rank).collect();
        assert_eq!(ranks.len(), numbers.len());
        assert!(ranks.windows(2).all(|two| two[0] < two[1]));
        for (rank, number) in ranks.iter().zip(numbers) {
            assert_eq!(Double::of_rank(*rank).map(Double::get), Some(number));
        }
        assert_eq!(Double::of_rank(i64::MAX), None);
        assert_eq!(Double::of_rank(i64::MIN), Some(Double(0.0)));
    }
}
