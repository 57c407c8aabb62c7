//! `tamis fmt`: the canonical form of a query.

use clap::Args;

use super::args::{Messages, Source};
use super::failure::Failure;
use super::report::{self, Report};

/// Print a query in its canonical form. Needs no schema.
#[derive(Args)]
pub(crate) struct Fmt {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    messages: Messages,
    /// Print nothing; exit 1 when the query is not in its canonical form
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        let text = self.source.read(&report)?;
        let parsed = tamis::parse(&text.text);
        report.check(&parsed.diagnostics(), &text)?;
        let formatted = tamis::text::fmt::format(&parsed).map_err(|_| Failure::Query)?;
        if !self.check {
            return report::print(&formatted);
        }
        let same = formatted.trim_end() == text.text.trim_end();
        if same { Ok(()) } else { Err(Failure::Query) }
    }
}
