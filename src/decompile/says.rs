//! What a text says once it is compiled: the judge of everything that `decompile` writes.

use crate::diag::Diagnostic;
use crate::emit::{self, Form, Output};
use crate::options::Options;
use crate::query::spell::{self, Entry};
use crate::query::{Node, Query};
use crate::schema::{FieldId, Schema};

/// A field's entry.
pub(super) type Said = (FieldId, Entry);

/// Compiles texts against one schema.
pub(super) struct Checked<'f> {
    pub(super) schema: &'f Schema,
    pub(super) options: &'f Options,
}

/// What compiling a whole query gives.
pub(super) enum Whole {
    /// These filters.
    Same,
    /// Other filters, as JSON.
    Other(String),
    /// None: no record passes, or one request cannot say it.
    Nothing,
}

impl Checked<'_> {
    /// The query of a text, and everything there is to say about it.
    pub(super) fn query(&self, text: &str) -> (Option<Query<'_>>, Vec<Diagnostic>) {
        let parsed = crate::syntax::parse_with(text, &self.options.limits);
        let checked = crate::check::check(&parsed, self.schema, self.options);
        (checked.query, checked.diagnostics)
    }

    /// What is wrong with a text, or strange.
    pub(super) fn problems(&self, text: &str) -> Vec<Diagnostic> {
        self.query(text).1
    }

    /// Whether the whole text compiles to these entries, in this order.
    pub(super) fn whole(&self, text: &str, wanted: &[Said]) -> Whole {
        let Some(query) = self.query(text).0 else { return Whole::Nothing };
        if *query.normal() == Node::Nothing {
            return Whole::Nothing;
        }
        let emitted =
            emit::named("api").ok().and_then(|api| api.emit(&query, &Form::default()).ok());
        let Some(Output::Api(request)) = emitted.map(|emitted| emitted.output) else {
            return Whole::Nothing;
        };
        if said(&query, query.normal()).as_deref() == Some(wanted) {
            return Whole::Same;
        }
        Whole::Other(serde_json::to_string(&request.filters).unwrap_or_default())
    }
}

/// The entries of a conjunction with values as they are sent; `None` for anything else.
pub(super) fn said(query: &Query<'_>, node: &Node<'_>) -> Option<Vec<Said>> {
    match node {
        Node::All => Some(Vec::new()),
        Node::Nothing | Node::Or(_) => None,
        Node::And(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(said(query, part)?);
            }
            Some(all)
        }
        Node::Atom(atom) => {
            let spelled = spell::spell(atom)?;
            let sent = |entry| (atom.field.id, query.written().sent_entry(atom.field, &entry));
            Some(spelled.entries().map(sent).collect())
        }
    }
}
