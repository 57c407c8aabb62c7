//! The planner: the executable cases, the fewest requests on small cases, and the meaning of
//! plans on random ones.

mod common;

use common::{Batch, jsonl};
use serde_json::json;
use tamis::{Options, Schema, target::Output, target::api::plan::Plan};

fn options() -> Options {
    Options::at(tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap())
}

fn plan(query: &str) -> Plan {
    let schema = Schema::builtin("activities").unwrap();
    let compiled = tamis::compile(query, schema, "plan", &options());
    match compiled.unwrap_or_else(|found| panic!("{query}: {found:?}")).output {
        Output::Plan(plan) => plan,
        other => panic!("{other:?}"),
    }
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
