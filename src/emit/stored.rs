//! How instants stand in documents.
//!
//! Law: numbers there count the unit of the field's row, whatever columns store. What is asked for
//! and is not so is refused.

use super::Form;
use super::formula::Refusal;
use crate::schema::{Field, Schema};
use crate::time::{StoredTime, TimeUnit};
use crate::value::Type;

/// How a field's instants stand in documents.
pub(super) fn in_documents(
    field: &Field,
    schema: &Schema,
    form: &Form,
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
            format!("say `unit = \"{}\"` in the schema, or ask for no other time", asked.name()),
        )),
        // Numbers with a fraction are values too, and not every whole number is one.
        StoredTime::Number(_) if unit == TimeUnit::Seconds => Err(in_unit(field)),
        StoredTime::Number(_) => Ok(StoredTime::Number(unit)),
    }
}

/// Where the engine's own type and ms alone are asked for.
pub(super) fn in_millis(field: &Field, schema: &Schema, form: &Form) -> Result<(), Refusal> {
    match in_documents(field, schema, form)? {
        StoredTime::MILLIS | StoredTime::Native => Ok(()),
        StoredTime::Number(_) | StoredTime::Iso => Err(in_unit(field)),
    }
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
