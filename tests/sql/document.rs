//! Records as documents: what fields hold stands where their paths lead.

use serde_json::{Map, Value as Json, json};
use tamis::schema::{Field, RecordPath, Schema, Step};
use tamis::value::Type;

/// A schema file whose fields all have a path, in turn of every kind. Fields that are expressions
/// of columns are left out.
pub(crate) fn with_paths(file: &str) -> String {
    let mut file: toml::Table = toml::from_str(file).unwrap();
    let fields = file["field"].as_array_mut().unwrap();
    fields.retain(|row| row.get("columns").is_none());
    for (place, row) in fields.iter_mut().enumerate() {
        let row = row.as_table_mut().unwrap();
        let name = row["name"].as_str().unwrap().to_owned();
        let is_path = !name.contains('[') && name.parse::<RecordPath>().is_ok();
        let name = if is_path { name } else { format!("m{place}") };
        let many = row.get("cardinality").and_then(toml::Value::as_str) == Some("many");
        row.insert("record".into(), paths(place, &name, many).into());
        if place % 2 == 0 {
            let key: [(String, toml::Value); 3] = ["id", "saas", "inst"]
                .map(|member| (member.to_owned(), format!("{member} {place}").into()));
            row.insert("record_key".into(), toml::Table::from_iter(key).into());
        }
    }
    toml::to_string(&file).unwrap()
}

/// Where a field stands; every fourth of those with one value at one of two places.
fn paths(place: usize, name: &str, many: bool) -> Vec<String> {
    let second = (!many && place % 4 == 1).then(|| format!("other.{name}"));
    [path(place, name, many)].into_iter().chain(second).collect()
}

fn path(place: usize, name: &str, many: bool) -> String {
    match (many, place % 3) {
        (false, 0) => format!("one.{name}"),
        (false, 1) => format!("one.deep down.{name}"),
        (false, _) => format!("pair{place}[1].{name}"),
        (true, 0) => format!("many.{name}[]"),
        (true, 1) => format!("list{place}[].{name}"),
        (true, _) => format!("many.list{place}[].a b.{name}"),
    }
}

/// A record by field name as a document.
pub(crate) fn document(schema: &Schema, record: &Json, number: usize) -> Json {
    let mut out = json!({});
    for (place, field) in schema.fields().iter().enumerate() {
        let turn = number % field.record.len().max(1);
        for (at, path) in field.record.iter().enumerate() {
            let here = at == turn || !field.is_single();
            let value = if here { held(&record[&field.name], path) } else { &Json::Null };
            // Nothing is null or missing.
            if !value.is_null() || (number + place).is_multiple_of(2) {
                put(&mut out, &path.steps, value, &|one| told(field, one, number + place));
            }
        }
    }
    out
}

/// What of a field stands at the end of a path: one value where it leads through no list.
fn held<'r>(value: &'r Json, path: &RecordPath) -> &'r Json {
    match value.as_array() {
        Some(list) if !path.steps.contains(&Step::Each) => list.first().unwrap_or(&Json::Null),
        Some(_) | None => value,
    }
}

/// A value as documents tell it: keys by the names of their members, numbers at times as texts.
fn told(field: &Field, value: &Json, number: usize) -> Json {
    let as_text = number.is_multiple_of(3);
    match value {
        Json::Object(key) => {
            let names = &field.record_key;
            let pairs = [("id", &names.id), ("saas", &names.saas), ("inst", &names.inst)];
            let members = pairs.into_iter().filter_map(|(member, name)| {
                let value = key.get(member)?;
                let text = as_text && value.is_number();
                Some((name.clone(), if text { json!(value.to_string()) } else { value.clone() }))
            });
            Json::Object(members.collect())
        }
        Json::Number(one) if as_text => json!(one.to_string()),
        // Of few digits every reader of JSON sees the same.
        Json::String(text) if as_text && field.kind == Type::Decimal && text.len() <= 15 => {
            serde_json::from_str(text).unwrap()
        }
        Json::String(text) if as_text && field.kind == Type::String => {
            let whole = text.parse::<i64>().ok().filter(|one| one.to_string() == *text);
            whole.map_or_else(|| value.clone(), Json::from)
        }
        one => one.clone(),
    }
}

/// Puts a value at the end of a way; what stands there already stays.
fn put(place: &mut Json, steps: &[Step], value: &Json, told: &dyn Fn(&Json) -> Json) {
    match steps.split_first() {
        None => match (place, told(value)) {
            (Json::Object(members), Json::Object(more)) => merge(members, more),
            (place @ Json::Null, value) => *place = value,
            _ => {}
        },
        Some((Step::Member(name), rest)) => {
            if place.is_null() {
                *place = json!({});
            }
            if let Json::Object(members) = place {
                put(members.entry(name.clone()).or_insert(Json::Null), rest, value, told);
            }
        }
        Some((Step::Element(number), rest)) => {
            put(element(place, *number as usize), rest, value, told);
        }
        Some((Step::Each, rest)) => {
            for (number, one) in value.as_array().into_iter().flatten().enumerate() {
                put(element(place, number), rest, one, told);
            }
        }
    }
}

fn merge(members: &mut Map<String, Json>, more: Map<String, Json>) {
    for (name, value) in more {
        members.entry(name).or_insert(value);
    }
}

fn element(place: &mut Json, number: usize) -> &mut Json {
    if !place.is_array() {
        *place = json!([]);
    }
    let list = place.as_array_mut().unwrap();
    list.resize(list.len().max(number + 1), Json::Null);
    &mut list[number]
}
