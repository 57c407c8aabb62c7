//! Schema files and published tables.

use super::{Diagnostic, Span, suggest, wording};
use crate::value::TYPES;

pub(crate) fn unknown_schema<'n>(
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::say(Span::at(0), wording::unknown_schema(name));
    suggest(found, name, Span::at(0), names, wording::schemas_are, str::to_owned)
}

pub(crate) fn schema_syntax(place: Span, message: &str) -> Diagnostic {
    let line = message.lines().collect::<Vec<_>>().join(", ");
    Diagnostic::say(place, wording::schema_syntax(&line))
}

pub(crate) fn schema_meaning(place: Span, message: String) -> Diagnostic {
    Diagnostic::say(place, wording::schema_meaning(&message))
}

/// An operator that is very like another one.
pub(crate) fn operator_slip(place: Span, name: &str, near: &str) -> Diagnostic {
    Diagnostic::say(place, wording::operator_slip(name, near))
}

pub(crate) fn operator_undeclared(place: Span, name: &str) -> Diagnostic {
    Diagnostic::say(place, wording::operator_undeclared(name))
}

/// A key that is called or placed otherwise now.
pub(crate) fn schema_old(place: Span, key: &str, instead: &str) -> Diagnostic {
    Diagnostic::say(place, wording::schema_old(key, instead))
}

pub(crate) fn unknown_type(place: Span, name: &str) -> Diagnostic {
    let types: Vec<&str> = TYPES.iter().map(|(_, name)| *name).collect();
    Diagnostic::say(place, wording::unknown_type(name, &types))
}

pub(crate) fn table_open(place: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::say(place, wording::table_open(&message, help))
}

pub(crate) fn no_table(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::no_table())
}
