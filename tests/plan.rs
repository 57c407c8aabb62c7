//! The planner: the executable cases, the fewest requests on small cases, and the meaning of
//! plans on random ones.

mod common;
#[path = "common/fits.rs"]
mod fits;
#[path = "common/sets.rs"]
mod sets;
#[path = "common/tape.rs"]
mod tape;

use common::{Batch, jsonl};
use proptest::prelude::*;
use serde_json::json;
use tamis::value::Type;
use tamis::{Diagnostic, Options, Schema, target::Output, target::api::plan::Plan};
use tape::{Tape, options, random_query, random_record, random_schema};

fn planned(query: &str, schema: &Schema, options: &Options) -> Result<Plan, Vec<Diagnostic>> {
    tamis::compile(query, schema, "plan", options).map(|compiled| match compiled.output {
        Output::Plan(plan) => plan,
        other => panic!("{other:?}"),
    })
}

fn plan(query: &str) -> Plan {
    let schema = Schema::builtin("activities").unwrap();
    planned(query, schema, &options()).unwrap_or_else(|found| panic!("{query}: {found:?}"))
}

#[test]
fn every_case_has_its_number_of_requests() {
    let mut batch = Batch::start(&["--to", "plan"]);
    for case in jsonl("conformance/plan.jsonl") {
        let output = serde_json::to_value(plan(case["query"].as_str().unwrap())).unwrap();
        assert_eq!(
            output["requests"].as_array().unwrap().len(),
            case["requests"],
            "{case}\n{output}"
        );
        assert_eq!(output["exact"], case["exact"], "{case}");
        let line = json!({"id": case["id"], "query": case["query"], "schema": case["schema"], "now": case["now"]});
        let answer = batch.ask(&line);
        assert_eq!(answer["id"], case["id"]);
        assert_eq!(answer["output"], output, "{answer}");
    }
}

#[test]
fn a_dozen_plans() {
    let queries = [
        ("or-across-fields", "ip.category = Risky or service = 11770"),
        (
            "or-on-one-field",
            "(ip.category = Risky and service = 11770) or (ip.category = VPN and service = 11770)",
        ),
        ("absorbed", "ip.category = Risky or (ip.category = Risky and service = 5)"),
        ("everything", "ip.category = Risky or not ip.category = Risky"),
        ("nothing", "ip.category = Risky and ip.category = VPN"),
        ("twice-the-operator", "actionType contains download and actionType contains mass"),
        ("no-complement", "not office365url ends with .docx and service = 20892"),
        ("two-tags", "user.tags = a and user.tags = b and (service = 5 or ip.category = Risky)"),
        (
            "product",
            "(service = 1 or location.country = US) and (ip.category = 3 or device.type = PC)",
        ),
        ("outside-a-range", "not (date between 2026-09-01 and 2026-10-01 and service = Box)"),
        ("set-or-not", "policy is not set or policy = x"),
        (
            "consensus",
            "(service = 1 and policy = x) or (service != 1 and location.country = US) or (policy = x and location.country = US)",
        ),
        (
            "texts",
            "actionType contains (download, mass) or actionType = login or not \"mass download\"",
        ),
    ];
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/plan");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, query) in queries {
        let plan = plan(query);
        let requests = plan.requests.iter().map(|request| serde_json::to_string(request).unwrap());
        let lines: Vec<String> = requests.collect();
        let residual = plan.residual.unwrap_or_else(|| "none".into());
        let drawn = format!(
            "{query}\n\n{}\n\nresidual: {residual}\nfewest: {}",
            lines.join("\n"),
            plan.fewest
        );
        settings.bind(|| insta::assert_snapshot!(name, drawn));
    }
}

#[test]
fn one_exact_request_is_printed_as_filters() {
    let schema = Schema::builtin("activities").unwrap();
    let one = tamis::compile(
        "ip.category = Risky or (ip.category = Risky and service = 5)",
        schema,
        "api",
        &options(),
    );
    let output = serde_json::to_value(one.unwrap().output).unwrap();
    assert_eq!(output, json!({"filters": {"ip.category": {"eq": [3]}}}));
    let two = tamis::compile("ip.category = Risky or service = 5", schema, "api", &options())
        .unwrap_err();
    assert_eq!(two[0].code.id(), "T0501");
    assert!(two[0].help.as_ref().unwrap().contains("--to plan"));
}

