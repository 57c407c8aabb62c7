//! The elementary tests of one field, and which of them can hold together.

use hashbrown::{HashMap, HashSet};

use super::domain::intervals;
use crate::diagram::Bits;
use crate::fold::Find;
use crate::query::{Bound, Form, Kind, Predicate, Range};
use crate::schema::Field;
use crate::value::{At, Cardinality, Line, Type, Value};

/// One elementary test of a field. Values and texts that stand in the same lists are one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Element {
    /// It has a value.
    Set,
    /// Some value is one of these.
    Values(Vec<Value>),
    /// Some value holds one of these there.
    Needles(Find, Vec<String>),
    /// Its one value lies here.
    Interval(Range),
    /// A test that is not looked into.
    Opaque(Predicate),
}

/// Which elementary tests hold, one bit for each.
type Mask = u128;

/// The order in which the tests of text parts stand among the elements and in what is said.
pub(super) const NEEDLES: [Find; 4] = [Find::Start, Find::Inside, Find::End, Find::Fits];

/// The most cells of a field, and the most elementary tests.
const MOST: usize = 128;
/// The most comparisons of texts.
const COMPARED: usize = 200_000;

/// The elementary tests of a field, and every combination of them that can be.
pub(super) struct Cells {
    pub(super) elements: Vec<Element>,
    pub(super) masks: Vec<Mask>,
    /// True when several values can be, or when it is not known which values are the same.
    pub(super) many: bool,
    /// The line of the field's values, where they have an order.
    pub(super) line: Option<Line>,
}

impl Cells {
    /// `None` when there are too many.
    pub(super) fn of(field: &Field, predicates: &[Predicate]) -> Option<Cells> {
        if predicates.len() > MOST {
            return None;
        }
        let many = !field.is_single() || field.kind.is_key();
        let ordered = !many && predicates.iter().any(|predicate| predicate.kind() == Kind::Order);
        let mut elements = Vec::new();
        let names_unset = |predicate: &Predicate| match predicate.kind() {
            Kind::Set | Kind::Outside => true,
            Kind::Equal => predicate.values().contains(&Value::Null),
            Kind::Text(_) | Kind::Order | Kind::Words | Kind::Below | Kind::Own => false,
        };
        if predicates.iter().any(names_unset) {
            elements.push(Element::Set);
        }
        for find in NEEDLES {
            let lists = needles(predicates, find).into_iter();
            elements.extend(lists.map(|list| Element::Needles(find, list)));
        }
        for predicate in predicates {
            let opaque = match predicate.kind() {
                Kind::Words | Kind::Below | Kind::Own => true,
                Kind::Order | Kind::Outside => many,
                Kind::Equal | Kind::Text(_) | Kind::Set => false,
            };
            if opaque {
                elements.push(Element::Opaque(predicate.clone()));
            }
        }
        let line = field.line();
        if let Some(line) = line.filter(|_| ordered) {
            let cuts = cuts(predicates, line);
            elements.extend(intervals(&cuts, line).into_iter().map(Element::Interval));
        } else {
            elements.extend(values(predicates, &elements)?.into_iter().map(Element::Values));
        }
        if elements.len() > MOST {
            return None;
        }
        let rules = Rules::of(&elements, many)?;
        let mut cells = Cells { masks: Vec::new(), many, elements, line };
        cells.masks = cells.states(field, &rules)?;
        Some(cells)
    }

    /// Every state of the field.
    fn states(&self, field: &Field, rules: &Rules) -> Option<Vec<Mask>> {
        let place = |wanted: fn(&Element) -> bool| {
            let places =
                self.elements.iter().enumerate().filter(move |(_, element)| wanted(element));
            places.map(|(place, _)| place).collect::<Vec<usize>>()
        };
        let set = mask(place(|element| *element == Element::Set));
        let opaque = place(|element| matches!(element, Element::Opaque(_)));
        let texts = place(|element| matches!(element, Element::Needles(..)));
        let primary = place(|element| matches!(element, Element::Values(_) | Element::Interval(_)));
        let mut out = Found { masks: Vec::new(), steps: 0 };
        if self.many {
            let free: Vec<usize> = primary.into_iter().chain(texts).chain(opaque).collect();
            self.complete(set, 0, &free, rules, &mut out)?;
        } else {
            for place in &primary {
                let known = set | mask([*place]) | self.texts_of(*place);
                self.complete(known, mask(texts.iter().copied()), &opaque, rules, &mut out)?;
            }
            let intervals =
                self.elements.iter().any(|element| matches!(element, Element::Interval(_)));
            let whole = field.kind == Type::Boolean && primary.len() == 2;
            if !intervals && !whole {
                let free: Vec<usize> = texts.iter().chain(&opaque).copied().collect();
                self.complete(set, mask(primary), &free, rules, &mut out)?;
            }
        }
        if field.cardinality != Cardinality::One && !out.masks.contains(&0) {
            out.masks.push(0);
        }
        (out.masks.len() <= MOST).then_some(out.masks)
    }

