//! One field of two queries: its tests, and which of them can hold together.
//!
//! Law: every state that a record's values can be in is one of the `possible`, and every one of
//! the `certain` is a state that values are known for. Where `complete`, the two are one.

use hashbrown::HashSet;

use super::values;
use crate::diagram::{Diagram, EMPTY, FULL, Join, Set};
use crate::fold::Find;
use crate::matcher::Prepared;
use crate::query::{Atom, Predicate};
use crate::schema::Field;
use crate::value::{Cardinality, Value};

/// Which tests hold, one bit for each.
pub(super) type Mask = u128;

/// The most tests of one field.
const TESTS: usize = 128;
/// The most combinations of tests of one value that are worked with.
const COMBINATIONS: usize = 4096;
/// The most comparisons of values with operands.
const COMPARED: usize = 30_000_000;
/// The most tests of a tree on one field: what is below what is unknown, so all ways are tried.
const TREES: usize = 4;

/// The bit of a place; none beyond the last.
pub(super) fn bit(place: usize) -> Mask {
    u32::try_from(place).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or_default()
}

/// A field, its tests as levels of a diagram, and values that pass them.
pub(super) struct Facts<'q> {
    pub(super) field: &'q Field,
    /// The level of the first test, which is whether there is a value at all.
    pub(super) from: usize,
    /// Core tests of one value, those that only the API knows last.
    pub(super) tests: Vec<Predicate>,
    /// How many of them values decide.
    decided: usize,
    /// What one value can pass, each with a value that does.
    values: Vec<(Mask, Value)>,
    /// True when a value can pass nothing else.
    pub(super) complete: bool,
}

/// The tests of one value that a test of a field is made of.
pub(super) fn parts(predicate: &Predicate) -> Vec<Predicate> {
    match predicate {
        Predicate::Words(text) => {
            let words = text.split_whitespace();
            words.map(|word| Predicate::Text(Find::Inside, [word.to_owned()].into())).collect()
        }
        Predicate::Equal(_)
        | Predicate::Outside(_)
        | Predicate::Text(..)
        | Predicate::Order(_)
        | Predicate::Below(_)
        | Predicate::Set
        | Predicate::Own(..) => vec![predicate.clone()],
    }
}

/// True for a test that no record decides.
pub(super) fn is_opaque(predicate: &Predicate) -> bool {
    matches!(predicate, Predicate::Below(_) | Predicate::Own(..))
}

