//! From a typed entry to the clauses that could say it, the nicest first. Whether one says it
//! exactly is checked by compiling it, never assumed here.

use std::borrow::Cow;

use super::bounds;
use crate::ops::{Op, Side, Test};
use crate::query::spell::{Entry, Operand};
use crate::quote;
use crate::schema::{Field, Schema};
use crate::time::{DAY_MS, print_instant};
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
            all.extend(writer.day(list).map(|day| format!("{name} on {day}")));
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
    let items = writer.items(&entry.operand, true);
    format!("{} {} {}", writer.name(), entry.operator, listed(&items))
}

/// `field between a and b`, for two bounds that a row without `range` can say.
pub(super) fn between(field: &Field, start: &Entry, end: &Entry) -> Option<String> {
    let (Operand::Int(from), Operand::Int(to)) = (&start.operand, &end.operand) else {
        return None;
    };
    let bounds = start.operator == Op::Gte.row().name && end.operator == Op::Lte.row().name;
    let writer = Writer { field, style: Style::Nice };
    bounds.then(|| {
        format!("{} between {} and {}", writer.name(), writer.number(*from), writer.number(*to))
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
            return format!(
                "{name} {} {}",
                entry.operator,
                listed(&self.items(&entry.operand, false))
            );
        };
        let row = op.row();
        match (row.test, &entry.operand) {
            (Test::Set, _) => format!("{name} {}", op.canonical()),
            (Test::Order(Side::Within), Operand::Ranges(list)) => match list.as_slice() {
                [(start, end)] => {
                    format!("{name} between {} and {}", self.number(*start), self.number(*end))
                }
                _ => format!("{name} in {}", listed(&self.items(&entry.operand, false))),
            },
            (Test::Order(Side::FromDaysAgo | Side::UpToDaysAgo), Operand::Int(days)) => {
                let one =
                    row.also.iter().find(|text| text.ends_with(" day")).filter(|_| *days == 1);
                format!(
                    "{name} {}",
                    one.copied().unwrap_or(op.canonical()).replace('_', &days.to_string())
                )
            }
            _ => {
                let items = self.items(&entry.operand, op == Op::Eq);
                let spelled = row.before_list.filter(|_| items.len() > 1).unwrap_or(op.canonical());
                format!("{name} {spelled} {}", listed(&items))
            }
        }
    }

    fn items(&self, operand: &Operand, equal: bool) -> Vec<String> {
        match operand {
            Operand::Values(list) => list.iter().map(|value| self.value(value)).collect(),
            Operand::Strings(list) => list.iter().map(|text| self.text(text)).collect(),
            Operand::Instants(list) => list.iter().map(|at| self.instant(*at, equal)).collect(),
            Operand::Ranges(list) => list
                .iter()
                .map(|(start, end)| format!("{}..{}", self.number(*start), self.number(*end)))
                .collect(),
            Operand::Bool(value) => vec![self.value(&Value::Bool(*value))],
            Operand::Int(number) => vec![self.number(*number)],
            Operand::Text(text) => vec![self.text(text)],
        }
    }

    /// The day that the one range covers, where it covers just one.
    fn day(&self, ranges: &[(i64, i64)]) -> Option<String> {
        match ranges {
            [(start, end)]
                if start.rem_euclid(DAY_MS) == 0 && end.checked_sub(*start) == Some(DAY_MS - 1) =>
            {
                Some(self.instant(*start, false))
            }
            _ => None,
        }
    }

    fn text(&self, text: &str) -> String {
        if self.style == Style::Nice {
            quote::quote(text).into_owned()
        } else {
            quote::quoted(text)
        }
    }

    fn number(&self, number: i64) -> String {
        match self.field.kind {
            Type::Timestamp => self.instant(number, false),
            Type::Integer => self.value(&Value::Int(number)),
            Type::String | Type::Boolean | Type::EntityKey | Type::File | Type::Folder => {
                number.to_string()
            }
        }
    }

    /// A date or time. A date alone stands for its first millisecond in the zone of the query; after
    /// `=` it is written with its time, because a reader would take it for the day.
    fn instant(&self, at: i64, equal: bool) -> String {
        if self.style == Style::Wire {
            return at.to_string();
        }
        let text = print_instant(at);
        let dated = text.contains('-') && !text.starts_with('-');
        let timed = equal || self.style == Style::Careful;
        if dated && !text.contains('T') && timed { format!("{text}T00:00Z") } else { text }
    }

    fn value(&self, value: &Value) -> String {
        let named = self.field.values.as_ref().and_then(|values| values.sent_as(value));
        match (value, named) {
            (Value::Null, _) => "null".into(),
            (_, Some(named)) if self.style != Style::Wire => self.text(&named.label),
            (Value::Bool(value), _) => value.to_string(),
            (Value::Int(number), _) => number.to_string(),
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
