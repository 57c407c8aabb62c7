//! What an editor asks: at every caret of every query of the corpora, and of every beginning of
//! one. Shown answers are kept in `snapshots/editor`.

mod common;
#[path = "editor/complete.rs"]
mod complete;
#[path = "editor/shown.rs"]
mod shown;
#[path = "editor/soundness.rs"]
mod soundness;
#[path = "editor/structure.rs"]
mod structure;

use common::{Case, cases};
use tamis::{Options, Schema};

fn options() -> Options {
    Options::at(tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap())
}

fn limits() -> tamis::Limits {
    tamis::Limits::default()
}

fn schema(case: &Case) -> &'static Schema {
    Schema::builtin(&case.schema).unwrap()
}

/// The queries of the corpora.
fn corpora() -> Vec<Case> {
    let folder = common::path("corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all: Vec<Case> =
        files.iter().flat_map(|path| cases(&std::fs::read_to_string(path).unwrap())).collect();
    all.extend(common::jsonl("conformance/compile.jsonl").iter().map(|case| Case {
        title: case["id"].as_str().unwrap().to_owned(),
        schema: case["schema"].as_str().unwrap().to_owned(),
        text: case["query"].as_str().unwrap().to_owned(),
    }));
    assert!(all.len() > 150, "the corpora are found");
    all
}
