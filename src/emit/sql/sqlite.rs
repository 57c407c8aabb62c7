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
//! - `GLOB` knows no escape, but `[*]`; it reads U+FFFE and U+FFFF as U+FFFD.
//! - Where no column has the name, `"name"` is a text, without an error. The table that
//!   `ddl` prints has every column.
//! - `TRUE` is a column where one has that name, so `IS NOT TRUE` is not said.
//! - A statement binds 32766 values at most; 999 before version 3.32.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, exists, fitting, marked, wild,
};
use super::document::{Documents, Scalar, dollar_path, is_never_escaped, needs_no_escape};
use crate::emit::formula::Refusal;
use crate::schema::{Field, Step};
use crate::value::Cardinality;

/// SQLite 3.32 or newer, with its JSON functions.
#[derive(Debug)]
pub struct Sqlite;

/// Columns of `json_each`, which hide a table's of the same name.
const JSON_EACH: &[&str] = &[
    "key", "value", "type", "atom", "id", "parent", "fullkey", "path", "json", "root", "rowid",
    "oid", "_rowid_",
];

/// `SQLITE_MAX_LIKE_PATTERN_LENGTH`, unless it was built otherwise.
const LONGEST_PATTERN: usize = 50_000;

impl Dialect for Sqlite {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "sqlite",
            aliases: &["sqlite3"],
            title: "SQLite: a WHERE condition with bound values",
            product: "SQLite",
            is_executed: true,
            longest_name: usize::MAX,
            most_params: 32_000,
            longest_text: usize::MAX,
            longest_statement: usize::MAX,
            exact: None,
            text_order: " COLLATE BINARY",
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

    fn can_name(&self, _name: &str) -> bool {
        true
    }

    fn text(&self, text: &str) -> String {
        marked(text, '\'')
    }

    /// A number, since some drivers cannot bind a boolean.
    fn boolean(&self, value: bool) -> Param {
        Param::Int(value.into())
    }

    fn placeholder(&self, _number: usize, _value: &Param) -> Cow<'static, str> {
        "?".into()
    }

    /// It takes long over many bound texts.
    fn lists(&self) -> Option<&dyn Lists> {
        Some(self)
    }

    fn constant(&self, holds: bool) -> &'static str {
        if holds { "1 = 1" } else { "1 = 0" }
    }

    fn not_true(&self, condition: &str) -> String {
        format!("({condition}) IS NOT 1")
    }

    fn fold(&self, text: &str) -> Option<String> {
        Some(format!("lower({text})"))
    }

    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String {
        let mut needle = || value(Param::Text(needle.to_ascii_lowercase()));
        found(how, &format!("lower({text})"), &mut needle)
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        if pattern.contains(['\u{fffd}', '\u{fffe}', '\u{ffff}']) {
            let what =
                "the characters U+FFFD, U+FFFE and U+FFFF in a pattern, which it takes for one";
            return Err(Refusal::new(what, "ask for a pattern without them"));
        }
        let own = wild(pattern, ['*', '?'], &['*', '?', '['], |c| format!("[{c}]"));
        if own.len() > LONGEST_PATTERN {
            let what = format!("a pattern of more than {LONGEST_PATTERN} bytes");
            return Err(Refusal::new(what, "ask for a shorter one"));
        }
        Ok(own)
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e.value"
    }

    fn any(&self, column: &str, _kind: Element, condition: &str) -> Condition {
        exists(&each(column), condition)
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
        format!("json_extract({key}, '$.id')")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        members.each(value, |name| format!("json_extract({key}, '$.{name}')"))
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        None
    }

    /// `OFFSET` needs a `LIMIT` before it; -1 is none. Numbers above 64 bits would be refused.
    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        match (limit.map(fitting), skip.map(fitting)) {
            (None, None) => String::new(),
            (Some(limit), None) => format!(" LIMIT {limit}"),
            (limit, Some(skip)) => format!(" LIMIT {} OFFSET {skip}", limit.unwrap_or(-1)),
        }
    }

    /// It has no decimal numbers: those that are written as such are doubles to it. Days are texts,
    /// whose order is that of the days.
    fn held(&self, typed: Typed) -> Option<Held> {
        let column = match typed {
            Typed::Double => "REAL",
            Typed::Decimal(_) => return None,
            Typed::Day => "TEXT",
        };
        Some(Held::plain(column, "TEXT".to_owned()))
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        match (cardinality, cell) {
            (Cardinality::Many, _) => "TEXT",
            (_, Cell::Whole | Cell::Instant | Cell::Flag) => "INTEGER",
            (_, Cell::Text | Cell::Key) => "TEXT",
        }
    }

    /// `json_type` fails on what is no JSON. `json_valid` does not hold for NULL before 3.45.
    fn column_check(&self, column: &str, field: &Field) -> Option<String> {
        let json = match field.cardinality {
            Cardinality::Many => "array",
            Cardinality::One | Cardinality::Optional if field.kind.is_key() => "object",
            Cardinality::One | Cardinality::Optional => return None,
        };
        Some(format!("json_type({column}) = '{json}'"))
    }
}

