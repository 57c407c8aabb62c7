//! `tamis targets`: what a query can be compiled to.

use clap::Args;
use tamis::{Limits, target};

use super::failure::Failure;
use super::report;

/// List targets.
#[derive(Args)]
pub(crate) struct Targets {
    /// List the limits and their defaults instead
    #[arg(long)]
    limits: bool,
}

impl Targets {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let lines: Vec<String> = if self.limits {
            Limits::TABLE
                .iter()
                .map(|(name, default, doc)| format!("{name:<12} {default:>9}  {doc}"))
                .collect()
        } else {
            target::all().iter().map(|target| line(*target)).collect()
        };
        report::print(&lines.join("\n"))
    }
}

fn line(target: &dyn target::Target) -> String {
    let aliases = match target.aliases() {
        [] => String::new(),
        aliases => format!(" (also {})", aliases.join(", ")),
    };
    format!("{:<10} {}{aliases}", target.name(), target.title())
}
