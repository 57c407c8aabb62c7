//! Random tables and queries, the same ones for the same seed.

use std::collections::HashSet;
use std::sync::LazyLock;

use chrono::{DateTime, SecondsFormat, Utc};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value as Json, json};
use tamis::matcher::{Layout, Matcher};
use tamis::query::Query;
use tamis::schema::Field;
use tamis::target::{Choice, Form, Target};
use tamis::time::{StoredTime, TimeUnit, read_rfc3339};
use tamis::value::{Cardinality, Type};
use tamis::{Options, Schema, Zone};

use crate::document::{document, with_paths};
use crate::engine::NOW;
use crate::misfit;
use crate::random;
use crate::spoken;

/// The field that tells records apart.
pub(crate) const ROW: &str = "row.number";

/// A row for it, behind the rows of any schema.
const ROW_FIELD: &str = r#"
[[field]]
name = "row.number"
type = "integer"
cardinality = "one"
operators = ["eq"]
record = "row.number"
columns = { sql = "row_number" }
"#;

/// The column of a table of documents.
const DOCUMENT: &str = "record";

/// The schema of a file, with the number of the row. What always has a number can be sorted by.
fn numbered(toml: &str) -> Schema {
    let mut file: toml::Table = toml::from_str(&format!("{toml}\n{ROW_FIELD}")).unwrap();
    let fields = file["field"].as_array().unwrap().iter().filter(|row| {
        let said = |key: &str| row.get(key).and_then(toml::Value::as_str);
        let counted = matches!(said("type"), Some("integer" | "timestamp"));
        counted && said("cardinality") == Some("one")
    });
    let names: Vec<toml::Value> = fields.map(|row| row["name"].clone()).collect();
    let sort = toml::Table::from_iter([("fields".to_owned(), names.into())]);
    let api = file.entry("api").or_insert_with(|| toml::Table::new().into());
    api.as_table_mut().unwrap().insert("sort".to_owned(), sort.into());
    Schema::from_toml(&toml::to_string(&file).unwrap()).unwrap()
}

const EVERYTHING_FILE: &str =
    concat!(include_str!("../sql/everything.toml"), include_str!("decimals.toml"));
static EVERYTHING: LazyLock<Schema> = LazyLock::new(|| numbered(EVERYTHING_FILE));
static ACTIVITIES: LazyLock<Schema> =
    LazyLock::new(|| numbered(include_str!("../../schemas/activities.toml")));
static EVERYTHING_PLACED: LazyLock<Schema> =
    LazyLock::new(|| numbered(&with_paths(EVERYTHING_FILE)));
/// Its documents count instants in other units.
static EVERYTHING_MICROS: LazyLock<Schema> = LazyLock::new(|| counted("us"));
static EVERYTHING_NANOS: LazyLock<Schema> = LazyLock::new(|| counted("ns"));

fn counted(unit: &str) -> Schema {
    let kind = "type = \"timestamp\"";
    numbered(&with_paths(EVERYTHING_FILE).replace(kind, &format!("{kind}\nunit = \"{unit}\"")))
}

/// How columns store instants, in turn.
const TIMES: &[StoredTime] = &[
    StoredTime::MILLIS,
    StoredTime::Native,
    StoredTime::Number(TimeUnit::Seconds),
    StoredTime::Iso,
    StoredTime::Number(TimeUnit::Micros),
    StoredTime::Number(TimeUnit::Nanos),
];

/// How collections do that are asked in no SQL, and the table of the hunting language.
const COMMON_TIMES: &[StoredTime] =
    &[StoredTime::MILLIS, StoredTime::Native, StoredTime::MILLIS, StoredTime::MILLIS];

/// A schema and records of it.
pub(crate) struct Table {
    pub(crate) schema: &'static Schema,
    /// How instants are stored.
    pub(crate) time: StoredTime,
    /// Records stand in one column.
    pub(crate) documents: bool,
    /// Documents hold values of wrong types, too.
    misfits: bool,
    /// What queries read dates without a zone in.
    zone: Zone,
    pub(crate) records: Vec<Json>,
}

