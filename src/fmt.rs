//! The canonical form of a text: one way to write each query. Needs no schema.
//!
//! Laws: the formatted text parses to the tree of its source, formats to itself, and holds the
//! comments of its source in their order. A text with mistakes is never rewritten.
//!
//! The form: connectives and operators by their canonical spelling; parentheses where precedence
//! needs them; a list of one value as that value; values bare where [`quote`](crate::quote::quote)
//! says so, hence `"abc"` and `abc` print alike while `"null"`, a text, keeps its quotes. In a
//! record only numbers, `null` and parameters are bare, as in JSON. What fits in [`WIDTH`] columns
//! is one line, the rest is broken before its connectives. A comment stays at the end of its line,
//! or on a line of its own before what follows it.

mod clause;
mod comments;
mod layout;
mod names;

use std::borrow::Cow;

use self::clause::{is_unfinished, written_within};
use self::comments::Source;
use self::layout::Pieces;
use crate::diag::Diagnostic;
use crate::quote::{is_reserved, quote_name, quoted};
use crate::span::{Span, Spanned};
use crate::syntax::Parsed;
use crate::syntax::ast::{Count, Definition, Direction, Document, Expr, Tail};
pub use names::full_names;

/// The longest line, where it can be broken.
pub const WIDTH: usize = 100;

/// The canonical form of a text. It ends in a new line when it or its source holds one, or a
/// comment; a query on one line stays without.
///
/// # Errors
/// The mistakes of a text that cannot be read.
///
/// ```
/// let parsed = tamis::parse("date gte_ndays 7 && (service==11770 or service in ['Box'])");
/// let text = tamis::fmt::format(&parsed).unwrap();
/// assert_eq!(text, "date in last 7 days and (service = 11770 or service = Box)");
/// assert!(tamis::fmt::format(&tamis::parse("service = (1")).is_err());
/// ```
pub fn format(parsed: &Parsed<'_>) -> Result<String, Vec<Diagnostic>> {
    if parsed.diagnostics.has_errors() {
        return Err(parsed.diagnostics());
    }
    let comments = &parsed.document.comments;
    let mut printer = Printer::new(Source::new(parsed.text, comments));
    printer.document(&parsed.document);
    let mut out = printer.pieces.lay_out(WIDTH);
    let lines = !comments.is_empty() || parsed.text.contains('\n') || out.contains('\n');
    if lines && !out.is_empty() {
        out.push('\n');
    }
    Ok(out)
}

/// One condition in its canonical form on one line, however long.
///
/// ```
/// let parsed = tamis::parse("not(service == 1 || service is not 'a b')");
/// let condition = parsed.document.condition.as_ref().unwrap();
/// assert_eq!(tamis::fmt::condition(condition), "not (service = 1 or service != \"a b\")");
/// ```
#[must_use]
pub fn condition(expr: &Expr<'_>) -> String {
    let mut printer = Printer::new(Source::new("", &[]));
    printer.group(expr);
    printer.pieces.lay_out(usize::MAX)
}

/// What a formula is part of, which decides whether it needs parentheses.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Nothing,
    Or,
    And,
    Not,
}

/// Cuts a tree into pieces and puts the comments of its source between them.
struct Printer<'p> {
    pieces: Pieces<'p>,
    source: Source<'p>,
}

impl<'p> Printer<'p> {
    fn new(source: Source<'p>) -> Self {
        Printer { pieces: Pieces::default(), source }
    }

    fn document(&mut self, document: &'p Document<'p>) {
        for definition in &document.definitions {
            self.begin(definition.span.0.start, false);
            self.definition(definition);
        }
        let condition = document.condition.as_ref();
        let tail = tail_start(&document.tail);
        if let Some(start) = condition.map(|whole| self.begins(whole, Within::Nothing)).or(tail) {
            self.begin(start, !document.definitions.is_empty());
        }
        self.pieces.open();
        if let Some(condition) = condition {
            self.group(condition);
        }
        if let Some(start) = tail {
            self.comments(start);
            if condition.is_some() {
                self.pieces.line();
            }
            self.tail(&document.tail);
        }
        self.pieces.close();
        self.lines_before(u32::MAX, false);
    }

