//! What a schema file says before its rows are read: values with their places, from TOML or JSON.
//!
//! Law: one set of rows reads both forms, so neither has a key that the other lacks. The rows are
//! read by hand and not derived: derived code has a copy for each form and each row, which was a
//! tenth of what a browser loads.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use serde_json::Value as Json;
use toml::Spanned as At;
use toml::de::{DeTable, DeValue};

use crate::value::{Double, Value};

/// What is wrong with a file, and where.
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) place: Range<usize>,
}

/// Keeps the first thing that is wrong. Whoever says it goes on with an empty value, so that
/// reading a row is one straight line.
#[derive(Default)]
pub(super) struct Sink(RefCell<Option<Wrong>>);

impl Sink {
    fn say(&self, message: String, place: &Range<usize>) {
        self.0.borrow_mut().get_or_insert(Wrong { message, place: place.clone() });
    }

    /// What was read, if nothing was wrong.
    pub(super) fn end<T>(self, read: T) -> Result<T, Wrong> {
        self.0.into_inner().map_or(Ok(read), Err)
    }
}

/// A value with the key that it stands under and its place.
pub(super) struct Node<'t> {
    key: Cow<'t, str>,
    key_place: Range<usize>,
    value: Tree<'t>,
    place: Range<usize>,
}

enum Tree<'t> {
    Null,
    Flag(bool),
    Whole(i64),
    Real(Double),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Members(Vec<Node<'t>>),
    /// A whole number that is too large, one that is not finite, or a date: no row has one.
    Other,
}

impl<'t> Node<'t> {
    /// A TOML file.
    pub(super) fn of_toml(text: &'t str) -> Result<Self, Wrong> {
        let table = DeTable::parse(text).map_err(|error| Wrong {
            message: error.message().to_owned(),
            place: error.span().unwrap_or_default(),
        })?;
        let place = table.span();
        Ok(Node::top(Tree::Members(toml_members(table.into_inner())), place))
    }

    /// The members of a JSON object; their places are 0.
    pub(super) fn of_json<'j: 't>(members: impl Iterator<Item = (&'j String, &'j Json)>) -> Self {
        Node::top(Tree::Members(members.map(|(key, value)| json_node(key, value)).collect()), 0..0)
    }

    fn top(value: Tree<'t>, place: Range<usize>) -> Self {
        Node { key: Cow::Borrowed("schema"), key_place: 0..0, value, place }
    }

    fn wrong(&self, what: &str, sink: &Sink) {
        sink.say(format!("`{}` has to be {what}", self.key), &self.place);
    }

    /// The members of an object, to be taken.
    pub(super) fn row(self, sink: &'t Sink) -> Row<'t> {
        if !matches!(self.value, Tree::Members(_)) {
            self.wrong("a table of keys and values", sink);
        }
        let members = if let Tree::Members(members) = self.value { members } else { Vec::new() };
        Row { members, known: Vec::new(), missing: None, place: self.place, sink }
    }

    fn list(self, sink: &Sink) -> Vec<Node<'t>> {
        if !matches!(self.value, Tree::List(_)) {
            self.wrong("a list", sink);
        }
        if let Tree::List(items) = self.value { items } else { Vec::new() }
    }

