//! The matcher against cases reasoned by hand, and against a second, naive evaluator on random
//! schemas, records and queries.

mod common;
#[path = "common/fits.rs"]
mod fits;
#[path = "common/naive.rs"]
mod naive;

use std::fmt::Write as _;

use naive::{Clause, DAY, NOW, Sets, Wish};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::FileFailurePersistence;
use serde_json::{Map, Value as Json, json};
use tamis::matcher::{Layout, Line, Matcher, Members, Raw, Reading};
use tamis::schema::Field;
use tamis::value::{Cardinality, Day, Decimal, Double, Key, Type, Value};
use tamis::{Options, Schema};

fn options() -> Options {
    Options::at(NOW)
}

/// What the matcher says of a record, from both sources; they have to agree.
fn both(matcher: &Matcher, record: &Json, text: &str) -> bool {
    let members = Members::of(matcher.readings());
    let line = Line::read(text, &members).unwrap_or_else(|wrong| panic!("{wrong}: {text}"));
    let raw = matcher.matches(line.record());
    assert_eq!(matcher.matches(record), raw, "parsed and raw differ on {text}");
    let trace = matcher.explain(record);
    assert_eq!(trace.selected, raw);
    assert_eq!(trace, matcher.explain(line.record()));
    raw
}

/// Lines `{"query", "record", "expected", "why"}`, with `"schema"` and `"layout"` where they are
/// not `activities` and `nested`.
#[test]
fn cases_reasoned_by_hand() {
    let own = ["tickets", "times"]
        .map(|name| Schema::from_toml(&common::read(&format!("matcher/{name}.toml"))).unwrap());
    let cases = common::jsonl("matcher/cases.jsonl");
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut wrong = String::new();
    for case in cases {
        let name = case["schema"].as_str().unwrap_or("activities");
        let schema = own.iter().find(|schema| schema.name == name);
        let schema = schema.unwrap_or_else(|| Schema::builtin(name).unwrap());
        let layout = if case["layout"] == "flat" { Layout::Flat } else { Layout::Nested };
        let checked =
            tamis::check(&tamis::parse(case["query"].as_str().unwrap()), schema, &options());
        let query = checked.query.unwrap_or_else(|| panic!("{case}: {:?}", checked.diagnostics));
        let matcher =
            Matcher::new(&query, layout).unwrap_or_else(|found| panic!("{case}: {found:?}"));
        let selected = both(&matcher, &case["record"], &case["record"].to_string());
        if selected != case["expected"] {
            writeln!(wrong, "{case}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_no_record_decides_is_refused() {
    for (schema, query, layout) in [
        ("files", "policy cabinetmatchedrulesequals p1", Layout::Flat),
        ("activities", "policy = p1 and service = Box", Layout::Nested),
    ] {
        let query =
            tamis::check(&tamis::parse(query), Schema::builtin(schema).unwrap(), &options())
                .query
                .unwrap();
        let found = Matcher::new(&query, layout).unwrap_err();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code.id(), "T0502");
        assert_eq!(found[0].span.start, 0);
    }
}

/// Of a line, whatever serde_json says of it as an object is true.
#[test]
fn lines_that_are_no_records_are_refused() {
    let deep = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    let lines = [
        "",
        "{",
        "}",
        "{}",
        " {} ",
        "{}}",
        "{} {}",
        "[]",
        "1",
        "null",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":tru}",
        "{\"a\":true}\r",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\ud83d\\ude00\"}",
        "{\"a\":\"\\uD83D x\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":{\"b\":1}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1}x",
        "{\"a\":\"\\u12\"}",
        "{\"\\x\":1}",
        "{\"a\":NaN}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":\"}",
        "\u{feff}{}",
        &deep(126),
        &deep(127),
        &deep(100_000),
    ];
    for line in lines {
        let expected = serde_json::from_str::<Map<String, Json>>(line).is_ok();
        for members in [Members::default(), Members::of(readings().iter())] {
            let shown: String = line.chars().take(40).collect();
            assert_eq!(Line::read(line, &members).is_ok(), expected, "{shown}");
        }
    }
}

fn readings() -> Vec<Reading> {
    let schema = Schema::from_toml(&common::read("matcher/tickets.toml")).unwrap();
    schema.fields().iter().filter_map(|field| Reading::new(field, Layout::Nested)).collect()
}

#[test]
fn the_later_of_two_members_counts() {
    let schema = Schema::builtin("activities").unwrap();
    let text = r#"{"appId": 1, "location": {"category": 3, "category": 1}, "appId": 10489}"#;
    for (query, expected) in
        [("service = Box", true), ("ip.category = Risky", false), ("ip.category = 1", true)]
    {
        let query = tamis::check(&tamis::parse(query), schema, &options()).query.unwrap();
        let matcher = Matcher::new(&query, Layout::Nested).unwrap();
        assert_eq!(both(&matcher, &serde_json::from_str(text).unwrap(), text), expected);
    }
}

const KINDS: [Type; 9] = [
    Type::String,
    Type::Integer,
    Type::Boolean,
    Type::Timestamp,
    Type::EntityKey,
    Type::File,
    Type::Double,
    Type::Decimal,
    Type::Date,
];

/// A random row: type, cardinality, place in the record, whether case is ignored, whether `null` is named.
type Row = (Type, Cardinality, usize, bool, bool);

fn row() -> impl Strategy<Value = Row> {
    let cardinality = select(&[Cardinality::One, Cardinality::Optional, Cardinality::Many][..]);
    (select(&KINDS[..]), cardinality, 0..PATHS.len(), any::<bool>(), any::<bool>())
}

/// Where a field stands; `#` is its number.
const PATHS: [&str; 6] = ["f#", "a.f#", "list.f#", "a.b.c#", "list.inner.f#", "f# b.f#"];

fn toml(rows: &[Row]) -> String {
    let mut text = String::from("name = \"random\"\n");
    for (place, (kind, cardinality, path, ignores_case, names_null)) in rows.iter().enumerate() {
        let operators = match kind {
            Type::String => {
                r#""eq", "neq", "contains", "ncontains", "startswith", "doesnotstartwith", "endswith", "matches", "isset", "isnotset", "deq", "text""#
            }
            Type::Date => r#""gt", "gte", "lt", "lte", "range", "isset", "isnotset""#,
            Type::Integer | Type::Double | Type::Decimal => {
                r#""eq", "neq", "gt", "gte", "lt", "lte", "range", "isset", "isnotset", "deq""#
            }
            Type::Timestamp => {
                r#""gt", "gte", "lt", "lte", "range", "gte_ndays", "lte_ndays", "isset", "isnotset""#
            }
            Type::Boolean => r#""eq", "neq", "isset", "isnotset""#,
            Type::EntityKey | Type::File | Type::Folder => {
                r#""eq", "neq", "startswith", "isset", "isnotset", "deq""#
            }
        };
        // Of one value at most, the path says where lists are walked.
        let marked = |path: &str| match cardinality {
            Cardinality::Many => path.to_owned(),
            Cardinality::One | Cardinality::Optional => {
                path.replace("list.", "list[].").replace("inner.", "inner[].")
            }
        };
        let paths: Vec<String> = PATHS[*path]
            .split(' ')
            .map(|path| marked(path).replace('#', &place.to_string()))
            .collect();
        let cardinality = format!("{cardinality:?}").to_lowercase();
        write!(
            text,
            "[[field]]\nname = \"n.{place}\"\ntype = \"{}\"\ncardinality = \"{cardinality}\"\noperators = [{operators}]\nrecord = {paths:?}\n",
            kind.name()
        )
        .unwrap();
        if kind.is_key() {
            text.push_str("record_key = { id = \"key\", saas = \"app\", inst = \"number\" }\n");
        }
        if *ignores_case && *kind == Type::String {
            text.push_str("case = \"insensitive\"\n");
        }
        if *names_null && *kind == Type::String {
            text.push_str("open = true\nvalues = [{ null = true, label = \"Nothing at all\" }]\n");
        }
    }
    text
}

const TEXTS: [&str; 16] = [
    "a",
    "A",
    "b",
    "ab",
    "AB",
    "bA",
    "é",
    "É",
    "a b",
    "aé",
    "0",
    "17",
    "true",
    "x\"y\\",
    "\u{1f600}B",
    "K",
];
const DAYS: [i64; 4] = [0, 1, 7, 30];

fn value(kind: Type) -> BoxedStrategy<Value> {
    let text = select(&TEXTS[..]).prop_map(str::to_owned);
    match kind {
        Type::String => text.prop_map(Value::Text).boxed(),
        Type::Integer => {
            select(vec![-1, 0, 1, 2, 3, 17, i64::from(i32::MAX)]).prop_map(Value::Int).boxed()
        }
        Type::Double => {
            let numbers = ["-1", "0", "0.1", "0.30000000000000004", "1.5", "17", "1e300", "5e-324"];
            let read = |text| Value::Double(Double::read(text).unwrap());
            select(numbers.to_vec()).prop_map(read).boxed()
        }
        Type::Decimal => {
            let numbers = ["-1", "0", "0.1", "1.5", "17", "0.000000001", "12345678901234567890.5"];
            let read = |text| Value::Decimal(Decimal::read(text).unwrap());
            select(numbers.to_vec()).prop_map(read).boxed()
        }
        Type::Date => {
            let days = ["0001-01-01", "2024-02-29", "2026-10-31", "2026-11-01", "9999-12-31"];
            select(days.to_vec()).prop_map(|text| Value::Day(Day::read(text).unwrap())).boxed()
        }
        Type::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
        Type::Timestamp => (select(&DAYS[..]), -1_i64..=1)
            .prop_map(|(days, off)| Value::Int(NOW - days * DAY + off))
            .boxed(),
        Type::EntityKey | Type::File | Type::Folder => {
            (text, proptest::option::of(0_i64..2), proptest::option::of(0_i64..2))
                .prop_map(|(id, saas, inst)| Value::Key(Box::new(Key { id, saas, inst })))
                .boxed()
        }
    }
}

/// The operators that compare values of a type.
fn comparisons(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::Boolean => &["=", "!="],
        Type::Timestamp | Type::Date => &[">", ">=", "<", "<="],
        Type::Integer | Type::Double | Type::Decimal => {
            &["in", "not in", "=", "!=", "deq", ">", ">=", "<", "<="]
        }
        Type::String => &[
            "in",
            "not in",
            "=",
            "!=",
            "deq",
            "contains",
            "not contains",
            "starts with",
            "does not start with",
            "ends with",
            "does not end with",
            "matches",
            "does not match",
            "text",
        ],
        Type::EntityKey | Type::File | Type::Folder => {
            &["in", "not in", "=", "!=", "deq", "starts with", "does not start with"]
        }
    }
}

/// A text as a pattern with something left open.
fn open(value: &mut Value) {
    if let Value::Text(text) = value {
        let with = if text.len() % 2 == 0 { '*' } else { '?' };
        *text = fits::opened(text, text.len() / 2, with);
    }
}

fn clause(rows: Vec<Row>) -> impl Strategy<Value = Wish> {
    (0..rows.len()).prop_flat_map(move |field| {
        let (kind, _, _, _, names_null) = rows[field];
        let lists = comparisons(kind);
        let compare = (select(lists), prop::collection::vec(value(kind), 1..4), any::<bool>());
        let compare = compare.prop_map(move |(operator, mut values, null)| {
            let strings = operator.contains("with") || operator.contains("contains");
            let one = matches!(operator, "=" | "!=" | ">" | ">=" | "<" | "<=" | "text");
            if one {
                values.truncate(1);
            }
            if operator.contains("match") {
                values.iter_mut().for_each(open);
            }
            if strings {
                values.iter_mut().for_each(|value| {
                    if let Value::Key(key) = value {
                        *value = Value::Text(key.id.clone());
                    }
                });
            }
            let null =
                null && names_null && kind == Type::String && matches!(operator, "in" | "not in");
            values.extend(null.then_some(Value::Null));
            Clause { field, operator, values }
        });
        let set = select(&["is set", "is not set"][..]).prop_map(move |operator| Clause {
            field,
            operator,
            values: vec![],
        });
        let null = select(&["=", "!="][..]).prop_map(move |operator| Clause {
            field,
            operator,
            values: vec![Value::Null],
        });
        let pair = (select(&["between", "not between"][..]), value(kind), value(kind)).prop_map(
            move |(operator, a, b)| {
                let values = if a <= b { vec![a, b] } else { vec![b, a] };
                Clause { field, operator, values }
            },
        );
        let days = (select(&["in last", "older than"][..]), select(&DAYS[1..])).prop_map(
            move |(operator, days)| Clause { field, operator, values: vec![Value::Int(days)] },
        );
        match kind {
            Type::Timestamp => {
                prop_oneof![4 => compare, 1 => set, 1 => null, 2 => pair, 2 => days].boxed()
            }
            Type::Date => prop_oneof![4 => compare, 1 => set, 1 => null].boxed(),
            Type::Integer | Type::Double | Type::Decimal => {
                prop_oneof![4 => compare, 1 => set, 1 => null, 1 => pair].boxed()
            }
            Type::String | Type::Boolean | Type::EntityKey | Type::File | Type::Folder => {
                prop_oneof![5 => compare, 1 => set, 1 => null].boxed()
            }
        }
        .prop_map(Wish::Clause)
    })
}

/// A formula of that depth. Along one branch it is as deep as asked, beside it shallow.
fn wish(rows: &[Row], depth: usize) -> BoxedStrategy<Wish> {
    if depth == 0 {
        return clause(rows.to_vec()).boxed();
    }
    let beside = prop::collection::vec(wish(rows, (depth - 1).min(1)), 1..3);
    let parts = (wish(rows, depth - 1), beside, any::<prop::sample::Index>());
    let joined = (parts, 0..5).prop_map(|((deep, mut parts, place), kind)| {
        parts.insert(place.index(parts.len() + 1), deep);
        match kind {
            0 | 1 => Wish::And(parts),
            2 | 3 => Wish::Or(parts),
            _ => Wish::Not(Box::new(if parts.len() == 2 {
                Wish::And(parts)
            } else {
                Wish::Or(parts)
            })),
        }
    });
    joined.boxed()
}

/// The values of every field, and numbers that decide how they are written down.
fn record(rows: &[Row]) -> impl Strategy<Value = (Vec<Vec<Value>>, Vec<u8>)> + use<> {
    let sets: Vec<_> = rows
        .iter()
        .map(|(kind, cardinality, ..)| {
            let size = match cardinality {
                Cardinality::One => 1..=1,
                Cardinality::Optional => 0..=1,
                Cardinality::Many => 0..=3,
            };
            prop::collection::vec(value(*kind), size)
        })
        .collect();
    (sets, prop::collection::vec(any::<u8>(), 64))
}

/// Chooses how things are written, one number at a time.
struct Dice<'d>(std::iter::Cycle<std::slice::Iter<'d, u8>>);

impl Dice<'_> {
    fn roll(&mut self, sides: u8) -> u8 {
        *self.0.next().unwrap() % sides
    }
}

