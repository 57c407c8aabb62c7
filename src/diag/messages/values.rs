//! Values that do not fit their field.

use super::names::At;
use super::{Code, Diagnostic, Span, nearest, one_of, shown, suggest};
use crate::quote::quote;
use crate::value::Type;

fn expected(kind: Type) -> &'static str {
    match kind {
        Type::String => "a text",
        Type::Integer => "a whole number",
        Type::Boolean => "`true` or `false`",
        Type::Timestamp => "a date or time",
        Type::EntityKey => "a key such as `{ id: \"…\", inst: 0 }`",
        Type::File | Type::Folder => "an id, or a key such as `{ id: \"…\", inst: 0 }`",
    }
}

/// A value of another type; labels are those of the field's named values, if it has any.
pub(crate) fn wrong_type<'n>(
    value: At<'_>,
    field: &str,
    kind: Type,
    labels: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!(
        "`{field}` is compared with {}, which {} is not",
        expected(kind),
        shown(value.text)
    );
    let found = Diagnostic::new(Code::WrongType, value.place, message);
    let near = nearest(value.text, labels.clone());
    if !near.is_empty() {
        return suggest(found, value.text, value.place, labels, "", |name| {
            quote(name).into_owned()
        });
    }
    let known = one_of(labels);
    if known.is_empty() { found } else { found.help(format!("known names are {known}")) }
}

pub(crate) fn unknown_value<'n>(
    value: At<'_>,
    field: &str,
    labels: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!("`{field}` has no value {}", shown(value.text));
    let found = Diagnostic::new(Code::UnknownValue, value.place, message);
    suggest(found, value.text, value.place, labels, "its values are", |name| {
        quote(name).into_owned()
    })
}

pub(crate) fn ambiguous<'n>(
    value: At<'_>,
    wires: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let message = format!("{} can mean several values", shown(value.text));
    let found = Diagnostic::new(Code::Ambiguous, value.place, message)
        .help(format!("write {}", one_of(wires.clone())));
    wires.fold(found, |found, wire| {
        let text = quote(wire).into_owned();
        found.fix(format!("change to `{text}`"), value.place, text)
    })
}

pub(crate) fn out_of_range(value: At<'_>) -> Diagnostic {
    let message = format!("{} is out of range", shown(value.text));
    Diagnostic::new(Code::OutOfRange, value.place, message)
        .help("whole numbers of the API are 32-bit: from -2147483648 to 2147483647")
}

pub(crate) fn not_a_time(value: At<'_>) -> Diagnostic {
    Diagnostic::new(Code::NotATime, value.place, format!("{} is no date or time", shown(value.text))).help(
        "write `2026-11-01`, `2026-11-01T10:00Z`, `today`, `yesterday`, `now-36h`, `-7d`, `\"7 days ago\"`, or milliseconds",
    )
}

pub(crate) fn seconds(value: At<'_>) -> Diagnostic {
    let message = format!("{} looks like seconds, but times are milliseconds", shown(value.text));
    let fixed = format!("{}000", value.text);
    Diagnostic::new(Code::Seconds, value.place, message)
        .help("read as milliseconds, it is a day in the first months of 1970")
        .fix(format!("change to `{fixed}`"), value.place, fixed)
}

/// `whole` is the text without the digits that are left out.
pub(crate) fn finer_time(value: At<'_>, whole: String) -> Diagnostic {
    let message = format!("{} is finer than times are counted", shown(value.text));
    Diagnostic::new(Code::FinerTime, value.place, message)
        .help("a time stands for all of its millisecond")
        .fix(format!("change to `{whole}`"), value.place, whole)
}

pub(crate) fn midnight_only(operator: Span, value: At<'_>) -> Diagnostic {
    let message = format!("`=` with {} selects its first millisecond only", shown(value.text));
    Diagnostic::new(Code::MidnightOnly, value.place, message)
        .help("`on` selects the whole day")
        .fix("use `on` instead", operator, "on")
}

