//! How well a name fits what was typed: from its beginning, from the beginning of one of its
//! words, from within, and last by its letters in order.

/// A fit; the smaller, the better.
pub(super) type Rank = u32;

/// The worst rank of a name one of whose words begins with what was typed.
pub(super) const BEGINS: Rank = 2;

/// How well a name fits, without regard to case; `None` when it does not.
pub(super) fn rank(typed: &str, name: &str) -> Option<Rank> {
    if typed.is_empty() {
        return Some(0);
    }
    if let Some(rest) = rest_behind(typed, name) {
        return Some(if rest == 0 { 0 } else { 1 });
    }
    let within = name
        .char_indices()
        .skip(1)
        .filter(|(at, _)| name.get(*at..).is_some_and(|tail| rest_behind(typed, tail).is_some()));
    let word = |c: char| !c.is_alphanumeric();
    let ranks = within.map(|(at, _)| {
        let begins = name.get(..at).is_some_and(|before| before.ends_with(word));
        if begins { 2 } else { 3 }
    });
    ranks.min()
}

/// How much of a text is left behind a beginning, without regard to case.
fn rest_behind(beginning: &str, text: &str) -> Option<usize> {
    let differs = |(a, b): (u8, u8)| a.is_ascii() && b.is_ascii() && !a.eq_ignore_ascii_case(&b);
    if beginning.bytes().zip(text.bytes()).next().is_some_and(differs) {
        return None;
    }
    let mut letters = text.chars().flat_map(char::to_lowercase);
    let all = beginning.chars().flat_map(char::to_lowercase).all(|c| letters.next() == Some(c));
    all.then(|| letters.count())
}

/// The fit of a text that explains a name: only the beginnings of its words count, and less.
pub(super) fn rank_words(typed: &str, text: &str) -> Option<Rank> {
    const LONGEST: usize = 40;
    let wanted = (3..LONGEST).contains(&typed.len());
    let begins =
        |word: &str| word.get(..typed.len()).is_some_and(|head| head.eq_ignore_ascii_case(typed));
    (wanted && text.split(|c: char| !c.is_alphanumeric()).any(begins)).then_some(4)
}

/// The fit of a name that has the typed letters in order.
pub(super) fn rank_letters(typed: &str, name: &str) -> Option<Rank> {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut typed_letters = typed.chars().flat_map(char::to_lowercase);
    let in_order = typed_letters.all(|letter| letters.any(|other| other == letter));
    (typed.chars().nth(1).is_some() && in_order).then_some(5)
}
