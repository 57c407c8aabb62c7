//! Patterns that a text fits as a whole: `*` stands for any run of characters, `?` for any one (a
//! Unicode scalar value), `\` takes the next character as it is.
//!
//! Source: `docs/language.md`, 2.3, `matches`. Letters are compared as `fold` does.

use std::str::Chars;

/// One piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Any run of characters.
    Run,
    /// Any one character.
    One,
    /// This character.
    Itself(char),
}

impl Piece {
    /// True when every character that the other stands for fits.
    pub(crate) fn takes(self, other: Piece) -> bool {
        match (self, other) {
            (Piece::One, Piece::One | Piece::Itself(_)) => true,
            (Piece::Itself(own), Piece::Itself(c)) => own.eq_ignore_ascii_case(&c),
            (Piece::Itself(_), Piece::One) | (Piece::Run, _) | (_, Piece::Run) => false,
        }
    }
}

/// The pieces of a pattern, in order. Runs that stand together are one, behind the `?` beside them,
/// so that patterns that differ only in that have the same pieces.
#[derive(Clone, Debug)]
pub(crate) struct Pieces<'p> {
    rest: Chars<'p>,
    run: bool,
}

/// The pieces of a pattern. A `\` at the end, which no checked pattern has, stands for itself.
pub(crate) fn pieces(pattern: &str) -> Pieces<'_> {
    Pieces { rest: pattern.chars(), run: false }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            let here = self.rest.clone();
            match self.rest.next() {
                Some('*') => self.run = true,
                Some('?') => return Some(Piece::One),
                _ if self.run => {
                    self.rest = here;
                    self.run = false;
                    return Some(Piece::Run);
                }
                Some('\\') => return Some(Piece::Itself(self.rest.next().unwrap_or('\\'))),
                Some(c) => return Some(Piece::Itself(c)),
                None => return None,
            }
        }
    }
}

/// True when the pattern ends in a `\` with nothing behind it to take.
pub(crate) fn is_unfinished(pattern: &str) -> bool {
    let marks = pattern.bytes().rev().take_while(|byte| *byte == b'\\').count();
    marks % 2 == 1
}

/// True when every text fits.
pub(crate) fn is_open(pattern: &str) -> bool {
    pieces(pattern).eq([Piece::Run])
}

/// The pattern that only this text fits.
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '?' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// True when the whole text fits.
pub(crate) fn fits(text: &str, pattern: &str) -> bool {
    walk(pieces(pattern), text.chars().map(Piece::Itself))
}

/// True when every text that fits `narrow` fits `wide`; false where that is not certain.
pub(crate) fn covers(wide: &str, narrow: &str) -> bool {
    walk(pieces(wide), pieces(narrow))
}

/// Only the last run before a mismatch takes more: what those before it took is enough. So it costs
/// at most the product of both lengths.
fn walk(mut pattern: Pieces<'_>, mut text: impl Iterator<Item = Piece> + Clone) -> bool {
    // The pattern behind the last run, and the text that the run has not taken.
    let mut run = None;
    loop {
        let here = pattern.next();
        if here == Some(Piece::Run) {
            run = Some((pattern.clone(), text.clone()));
            continue;
        }
        match (here, text.next()) {
            (None, None) => return true,
            (Some(_), None) => return false,
            (Some(piece), Some(c)) if piece.takes(c) => {}
            (_, Some(_)) => {
                let Some((behind, left)) = &mut run else { return false };
                left.next();
                if behind.clone().next().is_none() {
                    return true;
                }
                (pattern, text) = (behind.clone(), left.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{covers, fits, is_open, is_unfinished, literal};

    /// The definition, word by word.
    fn defined(text: &[char], pattern: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['*', rest @ ..] => {
                defined(text, rest) || matches!(text, [_, left @ ..] if defined(left, pattern))
            }
            ['?', rest @ ..] => matches!(text, [_, left @ ..] if defined(left, rest)),
            ['\\', own, rest @ ..] | [own, rest @ ..] => {
                matches!(text, [c, left @ ..] if c.eq_ignore_ascii_case(own) && defined(left, rest))
            }
        }
    }

    fn texts(of: &[&str], longest: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..longest {
            last = last.iter().flat_map(|t| of.iter().map(move |c| format!("{t}{c}"))).collect();
            all.extend(last.iter().cloned());
        }
        all
    }

    #[test]
    fn a_pattern_is_fitted_as_it_is_defined() {
        let all = texts(&["a", "B", "*", "🦀"], 4);
        for pattern in texts(&["a", "b", "*", "?", "\\*"], 4) {
            let chars: Vec<char> = pattern.chars().collect();
            for text in &all {
                let wanted = defined(&text.chars().collect::<Vec<_>>(), &chars);
                assert_eq!(fits(text, &pattern), wanted, "{text} {pattern}");
            }
            assert_eq!(is_open(&pattern), all.iter().all(|text| fits(text, &pattern)), "{pattern}");
        }
        assert!(all.iter().all(|text| fits(text, &literal(text))));
    }

    #[test]
    fn what_covers_a_pattern_fits_whatever_it_fits() {
        let patterns = texts(&["a", "b", "*", "?"], 4);
        let all = texts(&["a", "b", "c"], 4);
        let mut decided = 0;
        for (wide, narrow) in patterns.iter().flat_map(|w| patterns.iter().map(move |n| (w, n))) {
            let holds = || all.iter().all(|text| !fits(text, narrow) || fits(text, wide));
            if covers(wide, narrow) {
                decided += 1;
                assert!(holds(), "{wide} {narrow}");
            }
            assert!(wide != narrow || covers(wide, narrow), "{wide}");
        }
        assert!(decided > 2000, "{decided}");
    }

    #[test]
    fn a_mark_at_the_end_takes_nothing() {
        assert!(is_unfinished("a\\") && is_unfinished("\\\\\\"));
        assert!(!is_unfinished("a\\\\") && !is_unfinished("") && !is_unfinished("\\*"));
    }

    #[test]
    fn a_pattern_of_many_runs_is_no_trap() {
        let (text, pattern) = ("a".repeat(20_000), format!("{}b", "a*".repeat(200)));
        assert!(!fits(&text, &pattern));
    }
}
