//! The tokens of a text for highlighting, from the parse itself: the grammar says what is a word,
//! a text or a mistake, the tree which of them are field, operator and value. What the grammar
//! leaves no node for are keywords and marks.
//!
//! Laws: tokens stand in order, do not overlap and cover every character that is no blank.

use serde::Serialize;

use super::ast::{Clause, Document, Expr, Operand, Operator, Tail};
use super::grammar::{Pairs, Rule, parse_query};
use super::parse::{Parsed, read};
use crate::limits::Limits;
use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// `# …`.
    Comment,
    /// `let`, `order by`, `asc`, `limit`.
    Keyword,
    /// `and`, `or`, `not`.
    Connective,
    /// The name of a field.
    Field,
    /// The name of a member of a key.
    Member,
    /// A word or symbol of an operator.
    Operator,
    /// A bare word as a value.
    Word,
    /// A bare number as a value.
    Number,
    /// A quoted text as a value, or alone.
    Text,
    /// `$name`.
    Parameter,
    /// `@name`, and the name after `let`.
    Reference,
    /// Brackets, commas, colons and dots.
    Mark,
    /// What fits nowhere.
    Invalid,
}

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

/// The tokens of a text. One that passes a limit is not read: it is invalid, line by line.
///
/// ```
/// use tamis::syntax::{Kind, tokens};
/// let tokens = tokens("ip.category = Risky and", &tamis::Limits::default());
/// let kinds: Vec<_> = tokens.iter().map(|token| token.kind).collect();
/// assert_eq!(kinds, [Kind::Field, Kind::Operator, Kind::Word, Kind::Connective]);
/// ```
#[must_use]
pub fn tokens(text: &str, limits: &Limits) -> Vec<Token> {
    outline(text, limits).1
}

/// The tree of a text and its tokens, from one parse.
pub(crate) fn outline<'s>(text: &'s str, limits: &Limits) -> (Parsed<'s>, Vec<Token>) {
    let (parsed, nodes) = read(text, limits);
    let mut leaves = Vec::new();
    match nodes {
        Some(nodes) => collect(nodes.pairs(text), 0, &mut leaves),
        None => leaves.push((Rule::leftover, Span::new(0, text.len()))),
    }
    let roles = Roles::of(&parsed.document);
    let mut out = Vec::with_capacity(leaves.len() * 2);
    let mut at = 0;
    for (rule, span) in leaves {
        between(text, at, span.start as usize, &roles, &mut out);
        let kind = roles.kind(rule, span, span.of(text));
        lines(text, span, |span| out.push(Token { kind, span }));
        at = span.end as usize;
    }
    between(text, at, text.len(), &roles, &mut out);
    (parsed, out)
}

/// The innermost nodes with characters, in order; a definition's body is parsed on its own.
fn collect(pairs: Pairs<'_, '_>, base: usize, out: &mut Vec<(Rule, Span)>) {
    for pair in pairs {
        let span = pair.as_span();
        let (rule, start) = (pair.as_rule(), span.start() + base);
        if rule == Rule::definition_body {
            if let Ok(inner) = parse_query(pair.as_str()) {
                collect(inner.pairs(pair.as_str()), start, out);
            }
            continue;
        }
        let text = pair.as_str();
        let inner = pair.into_inner();
        if !inner.is_empty() || is_frame(rule) {
            collect(inner, base, out);
        } else if !text.is_empty() {
            out.push((rule, Span::new(start, start + text.len())));
        }
    }
}

/// Rules whose own characters are keywords and marks, whatever they hold.
fn is_frame(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::group
            | Rule::list
            | Rule::record
            | Rule::order
            | Rule::limit
            | Rule::skip
            | Rule::EOI
    )
}

/// The parts of a place that lie on one line each, blanks at their ends left out.
fn lines(text: &str, span: Span, mut push: impl FnMut(Span)) {
    let mut start = span.start as usize;
    for line in span.of(text).split_inclusive('\n') {
        let blank = line.len() - line.trim_start().len();
        let held = line.trim();
        if !held.is_empty() {
            push(Span::new(start + blank, start + blank + held.len()));
        }
        start += line.len();
    }
}

