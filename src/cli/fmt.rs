//! `tamis fmt`: the canonical form of a query.

use clap::Args;
use tamis::text::fmt::{format, full_names};

use super::args::{Messages, Source};
use super::failure::Failure;
use super::report::{self, Report};
use super::schemas;

/// Print a query in its canonical form.
#[derive(Args)]
pub(crate) struct Fmt {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    messages: Messages,
    /// Write the whole names of fields that the query names by their last parts in this schema: a
    /// shipped one by name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    schema: Option<String>,
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
        let full = match &self.schema {
            Some(name) => {
                let schema = schemas::find(name, &report)?;
                full_names(&parsed, &schema)
            }
            None => text.text.clone(),
        };
        let formatted = format(&tamis::parse(&full)).map_err(|_| Failure::Query)?;
        if !self.check {
            return report::print(&formatted);
        }
        let same = formatted.trim_end() == text.text.trim_end();
        if same { Ok(()) } else { Err(Failure::Query) }
    }
}