pub(crate) fn bad_network(value: At<'_>) -> Diagnostic {
    Diagnostic::new(Code::BadNetwork, value.place, format!("{} is no network", shown(value.text)))
        .help(
            "a network is an IPv4 address and a prefix length from 0 to 32, such as `10.16.0.0/12`",
        )
}

pub(crate) fn bad_address(value: At<'_>) -> Diagnostic {
    let message = format!("{} is no IP address", shown(value.text));
    Diagnostic::new(Code::BadNetwork, value.place, message)
        .help("an IPv4 address is four numbers from 0 to 255, such as `10.16.0.1`")
}

pub(crate) fn ipv6_network(value: At<'_>) -> Diagnostic {
    let message = format!("the IPv6 network {} cannot be said exactly", shown(value.text));
    Diagnostic::new(Code::Ipv6Network, value.place, message)
        .help("an IPv6 address can be written in many ways; compare with `starts with` and the form your records use")
}

pub(crate) fn host_bits(value: At<'_>, network: &str) -> Diagnostic {
    let message = format!("{} is an address inside the network `{network}`", shown(value.text));
    Diagnostic::new(Code::HostBits, value.place, message).help("the whole network is meant").fix(
        format!("change to `{network}`"),
        value.place,
        network,
    )
}

pub(crate) fn reversed_range(place: Span, swapped: Option<String>) -> Diagnostic {
    let found = Diagnostic::new(Code::ReversedRange, place, "this range ends before it starts");
    match swapped {
        Some(text) => found.fix(format!("change to `{text}`"), place, text),
        None => found,
    }
}

pub(crate) fn not_a_range(place: Span) -> Diagnostic {
    Diagnostic::new(Code::NotARange, place, "a range has a start and an end")
        .help("write `start..end`, or `between start and end`")
}

pub(crate) fn no_range_here(place: Span, operator: &str) -> Diagnostic {
    Diagnostic::new(
        Code::WrongType,
        place,
        format!("{} does not compare with a range", shown(operator)),
    )
    .help("ranges stand after `in`, `range` and `between`")
}

pub(crate) fn one_value_only(place: Span, operator: &str) -> Diagnostic {
    Diagnostic::new(
        Code::OneValueOnly,
        place,
        format!("{} compares with one value", shown(operator)),
    )
    .help("write one condition for each value")
}

pub(crate) fn null_not_possible(place: Span, field: &str) -> Diagnostic {
    let message = format!("`{field}` cannot be compared with `null`");
    Diagnostic::new(Code::NullNotPossible, place, message)
        .help("the field has no value for \"not set\"; for the text itself write `\"null\"`")
}

pub(crate) fn not_days(value: At<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::NotDays,
        value.place,
        format!("{} is no number of days", shown(value.text)),
    )
    .help("write a whole number, 0 or more, such as `7`")
}

pub(crate) fn not_a_flag(value: At<'_>) -> Diagnostic {
    let message = format!("`true`, `false` or nothing belongs here, not {}", shown(value.text));
    Diagnostic::new(Code::WrongType, value.place, message)
}

pub(crate) fn bad_key(value: At<'_>, field: &str, id: Option<&str>) -> Diagnostic {
    let message = format!("`{field}` is compared with a key, which {} is not", shown(value.text));
    let found = Diagnostic::new(Code::BadKey, value.place, message)
        .help("a key is written `{ id: \"…\", inst: 0 }`");
    match id {
        Some(id) => {
            let key = format!("{{ id: {}, inst: 0 }}", crate::quote::quoted(id));
            found.fix(format!("change to `{key}`"), value.place, key)
        }
        None => found,
    }
}

pub(crate) fn bad_key_member(member: At<'_>) -> Diagnostic {
    let message = format!("a key has no member {}", shown(member.text));
    Diagnostic::new(Code::BadKey, member.place, message)
        .help("its members are `id`, a text, and the whole numbers `inst` and `saas`, each once")
}

pub(crate) fn key_without_id(place: Span) -> Diagnostic {
    Diagnostic::new(Code::BadKey, place, "this key has no `id`")
        .help("a key is written `{ id: \"…\", inst: 0 }`")
}
