//! Trino.
//!
//! Columns: `VARCHAR`, `BIGINT`, `BOOLEAN` and `ARRAY` of them; timestamps are numbers of ms, or
//! with native time `TIMESTAMP(3) WITH TIME ZONE`; a key is a `ROW` of `id`, `saas` and `inst`.
//!
//! Surprises it is written around:
//! - `lower` folds all of Unicode; `translate` folds what it is told.
//! - There is no `IS TRUE`, and no function for the end of a text.
//! - `OFFSET` stands before `LIMIT`.
//!
//! No Trino runs in the tests: the text is read by parsers only.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, fits, fitting, like, marked, rfc3339, translated,
};
use super::document::{DAY, Documents, INSTANT, NUMBER, Scalar, WHOLE, needs_no_escape, path};
use crate::emit::formula::Refusal;
use crate::schema::{Field, Step};
use crate::value::Cardinality;

/// Trino 400 or newer.
#[derive(Debug)]
pub struct Trino;

impl Dialect for Trino {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "trino",
            aliases: &["presto", "athena"],
            title: "Trino: a WHERE condition with bound values",
            product: "Trino",
            is_executed: false,
            longest_name: usize::MAX,
            most_params: 5000,
            longest_text: usize::MAX,
            longest_statement: 1_000_000,
            exact: None,
            text_order: "",
            keeps_null: true,
            keeps_members: true,
            says_nulls_last: true,
            // Older versions read the digits before the sign and refuse them.
            least_integer: "CAST('-9223372036854775808' AS BIGINT)",
            table_options: "",
        }
    }

    fn caution(&self, _field: &Field) -> Option<&'static str> {
        None
    }

    fn identifier(&self, name: &str) -> String {
        marked(name, '"')
    }

    fn can_name(&self, _name: &str) -> bool {
        true
    }

    fn text(&self, text: &str) -> String {
        marked(text, '\'')
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
        format!("NOT coalesce({condition}, FALSE)")
    }

    fn fold(&self, text: &str) -> Option<String> {
        Some(translated(text))
    }

    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String {
        let mut needle = || value(Param::Text(needle.to_ascii_lowercase()));
        let text = translated(text);
        match how {
            Find::Inside => format!("strpos({text}, {}) > 0", needle()),
            Find::Start => format!("starts_with({text}, {})", needle()),
            Find::End => {
                let length = needle();
                format!("substr({text}, -length({length})) = {}", needle())
            }
            Find::Whole => format!("{text} = {}", needle()),
            Find::Fits => fits(&text, &needle()),
        }
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        Ok(like(pattern))
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e"
    }

    fn any(&self, column: &str, _kind: Element, condition: &str) -> Condition {
        Condition::new(format!("any_match({column}, e -> {condition})"))
    }

    fn overlaps(
        &self,
        column: &str,
        _kind: Element,
        values: &mut dyn FnMut() -> Listed,
    ) -> Option<Condition> {
        let (Listed::Items(list) | Listed::Param(list)) = values();
        Some(Condition::new(format!("arrays_overlap({column}, ARRAY[{list}])")))
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
        let instant = |value: &str| format!("from_iso8601_timestamp({value})");
        Some(NativeTime {
            text: rfc3339,
            instant,
            in_lists: true,
            reach: "the years 1 to 9999 can be written",
        })
    }

    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        let clause =
            |name, count: Option<u64>| count.map(|count| format!(" {name} {}", fitting(count)));
        [clause("OFFSET", skip), clause("LIMIT", limit)].into_iter().flatten().collect()
    }

    fn held(&self, typed: Typed) -> Option<Held> {
        let column = typed.name(["DOUBLE", "DECIMAL", "DATE"]);
        let list = format!("ARRAY({column})");
        Some(Held::cast(column, list))
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        let (one, many) = match cell {
            Cell::Key => (
                "ROW(id VARCHAR, saas BIGINT, inst BIGINT)",
                "ARRAY(ROW(id VARCHAR, saas BIGINT, inst BIGINT))",
            ),
            Cell::Instant => ("TIMESTAMP(3) WITH TIME ZONE", "ARRAY(TIMESTAMP(3) WITH TIME ZONE)"),
            Cell::Whole => ("BIGINT", "ARRAY(BIGINT)"),
            Cell::Flag => ("BOOLEAN", "ARRAY(BOOLEAN)"),
            Cell::Text => ("VARCHAR", "ARRAY(VARCHAR)"),
        };
        if cardinality == Cardinality::Many { many } else { one }
    }

    fn column_check(&self, _column: &str, _field: &Field) -> Option<String> {
        None
    }
}

impl Documents for Trino {
    fn column_type(&self) -> &'static str {
        "VARCHAR"
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
        let path = self.text(&place(way));
        let text = format!("json_extract_scalar({document}, {path})");
        // A text has its quotation marks here, which tell it from a number.
        let json = format!("json_format(json_extract({document}, {path}))");
        let flag = match kind {
            Scalar::Text => format!(" OR {json} IN ('true', 'false')"),
            Scalar::Id | Scalar::Number | Scalar::Flag | Scalar::Instant => String::new(),
        };
        match kind {
            Scalar::Text | Scalar::Id => format!(
                "CASE WHEN {json} LIKE '\"%'{flag} THEN {text} ELSE CAST({} AS VARCHAR) END",
                whole(&json)
            ),
            Scalar::Number => whole(&text),
            Scalar::Flag => {
                format!("CASE {json} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END")
            }
            Scalar::Instant => format!(
                "CASE WHEN {json} LIKE '\"%' AND regexp_like({text}, '{INSTANT}') THEN \
                 TRY(from_iso8601_timestamp(replace(upper({text}), ' ', 'T'))) END"
            ),
        }
    }

    /// How it reads numbers of many digits in JSON no test has shown.
    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        if kind != Typed::Day {
            return None;
        }
        let path = self.text(&place(way));
        let text = format!("json_extract_scalar({document}, {path})");
        Some(format!(
            "CASE WHEN json_format(json_extract({document}, {path})) LIKE '\"%' AND length({text}) = 10 \
             AND regexp_like({text}, '{DAY}') THEN TRY_CAST({text} AS DATE) END"
        ))
    }

    fn element(&self) -> &'static str {
        "e"
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        let list = format!("json_extract({document}, {})", self.text(&place(way)));
        let list = format!(
            "CASE WHEN json_format({list}) LIKE '[%' THEN TRY_CAST({list} AS ARRAY(JSON)) ELSE \
             ARRAY[{list}] END"
        );
        Condition::new(format!("any_match({list}, e -> {condition})"))
    }
}

/// The number without fraction that a text says, as JSON writes it, where 64 bits hold it.
fn whole(text: &str) -> String {
    let double = format!("TRY_CAST({text} AS DOUBLE)");
    format!(
        "CASE WHEN regexp_like({text}, '{WHOLE}') THEN TRY_CAST({text} AS BIGINT) WHEN \
         regexp_like({text}, '{NUMBER}') AND floor({double}) = {double} THEN TRY_CAST({double} AS \
         BIGINT) END"
    )
}

/// A place in a document, such as `$.items[0]["odd name"]`.
fn place(way: &[Step]) -> String {
    format!("${}", path(way, |name| format!("[\"{name}\"]")))
}
