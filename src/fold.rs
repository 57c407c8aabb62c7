//! The foldings of case. Values are compared without that of ASCII letters, and of no others
//! (`docs/language.md`, 2.3, "Strings"); names and labels are looked up without that of any letter
//! (2.2, "Named values").

use std::borrow::Cow;

pub(crate) mod glob;

/// A name or a label without case. The two small forms of the Greek sigma are one letter, so that it
/// does not matter where in a word one stands.
pub(crate) fn caseless(text: &str) -> String {
    text.chars().flat_map(caseless_letter).collect()
}

/// One character of [`caseless`].
pub(crate) fn caseless_letter(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c })
}

/// Where a text is looked for in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Find {
    /// Anywhere in it.
    Inside,
    /// At its start.
    Start,
    /// At its end.
    End,
    /// Nowhere: the needle is a pattern, and the whole text fits it.
    Fits,
}

impl Find {
    /// True when `text` holds `needle` there.
    ///
    /// ```
    /// use tamis::fold::Find;
    /// assert!(Find::End.holds("report.DOCX", ".docx"));
    /// assert!(!Find::Start.holds("report.DOCX", ".docx"));
    /// assert!(Find::Fits.holds("report.DOCX", "r*.doc?"));
    /// ```
    #[must_use]
    pub fn holds(self, text: &str, needle: &str) -> bool {
        match self {
            Find::Inside => contains(text, needle),
            Find::Start => starts_with(text, needle),
            Find::End => ends_with(text, needle),
            Find::Fits => glob::fits(text, needle),
        }
    }

    /// True when every text that holds `needle` here holds `other` at the place `there`.
    ///
    /// ```
    /// use tamis::fold::Find;
    /// assert!(Find::Start.implies("admin", Find::Start, "ADM"));
    /// assert!(Find::Start.implies("admin", Find::Inside, "min"));
    /// assert!(!Find::Inside.implies("admin", Find::Start, "adm"));
    /// assert!(Find::Fits.implies("adm*n", Find::Start, "ADM"));
    /// ```
    #[must_use]
    pub fn implies(self, needle: &str, there: Find, other: &str) -> bool {
        match (self, there) {
            // A text contains whatever its parts contain.
            (Find::Inside | Find::Start | Find::End, Find::Inside) => contains(needle, other),
            (Find::Start, Find::Start) => starts_with(needle, other),
            (Find::End, Find::End) => ends_with(needle, other),
            (Find::Inside, Find::Start | Find::End)
            | (Find::Start, Find::End)
            | (Find::End, Find::Start) => false,
            (Find::Fits, _) | (_, Find::Fits) => {
                glob::covers(&there.pattern(other), &self.pattern(needle))
            }
        }
    }

    /// True when every text holds `needle` there.
    pub(crate) fn holds_always(self, needle: &str) -> bool {
        match self {
            Find::Inside | Find::Start | Find::End => needle.is_empty(),
            Find::Fits => glob::is_open(needle),
        }
    }

    /// The pattern that says the same.
    fn pattern(self, needle: &str) -> Cow<'_, str> {
        match self {
            Find::Inside => format!("*{}*", glob::literal(needle)).into(),
            Find::Start => format!("{}*", glob::literal(needle)).into(),
            Find::End => format!("*{}", glob::literal(needle)).into(),
            Find::Fits => needle.into(),
        }
    }
}

/// True when `text` contains `needle`.
///
/// ```
/// assert!(tamis::fold::contains("Mass DOWNLOAD", "down"));
/// assert!(!tamis::fold::contains("ÄRGER", "ärger"));
/// ```
#[must_use]
pub fn contains(text: &str, needle: &str) -> bool {
    let Some(first) = needle.bytes().next() else { return true };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    if needle.bytes().all(|byte| !byte.is_ascii_alphabetic()) {
        return text.contains(needle);
    }
    let starts = memchr::memchr2_iter(lower, upper, text.as_bytes());
    starts
        .into_iter()
        .any(|place| text.as_bytes().get(place..).is_some_and(|rest| begins(rest, needle)))
}

/// True when `text` starts with `needle`.
#[must_use]
pub fn starts_with(text: &str, needle: &str) -> bool {
    begins(text.as_bytes(), needle)
}

/// True when `text` ends with `needle`.
#[must_use]
pub fn ends_with(text: &str, needle: &str) -> bool {
    let from = text.len().checked_sub(needle.len());
    from.and_then(|from| text.as_bytes().get(from..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(needle.as_bytes()))
}

fn begins(text: &[u8], needle: &str) -> bool {
    text.get(..needle.len()).is_some_and(|head| head.eq_ignore_ascii_case(needle.as_bytes()))
}
