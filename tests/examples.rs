//! The examples with records: what each query selects of them, in process and in SQLite where that
//! can say it.

#[path = "sql/engine.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod engine;
#[path = "common/fits.rs"]
mod fits;
#[path = "sql/meaning.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod meaning;

use serde_json::{Map, Value as Json};
use tamis::matcher::{Layout, Matcher, Reading};
use tamis::target::{Form, named};
use tamis::{Options, Schema};

/// Queries with the records that they select, by their place in the file, from 1.
const ORDERS: &[(&str, &[i64])] = &[
    ("total = 19.99", &[1, 5]),
    ("total > 19.99", &[2, 4]),
    ("total between 7.5 and 100", &[1, 2, 3, 5]),
    ("not total >= 20", &[1, 3, 5]),
    ("total between 19.991 and 19.999", &[]),
    ("not total between 19.991 and 19.999", &[1, 2, 3, 4, 5]),
    ("total in (7.50, 100)", &[2, 3]),
    ("weight > 0.3", &[1, 2, 3]),
    ("weight <= 0.3", &[5]),
    ("weight = 0.2", &[5]),
    ("weight is not set", &[4]),
    ("ships = 2026-11", &[1, 2]),
    ("ships > today", &[2]),
    ("ships in last 7 days", &[1, 2]),
    ("ships older than 2 months", &[4]),
    ("ships is not set", &[3, 5]),
    ("id = 9007199254740993", &[1]),
    ("id < 9007199254740993", &[2, 3, 4, 5]),
    ("customer.name matches \"A*\"", &[1, 3]),
    ("name = GRACE and status = sent", &[2]),
    ("placed in last 3 days and total < 100", &[5]),
];

const REQUESTS: &[(&str, &[i64])] = &[
    ("latency > 1.5s", &[2, 3]),
    ("latency >= 30 s", &[3]),
    ("latency between 3ms and 0.1s", &[1, 4]),
    ("latency in (12, 3 ms, 0.5min)", &[1, 3, 4]),
    ("latency is not set", &[5]),
    ("size >= 10 MiB", &[2]),
    ("size < 10.5MB and size > 1kB", &[1, 2, 4]),
    ("size = 1KiB", &[4]),
    ("seconds > 100ms", &[2, 3]),
    ("seconds = 100 ms", &[5]),
    ("seconds > 0.5 min", &[]),
    ("hits >= 5%", &[1, 4]),
    ("hits < 99.5 %", &[2, 4]),
    ("method != GET", &[3, 4]),
    ("path matches (\"/orders*\", \"*.csv\") and status != 200", &[3, 4]),
    ("time >= 2026-11-28T10:00:02Z", &[3, 4, 5]),
];

const TRAIL: &[(&str, &[i64])] = &[
    ("account = 123456789012", &[1, 2]),
    ("account in (000000000042, 999999999999)", &[3, 4, 5]),
    ("account starts with 0", &[3]),
    ("event matches \"Delete*\" and error is not set", &[2]),
    ("event = \"create pods\"", &[4]),
    ("user = deploy", &[2, 4]),
    ("user is not set", &[5]),
    ("mfa = false", &[2]),
    ("resource = \"arn:cloud:s3:::bills\"", &[2, 3]),
    ("resource starts with \"arn:cloud:s3:::bills/\"", &[2]),
    ("resource is not set", &[4, 5]),
    ("not resource ends with bills", &[1, 4, 5]),
    ("decision = allow", &[4]),
    ("decision != allow", &[1, 2, 3, 5]),
    ("ip in 10.16.0.0/12 or ip starts with 198.51.", &[3, 4]),
    ("not read_only = true", &[2, 3, 4]),
    ("time = today", &[1, 2, 3]),
    ("time in last 3 hours", &[1, 2, 3]),
    ("expires > 2026-11-28T09:00Z", &[1]),
    ("expires = 2026-11-20T12:00:00.500Z", &[5]),
    ("expires in last 9 days and source starts with sts", &[1, 5]),
];

fn read(name: &str) -> String {
    let path = format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn queries_of_the_orders_select_what_they_say() {
    assert!(asked("orders", ORDERS) >= 12);
}

#[test]
fn queries_of_the_requests_select_what_they_say() {
    assert!(asked("requests", REQUESTS) >= 12);
}

#[test]
fn queries_of_the_trail_select_what_they_say() {
    assert_eq!(asked("trail", TRAIL), TRAIL.len());
}

/// The records of an example: lines, or the list in a member of one object.
fn records(name: &str) -> Vec<Json> {
    if name == "trail" {
        let file: Json = serde_json::from_str(&read("trail/trail.json")).unwrap();
        return file["Records"].as_array().unwrap().clone();
    }
    let lines = read(&format!("{name}/{name}.ndjson"));
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Holds the queries against the records; how many of them SQLite was asked.
fn asked(name: &str, queries: &[(&str, &[i64])]) -> usize {
    let schema = Schema::from_toml(&read(&format!("{name}/{name}.toml"))).unwrap();
    let records = records(name);
    let now = tamis::time::read_rfc3339("2026-11-28T12:00:00Z").unwrap();
    let table = engine::table(&schema);
    for (row, record) in (1..).zip(&records) {
        let held = |field: &tamis::schema::Field| {
            let values = Reading::new(field, Layout::Nested).unwrap().values(record);
            let all = || values.iter().map(Json::from).collect();
            let one = || values.first().map_or(Json::Null, Json::from);
            (field.name.clone(), if field.is_single() { one() } else { all() })
        };
        let flat: Map<String, Json> = schema.fields().iter().map(held).collect();
        engine::insert(&table, &schema, row, &flat);
    }
    let mut asked = 0;
    for (text, expected) in queries {
        let checked = tamis::check(&tamis::parse(text), &schema, &Options::at(now));
        let query = checked.query.unwrap_or_else(|| panic!("{text}: {:?}", checked.diagnostics));
        let matcher = Matcher::new(&query, Layout::Nested).unwrap();
        let found: Vec<i64> = (1..)
            .zip(&records)
            .filter(|(_, record)| matcher.matches(*record))
            .map(|(row, _)| row)
            .collect();
        assert_eq!(found, *expected, "{text}");
        // SQLite holds no decimal numbers.
        if named("sqlite").unwrap().emit(&query, &Form::default()).is_ok() {
            asked += 1;
            let statement = engine::emit("sqlite", &query, &Form::default());
            assert_eq!(engine::select(&table, name, &statement), *expected, "{text}");
        }
    }
    asked
}
