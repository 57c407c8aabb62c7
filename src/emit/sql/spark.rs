//! Spark SQL, and Databricks.
//!
//! Columns: `STRING`, `BIGINT`, `BOOLEAN` and `ARRAY` of them; timestamps are numbers of ms, or
//! with native time `TIMESTAMP_LTZ`, since a setting says what `TIMESTAMP` is; a key is a `STRUCT` of `id`, `saas` and `inst`.
//!
//! Surprises it is written around:
//! - `lower` and `ILIKE` fold all of Unicode; `translate` folds what it is told.
//! - A backslash escapes in texts or does not, by `spark.sql.parser.escapedStringLiterals`, and
//!   `''` is read in different ways: a text with one of these is put together of pieces.
//! - `${x}` is replaced by a variable wherever it stands, in texts and names too.
//! - `get_json_object` does not tell a text from a number; `VARIANT`, of Spark 4, does.
//! - `exists` is NULL where an element is.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, marked, paged, rfc3339, translated,
};
use super::document::{
    DAY, DECIMAL, Documents, INSTANT, LONGEST, NO_DIGITS, NO_NUMBER, NUMBER, SHORT, Scalar, WHOLE,
    needs_no_escape, path,
};
use crate::emit::formula::Refusal;
use crate::emit::pattern;
use crate::schema::{Field, Step};
use crate::value::Cardinality;

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
        marked(name, '`')
    }

    fn can_name(&self, name: &str) -> bool {
        !name.contains("${")
    }

    fn text(&self, text: &str) -> String {
        pieced(text)
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
            Find::Fits => format!("{text} RLIKE {needle}"),
        }
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        let own = pattern::fits(pattern, ".", pattern::ATOMIC, pattern::lower);
        Ok(format!(r"(?s)^{own}\z"))
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e"
    }

    fn any(&self, column: &str, _kind: Element, condition: &str) -> Condition {
        Condition::new(format!("exists({column}, e -> {condition})"))
    }

    fn overlaps(
        &self,
        column: &str,
        _kind: Element,
        values: &mut dyn FnMut() -> Listed,
    ) -> Option<Condition> {
        let (Listed::Items(list) | Listed::Param(list)) = values();
        Some(Condition::new(format!("arrays_overlap({column}, array({list}))")))
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
        let instant = |value: &str| format!("CAST({value} AS TIMESTAMP_LTZ)");
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

    fn held(&self, typed: Typed) -> Option<Held> {
        let column = typed.name(["DOUBLE", "DECIMAL", "DATE"]);
        let list = format!("ARRAY<{column}>");
        Some(Held::cast(column, list))
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        let (one, many) = match cell {
            Cell::Key => (
                "STRUCT<id: STRING, saas: BIGINT, inst: BIGINT>",
                "ARRAY<STRUCT<id: STRING, saas: BIGINT, inst: BIGINT>>",
            ),
            Cell::Instant => ("TIMESTAMP_LTZ", "ARRAY<TIMESTAMP_LTZ>"),
            Cell::Whole => ("BIGINT", "ARRAY<BIGINT>"),
            Cell::Flag => ("BOOLEAN", "ARRAY<BOOLEAN>"),
            Cell::Text => ("STRING", "ARRAY<STRING>"),
        };
        if cardinality == Cardinality::Many { many } else { one }
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
        let place = self.place(document, way);
        let read = |kind: &str| format!("try_variant_get({place}, '{kind}')");
        let json = format!("schema_of_variant({})", read("variant"));
        let text = read("string");
        let flag = if kind == Scalar::Text { ", 'BOOLEAN'" } else { "" };
        match kind {
            Scalar::Text | Scalar::Id => format!(
                "CASE WHEN {json} IN ('STRING'{flag}) AND instr({text}, char(0)) = 0 THEN {text} \
                 ELSE CAST({} AS STRING) END",
                number(&json, &read("bigint"), &read("double"))
            ),
            Scalar::Number => format!(
                "CASE WHEN {json} <> 'STRING' THEN {} WHEN {text} rlike '{NO_NUMBER}' THEN NULL \
                 WHEN {text} rlike '{WHOLE}' THEN try_cast({text} AS BIGINT) WHEN {text} rlike \
                 '{NUMBER}' THEN {} END",
                number(&json, &read("bigint"), &read("double")),
                whole(
                    &format!("try_cast(try_cast({text} AS DOUBLE) AS BIGINT)"),
                    &format!("try_cast({text} AS DOUBLE)")
                )
            ),
            Scalar::Flag => format!("CASE WHEN {json} = 'BOOLEAN' THEN {} END", read("boolean")),
            Scalar::Instant => format!(
                "CASE WHEN {json} = 'STRING' AND {text} rlike '{INSTANT}' THEN try_cast(upper({text}) \
                 AS TIMESTAMP_LTZ) END"
            ),
        }
    }

    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        let place = self.place(document, way);
        let read = |kind: &str| format!("try_variant_get({place}, '{kind}')");
        let json = format!("schema_of_variant({})", read("variant"));
        let (text, double) = (read("string"), read("double"));
        let number = format!("{json} IN ('BIGINT', 'DOUBLE') OR {json} LIKE 'DECIMAL%'");
        Some(match kind {
            Typed::Double => format!(
                "CASE WHEN {json} = 'STRING' THEN CASE WHEN {text} rlike '{NO_NUMBER}' THEN NULL WHEN \
                 {text} rlike '{NUMBER}' THEN {} END WHEN {number} THEN {} END",
                finite(&format!("try_cast({text} AS DOUBLE)")),
                finite(&double)
            ),
            Typed::Decimal(scale) => {
                // Of some doubles, older versions of Java print more digits than they need.
                let fifteen = format!("format_string('%.14e', {double})");
                let written = format!(
                    "CASE WHEN {json} = 'STRING' THEN CASE WHEN {text} rlike '{NO_NUMBER}' THEN NULL \
                     WHEN length({text}) <= {LONGEST} AND {text} rlike '{DECIMAL}' THEN {text} END \
                     WHEN {json} = 'BIGINT' THEN CASE WHEN length({}) <= {SHORT} THEN {text} END WHEN \
                     {number} THEN CASE WHEN try_cast({fifteen} AS DOUBLE) = {double} THEN {fifteen} \
                     END END",
                    digits(&text)
                );
                let decimal = format!("try_cast(t AS DECIMAL(38,{scale}))");
                format!(
                    "transform(array({written}), t -> CASE WHEN {} = {} THEN {decimal} END)[0]",
                    digits("t"),
                    digits(&format!("CAST({decimal} AS STRING)"))
                )
            }
            Typed::Day => format!(
                "CASE WHEN {json} = 'STRING' AND length({text}) = 10 AND {text} rlike '{DAY}' THEN \
                 try_cast({text} AS DATE) END"
            ),
        })
    }

    fn element(&self) -> &'static str {
        ELEMENT
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        let place = self.place(document, way);
        let list = format!(
            "coalesce(try_variant_get({place}, 'array<variant>'), array(try_variant_get({place}, \
             'variant')))"
        );
        Condition::new(format!("exists({list}, e -> {condition})"))
    }
}

