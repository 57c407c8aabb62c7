//! The clauses of a text and edits on them: add, remove, negate, mute, move, another field, operator
//! or value. Each touches its own characters only; spacing and comments stay.
//!
//! Laws: an edit is made on the clause tree, and the changed text is read again: when it says
//! anything but the old conditions with that one change, the edit is refused. Negating twice, and
//! muting and unmuting, give the same bytes again.

mod add;
mod edits;
mod form;
mod landing;
mod mute;
mod rows;
mod tree;

use std::fmt;

use serde::Serialize;

use super::{Edit, apply};
use crate::limits::Limits;
use crate::syntax::{Parsed, Token};
pub use landing::landing;
pub use rows::{ClauseAt, GroupAt, ItemAt, Outline};
pub use tree::Connective;
use tree::Reading;

/// A clause by its place in [`Outline::clauses`], or a group by its place in [`Outline::groups`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A clause.
    Clause(usize),
    /// A group.
    Group(usize),
}

/// Where a clause is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// It is joined with the whole query.
    Query,
    /// It is joined with one clause or group.
    Part(Target),
    /// It stands in a group, before the item at that place; behind the last one by default.
    In(usize, Option<usize>),
}

/// An edit on the clauses of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'c> {
    /// Adds a condition, written in the language.
    Add {
        /// The condition.
        text: &'c str,
        /// What joins it.
        connective: Connective,
        /// Where.
        place: Beside,
    },
    /// Takes it away, with one connective and its `not`s. Comments stay.
    Remove(Target),
    /// Puts `not` before it, or takes that `not` away again.
    Negate(Target),
    /// Makes the clause a comment, with one connective.
    Mute(usize),
    /// Makes a clause of such a comment again.
    Unmute(usize),
    /// Writes another field, operator or operand; an empty operand takes it away.
    Replace {
        /// The clause.
        clause: usize,
        /// The field's name as text of the language.
        field: Option<&'c str>,
        /// The operator; `…` stands for the operand where words of it follow: `in last … days`.
        operator: Option<&'c str>,
        /// The operand as text of the language: a value, a list, a range.
        operand: Option<&'c str>,
    },
    /// Writes another condition in its place.
    Rewrite(usize, &'c str),
    /// Changes places with the item behind it in its group, or the one before.
    Move {
        /// What moves.
        target: Target,
        /// True towards the end of the text.
        later: bool,
    },
    /// Joins the items of a group by another connective.
    Join(usize, Connective),
}

/// Why an edit is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Refusal {
    /// A bracket or quotation mark is open or too many, or a connective is missing.
    Tangled,
    /// There is no such clause or group.
    Missing,
    /// The new text is not one condition.
    NotACondition,
    /// A named filter needs a condition.
    LastOfFilter,
    /// It is the first or last of its group.
    AtTheEdge,
    /// It is muted already, or not muted, or the edit is not for muted clauses.
    Muted,
    /// The changed text would say something else than it should.
    Unsound,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::Tangled => {
                "the text has a bracket, a quotation mark or a connective missing; mend that first"
            }
            Refusal::Missing => "there is no such clause or group in the text",
            Refusal::NotACondition => "the new text is not a condition that can be read",
            Refusal::LastOfFilter => "a named filter cannot be without a condition",
            Refusal::AtTheEdge => "it is the first or last of its group",
            Refusal::Muted => "the clause is muted, or is not",
            Refusal::Unsound => "the text cannot be changed there without changing something else",
        })
    }
}

impl std::error::Error for Refusal {}

/// The clauses and groups of a text. Named filters come first, then the query.
///
/// ```
/// use tamis::editor::structure::outline;
/// let text = "a = 1 and (b = 2 or c = 3)";
/// let outline = outline(text, &tamis::Limits::default());
/// assert_eq!(outline.clauses.len(), 3);
/// assert_eq!(outline.groups[1].span.of(text), "(b = 2 or c = 3)");
/// assert_eq!(outline.clauses[2].group, 1);
/// ```
#[must_use]
pub fn outline(text: &str, limits: &Limits) -> Outline {
    rows::outline(&Reading::new(text, limits), limits)
}

/// The same of a text that is parsed already.
pub(crate) fn outline_of(parsed: Parsed<'_>, tokens: Vec<Token>, limits: &Limits) -> Outline {
    rows::outline(&Reading::of(parsed, tokens), limits)
}

/// A muted clause without the marks that begin its further lines.
pub(crate) fn without_marks(text: &str) -> String {
    mute::without_marks(text)
}

/// The clauses of a text in its order, named filters first.
///
/// ```
/// use tamis::editor::structure::clauses;
/// let text = "not (a = 1 or b is set)";
/// let all = clauses(text, &tamis::Limits::default());
/// assert_eq!(all.iter().map(|clause| clause.span.of(text)).collect::<Vec<_>>(), ["a = 1", "b is set"]);
/// assert!(all.iter().all(|clause| clause.negated));
/// ```
#[must_use]
pub fn clauses(text: &str, limits: &Limits) -> Vec<ClauseAt> {
    outline(text, limits).clauses
}

