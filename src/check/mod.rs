//! From the tree as written to the checked query: names, operators, values, all errors in one run.
//!
//! Law: an atom leaves here only when its row can say it or its complement exactly.

mod clause;
mod cycles;
mod example;
mod fields;
pub mod foreign;
mod names;
mod network;
mod number;
mod operators;
mod promised;
mod raw;
mod test;
mod time;
mod traps;
mod values;

use crate::diag::{Diagnostic, Diagnostics, messages};
use crate::options::Options;
use crate::query::written::Written;
use crate::query::{Ascending, Atom, Node, Predicate, Query, Tail, normal};
use crate::schema::{FieldId, Lookup, Schema};
use crate::span::{Span, Spanned};
use crate::syntax::Parsed;
use crate::syntax::ast::{self, Count, Direction, Expr};
use crate::syntax::part::Look;
use crate::table::Table;
use crate::time::Clock;
use crate::value::Value;
pub(crate) use fields::likely;
use messages::At;
use names::Definitions;
pub(crate) use operators::{allowed, allows};

/// What checking gives: the query when nothing is wrong, and everything there is to say.
#[derive(Clone, Debug)]
pub struct Checked<'q> {
    /// The query; `None` when there are errors.
    pub query: Option<Query<'q>>,
    /// Errors and warnings of parsing and checking, by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a parsed text against a schema. All errors are found in one run.
///
/// ```
/// use tamis::{Options, Schema};
/// let schema = Schema::builtin("activities")?;
/// let parsed = tamis::parse("ip.categry = Risky and service = abc");
/// let checked = tamis::check(&parsed, schema, &Options::at(0));
/// let codes: Vec<_> = checked.diagnostics.iter().map(|found| found.code.id()).collect();
/// assert_eq!(codes, ["T0201", "T0301"]);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn check<'q>(parsed: &Parsed<'_>, schema: &'q Schema, options: &Options) -> Checked<'q> {
    let mut checker = Checker::new(parsed, schema, options);
    let (root, tail) = checker.read(&parsed.document);
    checker.parameters_used();
    let counts = [checker.conditions, checker.values];
    let written = Written::new(std::mem::take(&mut checker.forms));
    let mut found = checker.found;
    let mut query = None;
    if let Some(root) = root.filter(|_| !found.has_errors()) {
        let normal = normal::normalize(&root, &mut found);
        let (now, limits) = (options.now, options.limits);
        query = Some(Query::new(schema, root, normal, tail, now, limits).with(written));
    }
    found.show_examples(|| example::condition(schema));
    // What is not shown in the end is not counted yet.
    let (mut diagnostics, surplus) = found.into_kept();
    if diagnostics.iter().any(|found| found.is_error() || !found.fixes.is_empty()) {
        let whole = Look::new(&parsed.document, &diagnostics, counts);
        diagnostics = promised::promised(parsed.text, diagnostics, whole, schema, options);
    }
    Checked { query, diagnostics: surplus.shown(diagnostics) }
}

/// True when a clause of a text, taken by itself, has no errors.
pub(crate) fn accepts(
    clause: &ast::Clause<'_>,
    text: &str,
    schema: &Schema,
    options: &Options,
) -> bool {
    let parsed = Parsed::unread(text);
    let mut checker = Checker::new(&parsed, schema, options);
    checker.clause(clause);
    !checker.found.has_errors()
}

/// One condition of a text by itself, checked; `None` when it has errors or is none.
pub(crate) fn condition<'q>(
    expr: &Expr<'_>,
    negated: bool,
    text: &str,
    schema: &'q Schema,
    options: &Options,
) -> Option<Query<'q>> {
    let parsed = Parsed::unread(text);
    let mut checker = Checker::new(&parsed, schema, options);
    let node = match expr {
        Expr::Clause(clause) => checker.clause(clause),
        Expr::FreeText(text) => {
            let words = Spanned::new(std::borrow::Cow::Owned(text.value.to_string()), text.span);
            checker.free_text(&words)
        }
        Expr::And(_)
        | Expr::Or(_)
        | Expr::Not(..)
        | Expr::BareWord(_)
        | Expr::Reference(_)
        | Expr::Unreadable(_) => None,
    };
    let root = signed(node.filter(|_| !checker.found.has_errors())?, negated);
    let normal = root.clone();
    Some(Query::new(schema, root, normal, Tail::default(), options.now, options.limits))
}

