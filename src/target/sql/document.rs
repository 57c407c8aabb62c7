//! Tables of documents: one column holds whole records as JSON, and a field is asked for at the
//! path that its schema row gives.
//!
//! Law: a path says where lists stand; nothing is guessed.

use super::Form;
use super::dialect::Test;
use crate::schema::{Schema, Step};
use crate::value::Type;

/// The column that holds the records, where the form or the schema asks for such a table.
pub(super) fn column<'f>(form: &'f Form, schema: &'f Schema) -> Option<&'f str> {
    form.document.as_deref().or(schema.store.document.as_deref())
}

/// How an engine reads JSON documents, which are whole records in one column. A document in SQL is
/// that column, or [`Documents::element`].
///
/// What stands at a place has to be of the type that is asked for, or null, or missing. Numbers
/// may be written as texts and texts as whole numbers; instants of the engine's own type are texts
/// in RFC 3339; a list may be missing or null.
pub trait Documents {
    /// The type of the column.
    fn column_type(&self) -> &'static str;
    /// What the column must fulfil besides its type.
    fn column_check(&self, column: &str) -> Option<String>;
    /// False where the engine cannot ask for a member of that name (not SQL).
    fn can_name(&self, member: &str) -> bool;
    /// True when texts in RFC 3339 are read as instants of the engine's own type.
    fn reads_instants(&self) -> bool;
    /// What stands at a place of a document, as a value of its type; NULL when there is none. An
    /// empty way leads to the document itself.
    fn value(&self, document: &str, way: &[Step], kind: Scalar) -> String;
    /// An element of a list, a document itself, within [`Documents::any`].
    fn element(&self) -> &'static str;
    /// Some element of the list at a place of a document fulfils a condition on
    /// [`Documents::element`].
    fn any(&self, document: &str, way: &[Step], condition: &str) -> Test;
}

/// What a place of a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// An instant of the engine's own type.
    Instant,
}

impl Scalar {
    /// What stands for values of a type, instants of the engine's own when they are `native`.
    pub(super) fn of(kind: Type, native: bool) -> Scalar {
        match kind {
            Type::Timestamp if native => Scalar::Instant,
            Type::Integer | Type::Timestamp => Scalar::Number,
            Type::Boolean => Scalar::Flag,
            Type::String | Type::EntityKey | Type::File | Type::Folder => Scalar::Text,
        }
    }
}

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

/// True of names that stand between quotation marks without escapes.
pub(super) fn needs_no_escape(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| matches!(c, '"' | '\\') || c.is_control())
}
