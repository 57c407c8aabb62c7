//! What a whole query means, and what a target cannot say of it.

use super::{Code, Diagnostic, Span, shown, suggest};

pub(crate) fn selects_nothing(place: Span, other: Option<Span>, field: &str) -> Diagnostic {
    conflict(Code::SelectsNothing, place, other, field, "no record", "one of the two be enough")
}

pub(crate) fn selects_everything(place: Span, other: Option<Span>, field: &str) -> Diagnostic {
    conflict(Code::SelectsEverything, place, other, field, "every record", "both have to hold")
}

/// Two conditions that decide the query. No connective is named: below a `not` it is the other one.
fn conflict(
    code: Code,
    place: Span,
    other: Option<Span>,
    field: &str,
    left: &str,
    instead: &str,
) -> Diagnostic {
    match other {
        Some(other) => {
            let message = format!("this and the other condition on `{field}` leave {left}");
            Diagnostic::new(code, place, message)
                .label(other, "the other condition")
                .help(format!("should {instead}?"))
        }
        None => Diagnostic::new(code, place, format!("what is asked of `{field}` leaves {left}")),
    }
}

pub(crate) fn text_without_words(place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SelectsEverything,
        place,
        "a text without any word is found in every record",
    )
}

/// An `or` that no single request can say, with its first two sides.
pub(crate) fn several_requests(sides: &[Span], whole: Span) -> Diagnostic {
    let message = "this `or` needs more than one request: one request joins its fields by `and`";
    let found = Diagnostic::new(Code::SeveralRequests, whole, message)
        .help("`--to plan` prints the requests that together select the same records");
    sides
        .iter()
        .zip(["either this", "or this"])
        .fold(found, |found, (side, text)| found.label(*side, text))
}

pub(crate) fn not_expressible(place: Span, target: &str, what: &str, instead: &str) -> Diagnostic {
    Diagnostic::new(Code::NotExpressible, place, format!("{target} cannot say {what}"))
        .help(instead)
}

/// What whoever runs the output has to know of the engine.
pub(crate) fn engine_caution(place: Span, engine: &str, caution: &str) -> Diagnostic {
    Diagnostic::new(Code::EngineCaution, place, format!("{engine} {caution}"))
}

pub(crate) fn operator_twice(place: Span, first: Span, field: &str, operator: &str) -> Diagnostic {
    let message =
        format!("one request holds `{operator}` on `{field}` once, and both conditions must hold");
    Diagnostic::new(Code::NotExpressible, place, message)
        .label(first, "the first")
        .help("`--to plan` asks for one and checks the other on what comes back")
}

pub(crate) fn tail_not_carried(place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TailNotCarried,
        place,
        "the filters alone do not carry the order, limit or skip",
    )
    .help("`--body` prints the whole request")
}

pub(crate) fn unknown_target<'n>(
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::new(
        Code::UnknownTarget,
        Span::at(0),
        format!("there is no target {}", shown(name)),
    );
    suggest(found, name, Span::at(0), names, "targets are", str::to_owned)
}

pub(crate) fn page_too_large(place: Span, largest: u32) -> Diagnostic {
    let message = format!("one response holds at most {largest} records");
    Diagnostic::new(Code::NotExpressible, place, message)
        .help(format!("write `limit {largest}` and ask for the rest with `skip`"))
}

pub(crate) fn no_endpoint(schema: &str) -> Diagnostic {
    let message = format!("the schema `{schema}` names no endpoint to send a request to");
    Diagnostic::new(Code::NotExpressible, Span::at(0), message)
        .help("its file can say `endpoint = \"/api/…/\"`")
}

/// A plan of too many requests, with the `or`s that multiply: where, and how many sides.
pub(crate) fn too_many_requests(
    whole: Span,
    ors: &[(Span, usize)],
    needed: Option<usize>,
    limit: usize,
) -> Diagnostic {
    let message = match needed {
        Some(needed) => format!("this needs {needed} requests, and {limit} are allowed"),
        None => format!("no plan within the {limit} requests that are allowed was found"),
    };
    let multiply = ors.len() > 1;
    let help = if multiply {
        "these `or`s multiply: join conditions on one field into one list (`in (…)`), leave one `or` out and check it \
         on what comes back, or allow more with `--limit requests=N`"
    } else {
        "join conditions on one field into one list (`in (…)`), ask in several queries, or allow more with \
         `--limit requests=N`"
    };
    let found = Diagnostic::new(Code::TooManyRequests, whole, message).help(help);
    let label =
        |sides: usize| if multiply { format!("times {sides}") } else { format!("{sides} sides") };
    ors.iter().fold(found, |found, (place, sides)| found.label(*place, label(*sides)))
}

/// Paging of a plan, which counts records of one response.
pub(crate) fn plan_without_paging(place: Span, requests: usize, residual: bool) -> Diagnostic {
    let why = if residual {
        "what comes back has still to be checked".to_owned()
    } else {
        format!("the plan has {requests} requests, whose records overlap")
    };
    let message = format!("`limit` and `skip` count the records of one request, and {why}");
    Diagnostic::new(Code::NotExpressible, place, message)
        .help("leave them out and count after the records are put together")
}

pub(crate) fn order_of_each(place: Span) -> Diagnostic {
    let message =
        "each request is sorted by itself; put together, the records have to be sorted again";
    Diagnostic::new(Code::TailNotCarried, place, message)
}

pub(crate) fn guessed_labels(place: Span, field: &str, table: &str, column: &str) -> Diagnostic {
    let message = format!("that `{column}` of {table} holds the labels of `{field}` is a guess");
    Diagnostic::new(Code::GuessedColumn, place, message)
        .help("look at a few records for the words that it holds before relying on it")
}

pub(crate) fn guessed_column(place: Span, field: &str, table: &str, column: &str) -> Diagnostic {
    let message = format!("that `{column}` of {table} holds `{field}` is a guess");
    Diagnostic::new(Code::GuessedColumn, place, message)
        .help("compare a few records before relying on it")
}
