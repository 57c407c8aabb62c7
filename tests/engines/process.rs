//! An engine in a process of its own, asked line by line (see `shared/runner.py`).

use std::fmt;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::{Value as Json, json};
use tamis::target::{Proof, Target};

use crate::draw::Table;
use crate::{Question, number};

/// Seconds in which a request has to be answered.
const DEADLINE: usize = 300;

/// The most queries of a request.
const BATCH: usize = 1000;

/// Of a table's rows, at most one in so many may be left out of an answer that proves something.
const LEFT_OUT: usize = 2;

pub(crate) struct Engine {
    command: Command,
    runner: Runner,
    /// Its name and version.
    pub(crate) title: String,
    /// The first and last instants of the engine's own type.
    pub(crate) instants: Option<(String, String)>,
    /// What a second run has other than usual of the engine's settings.
    pub(crate) hostile: Option<String>,
    /// The loaded table, for a runner that takes over.
    loaded: Json,
}

/// The process of an engine, and whatever that starts.
struct Runner {
    child: Child,
    requests: Option<ChildStdin>,
    answers: Receiver<String>,
}

/// What an engine says to a query.
pub(crate) enum Answer {
    /// The numbers of the rows, and of those that a stand-in cannot hold.
    Rows { rows: Vec<i64>, without: Vec<i64> },
    /// The engine only reads it, and finds it well-formed.
    Read,
    /// It fails, with these words.
    Error(String),
    /// It ends or hangs over it.
    Lost(String),
}

impl Answer {
    fn of(json: &Json) -> Self {
        let numbers = |json: &Json| serde_json::from_value(json.clone()).ok();
        match numbers(json).or_else(|| numbers(&json["rows"])) {
            Some(rows) => {
                Answer::Rows { rows, without: numbers(&json["without"]).unwrap_or_default() }
            }
            None if json["checked"] == true => Answer::Read,
            None => Answer::Error(json["error"].as_str().unwrap_or("no answer").to_owned()),
        }
    }

    /// Whether it is what the matcher says, as far as the target is to be proven.
    pub(crate) fn agrees(&self, asked: &Question, proof: Proof) -> bool {
        match self {
            Answer::Rows { rows, without } => {
                let whole = without.is_empty() || proof == Proof::StandIn;
                proof != Proof::Parsed && whole && asked.is_answered(rows, without)
            }
            Answer::Read => proof != Proof::Executed,
            Answer::Error(_) | Answer::Lost(_) => false,
        }
    }

    /// Whether it proves something of a table of so many rows.
    pub(crate) fn proves(&self, records: usize) -> bool {
        let Answer::Rows { without, .. } = self else { return false };
        without.len() * LEFT_OUT <= records
    }

    /// Those of the rows that are not left out.
    pub(crate) fn held(&self, expected: &[i64]) -> Vec<i64> {
        let without: &[i64] = if let Answer::Rows { without, .. } = self { without } else { &[] };
        expected.iter().filter(|row| !without.contains(row)).copied().collect()
    }

    /// The rows that only one of both has.
    pub(crate) fn apart(&self, expected: &[i64]) -> Vec<i64> {
        let Answer::Rows { rows, .. } = self else { return expected.to_vec() };
        let expected = self.held(expected);
        let more = rows.iter().filter(|row| !expected.contains(row));
        more.chain(expected.iter().filter(|row| !rows.contains(row))).copied().collect()
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Rows { rows, .. } => write!(f, "{rows:?}"),
            Answer::Read => f.write_str("well-formed"),
            Answer::Error(error) | Answer::Lost(error) => f.write_str(error),
        }
    }
}

impl Engine {
    /// Starts the engine of a target; `None` when the tests know none, the reason when it does
    /// not start.
    pub(crate) fn start(
        target: &dyn Target,
        folder: &Path,
        hostile: bool,
    ) -> Option<Result<Self, String>> {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/engines");
        let name = target.name();
        let file = |end: &str| Some(here.join(format!("{name}.{end}"))).filter(|p| p.exists());
        let (program, script) =
            file("py")
                .map(|script| (folder.join("venv/bin/python"), script))
                .or_else(|| file("mjs").map(|script| (PathBuf::from("node"), script)))?;
        let mut command = Command::new(program);
        command.arg(script).env("TAMIS_ENGINES", folder);
        if hostile {
            command.env("TAMIS_HOSTILE", "1");
        }
        // A runner is named as its target is, which may be the name of a package.
        command.env("PYTHONSAFEPATH", "1").env("PYTHONPATH", here.join("shared"));
        // With a group of its own, what it starts can be ended with it.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let log = folder.join(format!("{name}.log"));
        Some(Self::spawn(command, &log))
    }

