//! Every target on its real engine: random schemas, records and queries, and hostile texts, bound
//! and written out. What an engine selects is what the matcher selects.
//!
//! Each target of the registry is looked for in `tests/engines/TARGET.*`. Without the engines
//! (`tests/engines/run` installs them) nothing is run, and a line says so.

#[path = "engines/draw.rs"]
mod draw;
#[path = "sql/engine.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod engine;
#[path = "sql/meaning.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod meaning;
#[path = "engines/process.rs"]
mod process;
#[path = "sql/random.rs"]
mod random;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use draw::{Drawn, Table};
use engine::{NOW, checked};
use process::{Answer, Engine};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};
use tamis::Options;
use tamis::matcher::{Layout, Matcher};
use tamis::quote::quoted;
use tamis::target::{self, Form, Target};

/// Records of one table, and queries asked of it.
const RECORDS: usize = 200;
const QUERIES: usize = 100;

#[test]
fn every_engine_selects_what_the_matcher_selects() {
    let Some(folder) = std::env::var_os("TAMIS_ENGINES") else {
        eprintln!("engines: skipped; `tests/engines/run` installs them and runs this test");
        return;
    };
    let wanted = std::env::var("TAMIS_ENGINE_TARGETS").unwrap_or_default();
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let chosen = |target: &&dyn Target| wanted.is_empty() || wanted.contains(&target.name());
    let targets: Vec<_> = target::all().iter().copied().filter(chosen).collect();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
            match Engine::start(target.name(), folder.as_ref()) {
                None => eprintln!("{:<12} has no engine here", target.name()),
                Some(Err(reason)) if std::env::var_os("CI").is_none() => {
                    eprintln!("{:<12} skipped: {reason}", target.name());
                }
                Some(Err(reason)) => {
                    failures.lock().unwrap().push(format!("{}: {reason}", target.name()))
                }
                Some(Ok(mut engine)) => {
                    if let Err(found) = prove(*target, &mut engine) {
                        failures.lock().unwrap().push(found);
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(work))));
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// How many queries an engine answered, and how many the target said it cannot say.
#[derive(Default)]
struct Tally {
    answered: usize,
    refused: usize,
}

fn prove(target: &dyn Target, engine: &mut Engine) -> Result<(), String> {
    let goal = number("TAMIS_ENGINE_QUERIES").unwrap_or(2000);
    let mut draw = Drawn::new(number("TAMIS_SEED").unwrap_or(7));
    let mut tally = Tally::default();
    hostile(target, engine, &mut tally)?;
    let mut round = 0;
    while tally.answered < goal {
        let table = draw.table(round, RECORDS);
        engine.load(target, &table)?;
        let queries = draw.queries(table.schema, QUERIES);
        agree(target, engine, &table, queries, &mut tally)?;
        round += 1;
        let hopeless = round > 20 && tally.answered < round;
        assert!(!hopeless, "{}: nearly every query is refused", target.name());
    }
    let Tally { answered, refused } = tally;
    let name = target.name();
    eprintln!(
        "{name:<12} {}: {answered} queries, bound and written out, no difference; {refused} refused",
        engine.title
    );
    Ok(())
}

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A way to write the same records: what is asked, and whether the answer is the complement.
struct Question {
    text: String,
    output: Json,
}

/// The outputs of a query, bound and written out, and of the same said otherwise.
fn outputs(target: &dyn Target, table: &Table, text: &str) -> Option<Vec<Question>> {
    let emit = |text: &str, form: &Form| {
        let options = Options::at(NOW);
        let compiled =
            tamis::compile_with(text, table.schema, target.name(), &options, form).ok()?;
        Some(Question { text: text.to_owned(), output: json!(compiled.output) })
    };
    let inline = Form { inline: true, ..table.form() };
    let bound = emit(text, &table.form())?;
    let written = emit(text, &inline).filter(|written| written.output != bound.output);
    let neat = tamis::text::fmt::format(&tamis::parse(text))
        .ok()
        .and_then(|neat| emit(&neat, &table.form()));
    let neat = neat.filter(|neat| neat.output != bound.output);
    Some([Some(bound), written, neat].into_iter().flatten().collect())
}

fn meant(table: &Table, text: &str) -> Vec<i64> {
    checked(text, table.schema, &Options::at(NOW), |query| {
        let matcher = Matcher::new(query, Layout::Flat).unwrap();
        let rows = table.records.iter().filter(|record| matcher.matches(*record));
        rows.map(|record| record["row.number"].as_i64().unwrap()).collect()
    })
}

/// Asks all queries at once; a difference is made small before it is told.
fn agree(
    target: &dyn Target,
    engine: &mut Engine,
    table: &Table,
    queries: Vec<Box<dyn ValueTree<Value = String>>>,
    tally: &mut Tally,
) -> Result<(), String> {
    let mut asked = Vec::new();
    for tree in queries {
        let text = tree.current();
        match outputs(target, table, &text) {
            Some(questions) => asked.push((tree, questions)),
            None => tally.refused += 1,
        }
    }
    let all: Vec<&Json> = asked.iter().flat_map(|(_, list)| list).map(|q| &q.output).collect();
    let mut answers = engine.select(&all)?.into_iter();
    for (tree, questions) in asked {
        let expected = engine.held(meant(table, &tree.current()));
        let found: Vec<Answer> = answers.by_ref().take(questions.len()).collect();
        if found.iter().any(|answer| !answer.is(&expected)) {
            return Err(smallest(target, engine, table, tree));
        }
        tally.answered += 1;
    }
    Ok(())
}

/// The first output of a query that the engine answers otherwise, in words.
fn difference(
    target: &dyn Target,
    engine: &mut Engine,
    table: &Table,
    text: &str,
) -> Option<(String, Vec<i64>)> {
    let questions = outputs(target, table, text)?;
    let all: Vec<&Json> = questions.iter().map(|question| &question.output).collect();
    let answers = engine.select(&all).unwrap();
    let expected = engine.held(meant(table, text));
    questions.iter().zip(answers).find(|(_, answer)| !answer.is(&expected)).map(
        |(question, answer)| {
            let said = format!(
                "  {}\n  {}\n  engine:  {answer}\n  matcher: {expected:?}",
                question.text, question.output
            );
            (said, answer.apart(&expected))
        },
    )
}

/// The smallest query that still differs, on one record where one is enough.
fn smallest(
    target: &dyn Target,
    engine: &mut Engine,
    table: &Table,
    mut tree: Box<dyn ValueTree<Value = String>>,
) -> String {
    let Some((mut said, rows)) = difference(target, engine, table, &tree.current()) else {
        return format!("{}: differed once, and not again: {}", target.name(), tree.current());
    };
    let small = rows.first().map(|row| table.only(*row));
    let small = small.filter(|small| {
        engine.load(target, small).unwrap();
        difference(target, engine, small, &tree.current()).is_some()
    });
    let table = small.as_ref().unwrap_or(table);
    engine.load(target, table).unwrap();
    let mut shrinks = tree.simplify();
    while shrinks {
        shrinks = match difference(target, engine, table, &tree.current()) {
            Some((smaller, _)) => {
                said = smaller;
                tree.simplify()
            }
            None => tree.complicate(),
        };
    }
    let record = small.as_ref().and_then(|small| small.records.first());
    let record = record.map(|record| format!("\n  {record}")).unwrap_or_default();
    format!("{} ({}):\n{said}{record}", target.name(), engine.title)
}

/// Each hostile text as value, as needle and as a column's name selects its own record.
fn hostile(target: &dyn Target, engine: &mut Engine, tally: &mut Tally) -> Result<(), String> {
    let mut runner = TestRunner::deterministic();
    let table = draw::hostile_table();
    engine.load(target, &table)?;
    let mut queries = Vec::new();
    for text in random::HOSTILE {
        let quoted = quoted(text);
        for clause in [
            "text.one =",
            "text.one !=",
            "text.many =",
            "text.one contains",
            "text.many ends with",
            "text.one starts with",
            "not text.many contains",
        ] {
            queries.push(draw::fixed(&mut runner, format!("{clause} {quoted}")));
        }
        queries.push(draw::fixed(&mut runner, format!("key.one = {{ id: {quoted} }}")));
    }
    agree(target, engine, &table, queries, tally)?;
    for table in draw::hostile_names() {
        engine.load(target, &table)?;
        let fields = table.schema.fields().iter().filter(|field| field.name != draw::ROW);
        let queries = fields.flat_map(|field| {
            let name = tamis::quote::quote(&field.name).into_owned();
            [format!("{name} = a"), format!("not {name} contains b"), format!("{name} is set")]
        });
        let queries: Vec<String> = queries.collect();
        let queries = queries.into_iter().map(|text| draw::fixed(&mut runner, text)).collect();
        agree(target, engine, &table, queries, tally)?;
    }
    Ok(())
}
