//! Fields by their whole names, where a query names them by their last parts.

use crate::quote::quote_name;
use crate::schema::{Lookup, Schema};
use crate::span::Spanned;
use crate::syntax::Parsed;
use crate::syntax::ast::Expr;

/// The text with the whole name of every field that it names by the last part or parts. What the
/// text means stays the same, also once the schema has another field that ends so.
///
/// ```
/// let schema = tamis::Schema::builtin("activities")?;
/// let parsed = tamis::parse("country = DE and not username starts with adm");
/// assert_eq!(
///     tamis::fmt::full_names(&parsed, schema),
///     "location.country = DE and not user.username starts with adm"
/// );
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn full_names(parsed: &Parsed<'_>, schema: &Schema) -> String {
    let document = &parsed.document;
    let mut names = Vec::new();
    let bodies = document.definitions.iter().map(|definition| &definition.condition);
    bodies.chain(&document.condition).for_each(|expr| fields(expr, &mut names));
    names.extend(document.tail.order.iter().map(|(field, _)| field));
    names.sort_by_key(|name| name.span.start);
    let mut out = parsed.text.to_owned();
    for name in names.into_iter().rev() {
        let Lookup::Part(field) = schema.find(&name.value) else { continue };
        let place = name.span.range();
        if out.get(place.clone()).is_some() {
            out.replace_range(place, &quote_name(&field.name));
        }
    }
    out
}

type Name<'s> = Spanned<std::borrow::Cow<'s, str>>;

fn fields<'p, 's>(expr: &'p Expr<'s>, out: &mut Vec<&'p Name<'s>>) {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| fields(part, out)),
        Expr::Not(inner, _) => fields(inner, out),
        Expr::Clause(clause) => out.push(&clause.field),
        Expr::FreeText(_) | Expr::BareWord(_) | Expr::Reference(_) | Expr::Unreadable(_) => {}
    }
}
