//! What programs do to an address on its way to the clipboard, undone: HTML entities, the
//! backslashes of CEF, JSON and shells, and percent-encoding. Every byte keeps its place.

use super::json::{Places, Text};

/// How often entities are resolved: a page that quotes a page writes `&amp;amp;`.
const ROUNDS: usize = 3;

/// The entities that stand for characters of an address or of JSON.
const ENTITIES: [(&str, char); 23] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("equals", '='),
    ("num", '#'),
    ("quest", '?'),
    ("lpar", '('),
    ("rpar", ')'),
    ("comma", ','),
    ("colon", ':'),
    ("period", '.'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("percnt", '%'),
    ("dollar", '$'),
    ("lcub", '{'),
    ("rcub", '}'),
    ("lowbar", '_'),
    ("hyphen", '-'),
];

impl Text {
    /// A part of the input as it stands.
    pub(super) fn at(value: &str, start: usize) -> Text {
        let places = Places::From(u32::try_from(start).unwrap_or(u32::MAX));
        Text { value: value.to_owned(), places }
    }

    /// A part of the text, from one byte up to another.
    pub(super) fn part(&self, start: usize, end: usize) -> Text {
        let mut out = Built::default();
        let value = self.value.get(start..end).unwrap_or_default();
        value.char_indices().for_each(|(at, c)| out.push(c, self.places.at(start + at)));
        out.finish(self.places.at(end))
    }

    /// The text without the characters that match at its ends.
    pub(super) fn trimmed(&self, matches: fn(char) -> bool) -> Text {
        let end = self.value.trim_end_matches(matches).len();
        let kept = self.value.get(..end).unwrap_or_default();
        self.part(kept.len() - kept.trim_start_matches(matches).len(), end)
    }
}

/// A text that is built up character by character.
#[derive(Default)]
struct Built {
    value: String,
    places: Vec<u32>,
}

impl Built {
    fn push(&mut self, c: char, place: usize) {
        self.value.push(c);
        self.places.resize(self.value.len(), u32::try_from(place).unwrap_or(u32::MAX));
    }

    fn finish(mut self, end: usize) -> Text {
        self.places.push(u32::try_from(end).unwrap_or(u32::MAX));
        Text { value: self.value, places: Places::Each(self.places) }
    }
}

/// An address as it was before a page or a log took it up.
pub(super) fn address(text: &Text) -> Text {
    let mut text = text.clone();
    for _ in 0..ROUNDS {
        let next = replaced(&text, |rest| rest.strip_prefix('&').and_then(entity));
        if next.value == text.value {
            break;
        }
        text = next;
    }
    // From a brace on it is JSON, whose backslashes are its own.
    let json = text.value.find('{').unwrap_or(text.value.len());
    let (before, after) = (text.part(0, json), text.part(json, text.value.len()));
    let mut out = Built::default();
    for text in [replaced(&before, |rest| rest.strip_prefix('\\').and_then(escaped)), after] {
        text.value.char_indices().for_each(|(at, c)| out.push(c, text.places.at(at)));
    }
    out.finish(text.places.at(text.value.len()))
}

/// The text with every sequence replaced that is recognised: what it stands for, and how long it
/// is without its first character.
fn replaced(text: &Text, recognise: impl Fn(&str) -> Option<(char, usize)>) -> Text {
    let mut out = Built::default();
    let mut at = 0;
    while let Some(rest) = text.value.get(at..).filter(|rest| !rest.is_empty()) {
        let place = text.places.at(at);
        let first = rest.chars().next().unwrap_or_default();
        let (c, length) = recognise(rest).unwrap_or((first, first.len_utf8() - 1));
        out.push(c, place);
        at += 1 + length;
    }
    out.finish(text.places.at(text.value.len()))
}

/// The entity whose name begins here, without `&`.
fn entity(rest: &str) -> Option<(char, usize)> {
    let (name, _) = rest.split_once(';')?;
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    let named = || ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    number.and_then(char::from_u32).or_else(named).map(|c| (c, name.len() + 1))
}

/// The character that stands behind a backslash: a mark, or `u0026`.
fn escaped(rest: &str) -> Option<(char, usize)> {
    let first = rest.chars().next()?;
    if first.is_ascii_punctuation() {
        return Some((first, 1));
    }
    let digits = rest.strip_prefix('u').and_then(|rest| rest.get(..4))?;
    let marked = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    marked.filter(char::is_ascii_punctuation).map(|c| (c, 5))
}

/// Resolves `%2C`, and in form encoding `+`. What is then no UTF-8 stays as it is.
pub(super) fn decoded(text: &Text, plus: bool) -> Text {
    let bytes = text.value.as_bytes();
    let (mut out, mut list, mut at) =
        (Vec::with_capacity(bytes.len()), Vec::with_capacity(bytes.len() + 1), 0);
    while let Some(byte) = bytes.get(at).copied() {
        let digits = text
            .value
            .get(at + 1..at + 3)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let escaped =
            digits.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        list.push(u32::try_from(text.places.at(at)).unwrap_or(u32::MAX));
        out.push(match (escaped, byte) {
            (Some(byte), _) => byte,
            (None, b'+') if plus => b' ',
            (None, byte) => byte,
        });
        at += if escaped.is_some() { 3 } else { 1 };
    }
    list.push(u32::try_from(text.places.at(bytes.len())).unwrap_or(u32::MAX));
    match String::from_utf8(out) {
        Ok(value) => Text { value, places: Places::Each(list) },
        Err(_) => text.clone(),
    }
}
