//! What one operator of a row can say of a field, as sets of cells.
//!
//! Law: a set counts as sayable only when `query::spell` gives the operators for it.

use std::sync::Arc;

use crate::diagram::{Bits, singles};
use crate::query::spell::{self, Entry};
use crate::query::{Atom, Kind, Predicate, Range};
use crate::schema::Field;
use crate::span::Span;
use crate::value::Value;

/// An atom that a row can say, and the cells where it holds.
#[derive(Clone, Debug)]
pub(super) struct Literal<'q> {
    pub(super) bits: Bits,
    pub(super) atom: Atom<'q>,
    pub(super) entries: Vec<Entry>,
}

impl Literal<'_> {
    /// True when both need the same operator.
    pub(super) fn collides(&self, other: &Literal<'_>) -> bool {
        self.entries.iter().any(|a| other.entries.iter().any(|b| a.operator == b.operator))
    }
}

/// What stands in a list, and the cells where it alone holds.
#[derive(Clone, Debug)]
pub(super) struct Base {
    pub(super) bits: Bits,
    pub(super) payload: Payload,
}

#[derive(Clone, Debug)]
pub(super) enum Payload {
    Values(Vec<Value>),
    Strings(Vec<String>),
    Text(Arc<str>),
}

/// All that one operator can say.
pub(super) enum Shape {
    /// Lists: some of the bases hold, or none of them.
    List { kind: Kind, negated: bool, bases: Vec<Base>, within: Bits },
    /// Words: all of the bases hold.
    Words(Vec<Base>),
    /// Just these.
    Fixed(Vec<(Bits, Predicate, bool)>),
    /// Ranges of neighbouring cells, in order.
    Ranges(Vec<(Bits, Range)>),
}

/// The longest list of which all parts are tried.
const PARTS: usize = 8;

pub(super) struct Family<'q> {
    pub(super) field: &'q Field,
    pub(super) shape: Shape,
}

impl<'q> Family<'q> {
    fn literal(&self, bits: Bits, predicate: Predicate, negated: bool) -> Option<Literal<'q>> {
        let atom = Atom { field: self.field, predicate, negated, span: Span::default() };
        let entries = spell::spell(&atom)?.entries().collect();
        Some(Literal { bits, atom, entries })
    }

    /// The literal of a part of the bases, given by their places.
    fn of_list(&self, chosen: u64) -> Option<Literal<'q>> {
        let (bases, kind) = match &self.shape {
            Shape::List { bases, kind, .. } => (bases, *kind),
            Shape::Words(bases) => (bases, Kind::Words),
            Shape::Fixed(_) | Shape::Ranges(_) => return None,
        };
        let taken = || {
            bases
                .iter()
                .enumerate()
                .filter(|(place, _)| chosen & place_bit(*place) != 0)
                .map(|(_, base)| base)
        };
        taken().next()?;
        let union = taken().fold(0, |bits, base| bits | base.bits);
        match &self.shape {
            Shape::List { negated, within, .. } => {
                let inverted = *negated || kind == Kind::Outside;
                let bits = within & if inverted { !union } else { union };
                self.literal(bits, predicate(kind, taken()), *negated)
            }
            Shape::Words(_) => {
                let bits = taken().fold(Bits::MAX, |bits, base| bits & base.bits);
                self.literal(bits, predicate(kind, taken()), false)
            }
            Shape::Fixed(_) | Shape::Ranges(_) => None,
        }
    }

    /// Everything it can say; `None` when that is too much.
    pub(super) fn all(&self) -> Option<Vec<Literal<'q>>> {
        match &self.shape {
            Shape::List { bases, .. } | Shape::Words(bases) => {
                let few = bases.len() <= PARTS;
                few.then(|| {
                    (1..1 << bases.len()).filter_map(|chosen| self.of_list(chosen)).collect()
                })
            }
            Shape::Fixed(list) => Some(self.fixed(list).collect()),
            Shape::Ranges(cells) => {
                let few = cells.len() <= PARTS;
                few.then(|| {
                    let every = cells.iter().fold(0, |bits, (cell, _)| bits | cell);
                    let mut parts: Vec<Bits> = vec![0];
                    for cell in singles(every) {
                        parts.extend(parts.clone().iter().map(|part| part | cell));
                    }
                    parts.into_iter().filter_map(|part| self.of_ranges(cells, part)).collect()
                })
            }
        }
    }

    fn fixed<'f>(
        &'f self,
        list: &'f [(Bits, Predicate, bool)],
    ) -> impl Iterator<Item = Literal<'q>> + 'f {
        list.iter().filter_map(|(bits, predicate, negated)| {
            self.literal(*bits, predicate.clone(), *negated)
        })
    }

    /// The least it can say that holds in all of the cells; `None` when it cannot narrow.
    pub(super) fn tightest(&self, cells: Bits, backwards: bool) -> Option<Literal<'q>> {
        match &self.shape {
            Shape::List { bases, negated, kind, within } => {
                let inverted = *negated || *kind == Kind::Outside;
                if cells & !within != 0 {
                    return None;
                }
                let chosen =
                    if inverted { apart(bases, cells) } else { cover(bases, cells, backwards)? };
                self.of_list(chosen)
            }
            Shape::Words(bases) => {
                let holds = |(place, base): (usize, &Base)| {
                    (cells & !base.bits == 0).then(|| place_bit(place))
                };
                self.of_list(
                    bases.iter().enumerate().filter_map(holds).fold(0, |all, bit| all | bit),
                )
            }
            Shape::Fixed(list) => {
                let fitting = self.fixed(list).filter(|literal| cells & !literal.bits == 0);
                fitting.min_by_key(|literal| literal.bits.count_ones())
            }
            Shape::Ranges(ranges) => {
                let every = ranges.iter().fold(0, |bits, (cell, _)| bits | cell);
                if cells & !every != 0 {
                    return None;
                }
                let hull = hull(cells);
                let from = every & !(lowest_below(hull));
                let up_to = every & (hull | lowest_below(hull));
                [cells, hull, from, up_to].into_iter().find_map(|part| self.of_ranges(ranges, part))
            }
        }
    }

    /// The ranges that are just these cells.
    fn of_ranges(&self, cells: &[(Bits, Range)], part: Bits) -> Option<Literal<'q>> {
        let mut list: Vec<Range> = Vec::new();
        let mut open = false;
        for (cell, range) in cells {
            let inside = part & cell != 0;
            match list.last_mut() {
                Some(last) if inside && open => last.end = range.end,
                _ if inside => list.push(*range),
                _ => {}
            }
            open = inside;
        }
        if list.is_empty() || list.contains(&Range { start: None, end: None }) {
            return None;
        }
        let bits = cells
            .iter()
            .filter(|(cell, _)| part & cell != 0)
            .fold(0, |bits, (cell, _)| bits | cell);
        self.literal(bits, Predicate::Order(list.into()), false)
    }
}