impl Table {
    fn of(schema: &'static Schema, records: impl IntoIterator<Item = Json>) -> Self {
        let number = |(row, mut record): (i64, Json)| {
            record[ROW] = row.into();
            record
        };
        let records = (1..).zip(records).map(number).collect();
        let zone = Zone::default();
        let time = StoredTime::MILLIS;
        Table { schema, time, documents: false, misfits: false, zone, records }
    }

    /// Instants of the engine's own type begin and end where that does.
    pub(crate) fn keep_within(&mut self, first: &str, last: &str) {
        let [first, last] = [first, last].map(|text| read_rfc3339(text).unwrap());
        let within = |value: &mut Json| {
            if let Some(at) = value.as_i64() {
                *value = at.clamp(first, last).into();
            }
        };
        let schema = self.schema;
        if self.time == StoredTime::Native {
            self.each_instant(schema, within);
        }
    }

    fn each_instant(&mut self, schema: &Schema, change: impl Fn(&mut Json)) {
        for field in schema.fields().iter().filter(|field| field.kind == Type::Timestamp) {
            self.records.iter_mut().for_each(|r| each(&mut r[&field.name], &change));
        }
    }

    /// The table with one of its records.
    pub(crate) fn only(&self, row: i64) -> Table {
        let records = self.records.iter().filter(|record| record[ROW] == row).cloned();
        Table { records: records.collect(), ..*self }
    }

    /// What queries of it are compiled with.
    pub(crate) fn options(&self) -> Options {
        Options { zone: self.zone, ..Options::at(NOW) }
    }

    /// The form of what is asked of it.
    pub(crate) fn form(&self) -> Form {
        let document = self.documents.then(|| DOCUMENT.to_owned());
        // Numbers in documents count the unit of the row.
        let counted = self.documents && self.time != StoredTime::Native;
        let time = (!counted && self.time != StoredTime::MILLIS).then_some(self.time);
        Form { time, document, ..Form::default() }
    }

    /// True when a target asks tables like it.
    pub(crate) fn suits(&self, target: &dyn Target) -> bool {
        let ddl = |form: &Form| target.ddl(self.schema, form);
        match (ddl(&self.form()), ddl(&Form::default())) {
            (Some(ddl), _) => !self.documents || ddl.contains(DOCUMENT),
            (None, makes_tables) => !self.documents && makes_tables.is_none(),
        }
    }

    /// What an engine needs to make and fill it.
    pub(crate) fn request(&self, ddl: Option<String>, target: &dyn Target) -> Json {
        let table = self.schema.name.replace('.', "_");
        let mut request =
            if self.documents { self.whole_records(target) } else { self.columns(target) };
        request["table"] = table.into();
        request["ddl"] = ddl.into();
        request
    }

    fn columns(&self, target: &dyn Target) -> Json {
        let schema = self.schema;
        let fields: Vec<Json> =
            schema.fields().iter().map(|field| self.column(field, target)).collect();
        let hunting = schema.hunting.as_ref().map(|hunting| {
            let columns: serde_json::Map<String, Json> =
                hunting.columns.iter().map(|(name, kind)| (name.clone(), json!(kind))).collect();
            json!({ "table": hunting.table, "columns": columns })
        });
        let records: Vec<Json> = self.records.iter().map(|record| self.told(record)).collect();
        json!({ "fields": fields, "hunting": hunting, "records": records })
    }

    /// To the engine, the document is a text like any other.
    fn whole_records(&self, target: &dyn Target) -> Json {
        // MariaDB takes the name in a document as it is written, which is warned of.
        let names = target.name() != "mariadb";
        let field = |name: &str, column: &str, kind: &str| {
            json!({ "name": name, "column": column, "type": kind, "cardinality": "one",
                "hunting": null })
        };
        let fields = [field(DOCUMENT, DOCUMENT, "string"), field(ROW, "row_number", "integer")];
        let record = |record: &Json| {
            let document = misfit::text(&self.document(record), number_of(record), names);
            json!({ DOCUMENT: document, ROW: record[ROW] })
        };
        let records: Vec<Json> = self.records.iter().map(record).collect();
        json!({ "fields": fields, "hunting": null, "records": records })
    }

    /// A record as the engine was given it.
    pub(crate) fn shown(&self, record: &Json) -> String {
        if self.documents { self.document(record).to_string() } else { record.to_string() }
    }

