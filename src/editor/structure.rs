//! The clauses of a text and edits on one of them: negate, mute, remove, add, another operator or
//! value. Each touches its own characters only; spacing and comments stay.
//!
//! Laws: an edit that would bring a mistake into the text is not made. Negating twice, and muting
//! twice, give the same bytes again.

use serde::Serialize;

use super::{Edit, apply};
use crate::limits::Limits;
use crate::span::Span;
use crate::syntax::ast::{Clause, Expr, Operand, Operator};
use crate::syntax::{Kind, Parsed, Token, outline, parse_with};

/// What begins a muted clause, and each further line of it.
const MUTE: &str = "#~ ";
const MUTED_LINE: &str = "#~~";

/// A clause of a text, for a chip or a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseAt {
    /// From the field to the end of the operand; a muted clause with its connective and marks.
    pub span: Span,
    /// The field's name, or the quoted text of a search.
    pub field: Option<Span>,
    /// The operator, when one is written.
    pub operator: Option<Span>,
    /// The operand, when there is one.
    pub operand: Option<Span>,
    /// True under an odd number of `not`, those of its operator and of groups included.
    pub negated: bool,
    /// True when it is a comment that [`mute`] made.
    pub muted: bool,
}

/// The clauses of a text in its order, named filters first.
///
/// ```
/// use tamis::editor::structure::clauses;
/// let text = "not (a = 1 or b is set)";
/// let all = clauses(text, &tamis::Limits::default());
/// assert_eq!(all.iter().map(|clause| clause.span.of(text)).collect::<Vec<_>>(), ["a = 1", "b is set"]);
/// assert!(all.iter().all(|clause| clause.negated));
/// ```
#[must_use]
pub fn clauses(text: &str, limits: &Limits) -> Vec<ClauseAt> {
    let (parsed, tokens) = outline(text, limits);
    found(&parsed, &tokens)
}

fn found(parsed: &Parsed<'_>, tokens: &[Token]) -> Vec<ClauseAt> {
    let mut out = Vec::new();
    let document = &parsed.document;
    let bodies = document.definitions.iter().map(|definition| &definition.condition);
    bodies.chain(&document.condition).for_each(|expr| collect(expr, false, &mut out));
    let comments = tokens.iter().filter(|token| token.kind == Kind::Comment);
    let muted = comments.filter(|token| token.span.of(parsed.text).starts_with(MUTE));
    out.extend(muted.map(|token| ClauseAt {
        span: Span { end: block_end(parsed.text, token.span), ..token.span },
        field: None,
        operator: None,
        operand: None,
        negated: false,
        muted: true,
    }));
    out.sort_by_key(|clause| clause.span.start);
    out
}

fn collect(expr: &Expr<'_>, negated: bool, out: &mut Vec<ClauseAt>) {
    let plain = |span| ClauseAt {
        span,
        field: Some(span),
        operator: None,
        operand: None,
        negated,
        muted: false,
    };
    match expr {
        Expr::And(parts) | Expr::Or(parts) => {
            parts.iter().for_each(|part| collect(part, negated, out));
        }
        Expr::Not(inner, _) => collect(inner, !negated, out),
        Expr::Clause(clause) => out.push(ClauseAt {
            span: clause.span(),
            field: Some(clause.field.span),
            operator: written(clause),
            operand: match &clause.operand {
                Operand::None => None,
                Operand::One(one) => Some(one.span),
                Operand::List(list) => Some(list.span),
            },
            negated,
            muted: false,
        }),
        Expr::FreeText(text) => out.push(plain(text.span)),
        Expr::BareWord(word) | Expr::Reference(word) => out.push(plain(word.span)),
        Expr::Unreadable(_) => {}
    }
}

fn written(clause: &Clause<'_>) -> Option<Span> {
    (clause.operator.value != Operator::Missing).then_some(clause.operator.span)
}

/// Where the lines of a muted clause end, the line break left out.
fn block_end(text: &str, first: Span) -> u32 {
    let mut end = first.range().end;
    while let Some(line) = text.get(end..).and_then(|rest| rest.strip_prefix('\n')) {
        if !line.starts_with(MUTED_LINE) {
            break;
        }
        end += 1 + line.find('\n').unwrap_or(line.len());
    }
    u32::try_from(end).unwrap_or(u32::MAX)
}

/// A text, read once for an edit.
struct Reading<'t> {
    parsed: Parsed<'t>,
    tokens: Vec<Token>,
    limits: &'t Limits,
}

impl<'t> Reading<'t> {
    fn new(text: &'t str, limits: &'t Limits) -> Self {
        let (parsed, tokens) = outline(text, limits);
        Reading { parsed, tokens, limits }
    }

