//! Multi-valued decision diagrams: sets of combinations of cells, one level a field.
//!
//! A node sends each cell of its level to another node; equal nodes are one node, so equal sets
//! have equal names. Work is counted, and past the bound every operation gives `None`: that is
//! what keeps planning and comparing bounded, the same on every machine.

use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

/// A set of cells of one field.
pub(crate) type Bits = u128;

/// A product: a set of cells for each level.
pub(crate) type Cube = Vec<Bits>;

/// The name of a set.
pub(crate) type Set = u32;

/// The empty set.
pub(crate) const EMPTY: Set = 0;
/// The set of everything.
pub(crate) const FULL: Set = 1;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Node {
    level: usize,
    /// Cells and where they go: disjoint, together all cells, no two to the same place.
    edges: Rc<[(Bits, Set)]>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Join {
    And,
    Or,
    /// What the first holds and the second does not.
    Less,
}

/// All sets of one plan or comparison.
pub(crate) struct Diagram {
    nodes: Vec<Node>,
    names: HashMap<Node, Set>,
    joined: HashMap<(Join, Set, Set), Set>,
    /// All cells of each level.
    full: Cube,
    work: usize,
}

impl Diagram {
    /// Levels with their cells, and how many steps may be taken.
    pub(crate) fn new(full: Cube, work: usize) -> Self {
        let end = Node { level: full.len(), edges: Rc::new([]) };
        Diagram {
            nodes: vec![end.clone(), end],
            names: HashMap::new(),
            joined: HashMap::new(),
            full,
            work,
        }
    }

    pub(crate) fn full(&self) -> &Cube {
        &self.full
    }

    pub(crate) fn cells(&self, level: usize) -> Bits {
        self.full.get(level).copied().unwrap_or_default()
    }

    /// Counts steps; `None` when there were too many.
    pub(crate) fn step(&mut self, steps: usize) -> Option<()> {
        self.work = self.work.checked_sub(steps)?;
        Some(())
    }

    /// Allows further steps.
    pub(crate) fn allow(&mut self, work: usize) {
        self.work = work;
    }

    fn level(&self, set: Set) -> usize {
        self.nodes.get(set as usize).map_or(self.full.len(), |node| node.level)
    }

    fn edges(&self, set: Set) -> Rc<[(Bits, Set)]> {
        self.nodes
            .get(set as usize)
            .map_or_else(|| Rc::new([]) as Rc<[_]>, |node| node.edges.clone())
    }

    /// The edges of a set as seen from a level at or above its own.
    fn edges_at(&self, set: Set, level: usize) -> Rc<[(Bits, Set)]> {
        if self.level(set) == level { self.edges(set) } else { Rc::new([(self.cells(level), set)]) }
    }

    fn node(&mut self, level: usize, mut edges: Vec<(Bits, Set)>) -> Option<Set> {
        self.step(edges.len() + 1)?;
        edges.sort_unstable_by_key(|(_, to)| *to);
        edges.dedup_by(|next, kept| {
            let same = next.1 == kept.1;
            if same {
                kept.0 |= next.0;
            }
            same
        });
        if let [(_, only)] = edges.as_slice() {
            return Some(*only);
        }
        let node = Node { level, edges: edges.into() };
        if let Some(name) = self.names.get(&node) {
            return Some(*name);
        }
        let name = Set::try_from(self.nodes.len()).ok()?;
        self.nodes.push(node.clone());
        self.names.insert(node, name);
        Some(name)
    }

    /// The set of combinations whose cell of the level is one of these.
    pub(crate) fn cells_of(&mut self, level: usize, bits: Bits) -> Option<Set> {
        let rest = self.cells(level) & !bits;
        let bits = self.cells(level) & bits;
        let edges = [(rest, EMPTY), (bits, FULL)].into_iter().filter(|(bits, _)| *bits != 0);
        self.node(level, edges.collect())
    }

    /// One set for the first cell of a level, another for the second: for levels of two cells.
    pub(crate) fn branch(&mut self, level: usize, first: Set, second: Set) -> Option<Set> {
        self.node(level, vec![(0b01, first), (0b10, second)])
    }

    pub(crate) fn join(&mut self, join: Join, a: Set, b: Set) -> Option<Set> {
        match (join, a, b) {
            (Join::And, EMPTY, _)
            | (Join::And, _, EMPTY)
            | (Join::Less, EMPTY, _)
            | (Join::Less, _, FULL) => {
                return Some(EMPTY);
            }
            (Join::Or, FULL, _) | (Join::Or, _, FULL) => return Some(FULL),
            (Join::And, FULL, other) | (Join::And, other, FULL) | (Join::Less, other, EMPTY) => {
                return Some(other);
            }
            (Join::Or, EMPTY, other) | (Join::Or, other, EMPTY) => return Some(other),
            (Join::And | Join::Or, ..) if a == b => return Some(a),
            (Join::Less, ..) if a == b => return Some(EMPTY),
            (Join::And | Join::Or | Join::Less, ..) => {}
        }
        let key = if join != Join::Less && b < a { (join, b, a) } else { (join, a, b) };
        if let Some(known) = self.joined.get(&key) {
            return Some(*known);
        }
        let level = self.level(a).min(self.level(b));
        let (left, right) = (self.edges_at(a, level), self.edges_at(b, level));
        let mut edges = Vec::with_capacity(left.len() + right.len());
        for (x, to_x) in left.iter() {
            for (y, to_y) in right.iter().filter(|(y, _)| x & y != 0) {
                edges.push((x & y, self.join(join, *to_x, *to_y)?));
            }
        }
        let name = self.node(level, edges)?;
        self.joined.insert(key, name);
        Some(name)
    }

    pub(crate) fn cube(&mut self, cube: &[Bits]) -> Option<Set> {
        let mut set = FULL;
        for (level, bits) in cube.iter().enumerate().rev() {
            let rest = self.cells(level) & !bits;
            if rest != 0 {
                set = self.node(level, vec![(rest, EMPTY), (*bits, set)])?;
            }
        }
        Some(set)
    }

    /// True when the set holds the whole product.
    pub(crate) fn holds(&mut self, set: Set, cube: &[Bits]) -> Option<bool> {
        let mut seen = HashSet::new();
        self.holds_beyond(set, cube, &mut seen)
    }

    fn holds_beyond(&mut self, set: Set, cube: &[Bits], seen: &mut HashSet<Set>) -> Option<bool> {
        if set <= FULL || !seen.insert(set) {
            return Some(set != EMPTY);
        }
        let edges = self.edges(set);
        self.step(edges.len())?;
        let bits = cube.get(self.level(set)).copied().unwrap_or_default();
        for (_, to) in edges.iter().filter(|(cells, _)| cells & bits != 0) {
            if !self.holds_beyond(*to, cube, seen)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// The cells of a level that the product can take there and stay within the set.
    pub(crate) fn room(&mut self, set: Set, cube: &[Bits], level: usize) -> Option<Bits> {
        let mut seen = HashMap::new();
        self.room_below(set, cube, level, &mut seen)
    }

    fn room_below(
        &mut self,
        set: Set,
        cube: &[Bits],
        level: usize,
        seen: &mut HashMap<Set, Bits>,
    ) -> Option<Bits> {
        let all = self.cells(level);
        if set <= FULL {
            return Some(if set == FULL { all } else { 0 });
        }
        if let Some(known) = seen.get(&set) {
            return Some(*known);
        }
        let own = self.level(set);
        let edges = self.edges(set);
        self.step(edges.len())?;
        let mut room = 0;
        if own == level {
            for (cells, to) in edges.iter() {
                room |= if self.holds(*to, cube)? { *cells } else { 0 };
            }
        } else if own > level {
            room = if self.holds(set, cube)? { all } else { 0 };
        } else {
            let bits = cube.get(own).copied().unwrap_or_default();
            room = all;
            for (_, to) in edges.iter().filter(|(cells, _)| cells & bits != 0) {
                room &= self.room_below(*to, cube, level, seen)?;
            }
        }
        seen.insert(set, room);
        Some(room)
    }

    /// One combination of a set that is not empty, as a product of single cells.
    pub(crate) fn pick(&self, set: Set) -> Cube {
        let mut cube: Cube = self.full.iter().map(|cells| lowest(*cells)).collect();
        let mut at = set;
        while at > FULL {
            let edges = self.edges(at);
            let Some((cells, to)) = edges
                .iter()
                .filter(|(_, to)| *to != EMPTY)
                .min_by_key(|(cells, _)| cells.trailing_zeros())
            else {
                break;
            };
            if let Some(part) = cube.get_mut(self.level(at)) {
                *part = lowest(*cells);
            }
            at = *to;
        }
        cube
    }

    /// Which share of all combinations of the product's cells the set holds.
    pub(crate) fn share(&mut self, set: Set, cube: &[Bits]) -> Option<f64> {
        let mut seen = HashMap::new();
        self.share_below(set, cube, &mut seen)
    }

    fn share_below(
        &mut self,
        set: Set,
        cube: &[Bits],
        seen: &mut HashMap<Set, f64>,
    ) -> Option<f64> {
        if set <= FULL {
            return Some(f64::from(set));
        }
        if let Some(known) = seen.get(&set) {
            return Some(*known);
        }
        let edges = self.edges(set);
        self.step(edges.len())?;
        let bits = cube.get(self.level(set)).copied().unwrap_or_default();
        let mut share = 0.0;
        for (cells, to) in edges.iter().filter(|(cells, _)| cells & bits != 0) {
            let part = f64::from((cells & bits).count_ones()) / f64::from(bits.count_ones().max(1));
            share += part * self.share_below(*to, cube, seen)?;
        }
        seen.insert(set, share);
        Some(share)
    }

    /// The set with each cell widened to what stands for it: `wider` by level and cell.
    pub(crate) fn widen(
        &mut self,
        set: Set,
        wider: &mut dyn FnMut(usize, Bits) -> Bits,
    ) -> Option<Set> {
        let mut seen = HashMap::new();
        self.widen_below(set, wider, &mut seen)
    }

    fn widen_below(
        &mut self,
        set: Set,
        wider: &mut dyn FnMut(usize, Bits) -> Bits,
        seen: &mut HashMap<Set, Set>,
    ) -> Option<Set> {
        if set <= FULL {
            return Some(set);
        }
        if let Some(known) = seen.get(&set) {
            return Some(*known);
        }
        let level = self.level(set);
        let mut all = EMPTY;
        for (cells, to) in self.edges(set).iter() {
            let cells = wider(level, *cells);
            let to = self.widen_below(*to, wider, seen)?;
            let here = self.cells_of(level, cells)?;
            let part = self.join(Join::And, here, to)?;
            all = self.join(Join::Or, all, part)?;
        }
        seen.insert(set, all);
        Some(all)
    }

    /// The greatest products within a set: all of them, or `None` when there are more than `most`.
    pub(crate) fn primes(&mut self, set: Set, most: usize) -> Option<Rc<Vec<Cube>>> {
        let mut seen = HashMap::new();
        self.primes_below(set, most, &mut seen)
    }

    fn primes_below(
        &mut self,
        set: Set,
        most: usize,
        seen: &mut HashMap<Set, Rc<Vec<Cube>>>,
    ) -> Option<Rc<Vec<Cube>>> {
        if set <= FULL {
            return Some(Rc::new(if set == FULL { vec![self.full.clone()] } else { Vec::new() }));
        }
        if let Some(known) = seen.get(&set) {
            return Some(known.clone());
        }
        let level = self.level(set);
        let edges = self.edges(set);
        let mut out = Vec::new();
        for meet in self.meets(&edges, most)? {
            let mut part = 0;
            let mut others = Vec::new();
            for (cells, to) in edges.iter() {
                if self.join(Join::And, meet, *to)? == meet {
                    part |= cells;
                } else {
                    others.push(*to);
                }
            }
            for prime in self.primes_below(meet, most, seen)?.iter() {
                let mut fits_more = false;
                for other in &others {
                    fits_more = fits_more || self.holds(*other, prime)?;
                }
                if !fits_more {
                    let mut prime = prime.clone();
                    prime.get_mut(level).into_iter().for_each(|bits| *bits = part);
                    out.push(prime);
                }
            }
            if out.len() > most {
                return None;
            }
        }
        let out = Rc::new(out);
        seen.insert(set, out.clone());
        Some(out)
    }

    /// What any number of the edges lead to in common.
    fn meets(&mut self, edges: &[(Bits, Set)], most: usize) -> Option<Vec<Set>> {
        let mut meets: Vec<Set> = Vec::new();
        let mut known = HashSet::new();
        for (_, to) in edges.iter().filter(|(_, to)| *to != EMPTY) {
            let before = meets.len();
            for place in 0..before {
                let earlier = meets.get(place).copied().unwrap_or_default();
                let both = self.join(Join::And, earlier, *to)?;
                if both != EMPTY && known.insert(both) {
                    meets.push(both);
                }
            }
            if known.insert(*to) {
                meets.push(*to);
            }
            if meets.len() > most {
                return None;
            }
        }
        Some(meets)
    }
}

fn lowest(cells: Bits) -> Bits {
    cells & cells.wrapping_neg()
}

/// The single cells of a set of cells.
pub(crate) fn singles(cells: Bits) -> impl Iterator<Item = Bits> {
    let mut left = cells;
    std::iter::from_fn(move || {
        let one = lowest(left);
        left &= !one;
        (one != 0).then_some(one)
    })
}

/// True when the first product lies within the second.
pub(crate) fn within(a: &[Bits], b: &[Bits]) -> bool {
    a.iter().zip(b).all(|(a, b)| a & !b == 0)
}
