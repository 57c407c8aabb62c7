//! From loose JSON operands to typed ones. Every guess is a warning, and what would need more
//! than a guess is an error.

use super::json::{Json, Member, Node};
use crate::diag::{Diagnostic, Diagnostics, messages};
use crate::ops::{Op, Takes, Test};
use crate::query::spell::{Entry, Operand};
use crate::schema::Field;
use crate::span::Span;
use crate::time::{Clock, Moment, read};
use crate::value::{Day, Decimal, Double, Key, Type, Value};
use messages::At;

/// Types the operands of one filter.
pub(super) struct Typing<'t, 'f> {
    pub(super) text: &'t str,
    pub(super) clock: Clock,
    pub(super) problems: &'f mut Diagnostics,
}

impl<'t> Typing<'t, '_> {
    /// An operator of the table with its operand; `None` when it cannot be typed, which is said.
    pub(super) fn operand(&mut self, field: &Field, op: Op, json: &Json) -> Option<Entry> {
        let row = op.row();
        let name = row.name;
        let operand = match row.takes {
            Takes::Values => self.values(field, name, json)?,
            Takes::Strings => {
                let list = self.list(name, json)?;
                let texts: Option<Vec<String>> =
                    list.iter().map(|item| self.string(field, item)).collect();
                Operand::Strings(self.distinct(texts?, list).into())
            }
            Takes::String => {
                let one = self.single(name, json)?;
                Operand::Text(self.string(field, one)?.into())
            }
            Takes::Value => {
                let one = self.single(name, json)?;
                Operand::One(self.number(field, one, matches!(op, Op::Gt | Op::Lte))?)
            }
            Takes::Days => {
                let one = self.single(name, json)?;
                Operand::One(Value::Int(self.integer(field, one)?))
            }
            Takes::Ranges => Operand::Ranges(self.ranges(field, name, json)?),
            Takes::Flag => return self.flag(op, json),
            Takes::Length | Takes::Day => return None,
        };
        Some(Entry { operator: name.into(), operand })
    }

    /// A list of values, in the shape that the field wants.
    pub(super) fn values(&mut self, field: &Field, operator: &str, json: &Json) -> Option<Operand> {
        let names_null = field.names_null();
        if matches!(json.node, Node::Null) && !names_null {
            let why =
                "a bare `null` stands where a list belongs, as when a script's variable is empty";
            return self.refuse(messages::not_decompiled(json.span, why));
        }
        let boolean = field.kind == Type::Boolean;
        let list = if boolean && matches!(json.node, Node::Bool(_) | Node::Text(_)) {
            std::slice::from_ref(json)
        } else {
            self.list(operator, json)?
        };
        let typed: Option<Vec<Value>> = list.iter().map(|item| self.value(field, item)).collect();
        let values = self.distinct_values(field, typed?, list);
        if let ([Value::Bool(value)], true) = (values.as_slice(), boolean) {
            if matches!(json.node, Node::List(_)) {
                self.problems.push(messages::other_shape(
                    json.span,
                    operator,
                    "the bare boolean on this field",
                ));
            }
            return Some(Operand::Bool(*value));
        }
        Some(Operand::Values(values.into()))
    }

    fn refuse<T>(&mut self, mut diagnostic: Diagnostic) -> Option<T> {
        // The fixes of values are written for queries, not for JSON.
        diagnostic.fixes.clear();
        self.problems.push(diagnostic);
        None
    }

    fn written(&self, json: &Json) -> At<'t> {
        At { place: json.span, text: json.span.of(self.text) }
    }

    /// The items of a list; a single value stands for a list of one.
    fn list<'j>(&mut self, operator: &str, json: &'j Json) -> Option<&'j [Json]> {
        match &json.node {
            Node::List(list) if list.is_empty() => {
                let why = format!(
                    "`{operator}` has an empty list, and what the API makes of it is not documented"
                );
                self.refuse(messages::not_decompiled(json.span, &why))
            }
            Node::List(list) => Some(list),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Object(_) => {
                self.problems.push(messages::other_shape(json.span, operator, "a list"));
                Some(std::slice::from_ref(json))
            }
        }
    }

    /// The one value of an operand; a list of one stands for it.
    fn single<'j>(&mut self, operator: &str, json: &'j Json) -> Option<&'j Json> {
        match &json.node {
            Node::List(list) => match list.as_slice() {
                [one] => {
                    self.problems.push(messages::other_shape(
                        json.span,
                        operator,
                        "a single value",
                    ));
                    Some(one)
                }
                _ => self.refuse(messages::not_decompiled(
                    json.span,
                    &format!("`{operator}` takes a single value"),
                )),
            },
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Object(_) => {
                Some(json)
            }
        }
    }

    fn distinct<T: std::hash::Hash + Eq + Clone>(
        &mut self,
        typed: Vec<T>,
        list: &[Json],
    ) -> Vec<T> {
        let mut seen = hashbrown::HashSet::with_capacity(typed.len());
        let mut kept = Vec::with_capacity(typed.len());
        for (value, json) in typed.into_iter().zip(list) {
            if seen.insert(value.clone()) {
                kept.push(value);
            } else {
                let at = self.written(json);
                self.problems.push(messages::repeated_value(at.place, at.text));
            }
        }
        kept
    }

    /// The values without repetitions; two forms of one named value are one value.
    fn distinct_values(&mut self, field: &Field, typed: Vec<Value>, list: &[Json]) -> Vec<Value> {
        let named = field.values.as_ref();
        let held = |value: &Value| {
            let row = named.and_then(|values| values.sent_as(value));
            row.map_or_else(|| value.clone(), |row| row.value.clone())
        };
        let keys = typed.iter().map(held).collect();
        let kept = self.distinct(keys, list);
        let mut kept = kept.into_iter().peekable();
        let first = |value: &Value| kept.next_if(|key| *key == held(value)).is_some();
        let keep: Vec<bool> = typed.iter().map(first).collect();
        typed.into_iter().zip(keep).filter_map(|(value, keep)| keep.then_some(value)).collect()
    }

    fn flag(&mut self, op: Op, json: &Json) -> Option<Entry> {
        let one = self.single(op.row().name, json)?;
        let holds = match &one.node {
            Node::Bool(value) => *value,
            Node::Text(text) if text.value.eq_ignore_ascii_case("true") => {
                self.guessed(one, op.row().name, "true");
                true
            }
            Node::Null | Node::Number(_) | Node::Text(_) | Node::List(_) | Node::Object(_) => {
                let at = self.written(one);
                return self.refuse(messages::not_a_flag(at));
            }
        };
        let said = if holds { op } else { op.complement()? };
        if !holds {
            self.problems.push(messages::flag_false(one.span, op.row().name, said.canonical()));
        }
        Some(Entry { operator: said.row().name.into(), operand: Operand::Bool(true) })
    }

    fn ranges(
        &mut self,
        field: &Field,
        operator: &str,
        json: &Json,
    ) -> Option<Vec<(Value, Value)>> {
        let list = self.list(operator, json)?;
        list.iter().map(|item| self.range(field, item)).collect()
    }

    fn range(&mut self, field: &Field, json: &Json) -> Option<(Value, Value)> {
        let members = json.members().unwrap_or_default();
        let named = |name| members.iter().find(|member| member.name == name);
        match (named("start"), named("end"), members.len()) {
            (Some(start), Some(end), 2) => {
                let start = self.number(field, &start.value, false)?;
                Some((start, self.number(field, &end.value, true)?))
            }
            _ => self.refuse(messages::not_decompiled(
                json.span,
                "a range is `{\"start\":…,\"end\":…}`",
            )),
        }
    }

    /// A value for an order: of a date on a field of instants its last ms where `last` says so.
    fn number(&mut self, field: &Field, json: &Json, last: bool) -> Option<Value> {
        if field.kind == Type::Timestamp {
            return self.instant(field, json, last).map(Value::Int);
        }
        let value = self.value(field, json)?;
        let ordered = field.line().is_some_and(|line| line.place(&value).is_some());
        if ordered { Some(value) } else { self.wrong_type(field, json) }
    }

    fn guessed(&mut self, json: &Json, field: &str, read: &str) {
        let at = self.written(json);
        self.problems.push(messages::other_type(at, field, read));
    }

    fn wrong_type<T>(&mut self, field: &Field, json: &Json) -> Option<T> {
        let labels =
            field.values.iter().flat_map(|values| &values.named).map(|named| named.label.as_str());
        let at = self.written(json);
        self.refuse(messages::wrong_type(at, &field.name, field.kind, labels))
    }

    /// A value of the field's type.
    fn value(&mut self, field: &Field, json: &Json) -> Option<Value> {
        if let Some(value) = self.named(field, json) {
            return value;
        }
        match (field.kind, &json.node) {
            (_, Node::Null) => Some(Value::Null),
            (Type::String, _) => self.string(field, json).map(Value::Text),
            (Type::Integer, _) => self.integer(field, json).map(Value::Int),
            (Type::Double | Type::Decimal, Node::Number(text)) => {
                let read = fractional(field, text);
                if read.is_some() { read } else { self.wrong_type(field, json) }
            }
            (Type::Decimal, Node::Text(text)) => {
                let read = fractional(field, &text.value);
                if read.is_some() { read } else { self.wrong_type(field, json) }
            }
            (Type::Date, Node::Text(text)) => match Day::read(&text.value) {
                Some(day) => Some(Value::Day(day)),
                None => self.wrong_type(field, json),
            },
            (Type::Double | Type::Decimal | Type::Date, _) => self.wrong_type(field, json),
            (Type::Boolean, Node::Bool(value)) => Some(Value::Bool(*value)),
            (Type::Boolean, Node::Text(text)) => self.boolean(field, json, &text.value),
            (Type::Boolean, _) => self.wrong_type(field, json),
            (Type::Timestamp, _) => self.instant(field, json, false).map(Value::Int),
            (Type::EntityKey | Type::File | Type::Folder, _) => self.key(field, json),
        }
    }

    /// A named value by its wire form, or as a guess by its label; the outer `None` when it is
    /// neither.
    fn named(&mut self, field: &Field, json: &Json) -> Option<Option<Value>> {
        let values = field.values.as_ref()?;
        let (wire, text) = match &json.node {
            Node::Null => return None,
            Node::Bool(value) => (Value::Bool(*value), value.to_string()),
            Node::Number(text) => (Value::Int(text.parse().ok()?), text.clone()),
            Node::Text(text) => (Value::Text(text.value.clone()), text.value.clone()),
            Node::List(_) | Node::Object(_) => return None,
        };
        if values.of(&wire).or(values.sent_as(&wire)).is_some() {
            return Some(Some(wire));
        }
        let bare = text.strip_prefix("i:").or(text.strip_prefix("t:"));
        let bare = bare.filter(|_| !values.open || field.kind != Type::String);
        let mut meant = values.meant_by(bare.unwrap_or(&text));
        let first = meant.next()?;
        if meant.next().is_some() {
            let all: Vec<(String, String)> = values
                .meant_by(bare.unwrap_or(&text))
                .map(|named| (named.label.clone(), named.value.to_string()))
                .collect();
            let at = self.written(json);
            return Some(self.refuse(messages::ambiguous(at, &all)));
        }
        let value = first.spelled(bare.unwrap_or(&text)).unwrap_or(first.sent());
        self.guessed(json, &field.name, &print(value));
        Some(Some(value.clone()))
    }

    fn string(&mut self, field: &Field, json: &Json) -> Option<String> {
        let text = match &json.node {
            Node::Text(text) => return Some(text.value.clone()),
            Node::Number(text) => text.clone(),
            Node::Bool(value) => value.to_string(),
            Node::Null | Node::List(_) | Node::Object(_) => {
                let at = self.written(json);
                return self.refuse(messages::wrong_type(
                    at,
                    &field.name,
                    Type::String,
                    [].into_iter(),
                ));
            }
        };
        let read = print(&Value::Text(text.clone()));
        self.guessed(json, &field.name, &read);
        Some(text)
    }

    fn boolean(&mut self, field: &Field, json: &Json, text: &str) -> Option<Value> {
        let value = match text.to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => return self.wrong_type(field, json),
        };
        self.guessed(json, &field.name, if value { "true" } else { "false" });
        Some(Value::Bool(value))
    }

    fn integer(&mut self, field: &Field, json: &Json) -> Option<i64> {
        let (text, strict) = match &json.node {
            Node::Number(text) => (text.as_str(), true),
            Node::Text(text) => (text.value.as_str(), false),
            Node::Null | Node::Bool(_) | Node::List(_) | Node::Object(_) => {
                return self.wrong_type(field, json);
            }
        };
        if let (true, Ok(number)) = (strict, text.parse()) {
            return self.held(field, json, number);
        }
        let bare =
            text.strip_prefix("i:").or(text.strip_prefix("t:")).filter(|_| !strict).unwrap_or(text);
        match whole(bare) {
            Some(number) => {
                self.guessed(json, &field.name, &number.to_string());
                self.held(field, json, number)
            }
            None => self.wrong_type(field, json),
        }
    }

    /// A number within the field's width, beyond which no query has one.
    fn held(&mut self, field: &Field, json: &Json, number: i64) -> Option<i64> {
        if field.bits.holds(number) {
            return Some(number);
        }
        let at = self.written(json);
        self.refuse(messages::out_of_range(at, field.bits))
    }

    /// Milliseconds, or as a guess a time in a text: of a date its first ms, or its last.
    fn instant(&mut self, field: &Field, json: &Json, last: bool) -> Option<i64> {
        let at = match &json.node {
            Node::Number(text) if text.parse::<i64>().is_ok() => text.parse().ok()?,
            Node::Number(text) => {
                let Some(at) = whole(text) else { return self.wrong_type(field, json) };
                self.guessed(json, &field.name, &at.to_string());
                at
            }
            Node::Text(text) => {
                let bare = text.value.strip_prefix("i:").unwrap_or(&text.value);
                let dated = || {
                    let begins = bare.starts_with(|c: char| c.is_ascii_digit());
                    let moment = read(bare, &self.clock).ok().filter(|_| begins)?.moment;
                    Some(if last { Moment::end(moment) } else { Moment::start(moment) })
                };
                let Some(at) = bare.parse().ok().or_else(dated) else {
                    return self.wrong_type(field, json);
                };
                self.guessed(json, &field.name, &at.to_string());
                at
            }
            Node::Null | Node::Bool(_) | Node::List(_) | Node::Object(_) => {
                return self.wrong_type(field, json);
            }
        };
        if (1_000_000_000..10_000_000_000).contains(&at) {
            let at = self.written(json);
            self.problems.push(messages::seconds_in_filter(at));
        }
        Some(at)
    }

    fn key(&mut self, field: &Field, json: &Json) -> Option<Value> {
        let at = self.written(json);
        match &json.node {
            Node::Object(members) => {
                self.members(members, json.span).map(|key| Value::Key(Box::new(key)))
            }
            Node::Text(text) if field.kind != Type::EntityKey => {
                Some(Value::Text(text.value.clone()))
            }
            Node::Number(_) if field.kind != Type::EntityKey => {
                self.string(field, json).map(Value::Text)
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => {
                self.refuse(messages::bad_key(at, &field.name, None))
            }
        }
    }

    fn members(&mut self, members: &[Member], place: Span) -> Option<Key> {
        let (mut id, mut saas, mut inst) = (None, None, None);
        for member in members {
            let number = match &member.value.node {
                Node::Number(text) => text.parse::<i64>().ok(),
                Node::Text(text) => whole(&text.value),
                Node::Null | Node::Bool(_) | Node::List(_) | Node::Object(_) => None,
            };
            let text = match &member.value.node {
                Node::Text(text) => Some(text.value.clone()),
                Node::Number(text) => Some(text.clone()),
                Node::Null | Node::Bool(_) | Node::List(_) | Node::Object(_) => None,
            };
            let strict = matches!(
                (member.name.as_str(), &member.value.node),
                ("id", Node::Text(_)) | ("saas" | "inst", Node::Number(_))
            );
            let taken = match member.name.as_str() {
                "id" if id.is_none() => text.map(|text| id = Some(text)),
                "saas" if saas.is_none() => number.map(|number| saas = Some(number)),
                "inst" if inst.is_none() => number.map(|number| inst = Some(number)),
                _ => None,
            };
            if taken.is_none() {
                let at = At { place: member.name_span.to(member.value.span), text: &member.name };
                return self.refuse(messages::bad_key_member(at));
            }
            if !strict {
                let read = member.value.span.of(self.text).trim_matches(['"', '\'']);
                self.guessed(&member.value, &member.name, read);
            }
        }
        match id {
            Some(id) => Some(Key { id, saas, inst }),
            None => self.refuse(messages::key_without_id(place)),
        }
    }
}

