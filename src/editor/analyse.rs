//! Everything that a query box shows of a text, in one call: tokens, problems, completion and
//! clauses, from one parse of the text (completion parses the last conditions before the caret too).

use serde::Serialize;

use super::complete::{self, Ask, HostValue, Item};
use super::problems::{self, Problem};
use super::structure::{self, ClauseAt, Outline};
use crate::check::{check, condition};
use crate::diag::Code;
use crate::explain;
use crate::limits::Limits;
use crate::options::Options;
use crate::query::Query;
use crate::schema::{Field, Schema};
use crate::span::Span;
use crate::syntax::ast::{Clause, Expr, Literal, Operator};
use crate::syntax::{Parsed, Token, outline, parse_with};

/// What there is to show of a text.
#[derive(Clone, Debug, Serialize)]
pub struct Analysis<'q> {
    /// The tokens, for highlighting.
    pub tokens: Vec<Token>,
    /// Errors and warnings, by place. Without any [`Options::params`], `$name` is none.
    pub problems: Vec<Problem>,
    /// What can stand at the caret.
    pub completion: Vec<Item>,
    /// What a host may be asked for at the caret.
    pub ask: Option<Asked>,
    /// Clauses and groups.
    pub outline: Outline,
    /// What each clause of the outline says, in its order.
    pub clauses: Vec<Said>,
    /// The checked query; `None` while it has errors.
    #[serde(skip)]
    pub query: Option<Query<'q>>,
}

/// What values a host may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The field's name.
    pub field: String,
    /// The operator's name, when it is one of the table.
    pub operator: Option<String>,
    /// What was typed of the value, without quotation mark and escapes.
    pub prefix: String,
}

/// What a clause says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The field as the schema spells it; `None` when it has no such field.
    pub field: Option<String>,
    /// The operator by its canonical spelling, or an operator of the schema's own.
    pub operator: Option<String>,
    /// The values that are written, those of a list one by one.
    pub values: Vec<SaidValue>,
    /// True when no error is about it.
    pub ok: bool,
    /// It in plain English, with a `not` of its own, dates resolved; `None` while it has errors or
    /// while it is a named filter.
    pub words: Option<String>,
}

/// A value as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SaidValue {
    /// The text without quotation marks and escapes; of ranges and keys, as it is written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// The label of the named value that it means.
    pub label: Option<String>,
}

/// Analyses a text. A caret asks for completion, with what the host knows for the place.
///
/// ```
/// use tamis::{Options, Schema, editor::analyse::analyse};
/// let schema = Schema::builtin("activities")?;
/// let found = analyse("not ip.category = Risky", None, schema, &Options::at(0), &[]);
/// assert_eq!(found.clauses[0].words.as_deref(), Some("ip.category is not Risky (3), or is not set"));
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn analyse<'q>(
    text: &str,
    caret: Option<usize>,
    schema: &'q Schema,
    options: &Options,
    host: &[HostValue],
) -> Analysis<'q> {
    read(text, caret, schema, options, host, false)
}

/// The same with few clauses, for the keys of a person who types a long text: those that the caret
/// touches, muted ones, and the last one that begins before each problem.
///
/// ```
/// use tamis::{Options, Schema, editor::analyse::near};
/// let schema = Schema::builtin("activities")?;
/// let text = "service = Box and servce = Box and date > -7d";
/// let found = near(text, Some(text.len()), schema, &Options::at(0), &[]);
/// let shown: Vec<_> = found.outline.clauses.iter().map(|clause| clause.span.of(text)).collect();
/// assert_eq!(shown, ["servce = Box", "date > -7d"]);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn near<'q>(
    text: &str,
    caret: Option<usize>,
    schema: &'q Schema,
    options: &Options,
    host: &[HostValue],
) -> Analysis<'q> {
    read(text, caret, schema, options, host, true)
}

fn read<'q>(
    text: &str,
    caret: Option<usize>,
    schema: &'q Schema,
    options: &Options,
    host: &[HostValue],
    is_near: bool,
) -> Analysis<'q> {
    let (parsed, tokens) = outline(text, &options.limits);
    let checked = check(&parsed, schema, options);
    let mut problems = problems::of(checked.diagnostics, text, caret);
    if options.params.is_empty() {
        problems.retain(|problem| problem.diagnostic.code != Code::UnboundParameter);
    }
    let asked = std::cell::RefCell::new(None);
    let completion = caret.map_or_else(Vec::new, |caret| {
        let answer = |ask: &Ask<'_>| {
            *asked.borrow_mut() = Some(Asked {
                field: ask.field.name.clone(),
                operator: ask.operator.map(|op| op.canonical().replace('_', "…")),
                prefix: ask.typed.to_owned(),
            });
            host.to_vec()
        };
        let read = Some((&parsed, tokens.as_slice()));
        complete::complete_read(text, caret, schema, options, Some(&answer), read)
    });
    let mut outline = structure::outline_of(parsed.clone(), tokens.clone(), &options.limits);
    if is_near {
        keep_near(&mut outline.clauses, caret, &problems);
    }
    let clauses = said(&parsed, &outline, &problems, schema, options);
    let ask = asked.into_inner();
    Analysis { tokens, problems, completion, ask, outline, clauses, query: checked.query }
}

