//! MySQL and MariaDB.
//!
//! Columns: `LONGTEXT`, `BIGINT`, `BOOLEAN`; several values are a JSON array, a key is a JSON
//! object; timestamps are numbers of ms, or with native time `DATETIME(3)` in UTC. Texts compare
//! byte by byte because the table's collation does, which the two engines name differently; no
//! more sets them apart here.
//!
//! Surprises it is written around:
//! - No function folds ASCII letters alone, so a search is a regular expression that names both
//!   cases of each letter.
//! - Most binary collations ignore spaces at the end.
//! - A backslash escapes in texts or does not, by a setting: a text with one is written as bytes.
//! - MariaDB's `JSON_VALUE` is NULL for an empty text, and its `JSON_UNQUOTE` a text for null.
//! - A name holds 64 characters of the basic plane and no space at its end.

use std::borrow::Cow;

use chrono::{DateTime, Datelike as _, Utc};

use super::Param;
use super::column::chosen;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, exists, marked,
};
use super::document::{
    DAY, DECIMAL, Documents, LONGEST, NO_DIGITS, NO_NUMBER, NUMBER, SHORT, Scalar, WHOLE,
    dollar_path, is_never_escaped, needs_no_escape,
};
use crate::emit::formula::Refusal;
use crate::emit::pattern;
use crate::schema::{Field, Step};
use crate::time::Millis;
use crate::value::{Cardinality, Type};

/// One of the two engines.
#[derive(Debug)]
pub struct MySql {
    facts: &'static Facts,
    collation: &'static str,
    caution: &'static str,
    text_element: &'static str,
    /// What there is to know of members whose names are escaped in a document.
    escaped_names: Option<&'static str>,
}

/// MariaDB 10.6 or newer, with its JSON tables.
pub const MARIADB: MySql = MySql {
    facts: &Facts {
        name: "mariadb",
        aliases: &[],
        title: "MariaDB: a WHERE condition with bound values",
        product: "MariaDB",
        is_executed: true,
        longest_name: usize::MAX,
        most_params: 65_000,
        longest_text: usize::MAX,
        longest_statement: 16_777_216,
        exact: None,
        text_order: " COLLATE utf8mb4_nopad_bin",
        keeps_null: true,
        keeps_members: true,
        says_nulls_last: false,
        least_integer: "-9223372036854775808",
        table_options: " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
    },
    collation: "utf8mb4_nopad_bin",
    caution: "compares texts by the column's collation: its usual ones ignore case, accents and \
              spaces at the end, `utf8mb4_nopad_bin` does not",
    text_element: "e.v COLLATE utf8mb4_nopad_bin",
    escaped_names: Some(
        "finds no member of a document whose name is escaped there: `\"\\u00e9\"` is not `\"é\"` to it",
    ),
};

/// MySQL 8.0.21 or newer. None runs in the tests: the text is read by a parser only, and MariaDB,
/// its next relative, runs what differs in nothing but the collation and how a document is read.
pub const MYSQL: MySql = MySql {
    facts: &Facts {
        name: "mysql",
        aliases: &[],
        title: "MySQL: a WHERE condition with bound values",
        product: "MySQL",
        is_executed: false,
        longest_name: usize::MAX,
        most_params: 65_000,
        longest_text: usize::MAX,
        longest_statement: 67_108_864,
        exact: None,
        text_order: " COLLATE utf8mb4_0900_bin",
        keeps_null: true,
        keeps_members: true,
        says_nulls_last: false,
        least_integer: "-9223372036854775808",
        table_options: " CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin",
    },
    collation: "utf8mb4_0900_bin",
    caution: "compares texts by the column's collation: its usual ones ignore case and accents, \
              `utf8mb4_0900_bin` does not",
    text_element: "e.v COLLATE utf8mb4_0900_bin",
    escaped_names: None,
};

