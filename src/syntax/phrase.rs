//! Values of several words, which the grammar has found: `last month`, `7 days ago`, `5 min`.

use super::ast::Literal;
use crate::span::{Span, Spanned};
use crate::time::{PERIODS, Unit, WHICH, is_number};

/// The words of a time, each as it is best written.
pub(super) fn read(text: &str, span: Span) -> Literal<'_> {
    let mut words: Vec<Spanned<&str>> = Vec::with_capacity(4);
    for word in text.split_whitespace() {
        let from = span.start as usize + word.as_ptr().addr() - text.as_ptr().addr();
        let digits = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or_default();
        let (number, rest) = word.split_at_checked(digits).unwrap_or(("", word));
        if !number.is_empty() {
            words.push(Spanned::new(number, Span::new(from, from + digits)));
        }
        words.push(Spanned::new(rest, Span::new(from + digits, from + word.len())));
    }
    // A number that stands alone leaves an empty word behind it.
    words.retain(|word| !word.value.is_empty());
    let first = words.first().map_or("", |word| word.value);
    let article = first.eq_ignore_ascii_case("a") || first.eq_ignore_ascii_case("an");
    let count = if article { "1" } else { first };
    let distance = is_number(count);
    let parts = words.iter().enumerate().map(|(place, word)| {
        let value = match place {
            0 if distance => count,
            1 if distance => Unit::read(word.value).map_or(word.value, |unit| unit.word(count)),
            _ => lower_case(word.value),
        };
        Spanned::new(Literal::Word(value), word.span)
    });
    Literal::Phrase(parts.collect())
}

/// A number and its unit, as they are written.
pub(super) fn amount(text: &str, span: Span) -> Literal<'_> {
    let place = |word: &str| span.start as usize + word.as_ptr().addr() - text.as_ptr().addr();
    let words = text.split_whitespace().map(|word| {
        Spanned::new(Literal::Word(word), Span::new(place(word), place(word) + word.len()))
    });
    Literal::Phrase(words.collect())
}

/// A word of the language in lower case; any other as it is.
fn lower_case(text: &str) -> &str {
    let known = WHICH.iter().map(|(word, _)| *word);
    let known = known.chain(PERIODS.iter().map(|(word, _)| *word));
    let mut known = known.chain(["ago", "from", "now"]);
    known.find(|known| known.eq_ignore_ascii_case(text)).unwrap_or(text)
}
