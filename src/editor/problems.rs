//! Problems while a text is being typed: every diagnostic, with a mark on what the person at the
//! caret is about to finish.

use serde::Serialize;

use super::Edit;
use crate::check::check;
use crate::diag::{Code, Diagnostic, Fix};
use crate::options::Options;
use crate::schema::Schema;
use crate::span::Span;
use crate::syntax::parse_with;

/// A diagnostic of a text that is being typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What is wrong, or worth knowing.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
    /// True when the caret is at it, so that a host may wait until typing pauses.
    pub typing: bool,
}

/// Everything there is to say about a text, by place.
///
/// ```
/// use tamis::{Options, Schema, editor::problems::problems};
/// let schema = Schema::builtin("activities")?;
/// let text = "servce = Box and date >= ";
/// let found = problems(text, Some(text.len()), schema, &Options::at(0));
/// assert_eq!(found.iter().map(|found| found.typing).collect::<Vec<_>>(), [false, true]);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn problems(
    text: &str,
    caret: Option<usize>,
    schema: &Schema,
    options: &Options,
) -> Vec<Problem> {
    of(check(&parse_with(text, &options.limits), schema, options).diagnostics, text, caret)
}

/// Diagnostics of a text with that mark.
pub(crate) fn of(found: Vec<Diagnostic>, text: &str, caret: Option<usize>) -> Vec<Problem> {
    let typing = |place: Span| caret.is_some_and(|caret| touches(text, place, caret));
    let problem = |diagnostic: Diagnostic| {
        // A bracket that is still to be closed is about its opening, but typed at the end.
        let open = diagnostic.code == Code::UnclosedBracket;
        let closing = diagnostic.fixes.first().filter(|_| open).map(|fix| fix.span);
        Problem { typing: typing(diagnostic.span) || closing.is_some_and(typing), diagnostic }
    };
    found.into_iter().map(problem).collect()
}

/// True when only blanks stand between the place and the caret behind it, if any.
fn touches(text: &str, place: Span, caret: usize) -> bool {
    let (start, end) = (place.start as usize, place.end as usize);
    let between = text.get(end.min(caret)..caret).unwrap_or_default();
    start <= caret && (caret <= end || between.trim().is_empty())
}

impl From<&Fix> for Edit {
    fn from(fix: &Fix) -> Self {
        Edit::new(fix.span, fix.text.as_str())
    }
}
