//! What records are ordered by: the one value of a field, records without one behind all others,
//! whichever way. Engines differ in where they put those, and with a limit that would select other
//! records.

use super::formula::Refusal;
use crate::query::{Ascending, Query};
use crate::schema::Field;
use crate::span::Span;
use crate::value::{Cardinality, Type};

/// An order by a field.
#[derive(Clone, Copy)]
pub(super) struct Order<'q> {
    pub(super) field: &'q Field,
    /// The smallest or earliest first.
    pub(super) up: bool,
}

/// Where a part of the records in an order of texts is asked for, which is for each collation
/// another part.
pub(super) fn by_text(query: &Query<'_>) -> Option<Span> {
    let tail = query.tail();
    let part = tail.limit.or(tail.skip).is_some();
    let order = Order::of(query).ok().flatten().filter(|_| part)?;
    (order.field.kind == Type::String).then_some(tail.span)
}

impl<'q> Order<'q> {
    /// What a query asks for; refused for a field that gives no order.
    pub(super) fn of(query: &Query<'q>) -> Result<Option<Self>, Refusal> {
        let Some((name, direction)) = &query.tail().order else { return Ok(None) };
        let Some(field) = query.schema().field(name) else { return Ok(None) };
        if !field.is_single() || field.kind.is_key() {
            let why = if field.is_single() { "holds keys" } else { "can have several values" };
            let what = format!("an order by `{name}`, which {why}");
            return Err(Refusal::new(what, "order by a field with one plain value"));
        }
        Ok(Some(Order { field, up: direction.is_none_or(|Ascending(up)| up) }))
    }

    /// For a field whose one value is at one of several places of a record.
    pub(super) fn at_several_places(field: &Field) -> Refusal {
        let what = format!("an order by `{}`, which stands at several places", field.name);
        Refusal::new(what, "order by a field that stands at one place")
    }

    /// For engines to which no value is the smallest.
    pub(super) fn with_unset_first(self) -> Result<Self, Refusal> {
        if self.up && self.field.cardinality != Cardinality::One {
            let name = &self.field.name;
            let what = format!("an order by `{name}` that has records without it at the end");
            let instead = "order by it `desc`, or by a field that is always set";
            return Err(Refusal::new(what, instead));
        }
        Ok(self)
    }
}
