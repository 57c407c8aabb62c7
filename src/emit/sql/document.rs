//! Tables of documents: one column holds whole records as JSON, and a field is asked for at the
//! path that its schema row gives.
//!
//! Law: a path says where lists stand; nothing is guessed.

use super::Form;
use super::dialect::{Cell, Condition, Typed};
use crate::schema::{Schema, Step};

/// The column that holds the records, where the form or the schema asks for such a table.
pub(super) fn column<'f>(form: &'f Form, schema: &'f Schema) -> Option<&'f str> {
    form.document.as_deref().or(schema.store.document.as_deref())
}

/// How an engine reads JSON documents, which are whole records in one column. A document in SQL is
/// that column, or [`Documents::element`].
///
/// It reads them as the matcher does (`docs/language.md`, 2.2): a value that is not of the type that
/// is asked for is NULL. A number may be written as a text that is wholly a JSON number, a text as
/// a whole number or a boolean; instants of the engine's own type are texts in RFC 3339, days texts
/// as well. One value where a list is asked for is a list of it.
pub trait Documents {
    /// The type of the column.
    fn column_type(&self) -> &'static str;
    /// What the column must fulfil besides its type.
    fn column_check(&self, column: &str) -> Option<String>;
    /// False where the engine cannot ask for a member of that name (not SQL).
    fn can_name(&self, member: &str) -> bool;
    /// What has to be known of the engine by whoever asks for such a member (not SQL).
    fn caution(&self, member: &str) -> Option<&'static str>;
    /// True when texts in RFC 3339 are read as instants of the engine's own type.
    fn reads_instants(&self) -> bool;
    /// What stands at a place of a document, as a value of its type; NULL when there is none. An
    /// empty way leads to the document itself.
    fn value(&self, document: &str, way: &[Step], kind: Scalar) -> String;
    /// The same for a value as [`super::Dialect::held`] compares it; `None` where the engine does not
    /// read such values as the matcher does.
    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String>;
    /// An element of a list, a document itself, within [`Documents::any`].
    fn element(&self) -> &'static str;
    /// Some element of the list at a place of a document fulfils a condition on
    /// [`Documents::element`].
    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition;
}

/// What a place of a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A text; also that of a whole number or a boolean.
    Text,
    /// The id of a key that stands alone: a text; also that of a whole number.
    Id,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// An instant of the engine's own type.
    Instant,
}

impl Scalar {
    /// What stands for values of a type, instants of the engine's own when they are `native`.
    pub(super) fn of(kind: Cell) -> Scalar {
        match kind {
            Cell::Instant => Scalar::Instant,
            Cell::Whole => Scalar::Number,
            Cell::Flag => Scalar::Flag,
            Cell::Text => Scalar::Text,
            Cell::Key => Scalar::Id,
        }
    }
}

/// Regular expressions that every engine reads, without backslashes: a whole number in digits.
pub(super) const WHOLE: &str = "^-?(0|[1-9][0-9]*)$";
/// A number as JSON writes it.
pub(super) const NUMBER: &str = "^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?$";
/// A decimal number as JSON writes it, with an exponent of at most three digits.
pub(super) const DECIMAL: &str = "^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?0*[0-9]{1,3})?$";
/// What is not among a number's digits. Without it, and without zeros at both ends, two numbers are
/// the same where one is the other, rounded to a place.
pub(super) const NO_DIGITS: &str = "[eE].*$|[-.]";
/// The most digits of a decimal number that is a number in JSON: every reader sees the same.
pub(super) const SHORT: usize = crate::value::SHORT_DIGITS;
/// The longest text of a decimal number.
pub(super) const LONGEST: usize = crate::value::LONGEST_TEXT;
/// A day that exists, in the years 1 to 9999. Its text has ten characters: `$` also matches before
/// a line break at the end in some engines.
pub(super) const DAY: &str = concat!(
    "^(([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))",
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)$"
);
/// A character that stands in no number. `$` also matches before a line break at the end in some
/// engines.
pub(super) const NO_NUMBER: &str = "[^-+.0-9eE]";
/// A day and time of day in RFC 3339 that exists, since some engines fail on any other.
pub(super) const INSTANT: &str = concat!(
    "^([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
    "|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)",
    "|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])",
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)",
    "[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?",
    "([Zz]|[-+](0[0-9]|1[0-4]):[0-5][0-9])$"
);

/// A place in a document as most engines write it, such as `$.items[0]."odd name"`.
pub(super) fn dollar_path(way: &[Step]) -> String {
    format!("${}", path(way, |name| format!(".\"{name}\"")))
}

/// The steps of a way: `.name[0]`. Names that are no plain words are written by `odd`.
pub(super) fn path(way: &[Step], odd: fn(&str) -> String) -> String {
    let leg = |step: &Step| match step {
        Step::Member(name) if is_plain(name) => format!(".{name}"),
        Step::Member(name) => odd(name),
        Step::Each => "[*]".to_owned(),
        Step::Element(number) => format!("[{number}]"),
    };
    way.iter().map(leg).collect()
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// True of names of which no writer of JSON escapes a character.
pub(super) fn is_never_escaped(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || " _-.:@$#".contains(c))
}

/// True of names that stand between quotation marks without escapes.
pub(super) fn needs_no_escape(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| matches!(c, '"' | '\\') || c.is_control())
}
