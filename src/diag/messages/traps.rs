//! What is easily taken for something else: numbers in other spellings, values that records do not
//! hold, words that are neither value nor test, wildcards, texts that are not an address.

use super::names::At;
use super::{Diagnostic, Span, change, wording};
use crate::diag::Sentence;
use crate::quote::quote;

/// A whole number in another spelling; `plain` is how it is written here.
pub(crate) fn number_spelling(value: At<'_>, plain: Option<&str>) -> Diagnostic {
    respelled(value, wording::number_spelling(value.text), plain)
}

/// A number with or without a fraction in another spelling.
pub(crate) fn fraction_spelling(value: At<'_>, plain: Option<&str>) -> Diagnostic {
    respelled(value, wording::fraction_spelling(value.text), plain)
}

fn respelled(value: At<'_>, phrase: Sentence, plain: Option<&str>) -> Diagnostic {
    let found = Diagnostic::say(value.place, phrase);
    match plain {
        Some(plain) => found.safe_fix(wording::change_to(plain), value.place, plain),
        None => found,
    }
}

/// An open value that differs from a named one by case, or by spaces, `_` and `-`.
pub(crate) fn nearly_named(value: At<'_>, field: &str, known: &str, fixable: bool) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::nearly_named(value.text, field, known));
    if fixable { change(found, value.place, quote(known)) } else { found }
}

/// An open value of another shape than records hold.
pub(crate) fn unlikely_value(value: At<'_>, field: &str, example: Option<&str>) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::unlikely_value(value.text, field));
    found.help(match example {
        Some(example) => wording::codes_such_as(example),
        None => wording::values_of_other_form(),
    })
}

/// What `is empty`, `is missing` and the like can mean, each with the text to write: the words
/// after the field, a title, and whether it only respells.
pub(crate) struct Reading {
    /// The operator and value to write.
    pub(crate) text: String,
    /// What that means.
    pub(crate) title: String,
    /// True when it is what the words mean, and there is no other reading.
    pub(crate) safe: bool,
}

/// The place of `word` is that of the word alone; `whole` is that of the operator and the word.
pub(crate) fn emptiness(
    word: At<'_>,
    field: &str,
    whole: Span,
    readings: &[Reading],
) -> Diagnostic {
    let found = Diagnostic::say(word.place, wording::emptiness(word.text, field));
    let choices: Vec<String> =
        readings.iter().map(|reading| format!("`{}` {}", reading.text, reading.title)).collect();
    let found = found.help(match choices.as_slice() {
        [] => wording::cannot_ask_set(field),
        _ => wording::write_choices(&choices.join(" or ")),
    });
    readings.iter().fold(found, |found, reading| {
        let text = reading.text.as_str();
        if reading.safe {
            found.safe_fix(wording::write(text), whole, text)
        } else {
            found.fix(wording::write_meaning(text, &reading.title), whole, text)
        }
    })
}

/// `*` in a value that is compared as a whole; `instead` is the operator and value that say it.
pub(crate) fn literal_star(value: At<'_>, instead: Option<(Span, String)>) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::literal_star(value.text));
    match instead {
        Some((place, text)) => found.fix(wording::write_ignoring_case(&text), place, text),
        None => found,
    }
}

/// A text of digits and marks that is not an address; `instead` is what says it.
pub(crate) fn bad_address(value: At<'_>, instead: Option<(Span, String)>) -> Diagnostic {
    written_instead(Diagnostic::say(value.place, wording::bad_address(value.text)), instead)
}

/// Another text on a field of addresses.
pub(crate) fn no_address(
    value: At<'_>,
    field: &str,
    instead: Option<(Span, String)>,
) -> Diagnostic {
    written_instead(Diagnostic::say(value.place, wording::no_address(value.text, field)), instead)
}

fn written_instead(found: Diagnostic, instead: Option<(Span, String)>) -> Diagnostic {
    match instead {
        Some((place, text)) => found.fix(wording::write(&text), place, text),
        None => found,
    }
}

/// A query without a condition.
pub(crate) fn empty_query() -> Diagnostic {
    Diagnostic::say(Span::at(0), wording::empty_query())
}

/// A request that names none of the fields that should bound it.
pub(crate) fn unbounded_request(place: Span, fields: &str) -> Diagnostic {
    Diagnostic::say(place, wording::unbounded_request(fields))
}