    /// Plain values and rows, in any mixture.
    fn entries(self, sink: &'t Sink) -> Vec<Entry<'t>> {
        let mut entries = Vec::new();
        for item in self.list(sink) {
            entries.push(match &item.value {
                Tree::Text(_) | Tree::Whole(_) | Tree::Real(_) => Entry::Plain(item.wire(sink)),
                Tree::Null | Tree::Flag(_) | Tree::List(_) | Tree::Members(_) | Tree::Other => {
                    Entry::Row(item.row(sink))
                }
            });
        }
        entries
    }

    fn rows(self, sink: &'t Sink) -> Vec<Row<'t>> {
        let mut rows = Vec::new();
        for item in self.list(sink) {
            rows.push(item.row(sink));
        }
        rows
    }

    fn text(self, sink: &Sink) -> String {
        if !matches!(self.value, Tree::Text(_)) {
            self.wrong("a text", sink);
        }
        if let Tree::Text(text) = self.value { text.into_owned() } else { String::new() }
    }

    fn words(self, sink: &Sink) -> Vec<At<String>> {
        let mut words = Vec::new();
        for item in self.list(sink) {
            words.push(At::new(item.place.clone(), item.text(sink)));
        }
        words
    }

    /// A text, several, or `false` for none.
    fn none_or_more(self, sink: &Sink) -> Vec<String> {
        if matches!(self.value, Tree::Flag(false)) {
            return Vec::new();
        }
        if matches!(self.value, Tree::Text(_)) {
            return vec![self.text(sink)];
        }
        self.words(sink).into_iter().map(At::into_inner).collect()
    }

    /// A value as records hold it.
    fn wire(self, sink: &Sink) -> Value {
        match self.value {
            Tree::Flag(flag) => Value::Bool(flag),
            Tree::Whole(number) => Value::Int(number),
            Tree::Real(number) => Value::Double(number),
            Tree::Text(text) => Value::Text(text.into_owned()),
            Tree::Null | Tree::List(_) | Tree::Members(_) | Tree::Other => {
                self.wrong("a text, a number, true or false", sink);
                Value::Null
            }
        }
    }

    fn as_text(&self) -> Option<&str> {
        if let Tree::Text(text) = &self.value { Some(text) } else { None }
    }
}

/// What stands in a list of values.
pub(super) enum Entry<'t> {
    Plain(Value),
    Row(Row<'t>),
}

/// The members of an object that are not taken yet.
pub(super) struct Row<'t> {
    members: Vec<Node<'t>>,
    /// The keys that were asked for.
    known: Vec<&'static str>,
    /// The first key that has to be there and is not.
    missing: Option<&'static str>,
    place: Range<usize>,
    sink: &'t Sink,
}

impl<'t> Row<'t> {
    /// Puts a member where it has its place now, and gives where it stood.
    pub(super) fn moved(
        &mut self,
        key: &str,
        to: &'static str,
        into: &mut Row<'t>,
    ) -> Option<Range<usize>> {
        let at = self.members.iter().position(|member| member.key == key)?;
        let mut node = self.members.remove(at);
        let place = node.key_place.clone();
        node.key = Cow::Borrowed(to);
        let twice = |row: &Row<'_>| row.members.iter().any(|member| member.key == to);
        if twice(into) || twice(self) {
            self.sink.say(format!("`{key}` and `{to}` say the same"), &place);
        }
        into.members.push(node);
        Some(place)
    }

    /// A row without members, beside this one.
    pub(super) fn beside(&self) -> Row<'t> {
        Row {
            members: Vec::new(),
            known: Vec::new(),
            missing: None,
            place: self.place.clone(),
            sink: self.sink,
        }
    }

