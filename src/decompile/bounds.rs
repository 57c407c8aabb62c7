//! Bounds between the values of a closed list. Compiling `level > Low` can give `{"gte":2}` although
//! the list holds no 2; only the neighbour of such a bound can be written in a query.

use crate::ops::Op;
use crate::query::spell::{Entry, Operand};
use crate::quote;
use crate::schema::Field;
use crate::value::Value;

/// The clause with each bound that the list does not hold written by its neighbour; `None` when
/// the list holds all bounds, or no neighbour of one.
pub(super) fn neighbours(field: &Field, op: Option<Op>, entry: &Entry) -> Option<String> {
    field.values.as_ref().filter(|values| !values.open)?;
    let name = quote::quote(&field.name);
    match (op?, &entry.operand) {
        (Op::Gte, Operand::One(Value::Int(at))) => beyond(field, ">", at.checked_sub(1)?),
        (Op::Gt, Operand::One(Value::Int(at))) => beyond(field, ">=", at.checked_add(1)?),
        (Op::Lte, Operand::One(Value::Int(at))) => beyond(field, "<", at.checked_add(1)?),
        (Op::Lt, Operand::One(Value::Int(at))) => beyond(field, "<=", at.checked_sub(1)?),
        _ => None,
    }
    .map(|bound| format!("{name} {bound}"))
}

/// The operator with a number that the list holds.
fn beyond(field: &Field, operator: &str, at: i64) -> Option<String> {
    let named = field.values.as_ref()?.of(&Value::Int(at))?;
    Some(format!("{operator} {}", quote::quote(&named.label)))
}