/// A value in one of the forms that the row's type reads.
fn written(kind: Type, value: &Value, members: [&str; 3], dice: &mut Dice<'_>) -> Json {
    match (kind, value) {
        (Type::Timestamp, Value::Int(at)) => match dice.roll(3) {
            0 => json!(at),
            1 => json!(at.to_string()),
            _ => json!(chrono::DateTime::from_timestamp_millis(*at).unwrap().to_rfc3339()),
        },
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        (_, Value::Int(number)) => match dice.roll(4) {
            0 => json!(number.to_string()),
            1 => json!(*number as f64),
            _ => json!(number),
        },
        (_, Value::Double(number)) => match dice.roll(3) {
            0 => json!(number.to_string()),
            _ => json!(number.get()),
        },
        // A number of few digits, or text, which may have zeros at its end.
        (_, Value::Decimal(number)) => match (dice.roll(3), number.to_string()) {
            (0, text) if text.len() < 15 => json!(text.parse::<f64>().unwrap()),
            (1, text) if text.contains('.') => json!(format!("{text}0")),
            (_, text) => json!(text),
        },
        (_, Value::Text(text)) if dice.roll(3) == 0 => match text.as_str() {
            "true" => json!(true),
            "0" => json!(0),
            "17" => json!(17),
            text => json!(text),
        },
        (_, Value::Key(key)) if key.saas.is_none() && key.inst.is_none() && dice.roll(2) == 0 => {
            json!(key.id)
        }
        (_, Value::Key(key)) => {
            let mut object = Map::from_iter([
                ("other".to_owned(), json!(1)),
                (members[0].to_owned(), json!(key.id)),
            ]);
            for (name, part) in [(members[1], key.saas), (members[2], key.inst)] {
                let text = dice.roll(2) == 0;
                object.extend(part.map(|part| {
                    (name.to_owned(), if text { json!(part.to_string()) } else { json!(part) })
                }));
            }
            object.into()
        }
        (_, value) => Json::from(value),
    }
}

