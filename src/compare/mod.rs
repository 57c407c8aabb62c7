//! How two queries relate: whether they select the same records, the one fewer than the other, or
//! different ones, with a record for each side of the difference. `docs/compare.md` has the method.
//!
//! Law: nothing is guessed. That no record lies on a side is proven over all that the fields can
//! be; that some does is shown by a record, on which the matcher has decided both queries. What is
//! neither is undecided, and says why.

mod facts;
mod form;
mod globs;
mod space;
mod texts;
mod values;

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::diagram::{EMPTY, Join, Set};
use crate::matcher::{Layout, Matcher};
use crate::query::{Node, Query, Tail};
use crate::schema::Field;
use crate::time::print_millis;
use crate::value::{Cardinality, Type, Value};
use space::{Opaque, Space};

/// How two queries relate.
///
/// ```
/// use tamis::{Options, Schema, compare::Relation};
/// let schema = Schema::builtin("activities")?;
/// let check = |text| tamis::check(&tamis::parse(text), schema, &Options::at(0)).query.unwrap();
/// let found = tamis::compare(&check("service = 11770"), &check("service in (11770, 20595)"));
/// assert_eq!(found.relation, Relation::Narrower);
/// assert_eq!(found.only_second.example().unwrap()["service"], 20595);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The verdict.
    pub relation: Relation,
    /// Records that the first query selects and the second does not.
    pub only_first: Side,
    /// Records that the second query selects and the first does not.
    pub only_second: Side,
    /// Records that both select.
    pub both: Side,
    /// True when both say the same order, limit and skip, which no relation takes into account.
    pub same_tail: bool,
}

/// The verdict: the records of the first query as seen from those of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same records.
    Same,
    /// Fewer: all of them are the second's too.
    Narrower,
    /// More: all of the second's are among them.
    Wider,
    /// Some that are the second's too; each has others.
    Overlapping,
    /// None that are the second's too; each has some.
    Disjoint,
    /// A side that matters is undecided.
    Undecided,
}

impl Relation {
    /// The verdict as a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Relation::Same => "same: both queries select the same records",
            Relation::Narrower => {
                "narrower: the second selects every record of the first, and more"
            }
            Relation::Wider => "wider: the first selects every record of the second, and more",
            Relation::Overlapping => "overlapping: each selects records that the other does not",
            Relation::Disjoint => "disjoint: no record is selected by both",
            Relation::Undecided => "undecided: not every side could be decided",
        }
    }
}

/// The records on one side.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Side {
    /// None, whatever a record holds.
    Empty,
    /// Some, this for example: members named as the filters are ([`Layout::Flat`]).
    Some {
        /// The record.
        example: Json,
    },
    /// Not known.
    Undecided {
        /// Why.
        reason: Reason,
    },
}

/// Why a side is undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It depends on what is below what in a tree, or on an operator that only the API knows.
    NotInRecords,
    /// The conditions are too many, or their texts.
    TooLarge,
    /// The queries were checked against different schemas.
    OtherSchema,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::NotInRecords => {
                "it depends on a tree, or on an operator whose meaning only the API knows, and no record shows that"
            }
            Reason::TooLarge => "the queries tell too many cases apart to go through all of them",
            Reason::OtherSchema => "the queries were checked against different schemas",
        })
    }
}

impl Side {
    /// The record that is shown.
    #[must_use]
    pub fn example(&self) -> Option<&Json> {
        match self {
            Side::Some { example } => Some(example),
            Side::Empty | Side::Undecided { .. } => None,
        }
    }

    fn undecided(reason: Reason) -> Side {
        Side::Undecided { reason }
    }
}

/// Compares the records that two queries select, checked against one schema.
#[must_use]
pub fn compare<'q>(first: &Query<'q>, second: &Query<'q>) -> Comparison {
    let [only_first, only_second, both] = if !std::ptr::eq(first.schema(), second.schema()) {
        Reason::OtherSchema.everywhere()
    } else if first.normal() == second.normal() {
        let both = if beyond_records(first) {
            Side::undecided(Reason::NotInRecords)
        } else {
            sides(first, second).map_or(Side::undecided(Reason::TooLarge), |[.., both]| both)
        };
        [Side::Empty, Side::Empty, both]
    } else if beyond_records(first) || beyond_records(second) {
        Reason::NotInRecords.everywhere()
    } else {
        sides(first, second).unwrap_or_else(|| Reason::TooLarge.everywhere())
    };
    let relation = match (&only_first, &only_second, &both) {
        (Side::Empty, Side::Empty, _) => Relation::Same,
        (Side::Empty, Side::Some { .. }, _) => Relation::Narrower,
        (Side::Some { .. }, Side::Empty, _) => Relation::Wider,
        (Side::Some { .. }, Side::Some { .. }, Side::Some { .. }) => Relation::Overlapping,
        (Side::Some { .. }, Side::Some { .. }, Side::Empty) => Relation::Disjoint,
        _ => Relation::Undecided,
    };
    let same_tail = said(first.tail()) == said(second.tail());
    Comparison { relation, only_first, only_second, both, same_tail }
}

