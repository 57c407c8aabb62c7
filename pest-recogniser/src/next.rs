//! Sets of what can stand next in a text: one of 256 bytes, or the end.

/// The number that stands for the end of the text.
pub(crate) const END: usize = 256;

/// A set of bytes, and perhaps the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Next([bool; END + 1]);

impl Next {
    pub(crate) const NONE: Next = Next([false; END + 1]);
    pub(crate) const ALL: Next = Next([true; END + 1]);

    /// Those that a test holds of.
    pub(crate) fn of(test: impl Fn(usize) -> bool) -> Next {
        Next(std::array::from_fn(test))
    }

    pub(crate) fn end() -> Next {
        Next::of(|next| next == END)
    }

    /// All but the end.
    pub(crate) fn bytes() -> Next {
        Next::end().not()
    }

    pub(crate) fn byte(byte: u8) -> Next {
        Next::of(|next| next == usize::from(byte))
    }

    /// The first byte of a text; everything when the text is empty.
    pub(crate) fn first_of(text: &str) -> Next {
        text.bytes().next().map_or(Next::ALL, Next::byte)
    }

    /// The first byte of a text whose ASCII letters are large or small.
    pub(crate) fn first_of_either_case(text: &str) -> Next {
        let byte = |byte: u8| {
            Next::byte(byte.to_ascii_lowercase()).or(&Next::byte(byte.to_ascii_uppercase()))
        };
        text.bytes().next().map_or(Next::ALL, byte)
    }

    /// The first bytes of the characters of a range.
    pub(crate) fn first_in(from: char, to: char) -> Next {
        let (from, to) = (first_byte(from), first_byte(to));
        Next::of(|next| (from..=to).contains(&next))
    }

    pub(crate) fn has(&self, next: usize) -> bool {
        self.0.get(next).copied().unwrap_or(false)
    }

    pub(crate) fn or(&self, other: &Next) -> Next {
        Next::of(|next| self.has(next) || other.has(next))
    }

    pub(crate) fn and(&self, other: &Next) -> Next {
        Next::of(|next| self.has(next) && other.has(next))
    }

    pub(crate) fn not(&self) -> Next {
        Next::of(|next| !self.has(next))
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Next::NONE
    }

    pub(crate) fn is_within(&self, other: &Next) -> bool {
        self.and(&other.not()).is_empty()
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = usize> + '_ {
        (0..=END).filter(|next| self.has(*next))
    }

    pub(crate) fn len(&self) -> usize {
        self.members().count()
    }
}

fn first_byte(character: char) -> usize {
    let mut bytes = [0; 4];
    character.encode_utf8(&mut bytes).bytes().next().map_or(0, usize::from)
}
