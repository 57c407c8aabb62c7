//! Conditions on fields that no schema row describes. They are kept as clauses, so that a query
//! that is compiled without them cannot select more: compiling it names the field instead.

use super::json::{Json, Member, Node};
use crate::ops::{Op, Takes};
use crate::quote;
use crate::syntax::parse;

/// The clauses of a field's operators, in their order; `None` when one of them has no form in the
/// language, whatever the field may be.
pub(super) fn clauses(member: &Member) -> Option<Vec<String>> {
    let operators = member.value.members().filter(|operators| !operators.is_empty())?;
    let name = quote::quote(&member.name);
    operators
        .iter()
        .map(|operator| {
            let op = Op::named(&operator.name).filter(|op| op.row().in_api)?;
            let operand = operand(op, &operator.value)?;
            let clause = format!("{name} {} {operand}", op.row().name);
            parse(&clause).diagnostics().is_empty().then_some(clause)
        })
        .collect()
}

fn operand(op: Op, json: &Json) -> Option<String> {
    let items: Option<Vec<String>> = match (&json.node, op.row().takes) {
        (_, Takes::Ranges) => None,
        (Node::List(items), _) if items.is_empty() => None,
        (Node::List(items), _) => items.iter().map(value).collect(),
        _ => return value(json),
    };
    items.map(|items| format!("({})", items.join(", ")))
}

fn value(json: &Json) -> Option<String> {
    match &json.node {
        Node::Null => Some("null".to_owned()),
        Node::Bool(value) => Some(value.to_string()),
        Node::Number(text) => Some(text.clone()),
        Node::Text(text) => Some(quote::quoted(&text.value)),
        Node::List(_) | Node::Object(_) => None,
    }
}
