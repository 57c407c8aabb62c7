//! How many bits the whole numbers of a schema have (`docs/language.md`, 2.2).

/// The width of whole numbers with a sign.
///
/// ```
/// use tamis::value::IntegerBits;
/// assert_eq!(IntegerBits::B32.last(), 2_147_483_647);
/// assert!(IntegerBits::B64.holds(i64::MIN));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IntegerBits {
    /// 32, as some APIs have.
    B32,
    /// 64.
    #[default]
    B64,
}

impl IntegerBits {
    /// How many they are.
    #[must_use]
    pub const fn count(self) -> usize {
        match self {
            IntegerBits::B32 => 32,
            IntegerBits::B64 => 64,
        }
    }

    /// The least number.
    #[must_use]
    pub const fn first(self) -> i64 {
        i64::MIN >> (64 - self.count())
    }

    /// The greatest number.
    #[must_use]
    pub const fn last(self) -> i64 {
        i64::MAX >> (64 - self.count())
    }

    /// True when the number fits.
    #[must_use]
    pub const fn holds(self, number: i64) -> bool {
        self.first() <= number && number <= self.last()
    }
}
