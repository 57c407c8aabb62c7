//! From the nodes of the grammar to the tree, and from the grammar's rules for mistakes to diagnostics.

use std::borrow::Cow;

use super::ast::{
    Count, Definition, Direction, Document, Expr, Literal, Operator, Tail, WholeSpan,
};
use super::grammar::{DEEPEST, Failure, Nodes, Pair, Pairs, Rule, parse_document, parse_query};
use super::part::{Look, Trials};
use super::{guard, phrase};
use crate::diag::promise::{self, Judge};
use crate::diag::{Code, Diagnostic, Diagnostics, messages};
use crate::limits::Limits;
use crate::quote::{EscapeError, is_bare, is_bare_byte, is_invisible, unescape};
use crate::span::{Span, Spanned};

/// What parsing gives: the tree, as far as it could be read, and what is wrong with the text.
#[derive(Clone, Debug)]
pub struct Parsed<'s> {
    /// The text that was parsed.
    pub text: &'s str,
    /// The tree.
    pub document: Document<'s>,
    pub(crate) diagnostics: Diagnostics,
}

impl<'s> Parsed<'s> {
    /// A text without a tree.
    pub(crate) fn unread(text: &'s str) -> Self {
        Parsed { text, document: Document::default(), diagnostics: Diagnostics::default() }
    }

    /// How many mistakes there are that no schema could make good, those included that another
    /// mistake causes and that no diagnostic reports.
    ///
    /// ```
    /// assert_eq!(tamis::parse("service = Box").mistakes(), 0);
    /// assert_eq!(tamis::parse("(service = Box").mistakes(), 1);
    /// ```
    #[must_use]
    pub fn mistakes(&self) -> usize {
        let bodies = self.document.definitions.iter().map(|definition| &definition.condition);
        let unfinished: usize = bodies.chain(&self.document.condition).map(unfinished).sum();
        self.diagnostics.len() + unfinished
    }

    /// True when a quoted text has no end.
    pub(crate) fn has_open_text(&self) -> bool {
        self.diagnostics.holds(Code::UnterminatedString)
    }

    /// True when the text has neither a condition nor a definition, nor order or paging.
    ///
    /// ```
    /// assert!(tamis::parse("  # nothing yet").is_empty());
    /// assert!(!tamis::parse("limit 10").is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let document = &self.document;
        let tail = &document.tail;
        let bare = tail.order.is_none() && tail.limit.is_none() && tail.skip.is_none();
        document.condition.is_none()
            && document.definitions.is_empty()
            && bare
            && self.diagnostics.len() == 0
    }

    /// What is wrong with the text, by place: as many as the limit that it was parsed with allows,
    /// and one more with the number of the others.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<crate::Diagnostic> {
        let (found, surplus) = self.diagnostics.clone().into_kept();
        if found.iter().all(|found| found.fixes.is_empty()) {
            return surplus.shown(found);
        }
        let limits = Limits::default();
        let read = |text: &str, _: bool| {
            let parsed = parse_with(text, &limits);
            Look::new(&parsed.document, &parsed.diagnostics.into_kept().0, [0, 0])
        };
        let whole = Look::new(&self.document, &found, [0, 0]);
        let mut trials = Trials::new(self.text, whole, &read, &limits);
        let mut look = |text: &str| trials.seen(text);
        let mut judge = Judge::new(self.text, &mut look);
        surplus.shown(promise::kept(self.text, found, &|_| false, &mut judge))
    }
}

/// Conditions that are a field alone, or one without its operator.
fn unfinished(expr: &Expr<'_>) -> usize {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().map(unfinished).sum(),
        Expr::Not(inner, _) => unfinished(inner),
        Expr::Clause(clause) => usize::from(clause.operator.value == Operator::Missing),
        Expr::BareWord(_) => 1,
        Expr::FreeText(_) | Expr::Reference(_) | Expr::Unreadable(_) => 0,
    }
}

/// Parses a text with the default limits. Any text gives a tree; mistakes are diagnostics.
///
/// ```
/// let parsed = tamis::parse("ip.category = Risky and (service = 1");
/// assert_eq!(parsed.diagnostics()[0].code.id(), "T0102");
/// ```
#[must_use]
pub fn parse(text: &str) -> Parsed<'_> {
    parse_with(text, &Limits::default())
}

