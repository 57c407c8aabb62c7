//! One field of a query as a finite set of cells: the states of a record's values that the atoms
//! of the query tell apart, and the sets of them that the field's row can say.
//!
//! Law: every state of a record lies in some cell, and every atom holds in all or none of the
//! states of a cell. A cell too many (a state that no record can be in) costs at most a request;
//! one too few would be wrong.

use std::sync::Arc;

use hashbrown::HashMap;

use super::elements::{Cells, Element, NEEDLES};
use super::family::{Base, Family, Literal, Payload, Shape};
use crate::diagram::{Bits, singles};
use crate::fold::Find;
use crate::query::{Bound, Kind, Predicate, Range};
use crate::schema::Field;
use crate::value::{Line, Value};

/// The most sets of cells that are listed for one field.
const TABLE: usize = 1024;

/// A set of cells and the atoms that say it, which all have to hold.
#[derive(Clone)]
pub(super) struct Sayable<'q> {
    pub(super) bits: Bits,
    pub(super) literals: Vec<Literal<'q>>,
}

/// A field and its cells.
pub(super) struct Domain<'q> {
    pub(super) field: &'q Field,
    pub(super) full: Bits,
    atoms: Vec<(Predicate, Bits)>,
    families: Vec<Family<'q>>,
    /// Every sayable set, when there are few.
    table: Option<Vec<Sayable<'q>>>,
    greatest: HashMap<Bits, Vec<Bits>>,
    least: HashMap<Bits, Vec<Bits>>,
}

impl<'q> Domain<'q> {
    /// `None` when the predicates tell more states apart than there are cells.
    pub(super) fn new(field: &'q Field, predicates: &[Predicate]) -> Option<Domain<'q>> {
        let folded = if field.ignores_case { one_case(predicates) } else { predicates.to_vec() };
        let cells = Cells::of(field, &folded)?;
        let full = cells.full();
        let atoms = predicates
            .iter()
            .zip(&folded)
            .map(|(predicate, folded)| (predicate.clone(), cells.holding(folded)))
            .collect();
        let families = families(field, &cells, &folded);
        let mut domain = Domain {
            field,
            full,
            atoms,
            families,
            table: None,
            greatest: HashMap::new(),
            least: HashMap::new(),
        };
        domain.table = domain.list();
        Some(domain)
    }

    /// True when every sayable set is known, so that what is fewest is provably so.
    pub(super) fn is_complete(&self) -> bool {
        let disjoint = |family: &Family<'_>| match &family.shape {
            Shape::List { bases, .. } | Shape::Words(bases) => {
                let union = bases.iter().fold(0, |all: Bits, base| all | base.bits);
                let sum: u32 = bases.iter().map(|base| base.bits.count_ones()).sum();
                sum == union.count_ones()
            }
            Shape::Fixed(list) => list.len() <= 1,
            Shape::Ranges(_) => false,
        };
        self.table.is_some() || self.families.iter().all(disjoint)
    }

    /// The cells in which the test holds.
    pub(super) fn holding(&self, predicate: &Predicate) -> Bits {
        self.atoms.iter().find(|(known, _)| known == predicate).map_or(0, |(_, bits)| *bits)
    }