    /// The tests of texts that a group of values passes.
    fn texts_of(&self, place: usize) -> Mask {
        let Some(Element::Values(list)) = self.elements.get(place) else { return 0 };
        let passed = self.elements.iter().enumerate().filter(|(_, element)| match element {
            Element::Needles(find, needles) => {
                list.iter().all(|value| passes(value, *find, needles))
            }
            Element::Set | Element::Values(_) | Element::Interval(_) | Element::Opaque(_) => false,
        });
        mask(passed.map(|(place, _)| place))
    }

    /// Every choice for the free tests that the rules allow.
    fn complete(
        &self,
        known: Mask,
        settled: Mask,
        free: &[usize],
        rules: &Rules,
        out: &mut Found,
    ) -> Option<()> {
        out.steps += 1;
        if out.masks.len() > MOST || out.steps > 64 * MOST {
            return None;
        }
        let Some((place, rest)) = free.split_first() else {
            if self.is_possible(known) && !out.masks.contains(&known) {
                out.masks.push(known);
            }
            return Some(());
        };
        let bit = mask([*place]);
        if rules.implied_by(*place) & settled & !known == 0
            && rules.excluded_by(*place) & known == 0
        {
            self.complete(known | bit, settled | bit, rest, rules, out)?;
        }
        if rules.implying(*place) & known == 0 {
            self.complete(known, settled | bit, rest, rules, out)?;
        }
        Some(())
    }

    /// A value outside of a list is one that is named elsewhere, or one that is nowhere named.
    fn is_possible(&self, state: Mask) -> bool {
        self.elements.iter().enumerate().all(|(place, element)| {
            let Element::Opaque(Predicate::Outside(list)) = element else { return true };
            let groups = || {
                self.elements.iter().enumerate().filter_map(|(place, element)| match element {
                    Element::Values(values) => (state & mask([place]) != 0).then_some(values),
                    Element::Set
                    | Element::Needles(..)
                    | Element::Interval(_)
                    | Element::Opaque(_) => None,
                })
            };
            let within =
                |values: &Vec<Value>| values.first().is_some_and(|value| list.contains(value));
            let apart = |values: &Vec<Value>| {
                let differs = |value| list.iter().all(|listed| differ(value, listed));
                values.iter().all(differs)
            };
            let beyond = groups().any(apart) || (state != 0 && !groups().any(within));
            !beyond || state & mask([place]) != 0
        })
    }

    pub(super) fn full(&self) -> Bits {
        let count = u32::try_from(self.masks.len()).unwrap_or(u32::MAX);
        Bits::MAX.checked_shr(128_u32.saturating_sub(count)).unwrap_or_default()
    }

    fn cells_where(&self, holds: impl Fn(Mask) -> bool) -> Bits {
        mask(
            self.masks.iter().enumerate().filter(|(_, state)| holds(**state)).map(|(cell, _)| cell),
        )
    }

    /// The cells in which an elementary test holds.
    pub(super) fn with(&self, element: &Element) -> Bits {
        let place = self.elements.iter().position(|known| known == element);
        let bit = mask(place);
        self.cells_where(|state| state & bit != 0)
    }

