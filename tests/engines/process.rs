//! An engine in a process of its own, asked line by line (see `shared/runner.py`).

use std::fmt;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value as Json, json};
use tamis::target::Target;

use crate::draw::Table;

pub(crate) struct Engine {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// Its name and version.
    pub(crate) title: String,
    /// Rows of the loaded table that it cannot hold.
    without: Vec<i64>,
}

/// What an engine says to a query.
pub(crate) enum Answer {
    /// The numbers of the rows.
    Rows(Vec<i64>),
    /// The engine only reads it, and finds it well-formed.
    Read,
    /// It fails, with these words.
    Error(String),
}

impl Answer {
    fn of(json: &Json) -> Self {
        match serde_json::from_value(json.clone()) {
            Ok(rows) => Answer::Rows(rows),
            Err(_) if json["checked"] == true => Answer::Read,
            Err(_) => Answer::Error(json["error"].as_str().unwrap_or("no answer").to_owned()),
        }
    }

    /// Whether it is what the matcher says.
    fn is(&self, expected: &[i64]) -> bool {
        match self {
            Answer::Rows(rows) => rows == expected,
            Answer::Read => true,
            Answer::Error(_) => false,
        }
    }

    /// The rows that only one of both has.
    pub(crate) fn apart(&self, expected: &[i64]) -> Vec<i64> {
        let Answer::Rows(rows) = self else { return expected.to_vec() };
        let more = rows.iter().filter(|row| !expected.contains(row));
        more.chain(expected.iter().filter(|row| !rows.contains(row))).copied().collect()
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Rows(rows) => write!(f, "{rows:?}"),
            Answer::Read => f.write_str("well-formed"),
            Answer::Error(error) => f.write_str(error),
        }
    }
}

impl Engine {
    /// Starts the engine of a target; `None` when the tests know none, the reason when it does
    /// not start.
    pub(crate) fn start(target: &str, folder: &Path) -> Option<Result<Self, String>> {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/engines");
        let file = |end: &str| Some(here.join(format!("{target}.{end}"))).filter(|p| p.exists());
        let (program, script) =
            file("py")
                .map(|script| (folder.join("venv/bin/python"), script))
                .or_else(|| file("mjs").map(|script| (PathBuf::from("node"), script)))?;
        let mut command = Command::new(program);
        command.arg(script).env("TAMIS_ENGINES", folder);
        // A runner is named as its target is, which may be the name of a package.
        command.env("PYTHONSAFEPATH", "1").env("PYTHONPATH", here.join("shared"));
        let log = folder.join(format!("{target}.log"));
        Some(Self::spawn(command, &log))
    }

    fn spawn(mut command: Command, log: &Path) -> Result<Self, String> {
        let errors = std::fs::File::create(log).map_err(|error| error.to_string())?;
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors);
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let mut engine =
            Engine { child, requests, answers, title: String::new(), without: Vec::new() };
        let hello = engine.read().map_err(|error| {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            format!("{error}: {}", said.trim().lines().last().unwrap_or_default())
        })?;
        let text = |name: &str| hello[name].as_str().unwrap_or_default().to_owned();
        engine.title = format!("{} {}", text("engine"), text("version"));
        Ok(engine)
    }

    fn read(&mut self) -> Result<Json, String> {
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(|error| error.to_string())?;
        serde_json::from_str(&line).map_err(|_| "the engine's runner ended".to_owned())
    }

    fn ask(&mut self, request: &Json) -> Result<Json, String> {
        let requests = self.requests.as_mut().unwrap();
        writeln!(requests, "{request}")
            .and_then(|()| requests.flush())
            .map_err(|e| e.to_string())?;
        self.read()
    }

    /// Makes the table and fills it.
    pub(crate) fn load(&mut self, target: &dyn Target, table: &Table) -> Result<(), String> {
        let ddl = target.ddl(table.schema, &table.form());
        let answer = self.ask(&json!({ "load": table.request(ddl, target) }))?;
        self.without = serde_json::from_value(answer["without"].clone()).unwrap_or_default();
        match answer["error"].as_str() {
            None => Ok(()),
            Some(error) => Err(format!("{}: the table is not made: {error}", self.title)),
        }
    }

    /// Those of the rows that it holds.
    pub(crate) fn held(&self, rows: &[i64]) -> Vec<i64> {
        rows.iter().filter(|row| !self.without.contains(row)).copied().collect()
    }

    /// Whether an answer is the one that is meant.
    pub(crate) fn agrees(&self, answer: &Answer, rows: &[i64]) -> bool {
        answer.is(&self.held(rows))
    }

    /// The rows that each output selects.
    pub(crate) fn select(&mut self, outputs: &[&Json]) -> Result<Vec<Answer>, String> {
        let answer = self.ask(&json!({ "select": outputs }))?;
        let rows = answer["rows"].as_array().filter(|rows| rows.len() == outputs.len());
        let failed = || format!("{}: {}", self.title, answer["error"]);
        Ok(rows.ok_or_else(failed)?.iter().map(Answer::of).collect())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        drop(self.requests.take());
        let _ = self.child.wait();
    }
}
