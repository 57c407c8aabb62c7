//! Words of other languages.

use super::{Diagnostic, Span, wording};
use crate::diag::Fix;

/// A form of another language; its fixes say the same here.
pub(crate) fn foreign(
    place: Span,
    form: &str,
    fixes: Vec<Fix>,
    help: Option<&'static str>,
) -> Diagnostic {
    let is_empty = |fix: &Fix| fix.text.trim().is_empty();
    let sentence = match fixes.as_slice() {
        [] => wording::foreign_form(form),
        [fix] if is_empty(fix) => wording::foreign_needless(form),
        [_] => wording::foreign_respelled(form),
        [_, _, ..] => wording::foreign_ambiguous(form),
    };
    let mut found = Diagnostic::say(place, sentence);
    if let Some(help) = help {
        found = found.help(wording::foreign_help(help));
    } else if let [fix] = fixes.as_slice()
        && !is_empty(fix)
    {
        found = found.help(wording::write(&fix.text));
    }
    found.fixes = fixes;
    found
}

/// A character that cannot be seen; its fixes put a plain blank or nothing there.
pub(crate) fn hidden_character(place: Span, c: char, fixes: Vec<Fix>) -> Diagnostic {
    let name = c.escape_unicode().to_string();
    let mut found = Diagnostic::say(place, wording::invisible_character(&name));
    found.fixes = fixes;
    found
}
