//! A name for the filter that is being defined: what the text asks for and does not define.

use super::likeness::rank;
use super::{ItemKind, Offer, Put};
use crate::span::Span;
use crate::syntax::Kind;
use crate::syntax::ast::Definition;

impl Offer<'_> {
    pub(super) fn new_names(&mut self) {
        let typed = self.open.typed.text.as_ref();
        let start = self.open.typed.start;
        let specimens = ["x = x = 1", "x"];
        let Some(fit) = self.ahead.fit(start, &[Kind::Reference], &specimens) else { return };
        let specimen = specimens.get(fit.specimen).copied().unwrap_or_default();
        for (place, name) in (0..).zip(self.wanted(fit.span, specimen)) {
            let Some(rank) = rank(typed, &name) else { continue };
            let end = if fit.specimen == 0 { " = " } else { "" };
            let put = Put { span: fit.span, text: [&name, end].concat(), more: fit.specimen == 0 };
            let item = self.item(ItemKind::Filter, name, 10 * rank + place, put);
            self.items.push(item);
        }
    }

    /// Names that stand behind `@` and in no definition but this one, in the order of the text.
    fn wanted(&self, place: Span, specimen: &str) -> Vec<String> {
        let caret = self.ahead.caret;
        let definitions = &self.ahead.parsed().document.definitions;
        let elsewhere = |row: &&Definition<'_>| {
            let place = row.name.span.range();
            !(place.start <= caret && caret <= place.end)
        };
        let known: Vec<&str> =
            definitions.iter().filter(elsewhere).map(|row| row.name.value).collect();
        let mut wanted = Vec::new();
        for name in self.ahead.references(place, specimen) {
            if !known.contains(&name.as_str()) && !wanted.contains(&name) {
                wanted.push(name);
            }
        }
        wanted
    }
}
