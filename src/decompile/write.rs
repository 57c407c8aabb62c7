//! From a typed entry to the clauses that could say it, the nicest first. Whether one says it
//! exactly is checked by compiling it, never assumed here.

use std::borrow::Cow;

use super::bounds;
use crate::ops::{Op, Side, Test};
use crate::query::spell::{Entry, Operand};
use crate::quote;
use crate::schema::{Field, Schema};
use crate::time::{DAY_MS, PLAUSIBLE_MILLIS, print_date, print_exact, print_instant};
use crate::value::{Key, Type, Value};

/// How plainly values are written. The nicest form can mean something else in a query, such as a
/// label that two values share; then the next is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Labels, dates, bare words.
    Nice,
    /// Labels, dates with a time and zone, quoted texts.
    Careful,
    /// Wire values, milliseconds, quoted texts.
    Wire,
}

/// Which end of a day a bound is, when it is written as a date.
#[derive(Clone, Copy)]
enum Edge {
    /// The day's first ms.
    Start,
    /// The day's last ms.
    End,
    /// A date would mean another bound.
    Neither,
}

/// Clauses for one entry, the nicest first.
pub(super) fn clauses(schema: &Schema, field: &Field, entry: &Entry) -> Vec<String> {
    let op = Op::named(&entry.operator);
    let mut all = Vec::new();
    let searched = schema.free_text().is_some_and(|free| free.id == field.id);
    if let (Some(Op::Text), Operand::Text(text), true) = (op, &entry.operand, searched) {
        all.push(quote::quoted(text));
    }
    for style in [Style::Nice, Style::Careful, Style::Wire] {
        let writer = Writer { field, style };
        let name = writer.name();
        if let (Some(Op::Range), Operand::Ranges(list)) = (op, &entry.operand) {
            all.extend(writer.period(list).map(|period| format!("{name} on {period}")));
        }
        all.push(writer.clause(&name, op, entry));
    }
    all.extend(bounds::neighbours(field, op, entry));
    all.dedup();
    all
}

/// The clause with the operator as the API names it, for messages.
pub(super) fn plain(field: &Field, entry: &Entry) -> String {
    let writer = Writer { field, style: Style::Careful };
    let items = writer.items(&entry.operand);
    format!("{} {} {}", writer.name(), entry.operator, listed(&items))
}

/// `field between a and b`, for two bounds that a row without `range` can say.
pub(super) fn between(field: &Field, start: &Entry, end: &Entry) -> Option<String> {
    let (Operand::One(from), Operand::One(to)) = (&start.operand, &end.operand) else {
        return None;
    };
    let bounds = start.operator == Op::Gte.row().name && end.operator == Op::Lte.row().name;
    let writer = Writer { field, style: Style::Nice };
    bounds.then(|| {
        let (from, to) = (writer.number(from, Edge::Start), writer.number(to, Edge::End));
        format!("{} between {from} and {to}", writer.name())
    })
}

struct Writer<'f> {
    field: &'f Field,
    style: Style,
}

