//! What the drivers share: data files and the program itself.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

pub fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The objects of a JSON Lines file.
pub fn jsonl(name: &str) -> Vec<Value> {
    read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The program.
pub fn tamis() -> Command {
    Command::new(env!("CARGO_BIN_EXE_tamis"))
}

/// Runs the program with an input.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = tamis();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that does not read its input closes it, which is no failure here.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// A running `tamis compile --batch`.
pub struct Batch {
    child: Child,
    lines: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Batch {
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = tamis();
        command
            .args(["compile", "--batch"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Batch { child, lines, answers }
    }

    /// Sends one line and reads its answer before anything else is sent.
    pub fn ask(&mut self, line: &Value) -> Value {
        self.ask_raw(line.to_string().as_bytes())
    }

    pub fn ask_raw(&mut self, line: &[u8]) -> Value {
        let input = self.lines.as_mut().unwrap();
        input.write_all(line).unwrap();
        input.write_all(b"\n").unwrap();
        input.flush().unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        drop(self.lines.take());
        self.child.wait().unwrap();
    }
}

/// One query of `tests/corpus`: a title, how it is compiled, and its text.
pub struct Case {
    pub title: String,
    pub schema: String,
    pub text: String,
}

/// The queries of a corpus file, divided by lines that begin with `--- TITLE`, with `[SCHEMA]`
/// behind the title where it is not `activities`.
pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("--- ") {
            let (title, schema) = match title.split_once(" [") {
                Some((title, schema)) => (title, schema.trim_end_matches(']')),
                None => (title, "activities"),
            };
            cases.push(Case { title: title.into(), schema: schema.into(), text: String::new() });
        } else if let Some(case) = cases.last_mut() {
            case.text.push_str(line);
            case.text.push('\n');
        }
    }
    cases.iter_mut().for_each(|case| case.text = case.text.trim_end_matches('\n').to_owned());
    cases
}
