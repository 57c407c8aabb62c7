//! Filter JSON back to queries: the corpus of filters found in public use, the forms of requests
//! and addresses, and that nothing is lost whatever the text.
//!
//! What every filter of the corpus reads as, with its warnings, is kept in `snapshots/decompile`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

mod common;

use std::fmt::Write as _;

use serde_json::Value;
use tamis::diag::Severity;
use tamis::target::Output;
use tamis::text::decompile::{Decompiled, decompile};
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
