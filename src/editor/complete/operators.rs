//! Operators: those that the field's row allows, each by its canonical spelling, its other form,
//! and whatever spelling was begun.

use super::ahead::Fit;
use super::likeness::Rank;
use super::{ItemKind, Offer, Put};
use crate::check::{accepts, allows};
use crate::ops::{self, Op, Spelling, Takes};
use crate::schema::Field;
use crate::span::{Span, Spanned};
use crate::syntax::Kind;
use crate::syntax::ast::{Clause, Operand, Operator};
use crate::value::Type;

/// What stands where an operator does, with its operand and without.
const SPECIMENS: &[&str] = &["=", "= 1", "is set"];

/// Kinds of tokens that an operator can replace.
const KINDS: &[Kind] = &[Kind::Operator, Kind::Word];

impl Offer<'_> {
    /// Operators of a field; `from` is where the first word of the operator begins.
    pub(super) fn operators(&mut self, field: &Field, place: Span, from: usize) {
        let begun = self.ahead.text.get(from..self.ahead.caret).unwrap_or_default();
        let begun = begun.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase()
            + if begun.ends_with(char::is_whitespace) { " " } else { "" };
        let clause = self.ahead.clause(place.start as usize).cloned();
        let clause = clause.filter(|clause| clause.operator.span.end as usize >= from);
        let written = clause.as_ref().map_or(Span::at(from), |clause| clause.operator.span);
        let Some(fit) = self.ahead.fit(from, KINDS, SPECIMENS) else { return };
        let behind = Behind::of(clause, self.ahead.caret);
        let whole = (written.start as usize) == from && !written.is_empty();
        let whole = whole && !matches!(behind, Behind::Amid);
        let span = if whole { fit.span.to(written) } else { fit.span };
        for (rank, spelling) in candidates(field, &begun) {
            if self.operator_goes_with(spelling, span, &behind) {
                self.operator(spelling, rank, Fit { span, ..fit }, &behind);
            }
        }
        let own = field.own_operators.iter().filter(|own| own.starts_with(&begun));
        for own in own.filter(|_| matches!(behind, Behind::Nothing)) {
            let put = Put { span, text: format!("{own} "), more: true };
            self.items.push(self.item(ItemKind::Operator, own, 60, put));
        }
    }

    /// True when the spelling goes with the operand that stands behind it.
    fn operator_goes_with(&self, spelling: &Spelling, span: Span, behind: &Behind<'_>) -> bool {
        let amid = spelling.pieces().contains(&"_");
        let clause = match behind {
            Behind::Nothing => return true,
            Behind::Operand(clause) if !amid && spelling.op.row().takes != Takes::Flag => clause,
            Behind::Operand(clause) if matches!(clause.operand, Operand::List(_)) => return false,
            // One value stands there, and no word of the operator behind it.
            Behind::Operand(_)
                if spelling.pieces().iter().position(|piece| *piece == "_")
                    != spelling.pieces().len().checked_sub(1) =>
            {
                return false;
            }
            Behind::Amid | Behind::Operand(_) => {
                return amid && self.ahead.stands(span, &format!("{} ", head(spelling)));
            }
        };
        let operator = Spanned::new(Operator::Known(spelling.op), clause.operator.span);
        let clause = Clause { operator, ..clause.as_ref().clone() };
        accepts(&clause, self.ahead.text, self.schema, self.options)
    }

    fn operator(&mut self, spelling: &Spelling, rank: Rank, fit: Fit, behind: &Behind<'_>) {
        let row = spelling.op.row();
        let flag = row.takes == Takes::Flag;
        let listed = row.before_list == Some(spelling.text);
        let operand = !matches!(behind, Behind::Nothing);
        let text = match () {
            () if flag && !fit.glued => spelling.text.to_owned(),
            () if listed && !operand => format!("{} (", spelling.text),
            () => format!("{} ", head(spelling)),
        };
        let put = Put { span: fit.span, text, more: !flag && !operand };
        let label = spelling.text.replace(" _ ", " … ").replace(" _", " …");
        let mut item = self.item(ItemKind::Operator, &label, rank, put);
        let not = if spelling.negated { "not " } else { "" };
        item.detail = format!("{not}{}", row.name);
        item.documentation = if spelling.negated { String::new() } else { row.doc.to_owned() };
        self.items.push(item);
    }
}

/// What stands behind the operator already.
enum Behind<'c> {
    Nothing,
    /// The operand, with words of the operator behind it.
    Amid,
    Operand(Box<Clause<'c>>),
}

impl<'c> Behind<'c> {
    fn of(clause: Option<Clause<'c>>, caret: usize) -> Self {
        let Some(clause) = clause else { return Behind::Nothing };
        let operand = match &clause.operand {
            Operand::None => return Behind::Nothing,
            Operand::One(one) => one.span,
            Operand::List(list) => list.span,
        };
        if (operand.start as usize) < caret {
            return Behind::Nothing;
        }
        let amid = operand.start < clause.operator.span.end;
        if amid { Behind::Amid } else { Behind::Operand(Box::new(clause)) }
    }
}

/// The words of a spelling before its operand.
fn head(spelling: &Spelling) -> &'static str {
    spelling.text.split(" _").next().unwrap_or_default()
}

/// The spellings to offer, with their ranks.
fn candidates(field: &Field, begun: &str) -> Vec<(Rank, &'static Spelling)> {
    let mut found = Vec::new();
    let fits = |spelling: &&Spelling| {
        spelling.text.starts_with(begun) && (!begun.is_empty() || form(spelling).is_some())
    };
    for op in ops::ALL.iter().copied().filter(|op| allows(field, *op)) {
        let base = 2 * likelihood(field, op).unwrap_or(20 + op as Rank);
        let rank = |spelling: &Spelling| base + form(spelling).unwrap_or(200);
        let spellings = ops::all_spellings().filter(|spelling| spelling.op == op).filter(fits);
        found.extend(spellings.map(|spelling| (rank(spelling), spelling)));
    }
    found
}

/// The canonical spelling first, the one before lists next, then the other form of word or symbol.
fn form(spelling: &Spelling) -> Option<Rank> {
    let row = spelling.op.row();
    let first = row.also.first().copied().unwrap_or(row.name);
    let symbol = |text: &str| !text.contains(|c: char| c.is_ascii_alphabetic());
    let other = row.also.iter().find(|text| symbol(text) != symbol(first));
    match () {
        () if spelling.negated => None,
        () if spelling.text == first => Some(0),
        () if row.before_list == Some(spelling.text) => Some(1),
        () if other == Some(&spelling.text) => Some(100),
        () => None,
    }
}

/// The operators that are likeliest on a type, first; the others stand in the table's order.
fn likelihood(field: &Field, op: Op) -> Option<Rank> {
    let first: &[Op] = match field.kind {
        Type::Timestamp | Type::Date => {
            &[Op::GteNdays, Op::Gte, Op::Lte, Op::On, Op::Range, Op::Gt, Op::Lt, Op::LteNdays]
        }
        Type::String if !field.lists(Op::Eq) => &[Op::Contains, Op::Ncontains, Op::Text],
        Type::String
        | Type::Integer
        | Type::Double
        | Type::Decimal
        | Type::Boolean
        | Type::EntityKey
        | Type::File
        | Type::Folder => &[Op::Eq, Op::Neq],
    };
    (0..).zip(first).find(|(_, known)| **known == op).map(|(place, _)| place)
}
