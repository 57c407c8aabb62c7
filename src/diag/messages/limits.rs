//! Limits that a query passes.

use super::{Diagnostic, Span, wording};

pub(crate) fn query_too_long(len: usize, limit: usize) -> Diagnostic {
    Diagnostic::say(Span::at(0), wording::query_too_long(len, limit))
}

pub(crate) fn too_deep(place: Span, depth: usize) -> Diagnostic {
    Diagnostic::say(place, wording::too_deep(depth))
}

pub(crate) fn too_many_values(place: Span, limit: usize) -> Diagnostic {
    Diagnostic::say(place, wording::too_many_values(limit))
}

pub(crate) fn too_many_conditions(place: Span, limit: usize) -> Diagnostic {
    Diagnostic::say(place, wording::too_many_conditions(limit))
}

pub(crate) fn more_diagnostics(surplus: usize, errors: bool, place: Span) -> Diagnostic {
    let phrase = match surplus {
        1 => wording::one_more_diagnostic(),
        more => wording::more_diagnostics(more),
    };
    let mut found = Diagnostic::say(place, phrase);
    if !errors {
        found.severity = super::super::Severity::Warning;
    }
    found
}

pub(crate) fn not_utf8(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::not_utf8())
}

pub(crate) fn bad_line(why: &str) -> Diagnostic {
    Diagnostic::say(Span::at(0), wording::bad_line(why))
}
