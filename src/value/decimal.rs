//! Numbers of the type `decimal`: exact, in the digits in which they are written
//! (`docs/language.md`, 2.2).

use std::cmp::Ordering;
use std::fmt;

use super::written::Written;

/// The most digits of a decimal number.
pub const MOST_DIGITS: u32 = 38;

/// The longest text in a record that is read as a decimal number: no more are needed for the digits, a
/// sign, a point and an exponent.
pub(crate) const LONGEST_TEXT: usize = 48;

/// The most digits of a number in JSON that is read as a decimal number, not counting zeros at both ends: of
/// a longer one readers of JSON see different digits.
pub(crate) const SHORT_DIGITS: usize = 15;

/// An exponent of this size or beyond, which has more than three digits, is none of a decimal number.
const BEYOND_EXPONENT: u64 = 1000;

/// An exact decimal number of at most 38 digits; `1.10` is `1.1`.
///
/// ```
/// use tamis::value::Decimal;
/// let price = Decimal::read("19.90").unwrap();
/// assert_eq!(price, Decimal::read("19.9").unwrap());
/// assert_eq!(price.to_string(), "19.9");
/// assert!(price > Decimal::read("-1e1").unwrap());
/// assert_eq!(Decimal::read("1e38"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The number times ten to the power of `scale`.
    units: i128,
    /// Digits behind the point, the last of which is not 0.
    scale: u8,
}

impl Decimal {
    /// So many units of `10^-scale`; `None` beyond 38 digits.
    #[must_use]
    pub fn new(mut units: i128, mut scale: u8) -> Option<Decimal> {
        while scale > 0 && units % 10 == 0 {
            (units, scale) = (units / 10, scale - 1);
        }
        let fits = units.unsigned_abs() < power(MOST_DIGITS)? && u32::from(scale) <= MOST_DIGITS;
        fits.then_some(Decimal { units, scale })
    }

    /// A number as JSON writes it; `None` for anything else, beyond 38 digits, before or behind the
    /// point, and for an exponent of more than three digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Decimal> {
        let Written { negative, whole, fraction, exponent } = Written::read(text)?;
        if exponent.unsigned_abs() >= BEYOND_EXPONENT {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let all = [whole, fraction].concat();
        let behind = i64::try_from(fraction.len()).ok()? - exponent;
        // Zeros at the end move the point, so that `1e2` and `100` are one number.
        let kept = all.trim_end_matches('0');
        let behind = behind - i64::try_from(all.len() - kept.len()).ok()?;
        let kept = kept.trim_start_matches('0');
        if kept.is_empty() {
            return Decimal::new(0, 0);
        }
        if kept.len() > MOST_DIGITS as usize {
            return None;
        }
        let units: i128 = kept.parse().ok()?;
        let units = if negative { -units } else { units };
        match u8::try_from(behind) {
            Ok(scale) => Decimal::new(units, scale),
            Err(_) if behind < 0 => {
                let zeros = u32::try_from(behind.unsigned_abs()).ok()?;
                let zeros = i128::try_from(power(zeros)?).ok()?;
                Decimal::new(units.checked_mul(zeros)?, 0)
            }
            Err(_) => None,
        }
    }

    /// Digits behind the point, without zeros at the end.
    #[must_use]
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// The number in units of `10^-scale`, rounded down, and whether that is exact. `None` beyond
    /// 38 digits.
    #[must_use]
    pub fn units(self, scale: u8) -> Option<(i128, bool)> {
        let units = if scale >= self.scale {
            let zeros = i128::try_from(power(u32::from(scale - self.scale))?).ok()?;
            (self.units.checked_mul(zeros)?, true)
        } else {
            let cut = i128::try_from(power(u32::from(self.scale - scale))?).ok()?;
            (self.units.div_euclid(cut), self.units % cut == 0)
        };
        (units.0.unsigned_abs() < power(MOST_DIGITS)?).then_some(units)
    }

    /// What stands before the point, rounded down, and behind it in units of `10^-38`.
    fn parts(self) -> (i128, u128) {
        let one = power(u32::from(self.scale)).unwrap_or(1);
        let unit = power(MOST_DIGITS - u32::from(self.scale)).unwrap_or(1);
        let whole = i128::try_from(one).unwrap_or(1);
        let behind = self.units.rem_euclid(whole).unsigned_abs();
        (self.units.div_euclid(whole), behind.saturating_mul(unit))
    }
}

/// A power of ten; `None` above the 38th.
fn power(exponent: u32) -> Option<u128> {
    (exponent <= MOST_DIGITS).then(|| 10_u128.pow(exponent))
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Digits without an exponent: `-0.05`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = scale + 1);
        let (whole, behind) = digits.split_at(digits.len() - scale);
        let point = if behind.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{behind}")
    }
}
