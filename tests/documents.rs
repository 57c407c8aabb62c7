//! The targets that are no SQL: wording in all of their forms, paths that they refuse, and that no
//! text leaves its literal. That they select the right records is for `tests/engines.rs` to show.

#[path = "sql/engine.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod engine;
#[path = "common/fits.rs"]
mod fits;
#[path = "sql/meaning.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod meaning;
#[path = "sql/random.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod random;

use std::fmt::Write as _;
use std::sync::LazyLock;

use engine::NOW;
use serde_json::{Value as Json, json};
use tamis::quote::{quote, quoted};
use tamis::target::{self, Form, Output};
use tamis::time::StoredTime;
use tamis::{Diagnostic, Options, Schema};

static EVERYTHING: LazyLock<Schema> = LazyLock::new(|| {
    let sorted = "sort = { fields = [\"text.one\"] }\n\n[hunting]\n";
    let toml = include_str!("sql/everything.toml").replacen("[hunting]\n", sorted, 1);
    Schema::from_toml(&toml).unwrap()
});

static PATHS: LazyLock<Schema> =
    LazyLock::new(|| Schema::from_toml(include_str!("documents/paths.toml")).unwrap());

const TARGETS: [&str; 4] = ["kql", "opensearch", "mongodb", "odata"];

fn said(found: &[Diagnostic]) -> String {
    let line = |found: &Diagnostic| {
        let help: Vec<_> = found.help.iter().map(|help| format!("  help: {help}\n")).collect();
        format!("{}: {}\n{}", found.code.id(), found.message, help.concat())
    };
    found.iter().map(line).collect()
}

fn compiled(target: &str, text: &str, schema: &Schema, form: &Form) -> Result<String, String> {
    match tamis::compile_with(text, schema, target, &Options::at(NOW), form) {
        Ok(compiled) => match compiled.output {
            Output::Text { text } => Ok(format!("{text}\n{}", said(&compiled.warnings))),
            other => panic!("no text: {other:?}"),
        },
        Err(found) => Err(said(&found)),
    }
}

/// What a query compiles to, without its warnings.
fn alone(target: &str, text: &str) -> String {
    let compiled = tamis::compile(text, &EVERYTHING, target, &Options::at(NOW)).unwrap();
    match compiled.output {
        Output::Text { text } => text,
        other => panic!("no text: {other:?}"),
    }
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/documents");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn wording_is_reviewed() {
    for target in TARGETS {
        let mut out = String::new();
        for text in include_str!("documents/queries.txt").lines() {
            writeln!(out, "--- {text}").unwrap();
            let plain = compiled(target, text, &EVERYTHING, &Form::default());
            out.push_str(&plain.clone().unwrap_or_else(|refused| refused));
            let whole = Form { whole: true, time: Some(StoredTime::Native), ..Form::default() };
            let whole = compiled(target, text, &EVERYTHING, &whole);
            if whole != plain {
                writeln!(out, "whole, native time: {}", whole.unwrap_or_else(|refused| refused))
                    .unwrap();
            }
        }
        snapshot(target, &out);
    }
}

#[test]
fn paths_are_reviewed() {
    let mut out = String::new();
    for target in TARGETS.into_iter().filter(|target| *target != "kql") {
        for field in PATHS.fields() {
            let text = format!("{} = a", quote(&field.name));
            let said = compiled(target, &text, &PATHS, &Form::default());
            writeln!(out, "{target}: {text}\n  {}", said.unwrap_or_else(|refused| refused))
                .unwrap();
        }
    }
    snapshot("paths", &out);
}

#[test]
fn mappings_are_reviewed() {
    let opensearch = target::named("opensearch").unwrap();
    for (name, time) in
        [("mapping", StoredTime::MILLIS), ("mapping-native-time", StoredTime::Native)]
    {
        let form = Form { time: Some(time), ..Form::default() };
        snapshot(name, &opensearch.ddl(&EVERYTHING, &form).unwrap());
    }
    let left_out = opensearch.ddl(&PATHS, &Form::default()).unwrap();
    assert!(!left_out.contains("any*") && left_out.contains("odd"), "{left_out}");
}

#[test]
fn no_text_leaves_its_literal() {
    for text in random::HOSTILE.iter().filter(|text| !text.is_empty()) {
        let query = format!("text.one = {}", quoted(text));
        for (target, expected) in [
            ("mongodb", json!({ "text.one": text })),
            ("opensearch", json!({ "term": { "text.one": text } })),
        ] {
            let filter = alone(target, &query);
            assert_eq!(serde_json::from_str::<Json>(&filter).unwrap(), expected);
        }
        let filter = alone("odata", &query);
        let literal = filter.strip_prefix("text/one eq '").unwrap().strip_suffix('\'').unwrap();
        assert_eq!(literal.replace("''", "\0").matches('\'').count(), 0, "{filter}");
        assert_eq!(literal.replace("''", "'"), *text);
    }
}

#[test]
fn kql_names_the_nearest_fields_that_have_a_column() {
    let schema = Schema::builtin("activities").unwrap();
    for (query, nearest) in [
        ("created > 2026-01-01", "it has one for `date`\n"),
        ("instance = 1", "`ip.category`"),
        ("user.domain = a", "`user.username`"),
        ("user.tags = a", "`userAgent.tags`"),
        ("activity.takenAction = block", "`activity.eventActionType`"),
    ] {
        let refused = compiled("kql", query, schema, &Form::default()).unwrap_err();
        assert!(refused.contains(nearest), "{query}: {refused}");
        assert!(refused.matches('`').count() <= 2 * 4, "{query}: {refused}");
    }
}

#[test]
fn kql_says_where_labels_in_a_column_are_a_guess() {
    let schema = Schema::builtin("activities").unwrap();
    for (query, guesses) in [
        ("ip.category = Risky", 1),
        ("ip.category in (Risky, VPN) or not ip.category = Other", 1),
        ("not ip.tags = Botnet", 1),
        ("userAgent.tags = Robot", 0),
        ("location.country = US", 0),
    ] {
        let said = compiled("kql", query, schema, &Form::default()).unwrap();
        assert_eq!(said.matches("T0506").count(), guesses, "{query}: {said}");
    }
}

#[test]
fn more_clauses_than_opensearch_takes_are_warned_about() {
    let schema = Schema::builtin("activities").unwrap();
    let codes = |count: usize| {
        let clause = |n: usize| format!("(actionType contains x{n} and service = {n})");
        let text = (0..count).map(clause).collect::<Vec<_>>().join(" or ");
        let options = Options::at(NOW);
        let form = Form::default();
        let compiled = tamis::compile_with(&text, schema, "opensearch", &options, &form).unwrap();
        compiled.warnings.iter().map(|found| found.code.id()).collect::<Vec<_>>()
    };
    assert_eq!(codes(512), [] as [&str; 0]);
    assert_eq!(codes(513), ["T0507"]);
}
