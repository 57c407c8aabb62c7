//! The part of a text that decides about a change: a trial of a fix reads that again, not the
//! whole text.
//!
//! Law: a part says of a change what the whole text would say. The grammar never looks back, so
//! that holds where the part stands between two connectives of one pair of brackets, closes what
//! it opens, and begins and ends with a condition that reads the same in the part as in the
//! whole, before the change and after. What is checked of one condition depends on no other one,
//! but for named filters and limits. Where one of these fails the whole text is read.

use std::cmp::Ordering;
use std::ops::Range;

use super::ast::{Document, Expr};
use super::guard;
use crate::diag::promise::{Seen, difference};
use crate::diag::{Code, Diagnostic};
use crate::limits::Limits;
use crate::span::Span;

/// So many conditions around a place are looked at, at most.
pub(super) const MOST: usize = 16;

/// What reading a text gives, as far as trials ask for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    pub(crate) found: Vec<Seen>,
    /// The places of its conditions, in order.
    pub(crate) places: Vec<Span>,
    /// True when named filters stand before the query.
    pub(crate) defines: bool,
    /// How much it takes of the limits on conditions and values.
    pub(crate) counts: [usize; 2],
}

impl Look {
    /// A text with this tree and diagnostics.
    pub(crate) fn new(document: &Document<'_>, found: &[Diagnostic], counts: [usize; 2]) -> Self {
        let mut places = Vec::new();
        document.condition.iter().for_each(|expr| conditions(expr, &mut places));
        let found = found.iter().map(Seen::from).collect();
        Look { found, places, defines: !document.definitions.is_empty(), counts }
    }
}

fn conditions(expr: &Expr<'_>, out: &mut Vec<Span>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| conditions(part, out)),
        Expr::Not(inner, _) => conditions(inner, out),
        Expr::Clause(_)
        | Expr::FreeText(_)
        | Expr::BareWord(_)
        | Expr::Reference(_)
        | Expr::Unreadable(_) => out.push(expr.span()),
    }
}

/// Reads a text (true: as a part of another one).
pub(crate) type Read<'r> = &'r dyn Fn(&str, bool) -> Look;

/// Changes of a text, read as far as they reach.
pub(crate) struct Trials<'r> {
    text: &'r str,
    whole: Look,
    read: Read<'r>,
    limits: &'r Limits,
    /// False where no part decides: named filters reach everywhere, and so does a quotation mark
    /// without a second one.
    in_parts: bool,
    /// The part that was looked at last, and whether it stands by itself.
    part: Option<(Part, bool)>,
}

impl<'r> Trials<'r> {
    /// Those of a text that was read as this.
    pub(crate) fn new(text: &'r str, whole: Look, read: Read<'r>, limits: &'r Limits) -> Self {
        let in_parts = !whole.defines && balance(text).is_some();
        Trials { text, whole, read, limits, in_parts, part: None }
    }

    /// Everything there is to say of a changed text, and how many bytes were read for it.
    pub(crate) fn seen(&mut self, changed: &str) -> (Vec<Seen>, usize) {
        let near = if self.in_parts { self.near(changed) } else { None };
        near.unwrap_or_else(|| ((self.read)(changed, false).found, changed.len()))
    }

    fn near(&mut self, changed: &str) -> Option<(Vec<Seen>, usize)> {
        let change = difference(self.text, changed);
        let part = Part::around(self.text, &self.whole, change)?;
        let mut cost = 0;
        let stands = match self.part {
            Some((last, stands)) if last == part => stands,
            Some(_) | None => {
                let alone = (self.read)(part.span.of(self.text), true);
                cost = part.span.len();
                part.stands(&self.whole, &alone)
            }
        };
        self.part = Some((part, stands));
        if !stands || guard::refuse(changed, self.limits).is_some() {
            return None;
        }
        let length = (part.span.len() + changed.len()).checked_sub(self.text.len())?;
        let start = part.span.start as usize;
        let again = changed.get(start..start + length)?;
        let look = (self.read)(again, true);
        let most = [self.limits.conditions, self.limits.values];
        let mut sums = self.whole.counts.iter().zip(look.counts).zip(most);
        if sums.any(|((whole, again), most)| whole.saturating_add(again) > most) {
            return None;
        }
        let seen = part.changed(&self.whole, again, &look)?;
        Some((seen, cost + length))
    }
}

/// A part of a text, and the conditions in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) span: Span,
    /// The places of its first and its last condition among those of the text.
    first: usize,
    last: usize,
}

impl Part {
    /// The part of a text around a change of some bytes; `None` where it would be all of it, or
    /// too many conditions would have to be looked at.
    pub(crate) fn around(text: &str, whole: &Look, change: Span) -> Option<Part> {
        let places = &whole.places;
        // A condition before the change and one behind it, and as many more as brackets need.
        let mut first = places.partition_point(|place| place.end < change.start).saturating_sub(1);
        let mut last = places.partition_point(|place| place.start <= change.end);
        for _ in 0..MOST {
            let start = loop {
                match joint(text, places, first) {
                    _ if first == 0 => break 0,
                    Some(joint) => break joint.end,
                    None => first -= 1,
                }
            };
            let end = loop {
                match joint(text, places, last + 1) {
                    _ if last >= places.len() => break text.len(),
                    Some(joint) => break joint.start,
                    None => last += 1,
                }
            };
            if end - start == text.len() || last - first > MOST {
                return None;
            }
            let span = Span::new(start, end);
            match balance(span.of(text))? {
                Ordering::Equal => return Some(Part { span, first, last }),
                Ordering::Less => first = first.checked_sub(1)?,
                Ordering::Greater if last < places.len() => last += 1,
                Ordering::Greater => return None,
            }
        }
        None
    }

