//! Named filters: where they are defined, and what they are.

use serde::Serialize;

use crate::limits::Limits;
use crate::span::Span;
use crate::syntax::ast::Definition;
use crate::syntax::{Kind, outline, parse_with};

/// A named filter of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// Its name, without `@`.
    pub name: String,
    /// The whole definition.
    pub span: Span,
    /// The name in it.
    pub place: Span,
}

/// The named filters of a text, in its order.
#[must_use]
pub fn names(text: &str, limits: &Limits) -> Vec<Name> {
    let parsed = parse_with(text, limits);
    let definitions = parsed.document.definitions.iter();
    let name = |row: &Definition<'_>| Name {
        name: row.name.value.to_owned(),
        span: row.span.0,
        place: row.name.span,
    };
    definitions.map(name).collect()
}

/// Where the filter at a place is defined.
///
/// ```
/// use tamis::{Span, editor::names::definition};
/// let text = "let a = b = 1\n@a";
/// assert_eq!(definition(text, 15, &tamis::Limits::default()), Some(Span::new(4, 5)));
/// ```
#[must_use]
pub fn definition(text: &str, caret: usize, limits: &Limits) -> Option<Span> {
    let (parsed, tokens) = outline(text, limits);
    let at = |span: Span| span.range().start <= caret && caret <= span.range().end;
    let token = tokens.iter().find(|token| token.kind == Kind::Reference && at(token.span))?;
    let name = token.span.of(text).trim_start_matches('@');
    let row = parsed.document.definitions.iter().find(|row| row.name.value == name)?;
    Some(row.name.span)
}
