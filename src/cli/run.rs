//! `tamis run`: the records of a stream that a query selects.

mod misfits;
mod tally;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::thread;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use tamis::matcher::{self, Line, Matcher, Members, Raw, Reading};
use tamis::query::Node;
use tamis::value::{Cardinality, Value};

use super::args::{Checking, Messages, Source};
use super::failure::Failure;
use super::input::Text;
use super::records::{self, Block, Input, ordered};
use super::report::Report;
use super::schemas;
use misfits::{OnMisfit, Seen, Watch};
use tally::Tally;

/// Print the records that a query selects.
///
/// Files are JSON Lines, arrays, responses with their records in `data`
/// (`--records NAME`: in another member), or objects one after the
/// other, plain or packed with gzip or zstd: several members or frames are one file, skippable
/// frames are passed over, and checksums are compared. A record longer than 64 MiB or nested deeper
/// than 127 levels is an error (`--limit line_bytes=N`, `--limit record_depth=N`); where a line does
/// not end within that length, the rest of the file is not read. A line with a number that no double
/// holds (`1e400`) or with half of a surrogate pair (`\ud800`) is no record, wherever in the record
/// that stands.
#[derive(Args)]
#[command(
    override_usage = "tamis run [OPTIONS] QUERY [FILE]...\n       tamis run [OPTIONS] --file FILE [FILE]..."
)]
pub(crate) struct Run {
    /// The query, then files of records; without files, or for `-`, standard input
    #[arg(value_name = "QUERY [FILE]")]
    arguments: Vec<OsString>,
    /// Read the query from a file; all arguments are then files of records
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    checking: Checking,
    #[command(flatten)]
    messages: Messages,
    /// Where a filter's values stand: at the schema's record paths, or under the filter's name
    #[arg(long, value_enum, default_value_t = Layout::Nested)]
    layout: Layout,
    /// Print these filters' values instead of whole records
    #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with_all = ["count", "explain"])]
    fields: Vec<String>,
    /// Print only how many records are selected
    #[arg(long, conflicts_with = "explain")]
    count: bool,
    /// Print for every record which clauses hold, and which fields are not set
    #[arg(long)]
    explain: bool,
    /// What to do about text that is no record, once all others are read
    #[arg(long, value_enum, default_value_t = OnError::Fail)]
    on_error: OnError,
    /// What to do about values that are not of their field's type, and are therefore no values of it
    #[arg(long, value_enum, default_value_t = OnMisfit::Note)]
    on_misfit: OnMisfit,
    /// The member that holds the records of a response or export, `data` if not given
    #[arg(long, value_name = "NAME")]
    records: Option<String>,
    /// How files are divided into records
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    input: Input,
    /// How many threads match; by default one for each core
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    Nested,
    Flat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnError {
    /// Name it on standard error and go on
    Skip,
    /// Name it and end with status 2
    Fail,
}

/// From so many bytes on a terminal shows how far the reading is.
const LARGE: u64 = 64 * 1024 * 1024;

impl Run {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        let options = self.checking.options()?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let (query, files) = self.inputs()?;
        let text = query.read(&report)?;
        let parsed = tamis::parse_with(&text.text, &options.limits);
        let checked = tamis::check(&parsed, &schema, &options);
        report.empty(&text);
        report.check(&checked.diagnostics, &text)?;
        let query = checked.query.ok_or(Failure::Query)?;
        if !query.tail().is_empty() {
            let why =
                "records are printed in the order of the input: leave out order by, limit and skip";
            return Err(Failure::Usage(why.into()));
        }
        let layout = self.layout.into();
        let matcher = Matcher::new(&query, layout)
            .or_else(|found| report.check(&found, &text).and(Err(Failure::Query)))?;
        let columns = self.columns(&schema, layout)?;
        let members =
            Members::of(matcher.readings().chain(columns.iter().map(|column| &column.reading)));
        let clauses = clauses(&matcher, &text, |clause| {
            let parsed = tamis::parse_with(clause, &options.limits);
            let query = tamis::check(&parsed, &schema, &options).query?;
            if let Node::Atom(atom) = query.root() { Some(atom.negated) } else { None }
        });
        let limits = options.limits;
        let watch = Watch::of(&query, layout, self.on_misfit);
        let judge = Judge { matcher, members, columns, run: self, clauses, limits, watch };
        judge.all(&files)
    }

