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

/// A condition outside of the object that holds the conditions, which is called `filters`.
pub(crate) fn beside_filters(place: Span, name: &str, filters: &str) -> Diagnostic {
    let message =
        format!("{} stands beside `{filters}`, where the API reads no filter", shown(name));
    Diagnostic::new(Code::NotAFilter, place, message)
        .help(format!("move it into `{filters}`, or remove it"))
}

/// Members of a response that are no filters.
pub(crate) fn of_response(place: Span, names: &[&str]) -> Diagnostic {
    let message = format!(
        "this is a response: only `nextQueryFilters` is read, not {}",
        one_of(names.iter().copied())
    );
    Diagnostic::new(Code::NotCarried, place, message)
        .help("`nextQueryFilters` are the filters of the next page")
}

pub(crate) fn response_without_filters(place: Span) -> Diagnostic {
    Diagnostic::new(Code::NotAFilter, place, "this is a response without `nextQueryFilters`")
        .help("the last page has none; paste the request that was sent")
}

pub(crate) fn address_without_filter(place: Span) -> Diagnostic {
    Diagnostic::new(Code::NotAFilter, place, "this address holds no filter")
        .help("a filter is written `field=eq(i:2,i:1,)` or `filters={…}`")
}

/// A text beside an address in which a filter may stand.
pub(crate) fn text_with_filter(place: Span) -> Diagnostic {
    let message = "this text beside the parameters looks like a filter, but cannot be read";
    Diagnostic::new(Code::AddressForm, place, message)
        .help("paste one address a line, and nothing else")
}

pub(crate) fn text_around(place: Span) -> Diagnostic {
    Diagnostic::new(Code::LooseJson, place, "this text around the address was left out")
}

/// `severity=2` in an address.
pub(crate) fn plain_parameter(place: Span, name: &str, value: &str) -> Diagnostic {
    let message = format!(
        "{} looks like a plain query string, which the API does not read as a filter",
        shown(&format!("{name}={value}"))
    );
    Diagnostic::new(Code::AddressForm, place, message).help(
        "the API reads `filters={\"field\":{\"eq\":[…]}}`, the portal writes `field=eq(i:2,)`",
    )
}

/// `$filter=…` in an address.
pub(crate) fn other_language(place: Span, name: &str, what: &str) -> Diagnostic {
    Diagnostic::new(Code::AddressForm, place, format!("`{name}` looks like {what}"))
        .help("only the filter JSON of the API and the portal's `field=eq(…,)` are read")
}

pub(crate) fn condition_cut_off(place: Span) -> Diagnostic {
    Diagnostic::new(Code::AddressForm, place, "this condition has no closing `)`")
        .help("the address seems to be cut off: copy all of it")
}

pub(crate) fn behind_condition(place: Span) -> Diagnostic {
    Diagnostic::new(Code::AddressForm, place, "nothing stands behind the `)` of a condition")
        .help("conditions are divided by `&`")
}

pub(crate) fn parameter_twice(first: Span, second: Span, name: &str) -> Diagnostic {
    let message = format!("{} stands twice in the address", shown(name));
    Diagnostic::new(Code::AddressForm, second, message)
        .label(first, "this one was read")
        .help("nobody has published which of them counts")
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
