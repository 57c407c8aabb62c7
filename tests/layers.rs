//! The dependency rule: a module imports only what its line names, and only `cli` reaches outside.
//!
//! The table is that of `docs/architecture.md`, read from the page, so there is no second list.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Rows `| module | a, b |` under the heading `## Who may import whom`.
fn rule() -> BTreeMap<String, BTreeSet<String>> {
    let page = std::fs::read_to_string(common::path("../docs/architecture.md")).unwrap();
    let section =
        page.split("## Who may import whom").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let words = |cell: &str| -> Vec<String> {
        cell.split(',')
            .map(|word| word.trim().trim_matches('`').to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    };
    let mut rule = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let allowed: BTreeSet<String> = words(cells[1]).into_iter().collect();
        words(cells[0]).into_iter().for_each(|module| {
            rule.insert(module, allowed.clone());
        });
    }
    rule
}

/// The modules that a file names as `crate::module` outside comments.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut found = BTreeSet::new();
    for line in code {
        for rest in line.split("crate::").skip(1) {
            let name: String =
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            found.insert(name);
        }
    }
    found
}

/// What each module of the rule imports, by the names of modules.
fn imported() -> BTreeMap<String, BTreeSet<String>> {
    let source = common::path("../src");
    let mut all = Vec::new();
    files(&source, &mut all);
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in all {
        let relative = path.strip_prefix(&source).unwrap();
        let module =
            relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if ["lib", "main", "cli", "pipeline"].contains(&module.as_str()) {
            continue;
        }
        let names = imports(&std::fs::read_to_string(&path).unwrap());
        let kinds = names.into_iter().map(|name| match name.as_str() {
            "Diagnostic" => "diag".to_owned(),
            "Schema" => "schema".to_owned(),
            "Span" => "span".to_owned(),
            _ => name,
        });
        let kinds: Vec<String> = kinds.filter(|kind| *kind != module).collect();
        found.entry(module).or_default().extend(kinds);
    }
    found
}

#[test]
fn modules_import_what_the_rule_says_and_nothing_else() {
    let (rule, imported) = (rule(), imported());
    assert!(rule.len() > 20, "the rule is found");
    assert_eq!(rule, imported, "docs/architecture.md, then what the code imports");
}

#[test]
fn no_module_imports_itself_by_way_of_others() {
    let mut left = imported();
    while !left.is_empty() {
        let names: BTreeSet<String> = left.keys().cloned().collect();
        let before = left.len();
        left.retain(|_, imports| !imports.is_disjoint(&names));
        assert!(left.len() < before, "a circle among {names:?}");
    }
}

/// What has no place in a browser, nor in a library whose inputs are arguments.
const OUTSIDE: [&str; 9] = [
    "std::fs",
    "std::io",
    "std::env",
    "std::process",
    "std::thread",
    "TcpStream",
    "UdpSocket",
    "SystemTime",
    "Instant::now",
];

#[test]
fn the_library_reads_no_files_starts_no_threads_and_has_no_clock() {
    let source = common::path("../src");
    let mut all = Vec::new();
    files(&source, &mut all);
    let outer =
        |path: &&PathBuf| !path.starts_with(source.join("cli")) && !path.ends_with("main.rs");
    for path in all.iter().filter(outer) {
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let found = OUTSIDE.iter().find(|name| line.contains(**name));
            assert!(found.is_none(), "{}: {line}", path.display());
        }
    }
}