    fn text(&self) -> &'t str {
        self.parsed.text
    }

    /// The clause that the caret is in or at the edge of.
    fn clause(&self, caret: usize) -> Option<ClauseAt> {
        let all = found(&self.parsed, &self.tokens);
        let at = |clause: &ClauseAt| {
            clause.span.range().start <= caret && caret <= clause.span.range().end
        };
        all.into_iter().find(at)
    }

    /// The edits, unless they bring a mistake into the text.
    fn sound(&self, edits: Vec<Edit>) -> Option<Vec<Edit>> {
        let changed = apply(self.text(), &edits);
        let mistakes = parse_with(&changed, self.limits).mistakes();
        (mistakes <= self.parsed.mistakes()).then_some(edits)
    }

    /// The tokens before and behind a place, comments left out.
    fn around(&self, place: Span) -> (Option<Token>, Option<Token>) {
        let first = self.tokens.partition_point(|token| token.span.start < place.start);
        let last = self.tokens.partition_point(|token| token.span.end <= place.end);
        let real = |token: &&Token| token.kind != Kind::Comment;
        let before = self.tokens.get(..first).unwrap_or_default().iter().rev().find(real);
        let behind = self.tokens.get(last..).unwrap_or_default().iter().find(real);
        (before.copied(), behind.copied())
    }

    fn is(&self, token: Option<Token>, words: &[&str]) -> bool {
        let Some(token) = token else { return false };
        let text = token.span.of(self.text());
        words.iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    /// A clause with its `not`s and one connective: what can go and leave a whole query. The
    /// connective is the one that binds tighter, else the one before.
    fn removable(&self, clause: Span) -> Span {
        let mut unit = clause;
        loop {
            let (mut before, behind) = self.around(unit);
            while let Some(not) = before.filter(|_| self.is(before, &["not", "!"])) {
                unit = unit.to(not.span);
                before = self.around(unit).0;
            }
            let joins = |token| self.is(token, &["and", "&&", "or", "||"]);
            let looser = self.is(before, &["or", "||"]) && self.is(behind, &["and", "&&"]);
            let grouped = self.is(before, &["("]) && self.is(behind, &[")"]);
            return match (before, behind) {
                (Some(before), _) if joins(Some(before)) && !looser => before.span.to(unit),
                (_, Some(behind)) if joins(Some(behind)) => unit.to(behind.span),
                (Some(before), Some(behind)) if grouped => {
                    unit = before.span.to(behind.span);
                    continue;
                }
                _ => unit,
            };
        }
    }
}

/// Puts `not` before the clause at the caret, or takes it away again.
///
/// ```
/// use tamis::editor::{apply, structure::negate};
/// let limits = tamis::Limits::default();
/// let negated = apply("a = 1", &negate("a = 1", 0, &limits).unwrap());
/// assert_eq!(negated, "not a = 1");
/// assert_eq!(apply(&negated, &negate(&negated, 4, &limits).unwrap()), "a = 1");
/// ```
#[must_use]
pub fn negate(text: &str, caret: usize, limits: &Limits) -> Option<Vec<Edit>> {
    const NOT: &str = "not ";
    let reading = Reading::new(text, limits);
    let clause = reading.clause(caret).filter(|clause| !clause.muted)?;
    let before = reading.around(clause.span).0;
    let start = clause.span.range().start;
    let undone = before.filter(|token| {
        token.kind == Kind::Connective && text.get(token.span.range().start..start) == Some(NOT)
    });
    reading.sound(vec![match undone {
        Some(not) => Edit::new(Span::new(not.span.range().start, start), ""),
        None => Edit::new(clause.span.before(), NOT),
    }])
}

/// Makes the clause at the caret a comment, together with one connective, or a clause again.
///
/// ```
/// use tamis::editor::{apply, structure::mute};
/// let limits = tamis::Limits::default();
/// let text = "a = 1 and b = 2 and c = 3";
/// let muted = apply(text, &mute(text, 10, &limits).unwrap());
/// assert_eq!(muted, "a = 1 #~ and b = 2\n and c = 3");
/// assert_eq!(apply(&muted, &mute(&muted, 10, &limits).unwrap()), text);
/// ```
#[must_use]
pub fn mute(text: &str, caret: usize, limits: &Limits) -> Option<Vec<Edit>> {
    let reading = Reading::new(text, limits);
    let clause = reading.clause(caret)?;
    if clause.muted {
        return Some(unmute(text, clause.span));
    }
    let span = reading.removable(clause.span);
    let mut edits = vec![Edit::new(span.before(), MUTE)];
    let breaks = span.of(text).match_indices('\n');
    edits
        .extend(breaks.map(|(at, _)| Edit::new(Span::at(span.range().start + at + 1), MUTED_LINE)));
    edits.push(Edit::new(span.after(), "\n"));
    let muted = reading.sound(edits)?;
    let left = clauses(&apply(text, &muted), limits).iter().filter(|clause| clause.muted).count();
    let before = clauses(text, limits).iter().filter(|clause| clause.muted).count();
    (left == before + 1).then_some(muted)
}

