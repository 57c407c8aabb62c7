//! The tree as written: what a query says, before anybody asks whether it makes sense.
//!
//! Law: equality of nodes ignores where they stand, so a formatted query equals its source.

use std::borrow::Cow;

use crate::ops::Op;
use crate::span::{Span, Spanned};

/// A whole text: named filters, a query, and the comments between them.
#[derive(Clone, Debug, Default)]
pub struct Document<'s> {
    /// `let name = …`, in order.
    pub definitions: Vec<Definition<'s>>,
    /// The query; `None` selects everything.
    pub condition: Option<Expr<'s>>,
    /// `order by … limit … skip …`.
    pub tail: Tail<'s>,
    /// Comments, `#` included, in order.
    pub comments: Vec<Spanned<&'s str>>,
}

/// Comments say nothing, so two documents that differ in them alone are equal.
impl PartialEq for Document<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.definitions == other.definitions
            && self.condition == other.condition
            && self.tail == other.tail
    }
}

/// A named filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition<'s> {
    /// The name, without `@`.
    pub name: Spanned<&'s str>,
    /// What it stands for.
    pub condition: Expr<'s>,
    /// From `let` to the end of the line.
    pub span: WholeSpan,
}

/// A span that takes no part in equality.
#[derive(Clone, Copy, Debug, Default)]
pub struct WholeSpan(pub Span);

impl PartialEq for WholeSpan {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A Boolean formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr<'s> {
    /// All of them hold.
    And(Vec<Expr<'s>>),
    /// One of them holds at least.
    Or(Vec<Expr<'s>>),
    /// It does not hold. The span is that of `not`.
    Not(Box<Expr<'s>>, WholeSpan),
    /// A field compared with a value.
    Clause(Clause<'s>),
    /// A text that stands alone: search for it.
    FreeText(Spanned<Cow<'s, str>>),
    /// A bare word that stands alone, which is a mistake.
    BareWord(Spanned<&'s str>),
    /// `@name`.
    Reference(Spanned<&'s str>),
    /// Something was here that could not be read; a diagnostic says so.
    Unreadable(WholeSpan),
}

impl Expr<'_> {
    /// The text from the first to the last character of the formula, outer parentheses left out.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Expr::And(all) | Expr::Or(all) => {
                let first = all.first().map(Expr::span).unwrap_or_default();
                all.last().map_or(first, |last| first.to(last.span()))
            }
            Expr::Not(inner, not) => not.0.to(inner.span()),
            Expr::Clause(clause) => clause.span(),
            Expr::FreeText(text) => text.span,
            Expr::BareWord(word) | Expr::Reference(word) => word.span,
            Expr::Unreadable(span) => span.0,
        }
    }
}

/// A field, an operator, an operand.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause<'s> {
    /// The field's name.
    pub field: Spanned<Cow<'s, str>>,
    /// The operator.
    pub operator: Spanned<Operator<'s>>,
    /// What it compares with.
    pub operand: Operand<'s>,
}

impl Clause<'_> {
    /// From the field to the end of the operand.
    #[must_use]
    pub fn span(&self) -> Span {
        let head = self.field.span.to(self.operator.span);
        match &self.operand {
            Operand::None => head,
            Operand::One(one) => head.to(one.span),
            Operand::List(list) => head.to(list.span),
        }
    }
}

/// An operator as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator<'s> {
    /// One of the operator table.
    Known(Op),
    /// A word or symbol that the table does not have: a schema's own operator, or a mistake.
    Other(&'s str),
    /// None was written.
    Missing,
}

/// What stands after the operator.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand<'s> {
    /// Nothing.
    None,
    /// One value.
    One(Spanned<Literal<'s>>),
    /// A list in brackets.
    List(Spanned<Vec<Spanned<Literal<'s>>>>),
}

impl<'s> Operand<'s> {
    /// Its values: none, one, or those of the list.
    #[must_use]
    pub fn literals(&self) -> &[Spanned<Literal<'s>>] {
        match self {
            Operand::None => &[],
            Operand::One(one) => std::slice::from_ref(one),
            Operand::List(list) => &list.value,
        }
    }
}

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal<'s> {
    /// A bare word.
    Word(&'s str),
    /// A quoted text, escapes resolved.
    Text(Cow<'s, str>),
    /// `$name`.
    Parameter(&'s str),
    /// A time of several words, or a length of time with its unit: `last month`, `7 days ago`,
    /// `36 hours`. Its parts are words, but the number of a length can be any single value.
    Phrase(Vec<Spanned<Literal<'s>>>),
    /// `start..end`.
    Range(Box<(Spanned<Literal<'s>>, Spanned<Literal<'s>>)>),
    /// `{ name: value, … }`.
    Record(Vec<(Spanned<Cow<'s, str>>, Spanned<Literal<'s>>)>),
}

/// `order by … limit … skip …`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tail<'s> {
    /// The field to sort by, and whether downwards.
    pub order: Option<(Spanned<Cow<'s, str>>, Direction)>,
    /// The most records to return.
    pub limit: Option<Spanned<Count<'s>>>,
    /// Records to leave out first.
    pub skip: Option<Spanned<Count<'s>>>,
}

/// A number in the tail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count<'s> {
    /// As written.
    Number(u64),
    /// `$name`.
    Parameter(&'s str),
}

/// A sort direction; without a word for it, the target's own default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Not written.
    Default,
    /// `asc`.
    Ascending,
    /// `desc`.
    Descending,
}
