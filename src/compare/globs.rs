//! Patterns of `matches` as one automaton, whose states are made when a search comes to them.
//!
//! A state is the set of places in the patterns that the text so far can have reached.

use hashbrown::HashMap;

use super::facts::{Mask, bit};
use crate::fold::glob::{self, Piece};

/// The most places that are looked at.
const LOOKED_AT: usize = 4_000_000;

/// What stands at a place of the patterns.
#[derive(Clone, Copy)]
enum Place {
    Piece(Piece),
    /// The end of a pattern: its condition holds.
    End(Mask),
}

pub(super) type State = usize;

pub(super) struct Globs {
    places: Vec<Place>,
    states: Vec<Box<[usize]>>,
    known: HashMap<Box<[usize]>, State>,
    next: HashMap<(State, char), State>,
    looked_at: usize,
}

impl Globs {
    /// The conditions, the first of which has the bit of that place.
    pub(super) fn of(conditions: &[Vec<String>], first: usize) -> Globs {
        let mut places = Vec::new();
        let mut starts = Vec::new();
        for (place, patterns) in (first..).zip(conditions) {
            for pattern in patterns {
                starts.push(places.len());
                places.extend(glob::pieces(pattern).map(Place::Piece));
                places.push(Place::End(bit(place)));
            }
        }
        let (states, known, next) = (Vec::new(), HashMap::new(), HashMap::new());
        let mut globs = Globs { places, states, known, next, looked_at: 0 };
        let mut begun = Vec::new();
        starts.into_iter().for_each(|place| globs.enter(place, &mut begun));
        globs.named(begun);
        globs
    }

    /// Where every search begins.
    pub(super) const START: State = 0;

    /// The characters that the patterns tell from others.
    pub(super) fn characters(&self) -> impl Iterator<Item = char> {
        self.places.iter().filter_map(|place| match place {
            Place::Piece(Piece::Itself(c)) => Some(*c),
            Place::Piece(Piece::Run | Piece::One) | Place::End(_) => None,
        })
    }

    /// After one more character; `None` when that takes too long.
    pub(super) fn step(&mut self, state: State, c: char) -> Option<State> {
        if let Some(next) = self.next.get(&(state, c)) {
            return Some(*next);
        }
        let from = self.states.get(state)?;
        self.looked_at += from.len();
        if self.looked_at > LOOKED_AT {
            return None;
        }
        let mut to = Vec::new();
        for place in from {
            match self.places.get(*place) {
                Some(Place::Piece(Piece::Run)) => self.enter(*place, &mut to),
                Some(Place::Piece(piece)) if piece.takes(Piece::Itself(c)) => {
                    self.enter(place + 1, &mut to);
                }
                Some(Place::Piece(_) | Place::End(_)) | None => {}
            }
        }
        let next = self.named(to);
        self.next.insert((state, c), next);
        Some(next)
    }

    /// The conditions that hold of a text that ends in the state.
    pub(super) fn passed(&self, state: State) -> Mask {
        let places = self.states.get(state).into_iter().flatten();
        let ends = places.map(|place| match self.places.get(*place) {
            Some(Place::End(mask)) => *mask,
            Some(Place::Piece(_)) | None => 0,
        });
        ends.fold(0, |all, mask| all | mask)
    }

    /// A place, and what follows it where it is a run, which can be empty.
    fn enter(&self, place: usize, to: &mut Vec<usize>) {
        to.push(place);
        if let Some(Place::Piece(Piece::Run)) = self.places.get(place) {
            to.push(place + 1);
        }
    }

    fn named(&mut self, mut places: Vec<usize>) -> State {
        places.sort_unstable();
        places.dedup();
        let places = places.into_boxed_slice();
        let new = self.states.len();
        let state = *self.known.entry(places.clone()).or_insert(new);
        if state == new {
            self.states.push(places);
        }
        state
    }
}
