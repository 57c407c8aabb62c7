//! Why a record is selected or not.

use crate::span::Span;

/// The outcome of every clause of a query on one record.
///
/// ```
/// use tamis::{Options, Schema, matcher::{Layout, Matcher}};
/// let schema = Schema::builtin("activities")?;
/// let text = "service = 11770 and location.country = DE";
/// let query = tamis::check(&tamis::parse(text), schema, &Options::at(0)).query.unwrap();
/// let trace = Matcher::new(&query, Layout::Flat).unwrap().explain(&serde_json::json!({"service": 11770}));
/// assert!(!trace.selected);
/// assert!(trace.outcomes[0].holds);
/// assert!(!trace.outcomes[1].is_set);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Whether the query selects the record.
    pub selected: bool,
    /// One for each clause, in the order of the query.
    pub outcomes: Vec<Outcome>,
}

/// What one clause came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Where the clause was written, without a `not` before it.
    pub span: Span,
    /// Whether it holds, a `not` before it included.
    pub holds: bool,
    /// Whether it is about no value passing the test, for whichever `not`s in and before it.
    pub negated: bool,
    /// Whether its field has a value in the record.
    pub is_set: bool,
}
