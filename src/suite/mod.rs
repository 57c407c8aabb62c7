//! Filters kept as code: a query with a header that says what it is tested against.
//!
//! A header is the comment lines at the top of a file, `# key: value`. [`Header::read`] reads it,
//! [`test`](test()) compiles it for its targets and decides its examples, and [`difference`](difference())
//! holds an output against the stored one. Files are the caller's.
//!
//! ```
//! use tamis::{Schema, suite::{Header, test}};
//! let text = "# targets: api\n# layout: flat\n# match: {\"service\": 10489}\nservice = Box";
//! let (header, found) = Header::read(text);
//! assert!(found.is_empty());
//! let tested = test(text, &header, Schema::builtin("activities")?);
//! assert!(tested.diagnostics.is_empty());
//! assert_eq!(tested.outputs[0].file("risky"), "risky.api.json");
//! # Ok::<(), tamis::Diagnostic>(())
//! ```

mod difference;
mod header;

use std::fmt::Write as _;

use crate::check::check;
use crate::diag::Diagnostic;
use crate::diag::messages::{self, Deciding};
use crate::emit::{Form, Output, Target};
use crate::matcher::{Matcher, Outcome};
use crate::options::Options;
use crate::query::Query;
use crate::schema::Schema;
use crate::syntax::parse;
use crate::time::Millis;
pub use difference::difference;
pub use header::{Example, Header};

/// What came of one file.
#[derive(Clone, Debug, Default)]
pub struct Tested {
    /// What the query compiled to, in the header's order; nothing of a query that is wrong.
    pub outputs: Vec<Stored>,
    /// How many examples were decided.
    pub examples: usize,
    /// What is wrong with the query or its examples, and what is worth knowing, by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Tested {
    /// True when something is wrong.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// An output as it is stored beside the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The target's name.
    pub target: &'static str,
    /// What the file's name ends with.
    pub extension: &'static str,
    /// What is in it.
    pub text: String,
}

impl Stored {
    /// The name of its file: that of the query's without `.tamis`, the target, the extension.
    #[must_use]
    pub fn file(&self, stem: &str) -> String {
        format!("{stem}.{}.{}", self.target, self.extension)
    }

    fn of(target: &'static dyn Target, output: &Output) -> Stored {
        let (extension, mut text) = match output {
            Output::Sql(statement) => ("sql", statement.sql.clone()),
            Output::Text { text } => ("txt", text.clone()),
            Output::Api(_) | Output::Plan(_) => {
                ("json", serde_json::to_string_pretty(output).unwrap_or_default())
            }
        };
        text.truncate(text.trim_end().len());
        text.push('\n');
        Stored { target: target.name(), extension, text }
    }
}

/// The stem of the query's file, when a file of that name is one that an output is stored in.
#[must_use]
pub fn stem_of(file: &str) -> Option<&str> {
    let (rest, extension) = file.rsplit_once('.')?;
    let (stem, target) = rest.rsplit_once('.')?;
    let stored = ["json", "sql", "txt"].contains(&extension);
    let known = crate::emit::all().iter().any(|known| known.name() == target);
    (stored && known).then_some(stem)
}

/// Compiles the query for the targets of its header, and decides its examples.
#[must_use]
pub fn test(text: &str, header: &Header, schema: &Schema) -> Tested {
    let mut tested = Tested::default();
    let options = header.options();
    if let Some(found) = clock(text, schema, &options).filter(|_| header.now.is_none()) {
        tested.diagnostics.push(found);
        return tested;
    }
    let checked = check(&parse(text), schema, &options);
    tested.diagnostics = checked.diagnostics;
    if let Some(query) = checked.query {
        examples(text, &query, header, &mut tested);
        outputs(&query, header, &mut tested);
    }
    if tested.is_wrong() {
        tested.outputs.clear();
    }
    tested.diagnostics.sort_by_key(|found| found.span.start);
    tested
}

/// What a query says of the clock: a condition that means another instant at another time, or is
/// right at one and wrong at another. Every relative time moves with the clock, so two instants
/// tell that differ in the date and in the time of day, and between which every other date lies.
fn clock(text: &str, schema: &Schema, options: &Options) -> Option<Diagnostic> {
    const EARLY: Millis = 0;
    const LATE: Millis = 253_402_175_045_678; // 9999-12-30T13:04:05.678Z
    let parsed = parse(text);
    let at = |now| check(&parsed, schema, &Options { now, ..options.clone() });
    let (early, late) = (at(EARLY), at(LATE));
    let moved = early.query.zip(late.query).and_then(|(early, late)| {
        let mut pairs = early.root().atoms().zip(late.root().atoms());
        pairs.find(|(one, other)| one != other).map(|(one, _)| one.span)
    });
    let only = |here: &[Diagnostic], there: &[Diagnostic]| {
        here.iter().find(|found| !there.contains(found)).map(|found| found.span)
    };
    let place = moved
        .or_else(|| only(&early.diagnostics, &late.diagnostics))
        .or_else(|| only(&late.diagnostics, &early.diagnostics));
    place.map(messages::now_missing)
}

fn outputs(query: &Query<'_>, header: &Header, tested: &mut Tested) {
    let form = Form { inline: true, ..Form::default() };
    for target in &header.targets {
        match target.emit(query, &form) {
            Ok(emitted) => {
                tested.diagnostics.extend(emitted.warnings);
                tested.outputs.push(Stored::of(*target, &emitted.output));
            }
            Err(found) => tested.diagnostics.extend(found),
        }
    }
}

fn examples(text: &str, query: &Query<'_>, header: &Header, tested: &mut Tested) {
    if header.examples.is_empty() {
        return;
    }
    let matcher = match Matcher::new(query, header.layout) {
        Ok(matcher) => matcher,
        Err(found) => return tested.diagnostics.extend(found),
    };
    for example in &header.examples {
        tested.examples += 1;
        let trace = matcher.explain(&example.record);
        if trace.selected != example.selected {
            let deciding = trace.outcomes.iter().filter(|outcome| outcome.holds == trace.selected);
            let deciding: Vec<Deciding> = deciding.map(|one| shown(one, text, query)).collect();
            let found = messages::example_fails(example.span, example.selected, &deciding);
            tested.diagnostics.push(found);
        }
    }
}

/// A clause as it is shown: the text that it was written with, which a `not` can stand before.
fn shown(outcome: &Outcome, text: &str, query: &Query<'_>) -> Deciding {
    let alone = check(&parse(outcome.span.of(text)), query.schema(), &Options::at(query.now()));
    let negated =
        alone.query.and_then(|query| query.root().atoms().next().map(|atom| atom.negated));
    let inverted = negated.is_some_and(|negated| negated != outcome.negated);
    Deciding { place: outcome.span, inverted, is_set: outcome.is_set }
}

/// Lists what a header can say, a line each: for the help of the program.
#[must_use]
pub fn keys() -> String {
    header::KEYS.iter().fold(String::new(), |mut lines, (name, example)| {
        // Writing to a text does not fail.
        let _ = writeln!(lines, "  # {name}: {example}");
        lines
    })
}
