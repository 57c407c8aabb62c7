//! A second meaning of queries, written straight from `docs/language.md`, section 2: a record is a
//! set of values for each field. It shares no code with the library's own.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tamis::Schema;
use tamis::fold::Find;
use tamis::query::{Atom, Node, Predicate};
use tamis::schema::Field;
use tamis::value::{Day, Decimal, Double, Type, Value};

/// Values by the name of the field.
pub type Record = BTreeMap<String, Vec<Value>>;

pub fn selects(node: &Node<'_>, record: &Record) -> bool {
    match node {
        Node::All => true,
        Node::Nothing => false,
        Node::And(parts) => parts.iter().all(|part| selects(part, record)),
        Node::Or(parts) => parts.iter().any(|part| selects(part, record)),
        Node::Atom(atom) => holds(atom, &record[&atom.field.name]) != atom.negated,
    }
}

fn holds(atom: &Atom<'_>, values: &[Value]) -> bool {
    match &atom.predicate {
        Predicate::Equal(list) => {
            values.iter().any(|x| list.iter().any(|l| is(x, l)))
                || (values.is_empty() && list.contains(&Value::Null))
        }
        Predicate::Outside(list) => values.iter().any(|x| !list.iter().any(|l| is(x, l))),
        Predicate::Text(Find::Inside, list) => some(values, list, |x, l| x.contains(l)),
        Predicate::Text(Find::Start, list) => some(values, list, |x, l| x.starts_with(l)),
        Predicate::Text(Find::End, list) => some(values, list, |x, l| x.ends_with(l)),
        Predicate::Text(Find::Fits, list) => some(values, list, crate::fits::fits),
        // Values of one type compare as numbers and days do.
        Predicate::Order(list) => values.iter().any(|x| {
            let line = atom.field.line().unwrap();
            let value = |at| line.value(at).unwrap();
            list.iter().any(|range| {
                range.start.is_none_or(|start| value(start.at) <= *x)
                    && range.end.is_none_or(|end| *x <= value(end.at))
            })
        }),
        Predicate::Words(text) => words(values, text),
        Predicate::Below(list) => values.iter().any(|x| list.contains(x)),
        Predicate::Set => !values.is_empty(),
        Predicate::Own(_, list) => values.iter().any(|x| list.contains(x)),
    }
}

/// A key is another that says no more of it.
fn is(x: &Value, wanted: &Value) -> bool {
    let (Value::Key(x), Value::Key(wanted)) = (x, wanted) else { return x == wanted };
    x.id == wanted.id
        && wanted.saas.is_none_or(|saas| x.saas == Some(saas))
        && wanted.inst.is_none_or(|inst| x.inst == Some(inst))
}

fn words(values: &[Value], text: &str) -> bool {
    text.split_whitespace().all(|word| some(values, &[word.to_owned()], |x, l| x.contains(l)))
}

fn some(values: &[Value], list: &[String], test: fn(&str, &str) -> bool) -> bool {
    let text = |x: &Value| match x {
        Value::Text(x) => Some(x.to_ascii_lowercase()),
        Value::Key(x) => Some(x.id.to_ascii_lowercase()),
        _ => None,
    };
    let passes = |x: String| list.iter().any(|l| test(&x, &l.to_ascii_lowercase()));
    values.iter().filter_map(text).any(passes)
}

/// What a filters object selects, read from its JSON by the table of `docs/api.md`, 2.
pub fn filters_select(filters: &Json, record: &Record, schema: &Schema, now: i64) -> bool {
    filters.as_object().unwrap().iter().all(|(name, operators)| {
        let field = schema.field(name).unwrap();
        let values = &record[&field.name];
        operators
            .as_object()
            .unwrap()
            .iter()
            .all(|(operator, operand)| operator_holds(field, operator, operand, values, now))
    })
}

/// As [`is`], of a value in JSON.
fn is_told(x: &Value, wanted: &Json) -> bool {
    let told = Json::from(x);
    match wanted.as_object() {
        Some(members) => members.iter().all(|(name, member)| told.get(name) == Some(member)),
        None => told == *wanted,
    }
}

/// A value of an order as filter JSON tells it.
fn told(field: &Field, operand: &Json) -> Value {
    let text = || operand.as_str().unwrap();
    match field.kind {
        Type::Double => Value::Double(Double::new(operand.as_f64().unwrap()).unwrap()),
        Type::Decimal => Value::Decimal(Decimal::read(text()).unwrap()),
        Type::Date => Value::Day(Day::read(text()).unwrap()),
        _ => Value::Int(operand.as_i64().unwrap()),
    }
}

fn operator_holds(
    field: &Field,
    operator: &str,
    operand: &Json,
    values: &[Value],
    now: i64,
) -> bool {
    let list: Vec<Json> = operand.as_array().cloned().unwrap_or_else(|| vec![operand.clone()]);
    let texts: Vec<String> = list.iter().filter_map(|x| x.as_str().map(str::to_owned)).collect();
    let equal = || {
        values.iter().any(|x| list.iter().any(|l| is_told(x, l)))
            || (values.is_empty() && list.contains(&Json::Null))
    };
    let number = || told(field, operand);
    let order = |test: &dyn Fn(&Value) -> bool| values.iter().any(test);
    const DAY: i64 = 86_400_000;
    // A date counts days from the day of now.
    let days_ago = |more: i64| {
        let days = operand.as_i64().unwrap();
        match field.kind {
            Type::Date => Value::Day(Day::new(now.div_euclid(DAY) - days - more).unwrap()),
            _ => Value::Int(now - days * DAY),
        }
    };
    match operator {
        "eq" => equal(),
        "neq" => !equal(),
        "contains" => some(values, &texts, |x, l| x.contains(l)),
        "ncontains" => !some(values, &texts, |x, l| x.contains(l)),
        "startswith" | "startswithsingle" => some(values, &texts, |x, l| x.starts_with(l)),
        "doesnotstartwith" => !some(values, &texts, |x, l| x.starts_with(l)),
        "endswith" => some(values, &texts, |x, l| x.ends_with(l)),
        "matches" => some(values, &texts, crate::fits::fits),
        "gt" => order(&|x| *x > number()),
        "gte" => order(&|x| *x >= number()),
        "lt" => order(&|x| *x < number()),
        "lte" => order(&|x| *x <= number()),
        "gte_ndays" => order(&|x| *x >= days_ago(0)),
        "lte_ndays" => order(&|x| *x <= days_ago(1)),
        "range" => order(&|x| {
            list.iter().any(|r| told(field, &r["start"]) <= *x && *x <= told(field, &r["end"]))
        }),
        "isset" => !values.is_empty(),
        "isnotset" => values.is_empty(),
        "text" => words(values, operand.as_str().unwrap()),
        "deq" => values.iter().any(|x| !list.iter().any(|l| is_told(x, l))),
        other => panic!("no operator {other}"),
    }
}
