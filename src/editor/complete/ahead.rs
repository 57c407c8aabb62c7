//! What stands behind the caret: where the word at the caret ends, and whether an offer goes
//! together with what follows.
//!
//! Laws: an offer stands only where a specimen of it adds no mistake to the text; it is inserted
//! before what follows where that is possible, and replaces only the word that the caret is in.

use std::cell::OnceCell;

use crate::limits::Limits;
use crate::span::Span;
use crate::syntax::ast::{Clause, Expr, Literal};
use crate::syntax::{Kind, Parsed, Token, outline, parse_with};
use crate::time::Unit;

/// A text that is read already: its tree and tokens.
pub(crate) type Tree<'t> = (&'t Parsed<'t>, &'t [Token]);

/// A text with a caret.
pub(super) struct Ahead<'t> {
    pub(super) text: &'t str,
    pub(super) caret: usize,
    limits: &'t Limits,
    /// True when nothing follows but blanks.
    blank: bool,
    given: Option<Tree<'t>>,
    read: OnceCell<(Parsed<'t>, Vec<Token>)>,
    near: OnceCell<Near>,
}

/// The part of the text that an offer is held against, and the mistakes that the part has. It
/// reaches over two connectives on either side, so that a long text costs no more than a short one.
struct Near {
    span: Span,
    mistakes: usize,
}

/// Connectives on either side of the caret that an offer is held against.
const REACH: usize = 2;

/// Where an offer goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    pub(super) span: Span,
    /// Which of the specimens stood.
    pub(super) specimen: usize,
    /// True when a blank has to part it from what follows.
    pub(super) glued: bool,
}

impl<'t> Ahead<'t> {
    pub(super) fn new(
        text: &'t str,
        caret: usize,
        limits: &'t Limits,
        given: Option<Tree<'t>>,
    ) -> Self {
        let blank = text.get(caret..).unwrap_or_default().trim_start().is_empty();
        Ahead { text, caret, limits, blank, given, read: OnceCell::new(), near: OnceCell::new() }
    }

    fn read(&self) -> (&Parsed<'t>, &[Token]) {
        self.given.unwrap_or_else(|| {
            let (parsed, tokens) = self.read.get_or_init(|| outline(self.text, self.limits));
            (parsed, tokens)
        })
    }