/// All values of a field as one JSON value, or as none, with noise that fits no type.
fn set_written(
    kind: Type,
    cardinality: Cardinality,
    values: &[Value],
    members: [&str; 3],
    dice: &mut Dice<'_>,
) -> Option<Json> {
    let mut list: Vec<Json> =
        values.iter().map(|value| written(kind, value, members, dice)).collect();
    if list.is_empty() {
        return [None, Some(json!(null)), Some(json!([])), Some(json!([null, []]))]
            [usize::from(dice.roll(4))]
        .clone();
    }
    // A list is no value of a field that has one at most.
    if list.len() == 1 && (cardinality != Cardinality::Many || dice.roll(2) == 0) {
        return list.pop();
    }
    match dice.roll(4) {
        0 => list.push(Json::Null),
        1 if kind != Type::String && !kind.is_key() => list.push(json!("TEXT")),
        2 => list.push(json!([])),
        _ => {}
    }
    if dice.roll(4) == 0 {
        let first = list.remove(0);
        list.push(json!([first]));
    }
    Some(list.into())
}

fn member<'j>(object: &'j mut Json, name: &str) -> &'j mut Json {
    object.as_object_mut().unwrap().entry(name).or_insert_with(|| json!({}))
}

fn nested(rows: &[Row], sets: &[Vec<Value>], dice: &mut Dice<'_>) -> Json {
    const MEMBERS: [&str; 3] = ["key", "app", "number"];
    let mut record = json!({"_id": "x", "list": [{"other": "a"}, null], "a": {"b": {}}, "b": {}});
    for (place, ((kind, cardinality, path, ..), values)) in rows.iter().zip(sets).enumerate() {
        let number = place.to_string();
        let (name, deep) = (format!("f{number}"), format!("c{number}"));
        match PATHS[*path] {
            "list.f#" | "list.inner.f#" => {
                for value in values {
                    let value = written(*kind, value, MEMBERS, dice);
                    let element = if PATHS[*path] == "list.f#" {
                        json!({name.as_str(): value})
                    } else {
                        json!({"inner": [{name.as_str(): value}]})
                    };
                    record["list"].as_array_mut().unwrap().push(element);
                }
            }
            "f# b.f#" => {
                let (here, there) = values.split_at(values.len() / 2);
                if let Some(value) = set_written(*kind, *cardinality, here, MEMBERS, dice) {
                    record[&name] = value;
                }
                if let Some(value) = set_written(*kind, *cardinality, there, MEMBERS, dice) {
                    member(&mut record, "b")[&name] = value;
                }
            }
            shape => {
                let Some(value) = set_written(*kind, *cardinality, values, MEMBERS, dice) else {
                    continue;
                };
                match shape {
                    "f#" => record[&name] = value,
                    "a.f#" => member(&mut record, "a")[&name] = value,
                    _ => member(member(&mut record, "a"), "b")[&deep] = value,
                }
            }
        }
    }
    record
}