fn place_bit(place: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).unwrap_or_default()
}

/// The cells from the lowest to the highest of these.
fn hull(cells: Bits) -> Bits {
    let up_to_highest = Bits::MAX.checked_shr(cells.leading_zeros()).unwrap_or_default();
    up_to_highest & !lowest_below(cells)
}

/// All cells below the lowest of these.
fn lowest_below(cells: Bits) -> Bits {
    (cells & cells.wrapping_neg()).wrapping_sub(1)
}

/// The bases that hold in none of the cells.
fn apart(bases: &[Base], cells: Bits) -> u64 {
    let places = bases.iter().enumerate().filter(|(_, base)| base.bits & cells == 0);
    places.fold(0, |all, (place, _)| all | place_bit(place))
}

/// Bases of which one holds in each of the cells, and none of which can be left out.
fn cover(bases: &[Base], cells: Bits, backwards: bool) -> Option<u64> {
    let touching = bases.iter().enumerate().filter(|(_, base)| base.bits & cells != 0);
    let mut places: Vec<usize> = touching.map(|(place, _)| place).collect();
    let union = |places: &[usize]| {
        places.iter().filter_map(|place| bases.get(*place)).fold(0, |bits, base| bits | base.bits)
    };
    if cells & !union(&places) != 0 {
        return None;
    }
    if !backwards {
        places.reverse();
    }
    for place in places.clone() {
        let without: Vec<usize> = places.iter().copied().filter(|other| *other != place).collect();
        if cells & !union(&without) == 0 {
            places = without;
        }
    }
    Some(places.into_iter().fold(0, |all, place| all | place_bit(place)))
}

fn predicate<'b>(kind: Kind, bases: impl Iterator<Item = &'b Base>) -> Predicate {
    let mut values: Vec<Value> = Vec::new();
    let mut strings: Vec<String> = Vec::new();
    for base in bases {
        match &base.payload {
            Payload::Values(list) => values.extend(list.iter().cloned()),
            Payload::Strings(list) => strings.extend(list.iter().cloned()),
            Payload::Text(text) => strings.push(text.to_string()),
        }
    }
    match kind {
        Kind::Outside => Predicate::Outside(values.into()),
        Kind::Text(find) => Predicate::Text(find, strings.into()),
        Kind::Words => Predicate::Words(joined(&strings)),
        Kind::Equal | Kind::Order | Kind::Below | Kind::Set | Kind::Own => {
            Predicate::Equal(values.into())
        }
    }
}

/// The words of all texts, each once.
fn joined(texts: &[String]) -> Arc<str> {
    let mut words: Vec<&str> = Vec::new();
    for word in texts.iter().flat_map(|text| text.split_whitespace()) {
        if !words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            words.push(word);
        }
    }
    words.join(" ").into()
}
