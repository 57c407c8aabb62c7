//! What a row allows when it lists no operators: one table, by type.

use crate::ops::Op;
use crate::value::{Cardinality, Type};

/// What each type allows besides `eq`, `neq`, `isset` and `isnotset`.
fn of_type(kind: Type) -> &'static [Op] {
    match kind {
        Type::String => &[
            Op::Contains,
            Op::Ncontains,
            Op::Startswith,
            Op::Doesnotstartwith,
            Op::Endswith,
            Op::Matches,
        ],
        Type::Integer | Type::Double | Type::Decimal => {
            &[Op::Gt, Op::Gte, Op::Lt, Op::Lte, Op::Range]
        }
        Type::Timestamp | Type::Date => {
            &[Op::Gt, Op::Gte, Op::Lt, Op::Lte, Op::Range, Op::GteNdays, Op::LteNdays]
        }
        Type::Boolean | Type::EntityKey | Type::File | Type::Folder => &[],
    }
}

/// The operators of a row that lists none. What is always set is not asked whether it is.
pub(super) fn operators(kind: Type, cardinality: Cardinality) -> Vec<Op> {
    let set: &[Op] = match cardinality {
        Cardinality::One => &[],
        Cardinality::Optional | Cardinality::Many => &[Op::Isset, Op::Isnotset],
    };
    [&[Op::Eq, Op::Neq], of_type(kind), set].concat()
}
