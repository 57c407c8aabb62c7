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
    in_units(field, schema, form, OF_TABLES)
}

fn in_units(
    field: &Field,
    schema: &Schema,
    form: &Form,
    units: &[TimeUnit],
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
                format!("say `unit = \"{}\"` in the schema, or ask for no other time", asked.name())
            } else {
                "ask for no other time".to_owned()
            },
        )),
        StoredTime::Number(_) if units.contains(&unit) => Ok(StoredTime::Number(unit)),
        StoredTime::Number(_) => Err(in_unit(field)),
    }
}

/// Where the engine's own type and ms alone are asked for.
pub(super) fn in_millis(field: &Field, schema: &Schema, form: &Form) -> Result<(), Refusal> {
    in_units(field, schema, form, &[TimeUnit::Millis]).map(|_| ())
}

fn in_unit(field: &Field) -> Refusal {
    Refusal::new(
        format!(
            "instants of `{}` that documents count in `{}`",
            field.name,
            field.recorded.unit.name()
        ),
        "a table with a column for each field can be asked, its time as `store.time` says",
    )
}
