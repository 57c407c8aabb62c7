//! SQL Server and Azure SQL.
//!
//! Columns: `NVARCHAR(MAX)`, `BIGINT`, `BIT`; several values are a JSON array in text, a key is a
//! JSON object in text; timestamps are numbers of ms, or with native time `DATETIMEOFFSET(3)`.
//!
//! Surprises it is written around:
//! - `=` and `IN` ignore spaces at the end under every collation, and letters' case under most:
//!   texts are compared in binary with a mark behind them. A column is compared plainly as well,
//!   which excludes no more and is what an index knows.
//! - There are no booleans: no `TRUE`, no `IS NOT TRUE`, and no condition is a value.
//! - A backslash at the end of a line is left out of a text together with the end of the line.
//! - `CHARINDEX` looks for 4000 characters at most, and `+` cuts off what is beyond them.
//! - `JSON_VALUE` knows no text beyond them either; `OPENJSON` does.
//! - `_` of `LIKE` is a unit of UTF-16, so that no `?` can be said; `[` begins a class.
//! - Columns of `OPENJSON` have a collation of their own, which compares with no other column's.
//! - `OFFSET` needs an order, and `FETCH` a row at least.
//!
//! No SQL Server runs in the tests: the text is read by a parser only.

use std::borrow::Cow;

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, exists, fits, fitting, like, marked, rfc3339, translated,
};
use super::document::{Documents, Scalar, dollar_path, needs_no_escape};
use crate::emit::formula::Refusal;
use crate::fold::glob::{self, Piece};
use crate::schema::{Field, Step};
use crate::value::Cardinality;

/// SQL Server 2017 or newer, at compatibility level 130 or above.
#[derive(Debug)]
pub struct SqlServer;

/// A list of texts, none of which is longer than [`Facts::longest_text`].
const TEXTS: &str = "WITH (v NVARCHAR(4000) '$') AS n";
const NUMBERS: &str = "WITH (v BIGINT '$') AS n";
const MEMBERS: &str =
    "WITH (id NVARCHAR(MAX) '$.id', saas BIGINT '$.saas', inst BIGINT '$.inst') AS k";

