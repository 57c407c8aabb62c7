//! Why a record is selected or not: what each clause of a text says of it, by the matcher.

use serde_json::Value as Json;

use super::structure;
use crate::check::{check, condition};
use crate::diag::Diagnostic;
use crate::matcher::{Layout, Matcher};
use crate::options::Options;
use crate::schema::Schema;
use crate::span::Span;
use crate::syntax::ast::Expr;
use crate::syntax::outline;

/// What a query says of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// True when the query selects the record.
    pub matches: bool,
    /// Its clauses in the text's order, muted ones left out.
    pub clauses: Vec<Verdict>,
}

/// What a clause says of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The clause.
    pub span: Span,
    /// Whether it holds, with its own `not` but without those of groups. `None` of a named filter.
    pub holds: Option<bool>,
    /// True when its field is set in the record.
    pub is_set: bool,
}

/// Says what a query and each of its clauses make of a record.
///
/// # Errors
/// Every diagnostic of the query when it has errors, and what cannot be decided on a record.
///
/// ```
/// use tamis::{Options, Schema, editor::why::why, matcher::Layout};
/// let schema = Schema::builtin("activities")?;
/// let record = serde_json::json!({"ip.category": 3});
/// let text = "ip.category = Risky and not service = Box";
/// let found = why(text, &record, Layout::Flat, schema, &Options::at(0)).unwrap();
/// assert!(found.matches);
/// assert_eq!(found.clauses.iter().map(|row| row.is_set).collect::<Vec<_>>(), [true, false]);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
pub fn why(
    text: &str,
    record: &Json,
    layout: Layout,
    schema: &Schema,
    options: &Options,
) -> Result<Why, Vec<Diagnostic>> {
    let (parsed, tokens) = outline(text, &options.limits);
    let checked = check(&parsed, schema, options);
    let Some(query) = checked.query else { return Err(checked.diagnostics) };
    let matches = Matcher::new(&query, layout)?.matches(record);
    let rows = structure::outline_of(parsed.clone(), tokens, &options.limits);
    let mut leaves = Vec::new();
    let document = &parsed.document;
    let bodies = document.definitions.iter().map(|definition| &definition.condition);
    bodies.chain(&document.condition).for_each(|expr| super::leaves(expr, &mut leaves));
    let verdict = |row: &structure::ClauseAt| {
        let found = leaves.iter().find(|expr| expr.span() == row.span);
        let decided =
            found.and_then(|expr| decide(expr, row.not, text, record, layout, schema, options));
        let (holds, is_set) = decided.unzip();
        Verdict { span: row.span, holds, is_set: is_set.unwrap_or(false) }
    };
    let clauses = rows.clauses.iter().filter(|row| !row.muted).map(verdict).collect();
    Ok(Why { matches, clauses })
}

/// Whether a condition by itself holds, and whether its field is set.
fn decide(
    expr: &Expr<'_>,
    not: bool,
    text: &str,
    record: &Json,
    layout: Layout,
    schema: &Schema,
    options: &Options,
) -> Option<(bool, bool)> {
    let query = condition(expr, not, text, schema, options)?;
    let trace = Matcher::new(&query, layout).ok()?.explain(record);
    Some((trace.selected, trace.outcomes.iter().any(|outcome| outcome.is_set)))
}