    fn document(&self, record: &Json) -> Json {
        let number = number_of(record);
        let mut document = document(self.schema, &self.told(record), number);
        if self.misfits {
            let native = self.time == StoredTime::Native;
            misfit::spoil(self.schema, &mut document, number, native, ROW);
        }
        document
    }

    /// The rows that a query selects; `None` where records do not hold what it asks for.
    pub(crate) fn meant(&self, query: &Query<'_>) -> Option<Vec<i64>> {
        let layout = if self.documents { Layout::Nested } else { Layout::Flat };
        let matcher = Matcher::new(query, layout).ok()?;
        let selects = |record: &&Json| match layout {
            Layout::Nested => matcher.matches(&self.document(record)),
            Layout::Flat => matcher.matches(*record),
        };
        let rows = self.records.iter().filter(selects);
        Some(rows.map(|record| record[ROW].as_i64().unwrap()).collect())
    }

    /// Whether the API could hold what the records have in the fields of a query: its integers are
    /// of 32 bits, and filters are made for those.
    pub(crate) fn api_holds(&self, query: &Query<'_>) -> bool {
        let counted = query.root().atoms().filter(|atom| atom.field.kind == Type::Integer);
        let wide = |value: &Json| value.as_i64().is_some_and(|at| i32::try_from(at).is_err());
        let holds = |field: &Field| {
            self.records.iter().all(|record| match &record[&field.name] {
                Json::Array(list) => !list.iter().any(wide),
                one => !wide(one),
            })
        };
        counted.map(|atom| atom.field).all(holds)
    }

    /// The numbers of all rows.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = i64> {
        self.records.iter().filter_map(|record| record[ROW].as_i64())
    }

    /// The rows with the number that a field has in each.
    pub(crate) fn keys(&self, field: &Field) -> impl Iterator<Item = (i64, i64)> {
        self.records.iter().filter_map(|r| Some((r[ROW].as_i64()?, r[&field.name].as_i64()?)))
    }

    /// A record as it is loaded, its instants as they are stored.
    fn told(&self, record: &Json) -> Json {
        let mut record = record.clone();
        let timed = |field: &&Field| field.kind == Type::Timestamp;
        for field in self.schema.fields().iter().filter(timed) {
            each(&mut record[&field.name], |value| tell(value, self.time));
        }
        record
    }

    /// A field as an engine's table has it.
    fn column(&self, field: &Field, target: &dyn Target) -> Json {
        let kind = match (field.kind, self.time) {
            (Type::Timestamp, StoredTime::Iso) => Type::String,
            (Type::Timestamp, StoredTime::Number(unit)) if unit != TimeUnit::Millis => {
                Type::Integer
            }
            (kind, _) => kind,
        };
        column(field, kind, target)
    }
}

/// The instant, or one near to it that is stored exactly so.
fn stored(at: i64, time: StoredTime) -> i64 {
    let counted = |one: i64| at.clamp(i64::MIN / one + 1, i64::MAX / one - 1);
    match time {
        StoredTime::Number(TimeUnit::Seconds) => at / 1000 * 1000,
        StoredTime::Number(TimeUnit::Micros) => counted(1000),
        StoredTime::Number(TimeUnit::Nanos) => counted(1_000_000),
        StoredTime::Iso => at.clamp(-62_167_219_200_000, 253_402_300_799_999),
        StoredTime::MILLIS | StoredTime::Native => at,
    }
}

fn number_of(record: &Json) -> usize {
    record[ROW].as_u64().and_then(|row| usize::try_from(row).ok()).unwrap()
}

/// A field as an engine's table has it.
fn column(field: &Field, kind: Type, target: &dyn Target) -> Json {
    let said = |name: &str| field.columns.iter().find(|(known, _)| known == name);
    let own = match said("sql").or_else(|| said(target.name())) {
        None => Some(field.name.replace('.', "_")),
        Some((_, column)) => (field.name == ROW).then(|| column.clone()),
    };
    let cardinality = match field.cardinality {
        Cardinality::One => "one",
        Cardinality::Optional => "optional",
        Cardinality::Many => "many",
    };
    json!({ "name": field.name, "column": own, "type": kind.name(),
        "cardinality": cardinality, "hunting": hunting_column(field) })
}

