//! What filter JSON says and a query cannot, or can only by a guess.

use super::names::At;
use super::{Diagnostic, Likely, Span, suggest_fields, wording};

pub(crate) fn not_readable(place: Span, expected: &str) -> Diagnostic {
    Diagnostic::say(place, wording::not_readable(expected))
}

pub(crate) fn loose_json(place: Span, rule: &str) -> Diagnostic {
    Diagnostic::say(place, wording::loose_json(rule))
}

pub(crate) fn not_a_filter(place: Span, why: &str) -> Diagnostic {
    Diagnostic::say(place, wording::not_a_filter(why))
}

pub(crate) fn no_operators(place: Span, field: &str) -> Diagnostic {
    let form = format!("{{\"{field}\":{{\"eq\":[…]}}}}");
    Diagnostic::say(place, wording::no_operators(field, &form))
}

/// A field that is written as nested objects.
pub(crate) fn nested_field(place: Span, field: &str) -> Diagnostic {
    Diagnostic::say(place, wording::nested_field(&format!("\"{field}\"")))
}

pub(crate) fn repeated_key(earlier: Span, last: Span, name: &str) -> Diagnostic {
    Diagnostic::say(earlier, wording::repeated_key(name)).label(last, wording::this_one_counts())
}

/// A scalar for a list, or the other way round.
pub(crate) fn other_shape(place: Span, operator: &str, documented: &str) -> Diagnostic {
    Diagnostic::say(place, wording::other_shape(operator, documented))
}

pub(crate) fn repeated_value(place: Span, value: &str) -> Diagnostic {
    Diagnostic::say(place, wording::repeated_value(value))
}

pub(crate) fn flag_false(place: Span, operator: &str, instead: &str) -> Diagnostic {
    Diagnostic::say(place, wording::flag_false(operator, instead))
}

pub(crate) fn other_type(value: At<'_>, field: &str, read: &str) -> Diagnostic {
    Diagnostic::say(value.place, wording::other_type(value.text, read, field))
}

/// A time in filter JSON that was read as it stands, in ms.
pub(crate) fn seconds_in_filter(value: At<'_>) -> Diagnostic {
    Diagnostic::say(value.place, wording::seconds_in_filter(value.text))
}

pub(crate) fn no_operator(place: Span, field: &str) -> Diagnostic {
    let form = format!("{{\"{field}\":{{\"eq\":…}}}}");
    Diagnostic::say(place, wording::no_operator(field, &form))
}

/// A field in filters that the schema does not have, whose clause is kept.
pub(crate) fn undocumented_field(name: At<'_>, schema: &str, likely: &Likely<'_>) -> Diagnostic {
    let found = Diagnostic::say(name.place, wording::undocumented_field(schema, name.text));
    suggest_fields(found, name, schema, likely)
}

pub(crate) fn not_carried(place: Span, names: &[&str]) -> Diagnostic {
    Diagnostic::say(place, wording::not_carried(names))
}

/// A condition outside of the object that holds the conditions, which is called `filters`.
pub(crate) fn beside_filters(place: Span, name: &str, filters: &str) -> Diagnostic {
    Diagnostic::say(place, wording::beside_filters(name, filters))
}

/// Members of a response that are no filters.
pub(crate) fn of_response(place: Span, names: &[&str]) -> Diagnostic {
    Diagnostic::say(place, wording::of_response(names))
}

pub(crate) fn response_without_filters(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::response_without_filters())
}

pub(crate) fn address_without_filter(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::address_without_filter())
}

/// A text beside an address in which a filter may stand.
pub(crate) fn text_with_filter(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::text_with_filter())
}

pub(crate) fn text_around(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::text_around())
}

/// `severity=2` in an address.
pub(crate) fn plain_parameter(place: Span, name: &str, value: &str) -> Diagnostic {
    Diagnostic::say(place, wording::plain_parameter(&format!("{name}={value}")))
}

/// `$filter=…` in an address.
pub(crate) fn other_language(place: Span, name: &str, what: &str) -> Diagnostic {
    Diagnostic::say(place, wording::other_language(name, what))
}

pub(crate) fn condition_cut_off(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::condition_cut_off())
}

pub(crate) fn behind_condition(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::behind_condition())
}

pub(crate) fn parameter_twice(first: Span, second: Span, name: &str) -> Diagnostic {
    Diagnostic::say(second, wording::parameter_twice(name))
        .label(first, wording::this_one_was_read())
}

pub(crate) fn sort_without_field(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::sort_without_field())
}

pub(crate) fn reads_otherwise(place: Span, filters: &str) -> Diagnostic {
    Diagnostic::say(place, wording::reads_otherwise(filters))
}

pub(crate) fn operator_not_listed(place: Span, operator: &str, field: &str) -> Diagnostic {
    Diagnostic::say(place, wording::operator_not_listed(field, operator))
}

pub(crate) fn null_as_not_set(place: Span, operator: &str) -> Diagnostic {
    let phrase = match operator {
        "eq" => wording::null_as_not_set(operator),
        _ => wording::null_as_set(operator),
    };
    Diagnostic::say(place, phrase)
}

pub(crate) fn never_true(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::never_true())
}

pub(crate) fn not_decompiled(place: Span, why: &str) -> Diagnostic {
    Diagnostic::say(place, wording::not_decompiled(why))
}

pub(crate) fn portal_tail(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::portal_tail())
}

/// Something of the portal's addresses that no publication shows.
pub(crate) fn portal_form(place: Span, what: &str) -> Diagnostic {
    Diagnostic::say(place, wording::portal_form(what))
}
