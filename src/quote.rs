//! Quoting and unquoting, as a pair: what one writes, the other reads back unchanged.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::keywords::{KEYWORDS, Keyword, Use};
use crate::ops;
use crate::span::Span;
use crate::table::Table;

/// True for characters that need no quotes in a word: letters, digits and a few marks.
#[must_use]
pub fn is_bare(c: char) -> bool {
    if c.is_ascii() { is_bare_byte(c as u8) } else { c.is_alphanumeric() }
}

/// The same for an ASCII character.
#[must_use]
pub(crate) fn is_bare_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'_' | b'-' | b'.' | b'@' | b'/' | b':' | b'*' | b'+' | b'%' | b'$' | b'\\'
        )
}

/// A text as a value: bare when it can be, else quoted with `"` and escaped.
///
/// ```
/// use tamis::quote::quote;
/// assert_eq!(quote("alice@example.com"), "alice@example.com");
/// assert_eq!(quote("Cloud provider"), "\"Cloud provider\"");
/// assert_eq!(quote("say \"hi\""), r#""say \"hi\"""#);
/// ```
#[must_use]
pub fn quote(text: &str) -> Cow<'_, str> {
    if is_bare_word(text) { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// A field's name: bare when it can be. Words of operators are no keywords there.
///
/// ```
/// use tamis::quote::quote_name;
/// assert_eq!(quote_name("text"), "text");
/// assert_eq!(quote_name("limit"), "\"limit\"");
/// ```
#[must_use]
pub fn quote_name(text: &str) -> Cow<'_, str> {
    if is_word(text) && !is_reserved(text) { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// A text in `"`, escaped.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_invisible(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Control characters, marks that change direction, and spaces other than the plain one.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    let formats =
        matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF);
    c.is_control() || formats || (c.is_whitespace() && c != ' ')
}

fn is_bare_word(text: &str) -> bool {
    is_word(text) && !is_keyword(text)
}

/// True when the grammar reads the text as one word, keyword or not.
fn is_word(text: &str) -> bool {
    let parameter = text.strip_prefix('$').is_some_and(is_name);
    !text.is_empty()
        && text.chars().all(is_bare)
        && !parameter
        && !text.starts_with('@')
        && !text.contains("..")
        && !text.ends_with('$')
}

/// True for the name of a parameter or member.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// True for the keywords that no field can be called without quotes.
pub(crate) fn is_reserved(text: &str) -> bool {
    let begins =
        |row: &&Keyword| matches!(row.use_for, Use::Connective | Use::Tail | Use::Definition);
    let mut words = KEYWORDS.iter().filter(begins).flat_map(|row| row.text.split(' '));
    words.any(|word| word.eq_ignore_ascii_case(text))
}

/// The words of the language, in lower case.
static WORDS: LazyLock<Table<&str>> = LazyLock::new(|| {
    let reserved = KEYWORDS.iter().flat_map(|row| row.text.split(' '));
    reserved.chain(ops::all_spellings().flat_map(|s| s.pieces().iter().copied())).collect()
});

fn is_keyword(text: &str) -> bool {
    let letters = text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    letters && WORDS.contains(text.to_ascii_lowercase().as_str())
}

/// What is wrong with an escape, and where in the quoted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EscapeError {
    /// No such escape, or no such character.
    Unknown(Span),
    /// The NUL character.
    Nul(Span),
}

/// Resolves the escapes between the quotes. `base` is where the first byte of `inner` stands.
/// What cannot be resolved is kept as it is and reported.
pub(crate) fn unescape<'s>(
    inner: &'s str,
    base: usize,
    errors: &mut Vec<EscapeError>,
) -> Cow<'s, str> {
    if let Some(place) = inner.find('\0') {
        errors.push(EscapeError::Nul(Span::new(base + place, base + place + 1)));
    }
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(place) = rest.find('\\') {
        let (plain, escape) = rest.split_at_checked(place).unwrap_or((rest, ""));
        out.push_str(plain);
        let start = base + (inner.len() - escape.len());
        let (found, used) = read_escape(escape);
        match found {
            Some('\0') => errors.push(EscapeError::Nul(Span::new(start, start + used))),
            Some(c) => out.push(c),
            None => {
                errors.push(EscapeError::Unknown(Span::new(start, start + used)));
                out.push_str(escape.get(..used).unwrap_or_default());
            }
        }
        rest = escape.get(used..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads one escape that begins with `\`: the character, and the bytes it took.
fn read_escape(text: &str) -> (Option<char>, usize) {
    let mut chars = text.chars();
    chars.next();
    let Some(kind) = chars.next() else { return (None, text.len()) };
    let simple = match kind {
        '"' | '\'' | '\\' | '/' => Some(kind),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        '0' => Some('\0'),
        _ => None,
    };
    let after = text.get(2..).unwrap_or_default();
    match kind {
        'x' => {
            let digits = after.bytes().take(2).take_while(u8::is_ascii_hexdigit).count();
            (hex(after, 2).and_then(char::from_u32), 2 + digits)
        }
        'u' if after.starts_with('{') => braced(after),
        'u' => four_digits(after),
        _ => (simple, 1 + kind.len_utf8()),
    }
}

fn hex(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// `{1F980}`, after `\u`.
fn braced(after: &str) -> (Option<char>, usize) {
    let Some(end) = after.find('}') else { return (None, 2) };
    let digits = after.get(1..end).unwrap_or_default();
    let valid = (1..=6).contains(&digits.len());
    let code = valid.then(|| hex(digits, digits.len())).flatten();
    (code.and_then(char::from_u32), 2 + end + 1)
}

/// `d83e\udd80` or `00e9`, after `\u`: JSON's form, surrogate pairs included.
fn four_digits(after: &str) -> (Option<char>, usize) {
    let Some(first) = hex(after, 4) else { return (None, 2) };
    if let Some(c) = char::from_u32(first) {
        return (Some(c), 6);
    }
    let second =
        after.get(4..).and_then(|rest| rest.strip_prefix("\\u")).and_then(|rest| hex(rest, 4));
    let pair = second.filter(|low| (0xDC00..0xE000).contains(low) && first < 0xDC00);
    match pair.and_then(|low| char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))) {
        Some(c) => (Some(c), 12),
        None => (None, 6),
    }
}
