//! What one text can be: for every combination of conditions that some text fulfils, one that does.
//!
//! A condition is a list of parts of which one has to occur in the text, [`EDGE`] put before
//! and behind it: so a beginning, an end and a whole text are parts too. The automaton of Aho
//! and Corasick knows which have occurred, that of [`Globs`] which patterns a text fits; the states
//! of both are searched breadth first, so the shortest text of each combination is found. Letters
//! are compared as `fold` does.

use std::collections::VecDeque;

use hashbrown::{HashMap, HashSet};

use super::facts::Mask;
use super::form::Form;
use super::globs::Globs;

/// Stands before and behind a text. No value of a query can hold it.
pub(super) const EDGE: char = '\0';
/// The most entries of the automaton's table.
const TABLE: usize = 4_000_000;
/// The most steps of the search.
const STEPS: usize = 500_000;

/// Texts for the combinations of conditions that texts of a form can fulfil.
pub(super) struct Found {
    /// Which conditions each fulfils, bit by bit.
    pub(super) texts: Vec<(Mask, String)>,
    /// True when there is no other combination.
    pub(super) complete: bool,
}

/// What is asked of texts.
pub(super) struct Sought {
    /// Conditions of which one part has to occur.
    pub(super) parts: Vec<Vec<String>>,
    /// Conditions of which one pattern has to fit.
    pub(super) globs: Vec<Vec<String>>,
}

/// Searches the texts of a form made of the conditions' characters and one that is in none of them.
pub(super) fn search(sought: &Sought, form: Form, other: char) -> Found {
    let none = Found { texts: Vec::new(), complete: false };
    let globs = Globs::of(&sought.globs, sought.parts.len());
    let automaton = Automaton::of(&sought.parts, globs.characters(), form, other);
    automaton.map_or(none, |automaton| automaton.search(globs, form))
}

/// A character that occurs in none of the texts, in either case.
pub(super) fn unused<'t>(texts: impl Iterator<Item = &'t str>) -> Option<char> {
    let used: HashSet<char> = texts.flat_map(str::chars).map(|c| c.to_ascii_lowercase()).collect();
    ('x'..='z')
        .chain('a'..='w')
        .chain('0'..='9')
        .chain('\u{a1}'..=char::MAX)
        .find(|c| !used.contains(c))
}

type State = usize;

/// A trie of patterns while it is made.
#[derive(Default)]
struct Node {
    next: HashMap<char, State>,
    passed: Mask,
}

struct Automaton {
    characters: Vec<char>,
    /// Where each character leads from each state.
    table: Vec<State>,
    /// The conditions of which a pattern ends in a state.
    passed: Vec<Mask>,
}

impl Automaton {
    /// `None` when it would be too large.
    fn of(
        conditions: &[Vec<String>],
        more: impl Iterator<Item = char>,
        form: Form,
        other: char,
    ) -> Option<Automaton> {
        let mut characters: Vec<char> = vec![EDGE];
        let mut known: HashSet<char> = HashSet::from([EDGE]);
        let patterns = || conditions.iter().flatten().flat_map(|pattern| pattern.chars());
        let wanted = patterns().chain(more).chain(form.characters().chars()).chain([other]);
        characters.extend(wanted.map(|c| c.to_ascii_lowercase()).filter(|c| known.insert(*c)));
        let nodes = trie(conditions);
        if nodes.len().saturating_mul(characters.len()) > TABLE {
            return None;
        }
        let mut passed: Vec<Mask> = nodes.iter().map(|node| node.passed).collect();
        let mut table = vec![0; nodes.len() * characters.len()];
        let mut open = VecDeque::from([(0, 0)]);
        while let Some((state, shorter)) = open.pop_front() {
            let more = passed.get(shorter).copied().unwrap_or_default();
            passed.get_mut(state).into_iter().for_each(|mask| *mask |= more);
            for (place, c) in characters.iter().enumerate() {
                let below = table.get(shorter * characters.len() + place).copied().unwrap_or(0);
                let next = nodes.get(state).and_then(|node| node.next.get(c)).copied();
                open.extend(next.map(|next| (next, if state == 0 { 0 } else { below })));
                let entry = table.get_mut(state * characters.len() + place);
                entry.into_iter().for_each(|entry| *entry = next.unwrap_or(below));
            }
        }
        Some(Automaton { characters, table, passed })
    }

    fn step(&self, state: State, place: usize) -> State {
        self.table.get(state * self.characters.len() + place).copied().unwrap_or_default()
    }

    fn passed(&self, state: State) -> Mask {
        self.passed.get(state).copied().unwrap_or_default()
    }

    fn search(&self, mut globs: Globs, form: Form) -> Found {
        let begun = self.step(0, 0);
        let first = (begun, Globs::START, self.passed(0) | self.passed(begun), form);
        // Every state that was reached, with the one before it and the character between them.
        let mut reached = vec![(first, 0, EDGE)];
        let mut seen: HashSet<_> = HashSet::from([first]);
        let mut masks: HashSet<Mask> = HashSet::new();
        let mut found = Found { texts: Vec::new(), complete: true };
        let mut place = 0;
        while let Some(((state, glob, mask, form), ..)) = reached.get(place).copied() {
            let whole = mask | self.passed(self.step(state, 0)) | globs.passed(glob);
            if form.is_whole() && masks.insert(whole) {
                found.texts.push((whole, spelled(&reached, place)));
            }
            if place.saturating_mul(self.characters.len()) > STEPS {
                found.complete = false;
                break;
            }
            for (letter, c) in self.characters.iter().enumerate().skip(1) {
                let Some(form) = form.after(*c) else { continue };
                let state = self.step(state, letter);
                let Some(glob) = globs.step(glob, *c) else {
                    found.complete = false;
                    return found;
                };
                let next = (state, glob, mask | self.passed(state), form);
                if seen.insert(next) {
                    reached.push((next, place, *c));
                }
            }
            place += 1;
        }
        found
    }
}

fn trie(conditions: &[Vec<String>]) -> Vec<Node> {
    let mut nodes = vec![Node::default()];
    for (place, patterns) in conditions.iter().enumerate() {
        for pattern in patterns {
            let mut state = 0;
            for c in pattern.chars().map(|c| c.to_ascii_lowercase()) {
                let new = nodes.len();
                let Some(node) = nodes.get_mut(state) else { break };
                state = *node.next.entry(c).or_insert(new);
                if state == new {
                    nodes.push(Node::default());
                }
            }
            nodes
                .get_mut(state)
                .into_iter()
                .for_each(|node| node.passed |= super::facts::bit(place));
        }
    }
    nodes
}

/// The text that leads to a place.
fn spelled<S>(reached: &[(S, usize, char)], mut place: usize) -> String {
    let mut letters = Vec::new();
    while let Some((_, before, c)) = reached.get(place).filter(|_| place > 0) {
        letters.push(*c);
        place = *before;
    }
    letters.iter().rev().collect()
}
