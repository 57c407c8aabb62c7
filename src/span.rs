//! Places in the source text: spans in bytes, and the one place where bytes become lines,
//! columns and UTF-16 units.
//!
//! Law: equality of spanned things ignores where they stand.

use std::fmt;

use serde::{Serialize, Serializer};

/// A half-open range of the source text, in bytes.
///
/// ```
/// use tamis::Span;
/// let span = Span::new(3, 5);
/// assert_eq!(span.of("ip = 1"), "= ");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A span of bytes; `end` is never before `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Span { start, end: end.max(start) }
    }

    /// The empty span at one place.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Span::new(place, place)
    }

    /// The span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span right behind this one.
    #[must_use]
    pub fn after(self) -> Span {
        Span { start: self.end, end: self.end }
    }

    /// The empty span right before this one.
    #[must_use]
    pub fn before(self) -> Span {
        Span { start: self.start, end: self.start }
    }

    /// The range of bytes.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// True when it covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text it covers; empty when the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The same span in a text that stands `by` bytes later.
    #[must_use]
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

/// A value and where it was written. Two are equal when their values are.
#[derive(Clone, Copy, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// Line and column of a place, both from 0; the column in UTF-16 units as editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 0.
    pub line: u32,
    /// UTF-16 units since the start of the line, from 0.
    pub column: u32,
}

/// Converts places of one text between bytes, UTF-16 units and lines with columns.
///
/// ```
/// use tamis::Positions;
/// let places = Positions::new("a = \"🦀\"\nb = 1");
/// assert_eq!(places.utf16(9), 7);            // the crab is 4 bytes, 2 UTF-16 units
/// assert_eq!(places.line_column(11).line, 1);
/// assert_eq!(places.byte_of_utf16(7), 9);
/// ```
#[derive(Clone, Debug)]
pub struct Positions<'t> {
    text: &'t str,
    line_starts: Vec<u32>,
    /// UTF-16 units before the character that holds each `STEP`th byte, so that nothing is counted
    /// from the start of a long line.
    units: Vec<u32>,
}

/// Bytes between two counts of UTF-16 units.
const STEP: usize = 256;

impl<'t> Positions<'t> {
    /// Reads the line starts of a text once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let after = breaks.map(|(place, _)| count(place + 1));
        let (mut units, mut seen) = (Vec::with_capacity(text.len() / STEP + 1), 0);
        for (place, character) in text.char_indices() {
            if place + character.len_utf8() > units.len() * STEP {
                units.push(count(seen));
            }
            seen += character.len_utf16();
        }
        Positions { text, line_starts: std::iter::once(0).chain(after).collect(), units }
    }

    /// UTF-16 units before a byte; a byte inside a character counts as its start.
    #[must_use]
    pub fn utf16(&self, byte: usize) -> usize {
        let end = self.text.floor_char_boundary(byte);
        let block = end / STEP;
        let Some(units) = self.units.get(block) else {
            // Only the end of a text can lie in a block that no character of it begins or fills.
            let (start, units) = self.last_block();
            return units + self.units_between(start, end);
        };
        *units as usize + self.units_between(self.text.floor_char_boundary(block * STEP), end)
    }

    /// The byte that stands after so many UTF-16 units; the text's end when there are fewer.
    #[must_use]
    pub fn byte_of_utf16(&self, units: usize) -> usize {
        let block = self.units.partition_point(|before| *before as usize <= units);
        let block = block.saturating_sub(1);
        let start = self.text.floor_char_boundary(block * STEP);
        let mut seen = self.units.get(block).copied().unwrap_or_default() as usize;
        for (place, character) in self.text.get(start..).unwrap_or_default().char_indices() {
            if seen + character.len_utf16() > units {
                return start + place;
            }
            seen += character.len_utf16();
        }
        self.text.len()
    }

    /// Line and column of a byte.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let end = count(self.text.floor_char_boundary(byte));
        let line = self.line_starts.partition_point(|start| *start <= end).saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or_default() as usize;
        let column = self.utf16(byte).saturating_sub(self.utf16(start));
        LineColumn { line: count(line), column: count(column) }
    }

    /// The byte at a line and column, clamped to the end of that line.
    #[must_use]
    pub fn byte_of(&self, place: LineColumn) -> usize {
        let line = place.line as usize;
        let Some(start) = self.line_starts.get(line).copied() else {
            return self.text.len();
        };
        let next = self.line_starts.get(line + 1).map(|next| *next as usize - 1);
        let units = self.utf16(start as usize).saturating_add(place.column as usize);
        self.byte_of_utf16(units).min(next.unwrap_or(self.text.len()))
    }

    /// Where the last counted block starts, and the units before it.
    fn last_block(&self) -> (usize, usize) {
        let block = self.units.len().saturating_sub(1);
        let units = self.units.last().copied().unwrap_or_default() as usize;
        (self.text.floor_char_boundary(block * STEP), units)
    }

    fn units_between(&self, start: usize, end: usize) -> usize {
        self.text.get(start..end).unwrap_or_default().encode_utf16().count()
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every place of texts whose characters lie across the counted blocks, the slow way and this.
    #[test]
    fn places_are_those_that_counting_from_the_start_gives() {
        for text in
            ["", "a", "🦀", "é\n", &"a🦀é\n€".repeat(200), &"🦀".repeat(300), &"x".repeat(512)]
        {
            let places = Positions::new(text);
            for byte in 0..=text.len() + 2 {
                let before = text.get(..text.floor_char_boundary(byte)).unwrap_or_default();
                let units = before.encode_utf16().count();
                assert_eq!(places.utf16(byte), units, "{byte} of {}", text.len());
                assert_eq!(places.byte_of_utf16(units), before.len());
                let line = before.matches('\n').count();
                let start = before.rfind('\n').map_or(0, |at| at + 1);
                let column = before.get(start..).unwrap_or_default().encode_utf16().count();
                let place = places.line_column(byte);
                assert_eq!((place.line as usize, place.column as usize), (line, column));
                assert_eq!(places.byte_of(place), before.len());
            }
        }
        let places = Positions::new("ab\n🦀c\n");
        assert_eq!(places.byte_of(LineColumn { line: 0, column: 9 }), 2);
        assert_eq!(places.byte_of(LineColumn { line: 1, column: 1 }), 3, "inside a pair");
        assert_eq!(places.byte_of(LineColumn { line: 9, column: 0 }), 9);
    }
}
