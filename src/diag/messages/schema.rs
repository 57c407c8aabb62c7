//! Schema files and published tables.

use super::{Code, Diagnostic, Span, one_of, shown, suggest};
use crate::value::TYPES;

pub(crate) fn unknown_schema<'n>(
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::new(
        Code::UnknownSchema,
        Span::at(0),
        format!("there is no schema {}", shown(name)),
    );
    suggest(found, name, Span::at(0), names, "schemas are", str::to_owned)
}

pub(crate) fn schema_syntax(place: Span, message: &str) -> Diagnostic {
    let line = message.lines().collect::<Vec<_>>().join(", ");
    Diagnostic::new(Code::SchemaSyntax, place, line)
}

pub(crate) fn schema_meaning(place: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::SchemaMeaning, place, message)
}

pub(crate) fn unknown_type(place: Span, name: &str) -> Diagnostic {
    let message = format!("{} is no type", shown(name));
    let types = one_of(TYPES.iter().map(|(_, name)| *name));
    Diagnostic::new(Code::SchemaMeaning, place, message).help(format!("types are {types}"))
}

pub(crate) fn table_open(place: Span, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::TableOpen, place, message).help(help)
}

pub(crate) fn no_table(place: Span) -> Diagnostic {
    Diagnostic::new(Code::SchemaSyntax, place, "no filter table was found in this text")
        .help("a table begins with the line `Filter Type Operators Description`, or with the same names between `|`")
}
