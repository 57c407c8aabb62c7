//! `tamis diff`: how two queries relate, with a record for each side of the difference.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tamis::Options;
use tamis::compare::{Comparison, Relation, Side, compare};
use tamis::query::Query;

use super::args::{Checking, MessageFormat, Messages, Source};
use super::failure::Failure;
use super::input::Text;
use super::report::{self, Report};
use super::schemas;

/// Say how two queries relate.
#[derive(Args)]
#[command(
    override_usage = "tamis diff [OPTIONS] FIRST SECOND\n       tamis diff [OPTIONS] FIRST --file SECOND\n       tamis diff [OPTIONS] --file FIRST SECOND"
)]
pub(crate) struct Diff {
    /// The queries; `-` for standard input
    #[arg(value_name = "QUERY", num_args = 0..=2)]
    queries: Vec<OsString>,
    /// Read queries from files, one or two; they come after those written as arguments
    #[arg(long, value_name = "FILE", num_args = 1..=2)]
    file: Vec<PathBuf>,
    #[command(flatten)]
    checking: Checking,
    #[command(flatten)]
    messages: Messages,
    /// Print only the example record of one side, for `tamis run --layout flat`
    #[arg(long, value_enum, value_name = "SIDE")]
    example: Option<Which>,
    /// Exit 1 unless both select the same records
    #[arg(long)]
    exit_code: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Which {
    /// Selected by the first query only
    First,
    /// Selected by the second query only
    Second,
    /// Selected by both
    Both,
}

impl Diff {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        let options = self.checking.options()?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let [first, second] = self.texts(&report)?;
        let first = check(&first, &schema, &options, &report);
        let second = check(&second, &schema, &options, &report);
        let found = compare(&first?, &second?);
        match self.example {
            Some(which) => print_example(&found, which)?,
            None if self.messages.message_format == MessageFormat::Json => {
                report::print_json(&found)?;
            }
            None => report::print(&drawn(&found))?,
        }
        let differ = self.exit_code && found.relation != Relation::Same;
        if differ { Err(Failure::Query) } else { Ok(()) }
    }

    /// The texts of the two queries, in the order of the command line's help.
    fn texts(&self, report: &Report) -> Result<[Text; 2], Failure> {
        let written = self.queries.iter().zip(["first query", "second query"]);
        let written = written.map(|(query, name)| {
            let source = Source { query: Some(query.clone()), file: None };
            source.read(report).map(|text| {
                let name = if text.name == "query" { name.to_owned() } else { text.name };
                Text { name, text: text.text }
            })
        });
        let saved = self.file.iter().map(|path| super::input::file(path, report));
        let texts: Vec<Text> = written.chain(saved).collect::<Result<_, _>>()?;
        texts.try_into().map_err(|texts: Vec<Text>| {
            Failure::Usage(format!(
                "two queries are compared, not {}: write them as arguments or with --file",
                texts.len()
            ))
        })
    }
}

fn check<'q>(
    text: &Text,
    schema: &'q tamis::Schema,
    options: &Options,
    report: &Report,
) -> Result<Query<'q>, Failure> {
    let parsed = tamis::parse_with(&text.text, &options.limits);
    let checked = tamis::check(&parsed, schema, options);
    report.empty(text);
    report.check(&checked.diagnostics, text)?;
    checked.query.ok_or(Failure::Query)
}

/// The verdict as a sentence, then every side.
fn drawn(found: &Comparison) -> String {
    let mut text = format!("{}\n", found.relation.sentence());
    let sides = [
        ("first only ", &found.only_first),
        ("second only", &found.only_second),
        ("both       ", &found.both),
    ];
    for (name, side) in sides {
        let shown = match side {
            Side::Empty => "no record".to_owned(),
            Side::Some { example } => example.to_string(),
            Side::Undecided { reason } => format!("undecided: {reason}"),
        };
        text.push_str(&format!("{name}  {shown}\n"));
    }
    if !found.same_tail {
        text.push_str("order by, limit or skip differ, which this does not compare\n");
    }
    text
}

fn print_example(found: &Comparison, which: Which) -> Result<(), Failure> {
    let side = match which {
        Which::First => &found.only_first,
        Which::Second => &found.only_second,
        Which::Both => &found.both,
    };
    side.example().map_or(Ok(()), |example| report::print(&example.to_string()))
}
