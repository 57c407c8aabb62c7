//! Diagnostics on standard error, results on standard output.

use std::io::{self, IsTerminal as _, Write as _};

use serde::Serialize;
use tamis::Diagnostic;
use tamis::diag::render::{Style, draw};

use super::args::{Color, MessageFormat, Messages};
use super::failure::Failure;
use super::input::Text;

/// Prints diagnostics in the chosen form.
pub(crate) struct Report {
    format: MessageFormat,
    style: Style,
}

impl Report {
    pub(crate) fn new(messages: Messages) -> Self {
        let color = match messages.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let choice = anstream::AutoStream::choice(&io::stderr());
                io::stderr().is_terminal() && choice != anstream::ColorChoice::Never
            }
        };
        let width =
            terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0.into());
        Report { format: messages.message_format, style: Style { color, width } }
    }

    /// Prints diagnostics over the text they are about.
    pub(crate) fn all(&self, found: &[Diagnostic], source: &Text) {
        let mut out = io::stderr().lock();
        for diagnostic in found {
            let text = match self.format {
                MessageFormat::Human => draw(diagnostic, &source.name, &source.text, self.style),
                MessageFormat::Json => serde_json::to_string(diagnostic).unwrap_or_default(),
            };
            // Nobody reads standard error when writing to it fails.
            let _ = writeln!(out, "{}", text.trim_end());
        }
    }

    /// Warns about a query that is empty, as when a variable of a shell is.
    pub(crate) fn empty(&self, source: &Text) {
        if is_empty(&source.text) {
            self.all(&[tamis::diag::empty_query()], source);
        }
    }

    /// Prints diagnostics; a failure when one of them is an error.
    pub(crate) fn check(&self, found: &[Diagnostic], source: &Text) -> Result<(), Failure> {
        self.all(found, source);
        if found.iter().any(Diagnostic::is_error) { Err(Failure::Query) } else { Ok(()) }
    }
}

/// True for a query without a condition; most texts are told by how they begin.
pub(crate) fn is_empty(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    (text.is_empty() || text.starts_with('#')) && tamis::parse(text).is_empty()
}

/// Prints a value as JSON, indented on a terminal.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let pretty = io::stdout().is_terminal();
    let text =
        if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    print(&text.map_err(|error| Failure::write(error.into()))?)
}

/// Prints a text and ends its line.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    write!(out, "{text}{end}").and_then(|()| out.flush()).map_err(Failure::write)
}
