//! Snowflake.
//!
//! Columns: `VARCHAR`, `BIGINT`, `BOOLEAN`; several values are an `ARRAY`; timestamps are numbers
//! of ms, or with native time `TIMESTAMP_TZ(3)`; a key is an `OBJECT`.
//!
//! Surprises it is written around:
//! - `LOWER` folds all of Unicode; `TRANSLATE` folds what it is told.
//! - A backslash escapes in texts.
//! - A null in an array is a value of its own that is not NULL, until it is cast.
//! - An array cannot be flattened in a condition that depends on the row; `FILTER` reads it.
//!
//! No Snowflake runs in the tests: the text is read by a parser only.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, backslashed, fits, fitting, like, marked, rfc3339, translated,
};
use super::document::{DAY, Documents, INSTANT, NUMBER, Scalar, WHOLE, needs_no_escape, path};
use crate::emit::formula::Refusal;
use crate::schema::{Field, Step};
use crate::value::Cardinality;

/// Snowflake.
#[derive(Debug)]
pub struct Snowflake;

impl Dialect for Snowflake {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "snowflake",
            aliases: &[],
            title: "Snowflake: a WHERE condition with bound values",
            product: "Snowflake",
            is_executed: false,
            longest_name: usize::MAX,
            most_params: 10_000,
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
        marked(name, '"')
    }

    fn can_name(&self, name: &str) -> bool {
        name.chars().count() <= 255
    }

    fn text(&self, text: &str) -> String {
        backslashed(text)
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
        format!("NOT COALESCE({condition}, FALSE)")
    }

    fn fold(&self, text: &str) -> Option<String> {
        Some(translated(text))
    }

    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String {
        let needle = value(Param::Text(needle.to_ascii_lowercase()));
        let text = translated(text);
        match how {
            Find::Inside => format!("CONTAINS({text}, {needle})"),
            Find::Start => format!("STARTSWITH({text}, {needle})"),
            Find::End => format!("ENDSWITH({text}, {needle})"),
            Find::Whole => format!("{text} = {needle}"),
            Find::Fits => fits(&text, &needle),
        }
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        Ok(like(pattern))
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e"
    }

    fn any(&self, column: &str, kind: Element, condition: &str) -> Condition {
        let (cast, set) = match kind {
            Element::Cell(Cell::Text) => ("VARCHAR", ""),
            Element::Cell(Cell::Whole | Cell::Instant) => ("NUMBER", ""),
            Element::Cell(Cell::Flag) => ("BOOLEAN", ""),
            Element::Cell(Cell::Key) => ("VARIANT", "NOT IS_NULL_VALUE(e) AND "),
            Element::Typed(Typed::Double) => ("FLOAT", ""),
            Element::Typed(Typed::Decimal(_)) => ("NUMBER", ""),
            Element::Typed(Typed::Day) => ("DATE", ""),
        };
        let sql = format!("ARRAY_SIZE(FILTER({column}, e {cast} -> {set}({condition}))) > 0");
        Condition::new(sql)
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
        format!("GET({key}, 'id')::VARCHAR")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        members.each(value, |name| {
            let cast = if name == "id" { "VARCHAR" } else { "NUMBER" };
            format!("GET({key}, '{name}')::{cast}")
        })
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        // The format of a session is not taken.
        let instant = |value: &str| format!("TO_TIMESTAMP_TZ({value}, 'AUTO')");
        Some(NativeTime {
            text: rfc3339,
            instant,
            in_lists: false,
            reach: "it holds the years from 1 to 9999",
        })
    }

    /// `OFFSET` needs a `LIMIT` before it.
    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        let count = limit.map(|limit| fitting(limit).to_string());
        match (count, skip) {
            (None, None) => String::new(),
            (Some(limit), None) => format!(" LIMIT {limit}"),
            (limit, Some(skip)) => {
                let limit = limit.unwrap_or_else(|| "NULL".to_owned());
                format!(" LIMIT {limit} OFFSET {}", fitting(skip))
            }
        }
    }

    /// Decimal numbers have at most 37 digits behind the point.
    fn held(&self, typed: Typed) -> Option<Held> {
        if matches!(typed, Typed::Decimal(38..)) {
            return None;
        }
        Some(Held::cast(typed.name(["FLOAT", "NUMBER", "DATE"]), None))
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        let (one, many) = match cell {
            Cell::Key => ("OBJECT", "ARRAY"),
            Cell::Instant => ("TIMESTAMP_TZ(3)", "ARRAY"),
            Cell::Whole => ("BIGINT", "ARRAY"),
            Cell::Flag => ("BOOLEAN", "ARRAY"),
            Cell::Text => ("VARCHAR", "ARRAY"),
        };
        if cardinality == Cardinality::Many { many } else { one }
    }

    fn column_check(&self, _column: &str, _field: &Field) -> Option<String> {
        None
    }
}

