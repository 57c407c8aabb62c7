//! What came of a test, and how it is said.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use tamis::Diagnostic;
use tamis::suite::Tested;

/// What came of all files.
#[derive(Default, Serialize)]
pub(super) struct Results {
    pub(super) files: Vec<FileResult>,
    /// Outputs that no query compiles to.
    pub(super) stale: Vec<Check>,
}

/// What came of one query.
#[derive(Serialize)]
pub(super) struct FileResult {
    pub(super) file: String,
    pub(super) examples: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) checks: Vec<Check>,
}

/// One stored output.
#[derive(Serialize)]
pub(super) struct Check {
    pub(super) file: String,
    #[serde(flatten)]
    pub(super) verdict: Verdict,
}

#[derive(Serialize)]
#[serde(tag = "verdict", content = "difference", rename_all = "lowercase")]
pub(super) enum Verdict {
    /// It is what the query compiles to.
    Good,
    /// It is not, line by line.
    Changed(String),
    /// Nothing is stored.
    Missing,
    /// No query compiles to it.
    Stale,
    /// It was written.
    Accepted,
    /// It was removed.
    Removed,
}

impl Verdict {
    /// Its word, and what it says for people.
    pub(super) fn said(&self) -> (&'static str, &'static str) {
        match self {
            Verdict::Good => ("ok", "as stored"),
            Verdict::Changed(_) => ("changed", "the query compiles to something else"),
            Verdict::Missing => ("missing", "nothing is stored"),
            Verdict::Stale => ("stale", "no query compiles to it"),
            Verdict::Accepted => ("accepted", "stored"),
            Verdict::Removed => ("removed", "no query compiled to it"),
        }
    }

    pub(super) fn is_good(&self) -> bool {
        matches!(self, Verdict::Good | Verdict::Accepted | Verdict::Removed)
    }
}

impl Check {
    pub(super) fn new(file: &str, verdict: Verdict) -> Check {
        Check { file: file.to_owned(), verdict }
    }

    fn draw(&self, out: &mut String) {
        let (word, says) = self.verdict.said();
        // Writing to a text does not fail.
        let _ = writeln!(out, "{word:<8}  {}: {says}", self.file);
        if let Verdict::Changed(difference) = &self.verdict {
            difference.lines().for_each(|line| {
                let _ = writeln!(out, "          {line}");
            });
        }
    }
}

impl FileResult {
    pub(super) fn new(path: &Path, tested: &Tested) -> FileResult {
        FileResult {
            file: path.display().to_string(),
            examples: tested.examples,
            diagnostics: tested.diagnostics.clone(),
            checks: Vec::new(),
        }
    }

    pub(super) fn is_wrong(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    fn draw(&self, out: &mut String) {
        let file = &self.file;
        let good =
            self.checks.iter().filter(|check| matches!(check.verdict, Verdict::Good)).count();
        if self.is_wrong() {
            let _ = writeln!(out, "wrong     {file}");
        } else if good == self.checks.len() {
            let counts =
                format!("{}, {}", counted(good, "output"), counted(self.examples, "example"));
            let _ = writeln!(out, "ok        {file}: {counts}");
        }
        for check in self.checks.iter().filter(|check| !matches!(check.verdict, Verdict::Good)) {
            check.draw(out);
        }
    }
}

impl Results {
    pub(super) fn good(&self) -> bool {
        let checks = self.files.iter().flat_map(|file| &file.checks).chain(&self.stale);
        !self.files.iter().any(FileResult::is_wrong)
            && checks.into_iter().all(|check| check.verdict.is_good())
    }

    /// A line for each file that is good or wrong and each output that is not as stored, then one
    /// for all.
    pub(super) fn drawn(&self) -> String {
        let mut out = String::new();
        self.files.iter().for_each(|file| file.draw(&mut out));
        self.stale.iter().for_each(|check| check.draw(&mut out));
        let wrong = self.files.iter().filter(|file| file.is_wrong()).count();
        let checks = self.files.iter().flat_map(|file| &file.checks).chain(&self.stale);
        let differ = checks.filter(|check| !check.verdict.is_good()).count();
        let _ = write!(out, "{}", counted(self.files.len(), "query"));
        let _ = match (wrong, differ) {
            (0, 0) => writeln!(out, ": all good"),
            _ => writeln!(out, ": {wrong} wrong, {} not as stored", counted(differ, "output")),
        };
        if differ > 0 {
            out.push_str("`--accept` stores what differs\n");
        }
        out
    }
}

fn counted(count: usize, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {what}s"),
    }
}
