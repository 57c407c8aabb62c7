//! What a condition can begin with: fields, `not`, `(` and named filters.

use std::borrow::Cow;

use super::ahead::Fit;
use super::likeness::{Rank, rank, rank_letters, rank_words};
use super::{Item, ItemKind, Offer, Put};
use crate::check::{accepts, allows};
use crate::keywords;
use crate::quote::quote_name;
use crate::schema::Field;
use crate::span::{Span, Spanned};
use crate::syntax::Kind;
use crate::syntax::ast::{Clause, Expr, Operator};

impl Offer<'_> {
    pub(super) fn conditions(&mut self) {
        let start = self.open.typed.start;
        if self.open.typed.text.starts_with('@') {
            return self.filters();
        }
        if let Some(fit) = self.field_fit(start) {
            self.fields(fit);
        }
        if self.open.typed.quoted {
            return;
        }
        self.opening("not", "not ", &["not", "not x = 1"]);
        self.opening("(", "(", &["(x = 1)"]);
        if self.open.typed.text.is_empty() {
            self.filters();
        }
    }

    /// A new condition where none is, or another field for the condition at the caret.
    fn field_fit(&self, start: usize) -> Option<Fit> {
        let inserted = if start < self.ahead.caret { None } else { self.ahead.insert(&["x = 1"]) };
        inserted.or_else(|| self.ahead.replace(start, &[Kind::Field], &["x", "x = 1"]))
    }

    fn fields(&mut self, fit: Fit) {
        let typed = self.open.typed.text.as_ref();
        let clause = self.ahead.clause(fit.span.start as usize).cloned();
        let clause = clause.filter(|clause| clause.operator.value != Operator::Missing);
        let mut found: Vec<(Rank, &Field)> = Vec::new();
        for field in self.schema.fields() {
            if let Some(rank) = fitness(typed, field).filter(|_| self.goes_with(field, &clause)) {
                found.push((rank, field));
            }
        }
        for (rank, field) in found {
            let text = format!("{} ", quote_name(&field.name));
            let put = Put { span: fit.span, text, more: true };
            let mut item = self.item(ItemKind::Field, &field.name, rank, put);
            item.detail = field.kind.to_string();
            item.documentation.clone_from(&field.description);
            self.items.push(item);
        }
    }

    /// True when the checker takes the field with the operator and value that follow it.
    fn goes_with(&self, field: &Field, clause: &Option<Clause<'_>>) -> bool {
        let Some(clause) = clause else { return true };
        if matches!(clause.operator.value, Operator::Known(op) if !allows(field, op)) {
            return false;
        }
        let name = Spanned::new(Cow::Borrowed(field.name.as_str()), clause.field.span);
        let clause = Clause { field: name, ..clause.clone() };
        accepts(&clause, self.ahead.text, self.schema, self.options)
    }

    /// `not` and `(`, behind the fields.
    fn opening(&mut self, label: &str, text: &str, specimens: &[&str]) {
        let typed = self.open.typed.text.as_ref();
        if !label.starts_with(&typed.to_ascii_lowercase()) {
            return;
        }
        let Some(fit) = self.ahead.fit(self.open.typed.start, &[], specimens) else { return };
        let row = keywords::KEYWORDS.iter().find(|row| row.text == label);
        let kind = if row.is_some() { ItemKind::Connective } else { ItemKind::Mark };
        let rank = if typed.is_empty() { 10 } else { 1 };
        let mut item =
            self.item(kind, label, rank, Put { span: fit.span, text: text.to_owned(), more: true });
        item.documentation = row.map_or("", |row| row.doc).to_owned();
        self.items.push(item);
    }

    /// Named filters, except those that the one being defined is part of.
    fn filters(&mut self) {
        let typed = self.open.typed.text.trim_start_matches('@').to_owned();
        let start = self.open.typed.start;
        let Some(fit) = self.ahead.fit(start, &[Kind::Reference], &["@x"]) else { return };
        let names = self.usable();
        for (name, condition) in names {
            let Some(rank) = rank(&typed, &name) else { continue };
            let glue = if fit.glued { " " } else { "" };
            let (label, text) = (format!("@{name}"), format!("@{name}{glue}"));
            let put = Put { span: fit.span, text, more: false };
            let item = self.item(ItemKind::Filter, &label, rank + 11, put);
            self.items.push(Item { documentation: condition, ..item });
        }
    }

    /// The filters that can be named here without a circle, with their text.
    fn usable(&self) -> Vec<(String, String)> {
        if !self.ahead.text.contains("let") && !self.ahead.text.contains("LET") {
            return Vec::new();
        }
        let definitions = &self.ahead.parsed().document.definitions;
        let named = |name: &str| definitions.iter().find(|row| row.name.value == name);
        let reaches = |from: &str, goal: &str| {
            let (mut seen, mut open) = (Vec::new(), vec![from]);
            while let Some(name) = open.pop() {
                if name == goal {
                    return true;
                }
                if !seen.contains(&name) {
                    seen.push(name);
                    named(name).into_iter().for_each(|row| references(&row.condition, &mut open));
                }
            }
            false
        };
        let usable = |name: &&str| self.open.filter.is_none_or(|goal| !reaches(name, goal));
        let names = definitions.iter().map(|row| row.name.value).filter(usable);
        names
            .map(|name| {
                let body = named(name).map_or(Span::default(), |row| row.condition.span());
                (name.to_owned(), body.of(self.ahead.text).to_owned())
            })
            .collect()
    }
}

/// By name, by alias, by the words of its description, and last by its letters.
fn fitness(typed: &str, field: &Field) -> Option<Rank> {
    let names = std::iter::once(&field.name).chain(&field.aliases);
    let by_name = names.filter_map(|name| rank(typed, name)).min();
    by_name
        .or_else(|| rank_words(typed, &field.description))
        .or_else(|| rank_letters(typed, &field.name))
}

fn references<'e>(expr: &'e Expr<'_>, out: &mut Vec<&'e str>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| references(part, out)),
        Expr::Not(inner, _) => references(inner, out),
        Expr::Reference(name) => out.push(name.value),
        Expr::Clause(_) | Expr::FreeText(_) | Expr::BareWord(_) | Expr::Unreadable(_) => {}
    }
}
