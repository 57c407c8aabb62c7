//! `tamis explain`: a query in plain English.

use clap::Args;
use tamis::text::explain::explain;

use super::args::{Checking, Messages, Source};
use super::failure::Failure;
use super::report::{self, Report};
use super::schemas;

/// Say a query in plain English.
#[derive(Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    checking: Checking,
    #[command(flatten)]
    messages: Messages,
}

impl Explain {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        let options = self.checking.options()?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let text = self.source.read(&report)?;
        let parsed = tamis::parse_with(&text.text, &options.limits);
        let checked = tamis::check(&parsed, &schema, &options);
        report.check(&checked.diagnostics, &text)?;
        match checked.query {
            Some(query) => report::print(&explain(&query, &options.zone)),
            None => Err(Failure::Query),
        }
    }
}
