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
}

impl<'t> Positions<'t> {
    /// Reads the line starts of a text once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let after = breaks.map(|(place, _)| u32::try_from(place + 1).unwrap_or(u32::MAX));
        Positions { text, line_starts: std::iter::once(0).chain(after).collect() }
    }

    /// UTF-16 units before a byte; a byte inside a character counts as its start.
    #[must_use]
    pub fn utf16(&self, byte: usize) -> usize {
        self.before(byte).encode_utf16().count()
    }

    /// The byte that stands after so many UTF-16 units; the text's end when there are fewer.
    #[must_use]
    pub fn byte_of_utf16(&self, units: usize) -> usize {
        let mut seen = 0;
        for (place, character) in self.text.char_indices() {
            if seen + character.len_utf16() > units {
                return place;
            }
            seen += character.len_utf16();
        }
        self.text.len()
    }

    /// Line and column of a byte.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let before = self.before(byte);
        let end = u32::try_from(before.len()).unwrap_or(u32::MAX);
        let line = self.line_starts.partition_point(|start| *start <= end).saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or_default() as usize;
        let column = before.get(start..).unwrap_or_default().encode_utf16().count();
        LineColumn {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// The byte at a line and column, clamped to the end of that line.
    #[must_use]
    pub fn byte_of(&self, place: LineColumn) -> usize {
        let Some(start) = self.line_starts.get(place.line as usize).copied() else {
            return self.text.len();
        };
        let line = self.text.get(start as usize..).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        start as usize + Positions::new(line).byte_of_utf16(place.column as usize)
    }

    fn before(&self, byte: usize) -> &'t str {
        let mut end = byte.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.get(..end).unwrap_or_default()
    }
}
