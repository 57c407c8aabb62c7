//! The core tests on one value: the operator table of `docs/language.md`, 2.3.

use std::cmp::Ordering;
use std::sync::Arc;

use hashbrown::HashSet;

use super::values::Item;
use crate::fold::Find;
use crate::query::{Predicate, Range};
use crate::schema::Field;
use crate::value::{Key, Value};

/// What one value has to be, prepared for many.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// Anything at all.
    Any,
    /// One of the list.
    Equal(List),
    /// None of the list.
    Outside(List),
    /// Holds one of these at that place.
    Text(Find, Arc<[String]>),
    /// Lies within one of these.
    Order(Arc<[Range]>),
}

/// A core test that is no test of one value.
pub(crate) enum Beyond<'p> {
    /// Words, which several values can hold together.
    Words(&'p str),
    /// A tree that stands in no record.
    Tree,
    /// An operator whose meaning only the API knows.
    Own(&'p str),
}

impl Test {
    /// What one value has to be for a core test. A `null` in a list is no value.
    pub(crate) fn of<'p>(field: &Field, predicate: &'p Predicate) -> Result<Test, Beyond<'p>> {
        Ok(match predicate {
            Predicate::Equal(values) => Test::Equal(List::new(field, values)),
            Predicate::Outside(values) => Test::Outside(List::new(field, values)),
            Predicate::Text(find, needles) => Test::Text(*find, needles.clone()),
            Predicate::Order(ranges) => Test::Order(ranges.clone()),
            Predicate::Set => Test::Any,
            Predicate::Words(text) => return Err(Beyond::Words(text)),
            Predicate::Below(_) => return Err(Beyond::Tree),
            Predicate::Own(name, _) => return Err(Beyond::Own(name)),
        })
    }

    /// True when the checked value, were it in a record, would pass.
    pub(crate) fn passes_value(&self, value: &Value) -> bool {
        Item::of(value).is_some_and(|item| self.passes(&item))
    }

    /// True when the value passes.
    pub(super) fn passes(&self, item: &Item<'_>) -> bool {
        match self {
            Test::Any => true,
            Test::Equal(list) => list.holds(item),
            Test::Outside(list) => !list.holds(item),
            Test::Text(find, needles) => string(item)
                .is_some_and(|text| needles.iter().any(|needle| find.holds(text, needle))),
            Test::Order(ranges) => match item {
                Item::Int(at) => ranges.iter().any(|range| range.holds(*at)),
                Item::Bool(_) | Item::Text(_) | Item::Key { .. } => false,
            },
        }
    }
}

/// What a test of strings looks at: of a key its id.
pub(super) fn string<'i>(item: &'i Item<'_>) -> Option<&'i str> {
    match item {
        Item::Text(text) | Item::Key { id: text, .. } => Some(text),
        Item::Bool(_) | Item::Int(_) => None,
    }
}

/// A list of values to be found in, `null` left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    bools: Vec<bool>,
    numbers: HashSet<i64>,
    texts: HashSet<String>,
    /// Texts in lower case, sorted, where the row ignores the case of ASCII letters.
    folded: Vec<String>,
    keys: Vec<Key>,
    folds: bool,
}

impl List {
    pub(super) fn new(field: &Field, values: &[Value]) -> Self {
        let mut list = List { folds: field.ignores_case, ..List::default() };
        for value in values {
            match value {
                Value::Null => {}
                Value::Bool(value) => list.bools.push(*value),
                Value::Int(value) => list.numbers.extend([*value]),
                Value::Text(text) if field.ignores_case => {
                    list.folded.push(text.to_ascii_lowercase())
                }
                Value::Text(text) => list.texts.extend([text.clone()]),
                Value::Key(key) => list.keys.push((**key).clone()),
            }
        }
        list.folded.sort_unstable();
        list
    }

    fn holds(&self, item: &Item<'_>) -> bool {
        match item {
            Item::Bool(value) => self.bools.contains(value),
            Item::Int(value) => self.numbers.contains(value),
            Item::Text(text) => self.holds_text(text),
            Item::Key { id, saas, inst } => {
                self.holds_text(id)
                    || self.keys.iter().any(|key| self.is_key(key, id, *saas, *inst))
            }
        }
    }

    fn holds_text(&self, text: &str) -> bool {
        if !self.folds {
            return !self.texts.is_empty() && self.texts.contains(text);
        }
        self.folded.binary_search_by(|l| in_lower_case(l, text)).is_ok()
    }

    /// A key of the query says what the value's members have to be, each that it gives.
    fn is_key(&self, key: &Key, id: &str, saas: Option<i64>, inst: Option<i64>) -> bool {
        let same_id = if self.folds { key.id.eq_ignore_ascii_case(id) } else { key.id == id };
        same_id
            && (key.saas.is_none() || key.saas == saas)
            && (key.inst.is_none() || key.inst == inst)
    }
}

/// A text in lower case against another as if that were too.
fn in_lower_case(lower: &str, text: &str) -> Ordering {
    lower.bytes().cmp(text.bytes().map(|byte| byte.to_ascii_lowercase()))
}
