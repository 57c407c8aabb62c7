//! Atoms of one field that all have to hold: merged where that is exact, and the pairs found that
//! no record can fulfil together.

use std::sync::Arc;

use super::spell::is_plain_boolean;
use super::{Atom, Form, Kind, Predicate, Range, ranges};
use crate::fold::Find;
use crate::schema::Field;
use crate::span::Span;
use crate::table::{self, Table};
use crate::value::{Cardinality, Value};

/// Two atoms that no record fulfils together.
pub(super) struct Conflict<'q> {
    pub(super) field: &'q Field,
    /// The later one.
    pub(super) place: Span,
    /// The earlier one, when there are two.
    pub(super) other: Option<Span>,
}

impl<'q> Conflict<'q> {
    fn between(a: &Atom<'q>, b: &Atom<'q>) -> Self {
        let (first, second) = if a.span.start <= b.span.start { (a, b) } else { (b, a) };
        let apart = first.span != second.span;
        Conflict { field: a.field, place: second.span, other: apart.then_some(first.span) }
    }
}

/// What merges with what: the test, its polarity, and for bounds which side and how written.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Group {
    kind: Kind,
    negated: bool,
    side: u8,
}

impl Group {
    fn of(atom: &Atom<'_>) -> Self {
        let side = match (&atom.predicate, atom.negated) {
            (Predicate::Order(list), false) => side(list),
            _ => 0,
        };
        Group { kind: atom.predicate.kind(), negated: atom.negated, side }
    }
}

/// Bounds tighten only against bounds that a row says with the same operator.
fn side(list: &[Range]) -> u8 {
    let days = |form| matches!(form, Form::DaysAgo(_));
    match list {
        [Range { start: Some(start), end: None }] => 1 + u8::from(days(start.form)),
        [Range { start: None, end: Some(end) }] => 3 + u8::from(days(end.form)),
        _ => 0,
    }
}

/// Merges the atoms of one field, all of which have to hold.
pub(super) fn merge<'q>(atoms: Vec<Atom<'q>>) -> Result<Vec<Atom<'q>>, Conflict<'q>> {
    let mut groups: Vec<(Group, Vec<Atom<'q>>)> = Vec::new();
    for atom in atoms {
        let key = Group::of(&atom);
        match groups.iter_mut().find(|(group, _)| *group == key) {
            Some((_, members)) => members.push(atom),
            None => groups.push((key, vec![atom])),
        }
    }
    let mut merged = Vec::with_capacity(groups.len());
    for (group, members) in groups {
        merged.extend(merge_group(group, members)?);
    }
    match conflict(&merged) {
        Some(conflict) => Err(conflict),
        None => Ok(merged),
    }
}

fn merge_group<'q>(group: Group, atoms: Vec<Atom<'q>>) -> Result<Vec<Atom<'q>>, Conflict<'q>> {
    let Some(field) = atoms.first().map(|atom| atom.field).filter(|_| atoms.len() > 1) else {
        return Ok(atoms);
    };
    // Two keys, or two texts whose case is ignored, can differ and still mean the same value.
    let comparable = !field.kind.is_key() && !field.ignores_case;
    let union = group.negated;
    match group.kind {
        Kind::Equal if !union && field.is_single() && comparable => intersect_values(atoms),
        Kind::Order if !union && field.is_single() => intersect_ranges(atoms),
        Kind::Equal if union => Ok(one(&atoms, |atoms| Predicate::Equal(united_values(atoms)))),
        Kind::Below if union => Ok(one(&atoms, |atoms| Predicate::Below(united_values(atoms)))),
        Kind::Text(find) if union => Ok(one(&atoms, |atoms| unite_strings(find, atoms))),
        Kind::Order if union => Ok(one(&atoms, unite_ranges)),
        Kind::Words if !union => Ok(one(&atoms, join_words)),
        Kind::Equal
        | Kind::Outside
        | Kind::Text(_)
        | Kind::Order
        | Kind::Words
        | Kind::Below
        | Kind::Set
        | Kind::Own => Ok(distinct(atoms)),
    }
}

