//! Random records and queries, drawn from the rows of a schema.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use tamis::ops::{Op, Takes};
use tamis::quote;
use tamis::schema::{Field, Schema};
use tamis::time::DAY_MS;
use tamis::value::{Cardinality, Type};

use crate::engine::NOW;
use crate::meaning::Record;

/// Texts that break careless quoting, matching and folding: one in JSON on each line of the file.
pub(crate) static HOSTILE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("hostile.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
});

const NUMBERS: &[i64] = &[-2_147_483_648, -1, 0, 1, 2, 3, 2_147_483_647];

fn instants() -> Vec<i64> {
    let days = (0..4).flat_map(|day| (-1..2).map(move |ms| NOW - day * DAY_MS + ms));
    days.chain([-1, 0, 1]).collect()
}

fn text() -> BoxedStrategy<String> {
    let known = prop::sample::select(&**HOSTILE);
    let short = "[abAB %_'\\\\]{0,4}";
    prop_oneof![3 => known, 3 => short, 1 => "[^\\x00]{0,3}"].boxed()
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

fn value(kind: Type) -> BoxedStrategy<Json> {
    match kind {
        Type::String => text().prop_map(Json::from).boxed(),
        Type::Integer => prop::sample::select(NUMBERS).prop_map(Json::from).boxed(),
        Type::Boolean => any::<bool>().prop_map(Json::from).boxed(),
        Type::Timestamp => prop::sample::select(instants()).prop_map(Json::from).boxed(),
        Type::EntityKey | Type::File | Type::Folder => key(),
    }
}

fn held(field: &Field) -> BoxedStrategy<Json> {
    let one = || named(field).unwrap_or_else(|| value(field.kind));
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

fn list(items: BoxedStrategy<Json>) -> BoxedStrategy<String> {
    let items = prop::collection::vec(items, 1..4);
    items
        .prop_map(|items| format!("({})", items.iter().map(written).collect::<Vec<_>>().join(", ")))
        .boxed()
}

fn operand(field: &Field, op: Op) -> BoxedStrategy<String> {
    // A query writes no negative instants, and takes a `/` in an address for a network.
    let (timed, network) = (field.kind == Type::Timestamp, field.is_address);
    let sayable = move |json: &Json| {
        !(timed && json.as_i64() < Some(0)
            || network && json.as_str().is_some_and(|text| text.contains('/')))
    };
    let value = |kind| value(kind).prop_filter("not what a query means", sayable).boxed();
    let one = || named(field).unwrap_or_else(|| value(field.kind));
    let number = |json: Json| json.as_i64().unwrap();
    match op.row().takes {
        Takes::Values if field.lists(Op::Isset) && matches!(op, Op::Eq | Op::Neq) => {
            list(prop_oneof![1 => Just(Json::Null), 3 => one()].boxed())
        }
        Takes::Values => list(one()),
        Takes::Strings => list(text().prop_map(Json::from).boxed()),
        Takes::Value => one().prop_map(|value| written(&value)).boxed(),
        Takes::String => text().prop_map(|text| quote::quoted(&text)).boxed(),
        Takes::Ranges => {
            let pair = (value(field.kind), value(field.kind)).prop_map(move |(a, b)| {
                let (a, b) = (number(a), number(b));
                format!("{}..{}", a.min(b), a.max(b))
            });
            prop::collection::vec(pair, 1..3)
                .prop_map(|pairs| format!("({})", pairs.join(", ")))
                .boxed()
        }
        Takes::Days => (0..4).prop_map(|days: i32| days.to_string()).boxed(),
        Takes::Flag => Just("true".to_owned()).boxed(),
        Takes::Day => unreachable!("no row lists it"),
    }
}

/// An operator that the row lists, with an operand of its type.
fn clause(schema: &'static Schema) -> BoxedStrategy<String> {
    let pairs: Vec<(&Field, Op)> =
        schema.fields().iter().flat_map(|f| f.operators.iter().map(move |op| (f, *op))).collect();
    let clause = prop::sample::select(pairs).prop_flat_map(|(field, op)| {
        let name = quote::quote(&field.name).into_owned();
        operand(field, op).prop_map(move |operand| format!("{name} {} {operand}", op.row().name))
    });
    clause.boxed()
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
