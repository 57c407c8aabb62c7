//! The clause tree of a text: what every edit works on. Groups and conditions with their places,
//! brackets and `not`s included.

use crate::limits::Limits;
use crate::span::Span;
use crate::syntax::ast::Expr;
use crate::syntax::{Kind, Parsed, Token, outline};

/// What joins the items of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Connective {
    /// All of them hold.
    And,
    /// One of them holds at least.
    Or,
}

impl Connective {
    /// The word of the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Connective::And => "and",
            Connective::Or => "or",
        }
    }

    /// The connective that a token is.
    pub(super) fn of(text: &str) -> Option<Connective> {
        if text == "&&" || text.eq_ignore_ascii_case("and") {
            return Some(Connective::And);
        }
        (text == "||" || text.eq_ignore_ascii_case("or")).then_some(Connective::Or)
    }
}

/// A text and its tokens, read once for an edit.
pub(super) struct Reading<'t> {
    pub(super) parsed: Parsed<'t>,
    pub(super) tokens: Vec<Token>,
    /// Where brackets open and close, in order.
    brackets: Vec<(u32, u32)>,
}

/// A condition or group of the text.
pub(super) struct Part<'p, 's> {
    /// Without brackets and `not` around it.
    pub(super) core: Span,
    /// With all brackets and `not`s that are around it alone.
    pub(super) unit: Span,
    /// True under an odd number of its own `not`s.
    pub(super) not: bool,
    pub(super) inner: Inner<'p, 's>,
}

/// What a part is.
pub(super) enum Inner<'p, 's> {
    Leaf(&'p Expr<'s>),
    Group(Connective, Vec<Part<'p, 's>>),
}

/// A named filter or the query.
pub(super) struct Body<'p, 's> {
    /// The name of the filter.
    pub(super) filter: Option<&'s str>,
    /// The whole definition; of the query, all that stands behind the definitions.
    pub(super) span: Span,
    pub(super) root: Option<Part<'p, 's>>,
}

impl<'t> Reading<'t> {
    pub(super) fn new(text: &'t str, limits: &Limits) -> Self {
        let (parsed, tokens) = outline(text, limits);
        Reading::of(parsed, tokens)
    }

    pub(super) fn of(parsed: Parsed<'t>, tokens: Vec<Token>) -> Self {
        let mut open: Vec<(&str, u32)> = Vec::new();
        let mut brackets = Vec::new();
        for token in tokens.iter().filter(|token| token.kind == Kind::Mark) {
            let mark = token.span.of(parsed.text);
            if matches!(mark, "(" | "[" | "{") {
                open.push((mark, token.span.start));
            }
            let closes = |(bracket, _): &mut (&str, u32)| {
                matches!((*bracket, mark), ("(", ")") | ("[", "]") | ("{", "}"))
            };
            if let Some((_, start)) = open.pop_if(closes) {
                brackets.push((start, token.span.start));
            }
        }
        brackets.sort_unstable();
        Reading { parsed, tokens, brackets }
    }

    /// True when the bracket at one place closes the one at another.
    fn closes(&self, open: u32, close: u32) -> bool {
        self.brackets.binary_search(&(open, close)).is_ok()
    }

