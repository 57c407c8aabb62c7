//! The core tests on one value: the operator table of `docs/language.md`, 2.3.

use std::cmp::Ordering;
use std::sync::Arc;

use hashbrown::HashSet;

use super::values::Item;
use crate::fold::Find;
use crate::query::test::{Asked, Test};
use crate::query::{Predicate, Range};
use crate::schema::Field;
use crate::value::{At, Key, Value};

/// A test of one value, prepared for many.
#[derive(Clone, Debug)]
pub(crate) enum Prepared {
    /// Nothing passes.
    Never,
    /// Anything at all.
    Set,
    /// One of the list.
    Equal(List),
    /// None of the list.
    Outside(List),
    /// Holds one of these at that place.
    Text(Find, Arc<[String]>),
    /// Lies within one of these.
    Order(Arc<[Range]>),
}

impl Prepared {
    pub(crate) fn new(field: &Field, test: &Test<'_>) -> Prepared {
        match test {
            Test::Set => Prepared::Set,
            Test::Equal(values) => Prepared::Equal(List::new(field, values)),
            Test::Outside(values) => Prepared::Outside(List::new(field, values)),
            Test::Text(find, needles) => Prepared::Text(*find, Arc::from(*needles)),
            Test::Order(ranges) => Prepared::Order(Arc::from(*ranges)),
        }
    }

    /// What one value has to be for a predicate; `None` where one value alone does not decide.
    pub(crate) fn of(field: &Field, predicate: &Predicate) -> Option<Prepared> {
        match predicate.asked(field) {
            Asked::Some(test) | Asked::UnsetOr(Some(test)) => Some(Prepared::new(field, &test)),
            Asked::Never | Asked::UnsetOr(None) => Some(Prepared::Never),
            Asked::Words(_) | Asked::Below | Asked::Own(_) => None,
        }
    }

    /// True when the checked value, were it in a record of the field, would pass.
    pub(crate) fn passes_value(&self, field: &Field, value: &Value) -> bool {
        Item::of(field, value).is_some_and(|item| self.passes(&item))
    }

    /// True when the value passes.
    pub(super) fn passes(&self, item: &Item<'_>) -> bool {
        match self {
            Prepared::Never => false,
            Prepared::Set => true,
            Prepared::Equal(list) => list.holds(item),
            Prepared::Outside(list) => !list.holds(item),
            Prepared::Text(find, needles) => string(item)
                .is_some_and(|text| needles.iter().any(|needle| find.holds(text, needle))),
            Prepared::Order(ranges) => match item {
                Item::Int(at) => ranges.iter().any(|range| range.holds(At::from(*at))),
                Item::Place(at) => ranges.iter().any(|range| range.holds(*at)),
                Item::Bool(_) | Item::Text(_) | Item::Key { .. } => false,
            },
        }
    }
}

/// What a test of strings looks at: of a key its id.
pub(super) fn string<'i>(item: &'i Item<'_>) -> Option<&'i str> {
    match item {
        Item::Text(text) | Item::Key { id: text, .. } => Some(text),
        Item::Bool(_) | Item::Int(_) | Item::Place(_) => None,
    }
}

/// A list of values to be found in.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    bools: Vec<bool>,
    numbers: HashSet<i64>,
    /// Places on the row's line, of numbers with a fraction and days.
    places: HashSet<At>,
    texts: HashSet<String>,
    /// Texts in lower case, sorted, where the row ignores the case of ASCII letters.
    folded: Vec<String>,
    keys: Vec<Key>,
    folds: bool,
}

impl List {
    pub(super) fn new(field: &Field, values: &[&Value]) -> Self {
        let mut list = List { folds: field.ignores_case, ..List::default() };
        for value in values {
            match value {
                Value::Null => {}
                Value::Bool(value) => list.bools.push(*value),
                Value::Int(value) => list.numbers.extend([*value]),
                Value::Double(_) | Value::Decimal(_) | Value::Day(_) => {
                    list.places.extend(field.line().and_then(|line| line.place(value)));
                }
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
            Item::Place(at) => self.places.contains(at),
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