    /// The cells in which a test holds.
    pub(super) fn holding(&self, predicate: &Predicate) -> Bits {
        let list: HashSet<&Value> = predicate.values().iter().collect();
        let hit =
            self.elements.iter().enumerate().filter(|(_, element)| match (element, predicate) {
                (Element::Opaque(known), _) => known == predicate,
                (_, Predicate::Outside(_)) if self.many => false,
                (Element::Set, Predicate::Set) => true,
                (Element::Values(values), Predicate::Equal(_) | Predicate::Outside(_)) => {
                    values.first().is_some_and(|value| list.contains(value))
                }
                (Element::Interval(range), Predicate::Equal(_) | Predicate::Outside(_)) => {
                    self.point(range).is_some_and(|point| list.contains(&point))
                }
                (Element::Interval(inner), Predicate::Order(ranges)) => {
                    ranges.iter().any(|range| self.encloses(range, inner))
                }
                (Element::Needles(place, needles), Predicate::Text(find, texts)) => {
                    place == find && needles.first().is_some_and(|needle| texts.contains(needle))
                }
                (
                    Element::Set | Element::Values(_) | Element::Interval(_) | Element::Needles(..),
                    _,
                ) => false,
            });
        let hit = mask(hit.map(|(place, _)| place));
        let set = mask(self.elements.iter().position(|element| *element == Element::Set));
        let unset = predicate.kind() == Kind::Equal && list.contains(&Value::Null);
        if predicate.kind() == Kind::Outside && !self.many {
            return self.cells_where(|state| state & hit == 0 && state & set != 0);
        }
        self.cells_where(|state| state & hit != 0 || (unset && state & set == 0))
    }
}

impl Cells {
    fn encloses(&self, outer: &Range, inner: &Range) -> bool {
        let (low, high) = self.line.map_or((At::MIN, At::MAX), Line::ends);
        let first = |range: &Range| range.start.map_or(low, |start| start.at);
        let last = |range: &Range| range.end.map_or(high, |end| end.at);
        first(outer) <= first(inner) && last(inner) <= last(outer)
    }

    /// The one value that an interval holds, be it at the end of the line.
    fn point(&self, range: &Range) -> Option<Value> {
        let (first, last) = self.line?.ends();
        let start = range.start.map_or(first, |start| start.at);
        let end = range.end.map_or(last, |end| end.at);
        (start == end).then(|| self.line?.value(start)).flatten()
    }
}

struct Found {
    masks: Vec<Mask>,
    steps: usize,
}

fn mask(places: impl IntoIterator<Item = usize>) -> Mask {
    let bits =
        places.into_iter().filter_map(|place| 1_u128.checked_shl(u32::try_from(place).ok()?));
    bits.fold(0, |all, bit| all | bit)
}

/// True when no stored value equals both. Texts of a field that ignores case have one spelling here
/// (`domain`). A key may leave members open, and then stands for several.
fn differ(a: &Value, b: &Value) -> bool {
    let members = |a: Option<i64>, b: Option<i64>| a.zip(b).is_some_and(|(a, b)| a != b);
    match (a, b) {
        (Value::Key(a), Value::Key(b)) => {
            a.id != b.id || members(a.saas, b.saas) || members(a.inst, b.inst)
        }
        _ => a != b,
    }
}

/// The ranges and points at which the line is cut. A value without a place on it cuts nothing.
fn cuts(predicates: &[Predicate], line: Line) -> Vec<Range> {
    let ranges =
        predicates.iter().flat_map(Predicate::ranges).copied().filter(|range| !range.is_empty());
    let lists = predicates
        .iter()
        .filter(|predicate| matches!(predicate.kind(), Kind::Equal | Kind::Outside));
    let points = lists.flat_map(Predicate::values).filter_map(|value| {
        let bound = Some(Bound { at: line.place(value)?, form: Form::Inclusive });
        Some(Range { start: bound, end: bound })
    });
    ranges.chain(points).collect()
}

/// Texts by the lists they stand in.
fn needles(predicates: &[Predicate], find: Find) -> Vec<Vec<String>> {
    let of_kind = predicates.iter().filter(|predicate| predicate.kind() == Kind::Text(find));
    let lists: Vec<Vec<&String>> =
        of_kind.map(|predicate| predicate.strings().iter().collect()).collect();
    let groups = grouped(&lists, |_| 0);
    groups.into_iter().map(|group| group.into_iter().cloned().collect()).collect()
}

