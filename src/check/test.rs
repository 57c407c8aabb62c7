//! The one place where a row of the operator table and an operand become a test.

use std::sync::Arc;

use super::clause::{distinct, ordered};
use super::raw::Raw;
use super::{Checker, atom, signed};
use crate::diag::messages;
use crate::fold::{Find, glob};
use crate::ops::{Op, Side, Takes, Test};
use crate::query::{Node, Predicate};
use crate::schema::Field;
use crate::span::{Span, Spanned};
use crate::syntax::ast::{Clause, Operand};

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    /// The positive test of an operator; `None` after a diagnostic.
    pub(super) fn test(
        &mut self,
        field: &'q Field,
        op: Op,
        clause: &'p Clause<'s>,
    ) -> Option<Node<'q>> {
        let row = op.row();
        let (operand, operator, span) = (&clause.operand, clause.operator.span, clause.span());
        // The parser has reported an operand that is missing.
        if row.takes != Takes::Flag && matches!(operand, Operand::None) {
            return None;
        }
        let predicate = match row.test {
            Test::Equal => {
                self.not_emptiness(field, clause)?;
                return self.equal(field, clause);
            }
            Test::Outside => Predicate::Outside(self.values(field, operand, operator)?.into()),
            Test::Below => Predicate::Below(self.values(field, operand, operator)?.into()),
            Test::Text(find) => Predicate::Text(find, self.needles(field, op, clause)?),
            Test::Words => {
                let raw = self.only(operand, operator)?;
                let text = self.text(field, &raw)?;
                return Some(self.words(field, &text, span));
            }
            Test::Set => return self.set(field, clause),
            Test::Order(side) => return self.order(field, side, clause),
        };
        Some(atom(field, predicate, span))
    }

    /// The texts that a text test looks for.
    fn needles(&mut self, field: &Field, op: Op, clause: &'p Clause<'s>) -> Option<Arc<[String]>> {
        let (operand, operator) = (&clause.operand, clause.operator.span);
        match op.row().takes {
            Takes::Strings | Takes::Values | Takes::Ranges => {
                Some(self.strings(field, operand, op.row().test)?.into())
            }
            Takes::String
            | Takes::Value
            | Takes::Day
            | Takes::Days
            | Takes::Length
            | Takes::Flag => {
                let raw = self.only(operand, operator)?;
                Some([self.text(field, &raw)?].into())
            }
        }
    }

    /// `isset`, alone or with `true` or `false`.
    fn set(&mut self, field: &'q Field, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        let holds = match &clause.operand {
            Operand::None => true,
            Operand::One(_) | Operand::List(_) => {
                let raw = self.only(&clause.operand, clause.operator.span)?;
                self.flag(&raw)?
            }
        };
        Some(signed(atom(field, Predicate::Set, clause.span()), !holds))
    }

    /// The ranges of an ordering operator.
    fn order(&mut self, field: &'q Field, side: Side, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        let (operand, operator) = (&clause.operand, clause.operator.span);
        let ranges = match side {
            Side::Within => self.within(field, operand, operator)?,
            Side::OnDay => return self.on(field, clause),
            Side::After
            | Side::From
            | Side::Before
            | Side::UpTo
            | Side::FromAgo
            | Side::UpToAgo
            | Side::Next => {
                let raw = self.only(operand, operator)?;
                vec![self.side(field, side, &raw, operator)?]
            }
        };
        Some(ordered(field, ranges, clause.span()))
    }

    pub(super) fn words(&mut self, field: &'q Field, text: &str, span: Span) -> Node<'q> {
        if text.split_whitespace().next().is_none() {
            self.found.push(messages::text_without_words(span));
        }
        atom(field, Predicate::Words(text.into()), span)
    }

    /// True for a pattern that does not end in a `\` with nothing behind it, and for any other text.
    fn is_finished(&mut self, test: Test, raw: &Spanned<Raw<'_>>, text: &str) -> bool {
        let open = test == Test::Text(Find::Fits) && glob::is_unfinished(text);
        if open {
            self.found.push(messages::unfinished_pattern(raw.span));
        }
        !open
    }

    fn strings(
        &mut self,
        field: &Field,
        operand: &'p Operand<'s>,
        test: Test,
    ) -> Option<Vec<String>> {
        let mut strings = Vec::with_capacity(operand.literals().len());
        let mut wrong = false;
        let mut last = Span::default();
        let whole = self.each(operand, &mut |checker, raw| {
            last = raw.span;
            let counted = checker.count_values(1, raw.span);
            let text = counted.and_then(|()| checker.text(field, &raw));
            let text = text.filter(|text| checker.may_start(field, test, &raw, text));
            let text = text.filter(|text| checker.is_finished(test, &raw, text));
            match text {
                Some(text) => strings.push(text),
                None => wrong = true,
            }
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(strings.is_empty(), operand, last)?;
        Some(distinct(strings, String::as_str))
    }
}
