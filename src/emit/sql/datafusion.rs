//! DataFusion, with its parser set to the dialect of DuckDB, which has lambdas:
//! `SET datafusion.sql_parser.dialect = 'DuckDB'`.
//!
//! Columns: `VARCHAR`, `BIGINT`, `BOOLEAN` and their arrays; timestamps are numbers of ms, or with
//! native time `TIMESTAMPTZ`; a key is a `STRUCT` of `id`, `saas` and `inst`.
//!
//! Surprises it is written around:
//! - `x NOT IN (1) OR x NOT IN (2)` holds for NULL: that makes it true before it looks.
//! - `lower` and `ILIKE` fold all of Unicode; `translate` folds what it is told.
//! - Members of keys are taken out of a condition with a lambda, which then finds the wrong value:
//!   `SET datafusion.optimizer.enable_leaf_expression_pushdown = false` leaves them in.
//! - A column that several values are in cannot be unnested in a condition.
//! - A key that is NULL can have members that are not.
//! - A text cast to `TIMESTAMPTZ` that 64 bits of ns do not hold ends the query.
//! - Some twenty levels of `NOT (` are all it reads.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, marked, paged, rfc3339, translated,
};
use super::document::Documents;
use crate::emit::formula::Refusal;
use crate::emit::pattern;
use crate::schema::Field;
use crate::time::Millis;
use crate::value::Cardinality;

/// DataFusion 50 or newer.
#[derive(Debug)]
pub struct DataFusion;

impl Dialect for DataFusion {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "datafusion",
            aliases: &[],
            title: "DataFusion: a WHERE condition with bound values",
            product: "DataFusion",
            is_executed: true,
            longest_name: usize::MAX,
            most_params: 1000,
            longest_text: usize::MAX,
            longest_statement: usize::MAX,
            exact: None,
            text_order: "",
            keeps_null: false,
            keeps_members: false,
            says_nulls_last: true,
            least_integer: "-9223372036854775808",
            table_options: "",
        }
    }

    fn caution(&self, field: &Field) -> Option<&'static str> {
        (!field.is_single()).then_some(
            "needs `SET datafusion.sql_parser.dialect = 'DuckDB'` and `SET \
             datafusion.optimizer.enable_leaf_expression_pushdown = false`, and all columns \
             selected: version 55 mixes up columns and members otherwise",
        )
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

    fn placeholder(&self, number: usize, _value: &Param) -> Cow<'static, str> {
        format!("${number}").into()
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
            Find::Inside => format!("strpos({text}, {needle}) > 0"),
            Find::Start => format!("starts_with({text}, {needle})"),
            Find::End => format!("ends_with({text}, {needle})"),
            Find::Whole => format!("{text} = {needle}"),
            Find::Fits => format!("regexp_like({text}, {needle})"),
        }
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        let own = pattern::fits(pattern, ".", ["", ""], pattern::lower);
        Ok(format!(r"(?s)^{own}\z"))
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e"
    }

    fn any(&self, column: &str, _kind: Element, condition: &str) -> Condition {
        Condition::new(format!("array_any_match({column}, e -> {condition})"))
    }

    fn overlaps(
        &self,
        column: &str,
        _kind: Element,
        values: &mut dyn FnMut() -> Listed,
    ) -> Option<Condition> {
        let (Listed::Items(list) | Listed::Param(list)) = values();
        Some(Condition::new(format!("array_has_any({column}, [{list}])")))
    }

    fn key_id(&self, key: &str) -> String {
        member(key, "id")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        members.each(value, |name| member(key, name))
    }

    /// It has no functions for JSON.
    fn documents(&self) -> Option<&dyn Documents> {
        None
    }

    fn native_time(&self) -> Option<NativeTime> {
        let instant = |value: &str| format!("CAST({value} AS TIMESTAMPTZ)");
        Some(NativeTime {
            text,
            instant,
            in_lists: true,
            reach: "it counts ns, and holds the years from 1678 to 2261",
        })
    }

    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        paged(limit, skip)
    }

    /// To it `-0` is another double than `0`.
    fn held(&self, typed: Typed) -> Option<Held> {
        if typed == Typed::Double {
            return None;
        }
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

/// What fits into 64 bits of ns.
fn text(at: Millis) -> Option<String> {
    let reach = -9_223_372_036_000..=9_223_372_036_854;
    rfc3339(at).filter(|_| reach.contains(&at))
}

fn member(key: &str, name: &str) -> String {
    format!("{key}['{name}']")
}