impl Reason {
    fn everywhere(self) -> [Side; 3] {
        [Side::undecided(self), Side::undecided(self), Side::undecided(self)]
    }
}

/// True when what a condition means cannot be seen in any value.
fn beyond_records(query: &Query<'_>) -> bool {
    query.root().atoms().any(|atom| atom.searches_no_text())
}

/// What a tail says, wherever it is written.
fn said(tail: &Tail) -> Tail {
    Tail { span: Default::default(), ..tail.clone() }
}

/// A query between bounds: records that it selects whatever the tests are that no record decides,
/// and those that it may select.
struct Bounded {
    least: Set,
    exactly: Set,
    most: Set,
    surely: Matcher,
    maybe: Matcher,
}

impl Bounded {
    fn of<'q>(query: &Query<'q>, space: &mut Space<'q>) -> Option<Bounded> {
        let node = query.normal();
        let matcher = |replaced: Node<'q>| {
            Matcher::new(&query.of(without_opaque(query.root(), &replaced)), Layout::Flat).ok()
        };
        Some(Bounded {
            least: space.set(node, Opaque::Fails)?,
            exactly: space.set(node, Opaque::Free)?,
            most: space.set(node, Opaque::Holds)?,
            surely: matcher(Node::Nothing)?,
            maybe: matcher(Node::All)?,
        })
    }
}

/// The formula with another in place of every condition that no record decides.
fn without_opaque<'q>(node: &Node<'q>, instead: &Node<'q>) -> Node<'q> {
    let all = |parts: &[Node<'q>]| parts.iter().map(|part| without_opaque(part, instead)).collect();
    match node {
        Node::And(parts) => Node::And(all(parts)),
        Node::Or(parts) => Node::Or(all(parts)),
        Node::Atom(atom) if facts::is_opaque(&atom.predicate) => instead.clone(),
        Node::All | Node::Nothing | Node::Atom(_) => node.clone(),
    }
}

/// Records of the first only, of the second only, and of both; `None` when that is too much work.
fn sides<'q>(first: &Query<'q>, second: &Query<'q>) -> Option<[Side; 3]> {
    let mut space = Space::of([first, second])?;
    let first = Bounded::of(first, &mut space)?;
    let second = Bounded::of(second, &mut space)?;
    Some([
        only(&first, &second, &mut space)?,
        only(&second, &first, &mut space)?,
        both(&first, &second, &mut space)?,
    ])
}

fn only(a: &Bounded, b: &Bounded, space: &mut Space<'_>) -> Option<Side> {
    let some = space.diagram.join(Join::And, space.possible, a.exactly)?;
    let possible = space.diagram.join(Join::Less, some, b.exactly)?;
    let some = space.diagram.join(Join::And, space.certain, a.least)?;
    let certain = space.diagram.join(Join::Less, some, b.most)?;
    let shows = |record: &Json| a.surely.matches(record) && !b.maybe.matches(record);
    Some(side(possible, certain, space, shows))
}

fn both(a: &Bounded, b: &Bounded, space: &mut Space<'_>) -> Option<Side> {
    let some = space.diagram.join(Join::And, space.possible, a.exactly)?;
    let possible = space.diagram.join(Join::And, some, b.exactly)?;
    let some = space.diagram.join(Join::And, space.certain, a.least)?;
    let certain = space.diagram.join(Join::And, some, b.least)?;
    let shows = |record: &Json| a.surely.matches(record) && b.surely.matches(record);
    Some(side(possible, certain, space, shows))
}

/// What is known of a side, by what can be on it and what is.
fn side(possible: Set, certain: Set, space: &Space<'_>, shows: impl Fn(&Json) -> bool) -> Side {
    if possible == EMPTY {
        return Side::Empty;
    }
    if certain == EMPTY {
        return Side::undecided(space.reason());
    }
    let members = space.example(certain).into_iter();
    let example: Json =
        members.map(|(field, values)| member(field, values)).collect::<Map<_, _>>().into();
    if shows(&example) { Side::Some { example } } else { Side::undecided(Reason::TooLarge) }
}

/// A field of a record: a list, or where there is only ever one value, that.
fn member(field: &Field, mut values: Vec<Value>) -> (String, Json) {
    let value = match field.cardinality {
        Cardinality::Many if !values.is_empty() => {
            values.iter().map(|value| recorded(field, value)).collect()
        }
        Cardinality::Many | Cardinality::One | Cardinality::Optional => {
            recorded(field, &values.pop().unwrap_or(Value::Null))
        }
    };
    (field.name.clone(), value)
}

/// A value as records hold it: an instant as a number of the row's unit, or where that is no whole one as
/// text.
fn recorded(field: &Field, value: &Value) -> Json {
    match value {
        Value::Int(at) if field.kind == Type::Timestamp => {
            let number = field.recorded.unit.number(*at);
            number.map_or_else(|| print_millis(*at).into(), Json::from)
        }
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Double(_)
        | Value::Decimal(_)
        | Value::Day(_)
        | Value::Text(_)
        | Value::Key(_) => Json::from(value),
    }
}