    /// A member that can be left out.
    fn given(&mut self, key: &'static str) -> Option<Node<'t>> {
        self.known.push(key);
        let place = self.members.iter().position(|member| member.key == key)?;
        Some(self.members.remove(place))
    }

    /// A member that can be left out or null.
    fn maybe(&mut self, key: &'static str) -> Option<Node<'t>> {
        self.given(key).filter(|member| !matches!(member.value, Tree::Null))
    }

    /// A member that has to be there.
    fn needed(&mut self, key: &'static str) -> Option<Node<'t>> {
        let found = self.given(key);
        if found.is_none() {
            self.missing.get_or_insert(key);
        }
        found
    }

    pub(super) fn needed_text(&mut self, key: &'static str) -> String {
        self.needed_word(key).into_inner()
    }

    /// A text with its place.
    pub(super) fn needed_word(&mut self, key: &'static str) -> At<String> {
        let Some(node) = self.needed(key) else { return At::new(0..0, String::new()) };
        At::new(node.place.clone(), node.text(self.sink))
    }

    pub(super) fn maybe_words(&mut self, key: &'static str) -> Option<Vec<At<String>>> {
        self.maybe(key).map(|node| node.words(self.sink))
    }

    pub(super) fn needed_count(&mut self, key: &'static str) -> u32 {
        let Some(node) = self.needed(key) else { return 0 };
        let count =
            if let Tree::Whole(number) = node.value { u32::try_from(number).ok() } else { None };
        if count.is_none() {
            node.wrong("a whole number from 0", self.sink);
        }
        count.unwrap_or_default()
    }

    pub(super) fn maybe_number(&mut self, key: &'static str) -> Option<At<i64>> {
        let node = self.maybe(key)?;
        if let Tree::Whole(number) = node.value {
            return Some(At::new(node.place, number));
        }
        node.wrong("a whole number", self.sink);
        None
    }

    pub(super) fn needed_rows(&mut self, key: &'static str) -> Vec<Row<'t>> {
        self.needed(key).map_or_else(Vec::new, |node| node.rows(self.sink))
    }

    /// The texts of an object whose keys are free.
    pub(super) fn needed_pairs(&mut self, key: &'static str) -> Vec<(String, String)> {
        self.needed(key).map_or_else(Vec::new, |node| node.row(self.sink).pairs())
    }

    pub(super) fn needed_entries(&mut self, key: &'static str) -> Vec<Entry<'t>> {
        self.needed(key).map_or_else(Vec::new, |node| node.entries(self.sink))
    }

    /// A text, empty when it is left out.
    pub(super) fn text(&mut self, key: &'static str) -> String {
        self.given(key).map_or_else(String::new, |node| node.text(self.sink))
    }

    pub(super) fn maybe_text(&mut self, key: &'static str) -> Option<String> {
        self.maybe(key).map(|node| node.text(self.sink))
    }

    pub(super) fn maybe_word(&mut self, key: &'static str) -> Option<At<String>> {
        self.maybe(key).map(|node| At::new(node.place.clone(), node.text(self.sink)))
    }

    /// A text, several, or `false` for none, with the place of them all.
    pub(super) fn maybe_none_or_more(&mut self, key: &'static str) -> Option<At<Vec<String>>> {
        self.maybe(key).map(|node| At::new(node.place.clone(), node.none_or_more(self.sink)))
    }

    pub(super) fn maybe_wire(&mut self, key: &'static str) -> Option<Value> {
        self.maybe(key).map(|node| node.wire(self.sink))
    }

    pub(super) fn maybe_row(&mut self, key: &'static str) -> Option<Row<'t>> {
        self.maybe(key).map(|node| node.row(self.sink))
    }

    /// Texts with their places, none when they are left out.
    pub(super) fn words(&mut self, key: &'static str) -> Vec<At<String>> {
        self.given(key).map_or_else(Vec::new, |node| node.words(self.sink))
    }

    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.words(key).into_iter().map(At::into_inner).collect()
    }

    pub(super) fn rows(&mut self, key: &'static str) -> Vec<Row<'t>> {
        self.given(key).map_or_else(Vec::new, |node| node.rows(self.sink))
    }

    /// The texts of an object whose keys are free, none when it is left out.
    pub(super) fn sorted_pairs(&mut self, key: &'static str) -> Vec<(String, String)> {
        let Some(node) = self.given(key) else { return Vec::new() };
        let mut pairs = node.row(self.sink).pairs();
        pairs.sort_unstable();
        pairs
    }

    fn pairs(self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for member in self.members {
            pairs.push((member.key.clone().into_owned(), member.text(self.sink)));
        }
        pairs
    }

    /// A text, or entries; with the place of either.
    pub(super) fn maybe_text_or_entries(
        &mut self,
        key: &'static str,
    ) -> Option<At<Result<String, Vec<Entry<'t>>>>> {
        let node = self.maybe(key)?;
        let place = node.place.clone();
        let is_text = node.as_text().is_some();
        let read = if is_text { Ok(node.text(self.sink)) } else { Err(node.entries(self.sink)) };
        Some(At::new(place, read))
    }

    /// False when it is left out.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let Some(node) = self.given(key) else { return false };
        if !matches!(node.value, Tree::Flag(_)) {
            node.wrong("true or false", self.sink);
        }
        matches!(node.value, Tree::Flag(true))
    }

    /// One of a few words, as the place of that word among them.
    pub(super) fn choice(&mut self, key: &'static str, words: &[&str]) -> Option<usize> {
        let node = self.maybe(key)?;
        let found = node.as_text().and_then(|text| words.iter().position(|word| *word == text));
        if found.is_none() {
            node.wrong(&one_of(words), self.sink);
        }
        found
    }

    /// One of a few numbers.
    pub(super) fn number_of(&mut self, key: &'static str, numbers: &[i64]) -> Option<i64> {
        let node = self.maybe(key)?;
        let found = if let Tree::Whole(number) = node.value { Some(number) } else { None };
        let found = found.filter(|number| numbers.contains(number));
        if found.is_none() {
            let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            node.wrong(&one_of(&words.iter().map(String::as_str).collect::<Vec<_>>()), self.sink);
        }
        found
    }

    /// Every member has to be taken, and every one that is needed to be there.
    pub(super) fn end(self) {
        if let Some(unknown) = self.members.first() {
            let expected = one_of(&self.known);
            let message = format!("unknown field `{}`, expected {expected}", unknown.key);
            self.sink.say(message, &unknown.key_place);
        }
        if let Some(missing) = self.missing {
            self.sink.say(format!("missing field `{missing}`"), &self.place);
        }
    }
}

/// Words in a sentence: "`a` or `b`".
fn one_of(words: &[&str]) -> String {
    match words {
        [one] => format!("`{one}`"),
        [one, other] => format!("`{one}` or `{other}`"),
        several => format!("one of `{}`", several.join("`, `")),
    }
}

fn toml_members(table: DeTable<'_>) -> Vec<Node<'_>> {
    table.into_iter().map(|(key, value)| toml_node(key, value)).collect()
}

fn toml_node<'t>(key: At<Cow<'t, str>>, value: At<DeValue<'t>>) -> Node<'t> {
    let (key_place, place) = (key.span(), value.span());
    let key = key.into_inner();
    let value = match value.into_inner() {
        DeValue::String(text) => Tree::Text(text),
        DeValue::Integer(number) => {
            let whole = i64::from_str_radix(number.as_str(), number.radix());
            whole.map_or(Tree::Other, Tree::Whole)
        }
        DeValue::Boolean(flag) => Tree::Flag(flag),
        DeValue::Array(items) => {
            let item = |item| toml_node(At::new(key_place.clone(), key.clone()), item);
            Tree::List(items.into_iter().map(item).collect())
        }
        DeValue::Table(table) => Tree::Members(toml_members(table)),
        DeValue::Float(number) => Double::read(number.as_str()).map_or(Tree::Other, Tree::Real),
        DeValue::Datetime(_) => Tree::Other,
    };
    Node { key, key_place, value, place }
}

fn json_node<'j>(key: &'j str, value: &'j Json) -> Node<'j> {
    let value = match value {
        Json::Null => Tree::Null,
        Json::Bool(flag) => Tree::Flag(*flag),
        Json::Number(number) => {
            let real = || number.as_f64().and_then(Double::new).map(Tree::Real);
            number.as_i64().map(Tree::Whole).or_else(real).unwrap_or(Tree::Other)
        }
        Json::String(text) => Tree::Text(Cow::Borrowed(text)),
        Json::Array(items) => Tree::List(items.iter().map(|item| json_node(key, item)).collect()),
        Json::Object(members) => {
            Tree::Members(members.iter().map(|(key, value)| json_node(key, value)).collect())
        }
    };
    Node { key: Cow::Borrowed(key), key_place: 0..0, value, place: 0..0 }
}