impl Dialect for SqlServer {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "sqlserver",
            aliases: &["mssql", "tsql", "azuresql"],
            title: "SQL Server: a WHERE condition with bound values",
            product: "SQL Server",
            is_executed: false,
            longest_name: usize::MAX,
            most_params: 2000,
            longest_text: 3999,
            longest_statement: usize::MAX,
            exact: Some(exact),
            text_order: " COLLATE Latin1_General_100_BIN2",
            keeps_null: true,
            keeps_members: true,
            says_nulls_last: false,
            least_integer: "-9223372036854775808",
            table_options: "",
        }
    }

    fn caution(&self, _field: &Field) -> Option<&'static str> {
        None
    }

    fn identifier(&self, name: &str) -> String {
        format!("[{}]", name.replace(']', "]]"))
    }

    fn can_name(&self, name: &str) -> bool {
        name.encode_utf16().count() <= 128 && !name.ends_with(char::is_whitespace)
    }

    fn text(&self, text: &str) -> String {
        let whole = format!("N{}", marked(text, '\''));
        let split = whole.replace("\\\n", "\\' + N'\n").replace("\\\r", "\\' + N'\r");
        if split.len() > whole.len() { format!("({split})") } else { whole }
    }

    /// A number, since there is no literal of a `BIT`.
    fn boolean(&self, value: bool) -> Param {
        Param::Int(value.into())
    }

    fn placeholder(&self, number: usize, _value: &Param) -> Cow<'static, str> {
        format!("@p{number}").into()
    }

    /// It runs out of resources over some thousands of values in one `IN`.
    fn lists(&self) -> Option<&dyn Lists> {
        Some(self)
    }

    fn constant(&self, holds: bool) -> &'static str {
        if holds { "1 = 1" } else { "1 = 0" }
    }

    fn not_true(&self, condition: &str) -> String {
        format!("CASE WHEN {condition} THEN 0 ELSE 1 END = 1")
    }

    fn fold(&self, text: &str) -> Option<String> {
        Some(folded(text))
    }

    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String {
        let needle = value(Param::Text(needle.to_ascii_lowercase()));
        found(how, &folded(text), &needle)
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        if glob::pieces(pattern).any(|piece| piece == Piece::One) {
            let what = "`?` in a pattern: it counts a character outside of the basic plane as two";
            return Err(Refusal::new(what, "`*` stands for any run of characters"));
        }
        let own = like(pattern).replace('[', "![");
        let longest = self.facts().longest_text;
        if own.encode_utf16().count() > longest {
            let what = format!("a pattern of more than {longest} characters");
            return Err(Refusal::new(what, "ask for a shorter one"));
        }
        Ok(own)
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e.v"
    }

    fn any(&self, column: &str, kind: Element, condition: &str) -> Condition {
        let element = match kind {
            Element::Cell(Cell::Text) => "NVARCHAR(MAX) '$'",
            Element::Cell(Cell::Whole | Cell::Instant) => "BIGINT '$'",
            Element::Cell(Cell::Flag) => "BIT '$'",
            Element::Cell(Cell::Key) => "NVARCHAR(MAX) '$' AS JSON",
            Element::Typed(Typed::Double) => "FLOAT '$'",
            Element::Typed(Typed::Decimal(_)) => "DECIMAL(38) '$'",
            Element::Typed(Typed::Day) => "DATE '$'",
        };
        let source = format!("OPENJSON({column}) WITH (v {element}) AS e");
        exists(&source, condition)
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
        format!("(SELECT k.id FROM OPENJSON({key}) WITH (id NVARCHAR(MAX) '$.id') AS k)")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        let mut said = |param: Param| {
            let is_text = matches!(param, Param::Text(_));
            let value = value(param);
            if is_text { ended(&value) } else { value }
        };
        let place = |name: &str| {
            let member = format!("k.{name}");
            if name == "id" { ended(&binary(&member)) } else { member }
        };
        let all = members.each(&mut said, place);
        let all: Vec<&str> = all.iter().map(|test| test.sql.as_str()).collect();
        vec![exists(&format!("OPENJSON({key}) {MEMBERS}"), &all.join(" AND "))]
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        let instant = |value: &str| format!("CAST({value} AS DATETIMEOFFSET(3))");
        Some(NativeTime {
            text: rfc3339,
            instant,
            in_lists: false,
            reach: "it holds the years from 1 to 9999",
        })
    }

    /// What skips all rows stands for a limit of 0.
    fn paging(&self, limit: Option<u64>, skip: Option<u64>, ordered: bool) -> String {
        if limit.or(skip).is_none() {
            return String::new();
        }
        let order = if ordered { "" } else { " ORDER BY (SELECT NULL)" };
        let skip = fitting(skip.unwrap_or_default());
        let limit = limit.map(|limit| fitting(limit).min(i64::MAX - skip));
        match limit {
            None => format!("{order} OFFSET {skip} ROWS"),
            Some(0) => format!("{order} OFFSET {} ROWS", i64::MAX),
            Some(limit) => format!("{order} OFFSET {skip} ROWS FETCH NEXT {limit} ROWS ONLY"),
        }
    }

    fn held(&self, typed: Typed) -> Option<Held> {
        Some(Held::cast(typed.name(["FLOAT", "DECIMAL", "DATE"]), None))
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        match cell {
            _ if cardinality == Cardinality::Many => "NVARCHAR(MAX)",
            Cell::Key => "NVARCHAR(MAX)",
            Cell::Instant => "DATETIMEOFFSET(3)",
            Cell::Whole => "BIGINT",
            Cell::Flag => "BIT",
            Cell::Text => "NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2",
        }
    }

    fn column_check(&self, column: &str, field: &Field) -> Option<String> {
        let start = match field.cardinality {
            Cardinality::Many => '[',
            Cardinality::One | Cardinality::Optional if field.kind.is_key() => '{',
            Cardinality::One | Cardinality::Optional => return None,
        };
        Some(json_check(column, start))
    }
}