fn flat(rows: &[Row], sets: &[Vec<Value>], dice: &mut Dice<'_>) -> Json {
    let mut record = Map::new();
    for (place, ((kind, cardinality, ..), values)) in rows.iter().zip(sets).enumerate() {
        let value = set_written(*kind, *cardinality, values, ["id", "saas", "inst"], dice);
        record.extend(value.map(|value| (format!("n.{place}"), value)));
    }
    record.into()
}

/// A record as text: compact, spread, or without any character beyond ASCII.
fn text(record: &Json, dice: &mut Dice<'_>) -> String {
    match dice.roll(3) {
        0 => record.to_string(),
        1 => format!(" {:#} ", record),
        _ => record.to_string().chars().fold(String::new(), |mut out, c| {
            if c.is_ascii() {
                out.push(c);
            } else {
                c.encode_utf16(&mut [0; 2])
                    .iter()
                    .for_each(|unit| write!(out, "\\u{unit:04x}").unwrap());
            }
            out
        }),
    }
}

type Draw = (Vec<Row>, Wish, Vec<(Vec<Vec<Value>>, Vec<u8>)>);

fn draw() -> impl Strategy<Value = Draw> {
    prop::collection::vec(row(), 1..5).prop_flat_map(|rows| {
        let records = prop::collection::vec(record(&rows), 50);
        (Just(rows.clone()), (0_usize..9).prop_flat_map(move |depth| wish(&rows, depth)), records)
    })
}

