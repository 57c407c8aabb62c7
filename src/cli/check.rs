//! `tamis check`: everything there is to say about a query.

use clap::Args;

use super::args::{Checking, Messages, Source};
use super::failure::Failure;
use super::report::Report;
use super::schemas;

/// Check a query.
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    checking: Checking,
    #[command(flatten)]
    messages: Messages,
}

impl Check {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        let options = self.checking.options()?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let text = self.source.read(&report)?;
        let parsed = tamis::parse_with(&text.text, &options.limits);
        let checked = tamis::check(&parsed, &schema, &options);
        report.empty(&text);
        report.check(&checked.diagnostics, &text)
    }
}
