//! Two queries as sets of the states that records can be in.

use super::Reason;
use super::facts::{self, Facts};
use crate::diagram::{Cube, Diagram, EMPTY, FULL, Join, Set};
use crate::query::{Atom, Node, Predicate, Query};
use crate::schema::Field;
use crate::value::Value;

/// Steps of the diagram for each question.
const WORK: usize = 1_000_000;
/// The most tests of all fields; more would nest too deep.
const LEVELS: usize = 1024;

/// What a test counts as that no record decides.
#[derive(Clone, Copy)]
pub(super) enum Opaque {
    /// Whatever it is, the same wherever it is written.
    Free,
    /// Never fulfilled, with `not` or without.
    Fails,
    /// Always fulfilled, with `not` or without.
    Holds,
}

/// The fields that two queries name, and what they can be.
pub(super) struct Space<'q> {
    facts: Vec<Facts<'q>>,
    pub(super) diagram: Diagram,
    /// States of which none is left out.
    pub(super) possible: Set,
    /// States that records are known for.
    pub(super) certain: Set,
}

impl<'q> Space<'q> {
    /// The fields as the queries are written, their tests as they are merged. `None` when the
    /// queries are too large.
    pub(super) fn of(queries: [&Query<'q>; 2]) -> Option<Space<'q>> {
        let mut fields: Vec<(&'q Field, Vec<&Atom<'q>>)> = Vec::new();
        let mut places = hashbrown::HashMap::new();
        for atom in queries.into_iter().flat_map(|query| query.root().atoms()) {
            places.entry(atom.field.id).or_insert_with(|| {
                fields.push((atom.field, Vec::new()));
                fields.len() - 1
            });
        }
        for atom in queries.into_iter().flat_map(|query| query.normal().atoms()) {
            let place = places.get(&atom.field.id).copied()?;
            fields.get_mut(place)?.1.push(atom);
        }
        let mut facts: Vec<Facts<'q>> = Vec::new();
        let mut levels = 0;
        for (field, atoms) in fields {
            let next = Facts::of(field, &atoms, levels)?;
            levels += next.tests.len();
            facts.push(next);
        }
        if levels > LEVELS {
            return None;
        }
        let diagram = Diagram::new(vec![0b11; levels], WORK);
        let mut space = Space { facts, diagram, possible: FULL, certain: FULL };
        space.narrow()?;
        Some(space)
    }

    fn narrow(&mut self) -> Option<()> {
        for facts in self.facts.iter().rev() {
            let diagram = &mut self.diagram;
            diagram.allow(WORK);
            let possible = facts.possible(diagram);
            diagram.allow(WORK);
            let certain = facts.certain(diagram);
            diagram.allow(WORK);
            self.possible = diagram.join(Join::And, possible?, self.possible)?;
            self.certain = diagram.join(Join::And, certain?, self.certain)?;
        }
        Some(())
    }

    /// The states in which a formula holds.
    pub(super) fn set(&mut self, node: &Node<'q>, opaque: Opaque) -> Option<Set> {
        match node {
            Node::All => Some(FULL),
            Node::Nothing => Some(EMPTY),
            Node::And(parts) => parts.iter().try_fold(FULL, |set, part| {
                let part = self.set(part, opaque)?;
                self.diagram.join(Join::And, set, part)
            }),
            Node::Or(parts) => parts.iter().try_fold(EMPTY, |set, part| {
                let part = self.set(part, opaque)?;
                self.diagram.join(Join::Or, set, part)
            }),
            Node::Atom(atom) => self.atom(atom, opaque),
        }
    }

    fn atom(&mut self, atom: &Atom<'q>, opaque: Opaque) -> Option<Set> {
        if facts::is_opaque(&atom.predicate) {
            match opaque {
                Opaque::Free => {}
                Opaque::Fails => return Some(EMPTY),
                Opaque::Holds => return Some(FULL),
            }
        }
        let facts = self.facts.iter().find(|facts| facts.field.id == atom.field.id)?;
        let diagram = &mut self.diagram;
        let mut set = FULL;
        for part in facts::parts(&atom.predicate) {
            let part = facts.passing(&part, diagram)?;
            set = diagram.join(Join::And, set, part)?;
        }
        if matches!(&atom.predicate, Predicate::Equal(list) if list.contains(&Value::Null)) {
            let unset = facts.unset(diagram)?;
            set = diagram.join(Join::Or, set, unset)?;
        }
        if atom.negated { diagram.join(Join::Less, FULL, set) } else { Some(set) }
    }

    /// Why a side can be undecided.
    pub(super) fn reason(&self) -> Reason {
        let opaque = self.facts.iter().any(|facts| facts.tests.iter().any(facts::is_opaque));
        let complete = self.facts.iter().all(|facts| facts.complete);
        if opaque && complete { Reason::NotInRecords } else { Reason::TooLarge }
    }

    /// One state of a set, as values of every field.
    pub(super) fn example(&self, set: Set) -> Vec<(&'q Field, Vec<Value>)> {
        let state: Cube = self.diagram.pick(set);
        let values = |facts: &Facts<'q>| {
            let levels = state.iter().skip(facts.from).take(facts.tests.len()).enumerate();
            let holding = levels.filter(|(_, cell)| **cell == 0b10);
            let mask = holding.fold(0, |mask, (place, _)| mask | facts::bit(place));
            (facts.field, facts.example(mask))
        };
        self.facts.iter().map(values).collect()
    }
}
