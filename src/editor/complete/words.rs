//! What stands behind a complete condition: connectives, closing brackets and the tail.

use super::likeness::rank;
use super::{Item, ItemKind, Offer, Put};
use crate::check::allows;
use crate::keywords::{self, KEYWORDS, Use};
use crate::ops::Op;
use crate::quote::quote_name;
use crate::schema::Field;
use crate::span::Span;
use crate::syntax::Kind;

impl Offer<'_> {
    pub(super) fn connectives(&mut self) {
        for (place, word) in [(0, "and"), (1, "or")] {
            let condition = format!("{word} x = 1");
            self.word(ItemKind::Connective, word, place, &[word, &condition], true);
        }
        if self.open.groups > 0 && self.open.typed.text.is_empty() {
            let span = Span::at(self.ahead.caret);
            if self.ahead.is_blank() || self.ahead.stands_in_all(span, ")") {
                let put = Put { span, text: ")".to_owned(), more: false };
                self.items.push(self.item(ItemKind::Mark, ")", 2, put));
            }
        } else if self.open.groups == 0 && self.open.filter.is_none() {
            for (place, word) in (3..).zip(keywords::of(Use::Tail)) {
                let whole = match word {
                    "order by" => self.sort_field().map(|field| format!("order by {field}")),
                    word => Some(format!("{word} 1")),
                };
                if let Some(whole) = whole {
                    self.word(ItemKind::Keyword, word, place, &[&whole], true);
                }
            }
        }
    }

    /// One word of the language; `more` when something belongs behind it.
    fn word(&mut self, kind: ItemKind, word: &str, place: u32, specimens: &[&str], more: bool) {
        let Some(rank) = rank(&self.open.typed.text, word).filter(|rank| *rank < 2) else { return };
        // The tail ends the query: nothing but more of it may stand behind.
        let ends = kind == ItemKind::Keyword && !self.ahead.is_blank();
        if ends && !self.ahead.ends_in_tail() {
            return;
        }
        let start = self.open.typed.start;
        let Some(fit) = self.ahead.fit(start, &[Kind::Connective], specimens) else { return };
        let whole = specimens.first().copied().unwrap_or_default();
        if ends && !self.ahead.stands_in_all(fit.span, whole) {
            return;
        }
        let more = more && (fit.specimen > 0 || self.ahead.is_blank() || specimens.len() == 1);
        let text = format!("{word} ");
        let put = Put { span: fit.span, text, more };
        let doc = KEYWORDS.iter().find(|row| row.text == word).map_or("", |row| row.doc);
        let item = self.item(kind, word, 20 * rank + place, put);
        self.items.push(Item { documentation: doc.to_owned(), ..item });
    }

    /// `,` and the closing bracket of a list.
    pub(super) fn list_end(&mut self, closer: &str) {
        for (text, specimen) in [(closer, closer), (", ", ", x")] {
            if !self.open.typed.text.is_empty() {
                return;
            }
            if let Some(fit) = self.ahead.fit(self.open.typed.start, &[], &[specimen]) {
                let put = Put { span: fit.span, text: text.to_owned(), more: text != closer };
                self.items.push(self.item(ItemKind::Mark, text.trim(), 0, put));
            }
        }
    }

    /// The rest of an operator whose operand stands in its midst.
    pub(super) fn words(&mut self, field: &Field, op: Op, words: &[&str]) {
        let rest = words.join(" ");
        let shown = rest.strip_suffix(" _").unwrap_or(&rest);
        if !allows(field, op) || rank(&self.open.typed.text, shown).is_none_or(|rank| rank > 1) {
            return;
        }
        let specimen = rest.replace('_', "1");
        let fit = self.ahead.fit(self.open.typed.start, &[Kind::Operator], &[&specimen, shown]);
        if let Some(fit) = fit {
            let more = shown.len() < rest.len();
            let text = if more { format!("{shown} ") } else { shown.to_owned() };
            let put = Put { span: fit.span, text, more };
            let item = self.item(ItemKind::Operator, shown, 0, put);
            self.items.push(Item { detail: op.row().name.to_owned(), ..item });
        }
    }

    /// A field that can be sorted by, if there is one.
    fn sort_field(&self) -> Option<String> {
        self.schema.sort.fields.first().map(|name| quote_name(name).into_owned())
    }

    pub(super) fn sort_fields(&mut self) {
        let names: Vec<String> = self.schema.sort.fields.clone();
        for name in names {
            let Some(rank) = rank(&self.open.typed.text, &name) else { continue };
            let start = self.open.typed.start;
            let text = quote_name(&name).into_owned();
            if let Some(fit) = self.ahead.fit(start, &[Kind::Field], &[&text]) {
                let put = Put { span: fit.span, text, more: false };
                let item = self.item(ItemKind::Field, &name, rank, put);
                self.items.push(Item { detail: "sort field".into(), ..item });
            }
        }
    }

    pub(super) fn directions(&mut self) {
        for (place, word) in (0..).zip(keywords::of(Use::Direction)) {
            self.word(ItemKind::Keyword, word, place, &[word], false);
        }
        if self.open.typed.text.is_empty() {
            self.connectives_of_tail();
        }
    }

    /// `limit` and `skip` behind a field that is sorted by.
    fn connectives_of_tail(&mut self) {
        for (place, word) in
            (5..).zip(keywords::of(Use::Tail)).filter(|(_, word)| *word != "order by")
        {
            let whole = format!("{word} 1");
            self.word(ItemKind::Keyword, word, place, &[&whole], true);
        }
    }

    /// Sizes of a page.
    pub(super) fn counts(&mut self) {
        let page = self.schema.page.map_or([100, 1000], |page| [page.default, page.largest]);
        for (place, count) in (0..).zip(page) {
            let text = count.to_string();
            let start = self.open.typed.start;
            if !text.starts_with(self.open.typed.text.as_ref()) {
                continue;
            }
            if let Some(fit) = self.ahead.fit(start, &[Kind::Number], &[&text]) {
                let put = Put { span: fit.span, text: text.clone(), more: false };
                let item = self.item(ItemKind::Value, text, place, put);
                self.items.push(Item { detail: "records".into(), ..item });
            }
        }
    }
}