/// Parses a text within the limits on its length and nesting.
#[must_use]
pub fn parse_with<'s>(text: &'s str, limits: &Limits) -> Parsed<'s> {
    read(text, limits).0
}

/// The tree and the nodes that it was made of; no nodes when the text passes a limit.
pub(super) fn read<'s>(text: &'s str, limits: &Limits) -> (Parsed<'s>, Option<Nodes>) {
    let mut diagnostics = Diagnostics::within(limits.diagnostics);
    let mut document = Document::default();
    if let Some(problem) = guard::refuse(text, limits) {
        diagnostics.push(problem);
        return (Parsed { text, document, diagnostics }, None);
    }
    let nodes = match parse_document(text) {
        Ok(nodes) => {
            let mut builder = Builder::new(text, 0, &mut diagnostics);
            builder.document(nodes.pairs(text), &mut document);
            document.comments = builder.comments;
            document.comments.sort_by_key(|comment| comment.span.start);
            Some(nodes)
        }
        Err(failure) => {
            diagnostics.push(unreadable(failure, text, 0));
            None
        }
    };
    (Parsed { text, document, diagnostics }, nodes)
}

/// Why a text that stands at `base` has no nodes. The grammar reads every text that is not too deep.
fn unreadable(failure: Failure, text: &str, base: usize) -> Diagnostic {
    match failure {
        Failure::TooDeep(at) => {
            messages::too_deep(Span::new(base + at, base + at + 1), DEEPEST as usize)
        }
        Failure::TooLong => messages::query_too_long(text.len(), u32::MAX as usize),
        Failure::NoMatch => messages::unexpected_text(Span::new(base, base + text.len()), text),
    }
}

/// What the grammar alone makes of a text, without a tree: the number of its nodes. For benchmarks.
#[doc(hidden)]
#[must_use]
pub fn bare_parse(text: &str) -> usize {
    parse_document(text).map_or(0, |nodes| nodes.list().len())
}

/// Builds the tree of one text and reports what the grammar marked as a mistake.
pub(super) struct Builder<'s, 'd> {
    text: &'s str,
    /// Where the text stands in the whole source: bodies of definitions are parsed on their own.
    base: usize,
    pub(super) problems: &'d mut Diagnostics,
    comments: Vec<Spanned<&'s str>>,
}

/// A formula in the making: `or` of `and` of conditions, each perhaps under `not`.
#[derive(Default)]
struct Fold<'s> {
    any: Vec<Expr<'s>>,
    all: Vec<Expr<'s>>,
    not: Option<(Span, bool)>,
}

impl<'s> Fold<'s> {
    fn negate(&mut self, span: Span) {
        let odd = !self.not.is_some_and(|(_, odd)| odd);
        self.not = Some((self.not.map_or(span, |(first, _)| first), odd));
    }

    fn push(&mut self, condition: Expr<'s>) {
        self.all.push(match self.not.take() {
            Some((span, true)) => Expr::Not(Box::new(condition), WholeSpan(span)),
            Some((_, false)) | None => condition,
        });
    }

    fn close_all(&mut self) {
        let all = std::mem::take(&mut self.all);
        self.any.extend(single_or(all, Expr::And));
    }

    fn finish(mut self) -> Option<Expr<'s>> {
        if self.any.is_empty() {
            return single_or(self.all, Expr::And);
        }
        self.close_all();
        single_or(self.any, Expr::Or)
    }
}

fn single_or<'s>(
    mut list: Vec<Expr<'s>>,
    many: impl Fn(Vec<Expr<'s>>) -> Expr<'s>,
) -> Option<Expr<'s>> {
    if list.len() > 1 { Some(many(list)) } else { list.pop() }
}

impl<'s, 'd> Builder<'s, 'd> {
    pub(super) fn new(text: &'s str, base: usize, problems: &'d mut Diagnostics) -> Self {
        Builder { text, base, problems, comments: Vec::new() }
    }

    /// Goes on with a text that stands elsewhere in the source.
    pub(super) fn stand(&mut self, text: &'s str, base: usize) {
        (self.text, self.base) = (text, base);
    }

