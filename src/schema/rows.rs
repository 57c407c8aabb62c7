//! The rows of a schema file. A key that is not here is an error.

use toml::Spanned as At;

use super::node::{Entry, Node, Row, Sink, Wrong};
use super::{Certainty, Hunting, Page, RecordKey, Sort, Store};
use crate::time::StoredTime;
use crate::value::{Cardinality, IntegerBits, Value};

pub(super) struct File {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) source: String,
    pub(super) endpoint: Option<String>,
    pub(super) key: String,
    pub(super) integer_bits: IntegerBits,
    pub(super) sort: Sort,
    pub(super) page: Option<Page>,
    pub(super) week_start: Option<At<String>>,
    pub(super) hunting: Option<Hunting>,
    pub(super) store: Store,
    pub(super) own_operators: Vec<At<String>>,
    /// Keys that are called or placed otherwise now, with how they are said.
    pub(super) former: Vec<At<(&'static str, &'static str)>>,
    pub(super) list: Vec<ListRow>,
    pub(super) bounded_by: Vec<At<String>>,
    pub(super) field: Vec<FieldRow>,
}

impl File {
    pub(super) fn read(node: Node<'_>) -> Result<Self, Wrong> {
        let sink = Sink::default();
        let file = file(node.row(&sink));
        sink.end(file)
    }
}

/// What stands in `[api]`, and stood at the top before.
const IN_API: &[(&str, &str)] = &[
    ("endpoint", "[api] endpoint"),
    ("page", "[api] page"),
    ("sort", "[api] sort"),
    ("bounded_by", "[api] bounded_by"),
];

fn file(mut row: Row<'_>) -> File {
    let mut former = Vec::new();
    let mut api = row.maybe_row("api").unwrap_or_else(|| row.beside());
    for (key, now) in IN_API {
        let place = row.moved(key, key, &mut api);
        former.extend(place.map(|place| At::new(place, (*key, *now))));
    }
    let mut renamed = row.beside();
    let place = row.moved("hunting", "kql", &mut renamed);
    former.extend(place.map(|place| At::new(place, ("hunting", "[kql]"))));
    let kql = row.maybe_row("kql").map(hunting);
    let before = renamed.maybe_row("kql").map(hunting);
    let file = File {
        name: row.needed_text("name"),
        title: row.text("title"),
        description: row.text("description"),
        source: row.text("source"),
        endpoint: api.maybe_text("endpoint"),
        key: row.maybe_text("key").unwrap_or_else(|| "_id".into()),
        integer_bits: integer_bits(&mut row),
        sort: api.maybe_row("sort").map(sort).unwrap_or_default(),
        page: api.maybe_row("page").map(page),
        week_start: row.maybe_word("week_start"),
        hunting: kql.or(before),
        store: row.maybe_row("store").map(|row| store(row, &mut former)).unwrap_or_default(),
        own_operators: row.words("own_operators"),
        list: lists(&mut row),
        bounded_by: api.words("bounded_by"),
        field: fields(&mut row),
        former,
    };
    api.end();
    row.end();
    file
}

fn integer_bits(row: &mut Row<'_>) -> IntegerBits {
    match row.number_of("integer_bits", &[32, 64]) {
        Some(32) => IntegerBits::B32,
        Some(_) | None => IntegerBits::B64,
    }
}

fn sort(mut row: Row<'_>) -> Sort {
    let sort = Sort { default: row.maybe_text("default"), fields: row.texts("fields") };
    row.end();
    sort
}

fn page(mut row: Row<'_>) -> Page {
    let page = Page { default: row.needed_count("default"), largest: row.needed_count("largest") };
    row.end();
    page
}

fn store(mut row: Row<'_>, former: &mut Vec<At<(&'static str, &'static str)>>) -> Store {
    let mut before = row.beside();
    let place = row.moved("native_time", "time", &mut before);
    former.extend(place.map(|place| At::new(place, ("native_time", "time = \"native\""))));
    let was_native = before.flag("time");
    let store = Store {
        table: row.maybe_text("table"),
        time: stored_time(&mut row, was_native),
        document: row.maybe_text("document"),
    };
    row.end();
    store
}

/// How timestamps are stored. `was_native`: as the former key says.
fn stored_time(row: &mut Row<'_>, was_native: bool) -> StoredTime {
    let names = StoredTime::ALL.map(StoredTime::name);
    let said = row.choice("time", &names).and_then(|at| StoredTime::ALL.get(at));
    said.copied().unwrap_or(if was_native { StoredTime::Native } else { StoredTime::default() })
}

fn hunting(mut row: Row<'_>) -> Hunting {
    let hunting = Hunting {
        table: row.needed_text("table"),
        source: row.text("source"),
        columns: row.needed_pairs("columns"),
    };
    row.end();
    hunting
}

pub(super) struct ListRow {
    pub(super) name: String,
    pub(super) values_look_like: Option<String>,
    pub(super) values: Vec<ValueRow>,
}

/// The lists that other files share.
pub(super) fn shared_lists(node: Node<'_>) -> Result<Vec<ListRow>, Wrong> {
    let sink = Sink::default();
    let lists = lists(&mut node.row(&sink));
    sink.end(lists)
}