#[test]
fn paging_is_refused_where_it_would_count_wrongly() {
    let schema = Schema::builtin("activities").unwrap();
    let whole = tamis::target::Form { whole: true, ..Default::default() };
    let compile = |query| tamis::compile_with(query, schema, "plan", &options(), &whole);
    assert!(compile("service = 1 limit 10 skip 5").is_ok());
    assert_eq!(
        compile("(service = 1 or ip.category = 3) limit 10").unwrap_err()[0].code.id(),
        "T0502"
    );
    assert_eq!(compile("not office365url ends with x limit 10").unwrap_err()[0].code.id(), "T0502");
    let sorted = compile("service = 1 or ip.category = 3 order by date").unwrap();
    assert_eq!(sorted.warnings[0].code.id(), "T0503");
}

#[test]
fn the_script_sends_every_request_once() {
    let schema = Schema::builtin("activities").unwrap();
    let script = plan("service = 1 or ip.category = 3").curl(schema).unwrap();
    assert_eq!(script.matches("curl --config").count(), 2);
    assert!(script.contains("unique_by(.[\"_id\"])"), "{script}");
    for query in ["service = 1 or ip.category = 3", "ip.category = 1 and ip.category = 2"] {
        let script = plan(query).curl(schema).unwrap();
        let checked =
            std::process::Command::new("sh").args(["-n", "-c", &script]).status().unwrap();
        assert!(checked.success(), "{script}");
    }
}

// The fewest requests, by trying all.

const SMALL: &str = r#"
name = "small"
[[field]]
name = "x"
type = "string"
cardinality = "one"
operators = ["eq", "neq"]
[[field]]
name = "y"
type = "string"
cardinality = "one"
operators = ["eq", "neq"]
[[field]]
name = "z"
type = "string"
cardinality = "one"
operators = ["eq", "neq"]
"#;

/// A set of combinations of three values a field, as a query: `a`, `b`, or neither.
fn small_query(set: u32, fields: &[&str]) -> String {
    let mut sides = Vec::new();
    for combination in (0..3_u32.pow(fields.len() as u32)).filter(|one| set >> one & 1 == 1) {
        let mut rest = combination;
        let mut parts = Vec::new();
        for field in fields {
            parts.push(match rest % 3 {
                0 => format!("{field} = a"),
                1 => format!("{field} = b"),
                _ => format!("{field} not in (a, b)"),
            });
            rest /= 3;
        }
        sides.push(format!("({})", parts.join(" and ")));
    }
    sides.join(" or ")
}

/// Every product of value sets, as a set of combinations.
fn products(fields: u32) -> Vec<u32> {
    let mut all = Vec::new();
    for choice in 0..7_u32.pow(fields) {
        let mut set = 0;
        for combination in 0..3_u32.pow(fields) {
            let inside = (0..fields).all(|field| {
                let part = choice / 7_u32.pow(field) % 7 + 1;
                part >> (combination / 3_u32.pow(field) % 3) & 1 == 1
            });
            set |= u32::from(inside) << combination;
        }
        all.push(set);
    }
    all
}

fn coverable(left: u32, within: &[u32], count: usize) -> bool {
    left == 0
        || (count > 0 && {
            let one = left & left.wrapping_neg();
            within
                .iter()
                .filter(|product| **product & one != 0)
                .any(|product| coverable(left & !product, within, count - 1))
        })
}

fn brute_force(set: u32, products: &[u32]) -> usize {
    let inside: Vec<u32> = products.iter().copied().filter(|product| product & !set == 0).collect();
    let greatest = |one: &u32| !inside.iter().any(|other| other != one && one & !other == 0);
    let primes: Vec<u32> = inside.iter().copied().filter(greatest).collect();
    (0..).find(|count| coverable(set, &primes, *count)).unwrap()
}

#[test]
fn no_plan_has_fewer_requests_on_small_cases() {
    let schema = Schema::from_toml(SMALL).unwrap();
    let check = |set: u32, fields: &[&str], products: &[u32]| {
        let query = small_query(set, fields);
        let plan = planned(&query, &schema, &options()).unwrap();
        assert!(plan.exact && plan.fewest, "{query}");
        assert_eq!(plan.requests.len(), brute_force(set, products), "{query}\n{plan:?}");
    };
    let two = products(2);
    (1..512).for_each(|set| check(set, &["x", "y"], &two));
    let three = products(3);
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for round in 0..600 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let thin = if round % 3 == 0 { (state >> 7) as u32 } else { u32::MAX };
        let set = (state >> 33) as u32 & thin & 0x7FF_FFFF;
        if set != 0 {
            check(set, &["x", "y", "z"], &three);
        }
    }
}

// The meaning of plans.

/// Records for each random query.
const RECORDS: usize = 64;

