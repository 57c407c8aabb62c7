//! `tamis compile --batch`: JSON Lines in, one JSON line out for each, in order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tamis::target::{Form, Output};
use tamis::{Diagnostic, Options, Params, diag};

use super::args::{Checking, read_now};
use super::failure::Failure;
use super::report;
use super::schemas::Cache;

/// One line in. Members that are not listed are ignored, as a newer caller may send more.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Json,
    query: String,
    schema: Option<String>,
    now: Option<Now>,
    to: Option<String>,
    #[serde(default)]
    params: Params,
}

/// RFC 3339, or milliseconds since the epoch.
#[derive(Deserialize)]
#[serde(untagged)]
enum Now {
    Millis(i64),
    Text(String),
}

/// One line out.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Good { id: Json, ok: bool, output: Output, warnings: Vec<Diagnostic> },
    Bad { id: Json, ok: bool, diagnostics: Vec<Diagnostic> },
}

/// Answers every line of a file or of standard input.
pub(super) fn run(
    file: Option<&Path>,
    checking: &Checking,
    to: &str,
    form: &Form,
) -> Result<(), Failure> {
    let mut session = Session {
        options: checking.options()?,
        schema: &checking.schema,
        to,
        form,
        schemas: Cache::default(),
    };
    match file.filter(|path| *path != Path::new("-")) {
        None => session.answer_all(io::stdin().lock(), "standard input"),
        Some(path) => {
            let name = path.display().to_string();
            let file = File::open(path).map_err(Failure::read(&name))?;
            session.answer_all(BufReader::new(file), &name)
        }
    }
}

/// What all lines of one run share.
struct Session<'r> {
    options: Options,
    schema: &'r str,
    to: &'r str,
    form: &'r Form,
    schemas: Cache,
}

impl Session<'_> {
    fn answer_all(&mut self, mut lines: impl BufRead, name: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let mut line = Vec::new();
        loop {
            line.clear();
            if lines.read_until(b'\n', &mut line).map_err(Failure::read(name))? == 0 {
                return Ok(());
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let answer = serde_json::to_string(&self.answer(&line))
                .map_err(|error| Failure::write(error.into()))?;
            writeln!(out, "{answer}").and_then(|()| out.flush()).map_err(Failure::write)?;
        }
    }

    fn answer(&mut self, line: &[u8]) -> Answer {
        let line: Line = match serde_json::from_slice(line) {
            Ok(line) => line,
            Err(error) => {
                let id = serde_json::from_slice::<Json>(line).ok();
                let id = id.and_then(|line| line.get("id").cloned()).unwrap_or_default();
                return bad(id, vec![diag::bad_line(&error.to_string())]);
            }
        };
        match self.compile(&line) {
            Ok(compiled) => {
                let empty = report::is_empty(&line.query).then(diag::empty_query);
                let warnings = empty.into_iter().chain(compiled.warnings).collect();
                Answer::Good { id: line.id, ok: true, output: compiled.output, warnings }
            }
            Err(diagnostics) => bad(line.id, diagnostics),
        }
    }

    fn compile(&mut self, line: &Line) -> Result<tamis::Compiled, Vec<Diagnostic>> {
        let schema = self.schemas.get(line.schema.as_deref().unwrap_or(self.schema))?;
        let mut options = self.options.clone();
        options.params.extend(line.params.clone());
        match &line.now {
            None => {}
            Some(Now::Millis(now)) => options.now = *now,
            Some(Now::Text(text)) => {
                options.now = read_now(text, &options.zone)
                    .map_err(|error| vec![diag::bad_line(&error.to_string())])?;
            }
        }
        tamis::compile_with(
            &line.query,
            schema,
            line.to.as_deref().unwrap_or(self.to),
            &options,
            self.form,
        )
    }
}

fn bad(id: Json, diagnostics: Vec<Diagnostic>) -> Answer {
    Answer::Bad { id, ok: false, diagnostics }
}
