//! The table that fits a schema.
//!
//! Each column has its field's name in a comment. A field whose column is an expression has no
//! column of its own; fields that share one are named beside it.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::column::{Column, rival};
use super::dialect::{Dialect, Element};
use super::{Form, document, table};
use crate::quote::{is_invisible, quoted};
use crate::schema::{Field, Schema};
use crate::time::StoredTime;
use crate::value::{Cardinality, Type};

/// `CREATE TABLE`; `None` when there is no column, no way to write the table's name, or no type for
/// what would be asked of it.
pub(super) fn create(dialect: &dyn Dialect, schema: &Schema, form: &Form) -> Option<String> {
    let table = table(dialect, schema, form)?;
    let document = document::column(form, schema);
    let time = form.stored_time(schema);
    if has_instants(schema) && !keeps_instants(dialect, time, document) {
        return None;
    }
    let mut lines: Vec<(String, String)> = Vec::new();
    if let Some(name) = document {
        lines.push(whole_records(dialect, name)?);
    }
    let mut notes = String::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for field in schema.fields() {
        if document.is_some() && !Column::is_said(field, dialect) {
            continue;
        }
        let comment = comment(field, schema, dialect);
        let Column::Named(name) = Column::of(field, dialect) else {
            notes.push_str(&format!("-- {comment}: an expression of other columns\n"));
            continue;
        };
        if !dialect.can_name(&name) {
            notes.push_str(&format!("-- {comment}: there is no column of that name\n"));
            continue;
        }
        let key = shortened(&name, dialect.facts().longest_name);
        let next = lines.len();
        let line = *seen.entry(key).or_insert(next);
        match lines.get_mut(line) {
            Some((_, names)) => names.push_str(&format!(", {comment}")),
            None => match definition(dialect, &name, field, time) {
                Some(definition) => lines.push((definition, comment)),
                None => notes.push_str(&format!(
                    "-- {comment}: there is no column for such values of type {}\n",
                    field.kind
                )),
            },
        }
    }
    let last = lines.len().checked_sub(1)?;
    let mut out = format!("{notes}CREATE TABLE {table} (\n");
    for (place, (definition, names)) in lines.iter().enumerate() {
        let comma = if place < last { "," } else { "" };
        out.push_str(&format!("  {definition}{comma} -- {names}\n"));
    }
    out.push_str(&format!("){};\n", dialect.facts().table_options));
    Some(out)
}

fn has_instants(schema: &Schema) -> bool {
    schema.fields().iter().any(|field| field.kind == Type::Timestamp)
}

/// True when the engine stores instants so, or reads them so from its documents.
fn keeps_instants(dialect: &dyn Dialect, time: StoredTime, document: Option<&str>) -> bool {
    match (time, document) {
        (StoredTime::Number(_), _) | (StoredTime::Iso, None) => true,
        (StoredTime::Iso, Some(_)) => false,
        (StoredTime::Native, Some(_)) => {
            dialect.documents().is_some_and(|documents| documents.reads_instants())
        }
        (StoredTime::Native, None) => dialect.native_time().is_some(),
    }
}

/// The column of whole records and what is said of it; `None` when the engine reads none.
fn whole_records(dialect: &dyn Dialect, name: &str) -> Option<(String, String)> {
    let documents = dialect.documents().filter(|_| dialect.can_name(name))?;
    let column = dialect.identifier(name);
    let check = documents.column_check(&column).map(|check| format!(" CHECK ({check})"));
    let check = check.unwrap_or_default();
    let definition = format!("{column} {} NOT NULL{check}", documents.column_type());
    Some((definition, "a whole record as JSON".to_owned()))
}

/// The definition of a field's column; `None` where the engine holds no such values.
fn definition(
    dialect: &dyn Dialect,
    name: &str,
    field: &Field,
    time: StoredTime,
) -> Option<String> {
    let column = dialect.identifier(name);
    let kind = column_type(dialect, field, time)?;
    let filled = if field.cardinality == Cardinality::One { " NOT NULL" } else { "" };
    let check = dialect.column_check(&column, field).map(|check| format!(" CHECK ({check})"));
    Some(format!("{column} {kind}{filled}{}", check.unwrap_or_default()))
}

fn column_type(
    dialect: &dyn Dialect,
    field: &Field,
    time: StoredTime,
) -> Option<Cow<'static, str>> {
    let several = field.cardinality == Cardinality::Many;
    match Element::of(field, time) {
        Element::Cell(cell) => Some(dialect.column_type(cell, field.cardinality).into()),
        Element::Typed(typed) => {
            let held = dialect.held(typed)?;
            if several { held.list } else { Some(held.column) }
        }
    }
}

/// The field's name, escaped where it could leave its line: to Spark a backslash at the end of a
/// comment takes the next line in.
fn comment(field: &Field, schema: &Schema, dialect: &dyn Dialect) -> String {
    let plain = !field.name.contains(|c| is_invisible(c) || c == '\\');
    let name = if plain { field.name.clone() } else { quoted(&field.name) };
    match rival(field, schema, dialect) {
        Some(_) => format!("{name} (shares its column, so it cannot be asked for)"),
        None => name,
    }
}

fn shortened(name: &str, longest: usize) -> String {
    let folded = name.to_ascii_lowercase();
    let end = (0..=longest.min(folded.len())).rev().find(|end| folded.is_char_boundary(*end));
    folded.get(..end.unwrap_or_default()).unwrap_or_default().to_owned()
}
