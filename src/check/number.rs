//! Whole numbers as a query writes them: as JSON does (`docs/language.md`, 2.2, "Numbers").

use crate::value::IntegerBits;

/// What a text is, taken as a whole number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// A whole number within the field's width.
    Whole(i64),
    /// A whole number that does not fit.
    TooLarge,
    /// A whole number in another spelling, and how it is written here.
    Respelled(String),
    /// A number with zeros before its first digit, which could be meant in several ways.
    Padded,
    /// No whole number.
    No,
}

impl Number {
    pub(super) fn read(text: &str, width: IntegerBits) -> Number {
        let fitting = |text: &str| text.parse().ok().filter(|number| width.holds(*number));
        match text.strip_prefix('-').unwrap_or(text) {
            "0" if text.starts_with('-') => Number::Respelled("0".to_owned()),
            digits if is_plain(digits) => fitting(text).map_or(Number::TooLarge, Number::Whole),
            digits if is_padded(digits) => Number::Padded,
            _ => match respelled(text) {
                None => Number::No,
                Some(plain) if fitting(&plain).is_some() => Number::Respelled(plain),
                Some(_) => Number::TooLarge,
            },
        }
    }

    /// The number, where it is written plainly.
    pub(super) fn whole(text: &str, width: IntegerBits) -> Option<i64> {
        match Number::read(text, width) {
            Number::Whole(number) => Some(number),
            Number::TooLarge | Number::Respelled(_) | Number::Padded | Number::No => None,
        }
    }
}

/// How a number with or without a fraction is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As JSON writes one.
    Plain,
    /// In another way, and how it is written here.
    Respelled(String),
    /// With zeros before its first digit, which could be meant in several ways.
    Padded,
    /// It is no number.
    No,
}

impl Written {
    pub(super) fn of(text: &str) -> Written {
        let minus = if text.starts_with('-') { "-" } else { "" };
        let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (number, exponent) = match bare.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, Some(exponent)),
            None => (bare, None),
        };
        let power = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
        if power.is_some_and(|digits| !is_digits(digits)) {
            return Written::No;
        }
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (number, None),
        };
        let Some(digits) = ungrouped(whole) else { return Written::No };
        let fits = digits.is_empty() || is_digits(&digits);
        let behind = fraction.is_none_or(|digits| digits.is_empty() || is_digits(digits));
        let empty = digits.is_empty() && fraction.is_none_or(str::is_empty);
        if !fits || !behind || empty {
            return Written::No;
        }
        if is_padded(&digits) {
            return Written::Padded;
        }
        let whole = if digits.is_empty() { "0" } else { &digits };
        let point = fraction.filter(|digits| !digits.is_empty());
        let point = point.map(|digits| format!(".{digits}")).unwrap_or_default();
        let power = exponent.map(|text| format!("e{text}")).unwrap_or_default();
        let plain = format!("{minus}{whole}{point}{power}");
        if plain.eq_ignore_ascii_case(text) { Written::Plain } else { Written::Respelled(plain) }
    }
}

/// The digits of `1_000`; `None` where the groups are no thousands.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split('_');
    let first = groups.next()?;
    let thousands = !whole.contains('_')
        || (is_digits(first) && groups.all(|group| group.len() == 3 && is_digits(group)));
    thousands.then(|| whole.replace('_', ""))
}

/// Digits without a zero before them.
fn is_plain(digits: &str) -> bool {
    is_digits(digits) && !is_padded(digits)
}

