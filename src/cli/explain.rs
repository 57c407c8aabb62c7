//! `tamis explain`: a query in plain English, or what a diagnostic code means.

use clap::Args;
use tamis::diag::Code;
use tamis::explain::explain;

use super::args::{Checking, Messages, Source};
use super::failure::Failure;
use super::report::{self, Report};
use super::schemas;

/// Say a query, or what a diagnostic code means, in plain English.
#[derive(Args)]
pub(crate) struct Explain {
    /// Say what a diagnostic code means, such as T0303
    #[arg(long, value_name = "CODE", conflicts_with_all = ["query", "file"])]
    code: Option<String>,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    checking: Checking,
    #[command(flatten)]
    messages: Messages,
}

impl Explain {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        if let Some(code) = &self.code {
            return meaning(code);
        }
        let report = Report::new(self.messages);
        let options = self.checking.options()?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let text = self.source.read(&report)?;
        let parsed = tamis::parse_with(&text.text, &options.limits);
        let checked = tamis::check(&parsed, &schema, &options);
        report.empty(&text);
        report.check(&checked.diagnostics, &text)?;
        match checked.query {
            Some(query) => report::print(&explain(&query, &options.zone)),
            None => Err(Failure::Query),
        }
    }
}

/// A code's title and explanation, with an example.
fn meaning(code: &str) -> Result<(), Failure> {
    let Some(code) = Code::named(code) else {
        return Err(Failure::Usage(format!(
            "`{code}` is not a diagnostic code; the reference lists them, from {} on",
            Code::MissingCondition.id()
        )));
    };
    let row = code.row();
    let example = row.example.lines().filter(|line| !line.starts_with("#:"));
    let example: Vec<&str> = example.collect();
    let example = if example.is_empty() {
        String::new()
    } else {
        format!("\nFor example:\n\n    {}\n", example.join("\n    "))
    };
    report::print(&format!("{}: {}\n\n{}\n{example}", row.id, row.title, row.explanation))
}
