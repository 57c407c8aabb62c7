//! The source beside the tree: which comments are still to come, and where the parentheses stood
//! that the tree does not keep, so that a comment stays on its side of them.

use crate::span::{Span, Spanned};

/// A walk through the source, from one leaf of the tree to the next.
pub(super) struct Source<'p> {
    text: &'p str,
    comments: &'p [Spanned<&'p str>],
    /// Behind the last comment that was taken.
    commented: u32,
    /// Behind the last leaf or parenthesis that was passed.
    at: u32,
    /// Places of the parentheses that are open there.
    open: Vec<u32>,
}

impl<'p> Source<'p> {
    pub(super) fn new(text: &'p str, comments: &'p [Spanned<&'p str>]) -> Self {
        Source { text, comments, commented: 0, at: 0, open: Vec::new() }
    }

    /// The next comment, when it stands before a place.
    pub(super) fn next_comment(&self, before: u32) -> Option<Spanned<&'p str>> {
        self.comments.first().copied().filter(|comment| comment.span.start < before)
    }

    pub(super) fn take_comment(&mut self) {
        if let Some((first, rest)) = self.comments.split_first() {
            self.commented = first.span.end;
            self.comments = rest;
        }
    }

    /// True when nothing but blanks stands before the comment on its line.
    pub(super) fn is_own_line(&self, comment: Spanned<&str>) -> bool {
        let before = self.between(0, comment.span.start);
        let before = before.trim_end_matches(|c: char| c.is_ascii_whitespace() && c != '\n');
        before.is_empty() || before.ends_with(['\n', '\u{FEFF}'])
    }

    /// True when the comment does not end the line of the last leaf and what closes behind it, but
    /// stands on its own or belongs to what comes next, at `next`.
    pub(super) fn is_below(&self, comment: Spanned<&str>, next: u32) -> bool {
        let last = next as usize > self.text.len();
        match self.between(self.at, comment.span.start).rsplit_once('\n') {
            Some((_, line)) if !last => !line.contains([')', ';']),
            Some(_) | None => self.is_own_line(comment),
        }
    }

    /// True when an empty line stands between the last leaf or comment and a place.
    pub(super) fn empty_line_before(&self, place: u32) -> bool {
        let mut ends = 0;
        for byte in self.between(self.at.max(self.commented), place).bytes() {
            ends = match byte {
                b'\n' => ends + 1,
                byte if byte.is_ascii_whitespace() => ends,
                _ => 0,
            };
            if ends == 2 {
                return true;
            }
        }
        false
    }

    /// Goes behind a leaf.
    pub(super) fn pass(&mut self, leaf: Span) {
        for (place, opening) in self.parentheses(leaf.start) {
            self.cross(place, opening);
        }
        self.at = leaf.end;
    }

    /// The first opening parenthesis before a place; the place itself when there is none.
    pub(super) fn first_opening(&self, before: u32) -> u32 {
        let opening = self.parentheses(before).find(|(_, opening)| *opening);
        opening.map_or(before, |(place, _)| place)
    }

    /// Goes behind the next opening parenthesis before a place.
    pub(super) fn enter(&mut self, before: u32) {
        for (place, opening) in self.parentheses(before) {
            self.cross(place, opening);
            if opening {
                return;
            }
        }
    }

    /// Goes behind the parenthesis that closes the innermost group around a formula, which starts
    /// at `start` and ends with the last leaf. Gives back its place.
    pub(super) fn leave(&mut self, start: u32) -> u32 {
        for (place, opening) in self.parentheses(u32::MAX) {
            if opening {
                break;
            }
            let opened = self.open.last().copied();
            self.cross(place, opening);
            if opened.is_none_or(|opened| opened < start) {
                return place;
            }
        }
        self.at
    }

    fn cross(&mut self, place: u32, opening: bool) {
        if opening {
            self.open.push(place);
        } else {
            self.open.pop();
        }
        self.at = place + 1;
    }

    /// The parentheses up to a place, and whether each is an opening one. Between two leaves there
    /// are only connectives, comments and parentheses.
    fn parentheses(&self, before: u32) -> impl Iterator<Item = (u32, bool)> + use<'p> {
        let mut comment = false;
        let bytes = (self.at..).zip(self.between(self.at, before).bytes());
        bytes.filter_map(move |(place, byte)| {
            comment = if comment { byte != b'\n' } else { byte == b'#' };
            let bracket = !comment && matches!(byte, b'(' | b')');
            bracket.then_some((place, byte == b'('))
        })
    }

    fn between(&self, start: u32, end: u32) -> &'p str {
        let end = (end as usize).min(self.text.len());
        self.text.get(start as usize..end).unwrap_or_default()
    }
}
