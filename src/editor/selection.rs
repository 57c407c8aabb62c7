//! What a selection grows to, and which bracket belongs to which.

use crate::limits::Limits;
use crate::span::{Span, Spanned};
use crate::syntax::ast::{Expr, Literal};
use crate::syntax::{Kind, Token, outline, tokens};

/// The places around a caret, from the word to the whole text, each within the next.
///
/// ```
/// use tamis::editor::selection::around;
/// let text = "(a = 1 or b in (2, 3))";
/// let spans = around(text, 17, &tamis::Limits::default());
/// let texts: Vec<_> = spans.iter().map(|span| span.of(text)).collect();
/// assert_eq!(texts, ["2", "(2, 3)", "b in (2, 3)", "a = 1 or b in (2, 3)", text]);
/// ```
#[must_use]
pub fn around(text: &str, caret: usize, limits: &Limits) -> Vec<Span> {
    let (parsed, tokens) = outline(text, limits);
    let words = tokens.iter().filter(|token| token.kind != Kind::Mark);
    let mut spans: Vec<Span> = words.map(|token| token.span).collect();
    let brackets = pairs(text, &tokens);
    spans.extend(brackets.iter().map(|(open, close)| open.to(*close)));
    let document = &parsed.document;
    for definition in &document.definitions {
        spans.push(definition.span.0);
        nest(&definition.condition, &mut spans);
    }
    document.condition.iter().for_each(|condition| nest(condition, &mut spans));
    spans.push(Span::new(0, text.len()));
    spans.retain(|span| span.range().start <= caret && caret <= span.range().end);
    spans.sort_by_key(|span| (span.len(), std::cmp::Reverse(span.start)));
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        let within = out.last().is_none_or(|last| span.start <= last.start && last.end <= span.end);
        if within && out.last() != Some(&span) {
            out.push(span);
        }
    }
    out
}

fn nest(expr: &Expr<'_>, out: &mut Vec<Span>) {
    out.push(expr.span());
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| nest(part, out)),
        Expr::Not(inner, _) => nest(inner, out),
        Expr::Clause(clause) => {
            clause.operand.literals().iter().for_each(|literal| value(literal, out));
        }
        Expr::FreeText(_) | Expr::BareWord(_) | Expr::Reference(_) | Expr::Unreadable(_) => {}
    }
}

fn value(literal: &Spanned<Literal<'_>>, out: &mut Vec<Span>) {
    out.push(literal.span);
    if let Literal::Range(ends) = &literal.value {
        out.extend([ends.0.span, ends.1.span]);
    }
}

/// The bracket that belongs to the one before or behind the caret, and that one.
///
/// ```
/// use tamis::{Span, editor::selection::brackets};
/// let pair = brackets("(a in (1, \")\"))", 7, &tamis::Limits::default());
/// assert_eq!(pair, Some((Span::new(6, 7), Span::new(13, 14))));
/// ```
#[must_use]
pub fn brackets(text: &str, caret: usize, limits: &Limits) -> Option<(Span, Span)> {
    let all = pairs(text, &tokens(text, limits));
    let touches = |span: Span| span.range().start <= caret && caret <= span.range().end;
    let mut at = all.into_iter().filter(|(open, close)| touches(*open) || touches(*close));
    at.next()
}

/// What can be folded: definitions and brackets that go over several lines.
#[must_use]
pub fn folds(text: &str, limits: &Limits) -> Vec<Span> {
    let (parsed, tokens) = outline(text, limits);
    let definitions = parsed.document.definitions.iter().map(|definition| definition.span.0);
    let brackets = pairs(text, &tokens).into_iter().map(|(open, close)| open.to(close));
    let several = |span: &Span| span.of(text).trim_end().contains('\n');
    let mut folds: Vec<Span> = definitions.chain(brackets).filter(several).collect();
    // A definition and the bracket that it ends in fold the same lines.
    let lines = |span: &Span| {
        let before = text.get(..span.range().start).unwrap_or_default();
        (before.matches('\n').count(), span.of(text).trim_end().matches('\n').count())
    };
    folds.sort_by_key(lines);
    folds.dedup_by_key(|span| lines(span));
    folds
}

/// Opening and closing brackets, the inner pairs first.
fn pairs(text: &str, tokens: &[Token]) -> Vec<(Span, Span)> {
    let mut open: Vec<(&str, Span)> = Vec::new();
    let mut out = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == Kind::Mark) {
        let mark = token.span.of(text);
        match mark {
            "(" | "[" | "{" => open.push((mark, token.span)),
            ")" | "]" | "}" => {
                let fits = |(bracket, _): &(&str, Span)| {
                    matches!((*bracket, mark), ("(", ")") | ("[", "]") | ("{", "}"))
                };
                if let Some((_, first)) = open.pop_if(|last| fits(last)) {
                    out.push((first, token.span));
                }
            }
            _ => {}
        }
    }
    out
}
