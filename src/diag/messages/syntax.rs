//! Mistakes in the text itself.

use super::one_of;
use super::{Code, Diagnostic, Span, shown};
use crate::keywords::{self, Use};

pub(crate) fn unexpected_text(place: Span, text: &str) -> Diagnostic {
    let message = format!("{} fits nowhere here", shown(text));
    let help = if text.starts_with(',') {
        "several values stand in a list: `field in (a, b)`"
    } else {
        "a condition is a field, an operator and a value, such as `ip.category = Risky`"
    };
    Diagnostic::new(Code::UnexpectedText, place, message).help(help)
}

pub(crate) fn unexpected_part(place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::UnexpectedText,
        place,
        "this stands behind a condition that is already complete",
    )
    .help("write `and` or `or` and another condition, or quote the value that it belongs to")
}

pub(crate) fn missing_condition(place: Span, behind: &str, ahead: &str) -> Diagnostic {
    let last = behind.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let message = match (last, behind.ends_with('('), ahead.chars().next()) {
        (_, true, Some(')')) => "the parentheses hold no condition".to_owned(),
        (_, true, None) | ("", false, _) => "a condition is missing here".to_owned(),
        (_, true, Some(_)) => "a condition is missing after `(`".to_owned(),
        (last, false, _) => format!("a condition is missing after {}", shown(last)),
    };
    Diagnostic::new(Code::MissingCondition, place, message)
        .help("a condition is a field, an operator and a value, such as `ip.category = Risky`")
}

pub(crate) fn missing_connective(place: Span, next: &str) -> Diagnostic {
    let message = format!("`and` or `or` is missing before {}", shown(next));
    Diagnostic::new(Code::MissingConnective, place, message)
        .help("`and`: both must hold; `or`: one is enough")
        .fix("insert `and`: both must hold", place.before(), "and ")
        .fix("insert `or`: one is enough", place.before(), "or ")
}

/// A value behind a complete condition; `whole` covers the value and all its bare words.
pub(crate) fn extra_value(place: Span, whole: Option<Quoted>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::MissingConnective,
        place,
        "a second value without a comma or connective",
    )
    .help(
        "several values stand in a list, `field in (a, b)`; a value of several words needs quotes",
    );
    match whole {
        Some(whole) => {
            let title = format!("quote {}", shown(&whole.text));
            found.fix(title, whole.place, crate::quote::quoted(&whole.text))
        }
        None => found,
    }
}

/// Words that may have been meant as one value.
pub(crate) struct Quoted {
    /// Where they stand.
    pub(crate) place: Span,
    /// The words and the spaces between them.
    pub(crate) text: String,
}

pub(crate) fn unclosed_bracket(opening: Span, bracket: &str, end: Span) -> Diagnostic {
    let closing = match bracket {
        "[" => "]",
        "{" => "}",
        _ => ")",
    };
    let message = format!("`{bracket}` is never closed");
    let found = Diagnostic::new(Code::UnclosedBracket, opening, message)
        .help(format!("a `{closing}` belongs after the last part that it holds"));
    let title = format!("insert `{closing}`");
    // A list or key ends where no value follows; of a group nobody knows how far it was to reach.
    if bracket == "(" {
        found.fix(title, end, closing)
    } else {
        found.safe_fix(title, end, closing)
    }
}

pub(crate) fn stray_bracket(place: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::StrayBracket, place, format!("{} has no opening bracket", shown(text)))
        .fix(format!("remove {}", shown(text)), place, "")
}

/// `text` is what stands between the mark and the end of the line.
pub(crate) fn unterminated_string(place: Span, mark: char, text: &str) -> Diagnostic {
    let found = Diagnostic::new(
        Code::UnterminatedString,
        place,
        format!("this text is never closed with `{mark}`"),
    )
    .help("a quoted text ends on its own line with the mark it began with");
    let text = text.trim_end();
    if text.contains('\\') {
        let inner = text.trim_end_matches(mark);
        let quoted = crate::quote::quoted(inner);
        let title = format!("change to {}: every backslash stands for itself", shown(&quoted));
        return found.fix(title, place, quoted);
    }
    let found = match text.split_once(char::is_whitespace) {
        Some((first, _)) if !first.is_empty() => {
            let end = Span::at(place.start as usize + mark.len_utf8() + first.len());
            found.fix(format!("end the text after {}", shown(first)), end, mark)
        }
        Some(_) | None => found,
    };
    if text.contains('#') {
        return found;
    }
    found.fix(format!("end the text behind {}", shown(text)), place.after(), mark)
}

pub(crate) fn bad_escape(place: Span, text: &str) -> Diagnostic {
    let literal = format!("\\{text}");
    Diagnostic::new(Code::BadEscape, place, format!("{} is no escape", shown(text)))
        .help("for a backslash itself write `\\\\`; characters by number are written `\\u{1f980}`")
        .fix(format!("change to `{literal}`: the backslash itself"), place, literal)
}

pub(crate) fn nul_character(place: Span) -> Diagnostic {
    Diagnostic::new(Code::NulCharacter, place, "a value cannot hold the NUL character")
}

