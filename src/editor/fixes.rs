//! Safe fixes, applied without asking: they only respell what was written (`docs/language.md`, 4).

use crate::check::check;
use crate::diag::{Diagnostic, Fix};
use crate::options::Options;
use crate::schema::Schema;
use crate::syntax::parse_with;

/// A text after its safe fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// What was done, in order: what was wrong, and the fix. Places are those of the text that the
    /// fix was applied to.
    pub done: Vec<(Diagnostic, Fix)>,
    /// What there is still to say about the text.
    pub left: Vec<Diagnostic>,
}

/// Applies safe fixes until none is left.
///
/// ```
/// use tamis::{Options, Schema, editor::fixes::mend};
/// let schema = Schema::builtin("activities")?;
/// let mended = mend("ip.category:Risky & date >= 2026-10-01", schema, &Options::at(0));
/// assert_eq!(mended.text, "ip.category = Risky and date >= 2026-10-01");
/// assert_eq!(mended.done.len(), 2);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn mend(text: &str, schema: &Schema, options: &Options) -> Mended {
    // Every round mends something; the bound is for a fix that would undo another.
    const ROUNDS: usize = 100;
    let mut mended = Mended { text: text.to_owned(), done: Vec::new(), left: Vec::new() };
    for _ in 0..=ROUNDS {
        let parsed = parse_with(&mended.text, &options.limits);
        mended.left = check(&parsed, schema, options).diagnostics;
        let mut round: Vec<(Diagnostic, Fix)> = Vec::new();
        for found in &mended.left {
            let fix = found.fixes.iter().find(|fix| fix.safe);
            // Fixes that touch are left for the next round.
            let apart =
                |fix: &&Fix| round.last().is_none_or(|(_, last)| last.span.end < fix.span.start);
            if let Some(fix) = fix.filter(apart) {
                round.push((found.clone(), fix.clone()));
            }
        }
        if round.is_empty() {
            break;
        }
        let edits: Vec<super::Edit> = round.iter().map(|(_, fix)| fix.into()).collect();
        mended.text = super::apply(&mended.text, &edits);
        mended.done.extend(round);
    }
    mended
}
