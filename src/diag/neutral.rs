//! Text that a terminal shows and does not obey.

use std::borrow::Cow;

/// The text with a visible mark for each character that would move the cursor, ring, colour or
/// reorder what is shown. Line feeds and tabs stay.
///
/// ```
/// use tamis::diag::neutral;
/// assert_eq!(neutral("a\u{1b}[31m\u{7}"), "a␛[31m␇");
/// assert_eq!(neutral("two\nlines"), "two\nlines");
/// ```
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_shown) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let ends_line = c == '\r' && rest.peek() == Some(&'\n');
        out.push(if ends_line || is_shown(c) { c } else { mark(c) });
    }
    Cow::Owned(out)
}

fn is_shown(c: char) -> bool {
    matches!(c, '\n' | '\t' | ' '..='~') || !crate::quote::is_invisible(c)
}

/// What stands for a character: its picture where Unicode has one, one column wide.
fn mark(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '␡',
        _ if c.is_whitespace() => '␣',
        _ => '\u{fffd}',
    }
}
