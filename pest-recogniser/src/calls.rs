//! Who calls whom: the rules that are reached, and those at which nesting is counted.

use std::collections::BTreeSet;

use pest_meta::optimizer::OptimizedExpr as Expr;

use crate::facts::Grammar;

/// The names that an expression calls.
pub(crate) fn names(expr: &Expr) -> Vec<String> {
    let parts = expr.iter_top_down();
    let name = |part| match part {
        Expr::Ident(name) => Some(name),
        _ => None,
    };
    parts.filter_map(name).collect()
}

/// The rules that each rule calls itself, by number.
fn calls(grammar: &Grammar<'_>) -> Vec<Vec<usize>> {
    let called = |expr| names(expr).iter().filter_map(|name| grammar.place(name)).collect();
    grammar.rules.iter().map(|rule| called(&rule.expr)).collect()
}

/// What is reached from some rules, without entering those that are barred.
fn reach(
    calls: &[Vec<usize>],
    from: impl IntoIterator<Item = usize>,
    barred: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut open: Vec<usize> = from.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(place) = open.pop() {
        if !barred.contains(&place) && reached.insert(place) {
            open.extend(calls.get(place).into_iter().flatten());
        }
    }
    reached
}

/// The rules that are reached from these, themselves included.
pub(crate) fn reached(
    grammar: &Grammar<'_>,
    from: impl IntoIterator<Item = usize>,
) -> BTreeSet<usize> {
    reach(&calls(grammar), from, &BTreeSet::new())
}

/// Rules such that every recursion goes through one of them. Of a recursion it is the rule that the
/// fewest bytes can begin: an opening bracket rather than what can hold one.
pub(crate) fn counted(grammar: &Grammar<'_>) -> BTreeSet<usize> {
    let calls = calls(grammar);
    let mut counted = BTreeSet::new();
    loop {
        let recursive = |place: &usize| {
            let below = calls.get(*place).into_iter().flatten().copied();
            !counted.contains(place) && reach(&calls, below, &counted).contains(place)
        };
        let starts = |place: &usize| {
            grammar.rules.get(*place).map_or(0, |rule| grammar.of(&rule.expr).can().len())
        };
        let Some(rarest) = (0..grammar.rules.len()).filter(recursive).min_by_key(starts) else {
            return counted;
        };
        counted.insert(rarest);
    }
}
