//! Filter JSON back to queries: the shortest text that compiles to the same filters, with labels
//! for wire values and dates for milliseconds.
//!
//! Laws: nothing is guessed silently, and nothing is lost. A guess is a warning, and so is a field
//! that the schema does not have, whose clause is kept; what no query says is an error, and stays on
//! the query's line behind `# not decompiled:`. Every clause is compiled
//! and compared before it is printed.

mod address;
mod bounds;
mod clean;
mod comments;
mod found;
mod json;
mod kept;
mod response;
mod says;
mod tail;
mod values;
mod wrapped;
mod write;

use crate::diag::{Diagnostic, Diagnostics, messages};
use crate::ops::{Op, Test};
use crate::options::Options;
use crate::query::spell::Entry;
use crate::query::{Node, Query};
use crate::schema::{Field, Schema};
use crate::span::Span;
use found::{Filter, Finder, Found, last_wins};
use json::{Json, Member};
use messages::At;
use says::{Checked, Said, Whole, said};
use values::Typing;

/// The queries of a text, and what there is to say about it.
#[derive(Clone, Debug)]
pub struct Decompiled {
    /// One query for each filter, in order, each on one line.
    pub queries: Vec<String>,
    /// Warnings for guesses, errors for what no query says, by place in the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads filter JSON back: a bare filters object, a request body, a text that holds either, JSON
/// Lines or a list of many, or an address of the portal.
///
/// ```
/// use tamis::{Options, Schema, decompile::decompile};
/// let schema = Schema::builtin("activities")?;
/// let json = r#"{"filters":{"ip.category":{"eq":[3]},"date":{"gte_ndays":7}},"limit":50}"#;
/// let found = decompile(json, schema, &Options::at(0));
/// assert_eq!(found.queries, ["ip.category = Risky and date in last 7 days limit 50"]);
/// assert!(found.diagnostics.is_empty());
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn decompile(text: &str, schema: &Schema, options: &Options) -> Decompiled {
    let mut problems = Diagnostics::within(options.limits.diagnostics);
    let mut finder = Finder { schema, options, text, problems: &mut problems, all: Vec::new() };
    finder.read();
    let all = finder.all;
    let mut queries = Vec::with_capacity(all.len());
    let checked = Checked { schema, options };
    for found in all {
        queries.push(match found {
            Found::Broken(raw) => {
                let mut out = String::from(MARK);
                comment_text(raw, &mut out);
                out
            }
            Found::Filter(filter) => {
                let typing = Typing {
                    text,
                    clock: options.clock(schema.week_start),
                    problems: &mut problems,
                };
                One {
                    checked: &checked,
                    typing,
                    clauses: Vec::new(),
                    entries: Vec::new(),
                    kept: Vec::new(),
                    left: Vec::new(),
                }
                .query(filter)
            }
        });
    }
    Decompiled { queries, diagnostics: problems.into_sorted() }
}

/// What begins the part of a line that holds what was not decompiled.
const MARK: &str = "# not decompiled: ";

/// A text for a comment: as it is when it is one line of visible characters, else as a JSON text.
fn comment_text(raw: &str, out: &mut String) {
    if raw.chars().any(crate::quote::is_invisible) {
        json::print_text(raw, out);
    } else {
        out.push_str(raw);
    }
}

/// One filter on its way to a query.
struct One<'t, 'f, 'p> {
    checked: &'f Checked<'f>,
    typing: Typing<'t, 'p>,
    clauses: Vec<String>,
    entries: Vec<Said>,
    /// Clauses on fields that the schema does not have.
    kept: Vec<String>,
    left: Vec<(String, Json)>,
}

