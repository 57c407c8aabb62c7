//! Reading queries and files.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use super::args::Source;
use super::failure::Failure;
use super::report::Report;

/// A text and the name it has in diagnostics.
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Source {
    /// The query's text.
    pub(crate) fn read(&self, report: &Report) -> Result<Text, Failure> {
        match (&self.query, &self.file) {
            (Some(query), _) if query == "-" => stdin(report),
            (Some(query), _) => utf8("query".into(), os_bytes(query), report),
            (None, Some(path)) => file(path, report),
            (None, None) if io::stdin().is_terminal() => {
                let hint = "no query: write it as an argument, with --file, or on standard input; see --help";
                Err(Failure::Usage(hint.into()))
            }
            (None, None) => stdin(report),
        }
    }
}

/// The text of a file, `-` for standard input.
pub(crate) fn file(path: &Path, report: &Report) -> Result<Text, Failure> {
    if path == Path::new("-") {
        return stdin(report);
    }
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(Failure::read(&name))?;
    utf8(name, bytes, report)
}

fn stdin(report: &Report) -> Result<Text, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(Failure::read("standard input"))?;
    utf8("standard input".into(), bytes, report)
}

fn utf8(name: String, bytes: Vec<u8>, report: &Report) -> Result<Text, Failure> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Text { name, text }),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            report.all(&[tamis::diag::not_utf8(place)], &Text { name, text });
            Err(Failure::Query)
        }
    }
}

fn os_bytes(text: &OsStr) -> Vec<u8> {
    text.as_encoded_bytes().to_vec()
}
