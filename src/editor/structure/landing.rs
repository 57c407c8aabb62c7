//! Where the clause of an edit stands afterwards, so that a host can go on with it.

use super::{Change, Target, clauses};
use crate::limits::Limits;

/// The clause that an edit added or changed, by its place in the changed text; `None` when it is
/// gone or the edit was on a group.
///
/// ```
/// use tamis::editor::structure::{Change, Target, landing};
/// let limits = tamis::Limits::default();
/// let change = Change::Move { target: Target::Clause(0), later: true };
/// assert_eq!(landing("a = 1 and b = 2", "b = 2 and a = 1", &change, &limits), Some(1));
/// ```
#[must_use]
pub fn landing(before: &str, after: &str, change: &Change<'_>, limits: &Limits) -> Option<usize> {
    let texts = |text: &str| -> Vec<String> {
        clauses(text, limits).iter().map(|row| row.span.of(text).to_owned()).collect()
    };
    match *change {
        Change::Add { .. } => {
            let (old, new) = (texts(before), texts(after));
            (0..new.len()).find(|place| new.get(*place) != old.get(*place))
        }
        Change::Remove(_) | Change::Join(..) => None,
        Change::Negate(target) => match target {
            Target::Clause(clause) => Some(clause),
            Target::Group(_) => None,
        },
        Change::Mute(clause)
        | Change::Unmute(clause)
        | Change::Rewrite(clause, _)
        | Change::Replace { clause, .. } => Some(clause),
        Change::Move { target: Target::Group(_), .. } => None,
        Change::Move { target: Target::Clause(clause), later } => {
            let moved = texts(before).get(clause).cloned()?;
            let new = texts(after);
            let is_moved = |place: &usize| new.get(*place) == Some(&moved);
            if later {
                (clause + 1..new.len()).find(is_moved)
            } else {
                (0..clause).rev().find(is_moved)
            }
        }
    }
}
