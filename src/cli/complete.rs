//! `tamis complete`: what can stand at a place of a query, as JSON.

use clap::{Args, ValueEnum};
use serde::Serialize;
use tamis::Positions;
use tamis::editor::complete::complete;
use tamis::editor::problems::{Problem, problems};

use super::args::{Checking, Color, MessageFormat, Messages, Source};
use super::failure::Failure;
use super::report::{Report, print_json};
use super::schemas;

/// Print what can stand at a place of a query.
#[derive(Args)]
pub(crate) struct Complete {
    #[command(flatten)]
    source: Source,
    /// The place, counted from 0; by default the end of the query
    #[arg(long, value_name = "N")]
    at: Option<usize>,
    /// What the place is counted in; the answer counts in bytes
    #[arg(long, value_enum, default_value_t = Unit::Bytes)]
    unit: Unit,
    #[command(flatten)]
    checking: Checking,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    Bytes,
    Utf16,
}

/// The answer: items, the likeliest first, and what is wrong with the query as it stands.
#[derive(Serialize)]
struct Answer {
    at: usize,
    items: Vec<tamis::editor::complete::Item>,
    problems: Vec<Problem>,
}

impl Complete {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let messages = Messages { message_format: MessageFormat::Human, color: Color::Auto };
        let report = Report::new(messages);
        let options = self.checking.options()?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let text = self.source.read(&report)?.text;
        let at = match (self.at, self.unit) {
            (None, _) => text.len(),
            (Some(at), Unit::Bytes) => text.floor_char_boundary(at),
            (Some(at), Unit::Utf16) => Positions::new(&text).byte_of_utf16(at),
        };
        let items = complete(&text, at, &schema, &options, None);
        let problems = problems(&text, Some(at), &schema, &options);
        print_json(&Answer { at, items, problems })
    }
}
