//! The printed page of capabilities: what each target says of each operator and type, found by
//! asking the emitters. `docs/capabilities.md` holds it, and a test fails when the page differs.

use std::fmt::Write as _;

use crate::ops::{self, Op, Takes};
use crate::options::Options;
use crate::schema::Schema;
use crate::target::{self, Form, Target};
use crate::value::{TYPES, Type};

/// The page as Markdown.
///
/// ```
/// assert!(tamis::text::capabilities::print().contains("## SQLite"));
/// ```
#[must_use]
pub fn print() -> String {
    let mut out = HEAD.to_owned();
    // A schema of our own loads; were it not so, the page would differ and its test fail.
    if let Ok(schema) = Schema::from_toml(&probe()) {
        target::all().iter().for_each(|target| section(*target, &schema, &mut out));
    }
    out
}

const HEAD: &str = "# Capabilities\n\n\
Printed by asking the targets; `UPDATE_REFERENCE=1 cargo test --test docs` prints it anew.\n\n\
`yes`: the output selects exactly what the query means. `note`: so it does, with a warning that \
says what the engine needs. `one`: only where a field has at most one value. `no`: refused, with \
what would work instead. Empty: the operator means nothing for the type.\n";

/// One field of each type, with one value and with many, each in a column of the hunting table.
fn probe() -> String {
    let names: Vec<String> = ops::ALL.iter().map(|op| format!("\"{}\"", op.row().name)).collect();
    let operators = names.join(", ");
    let (mut columns, mut fields) = (String::new(), String::new());
    for (kind, name) in TYPES {
        for cardinality in CARDINALITIES {
            let field = field(*kind, cardinality);
            let column = if cardinality == "many" { "dynamic" } else { hunting_type(*kind) };
            // Writing to a string cannot fail.
            let _ = writeln!(columns, "{field} = \"{column}\"");
            let _ = write!(
                fields,
                "[[field]]\nname = \"{field}\"\ntype = \"{name}\"\n\
                 cardinality = \"{cardinality}\"\noperators = [{operators}]\n\
                 hunting = \"{field}\"\nhunting_certainty = \"documented\"\n"
            );
        }
    }
    format!("{HEADER}{columns}{fields}")
}

const HEADER: &str =
    "name = \"probe\"\ndescription = \"\"\n[hunting]\ntable = \"Probe\"\n[hunting.columns]\n";

fn hunting_type(kind: Type) -> &'static str {
    match kind {
        Type::String => "string",
        Type::Integer => "long",
        Type::Boolean => "bool",
        Type::Timestamp => "datetime",
        Type::EntityKey | Type::File | Type::Folder => "dynamic",
    }
}

const CARDINALITIES: [&str; 2] = ["optional", "many"];

fn field(kind: Type, cardinality: &str) -> String {
    format!("{}_{cardinality}", kind.name().replace(' ', "_"))
}

fn section(target: &dyn Target, schema: &Schema, out: &mut String) {
    let name = target.title().split(':').next().unwrap_or_default();
    let kinds: Vec<&str> = TYPES.iter().map(|(_, name)| *name).collect();
    let rule = "| --- ".repeat(kinds.len() + 1);
    let _ = write!(
        out,
        "\n## {name}\n\n`--to {}` {}.\n\n| operator | {} |\n{rule}|\n",
        target.name(),
        target.proof().title(),
        kinds.join(" | ")
    );
    for op in ops::ALL {
        let cells: Vec<&str> =
            TYPES.iter().map(|(kind, _)| cell(target, schema, *op, *kind)).collect();
        let _ = writeln!(out, "| `{}` | {} |", op.row().name, cells.join(" | "));
    }
}

/// What a target makes of a condition.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    /// The condition means nothing for the type.
    Untyped,
    Exact,
    Noted,
    Refused,
}

fn cell(target: &dyn Target, schema: &Schema, op: Op, kind: Type) -> &'static str {
    let [one, many] =
        CARDINALITIES.map(|cardinality| ask(target, schema, op, kind, &field(kind, cardinality)));
    match (one, many) {
        (Found::Untyped, _) => "",
        (Found::Exact, Found::Exact) => "yes",
        (Found::Refused, Found::Refused) => "no",
        (Found::Exact, Found::Refused | Found::Untyped) => "one",
        (Found::Exact | Found::Noted, Found::Noted) => "note",
        (Found::Noted | Found::Refused, _) => "note, or no",
    }
}

fn ask(target: &dyn Target, schema: &Schema, op: Op, kind: Type, field: &str) -> Found {
    let text = format!("{field} {} {}", op.row().name, operand(op, kind));
    let parsed = crate::syntax::parse(&text);
    let checked = crate::check::check(&parsed, schema, &Options::at(0));
    let Some(query) = checked.query else { return Found::Untyped };
    match target.emit(&query, &Form::default()) {
        Ok(emitted) if emitted.warnings.is_empty() => Found::Exact,
        Ok(_) => Found::Noted,
        Err(_) => Found::Refused,
    }
}

fn operand(op: Op, kind: Type) -> &'static str {
    match (op.row().takes, kind) {
        (Takes::Strings | Takes::String, _) => "a",
        (Takes::Flag, _) => "",
        (Takes::Days, _) => "7",
        (Takes::Day, _) => "2026-10-01",
        (Takes::Ranges, Type::Timestamp) => "2026-10-01..2026-10-08",
        (Takes::Ranges, _) => "1..2",
        (Takes::Values | Takes::Value, kind) => match kind {
            Type::String => "a",
            Type::Integer => "1",
            Type::Boolean => "true",
            Type::Timestamp => "2026-10-01T12:00:00Z",
            Type::EntityKey | Type::File | Type::Folder => "{ id: a }",
        },
    }
}