impl<'q> Facts<'q> {
    /// `None` when there are too many tests.
    pub(super) fn of(field: &'q Field, atoms: &[&Atom<'q>], from: usize) -> Option<Facts<'q>> {
        let mut tests = vec![Predicate::Set];
        let mut own = Vec::new();
        let mut seen: HashSet<Predicate> = HashSet::from([Predicate::Set]);
        for part in atoms.iter().flat_map(|atom| parts(&atom.predicate)) {
            if seen.insert(part.clone()) {
                if matches!(part, Predicate::Own(..)) { own.push(part) } else { tests.push(part) }
            }
        }
        let decided = tests.len();
        tests.extend(own);
        if tests.len() > TESTS {
            return None;
        }
        let mut facts = Facts { field, from, tests, decided, values: Vec::new(), complete: false };
        facts.fill();
        Some(facts)
    }

    /// Tries values on all tests that values decide.
    fn fill(&mut self) {
        let decided = self.tests.get(..self.decided).unwrap_or_default();
        let found = values::of(self.field, decided);
        self.complete = found.complete;
        let size =
            |test: &Predicate| 1 + test.strings().len() + test.ranges().len() + one_by_one(test);
        let each: usize = decided.iter().map(size).sum();
        let most = COMPARED / each.max(1);
        self.complete &= found.list.len() <= most;
        let tests: Vec<Option<Prepared>> =
            decided.iter().map(|test| Prepared::of(self.field, test)).collect();
        let mut seen = HashSet::new();
        for value in found.list.into_iter().take(most) {
            for mask in self.masks(&tests, &value) {
                if self.values.len() >= COMBINATIONS {
                    self.complete = false;
                    return;
                }
                if seen.insert(mask) {
                    self.values.push((mask, value.clone()));
                }
            }
        }
    }

    /// What a value passes; below what it is in a tree can be anything that does not name it.
    fn masks(&mut self, tests: &[Option<Prepared>], value: &Value) -> Vec<Mask> {
        let named = |place| {
            self.tests.get(place).is_some_and(|test: &Predicate| test.values().contains(value))
        };
        let passes = |(place, test): (usize, &Option<Prepared>)| {
            let passes = test
                .as_ref()
                .map_or_else(|| named(place), |test| test.passes_value(self.field, value));
            if passes { bit(place) } else { 0 }
        };
        let known = tests.iter().enumerate().map(passes).fold(0, |mask, bit| mask | bit);
        let unknown: Vec<Mask> = tests
            .iter()
            .enumerate()
            .filter(|(_, test)| test.is_none())
            .map(|(place, _)| bit(place) & !known)
            .filter(|bit| *bit != 0)
            .collect();
        self.complete &= unknown.len() <= TREES;
        unknown.iter().take(TREES).fold(vec![known], |masks, bit| {
            masks.iter().flat_map(|mask| [*mask, mask | bit]).collect()
        })
    }

    fn is_many(&self) -> bool {
        self.field.cardinality == Cardinality::Many
    }

    /// The states of which values are known. What is too much work is left out.
    pub(super) fn certain(&self, diagram: &mut Diagram) -> Option<Set> {
        let several = if self.is_many() { self.unions(diagram) } else { None };
        several.or_else(|| self.states(diagram))
    }

    /// All states that values can be in, and where they are not all known, others.
    pub(super) fn possible(&self, diagram: &mut Diagram) -> Option<Set> {
        if !self.complete {
            return self.loose(diagram);
        }
        if self.is_many() {
            self.unions(diagram).or_else(|| self.loose(diagram))
        } else {
            self.states(diagram)
        }
    }

    /// The states of at most one value.
    fn states(&self, diagram: &mut Diagram) -> Option<Set> {
        let unset = (self.field.cardinality != Cardinality::One).then_some(0);
        let masks: Vec<Mask> = self.values.iter().map(|(mask, _)| *mask).chain(unset).collect();
        self.among(&masks, 0, diagram)
    }

    fn among(&self, masks: &[Mask], place: usize, diagram: &mut Diagram) -> Option<Set> {
        if masks.is_empty() || place == self.decided {
            return Some(if masks.is_empty() { EMPTY } else { FULL });
        }
        let (with, without): (Vec<Mask>, Vec<Mask>) =
            masks.iter().partition(|mask| *mask & bit(place) != 0);
        let fails = self.among(&without, place + 1, diagram)?;
        let holds = self.among(&with, place + 1, diagram)?;
        diagram.branch(self.from + place, fails, holds)
    }

    /// The states of any number of values: whatever holds, some value makes it hold that makes
    /// nothing else hold than does.
    fn unions(&self, diagram: &mut Diagram) -> Option<Set> {
        let mut masks: Vec<Mask> = self.values.iter().map(|(mask, _)| *mask).collect();
        masks.sort_by_key(|mask| mask.count_ones());
        let mut all = FULL;
        for place in 0..self.decided {
            let mut least: Vec<Mask> = Vec::new();
            for mask in masks.iter().filter(|mask| **mask & bit(place) != 0) {
                if !least.iter().any(|less| less & !mask == 0) {
                    least.push(*mask);
                }
            }
            let mut made = self.level(place, false, diagram)?;
            for mask in least {
                let whole = self.holding(mask, diagram)?;
                made = diagram.join(Join::Or, made, whole)?;
            }
            all = diagram.join(Join::And, all, made)?;
        }
        Some(all)
    }

    /// Nothing holds without a value, and all else may.
    fn loose(&self, diagram: &mut Diagram) -> Option<Set> {
        let some = if self.field.cardinality == Cardinality::One { EMPTY } else { FULL };
        let unset = (1..self.decided)
            .rev()
            .try_fold(some, |set, place| diagram.branch(self.from + place, set, EMPTY))?;
        diagram.branch(self.from, unset, FULL)
    }

    /// Where all tests of a mask hold.
    fn holding(&self, mask: Mask, diagram: &mut Diagram) -> Option<Set> {
        let mut places = (0..self.decided).rev().filter(|place| mask & bit(*place) != 0);
        places.try_fold(FULL, |set, place| diagram.branch(self.from + place, EMPTY, set))
    }

    fn level(&self, place: usize, holds: bool, diagram: &mut Diagram) -> Option<Set> {
        let (fails, passes) = if holds { (EMPTY, FULL) } else { (FULL, EMPTY) };
        diagram.branch(self.from + place, fails, passes)
    }

    /// Where a test of one value holds.
    pub(super) fn passing(&self, test: &Predicate, diagram: &mut Diagram) -> Option<Set> {
        let place = self.tests.iter().position(|known| known == test)?;
        self.level(place, true, diagram)
    }

    /// Where there is no value.
    pub(super) fn unset(&self, diagram: &mut Diagram) -> Option<Set> {
        self.level(0, false, diagram)
    }

    /// Values that make just these tests hold.
    pub(super) fn example(&self, state: Mask) -> Vec<Value> {
        let mut left = state & bit(self.decided).wrapping_sub(1);
        let fitting = self.values.iter().filter(|(mask, _)| mask & !left == 0);
        let mut fitting: Vec<&(Mask, Value)> = fitting.collect();
        let mut values = Vec::new();
        while left != 0 {
            let gain = |(mask, _): &&(Mask, Value)| (mask & left).count_ones();
            fitting.retain(|fact| gain(fact) > 0);
            let Some((mask, value)) = fitting.iter().rev().copied().max_by_key(gain) else { break };
            left &= !mask;
            values.push(value.clone());
        }
        values
    }
}

/// How many values of a list are compared one by one: keys, and all that is looked for in a tree.
fn one_by_one(test: &Predicate) -> usize {
    let tree = matches!(test, Predicate::Below(_));
    test.values().iter().filter(|value| tree || matches!(value, Value::Key(_))).count()
}
