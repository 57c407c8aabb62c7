//! Clauses as people write them: days, months, years, periods, windows in many units, and named
//! values by their labels and in each of their wire forms.

use proptest::prelude::*;
use tamis::schema::{Field, Schema};
use tamis::value::Type;
use tamis::{Options, quote};

use crate::engine::NOW;

/// What is said of an instant, behind the name of its field.
const TIMES: &[&str] = &[
    "= 2026-10-01",
    "= 2024-02-29",
    "= 2026-10",
    "= 2026",
    "= today",
    "= yesterday",
    "= last month",
    "= this year",
    "!= 2026-11-01",
    "!= last month",
    "> 2026-09-30",
    "<= 2026-10",
    ">= 2026",
    "< this month",
    "in last 24 hours",
    "in last 90 minutes",
    "in last 2 weeks",
    "in last 3 months",
    "in last 7 days",
    "in past 36h",
    "within 90 minutes",
    "not in last 3 days",
    "> 7 days ago",
    "<= 2 weeks ago",
    "between 2026-09-30 and 2026-10-02",
    "between last month and today",
    "in 2026-09-30..2026-10-02",
    "in 2026-09..2026-10",
    "= 1790000000000",
    "> 94694400000",
    "<= 7289654399999",
];

/// What is said of a field with named values, before one of them.
const NAMED: &[&str] = &["=", "!=", "is", "is not"];

/// What a schema's fields can be asked so; `None` where that is nothing.
pub(crate) fn clause(schema: &'static Schema) -> Option<BoxedStrategy<String>> {
    let means = |text: &String| {
        tamis::check(&tamis::parse(text), schema, &Options::at(NOW)).query.is_some()
    };
    let fields = schema.fields().iter();
    let clauses = fields.map(|field| of(field).into_iter().filter(means).collect::<Vec<_>>());
    let fields: Vec<Vec<String>> = clauses.filter(|clauses| !clauses.is_empty()).collect();
    if fields.is_empty() {
        return None;
    }
    let clause = prop::sample::select(fields).prop_flat_map(prop::sample::select);
    let pair = (clause.clone(), clause.clone(), prop::sample::select(vec!["and", "or"]));
    let pair = pair.prop_map(|(a, b, word)| format!("{a} {word} not ({b})"));
    Some(prop_oneof![3 => clause, 1 => pair].boxed())
}

fn of(field: &Field) -> Vec<String> {
    let name = quote::quote(&field.name);
    let timed = TIMES.iter().filter(|_| field.kind == Type::Timestamp);
    let timed = timed.map(|said| format!("{name} {said}"));
    let rows = field.values.iter().flat_map(|values| &values.named).take(8);
    let forms = rows.flat_map(|row| {
        let wires = [Some(&row.value), row.api.as_ref()].into_iter().flatten();
        let labels = std::iter::once(&row.label).chain(&row.also).cloned();
        wires.map(ToString::to_string).chain(labels)
    });
    let asked = forms.enumerate().map(|(place, form)| {
        let word = NAMED[place % NAMED.len()];
        format!("{name} {word} {}", quote::quoted(&form))
    });
    timed.chain(asked).collect()
}
