//! Random schemas, queries and records for the property tests, made of one tape of numbers.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use std::fmt::Write as _;

use tamis::value::{Cardinality, Day, Decimal, Double, Key, Type, Value};
use tamis::{Options, Schema};

use crate::sets::Record;

/// Now is 2026-11-01T12:00:00Z.
pub fn options() -> Options {
    Options::at(tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap())
}

/// Choices that a random case is made of; past its end always the first.
pub struct Tape<'t>(pub std::slice::Iter<'t, u16>);

impl Tape<'_> {
    pub fn below(&mut self, count: usize) -> usize {
        usize::from(*self.0.next().unwrap_or(&0)) % count
    }

    pub fn of<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[self.below(list.len())]
    }
}

const TEXTS: &[&str] = &["a", "ab", "abc", "b", "bc", "c"];
const PATTERNS: &[&str] = &["a*", "*b", "a?*", "?", "*b*", "a*c", "", "abc", "*", "??*"];
const NUMBERS: &[&str] = &["1", "2", "3", "5"];
const KEYS: &[&str] = &[
    "{ id: a }",
    "{ id: a, saas: 1 }",
    "{ id: a, saas: 1, inst: 0 }",
    "{ id: a, inst: 2 }",
    "{ id: b }",
    "{ id: b, saas: 1 }",
];
const FRACTIONS: &[&str] = &["1", "1.5", "2.25", "0.1", "3", "-0.5"];
const DAYS: &[&str] = &["2026-10-01", "2026-10-20", "2026-10-25", "2026-11-01", "2026-11-02"];
const TIMES: &[&str] = &["2026-10-01T00:00Z", "2026-10-20", "2026-11-01T11:00Z"];

pub fn random_schema(tape: &mut Tape<'_>) -> Schema {
    let operators: &[(&str, &[&str])] = &[
        (
            "string",
            &[
                "eq",
                "neq",
                "contains",
                "ncontains",
                "startswith",
                "doesnotstartwith",
                "endswith",
                "matches",
                "isset",
                "isnotset",
                "deq",
                "startswithsingle",
                "text",
            ],
        ),
        ("integer", &["eq", "neq", "gt", "lte", "range", "isset", "isnotset", "deq", "gte", "lt"]),
        ("timestamp", &["gte", "lte", "range", "gte_ndays", "lte_ndays", "eq", "isset"]),
        ("boolean", &["eq", "neq", "isset"]),
        ("double", &["eq", "neq", "gt", "lte", "range", "isset", "isnotset", "deq", "gte", "lt"]),
        ("decimal", &["eq", "neq", "gt", "lte", "range", "isset", "isnotset", "deq", "gte", "lt"]),
        ("date", &["eq", "gte", "lte", "gt", "range", "gte_ndays", "lte_ndays", "isset"]),
        ("entity pk", &["eq", "neq", "deq", "isset", "isnotset", "startswith"]),
    ];
    let mut toml = String::from("name = \"random\"\n");
    for place in 0..4 {
        let (kind, all) = operators[tape.below(operators.len())];
        let cardinality = tape.of(&["one", "optional", "many"]);
        let mut listed: Vec<&str> = all.iter().filter(|_| tape.below(3) > 0).copied().collect();
        if listed.is_empty() {
            listed.push(all[0]);
        }
        let case =
            if kind == "string" && tape.below(8) == 7 { "case = \"insensitive\"\n" } else { "" };
        let _ = write!(
            toml,
            "[[field]]\nname = \"f{place}\"\ntype = \"{kind}\"\ncardinality = \"{cardinality}\"\noperators = {listed:?}\n{case}"
        );
    }
    Schema::from_toml(&toml).unwrap_or_else(|found| panic!("{toml}\n{found:?}"))
}

/// The smaller of two values first.
fn between(kind: Type, a: &str, b: &str) -> String {
    let number = |text: &str| text.parse::<f64>().unwrap_or_default();
    let swapped = match kind {
        Type::Double | Type::Decimal => number(b) < number(a),
        _ => b < a,
    };
    let (from, to) = if swapped { (b, a) } else { (a, b) };
    format!("between {from} and {to}")
}

fn quoted(pattern: &str) -> String {
    format!("\"{}\"", pattern)
}