impl Documents for SqlServer {
    fn column_type(&self) -> &'static str {
        "NVARCHAR(MAX)"
    }

    fn column_check(&self, column: &str) -> Option<String> {
        Some(json_check(column, '{'))
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
        match way.split_last() {
            None => typed("e", kind),
            Some((last, parents)) => self.looked_up(document, parents, last, &typed("d", kind)),
        }
    }

    /// How it reads numbers of many digits no test has shown.
    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        if kind != Typed::Day {
            return None;
        }
        Some(match way.split_last() {
            None => day("e"),
            Some((last, parents)) => self.looked_up(document, parents, last, &day("d")),
        })
    }

    fn element(&self) -> &'static str {
        ELEMENT
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        const LIST: &str = "CASE d.[type] WHEN 4 THEN d.[value] WHEN 1 THEN N'[\"' + \
                            STRING_ESCAPE(d.[value], 'json') + N'\"]' ELSE N'[' + d.[value] + N']' END";
        let list = match way.split_last() {
            None => document.to_owned(),
            Some((last, parents)) => self.looked_up(document, parents, last, LIST),
        };
        exists(&format!("OPENJSON({list}) AS e"), condition)
    }
}

const ELEMENT: &str = "e.[value]";

impl SqlServer {
    /// What `found` says of one member or element, which is called `d`: of one that is looked up by
    /// its name `OPENJSON` tells the type.
    fn looked_up(&self, document: &str, parents: &[Step], last: &Step, found: &str) -> String {
        let document = if document == ELEMENT {
            format!("CASE WHEN e.[type] IN (4, 5) THEN {ELEMENT} END")
        } else {
            document.to_owned()
        };
        let path = if parents.is_empty() {
            String::new()
        } else {
            format!(", {}", self.text(&dollar_path(parents)))
        };
        let name = match last {
            Step::Member(name) => self.text(name),
            Step::Element(number) => format!("N'{number}'"),
            Step::Each => "N'0'".to_owned(),
        };
        format!(
            "(SELECT {found} FROM OPENJSON({document}{path}) AS d WHERE {} = {})",
            ended(&binary("d.[key]")),
            ended(&name)
        )
    }
}

/// A row of `OPENJSON` as a value of a type: 1 is a text, 2 a number, 3 a boolean.
fn typed(row: &str, kind: Scalar) -> String {
    let value = format!("{row}.[value]");
    let json = format!("{row}.[type]");
    let whole = format!(
        "CASE WHEN {value} LIKE N'%[^-0-9]%' THEN CASE WHEN FLOOR(TRY_CAST({value} AS FLOAT)) = \
         TRY_CAST({value} AS FLOAT) THEN TRY_CAST(TRY_CAST({value} AS FLOAT) AS BIGINT) END ELSE \
         TRY_CAST({value} AS BIGINT) END"
    );
    let is_number = format!(
        "({json} = 2 OR {json} = 1 AND {} NOT LIKE N'%[^-+.0-9eE]%' AND ISJSON(N'[' + {value} + \
         N']') = 1 AND LEN({value}) > 0)",
        binary(&value)
    );
    match kind {
        Scalar::Text => format!(
            "CASE WHEN {json} IN (1, 3) THEN {value} WHEN {json} = 2 THEN CAST({whole} AS \
             NVARCHAR(20)) END"
        ),
        Scalar::Id => {
            format!("CASE {json} WHEN 1 THEN {value} WHEN 2 THEN CAST({whole} AS NVARCHAR(20)) END")
        }
        Scalar::Number => format!("CASE WHEN {is_number} THEN {whole} END"),
        Scalar::Flag => format!("CASE WHEN {json} = 3 THEN TRY_CAST({value} AS BIT) END"),
        Scalar::Instant => format!(
            "CASE WHEN {json} = 1 AND {value} LIKE N'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][Tt \
             ][0-9]%[-+Zz]%' THEN TRY_CAST(UPPER({value}) AS DATETIMEOFFSET(7)) END"
        ),
    }
}

