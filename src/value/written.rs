//! A number as JSON writes it, in its parts.

/// The parts of a number. Nothing of its value is lost, however many digits it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written<'t> {
    pub(crate) negative: bool,
    /// Digits before the point, without a zero in front of others.
    pub(crate) whole: &'t str,
    /// Digits behind the point; empty without a point.
    pub(crate) fraction: &'t str,
    /// The power of ten behind `e`, held within [`Written::FARTHEST`].
    pub(crate) exponent: i64,
}

impl<'t> Written<'t> {
    /// A larger exponent says the same: no number of this program is that large or that small.
    const FARTHEST: i64 = 1 << 40;

    /// `None` for any other text: `05`, `.5`, `1.`, `+1`, ` 1`, `1e`.
    pub(crate) fn read(text: &'t str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, power(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) => (whole, is_digits(fraction).then_some(fraction)?),
            None => (number, ""),
        };
        let padded = whole.len() > 1 && whole.starts_with('0');
        let plain = is_digits(whole) && !padded;
        plain.then_some(Written { negative, whole, fraction, exponent })
    }
}

fn power(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let size = digits.parse().unwrap_or(i64::MAX).min(Written::FARTHEST);
    is_digits(digits).then_some(if negative { -size } else { size })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::Written;

    #[test]
    fn only_numbers_of_json_are_read() {
        let plain = ["0", "-0", "7", "-12.50", "1e3", "1E-7", "1.5e+2", "0e99999999999999999999"];
        for text in plain {
            assert!(Written::read(text).is_some(), "{text}");
            assert!(serde_json::from_str::<serde_json::Number>(text).is_ok(), "{text}");
        }
        let others = ["", "-", "05", "-05", ".5", "1.", "+1", " 1", "1 ", "1e", "1e+", "1e+-5"];
        for text in others.into_iter().chain(["1.e5", "--1", "1_000", "NaN", "0x10", "1.5.5", "é"])
        {
            assert_eq!(Written::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_parts_are_as_written() {
        let parts = |text| {
            let read = Written::read(text).unwrap();
            (read.negative, read.whole, read.fraction, read.exponent)
        };
        assert_eq!(parts("-12.50e+3"), (true, "12", "50", 3));
        assert_eq!(parts("7"), (false, "7", "", 0));
        assert_eq!(parts("1e-999999999999999999999").3, -Written::FARTHEST);
    }
}
