//! What filter JSON says and a query cannot, or can only by a guess.

use super::names::At;
use super::{Code, Diagnostic, Span, one_of, shown, suggest};
use crate::quote::quote;

pub(crate) fn not_readable(place: Span, expected: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotReadable,
        place,
        format!("this is no filter JSON: {expected} belongs here"),
    )
}

pub(crate) fn loose_json(place: Span, rule: &str) -> Diagnostic {
    Diagnostic::new(Code::LooseJson, place, format!("this is not strict JSON: {rule}"))
        .help("it was read as what it looks like; a strict parser refuses it")
}

pub(crate) fn not_a_filter(place: Span, why: &str) -> Diagnostic {
    Diagnostic::new(Code::NotAFilter, place, why)
}

pub(crate) fn no_operators(place: Span, field: &str) -> Diagnostic {
    Diagnostic::new(Code::NotAFilter, place, format!("`{field}` has no operator"))
        .help(format!("write `{{\"{field}\":{{\"eq\":[…]}}}}`"))
}

/// A field that is written as nested objects.
pub(crate) fn nested_field(place: Span, field: &str) -> Diagnostic {
    let message = "field names are flat, with dots in them, not objects within objects";
    Diagnostic::new(Code::NotAFilter, place, message).help(format!("the field is `\"{field}\"`"))
}

pub(crate) fn repeated_key(earlier: Span, last: Span, name: &str) -> Diagnostic {
    let message = format!("{} stands twice; parsers keep the last", shown(name));
    Diagnostic::new(Code::RepeatedKey, earlier, message)
        .label(last, "this one counts")
        .help("write the operators of one field in one object")
}

/// A scalar for a list, or the other way round.
pub(crate) fn other_shape(place: Span, operator: &str, documented: &str) -> Diagnostic {
    Diagnostic::new(Code::OtherShape, place, format!("`{operator}` takes {documented}"))
        .help("it was read as that; compiling gives the documented shape")
}

pub(crate) fn repeated_value(place: Span, value: &str) -> Diagnostic {
    Diagnostic::new(Code::OtherShape, place, format!("{} stands in the list before", shown(value)))
        .help("it was left out, which changes nothing")
}

pub(crate) fn flag_false(place: Span, operator: &str, instead: &str) -> Diagnostic {
    Diagnostic::new(Code::OtherShape, place, format!("`{operator}` is only documented with `true`"))
        .help(format!("it was read as `{instead}`"))
}

pub(crate) fn other_type(value: At<'_>, field: &str, read: &str) -> Diagnostic {
    let message = format!("{} was read as `{read}`, a value of `{field}`", shown(value.text));
    Diagnostic::new(Code::OtherType, value.place, message).help(format!(
        "write {read} in the JSON, too: what the API makes of the other form is not documented"
    ))
}

/// A time in filter JSON that was read as it stands, in ms.
pub(crate) fn seconds_in_filter(value: At<'_>) -> Diagnostic {
    let message = format!("{} looks like seconds, and was read as milliseconds", shown(value.text));
    Diagnostic::new(Code::SecondsInFilter, value.place, message)
        .help("read as milliseconds, it is a day in the first months of 1970")
}

pub(crate) fn no_operator(place: Span, field: &str) -> Diagnostic {
    let message = format!("`{field}` has a value but no operator");
    Diagnostic::new(Code::NoOperator, place, message).help(format!(
        "it was read as `{{\"{field}\":{{\"eq\":…}}}}`; what the API makes of it is not documented"
    ))
}

/// A field in filters that the schema does not have, whose clause is kept.
pub(crate) fn undocumented_field<'n>(
    name: At<'_>,
    schema: &str,
    fields: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!("{schema} have no field {}; its condition is kept", shown(name.text));
    let found = Diagnostic::new(Code::UndocumentedField, name.place, message);
    suggest(found, name.text, name.place, fields, "fields are", |name| quote(name).into_owned())
}

pub(crate) fn not_carried(place: Span, names: &[&str]) -> Diagnostic {
    let message = format!("a query does not carry {}", one_of(names.iter().copied()));
    Diagnostic::new(Code::NotCarried, place, message)
}

pub(crate) fn beside_filters(place: Span, name: &str) -> Diagnostic {
    let message = format!("{} stands beside `filters`, where the API reads no filter", shown(name));
    Diagnostic::new(Code::NotCarried, place, message).help("a filter stands inside `filters`")
}

pub(crate) fn sort_without_field(place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NotCarried,
        place,
        "a direction without `sortField` sorts by nothing that a query can name",
    )
}

pub(crate) fn reads_otherwise(place: Span, filters: &str) -> Diagnostic {
    let message = "compiling the query gives other filters, which select the same records";
    Diagnostic::new(Code::ReadsOtherwise, place, message).help(format!("they are `{filters}`"))
}

pub(crate) fn operator_not_listed(place: Span, operator: &str, field: &str) -> Diagnostic {
    let message =
        format!("`{field}` does not list `{operator}`; the query says the same with what it lists");
    Diagnostic::new(Code::ReadsOtherwise, place, message)
        .help("what the API makes of an operator that the field does not list is not documented")
}

pub(crate) fn null_as_not_set(place: Span, operator: &str) -> Diagnostic {
    let set = if operator == "eq" { "is not set" } else { "is set" };
    Diagnostic::new(
        Code::ReadsOtherwise,
        place,
        format!("`{operator}` with `null` was read as `{set}`"),
    )
    .help("the field documents no `null`")
}

pub(crate) fn never_true(place: Span) -> Diagnostic {
    Diagnostic::new(Code::ReadsOtherwise, place, "no record can pass these filters")
        .help("the query says the same, and compiling it says so or gives other filters that none can pass")
}

pub(crate) fn not_decompiled(place: Span, why: &str) -> Diagnostic {
    Diagnostic::new(Code::NotDecompiled, place, why)
}

pub(crate) fn portal_tail(place: Span) -> Diagnostic {
    let message = "the portal's addresses carry no order, limit or skip that anybody has published";
    Diagnostic::new(Code::TailNotCarried, place, message)
}

/// Something of the portal's addresses that no publication shows.
pub(crate) fn portal_form(place: Span, what: &str) -> Diagnostic {
    Diagnostic::new(Code::PortalForm, place, format!("nobody has published how {what}"))
        .help("known is `field=eq(i:2,i:1,)` for whole numbers and `field=eq(id,)` for ids")
}