    fn spawn(mut command: Command, log: &Path) -> Result<Self, String> {
        let errors = std::fs::File::create(log).map_err(|error| error.to_string())?;
        command.stderr(errors);
        let (runner, hello) = Runner::spawn(&mut command).map_err(|error| {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            format!("{error}: {}", said.trim().lines().last().unwrap_or_default())
        })?;
        let text = |name: &str| hello[name].as_str().unwrap_or_default();
        let title = format!("{} {}", text("engine"), text("version"));
        let instants = serde_json::from_value(hello["instants"].clone()).unwrap_or_default();
        let hostile = hello["hostile"].as_str().map(str::to_owned);
        Ok(Engine { command, runner, title, instants, hostile, loaded: Json::Null })
    }

    /// Makes the table and fills it.
    pub(crate) fn load(&mut self, target: &dyn Target, table: &Table) -> Result<(), String> {
        let ddl = target.ddl(table.schema, &table.form());
        self.loaded = json!({ "load": table.request(ddl, target) });
        self.reload()
    }

    fn reload(&mut self) -> Result<(), String> {
        let answer = self.runner.ask(&self.loaded);
        let answer = answer.map_err(|lost| format!("{}: {lost} over a table", self.title))?;
        match answer["error"].as_str() {
            None => Ok(()),
            Some(error) => Err(format!("{}: the table is not made: {error}", self.title)),
        }
    }

    /// The rows that each output selects. Where the runner is lost, answers end with the output
    /// that loses it again.
    pub(crate) fn select(&mut self, outputs: &[&Json]) -> Result<Vec<Answer>, String> {
        let mut answers = Vec::with_capacity(outputs.len());
        for some in outputs.chunks(BATCH) {
            answers.extend(self.select_some(some)?);
            if matches!(answers.last(), Some(Answer::Lost(_))) {
                break;
            }
        }
        Ok(answers)
    }

    fn select_some(&mut self, outputs: &[&Json]) -> Result<Vec<Answer>, String> {
        let lost = match self.batch(outputs) {
            Ok(answers) => return Ok(answers),
            Err(lost) => lost,
        };
        self.restart()?;
        let mut answers = Vec::new();
        for output in outputs {
            match self.batch(&[output]) {
                Ok(answer) => answers.extend(answer),
                Err(lost) => {
                    answers.push(Answer::Lost(lost));
                    self.restart()?;
                    return Ok(answers);
                }
            }
        }
        Err(format!("{}: {lost} over {} queries, and over none alone", self.title, outputs.len()))
    }

    fn batch(&mut self, outputs: &[&Json]) -> Result<Vec<Answer>, String> {
        let answer = self.runner.ask(&json!({ "select": outputs }))?;
        let rows = answer["rows"].as_array().filter(|rows| rows.len() == outputs.len());
        let failed = || answer["error"].as_str().unwrap_or("it answers too few").to_owned();
        Ok(rows.ok_or_else(failed)?.iter().map(Answer::of).collect())
    }

    fn restart(&mut self) -> Result<(), String> {
        let started = Runner::spawn(&mut self.command);
        let (runner, _) = started.map_err(|error| format!("{}: again: {error}", self.title))?;
        self.runner = runner;
        self.reload()
    }
}

impl Runner {
    /// Starts it, and gives what it says first.
    fn spawn(command: &mut Command) -> Result<(Self, Json), String> {
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let requests = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            lines.map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let runner = Runner { child, requests, answers };
        let hello = runner.read()?;
        Ok((runner, hello))
    }

    fn read(&self) -> Result<Json, String> {
        let seconds = number("TAMIS_ENGINE_DEADLINE").unwrap_or(DEADLINE);
        let line = self.answers.recv_timeout(Duration::from_secs(seconds as u64));
        let line = line.map_err(|error| match error {
            RecvTimeoutError::Timeout => format!("the runner does not answer for {seconds} s"),
            RecvTimeoutError::Disconnected => "the runner ended".to_owned(),
        })?;
        serde_json::from_str(&line).map_err(|error| format!("the runner answers {line}: {error}"))
    }

    fn ask(&mut self, request: &Json) -> Result<Json, String> {
        let requests = self.requests.as_mut().unwrap();
        let asked = writeln!(requests, "{request}").and_then(|()| requests.flush());
        asked.map_err(|error| format!("the runner ended ({error})"))?;
        self.read()
    }
}

impl Drop for Runner {
    /// A runner ends when nothing more is asked; one that hangs is ended, with what it started.
    fn drop(&mut self) {
        drop(self.requests.take());
        let ended = self.answers.recv_timeout(Duration::from_secs(30));
        if ended != Err(RecvTimeoutError::Disconnected) {
            let group = format!("-{}", self.child.id());
            let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        }
        let _ = self.child.wait();
    }
}
