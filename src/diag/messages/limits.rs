//! Limits that a query passes.

use super::{Code, Diagnostic, Span};

pub(crate) fn query_too_long(len: usize, limit: usize) -> Diagnostic {
    let message = format!("the query is {len} bytes long, the limit is {limit}");
    Diagnostic::new(Code::QueryTooLong, Span::at(0), message)
        .help("put long lists into a parameter, or raise the limit")
}

pub(crate) fn too_deep(place: Span, depth: usize) -> Diagnostic {
    let message = format!("this is nested deeper than {depth} levels");
    Diagnostic::new(Code::TooDeep, place, message)
        .help("parentheses around `and` within `and`, or `or` within `or`, can go")
}

pub(crate) fn too_many_values(place: Span, limit: usize) -> Diagnostic {
    let message = format!("the lists of this query hold more than {limit} values");
    Diagnostic::new(Code::TooManyValues, place, message).help("split the query, or raise the limit")
}

pub(crate) fn too_many_conditions(place: Span, limit: usize) -> Diagnostic {
    let message =
        format!("with its named filters written out, the query has more than {limit} conditions");
    Diagnostic::new(Code::TooManyConditions, place, message)
        .help("a list says the same as many conditions on one field: `field in (a, b)`")
}

pub(crate) fn more_diagnostics(surplus: usize, errors: bool, place: Span) -> Diagnostic {
    let what = if surplus == 1 {
        "one more is not shown".into()
    } else {
        format!("{surplus} more are not shown")
    };
    let mut found = Diagnostic::new(Code::MoreDiagnostics, place, what);
    if !errors {
        found.severity = super::super::Severity::Warning;
    }
    found.help("mend these first, then run again")
}

pub(crate) fn not_utf8(place: Span) -> Diagnostic {
    Diagnostic::new(Code::NotUtf8, place, "this byte is not UTF-8 text")
        .help("save the file as UTF-8, without any other encoding")
}

pub(crate) fn bad_line(why: &str) -> Diagnostic {
    Diagnostic::new(Code::BadLine, Span::at(0), format!("this line is no batch request: {why}"))
        .help("write `{\"id\": 1, \"query\": \"…\"}`, with `schema`, `now`, `to` and `params` where needed")
}
