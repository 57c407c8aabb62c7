//! The portal's addresses: `?ip.category=eq(i:3,)&activity.id=eq(…,)`, and the form encoding of a
//! request, `filters={…}&limit=100`.
//!
//! What is known of the portal's form (`docs/api.md`, 4): `eq`, `i:` before whole numbers, ids
//! bare, a comma behind every value. Everything else is refused, not guessed.
//!
//! Law: a condition that cannot be read is an error, since without it the query selects more.
//! Only a parameter that names no field and has no operator is left out with a warning.

use super::clean;
use super::comments;
use super::found::TAIL;
use super::json::{Json, Member, Node, Text};
use super::wrapped;
use crate::diag::{Diagnostics, messages};
use crate::schema::Schema;
use crate::span::Span;
use crate::value::Type;

/// What an address holds.
#[derive(Default)]
pub(super) struct Address {
    pub(super) members: Vec<Member>,
    pub(super) left: Vec<(String, Json)>,
}

/// How many addresses can stand within each other, as in the links that mail scanners write.
const WITHIN: usize = 3;

/// Reads an address, its query, or a form body; `None` for a text that is none of them.
pub(super) fn read(text: &Text, schema: &Schema, problems: &mut Diagnostics) -> Option<Address> {
    let mut reader = Reader { schema, problems, address: Address::default(), refused: false };
    reader.read(&clean::address(text), WITHIN).then_some(())?;
    let Reader { address, refused, problems, .. } = reader;
    // What is asked for beside the filters alone is none: with something that is not carried, the
    // query would select everything.
    let filters = address.members.iter().any(|member| !TAIL.contains(&member.name.as_str()));
    let none = address.members.is_empty() || !filters && !address.left.is_empty();
    if none && !refused {
        let place = text.places.span(0, text.value.len());
        problems.push(messages::address_without_filter(place));
    }
    Some(address)
}

struct Reader<'r> {
    schema: &'r Schema,
    problems: &'r mut Diagnostics,
    address: Address,
    /// True when something is lost, which an error says.
    refused: bool,
}

