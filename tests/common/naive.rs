//! `docs/language.md` a second time, as slowly and plainly as it can be said: records are sets of
//! values, a query is a formula, and every row of the operator table is one line.
//!
//! Nothing of the crate's own evaluation is used here, its folding of case included.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;

use tamis::fold::Find;
use tamis::query::{Atom, Node, Predicate};
use tamis::schema::Field;
use tamis::value::Value;

/// `r(f)` of section 2.1, by the name of the field.
pub type Sets = BTreeMap<String, Vec<Value>>;

/// ASCII letters in lower case, every other character as it is.
pub fn fold(text: &str) -> String {
    text.chars().map(|c| c.to_ascii_lowercase()).collect()
}

/// The text that operators on strings look at: of a key its id.
fn text(x: &Value) -> Option<String> {
    match x {
        Value::Text(text) => Some(fold(text)),
        Value::Key(key) => Some(fold(&key.id)),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Double(_)
        | Value::Decimal(_)
        | Value::Day(_) => None,
    }
}

/// A value that has an order: those of one type compare as numbers and days do.
fn number(x: &Value) -> Option<&Value> {
    match x {
        Value::Int(_) | Value::Double(_) | Value::Decimal(_) | Value::Day(_) => Some(x),
        Value::Null | Value::Bool(_) | Value::Text(_) | Value::Key(_) => None,
    }
}

/// `x` is the value `l` of a list.
pub fn same(x: &Value, l: &Value, ignores_case: bool) -> bool {
    let texts = |x: &str, l: &str| if ignores_case { fold(x) == fold(l) } else { x == l };
    match (x, l) {
        (Value::Text(x), Value::Text(l)) => texts(x, l),
        (Value::Key(x), Value::Key(l)) => {
            texts(&x.id, &l.id)
                && (l.saas.is_none() || x.saas == l.saas)
                && (l.inst.is_none() || x.inst == l.inst)
        }
        (Value::Key(x), Value::Text(l)) => texts(&x.id, l),
        (x, l) => x == l,
    }
}

/// True when the values of a field fulfil a core test.
pub fn test(field: &Field, xs: &[Value], predicate: &Predicate) -> bool {
    let some_text = |test: &dyn Fn(&str) -> bool| xs.iter().filter_map(text).any(|x| test(&x));
    let is = |x: &Value, list: &[Value]| list.iter().any(|l| same(x, l, field.ignores_case));
    match predicate {
        Predicate::Set => !xs.is_empty(),
        Predicate::Equal(list) => {
            xs.iter().any(|x| is(x, list)) || (xs.is_empty() && list.contains(&Value::Null))
        }
        Predicate::Outside(list) => xs.iter().any(|x| !is(x, list)),
        Predicate::Text(Find::Inside, list) => {
            list.iter().any(|l| some_text(&|x| x.contains(&fold(l))))
        }
        Predicate::Text(Find::Start, list) => {
            list.iter().any(|l| some_text(&|x| x.starts_with(&fold(l))))
        }
        Predicate::Text(Find::End, list) => {
            list.iter().any(|l| some_text(&|x| x.ends_with(&fold(l))))
        }
        Predicate::Text(Find::Fits, list) => {
            list.iter().any(|l| some_text(&|x| crate::fits::fits(x, &fold(l))))
        }
        Predicate::Words(words) => {
            words.split_whitespace().all(|word| some_text(&|x| x.contains(&fold(word))))
        }
        Predicate::Order(list) => xs.iter().filter_map(number).any(|x| {
            list.iter().any(|range| {
                let at = |at| field.line().unwrap().value(at).unwrap();
                range.start.is_none_or(|start| *x >= at(start.at))
                    && range.end.is_none_or(|end| *x <= at(end.at))
            })
        }),
        Predicate::Below(_) | Predicate::Own(..) => panic!("no record decides this"),
    }
}

/// True when a checked formula selects a record.
pub fn selects(node: &Node<'_>, record: &Sets) -> bool {
    match node {
        Node::All => true,
        Node::Nothing => false,
        Node::And(parts) => parts.iter().all(|part| selects(part, record)),
        Node::Or(parts) => parts.iter().any(|part| selects(part, record)),
        Node::Atom(atom) => atom_holds(atom, record),
    }
}

fn atom_holds(atom: &Atom<'_>, record: &Sets) -> bool {
    let xs = record.get(&atom.field.name).map_or(&[][..], Vec::as_slice);
    test(atom.field, xs, &atom.predicate) != atom.negated
}

/// A query as a test writes it, before there is any text.
#[derive(Clone, Debug)]
pub enum Wish {
    And(Vec<Wish>),
    Or(Vec<Wish>),
    Not(Box<Wish>),
    Clause(Clause),
}

/// One clause: a field, the operator as it is written, its operands.
#[derive(Clone, Debug)]
pub struct Clause {
    pub field: usize,
    pub operator: &'static str,
    pub values: Vec<Value>,
}