    /// Every sayable set, each with its shortest saying.
    fn list(&self) -> Option<Vec<Sayable<'q>>> {
        let mut out = vec![Sayable { bits: self.full, literals: Vec::new() }];
        let mut places: HashMap<Bits, usize> = HashMap::from([(self.full, 0)]);
        for family in &self.families {
            let literals = family.all()?;
            for place in 0..out.len() {
                let Some(before) = out.get(place).cloned() else { continue };
                for literal in &literals {
                    let bits = before.bits & literal.bits;
                    if bits == before.bits
                        || bits == 0
                        || before.literals.iter().any(|other| other.collides(literal))
                    {
                        continue;
                    }
                    let mut literals = before.literals.clone();
                    literals.push(literal.clone());
                    let next = Sayable { bits, literals };
                    match places.get(&bits).and_then(|place| out.get_mut(*place)) {
                        Some(known) if size(&next) < size(known) => *known = next,
                        Some(_) => {}
                        None => {
                            places.insert(bits, out.len());
                            out.push(next);
                        }
                    }
                }
                if out.len() > TABLE {
                    return None;
                }
            }
        }
        Some(out)
    }

    /// How the row says the set.
    pub(super) fn say(&self, bits: Bits) -> Option<Sayable<'q>> {
        if bits == self.full {
            return Some(Sayable { bits, literals: Vec::new() });
        }
        if let Some(table) = &self.table {
            return table.iter().find(|sayable| sayable.bits == bits).cloned();
        }
        [false, true].into_iter().find_map(|backwards| {
            let all: Vec<Literal<'q>> = self
                .families
                .iter()
                .filter_map(|family| family.tightest(bits, backwards))
                .collect();
            fewest(all, bits, self.full)
        })
    }

    /// The least set that is found sayable and holds these cells.
    fn hull(&self, cells: Bits, backwards: bool) -> Bits {
        let literals = self.families.iter().filter_map(|family| family.tightest(cells, backwards));
        let bits = literals.fold(self.full, |bits, literal| bits & literal.bits);
        if self.say(bits).is_some() { bits } else { self.full }
    }

    /// The greatest sayable sets within a set.
    pub(super) fn greatest_within(&mut self, set: Bits) -> Vec<Bits> {
        if let Some(known) = self.greatest.get(&set) {
            return known.clone();
        }
        let candidates: Vec<Bits> = match &self.table {
            Some(table) => {
                table.iter().map(|sayable| sayable.bits).filter(|bits| bits & !set == 0).collect()
            }
            None => self.grown_within(set),
        };
        let mut greatest: Vec<Bits> = Vec::new();
        for bits in &candidates {
            let lesser = candidates.iter().any(|other| other != bits && bits & !other == 0);
            if !lesser && !greatest.contains(bits) {
                greatest.push(*bits);
            }
        }
        self.greatest.insert(set, greatest.clone());
        greatest
    }

    fn grown_within(&self, set: Bits) -> Vec<Bits> {
        let mut out = Vec::new();
        if self.say(set).is_some() {
            return vec![set];
        }
        for start in singles(set) {
            for backwards in [false, true] {
                let mut grown = self.hull(start, backwards);
                if grown & !set != 0 {
                    continue;
                }
                let mut order: Vec<Bits> = singles(set).collect();
                if backwards {
                    order.reverse();
                }
                for cell in order {
                    let more =
                        if grown & cell == 0 { self.hull(grown | cell, backwards) } else { grown };
                    if more & !set == 0 {
                        grown = more;
                    }
                }
                if !out.contains(&grown) {
                    out.push(grown);
                }
            }
        }
        out
    }

    /// The least sayable sets that hold a cell, the smallest first.
    pub(super) fn least_around(&mut self, cell: Bits) -> Vec<Bits> {
        if let Some(known) = self.least.get(&cell) {
            return known.clone();
        }
        let candidates: Vec<Bits> = match &self.table {
            Some(table) => {
                table.iter().map(|sayable| sayable.bits).filter(|bits| bits & cell != 0).collect()
            }
            None => vec![self.hull(cell, false), self.hull(cell, true)],
        };
        let mut least: Vec<Bits> = Vec::new();
        for bits in &candidates {
            let greater = candidates.iter().any(|other| other != bits && other & !bits == 0);
            if !greater && !least.contains(bits) {
                least.push(*bits);
            }
        }
        least.sort_by_key(|bits| bits.count_ones());
        self.least.insert(cell, least.clone());
        least
    }
}

