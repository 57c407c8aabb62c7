//! The planner: any query as requests, each of which is one conjunction (`docs/language.md`, 3.1).
//!
//! The union of the requests, then the residual query applied to what comes back, then one record
//! for each key, is exactly what the query selects. `docs/planner.md` says which method is used
//! when, and what it guarantees:
//!
//! 1. a normal form that is one conjunction is one request, at once;
//! 2. else each field becomes a finite set of cells (`elements`, `domain`), the query a set of
//!    combinations of cells (`diagram`), and that is covered by the fewest products of sayable
//!    sets (`search`, `cover`): exactly while the greatest products are few, else greedily;
//! 3. else, when a field has too many cells or the work its bound, the conjunctions of the
//!    disjunctive form are merged (`conjunctions`).

mod conjunctions;
mod cover;
mod domain;
mod elements;
mod family;
mod residual;
mod search;

use serde::Serialize;

use super::{Filters, Request, request};
use crate::diag::{Diagnostic, Diagnostics, messages};
use crate::diagram::EMPTY;
use crate::emit::{Choice, Emitted, Form, Output, Proof, Target};
use crate::query::spell::{self, Entry};
use crate::query::{Atom, Kind, Node, Query, normal, print};
use crate::schema::{Field, Schema};
use crate::span::Span;
use search::Planner;

/// Requests that together select what a query selects.
///
/// ```
/// use tamis::{Options, Schema};
/// let schema = Schema::builtin("activities")?;
/// let query = "ip.category = Risky or service = 11770";
/// let compiled = tamis::compile(query, schema, "plan", &Options::at(0)).unwrap();
/// assert_eq!(
///     serde_json::to_string(&compiled.output).unwrap(),
///     r#"{"requests":[{"filters":{"ip.category":{"eq":[3]}}},{"filters":{"service":{"eq":[11770]}}}],"exact":true,"residual":null,"key":"_id"}"#
/// );
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// What to send, in any order.
    pub requests: Vec<Request>,
    /// True when nothing has to be checked on what comes back.
    pub exact: bool,
    /// The query that what comes back has still to fulfil.
    pub residual: Option<String>,
    /// The record member by which records that come back twice are one.
    pub key: String,
    /// True when it is proven that no fewer requests say the same; not part of the output.
    #[serde(skip)]
    pub fewest: bool,
}

impl Plan {
    /// A shell script that sends every request and prints the records, each once, as JSON Lines.
    /// It takes host and token as [`Request::curl`] does, and needs jq.
    ///
    /// # Errors
    /// A diagnostic when the schema names no endpoint.
    pub fn curl(&self, schema: &Schema) -> Result<String, Diagnostic> {
        let commands: Vec<String> =
            self.requests.iter().map(|request| request.curl(schema)).collect::<Result<_, _>>()?;
        let mut script = String::from("#!/bin/sh\nset -eu\n");
        let count = commands.len();
        script.push_str(&format!("# {count} requests, the first page of each; jq (jqlang.org) keeps one record for each {}.\n", self.key));
        if let Some(residual) = &self.residual {
            script.push_str(&format!(
                "# Not exact: of what is printed, keep only what fulfils\n#   {residual}\n"
            ));
        }
        let key = serde_json::to_string(&self.key).unwrap_or_default().replace('\'', r"'\''");
        script.push_str("{\n");
        script.push_str(if commands.is_empty() { ":" } else { "" });
        script.push_str(&commands.join("\n"));
        script.push_str(&format!(
            "\n}} | jq --slurp --compact-output '[.[].data[]] | unique_by(.[{key}]) | .[]'"
        ));
        Ok(script)
    }
}

/// Requests that together select what the query selects.
#[derive(Debug)]
pub struct Planned;

impl Target for Planned {
    fn name(&self) -> &'static str {
        "plan"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &[]
    }

    fn title(&self) -> &'static str {
        "requests of the REST API that together select the same records"
    }

    fn proof(&self) -> Proof {
        Proof::Compared
    }

    fn choices(&self) -> &'static [Choice] {
        &[]
    }

    fn emit(&self, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        let draft = plan(query).map_err(|error| vec![error])?;
        let mut warnings = Vec::new();
        let requests: Vec<Request> = if form.whole {
            let tail = query.tail();
            let one = draft.requests.len() == 1 && draft.residual.is_none();
            if !one && (tail.limit.is_some() || tail.skip.is_some()) {
                let residual = draft.residual.is_some();
                return Err(vec![messages::plan_without_paging(
                    tail.span,
                    draft.requests.len(),
                    residual,
                )]);
            }
            if draft.requests.len() > 1 && tail.order.is_some() {
                warnings.push(messages::order_of_each(tail.span));
            }
            let whole =
                draft.requests.into_iter().map(|filters| request::with_tail(filters, query));
            whole.collect::<Result<_, _>>().map_err(|error| vec![error])?
        } else {
            if !query.tail().is_empty() {
                warnings.push(messages::tail_not_carried(query.tail().span));
            }
            draft.requests.into_iter().map(|filters| Request::filters(filters, query)).collect()
        };
        if let Some(mut warning) =
            requests.iter().find_map(|request| request.unbounded(query.schema()))
        {
            warning.span = query.root().span();
            warnings.push(warning);
        }
        let key = query.schema().key.clone();
        let plan = Plan {
            requests,
            exact: draft.residual.is_none(),
            residual: draft.residual.as_ref().and_then(print::print),
            key,
            fewest: draft.fewest,
        };
        Ok(Emitted { output: Output::Plan(plan), warnings })
    }

    fn ddl(&self, _schema: &Schema, _form: &Form) -> Option<String> {
        None
    }
}

