//! Named filters and parameters: `@name`, `$name`, their cycles and misspellings.

use super::{Checker, cycles};
use crate::diag::messages::{self, At};
use crate::query::Node;
use crate::span::{Span, Spanned};
use crate::syntax::ast::{Definition, Literal};
use crate::table::Table;

/// The named filters of a document, each checked once.
#[derive(Default)]
pub(super) struct Definitions<'q, 's, 'p> {
    rows: Table<&'s str, Named<'q, 's, 'p>>,
    /// Names from the outermost filter being checked to the innermost.
    path: Vec<&'s str>,
}

struct Named<'q, 's, 'p> {
    definition: &'p Definition<'s>,
    state: State<'q>,
}

#[derive(Clone)]
enum State<'q> {
    Unchecked,
    Open,
    /// `None` when it is wrong. The height counts levels of nesting, other filters included.
    Done(Option<Node<'q>>, usize),
}

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    /// Takes in all definitions, then checks each, used or not.
    pub(super) fn define(&mut self, definitions: &'p [Definition<'s>]) {
        for definition in definitions {
            let name = definition.name;
            let first = self.definitions.rows.get(name.value).map(|row| row.definition.name.span);
            match first {
                Some(first) => {
                    let at = At { place: name.span, text: name.value };
                    self.found.push(messages::duplicate_definition(at, first));
                    self.node(&definition.condition, false, 1);
                }
                None => {
                    let row = Named { definition, state: State::Unchecked };
                    self.definitions.rows.add(name.value, row);
                }
            }
        }
        for definition in definitions {
            self.checked(definition.name.value, definition.name.span, 0);
        }
    }

    pub(super) fn reference(&mut self, name: &Spanned<&'s str>, depth: usize) -> Option<Node<'q>> {
        if !self.definitions.rows.contains(name.value) {
            let text = format!("@{}", name.value);
            let names: Vec<&str> = self.names();
            let at = At { place: name.span, text: &text };
            self.found.push(messages::unknown_filter(at, names.into_iter()));
            return None;
        }
        let node = self.checked(name.value, name.span, depth)?;
        self.count_conditions(node.atoms().count(), name.span)?;
        Some(at_place(node, name.span))
    }

    /// True when a filter has the name.
    pub(super) fn defines(&self, name: &str) -> bool {
        self.definitions.rows.contains(name)
    }

    fn names(&self) -> Vec<&'s str> {
        let mut names: Vec<&str> = self.definitions.rows.keys().copied().collect();
        names.sort_unstable();
        names
    }

    fn checked(&mut self, name: &'s str, place: Span, depth: usize) -> Option<Node<'q>> {
        let row = self.definitions.rows.get_mut(name)?;
        let definition = row.definition;
        match &row.state {
            State::Done(node, height) => {
                let node = node.clone();
                let total = height + depth;
                return self.within_depth(total, place).and(node);
            }
            State::Open => {
                let from =
                    self.definitions.path.iter().position(|open| *open == name).unwrap_or_default();
                let mut path = self.definitions.path.get(from..).unwrap_or_default().to_vec();
                path.push(name);
                self.found.push(messages::cycle(place, &path));
                return None;
            }
            State::Unchecked => row.state = State::Open,
        }
        let within = if depth > self.options.limits.depth {
            self.too_deep_or_cycle(name, place)
        } else {
            Some(())
        };
        self.definitions.path.push(name);
        let node = within.and_then(|()| self.node(&definition.condition, false, depth + 1));
        self.definitions.path.pop();
        let height = node.as_ref().map_or(0, height);
        if let Some(row) = self.definitions.rows.get_mut(name) {
            row.state = State::Done(node.clone(), height);
        }
        node
    }

    /// Reports filters that lie deeper in each other than the limit, or that never end because they
    /// refer to each other in a circle.
    fn too_deep_or_cycle(&mut self, name: &'s str, place: Span) -> Option<()> {
        let bodies = |name: &str| Some(&self.definitions.rows.get(name)?.definition.condition);
        let found = match cycles::back_to(name, &self.definitions.path, bodies) {
            Some(path) => messages::cycle(place, &path),
            None => messages::too_deep(place, self.options.limits.depth),
        };
        self.found.push(found);
        None
    }

    fn within_depth(&mut self, depth: usize, place: Span) -> Option<()> {
        let limit = self.options.limits.depth;
        if depth > limit {
            self.found.push(messages::too_deep(place, limit));
        }
        (depth <= limit).then_some(())
    }

    /// The value of a parameter.
    pub(super) fn parameter(&mut self, name: &str, place: Span) -> Option<&'p serde_json::Value> {
        let params = &self.options.params;
        match params.get_key_value(name) {
            Some((key, value)) => {
                self.used.add(key, ());
                Some(value)
            }
            None => {
                let text = format!("${name}");
                let at = At { place, text: &text };
                self.found.push(messages::unbound_parameter(at, params.keys().map(String::as_str)));
                None
            }
        }
    }

    /// Notes the parameters that values name, whether the values are read or something else about
    /// their condition is wrong.
    pub(super) fn name_parameters(&mut self, literals: &'p [Spanned<Literal<'s>>]) {
        let params = &self.options.params;
        if params.is_empty() {
            return;
        }
        let mut open: Vec<&Literal<'s>> = literals.iter().map(|literal| &literal.value).collect();
        while let Some(literal) = open.pop() {
            match literal {
                Literal::Parameter(name) => {
                    if let Some((key, _)) = params.get_key_value(*name) {
                        self.used.add(key, ());
                    }
                }
                Literal::Range(ends) => open.extend([&ends.0.value, &ends.1.value]),
                Literal::Record(members) => {
                    open.extend(members.iter().map(|(_, value)| &value.value));
                }
                Literal::Phrase(parts) => open.extend(parts.iter().map(|part| &part.value)),
                Literal::Word(_) | Literal::Text(_) => {}
            }
        }
    }

    /// True of `null`, and of a parameter that is bound to it.
    pub(super) fn is_null(&self, literal: &Spanned<Literal<'s>>) -> bool {
        use serde_json::Value as Json;
        match &literal.value {
            Literal::Word(word) => word.eq_ignore_ascii_case("null"),
            Literal::Parameter(name) => match self.options.params.get(*name) {
                Some(Json::Array(list)) => !list.is_empty() && list.iter().all(Json::is_null),
                Some(value) => value.is_null(),
                None => false,
            },
            Literal::Text(_) | Literal::Phrase(_) | Literal::Range(_) | Literal::Record(_) => false,
        }
    }

    /// Warns about parameters that the query does not name.
    pub(super) fn parameters_used(&mut self) {
        let names = || self.options.params.keys().map(String::as_str);
        for name in names().filter(|name| !self.used.contains(name)) {
            // In the order of their names.
            let used = names().filter(|name| self.used.contains(name));
            self.found.push(messages::unused_parameter(name, used));
        }
    }
}

/// Levels of a tree, iteratively: a tree may be as deep as the limit allows.
fn height(node: &Node<'_>) -> usize {
    let mut deepest = 0;
    let mut open = vec![(node, 1)];
    while let Some((node, level)) = open.pop() {
        deepest = deepest.max(level);
        if let Node::And(parts) | Node::Or(parts) = node {
            open.extend(parts.iter().map(|part| (part, level + 1)));
        }
    }
    deepest
}

/// The named filter's formula as it stands at the place of `@name`.
fn at_place(node: Node<'_>, place: Span) -> Node<'_> {
    let moved = |parts: Vec<_>| parts.into_iter().map(|part| at_place(part, place)).collect();
    match node {
        Node::Atom(mut atom) => {
            atom.span = place;
            Node::Atom(atom)
        }
        Node::And(parts) => Node::And(moved(parts)),
        Node::Or(parts) => Node::Or(moved(parts)),
        Node::All | Node::Nothing => node,
    }
}