/// The edits that make a change.
///
/// ```
/// use tamis::editor::{apply, structure::{Beside, Change, Connective, Refusal, change}};
/// let limits = tamis::Limits::default();
/// let add = Change::Add { text: "c = 3", connective: Connective::And, place: Beside::Query };
/// let text = "a = 1 or b = 2";
/// assert_eq!(apply(text, &change(text, &add, &limits)?), "(a = 1 or b = 2) and c = 3");
/// assert_eq!(change("a = 1) or (b = 2", &add, &limits), Err(Refusal::Tangled));
/// # Ok::<(), Refusal>(())
/// ```
///
/// # Errors
/// Why it cannot be made.
pub fn change(text: &str, change: &Change<'_>, limits: &Limits) -> Result<Vec<Edit>, Refusal> {
    let reading = Reading::new(text, limits);
    if form::is_tangled(&reading.parsed) {
        return Err(Refusal::Tangled);
    }
    let session = edits::Session::new(&reading, limits);
    match *change {
        Change::Add { text, connective, place } => session.add(text, connective, place),
        Change::Remove(target) => session.remove(target),
        Change::Negate(target) => session.negate(target),
        Change::Mute(clause) => session.mute(clause),
        Change::Unmute(clause) => session.unmute(clause),
        Change::Replace { clause, field, operator, operand } => {
            session.replace(clause, field, operator, operand)
        }
        Change::Rewrite(clause, text) => session.rewrite(clause, text),
        Change::Move { target, later } => session.shift(target, later),
        Change::Join(group, connective) => session.join(group, connective),
    }
}

/// The clause that a caret is in or at the edge of, by its place in [`Outline::clauses`].
#[must_use]
pub fn clause_at(text: &str, caret: usize, limits: &Limits) -> Option<usize> {
    let at =
        |clause: &ClauseAt| clause.span.range().start <= caret && caret <= clause.span.range().end;
    clauses(text, limits).iter().position(at)
}

fn changed(
    text: &str,
    caret: usize,
    limits: &Limits,
    what: impl Fn(usize) -> Change<'static>,
) -> Option<Vec<Edit>> {
    change(text, &what(clause_at(text, caret, limits)?), limits).ok()
}

/// Puts `not` before the clause at the caret, or takes it away again.
///
/// ```
/// use tamis::editor::{apply, structure::negate};
/// let limits = tamis::Limits::default();
/// let negated = apply("a = 1", &negate("a = 1", 0, &limits).unwrap());
/// assert_eq!(negated, "not a = 1");
/// assert_eq!(apply(&negated, &negate(&negated, 4, &limits).unwrap()), "a = 1");
/// ```
#[must_use]
pub fn negate(text: &str, caret: usize, limits: &Limits) -> Option<Vec<Edit>> {
    changed(text, caret, limits, |clause| Change::Negate(Target::Clause(clause)))
}

/// Makes the clause at the caret a comment, together with one connective, or a clause again.
///
/// ```
/// use tamis::editor::{apply, structure::mute};
/// let limits = tamis::Limits::default();
/// let text = "a = 1 and b = 2 and c = 3";
/// let muted = apply(text, &mute(text, 10, &limits).unwrap());
/// assert_eq!(muted, "a = 1 #~ and b = 2\n and c = 3");
/// assert_eq!(apply(&muted, &mute(&muted, 10, &limits).unwrap()), text);
/// ```
#[must_use]
pub fn mute(text: &str, caret: usize, limits: &Limits) -> Option<Vec<Edit>> {
    let clause = clause_at(text, caret, limits)?;
    let muted = clauses(text, limits).get(clause)?.muted;
    let what = if muted { Change::Unmute(clause) } else { Change::Mute(clause) };
    change(text, &what, limits).ok()
}

/// Takes away the clause at the caret with one connective, and the blanks between them and the
/// rest. Comments stay.
///
/// ```
/// use tamis::editor::{apply, structure::remove};
/// let text = "a = 1 or b = 2 and c = 3";
/// let edits = remove(text, 10, &tamis::Limits::default()).unwrap();
/// assert_eq!(apply(text, &edits), "a = 1 or c = 3");
/// ```
#[must_use]
pub fn remove(text: &str, caret: usize, limits: &Limits) -> Option<Vec<Edit>> {
    changed(text, caret, limits, |clause| Change::Remove(Target::Clause(clause)))
}

/// Adds a clause that has to hold too, behind the conditions of the query.
///
/// ```
/// use tamis::editor::{apply, structure::add};
/// let text = "a = 1 or b = 2 limit 5";
/// let edits = add(text, "c = 3", &tamis::Limits::default()).unwrap();
/// assert_eq!(apply(text, &edits), "(a = 1 or b = 2) and c = 3 limit 5");
/// ```
#[must_use]
pub fn add(text: &str, clause: &str, limits: &Limits) -> Option<Vec<Edit>> {
    let add = Change::Add { text: clause, connective: Connective::And, place: Beside::Query };
    change(text, &add, limits).ok()
}

/// Writes another operator for the clause at the caret.
#[must_use]
pub fn set_operator(
    text: &str,
    caret: usize,
    operator: &str,
    limits: &Limits,
) -> Option<Vec<Edit>> {
    let clause = clause_at(text, caret, limits)?;
    let operator = Some(operator);
    change(text, &Change::Replace { clause, field: None, operator, operand: None }, limits).ok()
}

/// Writes another operand for the clause at the caret: a value, a list, a range, as text of the
/// language (see [`quote`](crate::quote::quote)).
#[must_use]
pub fn set_operand(text: &str, caret: usize, operand: &str, limits: &Limits) -> Option<Vec<Edit>> {
    let clause = clause_at(text, caret, limits)?;
    let operand = Some(operand);
    change(text, &Change::Replace { clause, field: None, operator: None, operand }, limits).ok()
}
