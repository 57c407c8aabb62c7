//! PostgreSQL.
//!
//! Columns: `text`, `bigint`, `boolean` and their arrays; timestamps are numbers of ms, or with
//! native time `timestamptz`; a key is a `jsonb` object, and several are one `jsonb` array of
//! them, not an array of `jsonb`, since that is how such data is kept and indexed.
//!
//! Every bound value is a text, a number, a boolean or an array of one of these: `jsonb` and
//! `timestamptz` are cast from text in the statement, so that any driver can bind them.
//!
//! Surprises it is written around:
//! - `lower` and `ILIKE` fold all of Unicode under most collations; `COLLATE "C"` folds ASCII.
//! - `'\'` depends on a setting; `E'\\'` does not.
//! - A date without a zone means the session's; instants are written with theirs.
//! - `jsonb_array_elements` fails on what is no array; `jsonb_path_query` does not.
//! - A name is cut at 63 bytes.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Utc};

use super::Param;
use super::dialect::{
    Bind, Cell, Condition, Dialect, Element, Facts, Find, Held, Listed, Lists, Members, NativeTime,
    Typed, exists, fits, like, marked, paged,
};
use super::document::{DAY, DECIMAL, Documents, INSTANT, LONGEST, NUMBER, Scalar, needs_no_escape};
use crate::emit::formula::Refusal;
use crate::schema::{Field, Step};
use crate::time::Millis;
use crate::value::Cardinality;

/// PostgreSQL 12 or newer.
#[derive(Debug)]
pub struct Postgres;

impl Dialect for Postgres {
    fn facts(&self) -> &'static Facts {
        &Facts {
            name: "postgres",
            aliases: &["postgresql", "pg"],
            title: "PostgreSQL: a WHERE condition with bound values",
            product: "PostgreSQL",
            is_executed: true,
            longest_name: 63,
            most_params: 65_000,
            longest_text: usize::MAX,
            longest_statement: usize::MAX,
            exact: None,
            text_order: " COLLATE \"C\"",
            keeps_null: true,
            keeps_members: true,
            says_nulls_last: true,
            // Read as NUMERIC before it is negated, the digits would use no index.
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
        let quoted = marked(text, '\'');
        if text.contains('\\') { format!("E{}", quoted.replace('\\', "\\\\")) } else { quoted }
    }

    fn boolean(&self, value: bool) -> Param {
        Param::Bool(value)
    }