    /// The query's source and the files.
    fn inputs(&self) -> Result<(Source, Vec<records::Source>), Failure> {
        let (query, files) = match (&self.file, self.arguments.split_first()) {
            (Some(_), _) => (None, self.arguments.as_slice()),
            (None, Some((query, files))) => (Some(query.clone()), files),
            (None, None) => {
                return Err(Failure::Usage(
                    "no query: write it as the first argument, or use --file".into(),
                ));
            }
        };
        let mut paths: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
        if paths.is_empty() {
            paths.push("-".into());
        }
        let from_stdin = query.as_ref().is_some_and(|query| query == "-")
            || self.file.as_ref().is_some_and(|file| file.as_os_str() == "-");
        if from_stdin && paths.iter().any(|path| path.as_os_str() == "-") {
            return Err(Failure::Usage(
                "query and records cannot both come from standard input".into(),
            ));
        }
        let source = Source { query, file: self.file.clone() };
        Ok((source, paths.into_iter().map(records::Source::new).collect()))
    }

    fn columns(
        &self,
        schema: &tamis::Schema,
        layout: matcher::Layout,
    ) -> Result<Vec<Column>, Failure> {
        let column = |name: &String| {
            let field = schema.field(name).ok_or_else(|| {
                Failure::Usage(format!(
                    "`--fields`: the schema `{}` has no field `{name}`",
                    schema.name
                ))
            })?;
            let reading = Reading::new(field, layout).ok_or_else(|| {
                Failure::Usage(format!("`--fields`: no published record holds `{}`", field.name))
            })?;
            Ok(Column {
                name: field.name.clone(),
                many: field.cardinality == Cardinality::Many,
                reading,
            })
        };
        self.fields.iter().map(column).collect()
    }
}

impl From<Layout> for matcher::Layout {
    fn from(layout: Layout) -> Self {
        match layout {
            Layout::Nested => matcher::Layout::Nested,
            Layout::Flat => matcher::Layout::Flat,
        }
    }
}

/// The text of each clause. A `not` that stood before it, or before a part of the query that holds
/// it, is written in front: then the text alone (`negates`) says the opposite of the clause.
fn clauses(matcher: &Matcher, query: &Text, negates: impl Fn(&str) -> Option<bool>) -> Vec<String> {
    let outcomes = matcher.explain(&serde_json::Value::Null).outcomes;
    let clause = |outcome: &matcher::Outcome| {
        let text = query
            .text
            .get(outcome.span.start as usize..outcome.span.end as usize)
            .unwrap_or_default();
        let opposite = negates(text).is_some_and(|negated| negated != outcome.negated);
        let words: Vec<&str> = text.split_whitespace().collect();
        format!("{}{}", if opposite { "not " } else { "" }, words.join(" "))
    };
    outcomes.iter().map(clause).collect()
}

/// A filter whose values are printed.
struct Column {
    name: String,
    many: bool,
    reading: Reading,
}

impl Column {
    /// Its values in a record: a list, or where there is only ever one, that.
    fn read(&self, record: Raw<'_, '_>) -> serde_json::Value {
        let mut values = self.reading.values(record);
        match values.pop() {
            last if self.many || !values.is_empty() => {
                values.extend(last);
                values.iter().map(serde_json::Value::from).collect()
            }
            only => serde_json::Value::from(&only.unwrap_or(Value::Null)),
        }
    }
}

/// What is done with every record.
struct Judge<'r> {
    matcher: Matcher,
    members: Members,
    columns: Vec<Column>,
    run: &'r Run,
    clauses: Vec<String>,
    limits: tamis::Limits,
    watch: Watch,
}

/// What became of one block.
#[derive(Default)]
struct Judged {
    file: usize,
    elements: bool,
    out: Vec<u8>,
    lines: u64,
    selected: u64,
    seen: Seen,
    /// What is no record: the line within the block, from 1, and why.
    wrong: Vec<(u64, String)>,
}

