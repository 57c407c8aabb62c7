//! The fewest products that cover a set, chosen among given ones: unate covering by branch and
//! bound. The rows, which are combinations of cells, are many; only those are made that some
//! choice left uncovered, so the answer for the rows so far bounds the true one from below, and
//! is the true one as soon as it covers everything.

use crate::diagram::{Cube, Diagram, EMPTY, Join, Set, within};

/// Steps of one branch and bound.
const STEPS: usize = 20_000;

/// Places of the chosen products.
pub(super) struct Chosen {
    pub(super) columns: Vec<usize>,
    /// True when no smaller choice covers the set.
    pub(super) fewest: bool,
}

/// `None` when more than `most` are needed, or when it takes too long.
pub(super) fn fewest(
    diagram: &mut Diagram,
    columns: &[Cube],
    wanted: Set,
    most: usize,
) -> Option<Chosen> {
    let sets: Vec<Set> = columns.iter().map(|cube| diagram.cube(cube)).collect::<Option<_>>()?;
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut fewest = true;
    loop {
        let (chosen, proven) = choose(&rows, columns.len());
        fewest = fewest && proven;
        let mut left = wanted;
        for place in &chosen {
            left = diagram.join(Join::Less, left, sets.get(*place).copied().unwrap_or(EMPTY))?;
        }
        if left == EMPTY {
            return Some(Chosen { columns: chosen, fewest });
        }
        if chosen.len() > most.saturating_mul(2) {
            return None;
        }
        while left != EMPTY {
            let one = diagram.pick(left);
            diagram.step(columns.len())?;
            let row: Vec<usize> = columns
                .iter()
                .enumerate()
                .filter(|(_, cube)| within(&one, cube))
                .map(|(place, _)| place)
                .collect();
            for place in &row {
                left =
                    diagram.join(Join::Less, left, sets.get(*place).copied().unwrap_or(EMPTY))?;
            }
            let cube = diagram.cube(&one)?;
            left = diagram.join(Join::Less, left, cube)?;
            rows.push(row);
        }
    }
}

/// A set of rows.
type Rows = Vec<u64>;

fn union_of(a: &Rows, b: &Rows) -> Rows {
    a.iter().zip(b).map(|(a, b)| a | b).collect()
}

fn minus(a: &Rows, b: &Rows) -> Rows {
    a.iter().zip(b).map(|(a, b)| a & !b).collect()
}

fn size(rows: &Rows) -> u32 {
    rows.iter().map(|word| word.count_ones()).sum()
}

fn members(rows: &Rows) -> impl Iterator<Item = usize> {
    let words = rows.iter().enumerate();
    words.flat_map(|(place, word)| {
        (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| 64 * place + bit)
    })
}

fn insert(rows: &mut Rows, row: usize) {
    if let Some(word) = rows.get_mut(row / 64) {
        *word |= 1 << (row % 64);
    }
}

struct Search {
    /// The rows that each column covers, columns with the same rows once, lesser ones left out.
    columns: Vec<(usize, Rows)>,
    /// The columns that cover each row, as places in `columns`.
    covering: Vec<Vec<usize>>,
    /// The rows that share a column with each row.
    related: Vec<Rows>,
    best: Vec<usize>,
    steps: usize,
}

/// The fewest columns that cover all rows, and whether that is proven.
fn choose(rows: &[Vec<usize>], count: usize) -> (Vec<usize>, bool) {
    let empty: Rows = vec![0; rows.len().div_ceil(64)];
    let mut patterns: Vec<(usize, Rows)> = (0..count).map(|place| (place, empty.clone())).collect();
    for (row, columns) in rows.iter().enumerate() {
        for column in columns {
            patterns.get_mut(*column).into_iter().for_each(|(_, pattern)| insert(pattern, row));
        }
    }
    patterns.retain(|(_, pattern)| size(pattern) > 0);
    let lesser = |place: usize, pattern: &Rows| {
        patterns.iter().enumerate().any(|(other_place, (_, other))| {
            other_place != place
                && size(&minus(pattern, other)) == 0
                && (pattern != other || other_place < place)
        })
    };
    let kept: Vec<bool> =
        patterns.iter().enumerate().map(|(place, (_, pattern))| !lesser(place, pattern)).collect();
    let mut kept = kept.into_iter();
    patterns.retain(|_| kept.next().unwrap_or_default());
    let mut covering: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    let mut related = vec![empty.clone(); rows.len()];
    for (place, (_, pattern)) in patterns.iter().enumerate() {
        for row in members(pattern) {
            covering.get_mut(row).into_iter().for_each(|list| list.push(place));
            related.get_mut(row).into_iter().for_each(|rows| *rows = union_of(rows, pattern));
        }
    }
    let mut all = empty;
    (0..rows.len())
        .filter(|row| covering.get(*row).is_some_and(|list| !list.is_empty()))
        .for_each(|row| insert(&mut all, row));
    let mut search =
        Search { columns: patterns, covering, related, best: Vec::new(), steps: STEPS };
    search.best = search.greedy(&all);
    let proven = search.branch(&all, &mut Vec::new()).is_some();
    let names = search.best.iter().filter_map(|place| search.columns.get(*place));
    (names.map(|(name, _)| *name).collect(), proven)
}

impl Search {
    fn greedy(&self, all: &Rows) -> Vec<usize> {
        let mut left = all.clone();
        let mut chosen = Vec::new();
        while size(&left) > 0 {
            let gain = |(_, (_, pattern)): &(usize, &(usize, Rows))| {
                size(&left) - size(&minus(&left, pattern))
            };
            let Some((place, (_, pattern))) =
                self.columns.iter().enumerate().rev().max_by_key(gain)
            else {
                break;
            };
            left = minus(&left, pattern);
            chosen.push(place);
        }
        chosen
    }

    /// Rows no two of which share a column: each needs a column of its own.
    fn at_least(&self, left: &Rows) -> usize {
        let mut left = left.clone();
        let mut count = 0;
        while let Some(row) =
            members(&left).min_by_key(|row| self.covering.get(*row).map_or(0, Vec::len))
        {
            left = self
                .related
                .get(row)
                .map_or_else(|| minus(&left, &left), |related| minus(&left, related));
            count += 1;
        }
        count
    }

    /// `None` when it takes too long.
    fn branch(&mut self, left: &Rows, chosen: &mut Vec<usize>) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        if size(left) == 0 {
            if chosen.len() < self.best.len() {
                self.best = chosen.clone();
            }
            return Some(());
        }
        if chosen.len() + self.at_least(left) >= self.best.len() {
            return Some(());
        }
        let hardest = members(left).min_by_key(|row| self.covering.get(*row).map_or(0, Vec::len));
        let mut columns =
            hardest.and_then(|row| self.covering.get(row)).cloned().unwrap_or_default();
        let gain = |place: &usize| {
            self.columns
                .get(*place)
                .map_or(0, |(_, pattern)| size(left) - size(&minus(left, pattern)))
        };
        columns.sort_by_cached_key(|place| std::cmp::Reverse(gain(place)));
        for place in columns {
            let Some((_, pattern)) = self.columns.get(place) else { continue };
            let rest = minus(left, pattern);
            chosen.push(place);
            let done = self.branch(&rest, chosen);
            chosen.pop();
            done?;
        }
        Some(())
    }
}
