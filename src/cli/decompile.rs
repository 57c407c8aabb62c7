//! `tamis decompile`: filter JSON in, queries out.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use tamis::decompile::decompile;

use super::args::{Checking, Messages, Source};
use super::failure::Failure;
use super::report::{self, Report};
use super::schemas;

/// Turn filter JSON, request bodies or portal addresses back into queries, one a line.
#[derive(Args)]
pub(crate) struct Decompile {
    /// The JSON or address; without it and without --file, standard input is read
    #[arg(value_name = "TEXT")]
    text: Option<OsString>,
    /// Read from a file, `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    file: Option<PathBuf>,
    #[command(flatten)]
    checking: Checking,
    #[command(flatten)]
    messages: Messages,
}

impl Decompile {
    /// Prints every query, also beside errors: what an error is about stands behind
    /// `# not decompiled:` on its line.
    pub(crate) fn run(self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        let options = self.checking.options()?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let text = Source { query: self.text, file: self.file }.read(&report)?;
        let found = decompile(&text.text, &schema, &options);
        let mut lines = found.queries.join("\n");
        if !found.queries.is_empty() {
            lines.push('\n');
        }
        report::print(&lines)?;
        report.check(&found.diagnostics, &text)
    }
}
