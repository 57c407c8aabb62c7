//! What `serde_json` refuses and the fast reader lets pass: numbers too large for a double, halves
//! of surrogate pairs, and `\u` without four digits. A line means the same whoever reads it, so it
//! is refused here, too.
//!
//! Most lines hold neither `\u` nor a number that could be too large; only the others are read
//! a second time.

use memchr::memmem;

use super::Malformed;

/// So many digits, and three digits of an exponent, can be too large together or alone.
const LONG: usize = 200;

/// Refuses a line, checked otherwise, that `serde_json` would refuse.
pub(super) fn check(text: &str) -> Result<(), Malformed> {
    let wrong = |reason: &str, place| Err(Malformed { reason: reason.into(), place });
    if may_overflow(text.as_bytes())
        && let Some(place) = too_large(text)
    {
        return wrong("this number is too large for a double", place);
    }
    if memmem::find(text.as_bytes(), b"\\u").is_some()
        && let Some((reason, place)) = bad_escape(text.as_bytes())
    {
        return wrong(reason, place);
    }
    Ok(())
}

/// True when something looks like a number of 300 digits, be it within a text.
fn may_overflow(bytes: &[u8]) -> bool {
    // No early end, so that the compiler takes many bytes at a time.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let exponent = pairs.fold(false, |any, (digit, sign)| {
        any | ((digit.is_ascii_digit() | (*digit == b'.')) & (*sign | 0x20 == b'e'))
    });
    let large = |place: usize| {
        let before = place.checked_sub(1).and_then(|place| bytes.get(place));
        let rest = bytes.get(place + 1..).unwrap_or_default();
        let rest = rest.strip_prefix(b"+").or(rest.strip_prefix(b"-")).unwrap_or(rest);
        before.is_some_and(u8::is_ascii_digit)
            && rest.get(..3).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
    };
    // A run of digits that is twice as long covers one of the places looked at.
    let long = || {
        let mut places = (LONG..bytes.len()).step_by(LONG);
        places.any(|place| {
            let run = bytes.get(place..).unwrap_or_default();
            let behind = run.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let before = bytes.get(..place).unwrap_or_default();
            let before = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
            behind > 0 && behind + before >= LONG
        })
    };
    (exponent && memchr::memchr2_iter(b'e', b'E', bytes).any(large)) || long()
}

/// The place of a number that no double holds.
fn too_large(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_text(bytes, at),
            b'-' | b'0'..=b'9' => {
                let length = bytes.iter().skip(at).take_while(|byte| part(byte)).count();
                let number = text.get(at..at + length).and_then(|number| number.parse().ok());
                if number.is_some_and(f64::is_infinite) {
                    return Some(at);
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    None
}

/// What follows the text that begins at a place.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') | None => return at + 1,
            Some(_) => at += 1,
        }
    }
}

/// What is wrong with the first `\u` that gives no character, and its place.
fn bad_escape(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let unit = |at: usize| {
        let digits = bytes.get(at..)?.strip_prefix(b"\\u")?.get(..4)?;
        let hex = digits.iter().all(u8::is_ascii_hexdigit);
        u16::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| hex)?, 16).ok()
    };
    let mut at = 0;
    while let Some(more) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += more;
        match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                return Some((
                    "this escape is half of a surrogate pair, which is no character",
                    at,
                ));
            }
            Some(_) => at += 6,
            None if bytes.get(at + 1) == Some(&b'u') => {
                return Some(("`\\u` stands before four hexadecimal digits", at));
            }
            None => at += 2,
        }
    }
    None
}
