//! Schemas: the table that a query is checked against. One row a field.

mod builtin;
pub mod import;
mod load;
mod record;
mod rows;

use hashbrown::HashMap;
use serde::Deserialize;

use crate::ops::Op;
use crate::time::WeekStart;
use crate::value::{Cardinality, Type, Value};
pub use builtin::{BUILTIN, Builtin};
pub use record::{RecordKey, RecordPath, Step};

/// A table of filters, loaded from TOML.
///
/// ```
/// use tamis::Schema;
/// let schema = Schema::builtin("activities").unwrap();
/// assert_eq!(schema.fields().len(), 33);
/// assert_eq!(schema.field("IP.Category").unwrap().name, "ip.category");
/// ```
#[derive(Clone, Debug)]
pub struct Schema {
    /// Name, as in `--schema activities`.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What the records are.
    pub description: String,
    /// Where the table is published.
    pub source: String,
    /// Path of the API's endpoint.
    pub endpoint: Option<String>,
    /// The record member that identifies a record.
    pub key: String,
    /// What can be sorted by.
    pub sort: Sort,
    /// Sizes of a response page.
    pub page: Option<Page>,
    /// The day that weeks begin with: `this week` in a query.
    pub week_start: WeekStart,
    /// The table of the hunting language (KQL) that holds the same records.
    pub hunting: Option<Hunting>,
    /// How databases hold the records.
    pub store: Store,
    fields: Vec<Field>,
    names: HashMap<String, FieldId>,
    /// Length in bytes of the longest field name; `None` when two names are one with `_` for `.`.
    told_apart: Option<usize>,
}

/// The place of a field in its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(u16);

impl FieldId {
    /// The place, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// What records can be sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// What the API sorts by when nothing is said.
    pub default: Option<String>,
    /// Names that may stand after `order by`.
    pub fields: Vec<String>,
}

/// Sizes of a response page, in records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// When nothing is said.
    pub default: u32,
    /// The most a request may ask for.
    pub largest: u32,
}

/// A hunting table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunting {
    /// Its name.
    pub table: String,
    /// Columns and their types, in the table's order.
    pub columns: Vec<(String, String)>,
    /// Where this is published.
    pub source: String,
}

/// How databases hold the records, where nothing else is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Store {
    /// The table's name; by default the schema's.
    pub table: Option<String>,
    /// Timestamps are of the engine's own type, not numbers of ms.
    pub native_time: bool,
    /// The one column of an SQL table that holds whole records as JSON; without it a field has a
    /// column.
    pub document: Option<String>,
}

/// How sure a fact is that no publication states outright (api.md section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Both sides are documented with the same meaning.
    Documented,
    /// Follows from published sample records.
    Observed,
    /// A guess.
    Guess,
}

/// One row of a schema: a field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its place in the table.
    pub id: FieldId,
    /// Name, as the API spells it.
    pub name: String,
    /// Names that were or are used for the same field.
    pub aliases: Vec<String>,
    /// Type of its values.
    pub kind: Type,
    /// How many values it can have.
    pub cardinality: Cardinality,
    /// Operators of the language that the row lists, in its order.
    pub operators: Vec<Op>,
    /// Operators that only this row knows; they pass through to the API.
    pub own_operators: Vec<String>,
    /// Named values.
    pub values: Option<Values>,
    /// True when `eq` and `neq` ignore the case of ASCII letters.
    pub ignores_case: bool,
    /// True when its values are IP addresses, so that networks can be derived.
    pub is_address: bool,
    /// Where it stands in a record; several paths feed one set of values.
    pub record: Vec<RecordPath>,
    /// How sure the record path is.
    pub record_certainty: Certainty,
    /// Names of the members `id`, `saas` and `inst` in a record's key objects.
    pub record_key: RecordKey,
    /// The hunting column.
    pub hunting: Option<Column>,
    /// Column or expression for SQL by dialect name; `sql` is for all of them.
    pub columns: Vec<(String, String)>,
    /// What it is, for people.
    pub description: String,
    /// Where the row's facts come from.
    pub source: String,
}