impl Documents for Snowflake {
    fn column_type(&self) -> &'static str {
        "VARIANT"
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
        let value = self.place(document, way);
        let json = format!("TYPEOF({value})");
        let text = format!("{value}::VARCHAR");
        let flag = if kind == Scalar::Text { ", 'BOOLEAN'" } else { "" };
        match kind {
            Scalar::Text | Scalar::Id => format!(
                "CASE WHEN {json} IN ('VARCHAR'{flag}) THEN {text} WHEN {json} IN ({NUMBERS}) THEN \
                 {}::VARCHAR END",
                whole(&text)
            ),
            Scalar::Number => {
                format!("CASE WHEN {json} IN ({NUMBERS}, 'VARCHAR') THEN {} END", whole(&text))
            }
            Scalar::Flag => format!("CASE WHEN {json} = 'BOOLEAN' THEN {value}::BOOLEAN END"),
            Scalar::Instant => format!(
                "CASE WHEN {json} = 'VARCHAR' AND REGEXP_LIKE({text}, '{INSTANT}') THEN \
                 TRY_TO_TIMESTAMP_TZ(UPPER({text}), 'AUTO') END"
            ),
        }
    }

    /// How it reads numbers of many digits in JSON no test has shown.
    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        if kind != Typed::Day {
            return None;
        }
        let value = self.place(document, way);
        let text = format!("{value}::VARCHAR");
        Some(format!(
            "CASE WHEN TYPEOF({value}) = 'VARCHAR' AND LENGTH({text}) = 10 AND REGEXP_LIKE({text}, \
             '{DAY}') THEN TRY_TO_DATE({text}, 'YYYY-MM-DD') END"
        ))
    }

    fn element(&self) -> &'static str {
        "e"
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        let list = self.place(document, way);
        let list = format!(
            "CASE WHEN IS_ARRAY({list}) THEN {list}::ARRAY ELSE ARRAY_CONSTRUCT({list}) END"
        );
        let sql = format!("ARRAY_SIZE(FILTER({list}, e -> {condition})) > 0");
        Condition::new(sql)
    }
}

/// What `TYPEOF` says of numbers.
const NUMBERS: &str = "'INTEGER', 'DECIMAL', 'DOUBLE'";

/// The number without fraction that a text says, as JSON writes it, where 64 bits hold it.
fn whole(text: &str) -> String {
    let number = format!("TRY_TO_NUMBER({text}, 38, 0)");
    let double = format!("TRY_TO_DOUBLE({text})");
    format!(
        "CASE WHEN REGEXP_LIKE({text}, '{WHOLE}') AND {number} BETWEEN -9223372036854775808 AND \
         9223372036854775807 THEN {number} WHEN REGEXP_LIKE({text}, '{NUMBER}') AND \
         FLOOR({double}) = {double} AND {double} >= -9223372036854775808 AND {double} < \
         9223372036854775808 THEN {double}::NUMBER(38, 0) END"
    )
}

impl Snowflake {
    /// What stands at a place of a document.
    fn place(&self, document: &str, way: &[Step]) -> String {
        if way.is_empty() {
            return document.to_owned();
        }
        let path = path(way, |name| format!("[\"{name}\"]"));
        let path = path.strip_prefix('.').unwrap_or(&path);
        format!("GET_PATH({document}, {})", self.text(path))
    }
}
