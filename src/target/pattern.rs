//! Regular expressions that mean the same to PCRE and to ECMAScript.
//!
//! Letters stand as `[aA]`, since the engines' own ways to ignore case fold more than ASCII, and
//! ends as `(?![\s\S])`, since `$` may stand before a last line break.

use crate::fold::Find;

/// Matches texts that hold the needle at that place, ASCII letters in any case.
pub(super) fn find(how: Find, needle: &str) -> String {
    match how {
        Find::Inside => folded(needle),
        Find::Start => format!("^{}", folded(needle)),
        Find::End => format!("{}{END}", folded(needle)),
    }
}

/// Matches the text, ASCII letters in any case.
pub(super) fn whole(text: &str) -> String {
    format!("^{}{END}", folded(text))
}

const END: &str = r"(?![\s\S])";

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(4 * text.len());
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            out.extend(['[', c.to_ascii_lowercase(), c.to_ascii_uppercase(), ']']);
            continue;
        }
        if r"\^$.|?*+()[]{}/".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
