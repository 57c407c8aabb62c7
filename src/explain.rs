//! A query in plain English: a list of conditions, then what its fields are.
//!
//! Law: it says what the checked query means, not how it was written. Where a condition also holds
//! for a field that is not set, that is said.

use std::fmt::Write as _;

use crate::fold::Find;
use crate::query::spell::is_plain_boolean;
use crate::query::{Ascending, Atom, Bound, Form, Node, Predicate, Query, Range};
use crate::quote::quoted;
use crate::schema::Field;
use crate::time::Zone;
use crate::value::{At, Cardinality, Line, Type, Value};

/// Says a query in English, with dates in a zone.
///
/// ```
/// use tamis::{Options, Schema, Zone, explain::explain};
/// let schema = Schema::builtin("activities")?;
/// let now = tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap();
/// let parsed = tamis::parse("ip.category = Risky and date in last 7 days");
/// let query = tamis::check(&parsed, schema, &Options::at(now)).query.unwrap();
/// assert!(explain(&query, &Zone::default()).starts_with(
///     "Activities for which all of these hold:\n\
///      - ip.category is Risky (3)\n\
///      - date is from 25 October 2026, 12:00 UTC and later (7 days before now)\n"
/// ));
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn explain(query: &Query<'_>, zone: &Zone) -> String {
    let schema = query.schema();
    let records = if schema.title.is_empty() { &schema.name } else { &schema.title };
    let speaker = Speaker { zone };
    let mut out = match query.root() {
        Node::All => format!("{records}, all of them.\n"),
        Node::Nothing => format!("{records}: none at all.\n"),
        Node::Atom(atom) => format!("{records} for which {}.\n", speaker.atom(atom)),
        Node::And(parts) | Node::Or(parts) => {
            let mut out = format!("{records} for which {}:\n", joint(query.root()));
            parts.iter().for_each(|part| speaker.part(part, 0, &mut out));
            out
        }
    };
    out.push_str(&tail(query));
    out.push_str(&fields(query));
    out
}

/// A query of one condition in English, without what it is about: `ip.category is Risky (3)`.
pub(crate) fn condition(query: &Query<'_>, zone: &Zone) -> Option<String> {
    match query.root() {
        Node::Atom(atom) => Some(Speaker { zone }.atom(atom)),
        Node::And(parts) | Node::Or(parts) => {
            let all: Option<Vec<String>> = parts
                .iter()
                .map(|part| match part {
                    Node::Atom(atom) => Some(Speaker { zone }.atom(atom)),
                    Node::And(_) | Node::Or(_) | Node::All | Node::Nothing => None,
                })
                .collect();
            let word = if matches!(query.root(), Node::Or(_)) { " or " } else { " and " };
            all.map(|all| all.join(word))
        }
        Node::All | Node::Nothing => None,
    }
}

