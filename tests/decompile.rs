//! Filter JSON back to queries: the corpus of filters found in public use, the forms of requests
//! and addresses, and that nothing is lost whatever the text.
//!
//! What every filter of the corpus reads as, with its warnings, is kept in `snapshots/decompile`.

mod common;

use std::fmt::Write as _;

use serde_json::Value;
use tamis::decompile::{Decompiled, decompile};
use tamis::diag::Severity;
use tamis::target::Output;
use tamis::{Options, Schema};

/// Before every date of the corpus but those of January 1970, so that bounds and ages go together.
const NOW: &str = "2021-01-03T00:00:00Z";

fn options() -> Options {
    Options::at(tamis::time::read_rfc3339(NOW).unwrap())
}

fn run(text: &str, schema: &str) -> Decompiled {
    decompile(text, Schema::builtin(schema).unwrap(), &options())
}

fn compile(query: &str, schema: &Schema, options: &Options) -> Option<Value> {
    match tamis::compile(query, schema, "api", options).ok()?.output {
        Output::Api(request) => Some(serde_json::to_value(&request.filters).unwrap()),
        _ => None,
    }
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/decompile");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// The text of a case and its schema; filters of resources without a schema are read with that of
/// activities, which knows next to none of their fields.
fn text_of(case: &Value) -> (String, &str) {
    let raw = case.get("raw").and_then(Value::as_str);
    let text = raw.map_or_else(|| case["filters"].to_string(), str::to_owned);
    let schema = case["resource"].as_str().unwrap();
    (text, if Schema::builtin(schema).is_ok() { schema } else { "activities" })
}

#[test]
fn every_filter_of_the_corpus_compiles_back_or_says_why_not() {
    let cases = common::jsonl("corpus-wild/filters.jsonl");
    assert_eq!(cases.len(), 155);
    let mut clean = 0;
    for case in &cases {
        let (text, schema) = text_of(case);
        let found = run(&text, schema);
        let id = case["id"].as_str().unwrap();
        let [query] = found.queries.as_slice() else { panic!("{id}: {found:?}") };
        let back = compile(query, Schema::builtin(schema).unwrap(), &options());
        if found.diagnostics.is_empty() {
            assert_eq!(
                back.as_ref().map(Value::to_string),
                Some(case["filters"].to_string()),
                "{id}: {query}"
            );
            clean += 1;
        }
        let lost = found.diagnostics.iter().any(|found| found.severity == Severity::Error);
        if lost {
            assert!(query.contains("# not decompiled: "), "{id}: {query}");
        }
    }
    assert!(clean > 50, "{clean} of the corpus are well formed");
}

#[test]
fn what_the_corpus_reads_as() {
    let mut pages: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for case in common::jsonl("corpus-wild/filters.jsonl") {
        let (text, schema) = text_of(&case);
        let found = run(&text, schema);
        let page = pages.entry(case["resource"].as_str().unwrap().to_owned()).or_default();
        writeln!(
            page,
            "{}  {}\n  {text}",
            case["id"].as_str().unwrap(),
            case["shape"].as_str().unwrap()
        )
        .unwrap();
        found.queries.iter().for_each(|query| writeln!(page, "  {query}").unwrap());
        for found in &found.diagnostics {
            let kind = if found.severity == Severity::Error { "error" } else { "warning" };
            writeln!(
                page,
                "    {kind} {} at {}: {}",
                found.code.id(),
                found.span.of(&text),
                found.message
            )
            .unwrap();
        }
        page.push('\n');
    }
    for (resource, page) in pages {
        settings().bind(|| insta::assert_snapshot!(resource, page));
    }
}

/// Decompiles one filter: its query and the codes of its diagnostics.
fn one(text: &str, schema: &str) -> (String, Vec<&'static str>) {
    let found = run(text, schema);
    assert_eq!(found.queries.len(), 1, "{text}: {found:?}");
    for diagnostic in &found.diagnostics {
        assert!(text.get(diagnostic.span.range()).is_some(), "{text}: {diagnostic:?}");
    }
    (found.queries[0].clone(), found.diagnostics.iter().map(|found| found.code.id()).collect())
}

/// A text, the query it reads as, and the codes of what is said about it.
const FORMS: &[(&str, &str, &[&str])] = &[
    ("{}", "", &[]),
    (r#"{"filters":{}}"#, "", &[]),
    (r#"{"limit":100}"#, "limit 100", &[]),
    (r#"{"limit":-1}"#, r#"# not decompiled: {"limit":-1}"#, &["T0113"]),
    (r#"{"limit":{"eq":[3]}}"#, r#""limit" eq (3)"#, &["T0812"]),
    ("limit=eq(i:3,)", r#""limit" eq (3)"#, &["T0812"]),
    (
        r#"{"filters":{},"limit":{"eq":[3]}}"#,
        r#"# not decompiled: {"limit":{"eq":[3]}}"#,
        &["T0113"],
    ),
    (
        r#"{"filters":{"ip.category":{"eq":[3]}},"skip":0,"limit":100,"sortField":"date","sortDirection":"desc"}"#,
        "ip.category = Risky order by date desc limit 100 skip 0",
        &[],
    ),
    (
        r#"{"filters":"{\"ip.category\":{\"eq\":[3]}}","limit":5}"#,
        "ip.category = Risky limit 5",
        &[],
    ),
    (r#""{\"ip.category\":{\"eq\":[3]}}""#, "ip.category = Risky", &[]),
    (r#"{'ip.category': {'eq': [3]}}"#, "ip.category = Risky", &["T0802"]),
    (
        r#"{"consoleFilters":"{'activity.eventActionType': {'eq': ['EVENT_CATEGORY_LOGIN']}}"}"#,
        "activity.eventActionType = \"Log on\"",
        &["T0802"],
    ),
    ("{'activity.type': {'eq': True,},}", "activity.type = true", &["T0802"]),
    (r#"{"source":{"eq":["t:2","s:5af"]}}"#, "source in (\"App connector\", s:5af)", &[]),
    (r#"{"ip.category":{"eq":["i:4"]}}"#, "ip.category = VPN", &["T0806"]),
    (r#"{"service":{"eq":["i:11770"]}}"#, "service = \"Google Workspace\"", &["T0806"]),
    (r#"{"service":{"eq":[11770,11770]}}"#, "service = \"Google Workspace\"", &["T0805"]),
    (r#"{"service":{"eq":[2.0]}}"#, "service = 2", &["T0806"]),
    (r#"{"service":{"eq":["+5.0"]}}"#, "service = 5", &["T0806"]),
    (r#"{"service":{"eq":["05."]}}"#, "service = 5", &["T0806"]),
    (
        r#"{"service":{"eq":[99999999999]}}"#,
        r#"# not decompiled: {"service":{"eq":[99999999999]}}"#,
        &["T0302"],
    ),
    (r#"{"ip.category":{"eq":[]}}"#, r#"# not decompiled: {"ip.category":{"eq":[]}}"#, &["T0810"]),
    (r#"{"ip.category":{}}"#, r#"# not decompiled: {"ip.category":{}}"#, &["T0803"]),
    (r#"{"location.country":{"eq":[null]}}"#, "location.country is not set", &["T0809"]),
    (r#"{"device.type":{"eq":["MOBILE",null]}}"#, "device.type in (Mobile, null)", &[]),
    (r#"{"location.country":{"isset":false}}"#, "location.country is not set", &["T0805"]),
    (r#"{"location.country":{"eq":["France"]}}"#, "location.country = France", &["T0806"]),
    (r#"{"date":{"gte":"1609459200000"}}"#, "date >= 2021-01-01", &["T0806"]),
    (r#"{"date":{"gte":1609459200}}"#, "date >= 1970-01-19T15:04:19.200Z", &["T0342"]),
    (
        r#"{"date":{"range":{"start":1609459200000,"end":1609545599999}}}"#,
        "date on 2021-01-01",
        &["T0805"],
    ),
    (
        r#"{"date":{"gte":1609459200000,"lte":1609545600000}}"#,
        "date >= 2021-01-01 and date <= 2021-01-02T00:00Z",
        &[],
    ),
    (r#"{"created":{"eq":[1609459200000]}}"#, "created = 2021-01-01T00:00:00Z", &[]),
    (r#"{"created":{"gt":1609459200000}}"#, "created > 2021-01-01T00:00Z", &[]),
    (
        r#"{"created":{"gt":1609459200000,"gte":1609459200000}}"#,
        "created > 2021-01-01T00:00Z and created >= 2021-01-01",
        &["T0809"],
    ),
    (
        r#"{"ip.category":{"eq":[3],"neq":[3]}}"#,
        "ip.category = Risky and ip.category != Risky",
        &["T0809"],
    ),
    (
        r#"{"ip.address":{"eq":["10.0.0.0/8"]}}"#,
        r#"# not decompiled: {"ip.address":{"eq":["10.0.0.0/8"]}}"#,
        &["T0810"],
    ),
    (
        r#"{"actionType":{"eq":["null","a b","$x","@f"]}}"#,
        r#"actionType in ("null", "a b", "$x", "@f")"#,
        &[],
    ),
    (
        r#"{"actionType":{"eq":["\u0000"]}}"#,
        r#"# not decompiled: {"actionType":{"eq":["\u0000"]}}"#,
        &["T0116"],
    ),
    (r#"{"actionType":{"Contains":["x"]}}"#, "actionType contains x", &[]),
    (
        r#"{"entity":{"eq":[{"inst":0,"saas":11161,"id":"u"}]}}"#,
        r#"entity = { id: "u", saas: 11161, inst: 0 }"#,
        &[],
    ),
    (
        r#"{"entity":{"eq":[{"inst":"0","id":"u"}]}}"#,
        r#"entity = { id: "u", inst: 0 }"#,
        &["T0806"],
    ),
    (
        r#"{"filters":{"service":{"eq":[11770]}},"ip.category":{"eq":[3]},"isScan":true}"#,
        r#"service = "Google Workspace" # not decompiled: {"ip.category":{"eq":[3]},"isScan":true}"#,
        &["T0803", "T0808"],
    ),
    (r#"{"filters":{},"limit":"9"}"#, "limit 9", &[]),
    (
        r#"{"filters":{},"sortField":"service"}"#,
        r#"# not decompiled: {"sortField":"service"}"#,
        &["T0210"],
    ),
    (
        r#"{"filters":{},"sortDirection":"asc"}"#,
        r#"# not decompiled: {"sortDirection":"asc"}"#,
        &["T0808"],
    ),
    (r#"{"filters":null}"#, r#"# not decompiled: {"filters":null}"#, &["T0803"]),
    ("5", "# not decompiled: 5", &["T0801"]),
    ("[]", "# not decompiled: []", &["T0803"]),
    (r#"{"service":{"eq":[1}"#, r#"# not decompiled: {"service":{"eq":[1}"#, &["T0801"]),
    ("ip.category=eq(i:3,i:4,)", "ip.category in (Risky, VPN)", &[]),
    (
        "https://t.portal.cloudappsecurity.com/#/audits?activity.id=eq(58bf,)",
        "activity.id = 58bf",
        &[],
    ),
    ("?ip.category=eq%28i%3A3%2C%29", "ip.category = Risky", &[]),
    ("ip.category=eq(i:3)", r#"# not decompiled: {"ip.category":"eq(i:3)"}"#, &["T0811"]),
    ("date=eq(1609459200000,)", r#"# not decompiled: {"date":"eq(1609459200000,)"}"#, &["T0811"]),
    (
        "filters=%7B%22service%22%3A%7B%22eq%22%3A%5B11770%5D%7D%7D&limit=10",
        "service = \"Google Workspace\" limit 10",
        &[],
    ),
];

#[test]
fn every_form_reads_as_it_should() {
    for (text, query, codes) in FORMS {
        assert_eq!(one(text, "activities"), ((*query).to_owned(), codes.to_vec()), "{text}");
    }
}

/// What people paste: an address or JSON as a program passed it on, the query, and the codes.
const PASTED: &[(&str, &str, &[&str])] = &[
    ("https://p.example/#/audits?service=eq(i:11161,).", "service = \"Office 365\"", &[]),
    ("<https://p.example/#/audits?service=eq(i:11161,)>", "service = \"Office 365\"", &[]),
    ("(https://p.example/#/audits?service=eq(i:11161,)).", "service = \"Office 365\"", &[]),
    (
        "\"https://p.example/#/audits?service=eq(i:11161,)\",",
        "service = \"Office 365\"",
        &["T0802"],
    ),
    ("'https://p.example/#/audits?service=eq(i:11161,)'", "service = \"Office 365\"", &["T0802"]),
    ("“https://p.example/#/audits?service=eq(i:11161,)”", "service = \"Office 365\"", &["T0802"]),
    (
        "see https://p.example/?service=eq(i:11161,) today",
        "service = \"Office 365\"",
        &["T0802", "T0802"],
    ),
    ("[here](https://p.example/?service=eq(i:11161,))", "service = \"Office 365\"", &["T0802"]),
    ("<https://p.example/?service=eq(i:11161,)|the log>", "service = \"Office 365\"", &["T0802"]),
    (
        "https://p.example/?service=eq(i:11161,)&amp;ip.category=eq(i:3,)",
        "service = \"Office 365\" and ip.category = Risky",
        &[],
    ),
    (
        "https://p.example/?service&#61;eq(i:11161,)&amp;amp;ip.category&equals;eq(i:3,)",
        "service = \"Office 365\" and ip.category = Risky",
        &[],
    ),
    ("https://p.example/?activity.id\\=eq(15_ae,)", "activity.id = 15_ae", &[]),
    ("https:\\/\\/p.example\\/?service\\u003deq(i:11161,)", "service = \"Office 365\"", &[]),
    ("https://p.example/?service%3Deq%28i%3A11161%2C%29", "service = \"Office 365\"", &[]),
    (
        "https://scan.example/?url=https%3A%2F%2Fp.example%2F%23%2Faudits%3Fservice%3Deq%28i%3A11161%2C%29&data=x",
        "service = \"Office 365\" # not decompiled: {\"data\":\"x\"}",
        &["T0808"],
    ),
    (
        "https://p.example/?tab=1#/audits?service=eq(i:11161,)",
        "service = \"Office 365\" # not decompiled: {\"tab\":\"1\"}",
        &["T0808"],
    ),
    (
        "{ // a note\n service: {eq: [11161]}, /* b */ }",
        "service = \"Office 365\"",
        &["T0802", "T0802"],
    ),
    ("# a note\n{\"service\":{\"eq\":[11161]}};", "service = \"Office 365\"", &["T0802", "T0802"]),
    (
        "```json\n{\"service\":{\"eq\":[11161]}}\n```",
        "service = \"Office 365\"",
        &["T0802", "T0802"],
    ),
    ("{“service”: {“eq”: [11161]}}", "service = \"Office 365\"", &["T0802"]),
    ("{u'service': {u'eq': [11161]}}", "service = \"Office 365\"", &["T0802"]),
    ("{\u{a0}\"service\": {\"eq\": [11161]}}", "service = \"Office 365\"", &["T0802"]),
    (
        "{\"data\":[{\"_id\":1}],\"hasNext\":true,\"nextQueryFilters\":{\"service\":{\"eq\":[11161]}}}",
        "service = \"Office 365\"",
        &["T0808"],
    ),
    ("{\"nextQueryFilters\":{\"service\":{\"eq\":[11161]}}}", "service = \"Office 365\"", &[]),
];

#[test]
fn what_is_pasted_reads_as_it_was_before() {
    for (text, query, codes) in PASTED {
        assert_eq!(one(text, "activities"), ((*query).to_owned(), codes.to_vec()), "{text}");
    }
}

/// A condition that cannot be read is an error, and never a query without it.
#[test]
fn what_cannot_be_read_is_refused() {
    let texts = [
        "https://p.example/?activity.id=eq(1511",
        "https://p.example/?activity.id=eq(1511,",
        "https://p.example/?service=eq(i:1,)&activity.id=eq(1511",
        "https://p.example/?service=eq(i:1,)x",
        "https://p.example/?service=eq(i:1,) and eq(i:2,)",
        "https://p.example/?service=eq(i:1)",
        "https://p.example/?service=neq(i:1,)",
        "https://p.example/?foo=eq(i:1",
        "https://p.example/?service=11161&limit=10",
        "https://p.example/?SERVICE=11161",
        "https://p.example/?service",
        "https://p.example/?country=DE",
        "https://p.example/?ip_category=3",
        "https://p.example/?service=eq(i:1,)&service=eq(i:2,)",
        "https://p.example/service=eq(i:1,)?ip.category=eq(i:3,)",
        "https://p.example/?service=eq(i:1,) https://p.example/?service=eq(i:2,)",
        "https://graph.example/v1.0/alerts?$filter=severity eq 'high'",
        "https://graph.example/v1.0/alerts?%24filter=severity%20eq%20%27high%27&$top=5",
        "$filter=severity eq 'high'",
        "https://p.example/?filters={\"service\":{\"eq\":[1]}",
        "https://p.example/?tab=1",
        "https://p.example/#/audits",
        "{\"data\":[],\"hasNext\":false}",
        "{\"filters\":{},\"nextQueryFilters\":{\"service\":{\"eq\":[1]}}}",
        "{\"nextQueryFilters\":{},\"service\":{\"eq\":[1]}}",
        "{\"nextQueryFilters\":null}",
        "{\"service\":{\"eq\":[1]} /* never closed }",
        "# only a note",
    ];
    for text in texts {
        let found = run(text, "activities");
        assert!(found.diagnostics.iter().any(tamis::Diagnostic::is_error), "{text}: {found:?}");
        for query in &found.queries {
            assert!(query.contains("# not decompiled: "), "{text}: {query}");
        }
    }
}

#[test]
fn many_filters_give_a_line_each_in_order() {
    let lines = "{\"service\":{\"eq\":[11770]}}\n\n{\"service\":\n{\"ip.category\":{\"eq\":[3]}}\nfoo\n{}\n";
    let found = run(lines, "activities");
    let expected = [
        "service = \"Google Workspace\"",
        "# not decompiled: {\"service\":",
        "ip.category = Risky",
        "# not decompiled: foo",
        "",
    ];
    assert_eq!(found.queries, expected);
    let list = run("[{\"service\":{\"eq\":[11770]}},{\"ip.category\":{\"eq\":[3]}}]", "activities");
    assert_eq!(list.queries, ["service = \"Google Workspace\"", "ip.category = Risky"]);
}

#[test]
fn the_portal_s_form_comes_back() {
    let schema = Schema::builtin("activities").unwrap();
    let text = "ip.category in (Risky, VPN) and activity.id = 58bf55aabaf3f19a3c3c1d2e";
    let Output::Text { text: address } =
        tamis::compile(text, schema, "portal", &options()).unwrap().output
    else {
        panic!("the portal's form is a text")
    };
    assert_eq!(address, "ip.category=eq(i:3,i:4,)&activity.id=eq(58bf55aabaf3f19a3c3c1d2e,)");
    assert_eq!(one(&address, "activities"), (text.to_owned(), vec![]));
    for unknown in [
        "ip.category != Risky",
        "date in last 7 days",
        "activity.type = true",
        "source = 2",
        "user.username = \"a,b\"",
    ] {
        let found = tamis::compile(unknown, schema, "url", &options()).unwrap_err();
        assert_eq!(found[0].code.id(), "T0811", "{unknown}");
    }
}

mod random {
    use proptest::prelude::*;
    use tamis::diag::Code;
    use tamis::schema::Field;
    use tamis::value::Type;

    use super::*;

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{1,6}",
            "\\PC{1,6}",
            Just("null".to_owned()),
            Just("Risky".to_owned()),
            Just("10.0.0.0/8".to_owned()),
            "[0-9]{1,13}",
        ]
    }

    /// A JSON operand that an operator of a field documents.
    fn operand(field: &'static Field, operator: &str) -> BoxedStrategy<Value> {
        let named: Vec<Value> =
            field.values.iter().flat_map(|v| &v.named).map(|n| Value::from(&n.value)).collect();
        let time = 0_i64..4_000_000_000_000;
        let value = match field.kind {
            Type::String | Type::File | Type::Folder => word().prop_map(Value::from).boxed(),
            Type::Integer => any::<i32>().prop_map(Value::from).boxed(),
            Type::Double => any::<f32>()
                .prop_filter("finite", |number| number.is_finite())
                .prop_map(|number| Value::from(f64::from(number)))
                .boxed(),
            Type::Decimal => (any::<i32>(), 0..100)
                .prop_map(|(whole, cents)| Value::from(format!("{whole}.{cents:02}")))
                .boxed(),
            Type::Date => Just(Value::from("2026-10-01")).boxed(),
            Type::Boolean => any::<bool>().prop_map(Value::from).boxed(),
            Type::Timestamp => time.clone().prop_map(Value::from).boxed(),
            Type::EntityKey => ("[a-z|]{1,5}", any::<i32>())
                .prop_map(|(id, inst)| serde_json::json!({"id": id, "inst": inst}))
                .boxed(),
        };
        let value = if named.is_empty() {
            value
        } else {
            prop_oneof![value, prop::sample::select(named)].boxed()
        };
        match operator {
            "isset" | "isnotset" => Just(Value::Bool(true)).boxed(),
            "gt" | "gte" | "lt" | "lte" => value,
            "gte_ndays" | "lte_ndays" => (0_u32..400).prop_map(Value::from).boxed(),
            "text" | "startswithsingle" => word().prop_map(Value::from).boxed(),
            "range" => prop::collection::vec((time.clone(), 0_i64..200_000_000), 1..3)
                .prop_map(|list| {
                    list.iter()
                        .map(|(start, by)| serde_json::json!({"start": start, "end": start + by}))
                        .collect()
                })
                .boxed(),
            "contains" | "ncontains" | "startswith" | "doesnotstartwith" | "endswith" => {
                prop::collection::vec(word(), 1..4).prop_map(Value::from).boxed()
            }
            _ if field.kind == Type::Boolean => value,
            _ => prop::collection::vec(value, 1..4).prop_map(Value::from).boxed(),
        }
    }

    fn filters() -> impl Strategy<Value = (&'static str, Value)> {
        let schemas = prop::sample::select(vec!["activities", "alerts", "entities", "files"]);
        schemas.prop_flat_map(|name| {
            let fields = Schema::builtin(name).unwrap().fields();
            let entries = prop::collection::vec(
                prop::sample::select(fields.iter().collect::<Vec<_>>()).prop_flat_map(|field| {
                    let names: Vec<String> = field.operator_names().map(str::to_owned).collect();
                    prop::sample::select(names).prop_flat_map(move |operator| {
                        operand(field, &operator)
                            .prop_map(move |value| (field, operator.clone(), value))
                    })
                }),
                0..5,
            );
            entries.prop_map(move |entries| {
                let mut all = serde_json::Map::new();
                for (field, operator, value) in entries {
                    let operators =
                        all.entry(field.name.clone()).or_insert_with(|| serde_json::json!({}));
                    operators[operator] = value;
                }
                (name, Value::Object(all))
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn what_is_not_warned_about_compiles_back_and_stays((name, filters) in filters()) {
            let schema = Schema::builtin(name).unwrap();
            let found = run(&filters.to_string(), name);
            prop_assert_eq!(found.queries.len(), 1);
            let query = &found.queries[0];
            if found.diagnostics.is_empty() {
                let back = compile(query, schema, &options());
                prop_assert_eq!(back.map(|back| back.to_string()), Some(filters.to_string()), "{}", query);
            }
            let parsed = tamis::parse(query);
            let checked = tamis::check(&parsed, schema, &options());
            prop_assert!(checked.query.is_some(), "{}: {:?}", query, checked.diagnostics);
            // From a query on, one round is enough.
            if let Some(first) = compile(query, schema, &options()) {
                let again = run(&first.to_string(), name);
                // Filters that no record passes, and instants that look like seconds, are said to be
                // such, and stay what they are.
                let known = |found: &tamis::Diagnostic| {
                    matches!(found.code, Code::ReadsOtherwise | Code::SecondsInFilter)
                };
                let said = &again.diagnostics;
                prop_assert!(said.iter().all(known), "{}: {:?}", first, said);
                prop_assert_eq!(compile(&again.queries[0], schema, &options()), Some(first));
            }
        }

        #[test]
        fn no_text_panics_or_is_lost(text in "(\\PC|[{}\\[\\]:,\"'\\\\ \n]|\"eq\":|\"service\"|filters|=eq\\(|i:1,\\)|%2C){0,40}") {
            let found = run(&text, "activities");
            for diagnostic in &found.diagnostics {
                prop_assert!(text.get(diagnostic.span.range()).is_some(), "{:?}", diagnostic);
            }
            if text.trim_matches([' ', '\n', '\u{feff}']).is_empty() {
                prop_assert!(found.queries.is_empty());
            } else {
                prop_assert!(!found.queries.is_empty());
            }
            for query in &found.queries {
                prop_assert!(!query.contains('\n'));
                let empty = query.is_empty() && !text.contains('{');
                prop_assert!(!empty, "{:?}", found);
            }
        }
    }
}
