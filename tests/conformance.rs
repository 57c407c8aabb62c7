//! The executable cases of `tests/conformance`, through the library and through `--batch`.

mod common;

use common::{Batch, jsonl};
use serde_json::{Value, json};
use tamis::{Diagnostic, Options, Schema, target::Output};

fn options(case: &Value) -> Options {
    Options::at(tamis::time::read_rfc3339(case["now"].as_str().unwrap()).unwrap())
}

fn compile(case: &Value) -> Result<Output, Vec<Diagnostic>> {
    let schema = Schema::builtin(case["schema"].as_str().unwrap()).unwrap();
    let query = case["query"].as_str().unwrap();
    tamis::compile(query, schema, "api", &options(case)).map(|compiled| compiled.output)
}

#[test]
fn every_query_compiles_to_its_filters() {
    for case in
        jsonl("conformance/compile.jsonl").iter().filter(|case| case.get("filters").is_some())
    {
        let output = compile(case).unwrap_or_else(|found| panic!("{case}\n{found:?}"));
        let output = serde_json::to_value(output).unwrap();
        // As text: keys have to stand in the order of the query.
        assert_eq!(output["filters"].to_string(), case["filters"].to_string(), "{}", case["query"]);
    }
}

#[test]
fn every_mistake_is_refused_where_it_stands() {
    for case in &jsonl("conformance/refuse.jsonl") {
        let found = compile(case).expect_err(&case.to_string());
        let first = found.iter().find(|found| found.is_error()).unwrap();
        if let Some(at) = case.get("at").and_then(Value::as_str) {
            assert_eq!(first.span.of(case["query"].as_str().unwrap()), at, "{case}\n{first:?}");
        }
    }
}

#[test]
fn a_batch_answers_every_case_in_order() {
    let mut cases = jsonl("conformance/compile.jsonl");
    cases.extend(jsonl("conformance/refuse.jsonl"));
    let mut batch = Batch::start(&[]);
    for case in &cases {
        let line = json!({"id": case["id"], "query": case["query"], "schema": case["schema"], "now": case["now"]});
        let answer = batch.ask(&line);
        assert_eq!(answer["id"], case["id"]);
        match case.get("filters") {
            Some(filters) => {
                assert_eq!(answer["output"]["filters"].to_string(), filters.to_string())
            }
            None => assert_eq!(answer["ok"], json!(false), "{answer}"),
        }
    }
}

#[test]
fn every_cell_of_the_matrix_compiles_or_says_what_the_row_allows() {
    let schema = Schema::builtin("activities").unwrap();
    let options = Options::at(0);
    for field in schema.fields() {
        for op in tamis::ops::ALL.iter().filter(|op| op.row().in_api) {
            let name = op.row().name;
            let operands = [
                "",
                "5",
                "x",
                "true",
                "2026-10-01",
                "1..5",
                "(2026-10-01..2026-10-02)",
                "{ id: \"a\" }",
            ];
            let results = operands.map(|operand| {
                let query = format!("{} {name} {operand}", field.name);
                let checked = tamis::check(&tamis::parse(&query), schema, &options);
                checked.query.map(|_| ()).ok_or((query, checked.diagnostics))
            });
            if results.iter().any(Result::is_ok) {
                continue;
            }
            let listed = field.operators.contains(op);
            for (query, found) in results.into_iter().filter_map(Result::err) {
                let refused = found.iter().find(|found| found.code.id() == "T0203");
                let values = field.values.as_ref().is_some_and(|values| !values.open);
                match refused {
                    Some(found) => {
                        let help = found.help.clone().unwrap_or_default();
                        assert!(!listed, "{query}");
                        assert!(
                            field.operator_names().all(|name| help.contains(name)),
                            "{query}: {help}"
                        );
                    }
                    None => assert!(
                        listed && values || query.trim_end().ends_with(name),
                        "{query}: {found:?}"
                    ),
                }
            }
        }
    }
}
