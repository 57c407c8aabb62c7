//! Names that a query uses: fields, operators, named filters, parameters.

use super::{Code, Diagnostic, Span, nearest, one_of, shown, suggest};
use crate::quote::{quote, quoted};

/// A name that occurs in a message, and where.
#[derive(Clone, Copy)]
pub(crate) struct At<'t> {
    /// Where it stands.
    pub(crate) place: Span,
    /// The text there.
    pub(crate) text: &'t str,
}

/// `text` is what may have been meant as a text to search for.
pub(crate) fn unknown_field<'n>(
    name: At<'_>,
    schema: &str,
    fields: impl Iterator<Item = &'n str> + Clone,
    text: Option<At<'_>>,
) -> Diagnostic {
    let message = format!("{schema} have no field {}", shown(name.text));
    let found = Diagnostic::new(Code::UnknownField, name.place, message);
    let found = suggest(found, name.text, name.place, fields, "fields are", |name| {
        quote(name).into_owned()
    });
    match text {
        Some(text) => found.fix(
            format!("search for the text {}", shown(text.text)),
            text.place,
            quoted(text.text),
        ),
        None => found,
    }
}

pub(crate) fn retired_name(name: At<'_>, today: &str) -> Diagnostic {
    let message = format!("{} is now called `{today}`", shown(name.text));
    Diagnostic::new(Code::RetiredName, name.place, message).safe_fix(
        format!("change to `{today}`"),
        name.place,
        today,
    )
}

pub(crate) fn unknown_operator<'n>(
    operator: At<'_>,
    spellings: impl Iterator<Item = &'n str> + Clone,
    field: &str,
    allowed: &str,
) -> Diagnostic {
    let message = format!("{} is no operator", shown(operator.text));
    // Among short words and symbols likeness says nothing: `ge` is not nearly `eq`.
    const SHORTEST: usize = 4;
    let worded = operator.text.bytes().filter(u8::is_ascii_alphabetic).count() >= SHORTEST;
    let near = if worded { nearest(operator.text, spellings) } else { Vec::new() };
    let help = format!("`{field}` allows {allowed}");
    let found = Diagnostic::new(Code::UnknownOperator, operator.place, message).help(help);
    near.iter()
        .fold(found, |found, name| found.fix(format!("change to `{name}`"), operator.place, *name))
}

/// What would work instead of an operator: its canonical spelling, for a fix.
pub(crate) fn operator_not_allowed(
    operator: At<'_>,
    field: &str,
    allowed: &str,
    instead: Option<&str>,
) -> Diagnostic {
    let message = format!("`{field}` does not allow {}", shown(operator.text));
    let found = Diagnostic::new(Code::OperatorNotAllowed, operator.place, message)
        .help(format!("`{field}` allows {allowed}"));
    match instead {
        Some(spelling) => found.fix(format!("use `{spelling}` instead"), operator.place, spelling),
        None => found,
    }
}

pub(crate) fn unknown_filter<'n>(
    name: At<'_>,
    filters: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!("no filter is named {}", shown(name.text));
    let found = Diagnostic::new(Code::UnknownFilter, name.place, message);
    if filters.clone().next().is_none() {
        return found.help("a filter is named before the query: `let name = condition`");
    }
    let bare = name.text.trim_start_matches('@');
    suggest(found, bare, name.place, filters, "named filters are", |name| format!("@{name}"))
}

pub(crate) fn cycle(place: Span, path: &[&str]) -> Diagnostic {
    let path = path.iter().map(|name| format!("@{name}")).collect::<Vec<_>>().join(" → ");
    Diagnostic::new(
        Code::Cycle,
        place,
        format!("named filters refer to each other in a circle: {path}"),
    )
    .help("a filter cannot contain itself, not even by way of others")
}

pub(crate) fn duplicate_definition(name: At<'_>, first: Span) -> Diagnostic {
    Diagnostic::new(
        Code::DuplicateDefinition,
        name.place,
        format!("the name {} is defined twice", shown(name.text)),
    )
    .label(first, "first here")
}

pub(crate) fn unbound_parameter<'n>(
    name: At<'_>,
    given: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!("the parameter {} has no value", shown(name.text));
    let found = Diagnostic::new(Code::UnboundParameter, name.place, message);
    if given.clone().next().is_none() {
        let bare = name.text.trim_start_matches('$');
        return found.help(format!("give it one when compiling: `--param {bare}=value`"));
    }
    suggest(found, name.text, name.place, given, "values were given for", |name| format!("${name}"))
}

pub(crate) fn unused_parameter<'n>(
    name: &str,
    used: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!("nothing in the query uses the parameter `${name}`");
    let found = Diagnostic::new(Code::UnusedParameter, Span::at(0), message);
    let list = one_of(used);
    if list.is_empty() {
        found.help("the query has no parameters")
    } else {
        found.help(format!("it has {list}"))
    }
}

pub(crate) fn no_free_text(place: Span, schema: &str) -> Diagnostic {
    Diagnostic::new(Code::NoFreeText, place, format!("{schema} cannot be searched by a text alone"))
        .help("write a field and an operator before it, such as `name = \"…\"`")
}

pub(crate) fn bad_sort_field<'n>(
    name: At<'_>,
    fields: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!("records cannot be ordered by {}", shown(name.text));
    let found = Diagnostic::new(Code::BadSortField, name.place, message);
    suggest(found, name.text, name.place, fields, "they can be ordered by", |name| {
        quote(name).into_owned()
    })
}
