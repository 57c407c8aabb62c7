//! What is open at the end of a half-typed text: where the next word would land.
//!
//! Law: the parser answers. A mark is put where the next character would stand, the marked text is
//! parsed like any other, and the mark is looked up in what comes out. Which operators can still
//! be meant is read off the operator table.

use std::borrow::Cow;

use super::ast::{Literal, Operand, Operator};
use super::grammar::{Pair, Pairs, Rule, parse_document, parse_query};
use super::guard;
use super::lead::Lead;
use super::operand::Part;
use super::parse::Builder;
use crate::diag::Diagnostics;
use crate::limits::Limits;
use crate::ops::{self, Op, Spelling, Takes};
use crate::quote::unescape;
use crate::span::Spanned;
use crate::time::is_number;

/// A character that stands in words and in no text: Unicode has assigned it to nothing, for ever.
const MARK: char = '\u{10FFFF}';

/// The text before the caret with the mark behind it, or the end of it that decides.
pub(crate) struct Marked {
    text: String,
    lead: Lead,
}

impl Marked {
    /// `lead` is what need not be read.
    pub(crate) fn new(before: &str, lead: Lead) -> Self {
        let before = before.get(lead.bytes..).unwrap_or_default();
        let mut text = String::with_capacity(before.len() + MARK.len_utf8());
        text.push_str(before);
        text.push(MARK);
        Marked { text, lead }
    }

    /// What is open at the mark; `None` when the text passes a limit.
    pub(crate) fn open(&self, limits: &Limits) -> Option<Open<'_>> {
        if guard::refuse(&self.text, limits).is_some() {
            return None;
        }
        let nodes = parse_document(&self.text).ok()?;
        let Lead { bytes: base, groups } = self.lead;
        let mark = base + self.text.len() - MARK.len_utf8();
        let mut problems = Diagnostics::default();
        let builder = Builder::new(&self.text, base, &mut problems);
        let open =
            Open { typed: Typed::nothing(mark), place: Place::Nowhere, groups, filter: None };
        let mut walk = Walk { text: &self.text, from: base, builder, mark, base, open };
        walk.open.place = walk.level(nodes.pairs(&self.text));
        Some(walk.open)
    }
}

/// Where the caret stands in a text that ends there.
pub(crate) struct Open<'m> {
    /// The word or quoted text that ends at the caret.
    pub(crate) typed: Typed<'m>,
    /// What that word is, or what may begin when there is none.
    pub(crate) place: Place<'m>,
    /// Parentheses around conditions that are open.
    pub(crate) groups: usize,
    /// The name of the filter that is being defined.
    pub(crate) filter: Option<&'m str>,
}

/// A word or quoted text that ends at the caret.
pub(crate) struct Typed<'m> {
    /// Where it begins.
    pub(crate) start: usize,
    /// What it says, without quotation mark and escapes.
    pub(crate) text: Cow<'m, str>,
    /// True within quotation marks.
    pub(crate) quoted: bool,
}

impl Typed<'_> {
    fn nothing(at: usize) -> Self {
        Typed { start: at, text: Cow::Borrowed(""), quoted: false }
    }
}

/// What may stand at a place.
pub(crate) enum Place<'m> {
    /// A condition.
    Condition,
    /// A connective: a condition is complete.
    After,
    /// A part of a clause behind its field.
    Clause(Spanned<Cow<'m, str>>, Vec<Awaits<'m>>),
    /// The name of a filter that is being defined.
    Name,
    /// A field to sort by.
    Sort,
    /// A direction.
    Direction,
    /// A number of records.
    Count,
    /// Nothing that anybody could foresee.
    Nowhere,
}