fn is_padded(digits: &str) -> bool {
    digits.len() > 1 && digits.starts_with('0') && is_digits(digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `+5`, `1_000`, `5.`, `5.0` and `1e3` as the whole number that each is.
fn respelled(text: &str) -> Option<String> {
    // So many zeros are more than any width holds.
    const MOST_ZEROS: usize = 20;
    let minus = if text.starts_with('-') { "-" } else { "" };
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let exponent: usize = exponent.parse().ok()?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = ungrouped(whole)?;
    if !is_plain(&whole) || (!fraction.is_empty() && !is_digits(fraction)) {
        return None;
    }
    let behind: String = fraction.trim_end_matches('0').to_owned();
    let zeros = exponent.checked_sub(behind.len())?.min(MOST_ZEROS);
    let digits = format!("{whole}{behind}{}", "0".repeat(zeros));
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    Some(if digits == "0" { digits.to_owned() } else { format!("{minus}{digits}") })
}

#[cfg(test)]
mod tests {
    use super::{IntegerBits, Number, Written};

    #[test]
    fn fractions_are_written_as_json_writes_them() {
        let respelled = |text: &str| Written::Respelled(text.to_owned());
        for (text, wanted) in [
            ("1.5", Written::Plain),
            ("-2e3", Written::Plain),
            ("-0", Written::Plain),
            ("1E-7", Written::Plain),
            ("1e+2", Written::Plain),
            (".5", respelled("0.5")),
            ("-.5e1", respelled("-0.5e1")),
            ("1.", respelled("1")),
            ("+1.5", respelled("1.5")),
            ("1_000.5", respelled("1000.5")),
            ("01.5", Written::Padded),
            ("1_0", Written::No),
            (".", Written::No),
            ("", Written::No),
            ("1.5.5", Written::No),
            ("1e", Written::No),
            ("NaN", Written::No),
            ("1,5", Written::No),
        ] {
            assert_eq!(Written::of(text), wanted, "{text}");
        }
    }

    #[test]
    fn only_json_numbers_are_plain() {
        let respelled = |text: &str| Number::Respelled(text.to_owned());
        for (text, wanted) in [
            ("5", Number::Whole(5)),
            ("-3", Number::Whole(-3)),
            ("0", Number::Whole(0)),
            ("-2147483648", Number::Whole(-2_147_483_648)),
            ("2147483648", Number::TooLarge),
            ("-0", respelled("0")),
            ("03", Number::Padded),
            ("-03", Number::Padded),
            ("+5", respelled("5")),
            ("5.", respelled("5")),
            ("-5.0", respelled("-5")),
            ("1e3", respelled("1000")),
            ("1.5e1", respelled("15")),
            ("1_000", respelled("1000")),
            ("1_0", Number::No),
            (".5", Number::No),
            ("5.5", Number::No),
            ("+03", Number::No),
            ("--3", Number::No),
            ("", Number::No),
            ("-", Number::No),
            ("1e", Number::No),
        ] {
            assert_eq!(Number::read(text, IntegerBits::B32), wanted, "{text}");
        }
    }

    #[test]
    fn a_number_is_held_to_its_width() {
        let respelled = |text: &str| Number::Respelled(text.to_owned());
        for (text, narrow, wide) in [
            ("2147483647", Number::Whole(2_147_483_647), Number::Whole(2_147_483_647)),
            ("2147483648", Number::TooLarge, Number::Whole(2_147_483_648)),
            ("-2147483648", Number::Whole(-2_147_483_648), Number::Whole(-2_147_483_648)),
            ("-2147483649", Number::TooLarge, Number::Whole(-2_147_483_649)),
            ("9007199254740993", Number::TooLarge, Number::Whole(9_007_199_254_740_993)),
            ("9223372036854775807", Number::TooLarge, Number::Whole(i64::MAX)),
            ("9223372036854775808", Number::TooLarge, Number::TooLarge),
            ("-9223372036854775808", Number::TooLarge, Number::Whole(i64::MIN)),
            ("-9223372036854775809", Number::TooLarge, Number::TooLarge),
            ("3_000_000_000", Number::TooLarge, respelled("3000000000")),
            ("9007199254740993.0", Number::TooLarge, respelled("9007199254740993")),
            ("1e18", Number::TooLarge, respelled("1000000000000000000")),
            ("1e19", Number::TooLarge, Number::TooLarge),
            ("1e400", Number::TooLarge, Number::TooLarge),
            ("0e400", respelled("0"), respelled("0")),
        ] {
            assert_eq!(Number::read(text, IntegerBits::B32), narrow, "{text}");
            assert_eq!(Number::read(text, IntegerBits::B64), wide, "{text}");
        }
    }
}