/// One atom in place of all, its span over all of them.
fn one<'q>(atoms: &[Atom<'q>], predicate: impl Fn(&[Atom<'q>]) -> Predicate) -> Vec<Atom<'q>> {
    let span = atoms.iter().map(|atom| atom.span).reduce(Span::to).unwrap_or_default();
    let first = atoms.first().cloned();
    first.map(|atom| Atom { predicate: predicate(atoms), span, ..atom }).into_iter().collect()
}

fn distinct(atoms: Vec<Atom<'_>>) -> Vec<Atom<'_>> {
    let keep = table::firsts(atoms.iter().map(|atom| &atom.predicate));
    atoms.into_iter().zip(keep).filter_map(|(atom, keep)| keep.then_some(atom)).collect()
}

fn united_values(atoms: &[Atom<'_>]) -> Arc<[Value]> {
    let all = atoms.iter().flat_map(|atom| atom.predicate.values());
    all.collect::<Table<_>>().keys().copied().cloned().collect()
}

fn unite_strings(find: Find, atoms: &[Atom<'_>]) -> Predicate {
    let all = atoms.iter().flat_map(|atom| atom.predicate.strings());
    Predicate::Text(find, all.collect::<Table<_>>().keys().copied().cloned().collect())
}

fn unite_ranges(atoms: &[Atom<'_>]) -> Predicate {
    let all = atoms.iter().flat_map(|atom| atom.predicate.ranges()).copied();
    Predicate::Order(ranges::union(all.collect()).into())
}

fn join_words(atoms: &[Atom<'_>]) -> Predicate {
    let mut seen = Table::default();
    let texts = atoms.iter().filter_map(|atom| {
        let Predicate::Words(text) = &atom.predicate else { return None };
        Some(text.split_whitespace())
    });
    let words: Vec<&str> =
        texts.flatten().filter(|word| seen.add(word.to_ascii_lowercase(), ())).collect();
    Predicate::Words(words.join(" ").into())
}

fn intersect_values(atoms: Vec<Atom<'_>>) -> Result<Vec<Atom<'_>>, Conflict<'_>> {
    let mut atoms = atoms.into_iter();
    let Some(mut all) = atoms.next() else { return Ok(Vec::new()) };
    for next in atoms {
        let wanted: Table<&Value> = next.predicate.values().iter().collect();
        let kept = all.predicate.values().iter().filter(|value| wanted.contains(value)).cloned();
        let kept: Arc<[Value]> = kept.collect();
        if kept.is_empty() {
            return Err(Conflict::between(&all, &next));
        }
        all = Atom { predicate: Predicate::Equal(kept), span: all.span.to(next.span), ..all };
    }
    Ok(vec![all])
}

fn intersect_ranges(atoms: Vec<Atom<'_>>) -> Result<Vec<Atom<'_>>, Conflict<'_>> {
    let mut atoms = atoms.into_iter();
    let Some(mut all) = atoms.next() else { return Ok(Vec::new()) };
    for next in atoms {
        let kept = ranges::intersection(all.predicate.ranges(), next.predicate.ranges());
        if kept.is_empty() {
            return Err(Conflict::between(&all, &next));
        }
        all =
            Atom { predicate: Predicate::Order(kept.into()), span: all.span.to(next.span), ..all };
    }
    Ok(vec![all])
}

/// The first pair of merged atoms that contradict each other.
fn conflict<'q>(atoms: &[Atom<'q>]) -> Option<Conflict<'q>> {
    atoms
        .iter()
        .find_map(impossible)
        .or_else(|| opposites(atoms))
        .or_else(|| unset(atoms))
        .or_else(|| disjoint(atoms))
}

/// An atom that excludes everything its field can be.
fn impossible<'q>(atom: &Atom<'q>) -> Option<Conflict<'q>> {
    let list = atom.predicate.values();
    let both = || list.contains(&Value::Bool(true)) && list.contains(&Value::Bool(false));
    let open = |range: &Range| range.start.is_none() && range.end.is_none();
    let equal = atom.predicate.kind() == Kind::Equal;
    let every = equal && is_plain_boolean(atom.field) && both()
        || atom.field.cardinality == Cardinality::One && atom.predicate.ranges().iter().any(open);
    let found = Conflict { field: atom.field, place: atom.span, other: None };
    (every && atom.negated).then_some(found)
}

/// An atom whose every value another excludes.
fn opposites<'q>(atoms: &[Atom<'q>]) -> Option<Conflict<'q>> {
    let excluded: Table<&Predicate> =
        atoms.iter().filter(|a| a.negated).map(|a| &a.predicate).collect();
    atoms.iter().filter(|atom| !atom.negated).find_map(|some| {
        let same =
            |none: &&Atom<'q>| none.negated && none.predicate.kind() == some.predicate.kind();
        let mut others = atoms.iter().filter(same);
        let mergeable = !matches!(some.predicate.kind(), Kind::Outside | Kind::Words | Kind::Own);
        let none = if mergeable {
            others.find(|none| implies(&some.predicate, &none.predicate))
        } else {
            let excluded = excluded.contains(&some.predicate);
            excluded.then(|| others.find(|none| none.predicate == some.predicate)).flatten()
        };
        none.map(|none| Conflict::between(some, none))
    })
}

