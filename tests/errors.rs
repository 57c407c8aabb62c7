//! The museum of bad queries: the example of every diagnostic code triggers it, its fixes apply,
//! and how it is drawn is kept in `snapshots/errors`.

mod common;

use std::fmt::Write as _;

use tamis::diag::code::ALL;
use tamis::diag::render::{Style, draw};
use tamis::{Diagnostic, Options, Schema};

/// An example of the table of codes, and the stage that its `#:` lines set.
struct Stage {
    query: String,
    target: String,
    schema: String,
    options: Options,
    special: Option<String>,
}

fn stage(example: &str) -> Stage {
    let mut options = Options::at(tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap());
    let (mut target, mut schema, mut special, mut query) =
        ("api".to_owned(), "activities".to_owned(), None, Vec::new());
    for line in example.lines() {
        let Some(set) = line.strip_prefix("#: ") else {
            query.push(line);
            continue;
        };
        match set.split_once(' ').unwrap_or((set, "")) {
            ("to", name) => target = name.into(),
            ("schema", name) => schema = name.into(),
            ("timezone", name) => options.zone = tamis::Zone::named(name).unwrap(),
            ("param", pair) => {
                let (name, value) = pair.split_once('=').unwrap();
                options.params.insert(name.into(), value.into());
            }
            ("limit", pair) => {
                let (name, value) = pair.split_once(' ').unwrap();
                assert!(options.limits.set(name, value.parse().unwrap()), "{name}");
            }
            ("test", _) => special = Some(format!("test {}", example.replacen("#: test\n", "", 1))),
            _ => special = Some(set.to_owned()),
        }
    }
    Stage { query: query.join("\n"), target, schema, options, special }
}

fn schema(name: &str) -> Result<Schema, Diagnostic> {
    match name {
        "museum" => Ok(Schema::from_toml(&common::read("errors/museum.toml")).unwrap()),
        name => Schema::builtin(name).cloned(),
    }
}

fn compile(stage: &Stage, text: &str) -> Vec<Diagnostic> {
    let schema = match schema(&stage.schema) {
        Ok(schema) => schema,
        Err(found) => return vec![found],
    };
    match tamis::compile(text, &schema, &stage.target, &stage.options) {
        Ok(compiled) => compiled.warnings,
        Err(found) => found,
    }
}

/// Text and diagnostics of the examples that are no queries.
fn special(kind: &str) -> (String, Vec<Diagnostic>) {
    match kind.split_once(' ').unwrap_or((kind, "")) {
        ("schema-file", name) => {
            let text = common::read(&format!("errors/{name}.toml"));
            let found = Schema::from_toml(&text).unwrap_err();
            (text, found)
        }
        ("schema-hints", name) => {
            let text = common::read(&format!("errors/{name}.toml"));
            let found = Schema::from_toml(&text).unwrap().hints().to_vec();
            (text, found)
        }
        ("table", name) => {
            let text = common::read(&format!("errors/{name}.txt"));
            let found = tamis::import::import(&text, "table").diagnostics;
            (text, found)
        }
        ("bytes", hex) => {
            let bytes: Vec<u8> =
                hex.split(' ').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
            let output = common::run(&["--message-format", "json"], &bytes);
            assert_eq!(output.status.code(), Some(1));
            let answer: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
            assert_eq!(answer["code"], "T0606");
            (
                String::from_utf8_lossy(&bytes).into(),
                vec![tamis::diag::not_utf8(answer["span"][0].as_u64().unwrap() as usize)],
            )
        }
        ("empty", _) => (String::new(), vec![tamis::diag::empty_query()]),
        ("decompile", text) => {
            let schema = Schema::builtin("activities").unwrap();
            let options = Options::at(tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap());
            (text.into(), tamis::decompile::decompile(text, schema, &options).diagnostics)
        }
        ("test", text) => {
            let (header, mut found) = tamis::suite::Header::read(text);
            let schema = Schema::builtin("activities").unwrap();
            found.extend(tamis::suite::test(text, &header, schema).diagnostics);
            (text.into(), found)
        }
        ("line", line) => {
            let answer = common::Batch::start(&[]).ask_raw(line.as_bytes());
            assert_eq!(answer["diagnostics"][0]["code"], "T0607", "{answer}");
            let message = answer["diagnostics"][0]["message"].as_str().unwrap().to_owned();
            (line.into(), vec![tamis::diag::bad_line(message.split_once("request: ").unwrap().1)])
        }
        other => panic!("no stage {other:?}"),
    }
}

#[test]
fn every_code_has_an_example_that_triggers_it() {
    for code in ALL {
        let stage = stage(code.row().example);
        let (text, found) = match &stage.special {
            Some(kind) => special(kind),
            None => (stage.query.clone(), compile(&stage, &stage.query)),
        };
        let hit = found.iter().find(|found| found.code == *code);
        let hit = hit.unwrap_or_else(|| panic!("{}: {:?} gives {found:?}", code.id(), stage.query));
        assert!(text.get(hit.span.range()).is_some(), "{}: the span lies on characters", code.id());
        if *code != tamis::diag::Code::MoreDiagnostics {
            assert_eq!(hit.severity, code.row().severity);
        }
    }
}

#[test]
fn every_fix_of_an_example_mends_it() {
    for code in ALL {
        let stage = stage(code.row().example);
        if stage.special.is_some() {
            continue;
        }
        let found = compile(&stage, &stage.query);
        for (hit, fix) in found.iter().flat_map(|hit| hit.fixes.iter().map(move |fix| (hit, fix))) {
            let mut mended = stage.query.clone();
            mended.replace_range(fix.span.range(), &fix.text);
            let left = compile(&stage, &mended);
            let count = |all: &[Diagnostic]| all.iter().filter(|one| one.code == hit.code).count();
            assert!(
                count(&left) < count(&found),
                "{} by {}: {mended:?} still gives {left:?}",
                hit.code.id(),
                fix.title
            );
        }
    }
}

#[test]
fn the_museum_as_miette_draws_it() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/errors");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for code in ALL {
        let stage = stage(code.row().example);
        let (text, found) = match &stage.special {
            Some(kind) => special(kind),
            None => (stage.query.clone(), compile(&stage, &stage.query)),
        };
        let mut drawn = format!("{}: {}\n\n", code.id(), code.row().title);
        for diagnostic in &found {
            writeln!(
                drawn,
                "{}",
                draw(diagnostic, "query", &text, Style { color: false, width: 80 })
            )
            .unwrap();
        }
        let drawn = drawn.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        settings.bind(|| insta::assert_snapshot!(code.id(), drawn));
    }
}

#[test]
fn codes_are_in_order_and_unique() {
    let ids: Vec<_> = ALL.iter().map(|code| code.id()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}