fn unmute(text: &str, block: Span) -> Vec<Edit> {
    let start = block.range().start;
    let mut edits = vec![Edit::new(Span::new(start, start + MUTE.len()), "")];
    for (at, _) in block.of(text).match_indices('\n') {
        let line = start + at + 1;
        edits.push(Edit::new(Span::new(line, line + MUTED_LINE.len()), ""));
    }
    let end = block.range().end;
    if text.get(end..).is_some_and(|rest| rest.starts_with('\n')) {
        edits.push(Edit::new(Span::new(end, end + 1), ""));
    }
    edits
}

/// Takes away the clause at the caret with one connective, and the blanks between them and the
/// rest. Comments stay.
///
/// ```
/// use tamis::editor::{apply, structure::remove};
/// let text = "a = 1 or b = 2 and c = 3";
/// let edits = remove(text, 10, &tamis::Limits::default()).unwrap();
/// assert_eq!(apply(text, &edits), "a = 1 or c = 3");
/// ```
#[must_use]
pub fn remove(text: &str, caret: usize, limits: &Limits) -> Option<Vec<Edit>> {
    let reading = Reading::new(text, limits);
    let clause = reading.clause(caret)?;
    let span = if clause.muted { clause.span } else { reading.removable(clause.span) };
    let blanks = |c: char| c == ' ' || c == '\t';
    let (head, tail) = (text.get(..span.range().start)?, text.get(span.range().end..)?);
    let from_behind = span.end > clause.span.end;
    let mut whole = span;
    if from_behind || head.trim_end_matches(blanks).is_empty() {
        whole.end += u32::try_from(tail.len() - tail.trim_start_matches(blanks).len()).ok()?;
    } else {
        whole.start -= u32::try_from(head.len() - head.trim_end_matches(blanks).len()).ok()?;
    }
    let mut at = whole.range().start;
    let mut edits = Vec::new();
    let inside = |token: &&Token| {
        token.kind == Kind::Comment
            && !clause.muted
            && span.start <= token.span.start
            && token.span.end <= span.end
    };
    for comment in reading.tokens.iter().filter(inside) {
        edits.push(Edit::new(Span::new(at, comment.span.range().start), ""));
        // A comment keeps the end of its line.
        at = comment.span.range().end + 1;
    }
    edits.push(Edit::new(Span::new(at, whole.range().end), ""));
    reading.sound(edits)
}

/// Adds a clause that has to hold too, behind the conditions of the query.
///
/// ```
/// use tamis::editor::{apply, structure::add};
/// let text = "a = 1 or b = 2 limit 5";
/// let edits = add(text, "c = 3", &tamis::Limits::default()).unwrap();
/// assert_eq!(apply(text, &edits), "(a = 1 or b = 2) and c = 3 limit 5");
/// ```
#[must_use]
pub fn add(text: &str, clause: &str, limits: &Limits) -> Option<Vec<Edit>> {
    let reading = Reading::new(text, limits);
    let document = &reading.parsed.document;
    let defined = document.definitions.last().map_or(0, |last| last.span.0.end);
    let query = reading.tokens.iter().filter(|token| token.span.start >= defined);
    let mut query = query.filter(|token| token.kind != Kind::Comment);
    let first = query.clone().next();
    let last = query.clone().take_while(|token| token.kind != Kind::Keyword).last();
    let edits = match (first, last, &document.condition) {
        (Some(first), Some(last), Some(Expr::Or(_))) => vec![
            Edit::new(first.span.before(), "("),
            Edit::new(last.span.after(), format!(") and {clause}")),
        ],
        (_, Some(last), Some(_)) => vec![Edit::new(last.span.after(), format!(" and {clause}"))],
        _ => match query.find(|token| token.kind == Kind::Keyword) {
            Some(tail) => vec![Edit::new(tail.span.before(), format!("{clause} "))],
            None => {
                let line =
                    if text.trim_end().is_empty() || text.ends_with('\n') { "" } else { "\n" };
                vec![Edit::new(Span::at(text.len()), format!("{line}{clause}"))]
            }
        },
    };
    reading.sound(edits)
}

/// Writes another operator for the clause at the caret.
#[must_use]
pub fn set_operator(
    text: &str,
    caret: usize,
    operator: &str,
    limits: &Limits,
) -> Option<Vec<Edit>> {
    let reading = Reading::new(text, limits);
    let span = reading.clause(caret)?.operator?;
    reading.sound(vec![Edit::new(span, operator)])
}

/// Writes another operand for the clause at the caret: a value, a list, a range, as text of the
/// language (see [`quote`](crate::quote::quote)).
#[must_use]
pub fn set_operand(text: &str, caret: usize, operand: &str, limits: &Limits) -> Option<Vec<Edit>> {
    let reading = Reading::new(text, limits);
    let span = reading.clause(caret)?.operand?;
    reading.sound(vec![Edit::new(span, operand)])
}