impl One<'_, '_, '_> {
    fn query(mut self, filter: Filter) -> String {
        self.left = filter.left;
        let (conditions, overridden) = last_wins(filter.conditions, self.typing.problems);
        self.left.extend(overridden);
        for condition in conditions {
            self.condition(condition);
        }
        self.judge(&self.clauses.join(" and "), filter.span);
        self.clauses.append(&mut self.kept);
        let mut text = self.clauses.join(" and ");
        let tail = tail::tail(self.checked, filter.tail, self.typing.problems);
        self.left.extend(tail.left);
        if !tail.text.is_empty() {
            let gap = if text.is_empty() { "" } else { " " };
            text.push_str(gap);
            text.push_str(&tail.text);
        }
        if !self.left.is_empty() {
            let gap = if text.is_empty() { "" } else { " " };
            text.push_str(gap);
            text.push_str(MARK);
            json::print_members(
                self.left.iter().map(|(name, json)| (name.as_str(), json)),
                &mut text,
            );
        }
        text
    }

    /// Compiles the whole query and says when it gives other filters.
    fn judge(&mut self, text: &str, place: Span) {
        match self.checked.whole(text, &self.entries) {
            Whole::Same => {}
            Whole::Other(filters) => {
                self.typing.problems.push(messages::reads_otherwise(place, &filters))
            }
            Whole::Nothing => self.typing.problems.push(messages::never_true(place)),
        }
    }

    /// One field with its operators.
    fn condition(&mut self, member: Member) {
        let Some(field) = self.checked.schema.field(&member.name) else {
            self.unknown_field(member);
            return;
        };
        if field.name != member.name {
            let name = At { place: inner(member.name_span, &member.name), text: &member.name };
            self.typing.problems.push(messages::retired_name(name, &field.name));
        }
        let Member { name, name_span, value } = member;
        match (value.node, value.span) {
            (json::Node::Object(operators), span) if !is_key(field, &operators) => {
                self.operators(field, name, operators, span)
            }
            (node, span) => {
                self.typing.problems.push(messages::no_operator(name_span, &field.name));
                let operand = Member { name: "eq".into(), name_span, value: Json { span, node } };
                if let Some(lost) = self.operator(field, operand) {
                    self.left.push((name, lost.value));
                }
            }
        }
    }

    /// A field that the schema does not have: kept where the language has a form for it.
    fn unknown_field(&mut self, member: Member) {
        let place = inner(member.name_span, &member.name);
        let name = At { place, text: &member.name };
        let schema = self.checked.schema;
        let parts = member.value.members().unwrap_or_default();
        let dotted =
            parts.iter().find_map(|part| schema.field(&format!("{}.{}", member.name, part.name)));
        let kept = kept::clauses(&member).filter(|_| dotted.is_none());
        let likely = crate::check::likely(schema, &member.name);
        self.typing.problems.push(match (dotted, &kept) {
            (Some(field), _) => messages::nested_field(place, &field.name),
            (None, Some(_)) => messages::undocumented_field(name, &schema.name, &likely),
            (None, None) => messages::unknown_field(name, &schema.name, &likely, None),
        });
        match kept {
            Some(clauses) => self.kept.extend(clauses),
            None => self.left.push((member.name, member.value)),
        }
    }

    fn operators(&mut self, field: &Field, name: String, operators: Vec<Member>, span: Span) {
        if operators.is_empty() {
            self.typing.problems.push(messages::no_operators(span, &field.name));
            self.left.push((name, Json { span, node: json::Node::Object(operators) }));
            return;
        }
        let (operators, overridden) = last_wins(operators, self.typing.problems);
        let overridden = overridden.into_iter().map(|(name, value)| Member {
            name,
            name_span: value.span,
            value,
        });
        let mut lost: Vec<Member> = overridden.collect();
        let first = self.clauses.len();
        for operator in operators {
            lost.extend(self.operator(field, operator));
        }
        self.join_bounds(field, first);
        if !lost.is_empty() {
            self.left.push((name, Json { span, node: json::Node::Object(lost) }));
        }
    }

    /// One operator of a field; given back when no query says it.
    fn operator(&mut self, field: &Field, member: Member) -> Option<Member> {
        let place = inner(member.name_span, &member.name);
        let own = field.own_operators.iter().find(|own| own.eq_ignore_ascii_case(&member.name));
        let op = Op::named(&member.name).filter(|op| op.row().in_api && !field.knows(&member.name));
        let entry = match (op, own) {
            (_, Some(own)) => {
                let operand = self.typing.values(field, own, &member.value);
                operand.map(|operand| Entry { operator: own.clone().into(), operand })
            }
            (Some(op), None) => self.typing.operand(field, op, &member.value),
            (None, None) => {
                let name = At { place, text: &member.name };
                let allowed: Vec<String> =
                    field.operator_names().map(|name| format!("`{name}`")).collect();
                let names: Vec<&str> = field.operator_names().collect();
                let found = messages::unknown_operator(
                    name,
                    names.into_iter(),
                    &field.name,
                    &allowed.join(", "),
                );
                self.typing.problems.push(found);
                None
            }
        };
        let Some(entry) = entry else { return Some(member) };
        if self.say(field, &entry, place, &member) { None } else { Some(member) }
    }

    /// Finds the clause that says an entry; false when there is none, which is said.
    fn say(&mut self, field: &Field, entry: &Entry, place: Span, member: &Member) -> bool {
        let wanted = vec![(field.id, entry.clone())];
        let mut best: Option<String> = None;
        let mut otherwise = None;
        for clause in write::clauses(self.checked.schema, field, entry) {
            let (query, found) = self.checked.query(&clause);
            let Some(query) = query else { continue };
            if says(&query, &wanted) {
                let clean = found.is_empty();
                best = best.filter(|_| !clean).or(Some(clause));
                if clean {
                    break;
                }
            } else if otherwise.is_none() {
                otherwise = said(&query, query.normal()).map(|entries| (clause, entries));
            }
        }
        match (best, otherwise) {
            (Some(clause), _) => {
                self.clauses.push(clause);
                self.entries.extend(wanted);
                true
            }
            (None, Some((clause, entries))) if self.other_entry(field, entry, place, member) => {
                let unset = match entries.as_slice() {
                    [(_, entry)] if entry.operator != member.name => {
                        write::clauses(self.checked.schema, field, entry).into_iter().next()
                    }
                    _ => None,
                };
                let clause = unset.filter(|_| values::only_null(entry, field)).unwrap_or(clause);
                self.clauses.push(clause);
                self.entries.extend(entries);
                true
            }
            (None, _) => {
                self.refuse(field, entry, place, member);
                false
            }
        }
    }

    /// True, with a warning, where a clause means the entry although it compiles to another.
    fn other_entry(&mut self, field: &Field, entry: &Entry, place: Span, member: &Member) -> bool {
        let op = Op::named(&entry.operator);
        let listed = op.is_none_or(|op| field.lists(op));
        if values::only_null(entry, field) {
            self.typing
                .problems
                .push(messages::null_as_not_set(member.value.span, &entry.operator));
            return true;
        }
        let exact = op.is_some_and(|op| matches!(op.row().test, Test::Order(_) | Test::Set));
        let always = field.cardinality == crate::value::Cardinality::One
            && op.is_some_and(|op| op.row().test == Test::Set);
        if !listed && exact || always {
            self.typing.problems.push(messages::operator_not_listed(
                place,
                &member.name,
                &field.name,
            ));
            return true;
        }
        false
    }

    /// Says why no query says an entry.
    fn refuse(&mut self, field: &Field, entry: &Entry, place: Span, member: &Member) {
        let (_, found) = self.checked.query(&write::plain(field, entry));
        let mut errors = found.into_iter().filter(Diagnostic::is_error).peekable();
        if errors.peek().is_none() {
            let unlisted = Op::named(&entry.operator).is_some_and(|op| !field.lists(op));
            let listed: Vec<String> =
                field.operator_names().map(|name| format!("`{name}`")).collect();
            let name = At { place, text: &member.name };
            let why = "a query would read these values as something else";
            self.typing.problems.push(if unlisted {
                messages::operator_not_allowed(name, &field.name, &listed.join(", "), None)
            } else {
                messages::not_decompiled(member.value.span, why)
            });
        }
        for mut error in errors {
            let of_operator = matches!(
                error.code,
                crate::diag::Code::OperatorNotAllowed | crate::diag::Code::UnknownOperator
            );
            error.span = if of_operator { place } else { member.value.span };
            error.labels.clear();
            error.fixes.clear();
            self.typing.problems.push(error);
        }
    }

    /// `gte` and `lte` side by side as `between`, where that compiles to the same two.
    fn join_bounds(&mut self, field: &Field, first: usize) {
        let joined = match (
            self.clauses.get(first..),
            self.entries.len().checked_sub(2).and_then(|at| self.entries.get(at..)),
        ) {
            (Some([_, _]), Some(wanted @ [(_, start), (_, end)])) => {
                write::between(field, start, end).filter(|clause| {
                    let (query, found) = self.checked.query(clause);
                    found.is_empty() && query.is_some_and(|query| says(&query, wanted))
                })
            }
            _ => None,
        };
        if let Some(clause) = joined {
            self.clauses.truncate(first);
            self.clauses.push(clause);
        }
    }
}

/// True when a query says just these entries.
fn says(query: &Query<'_>, wanted: &[Said]) -> bool {
    let is = |node: &Node<'_>| said(query, node).as_deref() == Some(wanted);
    is(query.root()) || is(query.normal())
}

/// True for a key object, which looks like operators.
fn is_key(field: &Field, members: &[Member]) -> bool {
    field.kind.is_key() && members.iter().any(|member| member.name == "id")
}

/// The place of a name without its quotes.
fn inner(span: Span, name: &str) -> Span {
    if span.len() == name.len() + 2 {
        Span::new(span.start as usize + 1, span.end as usize - 1)
    } else {
        span
    }
}
