//! Values that are easily taken for something else: what would be read in another sense than it is
//! meant, or is held by no record. Errors where the text has no use, else warnings.

use std::net::IpAddr;

use super::Checker;
use super::network::{is_prefix, looks_like_address};
use super::operators::allows;
use super::raw::Raw;
use crate::diag::messages::{self, At, Reading};
use crate::fold::Find;
use crate::ops::{Op, Test};
use crate::quote::{quote, quoted};
use crate::schema::Field;
use crate::span::{Span, Spanned};
use crate::syntax::ast::{Clause, Literal, Operand, Operator};
use crate::value::Type;

/// What a word after `is` asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// That the field is set, and nothing else.
    Set,
    /// That it is not set, or for the text itself.
    Unset,
}

/// Words that other languages have after `is`.
const WORDS: &[(&str, Asks)] = &[
    ("exists", Asks::Set),
    ("exist", Asks::Set),
    ("existing", Asks::Set),
    ("present", Asks::Set),
    ("defined", Asks::Set),
    ("empty", Asks::Unset),
    ("blank", Asks::Unset),
    ("missing", Asks::Unset),
    ("absent", Asks::Unset),
    ("undefined", Asks::Unset),
    ("nil", Asks::Unset),
    ("none", Asks::Unset),
];

/// What a word after `is` asks for, without regard to case.
pub(super) fn asked(word: &str) -> Option<Asks> {
    WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, asks)| *asks)
}

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    /// Refuses `is empty` and the like, unless the word is a named value of the field.
    pub(super) fn not_emptiness(&mut self, field: &Field, clause: &Clause<'s>) -> Option<()> {
        let Operand::One(Spanned { value: Literal::Word(word), span }) = &clause.operand else {
            return Some(());
        };
        let operator = clause.operator.span.of(self.text);
        let mut spelled = operator.split_whitespace();
        let is = spelled.next().is_some_and(|word| word.eq_ignore_ascii_case("is"));
        let negated = match spelled.next() {
            None => false,
            Some(not) if not.eq_ignore_ascii_case("not") => true,
            Some(_) => return Some(()),
        };
        let named = field.values.as_ref();
        let Some(asks) = asked(word).filter(|_| is) else { return Some(()) };
        if named.is_some_and(|values| values.meant_by(word).next().is_some()) {
            return Some(());
        }
        let set = (asks == Asks::Set) != negated;
        let (op, title) =
            if set { (Op::Isset, "for any value") } else { (Op::Isnotset, "for no value") };
        let mut readings = Vec::new();
        if allows(field, op) {
            let (text, title) = (op.canonical().to_owned(), title.to_owned());
            readings.push(Reading { text, title, safe: asks == Asks::Set });
        }
        let fits = |text: &str| {
            named.and_then(|values| values.looks_like.as_ref()).is_none_or(|shape| shape.fits(text))
        };
        let open = named.is_none_or(|values| values.open) && fits(word);
        if asks == Asks::Unset && field.kind == Type::String && open {
            let text = format!("{operator} {}", quoted(word));
            readings.push(Reading { text, title: "for the text itself".into(), safe: false });
        }
        let whole = clause.operator.span.to(*span);
        self.found.push(messages::emptiness(self.written(*span), &field.name, whole, &readings));
        None
    }

    /// Says what is odd about a value that fits its field; `None` when it is an error. Fixes that
    /// need another operator are for a clause of one value.
    pub(super) fn odd_value(
        &mut self,
        field: &Field,
        raw: &Spanned<Raw<'_>>,
        clause: Option<&Clause<'s>>,
    ) -> Option<()> {
        let Some(text) = raw.value.text().filter(|_| field.kind == Type::String) else {
            return Some(());
        };
        let named = field.values.as_ref();
        if named.is_some_and(|values| values.meant_by(text).next().is_some()) {
            return Some(());
        }
        let change = clause
            .filter(|clause| matches!(clause.operand, Operand::One(_)) && self.is_literal(raw));
        let at = At { place: raw.span, text };
        if field.is_address && clause.is_some() {
            return self.address(field, at, change);
        }
        if clause.is_some() && (text.starts_with('*') || text.ends_with('*')) {
            let instead = change.and_then(|clause| self.without_stars(field, text, clause));
            self.found.push(messages::literal_star(at, instead));
            return Some(());
        }
        self.open_value(field, at, self.is_literal(raw));
        Some(())
    }

    /// An open value that is nearly a known one, or of another shape.
    fn open_value(&mut self, field: &Field, at: At<'_>, fixable: bool) {
        let Some(values) = &field.values else { return };
        if let Some(near) = values.nearly(at.text) {
            let wires = near.wires().find(|wire| wire.eq_ignore_ascii_case(at.text));
            if field.ignores_case && wires.is_some() {
                return;
            }
            let label = Some(near.label.clone()).filter(|_| values.names(near));
            let known = wires.or(label).unwrap_or_else(|| near.value.to_string());
            self.found.push(messages::nearly_named(at, &field.name, &known, fixable));
            return;
        }
        if values.looks_like.as_ref().is_some_and(|shape| !shape.fits(at.text)) {
            let first = values.named.iter().find_map(|named| named.wires().next());
            self.found.push(messages::unlikely_value(at, &field.name, first.as_deref()));
        }
    }

    /// The operator and value that look for what the stars leave open.
    fn without_stars(
        &self,
        field: &Field,
        text: &str,
        clause: &Clause<'s>,
    ) -> Option<(Span, String)> {
        let (before, after) = (text.starts_with('*'), text.ends_with('*'));
        let inner = text.trim_matches('*');
        let negated = matches!(clause.operator.value, Operator::Known(Op::Neq));
        let op = match (inner.is_empty(), before, after) {
            _ if inner.contains('*') => Op::Matches,
            (true, _, _) if negated => Op::Isnotset,
            (true, _, _) => Op::Isset,
            (false, true, false) if negated => Op::Matches,
            (false, true, false) => Op::Endswith,
            (false, false, _) if negated => Op::Doesnotstartwith,
            (false, false, _) => Op::Startswith,
            (false, true, true) if negated => Op::Ncontains,
            (false, true, true) => Op::Contains,
        };
        let fits = !inner.contains(['?', '\\']) && !inner.is_empty();
        let op = if fits && !allows(field, op) { Op::Matches } else { op };
        let text = match (inner, op) {
            ("", _) => op.canonical().to_owned(),
            (_, Op::Matches) if !fits => return None,
            (_, Op::Matches) => {
                let not = op.row().negated.first().filter(|_| negated);
                format!("{} {}", not.copied().unwrap_or(op.canonical()), quote(text))
            }
            (inner, op) => format!("{} {}", op.canonical(), quote(inner)),
        };
        let place = clause.operator.span.to(clause.span());
        let place = Span { start: clause.operator.span.start, end: place.end };
        allows(field, op).then_some((place, text))
    }

    /// A text on a field of addresses.
    fn address(&mut self, field: &Field, at: At<'_>, clause: Option<&Clause<'s>>) -> Option<()> {
        let text = at.text;
        if text.parse::<IpAddr>().is_ok() {
            return Some(());
        }
        let start = |start: &str| {
            let clause = clause?;
            let negated = matches!(clause.operator.value, Operator::Known(Op::Neq));
            let op = if negated { Op::Doesnotstartwith } else { Op::Startswith };
            let place = Span { start: clause.operator.span.start, end: clause.span().end };
            let text = format!("{} {}", op.canonical(), quote(start));
            allows(field, op).then_some((place, text))
        };
        let open = text.trim_end_matches(['*', '.']);
        let open = format!("{open}.");
        if !looks_like_address(text) || is_prefix(text) {
            let instead = if is_prefix(text) && looks_like_address(text) {
                start(text)
            } else {
                clause
                    .filter(|_| text.contains('*'))
                    .and_then(|clause| self.without_stars(field, text, clause))
            };
            self.found.push(messages::no_address(at, &field.name, instead));
            return Some(());
        }
        let instead = if text.ends_with(".*") && is_prefix(&open) { start(&open) } else { None };
        self.found.push(messages::bad_address(at, instead));
        None
    }

    /// True for a text that can stand at the beginning of an address, and on any other field.
    pub(super) fn may_start(
        &mut self,
        field: &Field,
        test: Test,
        raw: &Spanned<Raw<'_>>,
        text: &str,
    ) -> bool {
        let judged =
            field.is_address && test == Test::Text(Find::Start) && looks_like_address(text);
        if !judged || is_prefix(text) || text.parse::<IpAddr>().is_ok() {
            return true;
        }
        let open = format!("{}.", text.trim_end_matches(['*', '.']));
        let fits = text.ends_with(".*") && is_prefix(&open) && self.is_literal(raw);
        let at = At { place: raw.span, text };
        self.found.push(messages::bad_address(at, fits.then_some((raw.span, open))));
        false
    }
}