/// What a clause can go on with.
pub(crate) enum Awaits<'m> {
    /// An operator, or the rest of one whose words begin at this byte.
    Operator(usize),
    /// These words of a spelling, the operand in its midst being written; and that operand when it
    /// is a bare word.
    Words(Op, &'static [&'static str], Option<&'m str>),
    /// A value.
    Value(Slot<'m>),
    /// `,` or the bracket that closes the list.
    ListEnd(&'static str),
    /// A member of a key that has these already.
    Member(Vec<Cow<'m, str>>),
    /// `,` or `}` behind the members of a key.
    KeyEnd(Vec<Cow<'m, str>>),
    /// The value of a member of a key.
    MemberValue(Cow<'m, str>, Slot<'m>),
    /// A connective: the clause is complete, if its operator, when named, is one of the row's own.
    Connective(Option<&'m str>),
}

/// The operand that a value is, or is part of.
pub(crate) struct Slot<'m> {
    /// The operator before it.
    pub(crate) operator: Operator<'m>,
    /// The values before it in the same list or range.
    pub(crate) before: Vec<Spanned<Literal<'m>>>,
    /// The words of the operator that stand behind the value.
    pub(crate) behind: &'static [&'static str],
    /// True for a length of time with its unit, as behind `in last`.
    pub(crate) length: bool,
    /// What closes the list that it stands in.
    pub(crate) closer: Option<&'static str>,
}

struct Walk<'m, 'd> {
    /// The text that is read, the mark behind it, and where it stands in the whole.
    text: &'m str,
    from: usize,
    builder: Builder<'m, 'd>,
    /// Where the mark stands.
    mark: usize,
    /// Where the text being parsed stands: bodies of definitions are parsed on their own.
    base: usize,
    open: Open<'m>,
}

impl<'m> Walk<'m, '_> {
    fn holds(&self, pair: &Pair<'m, '_>) -> bool {
        let span = pair.as_span();
        span.start() + self.base <= self.mark && self.mark < span.end() + self.base
    }

    /// Conditions and connectives of one level.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other rules are mistakes")]
    fn level(&mut self, pairs: Pairs<'m, '_>) -> Place<'m> {
        let mut apart = true;
        for pair in pairs {
            if !self.holds(&pair) {
                apart = pair.as_rule() != Rule::missing_connective;
                continue;
            }
            return match pair.as_rule() {
                Rule::definition => self.definition(pair),
                Rule::clause => self.clause(pair, apart),
                Rule::group => {
                    self.open.groups += 1;
                    self.level(pair.into_inner())
                }
                Rule::reference => {
                    self.leaf(&pair);
                    Place::Condition
                }
                Rule::order => self.order(pair),
                Rule::limit | Rule::skip => self.last(pair).map_or(Place::Nowhere, |leaf| {
                    self.leaf(&leaf);
                    Place::Count
                }),
                _ => Place::Nowhere,
            };
        }
        Place::Nowhere
    }

    fn definition(&mut self, pair: Pair<'m, '_>) -> Place<'m> {
        for part in pair.into_inner() {
            if part.as_rule() == Rule::bad_definition && self.holds(&part) {
                self.leaf(&part);
                let is_name =
                    !self.open.typed.text.contains(|c: char| c.is_whitespace() || c == '=');
                return if is_name { Place::Name } else { Place::Nowhere };
            }
            if part.as_rule() == Rule::definition_name {
                self.open.filter = Some(part.as_str());
            } else if part.as_rule() == Rule::definition_body && self.holds(&part) {
                let base = part.as_span().start() + self.base;
                let Ok(inner) = parse_query(part.as_str()) else { break };
                self.base = base;
                self.builder.stand(part.as_str(), base);
                return self.level(inner.pairs(part.as_str()));
            }
        }
        Place::Nowhere
    }

    /// The child that holds the mark.
    fn last<'n>(&self, pair: Pair<'m, 'n>) -> Option<Pair<'m, 'n>> {
        pair.into_inner().find(|child| self.holds(child))
    }

    /// Takes a word or quoted text as what was typed.
    fn leaf(&mut self, pair: &Pair<'m, '_>) {
        let text = pair.as_str().strip_suffix(MARK).unwrap_or_default();
        let start = pair.as_span().start() + self.base;
        let quoted = pair.as_rule() == Rule::string;
        let text = match text.get(1..).filter(|_| quoted) {
            Some(inner) => unescape(inner, start + 1, &mut Vec::new()),
            None => Cow::Borrowed(text),
        };
        self.open.typed = Typed { start, text, quoted };
    }

    fn order(&mut self, pair: Pair<'m, '_>) -> Place<'m> {
        let words = pair.into_inner().filter(|child| child.as_rule() != Rule::comment);
        let mut place = [Place::Sort, Place::Direction].into_iter();
        for word in words {
            let here = place.next().unwrap_or(Place::Nowhere);
            if self.holds(&word) {
                self.leaf(&word);
                return here;
            }
        }
        Place::Nowhere
    }

    /// A clause; `apart` when a connective stands before it, or nothing.
    fn clause(&mut self, pair: Pair<'m, '_>, apart: bool) -> Place<'m> {
        let mut children = pair.into_inner();
        let Some(head) = children.next() else { return Place::Nowhere };
        if self.holds(&head) {
            self.leaf(&head);
            return if apart { Place::Condition } else { Place::After };
        }
        let Some(field) = self.builder.part(head).and_then(|part| part.name()) else {
            return Place::Nowhere;
        };
        let mut parts = Vec::with_capacity(4);
        for child in children {
            if self.holds(&child) {
                return self.part(field, parts, child);
            }
            parts.extend(self.builder.part(child));
        }
        Place::Nowhere
    }

    /// The part of a clause that holds the mark.
    #[expect(clippy::wildcard_enum_match_arm, reason = "nothing begins in the other rules")]
    fn part(
        &mut self,
        field: Spanned<Cow<'m, str>>,
        parts: Vec<Part<'m>>,
        child: Pair<'m, '_>,
    ) -> Place<'m> {
        let awaits = match child.as_rule() {
            Rule::word | Rule::string => {
                self.leaf(&child);
                if self.is_count(&parts) {
                    return Place::Count;
                }
                let mut awaits = self.awaits(&parts);
                let is_text = field.span.len() > field.value.len() && parts.is_empty();
                awaits.extend(is_text.then_some(Awaits::Connective(None)));
                awaits
            }
            Rule::between => self.between(child).into_iter().collect(),
            Rule::list => self.list(&parts, child).into_iter().collect(),
            Rule::record => self.record(&parts, child).into_iter().collect(),
            _ => Vec::new(),
        };
        if awaits.is_empty() { Place::Nowhere } else { Place::Clause(field, awaits) }
    }

    /// True behind a complete clause and `limit` or `skip`, which the grammar takes for keywords
    /// only when a number follows.
    fn is_count(&mut self, parts: &[Part<'m>]) -> bool {
        let Some((last, before)) = parts.split_last() else { return false };
        let word = last.word().unwrap_or_default();
        let keyword = ["limit", "skip"].iter().any(|known| known.eq_ignore_ascii_case(word));
        keyword
            && self.complete(before).is_some_and(|awaits| matches!(awaits, Awaits::Connective(_)))
    }

    /// What can follow these parts of a clause.
    fn awaits(&mut self, parts: &[Part<'m>]) -> Vec<Awaits<'m>> {
        let Some(first) = parts.first() else {
            return vec![Awaits::Operator(self.open.typed.start)];
        };
        if let Some(awaits) = self.unit(parts) {
            return awaits;
        }
        let mut awaits = within(parts);
        if !awaits.is_empty() && parts.len() > 1 {
            return awaits;
        }
        // A symbol is still being typed as long as the caret touches it.
        let touches = |part: &Part<'_>| part.span().end as usize == self.mark;
        if parts.iter().all(|part| part.word().is_some() || touches(part) && is_symbol(part)) {
            awaits.push(Awaits::Operator(first.span().start as usize));
        }
        awaits.extend(self.complete(parts));
        awaits
    }

    /// The length whose number stands before the mark: its unit is being typed. What was typed is
    /// then the number and the unit together.
    fn unit(&mut self, parts: &[Part<'m>]) -> Option<Vec<Awaits<'m>>> {
        let (last, before) = parts.split_last()?;
        last.word().filter(|word| is_number(word))?;
        let awaits = within(before);
        let length = |awaits: &Awaits<'_>| matches!(awaits, Awaits::Value(slot) if slot.length);
        if !awaits.iter().any(length) {
            return None;
        }
        let start = last.span().range().start;
        let typed = self.text.get(start.checked_sub(self.from)?..self.mark - self.from)?;
        self.open.typed = Typed { start, text: Cow::Borrowed(typed), quoted: false };
        Some(awaits.into_iter().filter(length).collect())
    }

    /// What can follow when the parts hold a whole operator.
    fn complete(&mut self, parts: &[Part<'m>]) -> Option<Awaits<'m>> {
        let found = self.builder.operator(parts.first()?, parts)?;
        let whole = found.used == parts.len();
        let flag = matches!(found.operator, Operator::Known(op) if op.row().takes == Takes::Flag);
        match (&found.operand, found.operator) {
            _ if !whole => None,
            (_, Operator::Missing) => None,
            (Operand::None, operator) if !flag => Some(Awaits::Value(Slot {
                operator,
                before: Vec::new(),
                behind: &[],
                length: false,
                closer: None,
            })),
            (Operand::None | Operand::One(_) | Operand::List(_), Operator::Other(name)) => {
                Some(Awaits::Connective(Some(name)))
            }
            (Operand::None | Operand::One(_) | Operand::List(_), _) => {
                Some(Awaits::Connective(None))
            }
        }
    }

    /// `between a and` with the mark as its second value.
    fn between(&mut self, pair: Pair<'m, '_>) -> Option<Awaits<'m>> {
        let mut before = Vec::new();
        for child in pair.into_inner() {
            if self.holds(&child) {
                self.leaf(&child);
            } else {
                before.extend(self.builder.literal(&child));
            }
        }
        let operator = Operator::Known(Op::Range);
        Some(Awaits::Value(Slot { operator, before, behind: &[], length: false, closer: None }))
    }

    fn list(&mut self, parts: &[Part<'m>], pair: Pair<'m, '_>) -> Option<Awaits<'m>> {
        let found = self.builder.operator(parts.first()?, parts)?;
        let complete = found.used != parts.len() || !matches!(found.operand, Operand::None);
        let closer = if pair.as_str().starts_with('[') { "]" } else { ")" };
        let mut before = Vec::new();
        let mut comma = true;
        for child in pair.into_inner() {
            let rule = child.as_rule();
            if rule == Rule::dots || rule == Rule::missing_comma {
                comma = false;
            } else if !self.holds(&child) {
                before.extend(self.builder.literal(&child));
                comma = !(rule == Rule::word && child.as_str().ends_with(".."));
            } else if matches!(rule, Rule::word | Rule::string) && !complete {
                self.leaf(&child);
                if !comma {
                    return Some(Awaits::ListEnd(closer));
                }
                let closer = Some(closer);
                let slot =
                    Slot { operator: found.operator, before, behind: &[], length: false, closer };
                return Some(Awaits::Value(slot));
            } else if rule == Rule::record && !complete && comma {
                return self.record(parts, child);
            }
        }
        None
    }

    /// A key that is not closed yet.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other rules are mistakes")]
    fn record(&mut self, parts: &[Part<'m>], pair: Pair<'m, '_>) -> Option<Awaits<'m>> {
        let found = self.builder.operator(parts.first()?, parts)?;
        let mut names = Vec::new();
        let mut comma = true;
        for child in pair.into_inner() {
            match child.as_rule() {
                Rule::missing_comma => comma = false,
                Rule::pair if self.holds(&child) => {
                    let (name, value) = self.member(child);
                    self.leaf(&value?);
                    let (before, behind) = (Vec::new(), &[][..]);
                    let slot = Slot {
                        operator: found.operator,
                        before,
                        behind,
                        length: false,
                        closer: None,
                    };
                    return Some(Awaits::MemberValue(name?, slot));
                }
                Rule::pair => {
                    names.extend(self.member(child).0);
                    comma = true;
                }
                Rule::bad_pair if self.holds(&child) => {
                    self.leaf(&child);
                    let awaits = if comma { Awaits::Member } else { Awaits::KeyEnd };
                    return Some(awaits(names));
                }
                _ => {}
            }
        }
        None
    }

    /// The name of a member, and its value when that is a word or text.
    fn member<'n>(&self, pair: Pair<'m, 'n>) -> (Option<Cow<'m, str>>, Option<Pair<'m, 'n>>) {
        let mut parts = pair.into_inner();
        let name = parts.next().map(|name| unquoted(name.as_str()));
        (name, parts.find(|part| matches!(part.as_rule(), Rule::word | Rule::string)))
    }
}

/// A name without its quotation marks.
fn unquoted(name: &str) -> Cow<'_, str> {
    match name.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\''])) {
        Some(inner) => unescape(inner, 0, &mut Vec::new()),
        None => Cow::Borrowed(name),
    }
}

fn is_symbol(part: &Part<'_>) -> bool {
    matches!(part, Part::Symbol(_))
}

/// What follows within the spellings that have their operand in their midst.
fn within<'m>(parts: &[Part<'m>]) -> Vec<Awaits<'m>> {
    let first = parts.first().and_then(Part::spelled).unwrap_or_default();
    let open = ops::spellings_from(first).iter().filter_map(|spelling| rest(spelling, parts));
    let mut awaits: Vec<Awaits<'m>> = Vec::new();
    let mut seen: Vec<(Op, Option<&str>)> = Vec::new();
    for (op, rest) in open {
        if seen.contains(&(op, rest.first().copied())) {
            continue;
        }
        seen.push((op, rest.first().copied()));
        awaits.push(match rest.split_first() {
            Some((&"_", behind)) => Awaits::Value(Slot {
                operator: Operator::Known(op),
                before: Vec::new(),
                behind,
                length: matches!(op.row().takes, Takes::Days | Takes::Length),
                closer: None,
            }),
            _ => Awaits::Words(op, rest, parts.last().and_then(Part::word)),
        });
    }
    awaits
}

/// The rest of a spelling that the parts begin, from the operand on.
fn rest(spelling: &'static Spelling, parts: &[Part<'_>]) -> Option<(Op, &'static [&'static str])> {
    // `between a and b` is one part, to which nothing is left to add.
    if parts.iter().any(|part| matches!(part, Part::Between(..))) {
        return None;
    }
    let pieces = spelling.pieces();
    let rest = pieces.get(parts.len()..).filter(|rest| !rest.is_empty())?;
    let fits = |(piece, part): (&&str, &Part<'_>)| match (*piece, part) {
        ("_", Part::Literal(_)) => true,
        (piece, part) => part.spelled().is_some_and(|word| word.eq_ignore_ascii_case(piece)),
    };
    let reached = rest.first() == Some(&"_") || pieces.iter().take(parts.len()).any(|p| *p == "_");
    (reached && pieces.iter().zip(parts).all(fits)).then_some((spelling.op, rest))
}