impl Dialect for MySql {
    fn facts(&self) -> &'static Facts {
        self.facts
    }

    /// The table of a schema has a collation that is exact; a column that a row names has its own.
    fn caution(&self, field: &Field) -> Option<&'static str> {
        let compared = field.kind == Type::String && field.is_single();
        (compared && chosen(field, self).is_some()).then_some(self.caution)
    }

    fn identifier(&self, name: &str) -> String {
        marked(name, '`')
    }

    fn can_name(&self, name: &str) -> bool {
        let plane = name.chars().all(|c| c.len_utf16() == 1);
        plane && !name.ends_with(|c: char| c.is_whitespace()) && name.chars().count() <= 64
    }

    fn text(&self, text: &str) -> String {
        if !text.contains('\\') {
            let introducer = if text.is_ascii() { "" } else { "_utf8mb4" };
            return format!("{introducer}{}", marked(text, '\''));
        }
        let bytes: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
        format!("_utf8mb4 X'{bytes}'")
    }

    /// A number, since drivers bind it as one.
    fn boolean(&self, value: bool) -> Param {
        Param::Int(value.into())
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

    fn fold(&self, _text: &str) -> Option<String> {
        None
    }

    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String {
        let either_case = || needle.chars().map(either_case).collect::<String>();
        let pattern = match how {
            Find::Inside => either_case(),
            Find::Start => format!(r"\A{}", either_case()),
            Find::End => format!(r"{}\z", either_case()),
            Find::Whole => format!(r"\A{}\z", either_case()),
            Find::Fits => needle.to_owned(),
        };
        let pattern = value(Param::Text(pattern));
        format!("{text} REGEXP {pattern}")
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        let own = pattern::fits(pattern, ".", pattern::ATOMIC, pattern::either);
        Ok(format!(r"(?s)\A{own}\z"))
    }

    fn element(&self, kind: Element) -> &'static str {
        if kind == Element::Cell(Cell::Text) { self.text_element } else { "e.v" }
    }

    fn any(&self, column: &str, kind: Element, condition: &str) -> Condition {
        let element: Cow<'static, str> = match kind {
            // Its character set would be the database's.
            Element::Cell(Cell::Text) => "LONGTEXT CHARACTER SET utf8mb4".into(),
            Element::Cell(Cell::Whole | Cell::Instant) => "BIGINT".into(),
            Element::Cell(Cell::Flag) => "BOOLEAN".into(),
            Element::Cell(Cell::Key) => "JSON".into(),
            Element::Typed(Typed::Double) => "DOUBLE".into(),
            Element::Typed(Typed::Decimal(scale)) => format!("DECIMAL(38,{scale})").into(),
            Element::Typed(Typed::Day) => "DATE".into(),
        };
        let source = format!("JSON_TABLE({column}, '$[*]' COLUMNS (v {element} PATH '$')) AS e");
        if kind == Element::Cell(Cell::Key) {
            // A null among JSON values is no NULL.
            exists(&source, &format!("JSON_TYPE(e.v) <> 'NULL' AND ({condition})"))
        } else {
            exists(&source, condition)
        }
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
        let collation = self.collation;
        format!(
            "CONVERT(JSON_UNQUOTE(JSON_EXTRACT({key}, '$.id')) USING utf8mb4) COLLATE {collation}"
        )
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        members.each(value, |name| match name {
            "id" => self.key_id(key),
            _ => format!("JSON_EXTRACT({key}, '$.{name}')"),
        })
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        let instant = |value: &str| format!("CAST({value} AS DATETIME(3))");
        Some(NativeTime {
            text,
            instant,
            in_lists: false,
            reach: "it holds the years from 1000 to 9999",
        })
    }

    /// `OFFSET` needs a `LIMIT` before it.
    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        let limit = limit.or(skip.and(Some(u64::MAX)));
        let limit = limit.map(|limit| format!(" LIMIT {limit}"));
        let skip = skip.map(|skip| format!(" OFFSET {skip}"));
        [limit, skip].into_iter().flatten().collect()
    }

    /// Decimal numbers have at most 30 digits behind the point.
    fn held(&self, typed: Typed) -> Option<Held> {
        if matches!(typed, Typed::Decimal(31..)) {
            return None;
        }
        Some(Held::cast(typed.name(["DOUBLE", "DECIMAL", "DATE"]), None))
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        match cell {
            _ if cardinality == Cardinality::Many => "JSON",
            Cell::Key => "JSON",
            Cell::Instant => "DATETIME(3)",
            Cell::Whole => "BIGINT",
            Cell::Flag => "BOOLEAN",
            Cell::Text => "LONGTEXT",
        }
    }

    fn column_check(&self, column: &str, field: &Field) -> Option<String> {
        let json = match field.cardinality {
            Cardinality::Many => "ARRAY",
            Cardinality::One | Cardinality::Optional if field.kind.is_key() => "OBJECT",
            Cardinality::One | Cardinality::Optional => return None,
        };
        Some(format!("JSON_TYPE({column}) = '{json}'"))
    }
}