impl Writer<'_> {
    fn name(&self) -> Cow<'_, str> {
        let name = &self.field.name;
        if self.style == Style::Nice && name.chars().all(quote::is_bare) {
            Cow::Borrowed(name)
        } else {
            quote::quote(name)
        }
    }

    fn clause(&self, name: &str, op: Option<Op>, entry: &Entry) -> String {
        let Some(op) = op else {
            return format!("{name} {} {}", entry.operator, listed(&self.items(&entry.operand)));
        };
        let row = op.row();
        match (row.test, &entry.operand) {
            (Test::Set, _) => format!("{name} {}", op.canonical()),
            (Test::Order(Side::Within), Operand::Ranges(list)) => match list.as_slice() {
                [(start, end)] => {
                    let start = self.number(start, Edge::Start);
                    format!("{name} between {start} and {}", self.number(end, Edge::End))
                }
                _ => format!("{name} in {}", listed(&self.items(&entry.operand))),
            },
            (Test::Order(Side::FromAgo | Side::UpToAgo), Operand::One(Value::Int(days))) => {
                let unit = if *days == 1 { "day" } else { "days" };
                format!("{name} {}", op.canonical().replace('_', &format!("{days} {unit}")))
            }
            (Test::Order(side), Operand::One(value)) => {
                let edge = match side {
                    Side::From | Side::Before => Edge::Start,
                    Side::UpTo => Edge::End,
                    Side::After
                    | Side::Within
                    | Side::OnDay
                    | Side::FromAgo
                    | Side::UpToAgo
                    | Side::Next => Edge::Neither,
                };
                format!("{name} {} {}", op.canonical(), self.number(value, edge))
            }
            _ => {
                let items = self.items(&entry.operand);
                let spelled = row.before_list.filter(|_| items.len() > 1).unwrap_or(op.canonical());
                format!("{name} {spelled} {}", listed(&items))
            }
        }
    }

    fn items(&self, operand: &Operand) -> Vec<String> {
        match operand {
            Operand::Values(list) => list.iter().map(|value| self.exactly(value)).collect(),
            Operand::Strings(list) => list.iter().map(|text| self.text(text)).collect(),
            Operand::Ranges(list) => list
                .iter()
                .map(|(start, end)| {
                    let start = self.number(start, Edge::Start);
                    format!("{start}..{}", self.number(end, Edge::End))
                })
                .collect(),
            Operand::Bool(value) => vec![self.value(&Value::Bool(*value))],
            Operand::One(value) => vec![self.number(value, Edge::Neither)],
            Operand::Text(text) => vec![self.text(text)],
        }
    }

    /// The year, month or day that the one range covers, where it covers just one.
    fn period(&self, ranges: &[(Value, Value)]) -> Option<String> {
        let [(Value::Int(start), Value::Int(end))] = ranges else { return None };
        let next = end.checked_add(1)?;
        let whole = start.rem_euclid(DAY_MS) == 0 && next.rem_euclid(DAY_MS) == 0;
        let style = self.style == Style::Nice;
        if !whole || !style || self.field.kind != Type::Timestamp {
            return None;
        }
        let (first, last, next) = (print_date(*start), print_date(*end), print_date(next));
        if first == last {
            return Some(first);
        }
        let (month, day) = first.split_at_checked(7)?;
        let same_month = last.starts_with(month) && next.ends_with("-01");
        if first.len() == 10 && day == "-01" && same_month {
            return Some(month.to_owned());
        }
        let year = first.strip_suffix("-01-01").filter(|year| year.len() == 4)?;
        (last == format!("{year}-12-31")).then(|| year.to_owned())
    }

    fn text(&self, text: &str) -> String {
        if self.style == Style::Nice {
            quote::quote(text).into_owned()
        } else {
            quote::quoted(text)
        }
    }

    /// A value of an order.
    fn number(&self, value: &Value, edge: Edge) -> String {
        match (self.field.kind, value) {
            (Type::Timestamp, Value::Int(at)) => self.instant(*at, edge),
            _ => self.value(value),
        }
    }

    /// A value that is compared by `=`.
    fn exactly(&self, value: &Value) -> String {
        match (self.field.kind, value) {
            (Type::Timestamp, Value::Int(at)) => self.exact(*at),
            _ => self.value(value),
        }
    }

    /// A date where the bound is one of its ends, else an instant. A date is read in the zone of the
    /// query, so what is written here is held against the filter.
    fn instant(&self, at: i64, edge: Edge) -> String {
        let date = match edge {
            Edge::Start => at.rem_euclid(DAY_MS) == 0,
            Edge::End => at.rem_euclid(DAY_MS) == DAY_MS - 1,
            Edge::Neither => false,
        };
        match self.style {
            Style::Nice if date => print_date(at),
            Style::Nice | Style::Careful => print_instant(at),
            Style::Wire => self.wire(at),
        }
    }

    /// An instant that a reader takes for one, and for no minute or day.
    fn exact(&self, at: i64) -> String {
        if self.style == Style::Wire { self.wire(at) } else { print_exact(at) }
    }

    fn wire(&self, at: i64) -> String {
        let plausible = PLAUSIBLE_MILLIS.contains(&at);
        if plausible { at.to_string() } else { print_instant(at) }
    }

    fn value(&self, value: &Value) -> String {
        let named = self.field.values.as_ref().and_then(|values| values.sent_as(value));
        match (value, named) {
            (Value::Null, _) => "null".into(),
            (_, Some(named)) if self.style != Style::Wire => self.text(&named.label),
            (Value::Bool(value), _) => value.to_string(),
            (Value::Int(_) | Value::Double(_) | Value::Decimal(_) | Value::Day(_), _) => {
                value.to_string()
            }
            (Value::Text(text), _) => self.text(text),
            (Value::Key(key), _) => record(key),
        }
    }
}

fn record(key: &Key) -> String {
    let numbers = [("saas", key.saas), ("inst", key.inst)];
    let numbers = numbers
        .iter()
        .filter_map(|(name, number)| number.map(|number| format!(", {name}: {number}")));
    format!("{{ id: {}{} }}", quote::quoted(&key.id), numbers.collect::<String>())
}

fn listed(items: &[String]) -> String {
    match items {
        [one] => one.clone(),
        _ => format!("({})", items.join(", ")),
    }
}