/// True for a list of nothing but `null` on a row without that value: "not set".
pub(super) fn only_null(entry: &Entry, field: &Field) -> bool {
    let op = Op::named(&entry.operator).map(|op| op.row().test);
    let nulls = match &entry.operand {
        Operand::Values(list) => list.iter().all(|value| *value == Value::Null),
        Operand::Strings(_)
        | Operand::Ranges(_)
        | Operand::Bool(_)
        | Operand::One(_)
        | Operand::Text(_) => false,
    };
    op == Some(Test::Equal) && nulls && !field.names_null()
}

/// A value as JSON.
fn print(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A whole number, also when written as `2.0` or `1e3`.
fn whole(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(number);
    }
    let number = Double::read(&plain(text))?.get();
    let safe = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    // The bound keeps the conversion exact.
    safe.then_some(number as i64)
}

/// A number as JSON writes it: without `+`, zeros in front and a point behind the last digit.
fn plain(text: &str) -> String {
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => ("-", size),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let size = size.strip_suffix('.').unwrap_or(size).trim_start_matches('0');
    let zero = if size.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    format!("{sign}{zero}{size}")
}

/// A number with a fraction, as filter JSON writes it.
fn fractional(field: &Field, text: &str) -> Option<Value> {
    if field.kind == Type::Double {
        return Double::read(text).map(Value::Double);
    }
    Decimal::read(text).map(Value::Decimal)
}