impl Documents for MySql {
    fn column_type(&self) -> &'static str {
        "JSON"
    }

    fn column_check(&self, column: &str) -> Option<String> {
        Some(format!("JSON_TYPE({column}) = 'OBJECT'"))
    }

    /// MariaDB finds no member whose name begins with a minus sign.
    fn can_name(&self, member: &str) -> bool {
        needs_no_escape(member) && !member.starts_with('-')
    }

    fn caution(&self, member: &str) -> Option<&'static str> {
        self.escaped_names.filter(|_| !is_never_escaped(member))
    }

    fn reads_instants(&self) -> bool {
        false
    }

    fn value(&self, document: &str, way: &[Step], kind: Scalar) -> String {
        let (row, collation) = (self.row(document, way), self.collation);
        let found = format!("(SELECT {} FROM {row})", typed(kind));
        match kind {
            Scalar::Text | Scalar::Id => format!("{found} COLLATE {collation}"),
            Scalar::Number | Scalar::Flag | Scalar::Instant => found,
        }
    }

    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        let row = self.row(document, way);
        Some(match kind {
            Typed::Double => format!("(SELECT {} FROM {row})", double()),
            Typed::Decimal(scale) => format!(
                "(SELECT {} FROM {row}, JSON_TABLE(JSON_ARRAY({}), '$[*]' COLUMNS (t VARCHAR(400) \
                 CHARACTER SET utf8mb4 PATH '$')) AS n)",
                decimal(scale),
                written()
            ),
            Typed::Day => format!(
                "(SELECT CASE WHEN JSON_TYPE(m.j) = 'STRING' AND CHAR_LENGTH(m.t) = 10 AND m.t REGEXP \
                 '{DAY}' THEN CAST(m.t AS DATE) END FROM {row})"
            ),
        })
    }

    fn element(&self) -> &'static str {
        "e.v"
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        let json = format!("JSON_EXTRACT({document}, {})", self.text(&dollar_path(way)));
        let source = format!(
            "JSON_TABLE(CASE JSON_TYPE({json}) WHEN 'ARRAY' THEN {json} ELSE CONCAT('[', {json}, \
             ']') END, '$[*]' COLUMNS (v JSON PATH '$')) AS e"
        );
        exists(&source, condition)
    }
}

impl MySql {
    /// What stands at a place of a document: `m.j` is JSON, `m.t` its text.
    fn row(&self, document: &str, way: &[Step]) -> String {
        let path = self.text(&dollar_path(way));
        // In older versions of MariaDB (10.11.14) the path of JSON_TABLE finds no item but the first.
        let later_item = way.iter().any(|step| matches!(step, Step::Element(1..)));
        let place = if later_item {
            format!("JSON_EXTRACT({document}, {path}), '$'")
        } else {
            format!("{document}, {path}")
        };
        format!(
            "JSON_TABLE({place} COLUMNS (j JSON PATH '$', t LONGTEXT CHARACTER SET utf8mb4 PATH '$')) \
             AS m"
        )
    }
}

/// The double nearest to the number that a row of `JSON_TABLE` is or says. One that is too large is
/// cast to the last double: whether a number is that one tell its digits, and its size without them.
fn double() -> String {
    let double = "CAST(m.t AS DOUBLE)";
    let parts = "LOWER(CONCAT(m.t, 'e0'))";
    let exponent = format!("SUBSTRING_INDEX(SUBSTRING_INDEX({parts}, 'e', 2), 'e', -1)");
    format!(
        "CASE WHEN JSON_TYPE(m.j) NOT IN ({NUMBERS}, 'STRING') OR m.t REGEXP '{NO_NUMBER}' THEN NULL \
         WHEN m.t REGEXP '{NUMBER}' AND (ABS({double}) < {LAST} OR ABS(CAST(CONCAT(SUBSTRING_INDEX({parts}, \
         'e', 1), 'e', CAST({exponent} AS DECIMAL(65, 0)) - 300) AS DOUBLE)) < 2e8 AND {} < '{BEYOND}') THEN \
         {double} END",
        digits("m.t")
    )
}

/// The last double, and the digits from which on a number of its size is nearer to none.
const LAST: &str = "1.7976931348623157e308";
const BEYOND: &str = "1797693134862315807937289714053034150799";

