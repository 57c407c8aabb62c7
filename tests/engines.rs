//! Every target on its real engine: random schemas, records and queries, and hostile texts, bound
//! and written out. What an engine selects is what the matcher selects.
//!
//! Each target of the registry is looked for in `tests/engines/TARGET.*`. Without the engines
//! (`tests/engines/run` installs them) nothing is run, and a line says so.

#[path = "sql/document.rs"]
mod document;
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

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use draw::{Drawn, Table};
use engine::{NOW, checked};
use process::{Answer, Engine};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};
use tamis::Options;
use tamis::quote::quoted;
use tamis::target::{self, Form, Target};
use tamis::text::decompile::decompile;

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

/// How many queries an engine answered or only read, and how many the target said it cannot say.
#[derive(Default)]
struct Tally {
    answered: usize,
    read: usize,
    refused: usize,
}

impl Tally {
    fn asked(&self) -> usize {
        self.answered + self.read
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { answered, read, refused } = self;
        write!(f, "{answered} answered as meant, {read} well-formed, {refused} refused")
    }
}

fn prove(target: &dyn Target, engine: &mut Engine) -> Result<(), String> {
    let goal = number("TAMIS_ENGINE_QUERIES").unwrap_or(2000);
    let mut draw = Drawn::new(number("TAMIS_SEED").unwrap_or(7));
    let mut texts = Tally::default();
    hostile(target, engine, false, &mut texts)?;
    hostile(target, engine, true, &mut texts)?;
    let mut tally = Tally::default();
    let mut round = 0;
    while tally.asked() < goal {
        let table = draw.table(round, RECORDS);
        round += 1;
        if !table.suits(target) {
            continue;
        }
        engine.load(target, &table)?;
        let queries = draw.queries(table.schema, QUERIES);
        agree(target, engine, &table, queries, &mut tally)?;
        let hopeless = round > 20 && tally.asked() < round;
        assert!(!hopeless, "{}: nearly every query is refused", target.name());
    }
    let name = target.name();
    eprintln!("{name:<12} {}: queries: {tally}; hostile texts: {texts}", engine.title);
    Ok(())
}

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

/// What is asked of an engine, and the rows it has to answer with.
struct Question {
    text: String,
    output: Json,
    rows: Vec<i64>,
}

/// A query bound and written out, the same said otherwise, and its complement. `None` when the
/// target or the table cannot say it.
fn questions(target: &dyn Target, table: &Table, text: &str) -> Option<Vec<Question>> {
    let options = Options::at(NOW);
    let emit = |text: &str, form: &Form| {
        tamis::compile_with(text, table.schema, target.name(), &options, form)
            .ok()
            .map(|compiled| json!(compiled.output))
    };
    let rows = checked(text, table.schema, &options, |query| table.meant(query))?;
    let others = table.numbers().filter(|row| !rows.contains(row)).collect();
    let ask = |text: &str, output: Json, rows: &Vec<i64>| Question {
        text: text.to_owned(),
        output,
        rows: rows.clone(),
    };
    let bound = table.form();
    let inline = Form { inline: true, ..table.form() };
    let first = emit(text, &bound)?;
    let written = emit(text, &inline).map(|mut output| {
        output["bound"] = first["params"].clone();
        ask(text, output, &rows)
    });
    let mut all = vec![ask(text, first, &rows)];
    all.extend(written);
    for other in sayings(table, text, &options) {
        all.extend(emit(&other, &bound).map(|output| ask(&other, output, &rows)));
    }
    let complement = format!("not ({text})");
    all.extend(emit(&complement, &bound).map(|output| ask(&complement, output, &others)));
    let mut seen: Vec<(Json, Vec<i64>)> = Vec::new();
    all.retain(|question| {
        let key = (question.output.clone(), question.rows.clone());
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    Some(all)
}

/// The same query formatted, in its normal form, and read back from the API's filters.
fn sayings(table: &Table, text: &str, options: &Options) -> Vec<String> {
    let formatted = tamis::text::fmt::format(&tamis::parse(text)).ok();
    let normal = checked(text, table.schema, options, |query| query.normal_text());
    let api = tamis::compile(text, table.schema, "api", options).ok();
    let read_back = api.and_then(|compiled| {
        let filters = json!(compiled.output).to_string();
        let found = decompile(&filters, table.schema, options);
        let lost = found.diagnostics.iter().any(tamis::Diagnostic::is_error);
        found.queries.into_iter().next().filter(|_| !lost)
    });
    [formatted, normal, read_back].into_iter().flatten().collect()
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
        match questions(target, table, &tree.current()) {
            Some(questions) => asked.push((tree, questions)),
            None => tally.refused += 1,
        }
    }
    let all: Vec<&Json> = asked.iter().flat_map(|(_, list)| list).map(|q| &q.output).collect();
    let mut answers = engine.select(&all)?.into_iter();
    for (tree, questions) in asked {
        let found: Vec<Answer> = answers.by_ref().take(questions.len()).collect();
        if questions.iter().zip(&found).any(|(asked, answer)| !engine.agrees(answer, &asked.rows)) {
            return Err(smallest(target, engine, table, tree));
        }
        let read = found.iter().all(|answer| matches!(answer, Answer::Read));
        *(if read { &mut tally.read } else { &mut tally.answered }) += 1;
    }
    Ok(())
}

/// The first output of a query that the engine answers otherwise, in words.
fn difference(
    target: &dyn Target,
    engine: &mut Engine,
    table: &Table,
    query: &str,
) -> Option<(String, Vec<i64>)> {
    let questions = questions(target, table, query)?;
    let all: Vec<&Json> = questions.iter().map(|question| &question.output).collect();
    let answers = engine.select(&all).unwrap();
    let mut pairs = questions.iter().zip(answers);
    let (asked, answer) = pairs.find(|(asked, answer)| !engine.agrees(answer, &asked.rows))?;
    let Question { text, output, rows } = asked;
    let expected = engine.held(rows);
    let said =
        format!("  {query}\n  {text}\n  {output}\n  engine:  {answer}\n  matcher: {expected:?}");
    Some((said, answer.apart(&expected)))
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
fn hostile(
    target: &dyn Target,
    engine: &mut Engine,
    documents: bool,
    tally: &mut Tally,
) -> Result<(), String> {
    let mut runner = TestRunner::deterministic();
    let table = draw::hostile_table(documents);
    if !table.suits(target) {
        return Ok(());
    }
    engine.load(target, &table)?;
    let mut queries = Vec::new();
    for text in &*random::HOSTILE {
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
    for table in draw::hostile_names(documents) {
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
