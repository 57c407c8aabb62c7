//! The matcher: whether a query selects a record. This is the reference meaning of the language,
//! against which every target is measured; read it beside `docs/language.md`, section 2.
//!
//! Law: by the definitions of section 2.2 and nothing else. The formula is taken as it was
//! written ([`Query::root`]), so the matcher also measures the normal form.
//!
//! ```
//! use tamis::{Options, Schema, matcher::{Layout, Matcher}};
//!
//! let schema = Schema::builtin("activities")?;
//! let parsed = tamis::parse("ip.category = Risky and not location.country in (DE, FR)");
//! let query = tamis::check(&parsed, schema, &Options::at(0)).query.unwrap();
//! let matcher = Matcher::new(&query, Layout::Nested).unwrap();
//!
//! let abroad = serde_json::json!({"location": {"category": 3, "countryCode": "US"}});
//! let nowhere = serde_json::json!({"location": {"category": 3}});
//! let home = serde_json::json!({"location": {"category": 3, "countryCode": "DE"}});
//! assert!(matcher.matches(&abroad));
//! assert!(matcher.matches(&nowhere)); // no country is none of the two
//! assert!(!matcher.matches(&home));
//! # Ok::<(), tamis::Diagnostic>(())
//! ```

mod fit;
mod json;
#[cfg(feature = "raw")]
mod raw;
mod record;
mod test;
mod trace;
mod values;

use crate::diag::{Diagnostic, messages};
use crate::fold;
use crate::query::test::{Asked, Test};
use crate::query::{Atom, Node, Query};
use crate::span::Span;
use crate::value::{Double, Written};
pub use fit::Fit;
#[cfg(feature = "raw")]
pub use raw::{Line, Malformed, Members, Raw};
pub use record::{Json, Record};
pub(crate) use test::Prepared;
pub use trace::{Outcome, Trace};
pub use values::Reading;

/// Where a field's values stand in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Records of the API: each field at the paths that its schema row gives.
    Nested,
    /// One member a field, named as the filter is.
    Flat,
}

/// A query, compiled once and applied to many records.
#[derive(Clone, Debug)]
pub struct Matcher {
    formula: Formula,
}

/// The formula of a query with its clauses prepared.
#[derive(Clone, Debug)]
enum Formula {
    All,
    Nothing,
    And(Vec<Formula>),
    Or(Vec<Formula>),
    Clause(Box<Clause>),
}

/// One atom: a field, what its values have to be, and whether one or none of them has to.
#[derive(Clone, Debug)]
struct Clause {
    values: Reading,
    condition: Condition,
    negated: bool,
    span: Span,
}

/// What the set of a field's values has to be.
#[derive(Clone, Debug)]
enum Condition {
    /// Some value passes the test.
    Some(Prepared),
    /// The set is empty, or some value passes the test.
    UnsetOr(Prepared),
    /// Every word occurs in some value.
    Words(Vec<String>),
}

impl Matcher {
    /// Prepares a query for records of a layout.
    ///
    /// # Errors
    /// A diagnostic for each clause that cannot be decided on a record alone: an operator that
    /// only the API knows, a tree that stands outside the record, a field that no record holds.
    pub fn new(query: &Query<'_>, layout: Layout) -> Result<Matcher, Vec<Diagnostic>> {
        let mut found = Vec::new();
        let formula = formula(query.root(), layout, &mut found);
        if found.is_empty() { Ok(Matcher { formula }) } else { Err(found) }
    }

    /// True when the query selects the record.
    pub fn matches<'r, R: Record<'r>>(&self, record: R) -> bool {
        self.formula.holds(record)
    }

    /// Why the record is selected or not: the outcome of every clause.
    pub fn explain<'r, R: Record<'r>>(&self, record: R) -> Trace {
        let mut outcomes = Vec::new();
        self.formula.explain(record, &mut outcomes);
        Trace { selected: self.matches(record), outcomes }
    }

    /// How the fields that the query names are read.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        let mut open = vec![&self.formula];
        std::iter::from_fn(move || {
            loop {
                match open.pop()? {
                    Formula::Clause(clause) => return Some(&clause.values),
                    Formula::And(parts) | Formula::Or(parts) => open.extend(parts.iter().rev()),
                    Formula::All | Formula::Nothing => {}
                }
            }
        })
    }
}

impl Formula {
    fn holds<'r, R: Record<'r>>(&self, record: R) -> bool {
        match self {
            Formula::All => true,
            Formula::Nothing => false,
            Formula::And(parts) => parts.iter().all(|part| part.holds(record)),
            Formula::Or(parts) => parts.iter().any(|part| part.holds(record)),
            Formula::Clause(clause) => clause.holds(record),
        }
    }