    fn placeholder(&self, number: usize, _value: &Param) -> Cow<'static, str> {
        format!("${number}").into()
    }

    fn lists(&self) -> Option<&dyn Lists> {
        Some(self)
    }

    fn constant(&self, holds: bool) -> &'static str {
        if holds { "TRUE" } else { "FALSE" }
    }

    fn not_true(&self, condition: &str) -> String {
        format!("({condition}) IS NOT TRUE")
    }

    fn fold(&self, text: &str) -> Option<String> {
        Some(folded(text))
    }

    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String {
        let needle = value(Param::Text(needle.to_ascii_lowercase()));
        found(how, &folded(text), &needle)
    }

    fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        Ok(like(pattern))
    }

    fn element(&self, _kind: Element) -> &'static str {
        "e.v"
    }

    fn any(&self, column: &str, kind: Element, condition: &str) -> Condition {
        let source = if kind == Element::Cell(Cell::Key) {
            format!("jsonb_path_query({column}, '$[*] ? (@ != null)') AS e(v)")
        } else {
            format!("unnest({column}) AS e(v)")
        };
        exists(&source, condition)
    }

    fn overlaps(
        &self,
        column: &str,
        kind: Element,
        values: &mut dyn FnMut() -> Listed,
    ) -> Option<Condition> {
        let sql = match values() {
            Listed::Items(items) => format!("{column} && ARRAY[{items}]::{}[]", element_type(kind)),
            Listed::Param(list) => format!("{column} && {list}"),
        };
        Some(Condition::new(sql))
    }

    fn key_id(&self, key: &str) -> String {
        format!("({key} ->> 'id')")
    }

    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition> {
        let id = members.id.map(|id| ("id", id.into()));
        let saas = members.saas.map(|saas| ("saas", saas.into()));
        let inst = members.inst.map(|inst| ("inst", inst.into()));
        let wanted =
            [id, saas, inst].into_iter().flatten().map(|(name, value)| (name.to_owned(), value));
        let wanted = serde_json::Value::Object(wanted.collect());
        let wanted = value(Param::Text(wanted.to_string()));
        vec![Condition::new(format!("{key} @> {}", read_as("jsonb", &wanted)))]
    }

    fn documents(&self) -> Option<&dyn Documents> {
        Some(self)
    }

    fn native_time(&self) -> Option<NativeTime> {
        let instant = |value: &str| read_as("timestamptz", value);
        Some(NativeTime {
            text,
            instant,
            in_lists: true,
            reach: "it holds the years from 4712 BC to 262142",
        })
    }

    fn paging(&self, limit: Option<u64>, skip: Option<u64>, _ordered: bool) -> String {
        paged(limit, skip)
    }

    fn held(&self, typed: Typed) -> Option<Held> {
        let column = typed.name(["double precision", "numeric", "date"]);
        let list = format!("{column}[]");
        // Else drivers would send a text as the type that it is cast to.
        Some(Held { behind_text: "::text", ..Held::cast(column, list) })
    }

    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str {
        let many = cardinality == Cardinality::Many;
        match cell {
            Cell::Key => "jsonb",
            Cell::Instant => {
                if many {
                    "timestamptz[]"
                } else {
                    "timestamptz"
                }
            }
            Cell::Whole => {
                if many {
                    "bigint[]"
                } else {
                    "bigint"
                }
            }
            Cell::Flag => {
                if many {
                    "boolean[]"
                } else {
                    "boolean"
                }
            }
            Cell::Text => {
                if many {
                    "text[]"
                } else {
                    "text"
                }
            }
        }
    }

    fn column_check(&self, column: &str, field: &Field) -> Option<String> {
        let json = if field.cardinality == Cardinality::Many { "array" } else { "object" };
        field.kind.is_key().then(|| format!("jsonb_typeof({column}) = '{json}'"))
    }
}