/// The predicates with one spelling, the first, for values that differ only in the case of ASCII
/// letters: on a field that ignores case they are one value.
fn one_case(predicates: &[Predicate]) -> Vec<Predicate> {
    let mut spellings: HashMap<String, Value> = HashMap::new();
    let mut one = |values: &[Value]| -> Arc<[Value]> {
        let mut seen = hashbrown::HashSet::new();
        let folded = values.iter().map(|value| match value {
            Value::Text(text) => {
                let known = spellings.entry(text.to_ascii_lowercase());
                known.or_insert_with(|| value.clone()).clone()
            }
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Double(_)
            | Value::Decimal(_)
            | Value::Day(_)
            | Value::Key(_) => value.clone(),
        });
        folded.filter(|value| seen.insert(value.clone())).collect()
    };
    let predicates = predicates.iter().map(|predicate| match predicate {
        Predicate::Equal(values) => Predicate::Equal(one(values)),
        Predicate::Outside(values) => Predicate::Outside(one(values)),
        Predicate::Text(..)
        | Predicate::Order(_)
        | Predicate::Words(_)
        | Predicate::Below(_)
        | Predicate::Set
        | Predicate::Own(..) => predicate.clone(),
    });
    predicates.collect()
}

/// How long a saying is: operators, then values.
fn size(sayable: &Sayable<'_>) -> (usize, usize) {
    let values = sayable.literals.iter().map(|literal| {
        let predicate = &literal.atom.predicate;
        let words = if let Predicate::Words(text) = predicate {
            text.split_whitespace().count()
        } else {
            0
        };
        predicate.values().len() + predicate.strings().len() + predicate.ranges().len() + words
    });
    let operators = sayable.literals.iter().map(|literal| literal.entries.len());
    (operators.sum(), values.sum())
}

/// The fewest of the literals that together leave just these cells, without an operator twice.
fn fewest<'q>(all: Vec<Literal<'q>>, bits: Bits, full: Bits) -> Option<Sayable<'q>> {
    if let Some(one) = all.iter().find(|literal| literal.bits & full == bits) {
        return Some(Sayable { bits, literals: vec![one.clone()] });
    }
    for (place, first) in all.iter().enumerate() {
        let second = all
            .iter()
            .skip(place + 1)
            .find(|second| first.bits & second.bits & full == bits && !first.collides(second));
        if let Some(second) = second {
            return Some(Sayable { bits, literals: vec![first.clone(), second.clone()] });
        }
    }
    let mut left: Vec<Literal<'q>> = Vec::new();
    for literal in all {
        if left.iter().all(|other| !other.collides(&literal)) {
            left.push(literal);
        }
    }
    let meet = |list: &[Literal<'_>], but: usize| {
        let kept = list.iter().enumerate().filter(|(place, _)| *place != but);
        kept.fold(full, |bits, (_, literal)| bits & literal.bits)
    };
    for place in (0..left.len()).rev() {
        if meet(&left, place) == bits {
            left.remove(place);
        }
    }
    (meet(&left, usize::MAX) == bits).then_some(Sayable { bits, literals: left })
}

