//! ClickHouse.
//!
//! Columns: `String`, `Int64`, `Bool`, in `Nullable` where there may be no value, and `Array` of
//! them, which is empty where there is none: ClickHouse has no array that is NULL. Timestamps are
//! numbers of ms, or with native time `DateTime64(3, 'UTC')`; a key is a JSON object in text.
//!
//! Surprises it is written around:
//! - A backslash escapes in texts and in quoted names.
//! - `IS NOT TRUE` is not known to every version.
//! - A placeholder names the type of its value: `{p1:String}`.
//! - A statement is 256 KiB at most, so a long list is bound.

use std::borrow::Cow;

use chrono::{DateTime, Datelike as _, Utc};

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, backslashed, paged, wild,
};
use super::document::{Documents, INSTANT, NUMBER, Scalar, WHOLE};
use crate::emit::formula::Refusal;
use crate::schema::{Field, Step};
use crate::time::Millis;
use crate::value::Cardinality;

/// ClickHouse 24 or newer.
#[derive(Debug)]
pub struct ClickHouse;

impl Dialect for ClickHouse {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "clickhouse",
            aliases: &[],
            title: "ClickHouse: a WHERE condition with bound values",
            product: "ClickHouse",
            is_executed: true,
            longest_name: usize::MAX,
            most_params: 1000,
            longest_text: usize::MAX,
            longest_statement: 262_144,
            exact: None,
            text_order: "",
            // `transform_null_in` makes `NULL NOT IN (1)` true.
            keeps_null: false,
            keeps_members: true,
            says_nulls_last: true,
            least_integer: "-9223372036854775808",
            table_options: " ENGINE = MergeTree ORDER BY tuple()",
        }
    }

    fn caution(&self, _field: &Field) -> Option<&'static str> {
        None
    }

    fn identifier(&self, name: &str) -> String {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }

    fn can_name(&self, _name: &str) -> bool {
        true
    }

    fn text(&self, text: &str) -> String {
        backslashed(text)
    }

    fn boolean(&self, value: bool) -> Param {
        Param::Bool(value)
    }

    fn placeholder(&self, number: usize, value: &Param) -> Cow<'static, str> {
        format!("{{p{number}:{}}}", type_of(value)).into()
    }

    fn lists(&self) -> Option<&dyn Lists> {
        Some(self)
    }

    fn constant(&self, holds: bool) -> &'static str {
        if holds { "TRUE" } else { "FALSE" }
    }

    fn not_true(&self, condition: &str) -> String {
        format!("NOT ifNull({condition}, FALSE)")
    }

    fn fold(&self, text: &str) -> Option<String> {
        Some(format!("lower({text})"))
    }

    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String {
        let needle = value(Param::Text(needle.to_ascii_lowercase()));
        found(how, &format!("lower({text})"), &needle)
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        Ok(wild(pattern, ['%', '_'], &['%', '_', '\\'], |c| format!("\\{c}")))
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e"
    }

    fn any(&self, column: &str, _kind: Element, condition: &str) -> Condition {
        Condition::sure(format!("arrayExists(e -> {condition}, {column})"))
    }

    /// Not `hasAny`, which takes NULL among the values for an empty text or 0.
    fn overlaps(
        &self,
        _column: &str,
        _kind: Element,
        _values: &mut dyn FnMut() -> Listed,
    ) -> Option<Condition> {
        None
    }

    fn key_id(&self, key: &str) -> String {
        member(key, "id")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        members.each(value, |name| member(key, name))
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        let instant = |value: &str| format!("toDateTime64({value}, 3, 'UTC')");
        Some(NativeTime {
            text,
            instant,
            in_lists: true,
            reach: "it holds the years from 1900 to 2299",
        })
    }

    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        paged(limit, skip)
    }

    /// Its type for days holds the years 1900 to 2299 alone, and texts of decimal numbers are read by
    /// functions that not every build has, the embedded one of the tests among them. A double that is
    /// NULL was seen to pass `x >= 0` there (26.5), beside other conditions.
    fn held(&self, _typed: Typed) -> Option<Held> {
        None
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        let [one, optional, many] = match cell {
            Cell::Instant => [
                "DateTime64(3, 'UTC')",
                "Nullable(DateTime64(3, 'UTC'))",
                "Array(Nullable(DateTime64(3, 'UTC')))",
            ],
            Cell::Whole => ["Int64", "Nullable(Int64)", "Array(Nullable(Int64))"],
            Cell::Flag => ["Bool", "Nullable(Bool)", "Array(Nullable(Bool))"],
            Cell::Text | Cell::Key => ["String", "Nullable(String)", "Array(Nullable(String))"],
        };
        match cardinality {
            Cardinality::One => one,
            Cardinality::Optional => optional,
            Cardinality::Many => many,
        }
    }

    fn column_check(&self, _column: &str, _field: &Field) -> Option<String> {
        None
    }
}

