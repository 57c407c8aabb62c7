//! Random records and queries, drawn from the rows of a schema.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::{Union, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};
use tamis::ops::{self, Op, Takes, Test};
use tamis::schema::{Field, Schema};
use tamis::time::{self, DAY_MS};
use tamis::value::{Cardinality, Decimal, Type};
use tamis::{Options, quote};

use crate::engine::NOW;
use crate::fits;
use crate::meaning::Record;

/// Texts that break careless quoting, matching and folding: one in JSON on each line of the file.
pub(crate) static HOSTILE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("hostile.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
});

const NUMBERS: &[i64] = &[-2_147_483_648, -1, 0, 1, 2, 3, 2_147_483_647];

/// Doubles where neighbours, roundings and exponents begin or end.
const DOUBLES: &[f64] = &[
    0.0,
    -0.0,
    0.1,
    0.2,
    0.3,
    0.1 + 0.2,
    1.0,
    1.5,
    -1.5,
    5e-324,
    f64::MIN_POSITIVE,
    1e308,
    f64::MAX,
    f64::MIN,
    9_007_199_254_740_991.0,
    9_007_199_254_740_992.0,
    9_007_199_254_740_994.0,
    1e17,
    1e-7,
    123_456.789,
];

/// Decimals of at most two digits behind the point, up to 38 digits in all.
const DECIMALS: &[&str] = &[
    "0",
    "0.1",
    "0.10",
    "-0.1",
    "19.99",
    "19.9",
    "20",
    "-1000000.01",
    "9007199254740993.01",
    "999999999999999999999999999999999999.99",
    "-999999999999999999999999999999999999.99",
];

/// Days where calendars and the types of engines begin, jump or end.
const DAYS: &[&str] = &[
    "0001-01-01",
    "1582-10-04",
    "1582-10-15",
    "1900-01-01",
    "1969-12-31",
    "1970-01-01",
    "2000-02-29",
    "2024-02-29",
    "2026-03-08",
    "2026-10-25",
    "2026-10-31",
    "2026-11-01",
    "2026-11-02",
    "2262-04-12",
    "9999-12-31",
];

/// Where calendars, clocks and the types of engines begin, jump or end; the instants beside them
/// are drawn too.
const EDGES: &[&str] = &[
    "0001-01-01T00:00:00.001Z",
    "1601-01-01T00:00:00Z",
    "1900-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "2000-02-29T00:00:00Z",
    "2024-03-01T00:00:00Z",
    "2026-03-08T07:00:00Z",
    "2026-11-01T06:00:00Z",
    "2038-01-19T03:14:08Z",
    "2106-02-07T06:28:16Z",
    "2262-04-11T23:47:16.854Z",
    "2300-01-01T00:00:00Z",
    "9999-12-31T23:59:59.998Z",
];

fn instant() -> BoxedStrategy<i64> {
    let near = prop::sample::select((0..4).map(|day| NOW - day * DAY_MS).collect::<Vec<_>>());
    let edge = prop::sample::select(EDGES).prop_map(|text| time::read_rfc3339(text).unwrap());
    (prop_oneof![12 => near, 1 => edge], -1..2_i64).prop_map(|(at, beside)| at + beside).boxed()
}

/// Instants in RFC 3339, with and without seconds.
fn point() -> BoxedStrategy<String> {
    prop_oneof![instant().prop_map(time::print_instant), instant().prop_map(time::print_exact)]
        .boxed()
}

/// Times as a query says them: in words for people, in numbers, or at some distance from now.
fn moment() -> BoxedStrategy<String> {
    let told = instant().prop_map(time::print_instant);
    let number =
        instant().prop_filter("no query says it", |at| time::PLAUSIBLE_MILLIS.contains(at));
    let local = [
        "2026-11-01",
        "2026-03-08",
        "2026-03-08T02:30",
        "2026-11-01T01:30",
        "2024-02-29",
        "today",
        "yesterday",
        "now",
        "now-36h",
        "-2d",
        "\"3 days ago\"",
    ];
    let local = prop::sample::select(local.to_vec()).prop_map(str::to_owned);
    prop_oneof![told, number.prop_map(|at| at.to_string()), local].boxed()
}

const ADDRESSES: &[&str] = &[
    "10.0.0.0",
    "10.16.0.1",
    "10.31.255.255",
    "10.32.0.0",
    "100.1.2.3",
    "1.0.0.1",
    "192.168.1.7",
    "192.168.1.128",
    "192.168.10.1",
    "255.255.255.255",
    "::1",
    "::ffff:10.0.0.1",
    "10.",
    "",
];

