//! `r(f)`: the set of values that a field denotes in a record (the language page, section 2.1).
//!
//! Law: missing, `null` and an empty list are the empty set, and so is what does not fit the
//! row's type. Lists are walked wherever they stand on the way.

use std::borrow::Cow;

use super::Layout;
use super::record::{Json, Record};
use crate::schema::{Field, RecordKey, Step};
use crate::time::{Zone, read_recorded};
use crate::value::{Key, Type, Value};

/// One value of a field, read where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item<'r> {
    Bool(bool),
    /// A number or an instant.
    Int(i64),
    Text(Cow<'r, str>),
    Key {
        id: Cow<'r, str>,
        saas: Option<i64>,
        inst: Option<i64>,
    },
}

impl<'v> Item<'v> {
    /// A checked value as a record would hold it; `null` is none.
    pub(super) fn of(value: &'v Value) -> Option<Item<'v>> {
        match value {
            Value::Null => None,
            Value::Bool(value) => Some(Item::Bool(*value)),
            Value::Int(value) => Some(Item::Int(*value)),
            Value::Text(text) => Some(Item::Text(Cow::Borrowed(text))),
            Value::Key(key) => {
                Some(Item::Key { id: Cow::Borrowed(&key.id), saas: key.saas, inst: key.inst })
            }
        }
    }
}

/// How the values of one field are read from a record.
///
/// ```
/// use tamis::{Schema, matcher::{Layout, Reading}, value::Value};
/// let schema = Schema::builtin("activities")?;
/// let country = Reading::new(schema.field("location.country").unwrap(), Layout::Nested).unwrap();
/// let record = serde_json::json!({"location": {"countryCode": "DE"}});
/// assert_eq!(country.values(&record), [Value::Text("DE".into())]);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reading {
    /// Ways from the top of the record, without [`Step::Each`], which goes without saying; the
    /// values of all are one set.
    paths: Vec<Vec<Step>>,
    kind: Type,
    key: RecordKey,
}

impl Reading {
    /// The way to a field's values; `None` when the field stands in no record of that layout.
    #[must_use]
    pub fn new(field: &Field, layout: Layout) -> Option<Self> {
        let (paths, key) = match layout {
            Layout::Nested => {
                let said = |step: &&Step| **step != Step::Each;
                let ways = field.record.iter().map(|path| path.steps.iter().filter(said).cloned());
                (ways.map(Iterator::collect).collect(), field.record_key.clone())
            }
            Layout::Flat => (vec![vec![Step::Member(field.name.clone())]], RecordKey::default()),
        };
        let reading = Reading { paths, kind: field.kind, key };
        (!reading.paths.is_empty()).then_some(reading)
    }

    /// The members at the top of a record in which its values stand.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().filter_map(|path| match path.first()? {
            Step::Member(name) => Some(name.as_str()),
            Step::Each | Step::Element(_) => None,
        })
    }

    /// The values of the field in a record, in the order in which they stand there.
    pub fn values<'r, R: Record<'r>>(&self, record: R) -> Vec<Value> {
        let mut values = Vec::new();
        self.any(record, &mut |item| {
            values.push(item.into());
            false
        });
        values
    }

    /// True when some value passes the test.
    pub(super) fn any<'r, R: Record<'r>>(
        &self,
        record: R,
        test: &mut dyn FnMut(Item<'r>) -> bool,
    ) -> bool {
        let mut read = |value: R| self.item(value).is_some_and(&mut *test);
        self.paths.iter().any(|path| walk(record, path, &mut read))
    }

    /// The value as the row's type has it. Texts are read for numbers and numbers for texts.
    fn item<'r, R: Record<'r>>(&self, value: R) -> Option<Item<'r>> {
        match self.kind {
            Type::String => text(value.json()).map(Item::Text),
            Type::Integer => whole(&value.json()).map(Item::Int),
            Type::Boolean => boolean(&value.json()).map(Item::Bool),
            Type::Timestamp => instant(&value.json()).map(Item::Int),
            Type::EntityKey | Type::File | Type::Folder => self.key(value),
        }
    }

    /// A key object, or an id alone.
    fn key<'r, R: Record<'r>>(&self, value: R) -> Option<Item<'r>> {
        let part = |name| value.member(name).and_then(|part: R| whole(&part.json()));
        match value.json() {
            Json::Object => {
                let id = text(value.member(&self.key.id)?.json())?;
                Some(Item::Key { id, saas: part(&self.key.saas), inst: part(&self.key.inst) })
            }
            Json::Bool(_) => None,
            alone @ (Json::Null | Json::Int(_) | Json::Number(_) | Json::Text(_) | Json::List) => {
                text(alone).map(|id| Item::Key { id, saas: None, inst: None })
            }
        }
    }
}

