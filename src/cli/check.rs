//! `tamis check`: everything there is to say about a query.

use clap::Args;

use super::args::{Checking, Messages, Source};
use super::failure::Failure;
use super::fix;
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
    /// Apply the fixes that only respell what was written, and write the file; a query that comes
    /// from no file is printed
    #[arg(long)]
    fix: bool,
}

impl Check {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        let options = self.checking.options()?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let text = self.source.read(&report)?;
        if self.fix {
            let (mended, left) = fix::mended(&text, &schema, &options, self.messages);
            fix::put(&self.source, &text.text, &mended.text)?;
            return report.check(&left, &mended);
        }
        let parsed = tamis::parse_with(&text.text, &options.limits);
        let checked = tamis::check(&parsed, &schema, &options);
        report.empty(&text);
        report.check(&checked.diagnostics, &text)
    }
}