impl Documents for Postgres {
    fn column_type(&self) -> &'static str {
        "jsonb"
    }

    fn column_check(&self, column: &str) -> Option<String> {
        Some(format!("jsonb_typeof({column}) = 'object'"))
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
        let json = self.place(document, way);
        let text = self.said(document, way);
        let flag = if kind == Scalar::Text {
            format!(" WHEN 'boolean' THEN {text}")
        } else {
            String::new()
        };
        match kind {
            Scalar::Text | Scalar::Id => format!(
                "CASE jsonb_typeof({json}) WHEN 'string' THEN {text}{flag} WHEN 'number' THEN {}::text END",
                whole(&json)
            ),
            Scalar::Number => format!(
                "CASE jsonb_typeof({json}) WHEN 'number' THEN {} WHEN 'string' THEN CASE WHEN \
                 length({text}) < 50 AND {text} COLLATE \"C\" ~ '{SMALL}' THEN {} END END",
                whole(&json),
                whole(&format!("{text}::jsonb"))
            ),
            Scalar::Flag => {
                format!("CASE jsonb_typeof({json}) WHEN 'boolean' THEN {json}::boolean END")
            }
            Scalar::Instant => format!(
                "CASE WHEN jsonb_typeof({json}) = 'string' AND {text} COLLATE \"C\" ~ '{INSTANT}' \
                 THEN {}::timestamptz END",
                instant_text(&text)
            ),
        }
    }

    fn typed(&self, document: &str, way: &[Step], kind: Typed) -> Option<String> {
        let json = self.place(document, way);
        let text = self.said(document, way);
        Some(match kind {
            Typed::Double => format!(
                "CASE jsonb_typeof({json}) WHEN 'number' THEN {} WHEN 'string' THEN CASE WHEN \
                 length({text}) >= {MANY} THEN NULL WHEN {text} COLLATE \"C\" ~ '{NEAR}' THEN {} \
                 WHEN {text} COLLATE \"C\" ~ '{NUMBER}' AND {text} COLLATE \"C\" ~ '{TINY}' THEN 0 \
                 END END",
                double(&json),
                double(&format!("{text}::jsonb"))
            ),
            Typed::Decimal(scale) => format!(
                "CASE jsonb_typeof({json}) WHEN 'number' THEN {} WHEN 'string' THEN CASE WHEN \
                 length({text}) <= {LONGEST} AND {text} COLLATE \"C\" ~ '{DECIMAL}' THEN {} END END",
                short(&json, scale),
                exact(&format!("{text}::numeric"), scale)
            ),
            Typed::Day => format!(
                "CASE WHEN jsonb_typeof({json}) = 'string' AND length({text}) = 10 AND {text} \
                 COLLATE \"C\" ~ '{DAY}' THEN {text}::date END"
            ),
        })
    }

    fn element(&self) -> &'static str {
        "e.v"
    }

    fn any(&self, document: &str, way: &[Step], condition: &str) -> Condition {
        let source = format!("jsonb_path_query({}, '$[*]') AS e(v)", self.place(document, way));
        exists(&source, condition)
    }
}

/// A JSON number with an exponent of two digits at most: a larger one is an error.
const SMALL: &str = "^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]{1,2})?$";

/// A number without fraction that 64 bits hold, of a document that is a number.
fn whole(json: &str) -> String {
    format!(
        "jsonb_path_query_first({json}, 'strict $ ? (@ == @.floor() && @ >= -9223372036854775808 \
         && @ <= 9223372036854775807)')::bigint"
    )
}

/// Texts of doubles are shorter: a number of more digits than a `numeric` holds is an error.
const MANY: usize = 2000;
/// A JSON number with an exponent of four digits at most: a larger one is an error.
const NEAR: &str = "^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?0*[0-9]{1,4})?$";
/// One with a larger exponent is 0 where it is this, and no double otherwise.
const TINY: &str = "^-?[0.]+[eE]|[eE]-";

/// The double nearest to a document that is a number. What is too large for one, or so small that it
/// is 0, is an error when it is cast.
fn double(json: &str) -> String {
    format!(
        "CASE WHEN {} THEN {json}::double precision WHEN abs({json}::numeric) < 1 THEN 0 END",
        has_double(json)
    )
}

/// A document that is a number has a double that can be cast.
fn has_double(json: &str) -> String {
    format!("jsonb_path_exists({json}, '$.double()', '{{}}', TRUE)")
}

/// The decimal number of a document that is a number of few digits. A double is cast to the `numeric`
/// of 15 digits that is nearest to it.
fn short(json: &str, scale: u8) -> String {
    let number = format!("{json}::numeric");
    let rounded = format!("{json}::double precision::numeric");
    format!(
        "CASE WHEN abs({number}) < 1e38 THEN CASE WHEN {} THEN CASE WHEN {rounded} = {number} OR \
         {rounded}::double precision = {json}::double precision AND NOT ({number} % 1 = 0 AND \
         abs({number}) < 9223372036854775808) THEN {} END ELSE 0 END END",
        has_double(json),
        exact(&rounded, scale)
    )
}

/// A number that a decimal of that scale holds.
fn exact(number: &str, scale: u8) -> String {
    let end = "0".repeat(38_usize.saturating_sub(scale.into()));
    format!(
        "CASE WHEN trunc({number}, {scale}) = {number} AND abs({number}) < 1{end} THEN {number} END"
    )
}

