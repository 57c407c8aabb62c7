//! Tables of documents: one column holds whole records as JSON. What embedded SQLite selects is
//! what the matcher selects; the wording of every engine is kept in `snapshots/tables`.

#[path = "sql/document.rs"]
mod document;
#[path = "sql/engine.rs"]
#[allow(dead_code, reason = "the tests of tables with columns use all of it")]
mod engine;
#[path = "common/fits.rs"]
mod fits;
#[path = "sql/meaning.rs"]
#[allow(dead_code, reason = "the tests of tables with columns use all of it")]
mod meaning;
#[path = "sql/random.rs"]
mod random;

use std::fmt::Write as _;
use std::sync::LazyLock;

use document::{document, with_paths};
use engine::{NOW, checked, emit, select};
use meaning::Record;
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{Value as Json, json};
use tamis::matcher::{Layout, Matcher};
use tamis::target::{self, Form};
use tamis::time::StoredTime;
use tamis::{Options, Schema};

static EVERYTHING: LazyLock<Schema> =
    LazyLock::new(|| Schema::from_toml(&with_paths(include_str!("sql/everything.toml"))).unwrap());

fn activities() -> &'static Schema {
    Schema::builtin("activities").unwrap()
}

fn form(inline: bool) -> Form {
    Form { inline, document: Some("record".into()), ..Form::default() }
}

/// The emitted table, filled.
fn filled(schema: &Schema, documents: &[Json]) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    let ddl = target::named("sqlite").unwrap().ddl(schema, &form(false)).unwrap();
    connection.execute_batch(&ddl).unwrap_or_else(|error| panic!("{error}: {ddl}"));
    let sql = format!("INSERT INTO \"{}\" (rowid, record) VALUES (?, ?)", schema.name);
    for (id, record) in (1_i64..).zip(documents) {
        connection.execute(&sql, (id, record.to_string())).unwrap();
    }
    connection
}