fn joint(node: &Node<'_>) -> &'static str {
    if matches!(node, Node::Or(_)) { "at least one of these holds" } else { "all of these hold" }
}

fn tail(query: &Query<'_>) -> String {
    let tail = query.tail();
    let mut out = String::new();
    // Writing to a string cannot fail.
    if let Some((field, direction)) = &tail.order {
        let way = match direction {
            Some(Ascending(true)) => ", smallest or earliest first",
            Some(Ascending(false)) => ", largest or latest first",
            None => "",
        };
        let _ = writeln!(out, "Sorted by {field}{way}.");
    }
    if let Some(limit) = tail.limit {
        let _ = writeln!(out, "At most {}.", counted(limit, "record"));
    }
    if let Some(skip) = tail.skip.filter(|skip| *skip > 0) {
        let _ = writeln!(
            out,
            "The first {} left out.",
            if skip == 1 { "is".into() } else { format!("{skip} are") }
        );
    }
    out
}

/// What the fields of the query are, each once.
fn fields(query: &Query<'_>) -> String {
    let mut seen = Vec::new();
    let mut out = String::new();
    for atom in query.root().atoms() {
        if seen.contains(&atom.field.id) || atom.field.description.is_empty() {
            continue;
        }
        seen.push(atom.field.id);
        let gap = if out.is_empty() { "\n" } else { "" };
        let _ = writeln!(out, "{gap}{}: {}", atom.field.name, atom.field.description);
    }
    out
}

fn counted(number: impl TryInto<u64>, what: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `a`, `a or b`, `a, b or c`.
fn either(items: &[String]) -> String {
    match items.split_last() {
        None => "nothing".into(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

struct Speaker<'z> {
    zone: &'z Zone,
}

impl Speaker<'_> {
    fn part(&self, node: &Node<'_>, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        match node {
            Node::All => out.push_str(&format!("{indent}- anything\n")),
            Node::Nothing => out.push_str(&format!("{indent}- nothing: this never holds\n")),
            Node::Atom(atom) => out.push_str(&format!("{indent}- {}\n", self.atom(atom))),
            Node::And(parts) | Node::Or(parts) => {
                out.push_str(&format!("{indent}- {}:\n", joint(node)));
                parts.iter().for_each(|part| self.part(part, depth + 1, out));
            }
        }
    }

    fn atom(&self, atom: &Atom<'_>) -> String {
        let field = atom.field;
        let name = &field.name;
        let test = self.test(field, &atom.predicate, atom.negated);
        // A test that must not pass holds where there is no value to pass it.
        let tests_null =
            matches!(&atom.predicate, Predicate::Equal(list) if list.contains(&Value::Null));
        let always_set = field.cardinality == Cardinality::One;
        let of_values = !matches!(atom.predicate, Predicate::Set);
        if atom.negated && of_values && !tests_null && !always_set {
            format!("{name} {test}, or is not set")
        } else {
            format!("{name} {test}")
        }
    }

    /// What is said of a field, its name before it.
    fn test(&self, field: &Field, predicate: &Predicate, negated: bool) -> String {
        let many = field.cardinality == Cardinality::Many;
        match predicate {
            Predicate::Equal(values) => self.equal(field, values, negated),
            Predicate::Outside(values) => {
                let has = if negated { "has no value" } else { "has a value" };
                format!("{has} other than {}", either(&self.values(field, values)))
            }
            Predicate::Text(find, list) => texts(list, many, negated, verb(*find)),
            Predicate::Order(list) => {
                let ranges: Vec<String> =
                    list.iter().map(|range| self.range(field, range)).collect();
                match (many, negated) {
                    (true, true) => format!("has no value that is {}", either(&ranges)),
                    (true, false) => format!("has a value that is {}", either(&ranges)),
                    (false, true) => format!("is not {}", either(&ranges)),
                    (false, false) => format!("is {}", either(&ranges)),
                }
            }
            Predicate::Words(text) => {
                let holds = if negated { "does not hold" } else { "holds" };
                format!("{holds} every word of {}, ignoring case", quoted(text))
            }
            Predicate::Below(values) => {
                let all = either(&self.values(field, values));
                if negated {
                    format!("is neither {all} nor anything below")
                } else {
                    format!("is {all}, or below")
                }
            }
            Predicate::Set => if negated { "is not set" } else { "is set" }.into(),
            Predicate::Own(operator, values) => {
                let passes = if negated { "does not pass" } else { "passes" };
                format!(
                    "{passes} the test `{operator}` with {}",
                    either(&self.values(field, values))
                )
            }
        }
    }

    fn equal(&self, field: &Field, values: &[Value], negated: bool) -> String {
        let unset = values.contains(&Value::Null);
        let set: Vec<Value> =
            values.iter().filter(|value| **value != Value::Null).cloned().collect();
        let many = field.cardinality == Cardinality::Many;
        if let ([Value::Bool(value)], true, true) =
            (set.as_slice(), negated, is_plain_boolean(field))
        {
            return format!("is {}", self.value(field, &Value::Bool(!value)));
        }
        let each = self.values(field, &set);
        let all = each.join(", ");
        let said = match (set.len(), many, negated) {
            (0, _, true) => return "is set".into(),
            (0, _, false) => return "is not set".into(),
            (1, true, false) => format!("has the value {all}"),
            (1, true, true) => format!("does not have the value {all}"),
            (1, false, false) => format!("is {all}"),
            (1, false, true) => format!("is not {all}"),
            (_, true, false) => format!("has at least one of {all}"),
            (_, true, true) => format!("has none of {all}"),
            (_, false, false) => format!("is one of {all}"),
            (_, false, true) => format!("is none of {all}"),
        };
        match (unset, negated) {
            (false, _) => said,
            (true, false) => format!("{said}, or is not set"),
            (true, true) => format!("{said}, and is set"),
        }
    }

    fn values(&self, field: &Field, values: &[Value]) -> Vec<String> {
        values.iter().map(|value| self.value(field, value)).collect()
    }

    /// A value by its label with the wire value behind it.
    fn value(&self, field: &Field, value: &Value) -> String {
        if let Some(named) = field.values.as_ref().and_then(|values| values.of(value)) {
            return format!("{} ({value})", named.label);
        }
        match value {
            Value::Null => "not set".into(),
            Value::Double(_) | Value::Decimal(_) => counted_in(field, value),
            Value::Bool(_) | Value::Day(_) => value.to_string(),
            Value::Int(number) => self.number(field, (*number).into()),
            Value::Text(text) => quoted(text),
            Value::Key(key) => {
                let parts = [("app", key.saas), ("instance", key.inst)];
                let parts = parts
                    .iter()
                    .filter_map(|(name, number)| number.map(|number| format!(", {name} {number}")));
                format!("the key with id {}{}", quoted(&key.id), parts.collect::<String>())
            }
        }
    }

    /// A place on the field's line.
    fn number(&self, field: &Field, at: At) -> String {
        let value = field.line().and_then(|line| line.value(at));
        match (field.kind, value) {
            (Type::Timestamp, Some(Value::Int(at))) => self.zone.say(at),
            (_, Some(value)) => counted_in(field, &value),
            (_, None) => at.to_string(),
        }
    }

    /// What lies within a range, after "is".
    fn range(&self, field: &Field, range: &Range) -> String {
        let time = field.kind.is_time();
        match (range.start, range.end) {
            (None, None) => "set".into(),
            (Some(bound), None) => {
                let words = if time { ["on or after", "after"] } else { ["at least", "more than"] };
                self.bound(field, bound, -1, words)
            }
            (None, Some(bound)) => {
                let words =
                    if time { ["on or before", "before"] } else { ["at most", "less than"] };
                self.bound(field, bound, 1, words)
            }
            (Some(start), Some(end)) if start == end => {
                format!("exactly {}", self.number(field, start.at))
            }
            (Some(start), Some(end)) if self.excludes(field, start, end) => {
                let start = self.range(field, &Range { start: Some(start), end: None });
                let end = self.range(field, &Range { start: None, end: Some(end) });
                format!("{start} and {end}")
            }
            (Some(start), Some(end)) => {
                let ends = i64::try_from(start.at).ok().zip(i64::try_from(end.at).ok());
                let ends = ends.filter(|_| field.kind == Type::Timestamp);
                match ends.and_then(|(start, end)| self.zone.say_day(start, end)) {
                    Some(day) => format!("on {day}"),
                    None => {
                        let (from, to) = (self.number(field, start.at), self.number(field, end.at));
                        format!("from {from} to {to}, both included")
                    }
                }
            }
        }
    }

    /// True of ends of which one is excluded and has no neighbour that could stand for it.
    fn excludes(&self, field: &Field, start: Bound, end: Bound) -> bool {
        let dense = field.line().is_some_and(Line::is_dense);
        dense && [start, end].iter().any(|bound| bound.form == Form::Exclusive)
    }

    /// A bound as it was written: included, or its neighbour `outside` of the range.
    fn bound(
        &self,
        field: &Field,
        bound: Bound,
        outside: At,
        [included, excluded]: [&str; 2],
    ) -> String {
        match bound.form {
            Form::Inclusive => format!("{included} {}", self.number(field, bound.at)),
            Form::Exclusive => {
                format!("{excluded} {}", self.number(field, bound.at.saturating_add(outside)))
            }
            Form::DaysAgo(days) => self.window(field, bound.at, included, &counted(days, "day")),
            Form::Ago(length) => self.window(field, bound.at, included, &length.to_string()),
        }
    }
}

/// A number with the unit that the field counts in.
fn counted_in(field: &Field, value: &Value) -> String {
    match field.unit {
        Some(unit) => format!("{value} {}", unit.name),
        None => value.to_string(),
    }
}

/// How a text test is said of one value and of several, or under negation.
fn verb(find: Find) -> [&'static str; 2] {
    match find {
        Find::Inside => ["contains", "contain"],
        Find::Start => ["starts with", "start with"],
        Find::End => ["ends with", "end with"],
        Find::Fits => ["fits the pattern", "fit the pattern"],
    }
}

impl Speaker<'_> {
    /// A window that begins or ends so long before now.
    fn window(&self, field: &Field, at: At, included: &str, length: &str) -> String {
        let at = self.number(field, at);
        match included {
            "on or after" => format!("from {at} and later ({length} before now)"),
            _ => format!("{included} {at} ({length} before now)"),
        }
    }
}

fn texts(list: &[String], many: bool, negated: bool, [does, do_]: [&str; 2]) -> String {
    let all: Vec<String> = list.iter().map(|text| quoted(text)).collect();
    let all = either(&all);
    match (many, negated) {
        (true, true) => format!("has no value that {does} {all}, ignoring case"),
        (true, false) => format!("has a value that {does} {all}, ignoring case"),
        (false, true) => format!("does not {do_} {all}, ignoring case"),
        (false, false) => format!("{does} {all}, ignoring case"),
    }
}
