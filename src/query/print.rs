//! A checked formula as text that checks to the same meaning: for the part of a query that has to
//! be applied to what comes back.
//!
//! Law: what is printed reads back to a formula that selects the same records.

use std::borrow::Cow;

use super::{Atom, Bound, Form, Node, Predicate, Range};
use crate::ops::{Op, Test};
use crate::quote::{is_bare, quote, quoted};
use crate::schema::Field;
use crate::time::print_instant;
use crate::value::{Type, Value};

/// The formula in the language; `None` for a part that no record fulfils, which has no spelling.
pub(crate) fn print(node: &Node<'_>) -> Option<String> {
    match node {
        Node::All => Some(String::new()),
        Node::Nothing => None,
        Node::Atom(atom) => Some(print_atom(atom)),
        Node::And(parts) => join(parts, " and "),
        Node::Or(parts) => join(parts, " or "),
    }
}

fn join(parts: &[Node<'_>], connective: &str) -> Option<String> {
    let texts = parts.iter().map(|part| {
        let text = print(part)?;
        let grouped = parts.len() > 1 && matches!(part, Node::And(_) | Node::Or(_));
        Some(if grouped { format!("({text})") } else { text })
    });
    texts.collect::<Option<Vec<_>>>().map(|texts| texts.join(connective))
}

fn print_atom(atom: &Atom<'_>) -> String {
    let field = name(atom.field);
    let strings = |list: &[String]| listed(list.iter().map(|text| quote(text)).collect());
    let values =
        |list: &[Value]| listed(list.iter().map(|value| print_value(atom.field, value)).collect());
    match &atom.predicate {
        Predicate::Equal(list) => {
            let op = if atom.negated { Op::Neq } else { Op::Eq };
            let before_list = op.row().before_list.filter(|_| list.len() > 1);
            format!("{field} {} {}", before_list.unwrap_or(op.canonical()), values(list))
        }
        Predicate::Contains(list) => clause(&field, Op::Contains, atom.negated, &strings(list)),
        Predicate::Starts(list) => {
            clause(&field, starts(atom.field, list), atom.negated, &strings(list))
        }
        Predicate::Ends(list) => clause(&field, Op::Endswith, atom.negated, &strings(list)),
        Predicate::Order(list) => print_ranges(atom, &field, list),
        Predicate::Words(text) => clause(&field, Op::Text, atom.negated, &quoted(text)),
        Predicate::Below(list) => clause(&field, Op::Descendantof, atom.negated, &values(list)),
        Predicate::Outside(list) => clause(&field, Op::Deq, atom.negated, &values(list)),
        Predicate::Set => {
            let (op, other) =
                if atom.negated { (Op::Isnotset, Op::Isset) } else { (Op::Isset, Op::Isnotset) };
            let turned = atom.field.lists(other) && !atom.field.lists(op);
            if turned {
                format!("not {field} {}", other.canonical())
            } else {
                format!("{field} {}", op.canonical())
            }
        }
        Predicate::Own(operator, list) => {
            let not = if atom.negated { "not " } else { "" };
            format!("{not}{field} {operator} {}", values(list))
        }
    }
}

fn starts(field: &Field, list: &[String]) -> Op {
    let single =
        list.len() == 1 && !field.lists(Op::Startswith) && !field.lists(Op::Doesnotstartwith);
    if single { Op::Startswithsingle } else { Op::Startswith }
}

/// A condition, or its negation by the spelling that the table has for it.
fn clause(field: &str, op: Op, negated: bool, operand: &str) -> String {
    let complement = op.complement().filter(|_| !matches!(op.row().test, Test::Order(_)));
    let spelling = complement.map(Op::canonical).or_else(|| op.row().negated.first().copied());
    match (negated, spelling) {
        (false, _) => format!("{field} {} {operand}", op.canonical()),
        (true, Some(spelling)) => format!("{field} {spelling} {operand}"),
        (true, None) => format!("not {field} {} {operand}", op.canonical()),
    }
}

/// Ranges one by one: a row that only knows bounds has no lists of them.
fn print_ranges(atom: &Atom<'_>, field: &str, list: &[Range]) -> String {
    let texts: Vec<String> =
        list.iter().map(|range| print_range(atom.field, field, range)).collect();
    match (texts.as_slice(), atom.negated) {
        ([one], false) => one.clone(),
        ([one], true) => format!("not ({one})"),
        (_, negated) => format!("{}({})", if negated { "not " } else { "" }, texts.join(" or ")),
    }
}

fn print_range(row: &Field, field: &str, range: &Range) -> String {
    let bound = |bound: Bound| match row.kind {
        Type::Timestamp => instant(bound.at),
        Type::String
        | Type::Integer
        | Type::Boolean
        | Type::EntityKey
        | Type::File
        | Type::Folder => bound.at.to_string(),
    };
    let days = |op: Op, bound: Bound| match bound.form {
        Form::DaysAgo(days) => {
            Some(format!("{field} {}", op.canonical().replace('_', &days.to_string())))
        }
        Form::Inclusive | Form::Exclusive => None,
    };
    match (range.start, range.end) {
        (Some(start), Some(end)) if start == end && row.kind == Type::Timestamp => {
            format!("{field} = {}", bound(start))
        }
        (Some(start), Some(end)) => format!("{field} between {} and {}", bound(start), bound(end)),
        (Some(start), None) => {
            days(Op::GteNdays, start).unwrap_or_else(|| format!("{field} >= {}", bound(start)))
        }
        (None, Some(end)) => {
            days(Op::LteNdays, end).unwrap_or_else(|| format!("{field} <= {}", bound(end)))
        }
        (None, None) => format!("{field} is set"),
    }
}

/// An instant that means the same in every zone: a bare date does not.
fn instant(at: i64) -> String {
    let text = print_instant(at);
    let date =
        text.len() == "2026-11-01".len() && text.bytes().filter(|byte| *byte == b'-').count() == 2;
    if date { format!("{text}T00:00Z") } else { text }
}

fn listed(texts: Vec<Cow<'_, str>>) -> String {
    match texts.as_slice() {
        [one] => one.clone().into_owned(),
        _ => format!("({})", texts.join(", ")),
    }
}

fn name(field: &Field) -> Cow<'_, str> {
    let connective = ["and", "or", "not", "let", "order", "limit", "skip"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(&field.name));
    let bare =
        !connective && field.name.chars().all(is_bare) && !field.name.starts_with(['@', '$', '#']);
    if bare { Cow::Borrowed(&field.name) } else { Cow::Owned(quoted(&field.name)) }
}

/// A value by its label where that means it alone.
fn print_value<'v>(field: &'v Field, value: &'v Value) -> Cow<'v, str> {
    let label = field.values.as_ref().and_then(|values| {
        let label = &values.of(value)?.label;
        let mut meant = values.meant_by(label);
        (meant.next()?.value == *value && meant.next().is_none()).then_some(label)
    });
    match (value, label) {
        (Value::Null, _) => Cow::Borrowed("null"),
        (_, Some(label)) => quote(label),
        (Value::Text(text), None) => quote(text),
        (Value::Bool(_) | Value::Int(_), None) => Cow::Owned(value.to_string()),
        (Value::Key(key), None) => {
            let number = |name: &str, number: Option<i64>| {
                number.map(|number| format!(", {name}: {number}"))
            };
            let (saas, inst) = (number("saas", key.saas), number("inst", key.inst));
            Cow::Owned(format!(
                "{{ id: {}{}{} }}",
                quoted(&key.id),
                saas.unwrap_or_default(),
                inst.unwrap_or_default()
            ))
        }
    }
}
