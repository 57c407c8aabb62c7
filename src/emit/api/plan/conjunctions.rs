//! The plan of last resort: the conjunctions of the disjunctive form, those left out that another
//! holds, those made one that differ in one list. Sound always, fewest not always.

use std::sync::Arc;

use super::{Draft, add_all};
use crate::diag::Diagnostics;
use crate::emit::api::Filters;
use crate::query::{Atom, Kind, Node, Predicate, Query, normal, spell};
use crate::value::Value;

/// How many conjunctions are made for each request that is allowed.
const FOR_EACH: usize = 8;
/// The most atoms that all conjunctions may have.
const ATOMS: usize = 50_000;

/// How many conjunctions the disjunctive form has.
pub(super) fn count(node: &Node<'_>) -> usize {
    match node {
        Node::All | Node::Atom(_) => 1,
        Node::Nothing => 0,
        Node::And(parts) => parts.iter().map(count).fold(1, usize::saturating_mul),
        Node::Or(parts) => parts.iter().map(count).fold(0, usize::saturating_add),
    }
}

type Conjunction<'q> = Vec<Atom<'q>>;

/// `None` when there are too many conjunctions.
pub(super) fn draft<'q>(query: &Query<'q>, limit: usize) -> Option<Draft<'q>> {
    let most = limit.saturating_add(8).saturating_mul(FOR_EACH);
    let mut exact = true;
    let mut sayable: Vec<Conjunction<'_>> = Vec::new();
    for conjunction in disjunctive(query.normal(), most)? {
        let merged = normal::normalize(&Node::And(conjunction), &mut Diagnostics::default());
        if merged == Node::Nothing {
            continue;
        }
        let mut said = Filters::default();
        let mut kept = Vec::new();
        for atom in merged.atoms() {
            let mut next = said.clone();
            let sayable = spell::spell(atom)
                .is_some_and(|spelled| add_all(&mut next, atom.field, spelled.entries()));
            if sayable {
                said = next;
                kept.push(atom.clone());
            }
            exact = exact && sayable;
        }
        sayable.push(kept);
    }
    let sayable = united(least(sayable));
    let requests = sayable.iter().map(|conjunction| {
        let mut filters = Filters::default();
        for atom in conjunction {
            add_all(&mut filters, atom.field, spell::spell(atom)?.entries()).then_some(())?;
        }
        Some(filters)
    });
    let requests = requests.collect::<Option<Vec<_>>>()?;
    let residual = (!exact).then(|| query.root().clone());
    Some(Draft { fewest: requests.len() <= 1, requests, residual })
}

/// The conjunctions of the disjunctive form; `None` when they are too many.
fn disjunctive<'q>(node: &Node<'q>, most: usize) -> Option<Vec<Vec<Node<'q>>>> {
    if count(node) > most.saturating_mul(FOR_EACH) {
        return None;
    }
    let found = match node {
        Node::All => vec![Vec::new()],
        Node::Nothing => Vec::new(),
        Node::Atom(_) => vec![vec![node.clone()]],
        Node::Or(parts) => {
            let sides: Vec<_> =
                parts.iter().map(|part| disjunctive(part, most)).collect::<Option<_>>()?;
            sides.into_iter().flatten().collect()
        }
        Node::And(parts) => parts.iter().try_fold(vec![Vec::new()], |heads, part| {
            let tails = disjunctive(part, most)?;
            let pairs = heads
                .iter()
                .flat_map(|head: &Vec<Node<'q>>| tails.iter().map(move |tail| (head, tail)));
            let all: Vec<Vec<Node<'q>>> =
                pairs.map(|(head, tail)| head.iter().chain(tail).cloned().collect()).collect();
            (all.iter().map(Vec::len).sum::<usize>() <= ATOMS).then_some(all)
        })?,
    };
    Some(found)
}

/// Without those that hold all atoms of another.
fn least(all: Vec<Conjunction<'_>>) -> Vec<Conjunction<'_>> {
    let narrower = |a: &Conjunction<'_>, b: &Conjunction<'_>| b.iter().all(|atom| a.contains(atom));
    let keep: Vec<bool> = all
        .iter()
        .enumerate()
        .map(|(place, one)| {
            !all.iter().enumerate().any(|(other_place, other)| {
                other_place != place
                    && narrower(one, other)
                    && (!narrower(other, one) || other_place < place)
            })
        })
        .collect();
    all.into_iter().zip(keep).filter_map(|(one, keep)| keep.then_some(one)).collect()
}

/// Those that differ in one list of values made one, as long as there are any.
fn united(mut all: Vec<Conjunction<'_>>) -> Vec<Conjunction<'_>> {
    let mut place = 0;
    while let Some(first) = all.get(place) {
        let found = all
            .iter()
            .enumerate()
            .skip(place + 1)
            .find_map(|(other, second)| Some((other, union(first, second)?)));
        match found {
            Some((other, union)) => {
                all.remove(other);
                all.get_mut(place).into_iter().for_each(|slot| *slot = union.clone());
                place = 0;
            }
            None => place += 1,
        }
    }
    all
}

fn union<'q>(a: &Conjunction<'q>, b: &Conjunction<'q>) -> Option<Conjunction<'q>> {
    if a.len() != b.len() {
        return None;
    }
    let mut apart = a.iter().filter(|atom| !b.contains(atom));
    let mut other = b.iter().filter(|atom| !a.contains(atom));
    let (first, second) = (apart.next()?, other.next()?);
    let one = apart.next().is_none() && other.next().is_none() && first.field.id == second.field.id;
    let lists = !first.negated && !second.negated && first.predicate.kind() == Kind::Equal;
    let (Predicate::Equal(x), Predicate::Equal(y)) = (&first.predicate, &second.predicate) else {
        return None;
    };
    let more = y.iter().filter(|value| !x.contains(value));
    let list: Arc<[Value]> = x.iter().chain(more).cloned().collect();
    let atom = Atom { predicate: Predicate::Equal(list), ..first.clone() };
    if !one || !lists || spell::spell(&atom).is_none() {
        return None;
    }
    let kept = a.iter().map(|known| if known == first { atom.clone() } else { known.clone() });
    Some(kept.collect())
}