/// What stands between two leaves: keywords, and marks one by one.
fn between(text: &str, from: usize, to: usize, roles: &Roles, out: &mut Vec<Token>) {
    let mut place = from;
    let gap = text.get(from..to).unwrap_or_default();
    for piece in gap.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        if !word.is_empty() {
            let span = Span::new(place, place + word.len());
            let within = Roles::at(&roles.operators, span).is_some();
            let kind = if within { Kind::Operator } else { Kind::Keyword };
            out.push(Token { kind, span });
        }
        let mark = piece.get(word.len()..).unwrap_or_default();
        if !mark.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
            let span = Span::new(place + word.len(), place + piece.len());
            out.push(Token { kind: Kind::Mark, span });
        }
        place += piece.len();
    }
}

/// The places of fields, operators and values in the tree, each list in the order of the text.
#[derive(Default)]
struct Roles {
    fields: Vec<Span>,
    operators: Vec<Span>,
    values: Vec<Span>,
    /// Behind the field that is sorted by stands the direction.
    direction: Option<Span>,
}

impl Roles {
    fn of(document: &Document<'_>) -> Self {
        let mut roles = Roles::default();
        for definition in &document.definitions {
            roles.expr(&definition.condition);
        }
        if let Some(condition) = &document.condition {
            roles.expr(condition);
        }
        roles.tail(&document.tail);
        roles
    }

    fn expr(&mut self, expr: &Expr<'_>) {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| self.expr(part)),
            Expr::Not(inner, _) => self.expr(inner),
            Expr::Clause(clause) => self.clause(clause),
            Expr::FreeText(text) => self.values.push(text.span),
            Expr::BareWord(word) => self.fields.push(word.span),
            Expr::Reference(_) | Expr::Unreadable(_) => {}
        }
    }

    fn clause(&mut self, clause: &Clause<'_>) {
        self.fields.push(clause.field.span);
        let known = !matches!(clause.operator.value, Operator::Missing);
        if known {
            self.operators.push(clause.operator.span);
        }
        self.values.extend(clause.operand.literals().iter().map(|literal| literal.span));
        // `and` of `between`, which stands amid the operand.
        if let Operand::One(one) = &clause.operand
            && known
            && clause.operator.span.end <= one.span.start
        {
            self.operators.push(one.span);
        }
    }

    fn tail(&mut self, tail: &Tail<'_>) {
        self.fields.extend(tail.order.iter().map(|(field, _)| field.span));
        self.direction =
            tail.order.as_ref().map(|(field, _)| Span { start: field.span.end, end: u32::MAX });
        let mut counts: Vec<Span> =
            tail.limit.iter().chain(&tail.skip).map(|count| count.span).collect();
        counts.sort_unstable();
        self.values.extend(counts);
    }

    /// The place of a list that covers a token.
    fn at(list: &[Span], token: Span) -> Option<Span> {
        let next = list.partition_point(|place| place.end <= token.start);
        list.get(next).copied().filter(|place| place.start <= token.start && token.end <= place.end)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the other rules are mistakes")]
    fn kind(&self, rule: Rule, span: Span, text: &str) -> Kind {
        let covered = |list: &[Span]| Roles::at(list, span).is_some();
        match rule {
            Rule::comment => Kind::Comment,
            Rule::and | Rule::or | Rule::not => Kind::Connective,
            Rule::reference | Rule::definition_name => Kind::Reference,
            Rule::parameter if covered(&self.fields) => Kind::Field,
            Rule::parameter => Kind::Parameter,
            Rule::phrase => Kind::Word,
            Rule::dots => Kind::Mark,
            Rule::symbol => Kind::Operator,
            Rule::record_key => Kind::Member,
            Rule::word | Rule::string if covered(&self.fields) => Kind::Field,
            Rule::string => Kind::Text,
            Rule::word if text.starts_with('@') && !covered(&self.values) => Kind::Reference,
            Rule::word | Rule::range_start if covered(&self.values) => value(text),
            Rule::word if covered(&self.operators) => Kind::Operator,
            Rule::word if covered(self.direction.as_slice()) => Kind::Keyword,
            _ => Kind::Invalid,
        }
    }
}

fn value(word: &str) -> Kind {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if number { Kind::Number } else { Kind::Word }
}