pub fn random_clause(tape: &mut Tape<'_>, schema: &Schema) -> String {
    let field = &schema.fields()[tape.below(4)];
    let values = match field.kind {
        Type::Integer => NUMBERS,
        Type::Double | Type::Decimal => FRACTIONS,
        Type::Timestamp => TIMES,
        Type::Date => DAYS,
        Type::Boolean => &["true", "false"],
        Type::String => TEXTS,
        Type::EntityKey | Type::File | Type::Folder => KEYS,
    };
    let (a, b) = (tape.of(values), tape.of(values));
    let (s, t) = if field.kind.is_key() { (tape.of(TEXTS), tape.of(TEXTS)) } else { (a, b) };
    let (p, q) = (quoted(tape.of(PATTERNS)), quoted(tape.of(PATTERNS)));
    let forms = [
        format!("= {a}"),
        format!("in ({a}, {b})"),
        format!("!= {b}"),
        format!("contains {s}"),
        format!("not contains ({s}, {t})"),
        format!("starts with {s}"),
        format!("ends with {t}"),
        format!("starts with ({s}, {t})"),
        format!("matches {p}"),
        format!("does not match ({p}, {q})"),
        "is set".into(),
        "is not set".into(),
        "= null".into(),
        format!(">= {a}"),
        format!("< {b}"),
        between(field.kind, a, b),
        "in last 7 days".into(),
        "older than 20 days".into(),
        format!("deq {a}"),
        format!("text {s}"),
        format!("startswithsingle {t}"),
        format!("> {a}"),
        "> 2147483647".into(),
        "< -2147483648".into(),
        "in 10.16.0.0/15".into(),
        format!("not in ({s}, 10.0.0.0/8)"),
    ];
    let first = tape.below(forms.len());
    let fits = |form: &&String| {
        let text = format!("{} {form}", field.name);
        tamis::check(&tamis::parse(&text), schema, &options()).query.is_some()
    };
    let form = forms.iter().cycle().skip(first).take(forms.len()).find(fits);
    form.map_or_else(String::new, |form| format!("{} {form}", field.name))
}

pub fn random_query(tape: &mut Tape<'_>, schema: &Schema, depth: usize) -> String {
    if depth == 0 {
        return random_clause(tape, schema);
    }
    let parts = 1 + tape.below(if depth > 3 { 2 } else { 3 }).min(depth);
    let parts: Vec<String> = (0..parts)
        .map(|_| {
            let deeper = depth - 1 - tape.below(2).min(depth - 1);
            let not = if tape.below(4) == 3 { "not " } else { "" };
            format!("{not}({})", random_query(tape, schema, deeper))
        })
        .collect();
    parts.join(if depth.is_multiple_of(2) { " and " } else { " or " })
}

pub fn random_record(tape: &mut Tape<'_>, schema: &Schema) -> Record {
    let one = |tape: &mut Tape<'_>, kind: Type| match kind {
        Type::Integer => Value::Int(tape.below(7) as i64),
        Type::Double => Value::Double(Double::read(tape.of(FRACTIONS)).unwrap()),
        Type::Decimal => Value::Decimal(Decimal::read(tape.of(FRACTIONS)).unwrap()),
        Type::Date => Value::Day(Day::read(tape.of(DAYS)).unwrap()),
        Type::Timestamp => {
            let near = [
                "2026-10-01T00:00:00Z",
                "2026-10-20T00:00:00Z",
                "2026-11-01T11:00:00Z",
                "2026-10-25T12:00:00Z",
                "2026-10-12T12:00:00Z",
            ];
            Value::Int(
                tamis::time::read_rfc3339(tape.of(&near)).unwrap() + tape.below(3) as i64 - 1,
            )
        }
        Type::Boolean => Value::Bool(tape.below(2) == 1),
        Type::EntityKey | Type::File | Type::Folder => Value::Key(Box::new(Key {
            id: tape.of(&["a", "b", "c"]).into(),
            saas: [None, Some(1), Some(2)][tape.below(3)],
            inst: [None, Some(0), Some(2)][tape.below(3)],
        })),
        Type::String => Value::Text(
            tape.of(&[
                "a",
                "ab",
                "abc",
                "b",
                "bc",
                "c",
                "xbc",
                "abca",
                "x",
                "cb",
                "bb",
                "ca",
                "10.16.3.4",
                "10.17.0.1",
                "10.1.1.1",
            ])
            .into(),
        ),
    };
    let values = |tape: &mut Tape<'_>, field: &tamis::schema::Field| {
        let count = match field.cardinality {
            Cardinality::One => 1,
            Cardinality::Optional => tape.below(4).min(1),
            Cardinality::Many => tape.below(4),
        };
        (0..count).map(|_| one(tape, field.kind)).collect()
    };
    schema.fields().iter().map(|field| (field.name.clone(), values(tape, field))).collect()
}