impl Judge<'_> {
    fn all(&self, files: &[records::Source]) -> Result<(), Failure> {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        let threads = self.run.threads.unwrap_or_else(cores).max(1);
        let progress = progress(files);
        let mut tally = Tally::of(files);
        let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
        let name = self.run.records.as_deref().unwrap_or(records::RECORDS);
        let (input, longest) = (self.run.input, self.limits.line_bytes);
        let bar = progress.clone();
        let read = |take: &mut dyn FnMut(Block) -> Option<Vec<u8>>| {
            for (place, file) in files.iter().enumerate() {
                let bar = bar.clone();
                let heard = move |bytes| bar.inc(bytes);
                file.blocks((input, name), longest, heard, &mut |block| {
                    take(Block { file: place, ..block })
                })?;
            }
            Ok(())
        };
        let write = |judged: Judged| {
            progress.suspend(|| tally.add(&judged));
            let written = out.write_all(&judged.out);
            written.and_then(|()| out.flush()).map_err(Failure::write)
        };
        let done = ordered::run(threads, read, |block| self.block(block), write);
        progress.finish_and_clear();
        drop(out);
        done?;
        if self.run.count {
            super::report::print(&tally.selected.to_string())?;
        }
        let files: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        let noted = self.watch.finish(&tally.seen, &files, self.run.on_misfit);
        tally.finish(self.run.on_error).and(noted)
    }

    fn block(&self, block: &Block) -> Judged {
        let mut judged = Judged { file: block.file, elements: block.elements, ..Judged::default() };
        for line in block.bytes.split_inclusive(|byte| *byte == b'\n') {
            judged.lines += 1;
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            if let Err(why) = self.line(line, &mut judged) {
                judged.wrong.push((judged.lines, why));
            }
        }
        if let Some(trouble) = &block.trouble {
            let line = judged.lines + u64::from(block.at_next);
            judged.wrong.push((line, trouble.clone()));
        }
        judged
    }

    fn line(&self, bytes: &[u8], judged: &mut Judged) -> Result<(), String> {
        let longest = self.limits.line_bytes;
        if bytes.len() > longest {
            return Err(format!(
                "longer than {longest} bytes (`--limit line_bytes=N` allows more)"
            ));
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| format!("no UTF-8 from column {}", error.valid_up_to() + 1))?;
        let line = Line::read_within(text, &self.members, self.limits.record_depth)
            .map_err(|wrong| format!("{wrong}, column {}", wrong.place + 1))?;
        self.watch.see(line.record(), text, judged.lines, &mut judged.seen);
        if self.run.explain {
            self.explain(&line, text, judged);
            return Ok(());
        }
        if !self.matcher.matches(line.record()) {
            return Ok(());
        }
        judged.selected += 1;
        if self.columns.is_empty() {
            if !self.run.count {
                judged.out.extend_from_slice(bytes);
                judged.out.push(b'\n');
            }
            return Ok(());
        }
        let read = |column: &Column| (column.name.clone(), column.read(line.record()));
        let object: serde_json::Map<_, _> = self.columns.iter().map(read).collect();
        // A buffer takes everything.
        let _ = writeln!(judged.out, "{}", serde_json::Value::from(object));
        Ok(())
    }

    /// The record, then each clause with its outcome.
    fn explain(&self, line: &Line<'_, '_>, text: &str, judged: &mut Judged) {
        let trace = self.matcher.explain(line.record());
        let out = &mut judged.out;
        let _ =
            writeln!(out, "{}: {text}", if trace.selected { "selected" } else { "not selected" });
        for (outcome, clause) in trace.outcomes.iter().zip(&self.clauses) {
            let set = if outcome.is_set { "" } else { " (not set)" };
            let _ = writeln!(out, "  {:<5}  {clause}{set}", outcome.holds);
        }
    }
}

/// A bar on a terminal when the files are large, else one that nobody sees.
fn progress(files: &[records::Source]) -> ProgressBar {
    let sizes: Option<u64> = files.iter().map(records::Source::size).sum();
    match sizes.filter(|size| *size >= LARGE && io::stderr().is_terminal()) {
        None => ProgressBar::hidden(),
        Some(size) => {
            let style = ProgressStyle::with_template(
                "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
            );
            let bar = ProgressBar::new(size);
            style.map(|style| bar.clone().with_style(style)).unwrap_or(bar)
        }
    }
}
