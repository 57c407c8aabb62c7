//! The `filters` object: field, operator, operand, in the order of the query.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::query::Query;
use crate::query::spell::{Entry, Operand};
use crate::schema::{Field, FieldId};
use crate::value::Value;

/// The `filters` of one request. All its entries have to hold; it serialises to the API's JSON.
///
/// ```
/// use tamis::{Options, Schema, target::Output};
/// let schema = Schema::builtin("activities")?;
/// let compiled = tamis::compile("not ip.address starts with 10.", schema, "api", &Options::at(0));
/// let Ok(Output::Api(request)) = compiled.map(|compiled| compiled.output) else { panic!() };
/// assert_eq!(request.filters.fields().collect::<Vec<_>>(), ["ip.address"]);
/// assert_eq!(
///     serde_json::to_string(&request.filters).unwrap(),
///     r#"{"ip.address":{"doesnotstartwith":["10."]}}"#
/// );
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    fields: Vec<Operators>,
}

/// The operators of one field.
#[derive(Clone, Debug, PartialEq)]
struct Operators {
    field: FieldId,
    name: String,
    entries: Vec<(Cow<'static, str>, Operand)>,
}

impl Filters {
    /// The names of the fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }

    /// Adds an entry; false when the field has its operator already. Entries of one field come
    /// one after the other, as the normal form puts its atoms.
    pub(super) fn add(&mut self, field: &Field, entry: Entry) -> bool {
        match self.fields.last_mut().filter(|last| last.field == field.id) {
            Some(last) if last.entries.iter().any(|(operator, _)| *operator == entry.operator) => {
                return false;
            }
            Some(last) => last.entries.push((entry.operator, entry.operand)),
            None => {
                let entries = vec![(entry.operator, entry.operand)];
                self.fields.push(Operators { field: field.id, name: field.name.clone(), entries });
            }
        }
        true
    }

    /// The filters with named values as the API takes them.
    pub(super) fn sent(mut self, query: &Query<'_>) -> Filters {
        for operators in &mut self.fields {
            let Some(field) = query.schema().fields().get(operators.field.index()) else {
                continue;
            };
            for (operator, operand) in &mut operators.entries {
                let entry = Entry { operator: operator.clone(), operand: operand.clone() };
                *operand = query.written().sent_entry(field, &entry).operand;
            }
        }
        self
    }
}

impl Serialize for Filters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.fields.iter().map(|field| (&field.name, field)))
    }
}

impl Serialize for Operators {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.entries.len()))?;
        for (operator, operand) in &self.entries {
            map.serialize_entry(operator, &Shape(operand))?;
        }
        map.end()
    }
}

/// An operand as the API wants it (`docs/api.md`, 2).
struct Shape<'o>(&'o Operand);

impl Serialize for Shape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Operand::Values(list) => serializer.collect_seq(list.iter()),
            Operand::Strings(list) => serializer.collect_seq(list.iter()),
            Operand::Ranges(list) => {
                let mut seq = serializer.serialize_seq(Some(list.len()))?;
                for (start, end) in list {
                    seq.serialize_element(&Ends { start, end })?;
                }
                seq.end()
            }
            Operand::Bool(value) => serializer.serialize_bool(*value),
            Operand::One(value) => value.serialize(serializer),
            Operand::Text(text) => serializer.serialize_str(text),
        }
    }
}

#[derive(serde::Serialize)]
struct Ends<'e> {
    start: &'e Value,
    end: &'e Value,
}
