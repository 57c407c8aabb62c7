//! `docs/language.md`, 2.2 and 2.3, word for word and as slowly as it likes.

use serde_json::{Map, Value as Json};
use tamis::fold::Find;
use tamis::query::{Atom, Node, Predicate, Range};
use tamis::value::{Day, Decimal, Double, Key, Line, Value};

/// A record: field names and what they hold; a single value, a list or nothing.
pub(crate) type Record = Map<String, Json>;

pub(crate) fn selects(node: &Node<'_>, record: &Record) -> bool {
    match node {
        Node::All => true,
        Node::Nothing => false,
        Node::And(parts) => parts.iter().all(|part| selects(part, record)),
        Node::Or(parts) => parts.iter().any(|part| selects(part, record)),
        Node::Atom(atom) => holds(atom, &values(record, &atom.field.name)) != atom.negated,
    }
}

/// The set of values of a field.
fn values(record: &Record, name: &str) -> Vec<Json> {
    let list = match record.get(name) {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(list)) => list.clone(),
        Some(one) => vec![one.clone()],
    };
    list.into_iter().filter(|value| !value.is_null()).collect()
}

fn holds(atom: &Atom<'_>, found: &[Json]) -> bool {
    let case = atom.field.ignores_case;
    let is = |value: &Json, wanted: &Value| equal(value, wanted, case);
    let some = |test: &dyn Fn(&str, &str) -> bool, wanted: &[String]| {
        found
            .iter()
            .any(|value| wanted.iter().any(|wanted| test(&lower(text_of(value)), &lower(wanted))))
    };
    match &atom.predicate {
        Predicate::Equal(list) => {
            list.contains(&Value::Null) && found.is_empty()
                || found.iter().any(|value| list.iter().any(|wanted| is(value, wanted)))
        }
        Predicate::Outside(list) => {
            found.iter().any(|value| !list.iter().any(|wanted| is(value, wanted)))
        }
        Predicate::Text(Find::Inside, list) => some(&|text, part| text.contains(part), list),
        Predicate::Text(Find::Start, list) => some(&|text, part| text.starts_with(part), list),
        Predicate::Text(Find::End, list) => some(&|text, part| text.ends_with(part), list),
        Predicate::Text(Find::Fits, list) => some(&crate::fits::fits, list),
        Predicate::Order(list) => {
            let line = atom.field.line().unwrap();
            found.iter().any(|value| list.iter().any(|range| lies_in(value, range, line)))
        }
        Predicate::Words(text) => text
            .split_whitespace()
            .all(|word| some(&|text, part| text.contains(part), &[word.to_owned()])),
        Predicate::Set => !found.is_empty(),
        Predicate::Below(_) | Predicate::Own(..) => panic!("no table can say this"),
    }
}

fn equal(value: &Json, wanted: &Value, ignores_case: bool) -> bool {
    let same = |a: &str, b: &str| if ignores_case { lower(a) == lower(b) } else { a == b };
    match wanted {
        Value::Null => false,
        Value::Bool(wanted) => value.as_bool() == Some(*wanted),
        Value::Int(wanted) => value.as_i64() == Some(*wanted),
        Value::Double(wanted) => value.as_f64() == Some(wanted.get()),
        Value::Decimal(wanted) => Decimal::read(text_of(value)) == Some(*wanted),
        Value::Day(wanted) => text_of(value) == wanted.to_string(),
        Value::Text(wanted) => same(text_of(value), wanted),
        Value::Key(key) => {
            let Key { id, saas, inst } = key.as_ref();
            let number = |name: &str| value.get(name).and_then(Json::as_i64);
            same(text_of(value), id)
                && saas.is_none_or(|saas| number("saas") == Some(saas))
                && inst.is_none_or(|inst| number("inst") == Some(inst))
        }
    }
}

/// A text, or the id of a key.
fn text_of(value: &Json) -> &str {
    value
        .as_str()
        .or_else(|| value.get("id")?.as_str())
        .unwrap_or_else(|| panic!("no text: {value}"))
}

fn lies_in(value: &Json, range: &Range, line: Line) -> bool {
    let value = match line {
        Line::Whole => value.as_i64().map(Value::Int),
        Line::Double => value.as_f64().and_then(Double::new).map(Value::Double),
        Line::Decimal(_) => Decimal::read(text_of(value)).map(Value::Decimal),
        Line::Day => Day::read(text_of(value)).map(Value::Day),
    };
    let value = value.unwrap_or_else(|| panic!("not on the line"));
    let at = |at| line.value(at).unwrap();
    range.start.is_none_or(|start| at(start.at) <= value)
        && range.end.is_none_or(|end| value <= at(end.at))
}

fn lower(text: &str) -> String {
    text.chars().map(|c| c.to_ascii_lowercase()).collect()
}
