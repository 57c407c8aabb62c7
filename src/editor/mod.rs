//! What an editor or query box asks of a text while it is being typed: completion, problems, hover,
//! clauses and edits on them, selection and brackets. Everything is a function of the text, the
//! caret, the schema and the options; places are bytes, which [`Positions`](crate::Positions)
//! turns into UTF-16 units or lines and columns.
//!
//! Law: the answers come from the parser, the operator table, the schema and the checker that
//! compile the query, never from a second reading of the text.

pub mod analyse;
pub mod complete;
pub mod fields;
pub mod fixes;
pub mod hover;
pub mod lacks;
pub mod names;
pub mod problems;
pub mod selection;
pub mod structure;
pub mod why;

use serde::Serialize;

use crate::span::Span;
use crate::syntax::ast::Expr;

/// A change to the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// The text to put there.
    pub text: String,
}

impl Edit {
    pub(crate) fn new(span: Span, text: impl Into<String>) -> Self {
        Edit { span, text: text.into() }
    }
}

/// The text after edits that do not overlap. Edits that do not fit the text change nothing.
///
/// ```
/// use tamis::{Span, editor::{Edit, apply}};
/// let edits = [Edit { span: Span::new(4, 5), text: "!=".into() }];
/// assert_eq!(apply("a   = 1", &edits), "a   != 1");
/// ```
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        if let Some(kept) = text.get(at..range.start).filter(|_| text.get(range.clone()).is_some())
        {
            out.push_str(kept);
            out.push_str(&edit.text);
            at = range.end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The conditions of a formula, in the text's order.
fn leaves<'e, 's>(expr: &'e Expr<'s>, out: &mut Vec<&'e Expr<'s>>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| leaves(part, out)),
        Expr::Not(inner, _) => leaves(inner, out),
        Expr::Clause(_)
        | Expr::FreeText(_)
        | Expr::BareWord(_)
        | Expr::Reference(_)
        | Expr::Unreadable(_) => out.push(expr),
    }
}
