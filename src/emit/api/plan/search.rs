//! The fewest products that cover a set: exact where all products can be listed, greedy beyond.

use super::cover;
use super::domain::Domain;
use crate::diagram::{Bits, Cube, Diagram, EMPTY, FULL, Join, Set, singles, within};
use crate::query::{Atom, Node};

/// Steps of the exact search, and then of the greedy one.
const WORK: usize = 400_000;
/// The most greatest products that are listed.
const PRIMES: usize = 1500;
/// The most ways to stay within the set that are tried for one combination.
const STARTS: usize = 64;

/// Products that cover what is wanted.
pub(super) struct Covering {
    pub(super) cubes: Vec<Cube>,
    /// What they cover; equal to what is wanted when it can be said exactly.
    pub(super) covered: Set,
    /// True when no smaller number would do.
    pub(super) fewest: bool,
}

/// The fields of a query as levels of a diagram.
pub(super) struct Planner<'q> {
    pub(super) domains: Vec<Domain<'q>>,
    pub(super) diagram: Diagram,
}

impl<'q> Planner<'q> {
    /// `None` when some field has more cells than are worked with.
    pub(super) fn new(node: &Node<'q>) -> Option<Planner<'q>> {
        let mut fields: Vec<Vec<&Atom<'q>>> = Vec::new();
        let mut places = hashbrown::HashMap::new();
        for atom in node.atoms() {
            let place = *places.entry(atom.field.id).or_insert(fields.len());
            match fields.get_mut(place) {
                Some(atoms) => atoms.push(atom),
                None => fields.push(vec![atom]),
            }
        }
        let domains = fields.into_iter().map(|atoms| {
            let mut seen = hashbrown::HashSet::new();
            let distinct = atoms.iter().filter(|atom| seen.insert(&atom.predicate));
            let predicates: Vec<_> = distinct.map(|atom| atom.predicate.clone()).collect();
            Domain::new(atoms.first()?.field, &predicates)
        });
        let domains: Vec<Domain<'q>> = domains.collect::<Option<_>>()?;
        let full = domains.iter().map(|domain| domain.full).collect();
        Some(Planner { domains, diagram: Diagram::new(full, WORK) })
    }

    /// The set of combinations that a formula selects.
    pub(super) fn set(&mut self, node: &Node<'q>) -> Option<Set> {
        match node {
            Node::All => Some(FULL),
            Node::Nothing => Some(EMPTY),
            Node::And(parts) => parts.iter().try_fold(FULL, |set, part| {
                let part = self.set(part)?;
                self.diagram.join(Join::And, set, part)
            }),
            Node::Or(parts) => parts.iter().try_fold(EMPTY, |set, part| {
                let part = self.set(part)?;
                self.diagram.join(Join::Or, set, part)
            }),
            Node::Atom(atom) => {
                let level =
                    self.domains.iter().position(|domain| domain.field.id == atom.field.id)?;
                let domain = self.domains.get(level)?;
                let bits = domain.holding(&atom.predicate);
                let bits = if atom.negated { domain.full & !bits } else { bits };
                self.diagram.cells_of(level, bits)
            }
        }
    }

    /// Covers a set with the fewest products; `None` when that needs many more than `most`.
    pub(super) fn cover(&mut self, wanted: Set, most: usize) -> Option<Covering> {
        self.diagram.allow(WORK);
        let exact = self.exactly(wanted, most);
        if exact.is_some() {
            return exact;
        }
        self.diagram.allow(WORK);
        self.greedily(wanted, most)
    }

    fn exactly(&mut self, wanted: Set, most: usize) -> Option<Covering> {
        let mut columns = self.columns(wanted)?;
        let left = columns.iter().try_fold(wanted, |left, cube| self.less(left, cube))?;
        let mut covered = wanted;
        if left != EMPTY {
            covered = self.widened(wanted, left)?;
            columns = self.columns(covered)?;
        }
        let chosen = cover::fewest(&mut self.diagram, &columns, covered, most)?;
        let cubes =
            chosen.columns.iter().filter_map(|place| columns.get(*place).cloned()).collect();
        let complete = self.domains.iter().all(Domain::is_complete);
        Some(Covering { cubes, covered, fewest: chosen.fewest && complete })
    }

    fn less(&mut self, set: Set, cube: &[Bits]) -> Option<Set> {
        let cube = self.diagram.cube(cube)?;
        self.diagram.join(Join::Less, set, cube)
    }

    /// The set with what cannot be said widened to the least that can.
    fn widened(&mut self, set: Set, left: Set) -> Option<Set> {
        let domains = &mut self.domains;
        let mut wider = |level: usize, cells: Bits| {
            let Some(domain) = domains.get_mut(level) else { return cells };
            singles(cells).fold(cells, |all, cell| {
                all | domain.least_around(cell).first().copied().unwrap_or(domain.full)
            })
        };
        let wide = self.diagram.widen(left, &mut wider)?;
        self.diagram.join(Join::Or, set, wide)
    }

    /// Every greatest sayable product within a set, those first that are said most shortly.
    fn columns(&mut self, set: Set) -> Option<Vec<Cube>> {
        let primes = self.diagram.primes(set, PRIMES)?;
        let mut columns: Vec<Cube> = Vec::new();
        for prime in primes.iter() {
            let mut products: Vec<Cube> = vec![Vec::new()];
            for (domain, part) in self.domains.iter_mut().zip(prime) {
                let parts = domain.greatest_within(*part);
                let longer = products.iter().flat_map(|head| {
                    parts
                        .iter()
                        .map(move |part| head.iter().copied().chain([*part]).collect::<Cube>())
                });
                products = longer.collect();
                self.diagram.step(products.len())?;
                if products.len() > PRIMES {
                    return None;
                }
            }
            columns.extend(products);
            if columns.len() > 2 * PRIMES {
                return None;
            }
        }
        columns.sort_unstable();
        columns.dedup();
        self.diagram.step(columns.len().saturating_mul(columns.len()) / 16)?;
        let greatest =
            |cube: &Cube| !columns.iter().any(|other| other != cube && within(cube, other));
        let mut kept: Vec<Cube> = columns.iter().filter(|cube| greatest(cube)).cloned().collect();
        kept.sort_by_cached_key(|cube| self.length(cube));
        Some(kept)
    }

    /// How long the product is when it is said.
    fn length(&self, cube: &[Bits]) -> (u32, u32) {
        let parts = || self.domains.iter().zip(cube).filter(|(domain, bits)| domain.full != **bits);
        let fields = u32::try_from(parts().count()).unwrap_or(u32::MAX);
        (fields, parts().map(|(_, bits)| bits.count_ones()).fold(0, u32::saturating_add))
    }

    /// One product after the other, each grown as far as it goes; then those left out that the
    /// others cover.
    fn greedily(&mut self, wanted: Set, most: usize) -> Option<Covering> {
        let mut covered = wanted;
        let mut left = wanted;
        let mut cubes: Vec<Cube> = Vec::new();
        while left != EMPTY {
            if cubes.len() > most.saturating_mul(2).saturating_add(16) {
                return None;
            }
            let start = self.start(left, covered)?;
            let set = self.diagram.cube(&start)?;
            covered = self.diagram.join(Join::Or, covered, set)?;
            let grown = self.grown(&start, covered, left)?;
            left = self.less(left, &grown)?;
            cubes.push(grown);
        }
        let mut place = cubes.len();
        while place > 0 {
            place -= 1;
            let others = cubes.iter().enumerate().filter(|(other, _)| *other != place);
            let mut left = covered;
            for (_, cube) in others {
                let cube = self.diagram.cube(cube)?;
                left = self.diagram.join(Join::Less, left, cube)?;
            }
            if left == EMPTY {
                cubes.remove(place);
            }
        }
        let fewest = cubes.len() <= 1;
        Some(Covering { cubes, covered, fewest })
    }

    /// The least sayable product around one combination: one within the set where there is one.
    fn start(&mut self, left: Set, covered: Set) -> Option<Cube> {
        let one = self.diagram.pick(left);
        let mut products: Vec<Cube> = vec![Vec::new()];
        for (domain, cell) in self.domains.iter_mut().zip(&one) {
            let parts = domain.least_around(*cell);
            let longer = products.iter().flat_map(|head| {
                parts.iter().map(move |part| head.iter().copied().chain([*part]).collect::<Cube>())
            });
            products = longer.take(STARTS).collect();
        }
        for product in &products {
            if self.diagram.holds(covered, product)? {
                return Some(product.clone());
            }
        }
        products.into_iter().next()
    }

    /// The product grown within the set, in the order of fields that gains most.
    fn grown(&mut self, start: &Cube, covered: Set, left: Set) -> Option<Cube> {
        let levels = self.domains.len();
        let mut best: Option<(f64, Cube)> = None;
        let full = self.diagram.full().clone();
        let mut orders: Vec<Vec<usize>> = vec![(0..levels).collect(), (0..levels).rev().collect()];
        let narrow = start.iter().zip(&full).enumerate().filter(|(_, (bits, full))| bits != full);
        let narrow: Vec<usize> = narrow.map(|(level, _)| level).collect();
        orders.extend(narrow.iter().take(8).map(|first| {
            std::iter::once(*first).chain((0..levels).filter(|level| level != first)).collect()
        }));
        for order in orders {
            let mut cube = start.clone();
            for level in order.into_iter().filter(|level| narrow.contains(level)) {
                let room = self.diagram.room(covered, &cube, level)?;
                let (Some(domain), Some(part)) = (self.domains.get_mut(level), cube.get_mut(level))
                else {
                    continue;
                };
                let wider =
                    domain.greatest_within(room).into_iter().filter(|wider| *part & !wider == 0);
                *part = wider.max_by_key(|wider| wider.count_ones()).unwrap_or(*part);
            }
            let share = self.diagram.share(left, &cube)?;
            let size = cube.iter().zip(&full).fold(1.0, |size, (bits, full)| {
                size * f64::from(bits.count_ones()) / f64::from(full.count_ones().max(1))
            });
            if best.as_ref().is_none_or(|(known, _)| share * size > *known) {
                best = Some((share * size, cube));
            }
        }
        best.map(|(_, cube)| cube)
    }
}
