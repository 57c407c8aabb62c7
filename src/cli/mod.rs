//! The command line: one file a command. All input and output of the project happens here.
//!
//! Laws: results on standard output, diagnostics on standard error; exit 0 fine, 1 the query is
//! wrong, 2 usage or I/O.

mod args;
mod batch;
mod check;
mod compile;
mod complete;
mod completions;
mod decompile;
mod diff;
mod explain;
mod failure;
mod fix;
mod fmt;
mod input;
mod lsp;
mod playground;
mod records;
mod report;
mod run;
mod schema;
mod schemas;
mod targets;
mod test;
mod unknown;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use failure::Failure;

/// Compile filter queries: checked against a schema, emitted as API filters or SQL.
#[derive(Parser)]
#[command(version, max_term_width = 100, args_conflicts_with_subcommands = true)]
#[command(before_help = "`tamis QUERY` is `tamis compile QUERY --to api`.", after_help = LANGUAGE)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    compile: compile::Compile,
}

#[derive(Subcommand)]
enum Command {
    /// Compile a query for a target
    Compile(compile::Compile),
    /// Check a query and print nothing but diagnostics
    Check(check::Check),
    /// Print the records of files that a query selects
    Run(run::Run),
    /// Say how two queries relate, with an example record for each side of the difference
    Diff(diff::Diff),
    /// Print a query in its canonical form
    Fmt(fmt::Fmt),
    /// Say a query, or what a diagnostic code means, in plain English
    Explain(explain::Explain),
    /// Turn filter JSON or a portal address back into queries
    Decompile(decompile::Decompile),
    /// Test queries kept in files, with stored outputs and example records
    Test(test::Test),
    /// List, show, check and import schemas, or print their tables for SQL
    Schema(schema::Schema),
    /// List what a query can be compiled to
    Targets(targets::Targets),
    /// Print what can stand at a place of a query, for editors
    Complete(complete::Complete),
    /// Serve editors over the language server protocol
    Lsp(lsp::Lsp),
    /// Serve a page with the query box, the builder and every target's output
    Playground(playground::Playground),
    /// Print a completion script for a shell
    Completions(completions::Completions),
}

/// The language on one screen, printed under `--help`.
const LANGUAGE: &str = "\
The language:
  ip.category = Risky and date in last 7 days      field, operator, value; and, or, not, ( )
  service in (\"Exchange Online\", 11770)            lists; labels or wire values
  user.username starts with adm                    contains, starts with, ends with, their not
  not location.country is set                      is set, is not set
  date >= 2026-10-01 and date < now-36h            >, >=, <, <=; dates, today, -7d, ms
  date between 2026-10-01 and 2026-10-08           in a..b, on 2026-10-01, older than 30 days
  ip.address in 10.16.0.0/12                       networks
  entity = { id: \"u-1\", inst: 0 }                  keys
  \"mass download\"                                  a text alone searches
  user.username = $who                             parameters: --param who=alice
  let risky = ip.category = Risky                  named filters, one a line, used as @risky
  … order by date desc limit 50 skip 100           # begins a comment

Exit status: 0 fine, 1 the query is wrong, 2 usage or input and output.
`tamis schema show` lists the fields; `tamis targets` what a query can be compiled to.";

/// Runs the program on its arguments.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(message) => {
            let arguments = std::env::args_os().skip(1);
            let arguments: Vec<String> =
                arguments.map(|text| text.to_string_lossy().into_owned()).collect();
            if let Some(why) = unknown::explain(&message, &arguments) {
                return Failure::Usage(why).finish();
            }
            let code = if message.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
            // A closed pipe is nobody to tell.
            let _ = message.print();
            return code;
        }
    };
    let done = match cli.command {
        None => cli.compile.run(),
        Some(Command::Compile(command)) => command.run(),
        Some(Command::Check(command)) => command.run(),
        Some(Command::Run(command)) => command.run(),
        Some(Command::Diff(command)) => command.run(),
        Some(Command::Fmt(command)) => command.run(),
        Some(Command::Explain(command)) => command.run(),
        Some(Command::Decompile(command)) => command.run(),
        Some(Command::Test(command)) => command.run(),
        Some(Command::Schema(command)) => command.run(),
        Some(Command::Targets(command)) => command.run(),
        Some(Command::Complete(command)) => command.run(),
        Some(Command::Lsp(command)) => command.run(),
        Some(Command::Playground(command)) => command.run(),
        Some(Command::Completions(command)) => command.run(&mut Cli::command()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.finish(),
    }
}
