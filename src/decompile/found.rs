//! From a text to the filters in it: bare objects, request bodies, texts that hold JSON, lists,
//! JSON Lines, and the portal's addresses.

use super::address;
use super::comments;
use super::json::{Json, Member, Node, Places, Reader, Text, Unreadable};
use super::response;
use crate::diag::{Diagnostics, messages};
use crate::options::Options;
use crate::schema::Schema;
use crate::span::Span;

/// One filter as it was found.
#[derive(Debug)]
pub(super) enum Found<'t> {
    /// What it holds.
    Filter(Filter),
    /// A text that could not be read.
    Broken(&'t str),
}

#[derive(Debug, Default)]
pub(super) struct Filter {
    pub(super) span: Span,
    /// Fields with their operators.
    pub(super) conditions: Vec<Member>,
    /// Order and paging.
    pub(super) tail: Vec<Member>,
    /// What a query does not carry.
    pub(super) left: Vec<(String, Json)>,
}

/// Members of a request that stand beside its filters (`docs/api.md`, 1).
pub(super) const TAIL: [&str; 4] = ["sortField", "sortDirection", "limit", "skip"];
const REQUEST: [&str; 5] =
    ["isScan", "performAsyncTotal", "distributedId", "streamId", "timeframe"];

/// True for order and paging; an object is what is asked of a field that happens to be called so.
fn is_tail(member: &Member) -> bool {
    TAIL.contains(&member.name.as_str()) && member.value.members().is_none()
}

/// Reads every filter of a text.
pub(super) struct Finder<'t, 'f> {
    pub(super) schema: &'f Schema,
    pub(super) options: &'f Options,
    pub(super) text: &'t str,
    pub(super) problems: &'f mut Diagnostics,
    pub(super) all: Vec<Found<'t>>,
}

impl<'t> Finder<'t, '_> {
    pub(super) fn read(&mut self) {
        let places = Places::From(0);
        let mut reader = Reader::new(self.text, &places, self.options.limits.depth);
        loop {
            let before = comments::between(reader.rest(), !self.all.is_empty());
            if before.says {
                let place = reader.place();
                let span = Span::new(place, place + before.length);
                self.problems.push(messages::loose_json(span, before.why));
            }
            reader.go_to(reader.place() + before.length);
            let start = reader.place();
            match reader.rest().chars().next() {
                None => return,
                Some('{' | '[' | '"' | '\'' | '“' | '„' | '‘') if !is_link(reader.rest()) => {
                    reader.loose.clear();
                    let value = reader.value();
                    self.loose(&reader);
                    match value {
                        Ok(value) => {
                            let raw = self.text.get(start..reader.place()).unwrap_or_default();
                            self.value(value, raw);
                        }
                        Err(error) => {
                            self.unreadable(&error);
                            let raw = until_next(reader.rest_from(start));
                            self.all.push(Found::Broken(raw.trim_end()));
                            reader.go_to(start + raw.len());
                        }
                    }
                }
                Some(_) => {
                    let line = reader.rest().lines().next().unwrap_or_default();
                    reader.go_to(start + line.len());
                    let line = line.trim_end();
                    if !self.address(&Text::at(line, start)) {
                        let span = Span::new(start, start + line.len());
                        self.problems.push(messages::not_readable(
                            span,
                            "JSON that begins with `{`, or an address with `field=eq(…,)`",
                        ));
                        self.all.push(Found::Broken(line));
                    }
                }
            }
        }
    }

    fn loose(&mut self, reader: &Reader<'_, '_>) {
        for (span, why) in &reader.loose {
            self.problems.push(messages::loose_json(*span, why));
        }
    }

    /// Reads an address; false for a text that is none.
    fn address(&mut self, text: &Text) -> bool {
        let span = text.places.span(0, text.value.len());
        let Some(members) = address::read(text, self.schema, self.problems) else { return false };
        let mut filter = Filter { span, left: members.left, ..Filter::default() };
        for member in members.members {
            match member.name.as_str() {
                "filters" => self.filters(member, &mut filter),
                _ if is_tail(&member) => filter.tail.push(member),
                _ => filter.conditions.push(member),
            }
        }
        self.all.push(Found::Filter(filter));
        true
    }

    fn unreadable(&mut self, error: &Unreadable) {
        self.problems.push(messages::not_readable(error.span, error.expected));
    }

    /// A whole value: an object, a list of them, or a text that holds one.
    fn value(&mut self, json: Json, raw: &'t str) {
        let span = json.span;
        match json.node {
            Node::Object(members) => {
                let filter = self.object(members, span);
                self.all.push(Found::Filter(filter));
            }
            Node::List(list) if !list.is_empty() => {
                for item in list {
                    let raw = item.span.of(self.text);
                    self.value(item, raw);
                }
            }
            Node::Text(text) if !is_json(&text) && self.address(&text) => {}
            Node::Text(text) => match self.inner(&text) {
                Some(json) => self.value(json, raw),
                None => self.all.push(Found::Broken(raw)),
            },
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::List(_) => {
                self.problems.push(messages::not_a_filter(
                    span,
                    "a filter is an object, `{\"field\":{\"operator\":…}}`",
                ));
                self.all.push(Found::Broken(raw));
            }
        }
    }

    /// The JSON that a text holds.
    fn inner(&mut self, text: &Text) -> Option<Json> {
        let mut reader = Reader::new(&text.value, &text.places, self.options.limits.depth);
        let value = reader.value().and_then(|value| {
            reader.skip_blanks();
            let (at, end) = (reader.place(), text.value.len());
            if at == end {
                Ok(value)
            } else {
                Err(Unreadable {
                    span: text.places.span(at, end),
                    expected: "nothing behind the closing bracket",
                })
            }
        });
        self.loose(&reader);
        match value {
            Ok(Json { node: Node::Text(_), span }) => {
                self.problems.push(messages::not_a_filter(span, "this is a text within a text"));
                None
            }
            Ok(value) => Some(value),
            Err(error) => {
                self.unreadable(&error);
                None
            }
        }
    }

    /// A request body, or the filters alone.
    fn object(&mut self, members: Vec<Member>, span: Span) -> Filter {
        let mut filter = Filter { span, ..Filter::default() };
        let is_filters =
            |member: &Member| matches!(member.name.as_str(), "filters" | "consoleFilters");
        let of_request = |member: &Member| {
            (is_tail(member) || REQUEST.contains(&member.name.as_str()))
                && self.schema.field(&member.name).is_none()
        };
        let members = match response::read(members, self.schema, span, self.problems) {
            response::Read::Filters(member) => {
                self.filters(member, &mut filter);
                return filter;
            }
            response::Read::Broken(left) => {
                filter.left = left;
                return filter;
            }
            response::Read::NoResponse(members) => members,
        };
        let whole = members.iter().any(is_filters)
            || (!members.is_empty() && members.iter().all(of_request));
        if !whole {
            filter.conditions = members;
            return filter;
        }
        let (members, overridden) = last_wins(members, self.problems);
        filter.left = overridden;
        let both = members.iter().filter(|member| is_filters(member)).count() > 1;
        let mut beside = Vec::new();
        for member in members {
            match member.name.as_str() {
                "filters" => self.filters(member, &mut filter),
                "consoleFilters" if !both => self.filters(member, &mut filter),
                name if TAIL.contains(&name) => filter.tail.push(member),
                _ => beside.push(member),
            }
        }
        self.beside(beside, &mut filter);
        filter
    }

    fn filters(&mut self, member: Member, filter: &mut Filter) {
        let json = match &member.value.node {
            Node::Text(text) => self.inner(text),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::List(_) | Node::Object(_) => {
                Some(member.value.clone())
            }
        };
        match json.map(|json| (json.span, json.node)) {
            Some((_, Node::Object(members))) => filter.conditions.extend(members),
            Some((span, _)) => {
                self.problems.push(messages::not_a_filter(
                    span,
                    "filters are an object, `{\"field\":{\"operator\":…}}`",
                ));
                filter.left.push((member.name, member.value));
            }
            None => filter.left.push((member.name, member.value)),
        }
    }

    /// Members that a query has no place for.
    fn beside(&mut self, members: Vec<Member>, filter: &mut Filter) {
        let Some(first) = members.first() else { return };
        let first = first.name_span;
        let is_filter = |member: &&Member| {
            let known = self.schema.field(&member.name).is_some();
            let filters = matches!(member.name.as_str(), "consoleFilters" | "nextQueryFilters");
            known || filters || member.value.members().is_some_and(|inner| !inner.is_empty())
        };
        let (stray, others): (Vec<&Member>, Vec<&Member>) = members.iter().partition(is_filter);
        for stray in stray {
            let found = messages::beside_filters(stray.name_span, &stray.name, "filters");
            self.problems.push(found);
        }
        if !others.is_empty() {
            let names: Vec<&str> = others.iter().map(|member| member.name.as_str()).collect();
            self.problems.push(messages::not_carried(first, &names));
        }
        filter.left.extend(members.into_iter().map(|member| (member.name, member.value)));
    }
}