    pub(super) fn text(&self) -> &'t str {
        self.parsed.text
    }

    /// The named filters, then the query.
    pub(super) fn bodies(&self) -> Vec<Body<'_, 't>> {
        let document = &self.parsed.document;
        let mut bodies: Vec<Body<'_, 't>> = document
            .definitions
            .iter()
            .map(|row| Body {
                filter: Some(row.name.value),
                span: row.span.0,
                root: Some(self.part(&row.condition)),
            })
            .collect();
        let from = bodies.last().map_or(0, |last| last.span.range().end);
        bodies.push(Body {
            filter: None,
            span: Span::new(from, self.text().len()),
            root: document.condition.as_ref().map(|condition| self.part(condition)),
        });
        bodies
    }

    fn part<'p>(&'p self, expr: &'p Expr<'t>) -> Part<'p, 't> {
        match expr {
            Expr::Not(inner, _) => {
                let part = self.part(inner);
                Part { not: !part.not, ..part }
            }
            Expr::And(parts) => self.group(Connective::And, parts),
            Expr::Or(parts) => self.group(Connective::Or, parts),
            Expr::Clause(_)
            | Expr::FreeText(_)
            | Expr::BareWord(_)
            | Expr::Reference(_)
            | Expr::Unreadable(_) => self.around(expr.span(), Inner::Leaf(expr)),
        }
    }

    fn group<'p>(&'p self, kind: Connective, parts: &'p [Expr<'t>]) -> Part<'p, 't> {
        let parts: Vec<Part<'p, 't>> = parts.iter().map(|part| self.part(part)).collect();
        let first = parts.first().map(|part| part.unit).unwrap_or_default();
        let core = parts.last().map_or(first, |last| first.to(last.unit));
        self.around(core, Inner::Group(kind, parts))
    }

    /// A part with the brackets and `not`s around it.
    fn around<'p>(&self, core: Span, inner: Inner<'p, 't>) -> Part<'p, 't> {
        let mut unit = core;
        loop {
            let (before, behind) = self.neighbours(unit);
            unit = match (before, behind) {
                (Some(before), _) if self.is_not(before) => before.span.to(unit),
                (Some(before), Some(behind))
                    if before.span.of(self.text()) == "("
                        && self.closes(before.span.start, behind.span.start) =>
                {
                    before.span.to(behind.span)
                }
                _ => return Part { core, unit, not: false, inner },
            };
        }
    }

    fn is_not(&self, token: Token) -> bool {
        let text = token.span.of(self.text());
        token.kind == Kind::Connective && (text == "!" || text.eq_ignore_ascii_case("not"))
    }

    /// The tokens before and behind a place, comments left out.
    pub(super) fn neighbours(&self, place: Span) -> (Option<Token>, Option<Token>) {
        let first = self.tokens.partition_point(|token| token.span.end <= place.start);
        let last = self.tokens.partition_point(|token| token.span.start < place.end);
        let real = |token: &&Token| token.kind != Kind::Comment;
        let before = self.tokens.get(..first).unwrap_or_default().iter().rev().find(real);
        let behind = self.tokens.get(last..).unwrap_or_default().iter().find(real);
        (before.copied(), behind.copied())
    }

    /// The comments within a place.
    pub(super) fn comments(&self, place: Span) -> impl Iterator<Item = Span> {
        let comments = self.tokens.iter().filter(|token| token.kind == Kind::Comment);
        let within = move |span: &Span| place.start <= span.start && span.end <= place.end;
        comments.map(|token| token.span).filter(within)
    }

    /// The connective between two items.
    pub(super) fn joint(&self, one: &Part<'_, '_>, next: &Part<'_, '_>) -> Option<Token> {
        let between = Span { start: one.unit.end, end: next.unit.start };
        let first = self.tokens.partition_point(|token| token.span.start < between.start);
        let tokens = self.tokens.get(first..).unwrap_or_default().iter();
        let mut tokens = tokens.take_while(|token| token.span.end <= between.end);
        tokens.find(|token| token.kind == Kind::Connective).copied()
    }
}

impl<'p, 's> Part<'p, 's> {
    pub(super) fn items(&self) -> &[Part<'p, 's>] {
        match &self.inner {
            Inner::Leaf(_) => &[],
            Inner::Group(_, items) => items,
        }
    }

    /// The part at a path of places in groups.
    pub(super) fn at(&self, path: &[usize]) -> Option<&Part<'p, 's>> {
        path.iter().try_fold(self, |part, place| part.items().get(*place))
    }

    /// True when it is a group without brackets around it.
    pub(super) fn is_open(&self, kind: Connective) -> bool {
        matches!(self.inner, Inner::Group(own, _) if own == kind) && self.unit == self.core
    }
}