/// What the row's operators can say of the cells.
fn families<'q>(field: &'q Field, cells: &Cells, predicates: &[Predicate]) -> Vec<Family<'q>> {
    let full = cells.full();
    let mut shapes = Vec::new();
    let values = value_bases(field, cells, predicates);
    let lists = NEEDLES.map(|find| (Kind::Text(find), needle_bases(cells, find)));
    for (kind, bases) in [(Kind::Equal, values.clone())].into_iter().chain(lists) {
        for negated in [false, true] {
            if !bases.is_empty() {
                shapes.push(Shape::List { kind, negated, bases: bases.clone(), within: full });
            }
        }
    }
    let ranges = cells.elements.iter().filter_map(|element| match element {
        Element::Interval(range) => Some((cells.with(element), *range)),
        Element::Set | Element::Values(_) | Element::Needles(..) | Element::Opaque(_) => None,
    });
    let ranges: Vec<(Bits, Range)> = ranges.filter(|(bits, _)| *bits != 0).collect();
    if !ranges.is_empty() {
        shapes.push(Shape::Ranges(ranges));
    }
    let set = cells.with(&Element::Set);
    if cells.elements.contains(&Element::Set) {
        shapes.push(Shape::Fixed(vec![(set, Predicate::Set, false)]));
        shapes.push(Shape::Fixed(vec![(full & !set, Predicate::Set, true)]));
        let lists: Vec<Base> = values.into_iter().filter(|base| base.bits & !set == 0).collect();
        if !cells.many && predicates.iter().any(|predicate| predicate.kind() == Kind::Outside) {
            shapes.push(Shape::List {
                kind: Kind::Outside,
                negated: false,
                bases: lists,
                within: set,
            });
        }
    }
    let mut words = Vec::new();
    for element in &cells.elements {
        let Element::Opaque(predicate) = element else { continue };
        let bits = cells.with(element);
        if let Predicate::Words(text) = predicate {
            words.push(Base { bits, payload: Payload::Text(text.clone()) });
            continue;
        }
        shapes.push(Shape::Fixed(vec![(bits, predicate.clone(), false)]));
        shapes.push(Shape::Fixed(vec![(full & !bits, predicate.clone(), true)]));
    }
    if !words.is_empty() {
        shapes.push(Shape::Words(words));
    }
    shapes.into_iter().map(|shape| Family { field, shape }).collect()
}

fn value_bases(field: &Field, cells: &Cells, predicates: &[Predicate]) -> Vec<Base> {
    let mut bases = Vec::new();
    let lists = predicates.iter().filter(|predicate| predicate.kind() == Kind::Equal);
    let named: Vec<&Value> = lists.flat_map(Predicate::values).collect();
    for element in &cells.elements {
        match element {
            Element::Values(list) => {
                bases.push(Base {
                    bits: cells.with(element),
                    payload: Payload::Values(list.clone()),
                });
            }
            Element::Interval(range) => {
                let point = range.point().and_then(|at| cells.line?.value(at));
                let point = point.filter(|point| named.contains(&point));
                if let Some(point) = point {
                    bases.push(Base {
                        bits: cells.with(element),
                        payload: Payload::Values(vec![point]),
                    });
                }
            }
            Element::Set | Element::Needles(..) | Element::Opaque(_) => {}
        }
    }
    if field.names_null() && named.contains(&&Value::Null) {
        let unset = cells.full() & !cells.with(&Element::Set);
        bases.push(Base { bits: unset, payload: Payload::Values(vec![Value::Null]) });
    }
    bases
}

fn needle_bases(cells: &Cells, wanted: Find) -> Vec<Base> {
    let needles = cells.elements.iter().filter_map(|element| match element {
        Element::Needles(find, list) if *find == wanted => {
            Some(Base { bits: cells.with(element), payload: Payload::Strings(list.clone()) })
        }
        Element::Set
        | Element::Values(_)
        | Element::Needles(..)
        | Element::Interval(_)
        | Element::Opaque(_) => None,
    });
    needles.collect()
}

/// The line cut where the ranges and points begin and end.
pub(super) fn intervals(ranges: &[Range], line: Line) -> Vec<Range> {
    let (first, last) = line.ends();
    let mut starts: Vec<Bound> = ranges.iter().filter_map(|range| range.start).collect();
    let ends = || ranges.iter().filter_map(|range| range.end);
    starts.extend(ends().filter(|end| end.at < last).map(|end| end.beyond(1, line)));
    starts.retain(|start| start.at > first);
    starts.sort_by_key(|start| start.at);
    starts.dedup_by_key(|start| start.at);
    let written = |start: &Bound| ends().find(|end| end.at == start.at - 1);
    let ends = starts.iter().map(|start| written(start).or_else(|| Some(start.beyond(-1, line))));
    let first = std::iter::once(None).chain(starts.iter().copied().map(Some));
    first.zip(ends.chain(std::iter::once(None))).map(|(start, end)| Range { start, end }).collect()
}