impl Documents for ClickHouse {
    fn column_type(&self) -> &'static str {
        "String"
    }

    fn column_check(&self, _column: &str) -> Option<String> {
        None
    }

    fn can_name(&self, member: &str) -> bool {
        !member.is_empty()
    }

    fn caution(&self, _member: &str) -> Option<&'static str> {
        None
    }

    fn reads_instants(&self) -> bool {
        true
    }

    fn value(&self, document: &str, way: &[Step], kind: Scalar) -> String {
        let place = self.place(document, way);
        let json = format!("JSONType({place})");
        let text = format!("JSONExtractString({place})");
        let raw = format!("JSONExtractRaw({place})");
        let flag = match kind {
            Scalar::Text => format!("{json} = 'Bool', {raw}, "),
            Scalar::Id | Scalar::Number | Scalar::Flag | Scalar::Instant => String::new(),
        };
        match kind {
            Scalar::Text | Scalar::Id => format!(
                "multiIf({json} = 'String' AND position({text}, char(0)) = 0, {text}, {flag}{json} \
                 IN ({NUMBERS}), toString({}), NULL)",
                whole(&raw)
            ),
            Scalar::Number => format!(
                "multiIf({json} IN ({NUMBERS}), {}, {json} = 'String', {}, NULL)",
                whole(&raw),
                whole(&text)
            ),
            Scalar::Flag => format!("multiIf({json} = 'Bool', {raw} = 'true', NULL)"),
            Scalar::Instant => instant(&json, &text),
        }
    }

    /// Columns hold no such values, either.
    fn typed(&self, _document: &str, _way: &[Step], _kind: Typed) -> Option<String> {
        None
    }

    fn element(&self) -> &'static str {
        "e"
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        let place = self.place(document, way);
        let list = format!(
            "if(JSONType({place}) = 'Array', JSONExtractArrayRaw({place}), [JSONExtractRaw({place})])"
        );
        Condition::sure(format!("arrayExists(e -> {condition}, {list})"))
    }
}

impl ClickHouse {
    /// A document and the steps into it, as arguments; elements are counted from 1.
    fn place(&self, document: &str, way: &[Step]) -> String {
        let leg = |step: &Step| match step {
            Step::Member(name) => self.text(name),
            Step::Element(number) => (u64::from(*number) + 1).to_string(),
            Step::Each => "1".to_owned(),
        };
        let legs = way.iter().map(|step| format!(", {}", leg(step)));
        format!("{document}{}", legs.collect::<String>())
    }
}

impl Lists for ClickHouse {
    fn bound(&self, values: Vec<Param>) -> Param {
        Param::List(values)
    }

    fn array(&self, items: &str) -> String {
        format!("[{items}]")
    }

    fn among(&self, value: &str, list: &str, _texts: bool) -> String {
        format!("has({list}, {value})")
    }

    fn find(&self, how: Find, text: &str, list: &str) -> Condition {
        let found = found(how, &format!("lower({text})"), "n");
        Condition::sure(format!("arrayExists(n -> {found}, {list})"))
    }
}

/// What `JSONType` says of numbers.
const NUMBERS: &str = "'Int64', 'UInt64', 'Double'";

/// The number without fraction that a text says, as JSON writes it, where 64 bits hold it. No
/// branch fails where another is taken: a setting has all of them evaluated.
fn whole(text: &str) -> String {
    let double = format!("toFloat64OrNull({text})");
    format!(
        "multiIf(match({text}, '{WHOLE}'), toInt64OrNull({text}), match({text}, '{NUMBER}') AND \
         floor({double}) = {double}, accurateCastOrNull({double}, 'Int64'), NULL)"
    )
}

/// A text in RFC 3339 as an instant. What stands for any other text is read all the same, and small
/// letters fail.
fn instant(json: &str, text: &str) -> String {
    let is = format!("{json} = 'String' AND match({text}, '{INSTANT}')");
    let read =
        format!("parseDateTime64BestEffort(if({is}, upper({text}), '1970-01-01'), 3, 'UTC')");
    format!("if({is}, {read}, NULL)")
}

fn type_of(value: &Param) -> &'static str {
    match value {
        Param::Bool(_) => "Bool",
        Param::Int(_) => "Int64",
        Param::Double(_) => "Float64",
        Param::Text(_) => "String",
        Param::List(values) => match values.first() {
            Some(Param::Bool(_)) => "Array(Bool)",
            Some(Param::Int(_)) => "Array(Int64)",
            Some(Param::Text(_) | Param::Double(_) | Param::List(_)) | None => "Array(String)",
        },
    }
}

fn member(key: &str, name: &str) -> String {
    let kind = if name == "id" { "String" } else { "Int64" };
    format!("JSONExtract({key}, '{name}', 'Nullable({kind})')")
}

/// A folded text holds a folded needle.
fn found(how: Find, text: &str, needle: &str) -> String {
    match how {
        Find::Inside => format!("position({text}, {needle}) > 0"),
        Find::Start => format!("startsWith({text}, {needle})"),
        Find::End => format!("endsWith({text}, {needle})"),
        Find::Whole => format!("{text} = {needle}"),
        Find::Fits => format!("{text} LIKE {needle}"),
    }
}

fn text(at: Millis) -> Option<String> {
    let time = DateTime::<Utc>::from_timestamp_millis(at)?;
    let held = (1900..=2299).contains(&time.year());
    held.then(|| time.format("%Y-%m-%d %H:%M:%S%.3f").to_string())
}
