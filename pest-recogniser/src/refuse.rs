//! What this generator does not write: each is refused by name, and nothing else is let through.

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};

use crate::calls;
use crate::facts::{Grammar, builtin};

/// One sentence for each part of the grammar that is not supported.
pub(crate) fn refusals(grammar: &Grammar<'_>, entries: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in entries {
        if grammar.place(entry).is_none() {
            found.push(format!("there is no rule `{entry}` to begin with"));
        }
    }
    if entries.is_empty() {
        found.push("name a rule to begin with".to_owned());
    }
    for rule in grammar.rules {
        let whys = name(rule).into_iter().chain(atomic(grammar, rule));
        let parts = rule.expr.iter_top_down().filter_map(|part| expression(grammar, &part));
        found.extend(whys.chain(parts).map(|why| format!("rule `{}`: {why}", rule.name)));
    }
    found
}

fn name(rule: &OptimizedRule) -> Option<String> {
    match rule.name.as_str() {
        "WHITESPACE" | "COMMENT" => {
            Some("gaps between parts are not put in: write them where they stand, in a rule of another name".to_owned())
        }
        "self" | "Self" | "super" | "crate" => Some("Rust has no such name".to_owned()),
        _ => None,
    }
}

/// Within `@` pest leaves no nodes but those of rules marked `$` and `!`.
fn atomic(grammar: &Grammar<'_>, rule: &OptimizedRule) -> Option<String> {
    if rule.ty != RuleType::Atomic {
        return None;
    }
    let below = calls::reached(grammar, grammar.place(&rule.name));
    let mut below = below.iter().filter_map(|place| grammar.rules.get(*place));
    let within = below.find(|below| is_shown_within_atomic(below))?;
    Some(format!("it is atomic and holds `{}`, whose mark would show its nodes", within.name))
}

fn is_shown_within_atomic(rule: &OptimizedRule) -> bool {
    matches!(rule.ty, RuleType::CompoundAtomic | RuleType::NonAtomic)
}

fn expression(grammar: &Grammar<'_>, expr: &Expr) -> Option<String> {
    match expr {
        Expr::Ident(name) => reference(grammar, name),
        Expr::Str(_)
        | Expr::Insens(_)
        | Expr::Range(..)
        | Expr::Seq(..)
        | Expr::Choice(..)
        | Expr::Opt(_)
        | Expr::Rep(_)
        | Expr::Skip(_)
        | Expr::PosPred(_)
        | Expr::NegPred(_)
        | Expr::RestoreOnErr(_) => None,
        Expr::Push(_) | Expr::PeekSlice(..) => {
            Some("there is no stack for `PUSH` and `PEEK`".to_owned())
        }
        #[allow(
            unreachable_patterns,
            reason = "pest_meta has more with its feature `grammar-extras`"
        )]
        other => Some(format!("there is nothing written for {other:?}")),
    }
}

fn reference(grammar: &Grammar<'_>, name: &str) -> Option<String> {
    if grammar.place(name).is_some() || builtin(name).is_some() {
        return None;
    }
    match name {
        "ANY" | "SOI" | "EOI" => None,
        "PEEK" | "PEEK_ALL" | "POP" | "POP_ALL" | "DROP" => {
            Some(format!("there is no stack for `{name}`"))
        }
        _ => {
            Some(format!("`{name}` is a class of Unicode characters, of which there are no tables"))
        }
    }
}