/// The instant of "now" in tests: 2026-11-01T12:00:00Z.
pub const NOW: i64 = 1_793_534_400_000;
pub const DAY: i64 = 86_400_000;

impl Wish {
    /// The query's text.
    pub fn write(&self, fields: &[Field]) -> String {
        let join = |parts: &[Wish], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| part.write(fields)).collect();
            format!("({})", parts.join(word))
        };
        match self {
            Wish::And(parts) => join(parts, " and "),
            Wish::Or(parts) => join(parts, " or "),
            Wish::Not(part) => format!("not {}", part.write(fields)),
            Wish::Clause(clause) => clause.write(&fields[clause.field].name),
        }
    }

    /// True when the query selects a record.
    pub fn selects(&self, fields: &[Field], record: &Sets) -> bool {
        match self {
            Wish::And(parts) => parts.iter().all(|part| part.selects(fields, record)),
            Wish::Or(parts) => parts.iter().any(|part| part.selects(fields, record)),
            Wish::Not(part) => !part.selects(fields, record),
            Wish::Clause(clause) => {
                let field = &fields[clause.field];
                let none = Vec::new();
                clause.holds(field, record.get(&field.name).unwrap_or(&none))
            }
        }
    }
}

impl Clause {
    fn write(&self, field: &str) -> String {
        let values: Vec<String> = self.values.iter().map(write_value).collect();
        match (self.operator, values.as_slice()) {
            ("between", [a, b]) => format!("{field} between {a} and {b}"),
            ("not between", [a, b]) => format!("{field} not between {a} and {b}"),
            (operator @ ("in last" | "older than"), [days]) => {
                format!("{field} {operator} {days} days")
            }
            (operator, []) => format!("{field} {operator}"),
            (operator, [one]) => format!("{field} {operator} {one}"),
            (operator, several) => format!("{field} {operator} ({})", several.join(", ")),
        }
    }

    /// The column "true when" of the operator table.
    fn holds(&self, field: &Field, xs: &[Value]) -> bool {
        let list = &self.values;
        let is = |x: &Value| list.iter().any(|l| same(x, l, field.ignores_case));
        let eq = || xs.iter().any(is) || (xs.is_empty() && list.contains(&Value::Null));
        let strings = |test: fn(&str, &str) -> bool| {
            xs.iter().filter_map(text).any(|x| list.iter().filter_map(text).any(|l| test(&x, &l)))
        };
        let numbers = |test: &dyn Fn(&Value) -> bool| xs.iter().filter_map(number).any(test);
        let operand = |place: usize| list.get(place).and_then(number).unwrap();
        let ago = || match operand(0) {
            Value::Int(days) => Value::Int(NOW - days * DAY),
            other => panic!("no number of days: {other}"),
        };
        match self.operator {
            "=" | "in" => eq(),
            "!=" | "not in" => !eq(),
            "deq" => xs.iter().any(|x| !is(x)),
            "contains" => strings(|x, l| x.contains(l)),
            "not contains" => !strings(|x, l| x.contains(l)),
            "starts with" => strings(|x, l| x.starts_with(l)),
            "does not start with" => !strings(|x, l| x.starts_with(l)),
            "ends with" => strings(|x, l| x.ends_with(l)),
            "does not end with" => !strings(|x, l| x.ends_with(l)),
            "matches" => strings(crate::fits::fits),
            "does not match" => !strings(crate::fits::fits),
            ">" => numbers(&|x| x > operand(0)),
            ">=" => numbers(&|x| x >= operand(0)),
            "<" => numbers(&|x| x < operand(0)),
            "<=" => numbers(&|x| x <= operand(0)),
            "between" => numbers(&|x| operand(0) <= x && x <= operand(1)),
            "not between" => !numbers(&|x| operand(0) <= x && x <= operand(1)),
            "in last" => numbers(&|x| *x >= ago()),
            "older than" => numbers(&|x| *x <= ago()),
            "is set" => !xs.is_empty(),
            "is not set" => xs.is_empty(),
            "text" => {
                let texts: Vec<String> = xs.iter().filter_map(text).collect();
                let words = list.first().and_then(text).unwrap();
                words.split_whitespace().all(|word| texts.iter().any(|x| x.contains(word)))
            }
            other => panic!("no operator {other}"),
        }
    }
}

/// A value as a query writes it.
fn write_value(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) | Value::Int(_) | Value::Double(_) | Value::Decimal(_) | Value::Day(_) => {
            value.to_string()
        }
        Value::Text(text) => serde_json::to_string(text).unwrap(),
        Value::Key(key) => {
            let part = |name: &str, part: Option<i64>| {
                part.map(|part| format!(", {name}: {part}")).unwrap_or_default()
            };
            let id = serde_json::to_string(&key.id).unwrap();
            format!("{{ id: {id}{}{} }}", part("saas", key.saas), part("inst", key.inst))
        }
    }
}