    pub(super) fn span(&self, pair: &Pair<'s, '_>) -> Span {
        let span = pair.as_span();
        Span::new(span.start() + self.base, span.end() + self.base)
    }

    pub(super) fn comment(&mut self, pair: &Pair<'s, '_>) {
        let text = pair.as_str().trim_end();
        let start = self.span(pair).start as usize;
        self.comments.push(Spanned::new(text, Span::new(start, start + text.len())));
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "every other rule belongs to the query")]
    fn document(&mut self, mut pairs: Pairs<'s, '_>, document: &mut Document<'s>) {
        while let Some(pair) = pairs.peek() {
            match pair.as_rule() {
                Rule::comment => self.comment(&pair),
                Rule::definition => document.definitions.extend(self.definition(pair)),
                _ => break,
            }
            pairs.next();
        }
        document.condition = self.conditions(&mut pairs);
        self.tail(pairs, &mut document.tail);
    }

    fn definition(&mut self, pair: Pair<'s, '_>) -> Option<Definition<'s>> {
        let whole = self.span(&pair);
        let mut name = None;
        let mut condition = None;
        for part in pair.into_inner() {
            let span = self.span(&part);
            if part.as_rule() == Rule::comment {
                self.comment(&part);
            } else if part.as_rule() == Rule::definition_name {
                name = Some(Spanned::new(part.as_str(), span));
            } else if part.as_rule() == Rule::definition_body {
                condition = self.definition_body(part.as_str(), span, whole);
            } else {
                self.problems.push(messages::bad_definition(whole));
            }
        }
        let name = name?;
        if !name.value.chars().all(|c| is_bare(c) && c != '@' && c != '$') {
            self.problems.push(messages::bad_definition_name(name.span, name.value));
        }
        Some(Definition { name, condition: condition?, span: WholeSpan(whole) })
    }

    /// The body is a query of its own, so one bad definition hides nothing in the next.
    fn definition_body(&mut self, body: &'s str, span: Span, whole: Span) -> Option<Expr<'s>> {
        let nodes = match parse_query(body) {
            Ok(nodes) => nodes,
            Err(failure) => {
                self.problems.push(unreadable(failure, body, span.start as usize));
                return None;
            }
        };
        let mut pairs = nodes.pairs(body);
        let mut inner = Builder::new(body, span.start as usize, self.problems);
        let condition = inner.conditions(&mut pairs);
        let mut tail = Tail::default();
        inner.tail(pairs, &mut tail);
        let comments = std::mem::take(&mut inner.comments);
        self.comments.extend(comments);
        if tail != Tail::default() {
            self.problems.push(messages::tail_in_definition(span));
        }
        if condition.is_none() {
            self.problems.push(messages::bad_definition(whole));
        }
        condition
    }

    /// Conditions and connectives up to the tail or the end.
    #[expect(clippy::wildcard_enum_match_arm, reason = "what is left belongs to the caller")]
    fn conditions(&mut self, pairs: &mut Pairs<'s, '_>) -> Option<Expr<'s>> {
        let mut fold = Fold::default();
        let mut connective_missing = false;
        while let Some(pair) = pairs.peek() {
            match pair.as_rule() {
                Rule::clause => {
                    self.missing_connective(std::mem::take(&mut connective_missing), &pair);
                    self.clause(pair, &mut |condition| fold.push(condition));
                }
                Rule::group => {
                    self.missing_connective(std::mem::take(&mut connective_missing), &pair);
                    fold.push(self.group(pair));
                }
                Rule::reference => {
                    self.missing_connective(std::mem::take(&mut connective_missing), &pair);
                    let name = pair.as_str().strip_prefix('@').unwrap_or_default();
                    fold.push(Expr::Reference(Spanned::new(name, self.span(&pair))));
                }
                Rule::and => {}
                Rule::or => fold.close_all(),
                Rule::not => fold.negate(self.span(&pair)),
                Rule::missing_connective => connective_missing = true,
                Rule::missing_condition | Rule::misplaced | Rule::stray_bracket => {
                    connective_missing = false;
                    fold.push(self.unreadable(&pair));
                }
                Rule::comment => self.comment(&pair),
                _ => break,
            }
            pairs.next();
        }
        fold.finish()
    }

    fn missing_connective(&mut self, missing: bool, next: &Pair<'s, '_>) {
        if missing {
            let text = next.as_str().split_whitespace().next().unwrap_or_default();
            self.problems.push(messages::missing_connective(self.span(next), text));
        }
    }

    /// The text at a place.
    pub(super) fn source(&self, place: Span) -> &'s str {
        place.of_within(self.text, self.base)
    }

    fn group(&mut self, pair: Pair<'s, '_>) -> Expr<'s> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let condition = self.conditions(&mut inner);
        self.unclosed(inner, span);
        condition.unwrap_or(Expr::Unreadable(WholeSpan(span)))
    }

    /// Reports the opening bracket at the start of `span` when the grammar found no closing one.
    pub(super) fn unclosed(&mut self, mut rest: Pairs<'s, '_>, span: Span) {
        if rest.any(|pair| pair.as_rule() == Rule::unclosed) {
            let opening = Span { start: span.start, end: span.start + 1 };
            let trimmed = span.of_within(self.text, self.base).trim_end().len();
            let end = Span::at(span.start as usize + trimmed);
            let bracket = opening.of_within(self.text, self.base);
            self.problems.push(messages::unclosed_bracket(opening, bracket, end));
        }
    }

    /// What the grammar marks as a mistake where a condition belongs.
    fn unreadable(&mut self, pair: &Pair<'s, '_>) -> Expr<'s> {
        let span = self.span(pair);
        let text = pair.as_str().trim_end();
        let tight = Span::new(span.start as usize, span.start as usize + text.len());
        if pair.as_rule() == Rule::misplaced {
            self.problems.push(messages::unexpected_text(tight, text));
        } else if pair.as_rule() == Rule::stray_bracket {
            self.problems.push(messages::stray_bracket(span, text));
        } else {
            let behind = self.text.get(..pair.as_span().start()).unwrap_or_default().trim_end();
            let ahead = self.text.get(pair.as_span().start()..).unwrap_or_default();
            self.problems.push(messages::missing_condition(span, behind, ahead));
        }
        Expr::Unreadable(WholeSpan(tight))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only what the tail is made of has a meaning here"
    )]
    fn tail(&mut self, pairs: Pairs<'s, '_>, tail: &mut Tail<'s>) {
        for pair in pairs {
            let span = self.span(&pair);
            match pair.as_rule() {
                Rule::comment => self.comment(&pair),
                Rule::order => self.order(pair, tail),
                Rule::limit => {
                    let count = self.count(pair, "limit");
                    self.once("limit", span, tail.limit.is_some());
                    tail.limit = tail.limit.or(count);
                }
                Rule::skip => {
                    let count = self.count(pair, "skip");
                    self.once("skip", span, tail.skip.is_some());
                    tail.skip = tail.skip.or(count);
                }
                Rule::leftover => {
                    let text = pair.as_str().trim_end();
                    let tight = Span::new(span.start as usize, span.start as usize + text.len());
                    self.problems.push(messages::leftover(tight, text));
                }
                _ => {}
            }
        }
    }

    fn once(&mut self, word: &str, span: Span, again: bool) {
        if again {
            self.problems.push(messages::tail_twice(span, word));
        }
    }

    fn order(&mut self, pair: Pair<'s, '_>, tail: &mut Tail<'s>) {
        let span = self.span(&pair);
        let mut words = Vec::new();
        for part in pair.into_inner() {
            match self.literal(&part) {
                Some(Spanned { value: Literal::Word(word), span }) => {
                    words.push(Spanned::new(Cow::Borrowed(word), span))
                }
                Some(Spanned { value: Literal::Text(text), span }) => {
                    words.push(Spanned::new(text, span))
                }
                // `$name` is a field here: parameters stand only as values.
                Some(Spanned { value: Literal::Parameter(_), span }) => {
                    words.push(Spanned::new(Cow::Borrowed(self.source(span)), span))
                }
                Some(_) => {}
                None => self.comment(&part),
            }
        }
        self.once("order by", span, tail.order.is_some());
        let mut words = words.into_iter();
        let Some(field) = words.next() else {
            self.problems.push(messages::order_without_field(span));
            return;
        };
        let direction = match words.next() {
            None => Direction::Default,
            Some(word) if word.value.eq_ignore_ascii_case("asc") => Direction::Ascending,
            Some(word) if word.value.eq_ignore_ascii_case("desc") => Direction::Descending,
            Some(word) => {
                self.problems.push(messages::bad_direction(word.span, &word.value));
                Direction::Default
            }
        };
        if let Some(extra) = words.next() {
            self.problems.push(messages::leftover(extra.span, &extra.value));
        }
        tail.order = Some((field, direction));
    }

    fn count(&mut self, pair: Pair<'s, '_>, word: &str) -> Option<Spanned<Count<'s>>> {
        let span = self.span(&pair);
        let mut found = None;
        for part in pair.into_inner() {
            if part.as_rule() == Rule::comment {
                self.comment(&part);
            } else {
                found = Some((part.as_rule(), part.as_str(), self.span(&part)));
            }
        }
        let Some((rule, text, place)) = found else {
            self.problems.push(messages::bad_count(span.after(), word, ""));
            return None;
        };
        if rule == Rule::parameter {
            let name = text.strip_prefix('$').unwrap_or(text);
            return Some(Spanned::new(Count::Parameter(name), place));
        }
        let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        if number.is_none() {
            self.problems.push(messages::bad_count(place, word, text));
        }
        number.map(|number| Spanned::new(Count::Number(number), place))
    }

    /// A word, a string or a parameter; `None` for anything else.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other rules are no literals")]
    pub(super) fn literal(&mut self, pair: &Pair<'s, '_>) -> Option<Spanned<Literal<'s>>> {
        let span = self.span(pair);
        let text = pair.as_str();
        let value = match pair.as_rule() {
            Rule::word | Rule::range_start => Literal::Word(text),
            Rule::phrase => phrase::read(text, span),
            Rule::amount => phrase::amount(text, span),
            Rule::string => Literal::Text(self.string(text, span)),
            Rule::parameter => Literal::Parameter(text.strip_prefix('$').unwrap_or(text)),
            _ => return None,
        };
        Some(Spanned::new(value, span))
    }

    /// Reports a bare word that holds a character it should not.
    pub(super) fn checked_word(&mut self, word: &str, span: Span) {
        if word.bytes().all(is_bare_byte) {
            return;
        }
        if let Some((place, c)) = word.char_indices().find(|(_, c)| !is_bare(*c)) {
            let start = span.start as usize + place;
            let found = if is_invisible(c) {
                messages::invisible_character(Span::new(start, start + c.len_utf8()), c, word, span)
            } else {
                messages::needs_quotes(span, word, c)
            };
            self.problems.push(found);
        }
    }

    /// The text between quotes, escapes resolved.
    fn string(&mut self, text: &'s str, span: Span) -> Cow<'s, str> {
        let mark = text.chars().next().unwrap_or('"');
        let open = text.get(1..).unwrap_or_default();
        let Some(inner) = closed(open, mark) else {
            let tight = Span::new(span.start as usize, span.start as usize + text.trim_end().len());
            self.problems.push(messages::unterminated_string(tight, mark, open));
            return Cow::Borrowed(open);
        };
        let mut errors = Vec::new();
        let value = unescape(inner, span.start as usize + 1, &mut errors);
        for error in errors {
            self.problems.push(match error {
                EscapeError::Unknown(place) => {
                    messages::bad_escape(place, place.of_within(self.text, self.base))
                }
                EscapeError::Nul(place) => messages::nul_character(place),
            });
        }
        value
    }
}

/// The text without its closing mark; `None` when the mark is missing or escaped.
fn closed(open: &str, mark: char) -> Option<&str> {
    let inner = open.strip_suffix(mark)?;
    let backslashes = inner.bytes().rev().take_while(|byte| *byte == b'\\').count();
    backslashes.is_multiple_of(2).then_some(inner)
}

trait OfWithin {
    fn of_within<'t>(&self, text: &'t str, base: usize) -> &'t str;
}

impl OfWithin for Span {
    /// The text it covers, when the text stands `base` bytes into the source.
    fn of_within<'t>(&self, text: &'t str, base: usize) -> &'t str {
        let range = self.range();
        text.get(range.start.saturating_sub(base)..range.end.saturating_sub(base))
            .unwrap_or_default()
    }
}
