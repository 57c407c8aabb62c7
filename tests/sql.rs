//! The SQL targets: their text held against a real engine (embedded SQLite) and against the
//! meaning of the language, their wording kept in `snapshots/sql`.

#[path = "sql/engine.rs"]
mod engine;
#[path = "common/fits.rs"]
mod fits;
#[path = "sql/meaning.rs"]
mod meaning;
#[path = "sql/random.rs"]
mod random;

use std::sync::LazyLock;

use engine::{NOW, checked, compiled, emit, inline, insert, select, table};
use meaning::{Record, selects};
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{Value as Json, json};
use tamis::quote::quoted;
use tamis::target::sql::Statement;
use tamis::target::{self, Form};
use tamis::time::StoredTime;
use tamis::{Diagnostic, Options, Schema};

static EVERYTHING: LazyLock<Schema> =
    LazyLock::new(|| Schema::from_toml(include_str!("sql/everything.toml")).unwrap());

fn activities() -> &'static Schema {
    Schema::builtin("activities").unwrap()
}

fn lines(text: &str) -> impl Iterator<Item = Record> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
}

/// What a record of the data file has where it does not say.
fn filled(id: i64, given: Record) -> Record {
    let defaults = json!({
        "service": 10489, "activity.id": format!("id-{id}"), "activity.impersonated": false,
        "activity.type": false, "date": 1_793_448_000_000_i64, "created": 1_793_448_000_000_i64,
    });
    let Json::Object(mut record) = defaults else { unreachable!() };
    record.extend(given);
    record
}

fn sample() -> (Connection, Vec<(i64, Record)>) {
    let connection = table(activities());
    let records: Vec<(i64, Record)> = lines(include_str!("sql/records.jsonl"))
        .map(|mut given| {
            let id = given.remove("id").unwrap().as_i64().unwrap();
            (id, filled(id, given))
        })
        .collect();
    records.iter().for_each(|(id, record)| insert(&connection, activities(), *id, record));
    (connection, records)
}

#[test]
fn selects_what_the_language_page_says() {
    let (connection, records) = sample();
    for case in lines(include_str!("sql/queries.jsonl")) {
        let text = case["query"].as_str().unwrap();
        let listed = |name: &str| -> Option<Vec<i64>> {
            serde_json::from_value(case.get(name)?.clone()).ok()
        };
        let expected = listed("ids").unwrap_or_else(|| {
            let but = listed("but").unwrap();
            records.iter().map(|(id, _)| *id).filter(|id| !but.contains(id)).collect()
        });
        checked(text, activities(), &Options::at(NOW), |query| {
            let meant: Vec<i64> = records
                .iter()
                .filter(|(_, r)| selects(query.root(), r))
                .map(|(id, _)| *id)
                .collect();
            assert_eq!(meant, expected, "the evaluator on `{text}`");
        });
        for form in [Form::default(), inline()] {
            let statement = compiled("sqlite", text, activities(), &form);
            assert_eq!(
                statement.params.is_empty(),
                form.inline || !statement.sql.contains('?'),
                "{statement:?}"
            );
            assert_eq!(
                select(&connection, "activities", &statement),
                expected,
                "`{text}`: {}",
                statement.sql
            );
        }
    }
}

#[test]
fn a_whole_statement_orders_and_pages() {
    let (connection, _) = sample();
    let whole = |text: &str| {
        let form = Form { whole: true, ..Form::default() };
        let statement = compiled("sqlite", text, activities(), &form);
        engine::run(
            &connection,
            &statement.sql.replace("SELECT *", "SELECT rowid"),
            &statement.params,
        )
    };
    let by_date = "date older than 7 days order by date";
    assert_eq!(whole(by_date), [34, 33, 35, 36, 31, 30]);
    assert_eq!(whole(&format!("{by_date} desc limit 2")), [30, 31]);
    assert_eq!(whole(&format!("{by_date} asc limit 2 skip 1")), [33, 35]);
    assert_eq!(whole(&format!("{by_date} skip 4")), [31, 30]);
    assert_eq!(whole(&format!("{by_date} limit 18446744073709551615 skip 5")), [30]);
    assert_eq!(whole("limit 3 skip 18446744073709551615"), [] as [i64; 0]);
    assert_eq!(whole("order by created desc limit 1"), [40]);
}