    fn explain<'r, R: Record<'r>>(&self, record: R, outcomes: &mut Vec<Outcome>) {
        match self {
            Formula::All | Formula::Nothing => {}
            Formula::And(parts) | Formula::Or(parts) => {
                parts.iter().for_each(|part| part.explain(record, outcomes));
            }
            Formula::Clause(clause) => outcomes.push(Outcome {
                span: clause.span,
                holds: clause.holds(record),
                negated: clause.negated,
                is_set: clause.values.any(record, &mut |_| true),
            }),
        }
    }
}

impl Clause {
    /// Logic is two-valued: `not` is complement, always.
    fn holds<'r, R: Record<'r>>(&self, record: R) -> bool {
        let values = &self.values;
        let holds = match &self.condition {
            Condition::Some(test) => values.any(record, &mut |x| test.passes(&x)),
            Condition::UnsetOr(test) => {
                let mut is_set = false;
                let some = values.any(record, &mut |x| {
                    is_set = true;
                    test.passes(&x)
                });
                some || !is_set
            }
            Condition::Words(words) => words.iter().all(|word| {
                values.any(record, &mut |x| {
                    test::string(&x).is_some_and(|text| fold::contains(text, word))
                })
            }),
        };
        holds != self.negated
    }
}

fn formula(node: &Node<'_>, layout: Layout, found: &mut Vec<Diagnostic>) -> Formula {
    let mut parts =
        |parts: &[Node<'_>]| parts.iter().map(|part| formula(part, layout, found)).collect();
    match node {
        Node::All => Formula::All,
        Node::Nothing => Formula::Nothing,
        Node::And(all) => Formula::And(parts(all)),
        Node::Or(any) => Formula::Or(parts(any)),
        Node::Atom(atom) => match clause(atom, layout) {
            Ok(clause) => Formula::Clause(Box::new(clause)),
            Err(diagnostic) => {
                found.push(diagnostic);
                Formula::Nothing
            }
        },
    }
}

fn clause(atom: &Atom<'_>, layout: Layout) -> Result<Clause, Diagnostic> {
    let condition = condition(atom)?;
    let values = Reading::new(atom.field, layout).ok_or_else(|| {
        let what =
            format!("anything of `{}`, which stands in no published record", atom.field.name);
        not_expressible(atom, &what, "records keyed by filter names can hold it: the flat layout")
    })?;
    Ok(Clause { values, condition, negated: atom.negated, span: atom.span })
}

fn condition(atom: &Atom<'_>) -> Result<Condition, Diagnostic> {
    if atom.searches_no_text() {
        let field = &atom.field;
        let what = format!(
            "a search for text in `{}`, whose values are of type {}",
            field.name, field.kind
        );
        let instead = "compare with whole values, or compile it for the API, which evaluates it";
        return Err(not_expressible(atom, &what, instead));
    }
    let prepared = |test: &Test<'_>| Prepared::new(atom.field, test);
    let what = match atom.asked() {
        Asked::Never => return Ok(Condition::Some(Prepared::Never)),
        Asked::Some(test) => return Ok(Condition::Some(prepared(&test))),
        Asked::UnsetOr(test) => {
            let test = test.as_ref().map_or(Prepared::Never, prepared);
            return Ok(Condition::UnsetOr(test));
        }
        Asked::Words(words) => {
            return Ok(Condition::Words(words.into_iter().map(str::to_owned).collect()));
        }
        Asked::Below => "what is below what: the tree is not in the record".to_owned(),
        Asked::Own(name) => format!("`{name}`, whose meaning only the API knows"),
    };
    Err(not_expressible(atom, &what, "compile it for the API, which evaluates it itself"))
}

fn not_expressible(atom: &Atom<'_>, what: &str, instead: &str) -> Diagnostic {
    messages::not_expressible(atom.span, "the matcher", what, instead)
}

/// A number as serde_json holds it.
pub(crate) fn json_number<'r>(number: &serde_json::Number) -> Json<'r> {
    number.as_i64().map_or_else(|| Json::Number(number.as_f64().unwrap_or(f64::NAN)), Json::Int)
}

/// A text that is wholly a number as JSON writes one. `-0` is no whole number.
pub(crate) fn number<'r>(text: &str) -> Option<Json<'r>> {
    Written::read(text)?;
    match text.parse() {
        Ok(whole) if text != "-0" => Some(Json::Int(whole)),
        _ => Double::read(text).map(|number| Json::Number(number.get())),
    }
}
