//! Every target on its real engine: random schemas, records and queries, and hostile texts, bound
//! and written out. What an engine selects is what the matcher selects.
//!
//! Each target of the registry has its runner in `tests/engines/TARGET.*`, but for those that are
//! only compared. What is only read proves no target that says it runs. Without the engines
//! (`tests/engines/run` installs them) nothing is run, and a line says so.

#[path = "sql/document.rs"]
mod document;
#[path = "engines/draw.rs"]
mod draw;
#[path = "sql/engine.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod engine;
#[path = "common/fits.rs"]
mod fits;
#[path = "sql/meaning.rs"]
#[allow(dead_code, reason = "the tests of embedded SQLite use all of it")]
mod meaning;
#[path = "sql/misfit.rs"]
mod misfit;
#[path = "engines/process.rs"]
mod process;
#[path = "sql/random.rs"]
mod random;
#[path = "engines/spoken.rs"]
mod spoken;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use draw::{Drawn, Table};
use engine::checked;
use process::{Answer, Engine};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};
use tamis::Options;
use tamis::decompile::decompile;
use tamis::quote::quoted;
use tamis::schema::Field;
use tamis::target::{self, Form, Proof, Target};
use tamis::value::{Cardinality, Type};

/// Records of one table, and the most queries asked of it.
const RECORDS: usize = 200;
const QUERIES: usize = 100;

/// A run of fewer queries leaves the hostile texts out: it is a first look.
const FEW: usize = 100;

/// Queries that an engine answers once more where its settings are other than usual.
const HOSTILE_QUERIES: usize = 300;

/// Queries that each engine answers unless a number is given.
const GOAL: usize = 2000;

/// Engines that answer fewer, so that all are done in a quarter of an hour on two cores. Spark plans
/// each statement anew, and a query takes it about a second. Both numbers: as usual, and once more
/// where its settings are other than usual.
const SLOW: &[(&str, [usize; 2])] = &[("spark", [400, 100])];

/// The fewest tables of one run: few queries are asked of every kind of table, too.
const TABLES: usize = 12;

#[test]
fn every_engine_selects_what_the_matcher_selects() {
    let Some(folder) = std::env::var_os("TAMIS_ENGINES") else {
        eprintln!("engines: skipped; `tests/engines/run` installs them and runs this test");
        return;
    };
    let targets = targets();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(found) = run(*target, folder.as_ref()) {
                failures.lock().unwrap().push(format!("{}: {found}", target.name()));
            }
        }
    };
    std::thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(work))));
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn named() -> String {
    std::env::var("TAMIS_ENGINE_TARGETS").unwrap_or_default()
}

/// The targets that are asked for, or all that an engine can prove.
fn targets() -> Vec<&'static dyn Target> {
    let provable = |target: &&dyn Target| target.proof() != Proof::Compared;
    let all = target::all().iter().copied().filter(provable);
    let names = named();
    let one = |name: &str| {
        let known = || all.clone().map(Target::name).collect::<Vec<_>>().join(", ");
        let found = target::named(name).ok().filter(|target| provable(target));
        found.unwrap_or_else(|| panic!("`{name}` is no target with an engine: {}", known()))
    };
    if names.trim().is_empty() {
        let mut all: Vec<&'static dyn Target> = all.collect();
        // The slow ones first, so that none is left alone at the end.
        all.sort_by_key(|target| !SLOW.iter().any(|(name, _)| *name == target.name()));
        return all;
    }
    names.split_whitespace().map(one).collect()
}

/// Proves one target. An engine that does not start is skipped, but for those that were asked for.
fn run(target: &dyn Target, folder: &Path) -> Result<(), String> {
    let slow = SLOW.iter().find(|(name, _)| *name == target.name());
    let [goal, hostile] = slow.map_or([GOAL, HOSTILE_QUERIES], |(_, fewer)| *fewer);
    let goal = number("TAMIS_ENGINE_QUERIES").unwrap_or(goal);
    let started = Engine::start(target, folder, false);
    match started.ok_or("there is no runner for it in tests/engines")? {
        Ok(mut engine) => {
            prove(target, &mut engine, goal)?;
            let Some(settings) = engine.hostile.take() else { return Ok(()) };
            drop(engine);
            let again = Engine::start(target, folder, true).ok_or("it starts only once")?;
            let mut engine = again?;
            engine.title = format!("{} with {settings}", engine.title);
            prove(target, &mut engine, goal.min(hostile))
        }
        Err(reason) if std::env::var_os("CI").is_none() && named().trim().is_empty() => {
            eprintln!("{:<12} skipped: {reason}", target.name());
            Ok(())
        }
        Err(reason) => Err(reason),
    }
}

