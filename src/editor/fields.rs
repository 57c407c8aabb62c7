//! What a builder offers for a field: the operators that its row allows, by their canonical
//! spelling.

use crate::check::allows;
use crate::ops::{self, Takes};
use crate::schema::Field;

/// An operator that a field allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// As the text has it, up to its operand: `=`, `starts with`, `between`.
    pub spelling: String,
    /// The same with the place of its operand where words follow it: `in last … days`.
    pub label: String,
    /// What it takes: `values`, `strings`, `value`, `string`, `ranges`, `days`, `day` or `flag`.
    pub takes: &'static str,
    /// True when, in plain words.
    pub doc: String,
}

/// The operators that a field allows, those of its row and those that follow from them.
///
/// ```
/// use tamis::{Schema, editor::fields::operators};
/// let schema = Schema::builtin("activities")?;
/// let offered = operators(schema.field("ip.category").unwrap());
/// assert_eq!(offered[0].spelling, "=");
/// assert_eq!(offered[0].takes, "values");
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn operators(field: &Field) -> Vec<Offered> {
    let known = ops::ALL.iter().filter(|op| allows(field, **op)).map(|op| {
        let row = op.row();
        let spelling = op.canonical();
        let (head, _) = spelling.split_once('_').unwrap_or((spelling, ""));
        Offered {
            spelling: head.trim_end().to_owned(),
            label: spelling.replace('_', "…"),
            takes: takes(row.takes),
            doc: row.doc.to_owned(),
        }
    });
    let own = field.own_operators.iter().map(|name| Offered {
        spelling: name.clone(),
        label: name.clone(),
        takes: takes(Takes::Values),
        doc: String::new(),
    });
    known.chain(own).collect()
}

fn takes(takes: Takes) -> &'static str {
    match takes {
        Takes::Values => "values",
        Takes::Strings => "strings",
        Takes::Value => "value",
        Takes::String => "string",
        Takes::Ranges => "ranges",
        Takes::Days => "days",
        Takes::Day => "day",
        Takes::Length => "length",
        Takes::Flag => "flag",
    }
}