    /// True when the part reads by itself as it reads in the whole.
    pub(crate) fn stands(self, whole: &Look, alone: &Look) -> bool {
        let within = |place: Span| self.span.start <= place.start && place.end <= self.span.end;
        let apart = |place: Span| {
            place.end <= self.span.start
                || self.span.end <= place.start
                || place.start < self.span.start && self.span.end < place.end
        };
        let (mut here, mut there): (Vec<Seen>, Vec<Seen>) = (Vec::new(), Vec::new());
        for seen in &whole.found {
            if within(seen.span) {
                here.push(*seen);
            } else if !apart(seen.span) {
                return false;
            }
        }
        there.extend(alone.found.iter().map(|seen| Seen { span: self.moved(seen.span), ..*seen }));
        here.sort_unstable();
        there.sort_unstable();
        let places = alone.places.iter().map(|place| self.moved(*place));
        let own = whole.places.get(self.first..).unwrap_or_default();
        let own = own.iter().copied().take(self.last + 1 - self.first);
        here == there && places.eq(own) && !alone.defines
    }

    /// What there is to say of a changed text, after the part was read again; `None` where the
    /// change reaches beyond it.
    pub(crate) fn changed(self, whole: &Look, part: &str, again: &Look) -> Option<Vec<Seen>> {
        let (old, new) = (self.span.len(), part.len());
        let later = |place: u32| Span::at((place as usize + new).saturating_sub(old)).end;
        let begins = match whole.places.get(self.first) {
            Some(first) if self.span.start > 0 => {
                again.places.first().map(|place| self.moved(*place)) == Some(*first)
            }
            Some(_) | None => true,
        };
        let ends = match whole.places.get(self.last) {
            Some(last) => {
                let last = Span { start: later(last.start), end: later(last.end) };
                again.places.last().map(|place| self.moved(*place)) == Some(last)
            }
            None => true,
        };
        // A list ends at a connective, whatever closes it behind.
        let open = |seen: &Seen| matches!(seen.code, Code::UnclosedBracket | Code::StrayBracket);
        let closes = balance(part) == Some(Ordering::Equal) && !again.found.iter().any(open);
        if !begins || !ends || again.defines || !closes {
            return None;
        }
        let outside = whole.found.iter().filter_map(|seen| {
            let Span { start, end } = seen.span;
            let span = if end <= self.span.start && start < self.span.start {
                seen.span
            } else if self.span.end <= start && self.span.end < end {
                Span { start: later(start), end: later(end) }
            } else if start < self.span.start && self.span.end < end {
                Span { start, end: later(end) }
            } else {
                return None;
            };
            Some(Seen { span, ..*seen })
        });
        let inside = again.found.iter().map(|seen| Seen { span: self.moved(seen.span), ..*seen });
        Some(outside.chain(inside).collect())
    }

    fn moved(self, place: Span) -> Span {
        place.shifted(self.span.start as usize)
    }
}

/// The connective before a condition where another condition stands before it, without the
/// brackets and `not`s that belong to either, and with the blanks behind it.
pub(super) fn joint(text: &str, places: &[Span], at: usize) -> Option<Range<usize>> {
    let before = places.get(at.checked_sub(1)?)?;
    let gap = Span { start: before.end, end: places.get(at)?.start }.of(text);
    let ahead = gap.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ')');
    let word = ["and", "or", "&&", "||"].into_iter().find(|word| {
        ahead.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
    })?;
    let behind = ahead.get(word.len()..)?;
    let mut rest = behind.split(|c: char| c.is_ascii_whitespace() || matches!(c, '(' | '!'));
    let only = rest.all(|word| word.is_empty() || word.eq_ignore_ascii_case("not"));
    let start = before.end as usize + gap.len() - ahead.len();
    only.then_some(start..start + word.len() + behind.len() - behind.trim_start().len())
}

/// Whether brackets are closed (`Equal`), opened too often (`Greater`) or closed too often.
/// `None` where a quoted text has no end.
pub(super) fn balance(text: &str) -> Option<Ordering> {
    let mut open: Vec<u8> = Vec::new();
    let mut quoted = false;
    let mut order = Ordering::Equal;
    guard::marks(text, &mut |_, byte| {
        match byte {
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b')' | b']' | b'}' if open.pop() != Some(byte) => order = Ordering::Less,
            b'"' | b'\'' => quoted = true,
            _ => {}
        }
        !quoted
    });
    if order.is_eq() && !open.is_empty() {
        order = Ordering::Greater;
    }
    (!quoted).then_some(order)
}
