//! Keys: the members that are not there yet, what closes them, and ids that the host knows.

use std::borrow::Cow;

use super::likeness::rank;
use super::{ItemKind, Offer, Put};
use crate::schema::Field;
use crate::span::{Span, Spanned};
use crate::syntax::Kind;
use crate::syntax::ast::Literal;
use crate::syntax::open::Slot;
use crate::value::Key;

impl Offer<'_> {
    pub(super) fn members(&mut self, field: &Field, place: Span, names: &[Cow<'_, str>]) {
        if !field.kind.is_key() {
            return;
        }
        let typed = self.open.typed.text.as_ref();
        let (here, others) = self.written_members(place);
        let is_known = |name: &str| Key::MEMBERS.iter().any(|(known, _)| *known == name);
        for (place, (name, doc)) in (0..).zip(Key::MEMBERS) {
            let there =
                names.iter().any(|known| known == name) || others.iter().any(|known| known == name);
            let other = here.as_deref().is_some_and(|here| is_known(here) && here != *name);
            let fits = rank(typed, name).filter(|rank| *rank < 2 && !there && !other);
            let Some(rank) = fits else { continue };
            let specimens = [&*format!("{name}: 1"), name];
            let fit = self.ahead.fit(self.open.typed.start, &[Kind::Member], &specimens);
            let Some(fit) = fit else { continue };
            let end = if fit.specimen == 0 { ": " } else { "" };
            let put = Put { span: fit.span, text: [name, end].concat(), more: fit.specimen == 0 };
            let mut item = self.item(ItemKind::Keyword, *name, 10 * rank + place, put);
            item.documentation = (*doc).to_owned();
            self.items.push(item);
        }
    }

    /// The member whose name the caret touches, and the others of the same key.
    fn written_members(&self, place: Span) -> (Option<String>, Vec<String>) {
        let caret = self.ahead.caret;
        let touches = |span: Span| (span.range().start..=span.range().end).contains(&caret);
        let clause = self.ahead.clause(place.start as usize);
        let literals = clause.map_or(&[][..], |clause| clause.operand.literals());
        let key = literals.iter().find(|literal| touches(literal.span));
        let Some(Literal::Record(members)) = key.map(|key| &key.value) else {
            return (None, Vec::new());
        };
        let (here, others): (Vec<_>, Vec<_>) =
            members.iter().map(|(name, _)| name).partition(|name| touches(name.span));
        let text = |name: &Spanned<Cow<'_, str>>| name.value.as_ref().to_owned();
        (here.first().map(|name| text(name)), others.into_iter().map(text).collect())
    }

    /// `}` once there is an id, and `,` as long as there are other members.
    pub(super) fn key_end(&mut self, field: &Field, names: &[Cow<'_, str>]) {
        if !field.kind.is_key() || !self.open.typed.text.is_empty() {
            return;
        }
        let has = |name: &str| names.iter().any(|known| known == name);
        let missing = Key::MEMBERS.iter().find(|(name, _)| !has(name));
        let next = missing.map(|(name, _)| format!(", {name}: 1"));
        let close = Key::MEMBERS.first().is_some_and(|(id, _)| has(id)).then(|| "}".to_owned());
        for (text, specimen) in [("}", close), (", ", next)] {
            let Some(specimen) = specimen else { continue };
            if let Some(fit) = self.ahead.fit(self.open.typed.start, &[], &[&specimen]) {
                let put = Put { span: fit.span, text: text.to_owned(), more: text != "}" };
                self.items.push(self.item(ItemKind::Mark, text.trim(), 0, put));
            }
        }
    }

    /// What the host knows of ids.
    pub(super) fn member_value(&mut self, field: &Field, name: &str, slot: &Slot<'_>) {
        let is_id = Key::MEMBERS.first().is_some_and(|(id, _)| *id == name);
        if !(field.kind.is_key() && is_id) {
            return;
        }
        let kinds = [Kind::Word, Kind::Number, Kind::Text];
        let Some(fit) = self.ahead.fit(self.open.typed.start, &kinds, &["1"]) else { return };
        for offer in self.hosted(field, slot, &[]) {
            self.value(offer, fit, "", self.ahead.is_blank());
        }
    }
}