/// Values by the lists they stand in and the tests of texts that they pass.
fn values(predicates: &[Predicate], elements: &[Element]) -> Option<Vec<Vec<Value>>> {
    let of_kind = predicates
        .iter()
        .filter(|predicate| matches!(predicate.kind(), Kind::Equal | Kind::Outside));
    let lists: Vec<Vec<&Value>> = of_kind
        .map(|predicate| predicate.values().iter().filter(|value| **value != Value::Null).collect())
        .collect();
    let total: usize = lists.iter().map(Vec::len).sum();
    let texts = elements.iter().filter(|element| matches!(element, Element::Needles(..)));
    let texts: usize = texts
        .map(|element| if let Element::Needles(_, list) = element { list.len() } else { 0 })
        .sum();
    if total.saturating_mul(texts) > COMPARED {
        return None;
    }
    let passed = |value: &&Value| {
        let passed = elements.iter().enumerate().filter(|(_, element)| {
            matches!(element, Element::Needles(find, list) if passes(value, *find, list))
        });
        mask(passed.map(|(place, _)| place))
    };
    let groups = grouped(&lists, passed);
    Some(groups.into_iter().map(|group| group.into_iter().cloned().collect()).collect())
}

/// What stands in the same lists, together; in the order of the lists.
fn grouped<T: Copy + Eq + std::hash::Hash>(
    lists: &[Vec<T>],
    more: impl Fn(&T) -> Mask,
) -> Vec<Vec<T>> {
    let mut order: Vec<T> = Vec::new();
    let mut member: HashMap<T, Mask> = HashMap::new();
    for (place, list) in lists.iter().enumerate() {
        for item in list {
            let lists = member.entry(*item).or_insert_with(|| {
                order.push(*item);
                0
            });
            *lists |= mask([place]);
        }
    }
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut places: HashMap<(Mask, Mask), usize> = HashMap::new();
    for item in order {
        let key = (member.get(&item).copied().unwrap_or_default(), more(&item));
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

fn passes(value: &Value, find: Find, needles: &[String]) -> bool {
    let Value::Text(text) = value else { return false };
    needles.iter().any(|needle| find.holds(text, needle))
}

/// Which tests follow from which, and which exclude each other.
struct Rules {
    implied: Vec<Mask>,
    implying: Vec<Mask>,
    excluded: Vec<Mask>,
}

impl Rules {
    fn of(elements: &[Element], many: bool) -> Option<Rules> {
        let size = |element: &Element| match element {
            Element::Needles(_, list) => list.len(),
            Element::Values(list) => list.len(),
            Element::Set | Element::Interval(_) | Element::Opaque(_) => 0,
        };
        let texts = elements.iter().filter(|element| matches!(element, Element::Needles(..)));
        let texts: usize = texts.map(size).sum();
        if texts.saturating_mul(elements.iter().map(size).sum::<usize>()) > COMPARED {
            return None;
        }
        let places = |holds: &dyn Fn(&Element) -> bool| {
            mask(
                elements
                    .iter()
                    .enumerate()
                    .filter(|(_, element)| holds(element))
                    .map(|(place, _)| place),
            )
        };
        Some(Rules {
            implied: elements.iter().map(|a| places(&|b| a != b && follows(a, b))).collect(),
            implying: elements.iter().map(|b| places(&|a| a != b && follows(a, b))).collect(),
            excluded: elements
                .iter()
                .map(|a| places(&|b| !many && a != b && exclude(a, b)))
                .collect(),
        })
    }

    fn implied_by(&self, place: usize) -> Mask {
        self.implied.get(place).copied().unwrap_or_default()
    }

    fn implying(&self, place: usize) -> Mask {
        self.implying.get(place).copied().unwrap_or_default()
    }

    fn excluded_by(&self, place: usize) -> Mask {
        self.excluded.get(place).copied().unwrap_or_default()
    }
}

/// True when `b` holds wherever `a` does, on any number of values.
fn follows(a: &Element, b: &Element) -> bool {
    let Element::Needles(find, wanted) = b else { return false };
    match a {
        Element::Values(list) => list.iter().all(|value| passes(value, *find, wanted)),
        Element::Needles(from, needles) => {
            let implied =
                |needle: &String| wanted.iter().any(|one| from.implies(needle, *find, one));
            needles.iter().all(implied)
        }
        Element::Set | Element::Interval(_) | Element::Opaque(_) => false,
    }
}

/// True when one value cannot pass both: two beginnings, or two ends, neither of which is part of
/// the other.
fn exclude(a: &Element, b: &Element) -> bool {
    let (Element::Needles(find, first), Element::Needles(other, second)) = (a, b) else {
        return false;
    };
    let apart = |x: &String, y: &String| !find.holds(x, y) && !find.holds(y, x);
    match find {
        Find::Inside | Find::Fits => false,
        Find::Start | Find::End => {
            find == other && first.iter().all(|x| second.iter().all(|y| apart(x, y)))
        }
    }
}