/// How many queries an engine answered or only read, and how many the target said it cannot say.
#[derive(Default)]
struct Tally {
    answered: usize,
    /// Whole statements among what was answered or read.
    pages: usize,
    read: usize,
    refused: usize,
}

impl Tally {
    /// Queries that count for what is to be proven.
    fn proven(&self, proof: Proof) -> usize {
        if proof == Proof::Parsed { self.read } else { self.answered }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { answered, pages, read, refused } = self;
        write!(
            f,
            "{answered} answered as meant, {read} well-formed, {refused} refused, {pages} pages"
        )
    }
}

fn prove(target: &dyn Target, engine: &mut Engine, goal: usize) -> Result<(), String> {
    let begun = Instant::now();
    let mut draw = Drawn::new(number("TAMIS_SEED").unwrap_or(7));
    let mut texts = Tally::default();
    if goal >= FEW {
        hostile(target, engine, false, &mut texts)?;
    }
    if goal > HOSTILE_QUERIES {
        hostile(target, engine, true, &mut texts)?;
    }
    let mut tally = Tally::default();
    let mut round = 0;
    let proof = target.proof();
    while tally.proven(proof) < goal {
        let mut table = draw.table(round, RECORDS, target);
        if let Some((first, last)) = &engine.instants {
            table.keep_within(first, last);
        }
        round += 1;
        if !table.suits(target) {
            continue;
        }
        engine.load(target, &table)?;
        let queries = draw.queries(table.schema, goal.div_ceil(TABLES).min(QUERIES));
        agree(target, engine, &table, queries, &mut tally)?;
        if round > 20 && tally.proven(proof) < round {
            return Err(format!("{}: nearly nothing is proven: {tally}", engine.title));
        }
    }
    let name = target.name();
    let seconds = begun.elapsed().as_secs();
    let title = &engine.title;
    eprintln!("{name:<12} {title}: {seconds} s; queries: {tally}; hostile texts: {texts}");
    Ok(())
}

fn number(variable: &str) -> Option<usize> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

/// What is asked of an engine, and the rows it has to answer with.
pub(crate) struct Question {
    text: String,
    output: Json,
    rows: Vec<i64>,
    /// Of a whole statement, which of the rows.
    page: Option<Page>,
}

/// A page of rows in order: rows of the same key may stand for each other.
struct Page {
    keys: HashMap<i64, i64>,
    expected: Vec<i64>,
}

impl Question {
    /// Whether these are the rows, of those but some that a stand-in cannot hold.
    pub(crate) fn is_answered(&self, found: &[i64], without: &[i64]) -> bool {
        let Some(Page { keys, expected }) = &self.page else {
            return self.rows.iter().filter(|row| !without.contains(row)).eq(found);
        };
        let distinct: HashSet<&i64> = found.iter().collect();
        distinct.len() == found.len()
            && found.iter().all(|row| self.rows.contains(row))
            && found.iter().map(|row| keys[row]).eq(expected.iter().copied())
    }
}

