//! DuckDB.
//!
//! Columns: `VARCHAR`, `BIGINT`, `BOOLEAN` and their lists; timestamps are numbers of ms, or with
//! native time `TIMESTAMPTZ`; a key is a `STRUCT` of `id`, `saas` and `inst`.
//!
//! Surprises it is written around:
//! - `lower` and `ILIKE` fold all of Unicode; `translate` folds what it is told.
//! - Each `EXISTS` over `unnest` makes planning several times as slow as those before it did.
//! - `TIMESTAMP '…+02:00'` drops the offset; a text cast to `TIMESTAMPTZ` does not.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, fits, like, marked, paged, rfc3339, translated,
};
use super::document::{
    DAY, DECIMAL, Documents, INSTANT, LONGEST, NO_DIGITS, NUMBER, SHORT, Scalar, WHOLE,
    dollar_path, needs_no_escape,
};
use crate::emit::formula::Refusal;
use crate::schema::{Field, Step};
use crate::value::Cardinality;

/// DuckDB 1.5 or newer.
#[derive(Debug)]
pub struct DuckDb;

impl Dialect for DuckDb {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "duckdb",
            aliases: &[],
            title: "DuckDB: a WHERE condition with bound values",
            product: "DuckDB",
            is_executed: true,
            longest_name: usize::MAX,
            most_params: 65_000,
            longest_text: usize::MAX,
            longest_statement: usize::MAX,
            exact: Some(exact),
            text_order: " COLLATE C",
            keeps_null: true,
            keeps_members: true,
            says_nulls_last: true,
            // Read as HUGEINT before they are negated, the digits would be of another type than the column.
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
            Find::Start => format!("starts_with({text}, {needle})"),
            Find::End => format!("ends_with({text}, {needle})"),
            Find::Whole => format!("{text} COLLATE C = {needle}"),
            Find::Fits => fits(&text, &needle),
        }
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        Ok(like(pattern))
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e"
    }

    fn any(&self, column: &str, _kind: Element, condition: &str) -> Condition {
        some(column, condition)
    }

    fn overlaps(
        &self,
        column: &str,
        _kind: Element,
        values: &mut dyn FnMut() -> Listed,
    ) -> Option<Condition> {
        let (Listed::Items(list) | Listed::Param(list)) = values();
        Some(Condition::new(format!("list_has_any({column}, [{list}])")))
    }

    fn key_id(&self, key: &str) -> String {
        format!("{key}.id")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        members.each(value, |name| match name {
            "id" => format!("{key}.id COLLATE C"),
            number => format!("{key}.{number}"),
        })
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        let instant = |value: &str| format!("CAST({value} AS TIMESTAMPTZ)");
        Some(NativeTime {
            text: rfc3339,
            instant,
            in_lists: true,
            reach: "the years 1 to 9999 can be written",
        })
    }

    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        paged(limit, skip)
    }

    fn held(&self, typed: Typed) -> Option<Held> {
        let column = typed.name(["DOUBLE", "DECIMAL", "DATE"]);
        let list = format!("{column}[]");
        Some(Held::cast(column, list))
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        let many = cardinality == Cardinality::Many;
        let (one, list) = match cell {
            Cell::Key => (
                "STRUCT(id VARCHAR, saas BIGINT, inst BIGINT)",
                "STRUCT(id VARCHAR, saas BIGINT, inst BIGINT)[]",
            ),
            Cell::Instant => ("TIMESTAMPTZ", "TIMESTAMPTZ[]"),
            Cell::Whole => ("BIGINT", "BIGINT[]"),
            Cell::Flag => ("BOOLEAN", "BOOLEAN[]"),
            Cell::Text => ("VARCHAR", "VARCHAR[]"),
        };
        if many { list } else { one }
    }

    fn column_check(&self, _column: &str, _field: &Field) -> Option<String> {
        None
    }
}