impl Postgres {
    /// The text of what stands at a place of a document.
    fn said(&self, document: &str, way: &[Step]) -> String {
        match way.split_last() {
            None => format!("({document} #>> '{{}}')"),
            Some((last, way)) => {
                let legs = way.iter().map(|step| format!(" -> {}", self.leg(step)));
                format!("({document}{} ->> {})", legs.collect::<String>(), self.leg(last))
            }
        }
    }

    /// What stands at a place of a document. A path would go through the lists on its way.
    fn place(&self, document: &str, way: &[Step]) -> String {
        if way.is_empty() {
            return document.to_owned();
        }
        let legs = way.iter().map(|step| format!(" -> {}", self.leg(step)));
        format!("({document}{})", legs.collect::<String>())
    }

    /// A step into a document.
    fn leg(&self, step: &Step) -> String {
        match step {
            Step::Member(name) => self.text(name),
            Step::Element(number) => number.to_string(),
            Step::Each => "0".to_owned(),
        }
    }
}

impl Lists for Postgres {
    fn bound(&self, values: Vec<Param>) -> Param {
        Param::List(values)
    }

    fn array(&self, items: &str) -> String {
        format!("ARRAY[{items}]")
    }

    fn among(&self, value: &str, list: &str, _texts: bool) -> String {
        format!("{value} = ANY ({list})")
    }

    fn find(&self, how: Find, text: &str, list: &str) -> Condition {
        let source = format!("(SELECT {}) AS t(v), unnest({list}::text[]) AS n(v)", folded(text));
        exists(&source, &found(how, "t.v", "n.v"))
    }
}

fn folded(text: &str) -> String {
    format!("lower({text} COLLATE \"C\")")
}

/// A text in RFC 3339 as `timestamptz` reads it: digits behind the third would round the instant, and
/// what is the year 0 there is a year before Christ.
fn instant_text(text: &str) -> String {
    let cut = format!("regexp_replace({text}, '([.][0-9]{{3}})[0-9]+', E'\\\\1')");
    format!("regexp_replace({cut}, '^0000(.*)', E'0001\\\\1 BC')")
}

/// A text as a value of another type. A placeholder is told to be a text first, or drivers would
/// send it as that type.
fn read_as(kind: &str, text: &str) -> String {
    let bound = if text.starts_with('$') { "::text" } else { "" };
    format!("{text}{bound}::{kind}")
}

/// A folded text holds a folded needle.
fn found(how: Find, text: &str, needle: &str) -> String {
    match how {
        Find::Inside => format!("strpos({text}, {needle}) > 0"),
        Find::Start => format!("starts_with({text}, {needle})"),
        Find::End => format!("right({text}, length({needle})) = {needle}"),
        Find::Whole => format!("{text} = {needle}"),
        Find::Fits => fits(text, needle),
    }
}

fn element_type(kind: Element) -> Cow<'static, str> {
    match kind {
        Element::Cell(Cell::Text) => "text".into(),
        Element::Cell(Cell::Whole | Cell::Instant) => "bigint".into(),
        Element::Cell(Cell::Flag) => "boolean".into(),
        Element::Cell(Cell::Key) => "jsonb".into(),
        Element::Typed(Typed::Double) => "double precision".into(),
        Element::Typed(Typed::Decimal(scale)) => format!("numeric(38,{scale})").into(),
        Element::Typed(Typed::Day) => "date".into(),
    }
}

/// RFC 3339 in UTC with ms; years before the first one count back from `BC`.
fn text(at: Millis) -> Option<String> {
    let time = DateTime::<Utc>::from_timestamp_millis(at)?;
    let (year, era) = if time.year() > 0 { (time.year(), "") } else { (1 - time.year(), " BC") };
    (era.is_empty() || year <= 4712)
        .then(|| format!("{year:04}-{}{era}", time.format("%m-%dT%H:%M:%S%.3fZ")))
}