pub(crate) fn needs_quotes(place: Span, word: &str, c: char) -> Diagnostic {
    let message = format!("`{c}` cannot stand in a word without quotes");
    let found = Diagnostic::new(Code::NeedsQuotes, place, message);
    let (title, text) = (format!("quote {}", shown(word)), crate::quote::quoted(word));
    // A mark that is not of ASCII may stand for one of the language.
    if c.is_ascii() { found.safe_fix(title, place, text) } else { found.fix(title, place, text) }
}

pub(crate) fn invisible_character(place: Span, c: char, word: &str, whole: Span) -> Diagnostic {
    let name = c.escape_unicode();
    let spaced: String =
        word.chars().map(|c| if crate::quote::is_invisible(c) { ' ' } else { c }).collect();
    Diagnostic::new(
        Code::InvisibleCharacter,
        place,
        format!("a character that cannot be seen, `{name}`, stands here"),
    )
    .help("such characters come along when text is copied from web pages and documents")
    .fix("put a plain space there", whole, spaced)
    .fix("quote the whole", whole, crate::quote::quoted(word))
}

pub(crate) fn missing_value(place: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingValue, place, "a value is missing here").help(
        "values are written `Risky`, `\"several words\"`, `7`, `2026-11-01`, or as a list `(a, b)`",
    )
}

pub(crate) fn missing_comma(place: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingComma, place, "a comma is missing before this value")
        .help("a value of several words needs quotes")
        .fix("insert `,`", place.before(), ", ")
}

pub(crate) fn extra_comma(place: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingValue, place, "a value is missing before this comma").safe_fix(
        "remove `,`",
        place,
        "",
    )
}

pub(crate) fn bad_element(place: Span, text: &str) -> Diagnostic {
    let found =
        Diagnostic::new(Code::UnexpectedText, place, format!("{} is no value", shown(text)))
            .help("a list holds values, divided by commas");
    if text.contains(['#', '\n', '"', '\'']) {
        return found;
    }
    found.fix(format!("quote {}", shown(text)), place, crate::quote::quoted(text))
}

pub(crate) fn empty_list(place: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyList, place, "this list is empty")
        .help("write at least one value, or leave the condition out")
}

pub(crate) fn bad_record(place: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::BadRecord, place, format!("{} is no `name: value`", shown(text)))
        .help("a key is written `{ id: \"…\", inst: 0 }`")
}

/// A word alone: a text to search for that lacks its quotes.
pub(crate) fn bare_word(place: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Code::BareWord, place, format!("the word {} stands alone", shown(word)))
        .help("quoted, it searches the records' text; a condition is a field, an operator and a value")
        .fix(format!("quote {}", shown(word)), place, crate::quote::quoted(word))
}

/// A field alone; `test` is what a condition on it may go on with.
pub(crate) fn bare_field(place: Span, field: &str, test: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::BareWord,
        place,
        format!("the field {} has no operator and value", shown(field)),
    )
    .help("a condition is a field, an operator and a value");
    match test {
        Some(test) => found.fix(format!("add `{test}`"), place.after(), format!(" {test}")),
        None => found,
    }
}

pub(crate) fn missing_operator(place: Span, field: &str, operator: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MissingOperator,
        place,
        format!("an operator is missing after {}", shown(field)),
    )
    .fix(format!("insert `{operator}`"), place.before(), format!("{operator} "))
}

pub(crate) fn leftover(place: Span, text: &str) -> Diagnostic {
    Diagnostic::new(
        Code::BadTail,
        place,
        format!("{} stands behind the end of the query", shown(text)),
    )
    .help("conditions come first; `order by`, `limit` and `skip` end the query")
}

pub(crate) fn tail_twice(place: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Code::BadTail, place, format!("`{word}` is written twice")).fix(
        "remove it",
        place,
        "",
    )
}

pub(crate) fn tail_in_definition(place: Span) -> Diagnostic {
    let message = format!("a named filter has no {}", one_of(keywords::of(Use::Tail)));
    Diagnostic::new(Code::BadTail, place, message)
        .help("put it at the end of the query that uses the filter")
}

pub(crate) fn order_without_field(place: Span) -> Diagnostic {
    Diagnostic::new(Code::BadTail, place.after(), "a field is missing after `order by`")
}

pub(crate) fn bad_direction(place: Span, word: &str) -> Diagnostic {
    let found = Diagnostic::new(Code::BadTail, place, format!("{} is no direction", shown(word)));
    let found = found.help(format!("a field is ordered {}", one_of(keywords::of(Use::Direction))));
    keywords::of(Use::Direction)
        .fold(found, |found, word| found.fix(format!("change to `{word}`"), place, word))
}

pub(crate) fn bad_count(place: Span, word: &str, text: &str) -> Diagnostic {
    let message = match text {
        "" => format!("a number is missing after `{word}`"),
        text => format!("{} is no number of records", shown(text)),
    };
    Diagnostic::new(Code::BadTail, place, message)
        .help(format!("write `{word}` and a whole number, 0 or more"))
}

pub(crate) fn bad_definition(place: Span) -> Diagnostic {
    Diagnostic::new(Code::BadDefinition, place, "this `let` defines nothing")
        .help("a named filter is written `let name = condition`")
}

pub(crate) fn bad_definition_name(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::BadDefinition, place, format!("{} cannot name a filter", shown(name)))
        .help("names hold letters, digits and `_ - . / : * + %`")
}
