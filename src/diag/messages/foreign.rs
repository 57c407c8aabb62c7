//! Words of other languages.

use super::{Code, Diagnostic, Span, shown};
use crate::diag::Fix;

/// A form of another language; its fixes say the same here.
pub(crate) fn foreign(
    place: Span,
    form: &str,
    fixes: Vec<Fix>,
    help: Option<&'static str>,
) -> Diagnostic {
    let form = shown(form);
    let message = match fixes.as_slice() {
        [] => format!("{form} is a form of another language"),
        [fix] if fix.text.trim().is_empty() => format!("{form} is not needed here"),
        [_] => format!("{form} is written in another way here"),
        [_, _, ..] => format!("{form} can mean more than one thing here"),
    };
    let mut found = Diagnostic::new(Code::ForeignWords, place, message);
    if let Some(help) = help {
        found = found.help(help);
    } else if let [fix] = fixes.as_slice()
        && !fix.text.trim().is_empty()
    {
        found = found.help(format!("write {}", shown(&fix.text)));
    }
    found.fixes = fixes;
    found
}

/// A character that cannot be seen; its fixes put a plain blank or nothing there.
pub(crate) fn hidden_character(place: Span, c: char, fixes: Vec<Fix>) -> Diagnostic {
    let message = format!("a character that cannot be seen, `{}`, stands here", c.escape_unicode());
    let mut found = Diagnostic::new(Code::InvisibleCharacter, place, message)
        .help("such characters come along when text is copied from web pages and documents");
    found.fixes = fixes;
    found
}