/// The work that comparing two lists of strings pair by pair may cost.
const PAIRS: usize = 1_000_000;

/// True when a value that passes `a` always passes `b`, a test of the same kind.
fn implies(a: &Predicate, b: &Predicate) -> bool {
    let covers = |find: Find| {
        let (a, b) = (a.strings(), b.strings());
        let few = a.len().saturating_mul(b.len()) <= PAIRS;
        few && a.iter().all(|text| b.iter().any(|needle| find.implies(text, find, needle)))
    };
    match a {
        Predicate::Equal(_) => {
            let known: Table<&Value> = b.values().iter().collect();
            a.values().iter().all(|value| known.contains(value))
        }
        Predicate::Text(find, _) => covers(*find),
        Predicate::Order(list) => {
            let both = ranges::intersection(list, b.ranges());
            both.len() == list.len() && both.iter().zip(list.iter()).all(|(x, y)| x == y)
        }
        Predicate::Set
        | Predicate::Outside(_)
        | Predicate::Words(_)
        | Predicate::Below(_)
        | Predicate::Own(..) => a == b,
    }
}

/// "Not set" beside a test that needs a value.
fn unset<'q>(atoms: &[Atom<'q>]) -> Option<Conflict<'q>> {
    let has_null = |atom: &Atom<'q>| atom.predicate.values().contains(&Value::Null);
    let empty = |atom: &&Atom<'q>| match atom.predicate.kind() {
        Kind::Set => atom.negated,
        Kind::Equal => {
            !atom.negated && atom.predicate.values().iter().all(|value| *value == Value::Null)
        }
        Kind::Outside | Kind::Text(_) | Kind::Order | Kind::Words | Kind::Below | Kind::Own => {
            false
        }
    };
    let needs_value = |atom: &&Atom<'q>| {
        let equal = atom.predicate.kind() == Kind::Equal;
        if equal { has_null(atom) == atom.negated } else { !atom.negated }
    };
    let nothing = atoms.iter().find(empty)?;
    atoms.iter().find(needs_value).map(|some| Conflict::between(nothing, some))
}

/// On a field with one value: bounds that leave nothing between them, or a list of which no value
/// passes another test.
fn disjoint<'q>(atoms: &[Atom<'q>]) -> Option<Conflict<'q>> {
    if !atoms.first()?.field.is_single() {
        return None;
    }
    let mut left: Option<(Vec<Range>, &Atom<'q>)> = None;
    for atom in atoms.iter().filter(|atom| !atom.negated && atom.predicate.kind() == Kind::Order) {
        let list = match &left {
            Some((list, _)) => ranges::intersection(list, atom.predicate.ranges()),
            None => atom.predicate.ranges().to_vec(),
        };
        match &left {
            Some((_, earlier)) if list.is_empty() => return Some(Conflict::between(earlier, atom)),
            _ => left = Some((list, atom)),
        }
    }
    let equal = atoms.iter().find(|atom| !atom.negated && atom.predicate.kind() == Kind::Equal)?;
    let fails = |test: &Atom<'q>| {
        equal.predicate.values().iter().all(|value| passes(value, test) == Some(false))
    };
    atoms.iter().find(|test| fails(test)).map(|test| Conflict::between(equal, test))
}

/// Whether the one value of a field passes an atom; `None` where that is not decided here.
fn passes(value: &Value, atom: &Atom<'_>) -> Option<bool> {
    let found = match (value, &atom.predicate) {
        (Value::Text(text), Predicate::Text(find, list)) => {
            list.iter().any(|needle| find.holds(text, needle))
        }
        (_, Predicate::Order(list)) => {
            let at = atom.field.line()?.place(value)?;
            list.iter().any(|range| range.holds(at))
        }
        _ => return None,
    };
    Some(found != atom.negated)
}
