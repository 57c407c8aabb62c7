//! The normal form: `docs/language.md`, 3.1, steps 1 and 2.
//!
//! Atoms on one field merge where meaning allows; parts that select nothing or everything are
//! found and reported. Only `and` is worked out: `or` is its mirror image under complement.

use super::merge::{Conflict, merge};
use super::ranges;
use super::spell::is_plain_boolean;
use super::{Atom, Node, Predicate, Range};
use crate::diag::{Diagnostics, messages};
use crate::value::{Cardinality, Type, Value};

#[derive(Clone, Copy, PartialEq)]
enum Join {
    And,
    Or,
}

impl Join {
    fn of<'q>(self, parts: Vec<Node<'q>>) -> Node<'q> {
        match self {
            Join::And => Node::And(parts),
            Join::Or => Node::Or(parts),
        }
    }

    /// What it gives without parts.
    fn identity<'q>(self) -> Node<'q> {
        match self {
            Join::And => Node::All,
            Join::Or => Node::Nothing,
        }
    }

    /// The part that decides it.
    fn absorbing<'q>(self) -> Node<'q> {
        match self {
            Join::And => Node::Nothing,
            Join::Or => Node::All,
        }
    }
}

/// The normal form of a formula.
pub(crate) fn normalize<'q>(node: &Node<'q>, found: &mut Diagnostics) -> Node<'q> {
    match node {
        Node::All => Node::All,
        Node::Nothing => Node::Nothing,
        Node::Atom(atom) => settle(atom.clone()),
        Node::And(parts) => join(Join::And, parts, found),
        Node::Or(parts) => join(Join::Or, parts, found),
    }
}

fn join<'q>(kind: Join, parts: &[Node<'q>], found: &mut Diagnostics) -> Node<'q> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match (kind, normalize(part, found)) {
            (Join::And, Node::And(inner)) | (Join::Or, Node::Or(inner)) => flat.extend(inner),
            (_, node) if node == kind.absorbing() => return node,
            (_, node) if node == kind.identity() => {}
            (_, node) => flat.push(node),
        }
    }
    match merge_fields(kind, flat) {
        Ok(mut merged) if merged.len() < 2 => merged.pop().unwrap_or(kind.identity()),
        Ok(merged) => kind.of(merged),
        Err(conflict) => {
            let name = &conflict.field.name;
            found.push(match kind {
                Join::And => messages::selects_nothing(conflict.place, conflict.other, name),
                Join::Or => messages::selects_everything(conflict.place, conflict.other, name),
            });
            kind.absorbing()
        }
    }
}

/// Merges the atoms of each field, at the place of the field's first; other nodes stay.
fn merge_fields<'q>(kind: Join, nodes: Vec<Node<'q>>) -> Result<Vec<Node<'q>>, Conflict<'q>> {
    let mut places: Vec<(u32, usize)> = Vec::with_capacity(nodes.len());
    for (place, node) in (0_u32..).zip(&nodes) {
        if let Node::Atom(atom) = node {
            places.push((place, atom.field.id.index()));
        }
    }
    places.sort_by_key(|(_, field)| *field);
    let alone = places.iter().zip(places.iter().skip(1)).all(|((_, a), (_, b))| a != b);
    if alone {
        return Ok(nodes);
    }
    let mut slots: Vec<Option<Node<'q>>> = nodes.into_iter().map(Some).collect();
    let mut out: Vec<Vec<Node<'q>>> = Vec::new();
    out.resize_with(slots.len(), Vec::new);
    for run in places.chunk_by(|(_, a), (_, b)| a == b) {
        let taken =
            run.iter().filter_map(|(place, _)| match slots.get_mut(*place as usize)?.take()? {
                Node::Atom(atom) => Some(atom),
                Node::All | Node::Nothing | Node::And(_) | Node::Or(_) => None,
            });
        let merged = mirrored(kind, taken.collect())?;
        let first = run.first().and_then(|(place, _)| out.get_mut(*place as usize));
        if let Some(slot) = first {
            slot.extend(merged.into_iter().map(Node::Atom));
        }
    }
    let kept = slots.into_iter().zip(out).flat_map(|(kept, merged)| kept.into_iter().chain(merged));
    Ok(kept.collect())
}

/// `a or b` is `not (not a and not b)`.
fn mirrored<'q>(kind: Join, mut atoms: Vec<Atom<'q>>) -> Result<Vec<Atom<'q>>, Conflict<'q>> {
    let flip =
        |atoms: &mut Vec<Atom<'q>>| atoms.iter_mut().for_each(|atom| atom.negated = !atom.negated);
    if kind == Join::And {
        return merge(atoms);
    }
    flip(&mut atoms);
    let mut merged = merge(atoms)?;
    flip(&mut merged);
    Ok(merged)
}

/// An atom alone in its plainest form: without negation where the field's cardinality allows.
pub(crate) fn settle(mut atom: Atom<'_>) -> Node<'_> {
    let always_set = atom.field.cardinality == Cardinality::One;
    let decided = match &atom.predicate {
        Predicate::Set => always_set.then_some(true),
        Predicate::Words(text) => text.split_whitespace().next().is_none().then_some(true),
        Predicate::Order(list) => match (list.first(), always_set) {
            (None, _) => Some(false),
            (Some(only), true) => {
                // Of instants the bound is kept as it was written.
                let written = atom.field.kind != Type::Integer && *only != Range::default();
                (only.is_open(atom.field) && !written).then_some(true)
            }
            (Some(_), false) => None,
        },
        Predicate::Equal(values) => opposite(&atom, values)
            .map(|other| {
                atom.predicate = Predicate::Equal([Value::Bool(other)].into());
                atom.negated = false;
            })
            .and(None),
        Predicate::Outside(_) | Predicate::Text(..) | Predicate::Below(_) | Predicate::Own(..) => {
            None
        }
    };
    if let Some(holds) = decided {
        return if holds == atom.negated { Node::Nothing } else { Node::All };
    }
    if let Predicate::Order(list) = &atom.predicate {
        let turned = always_set && atom.negated;
        if list.len() > 1 || turned {
            let sorted = ranges::union(list.to_vec());
            let line = atom.field.line().filter(|_| turned);
            let list = match line {
                Some(line) => ranges::complement(&sorted, line),
                None => sorted,
            };
            atom.negated &= line.is_none();
            if list.is_empty() {
                return if atom.negated { Node::All } else { Node::Nothing };
            }
            atom.predicate = Predicate::Order(list.into());
        }
    }
    Node::Atom(atom)
}

fn opposite(atom: &Atom<'_>, values: &[Value]) -> Option<bool> {
    match values {
        [Value::Bool(value)] if atom.negated && is_plain_boolean(atom.field) => Some(!value),
        _ => None,
    }
}