fn check_meaning(tape: &[u16]) {
    let mut tape = Tape(tape.iter());
    let schema = random_schema(&mut tape);
    let text = random_query(&mut tape, &schema, 5);
    let mut options = options();
    options.limits.requests = 500;
    let Some(query) = tamis::check(&tamis::parse(&text), &schema, &options).query else { return };
    let plan = match planned(&text, &schema, &options) {
        Ok(plan) => plan,
        Err(found) => {
            return assert!(
                found.iter().any(|found| found.code.id() == "T0505"),
                "{text}: {found:?}"
            );
        }
    };
    let residual = plan.residual.as_ref().map(|text| {
        let checked = tamis::check(&tamis::parse(text), &schema, &options);
        checked.query.unwrap_or_else(|| panic!("residual {text:?}: {:?}", checked.diagnostics))
    });
    assert_eq!(plan.exact, residual.is_none());
    let requests: Vec<_> = plan
        .requests
        .iter()
        .map(|request| serde_json::to_value(&request.filters).unwrap())
        .collect();
    for _ in 0..RECORDS {
        let record = random_record(&mut tape, &schema);
        let wanted = sets::selects(query.root(), &record);
        assert_eq!(
            sets::selects(query.normal(), &record),
            wanted,
            "normal form of {text} on {record:?}"
        );
        let asked = requests
            .iter()
            .any(|request| sets::filters_select(request, &record, &schema, options.now));
        let kept = residual.as_ref().is_none_or(|residual| sets::selects(residual.root(), &record));
        assert_eq!(
            asked && kept,
            wanted,
            "{text}\non {record:?}\n{}",
            serde_json::to_string(&plan).unwrap()
        );
    }
}

/// 51,200 pairs; a million in `just long`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(800)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_selects_what_the_query_selects(tape in proptest::collection::vec(any::<u16>(), 900)) {
        check_meaning(&tape);
    }
}

// What is left to check.

const FEW: &str = r#"
name = "few"
integer_bits = 32
[[field]]
name = "ip"
type = "string"
format = "ip"
operators = ["eq", "neq"]
[[field]]
name = "n"
type = "integer"
cardinality = "many"
operators = ["gt", "gte", "lt", "lte"]
[[field]]
name = "t"
type = "timestamp"
operators = ["neq"]
[[field]]
name = "p"
type = "string"
cardinality = "many"
operators = ["contains", "matchedby"]
[[field]]
name = "folder"
type = "folder"
operators = ["descendantof"]
"#;

#[test]
fn what_is_left_to_check_is_a_query_of_the_same_schema() {
    let schema = Schema::from_toml(FEW).unwrap();
    let cases = [
        ("ip in 192.168.0.0/16", "ip = 192.168.0.0/16"),
        ("ip not in (10.0.0.0/15, a)", "ip not in (10.0.0.0/16, 10.1.0.0/16)"),
        ("not n > 2147483647", "not (n > 2147483647)"),
        ("not n < -2147483648", "not (n < -2147483648)"),
        ("not n >= 5", "not (n >= 5)"),
        ("not t != 1970-01-01T00:00:00.005Z", "t = 1970-01-01T00:00:00.005Z"),
        ("not p contains x", "p not contains x"),
    ];
    for (text, left) in cases {
        let plan = planned(text, &schema, &options()).unwrap();
        assert_eq!(plan.residual.as_deref(), Some(left), "{text}");
        let again = tamis::check(&tamis::parse(left), &schema, &options());
        assert!(again.query.is_some(), "{left}: {:?}", again.diagnostics);
    }
}

#[test]
fn what_nobody_else_can_check_is_refused() {
    let schema = Schema::from_toml(FEW).unwrap();
    for text in ["not p matchedby a", "not folder descendantof f or ip = 10.0.0.1"] {
        let found = planned(text, &schema, &options()).unwrap_err();
        let codes: Vec<&str> = found.iter().map(|found| found.code.id()).collect();
        assert_eq!(codes, ["T0502"], "{text}");
    }
    for text in ["p matchedby a", "p matchedby a or not ip = 10.0.0.1"] {
        assert!(planned(text, &schema, &options()).unwrap().exact, "{text}");
    }
}