/// The first or last instant that numbers of 64 bits can tell, in a record's fields of one.
fn far_off(schema: &Schema, record: &mut Json, number: usize) {
    let at = if number.is_multiple_of(2) { i64::MIN } else { i64::MAX };
    for field in schema.fields().iter().filter(|field| field.kind == Type::Timestamp) {
        if record[&field.name].is_number() {
            record[&field.name] = at.into();
        }
    }
}

fn each(value: &mut Json, change: impl FnMut(&mut Json)) {
    match value {
        Json::Array(list) => list.iter_mut().for_each(change),
        one => std::slice::from_mut(one).iter_mut().for_each(change),
    }
}

/// An instant as it is stored. Finer units are told at some part of its ms.
fn tell(value: &mut Json, time: StoredTime) {
    let Some(at) = value.as_i64() else { return };
    let part = [0, 999, 500][usize::try_from(at.rem_euclid(3)).unwrap()];
    *value = match time {
        StoredTime::MILLIS => return,
        StoredTime::Number(TimeUnit::Seconds) => (at / 1000).into(),
        StoredTime::Number(TimeUnit::Micros) => (at * 1000 + part).into(),
        StoredTime::Number(TimeUnit::Nanos) => (at * 1_000_000 + part * 1001).into(),
        StoredTime::Native | StoredTime::Iso => {
            let Some(at) = DateTime::<Utc>::from_timestamp_millis(at) else { return };
            at.to_rfc3339_opts(SecondsFormat::Millis, true).into()
        }
    };
}

/// The hunting column of a field, with its labels by wire value where it holds those.
fn hunting_column(field: &Field) -> Option<Json> {
    let column = field.hunting.as_ref()?;
    let values = field.values.as_ref().filter(|_| column.labels);
    let labels: Option<serde_json::Map<String, Json>> = values.map(|values| {
        values.named.iter().map(|named| (named.value.to_string(), json!(named.label))).collect()
    });
    Some(json!({ "column": column.name, "labels": labels }))
}

/// Draws tables and queries.
pub(crate) struct Drawn(TestRunner);

impl Drawn {
    pub(crate) fn new(seed: usize) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&(seed as u64).to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Drawn(TestRunner::new_with_rng(Config::default(), rng))
    }

    fn one<T: std::fmt::Debug>(&mut self, strategy: &BoxedStrategy<T>) -> T {
        strategy.new_tree(&mut self.0).unwrap().current()
    }

    /// A table of the test schema, of activities, or of a schema that is drawn too, in turn.
    /// Every other holds documents. Columns store instants in every way in turn; of documents some hold
    /// the engine's own type, and some of the test schema count other units than ms.
    pub(crate) fn table(&mut self, round: usize, records: usize, target: &dyn Target) -> Table {
        let documents = round % 2 == 1;
        let turn = round / 2;
        let sql = target.choices().contains(&Choice::Document);
        let times = if sql { TIMES } else { COMMON_TIMES };
        let time = match (documents, turn % 4) {
            (false, _) => times[(turn + turn / times.len()) % times.len()],
            (true, 1) => StoredTime::Native,
            (true, 0) if round.is_multiple_of(3) => StoredTime::Number(TimeUnit::Micros),
            (true, 2) if round.is_multiple_of(3) => StoredTime::Number(TimeUnit::Nanos),
            (true, _) => StoredTime::MILLIS,
        };
        let schema: &'static Schema = match round % 3 {
            0 if documents && time == StoredTime::Number(TimeUnit::Nanos) => &EVERYTHING_NANOS,
            0 if documents && time == StoredTime::Number(TimeUnit::Micros) => &EVERYTHING_MICROS,
            0 if documents => &EVERYTHING_PLACED,
            0 => &EVERYTHING,
            1 => &ACTIVITIES,
            _ => Box::leak(Box::new(self.one(&schema()))),
        };
        let record = random::record(schema);
        let mut drawn: Vec<Json> = (0..records).map(|_| Json::Object(self.one(&record))).collect();
        if time != StoredTime::Native {
            drawn.iter_mut().step_by(16).enumerate().for_each(|(n, r)| far_off(schema, r, n));
        }
        let mut table = Table::of(schema, drawn);
        table.each_instant(schema, |value| {
            if let Some(at) = value.as_i64() {
                *value = stored(at, time).into();
            }
        });
        let zone = if round % 5 == 2 { "America/New_York" } else { "UTC" };
        let zone = Zone::named(zone).unwrap_or_default();
        Table { time, documents, misfits: documents, zone, ..table }
    }

    pub(crate) fn queries(
        &mut self,
        schema: &'static Schema,
        count: usize,
    ) -> Vec<Box<dyn ValueTree<Value = String>>> {
        let random = random::query(schema);
        let query = match spoken::clause(schema) {
            Some(spoken) => prop_oneof![5 => random, 1 => spoken].boxed(),
            None => random,
        };
        let tree = |_| -> Box<dyn ValueTree<Value = String>> {
            Box::new(query.new_tree(&mut self.0).unwrap())
        };
        (0..count).map(tree).collect()
    }
}

