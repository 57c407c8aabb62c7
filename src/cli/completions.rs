//! `tamis completions`: a completion script for a shell.

use clap::Args;
use clap_complete::Shell;

use super::failure::Failure;
use super::report;

/// Print a completion script.
#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, cli: &mut clap::Command) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, cli, "tamis", &mut script);
        report::print(&String::from_utf8_lossy(&script))
    }
}