const NETWORKS: &[&str] = &[
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.16.0.0/12",
    "10.0.0.0/15",
    "192.168.0.0/16",
    "192.168.1.0/24",
    "192.168.1.128/25",
    "10.16.0.1/31",
    "1.0.0.1/32",
];

fn text() -> BoxedStrategy<String> {
    let known = prop::sample::select(&**HOSTILE);
    let short = "[abAB %_'\\\\]{0,4}";
    prop_oneof![3 => known, 3 => short, 1 => "[^\\x00]{0,3}"].boxed()
}

/// Patterns of `matches`: texts of records with something left open, and those of all kinds of pieces.
fn pattern() -> BoxedStrategy<String> {
    let open = prop::sample::select(&['*', '?'][..]);
    let opened = (text(), 0..8_usize, open).prop_map(|(text, at, c)| fits::opened(&text, at, c));
    let piece = prop_oneof![
        4 => Just("*".to_owned()),
        4 => Just("?".to_owned()),
        4 => "[abAB %_'!\\[\\]^.$+\n]",
        1 => text().prop_map(|text| fits::itself(&text)),
    ];
    let pieces = prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat());
    prop_oneof![1 => text().prop_map(|text| fits::itself(&text)), 2 => opened, 3 => pieces].boxed()
}

fn key() -> BoxedStrategy<Json> {
    let id = prop_oneof![Just("a".to_owned()), Just("A".to_owned()), Just("b".to_owned()), text()];
    let member = || prop::option::of(0..2_i64);
    let key = (id, member(), member()).prop_map(|(id, saas, inst)| {
        let mut key = json!({ "id": id });
        saas.into_iter().for_each(|saas| key["saas"] = saas.into());
        inst.into_iter().for_each(|inst| key["inst"] = inst.into());
        key
    });
    key.boxed()
}

fn value(field: &Field) -> BoxedStrategy<Json> {
    match field.kind {
        Type::String if field.is_address => {
            let address = prop::sample::select(ADDRESSES).prop_map(Json::from);
            prop_oneof![4 => address, 1 => text().prop_map(Json::from)].boxed()
        }
        Type::String => text().prop_map(Json::from).boxed(),
        Type::Integer => prop::sample::select(NUMBERS).prop_map(Json::from).boxed(),
        Type::Double => prop::sample::select(DOUBLES).prop_map(Json::from).boxed(),
        Type::Decimal => {
            let held = |text: &&str| {
                let units = Decimal::read(text).unwrap().units(field.scale);
                units.is_some_and(|(_, exact)| exact)
            };
            let some: Vec<&str> = DECIMALS.iter().copied().filter(held).collect();
            prop::sample::select(some).prop_map(Json::from).boxed()
        }
        Type::Date => prop::sample::select(DAYS).prop_map(Json::from).boxed(),
        Type::Boolean => any::<bool>().prop_map(Json::from).boxed(),
        Type::Timestamp => instant().prop_map(Json::from).boxed(),
        Type::EntityKey | Type::File | Type::Folder => key(),
    }
}

fn held(field: &Field) -> BoxedStrategy<Json> {
    let one = || named(field).unwrap_or_else(|| value(field));
    match field.cardinality {
        Cardinality::One => one(),
        Cardinality::Optional => prop_oneof![1 => Just(Json::Null), 2 => one()].boxed(),
        Cardinality::Many => {
            let element = prop_oneof![1 => Just(Json::Null), 4 => one()];
            let list = prop::collection::vec(element, 0..4).prop_map(Json::from);
            prop_oneof![1 => Just(Json::Null), 4 => list].boxed()
        }
    }
}

/// One of the named values.
fn named(field: &Field) -> Option<BoxedStrategy<Json>> {
    let known: Vec<Json> =
        field.values.as_ref()?.named.iter().map(|named| Json::from(&named.value)).collect();
    let few: Vec<Json> = known.into_iter().filter(|value| !value.is_null()).take(3).collect();
    Some(prop::sample::select(few).boxed())
}

pub(crate) fn record(schema: &'static Schema) -> BoxedStrategy<Record> {
    let fields: Vec<_> =
        schema.fields().iter().map(|field| (Just(field.name.clone()), held(field))).collect();
    let record = fields.prop_map(|pairs| {
        let mut record: Record = pairs.into_iter().collect();
        derive(&mut record);
        record
    });
    record.boxed()
}

/// Fields of the test schema that other columns hold.
fn derive(record: &mut Record) {
    if let Some(twin) = record.get("text.one").cloned() {
        record.insert("twin".into(), twin);
        let number = |name: &str| record.get(name).and_then(Json::as_i64);
        let doubled = number("number.one").zip(number("number.optional")).map(|(a, b)| a + b);
        record.insert("doubled".into(), doubled.into());
    }
}

