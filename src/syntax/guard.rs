//! What is refused before the grammar is asked, which says no more than yes or no: texts that are
//! too long, nested too deeply for the stack, or made to be scanned over and over.

use super::grammar::DEEPEST;
use crate::diag::{Diagnostic, messages};
use crate::limits::Limits;
use crate::quote::is_bare;
use crate::span::Span;

/// Quoted texts without an end that are looked for before giving up: finding that there is no end
/// reads to the end of the text, and an honest text lacks at most one end for each quotation mark.
const OPEN_STRINGS: usize = 8;

/// Why a text is not parsed at all.
pub(super) fn refuse(text: &str, limits: &Limits) -> Option<Diagnostic> {
    if text.len() > limits.query_bytes.min(u32::MAX as usize - 1) {
        return Some(messages::query_too_long(text.len(), limits.query_bytes));
    }
    let depth = limits.depth.min(DEEPEST as usize);
    let opening = text.bytes().filter(|byte| matches!(byte, b'(' | b'{')).count();
    let quotes = memchr::memchr2(b'"', b'\'', text.as_bytes()).is_some();
    let escapes = quotes && text.contains('\\');
    if opening <= depth && !escapes {
        return None;
    }
    walk(text, depth)
}

/// Walks over the marks and finds what is too deep or never ends.
fn walk(text: &str, depth: usize) -> Option<Diagnostic> {
    let (mut parentheses, mut braces, mut unclosed) = (0_usize, 0_usize, 0_usize);
    let mut found = None;
    marks(text, &mut |place, byte| {
        match byte {
            b'(' => parentheses += 1,
            b'{' => braces += 1,
            b')' => parentheses = parentheses.saturating_sub(1),
            b'}' => braces = braces.saturating_sub(1),
            b'"' | b'\'' => unclosed += 1,
            _ => {}
        }
        if unclosed > OPEN_STRINGS {
            let span = Span::new(place, line_end(text, place));
            found = Some(messages::unterminated_string(span, char::from(byte), ""));
        } else if parentheses + braces > depth {
            found = Some(messages::too_deep(Span::new(place, place + 1), depth));
        }
        found.is_none()
    });
    found
}

/// Visits the brackets of a text and the quotation marks that begin a text without an end, as long
/// as the visitor says so. Quoted texts and comments hide what is in them, as in the grammar.
pub(super) fn marks(text: &str, visit: &mut dyn FnMut(usize, u8) -> bool) {
    let mut token_start = true;
    let mut place = 0;
    while let Some(byte) = text.as_bytes().get(place).copied() {
        let mut next = place + 1;
        let mut seen = matches!(byte, b'(' | b')' | b'[' | b']' | b'{' | b'}');
        if matches!(byte, b'"' | b'\'') {
            let end = string_end(text, place, byte);
            seen = end.is_none();
            next = end.unwrap_or_else(|| line_end(text, place));
        } else if byte == b'#' && token_start {
            next = line_end(text, place);
        }
        if seen && !visit(place, byte) {
            return;
        }
        token_start = !is_bare(char::from(byte)) && byte != b'#' && byte.is_ascii();
        place = next;
    }
}

/// Where a quoted text ends, its mark included.
fn string_end(text: &str, start: usize, mark: u8) -> Option<usize> {
    let mut place = start + 1;
    loop {
        let rest = text.as_bytes().get(place..)?;
        let found = place + memchr::memchr2(mark, b'\\', rest)?;
        if text.as_bytes().get(found) == Some(&mark) {
            return Some(found + 1);
        }
        let escaped = text.get(found + 1..)?.chars().next()?;
        place = found + 1 + escaped.len_utf8();
    }
}

fn line_end(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |at| from + at)
}
