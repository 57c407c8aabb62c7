//! Regular expressions that mean the same to PCRE and to ECMAScript, but that `[\s\S]` is a unit of
//! UTF-16 to the latter without its flag `u`; and patterns as expressions of any engine.
//!
//! Letters stand as `[aA]`, since the engines' own ways to ignore case fold more than ASCII, and
//! ends as `(?![\s\S])`, since `$` may stand before a last line break.

use crate::fold::Find;
use crate::fold::glob::{self, Piece};

/// Matches texts that hold the needle at that place, ASCII letters in any case.
pub(super) fn find(how: Find, needle: &str) -> String {
    match how {
        Find::Inside => folded(needle),
        Find::Start => format!("^{}", folded(needle)),
        Find::End => format!("{}{END}", folded(needle)),
        Find::Fits => format!("^{}{END}", fits(needle, r"[\s\S]", ["", ""], either)),
    }
}

/// How expressions say that nothing before their end is tried again.
pub(super) const ATOMIC: [&str; 2] = ["(?>", ")"];

/// Between the start and the end of an expression, what matches texts that fit a pattern. `one`
/// matches any character, line breaks too.
///
/// What stands behind a run is at the first place where it can be, up to the last run: nothing
/// before that has to be tried again, which engines that would are told by `once`.
pub(super) fn fits(
    pattern: &str,
    one: &str,
    once: [&str; 2],
    letter: fn(char, &mut String),
) -> String {
    let mut chunks = vec![String::new()];
    for piece in glob::pieces(pattern) {
        match (piece, chunks.last_mut()) {
            (Piece::Run, _) => chunks.push(String::new()),
            (Piece::One, Some(chunk)) => chunk.push_str(one),
            (Piece::Itself(c), Some(chunk)) => letter(c, chunk),
            (Piece::One | Piece::Itself(_), None) => {}
        }
    }
    let last = chunks.len() - 1;
    let [open, close] = once;
    let mut out = String::new();
    for (place, chunk) in chunks.iter().enumerate() {
        match place {
            0 => out.push_str(chunk),
            _ if place == last => out.extend([one, "*", chunk]),
            _ => out.extend([open, one, "*?", chunk, close]),
        }
    }
    out
}

/// Matches the text, ASCII letters in any case.
pub(super) fn whole(text: &str) -> String {
    format!("^{}{END}", folded(text))
}

const END: &str = r"(?![\s\S])";

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(4 * text.len());
    text.chars().for_each(|c| either(c, &mut out));
    out
}

/// A character; a letter in either case.
pub(super) fn either(c: char, out: &mut String) {
    if c.is_ascii_alphabetic() {
        out.extend(['[', c.to_ascii_lowercase(), c.to_ascii_uppercase(), ']']);
        return;
    }
    lower(c, out);
}

/// A character; a letter in lower case, for texts that are.
pub(super) fn lower(c: char, out: &mut String) {
    if r"\^$.|?*+()[]{}/".contains(c) {
        out.push('\\');
    }
    out.push(c.to_ascii_lowercase());
}
