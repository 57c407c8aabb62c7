//! An example of a condition, from the schema at hand.

use super::operators::allows;
use crate::ops::Op;
use crate::quote::{quote, quote_name};
use crate::schema::{Field, Schema};
use crate::value::Type;

/// A condition on a field of the schema, for messages that show how one is written: on the first
/// field with a named value that needs no quotes, else on the first field whose value is easily
/// written. `None` when no field can be compared by `=`.
pub(super) fn condition(schema: &Schema) -> Option<String> {
    let fields = || schema.fields().iter().filter(|field| allows(field, Op::Eq));
    let (field, value) = fields()
        .find_map(|field| Some((field, named(field)?)))
        .or_else(|| fields().find_map(|field| Some((field, plain(field)?))))?;
    Some(format!("{} {} {value}", quote_name(&field.name), Op::Eq.canonical()))
}

fn named(field: &Field) -> Option<String> {
    let values = field.values.as_ref()?;
    let labels = values.named.iter().map(|named| named.label.as_str());
    labels.filter(|label| quote(label) == *label).map(str::to_owned).next()
}

fn plain(field: &Field) -> Option<String> {
    match field.kind {
        Type::Boolean => Some("true".to_owned()),
        Type::Integer | Type::Double | Type::Decimal => Some("7".to_owned()),
        Type::String => Some("\"…\"".to_owned()),
        Type::Timestamp | Type::Date | Type::EntityKey | Type::File | Type::Folder => None,
    }
}