fn compare((rows, wish, records): &Draw) {
    let schema =
        Schema::from_toml(&toml(rows)).unwrap_or_else(|found| panic!("{found:?}\n{}", toml(rows)));
    let fields: &[Field] = schema.fields();
    let written = wish.write(fields);
    let checked = tamis::check(&tamis::parse(&written), &schema, &options());
    let query = checked.query.unwrap_or_else(|| panic!("{written}: {:?}", checked.diagnostics));
    let matchers =
        [Layout::Nested, Layout::Flat].map(|layout| Matcher::new(&query, layout).unwrap());
    for (sets, numbers) in records {
        let names = fields.iter().map(|field| field.name.clone());
        let record: Sets = names.zip(sets.iter().cloned()).collect();
        let expected = wish.selects(fields, &record);
        assert_eq!(
            naive::selects(query.root(), &record),
            expected,
            "checked: {written}\n{record:?}"
        );
        assert_eq!(
            naive::selects(query.normal(), &record),
            expected,
            "normal form: {written}\n{record:?}\n{:?}",
            query.normal()
        );
        let mut dice = Dice(numbers.iter().cycle());
        let shapes = [nested(rows, sets, &mut dice), flat(rows, sets, &mut dice)];
        for (matcher, shape) in matchers.iter().zip(shapes) {
            let selected = both(matcher, &shape, &text(&shape, &mut dice));
            assert_eq!(selected, expected, "{written}\n{shape}\n{}", toml(rows));
        }
    }
}

