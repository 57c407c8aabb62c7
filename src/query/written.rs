//! How the named values of a query were written, where the API takes another value than records
//! hold. Everything else in a query holds the values of records.

use std::borrow::Cow;
use std::sync::Arc;

use super::spell::{Entry, Operand};
use crate::schema::{Field, FieldId};
use crate::table::Table;
use crate::value::Value;

/// The written forms, by field and the value that records hold. Where a query writes a value in
/// several forms, the first counts for all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written(Arc<Table<(FieldId, Value), Value>>);

impl Written {
    pub(crate) fn new(forms: Table<(FieldId, Value), Value>) -> Self {
        Written(Arc::new(forms))
    }

    /// The value that is sent to the API: as it was written, else the API's own form.
    pub(crate) fn sent<'v>(&'v self, field: &'v Field, value: &'v Value) -> Cow<'v, Value> {
        let Some(named) = field.values.as_ref().and_then(|values| values.of(value)) else {
            return Cow::Borrowed(value);
        };
        if named.api.is_none() {
            return Cow::Borrowed(value);
        }
        let written = self.0.get(&(field.id, value.clone()));
        Cow::Borrowed(written.unwrap_or(named.sent()))
    }

    /// An entry with the values that are sent to the API.
    pub(crate) fn sent_entry(&self, field: &Field, entry: &Entry) -> Entry {
        let operand = match &entry.operand {
            Operand::Values(list) => Operand::Values(
                list.iter().map(|value| self.sent(field, value).into_owned()).collect(),
            ),
            operand @ (Operand::Strings(_)
            | Operand::Ranges(_)
            | Operand::Bool(_)
            | Operand::One(_)
            | Operand::Text(_)) => operand.clone(),
        };
        Entry { operator: entry.operator.clone(), operand }
    }
}