/// Leaves the clauses that [`near`] gives.
fn keep_near(clauses: &mut Vec<ClauseAt>, caret: Option<usize>, problems: &[Problem]) {
    let touched = |span: Span| {
        let range = span.range();
        caret.is_some_and(|caret| range.start <= caret && caret <= range.end)
    };
    let mut behind: Vec<u32> = clauses.iter().skip(1).map(|clause| clause.span.start).collect();
    behind.push(u32::MAX);
    let mut behind = behind.into_iter();
    clauses.retain(|clause| {
        let next = behind.next().unwrap_or(u32::MAX);
        let here = |at: u32| clause.span.start <= at && at < next;
        let wrong = |problem: &Problem| here(problem.diagnostic.span.start);
        clause.muted || touched(clause.span) || problems.iter().any(wrong)
    });
}

/// What the clauses of an outline say.
fn said(
    parsed: &Parsed<'_>,
    outline: &Outline,
    problems: &[Problem],
    schema: &Schema,
    options: &Options,
) -> Vec<Said> {
    let document = &parsed.document;
    let mut leaves = Vec::new();
    let bodies = document.definitions.iter().map(|definition| &definition.condition);
    bodies.chain(&document.condition).for_each(|expr| super::leaves(expr, &mut leaves));
    let mut leaves = leaves.into_iter().peekable();
    let say = |row: &ClauseAt| {
        if row.muted {
            return muted(row, parsed.text, schema, &options.limits);
        }
        while leaves.next_if(|expr| expr.span().start < row.span.start).is_some() {}
        let Some(expr) = leaves.next_if(|expr| expr.span() == row.span) else {
            return Said::default();
        };
        let within = |place: Span| place.start < row.span.end && row.span.start <= place.start;
        let mut errors = problems.iter().filter(|problem| problem.diagnostic.is_error());
        let ok = !errors.any(|problem| within(problem.diagnostic.span));
        let query = condition(expr, row.not, parsed.text, schema, options).filter(|_| ok);
        let words = query.and_then(|query| explain::condition(&query, &options.zone));
        let parts = match expr {
            Expr::Clause(clause) => parts(clause, parsed.text, schema),
            Expr::FreeText(found) => {
                let field = schema.free_text().map(|field| field.name.clone());
                let text = found.value.to_string();
                let values = vec![SaidValue { text, span: found.span, label: None }];
                Said { field, values, ..Said::default() }
            }
            Expr::And(_)
            | Expr::Or(_)
            | Expr::Not(..)
            | Expr::BareWord(_)
            | Expr::Reference(_)
            | Expr::Unreadable(_) => Said::default(),
        };
        Said { ok, words, ..parts }
    };
    outline.clauses.iter().map(say).collect()
}

fn parts(clause: &Clause<'_>, text: &str, schema: &Schema) -> Said {
    let field = schema.field(&clause.field.value);
    let operator = match clause.operator.value {
        Operator::Known(op) => Some(op.canonical().replace('_', "…")),
        Operator::Other(own) => Some(own.to_owned()),
        Operator::Missing => None,
    };
    let value = |literal: &crate::span::Spanned<Literal<'_>>| {
        let text = match &literal.value {
            Literal::Word(word) => (*word).to_owned(),
            Literal::Text(text) => text.to_string(),
            Literal::Parameter(_) | Literal::Phrase(_) | Literal::Range(_) | Literal::Record(_) => {
                literal.span.of(text).to_owned()
            }
        };
        let label = field.and_then(|field| label(field, &text));
        SaidValue { text, span: literal.span, label }
    };
    Said {
        field: field.map(|field| field.name.clone()),
        operator,
        values: clause.operand.literals().iter().map(value).collect(),
        ..Said::default()
    }
}

fn label(field: &Field, text: &str) -> Option<String> {
    let named = field.values.as_ref()?.meant_by(text).next()?;
    Some(named.label.clone())
}

/// What a muted clause says. One of several lines gives no places of its values but its own.
fn muted(row: &ClauseAt, text: &str, schema: &Schema, limits: &Limits) -> Said {
    let Some(first) = row.field else { return Said::default() };
    let last = row.operand.or(row.operator).unwrap_or(first);
    let place = first.to(last);
    let written = place.of(text);
    let one_line = !written.contains('\n');
    let alone = structure::without_marks(written);
    let parsed = parse_with(&alone, limits);
    let Some(Expr::Clause(clause)) = &parsed.document.condition else { return Said::default() };
    let mut said = parts(clause, &alone, schema);
    for value in &mut said.values {
        value.span = if one_line { value.span.shifted(place.range().start) } else { place };
    }
    Said { ok: true, ..said }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::analyse;
    use crate::editor::complete::complete;
    use crate::options::Options;
    use crate::schema::Schema;
    use crate::syntax::drawn::Draw;

    /// The analysis reads no more of what stands before the caret than it has to.
    #[test]
    fn completion_is_that_of_the_whole_text() {
        let schema = Schema::builtin("activities").unwrap();
        let options = Options::at(1_793_534_400_000);
        let mut draw = Draw(2);
        for _ in 0..400 {
            let text = draw.text();
            let text = draw.changed(&text);
            for _ in 0..4 {
                let caret = text.floor_char_boundary(draw.below(text.len() + 1));
                let typed = text.get(..caret).unwrap();
                for text in [text.as_str(), typed] {
                    let found = analyse(text, Some(caret), schema, &options, &[]).completion;
                    assert_eq!(
                        found,
                        complete(text, caret, schema, &options, None),
                        "{text:?} {caret}"
                    );
                }
            }
        }
    }
}