/// A row of `OPENJSON` as a day. Style 23 is `YYYY-MM-DD`.
fn day(row: &str) -> String {
    let value = format!("{row}.[value]");
    format!(
        "CASE WHEN {row}.[type] = 1 AND DATALENGTH({value}) = 20 AND {} LIKE \
         N'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN TRY_CONVERT(DATE, {value}, 23) END",
        binary(&value)
    )
}

/// A text in JSON that starts with this.
fn json_check(column: &str, start: char) -> String {
    format!("ISJSON({column}) = 1 AND LEFT({column}, 1) = N'{start}'")
}

/// A list is a JSON array in text.
impl Lists for SqlServer {
    fn bound(&self, values: Vec<Param>) -> Param {
        Param::Text(serde_json::to_string(&values).unwrap_or_default())
    }

    fn array(&self, items: &str) -> String {
        format!("JSON_ARRAY({items})")
    }

    fn among(&self, value: &str, list: &str, texts: bool) -> String {
        if texts {
            let item = ended("n.v");
            let value = ended(&binary(value));
            format!("{value} IN (SELECT {item} FROM OPENJSON({list}) {TEXTS})")
        } else {
            format!("{value} IN (SELECT n.v FROM OPENJSON({list}) {NUMBERS})")
        }
    }

    fn find(&self, how: Find, text: &str, list: &str) -> Condition {
        let source =
            format!("(SELECT {} AS v) AS t CROSS JOIN OPENJSON({list}) {TEXTS}", folded(text));
        exists(&source, &found(how, &binary("t.v"), "n.v"))
    }
}

/// A text is one of these values or none of them, exactly.
fn exact(text: &str, values: &[Cow<'static, str>], outside: bool) -> String {
    let ended: Vec<Cow<'static, str>> = values.iter().map(|value| ended(value).into()).collect();
    let exact = compared(&self::ended(&binary(text)), &ended, outside);
    let column = text.starts_with('[');
    if column && !outside {
        format!("{} AND {exact}", compared(text, values, outside))
    } else {
        exact
    }
}

fn compared(text: &str, values: &[Cow<'static, str>], outside: bool) -> String {
    match values {
        [value] => format!("{text} {} {value}", if outside { "<>" } else { "=" }),
        _ => format!("{text} {}IN ({})", if outside { "NOT " } else { "" }, values.join(", ")),
    }
}

fn binary(text: &str) -> String {
    format!("{text} COLLATE Latin1_General_100_BIN2")
}

/// A text with a mark behind it, so that no space is at its end.
fn ended(text: &str) -> String {
    format!("{text} + N'.'")
}

fn folded(text: &str) -> String {
    translated(&binary(text))
}

/// A folded text holds a folded needle. `LEN` and a plain `RIGHT` would ignore spaces at the end.
fn found(how: Find, text: &str, needle: &str) -> String {
    let (text_ended, needle_ended) = (ended(text), ended(needle));
    match how {
        Find::Inside => format!("CHARINDEX({needle}, {text}) > 0"),
        Find::Start => format!("CHARINDEX({needle}, {text}) = 1"),
        Find::End => {
            format!("RIGHT({text_ended}, DATALENGTH({needle_ended}) / 2) = {needle_ended}")
        }
        Find::Whole => format!("{text_ended} = {needle_ended}"),
        Find::Fits => fits(&text_ended, &needle_ended),
    }
}
