//! `tamis fmt`: the canonical form of a query.

use clap::Args;
use tamis::Options;
use tamis::fmt::{format, full_names};

use super::args::{self, Messages, Source};
use super::failure::Failure;
use super::fix;
use super::report::{self, Report};
use super::schemas;

/// Print a query in its canonical form.
#[derive(Args)]
pub(crate) struct Fmt {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    messages: Messages,
    /// Write the whole names of fields that the query names by their last parts in this schema, by
    /// which `--fix` reads it too: a shipped one by name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    schema: Option<String>,
    /// Print nothing; exit 1 when the query is not in its canonical form
    #[arg(long, conflicts_with = "fix")]
    check: bool,
    /// Apply the fixes that only respell what was written first, and write the file; a query that
    /// comes from no file is printed
    #[arg(long)]
    fix: bool,
}

impl Fmt {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        let mut text = self.source.read(&report)?;
        let before = text.text.clone();
        if self.fix {
            let schema =
                schemas::find(self.schema.as_deref().unwrap_or(args::DEFAULT_SCHEMA), &report)?;
            text = fix::mended(&text, &schema, &Options::at(0), self.messages).0;
        }
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
        if self.fix {
            return fix::put(&self.source, &before, &format!("{}\n", formatted.trim_end()));
        }
        if !self.check {
            return report::print(&formatted);
        }
        let same = formatted.trim_end() == text.text.trim_end();
        if same { Ok(()) } else { Err(Failure::Query) }
    }
}