/// The filters of the requests, and what has to be checked on what comes back.
pub(super) struct Draft<'q> {
    requests: Vec<Filters>,
    residual: Option<Node<'q>>,
    fewest: bool,
}

impl Draft<'_> {
    /// The filters, when there is one request and it is exact.
    pub(super) fn single(mut self) -> Option<Filters> {
        let one = self.requests.len() == 1 && self.residual.is_none();
        self.requests.pop().filter(|_| one)
    }
}

/// Plans a query.
pub(super) fn plan<'q>(query: &Query<'q>) -> Result<Draft<'q>, Diagnostic> {
    let limit = query.limits().requests;
    let held = spell::edge::settled(query.normal());
    let query = &if held == *query.normal() {
        query.clone()
    } else {
        query.of(normal::normalize(&held, &mut Diagnostics::default()))
    };
    let node = query.normal();
    let too_many = |needed| {
        messages::too_many_requests(query.root().span(), &multiplying(query.root()), needed, limit)
    };
    if *node == Node::Nothing {
        return Ok(Draft { requests: Vec::new(), residual: None, fewest: true });
    }
    let draft = if let Some(filters) = conjunction(node) {
        Draft { requests: vec![filters], residual: None, fewest: true }
    } else {
        let covered = covered(query, limit);
        covered.or_else(|| conjunctions::draft(query, limit)).ok_or_else(|| too_many(None))?
    };
    let needed = draft.requests.len();
    if needed > limit {
        return Err(too_many(draft.fewest.then_some(needed)));
    }
    match draft.residual.as_ref().and_then(only_asked) {
        Some(atom) => Err(not_applied(atom)),
        None => Ok(draft),
    }
}

/// The first condition that only the API can answer.
fn only_asked<'n, 'q>(node: &'n Node<'q>) -> Option<&'n Atom<'q>> {
    let only = |atom: &&Atom<'_>| {
        matches!(atom.predicate.kind(), Kind::Own | Kind::Below) || atom.searches_no_text()
    };
    node.atoms().find(only)
}

/// A condition that the API cannot say as it is wanted, and nobody else can check.
fn not_applied(atom: &Atom<'_>) -> Diagnostic {
    let what = format!("this condition on `{}`, and nobody else knows", atom.field.name);
    let instead = "the API answers it without `not`, beside conditions that it can say too";
    messages::not_expressible(atom.span, "the API", &what, instead)
}

/// The filters of a formula that is one conjunction as it stands.
fn conjunction(node: &Node<'_>) -> Option<Filters> {
    let parts = match node {
        Node::All => &[],
        Node::And(parts) => parts.as_slice(),
        Node::Nothing | Node::Or(_) => return None,
        Node::Atom(_) => std::slice::from_ref(node),
    };
    let mut filters = Filters::default();
    for part in parts {
        let Node::Atom(atom) = part else { return None };
        if !spell::spell(atom)?.entries().all(|entry| filters.add(atom.field, entry)) {
            return None;
        }
    }
    Some(filters)
}

fn covered<'q>(query: &Query<'q>, limit: usize) -> Option<Draft<'q>> {
    let node = query.normal();
    let mut planner = Planner::new(node)?;
    let wanted = planner.set(node)?;
    if wanted == EMPTY {
        return Some(Draft { requests: Vec::new(), residual: None, fewest: true });
    }
    let mut covering = planner.cover(wanted, limit)?;
    let full = planner.diagram.full().clone();
    covering.cubes.sort_by_cached_key(|cube| {
        let parts = cube.iter().zip(&full).map(|(bits, full)| (bits == full, *bits));
        parts.collect::<Vec<_>>()
    });
    let mut requests = Vec::with_capacity(covering.cubes.len());
    let mut nodes = Vec::with_capacity(covering.cubes.len());
    for cube in &covering.cubes {
        let mut filters = Filters::default();
        let mut atoms = Vec::new();
        for (domain, bits) in planner.domains.iter().zip(cube) {
            for literal in domain.say(*bits)?.literals {
                add_all(&mut filters, domain.field, literal.entries.into_iter()).then_some(())?;
                atoms.push(Node::Atom(literal.atom));
            }
        }
        requests.push(filters);
        nodes.push(Node::And(atoms));
    }
    let residual = if covering.covered == wanted {
        None
    } else {
        Some(residual::least(query.root(), &Node::Or(nodes)))
    };
    Some(Draft { requests, residual, fewest: covering.fewest })
}

/// The `or`s of a query that multiply, with the number of their sides: those below the `and` that
/// needs most conjunctions, or the `or` that does.
fn multiplying(node: &Node<'_>) -> Vec<(Span, usize)> {
    const SHOWN: usize = 6;
    let sides = |node: &Node<'_>| match node {
        Node::Or(parts) => Some((node.span(), parts.len())),
        Node::All | Node::Nothing | Node::And(_) | Node::Atom(_) => None,
    };
    match node {
        Node::And(parts) => {
            let mut ors: Vec<(Span, usize)> = parts.iter().filter_map(sides).collect();
            ors.truncate(SHOWN);
            ors
        }
        Node::Or(parts) => {
            let worst = parts.iter().max_by_key(|part| conjunctions::count(part));
            let several = worst.filter(|worst| conjunctions::count(worst) > parts.len());
            several.map_or_else(|| sides(node).into_iter().collect(), multiplying)
        }
        Node::All | Node::Nothing | Node::Atom(_) => Vec::new(),
    }
}

/// The fields of filters, for merging.
fn add_all(filters: &mut Filters, field: &Field, entries: impl Iterator<Item = Entry>) -> bool {
    let mut added = true;
    for entry in entries {
        added = filters.add(field, entry) && added;
    }
    added
}