fn lists(row: &mut Row<'_>) -> Vec<ListRow> {
    let mut lists = Vec::new();
    for mut row in row.rows("list") {
        let name = row.needed_text("name");
        // For those who read the file.
        row.text("description");
        row.text("source");
        let values_look_like = row.maybe_text("values_look_like");
        let values = values(row.needed_entries("values"));
        row.end();
        lists.push(ListRow { name, values_look_like, values });
    }
    lists
}

#[derive(Clone)]
pub(super) struct ValueRow {
    pub(super) value: Option<Value>,
    pub(super) null: bool,
    pub(super) api: Option<Value>,
    pub(super) label: String,
    pub(super) also: Vec<String>,
}

impl ValueRow {
    /// A value whose label it is itself.
    fn plain(value: Value) -> Self {
        let label = value.to_string();
        ValueRow { value: Some(value), null: false, api: None, label, also: Vec::new() }
    }
}

fn values(entries: Vec<Entry<'_>>) -> Vec<ValueRow> {
    let mut values = Vec::new();
    for entry in entries {
        let mut row = match entry {
            Entry::Row(row) => row,
            Entry::Plain(value) => {
                values.push(ValueRow::plain(value));
                continue;
            }
        };
        values.push(ValueRow {
            value: row.maybe_wire("value"),
            null: row.flag("null"),
            api: row.maybe_wire("api"),
            label: row.needed_text("label"),
            also: row.texts("also"),
        });
        row.end();
    }
    values
}

/// The name of a list, or the values themselves.
pub(super) enum ValuesRow {
    Named(String),
    Inline(Vec<ValueRow>),
}

pub(super) struct FieldRow {
    pub(super) name: At<String>,
    pub(super) kind: At<String>,
    pub(super) scale: Option<At<i64>>,
    pub(super) unit: Option<At<String>>,
    pub(super) zone: Option<At<String>>,
    pub(super) cardinality: Cardinality,
    /// `None`: those of the type.
    pub(super) operators: Option<Vec<At<String>>>,
    pub(super) values: Option<At<ValuesRow>>,
    pub(super) open: bool,
    pub(super) values_look_like: Option<At<String>>,
    pub(super) ignores_case: bool,
    pub(super) is_address: bool,
    /// `None`: the name is the path.
    pub(super) record: Option<At<Vec<String>>>,
    pub(super) record_certainty: Certainty,
    pub(super) record_key: Option<RecordKey>,
    pub(super) hunting: Option<At<String>>,
    pub(super) hunting_certainty: Certainty,
    pub(super) hunting_labels: bool,
    pub(super) hunting_values_certainty: Certainty,
    pub(super) columns: Vec<(String, String)>,
    pub(super) aliases: Vec<At<String>>,
    pub(super) description: String,
    pub(super) source: String,
}

fn fields(row: &mut Row<'_>) -> Vec<FieldRow> {
    let mut fields = Vec::new();
    for row in row.needed_rows("field") {
        fields.push(field(row));
    }
    fields
}

fn field(mut row: Row<'_>) -> FieldRow {
    let field = FieldRow {
        name: row.needed_word("name"),
        kind: row.needed_word("type"),
        scale: row.maybe_number("scale"),
        unit: row.maybe_word("unit"),
        zone: row.maybe_word("zone"),
        cardinality: cardinality(&mut row),
        operators: row.maybe_words("operators"),
        values: named_or_inline(&mut row),
        open: row.flag("open"),
        values_look_like: row.maybe_word("values_look_like"),
        ignores_case: row.choice("case", &["sensitive", "insensitive"]) == Some(1),
        is_address: row.choice("format", &["ip"]).is_some(),
        record: row.maybe_none_or_more("record"),
        record_certainty: certainty(&mut row, "record_certainty"),
        record_key: row.maybe_row("record_key").map(record_key),
        hunting: row.maybe_word("hunting"),
        hunting_certainty: certainty(&mut row, "hunting_certainty"),
        hunting_labels: row.choice("hunting_values", &["wire", "label"]) == Some(1),
        hunting_values_certainty: certainty(&mut row, "hunting_values_certainty"),
        columns: row.sorted_pairs("columns"),
        aliases: row.words("aliases"),
        description: row.text("description"),
        source: row.text("source"),
    };
    row.end();
    field
}

fn cardinality(row: &mut Row<'_>) -> Cardinality {
    match row.choice("cardinality", &["one", "optional", "many"]) {
        Some(0) => Cardinality::One,
        Some(2) => Cardinality::Many,
        Some(_) | None => Cardinality::Optional,
    }
}

fn certainty(row: &mut Row<'_>, key: &'static str) -> Certainty {
    match row.choice(key, &["documented", "observed", "guess"]) {
        Some(0) => Certainty::Documented,
        Some(1) => Certainty::Observed,
        Some(_) | None => Certainty::Guess,
    }
}

fn named_or_inline(row: &mut Row<'_>) -> Option<At<ValuesRow>> {
    let found = row.maybe_text_or_entries("values")?;
    let place = found.span();
    let read = match found.into_inner() {
        Ok(name) => ValuesRow::Named(name),
        Err(entries) => ValuesRow::Inline(values(entries)),
    };
    Some(At::new(place, read))
}

fn record_key(mut row: Row<'_>) -> RecordKey {
    let key = RecordKey {
        id: row.needed_text("id"),
        saas: row.needed_text("saas"),
        inst: row.needed_text("inst"),
    };
    row.end();
    key
}
