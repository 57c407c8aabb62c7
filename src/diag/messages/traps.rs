//! What is easily taken for something else: numbers in other spellings, values that records do not
//! hold, words that stand for no value, wildcards, texts that are no address.

use super::names::At;
use super::{Code, Diagnostic, Span, shown};
use crate::quote::quote;

/// A whole number in another spelling; `plain` is how it is written here.
pub(crate) fn number_spelling(value: At<'_>, plain: Option<&str>) -> Diagnostic {
    let message = format!("{} is not written as a whole number", shown(value.text));
    let found = Diagnostic::new(Code::WrongType, value.place, message)
        .help("whole numbers are digits with an optional `-` before them, and no zeros in front");
    match plain {
        Some(plain) => found.safe_fix(format!("change to `{plain}`"), value.place, plain),
        None => found,
    }
}

/// An open value that differs from a named one by case, or by spaces, `_` and `-`.
pub(crate) fn nearly_named(value: At<'_>, field: &str, known: &str, fixable: bool) -> Diagnostic {
    let message = format!(
        "{} is taken as it is written, and is another value than `{known}`",
        shown(value.text)
    );
    let found = Diagnostic::new(Code::NearlyNamed, value.place, message)
        .help(format!("`{field}` takes any value; `{known}` is one that it knows"));
    let text = quote(known).into_owned();
    if fixable { found.fix(format!("change to `{text}`"), value.place, text) } else { found }
}

/// An open value of another shape than records hold.
pub(crate) fn unlikely_value(value: At<'_>, field: &str, example: Option<&str>) -> Diagnostic {
    let message = format!("no record is likely to hold {} in `{field}`", shown(value.text));
    let found = Diagnostic::new(Code::UnlikelyValue, value.place, message);
    match example {
        Some(example) => found.help(format!("records hold codes such as `{example}`")),
        None => found.help("records hold values of another form"),
    }
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

/// `place` is the word; `whole` the operator and the word.
pub(crate) fn emptiness(
    word: At<'_>,
    field: &str,
    whole: Span,
    readings: &[Reading],
) -> Diagnostic {
    let message = format!("{} is no value of `{field}` and no test", shown(word.text));
    let found = Diagnostic::new(Code::Emptiness, word.place, message);
    let choices: Vec<String> =
        readings.iter().map(|reading| format!("`{}` {}", reading.text, reading.title)).collect();
    let found = match choices.as_slice() {
        [] => found.help(format!("whether `{field}` is set cannot be asked")),
        _ => found.help(format!("write {}", choices.join(" or "))),
    };
    readings.iter().fold(found, |found, reading| {
        let title = format!("write `{}`", reading.text);
        if reading.safe {
            found.safe_fix(title, whole, reading.text.clone())
        } else {
            found.fix(format!("{title} {}", reading.title), whole, reading.text.clone())
        }
    })
}

/// `*` in a value that is compared as a whole; `instead` is the operator and value that say it.
pub(crate) fn literal_star(value: At<'_>, instead: Option<(Span, String)>) -> Diagnostic {
    let message = format!("`*` in {} stands for itself", shown(value.text));
    let found = Diagnostic::new(Code::LiteralStar, value.place, message)
        .help("only values with that very character are found");
    match instead {
        Some((place, text)) => {
            found.fix(format!("write `{text}`, which ignores the case of letters"), place, text)
        }
        None => found,
    }
}

/// A text of digits and marks that is no address; `instead` is what says it.
pub(crate) fn bad_address(value: At<'_>, instead: Option<(Span, String)>) -> Diagnostic {
    let message = format!("{} is no IP address", shown(value.text));
    let found = Diagnostic::new(Code::BadAddress, value.place, message)
        .help("write an address, a network such as `10.16.0.0/12`, or `starts with 10.`");
    match instead {
        Some((place, text)) => found.fix(format!("write `{text}`"), place, text),
        None => found,
    }
}

/// Another text on a field of addresses.
pub(crate) fn no_address(
    value: At<'_>,
    field: &str,
    instead: Option<(Span, String)>,
) -> Diagnostic {
    let message =
        format!("{} is no IP address, and `{field}` holds nothing else", shown(value.text));
    let found = Diagnostic::new(Code::NoAddress, value.place, message);
    match instead {
        Some((place, text)) => found.fix(format!("write `{text}`"), place, text),
        None => found,
    }
}

/// A query without a condition.
pub(crate) fn empty_query() -> Diagnostic {
    Diagnostic::new(Code::EmptyQuery, Span::at(0), "the query is empty and selects every record")
        .help("for every record on purpose this is fine; else see whether a variable is empty")
}

/// A request that names none of the fields that should bound it.
pub(crate) fn unbounded_request(place: Span, fields: &str) -> Diagnostic {
    Diagnostic::new(Code::Unbounded, place, "the API slows down requests without a bound")
        .help(format!("add a condition on {fields}"))
}
