//! Whole numbers of 64 bits, at the edges where engines and formats lose digits: every target says
//! the number that was written, or refuses it by name.

use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{Value as Json, json};
use tamis::matcher::{Layout, Matcher};
use tamis::target::{self, Form, Output};
use tamis::{Options, Schema};

const SCHEMA: &str = r#"
name = "wide"
[hunting]
table = "Wide"
columns = { N = "long" }
[[field]]
name = "n"
type = "integer"
operators = ["eq", "neq", "gt", "gte", "lt", "lte", "range", "isset", "isnotset"]
hunting = "N"
hunting_certainty = "documented"
record = "n"
[[field]]
name = "many"
type = "integer"
cardinality = "many"
operators = ["eq", "neq", "gt", "lt", "isset"]
record = "many[]"
values = [{ value = 9007199254740993, label = "Odd" }]
open = true
"#;

/// Around the ends of 32 bits, of what a double holds exactly, and of 64 bits.
const EDGES: [i64; 14] = [
    i64::MIN,
    i64::MIN + 1,
    -9_007_199_254_740_993,
    -9_007_199_254_740_992,
    -2_147_483_649,
    -2_147_483_648,
    0,
    2_147_483_647,
    2_147_483_648,
    9_007_199_254_740_991,
    9_007_199_254_740_992,
    9_007_199_254_740_993,
    i64::MAX - 1,
    i64::MAX,
];

fn schema() -> Schema {
    Schema::from_toml(SCHEMA).unwrap()
}

fn emitted(query: &str, target: &str, form: &Form) -> Result<Output, String> {
    let schema = schema();
    let checked = tamis::check(&tamis::parse(query), &schema, &Options::at(0));
    let query = checked.query.unwrap_or_else(|| panic!("{query}: {:?}", checked.diagnostics));
    let said = target::named(target).unwrap().emit(&query, form);
    said.map(|said| said.output).map_err(|found| found[0].message.clone())
}

fn text(query: &str, target: &str) -> String {
    match emitted(query, target, &Form { inline: true, ..Form::default() }).unwrap() {
        Output::Text { text } => text,
        Output::Sql(statement) => statement.sql,
        other => serde_json::to_string(&other).unwrap(),
    }
}

