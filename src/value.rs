//! Values and types: what a field can hold and what an operand becomes once it is checked.

mod bits;
mod day;
mod decimal;
mod double;
mod line;
#[cfg(any(test, target_family = "wasm"))]
mod nearest;
mod written;

use std::fmt;

pub use day::Day;
pub use decimal::{Decimal, MOST_DIGITS};
pub(crate) use decimal::{LONGEST_TEXT, SHORT_DIGITS};
pub use double::Double;
pub use line::{At, Line};
use serde::ser::{Serialize, SerializeMap, Serializer};
pub(crate) use written::Written;

pub use bits::IntegerBits;

/// The type of a field, as the published tables name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Text.
    String,
    /// A signed whole number, of as many bits as the schema says.
    Integer,
    /// A finite binary64 number.
    Double,
    /// An exact decimal number.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Timestamp,
    /// A calendar day.
    Date,
    /// A key object that names an account or user.
    EntityKey,
    /// A file's id or key object.
    File,
    /// A folder's id or key object.
    Folder,
}

/// Every type with the name that schema files and published tables use for it.
pub const TYPES: &[(Type, &str)] = &[
    (Type::String, "string"),
    (Type::Integer, "integer"),
    (Type::Double, "double"),
    (Type::Decimal, "decimal"),
    (Type::Boolean, "boolean"),
    (Type::Timestamp, "timestamp"),
    (Type::Date, "date"),
    (Type::EntityKey, "entity pk"),
    (Type::File, "file"),
    (Type::Folder, "folder"),
];

impl Type {
    /// The name in schema files, without regard to case.
    #[must_use]
    pub fn named(name: &str) -> Option<Type> {
        TYPES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(kind, _)| *kind)
    }

    /// The name in schema files.
    #[must_use]
    pub fn name(self) -> &'static str {
        TYPES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// True for types whose values are key objects.
    #[must_use]
    pub fn is_key(self) -> bool {
        matches!(self, Type::EntityKey | Type::File | Type::Folder)
    }

    /// True for types whose values are written as times: days and instants.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Type::Timestamp | Type::Date)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How many values a field can have in one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cardinality {
    /// Always exactly one.
    One,
    /// None or one.
    Optional,
    /// Any number.
    Many,
}

/// The key of an entity, file or folder: an id, and where it is not implied, the app and its
/// instance. Source: `docs/api.md`, 2.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The id.
    pub id: String,
    /// The app's id, which older clients send.
    pub saas: Option<i64>,
    /// The number of the app's instance.
    pub inst: Option<i64>,
}

impl Key {
    /// The members, each with what it is; the id comes first and is never missing.
    pub const MEMBERS: &[(&str, &str)] =
        &[("id", "the id"), ("saas", "the app's id"), ("inst", "the number of the app's instance")];
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        if let Some(saas) = self.saas {
            map.serialize_entry("saas", &saas)?;
        }
        if let Some(inst) = self.inst {
            map.serialize_entry("inst", &inst)?;
        }
        map.end()
    }
}

/// A checked value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// No value: the field is not set.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number; also an instant in ms since 1970-01-01T00:00:00Z.
    Int(i64),
    /// A binary64 number.
    Double(Double),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A calendar day.
    Day(Day),
    /// Text.
    Text(String),
    /// The key of an entity, file or folder.
    Key(Box<Key>),
}

impl Value {
    /// The text, or the id of a key.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Key(key) => Some(&key.id),
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Double(_)
            | Value::Decimal(_)
            | Value::Day(_) => None,
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Int(value) => serializer.serialize_i64(*value),
            Value::Double(value) => value.serialize(serializer),
            Value::Decimal(value) => serializer.collect_str(value),
            Value::Day(value) => serializer.collect_str(value),
            Value::Text(value) => serializer.serialize_str(value),
            Value::Key(key) => key.serialize(serializer),
        }
    }
}

impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Int(value) => (*value).into(),
            Value::Double(value) => value.get().into(),
            Value::Decimal(value) => value.to_string().into(),
            Value::Day(value) => value.to_string().into(),
            Value::Text(value) => value.as_str().into(),
            Value::Key(key) => {
                let mut members = serde_json::Map::new();
                members.insert("id".into(), key.id.as_str().into());
                for (name, number) in [("saas", key.saas), ("inst", key.inst)] {
                    if let Some(number) = number {
                        members.insert(name.into(), number.into());
                    }
                }
                members.into()
            }
        }
    }
}

/// JSON as text. By the writer that answers of a module are written with: that of `Display` is
/// another one, which a browser would have to load as well.
pub(crate) fn json_text(json: &serde_json::Value) -> String {
    serde_json::to_string(json).unwrap_or_default()
}

/// The wire form: `3`, `null`, `"text"`, `{"id":…}`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => value.fmt(f),
            Value::Int(value) => value.fmt(f),
            Value::Double(value) => value.fmt(f),
            Value::Decimal(value) => value.fmt(f),
            Value::Day(value) => value.fmt(f),
            Value::Text(value) => f.write_str(value),
            Value::Key(_) => f.write_str(&json_text(&self.into())),
        }
    }
}
