//! What a target cannot say, given as data by a host whose target this library does not know.

use serde::Deserialize;

use super::analyse::Said;
use super::structure::Outline;
use crate::diag::{Diagnostic, Severity, messages};
use crate::ops::{ALL, Op};

/// What a target cannot say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lacks {
    /// What the target is called in warnings.
    pub title: String,
    /// Fields that it cannot filter, by name.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Operators that it has on no field, by any spelling.
    #[serde(default)]
    pub operators: Vec<String>,
    /// Operators that it has not on one field.
    #[serde(default)]
    pub pairs: Vec<(String, String)>,
}

impl Lacks {
    /// A warning for each condition that the target cannot say.
    ///
    /// ```
    /// use tamis::{Options, Schema, editor::{analyse::analyse, lacks::Lacks}};
    /// let schema = Schema::builtin("activities")?;
    /// let found = analyse("service = Box", None, schema, &Options::at(0), &[]);
    /// let lacks = Lacks { title: "archive".into(), fields: vec!["service".into()], ..Lacks::default() };
    /// let warnings = lacks.warnings(&found.outline, &found.clauses);
    /// assert_eq!(warnings[0].message, "archive cannot say a condition on `service`");
    /// # Ok::<(), tamis::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn warnings(&self, outline: &Outline, said: &[Said]) -> Vec<Diagnostic> {
        let rows = outline.clauses.iter().zip(said).filter(|(row, _)| !row.muted);
        let warning = |(row, said): (&super::structure::ClauseAt, &Said)| {
            let field = said.field.as_deref()?;
            let operator = said.operator.as_deref();
            let is_field = |name: &String| name.eq_ignore_ascii_case(field);
            let is_operator = |name: &String| operator.is_some_and(|own| same(name, own));
            let pair =
                |(name, operator): &(String, String)| is_field(name) && is_operator(operator);
            let what = if self.fields.iter().any(is_field) {
                format!("a condition on `{field}`")
            } else if self.operators.iter().any(is_operator) || self.pairs.iter().any(pair) {
                format!("`{}` on `{field}`", operator.unwrap_or_default())
            } else {
                return None;
            };
            let instead = format!("leave it out for {}, or run the query elsewhere", self.title);
            let mut found = messages::not_expressible(row.span, &self.title, &what, &instead);
            found.severity = Severity::Warning;
            Some(found)
        };
        rows.filter_map(warning).collect()
    }
}

/// True of two spellings of one operator.
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.replace('…', "_"), other.replace('…', "_"));
    let named = |name: &str| {
        let spelled = |op: &Op| op.row().also.iter().any(|also| also.eq_ignore_ascii_case(name));
        Op::named(name).or_else(|| ALL.iter().copied().find(spelled))
    };
    match (named(&one), named(&other)) {
        (Some(one), Some(other)) => one == other,
        (Some(_), None) | (None, Some(_)) | (None, None) => one.eq_ignore_ascii_case(&other),
    }
}