impl Reader<'_> {
    /// False for a text that is no address, no query of one and no form body.
    fn read(&mut self, text: &Text, within: usize) -> bool {
        let wrapped::Address { text, around } = wrapped::find(text);
        let full = text.value.contains("://");
        let first = text.value.split_once('=').map(|(name, _)| name);
        let bare = !full && !text.value.contains('?') && first.is_some_and(is_name);
        let queried = text.value.contains('?') || (full && text.value.contains('='));
        if !(bare || queried) {
            return false;
        }
        for around in around {
            self.around(&around);
        }
        let mut at = 0;
        let pieces: Vec<&str> =
            if bare { vec![&text.value] } else { text.value.split('#').collect() };
        for (number, piece) in pieces.iter().enumerate() {
            let query = match piece.find('?') {
                Some(mark) => mark + 1,
                None if bare || (number > 0 && piece.contains('=')) => 0,
                None => piece.len(),
            };
            self.path(&text.part(at, at + query));
            let mut from = at + query;
            for pair in piece.get(query..).unwrap_or_default().split('&') {
                if !pair.is_empty() {
                    self.parameter(&text.part(from, from + pair.len()), within);
                }
                from += pair.len() + 1;
            }
            at += piece.len() + 1;
        }
        true
    }

    fn refuse(&mut self, found: crate::diag::Diagnostic, name: &str, value: &Text, span: Span) {
        self.problems.push(found);
        self.refused = true;
        let value = Json { span, node: Node::Text(value.clone()) };
        self.address.left.push((name.to_owned(), value));
    }

    /// Text before or behind the address.
    fn around(&mut self, text: &Text) {
        let place = text.places.span(0, text.value.len());
        let filter = ["{", "://"].iter().any(|mark| text.value.contains(mark));
        let called = comments::holds_operator(&text.value);
        if filter || called || comments::holds_condition(&text.value) {
            self.refuse(messages::text_with_filter(place), "text", text, place);
        } else {
            self.problems.push(messages::text_around(place));
        }
    }

    /// The path before the parameters: a condition in it would be lost.
    fn path(&mut self, path: &Text) {
        let decoded = clean::decoded(path, false);
        if comments::holds_condition(&decoded.value) {
            let place = path.places.span(0, path.value.len());
            self.refuse(messages::text_with_filter(place), "path", &decoded, place);
        }
    }

    fn parameter(&mut self, pair: &Text, within: usize) {
        let encoded = !pair.value.contains('=') && clean::decoded(pair, false).value.contains('=');
        let pair = if encoded { clean::decoded(pair, false) } else { pair.clone() };
        let end = pair.value.len();
        let sign = pair.value.find('=').unwrap_or(end);
        let name_span = pair.places.span(0, sign);
        let name = clean::decoded(&pair.part(0, sign), false).value.trim().to_owned();
        let raw = pair.part((sign + 1).min(end), end);
        let span = raw.places.span(0, raw.value.len());
        let of_form = name == "filters" || TAIL.contains(&name.as_str());
        let in_form = of_form && !raw.value.ends_with(')');
        let value = clean::decoded(&raw, in_form);
        if in_form {
            return self.member(name, name_span, Json { span, node: Node::Text(value) });
        }
        if within > 0 && wrapped::is_address(&value.value) {
            self.read(&clean::address(&value), within - 1);
            return;
        }
        match self.condition(&name, &value, span) {
            Ok(json) => self.member(name, name_span, json),
            Err(Unread::NoFilter) => {
                self.problems.push(messages::not_carried(name_span, &[&name]));
                let json = Json { span, node: Node::Text(value) };
                self.address.left.push((name, json));
            }
            Err(Unread::Filter(found)) => self.refuse(*found, &name, &value, span),
        }
    }

    fn member(&mut self, name: String, name_span: Span, value: Json) {
        if let Some(first) = self.address.members.iter().find(|member| member.name == name) {
            let found = messages::parameter_twice(first.name_span, name_span, &name);
            self.problems.push(found);
            self.refused = true;
            self.address.left.push((name, value));
            return;
        }
        self.address.members.push(Member { name, name_span, value });
    }

    /// `eq(i:2,i:1,)` as an operator with its list.
    fn condition(&self, name: &str, text: &Text, span: Span) -> Result<Json, Unread> {
        let known = self.schema.field(name).is_some() || resembles(self.schema, name);
        let call = text.value.find('(').filter(|open| {
            text.value.get(..*open).is_some_and(|operator| {
                !operator.is_empty() && operator.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        });
        let Some(open) = call else {
            return Err(match language(name) {
                Some(what) => Unread::filter(messages::other_language(span, name, what)),
                None if known => Unread::filter(messages::plain_parameter(span, name, &text.value)),
                None => Unread::NoFilter,
            });
        };
        match text.value.find(')') {
            None => return Err(Unread::filter(messages::condition_cut_off(span))),
            Some(close) if close + 1 < text.value.len() => {
                let rest = text.places.span(close + 1, text.value.len());
                return Err(Unread::filter(messages::behind_condition(rest)));
            }
            Some(_) => {}
        }
        called(name, text, open, span, self.schema)
            .map_err(|(place, what)| Unread::filter(messages::portal_form(place, &what)))
    }
}

/// Why a parameter gives no condition.
enum Unread {
    /// It is none: it names no field and has no operator.
    NoFilter,
    /// It is one that nobody can read.
    Filter(Box<crate::diag::Diagnostic>),
}

impl Unread {
    fn filter(found: crate::diag::Diagnostic) -> Unread {
        Unread::Filter(Box::new(found))
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| crate::quote::is_bare(c) || c == '%')
}

/// The language of the filters that stand in a parameter of that name.
fn language(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 11] = [
        ("$filter", "an OData filter"),
        ("$search", "an OData search"),
        ("$apply", "an OData transformation"),
        ("filter", "a filter of another program"),
        ("query", "a query of another program"),
        ("search", "a search of another program"),
        ("q", "a search of another program"),
        ("kql", "a KQL query"),
        ("where", "a condition of another program"),
        ("nextQueryFilters", "filters in a form that no address is known to hold"),
        ("consoleFilters", "filters in a form that no address is known to hold"),
    ];
    let same = |known: &str| known.eq_ignore_ascii_case(name);
    NAMES.iter().find(|(known, _)| same(known)).map(|(_, what)| *what)
}

/// True for a name that differs from a field's, or from the last part of one, only by letter case
/// and marks.
fn resembles(schema: &Schema, name: &str) -> bool {
    let plain = |name: &str| {
        let kept = name.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = plain(name);
    let is = |field: &str| {
        plain(field) == wanted || field.rsplit('.').next().map(plain).as_ref() == Some(&wanted)
    };
    !wanted.is_empty() && schema.fields().iter().any(|field| is(&field.name))
}

/// The operator and its list, or the place of what is unknown and what that is.
fn called(
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
        let item_text = text.part(at, at + item.len());
        list.push(Json { span: place, node: value(item_text).map_err(|what| (place, what))? });
        at += item.len() + 1;
    }
    let name_span = text.places.span(0, open);
    let list = Json { span, node: Node::List(list) };
    let members = vec![Member { name: operator.to_owned(), name_span, value: list }];
    Ok(Json { span, node: Node::Object(members) })
}

fn value(text: Text) -> Result<Node, String> {
    if let Some(number) = text.value.strip_prefix("i:") {
        return match number.parse::<i64>() {
            Ok(_) => Ok(Node::Number(number.to_owned())),
            Err(_) => Err("the portal writes `i:` before what is not a whole number".into()),
        };
    }
    // `t:2` and `s:…` are also documented forms of values themselves, and stay as they are.
    let bare = match text.value.split_once(':') {
        Some(("t" | "s", rest)) => rest,
        Some((prefix, _)) if prefix.len() == 1 => {
            return Err(format!("the portal writes the prefix `{prefix}:`"));
        }
        Some(_) | None => &text.value,
    };
    if bare.is_empty()
        || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    {
        return Err("the portal writes a text with other marks than letters and digits".into());
    }
    Ok(Node::Text(text))
}
