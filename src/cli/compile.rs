//! `tamis compile`: a query in, a target's output out.

use clap::Args;
use tamis::target::{self, Form, Output};

use super::args::{Checking, Messages, Source, Store, has_choices};
use super::batch;
use super::failure::Failure;
use super::report::{self, Report};
use super::schemas;

/// Compile a query for a target.
#[derive(Args)]
pub(crate) struct Compile {
    #[command(flatten)]
    source: Source,
    /// What to compile to; `tamis targets` lists them
    #[arg(long, value_name = "TARGET", default_value = "api")]
    to: String,
    #[command(flatten)]
    checking: Checking,
    #[command(flatten)]
    messages: Messages,
    /// The whole request or SELECT statement, with order by, limit and skip
    #[arg(long, visible_alias = "select")]
    body: bool,
    /// A curl command that sends the whole request
    #[arg(long, conflicts_with = "batch")]
    curl: bool,
    /// SQL as plain text, its values written into it
    #[arg(long)]
    inline: bool,
    #[command(flatten)]
    store: Store,
    /// Compile JSON Lines {"id","query","schema","now","to","params"}, one JSON line out for each
    #[arg(long, conflicts_with = "query")]
    batch: bool,
}

impl Compile {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let form = Form { whole: self.body || self.curl, inline: self.inline, ..self.store.form() };
        if self.batch {
            return batch::run(self.source.file.as_deref(), &self.checking, &self.to, &form);
        }
        let report = Report::new(self.messages);
        let options = self.checking.options()?;
        let target =
            target::named(&self.to).map_err(|unknown| Failure::Usage(with_help(&unknown)))?;
        has_choices(target, &form).map_err(Failure::Usage)?;
        let schema = schemas::find(&self.checking.schema, &report)?;
        let text = self.source.read(&report)?;
        match tamis::compile_with(&text.text, &schema, &self.to, &options, &form) {
            Ok(compiled) => {
                report.empty(&text);
                report.all(&compiled.warnings, &text);
                if let (Output::Api(request), true) = (&compiled.output, self.curl) {
                    let unbounded: Vec<_> = request.unbounded(&schema).into_iter().collect();
                    report.all(&unbounded, &text);
                }
                self.print(&compiled.output, &schema)
            }
            Err(found) => report.check(&found, &text),
        }
    }

    fn print(&self, output: &Output, schema: &tamis::Schema) -> Result<(), Failure> {
        match output {
            Output::Api(request) if self.curl => {
                let command =
                    request.curl(schema).map_err(|error| Failure::Usage(with_help(&error)))?;
                report::print(&command)
            }
            Output::Plan(plan) if self.curl => {
                let script =
                    plan.curl(schema).map_err(|error| Failure::Usage(with_help(&error)))?;
                report::print(&script)
            }
            Output::Sql(_) | Output::Text { .. } if self.curl => Err(Failure::Usage(format!(
                "`--curl` sends requests of the API, not `--to {}`",
                self.to
            ))),
            Output::Sql(statement) if self.inline => report::print(&statement.sql),
            Output::Text { text } => report::print(text),
            Output::Api(_) | Output::Plan(_) | Output::Sql(_) => report::print_json(output),
        }
    }
}

/// A diagnostic about the command line, which has no source text to draw it over.
fn with_help(found: &tamis::Diagnostic) -> String {
    let help = found.help.iter().map(|help| format!("; {help}"));
    std::iter::once(found.message.clone()).chain(help).collect()
}