/// The state of one check.
struct Checker<'q, 's, 'p> {
    schema: &'q Schema,
    options: &'p Options,
    clock: Clock,
    text: &'s str,
    /// Where parsing found mistakes, in order: what stands there is not judged again.
    mistaken: Vec<u32>,
    definitions: Definitions<'q, 's, 'p>,
    used: Table<&'p str>,
    conditions: usize,
    values: usize,
    /// The wire forms that were written, where the API and records hold different ones.
    forms: Table<(FieldId, Value), Value>,
    found: Diagnostics,
}

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    fn new(parsed: &'p Parsed<'s>, schema: &'q Schema, options: &'p Options) -> Self {
        let mut mistaken = parsed.diagnostics.error_places();
        mistaken.sort_unstable();
        Checker {
            mistaken,
            schema,
            options,
            clock: options.clock(schema.week_start),
            text: parsed.text,
            definitions: Definitions::default(),
            used: Table::default(),
            conditions: 0,
            values: 0,
            found: parsed.diagnostics.clone().limited(options.limits.diagnostics),
            forms: Table::default(),
        }
    }

    /// A document's formula, `None` when part of it is wrong, and its tail.
    fn read(&mut self, document: &'p ast::Document<'s>) -> (Option<Node<'q>>, Tail) {
        self.define(&document.definitions);
        let root = match &document.condition {
            Some(condition) => self.node(condition, false, 0),
            None => Some(Node::All),
        };
        (root, self.tail(&document.tail))
    }

    /// A formula with negation pushed down to its atoms; `None` when part of it is wrong.
    fn node(&mut self, expr: &'p Expr<'s>, negated: bool, depth: usize) -> Option<Node<'q>> {
        match expr {
            Expr::And(parts) => {
                self.parts(parts, negated, depth).map(|parts| joined(parts, !negated))
            }
            Expr::Or(parts) => {
                self.parts(parts, negated, depth).map(|parts| joined(parts, negated))
            }
            Expr::Not(inner, _) => self.node(inner, !negated, depth),
            Expr::Clause(clause) => self.clause(clause).map(|node| signed(node, negated)),
            Expr::FreeText(text) => self.free_text(text).map(|node| signed(node, negated)),
            Expr::BareWord(word) => {
                self.found.push(match self.schema.field(word.value) {
                    Some(field) => {
                        messages::bare_field(word.span, word.value, operators::plain_test(field))
                    }
                    None => messages::bare_word(word.span, word.value),
                });
                None
            }
            Expr::Reference(name) => self.reference(name, depth).map(|node| signed(node, negated)),
            Expr::Unreadable(_) => None,
        }
    }

    /// True when parsing found a mistake within the place.
    fn is_mistaken(&self, place: Span) -> bool {
        let next = self.mistaken.partition_point(|start| *start < place.start);
        self.mistaken.get(next).is_some_and(|start| *start <= place.end)
    }

    fn parts(
        &mut self,
        parts: &'p [Expr<'s>],
        negated: bool,
        depth: usize,
    ) -> Option<Vec<Node<'q>>> {
        let mut nodes = Vec::with_capacity(parts.len());
        for part in parts {
            nodes.extend(self.node(part, negated, depth + 1));
        }
        (nodes.len() == parts.len()).then_some(nodes)
    }

    fn free_text(&mut self, text: &Spanned<std::borrow::Cow<'s, str>>) -> Option<Node<'q>> {
        let Some(field) = self.schema.free_text() else {
            self.found.push(messages::no_free_text(text.span, &self.schema.name));
            return None;
        };
        self.count_conditions(1, text.span)?;
        Some(self.words(field, &text.value, text.span))
    }

    /// Counts conditions; `None` when there are too many.
    fn count_conditions(&mut self, more: usize, place: Span) -> Option<()> {
        let limit = self.options.limits.conditions;
        let within = self.conditions <= limit;
        self.conditions = self.conditions.saturating_add(more);
        if within && self.conditions > limit {
            self.found.push(messages::too_many_conditions(place, limit));
        }
        (self.conditions <= limit).then_some(())
    }

    fn tail(&mut self, tail: &'p ast::Tail<'s>) -> Tail {
        let mut out = Tail::default();
        let mut spans = Vec::new();
        if let Some((field, direction)) = &tail.order {
            spans.push(field.span);
            let ascending = match direction {
                Direction::Default => None,
                Direction::Ascending => Some(Ascending(true)),
                Direction::Descending => Some(Ascending(false)),
            };
            out.order = self.sort_field(field).map(|name| (name, ascending));
        }
        spans.extend(tail.limit.iter().chain(&tail.skip).map(|count| count.span));
        out.limit = tail.limit.and_then(|count| self.count(count, "limit"));
        out.skip = tail.skip.and_then(|count| self.count(count, "skip"));
        out.span = spans.into_iter().reduce(Span::to).unwrap_or_default();
        out
    }

    fn sort_field(&mut self, name: &Spanned<std::borrow::Cow<'s, str>>) -> Option<String> {
        let fields = &self.schema.sort.fields;
        let at = At { place: name.span, text: &name.value };
        let canonical = match self.schema.find(&name.value) {
            Lookup::Field(field) | Lookup::Part(field) => field.name.as_str(),
            Lookup::Several(several) => {
                let names = several.iter().map(|field| field.name.as_str());
                self.found.push(messages::several_fields(at, names));
                return None;
            }
            Lookup::Unknown => at.text,
        };
        let known = fields.iter().find(|field| field.as_str() == canonical);
        if known.is_none() {
            self.found.push(messages::bad_sort_field(at, fields.iter().map(String::as_str)));
        }
        known.cloned()
    }

    fn count(&mut self, count: Spanned<Count<'s>>, word: &str) -> Option<u64> {
        match count.value {
            Count::Number(number) => Some(number),
            Count::Parameter(name) => {
                let value = self.parameter(name, count.span)?;
                let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
                if number.is_none() {
                    let written = crate::value::json_text(value);
                    self.found.push(messages::bad_count(count.span, word, &written));
                }
                number
            }
        }
    }
}