/// A query as it stands.
pub(crate) fn fixed(runner: &mut TestRunner, text: String) -> Box<dyn ValueTree<Value = String>> {
    Box::new(Just(text).new_tree(runner).unwrap())
}

/// Names that are hard to write.
const NAMES: &[&str] = &[
    "a",
    "select",
    "Order",
    "group by",
    "x.y",
    "é",
    "quote\"s",
    "it's",
    "`tick`",
    "back\\slash",
    "[br]",
    "per%cent",
    "new\nline",
    "UPPER",
    "id",
    "value",
    "e",
    "v",
    "t",
    "list",
    "🦀",
    "--",
    "/*",
    "*/",
    "$1",
    "?",
    ":a",
    "{x}",
    "a;b",
    "null",
    "true",
    "false",
    "1 = 1",
    " ",
    "1",
    "a\tb",
    "\u{200f}r",
    "key",
    "path",
    "?x",
    "@v",
    "#",
];

/// What rows of each type list, and the type's name.
const TYPES: &[(&str, &[&str])] = &[
    (
        "string",
        &[
            "eq",
            "neq",
            "contains",
            "ncontains",
            "startswith",
            "doesnotstartwith",
            "startswithsingle",
            "endswith",
            "matches",
            "text",
            "deq",
            "isset",
            "isnotset",
        ],
    ),
    ("integer", &["eq", "neq", "gt", "gte", "lt", "lte", "range", "deq", "isset"]),
    ("double", &["eq", "neq", "gt", "gte", "lt", "lte", "range", "deq", "isset"]),
    ("decimal", &["eq", "neq", "gt", "gte", "lt", "lte", "range", "deq", "isset"]),
    ("date", &["eq", "gt", "gte", "lt", "lte", "range", "gte_ndays", "lte_ndays", "deq", "isset"]),
    ("boolean", &["eq", "neq", "deq", "isset"]),
    (
        "timestamp",
        &["eq", "gt", "gte", "lt", "lte", "range", "gte_ndays", "lte_ndays", "deq", "isset"],
    ),
    ("entity pk", KEYED),
    ("file", KEYED),
    ("folder", KEYED),
];

const KEYED: &[&str] =
    &["eq", "neq", "contains", "startswith", "endswith", "matches", "deq", "isset"];

const CARDINALITIES: &[&str] = &["one", "optional", "many"];

/// A row of a schema file.
#[derive(Clone, Debug)]
struct Row {
    kind: &'static str,
    cardinality: &'static str,
    operators: Vec<&'static str>,
    case: bool,
    address: bool,
}

/// A text in JSON is one in TOML too, but for DEL.
fn toml_text(text: &str) -> String {
    json!(text).to_string().replace('\u{7f}', "\\u007f")
}

impl Row {
    fn of_texts(cardinality: &'static str) -> Self {
        let operators = vec!["eq", "contains", "isset"];
        Row { kind: "string", cardinality, operators, case: false, address: false }
    }

    fn written(&self, name: &str) -> String {
        let Row { kind, cardinality, operators, .. } = self;
        let case = if self.case { "case = \"insensitive\"\n" } else { "" };
        let address = if self.address { "format = \"ip\"\n" } else { "" };
        let scale = if *kind == "decimal" { "scale = 2\n" } else { "" };
        let name = toml_text(name);
        format!(
            "[[field]]\nname = {name}\ntype = \"{kind}\"\ncardinality = \"{cardinality}\"\n{scale}{case}{address}operators = {}\n",
            json!(operators)
        )
    }

