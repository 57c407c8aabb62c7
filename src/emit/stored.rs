//! How instants stand in documents.
//!
//! Law: numbers there count the unit of the field's row, whatever columns store. What is asked for
//! and is not so is refused.

use super::Form;
use super::formula::Refusal;
use crate::schema::{Field, Schema};
use crate::time::{StoredTime, TimeUnit};
use crate::value::Type;

/// Units of numbers that tables of documents are asked in. Of seconds, numbers with a fraction are values
/// too, and not every whole number is one.
const OF_TABLES: &[TimeUnit] = &[TimeUnit::Millis, TimeUnit::Micros, TimeUnit::Nanos];

/// How a field's instants stand in a table of documents.
pub(super) fn in_documents(
    field: &Field,
    schema: &Schema,
    form: &Form,
) -> Result<StoredTime, Refusal> {
    in_units(field, schema, form, OF_TABLES, IN_COLUMNS)
}

/// What works instead, in SQL and elsewhere.
const IN_COLUMNS: &str = "a table with a column for each field can hold them, as `store.time` says";
const AS_DATES: &str = "where documents hold dates, ask with `--time native`";

fn in_units(
    field: &Field,
    schema: &Schema,
    form: &Form,
    units: &[TimeUnit],
    instead: &'static str,
) -> Result<StoredTime, Refusal> {
    if field.kind != Type::Timestamp {
        return Ok(StoredTime::MILLIS);
    }
    let (name, unit) = (&field.name, field.recorded.unit);
    match form.stored_time(schema) {
        StoredTime::Native => Ok(StoredTime::Native),
        StoredTime::Iso => Err(Refusal::new(
            format!("instants of `{name}` that documents hold as ISO texts"),
            "documents can hold numbers in the unit of the row, or dates with `--time native`",
        )),
        StoredTime::Number(asked) if form.time.is_some() && asked != unit => Err(Refusal::new(
            format!(
                "instants of `{name}` in `{}`: its row says that documents count `{}`",
                asked.name(),
                unit.name()
            ),
            if units.contains(&asked) {
                format!(
                    "where documents count `{0}`, say `unit = \"{0}\"` in the schema; else ask for no \
                     other time",
                    asked.name()
                )
            } else {
                "ask for no other time".to_owned()
            },
        )),
        StoredTime::Number(_) if units.contains(&unit) => Ok(StoredTime::Number(unit)),
        StoredTime::Number(_) => Err(Refusal::new(
            format!("instants of `{name}` that documents count in `{}`", unit.name()),
            instead,
        )),
    }
}

/// Where the engine's own type and ms alone are asked for.
pub(super) fn in_millis(field: &Field, schema: &Schema, form: &Form) -> Result<(), Refusal> {
    in_units(field, schema, form, &[TimeUnit::Millis], AS_DATES).map(|_| ())
}