fn written(value: &Json) -> String {
    match value {
        Json::String(text) => quote::quoted(text),
        Json::Object(members) => {
            let members: Vec<_> =
                members.iter().map(|(name, value)| format!("{name}: {}", written(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => value.to_string(),
    }
}

/// A value as a query says it.
fn said(field: &Field) -> BoxedStrategy<String> {
    if let Some(named) = named(field) {
        return named.prop_map(|value| written(&value)).boxed();
    }
    // A `/` in an address is taken for a network.
    let network = field.is_address;
    let sayable =
        move |json: &Json| !(network && json.as_str().is_some_and(|text| text.contains('/')));
    let value = value(field).prop_filter("not what a query means", sayable);
    let value = value.prop_map(|value| written(&value));
    match field.kind {
        Type::Timestamp => {
            // The last of 64 bits, too.
            prop_oneof![20 => moment(), 1 => Just(time::print_instant(i64::MAX))].boxed()
        }
        Type::Decimal => {
            // Some that no value has all digits of.
            let odd = ["0.001", "19.9899", "-1e-9"].map(str::to_owned).to_vec();
            let known = prop::sample::select(DECIMALS).prop_map(str::to_owned);
            prop_oneof![6 => known, 1 => prop::sample::select(odd)].boxed()
        }
        Type::Date => {
            let words = ["2026-10", "2026", "today", "yesterday", "-7d", "\"3 months ago\""];
            let words = prop::sample::select(words.to_vec()).prop_map(str::to_owned);
            prop_oneof![4 => day(), 1 => words].boxed()
        }
        Type::File | Type::Folder => {
            prop_oneof![3 => value, 1 => text().prop_map(|id| quote::quoted(&id))].boxed()
        }
        Type::String | Type::Integer | Type::Double | Type::Boolean | Type::EntityKey => {
            value.boxed()
        }
    }
}

fn day() -> BoxedStrategy<String> {
    prop::sample::select(DAYS).prop_map(str::to_owned).boxed()
}

fn list(items: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let items = prop::collection::vec(items, 1..4);
    items.prop_map(|items| format!("({})", items.join(", "))).boxed()
}

/// The ends of a range, in order.
fn ends(field: &Field) -> BoxedStrategy<(String, String)> {
    let kind = field.kind;
    let write = move |value: &Json| match (kind, value) {
        (Type::Timestamp, at) => time::print_instant(at.as_i64().unwrap()),
        (_, Json::String(text)) => text.clone(),
        (_, number) => number.to_string(),
    };
    let is_before = move |a: &Json, b: &Json| match kind {
        Type::Double => a.as_f64() <= b.as_f64(),
        Type::Decimal => {
            let read = |json: &Json| Decimal::read(json.as_str().unwrap()).unwrap();
            read(a) <= read(b)
        }
        Type::Date => a.as_str() <= b.as_str(),
        _ => a.as_i64() <= b.as_i64(),
    };
    let ends = (value(field), value(field)).prop_map(move |(a, b)| {
        let (from, to) = if is_before(&a, &b) { (a, b) } else { (b, a) };
        (write(&from), write(&to))
    });
    ends.boxed()
}

fn operand(field: &'static Field, op: Op) -> BoxedStrategy<String> {
    let fixed = |texts: &[&'static str]| {
        prop::sample::select(texts.to_vec()).prop_map(str::to_owned).boxed()
    };
    match op.row().takes {
        Takes::Values => {
            let equal = matches!(op, Op::Eq | Op::Neq);
            // What has no order of its own compares with instants only.
            let mut items = match field.kind {
                Type::Timestamp if !equal => point(),
                Type::Date if !equal => day(),
                _ => said(field),
            };
            let unset = field.cardinality != Cardinality::One;
            if equal && unset && (field.lists(Op::Isset) || field.lists(Op::Isnotset)) {
                items = prop_oneof![1 => fixed(&["null"]), 3 => items].boxed();
            }
            if equal && field.is_address {
                items = prop_oneof![1 => fixed(NETWORKS), 1 => items].boxed();
            }
            list(items)
        }
        Takes::Strings if op == Op::Matches => {
            list(pattern().prop_map(|pattern| quote::quoted(&pattern)).boxed())
        }
        Takes::Strings if field.is_address => {
            let part = fixed(&["10.", "192.168.1", "1", "\"\""]);
            // A `/` in an address is taken for a network, which has no parts.
            let odd = text().prop_filter("not what a query means", |text| !text.contains('/'));
            list(prop_oneof![3 => part, 1 => odd.prop_map(|text| quote::quoted(&text))].boxed())
        }
        Takes::Strings => list(text().prop_map(|text| quote::quoted(&text)).boxed()),
        Takes::Value => said(field),
        Takes::Day if field.kind == Type::Date => said(field),
        Takes::Day => moment(),
        Takes::String => text().prop_map(|text| quote::quoted(&text)).boxed(),
        Takes::Ranges => {
            let pair = ends(field).prop_map(|(a, b)| format!("{a}..{b}"));
            list(pair.boxed())
        }
        Takes::Days if field.kind == Type::Date => {
            prop_oneof![8 => 0..4_u32, 1 => Just(20_000)].prop_map(|days| days.to_string()).boxed()
        }
        Takes::Days => prop_oneof![8 => 0..4_u32, 1 => Just(20_000), 1 => Just(800_000)]
            .prop_map(|days| days.to_string())
            .boxed(),
        Takes::Length if field.kind == Type::Date => fixed(&["7d", "2 weeks", "3 months"]),
        Takes::Length => fixed(&["7d", "90 minutes", "1.5 hours", "2 weeks"]),
        Takes::Flag => fixed(&["", "true", "false"]),
    }
}

/// Whether a field's values can stand where an operator takes one.
fn takes(field: &Field, op: Op) -> bool {
    let ordered = field.line().is_some();
    match op.row().takes {
        Takes::Ranges => ordered && field.values.is_none(),
        Takes::Value => ordered,
        Takes::Days | Takes::Length | Takes::Day => field.kind.is_time(),
        Takes::Values => op.row().test != Test::Below,
        Takes::Strings | Takes::String | Takes::Flag => true,
    }
}

/// A spelling of an operator, with what stands where it takes something.
fn spelled(field: &'static Field, op: Op, text: &'static str) -> BoxedStrategy<String> {
    let name = quote::quote(&field.name).into_owned();
    match text.matches('_').count() {
        // A name of the API, such as `gte_ndays`, holds no place.
        1 if text.contains(" _") => operand(field, op)
            .prop_map(move |operand| {
                let unit = if op.row().takes == Takes::Days { " days" } else { "" };
                format!("{name} {}", text.replacen('_', &format!("{operand}{unit}"), 1))
            })
            .boxed(),
        2 => ends(field)
            .prop_map(move |(a, b)| {
                let text = text.replacen(" _", &format!(" {a}"), 1);
                format!("{name} {}", text.replacen(" _", &format!(" {b}"), 1))
            })
            .boxed(),
        _ => operand(field, op).prop_map(move |operand| format!("{name} {text} {operand}")).boxed(),
    }
}

/// Every way in which a schema lets its fields be asked, by field and operator.
fn ways(schema: &'static Schema) -> Vec<Vec<Vec<BoxedStrategy<String>>>> {
    let mut runner = TestRunner::deterministic();
    // Some operands fit where others do not: `null` does where a field can be unset, a day where the
    // field's row can say a range. So many are tried that each kind is among them.
    let mut checks = |way: &BoxedStrategy<String>| {
        (0..48).all(|_| {
            let text = way.new_tree(&mut runner).unwrap().current();
            tamis::check(&tamis::parse(&text), schema, &Options::at(NOW)).query.is_some()
        })
    };
    let mut of = |field: &'static Field, op: &Op| {
        let spellings = ops::all_spellings().filter(|spelling| spelling.op == *op);
        // Pairs are asked for by `in`, too.
        let also = (*op == Op::Range).then_some("in");
        let texts = spellings.map(|spelling| spelling.text).chain(also);
        let ways = texts.map(|text| spelled(field, *op, text));
        ways.filter(|way| checks(way)).collect::<Vec<_>>()
    };
    let fields = schema.fields().iter().map(|field| {
        let ways = ops::ALL.iter().filter(|op| takes(field, **op)).map(|op| of(field, op));
        ways.filter(|ways| !ways.is_empty()).collect::<Vec<_>>()
    });
    fields.filter(|ways| !ways.is_empty()).collect()
}

fn clause(schema: &'static Schema) -> BoxedStrategy<String> {
    let one = |ways: Vec<BoxedStrategy<String>>| Union::new(ways).boxed();
    let fields = ways(schema).into_iter().map(|ops| one(ops.into_iter().map(one).collect()));
    let clause = one(fields.collect());
    match schema.free_text() {
        Some(_) => {
            prop_oneof![30 => clause, 1 => text().prop_map(|text| quote::quoted(&text))].boxed()
        }
        None => clause,
    }
}

pub(crate) fn query(schema: &'static Schema) -> BoxedStrategy<String> {
    let formula = clause(schema).prop_recursive(3, 12, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            inner.prop_map(|inner| format!("not ({inner})")),
            many.clone().prop_map(|parts| format!("({})", parts.join(" and "))),
            many.prop_map(|parts| format!("({})", parts.join(" or "))),
        ]
    });
    formula.boxed()
}