fn agree(
    schema: &'static Schema,
    records: &[Record],
    queries: &[String],
) -> Result<(), TestCaseError> {
    let whole = |(number, record): (usize, &Record)| {
        document(schema, &Json::Object(record.clone()), number)
    };
    let documents: Vec<Json> = records.iter().enumerate().map(whole).collect();
    let connection = filled(schema, &documents);
    for text in queries {
        checked(text, schema, &Options::at(NOW), |query| {
            // Some fields stand in no record, which both say.
            let Ok(matcher) = Matcher::new(query, Layout::Nested) else { return Ok(()) };
            let sqlite = target::named("sqlite").unwrap();
            if sqlite.emit(query, &form(false)).is_err() {
                return Ok(());
            }
            let meant = (1_i64..).zip(&documents).filter(|(_, record)| matcher.matches(*record));
            let meant: Vec<i64> = meant.map(|(id, _)| id).collect();
            for inline in [false, true] {
                let statement = emit("sqlite", query, &form(inline));
                let found = select(&connection, &schema.name, &statement);
                prop_assert_eq!(&found, &meant, "{}: {}", text, &statement.sql);
            }
            Ok(())
        })?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_of_every_type_select_what_they_mean(
        records in prop::collection::vec(random::record(&EVERYTHING), 1..12),
        queries in prop::collection::vec(random::query(&EVERYTHING), 12),
    ) {
        agree(&EVERYTHING, &records, &queries)?;
    }

    #[test]
    fn documents_of_activities_select_what_they_mean(
        records in prop::collection::vec(random::record(activities()), 1..12),
        queries in prop::collection::vec(random::query(activities()), 12),
    ) {
        agree(activities(), &records, &queries)?;
    }
}

/// What a table of documents is asked, and what it is refused for.
const SHOWN: &[&str] = &[
    "ip.category = Risky and date in last 7 days",
    "not location.country = US",
    "location.country is not set or device.type in (null, Desktop)",
    "user.tags in (t1, t2) and not ip.tags = \"Tor\"",
    "office365url ends with .pptx",
    "entity = { id: \"u-1\", inst: 0 } and not fileSelector = f-1",
    "activity.eventActionType = EVENT_CATEGORY_LOGIN order by date desc limit 10",
    "policy = p1",
];

/// The same of doubles, decimals and days.
const SHOWN_NUMBERS: &[&str] =
    &["load >= 0.5", "loads = 1.5", "not price > 19.99", "day in last 7 days"];

#[test]
fn wording_is_reviewed() {
    let numbers = Schema::from_toml(include_str!("sql/numbers.toml")).unwrap();
    reviewed(activities(), SHOWN, "");
    reviewed(&numbers, SHOWN_NUMBERS, "-numbers");
}

fn reviewed(schema: &Schema, texts: &[&str], suffix: &str) {
    for target in target::all() {
        let Some(ddl) = target.ddl(schema, &form(false)).filter(|ddl| ddl.contains("record"))
        else {
            continue;
        };
        let mut shown = ddl;
        for text in texts {
            let options = Options::at(NOW);
            let whole = Form { whole: true, ..form(true) };
            let compiled = tamis::compile_with(text, schema, target.name(), &options, &whole);
            let said = match compiled {
                Ok(compiled) => json!(compiled.output)["sql"].as_str().unwrap().to_owned(),
                Err(found) => {
                    let help = found[0].help.as_deref().unwrap_or_default();
                    format!("{}: {}; {help}", found[0].code.id(), found[0].message)
                }
            };
            let _ = write!(shown, "\n{text}\n  {said}\n");
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots/tables");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("{}{suffix}", target.name()), shown));
    }
}

#[test]
fn the_schema_says_how_records_are_kept() {
    let stored = format!(
        "{}\n[store]\ntable = \"log.events\"\nnative_time = true\ndocument = \"doc\"\n",
        include_str!("../schemas/activities.toml")
    );
    let schema = Schema::from_toml(&stored).unwrap();
    let sql = |text: &str, form: &Form| {
        let options = Options::at(NOW);
        let compiled = tamis::compile_with(text, &schema, "postgres", &options, form).unwrap();
        json!(compiled.output)["sql"].as_str().unwrap().to_owned()
    };
    let whole = Form { whole: true, inline: true, ..Form::default() };
    let said = sql("date in last 1 day", &whole);
    let start = "SELECT * FROM \"log\".\"events\" WHERE CASE WHEN jsonb_typeof((\"doc\" -> 'timestamp')) = 'string'";
    let end = "BC')::timestamptz END >= '2026-10-31T12:00:00.000Z'::timestamptz";
    assert!(said.starts_with(start) && said.ends_with(end), "{said}");
    let ddl = target::named("postgres").unwrap().ddl(&schema, &Form::default()).unwrap();
    assert!(ddl.contains("\"doc\" jsonb NOT NULL"), "{ddl}");
}

#[test]
fn one_number_in_place_of_a_list_keeps_its_digits() {
    let file = "name = \"t\"\n[[field]]\nname = \"x\"\ntype = \"double\"\ncardinality = \"many\"\nrecord = \"x[]\"\n";
    let schema = Schema::from_toml(file).unwrap();
    let numbers =
        ["0.30000000000000004", "1.7976931348623157e308", "123456789.12345679", "5e-324", "0.3"];
    let mut documents: Vec<Json> = numbers
        .iter()
        .map(|number| serde_json::from_str(&format!("{{\"x\":{number}}}")).unwrap())
        .collect();
    documents.push(json!({"x": [1.5]}));
    let connection = filled(&schema, &documents);
    connection.execute("INSERT INTO t (rowid, record) VALUES (99, '{\"x\":1e400}')", []).unwrap();
    for (id, number) in (1..).zip(numbers) {
        checked(&format!("x = {number}"), &schema, &Options::at(NOW), |query| {
            let statement = emit("sqlite", query, &form(false));
            assert_eq!(select(&connection, "t", &statement), [id], "{number}");
        });
    }
    checked("x is set", &schema, &Options::at(NOW), |query| {
        let found = select(&connection, "t", &emit("sqlite", query, &form(false)));
        assert_eq!(found, [1, 2, 3, 4, 5, 6]);
    });
}

#[test]
fn what_documents_do_not_tell_is_refused() {
    let file = "name = \"t\"\n[store]\ndocument = \"doc\"\n\
        [[field]]\nname = \"tags\"\ntype = \"string\"\ncardinality = \"many\"\noperators = [\"eq\"]\nrecord = \"tags\"\n\
        [[field]]\nname = \"deep\"\ntype = \"string\"\ncardinality = \"many\"\noperators = [\"eq\"]\nrecord = \"a[].b[]\"\n\
        [[field]]\nname = \"odd\"\ntype = \"string\"\noperators = [\"eq\"]\nrecord = \"quote\\\"\"\n\
        [[field]]\nname = \"at\"\ntype = \"timestamp\"\noperators = [\"gte\"]\nrecord = \"at\"\n\
        [[field]]\nname = \"sec\"\ntype = \"timestamp\"\nunit = \"s\"\n\
        [[field]]\nname = \"micro\"\ntype = \"timestamp\"\nunit = \"us\"\n\
        [[field]]\nname = \"own\"\ntype = \"string\"\noperators = [\"eq\"]\ncolumns = { sql = \"own\" }\n";
    let schema = Schema::from_toml(file).unwrap();
    let refused = |text: &str, target: &str, native: bool| {
        let form = Form { time: native.then_some(StoredTime::Native), ..Form::default() };
        let found = tamis::compile_with(text, &schema, target, &Options::at(NOW), &form);
        found.map(|compiled| json!(compiled.output)).map_err(|found| found[0].message.clone())
    };
    let cases = [
        ("tags = a", "sqlite", "no list is on its path"),
        ("deep = a", "sqlite", "lists of lists"),
        ("odd = a", "sqlite", "no column or member of that name"),
        ("odd = a", "datafusion", "stands in a document"),
        ("sec >= 2026-11-01", "sqlite", "that documents count in `s`"),
        ("sec is set", "mongodb", "that documents count in `s`"),
        ("micro is set", "opensearch", "that documents count in `us`"),
        ("not micro = now", "odata", "that documents count in `us`"),
    ];
    for (text, target, why) in cases {
        let message = refused(text, target, false).unwrap_err();
        assert!(message.contains(why), "{text} to {target}: {message}");
    }
    let micro = refused("micro <= 2026-11-01T00:00:00Z", "sqlite", false).unwrap();
    assert_eq!(micro["params"], json!([1_793_491_200_000_999_i64]));
    assert!(refused("micro is set", "mongodb", true).is_ok(), "dates count no unit");
    let instants = refused("at >= 2026-11-01", "mariadb", true).unwrap_err();
    assert!(instants.contains("documents hold as texts"), "{instants}");
    assert_eq!(
        refused("own = a", "sqlite", false).unwrap(),
        json!({ "sql": "\"own\" = ?", "params": ["a"] })
    );
}

/// To the last digit, whether a double is a number or a text.
#[test]
fn doubles_are_read_from_documents_as_they_are_written() {
    let schema = Schema::from_toml(include_str!("sql/numbers.toml")).unwrap();
    let mut bits = 7_u64;
    let mut drawn = || {
        // Numbers without pattern, of all sizes.
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from_bits(bits ^ (bits >> 29))
    };
    let doubles: Vec<f64> =
        std::iter::repeat_with(&mut drawn).filter(|n| n.is_finite()).take(400).collect();
    let record = |(place, number): (usize, &f64)| {
        let text = json!(number).to_string();
        if place % 2 == 0 { json!({ "load": number }) } else { json!({ "load": text }) }
    };
    let records: Vec<Json> = doubles.iter().enumerate().map(record).collect();
    let connection = filled(&schema, &records);
    for (id, number) in (1_i64..).zip(&doubles) {
        let text = format!("load = {}", json!(number));
        for inline in [false, true] {
            let found = checked(&text, &schema, &Options::at(NOW), |query| {
                select(&connection, "sales", &emit("sqlite", query, &form(inline)))
            });
            assert_eq!(found, [id], "{text}");
        }
    }
}

/// No table is printed that nothing could be asked of.
#[test]
fn a_table_without_a_type_for_its_instants_is_not_printed() {
    let schema = Schema::builtin("activities").unwrap();
    let printed = |target: &str, document: Option<&str>| {
        let document = document.map(str::to_owned);
        let form = Form { time: Some(StoredTime::Native), document, ..Form::default() };
        target::named(target).unwrap().ddl(schema, &form).is_some()
    };
    for (target, columns, documents) in [
        ("duckdb", true, true),
        ("postgres", true, true),
        ("mariadb", true, false),
        ("datafusion", true, false),
        ("sqlite", false, false),
    ] {
        assert_eq!(printed(target, None), columns, "{target}");
        assert_eq!(printed(target, Some("record")), documents, "{target}");
    }
}

/// A value at one of two places is asked for at both, and gives no order.
#[test]
fn a_field_at_two_places_is_set_where_either_is() {
    let toml = "name = \"two\"\nsort = { fields = [\"s\"] }\n[[field]]\nname = \"s\"\ntype = \"string\"\n\
                operators = [\"eq\", \"neq\", \"isset\"]\nrecord = [\"a\", \"b\"]\n";
    let schema = Schema::from_toml(toml).unwrap();
    let form = Form { document: Some("record".into()), inline: true, ..Form::default() };
    let asked = |text: &str, form: &Form| {
        tamis::compile_with(text, &schema, "sqlite", &Options::at(NOW), form)
    };
    let output = json!(asked("s != x and s is set", &form).unwrap().output);
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            r#"CREATE TABLE two (record TEXT);
               INSERT INTO two VALUES ('{"b":"y"}'), ('{"a":"x"}'), ('{}'), ('{"a":"y"}');"#,
        )
        .unwrap();
    let sql = format!("SELECT rowid FROM two WHERE {}", output["sql"].as_str().unwrap());
    let mut statement = connection.prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(rows.map(Result::unwrap).collect::<Vec<_>>(), [1, 4]);
    let whole = Form { whole: true, ..form };
    let found = asked("order by s", &whole).unwrap_err();
    assert_eq!(found[0].code.id(), "T0502");
}
