//! Formulas for tables of documents.
//!
//! Law: a column keeps the promise that its field always has a value; a document may hold a value
//! of another type, which is none. So what the normal form makes of such a promise, `x <= 5` of
//! `not x > 5`, is not said of documents.

use super::Form;
use super::column::Column;
use super::dialect::Dialect;
use super::document;
use crate::diag::Diagnostics;
use crate::query::{Node, Query, normal};
use crate::schema::Field;
use crate::value::Cardinality;

/// The fields of a query that always have a value, but for the promise: those that stand in
/// documents.
pub(super) fn fields(query: &Query<'_>, dialect: &dyn Dialect, form: &Form) -> Vec<Field> {
    if document::column(form, query.schema()).is_none() {
        return Vec::new();
    }
    let mut fields: Vec<Field> = Vec::new();
    for atom in query.root().atoms() {
        let field = atom.field;
        let promised = field.cardinality == Cardinality::One && !Column::is_said(field, dialect);
        if promised && fields.iter().all(|known| known.id != field.id) {
            fields.push(Field { cardinality: Cardinality::Optional, ..field.clone() });
        }
    }
    fields
}

/// The normal form with these fields instead of the schema's; `None` where there are none.
pub(super) fn formula<'f>(query: &Query<'f>, fields: &'f [Field]) -> Option<Node<'f>> {
    if fields.is_empty() {
        return None;
    }
    let mut root = query.root().clone();
    replace(&mut root, fields);
    // What it reports has been said of the query.
    Some(normal::normalize(&root, &mut Diagnostics::default()))
}

fn replace<'f>(node: &mut Node<'f>, fields: &'f [Field]) {
    match node {
        Node::All | Node::Nothing => {}
        Node::And(parts) | Node::Or(parts) => {
            parts.iter_mut().for_each(|part| replace(part, fields));
        }
        Node::Atom(atom) => {
            if let Some(field) = fields.iter().find(|field| field.id == atom.field.id) {
                atom.field = field;
            }
        }
    }
}
