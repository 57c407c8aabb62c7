//! Places between bytes, as the library counts, and UTF-16 units, as JavaScript does.

use tamis::Span;

use crate::shapes::Place;

/// The places of one text.
pub(crate) struct Units {
    /// UTF-16 units before each byte; empty when every character is one byte.
    before: Vec<u32>,
    len: u32,
}

impl Units {
    pub(crate) fn new(text: &str) -> Self {
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        if text.is_ascii() {
            return Units { before: Vec::new(), len };
        }
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut units = 0;
        for character in text.chars() {
            before.extend(std::iter::repeat_n(units, character.len_utf8()));
            units += if character.len_utf16() == 2 { 2 } else { 1 };
        }
        before.push(units);
        Units { before, len }
    }

    /// UTF-16 units before a byte.
    pub(crate) fn unit(&self, byte: u32) -> u32 {
        let byte = byte.min(self.len);
        if self.before.is_empty() {
            return byte;
        }
        let place = usize::try_from(byte).unwrap_or(usize::MAX);
        self.before.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        Place([self.unit(span.start), self.unit(span.end)])
    }

    /// The byte behind so many UTF-16 units; within a character, the byte before it.
    pub(crate) fn byte(&self, units: u32) -> usize {
        if self.before.is_empty() {
            return usize::try_from(units.min(self.len)).unwrap_or_default();
        }
        let behind = self.before.partition_point(|before| *before <= units).saturating_sub(1);
        // The first byte of the character.
        let here = self.before.get(behind).copied();
        self.before.partition_point(|before| Some(*before) < here)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::Units;
    use tamis::Positions;

    #[test]
    fn places_are_those_of_the_library() {
        for text in ["", "abc", "a = \"ä🦀\" and b", "🦀", "日本\n🦀x"] {
            let (units, places) = (Units::new(text), Positions::new(text));
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let unit = units.unit(u32::try_from(byte).unwrap());
                assert_eq!(unit as usize, places.utf16(byte), "{text:?} {byte}");
                assert_eq!(units.byte(unit), byte, "{text:?} {unit}");
            }
            for unit in 0..10 {
                assert_eq!(
                    units.byte(unit),
                    places.byte_of_utf16(unit as usize),
                    "{text:?} {unit}"
                );
            }
        }
    }
}
