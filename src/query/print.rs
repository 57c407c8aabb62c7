//! A checked formula as text that checks to the same meaning: for the part of a query that has to
//! be applied to what comes back.
//!
//! Law: what is printed reads back to a formula that selects the same records.

use std::borrow::Cow;
use std::net::Ipv4Addr;

use super::{Atom, Bound, Form, Node, Predicate, Range, spell};
use crate::fold::Find;
use crate::ops::{Op, Test};
use crate::quote::{quote, quote_name, quoted};
use crate::schema::Field;
use crate::time::{print_exact, print_instant};
use crate::value::{At, Line, Type, Value};

/// The formula in the language; `None` for a part that no record fulfils, which has no spelling.
pub(crate) fn print(node: &Node<'_>) -> Option<String> {
    match node {
        Node::All => Some(String::new()),
        Node::Nothing => None,
        Node::Atom(atom) => Some(print_atom(atom)),
        Node::And(parts) => join(parts, true),
        Node::Or(parts) => join(parts, false),
    }
}

/// All of the parts or any, without those that decide nothing.
fn join(parts: &[Node<'_>], all: bool) -> Option<String> {
    let mut kept = Vec::with_capacity(parts.len());
    for part in parts {
        match print(part) {
            None if all => return None,
            None => {}
            Some(text) if text.is_empty() && all => {}
            Some(text) if text.is_empty() => return Some(text),
            Some(text) => kept.push((text, matches!(part, Node::And(_) | Node::Or(_)))),
        }
    }
    match kept.len() {
        0 => all.then(String::new),
        1 => kept.pop().map(|(text, _)| text),
        _ => {
            let grouped = |(text, group)| if group { format!("({text})") } else { text };
            let texts: Vec<String> = kept.into_iter().map(grouped).collect();
            Some(texts.join(if all { " and " } else { " or " }))
        }
    }
}

fn print_atom(atom: &Atom<'_>) -> String {
    let field = quote_name(&atom.field.name);
    let strings = |list: &[String]| listed(list.iter().map(|text| quote(text)).collect());
    let values =
        |list: &[Value]| listed(list.iter().map(|value| print_value(atom.field, value)).collect());
    match &atom.predicate {
        Predicate::Equal(list) => {
            format!("{field} {} {}", equal(atom.negated, list.len()), values(list))
        }
        Predicate::Text(Find::Inside, list) => {
            clause(&field, Op::Contains, atom.negated, &strings(list))
        }
        Predicate::Text(Find::Start, list) => match networks(atom, list) {
            Some(networks) => format!("{field} {} {networks}", equal(atom.negated, list.len())),
            None => clause(&field, starts(atom.field, list), atom.negated, &strings(list)),
        },
        Predicate::Text(Find::End, list) => {
            clause(&field, Op::Endswith, atom.negated, &strings(list))
        }
        Predicate::Text(Find::Fits, list) => {
            clause(&field, Op::Matches, atom.negated, &strings(list))
        }
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

/// `=` or `in`, or what they are under negation.
fn equal(negated: bool, values: usize) -> &'static str {
    let op = if negated { Op::Neq } else { Op::Eq };
    op.row().before_list.filter(|_| values > 1).unwrap_or(op.canonical())
}

fn starts(field: &Field, list: &[String]) -> Op {
    let single =
        list.len() == 1 && !field.lists(Op::Startswith) && !field.lists(Op::Doesnotstartwith);
    if single { Op::Startswithsingle } else { Op::Startswith }
}

/// Dotted prefixes as the networks that they came from, on a row that knows no prefixes.
fn networks(atom: &Atom<'_>, list: &[String]) -> Option<String> {
    if spell::can_say(atom.field, atom.predicate.clone()) {
        return None;
    }
    let network = |prefix: &String| {
        let octets = prefix.strip_suffix('.')?;
        let given = octets.split('.').count();
        let missing = ".0".repeat(4_usize.checked_sub(given)?);
        let address: Ipv4Addr = format!("{octets}{missing}").parse().ok()?;
        Some(Cow::Owned(format!("{address}/{}", 8 * given)))
    };
    list.iter().map(network).collect::<Option<Vec<_>>>().map(listed)
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
    let said = |at: At| print_place(row, at);
    let dense = row.line().is_some_and(Line::is_dense);
    let days = |op: Op, bound: Bound| match bound.form {
        Form::DaysAgo(days) => {
            let unit = if days == 1 { "day" } else { "days" };
            Some(format!("{field} {}", op.canonical().replace('_', &format!("{days} {unit}"))))
        }
        Form::Inclusive | Form::Exclusive | Form::Ago(_) => None,
    };
    match (range.start, range.end) {
        (Some(start), Some(end)) if start == end && row.kind.is_time() => {
            format!("{field} = {}", print_exactly(row, start.at))
        }
        (Some(start), Some(end)) if dense && [start, end].iter().any(is_excluded) => {
            let start = print_range(row, field, &Range { start: Some(start), end: None });
            let end = print_range(row, field, &Range { start: None, end: Some(end) });
            format!("({start} and {end})")
        }
        (Some(start), Some(end)) => {
            format!("{field} between {} and {}", said(start.at), said(end.at))
        }
        (Some(start), None) => {
            days(Op::GteNdays, start).unwrap_or_else(|| match excluded(row, start, -1) {
                Some(start) => format!("{field} > {}", said(start)),
                None => format!("{field} >= {}", said(start.at)),
            })
        }
        (None, Some(end)) => {
            days(Op::LteNdays, end).unwrap_or_else(|| match excluded(row, end, 1) {
                Some(end) => format!("{field} < {}", said(end)),
                None => format!("{field} <= {}", said(end.at)),
            })
        }
        (None, None) => format!("{field} is set"),
    }
}

/// The place beside a bound, where it was written as excluded, or no number of the type is as far
/// out as the bound.
fn excluded(row: &Field, bound: Bound, step: At) -> Option<At> {
    let outside =
        row.kind == Type::Integer && !i64::try_from(bound.at).is_ok_and(|at| row.bits.holds(at));
    let at = bound.at.checked_add(step)?;
    (outside || is_excluded(&bound)).then_some(at)
}

fn is_excluded(bound: &Bound) -> bool {
    bound.form == Form::Exclusive
}

/// A place of a field's line as the language writes it.
fn print_place(row: &Field, at: At) -> String {
    let value = row.line().and_then(|line| line.value(at));
    match (row.kind, value) {
        (Type::Timestamp, Some(Value::Int(at))) => print_instant(at),
        (_, Some(value)) => value.to_string(),
        (_, None) => at.to_string(),
    }
}

/// A point of time, which an instant says to its last digit.
fn print_exactly(row: &Field, at: At) -> String {
    match (row.kind, i64::try_from(at)) {
        (Type::Timestamp, Ok(at)) => print_exact(at),
        _ => print_place(row, at),
    }
}

fn listed(texts: Vec<Cow<'_, str>>) -> String {
    match texts.as_slice() {
        [one] => one.clone().into_owned(),
        _ => format!("({})", texts.join(", ")),
    }
}

/// A value by its label where that means it alone.
fn print_value<'v>(field: &'v Field, value: &'v Value) -> Cow<'v, str> {
    let label = field.values.as_ref().and_then(|values| {
        let named = values.of(value)?;
        values.names(named).then_some(&named.label)
    });
    match (value, label) {
        (Value::Null, _) => Cow::Borrowed("null"),
        (_, Some(label)) => quote(label),
        (Value::Text(text), None) => quote(text),
        (
            Value::Bool(_) | Value::Int(_) | Value::Double(_) | Value::Decimal(_) | Value::Day(_),
            None,
        ) => Cow::Owned(value.to_string()),
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