/// The text of the decimal number that a row of `JSON_TABLE` is or says.
fn written() -> String {
    let whole = "CAST(m.t AS DECIMAL(65, 0))";
    format!(
        "CASE WHEN m.t REGEXP '{NO_NUMBER}' THEN NULL WHEN JSON_TYPE(m.j) = 'STRING' THEN CASE WHEN \
         CHAR_LENGTH(m.t) <= {LONGEST} AND m.t REGEXP '{DECIMAL}' THEN m.t END WHEN JSON_TYPE(m.j) NOT \
         IN ({NUMBERS}) THEN NULL WHEN m.t REGEXP '{WHOLE}' AND {whole} BETWEEN -9223372036854775808 \
         AND 9223372036854775807 THEN m.t ELSE CONVERT(CAST(m.t AS DOUBLE) USING utf8mb4) END"
    )
}

/// The decimal number of that scale that `n.t` says; of a number that is no text, of few digits. One
/// that is too large is cast to the last of 65 digits.
fn decimal(scale: u8) -> String {
    let number = format!("CAST(n.t AS DECIMAL(65, {scale}))");
    let end = "0".repeat(38_usize.saturating_sub(scale.into()));
    format!(
        "CASE WHEN (JSON_TYPE(m.j) = 'STRING' OR CHAR_LENGTH({said}) <= {SHORT}) AND {said} = {} AND \
         ABS({number}) < 1{end} THEN {number} END",
        digits(&format!("CONVERT({number} USING utf8mb4)")),
        said = digits("n.t")
    )
}

/// The digits of a number's text without zeros at both ends.
fn digits(text: &str) -> String {
    format!("TRIM(BOTH '0' FROM REGEXP_REPLACE({text}, '{NO_DIGITS}', ''))")
}

/// What `JSON_TYPE` says of numbers.
const NUMBERS: &str = "'INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL'";

/// A row of `JSON_TABLE` as a value of a type: `m.j` is JSON, `m.t` its text.
fn typed(kind: Scalar) -> String {
    let number = whole("m.t");
    let text = "INSTR(m.t, CHAR(0 USING utf8mb4)) = 0 THEN m.t";
    let digits = format!("JSON_TYPE(m.j) IN ({NUMBERS}) THEN CONVERT({number} USING utf8mb4)");
    match kind {
        Scalar::Text => format!(
            "CASE WHEN JSON_TYPE(m.j) = 'STRING' AND {text} WHEN JSON_TYPE(m.j) = 'BOOLEAN' THEN \
             CONVERT(m.j USING utf8mb4) WHEN {digits} END"
        ),
        Scalar::Id => {
            format!("CASE WHEN JSON_TYPE(m.j) = 'STRING' AND {text} WHEN {digits} END")
        }
        Scalar::Number => {
            format!("CASE WHEN JSON_TYPE(m.j) IN ({NUMBERS}, 'STRING') THEN {number} END")
        }
        Scalar::Flag => {
            "CASE WHEN JSON_TYPE(m.j) = 'BOOLEAN' THEN CONVERT(m.j USING utf8mb4) = 'true' END"
                .to_owned()
        }
        // It is refused before.
        Scalar::Instant => "NULL".to_owned(),
    }
}

/// The number without fraction that a text says, as JSON writes it, where 64 bits hold it.
fn whole(text: &str) -> String {
    let digits = format!("CAST({text} AS DECIMAL(65, 0))");
    let double = format!("CAST({text} AS DOUBLE)");
    format!(
        "CASE WHEN {text} REGEXP '{NO_NUMBER}' THEN NULL WHEN {text} REGEXP '{WHOLE}' THEN CASE \
         WHEN {digits} BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST({digits} AS \
         SIGNED) END WHEN {text} REGEXP '{NUMBER}' AND FLOOR({double}) = {double} AND {double} >= \
         -9223372036854775808 AND {double} < 9223372036854775808 THEN CAST({double} AS SIGNED) END"
    )
}

/// A character as a regular expression: both cases of an ASCII letter, anything else as it is.
fn either_case(c: char) -> String {
    match c {
        'a'..='z' | 'A'..='Z' => format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase()),
        _ if c.is_ascii_punctuation() => format!("\\{c}"),
        _ => c.to_string(),
    }
}

fn text(at: Millis) -> Option<String> {
    let time = DateTime::<Utc>::from_timestamp_millis(at)?;
    let held = (1000..=9999).contains(&time.year());
    held.then(|| time.format("%Y-%m-%d %H:%M:%S%.3f").to_string())
}
