//! BigQuery.
//!
//! Columns: `STRING`, `INT64`, `BOOL` and `ARRAY` of them, which is empty where there is none;
//! timestamps are numbers of ms, or with native time `TIMESTAMP`; a key is a `STRUCT` of `id`,
//! `saas` and `inst`.
//!
//! Surprises it is written around:
//! - `LOWER` folds all of Unicode; `TRANSLATE` folds what it is told.
//! - A backslash escapes in texts, `''` does not, and a line cannot break within them.
//! - A column's name is letters, digits and `_`.
//!
//! No BigQuery runs in the tests: the text is read by a parser only.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, backslashed, exists, fitting, rfc3339, translated, wild,
};
use super::document::{
    DAY, Documents, INSTANT, NUMBER, Scalar, WHOLE, dollar_path, needs_no_escape,
};
use crate::emit::formula::Refusal;
use crate::schema::{Field, Step};
use crate::value::Cardinality;

/// BigQuery.
#[derive(Debug)]
pub struct BigQuery;

impl Dialect for BigQuery {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "bigquery",
            aliases: &[],
            title: "BigQuery: a WHERE condition with bound values",
            product: "BigQuery",
            is_executed: false,
            longest_name: usize::MAX,
            most_params: 9000,
            longest_text: usize::MAX,
            longest_statement: 1_048_576,
            exact: None,
            text_order: "",
            keeps_null: true,
            keeps_members: true,
            says_nulls_last: true,
            least_integer: "-9223372036854775808",
            table_options: "",
        }
    }

    fn caution(&self, _field: &Field) -> Option<&'static str> {
        None
    }

    fn identifier(&self, name: &str) -> String {
        format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`"))
    }

    fn can_name(&self, name: &str) -> bool {
        let first = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        first && name.len() <= 300 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    }

    fn text(&self, text: &str) -> String {
        backslashed(text).replace('\n', "\\n").replace('\r', "\\r")
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
            Find::Inside => format!("STRPOS({text}, {needle}) > 0"),
            Find::Start => format!("STARTS_WITH({text}, {needle})"),
            Find::End => format!("ENDS_WITH({text}, {needle})"),
            Find::Whole => format!("{text} = {needle}"),
            Find::Fits => format!("{text} LIKE {needle}"),
        }
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        Ok(wild(pattern, ['%', '_'], &['%', '_', '\\'], |c| format!("\\{c}")))
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e"
    }

    fn any(&self, column: &str, _kind: Element, condition: &str) -> Condition {
        exists(&format!("UNNEST({column}) AS e"), condition)
    }

    fn overlaps(
        &self,
        _column: &str,
        _kind: Element,
        _values: &mut dyn FnMut() -> Listed,
    ) -> Option<Condition> {
        None
    }

    fn key_id(&self, key: &str) -> String {
        format!("{key}.id")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        members.each(value, |name| format!("{key}.{name}"))
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        let instant = |value: &str| format!("TIMESTAMP({value})");
        Some(NativeTime {
            text: rfc3339,
            instant,
            in_lists: true,
            reach: "it holds the years from 1 to 9999",
        })
    }

    /// `OFFSET` needs a `LIMIT` before it.
    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        let limit = limit.or(skip.and(Some(u64::MAX))).map(fitting);
        let limit = limit.map(|limit| format!(" LIMIT {limit}"));
        let skip = skip.map(|skip| format!(" OFFSET {}", fitting(skip)));
        [limit, skip].into_iter().flatten().collect()
    }

    fn held(&self, typed: Typed) -> Option<Held> {
        let column = typed.name(["FLOAT64", "BIGNUMERIC", "DATE"]);
        let list = format!("ARRAY<{column}>");
        Some(Held::cast(column, list))
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        let (one, many) = match cell {
            Cell::Key => (
                "STRUCT<id STRING, saas INT64, inst INT64>",
                "ARRAY<STRUCT<id STRING, saas INT64, inst INT64>>",
            ),
            Cell::Instant => ("TIMESTAMP", "ARRAY<TIMESTAMP>"),
            Cell::Whole => ("INT64", "ARRAY<INT64>"),
            Cell::Flag => ("BOOL", "ARRAY<BOOL>"),
            Cell::Text => ("STRING", "ARRAY<STRING>"),
        };
        if cardinality == Cardinality::Many { many } else { one }
    }

    fn column_check(&self, _column: &str, _field: &Field) -> Option<String> {
        None
    }
}

impl Documents for BigQuery {
    fn column_type(&self) -> &'static str {
        "JSON"
    }

    fn column_check(&self, _column: &str) -> Option<String> {
        None
    }

    fn can_name(&self, member: &str) -> bool {
        needs_no_escape(member)
    }

    fn caution(&self, _member: &str) -> Option<&'static str> {
        None
    }

    fn reads_instants(&self) -> bool {
        true
    }

    fn value(&self, document: &str, way: &[Step], kind: Scalar) -> String {
        let path = self.text(&dollar_path(way));
        let text = format!("JSON_VALUE({document}, {path})");
        let json = format!("JSON_TYPE(JSON_QUERY({document}, {path}))");
        let flag = if kind == Scalar::Text { ", 'boolean'" } else { "" };
        match kind {
            Scalar::Text | Scalar::Id => format!(
                "CASE WHEN {json} IN ('string'{flag}) THEN {text} WHEN {json} = 'number' THEN \
                 CAST({} AS STRING) END",
                whole(&text)
            ),
            Scalar::Number => {
                format!("CASE WHEN {json} IN ('number', 'string') THEN {} END", whole(&text))
            }
            Scalar::Flag => format!("CASE WHEN {json} = 'boolean' THEN {text} = 'true' END"),
            Scalar::Instant => format!(
                "CASE WHEN {json} = 'string' AND REGEXP_CONTAINS({text}, '{INSTANT}') THEN \
                 SAFE_CAST(UPPER({text}) AS TIMESTAMP) END"
            ),
        }
    }

    /// How it reads numbers of many digits in JSON no test has shown.
    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        if kind != Typed::Day {
            return None;
        }
        let path = self.text(&dollar_path(way));
        let text = format!("JSON_VALUE({document}, {path})");
        Some(format!(
            "CASE WHEN JSON_TYPE(JSON_QUERY({document}, {path})) = 'string' AND CHAR_LENGTH({text}) = 10 \
             AND REGEXP_CONTAINS({text}, '{DAY}') THEN SAFE_CAST({text} AS DATE) END"
        ))
    }

    fn element(&self) -> &'static str {
        "e"
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        let path = self.text(&dollar_path(way));
        let json = format!("JSON_QUERY({document}, {path})");
        let source = format!(
            "UNNEST(IF(JSON_TYPE({json}) = 'array', JSON_QUERY_ARRAY({document}, {path}), [{json}])) AS e"
        );
        exists(&source, condition)
    }
}

/// The number without fraction that a text says, as JSON writes it, where 64 bits hold it.
fn whole(text: &str) -> String {
    let double = format!("SAFE_CAST({text} AS FLOAT64)");
    format!(
        "CASE WHEN REGEXP_CONTAINS({text}, '{WHOLE}') THEN SAFE_CAST({text} AS INT64) WHEN \
         REGEXP_CONTAINS({text}, '{NUMBER}') AND FLOOR({double}) = {double} THEN \
         SAFE_CAST({double} AS INT64) END"
    )
}
