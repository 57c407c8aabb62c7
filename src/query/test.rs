//! What an atom asks of the values of its field: the canonical form of a core test, which the
//! matcher, comparing, SQL and the formula languages read.

use super::{Atom, Predicate, Range};
use crate::fold::Find;
use crate::schema::Field;
use crate::value::Value;

/// What one value has to be. Canonical by construction: no list is empty, none holds `null`, no
/// text that is looked for is held by every text and no range is open at both ends.
#[derive(Clone, Debug)]
pub(crate) enum Test<'t> {
    /// Anything.
    Set,
    /// One of these.
    Equal(Vec<&'t Value>),
    /// None of these.
    Outside(Vec<&'t Value>),
    /// A text, or the id of a key, that holds one of these there, ASCII letters in any case.
    Text(Find, &'t [String]),
    /// A number or instant within one of these.
    Order(&'t [Range]),
}

/// What the values of a field have to be together, before an atom's negation.
#[derive(Clone, Debug)]
pub(crate) enum Asked<'t> {
    /// No record passes: the list is empty.
    Never,
    /// Some value passes the test.
    Some(Test<'t>),
    /// The field is not set, or some value passes the test. Without a test it is not set.
    UnsetOr(Option<Test<'t>>),
    /// Every word occurs in some value, not necessarily in the same one.
    Words(Vec<&'t str>),
    /// Some value is one of a list or below it in a tree, which stands in no record.
    Below,
    /// An operator of that name, whose meaning only the API knows.
    Own(&'t str),
}

impl Atom<'_> {
    /// What it asks of the values of its field, before its negation.
    pub(crate) fn asked(&self) -> Asked<'_> {
        self.predicate.asked(self.field)
    }
}

impl Predicate {
    /// What it asks of the values of a field.
    pub(crate) fn asked(&self, field: &Field) -> Asked<'_> {
        match self {
            Predicate::Equal(values) => {
                let plain = plain(field, values);
                let test = (!plain.is_empty()).then_some(Test::Equal(plain));
                match test {
                    test if values.contains(&Value::Null) => Asked::UnsetOr(test),
                    Some(test) => Asked::Some(test),
                    None => Asked::Never,
                }
            }
            Predicate::Outside(values) => {
                let plain = plain(field, values);
                Asked::Some(if plain.is_empty() { Test::Set } else { Test::Outside(plain) })
            }
            Predicate::Text(_, needles) if needles.is_empty() => Asked::Never,
            Predicate::Text(find, needles) if needles.iter().any(|one| find.holds_always(one)) => {
                Asked::Some(Test::Set)
            }
            Predicate::Text(find, needles) => Asked::Some(Test::Text(*find, needles)),
            Predicate::Order(ranges) if ranges.is_empty() => Asked::Never,
            Predicate::Order(ranges) if ranges.iter().any(|range| range.is_open(field)) => {
                Asked::Some(Test::Set)
            }
            Predicate::Order(ranges) => Asked::Some(Test::Order(ranges)),
            Predicate::Words(text) => Asked::Words(text.split_whitespace().collect()),
            Predicate::Set => Asked::Some(Test::Set),
            Predicate::Below(_) => Asked::Below,
            Predicate::Own(name, _) => Asked::Own(name),
        }
    }
}

/// The values that records of the field can hold: without `null`, which is none, and without a
/// decimal number that has more digits than any of them.
fn plain<'v>(field: &Field, values: &'v [Value]) -> Vec<&'v Value> {
    let can_be = |value: &Value| match value {
        Value::Null => false,
        Value::Decimal(_) => field.line().is_some_and(|line| line.place(value).is_some()),
        Value::Bool(_)
        | Value::Int(_)
        | Value::Double(_)
        | Value::Day(_)
        | Value::Text(_)
        | Value::Key(_) => true,
    };
    values.iter().filter(|value| can_be(value)).collect()
}
