//! Circles of named filters that are longer than the limit on nesting.

use crate::syntax::ast::Expr;
use crate::table::Table;

/// The circle that a filter is part of: from the first of the filters being checked (`open`, from
/// the outermost to the innermost) that it leads back to, by way of itself, to that one again.
/// `None` when it leads back to none of them and not to itself.
pub(super) fn back_to<'s: 'e, 'e>(
    name: &'s str,
    open: &[&'s str],
    body: impl Fn(&str) -> Option<&'e Expr<'s>>,
) -> Option<Vec<&'s str>> {
    let mut seen: Table<&'s str> = Table::default();
    let mut from: Vec<(&'s str, &'s str)> = Vec::new();
    let mut next = vec![name];
    while let Some(at) = next.pop() {
        for reference in body(at).into_iter().flat_map(references) {
            let position = open.iter().position(|one| *one == reference);
            if position.is_none() && reference != name {
                if seen.add(reference, ()) {
                    from.push((reference, at));
                    next.push(reference);
                }
                continue;
            }
            let mut way = vec![reference, at];
            // Whatever led to a filter was read before it.
            for (reached, before) in from.iter().rev() {
                if way.last() == Some(reached) {
                    way.push(before);
                }
            }
            let before = position.and_then(|position| open.get(position..)).unwrap_or_default();
            return Some(before.iter().copied().chain(way.into_iter().rev()).collect());
        }
    }
    None
}

/// The filters that a condition names, in order.
fn references<'s>(expr: &Expr<'s>) -> Vec<&'s str> {
    let (mut found, mut open) = (Vec::new(), vec![expr]);
    while let Some(expr) = open.pop() {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => open.extend(parts.iter().rev()),
            Expr::Not(inner, _) => open.push(inner),
            Expr::Reference(name) => found.push(name.value),
            Expr::Clause(_) | Expr::FreeText(_) | Expr::BareWord(_) | Expr::Unreadable(_) => {}
        }
    }
    found
}