    /// The whole text's tree.
    pub(super) fn parsed(&self) -> &Parsed<'t> {
        self.read().0
    }

    /// The names behind `@`, once the specimen stands at the place.
    pub(super) fn references(&self, place: Span, specimen: &str) -> Vec<String> {
        let (before, after) = self.around(place);
        let whole = [before, specimen, after].concat();
        let (_, tokens) = outline(&whole, self.limits);
        let tokens = tokens.iter().filter(|token| token.kind == Kind::Reference);
        tokens
            .filter_map(|token| Some(token.span.of(&whole).strip_prefix('@')?.to_owned()))
            .collect()
    }

    /// The token that begins at `start` and holds the caret, or stands right behind it.
    fn token(&self, start: usize) -> Option<Token> {
        if self.blank {
            return None;
        }
        let (parsed, tokens) = self.read();
        let next = tokens.partition_point(|token| (token.span.end as usize) <= self.caret);
        let token = *tokens.get(next).filter(|token| (token.span.start as usize) == start)?;
        // With a quotation mark too many, the text being typed ends at the caret.
        (token.kind != Kind::Text || !parsed.has_open_text()).then_some(token)
    }

    /// The clause whose field begins there.
    pub(super) fn clause(&self, field: usize) -> Option<&Clause<'t>> {
        if self.blank && field >= self.caret {
            return None;
        }
        let document = &self.parsed().document;
        let bodies = document.definitions.iter().map(|definition| &definition.condition);
        let place = u32::try_from(field).ok()?;
        bodies.chain(&document.condition).find_map(|expr| find(expr, place))
    }

    /// True when the caret parts two words of one value, or of the operator, of the clause whose
    /// field begins there: `this | week`, `7 | days`, `in the | last`.
    pub(super) fn parts(&self, field: usize) -> bool {
        if self.blank {
            return false;
        }
        let Some(clause) = self.clause(field) else { return false };
        let around = |span: Span| {
            let range = span.range();
            range.start < self.caret && self.caret < range.end
        };
        let mut values = clause.operand.literals().iter();
        let words =
            |literal: &Literal<'_>| matches!(literal, Literal::Word(_) | Literal::Phrase(_));
        around(clause.operator.span)
            || values.any(|literal| words(&literal.value) && around(literal.span))
    }

    /// Where an offer goes whose word begins at `start`, and the first of the specimens that
    /// stands there. Words of other kinds than `kinds` are left alone.
    pub(super) fn fit(&self, start: usize, kinds: &[Kind], specimens: &[&str]) -> Option<Fit> {
        if start < self.caret {
            return self.replace(start, kinds, specimens);
        }
        self.insert(specimens).or_else(|| self.replace(start, kinds, specimens))
    }

    /// In place of the word that begins at `start` and holds the caret, or stands right behind it.
    pub(super) fn replace(&self, start: usize, kinds: &[Kind], specimens: &[&str]) -> Option<Fit> {
        let fits = |token: &Token| kinds.contains(&token.kind) || token.kind == Kind::Invalid;
        let span = match self.token(start) {
            Some(token) if !fits(&token) => return None,
            Some(token) => token.span,
            None if start < self.caret => Span::new(start, self.caret),
            None => return None,
        };
        self.put(span, specimens)
    }

    /// Where a length goes: its number and the unit behind it are replaced together, whichever of
    /// them the caret is in.
    pub(super) fn fit_length(
        &self,
        start: usize,
        kinds: &[Kind],
        specimens: &[&str],
    ) -> Option<Fit> {
        let Some(length) = self.length(start, kinds) else {
            return self.fit(start, kinds, specimens);
        };
        let inserted = if start < self.caret { None } else { self.insert(specimens) };
        inserted.or_else(|| self.put(length, specimens))
    }

    /// The length of two words that begins at `start` and ends at the caret or behind it.
    fn length(&self, start: usize, kinds: &[Kind]) -> Option<Span> {
        if self.blank {
            return None;
        }
        let tokens = self.read().1;
        let first = tokens.partition_point(|token| (token.span.start as usize) < start);
        let [number, unit, ..] = tokens.get(first..)? else { return None };
        let begins = number.span.start as usize == start && kinds.contains(&number.kind);
        let ends = self.caret <= unit.span.end as usize && Unit::is_like(unit.span.of(self.text));
        (begins && ends).then(|| number.span.to(unit.span))
    }

    /// In place of what stands there.
    fn put(&self, span: Span, specimens: &[&str]) -> Option<Fit> {
        let specimen = specimens.iter().position(|specimen| self.stands(span, specimen))?;
        Some(Fit { span, specimen, glued: false })
    }

    /// At the caret, before what follows.
    pub(super) fn insert(&self, specimens: &[&str]) -> Option<Fit> {
        let span = Span::at(self.caret);
        let (_, ahead) = self.around(span);
        let glued =
            ahead.starts_with(|c: char| !c.is_whitespace() && !matches!(c, ')' | ']' | ','));
        let glue = if glued { " " } else { "" };
        let stands = |specimen: &&str| self.stands(span, &format!("{specimen}{glue}"));
        let specimen = specimens.iter().position(stands)?;
        Some(Fit { span, specimen, glued })
    }

    /// True when the text around has no more mistakes with the specimen than without.
    pub(super) fn stands(&self, span: Span, specimen: &str) -> bool {
        if self.blank {
            return true;
        }
        let near = self.near.get_or_init(|| self.look_near());
        let from = near.span.range().start.min(span.range().start);
        let to = near.span.range().end.max(span.range().end);
        let before = self.text.get(from..span.range().start).unwrap_or_default();
        let after = self.text.get(span.range().end..to).unwrap_or_default();
        let changed = [before, specimen, after].concat();
        parse_with(&changed, self.limits).mistakes() <= near.mistakes
    }

    /// True when the whole text has no more mistakes with the specimen: for brackets, which reach
    /// further than connectives.
    pub(super) fn stands_in_all(&self, span: Span, specimen: &str) -> bool {
        let (before, after) = self.around(span);
        let changed = [before, specimen, after].concat();
        parse_with(&changed, self.limits).mistakes() <= self.parsed().mistakes()
    }

    /// True when the next token behind the word at the caret is one of the tail, or none is.
    pub(super) fn ends_in_tail(&self) -> bool {
        let tokens = self.read().1;
        let next = tokens.partition_point(|token| (token.span.end as usize) <= self.caret);
        let within = |token: &&Token| (token.span.start as usize) < self.caret;
        let next = next + usize::from(tokens.get(next).as_ref().is_some_and(within));
        tokens.get(next).is_none_or(|token| token.kind == Kind::Keyword)
    }

    fn look_near(&self) -> Near {
        let tokens = self.read().1;
        let next = tokens.partition_point(|token| (token.span.start as usize) < self.caret);
        let text = self.text;
        let joins = |token: &&Token| {
            let not = matches!(token.span.of(text).as_bytes(), [b'n' | b'N' | b'!', ..]);
            token.kind == Kind::Connective && !not
        };
        let begins = |token: &&Token| {
            token.kind == Kind::Keyword && token.span.of(text).eq_ignore_ascii_case("let")
        };
        let before = tokens.get(..next).unwrap_or_default().iter().rev();
        let behind = tokens.get(next..).unwrap_or_default().iter();
        let mut left = REACH;
        let first = before.filter(|token| joins(token) || begins(token)).find(|token| {
            left -= 1;
            begins(token) || left == 0
        });
        let start = first.map_or(0, |token| {
            let range = token.span.range();
            if begins(&token) { range.start } else { range.end }
        });
        let last = behind.filter(joins).nth(REACH - 1);
        let end = last.map_or(text.len(), |token| token.span.range().start);
        let span = Span::new(start, end);
        Near { span, mistakes: parse_with(span.of(text), self.limits).mistakes() }
    }

    /// What stands before and behind a place.
    pub(super) fn around(&self, span: Span) -> (&'t str, &'t str) {
        let before = self.text.get(..span.range().start).unwrap_or_default();
        (before, self.text.get(span.range().end..).unwrap_or_default())
    }

    /// True when only blanks follow.
    pub(super) fn is_blank(&self) -> bool {
        self.blank
    }
}

fn find<'x, 's>(expr: &'x Expr<'s>, field: u32) -> Option<&'x Clause<'s>> {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => {
            let next = parts.partition_point(|part| part.span().end <= field);
            parts.get(next..)?.iter().take(2).find_map(|part| find(part, field))
        }
        Expr::Not(inner, _) => find(inner, field),
        Expr::Clause(clause) => (clause.field.span.start == field).then_some(clause),
        Expr::FreeText(_) | Expr::BareWord(_) | Expr::Reference(_) | Expr::Unreadable(_) => None,
    }
}
