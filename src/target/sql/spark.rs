//! Spark SQL, and Databricks.
//!
//! Columns: `STRING`, `BIGINT`, `BOOLEAN` and `ARRAY` of them; timestamps are numbers of ms, or
//! with native time `TIMESTAMP`; a key is a `STRUCT` of `id`, `saas` and `inst`.
//!
//! Surprises it is written around:
//! - `lower` and `ILIKE` fold all of Unicode; `translate` folds what it is told.
//! - A backslash escapes in texts, and `''` is read in different ways: `\'` is not.
//! - `${x}` is replaced by a variable wherever it stands, in texts and names too.
//! - `exists` is NULL where an element is.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Dialect, Facts, Find, Listed, Lists, Members, NativeTime, Test, backslashed, marked,
    paged, rfc3339, translated,
};
use super::document::{Documents, Scalar, path};
use crate::schema::{Field, Step};
use crate::value::{Cardinality, Type};

/// Spark 3.5 or newer, where placeholders are known.
#[derive(Debug)]
pub struct Spark;

impl Dialect for Spark {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "spark",
            aliases: &["databricks", "sparksql"],
            title: "Spark SQL and Databricks: a WHERE condition with bound values",
            product: "Spark",
            is_executed: true,
            longest_name: 255,
            most_params: 10_000,
            longest_text: usize::MAX,
            longest_statement: usize::MAX,
            exact: None,
            keeps_null: true,
            keeps_members: true,
            says_nulls_last: true,
            table_options: "",
        }
    }

    fn caution(&self, _field: &Field) -> Option<&'static str> {
        None
    }

    fn identifier(&self, name: &str) -> String {
        marked(name, '`')
    }

    fn can_name(&self, name: &str) -> bool {
        !name.contains("${")
    }

    fn text(&self, text: &str) -> String {
        backslashed(text).replace("${", "\\u0024{")
    }

    fn boolean(&self, value: bool) -> Param {
        Param::Bool(value)
    }

    fn placeholder(&self, _number: usize, _value: &Param) -> Cow<'static, str> {
        "?".into()
    }

    fn lists(&self) -> Option<&dyn Lists> {
        None
    }

    fn constant(&self, holds: bool) -> &'static str {
        if holds { "TRUE" } else { "FALSE" }
    }

    fn not_true(&self, condition: &str) -> String {
        format!("({condition}) IS NOT TRUE")
    }

    fn fold(&self, text: &str) -> Option<String> {
        Some(translated(text))
    }

    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String {
        let needle = value(Param::Text(needle.to_ascii_lowercase()));
        let text = translated(text);
        match how {
            Find::Inside => format!("contains({text}, {needle})"),
            Find::Start => format!("startswith({text}, {needle})"),
            Find::End => format!("endswith({text}, {needle})"),
            Find::Whole => format!("{text} = {needle}"),
        }
    }

    fn element(&self, _kind: Type) -> &'static str {
        "e"
    }

    fn any(&self, column: &str, _kind: Type, condition: &str) -> Test {
        Test { sql: format!("exists({column}, e -> {condition})"), certain: false }
    }

    fn overlaps(
        &self,
        column: &str,
        _kind: Type,
        values: &mut dyn FnMut() -> Listed,
    ) -> Option<Test> {
        let (Listed::Items(list) | Listed::Param(list)) = values();
        Some(Test { sql: format!("arrays_overlap({column}, array({list}))"), certain: false })
    }

    fn key_id(&self, key: &str) -> String {
        format!("{key}.id")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Test> {
        members.each(value, |name| format!("{key}.{name}"))
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        let instant = |value: &str| format!("CAST({value} AS TIMESTAMP)");
        Some(NativeTime {
            text: rfc3339,
            instant,
            in_lists: true,
            reach: "it holds the years from 1 to 9999",
        })
    }

    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        paged(limit.map(small), skip.map(small))
    }

    fn column_type(&self, field: &Field, native_time: bool) -> &'static str {
        let (one, many) = match field.kind {
            Type::EntityKey | Type::File | Type::Folder => (
                "STRUCT<id: STRING, saas: BIGINT, inst: BIGINT>",
                "ARRAY<STRUCT<id: STRING, saas: BIGINT, inst: BIGINT>>",
            ),
            Type::Timestamp if native_time => ("TIMESTAMP", "ARRAY<TIMESTAMP>"),
            Type::Integer | Type::Timestamp => ("BIGINT", "ARRAY<BIGINT>"),
            Type::Boolean => ("BOOLEAN", "ARRAY<BOOLEAN>"),
            Type::String => ("STRING", "ARRAY<STRING>"),
        };
        if field.cardinality == Cardinality::Many { many } else { one }
    }

    fn column_check(&self, _column: &str, _field: &Field) -> Option<String> {
        None
    }
}

impl Documents for Spark {
    fn column_type(&self) -> &'static str {
        "STRING"
    }

    fn column_check(&self, _column: &str) -> Option<String> {
        None
    }

    /// In a path, blanks before a name are skipped.
    fn can_name(&self, member: &str) -> bool {
        let sound = |c: char| !(matches!(c, '\'' | '?' | '*' | '$') || c.is_control());
        !member.is_empty() && member.trim_start() == member && member.chars().all(sound)
    }

    fn reads_instants(&self) -> bool {
        true
    }

    fn value(&self, document: &str, way: &[Step], kind: Scalar) -> String {
        let text = self.json(document, way);
        let cast = |kind: &str| format!("try_cast({text} AS {kind})");
        match kind {
            Scalar::Number => cast("BIGINT"),
            Scalar::Flag => cast("BOOLEAN"),
            Scalar::Instant => cast("TIMESTAMP"),
            Scalar::Text => text,
        }
    }

    fn element(&self) -> &'static str {
        "e"
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Test {
        let list = format!("from_json({}, 'array<string>')", self.json(document, way));
        Test { sql: format!("exists({list}, e -> {condition})"), certain: false }
    }
}

impl Spark {
    /// What stands at a place of a document: a text as it is, anything else as JSON.
    fn json(&self, document: &str, way: &[Step]) -> String {
        if way.is_empty() {
            return document.to_owned();
        }
        let path = path(way, |name| format!("['{name}']"));
        format!("get_json_object({document}, {})", self.text(&format!("${path}")))
    }
}

/// `LIMIT` and `OFFSET` take no number above 32 bits.
fn small(count: u64) -> u64 {
    count.min(2_147_483_647)
}
