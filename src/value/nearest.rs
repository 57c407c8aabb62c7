//! The binary64 number that is nearest to a decimal one, in whole numbers of any size.
//!
//! For browsers: the standard library has a faster reader, whose table of powers takes 10 KB of what they
//! load. The tests hold this one against it.

use std::cmp::Ordering;

/// No number halfway between two neighbours has more digits, so those behind only say that it is
/// larger.
const MOST_DIGITS: usize = 800;

/// Numbers of this size and larger are infinite, as powers of ten.
const INFINITE: i64 = 310;
/// Numbers below this size are nearest to zero, as powers of ten.
const NOTHING: i64 = -330;

/// The number nearest to these digits times ten to the power of `exponent`; of two that are as near,
/// the even one. Infinite beyond the largest.
pub(super) fn nearest(digits: &str, mut exponent: i64) -> f64 {
    let digits = digits.trim_start_matches('0');
    let size = exponent.saturating_add(i64::try_from(digits.len()).unwrap_or(i64::MAX));
    if digits.is_empty() || size < NOTHING {
        return 0.0;
    }
    if size > INFINITE {
        return f64::INFINITY;
    }
    let (kept, rest) = digits.split_at_checked(MOST_DIGITS).unwrap_or((digits, ""));
    exponent += i64::try_from(rest.len()).unwrap_or(0);
    let mut above = Whole::default();
    kept.bytes().for_each(|digit| above.append(digit - b'0'));
    if rest.bytes().any(|digit| digit != b'0') {
        above.append(1);
        exponent -= 1;
    }
    let mut below = Whole::default();
    below.append(1);
    let grown = if exponent < 0 { &mut below } else { &mut above };
    (0..exponent.unsigned_abs()).for_each(|_| grown.append(0));
    quotient(above, below)
}

/// The number nearest to a quotient, neither of which is zero.
fn quotient(mut above: Whole, mut below: Whole) -> f64 {
    // After this the quotient lies from 1 to 2, times two to the power of `power`.
    let mut power = above.bits() - below.bits();
    let grown = if power < 0 { &mut above } else { &mut below };
    (0..power.unsigned_abs()).for_each(|_| grown.double());
    if above.cmp(&below) == Ordering::Less {
        above.double();
        power -= 1;
    }
    let mut bits: u64 = 0;
    for _ in 0..u64::BITS {
        bits <<= 1;
        if above.cmp(&below) != Ordering::Less {
            above.subtract(&below);
            bits |= 1;
        }
        above.double();
    }
    rounded(bits, above.bits() > 0, power)
}

/// 64 bits of a number, the first of which is worth two to the power of `power`, and whether there
/// is more behind them.
fn rounded(bits: u64, is_more: bool, power: i64) -> f64 {
    const SMALLEST: i64 = -1022;
    const LARGEST: i64 = 1023;
    if power > LARGEST {
        return f64::INFINITY;
    }
    // Of 64 bits a number has 53, and one fewer for each power below the smallest.
    let cut = 11 + (SMALLEST - power).clamp(0, 54);
    let cut = u32::try_from(cut).unwrap_or(0);
    let kept = bits.checked_shr(cut).unwrap_or(0);
    let behind = bits.checked_shl(u64::BITS - cut.min(u64::BITS)).unwrap_or(0);
    let half = 1 << (u64::BITS - 1);
    let up = match behind.cmp(&half) {
        // Beyond the last bit nothing of the number is left but less than half.
        _ if cut > u64::BITS => false,
        Ordering::Less => false,
        Ordering::Equal => is_more || kept & 1 == 1,
        Ordering::Greater => true,
    };
    // A carry moves into the exponent, as it should, up to infinity.
    let exponent = u64::try_from(power.max(SMALLEST) - SMALLEST).unwrap_or(0);
    f64::from_bits((exponent << 52) + kept + u64::from(up))
}

/// A whole number of any size: its digits to the base of 2^32, the last first.
#[derive(Clone, Debug, Default)]
struct Whole(Vec<u32>);

impl Whole {
    /// Puts a decimal digit behind it.
    fn append(&mut self, digit: u8) {
        self.grow(10, u32::from(digit));
    }

    fn double(&mut self) {
        self.grow(2, 0);
    }

    fn grow(&mut self, times: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(times);
            *part = low(carry);
            carry >>= u32::BITS;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    /// Takes away a number that is not larger.
    fn subtract(&mut self, other: &Whole) {
        let mut borrowed = false;
        for (place, part) in self.0.iter_mut().enumerate() {
            let taken = other.0.get(place).copied().unwrap_or(0);
            let (first, once) = part.overflowing_sub(taken);
            let (rest, twice) = first.overflowing_sub(u32::from(borrowed));
            *part = rest;
            borrowed = once || twice;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn cmp(&self, other: &Whole) -> Ordering {
        let by_parts = || self.0.iter().rev().cmp(other.0.iter().rev());
        self.0.len().cmp(&other.0.len()).then_with(by_parts)
    }

    /// Bits up to the highest that is set.
    fn bits(&self) -> i64 {
        let Some(last) = self.0.last() else { return 0 };
        let parts = i64::try_from(self.0.len()).unwrap_or(i64::MAX);
        parts * i64::from(u32::BITS) - i64::from(last.leading_zeros())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is asked for")]
fn low(number: u64) -> u32 {
    number as u32
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::nearest;

    fn same(digits: &str, exponent: i64) {
        let read: f64 = format!("{digits}e{exponent}").parse().unwrap();
        let found = nearest(digits, exponent);
        assert_eq!(found.to_bits(), read.to_bits(), "{digits}e{exponent}: {found:e}, not {read:e}");
    }

    /// The numbers on which readers have failed, and the ends of what there is.
    #[test]
    fn it_reads_as_the_standard_library_does() {
        for (digits, exponent) in [
            ("0", 0),
            ("1", 0),
            ("30000000000000004", -17),
            ("9007199254740993", 0),
            ("9007199254740992000000001", -9),
            ("17976931348623157", 292),
            ("17976931348623158", 292),
            ("17976931348623159", 292),
            ("1", 309),
            ("1", 400),
            ("49406564584124654", -340),
            ("24703282292062327", -340),
            ("24703282292062328", -340),
            ("1", -330),
            ("1", -400),
            ("22250738585072011", -324),
            ("22250738585072014", -324),
            ("2225073858507201136057409796709131975934819546351645648", -362),
            ("69294956446009195", 15),
            ("123456789012345678901234567890", -10),
        ] {
            same(digits, exponent);
        }
    }

    #[test]
    fn drawn_numbers_are_read_as_the_standard_library_does() {
        // Fixed, so that every run asks the same.
        let mut state: u64 = 0x5EED;
        let mut draw = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        for _ in 0..20_000 {
            let (digits, exponent) = (draw(), i64::try_from(draw() % 700).unwrap() - 360);
            same(&digits.to_string(), exponent);
            // Halfway between two neighbours, and just beside it.
            let number = f64::from_bits(digits & 0x7fe0_0000_ffff_ffff);
            let text = format!("{number:.0}");
            same(&text, 0);
            let half = (digits >> 12 | 1 << 52) * 2 + 1;
            same(&half.to_string(), 0);
            same(&format!("{half}{:0900}", digits & 1), -900);
        }
    }
}