#[test]
fn the_last_instant_is_a_bound_like_any_other() {
    let plans = [
        ("date <= +292278994-08-17T07:12:55.807Z or service = 5", json!([{ "filters": {} }])),
        (
            "date <= +292278994-08-17T07:12:55.807Z",
            json!([{ "filters": { "date": { "lte": i64::MAX } } }]),
        ),
        ("not date <= +292278994-08-17T07:12:55.807Z", json!([])),
        (
            "date >= +292278994-08-17T07:12:55.807Z",
            json!([{ "filters": { "date": { "gte": i64::MAX } } }]),
        ),
    ];
    for (text, requests) in plans {
        let plan = plan(text);
        assert!(plan.exact, "{text}");
        assert_eq!(serde_json::to_value(&plan.requests).unwrap(), requests, "{text}");
    }
}

/// One value may pass the one bound and another value the other.
#[test]
fn two_bounds_are_no_range_on_a_field_of_many_values() {
    let row = |cardinality: &str| {
        let toml = format!(
            "name = \"s\"\n[[field]]\nname = \"n\"\ntype = \"integer\"\ncardinality = \"{cardinality}\"\noperators = [\"gte\", \"lte\"]\n"
        );
        Schema::from_toml(&toml).unwrap()
    };
    assert_eq!(
        planned("n between 3 and 5", &row("optional"), &options()).unwrap().requests.len(),
        1
    );
    assert_eq!(
        planned("n between 3 and 5", &row("many"), &options()).unwrap_err()[0].code.id(),
        "T0203"
    );
}

/// Values that differ only in the case of letters are one value where the row says so.
#[test]
fn a_field_that_ignores_case_is_planned_as_tightly_as_others() {
    let schema = Schema::from_toml(&common::read("cases/schemas/plain.toml")).unwrap();
    for field in ["nick", "name"] {
        let cases = [
            ("(F = abc or n = 1) and F ends with x", 1),
            ("(F = abx or n = 1) and F ends with x", 2),
            ("(F = abc or n = 1) and F = abd", 1),
            ("(F in (a, b) or n = 1) and F in (b, c)", 2),
            ("F = a or (F = b and n = 1)", 2),
            ("F != a or (F = a and n = 1)", 2),
            ("(F = a and n = 1) or (F != a and n = 1)", 1),
            ("F is not set or (F = a and n = 1)", 2),
        ];
        for (text, requests) in cases {
            let text = text.replace('F', field);
            let plan = planned(&text, &schema, &options()).unwrap();
            assert_eq!(plan.requests.len(), requests, "{text}: {plan:?}");
            assert!(plan.exact, "{text}: {plan:?}");
        }
    }
    let cases = [
        ("(nick = ABC or n = 1) and nick = abc", json!([{"nick": {"eq": ["ABC"]}}])),
        ("(nick = Abc and n = 1) or (nick != aBC and n = 1)", json!([{"n": {"eq": [1]}}])),
        (
            "(nick = ABX or n = 1) and nick ends with c",
            json!([{"n": {"eq": [1]}, "nick": {"endswith": ["c"]}}]),
        ),
    ];
    for (text, filters) in cases {
        let plan = planned(text, &schema, &options()).unwrap();
        let sent: Vec<_> = plan.requests.iter().map(|request| &request.filters).collect();
        assert_eq!(serde_json::to_value(sent).unwrap(), filters, "{text}");
    }
}

// Queries made to blow up.

#[test]
fn what_blows_up_stops_at_the_limit() {
    let schema = Schema::builtin("activities").unwrap();
    let listing = |name: &&tamis::schema::Field| {
        name.lists(tamis::ops::Op::Eq)
            && name.kind == Type::String
            && name.values.as_ref().is_none_or(|values| values.open)
    };
    let fields: Vec<&str> =
        schema.fields().iter().filter(listing).map(|field| field.name.as_str()).collect();
    let ors: Vec<String> = fields
        .chunks(2)
        .map(|pair| format!("({} = x or {} = y)", pair[0], pair[pair.len() - 1]))
        .collect();
    let parity = fields.iter().take(10).fold(String::from("service = 1"), |odd, field| {
        if odd.len() > 200_000 {
            odd
        } else {
            format!("(({odd}) and {field} != x or not ({odd}) and {field} = x)")
        }
    });
    let disjoint: Vec<String> =
        (0..200).map(|n| format!("(service = {n} and user.tags = t{n})")).collect();
    for query in [ors.join(" and "), parity, disjoint.join(" or ")] {
        let found = planned(&query, schema, &options()).unwrap_err();
        assert_eq!(found.iter().find(|found| found.is_error()).unwrap().code.id(), "T0505");
    }
    let thirty: Vec<String> =
        (0..30).map(|n| format!("(service = {n} and user.tags = t{n})")).collect();
    assert_eq!(plan(&thirty.join(" or ")).requests.len(), 30);
}