    /// Begins a definition or the query, which stand on lines of their own.
    fn begin(&mut self, start: u32, apart: bool) {
        let apart = self.lines_before(start, apart);
        self.pieces.new_line(apart || self.source.empty_line_before(start));
    }

    /// Comments around definitions and query, empty lines kept. Gives back whether the empty line
    /// that has to stand among them (`apart`) is still due.
    fn lines_before(&mut self, before: u32, mut apart: bool) -> bool {
        let mut first = true;
        while let Some(comment) = self.source.next_comment(before) {
            let own = !std::mem::take(&mut first) || self.source.is_below(comment, before);
            if own {
                let empty = self.source.empty_line_before(comment.span.start);
                self.pieces.new_line(std::mem::take(&mut apart) || empty);
            }
            self.comment(comment, own);
        }
        apart
    }

    /// Puts the comments that stand before a place here.
    fn comments(&mut self, before: u32) {
        while let Some(comment) = self.source.next_comment(before) {
            self.comment(comment, self.source.is_own_line(comment));
        }
    }

    fn comment(&mut self, comment: Spanned<&'p str>, own: bool) {
        self.pieces.comment(comment.value, own);
        self.source.take_comment();
    }

    fn definition(&mut self, definition: &'p Definition<'p>) {
        self.source.pass(definition.name.span);
        self.pieces.open();
        self.pieces.text("let");
        self.word(definition.name.value);
        self.word("=");
        self.pieces.indent();
        self.comments(self.begins(&definition.condition, Within::Nothing));
        self.pieces.line();
        self.group(&definition.condition);
        self.pieces.dedent();
        self.pieces.close();
    }