impl Documents for Sqlite {
    fn column_type(&self) -> &'static str {
        "TEXT"
    }

    fn column_check(&self, column: &str) -> Option<String> {
        Some(format!("json_type({column}) = 'object'"))
    }

    fn can_name(&self, member: &str) -> bool {
        needs_no_escape(member)
    }

    fn caution(&self, _member: &str) -> Option<&'static str> {
        None
    }

    fn reads_instants(&self) -> bool {
        false
    }

    fn value(&self, document: &str, way: &[Step], kind: Scalar) -> String {
        match way.split_last() {
            None => typed("e", kind),
            Some((last, parents)) => self.looked_up(document, parents, last, &typed("m", kind)),
        }
    }

    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        let read = match kind {
            Typed::Double => double,
            Typed::Decimal(_) => return None,
            Typed::Day => day,
        };
        Some(match way.split_last() {
            None => read("e"),
            Some((last, parents)) => self.looked_up(document, parents, last, &read("m")),
        })
    }

    fn element(&self) -> &'static str {
        ELEMENT
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        // `json_array` writes 15 digits of a number with a fraction; 20 are read back as the same. Infinity
        // is no JSON.
        const LIST: &str = "CASE m.type WHEN 'array' THEN m.value WHEN 'object' THEN '[' || \
                            m.value || ']' WHEN 'true' THEN '[true]' WHEN 'false' THEN '[false]' \
                            WHEN 'real' THEN CASE WHEN abs(m.value) < 9e999 THEN '[' || \
                            printf('%!.20g', m.value) || ']' ELSE '[]' END \
                            ELSE json_array(m.value) END";
        let list = match way.split_last() {
            None => document.to_owned(),
            Some((last, parents)) => self.looked_up(document, parents, last, LIST),
        };
        exists(&format!("json_each({list}) AS e"), condition)
    }
}

const ELEMENT: &str = "e.value";

impl Sqlite {
    /// What `found` says of one member or element, which is called `m`: of one that is looked up by
    /// its name `json_each` tells the type, and finds it however it is escaped.
    fn looked_up(&self, document: &str, parents: &[Step], last: &Step, found: &str) -> String {
        let place = match last {
            Step::Member(name) => self.text(name),
            Step::Element(number) => number.to_string(),
            Step::Each => "0".to_owned(),
        };
        // Before 3.45 a path finds no name that is escaped in the document.
        let escaped = |step: &Step| matches!(step, Step::Member(name) if !is_never_escaped(name));
        let (document, path) = match parents.iter().rposition(escaped) {
            Some(last) => {
                let (before, after) = parents.split_at(last);
                let object = after.split_first().map(|(name, _)| {
                    const OBJECT: &str = "CASE WHEN m.type IN ('array', 'object') THEN m.value END";
                    self.looked_up(document, before, name, OBJECT)
                });
                let after = after.split_first().map(|(_, after)| after).unwrap_or_default();
                (object.unwrap_or_default(), after)
            }
            None if document == ELEMENT => {
                let object = "CASE WHEN e.type IN ('array', 'object') THEN e.value END";
                (object.to_owned(), parents)
            }
            None => (document.to_owned(), parents),
        };
        let path = (!path.is_empty()).then(|| self.text(&dollar_path(path)));
        let source = each_as("m", &document, path.as_deref());
        format!("(SELECT {found} FROM {source} WHERE m.key = {place})")
    }
}

