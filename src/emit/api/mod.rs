//! The filter JSON of the API: `docs/language.md`, 3.1; shapes and limits from `docs/api.md`.

mod filters;
pub mod plan;
mod request;

use super::{Choice, Emitted, Form, Output, Proof, Target};
use crate::diag::{Diagnostic, messages};
use crate::query::{Atom, Kind, Node, Query};
use crate::query::{normal, spell};
use crate::span::Span;
pub use filters::Filters;
pub use request::Request;

/// The filter JSON of one request.
#[derive(Debug)]
pub struct Api;

impl Target for Api {
    fn name(&self) -> &'static str {
        "api"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn title(&self) -> &'static str {
        "filter JSON of the REST API, one request"
    }

    fn proof(&self) -> Proof {
        Proof::Compared
    }

    fn choices(&self) -> &'static [Choice] {
        &[]
    }

    fn emit(&self, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        let filters = filters(query).or_else(|errors| planned(query).ok_or(errors))?;
        let mut warnings = Vec::new();
        let request = if form.whole {
            request::with_tail(filters, query).map_err(|error| vec![error])?
        } else {
            if !query.tail().is_empty() {
                warnings.push(messages::tail_not_carried(query.tail().span));
            }
            Request::filters(filters, query)
        };
        Ok(Emitted { output: Output::Api(request), warnings })
    }

    fn ddl(&self, _schema: &crate::Schema, _form: &Form) -> Option<String> {
        None
    }
}

/// The filters of a query that is one conjunction.
pub(super) fn filters(query: &Query<'_>) -> Result<Filters, Vec<Diagnostic>> {
    let mut object = Object::default();
    let parts = match query.normal() {
        Node::All => &[],
        Node::And(parts) => parts.as_slice(),
        Node::Nothing => return nothing(query),
        one @ (Node::Or(_) | Node::Atom(_)) => std::slice::from_ref(one),
    };
    for part in parts {
        match part {
            Node::Atom(atom) => object.add(atom),
            Node::All | Node::Nothing | Node::And(_) | Node::Or(_) => {
                object.errors.push(several(part))
            }
        }
    }
    if object.errors.is_empty() { Ok(object.filters) } else { Err(object.errors) }
}

/// The one exact request that the planner finds for a query that is no conjunction as it stands.
fn planned(query: &Query<'_>) -> Option<Filters> {
    plan::plan(query).ok()?.single()
}

fn several(node: &Node<'_>) -> Diagnostic {
    let sides: Vec<Span> = match node {
        Node::Or(parts) => parts.iter().map(Node::span).collect(),
        Node::All | Node::Nothing | Node::And(_) | Node::Atom(_) => Vec::new(),
    };
    messages::several_requests(&sides, node.span())
}

/// Filters that are built up atom by atom.
#[derive(Default)]
struct Object<'q> {
    filters: Filters,
    said: Vec<&'q Atom<'q>>,
    errors: Vec<Diagnostic>,
}

impl<'q> Object<'q> {
    fn add(&mut self, atom: &'q Atom<'q>) {
        let Some(spelled) = spell::spell(atom) else {
            self.errors.push(not_expressible(atom));
            return;
        };
        for entry in spelled.entries() {
            let operator = entry.operator.clone();
            if !self.filters.add(atom.field, entry) {
                let same = |other: &&&Atom<'_>| {
                    other.field.id == atom.field.id && other.negated == atom.negated
                };
                let first = self.said.iter().find(same).map_or(atom.span, |first| first.span);
                self.errors.push(messages::operator_twice(
                    atom.span,
                    first,
                    &atom.field.name,
                    &operator,
                ));
            }
        }
        self.said.push(atom);
    }
}

fn not_expressible(atom: &Atom<'_>) -> Diagnostic {
    let field = &atom.field.name;
    let several = atom.predicate.strings().len() > 1 || atom.predicate.ranges().len() > 1;
    if several && !atom.negated {
        return messages::several_requests(&[], atom.span);
    }
    let operators: Vec<String> =
        atom.field.operator_names().map(|name| format!("`{name}`")).collect();
    let instead = format!(
        "its operators there are {}; `--to plan` asks for a superset and checks the rest on what comes back",
        operators.join(", ")
    );
    let set = atom.predicate.kind() == Kind::Set;
    let what = match (set, atom.negated) {
        (true, true) => format!("that `{field}` is not set"),
        (true, false) => format!("that `{field}` is set"),
        (false, true) => format!("`not` of this condition on `{field}`"),
        (false, false) => format!("this condition on `{field}`"),
    };
    messages::not_expressible(atom.span, "the API", &what, &instead)
}

/// Filters that no record fulfils: a condition of the query and its complement.
fn nothing(query: &Query<'_>) -> Result<Filters, Vec<Diagnostic>> {
    let both = query.root().atoms().find_map(|atom| {
        let mut filters = Filters::default();
        for side in [atom.clone(), atom.complement()] {
            let Node::Atom(side) = normal::settle(side) else { return None };
            let spelled = spell::spell(&side).filter(|spelled| spelled.second.is_none())?;
            filters.add(side.field, spelled.first).then_some(())?;
        }
        Some(filters)
    });
    both.ok_or_else(|| {
        let instead = "the query selects nothing, so there is nothing to ask for";
        vec![messages::not_expressible(
            query.root().span(),
            "the API",
            "that nothing is wanted",
            instead,
        )]
    })
}