    fn tail(&mut self, tail: &'p Tail<'p>) {
        let mut words: Vec<(Span, Cow<'p, str>)> = Vec::new();
        if let Some((field, direction)) = &tail.order {
            let direction = match direction {
                Direction::Default => "",
                Direction::Ascending => " asc",
                Direction::Descending => " desc",
            };
            words.push((
                field.span,
                format!("order by {}{direction}", quote_name(&field.value)).into(),
            ));
        }
        for (word, count) in [("limit", &tail.limit), ("skip", &tail.skip)] {
            let text = count.map(|count| match count.value {
                Count::Number(number) => format!("{word} {number}"),
                Count::Parameter(name) => format!("{word} ${name}"),
            });
            words.extend(count.map(|count| count.span).zip(text.map(Cow::Owned)));
        }
        for (place, (span, text)) in words.into_iter().enumerate() {
            if place > 0 {
                self.comments(span.start);
                self.pieces.space();
            }
            self.pieces.text(text);
        }
    }

    /// A word after a space.
    fn word(&mut self, word: impl Into<Cow<'p, str>>) {
        self.pieces.space();
        self.pieces.text(word);
    }

    /// A whole formula, broken before its own connectives when it is broken.
    fn group(&mut self, expr: &'p Expr<'p>) {
        self.pieces.open();
        self.expr(expr, Within::Nothing);
        self.pieces.close();
    }

    fn expr(&mut self, expr: &'p Expr<'p>, within: Within) {
        if needs_parentheses(expr, within) {
            return self.parentheses(expr);
        }
        match expr {
            Expr::And(_) if within == Within::Or => {
                self.pieces.open();
                self.chain(expr, Within::And, true);
                self.pieces.close();
            }
            Expr::And(_) => self.chain(expr, Within::And, false),
            Expr::Or(_) => self.chain(expr, Within::Or, false),
            Expr::Not(inner, _) => match written_within(inner) {
                Some((clause, spelling)) => self.clause(clause, Some(spelling)),
                None => {
                    self.pieces.text("not");
                    self.pieces.space();
                    self.expr(inner, Within::Not);
                }
            },
            Expr::Clause(clause) if is_unfinished(clause) => {
                self.comments(clause.field.span.start);
                self.pieces.text("(");
                self.clause(clause, None);
                self.pieces.text(")");
            }
            Expr::Clause(clause) => self.clause(clause, None),
            Expr::FreeText(text) => self.leaf(text.span, quoted(&text.value)),
            Expr::BareWord(word) if is_reserved(word.value) => {
                self.leaf(word.span, format!("({})", word.value));
            }
            Expr::BareWord(word) => self.leaf(word.span, word.value),
            Expr::Reference(name) => self.leaf(name.span, format!("@{}", name.value)),
            Expr::Unreadable(span) => self.leaf(span.0, "?"),
        }
    }

    /// Formulas with a connective between them; `hanging` when all but the first are indented.
    fn chain(&mut self, expr: &'p Expr<'p>, within: Within, hanging: bool) {
        let mut parts = Vec::new();
        flatten(expr, within, &mut parts);
        let hanging = hanging && parts.len() > 1;
        for (place, part) in parts.into_iter().enumerate() {
            if hanging && place == 1 {
                self.pieces.indent();
            }
            if place > 0 {
                self.comments(self.begins(part, within));
                self.pieces.line();
                self.pieces.text(if within == Within::And { "and" } else { "or" });
                self.pieces.space();
            }
            self.expr(part, within);
        }
        if hanging {
            self.pieces.dedent();
        }
    }

    fn parentheses(&mut self, expr: &'p Expr<'p>) {
        self.pieces.open();
        self.pieces.text("(");
        self.pieces.indent();
        self.source.enter(start(expr));
        self.comments(self.begins(expr, Within::Nothing));
        self.pieces.edge();
        self.expr(expr, Within::Nothing);
        let end = self.source.leave(start(expr));
        self.comments(end);
        self.pieces.dedent();
        self.pieces.edge();
        self.pieces.text(")");
        self.pieces.close();
    }

    fn leaf(&mut self, span: Span, text: impl Into<Cow<'p, str>>) {
        self.comments(span.start);
        self.pieces.text(text);
        self.source.pass(span);
    }

    /// Where the source has what the formula is printed with first. Comments before that belong
    /// to what was printed before it.
    fn begins(&self, expr: &Expr<'_>, within: Within) -> u32 {
        if needs_parentheses(expr, within) {
            return self.source.first_opening(start(expr));
        }
        match expr {
            Expr::And(parts) => parts.first().map_or(0, |first| self.begins(first, Within::And)),
            Expr::Or(parts) => parts.first().map_or(0, |first| self.begins(first, Within::Or)),
            Expr::Not(inner, _) if written_within(inner).is_some() => start(inner),
            Expr::Not(..)
            | Expr::Clause(_)
            | Expr::FreeText(_)
            | Expr::BareWord(_)
            | Expr::Reference(_)
            | Expr::Unreadable(_) => start(expr),
        }
    }
}

/// The parts of a formula, those of `and` within `and` and `or` within `or` too.
fn flatten<'p>(expr: &'p Expr<'p>, kind: Within, parts: &mut Vec<&'p Expr<'p>>) {
    match (expr, kind) {
        (Expr::And(all), Within::And) | (Expr::Or(all), Within::Or) => {
            all.iter().for_each(|part| flatten(part, kind, parts));
        }
        _ => parts.push(expr),
    }
}

fn needs_parentheses(expr: &Expr<'_>, within: Within) -> bool {
    match expr {
        Expr::Or(_) => matches!(within, Within::And | Within::Not),
        Expr::And(_) => within == Within::Not,
        Expr::Not(inner, _) => within == Within::Not && written_within(inner).is_none(),
        Expr::Clause(_)
        | Expr::FreeText(_)
        | Expr::BareWord(_)
        | Expr::Reference(_)
        | Expr::Unreadable(_) => false,
    }
}

/// The first character of the formula, parentheses left out.
fn start(expr: &Expr<'_>) -> u32 {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.first().map_or(0, start),
        Expr::Not(inner, not) => not.0.start.min(start(inner)),
        Expr::Clause(_)
        | Expr::FreeText(_)
        | Expr::BareWord(_)
        | Expr::Reference(_)
        | Expr::Unreadable(_) => expr.span().start,
    }
}

fn tail_start(tail: &Tail<'_>) -> Option<u32> {
    let order = tail.order.iter().map(|(field, _)| field.span);
    order
        .chain(tail.limit.iter().chain(&tail.skip).map(|count| count.span))
        .map(|span| span.start)
        .min()
}