/// Follows a path, through every element of the lists on it and at its end.
fn walk<'r, R: Record<'r>>(value: R, path: &[Step], test: &mut dyn FnMut(R) -> bool) -> bool {
    match (value.json(), path.split_first()) {
        (Json::List, Some((Step::Element(number), rest))) => {
            element(value, *number).is_some_and(|one| walk(one, rest, test))
        }
        (Json::List, _) => value.any_element(&mut |element| walk(element, path, test)),
        (Json::Null, _) => false,
        (_, None) => test(value),
        (_, Some((Step::Member(name), rest))) => {
            value.member(name).is_some_and(|member| walk(member, rest, test))
        }
        // What is no list stands for a list of itself.
        (_, Some((Step::Element(number), rest))) => *number == 0 && walk(value, rest, test),
        (_, Some((Step::Each, rest))) => walk(value, rest, test),
    }
}

/// One element of a list, counted from 0.
fn element<'r, R: Record<'r>>(list: R, number: u32) -> Option<R> {
    let (mut found, mut left) = (None, number);
    list.any_element(&mut |element| {
        let here = left == 0;
        if here {
            found = Some(element);
        }
        left = left.saturating_sub(1);
        here
    });
    found
}

fn text(json: Json<'_>) -> Option<Cow<'_, str>> {
    match json {
        Json::Text(text) => Some(text),
        Json::Bool(value) => Some(Cow::Borrowed(if value { "true" } else { "false" })),
        Json::Int(value) => Some(value.to_string().into()),
        Json::Number(value) => {
            serde_json::Number::from_f64(value).map(|number| number.to_string().into())
        }
        Json::Null | Json::List | Json::Object => None,
    }
}

fn whole(json: &Json<'_>) -> Option<i64> {
    match json {
        Json::Int(value) => Some(*value),
        Json::Number(value) => whole_float(*value),
        Json::Text(text) => text.parse().ok(),
        Json::Null | Json::Bool(_) | Json::List | Json::Object => None,
    }
}

/// `5.0` is the number 5.
fn whole_float(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and within what both types hold")]
    let number = (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64);
    number
}

fn boolean(json: &Json<'_>) -> Option<bool> {
    match json {
        Json::Bool(value) => Some(*value),
        Json::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Json::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Json::Text(_) | Json::Null | Json::Int(_) | Json::Number(_) | Json::List | Json::Object => {
            None
        }
    }
}

fn instant(json: &Json<'_>) -> Option<i64> {
    whole(json).or_else(|| match json {
        Json::Text(text) => read_recorded(text, &Zone::default()),
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Number(_) | Json::List | Json::Object => {
            None
        }
    })
}

impl From<Item<'_>> for Value {
    fn from(item: Item<'_>) -> Value {
        match item {
            Item::Bool(value) => Value::Bool(value),
            Item::Int(value) => Value::Int(value),
            Item::Text(text) => Value::Text(text.into_owned()),
            Item::Key { id, saas, inst } => {
                Value::Key(Box::new(Key { id: id.into_owned(), saas, inst }))
            }
        }
    }
}
