//! `tamis test`: queries kept in files, held against what is stored beside them.

mod files;
mod junit;
mod results;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use tamis::diag;
use tamis::suite::{self, Header, Stored, Tested};

use super::args::Messages;
use super::failure::Failure;
use super::input::Text;
use super::report::{self, Report};
use super::schemas::{self, Cache};
use files::Folder;
use results::{Check, FileResult, Results, Verdict};

/// Test queries that are kept in files.
#[derive(Args)]
#[command(after_help = after_help())]
pub(crate) struct Test {
    /// Folders with queries (`*.tamis`, in subfolders too), or single files
    #[arg(value_name = "DIR", required = true)]
    paths: Vec<PathBuf>,
    /// Store what differs, and remove what no query compiles to; nothing of a query that is wrong
    #[arg(long)]
    accept: bool,
    /// The schema of queries whose header names none
    #[arg(long, value_name = "NAME|FILE", default_value = "activities")]
    schema: String,
    /// Print a report for other tools instead
    #[arg(long, value_enum, value_name = "FORMAT")]
    report: Option<Format>,
    /// Write that report to a file, beside what is printed for people
    #[arg(long, value_name = "FILE", requires = "report")]
    report_file: Option<PathBuf>,
    #[command(flatten)]
    messages: Messages,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// JUnit XML
    Junit,
    /// One JSON object
    Json,
}

fn after_help() -> String {
    format!(
        "The header of a query, at the top of its file:\n{}A line that begins with `##` is a remark. \
         Outputs are stored as NAME.TARGET.json, .sql or .txt.\n\nExit status: 0 all good, \
         1 something differs or is wrong, 2 usage or input and output.",
        suite::keys()
    )
}

impl Test {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let folders = files::find(&self.paths)?;
        let mut run =
            Run { test: self, report: Report::new(self.messages), schemas: Cache::default() };
        let mut results = Results::default();
        for folder in &folders {
            run.folder(folder, &mut results)?;
        }
        if results.files.is_empty() {
            return Err(Failure::Usage("there is not a file `*.tamis`".into()));
        }
        self.print(&results)?;
        if results.good() { Ok(()) } else { Err(Failure::Query) }
    }

    fn print(&self, results: &Results) -> Result<(), Failure> {
        let Some(format) = self.report else { return report::print(&results.drawn()) };
        let text = match format {
            Format::Junit => junit::write(results),
            Format::Json => {
                serde_json::to_string(results).map_err(|error| Failure::write(error.into()))?
            }
        };
        match &self.report_file {
            None => report::print(&text),
            Some(path) => {
                files::write(path, &format!("{}\n", text.trim_end()))?;
                report::print(&results.drawn())
            }
        }
    }
}

/// What all files of one run share.
struct Run<'r> {
    test: &'r Test,
    report: Report,
    schemas: Cache,
}

impl Run<'_> {
    fn folder(&mut self, folder: &Folder, results: &mut Results) -> Result<(), Failure> {
        let mut known: Vec<String> = Vec::new();
        let mut unsure: Vec<&str> = Vec::new();
        for stem in &folder.queries {
            let path = folder.path.join(format!("{stem}.tamis"));
            let tested = self.query(&path)?;
            let mut result = FileResult::new(&path, &tested);
            if tested.is_wrong() {
                unsure.push(stem);
            }
            for output in &tested.outputs {
                let name = output.file(stem);
                result.checks.push(self.output(output, &folder.path.join(&name))?);
                known.push(name);
            }
            results.files.push(result);
        }
        for name in folder.stored.iter().filter(|name| !known.contains(name)) {
            let stem = suite::stem_of(name).unwrap_or_default();
            if unsure.contains(&stem) || folder.queries.is_empty() {
                continue;
            }
            let path = folder.path.join(name);
            // Without its query, a file of such a name may be somebody else's.
            let ours = folder.queries.iter().any(|query| query == stem);
            let verdict =
                if self.test.accept && ours { files::remove(&path)? } else { Verdict::Stale };
            results.stale.push(Check::new(&path.display().to_string(), verdict));
        }
        Ok(())
    }

    /// Tests one query; what is wrong with it is printed.
    fn query(&mut self, path: &Path) -> Result<Tested, Failure> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(Failure::read(&name))?;
        let (text, tested) = match String::from_utf8(bytes) {
            Ok(text) => {
                let tested = self.text(&text, path);
                (text, tested)
            }
            Err(error) => {
                let found = vec![diag::not_utf8(error.utf8_error().valid_up_to())];
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (text, Tested { diagnostics: found, ..Tested::default() })
            }
        };
        self.report.all(&tested.diagnostics, &Text { name, text });
        Ok(tested)
    }

    fn text(&mut self, text: &str, path: &Path) -> Tested {
        let (header, mut found) = Header::read(text);
        let folder = path.parent().unwrap_or(Path::new(""));
        let named = header.schema.as_ref().map(|name| schemas::beside(&name.value, folder));
        let name = named.unwrap_or_else(|| self.test.schema.clone());
        let mut tested = match self.schemas.get(&name) {
            Ok(schema) => suite::test(text, &header, schema),
            Err(wrong) => {
                found.extend(header.without_schema(&wrong));
                Tested::default()
            }
        };
        tested.diagnostics.splice(0..0, found);
        if tested.is_wrong() {
            tested.outputs.clear();
        }
        tested
    }

    fn output(&self, output: &Stored, path: &Path) -> Result<Check, Failure> {
        let verdict = match files::stored(path)? {
            Some(stored) => suite::difference(&stored, &output.text).map(Verdict::Changed),
            None => Some(Verdict::Missing),
        };
        let verdict = match verdict {
            Some(_) if self.test.accept => {
                files::write(path, &output.text)?;
                Verdict::Accepted
            }
            Some(verdict) => verdict,
            None => Verdict::Good,
        };
        Ok(Check::new(&path.display().to_string(), verdict))
    }
}
