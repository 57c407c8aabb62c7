//! What there is to know about the place under a pointer: the clause in words, its field, its
//! operator, and a value's label, wire form or instant.

use serde::Serialize;

use crate::check::{allowed, check};
use crate::explain::condition;
use crate::ops::Takes;
use crate::options::Options;
use crate::schema::{Field, Schema};
use crate::span::Span;
use crate::syntax::ast::{Clause, Expr, Literal, Operator};
use crate::syntax::parse_with;
use crate::time::{Clock, Moment, read};
use crate::value::Type;

/// What there is to know about a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Hover {
    /// The clause or reference.
    pub span: Span,
    /// It in words, dates resolved, by itself: a `not` before it is not told. `None` while it has
    /// errors.
    pub words: Option<String>,
    /// Its field.
    pub field: Option<About>,
    /// Its operator, when the place is within it.
    pub operator: Option<About>,
    /// A value, when the place is within one.
    pub value: Option<About>,
}

/// A name, what it is, and what else there is to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// The name: of a field, of an operator, the label of a value.
    pub name: String,
    /// A field's type, a value's wire form or the instant that a time stands for.
    pub detail: String,
    /// The field's description, what the operator means.
    pub documentation: String,
    /// What the field allows.
    pub allows: String,
}

impl Hover {
    /// As Markdown, for editors.
    #[must_use]
    pub fn markdown(&self) -> String {
        let about = |about: &About| {
            let detail =
                if about.detail.is_empty() { String::new() } else { format!(": {}", about.detail) };
            let documentation = if about.documentation.is_empty() {
                String::new()
            } else {
                format!("  \n{}", about.documentation)
            };
            let allows = if about.allows.is_empty() {
                String::new()
            } else {
                format!("  \nallows {}", about.allows)
            };
            format!("`{}`{detail}{documentation}{allows}", about.name)
        };
        let parts = [&self.value, &self.operator, &self.field].into_iter().flatten().map(about);
        self.words.clone().into_iter().chain(parts).collect::<Vec<_>>().join("\n\n")
    }
}

/// What there is to know about the clause at a place; `None` where there is none.
///
/// ```
/// use tamis::{Options, Schema, editor::hover::hover};
/// let schema = Schema::builtin("activities")?;
/// let hover = hover("service = Box and ip.category = 3", 32, schema, &Options::at(0)).unwrap();
/// assert_eq!(hover.words.unwrap(), "ip.category is Risky (3)");
/// assert_eq!(hover.value.unwrap().name, "Risky");
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn hover(text: &str, caret: usize, schema: &Schema, options: &Options) -> Option<Hover> {
    let parsed = parse_with(text, &options.limits);
    let document = &parsed.document;
    let bodies = document.definitions.iter().map(|definition| &definition.condition);
    let expr = bodies.chain(&document.condition).find_map(|expr| at(expr, caret))?;
    match expr {
        Expr::Clause(clause) => {
            let hover = clause_hover(clause, caret, text, schema, options);
            let silent = hover.field.is_none() && hover.operator.is_none();
            (!silent).then_some(hover)
        }
        Expr::Reference(name) => {
            let row = document.definitions.iter().find(|row| row.name.value == name.value)?;
            let body = row.span.0.of(text).trim_end().to_owned();
            Some(Hover { span: name.span, words: Some(body), ..Hover::default() })
        }
        Expr::FreeText(found) => Some(Hover {
            span: found.span,
            words: words(found.span.of(text), schema, options),
            field: schema.free_text().map(field_about),
            ..Hover::default()
        }),
        Expr::And(_) | Expr::Or(_) | Expr::Not(..) | Expr::BareWord(_) | Expr::Unreadable(_) => {
            None
        }
    }
}

fn within(span: Span, caret: usize) -> bool {
    span.range().start <= caret && caret <= span.range().end
}

/// The innermost formula at a place.
fn at<'e, 's>(expr: &'e Expr<'s>, caret: usize) -> Option<&'e Expr<'s>> {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().find_map(|part| at(part, caret)),
        Expr::Not(inner, _) => at(inner, caret),
        Expr::Clause(_)
        | Expr::FreeText(_)
        | Expr::BareWord(_)
        | Expr::Reference(_)
        | Expr::Unreadable(_) => within(expr.span(), caret).then_some(expr),
    }
}

/// A condition of the text in words, by itself.
fn words(text: &str, schema: &Schema, options: &Options) -> Option<String> {
    let query = check(&parse_with(text, &options.limits), schema, options).query?;
    condition(&query, &options.zone)
}

fn clause_hover(
    clause: &Clause<'_>,
    caret: usize,
    text: &str,
    schema: &Schema,
    options: &Options,
) -> Hover {
    let row = schema.find(&clause.field.value).field();
    let operator = match clause.operator.value {
        Operator::Known(op) if within(clause.operator.span, caret) => Some(About {
            name: op.canonical().replace('_', "…"),
            detail: op.row().name.into(),
            documentation: op.row().doc.into(),
            allows: String::new(),
        }),
        Operator::Known(_) | Operator::Other(_) | Operator::Missing => None,
    };
    let literal = clause.operand.literals().iter().find(|literal| within(literal.span, caret));
    let days = matches!(clause.operator.value, Operator::Known(op) if matches!(op.row().takes, Takes::Days | Takes::Length));
    let value = row.zip(literal).filter(|_| !days).and_then(|(row, literal)| {
        let value = match &literal.value {
            Literal::Word(text) => text,
            Literal::Text(text) => text.as_ref(),
            Literal::Phrase(_) => literal.span.of(text),
            Literal::Parameter(_) | Literal::Range(_) | Literal::Record(_) => return None,
        };
        value_about(row, value, options.clock(schema.week_start))
    });
    Hover {
        span: clause.span(),
        words: words(clause.span().of(text), schema, options),
        field: row.map(field_about),
        operator,
        value,
    }
}

fn field_about(field: &Field) -> About {
    About {
        name: field.name.clone(),
        detail: field.kind.to_string(),
        documentation: field.description.clone(),
        allows: allowed(field),
    }
}

fn value_about(field: &Field, text: &str, clock: Clock) -> Option<About> {
    let about = |name: &str, detail: String| About {
        name: name.to_owned(),
        detail,
        documentation: String::new(),
        allows: String::new(),
    };
    if let Some(named) = field.values.iter().flat_map(|values| values.meant_by(text)).next() {
        return Some(about(&named.label, named.value.to_string()));
    }
    let time = read(text, &clock).ok().filter(|_| field.kind == Type::Timestamp)?;
    let detail = match time.moment {
        Moment::Point(at) => clock.zone.say(at),
        Moment::Period(start, end) => {
            format!("{} to {}", clock.zone.say(start), clock.zone.say(end))
        }
    };
    Some(about(text, detail))
}
