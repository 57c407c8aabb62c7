//! The mapping of an index that fits a schema, for the query DSL.

use serde_json::{Map, Value as Json, json};

use super::path::Paths;
use crate::schema::{Field, Schema};
use crate::value::{Cardinality, Type};

/// Several keys are objects of their own, so that their members stay together.
pub(super) fn is_nested(field: &Field) -> bool {
    field.kind.is_key() && field.cardinality == Cardinality::Many
}

/// The body that creates the index. Fields that have no path are left out: nothing asks for them.
pub(super) fn print(schema: &Schema, paths: &Paths, native_time: bool) -> Option<String> {
    let mut properties = Map::new();
    for field in schema.fields() {
        if let Ok(path) = paths.of(field) {
            let names: Vec<&str> = path.split('.').collect();
            put(&mut properties, &names, mapped(field, native_time));
        }
    }
    let body = json!({ "mappings": { "dynamic": "strict", "properties": properties } });
    serde_json::to_string_pretty(&body).ok().map(|text| text + "\n")
}

/// Puts a property at the end of a path of objects; the first of two at one place stays.
fn put(properties: &mut Map<String, Json>, path: &[&str], property: Json) {
    match path {
        [] => {}
        [name] => {
            properties.entry(*name).or_insert(property);
        }
        [name, rest @ ..] => {
            let object = properties.entry(*name).or_insert_with(|| json!({ "properties": {} }));
            if let Some(inner) = object.get_mut("properties").and_then(Json::as_object_mut) {
                put(inner, rest, property);
            }
        }
    }
}

fn mapped(field: &Field, native_time: bool) -> Json {
    match field.kind {
        Type::String => json!({ "type": "keyword" }),
        Type::Timestamp if native_time => json!({ "type": "date" }),
        Type::Integer | Type::Timestamp => json!({ "type": "long" }),
        Type::Double => json!({ "type": "double" }),
        Type::Date => json!({ "type": "date", "format": "strict_date" }),
        // No type holds decimal numbers exactly, so nothing can be asked of the field.
        Type::Decimal => json!({ "type": "keyword" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::EntityKey | Type::File | Type::Folder => {
            let members = json!({
                "id": { "type": "keyword" }, "saas": { "type": "long" }, "inst": { "type": "long" },
            });
            if is_nested(field) {
                json!({ "type": "nested", "properties": members })
            } else {
                json!({ "properties": members })
            }
        }
    }
}