/// A row of `json_each` as a value of a type.
fn typed(row: &str, kind: Scalar) -> String {
    let (json, value) = (format!("{row}.type"), format!("{row}.value"));
    let whole = |value: &str| {
        // A number beyond 64 bits is a real one, of which the least is cast without a difference.
        format!(
            "CASE WHEN {value} = CAST({value} AS INTEGER) AND (typeof({value}) = 'integer' OR \
             {value} > -9223372036854775807) THEN CAST({value} AS INTEGER) END"
        )
    };
    let text = format!(
        "WHEN {json} = 'text' AND instr({value}, char(0)) = 0 THEN {value} WHEN {json} IN \
         ('integer', 'real') THEN CAST({} AS TEXT)",
        whole(&value)
    );
    match kind {
        Scalar::Id => format!("CASE {text} END"),
        Scalar::Text | Scalar::Instant => {
            format!("CASE {text} WHEN {json} IN ('true', 'false') THEN {json} END")
        }
        Scalar::Number => {
            let read = whole(&format!("json_extract({value}, '$')"));
            format!(
                "CASE WHEN {json} IN ('integer', 'real') THEN {} WHEN {json} = 'text' AND {value} \
                 NOT GLOB '*[^-+.0-9eE]*' THEN CASE WHEN json_valid({value}) THEN {read} END END",
                whole(&value)
            )
        }
        Scalar::Flag => format!("CASE {json} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"),
    }
}

/// A row of `json_each` as a double; a number that is too large is infinite to it.
fn double(row: &str) -> String {
    let (json, value) = (format!("{row}.type"), format!("{row}.value"));
    let finite = |value: &str| {
        format!("CASE WHEN {value} > -9e999 AND {value} < 9e999 THEN CAST({value} AS REAL) END")
    };
    format!(
        "CASE WHEN {json} IN ('integer', 'real') THEN {} WHEN {json} = 'text' AND {value} NOT GLOB \
         '*[^-+.0-9eE]*' THEN CASE WHEN json_valid({value}) THEN {} END END",
        finite(&value),
        finite(&format!("json_extract({value}, '$')"))
    )
}

/// A row of `json_each` as a day. One that does not exist is another once it is counted with.
fn day(row: &str) -> String {
    let value = format!("{row}.value");
    format!(
        "CASE WHEN {row}.type = 'text' AND date({value}, '+0 days') = {value} AND {value} >= \
         '0001-01-01' THEN {value} END"
    )
}

/// A list is a JSON array in text.
impl Lists for Sqlite {
    fn bound(&self, values: Vec<Param>) -> Param {
        Param::Text(serde_json::to_string(&values).unwrap_or_default())
    }

    fn array(&self, items: &str) -> String {
        format!("json_array({items})")
    }

    fn among(&self, value: &str, list: &str, _texts: bool) -> String {
        format!("{value} IN (SELECT value FROM json_each({list}))")
    }

    fn find(&self, how: Find, text: &str, list: &str) -> Condition {
        let found = found(how, "t.value", &mut || "n.value".to_owned());
        let source = format!("(SELECT lower({text}) AS value) AS t, json_each({list}) AS n");
        exists(&source, &found)
    }
}

/// The elements of the list in a column.
fn each(column: &str) -> String {
    each_as("e", column, None)
}

/// The elements or members at a path of what a column holds, each called `row`.
fn each_as(row: &str, column: &str, path: Option<&str>) -> String {
    let name = column.trim_matches('"');
    let hidden =
        column.starts_with('(') || JSON_EACH.iter().any(|own| own.eq_ignore_ascii_case(name));
    let path = path.map(|path| format!(", {path}")).unwrap_or_default();
    if hidden {
        format!("(SELECT {column} AS list) AS t, json_each(t.list{path}) AS {row}")
    } else {
        format!("json_each({column}{path}) AS {row}")
    }
}

/// A folded text holds a folded needle. Each call of `needle` says it once more.
fn found(how: Find, text: &str, needle: &mut dyn FnMut() -> String) -> String {
    match how {
        Find::Inside => format!("instr({text}, {}) > 0", needle()),
        Find::Start => format!("instr({text}, {}) = 1", needle()),
        Find::End => {
            let length = needle();
            format!("substr({text}, -length({length})) = {}", needle())
        }
        Find::Whole => format!("{text} = {}", needle()),
        Find::Fits => format!("{text} GLOB {}", needle()),
    }
}