#[test]
fn every_hostile_text_selects_its_own_record() {
    let schema = &*EVERYTHING;
    let connection = table(schema);
    let record = |text: &str| {
        let given = json!({ "text.one": text, "number.one": 0, "flag.one": true, "time.one": 0, "double.one": 0.5, "date.one": "2026-11-01",
            "key.one": { "id": text }, "text.many": [text], "odd \"name'` \\ é": [text, "other"] });
        let Json::Object(record) = given else { unreachable!() };
        record
    };
    let records: Vec<(i64, Record)> =
        (1..).zip(random::HOSTILE.iter().map(|text| record(text))).collect();
    records.iter().for_each(|(id, record)| insert(&connection, schema, *id, record));
    for (id, text) in (1..).zip(&*random::HOSTILE) {
        let quoted = quoted(text);
        for form in [Form::default(), inline()] {
            let ids = |query: &str| {
                select(&connection, "everything", &compiled("sqlite", query, schema, &form))
            };
            assert_eq!(ids(&format!("text.one = {quoted}")), [id], "{text:?}");
            assert_eq!(ids(&format!("text.many = {quoted}")), [id], "{text:?}");
            assert_eq!(ids(&format!("key.one = {{ id: {quoted} }}")), [id], "{text:?}");
            assert_eq!(ids(&format!("\"odd \\\"name'` \\\\ é\" = {quoted}")), [id], "{text:?}");
            for query in ["text.one contains", "text.many ends with", "key.one starts with"] {
                assert!(ids(&format!("{query} {quoted}")).contains(&id), "{query} {text:?}");
            }
        }
    }
}

#[test]
fn no_text_leaves_its_literal() {
    use target::sql::{Dialect, sqlite::Sqlite};
    let connection = Connection::open_in_memory().unwrap();
    for text in &*random::HOSTILE {
        let read: String = connection
            .query_row(&format!("SELECT {}", Sqlite.text(text)), [], |row| row.get(0))
            .unwrap();
        assert_eq!(read, *text, "{text:?}");
    }
}

