//! Values that do not fit their field.

use super::names::At;
use super::{Diagnostic, Span, change, suggest, wording};
use crate::quote::{quote, quoted};
use crate::value::{IntegerBits, Type};

/// A value of another type; labels are those of the field's named values, if it has any.
pub(crate) fn wrong_type<'n>(
    value: At<'_>,
    field: &str,
    kind: Type,
    labels: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let phrase = match kind {
        Type::String => wording::wrong_type_text(field, value.text),
        Type::Integer => wording::wrong_type_integer(field, value.text),
        Type::Double | Type::Decimal => wording::wrong_type_number(field, value.text),
        Type::Boolean => wording::wrong_type_boolean(field, value.text),
        Type::Timestamp => wording::wrong_type_time(field, value.text),
        Type::Date => wording::wrong_type_day(field, value.text),
        Type::EntityKey => wording::wrong_type_key(field, value.text),
        Type::File | Type::Folder => wording::wrong_type_id(field, value.text),
    };
    let found = Diagnostic::say(value.place, phrase);
    suggest(found, value.text, value.place, labels, wording::known_names_are, |name| {
        quote(name).into_owned()
    })
}

pub(crate) fn unknown_value<'n>(
    value: At<'_>,
    field: &str,
    labels: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::unknown_value(field, value.text));
    suggest(found, value.text, value.place, labels, wording::values_are, |name| {
        quote(name).into_owned()
    })
}

/// Each value is named by its label and its wire form.
pub(crate) fn ambiguous(value: At<'_>, all: &[(String, String)]) -> Diagnostic {
    let each: Vec<String> =
        all.iter().map(|(label, wire)| format!("`{wire}` for `{label}`")).collect();
    let found = Diagnostic::say(value.place, wording::ambiguous(value.text, &each.join(" or ")));
    all.iter().fold(found, |found, (_, wire)| change(found, value.place, quote(wire)))
}

pub(crate) fn out_of_range(value: At<'_>, width: IntegerBits) -> Diagnostic {
    let (first, last) = (width.first().to_string(), width.last().to_string());
    let said = wording::out_of_range(value.text, width.count(), &first, &last);
    Diagnostic::say(value.place, said)
}

/// A number that its type cannot hold.
pub(crate) fn number_too_long(value: At<'_>, kind: Type) -> Diagnostic {
    let decimal = kind == Type::Decimal;
    let phrase = if decimal { wording::decimal_too_long } else { wording::double_too_large };
    Diagnostic::say(value.place, phrase(value.text))
}

/// A number of another unit that comes to no whole number of the row's, or to no end.
pub(crate) fn part_of_unit(value: At<'_>, field: &str, unit: &str) -> Diagnostic {
    Diagnostic::say(value.place, wording::part_of_unit(value.text, field, unit))
}

/// `K`, `M`, `G` or `T` alone, with the text that each unit of it gives.
pub(crate) fn two_powers(value: At<'_>, texts: &[String; 2]) -> Diagnostic {
    let choices = format!("`{}` or `{}`", texts[0], texts[1]);
    let found = Diagnostic::say(value.place, wording::two_powers(value.text, &choices));
    texts.iter().fold(found, |found, text| change(found, value.place, text.as_str()))
}

pub(crate) fn other_unit(value: At<'_>, unit: &str, field: &str, own: &str) -> Diagnostic {
    Diagnostic::say(value.place, wording::other_unit(value.text, unit, field, own))
}

/// A decimal number with more digits behind the point than any value of the field.
pub(crate) fn too_many_digits(value: At<'_>, field: &str, digits: u8) -> Diagnostic {
    let phrase = wording::too_many_digits(value.text, field, usize::from(digits));
    Diagnostic::say(value.place, phrase)
}

pub(crate) fn unfinished_pattern(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::unfinished_pattern())
}

pub(crate) fn bad_network(value: At<'_>) -> Diagnostic {
    Diagnostic::say(value.place, wording::bad_network(value.text))
}

pub(crate) fn ipv6_network(value: At<'_>) -> Diagnostic {
    Diagnostic::say(value.place, wording::ipv6_network(value.text))
}

pub(crate) fn host_bits(value: At<'_>, network: &str) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::host_bits(value.text, network));
    found.safe_fix(wording::change_to(network), value.place, network)
}

pub(crate) fn reversed_range(place: Span, swapped: Option<String>) -> Diagnostic {
    let found = Diagnostic::say(place, wording::reversed_range());
    match swapped {
        Some(text) => change(found, place, text),
        None => found,
    }
}

pub(crate) fn not_a_range(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::not_a_range())
}

pub(crate) fn no_range_here(place: Span, operator: &str) -> Diagnostic {
    Diagnostic::say(place, wording::no_range_here(operator))
}

pub(crate) fn one_value_only(place: Span, operator: &str) -> Diagnostic {
    Diagnostic::say(place, wording::one_value_only(operator))
}

pub(crate) fn null_not_possible(place: Span, field: &str) -> Diagnostic {
    Diagnostic::say(place, wording::null_not_possible(field))
}

pub(crate) fn not_a_flag(value: At<'_>) -> Diagnostic {
    Diagnostic::say(value.place, wording::not_a_flag(value.text))
}

pub(crate) fn bad_key(value: At<'_>, field: &str, id: Option<&str>) -> Diagnostic {
    let found = Diagnostic::say(value.place, wording::bad_key(field, value.text));
    match id {
        Some(id) => change(found, value.place, format!("{{ id: {}, inst: 0 }}", quoted(id))),
        None => found,
    }
}

pub(crate) fn bad_key_member(member: At<'_>) -> Diagnostic {
    Diagnostic::say(member.place, wording::bad_key_member(member.text))
}

pub(crate) fn key_without_id(place: Span) -> Diagnostic {
    Diagnostic::say(place, wording::key_without_id())
}