/// The values of a table that an SQL condition selects, in order.
fn selected(query: &str, inline: bool) -> Vec<i64> {
    let table = Connection::open_in_memory().unwrap();
    table
        .execute_batch(&target::named("sqlite").unwrap().ddl(&schema(), &Form::default()).unwrap())
        .unwrap();
    for edge in EDGES {
        table.execute("INSERT INTO wide (n) VALUES (?)", [edge]).unwrap();
    }
    table.execute("INSERT INTO wide (n) VALUES (NULL)", []).unwrap();
    let form = Form { inline, ..Form::default() };
    let Output::Sql(statement) = emitted(query, "sqlite", &form).unwrap() else { panic!() };
    let sql = format!("SELECT n FROM wide WHERE {} AND n IS NOT NULL ORDER BY n", statement.sql);
    let params = statement.params.iter().map(|param| match param {
        target::sql::Param::Int(number) => *number,
        other => panic!("{other:?}"),
    });
    let mut prepared = table.prepare(&sql).unwrap();
    let rows = prepared.query_map(rusqlite::params_from_iter(params), |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The same by the matcher.
fn matched(query: &str) -> Vec<i64> {
    let schema = schema();
    let checked = tamis::check(&tamis::parse(query), &schema, &Options::at(0)).query.unwrap();
    let matcher = Matcher::new(&checked, Layout::Nested).unwrap();
    EDGES.into_iter().filter(|edge| matcher.matches(&json!({ "n": edge }))).collect()
}

fn edge() -> impl Strategy<Value = i64> {
    prop_oneof![prop::sample::select(&EDGES[..]), any::<i64>()]
}

proptest! {
    #[test]
    fn a_comparison_is_that_of_64_bits(a in edge(), b in edge(), form in 0..8_usize) {
        type Holds = fn(i64, i64, i64) -> bool;
        const FORMS: [(&str, Holds); 8] = [
            ("n = A", |x, a, _| x == a),
            ("n != A", |x, a, _| x != a),
            ("n > A", |x, a, _| x > a),
            ("n >= A", |x, a, _| x >= a),
            ("not n < A", |x, a, _| x >= a),
            ("n <= A", |x, a, _| x <= a),
            ("n between A and B", |x, a, b| a <= x && x <= b),
            ("n > A and n < B", |x, a, b| a < x && x < b),
        ];
        let (a, b) = (a.min(b), a.max(b));
        let (text, holds) = FORMS[form];
        let query = text.replace('A', &format!("\"{a}\"")).replace('B', &format!("\"{b}\""));
        let wanted: Vec<i64> = EDGES.into_iter().filter(|edge| holds(*edge, a, b)).collect();
        prop_assert_eq!(&matched(&query), &wanted, "{}", query);
        prop_assert_eq!(&selected(&query, true), &wanted, "inline: {}", query);
        prop_assert_eq!(&selected(&query, false), &wanted, "bound: {}", query);
    }

    #[test]
    fn the_printed_forms_hold_the_same_number(number in edge()) {
        let schema = schema();
        let query = format!("n = \"{number}\"");
        let printed = tamis::fmt::format(&tamis::parse(&query)).unwrap();
        prop_assert!(printed.contains(&number.to_string()), "{}", printed);
        let checked = tamis::check(&tamis::parse(&query), &schema, &Options::at(0)).query.unwrap();
        let normal = checked.normal_text().unwrap();
        let again = tamis::check(&tamis::parse(&normal), &schema, &Options::at(0)).query.unwrap();
        prop_assert_eq!(again.normal(), checked.normal(), "{}", normal);
        let filters = format!("{{\"n\":{{\"eq\":[{number}]}}}}");
        let back = tamis::decompile::decompile(&filters, &schema, &Options::at(0));
        let [query] = back.queries.as_slice() else { panic!("{back:?}") };
        prop_assert!(text(query, "api").contains(&number.to_string()), "{}", query);
    }
}

#[test]
fn beyond_the_last_number_there_is_none() {
    for (query, wanted) in [
        ("n > 9223372036854775807", vec![]),
        ("n < \"-9223372036854775808\"", vec![]),
        ("n <= 9223372036854775807", EDGES.to_vec()),
        ("n >= \"-9223372036854775808\"", EDGES.to_vec()),
        ("not n > 9223372036854775807", EDGES.to_vec()),
        ("n > 9223372036854775806", vec![i64::MAX]),
    ] {
        assert_eq!(matched(query), wanted, "{query}");
        assert_eq!(selected(query, true), wanted, "{query}");
    }
}

#[test]
fn what_no_width_holds_is_an_error_that_says_it() {
    for (toml, number, ends) in [
        (
            SCHEMA.to_owned(),
            "9223372036854775808",
            "64 bits here: they go from -9223372036854775808 to 9223372036854775807",
        ),
        (
            format!("integer_bits = 32\n{SCHEMA}"),
            "2147483648",
            "32 bits here: they go from -2147483648 to 2147483647",
        ),
    ] {
        let toml = toml.replace("value = 9007199254740993", "value = 1");
        let schema = Schema::from_toml(&toml).unwrap();
        let found = tamis::check(&tamis::parse(&format!("n = {number}")), &schema, &Options::at(0));
        let [only] = found.diagnostics.as_slice() else { panic!("{:?}", found.diagnostics) };
        assert!(only.help.as_ref().unwrap().contains(ends), "{only:?}");
    }
}

#[test]
fn a_target_says_the_number_or_refuses_it() {
    let least = "n = \"-9223372036854775808\"";
    for (target, wanted) in [
        ("sqlite", "\"n\" = -9223372036854775808"),
        ("postgres", "\"n\" = CAST('-9223372036854775808' AS BIGINT)"),
        ("duckdb", "\"n\" = CAST('-9223372036854775808' AS BIGINT)"),
        ("trino", "\"n\" = CAST('-9223372036854775808' AS BIGINT)"),
        ("mysql", "`n` = -9223372036854775808"),
        ("mongodb", r#"{"n":{"$numberLong":"-9223372036854775808"}}"#),
        ("opensearch", "-9223372036854775808"),
        ("odata", "n eq -9223372036854775808"),
    ] {
        let said = text(least, target);
        assert!(said.contains(wanted), "{target}: {said}");
    }
    let refused = emitted(least, "kql", &Form::default()).unwrap_err();
    assert!(refused.contains("-9223372036854775808"), "{refused}");
    assert_eq!(text("n >= \"-9223372036854775808\"", "kql"), "Wide | where isnotnull(N)");
    assert_eq!(text("n = 9007199254740991", "mongodb"), r#"{"n":9007199254740991}"#);
    assert_eq!(
        text("many in (Odd, 9223372036854775807)", "mongodb"),
        r#"{"many":{"$in":[{"$numberLong":"9007199254740993"},{"$numberLong":"9223372036854775807"}]}}"#
    );
    assert_eq!(text("n = 9007199254740993", "kql"), "Wide | where N == 9007199254740993");
}

#[test]
fn a_bound_value_is_written_digit_by_digit() {
    let Output::Sql(statement) =
        emitted("n = 9007199254740993", "sqlite", &Form::default()).unwrap()
    else {
        panic!()
    };
    assert_eq!(serde_json::to_string(&statement.params).unwrap(), "[9007199254740993]");
    let options = Options {
        params: [("id".to_owned(), Json::from(9_007_199_254_740_993_i64))].into_iter().collect(),
        ..Options::at(0)
    };
    let compiled = tamis::compile("n = $id", &schema(), "sqlite", &options).unwrap();
    let Output::Sql(statement) = compiled.output else { panic!() };
    assert_eq!(serde_json::to_string(&statement.params).unwrap(), "[9007199254740993]");
}

/// Two numbers that one double holds are two values.
#[test]
fn decompile_loses_no_digit() {
    let schema = schema();
    let read = |filters: &str| tamis::decompile::decompile(filters, &schema, &Options::at(0));
    assert_eq!(read(r#"{"n":{"eq":["9007199254740993"]}}"#).queries, ["n = 9007199254740993"]);
    let found = read(r#"{"n":{"eq":[9007199254740993.0]}}"#);
    assert!(found.queries.iter().all(|query| !query.contains("9007199254740992")), "{found:?}");
    let narrow = Schema::builtin("activities").unwrap();
    let filters = r#"{"service":{"eq":[3000000000]}}"#;
    let found = tamis::decompile::decompile(filters, narrow, &Options::at(0));
    assert!(found.diagnostics.iter().any(|one| one.code.id() == "T0302"), "{found:?}");
}