/// What the query means and what the engine selects, bound and written out.
fn agree(
    schema: &'static Schema,
    records: &[Record],
    queries: &[String],
) -> Result<(), TestCaseError> {
    let connection = table(schema);
    (1..).zip(records).for_each(|(id, record)| insert(&connection, schema, id, record));
    for text in queries {
        checked(text, schema, &Options::at(NOW), |query| {
            // The one thing that is drawn and that SQLite cannot say.
            if let Err(found) = target::named("sqlite").unwrap().emit(query, &Form::default()) {
                let told = found.iter().all(|found| found.message.contains("U+FFFD"));
                prop_assert!(told, "{}: {:?}", text, found);
                return Ok(());
            }
            let meant = |record: &Record| selects(query.root(), record);
            let expected: Vec<i64> =
                (1..).zip(records).filter(|(_, r)| meant(r)).map(|(id, _)| id).collect();
            for form in [Form::default(), inline()] {
                let statement = emit("sqlite", query, &form);
                let found = select(&connection, &schema.name, &statement);
                prop_assert_eq!(&found, &expected, "{}: {}", text, &statement.sql);
            }
            Ok(())
        })?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_type_selects_what_it_means(
        records in prop::collection::vec(random::record(&EVERYTHING), 1..12),
        queries in prop::collection::vec(random::query(&EVERYTHING), 12),
    ) {
        agree(&EVERYTHING, &records, &queries)?;
    }

    #[test]
    fn activities_select_what_they_mean(
        records in prop::collection::vec(random::record(activities()), 1..12),
        queries in prop::collection::vec(random::query(activities()), 12),
    ) {
        agree(activities(), &records, &queries)?;
    }
}

#[test]
fn long_formulas_run() {
    let (connection, records) = sample();
    let all: Vec<i64> = records.iter().map(|(id, _)| *id).collect();
    let joined = |terms: usize, word: &str, clause: &dyn Fn(usize) -> String| {
        (0..terms).map(clause).collect::<Vec<_>>().join(word)
    };
    let or = |clause: &dyn Fn(usize) -> String| joined(45_000, " or ", clause);
    let and = |clause: &dyn Fn(usize) -> String| joined(45_000, " and ", clause);
    let cases = [
        // What is merged into one list.
        (or(&|n| format!("service = {}", 11_770 + n)), vec![6, 7]),
        (and(&|n| format!("user.username != u{n}")), all.clone()),
        (or(&|n| format!("user.tags = g{}", n + 2)), vec![5, 6, 8]),
        (or(&|n| format!("actionType contains x{n} or actionType contains mass")), vec![6]),
        (or(&|n| format!("office365url ends with {n}.pptx")), vec![]),
        (and(&|n| format!("not office365url ends with {n}.pptx")), all),
        (
            or(&|n| {
                let start = 1_790_942_400_000 + n;
                format!("date in {start}..{}", start + 1)
            }),
            vec![35, 36],
        ),
        // As many parts as there are conditions. SQLite compares each constant with all others.
        (
            joined(3_000, " and ", &|n| {
                format!("(service != {} or ip.category = {})", 9_000 + n, n % 3)
            }),
            vec![6],
        ),
        (joined(3_000, " or ", &|n| format!("entity = {{ id: E{n}, inst: 0 }}")), vec![25, 28]),
        (joined(3_000, " and ", &|n| format!("text text \"w{n}\"")), vec![]),
        // More values than can be bound, in lists too short to be bound as one.
        (
            joined(40, " or ", &|n| {
                let list: Vec<String> = (0..1_000).map(|m| (1_000 * n + m).to_string()).collect();
                format!("service in ({}) and ip.category = Risky", list.join(", "))
            }),
            vec![5, 8],
        ),
    ];
    for (text, expected) in cases {
        checked(&text, activities(), &Options::at(NOW), |query| {
            for form in [Form::default(), inline()] {
                let statement = emit("sqlite", query, &form);
                assert!(statement.params.len() <= 32_766);
                let found = select(&connection, "activities", &statement);
                assert_eq!(found, expected, "{}", &text[..80]);
            }
        });
    }
}

/// 90 levels, `or` and `and` in turn, the deepest part always last.
#[test]
fn deep_formulas_run() {
    let (connection, records) = sample();
    let deep = (0..90).fold("service = 11770".to_owned(), |inner, n| {
        format!("ip.category = Corporate or service != {n} and ({inner} or user.tags = t{n})")
    });
    let ids: Vec<i64> = checked(&deep, activities(), &Options::at(NOW), |query| {
        records
            .iter()
            .filter(|(_, record)| selects(query.root(), record))
            .map(|(id, _)| *id)
            .collect()
    });
    for form in [Form::default(), inline()] {
        let statement = compiled("sqlite", &deep, activities(), &form);
        assert_eq!(select(&connection, "activities", &statement), ids);
        let nested = statement.sql.split(|c| c != '(').map(str::len).max();
        assert!(nested > Some(80), "the deepest part stands first");
    }
}

fn refusals(target: &str, text: &str, schema: &Schema, form: &Form) -> Vec<Diagnostic> {
    checked(text, schema, &Options::at(NOW), |query| {
        target::named(target).unwrap().emit(query, form)
    })
    .unwrap_err()
}

fn said(found: &[Diagnostic], text: &str) -> String {
    let lines = found.iter().map(|found| {
        let at = found.span.of(text);
        format!(
            "{} `{at}`: {}; {}\n",
            found.code.id(),
            found.message,
            found.help.as_deref().unwrap_or_default()
        )
    });
    lines.collect()
}

const TREE: &str = r#"
name = "tree"
[[field]]
name = "policy"
type = "string"
operators = ["cabinetmatchedrulesequals", "eq"]
[[field]]
name = "parent"
type = "folder"
operators = ["descendantof", "ndescendantof", "eq"]
[[field]]
name = "a.b"
type = "integer"
operators = ["eq", "contains"]
[[field]]
name = "a_b"
type = "integer"
operators = ["eq"]
[[field]]
name = "at"
type = "timestamp"
operators = ["gte", "lte", "isset"]
[[field]]
name = "size"
type = "integer"
operators = ["contains", "eq"]
"#;

#[test]
fn all_that_cannot_be_said_is_reported() {
    let schema = Schema::from_toml(TREE).unwrap();
    let text = "policy cabinetmatchedrulesequals p1 or (parent descendantof x and not parent descendantof y) or a.b = 1 \
                or size contains 1 or parent = x";
    let native = Form { time: Some(StoredTime::Native), ..Form::default() };
    let time = "at >= 2026-11-01 or at is set";
    let far = "at >= +287168-08-24T16:00Z";
    let long = "x".repeat(4000);
    let asked = format!("parent = {long} or policy in (p1, {long})");
    let all = [
        said(&refusals("sqlite", text, &schema, &Form::default()), text),
        said(&refusals("postgres", text, &schema, &Form::default()), text),
        said(&refusals("sqlite", time, &schema, &native), time),
        said(&refusals("postgres", far, &schema, &native), far),
        said(&refusals("sqlserver", &asked, &schema, &Form::default()), &asked)
            .replace(&long, "xxx…"),
    ];
    snapshot("refusals", &all.join("\n"));
}

/// A number that no record holds stands beside `null` in a list.
#[test]
fn a_field_has_to_be_set_where_nothing_else_is_asked() {
    let toml = "name = \"t\"\n[[field]]\nname = \"n\"\ntype = \"decimal\"\nscale = 0\n";
    let schema = Schema::from_toml(toml).unwrap();
    let statement = compiled("postgres", "n <> (null, 0.1)", &schema, &Form::default());
    assert!(statement.sql.ends_with("\"n\" IS NOT NULL"), "{}", statement.sql);
}

#[test]
fn a_condition_without_its_order_is_warned_about() {
    let text = "service = Box order by date limit 3";
    let warnings = |form| {
        tamis::compile_with(text, activities(), "pg", &Options::at(NOW), &form).unwrap().warnings
    };
    let codes: Vec<&str> = warnings(Form::default()).iter().map(|found| found.code.id()).collect();
    assert_eq!(codes, ["T0503"]);
    assert_eq!(warnings(Form { whole: true, ..Form::default() }), []);
}

#[test]
fn a_column_that_may_fold_is_warned_about() {
    let codes = |target, text| -> Vec<&str> {
        let options = Options::at(NOW);
        let compiled =
            tamis::compile_with(text, &EVERYTHING, target, &options, &Form::default()).unwrap();
        compiled.warnings.iter().map(|found| found.code.id()).collect()
    };
    for target in ["mariadb", "mysql"] {
        assert_eq!(codes(target, "twin = a"), ["T0507"]);
        assert_eq!(codes(target, "text.one = a and doubled > 1"), [] as [&str; 0]);
    }
    assert_eq!(codes("sqlserver", "twin = a"), [] as [&str; 0]);
}

#[test]
fn a_statement_too_long_for_its_engine_is_warned_about() {
    let list: Vec<String> = (0..40_000).map(|n| n.to_string()).collect();
    let text = format!("service in ({})", list.join(", "));
    let warned = |target| {
        let compiled =
            tamis::compile_with(&text, activities(), target, &Options::at(NOW), &inline()).unwrap();
        compiled.warnings.iter().any(|found| found.code.id() == "T0507")
    };
    assert!(warned("clickhouse"));
    assert!(!warned("duckdb") && !warned("sqlite"));
}

#[test]
fn the_last_instant_of_a_type_is_an_end_like_any_other() {
    let native = Form { time: Some(StoredTime::Native), inline: true, ..Form::default() };
    let duckdb = |text: &str| compiled("duckdb", text, activities(), &native).sql;
    let last = "9999-12-31T23:59:59.999Z";
    assert_eq!(duckdb(&format!("date <= {last}")), "\"date\" IS NOT NULL");
    assert_eq!(
        duckdb(&format!("date between {last} and {last}")),
        format!("\"date\" >= CAST('{last}' AS TIMESTAMPTZ)")
    );
    let far = refusals("duckdb", "date <= +10000-01-01T00:00Z", activities(), &native);
    assert_eq!(far[0].code.id(), "T0502");
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/sql");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

const SHOWN: &[&str] = &[
    "",
    "ip.category = Risky and date gte_ndays 7",
    "service in (Box, 11770) and not ip.category in (Risky, VPN)",
    "location.country in (US, null) or location.country is not set",
    "actionType contains (\"50%_off\\\\\", login) and not userAgent.userAgent contains curl",
    "user.username starts with (adm, root) or not user.tags starts with g",
    "office365url ends with \".docx\"",
    "user.tags = g1 and user.tags not in (g2, null) and policy is set",
    "entity = { id: \"it's\", inst: 0 } or entity in ({ id: a }, { id: b }) or entity starts with E",
    "fileSelector != F1 and fileSelector = { id: F2, saas: 11161, inst: 0 }",
    "date between 2026-10-01 and 2026-10-08 or created on 2026-11-01",
    "activity.impersonated = true and not activity.type = true",
    "\"mass download\"",
    "not \"mass download\" and activity.takenAction not in (null, Blocked)",
    "service = Box order by date desc limit 10 skip 20",
];

fn wording(target: &str, form: &Form) -> String {
    let shown = |text: &&str| {
        let Statement { sql, params } = compiled(target, text, activities(), form);
        let params =
            if params.is_empty() { String::new() } else { format!("\n  {}", json!(params)) };
        format!("{text}\n  {sql}{params}\n")
    };
    SHOWN.iter().map(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn wording_is_reviewed() {
    let whole = |inline, native: bool| {
        let time = native.then_some(StoredTime::Native);
        Form { whole: true, inline, time, ..Form::default() }
    };
    snapshot("sqlite", &wording("sqlite", &Form::default()));
    snapshot("sqlite-whole-inline", &wording("sqlite3", &whole(true, false)));
    snapshot("postgres", &wording("postgresql", &Form::default()));
    snapshot("postgres-whole-inline-native-time", &wording("pg", &whole(true, true)));
    snapshot("sqlserver", &wording("mssql", &Form::default()));
    snapshot("sqlserver-whole-inline-native-time", &wording("tsql", &whole(true, true)));
    let long: Vec<String> = (0..1001).map(|n| n.to_string()).collect();
    let long = long.join(", ");
    for target in ["sqlite", "postgres", "sqlserver"] {
        let of = |field: &str, operator: &str| {
            let text = format!("{field} {operator} ({long})");
            compiled(target, &text, activities(), &Form::default()).sql
        };
        let all = [
            of("service", "!="),
            of("user.tags", "="),
            of("ip.address", "!="),
            of("actionType", "contains"),
            of("office365url", "ends with"),
        ];
        let text = format!("actionType contains ({long})");
        let inline = compiled(target, &text, activities(), &inline()).sql;
        assert!(inline.len() < 8 * 1001 + 300, "one list: {inline}");
        snapshot(&format!("{target}-long-lists"), &all.join("\n"));
    }
}

/// Bounds between stored values, at the ends of 64 bits and beyond what a text can tell.
const TIMES: &[&str] = &[
    "time.one >= 2026-11-01T12:00:00.001Z and time.one <= 2026-11-01T12:00:01.999Z",
    "time.one > 2026-11-01T12:00:00Z or time.one < 2026-11-01T12:00:00Z",
    "time.one on 2026-11-01",
    "time.one in last 7 days",
    "time.one = 2026-11-01T12:00:00Z",
    "time.one in (2026-11-01T12:00:00Z, 2026-11-01T12:00:01Z, 2026-11-01T12:00:01.500Z)",
    "time.optional != 2026-11-01T12:00:00.500Z and time.optional is set",
    "not time.optional >= 2026-11-01",
    "time.many > 2026-11-01T12:00:00Z and not time.many = 2026-11-01T12:00:00Z",
    "time.one <= +10000-01-01T00:00:00Z and time.one >= -0001-12-31T23:59:59Z",
    "time.one > 9999-12-31T23:59:59.999Z or time.one < 0000-01-01T00:00:00Z",
    "time.one >= +292278994-08-17T07:12:55.807Z or time.one <= -290308-12-21T19:59:05.224Z",
    "time.optional is set order by time.optional asc limit 5",
];

#[test]
fn stored_times_are_reviewed() {
    let sorted = "[api.sort]\nfields = [\"time.optional\"]\n";
    let file = [include_str!("sql/everything.toml"), sorted].join("\n");
    let schema = Schema::from_toml(&file).unwrap();
    for target in ["sqlite", "postgres", "sqlserver"] {
        let mut out = String::new();
        for time in StoredTime::ALL {
            let form = Form { time: Some(time), ..Form::default() };
            if matches!(time, StoredTime::MILLIS | StoredTime::Native) {
                continue;
            }
            let of = |form: &Form, text: &str| {
                let found = tamis::compile_with(text, &schema, target, &Options::at(NOW), form);
                found.map_or_else(
                    |found| said(&found, text),
                    |found| json!(found.output).to_string(),
                )
            };
            for text in TIMES {
                let whole = text.contains("order by");
                let form = Form { whole, ..form.clone() };
                out.push_str(&format!("{}: {text}\n  {}\n", time.name(), of(&form, text)));
            }
            let documents = Form { document: Some("doc".into()), ..form.clone() };
            let text = "time.one >= 2026-11-01";
            out.push_str(&format!("{} in documents:\n{}\n", time.name(), of(&documents, text)));
            let ddl = target::named(target).unwrap().ddl(&schema, &form).unwrap();
            ddl.lines().filter(|line| line.contains("time.")).for_each(|line| {
                out.push_str(&format!("{line}\n"));
            });
        }
        snapshot(&format!("{target}-stored-times"), &out);
    }
}

#[test]
fn tables_are_reviewed() {
    for name in ["sqlite", "postgres", "sqlserver"] {
        let named = Form {
            table: Some("app.Activities \"2026\"".into()),
            time: (name != "sqlite").then_some(StoredTime::Native),
            ..Form::default()
        };
        let ddl =
            |schema: &Schema, form: &Form| target::named(name).unwrap().ddl(schema, form).unwrap();
        let tree = Schema::from_toml(TREE).unwrap();
        let all = [
            ddl(activities(), &Form::default()),
            ddl(&EVERYTHING, &named),
            ddl(&tree, &Form::default()),
        ];
        snapshot(&format!("{name}-tables"), &all.join("\n"));
    }
}

/// Patterns of `matches` in the words of every engine, and what some of them refuse.
#[test]
fn patterns_are_reviewed() {
    let queries = [
        r#"text.one matches ("Ad*b?c*", "%_![]^-\\*\\?.$", "")"#,
        r#"text.many does not match "it's *""#,
        r#"text.optional does not match "a*b*""#,
        r#"key.optional matches "*" or text.one matches "a*b""#,
    ];
    let mut out = String::new();
    for target in target::all().iter().filter(|target| target.name() != "portal") {
        for text in queries {
            let said = checked(text, &EVERYTHING, &Options::at(NOW), |query| {
                match target.emit(query, &inline()) {
                    Ok(emitted) => serde_json::to_string(&emitted.output).unwrap(),
                    Err(found) => found[0].message.clone(),
                }
            });
            out.push_str(&format!("{}: {said}\n", target.name()));
        }
    }
    snapshot("patterns", &out);
}

/// As many patterns as are bound as one list, and one too long for the engine.
#[test]
fn long_lists_of_patterns_run() {
    let connection = table(&EVERYTHING);
    let texts = ["n7x", "N12", "n1499[", "other", "n1500["];
    let record = |text: &str| {
        let given = json!({ "text.one": text, "number.one": 0, "flag.one": true, "time.one": 0, "double.one": 0.5, "date.one": "2026-11-01",
            "key.one": { "id": text } });
        let Json::Object(record) = given else { unreachable!() };
        record
    };
    for (id, text) in (1..).zip(texts) {
        insert(&connection, &EVERYTHING, id, &record(text));
    }
    let list: Vec<String> = (0..1500).map(|n| format!("\"n{n}?\"")).collect();
    let text = format!("text.one matches (n7*, n12, {})", list.join(", "));
    for form in [Form::default(), inline()] {
        let statement = compiled("sqlite", &text, &EVERYTHING, &form);
        assert_eq!(select(&connection, "everything", &statement), [1, 2, 3]);
    }
    for text in [
        format!("text.one matches \"{}*\"", "a".repeat(50_000)),
        "text.one matches \"\u{ffff}*\"".into(),
    ] {
        let refused = refusals("sqlite", &text, &EVERYTHING, &Form::default());
        assert_eq!(refused[0].code.id(), "T0502", "{refused:?}");
    }
}
