//! Schemas: the table that a query is checked against. One row a field.

mod builtin;
mod convert;
mod defaults;
mod json;
mod load;
mod lookup;
mod named;
mod node;
mod record;
mod rows;
mod shape;

use crate::measure::Measure;
use crate::ops::{Op, Test};
use crate::table::Table;
use crate::time::{RecordedTime, StoredTime, WeekStart};
use crate::value::{Cardinality, IntegerBits, Line, Type};
pub use builtin::{BUILTIN, Builtin};
pub use lookup::Lookup;
pub(crate) use lookup::{bare_part, parts};
pub(crate) use named::fold_label;
pub use named::{Named, Values};
pub use record::{RecordKey, RecordPath, Step};
pub use shape::Shape;

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
    /// Fields of which every request should name one, because the API slows down requests that
    /// name none.
    pub bounded_by: Vec<String>,
    /// The day that weeks begin with: `this week` in a query.
    pub week_start: WeekStart,
    /// The table of the hunting language (KQL) that holds the same records.
    pub hunting: Option<Hunting>,
    /// How databases hold the records.
    pub store: Store,
    /// What the file could say better.
    hints: Vec<crate::Diagnostic>,
    fields: Vec<Field>,
    /// Names and aliases as they are spelled.
    names: Places,
    /// The same in lower case; names may differ by case alone.
    lower: Places,
    /// Length in bytes of the longest field name; `None` when two names are one with `_` for `.`.
    told_apart: Option<usize>,
}

/// Texts, each with the places in a list of what it means. One type for all of them: each type of
/// map is code of its own, which a browser has to load.
type Places = Table<String, Vec<usize>>;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    /// The table's name; by default the schema's.
    pub table: Option<String>,
    /// How timestamps are stored in columns.
    pub time: StoredTime,
    /// The one column of an SQL table that holds whole records as JSON; without it a field has a
    /// column.
    pub document: Option<String>,
}

/// How sure a fact is that no publication states outright (`docs/api.md`, 3).
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
    /// What its numbers count, so that a query can write a unit behind them.
    pub unit: Option<Measure>,
    /// How its instants stand in records.
    pub recorded: RecordedTime,
    /// Digits behind the point of its decimals.
    pub scale: u8,
    /// The width of its whole numbers, which is that of the schema.
    pub bits: IntegerBits,
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
    /// True when `isset` and `isnotset` are derived, whether the row lists them or not.
    pub tells_set: bool,
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

impl Field {
    /// The line on which its values lie; `None` where they have no order.
    #[must_use]
    pub fn line(&self) -> Option<Line> {
        Line::of(self.kind, self.scale)
    }

    /// True when the row lists the operator.
    #[must_use]
    pub fn lists(&self, op: Op) -> bool {
        self.operators.contains(&op)
    }

    /// True when the row lists the operator, or has it without.
    pub(crate) fn has(&self, op: Op) -> bool {
        self.lists(op) || self.tells_set && op.row().test == Test::Set
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

    /// Reads a schema from its JSON form: the keys of the TOML form and `"tamis_schema": 1`. Lists
    /// that several schemas share have to stand in it.
    ///
    /// ```
    /// use tamis::Schema;
    /// let form = serde_json::json!({
    ///     "tamis_schema": 1,
    ///     "name": "audit",
    ///     "field": [{"name": "user", "type": "string", "operators": ["eq", "neq"]}],
    /// });
    /// let schema = Schema::from_json(&form).unwrap();
    /// assert!(schema.field("user").is_some());
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it; places are always 0.
    pub fn from_json(form: &serde_json::Value) -> Result<Schema, Vec<crate::Diagnostic>> {
        json::read(form)
    }

    /// The JSON form of a schema file, with the shared lists that it names.
    ///
    /// ```
    /// use tamis::{Schema, schema::BUILTIN};
    /// let form = Schema::json_form(BUILTIN[0].toml).unwrap();
    /// assert_eq!(Schema::from_json(&form).unwrap().fields().len(), 33);
    /// ```
    ///
    /// # Errors
    /// What is wrong with the file as TOML; its meaning is judged by [`Schema::from_json`].
    pub fn json_form(toml: &str) -> Result<serde_json::Value, Vec<crate::Diagnostic>> {
        convert::json_form(toml, builtin::LISTS).map_err(|error| {
            let place = error
                .span()
                .map_or_else(Default::default, |place| crate::Span::new(place.start, place.end));
            vec![crate::diag::messages::schema_syntax(place, error.message())]
        })
    }

    /// True when no two names are one with `_` for `.` and cut after so many bytes.
    pub(crate) fn tells_apart(&self, bytes: usize) -> bool {
        self.told_apart.is_some_and(|longest| longest <= bytes)
    }

    /// What the file says as it was said once, or does not declare: warnings with their places.
    #[must_use]
    pub fn hints(&self) -> &[crate::Diagnostic] {
        &self.hints
    }

    /// The fields, in the table's order.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// A field by its whole name or alias, without regard to case where no name is spelled just so
    /// and only one field fits. [`Schema::find`] reads names as queries write them.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.whole(name).field()
    }

    /// The field that free text searches: the first whose row lists `text`.
    #[must_use]
    pub fn free_text(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.lists(Op::Text))
    }
}
