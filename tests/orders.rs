//! Where records without a value stand in an order: behind all others, in every target's words or
//! refused, kept in `snapshots/orders`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use rusqlite::Connection;
use tamis::target::{Form, Output, all};
use tamis::{Options, Schema};

static EVENTS: LazyLock<Schema> = LazyLock::new(|| {
    let field = |name: &str, kind: &str, cardinality: &str| {
        format!(
            "[[field]]\nname = \"{name}\"\ntype = \"{kind}\"\ncardinality = \"{cardinality}\"\n\
             operators = [\"eq\"]\nhunting = \"{name}\"\n"
        )
    };
    let fields = [
        field("always", "integer", "one"),
        field("maybe", "integer", "optional"),
        field("words", "string", "optional"),
        field("several", "integer", "many"),
        field("who", "entity pk", "one"),
    ];
    let head = "name = \"events\"\nsort = { fields = [\"always\", \"maybe\", \"words\", \"several\", \
                \"who\"] }\n[hunting]\ntable = \"Events\"\ncolumns = { always = \"long\", maybe = \
                \"long\", words = \"string\", several = \"dynamic\", who = \"string\" }\n";
    Schema::from_toml(&format!("{head}{}", fields.concat())).unwrap()
});

const QUERIES: &[&str] = &[
    "order by always",
    "order by maybe",
    "order by maybe desc limit 2",
    "order by words limit 2",
    "order by words desc",
    "order by several",
    "order by who",
];

fn whole(text: &str, target: &str) -> Result<(String, Vec<String>), Vec<String>> {
    let form = Form { whole: true, ..Form::default() };
    let said = |found: &[tamis::Diagnostic]| -> Vec<String> {
        found.iter().map(|found| format!("{}: {}", found.code.id(), found.message)).collect()
    };
    match tamis::compile_with(text, &EVENTS, target, &Options::at(0), &form) {
        Ok(compiled) => {
            let text = match compiled.output {
                Output::Sql(statement) => statement.sql,
                Output::Text { text } => text,
                other => serde_json::to_value(&other).unwrap().to_string(),
            };
            Ok((text, said(&compiled.warnings)))
        }
        Err(found) => Err(said(&found)),
    }
}

#[test]
fn every_target_puts_records_without_a_value_last() {
    let mut page = String::new();
    for text in QUERIES {
        writeln!(page, "--- {text}").unwrap();
        for target in all() {
            let (line, more) = match whole(text, target.name()) {
                Ok((line, warnings)) => (line, warnings),
                Err(refused) => ("refused".to_owned(), refused),
            };
            writeln!(page, "{}: {line}", target.name()).unwrap();
            more.iter().for_each(|more| writeln!(page, "    {more}").unwrap());
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/orders");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("orders", page));
}

#[test]
fn sqlite_selects_those_that_have_a_value_first() {
    let connection = Connection::open_in_memory().unwrap();
    let made = "CREATE TABLE events (maybe INTEGER);\
                INSERT INTO events VALUES (NULL), (5), (NULL), (7), (6);";
    connection.execute_batch(made).unwrap();
    let select = |text: &str| -> Vec<Option<i64>> {
        let (sql, _) = whole(text, "sqlite").unwrap();
        let mut statement = connection.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert_eq!(select("order by maybe limit 2"), [Some(5), Some(6)]);
    assert_eq!(select("order by maybe desc limit 4"), [Some(7), Some(6), Some(5), None]);
}