/// All or any of the parts; what joins its own parts the same way joins them to these.
fn joined(parts: Vec<Node<'_>>, all: bool) -> Node<'_> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match (part, all) {
            (Node::And(inner), true) | (Node::Or(inner), false) => flat.extend(inner),
            (part, _) => flat.push(part),
        }
    }
    match (flat.len(), all) {
        (1, _) => flat.pop().unwrap_or(Node::All),
        (_, true) => Node::And(flat),
        (_, false) => Node::Or(flat),
    }
}

/// The formula, or the one that holds exactly when it does not.
fn signed(node: Node<'_>, negated: bool) -> Node<'_> {
    if !negated {
        return node;
    }
    let flip = |parts: Vec<_>| parts.into_iter().map(|part| signed(part, true)).collect();
    match node {
        Node::All => Node::Nothing,
        Node::Nothing => Node::All,
        Node::And(parts) => Node::Or(flip(parts)),
        Node::Or(parts) => Node::And(flip(parts)),
        Node::Atom(atom) => Node::Atom(Atom { negated: !atom.negated, ..atom }),
    }
}

fn atom<'q>(field: &'q crate::schema::Field, predicate: Predicate, span: Span) -> Node<'q> {
    Node::Atom(Atom { field, predicate, negated: false, span })
}
