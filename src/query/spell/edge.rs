//! Bounds at the edge of a field's integers. Where an API's have 32 bits (`docs/api.md`, 2),
//! `> 2147483647` is derived as `gte 2147483648`, which no request can carry.
//!
//! Law: what takes the place of such a bound is a number of the field's width, or nothing, and
//! selects the same of all records that hold such numbers.

use super::{Entry, Operand, Spelled};
use crate::ops::{Op, Side, Test};
use crate::query::{Atom, Node, Predicate, Range, normal};
use crate::schema::Field;
use crate::value::{At, Type, Value};

/// What a bound asks for.
enum Bound {
    /// Some of the numbers.
    Some(Entry),
    /// Any number.
    Any,
    /// A number that there is not.
    Never,
}

/// The operators with numbers of the field's width in them; `None` when the row has none that say the same.
pub(super) fn held(field: &Field, spelled: Spelled) -> Option<Spelled> {
    let Spelled { first, second } = spelled;
    match (bound(field, first), second.map(|second| bound(field, second))) {
        (Bound::Never, _) | (_, Some(Bound::Never)) => never(field),
        (Bound::Some(first), Some(Bound::Some(second))) => {
            Some(Spelled { first, second: Some(second) })
        }
        (Bound::Some(only), None | Some(Bound::Any)) | (Bound::Any, Some(Bound::Some(only))) => {
            Some(Spelled { first: only, second: None })
        }
        (Bound::Any, None | Some(Bound::Any)) => any(field),
    }
}

fn bound(field: &Field, entry: Entry) -> Bound {
    let op = Op::named(&entry.operator);
    let (Some(op), Operand::One(Value::Int(at))) = (op, &entry.operand) else {
        return Bound::Some(entry);
    };
    let (at, first, last) = (*at, field.bits.first(), field.bits.last());
    // The lowest and the highest number that the operator lets pass.
    let (low, high) = match op.row().test {
        Test::Order(Side::From) => (at, last),
        Test::Order(Side::After) => (at.saturating_add(1), last),
        Test::Order(Side::UpTo) => (first, at),
        Test::Order(Side::Before) => (first, at.saturating_sub(1)),
        Test::Order(Side::Within | Side::OnDay | Side::FromAgo | Side::UpToAgo | Side::Next)
        | Test::Equal
        | Test::Outside
        | Test::Text(_)
        | Test::Words
        | Test::Below
        | Test::Set => return Bound::Some(entry),
    };
    if field.bits.holds(at) {
        Bound::Some(entry)
    } else if low > high || low > last || high < first {
        Bound::Never
    } else {
        Bound::Any
    }
}

fn entry(field: &Field, op: Op, at: i64) -> Option<Entry> {
    let operator = op.row().name.into();
    field.lists(op).then_some(Entry { operator, operand: Operand::One(Value::Int(at)) })
}

fn any(field: &Field) -> Option<Spelled> {
    let is_set = || {
        let operator = Op::Isset.row().name.into();
        field.has(Op::Isset).then_some(Entry { operator, operand: Operand::Bool(true) })
    };
    let from = entry(field, Op::Gte, field.bits.first())
        .or_else(|| entry(field, Op::Lte, field.bits.last()));
    from.or_else(is_set).map(|first| Spelled { first, second: None })
}

fn never(field: &Field) -> Option<Spelled> {
    let one = entry(field, Op::Gt, field.bits.last())
        .or_else(|| entry(field, Op::Lt, field.bits.first()));
    one.map(|first| Spelled { first, second: None })
}

/// What a bound beyond the edge comes to where the row can say neither it nor its complement; as
/// it was everywhere else.
pub(crate) fn settled<'q>(node: &Node<'q>) -> Node<'q> {
    match node {
        Node::All | Node::Nothing => node.clone(),
        Node::And(parts) => Node::And(parts.iter().map(settled).collect()),
        Node::Or(parts) => Node::Or(parts.iter().map(settled).collect()),
        Node::Atom(atom) => decided(atom).unwrap_or_else(|| node.clone()),
    }
}

fn decided<'q>(atom: &Atom<'q>) -> Option<Node<'q>> {
    let Predicate::Order(ranges) = &atom.predicate else { return None };
    let sayable = super::spell(atom).is_some() || super::spell(&atom.complement()).is_some();
    if atom.field.kind != Type::Integer || sayable {
        return None;
    }
    let (least, most) = (At::from(atom.field.bits.first()), At::from(atom.field.bits.last()));
    let first = |range: &Range| range.start.map_or(least, |start| start.at);
    let last = |range: &Range| range.end.map_or(most, |end| end.at);
    let never = ranges.iter().all(|range| first(range) > most || last(range) < least);
    let any = ranges.iter().any(|range| first(range) <= least && last(range) >= most);
    if never {
        return Some(if atom.negated { Node::All } else { Node::Nothing });
    }
    any.then(|| normal::settle(Atom { predicate: Predicate::Set, ..atom.clone() }))
}
