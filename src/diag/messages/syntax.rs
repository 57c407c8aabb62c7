//! Mistakes in the text itself.

use super::{Diagnostic, Span, change, wording};
use crate::keywords::{self, Use};
use crate::quote::quoted;

pub(crate) fn unexpected_text(place: Span, text: &str) -> Diagnostic {
    let comma = text.starts_with(',');
    let phrase =
        if comma { wording::unexpected_comma(text) } else { wording::unexpected_text(text) };
    Diagnostic::say(place, phrase)
}

pub(crate) fn unexpected_part(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::unexpected_part())
}

pub(crate) fn missing_condition(place: Span, behind: &str, ahead: &str) -> Diagnostic {
    let last = behind.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let phrase = match (last, behind.ends_with('('), ahead.chars().next()) {
        (_, true, Some(')')) => wording::empty_parentheses(),
        (_, true, None) | ("", false, _) => wording::missing_condition(),
        (_, true, Some(_)) => wording::missing_condition_after("("),
        (last, false, _) => wording::missing_condition_after(last),
    };
    Diagnostic::say(place, phrase)
}

pub(crate) fn missing_connective(place: Span, next: &str) -> Diagnostic {
    Diagnostic::say(place, wording::missing_connective(next))
        .fix(wording::insert_and(), place.before(), "and ")
        .fix(wording::insert_or(), place.before(), "or ")
}

/// A value behind a complete condition; `whole` covers the value and all its bare words.
pub(crate) fn extra_value(place: Span, whole: Option<Quoted>) -> Diagnostic {
    let found = Diagnostic::say(place, wording::extra_value());
    match whole {
        Some(whole) => {
            found.fix(wording::quote_text(&whole.text), whole.place, quoted(&whole.text))
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
    let found = Diagnostic::say(opening, wording::unclosed_bracket(bracket, closing));
    // A list or key ends where no value follows; of a group nobody knows how far it was to reach.
    if bracket == "(" {
        found.fix(wording::insert(closing), end, closing)
    } else {
        found.safe_fix(wording::insert(closing), end, closing)
    }
}

pub(crate) fn stray_bracket(place: Span, text: &str) -> Diagnostic {
    Diagnostic::say(place, wording::stray_bracket(text)).fix(wording::remove(text), place, "")
}

/// `text` is what stands between the mark and the end of the line.
pub(crate) fn unterminated_string(place: Span, mark: char, text: &str) -> Diagnostic {
    let found = Diagnostic::say(place, wording::unterminated_string(&mark.to_string()));
    let text = text.trim_end();
    if text.contains('\\') {
        let quoted = quoted(text.trim_end_matches(mark));
        return found.fix(wording::backslashes_stand(&quoted), place, quoted);
    }
    let found = match text.split_once(char::is_whitespace) {
        Some((first, _)) if !first.is_empty() => {
            let end = Span::at(place.start as usize + mark.len_utf8() + first.len());
            found.fix(wording::end_text_after(first), end, mark)
        }
        Some(_) | None => found,
    };
    if text.contains('#') {
        return found;
    }
    found.fix(wording::end_text_after(text), place.after(), mark)
}

pub(crate) fn bad_escape(place: Span, text: &str) -> Diagnostic {
    let literal = format!("\\{text}");
    Diagnostic::say(place, wording::bad_escape(text)).fix(
        wording::backslash_itself(&literal),
        place,
        literal,
    )
}

pub(crate) fn nul_character(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::nul_character())
}

pub(crate) fn needs_quotes(place: Span, word: &str, c: char) -> Diagnostic {
    let found = Diagnostic::say(place, wording::needs_quotes(&c.to_string()));
    // A mark that is not of ASCII may stand for one of the language.
    if c.is_ascii() {
        found.safe_fix(wording::quote_text(word), place, quoted(word))
    } else {
        found.fix(wording::quote_text(word), place, quoted(word))
    }
}

pub(crate) fn invisible_character(place: Span, c: char, word: &str, whole: Span) -> Diagnostic {
    let name = c.escape_unicode().to_string();
    let spaced: String =
        word.chars().map(|c| if crate::quote::is_invisible(c) { ' ' } else { c }).collect();
    Diagnostic::say(place, wording::invisible_character(&name))
        .fix(wording::plain_space(), whole, spaced)
        .fix(wording::quote_whole(), whole, quoted(word))
}

pub(crate) fn missing_value(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::missing_value())
}

pub(crate) fn missing_comma(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::missing_comma()).fix(wording::insert(","), place.before(), ", ")
}

pub(crate) fn semicolon(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::semicolon()).safe_fix(wording::change_to(","), place, ",")
}

pub(crate) fn extra_comma(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::extra_comma()).safe_fix(wording::remove(","), place, "")
}

pub(crate) fn bad_element(place: Span, text: &str) -> Diagnostic {
    let found = Diagnostic::say(place, wording::bad_element(text));
    if text.contains(['#', '\n', '"', '\'']) {
        return found;
    }
    found.fix(wording::quote_text(text), place, quoted(text))
}

pub(crate) fn empty_list(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::empty_list())
}

pub(crate) fn bad_record(place: Span, text: &str) -> Diagnostic {
    Diagnostic::say(place, wording::bad_record(text))
}

/// A word alone: a text to search for that lacks its quotes.
pub(crate) fn bare_word(place: Span, word: &str) -> Diagnostic {
    Diagnostic::say(place, wording::bare_word(word)).fix(
        wording::quote_text(word),
        place,
        quoted(word),
    )
}

/// A field alone; `test` is what a condition on it may go on with.
pub(crate) fn bare_field(place: Span, field: &str, test: Option<&str>) -> Diagnostic {
    let found = Diagnostic::say(place, wording::bare_field(field));
    match test {
        Some(test) => found.fix(wording::add(test), place.after(), format!(" {test}")),
        None => found,
    }
}

pub(crate) fn missing_operator(place: Span, field: &str, operator: &str) -> Diagnostic {
    Diagnostic::say(place, wording::missing_operator(field)).fix(
        wording::insert(operator),
        place.before(),
        format!("{operator} "),
    )
}

pub(crate) fn leftover(place: Span, text: &str) -> Diagnostic {
    Diagnostic::say(place, wording::leftover(text))
}

pub(crate) fn tail_twice(place: Span, word: &str) -> Diagnostic {
    Diagnostic::say(place, wording::tail_twice(word)).fix(wording::remove_it(), place, "")
}

pub(crate) fn tail_in_definition(place: Span) -> Diagnostic {
    let words: Vec<&str> = keywords::of(Use::Tail).collect();
    Diagnostic::say(place, wording::tail_in_definition(&words))
}

pub(crate) fn order_without_field(place: Span) -> Diagnostic {
    Diagnostic::say(place.after(), wording::order_without_field())
}

pub(crate) fn bad_direction(place: Span, word: &str) -> Diagnostic {
    let directions: Vec<&str> = keywords::of(Use::Direction).collect();
    let found = Diagnostic::say(place, wording::bad_direction(word, &directions));
    directions.iter().fold(found, |found, word| change(found, place, *word))
}

pub(crate) fn bad_count(place: Span, word: &str, text: &str) -> Diagnostic {
    let phrase = match text {
        "" => wording::missing_count(word),
        text => wording::bad_count(text, word),
    };
    Diagnostic::say(place, phrase)
}

pub(crate) fn bad_definition(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::bad_definition())
}

pub(crate) fn bad_definition_name(place: Span, name: &str) -> Diagnostic {
    Diagnostic::say(place, wording::bad_definition_name(name))
}