/// A query bound and written out, the same said otherwise, and its complement. `None` when the
/// target or the table cannot say it.
fn questions(target: &dyn Target, table: &Table, text: &str) -> Option<Vec<Question>> {
    let options = table.options();
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
        page: None,
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
    all.extend(paged(target, table, text, &rows));
    let mut seen: Vec<(Json, Vec<i64>)> = Vec::new();
    all.retain(|question| {
        let key = (question.output.clone(), question.rows.clone());
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    Some(all)
}

/// Of some queries, the whole statement for a page of their rows, by a field that always has a
/// number.
fn paged(target: &dyn Target, table: &Table, text: &str, rows: &[i64]) -> Option<Question> {
    // Any mixture will do that is the same for the same query.
    let place = text.len() + rows.len();
    if rows.len() < 3 || !place.is_multiple_of(4) {
        return None;
    }
    let (limit, skip, falls) = (place % 7, place % 3, place.is_multiple_of(8));
    let form = Form { whole: true, inline: falls, ..table.form() };
    let direction = if falls { "desc" } else { "asc" };
    let tail = |field: &Field| {
        let name = tamis::quote::quote(&field.name);
        format!("{text} order by {name} {direction} limit {limit} skip {skip}")
    };
    let fields = table.schema.fields().iter().filter(|field| {
        let counted = matches!(field.kind, Type::Integer | Type::Timestamp);
        // A document may hold no number there.
        let certain = !table.documents || field.name == draw::ROW;
        counted && certain && field.cardinality == Cardinality::One
    });
    let (count, fields) = (fields.clone().count(), fields.cycle());
    let found = fields.skip(place % count.max(1)).take(count).find_map(|field| {
        let text = tail(field);
        let name = target.name();
        let compiled = tamis::compile_with(&text, table.schema, name, &table.options(), &form);
        Some((field, text, json!(compiled.ok()?.output)))
    });
    let (field, text, mut output) = found.filter(|(_, _, output)| output["sql"].is_string())?;
    output["whole"] = true.into();
    let keys: HashMap<i64, i64> = table.keys(field).collect();
    let mut expected: Vec<i64> = rows.iter().map(|row| keys[row]).collect();
    expected.sort_unstable_by_key(|key| if falls { Err(Reverse(*key)) } else { Ok(*key) });
    let expected = expected.into_iter().skip(skip).take(limit).collect();
    let page = Some(Page { keys, expected });
    Some(Question { text, output, rows: rows.to_vec(), page })
}

/// The same query formatted and, of columns, in its normal form, and read back from the API's filters.
fn sayings(table: &Table, text: &str, options: &Options) -> Vec<String> {
    let formatted = tamis::fmt::format(&tamis::parse(text)).ok();
    // The others rely on it that a field of `one` has a value, which no document promises.
    if table.documents {
        return formatted.into_iter().collect();
    }
    let normal = checked(text, table.schema, options, |query| query.normal_text());
    let held = checked(text, table.schema, options, |query| table.api_holds(query));
    let api = tamis::compile(text, table.schema, "api", options).ok().filter(|_| held);
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
        let proof = target.proof();
        let mut pairs = questions.iter().zip(&found);
        if let Some((asked, answer)) = pairs.find(|(q, answer)| !answer.agrees(q, proof)) {
            return Err(match answer {
                // Asking again could take as long again.
                Answer::Lost(_) => told(engine, &tree.current(), asked, answer),
                _ => smallest(target, engine, table, tree),
            });
        }
        tally.pages += questions.iter().filter(|question| question.page.is_some()).count();
        let answered = found.iter().all(|answer| answer.proves(table.records.len()));
        *(if answered { &mut tally.answered } else { &mut tally.read }) += 1;
    }
    Ok(())
}

/// A question and what the engine says to it, in words.
fn told(engine: &Engine, query: &str, asked: &Question, answer: &Answer) -> String {
    let Question { text, output, rows, page } = asked;
    let (title, expected) = (&engine.title, answer.held(rows));
    let page = page.as_ref().map(|page| format!("; the keys {:?}", page.expected));
    let page = page.unwrap_or_default();
    format!(
        "{title}:\n  {query}\n  {text}\n  {output}\n  engine:  {answer}\n  matcher: {expected:?}{page}"
    )
}

/// The first output of a query that the engine answers otherwise, in words, and the rows.
fn difference(
    target: &dyn Target,
    engine: &mut Engine,
    table: &Table,
    query: &str,
) -> Option<(String, Vec<i64>)> {
    let questions = questions(target, table, query)?;
    let all: Vec<&Json> = questions.iter().map(|question| &question.output).collect();
    let answers = match engine.select(&all) {
        Ok(answers) => answers,
        Err(lost) => return Some((format!("  {query}\n  {lost}"), Vec::new())),
    };
    let mut pairs = questions.iter().zip(answers);
    let (asked, answer) = pairs.find(|(asked, answer)| !answer.agrees(asked, target.proof()))?;
    Some((told(engine, query, asked, &answer), answer.apart(&asked.rows)))
}

/// The smallest query that still differs, on one record where one is enough.
fn smallest(
    target: &dyn Target,
    engine: &mut Engine,
    table: &Table,
    mut tree: Box<dyn ValueTree<Value = String>>,
) -> String {
    let Some((mut said, rows)) = difference(target, engine, table, &tree.current()) else {
        return format!("{}: differed once, and not again: {}", engine.title, tree.current());
    };
    let small = rows.first().map(|row| table.only(*row));
    let small = small.filter(|small| {
        engine.load(target, small).is_ok()
            && difference(target, engine, small, &tree.current()).is_some()
    });
    let table = small.as_ref().unwrap_or(table);
    if let Err(lost) = engine.load(target, table) {
        return format!("{said}\n{lost}");
    }
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
    let record = record.map(|record| format!("\n  {}", table.shown(record))).unwrap_or_default();
    format!("{said}{record}")
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
        let opened = [fits::itself(text), fits::opened(text, 0, '?'), fits::opened(text, 1, '*')];
        for pattern in opened.map(|pattern| tamis::quote::quoted(&pattern)) {
            let clause = format!("text.one matches {pattern} or text.many matches {pattern}");
            queries.push(draw::fixed(&mut runner, clause));
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