/// A hunting column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// How sure the pairing is.
    pub certainty: Certainty,
    /// True when it holds labels instead of wire values.
    pub labels: bool,
    /// How sure it is that it holds them.
    pub values_certainty: Certainty,
}

impl Column {
    /// True when that it holds labels is a guess.
    pub(crate) fn guesses_labels(&self) -> bool {
        self.labels && self.values_certainty == Certainty::Guess
    }
}

/// The named values of a field.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// In the table's order.
    pub named: Vec<Named>,
    /// True when other values of the type are accepted too.
    pub open: bool,
    by_label: HashMap<String, Vec<usize>>,
    clear: bool,
}

/// A value with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The wire value.
    pub value: Value,
    /// The label.
    pub label: String,
    /// Further labels.
    pub also: Vec<String>,
}

impl Values {
    pub(crate) fn new(named: Vec<Named>, open: bool) -> Self {
        let mut by_label: HashMap<String, Vec<usize>> = HashMap::with_capacity(2 * named.len());
        for (place, value) in named.iter().enumerate() {
            let wire = (value.value != Value::Null).then(|| value.value.to_string());
            let labels = std::iter::once(&value.label).chain(&value.also).chain(&wire);
            for label in labels {
                let places = by_label.entry(fold_label(label)).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        let clear = by_label.values().all(|places| places.len() == 1);
        Values { named, open, by_label, clear }
    }

    /// True when no label means several values.
    pub(crate) fn is_clear(&self) -> bool {
        self.clear
    }

    /// The values that a text can mean, by label or wire form, without regard to case, spaces,
    /// `_` and `-`.
    pub fn meant_by(&self, text: &str) -> impl Iterator<Item = &Named> {
        let places = self.by_label.get(fold_label(text).as_str()).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.named.get(*place))
    }

    /// The value with that wire form.
    #[must_use]
    pub fn of(&self, value: &Value) -> Option<&Named> {
        self.named.iter().find(|named| named.value == *value)
    }

    /// True when `null` is one of them.
    #[must_use]
    pub fn has_null(&self) -> bool {
        self.named.iter().any(|named| named.value == Value::Null)
    }
}

/// A label without case, spaces, `_` and `-`.
pub(crate) fn fold_label(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_ascii_lowercase();
    }
    text.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}

impl Field {
    /// True when the row lists the operator.
    #[must_use]
    pub fn lists(&self, op: Op) -> bool {
        self.operators.contains(&op)
    }

    /// True when the operator is one that only this row knows.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.own_operators.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// True when `null` can be said: it is a named value.
    #[must_use]
    pub fn names_null(&self) -> bool {
        self.values.as_ref().is_some_and(Values::has_null)
    }

    /// True when the field never has two values in one record.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.cardinality != Cardinality::Many
    }

    /// Names of all operators of the row, in its order.
    pub fn operator_names(&self) -> impl Iterator<Item = &str> {
        let own = self.own_operators.iter().map(String::as_str);
        self.operators.iter().map(|op| op.row().name).chain(own)
    }
}

impl Schema {
    /// A shipped schema by name: see [`BUILTIN`].
    ///
    /// # Errors
    /// A diagnostic that lists the names there are.
    pub fn builtin(name: &str) -> Result<&'static Schema, crate::Diagnostic> {
        builtin::load(name)
    }

    /// Reads a schema from TOML; the form is described in `docs/schemas.md`.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its place in the text.
    pub fn from_toml(text: &str) -> Result<Schema, Vec<crate::Diagnostic>> {
        load::load(text)
    }

    /// True when no two names are one with `_` for `.` and cut after so many bytes.
    pub(crate) fn tells_apart(&self, bytes: usize) -> bool {
        self.told_apart.is_some_and(|longest| longest <= bytes)
    }

    /// The fields, in the table's order.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// A field by name or alias, without regard to case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        let exact = self.names.get(name);
        let id = exact.or_else(|| self.names.get(name.to_lowercase().as_str()))?;
        self.fields.get(id.index())
    }

    /// The field that free text searches: the first whose row lists `text`.
    #[must_use]
    pub fn free_text(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.lists(Op::Text))
    }
}