    /// The type of the hunting column that holds such values, where one does.
    fn hunting(&self) -> Option<&'static str> {
        let many = self.cardinality == "many";
        match self.kind {
            "decimal" | "date" => None,
            "integer" | "boolean" | "timestamp" | "double" if many => None,
            "double" => Some("real"),
            _ if many => Some("dynamic"),
            "integer" => Some("long"),
            "boolean" => Some("bool"),
            "timestamp" => Some("datetime"),
            _ => Some("string"),
        }
    }
}

fn drawn_row() -> BoxedStrategy<Row> {
    let of_type = (
        prop::sample::select(TYPES),
        prop::sample::select(CARDINALITIES),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.3),
    );
    let row = of_type.prop_flat_map(|((kind, operators), cardinality, case, address)| {
        let some = prop::sample::subsequence(operators, 1..=operators.len());
        let text = kind == "string";
        let case = case && (text || *operators == *KEYED);
        some.prop_map(move |operators| Row {
            kind,
            cardinality,
            operators,
            case,
            address: address && text,
        })
    });
    row.boxed()
}

/// A schema file with a hunting table, in which each field that it can hold has a column.
fn file(rows: &[(&str, Row)]) -> String {
    let mut columns = String::new();
    let mut fields = String::new();
    for (name, row) in rows {
        fields += &row.written(name);
        if let Some(kind) = row.hunting() {
            let column = toml_text(name);
            columns += &format!("{column} = \"{kind}\"\n");
            fields += &format!("hunting = {column}\nhunting_certainty = \"documented\"\n");
        }
    }
    format!(
        "name = \"drawn\"\ndescription = \"\"\n[hunting]\ntable = \"drawn\"\n[hunting.columns]\n{columns}{fields}"
    )
}

fn schema() -> BoxedStrategy<Schema> {
    let names = prop::sample::subsequence(NAMES, 1..=8).prop_shuffle();
    let rows = names.prop_flat_map(|names| {
        let rows = prop::collection::vec(drawn_row(), names.len());
        rows.prop_map(move |rows| names.iter().copied().zip(rows).collect::<Vec<_>>())
    });
    rows.prop_map(|rows| numbered(&with_paths(&file(&rows)))).boxed()
}

/// A record for each hostile text, in columns or documents.
pub(crate) fn hostile_table(documents: bool) -> Table {
    let record = |text: &String| {
        json!({ "text.one": text, "number.one": 0, "flag.one": true, "time.one": 0, "key.one": { "id": text },
            "double.one": 0.5, "decimal.one": "0.5", "date.one": "2026-11-01",
            "text.many": [text], "odd \"name'` \\ é": [text, "other"], "twin": text })
    };
    let schema = if documents { &*EVERYTHING_PLACED } else { &*EVERYTHING };
    Table { documents, ..Table::of(schema, random::HOSTILE.iter().map(record)) }
}

/// Tables with hostile names of columns or of members, some at a time.
pub(crate) fn hostile_names(documents: bool) -> Vec<Table> {
    let table = move |names: &[&str]| {
        let rows: String = names
            .iter()
            .enumerate()
            .map(|(place, name)| Row::of_texts(CARDINALITIES[place % 3]).written(name))
            .collect();
        let file = with_paths(&format!("name = \"named\"\ndescription = \"\"\n{rows}"));
        let schema = Box::leak(Box::new(numbered(&file)));
        let record = |text: &str| {
            let pairs = schema.fields().iter().filter(|field| field.name != ROW).map(|field| {
                let many = field.cardinality == Cardinality::Many;
                (field.name.clone(), if many { json!([text]) } else { json!(text) })
            });
            Json::Object(pairs.collect())
        };
        Table { documents, ..Table::of(schema, ["a", "b", "ab", ""].map(record)) }
    };
    let mut seen = HashSet::new();
    let mut distinct: Vec<&str> =
        NAMES.iter().copied().chain(random::HOSTILE.iter().map(String::as_str)).collect();
    distinct.retain(|name| !name.trim().is_empty() && seen.insert(name.to_lowercase()));
    distinct.chunks(12).map(table).collect()
}
