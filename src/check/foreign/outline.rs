//! A text cut into conditions: what stands between connectives and grouping brackets. A bracket
//! behind a word or a symbol belongs to its condition, with everything in it.

use super::lex::{Kind, Token, tokens};
use super::words;
use crate::span::Span;

/// One condition, or the tail, as a run of tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) tail: bool,
}

/// The tokens and conditions of a text.
pub(super) struct Outline<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
    pub(super) segments: Vec<Segment>,
}

impl<'t> Outline<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let tokens = tokens(text, &words::awaits_value);
        let mut outline = Outline { text, tokens, segments: Vec::new() };
        outline.cut();
        outline
    }

    fn cut(&mut self) {
        let (mut first, mut at) = (0, 0);
        let mut definition = false;
        let (pairs, mut open) = (self.pairs(), false);
        while let Some(token) = self.tokens.get(at) {
            let empty = first == at;
            let ends = (definition || token.is("let")) && !empty;
            if ends && at > 0 && self.line_begins(at) {
                self.push(first, at, false);
                (first, definition) = (at, false);
                continue;
            }
            match token.kind {
                Kind::And if self.is_between(first, at) => at += 1,
                Kind::And | Kind::Or | Kind::Not | Kind::Comment | Kind::Stop | Kind::Close => {
                    let spelled_not = token.kind == Kind::Not && !empty;
                    if !spelled_not {
                        self.push(first, at, false);
                        first = at + 1;
                    }
                    at += 1;
                }
                Kind::Open if empty => {
                    at += 1;
                    first = at;
                }
                Kind::Open => {
                    let pair = pairs.get(at).copied().flatten();
                    at = pair.or_else(|| self.open_list(at, &mut open)).unwrap_or(at + 1);
                }
                Kind::Word if empty && token.is("let") => {
                    definition = true;
                    at += 3;
                    first = at;
                }
                Kind::Word if self.begins_tail(at) => {
                    self.push(first, at, false);
                    self.push(at, self.tokens.len(), true);
                    return;
                }
                Kind::Word | Kind::Text | Kind::Symbol | Kind::Comma => at += 1,
            }
        }
        self.push(first, self.tokens.len(), false);
    }

    fn push(&mut self, first: usize, end: usize, tail: bool) {
        if first < end {
            self.segments.push(Segment { first, end, tail });
        }
    }

    fn line_begins(&self, at: usize) -> bool {
        let end = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let start = self.tokens.get(at);
        let (Some(end), Some(start)) = (end, start) else { return false };
        Span { start: end.span.end, end: start.span.start }.of(self.text).contains('\n')
    }

    /// For each bracket the place behind the one that closes it.
    fn pairs(&self) -> Vec<Option<usize>> {
        let mut pairs = vec![None; self.tokens.len()];
        let mut open: Vec<usize> = Vec::new();
        for (place, token) in self.tokens.iter().enumerate() {
            if token.kind == Kind::Open {
                open.push(place);
            } else if token.kind == Kind::Close
                && let Some(pair) = open.pop().and_then(|at| pairs.get_mut(at))
            {
                *pair = Some(place + 1);
            }
        }
        pairs
    }

    /// True for the `and` of `between a and b`.
    fn is_between(&self, first: usize, at: usize) -> bool {
        const LONGEST: usize = 16;
        let run = self.run(first, at);
        let word = |token: &Token| token.is("between");
        run.len() <= LONGEST
            && run.iter().any(word)
            && !run.iter().any(|token| token.kind == Kind::And)
    }

    /// The end of a list that is never closed, where nothing but a list stands ahead. Only the
    /// first such bracket is looked at.
    fn open_list(&self, at: usize, seen: &mut bool) -> Option<usize> {
        let listed =
            |token: &Token| matches!(token.kind, Kind::Word | Kind::Text | Kind::Comma | Kind::Or);
        let fits = !*seen && self.tokens.get(at + 1..)?.iter().all(listed);
        *seen = true;
        fits.then_some(self.tokens.len())
    }

    fn begins_tail(&self, at: usize) -> bool {
        let word = |place: usize, text: &str| self.tokens.get(place).is_some_and(|t| t.is(text));
        let number = |place: usize| {
            self.tokens.get(place).is_some_and(|token| {
                token.plain.starts_with(|c: char| c.is_ascii_digit() || c == '$')
            })
        };
        let sorts = ["order", "sort"].into_iter().any(|text| word(at, text));
        let counts = words::COUNTS.iter().any(|(text, _)| word(at, text));
        let behind = at > 0;
        (sorts && word(at + 1, "by")) || (counts && number(at + 1) && behind)
    }

    pub(super) fn run(&self, first: usize, end: usize) -> &[Token] {
        self.tokens.get(first..end).unwrap_or_default()
    }

    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        let run = self.run(first, end);
        let first = run.first().map_or(Span::at(self.text.len()), |token| token.span);
        run.last().map_or(first, |last| first.to(last.span))
    }

    /// The tokens in plain spelling, with the gaps between them.
    pub(super) fn plain(&self, first: usize, end: usize) -> String {
        let mut out = String::new();
        let mut at = None;
        for token in self.run(first, end) {
            if let Some(at) = at {
                let gap = Span { start: at, end: token.span.start }.of(self.text);
                out.extend(gap.chars().filter_map(|c| match c {
                    c if c.is_whitespace() && !c.is_ascii() => Some(' '),
                    c if crate::quote::is_invisible(c) && !c.is_ascii() => None,
                    c => Some(c),
                }));
                let glued = |c: char| c.is_alphanumeric();
                if out.ends_with(glued) && token.plain.starts_with(glued) {
                    out.push(' ');
                }
            }
            out.push_str(&token.plain);
            at = Some(token.span.end);
        }
        out
    }
}
