//! Which column or expression holds a field.
//!
//! A row's `columns` may name one for the dialect or for `sql` at large: a plain word is a
//! column's name and is quoted, anything else is an expression and is put in parentheses as it
//! stands. Without it the column is the field's name with `_` for `.`.
//!
//! Law: two fields that would meet in one column only because `.` became `_`, or because an
//! engine cuts names short or ignores their case, have no column that could be guessed.

use std::borrow::Cow;

use super::Dialect;
use crate::schema::{Field, Schema};

/// Where a field's values are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column<'f> {
    /// A column of this name.
    Named(Cow<'f, str>),
    /// An expression in SQL.
    Computed(&'f str),
}

impl<'f> Column<'f> {
    pub(super) fn of(field: &'f Field, dialect: &dyn Dialect) -> Column<'f> {
        match chosen(field, dialect) {
            None => Column::Named(default_name(&field.name)),
            Some(text) if is_word(text) => Column::Named(text.into()),
            Some(text) => Column::Computed(text),
        }
    }

    /// True when the row says where it is.
    pub(super) fn is_said(field: &Field, dialect: &dyn Dialect) -> bool {
        chosen(field, dialect).is_some()
    }

    /// It in SQL.
    pub(super) fn sql(&self, dialect: &dyn Dialect) -> String {
        match self {
            Column::Named(name) => dialect.identifier(name),
            Column::Computed(text) => format!("({text})"),
        }
    }
}

/// What the row says: for the dialect, for one of its other names, or for all of SQL.
pub(super) fn chosen<'f>(field: &'f Field, dialect: &dyn Dialect) -> Option<&'f str> {
    let names = std::iter::once(dialect.facts().name)
        .chain(dialect.facts().aliases.iter().copied())
        .chain(["sql"]);
    let named =
        |name: &str| field.columns.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    names.into_iter().find_map(named).map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The name of a column or table without the dots.
pub(super) fn default_name(name: &str) -> Cow<'_, str> {
    if name.contains('.') { name.replace('.', "_").into() } else { name.into() }
}

/// Another field that has the same column by default.
pub(super) fn rival<'s>(
    field: &Field,
    schema: &'s Schema,
    dialect: &dyn Dialect,
) -> Option<&'s Field> {
    if schema.tells_apart(dialect.facts().longest_name) || chosen(field, dialect).is_some() {
        return None;
    }
    let same = |other: &&Field| meets(&field.name, &other.name, dialect.facts().longest_name);
    let mut others = schema.fields().iter().filter(same);
    others.find(|other| other.id != field.id && chosen(other, dialect).is_none())
}

fn meets(a: &str, b: &str, longest: usize) -> bool {
    let plain = |byte: u8| if byte == b'.' { b'_' } else { byte.to_ascii_lowercase() };
    a.len().min(longest) == b.len().min(longest)
        && a.bytes().zip(b.bytes()).take(longest).all(|(a, b)| plain(a) == plain(b))
}