impl Documents for DuckDb {
    fn column_type(&self) -> &'static str {
        "JSON"
    }

    fn column_check(&self, _column: &str) -> Option<String> {
        None
    }

    /// In a path, `*` stands for any name, quoted or not.
    fn can_name(&self, member: &str) -> bool {
        needs_no_escape(member) && !member.contains('*')
    }

    fn caution(&self, _member: &str) -> Option<&'static str> {
        None
    }

    fn reads_instants(&self) -> bool {
        true
    }

    fn value(&self, document: &str, way: &[Step], kind: Scalar) -> String {
        let path = self.text(&dollar_path(way));
        let text = format!("json_extract_string({document}, {path})");
        let json = format!("json_type({document}, {path})");
        let flag = if kind == Scalar::Text { ", 'BOOLEAN'" } else { "" };
        match kind {
            Scalar::Text | Scalar::Id => format!(
                "CASE WHEN {json} IN ('VARCHAR'{flag}) AND instr({text}, chr(0)) = 0 THEN {text} \
                 WHEN {json} IN ({NUMBERS}) THEN CAST({} AS VARCHAR) END",
                whole(&text)
            ),
            Scalar::Number => {
                format!("CASE WHEN {json} IN ({NUMBERS}, 'VARCHAR') THEN {} END", whole(&text))
            }
            Scalar::Flag => {
                format!("CASE WHEN {json} = 'BOOLEAN' THEN TRY_CAST({text} AS BOOLEAN) END")
            }
            Scalar::Instant => format!(
                "CASE WHEN {json} = 'VARCHAR' AND regexp_matches({text}, '{INSTANT}') THEN \
                 TRY_CAST(upper({text}) AS TIMESTAMPTZ) END"
            ),
        }
    }

    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        let path = self.text(&dollar_path(way));
        let text = format!("json_extract_string({document}, {path})");
        let json = format!("json_type({document}, {path})");
        let double = format!("TRY_CAST({text} AS DOUBLE)");
        Some(match kind {
            Typed::Double => format!(
                "CASE WHEN {json} IN ({NUMBERS}, 'VARCHAR') AND regexp_matches({text}, '{NUMBER}') AND \
                 isfinite({double}) THEN {double} END"
            ),
            Typed::Decimal(scale) => {
                let written = format!("CASE WHEN length({text}) <= {LONGEST} THEN {text} END");
                // What it prints of a double is the shortest text.
                let number = format!(
                    "CASE WHEN regexp_matches({text}, '{WHOLE}') AND TRY_CAST({text} AS BIGINT) IS NOT \
                     NULL THEN {text} ELSE CAST({double} AS VARCHAR) END"
                );
                let few = format!(
                    "CASE WHEN length(trim(regexp_replace(t, '{NO_DIGITS}', '', 'g'), '0')) <= \
                     {SHORT} THEN t END"
                );
                let number = bound("t", &number, &few);
                decimal(
                    &format!(
                        "CASE WHEN {json} = 'VARCHAR' THEN {written} WHEN {json} IN ({NUMBERS}) THEN \
                         {number} END"
                    ),
                    scale,
                )
            }
            Typed::Day => format!(
                "CASE WHEN {json} = 'VARCHAR' AND length({text}) = 10 AND regexp_matches({text}, \
                 '{DAY}') THEN TRY_CAST({text} AS DATE) END"
            ),
        })
    }

    fn element(&self) -> &'static str {
        "e"
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        let path = self.text(&dollar_path(way));
        let elements = self.text(&(dollar_path(way) + "[*]"));
        let list = format!(
            "CASE json_type({document}, {path}) WHEN 'ARRAY' THEN json_extract({document}, \
             {elements}) ELSE [json_extract({document}, {path})] END"
        );
        some(&list, condition)
    }
}

/// What `json_type` says of numbers.
const NUMBERS: &str = "'BIGINT', 'UBIGINT', 'DOUBLE'";

/// The number without fraction that a text says, as JSON writes it, where 64 bits hold it.
fn whole(text: &str) -> String {
    let double = format!("TRY_CAST({text} AS DOUBLE)");
    format!(
        "CASE WHEN regexp_matches({text}, '{WHOLE}') THEN TRY_CAST({text} AS BIGINT) WHEN \
         regexp_matches({text}, '{NUMBER}') AND floor({double}) = {double} THEN TRY_CAST({double} \
         AS BIGINT) END"
    )
}

/// The decimal number of that scale that a text says, as JSON writes it. A cast of a text with an
/// exponent takes other numbers for it, so the digits are put to their places first.
fn decimal(text: &str, scale: u8) -> String {
    let (kept, zeros) = ("rtrim(n[2] || n[3], '0')", "0".repeat(usize::from(scale) + 1));
    let digits = format!("ltrim({kept}, '0')");
    let behind = format!(
        "({scale} + coalesce(TRY_CAST(n[4] AS INTEGER), 0) + length(n[2]) - length({kept}))"
    );
    let units = format!("'{zeros}' || {digits} || repeat('0', {behind})");
    let pointed = if scale == 0 {
        units
    } else {
        format!("regexp_replace({units}, '([0-9]{{{scale}}})$', '.\\1')")
    };
    let placed = format!(
        "TRY_CAST(CASE WHEN {kept} = '' THEN '0' WHEN {behind} >= 0 AND length({digits}) + {behind} <= 38 \
         THEN n[1] || {pointed} END AS DECIMAL(38,{scale}))"
    );
    // Not a structure: within a function of a function, its members are looked for in columns.
    let parts = [1, 2, 3, 4].map(|group| format!("regexp_extract(t, '{PARTS}', {group})"));
    let placed = bound("n", &format!("[{}]", parts.join(", ")), &placed);
    bound("t", text, &format!("CASE WHEN regexp_matches(t, '{DECIMAL}') THEN {placed} END"))
}

/// The sign of a number, what stands before the point and behind it, and the exponent.
const PARTS: &str = "^(-?)([0-9]+)[.]?([0-9]*)[eE]?[+]?(-?[0-9]*)$";

/// A value of an expression that calls another by a name.
fn bound(name: &str, value: &str, expression: &str) -> String {
    format!("list_transform([{value}], lambda {name}: {expression})[1]")
}

/// A text is one of these values or none of them, whatever `default_collation` is.
fn exact(text: &str, values: &[Cow<'static, str>], outside: bool) -> String {
    match values {
        [value] => format!("{text} COLLATE C {} {value}", if outside { "<>" } else { "=" }),
        _ => format!(
            "{text} COLLATE C {}IN ({})",
            if outside { "NOT " } else { "" },
            values.join(", ")
        ),
    }
}

/// Some element of a list passes; NULL where there is no list.
fn some(list: &str, condition: &str) -> Condition {
    Condition::new(format!("len(list_filter({list}, lambda e: {condition})) > 0"))
}