/// True for a text that begins as JSON does.
fn is_json(text: &Text) -> bool {
    text.value.trim_start().starts_with(['{', '[', '"', '\''])
}

/// True for a link of Markdown, `[words](https://…)`, which begins like a list.
fn is_link(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    line.starts_with('[') && (line.contains("](http://") || line.contains("](https://"))
}

/// The members with each name once, and those that a later one overrides. Parsers keep the last
/// value of a name, at the place of the first.
pub(super) fn last_wins(
    members: Vec<Member>,
    problems: &mut Diagnostics,
) -> (Vec<Member>, Vec<(String, Json)>) {
    let mut kept: Vec<Member> = Vec::with_capacity(members.len());
    let mut places: hashbrown::HashMap<String, usize> =
        hashbrown::HashMap::with_capacity(members.len());
    let mut overridden = Vec::new();
    for member in members {
        let place = *places.entry(member.name.clone()).or_insert(kept.len());
        match kept.get_mut(place) {
            None => kept.push(member),
            Some(earlier) => {
                problems.push(messages::repeated_key(
                    earlier.name_span,
                    member.name_span,
                    &member.name,
                ));
                let before = std::mem::replace(earlier, member);
                if !same(&before.value, &earlier.value) {
                    overridden.push((before.name, before.value));
                }
            }
        }
    }
    (kept, overridden)
}

fn same(a: &Json, b: &Json) -> bool {
    let print = |json: &Json| {
        let mut out = String::new();
        json.print(&mut out);
        out
    };
    print(a) == print(b)
}

/// What belongs to a value that could not be read: up to the next line that begins another.
fn until_next(rest: &str) -> &str {
    let inner = |next: char| next.is_whitespace() || matches!(next, '}' | ']' | ',');
    let ends = rest.match_indices('\n').map(|(place, _)| place);
    let mut ends = ends.filter(|place| {
        let next = rest.get(place + 1..).and_then(|rest| rest.chars().next());
        next.is_some_and(|next| !inner(next))
    });
    ends.next().and_then(|end| rest.get(..end)).unwrap_or(rest)
}
