//! SQLite.
//!
//! Columns: booleans are 0 and 1, timestamps numbers of ms, a list is a JSON array in text, a
//! key a JSON object in text. SQLite has no type for instants, so native time is refused.
//!
//! Surprises it is written around:
//! - `json_each("type") AS e` takes its own column `type` for the table's: such names, and
//!   expressions, are fetched in a `SELECT` of their own first.
//! - `LIKE` depends on a pragma, `instr` does not. `lower` knows ASCII letters only, unless the
//!   ICU extension is loaded, which must not be.
//! - Where no column has the name, `"name"` is a text, without an error. The table that
//!   `ddl` prints has every column.
//! - A statement binds 32766 values at most; 999 before version 3.32.

use std::borrow::Cow;

use super::Param;
use super::dialect::{Dialect, Each, Find, Listed, Members, NativeTime, marked};
use crate::schema::Field;
use crate::value::{Cardinality, Type};

/// SQLite 3.32 or newer, with its JSON functions.
#[derive(Debug)]
pub struct Sqlite;

/// Columns of `json_each`, which hide a table's of the same name.
const JSON_EACH: &[&str] = &[
    "key", "value", "type", "atom", "id", "parent", "fullkey", "path", "json", "root", "rowid",
    "oid", "_rowid_",
];

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["sqlite3"]
    }

    fn title(&self) -> &'static str {
        "SQLite: a WHERE condition with bound values"
    }

    fn product(&self) -> &'static str {
        "SQLite"
    }

    fn identifier(&self, name: &str) -> String {
        marked(name, '"')
    }

    fn longest_name(&self) -> usize {
        usize::MAX
    }

    fn text(&self, text: &str) -> String {
        marked(text, '\'')
    }

    /// A number, since some drivers cannot bind a boolean.
    fn boolean(&self, value: bool) -> Param {
        Param::Int(value.into())
    }

    /// A JSON array in text.
    fn list(&self, values: Vec<Param>) -> Param {
        Param::Text(serde_json::to_string(&values).unwrap_or_default())
    }

    fn array(&self, items: &str) -> String {
        format!("json_array({items})")
    }

    fn placeholder(&self, _number: usize) -> Cow<'static, str> {
        "?".into()
    }

    fn most_params(&self) -> usize {
        32_000
    }

    fn constant(&self, holds: bool) -> &'static str {
        if holds { "1 = 1" } else { "1 = 0" }
    }

    fn not_true(&self, condition: &str) -> String {
        format!("({condition}) IS NOT TRUE")
    }

    fn fold(&self, text: &str) -> String {
        format!("lower({text})")
    }

    fn find(&self, how: Find, text: &str, needle: &mut dyn FnMut() -> String) -> String {
        match how {
            Find::Inside => format!("instr({text}, {}) > 0", needle()),
            Find::Start => format!("instr({text}, {}) = 1", needle()),
            Find::End => {
                let length = needle();
                format!("substr({text}, -length({length})) = {}", needle())
            }
        }
    }

    fn find_listed(&self, how: Find, text: &str, list: &str) -> String {
        let found = self.find(how, "t.value", &mut || "n.value".to_owned());
        format!(
            "EXISTS (SELECT 1 FROM (SELECT {text} AS value) AS t, json_each({list}) AS n WHERE {found})"
        )
    }

    fn in_listed(&self, value: &str, list: &str) -> String {
        format!("{value} IN (SELECT value FROM json_each({list}))")
    }

    fn each(&self, column: &str, _kind: Type) -> Each {
        let name = column.trim_matches('"');
        let hidden =
            column.starts_with('(') || JSON_EACH.iter().any(|own| own.eq_ignore_ascii_case(name));
        let source = if hidden {
            format!("(SELECT {column} AS list) AS t, json_each(t.list) AS e")
        } else {
            format!("json_each({column}) AS e")
        };
        Each { source, element: "e.value" }
    }

    fn overlaps(
        &self,
        _column: &str,
        _kind: Type,
        _values: &mut dyn FnMut() -> Listed,
    ) -> Option<String> {
        None
    }

    fn key_id(&self, key: &str) -> String {
        format!("json_extract({key}, '$.id')")
    }

    fn key_has(
        &self,
        key: &str,
        members: Members<'_>,
        value: &mut dyn FnMut(Param) -> String,
    ) -> String {
        let id = members.id.map(|id| ("id", Param::Text(id.to_owned())));
        let saas = members.saas.map(|saas| ("saas", Param::Int(saas)));
        let inst = members.inst.map(|inst| ("inst", Param::Int(inst)));
        let has = |(name, wanted)| format!("json_extract({key}, '$.{name}') = {}", value(wanted));
        let all: Vec<String> = [id, saas, inst].into_iter().flatten().map(has).collect();
        if all.len() == 1 { all.concat() } else { format!("({})", all.join(" AND ")) }
    }

    fn native_time(&self) -> Option<NativeTime> {
        None
    }

    /// `OFFSET` needs a `LIMIT` before it; -1 is none. Numbers above 64 bits would be refused.
    fn paging(&self, limit: Option<u64>, skip: Option<u64>) -> String {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        match (limit.map(number), skip.map(number)) {
            (None, None) => String::new(),
            (Some(limit), None) => format!(" LIMIT {limit}"),
            (limit, Some(skip)) => format!(" LIMIT {} OFFSET {skip}", limit.unwrap_or(-1)),
        }
    }

    fn column_type(&self, field: &Field, _native_time: bool) -> &'static str {
        match (field.cardinality, field.kind) {
            (Cardinality::Many, _) => "TEXT",
            (_, Type::Integer | Type::Timestamp | Type::Boolean) => "INTEGER",
            (_, Type::String | Type::EntityKey | Type::File | Type::Folder) => "TEXT",
        }
    }

    fn column_check(&self, column: &str, field: &Field) -> Option<String> {
        let json = match field.cardinality {
            Cardinality::Many => "array",
            Cardinality::One | Cardinality::Optional if field.kind.is_key() => "object",
            Cardinality::One | Cardinality::Optional => return None,
        };
        Some(format!("json_valid({column}) AND json_type({column}) = '{json}'"))
    }
}