impl Spark {
    /// A document and a path into it, as arguments.
    fn place(&self, document: &str, way: &[Step]) -> String {
        let path = path(way, |name| format!("[\"{name}\"]"));
        let document = if document == ELEMENT {
            document.to_owned()
        } else {
            format!("try_parse_json({document})")
        };
        format!("{document}, {}", self.text(&format!("${path}")))
    }
}

const ELEMENT: &str = "e";

/// The number without fraction of a document, where 64 bits hold it.
fn number(json: &str, whole: &str, double: &str) -> String {
    format!(
        "CASE WHEN {json} = 'BIGINT' THEN {whole} WHEN {json} = 'DOUBLE' OR {json} LIKE 'DECIMAL%' \
         THEN {} END",
        self::whole(whole, double)
    )
}

/// A double that is not infinite.
fn finite(double: &str) -> String {
    format!("CASE WHEN abs({double}) <= 1.7976931348623157E308D THEN {double} END")
}

/// The digits of a number's text without zeros at both ends.
fn digits(text: &str) -> String {
    format!("trim(BOTH '0' FROM regexp_replace({text}, '{NO_DIGITS}', ''))")
}

/// A number that was rounded towards 0 or to the last of 64 bits is none.
fn whole(whole: &str, double: &str) -> String {
    format!(
        "CASE WHEN {double} >= -9223372036854775808D AND {double} < 9223372036854775808D AND \
         floor({double}) = {double} THEN {whole} END"
    )
}

/// A text as a literal, whether a backslash escapes or not. Marks and backslashes are named by
/// their numbers.
fn pieced(text: &str) -> String {
    if !text.contains(['\'', '\\']) && !text.contains("${") {
        return format!("'{text}'");
    }
    let mut pieces = Vec::new();
    for piece in text.replace("${", "$\0{").split_inclusive(['\'', '\\', '\0']) {
        let plain = piece.trim_end_matches(['\'', '\\', '\0']);
        if !plain.is_empty() {
            pieces.push(format!("'{plain}'"));
        }
        match piece.chars().next_back() {
            Some('\'') => pieces.push("char(39)".to_owned()),
            Some('\\') => pieces.push("char(92)".to_owned()),
            Some(_) | None => {}
        }
    }
    format!("concat({})", pieces.join(", "))
}

/// `LIMIT` and `OFFSET` take no number above 32 bits.
fn small(count: u64) -> u64 {
    count.min(2_147_483_647)
}
