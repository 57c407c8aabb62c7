//! Patterns of other languages as those of `matches`.

use crate::fold::glob::literal;

/// A pattern of `LIKE`: `%` is any run, `_` any one, and the character behind the escape itself.
/// `None` where engines read it in different ways.
pub(super) fn from_like(pattern: &str, escape: Option<&str>) -> Option<String> {
    let escape = match escape {
        None => Some('\\'),
        Some(text) => {
            let mut chars = text.chars();
            let first = chars.next();
            chars.next().is_none().then_some(())?;
            first
        }
    };
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            c if Some(c) == escape => {
                let own =
                    chars.next().filter(|own| ['%', '_'].contains(own) || Some(*own) == escape)?;
                out.push_str(&literal(own.encode_utf8(&mut [0; 4])));
            }
            '%' => out.push('*'),
            '_' => out.push('?'),
            // A class of SQL Server.
            '[' => return None,
            c => out.push_str(&literal(c.encode_utf8(&mut [0; 4]))),
        }
    }
    Some(out)
}

/// A regular expression of characters, `.`, `.*` and `.+`, with or without anchors.
pub(super) fn from_regex(regex: &str) -> Option<String> {
    let (start, inner) = match regex.strip_prefix('^') {
        Some(inner) => ("", inner),
        None => ("*", regex),
    };
    let mut out = start.to_owned();
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '$' if chars.peek().is_none() => return Some(out),
            '.' if chars.next_if_eq(&'*').is_some() => out.push('*'),
            '.' if chars.next_if_eq(&'+').is_some() => out.push_str("?*"),
            '.' => out.push('?'),
            '\\' => {
                let own = chars.next().filter(char::is_ascii_punctuation)?;
                out.push_str(&literal(own.encode_utf8(&mut [0; 4])));
            }
            '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => return None,
            c => out.push_str(&literal(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out.push('*');
    Some(out)
}
