//! The portal's addresses: `?ip.category=eq(i:3,)&activity.id=eq(…,)`, and the form encoding of a
//! request, `filters={…}&limit=100`.
//!
//! What is known of the portal's form (api.md, section 4): `eq`, `i:` before whole numbers, ids
//! bare, a comma behind every value. Everything else is refused, not guessed.

use super::found::TAIL;
use super::json::{Json, Member, Node, Places, Text};
use crate::diag::{Diagnostics, messages};
use crate::schema::Schema;
use crate::span::Span;
use crate::value::Type;

/// What an address holds.
pub(super) struct Address {
    pub(super) members: Vec<Member>,
    pub(super) left: Vec<(String, Json)>,
}

/// Reads an address, its query, or a form body; `None` for a text that is none of them.
pub(super) fn read(
    line: &str,
    start: usize,
    schema: &Schema,
    problems: &mut Diagnostics,
) -> Option<Address> {
    let from = line.find('?').map_or(0, |mark| mark + 1);
    let query = line.get(from..).unwrap_or_default();
    let query = query.split('#').next().unwrap_or_default();
    let first = query.split_once('=').map(|(name, _)| name);
    let bare = from == 0 && !line.contains("://") && first.is_some_and(is_name);
    if from == 0 && !bare {
        return None;
    }
    let mut address = Address { members: Vec::new(), left: Vec::new() };
    let mut at = start + from;
    for pair in query.split('&') {
        if !pair.is_empty() {
            parameter(pair, at, schema, problems, &mut address);
        }
        at += pair.len() + 1;
    }
    let empty = address.members.is_empty() && address.left.is_empty();
    (!empty).then_some(address)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| crate::quote::is_bare(c) || c == '%')
}

fn parameter(
    pair: &str,
    at: usize,
    schema: &Schema,
    problems: &mut Diagnostics,
    address: &mut Address,
) {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name_span = Span::new(at, at + name.len());
    let name = decode(name, at, false).value;
    let of_form = name == "filters" || TAIL.contains(&name.as_str());
    let in_form = of_form && !value.ends_with(')');
    let span = Span::new(at + pair.len() - value.len(), at + pair.len());
    let text = decode(value, span.start as usize, in_form);
    if in_form {
        address.members.push(Member {
            name,
            name_span,
            value: Json { span, node: Node::Text(text) },
        });
        return;
    }
    let open = text.value.find('(').filter(|_| text.value.ends_with(')'));
    let Some(open) = open else {
        problems.push(messages::not_carried(name_span, &[&name]));
        address.left.push((name, Json { span, node: Node::Text(text) }));
        return;
    };
    match condition(&name, &text, open, span, schema) {
        Ok(value) => address.members.push(Member { name, name_span, value }),
        Err((place, what)) => {
            problems.push(messages::portal_form(place, &what));
            address.left.push((name, Json { span, node: Node::Text(text) }));
        }
    }
}

/// `eq(i:2,i:1,)` as an operator with its list.
fn condition(
    name: &str,
    text: &Text,
    open: usize,
    span: Span,
    schema: &Schema,
) -> Result<Json, (Span, String)> {
    let (operator, rest) = text.value.split_at_checked(open).unwrap_or_default();
    if operator != "eq" {
        return Err((text.places.span(0, open), format!("the portal writes `{operator}`")));
    }
    if let Some(field) =
        schema.field(name).filter(|field| !matches!(field.kind, Type::String | Type::Integer))
    {
        return Err((span, format!("the portal writes a value of the type {}", field.kind)));
    }
    let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    let Some(items) = inner.strip_suffix(',').filter(|items| !items.is_empty()) else {
        return Err((span, "the portal ends a list without a comma behind its last value".into()));
    };
    let mut list = Vec::new();
    let mut at = open + 1;
    for item in items.split(',') {
        let place = text.places.span(at, at + item.len());
        let places = Places::From(place.start);
        list.push(Json { span: place, node: value(item, places).map_err(|what| (place, what))? });
        at += item.len() + 1;
    }
    let name_span = text.places.span(0, open);
    let list = Json { span, node: Node::List(list) };
    let members = vec![Member { name: operator.to_owned(), name_span, value: list }];
    Ok(Json { span, node: Node::Object(members) })
}

fn value(item: &str, places: Places) -> Result<Node, String> {
    if let Some(number) = item.strip_prefix("i:") {
        return match number.parse::<i64>() {
            Ok(_) => Ok(Node::Number(number.to_owned())),
            Err(_) => Err("the portal writes `i:` before what is not a whole number".into()),
        };
    }
    // `t:2` and `s:…` are also documented forms of values themselves, and stay as they are.
    let bare = match item.split_once(':') {
        Some(("t" | "s", rest)) => rest,
        Some((prefix, _)) if prefix.len() == 1 => {
            return Err(format!("the portal writes the prefix `{prefix}:`"));
        }
        Some(_) | None => item,
    };
    if bare.is_empty()
        || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    {
        return Err("the portal writes a text with other marks than letters and digits".into());
    }
    Ok(Node::Text(Text { value: item.to_owned(), places }))
}

/// Resolves `%2C`, and in form encoding `+`.
fn decode(text: &str, start: usize, plus: bool) -> Text {
    let place = |at: usize| u32::try_from(start + at).unwrap_or(u32::MAX);
    let bytes = text.as_bytes();
    let (mut out, mut list, mut at) =
        (Vec::with_capacity(bytes.len()), Vec::with_capacity(bytes.len() + 1), 0);
    while let Some(byte) = bytes.get(at).copied() {
        let digits = text
            .get(at + 1..at + 3)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let escaped =
            digits.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        list.push(place(at));
        out.push(match (escaped, byte) {
            (Some(byte), _) => byte,
            (None, b'+') if plus => b' ',
            (None, byte) => byte,
        });
        at += if escaped.is_some() { 3 } else { 1 };
    }
    list.push(place(text.len()));
    match String::from_utf8(out) {
        Ok(value) => Text { value, places: Places::Each(list) },
        Err(_) => Text { value: text.to_owned(), places: Places::From(place(0)) },
    }
}