impl Wish {
    fn depth(&self) -> usize {
        match self {
            Wish::And(parts) | Wish::Or(parts) => {
                1 + parts.iter().map(Wish::depth).max().unwrap_or(0)
            }
            Wish::Not(part) => 1 + part.depth(),
            Wish::Clause(_) => 0,
        }
    }
}

/// The comparison below is worth something only while queries are deep and decide something.
#[test]
fn random_queries_are_deep_and_select_some_records_and_not_others() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut deep, mut decisive, mut selected) = (0, 0, 0);
    for _ in 0..400 {
        let (rows, wish, records) = draw().new_tree(&mut runner).unwrap().current();
        let schema = Schema::from_toml(&toml(&rows)).unwrap();
        let names = || schema.fields().iter().map(|field| field.name.clone());
        let selects = |sets: &Vec<Vec<Value>>| {
            wish.selects(schema.fields(), &names().zip(sets.iter().cloned()).collect())
        };
        let count = records.iter().filter(|(sets, _)| selects(sets)).count();
        deep += usize::from(wish.depth() >= 5);
        decisive += usize::from(count > 0 && count < records.len());
        selected += count;
    }
    println!(
        "of 400 queries {deep} are 5 deep or more, {decisive} decide, {selected} of 20000 records selected"
    );
    assert!(
        deep >= 100 && decisive >= 150 && (5_000..15_000).contains(&selected),
        "{deep} {decisive} {selected}"
    );
}

proptest! {
    // 50 records a case: 50,000 pairs, or a million in `just long`.
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 20_000, failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))), ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_the_checked_and_the_normal_form_say_what_the_page_says(drawn in draw()) {
        compare(&drawn);
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_000)
}

/// What is read of a record is `r(f)` itself, in order.
#[test]
fn a_reading_gives_the_values_of_the_row_s_type() {
    let schema = Schema::from_toml(&common::read("matcher/tickets.toml")).unwrap();
    let text = common::read("matcher/ticket.json");
    let record: Json = serde_json::from_str(&text).unwrap();
    let expected: Json = serde_json::from_str(&common::read("matcher/ticket-values.json")).unwrap();
    let readings: Vec<Reading> = readings();
    let members = Members::of(readings.iter());
    let line = Line::read(&text, &members).unwrap();
    for (field, reading) in schema.fields().iter().zip(&readings) {
        let raw: Raw<'_, '_> = line.record();
        assert_eq!(reading.values(raw), reading.values(&record));
        let values: Vec<Json> = reading.values(&record).iter().map(Json::from).collect();
        assert_eq!(Json::from(values), expected[&field.name], "{}", field.name);
    }
}
