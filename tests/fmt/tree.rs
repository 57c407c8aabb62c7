//! The tree of a text without what formatting may change.

use tamis::syntax::ast::{Document, Expr, Literal, Operand, Operator};

/// A document as text. `and` within `and` is one `and`; a list of one value is that value, for
/// operators of the table; quotes make a difference for `null` alone.
pub(crate) fn of(document: &Document<'_>) -> String {
    let definitions = document.definitions.iter();
    let mut lines: Vec<_> =
        definitions.map(|one| format!("{} = {}", one.name.value, expr(&one.condition))).collect();
    lines.extend(document.condition.as_ref().map(expr));
    let tail = &document.tail;
    lines.extend(
        tail.order
            .iter()
            .map(|(field, direction)| format!("order {:?} {direction:?}", field.value)),
    );
    lines.extend(tail.limit.iter().map(|count| format!("limit {:?}", count.value)));
    lines.extend(tail.skip.iter().map(|count| format!("skip {:?}", count.value)));
    lines.join("\n")
}

fn expr(of: &Expr<'_>) -> String {
    match of {
        Expr::And(parts) => format!("and({})", flat(parts, true).join(" ")),
        Expr::Or(parts) => format!("or({})", flat(parts, false).join(" ")),
        Expr::Not(inner, _) => format!("not({})", expr(inner)),
        Expr::Clause(clause) => {
            let known = matches!(clause.operator.value, Operator::Known(_));
            let operand = match &clause.operand {
                Operand::None => String::new(),
                Operand::One(one) => literal(&one.value),
                Operand::List(list) => match list.value.as_slice() {
                    [one] if known => literal(&one.value),
                    list => format!(
                        "{:?}",
                        list.iter().map(|one| literal(&one.value)).collect::<Vec<_>>()
                    ),
                },
            };
            format!("{:?} {:?} {operand}", clause.field.value, clause.operator.value)
        }
        Expr::FreeText(text) => format!("text {:?}", text.value),
        Expr::BareWord(word) => format!("word {}", word.value),
        Expr::Reference(name) => format!("@{}", name.value),
        Expr::Unreadable(_) => "unreadable".into(),
    }
}

fn flat(parts: &[Expr<'_>], all: bool) -> Vec<String> {
    let inner = |part: &Expr<'_>| match part {
        Expr::And(parts) if all => flat(parts, all),
        Expr::Or(parts) if !all => flat(parts, all),
        other => vec![expr(other)],
    };
    parts.iter().flat_map(inner).collect()
}

fn literal(of: &Literal<'_>) -> String {
    match of {
        Literal::Word(word) if word.eq_ignore_ascii_case("null") => "null".into(),
        Literal::Word(word) => format!("{word:?}"),
        Literal::Text(text) => format!("{text:?}"),
        Literal::Parameter(name) => format!("${name}"),
        Literal::Range(ends) => format!("{}..{}", literal(&ends.0.value), literal(&ends.1.value)),
        Literal::Phrase(parts) => {
            parts.iter().map(|part| literal(&part.value)).collect::<Vec<_>>().join(" ")
        }
        Literal::Record(members) => {
            let members = members
                .iter()
                .map(|(key, value)| format!("{:?}: {}", key.value, literal(&value.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}
