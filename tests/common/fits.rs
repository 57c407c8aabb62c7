//! Patterns of `matches` a second time, piece by piece: which ends of the text the pieces so far reach.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

/// True when the whole text fits; letters as they are.
pub fn fits(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut ends = vec![false; text.len() + 1];
    ends[0] = true;
    let mut pieces = pattern.chars();
    while let Some(c) = pieces.next() {
        let own = if c == '\\' { pieces.next() } else { Some(c).filter(|c| !"*?".contains(*c)) };
        let before = ends.clone();
        for end in 0..ends.len() {
            let last = end.checked_sub(1);
            ends[end] = match (own, c) {
                (None, '*') => before[..=end].contains(&true),
                (None, _) => last.is_some_and(|last| before[last]),
                (Some(own), _) => last.is_some_and(|last| before[last] && text[last] == own),
            };
        }
    }
    ends[text.len()]
}

/// The pattern that only this text fits.
pub fn itself(text: &str) -> String {
    text.chars().map(escaped).collect()
}

/// The same, with a `*` or `?` for the character of that number.
pub fn opened(text: &str, place: usize, with: char) -> String {
    let count = text.chars().count().max(1);
    let piece = |(at, c)| if at == place % count { with.to_string() } else { escaped(c) };
    text.chars().enumerate().map(piece).collect()
}

fn escaped(c: char) -> String {
    if "*?\\".contains(c) { format!("\\{c}") } else { c.to_string() }
}
