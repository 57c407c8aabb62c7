//! The line on which the values of a type lie, for what is compared as less and greater.
//!
//! Law: every line is a line of whole numbers, its places. Between two neighbouring places no value
//! of the type lies: not between two doubles, nor between two decimals of the row's scale. So ranges
//! with both ends included say everything, and merging, complements, planning and comparing work on
//! places alone. How a bound is written is another matter ([`crate::query::Form`]).

use super::{Day, Decimal, Double, Type, Value, decimal};

/// A place on a line.
pub type At = i128;

/// The line of a field's type.
///
/// ```
/// use tamis::value::{Decimal, Line, Type, Value};
/// let line = Line::of(Type::Decimal, 2).unwrap();
/// let price = Value::Decimal(Decimal::read("19.9").unwrap());
/// assert_eq!(line.place(&price), Some(1990));
/// assert_eq!(line.value(1991).unwrap().to_string(), "19.91");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Whole numbers of 64 bits; also instants in ms. A place is the number.
    Whole,
    /// Doubles. A place is the number's rank.
    Double,
    /// Decimals with so many digits behind the point. A place is the number in its last digit.
    Decimal(u8),
    /// Days. A place is the number of days since 1970-01-01.
    Day,
}

impl Line {
    /// The line of a type, decimals with so many digits behind the point; `None` for a type
    /// without order.
    #[must_use]
    pub fn of(kind: Type, scale: u8) -> Option<Line> {
        match kind {
            Type::Integer | Type::Timestamp => Some(Line::Whole),
            Type::Double => Some(Line::Double),
            Type::Decimal => Some(Line::Decimal(scale)),
            Type::Date => Some(Line::Day),
            Type::String | Type::Boolean | Type::EntityKey | Type::File | Type::Folder => None,
        }
    }

    /// The first and the last place.
    #[must_use]
    pub fn ends(self) -> (At, At) {
        match self {
            Line::Whole => (At::from(i64::MIN), At::from(i64::MAX)),
            Line::Double => {
                let last = Double::new(f64::MAX).map_or(0, Double::rank);
                (-At::from(last), At::from(last))
            }
            Line::Decimal(_) => {
                let last = 10_i128.pow(decimal::MOST_DIGITS) - 1;
                (-last, last)
            }
            Line::Day => (At::from(Day::FIRST.number()), At::from(Day::LAST.number())),
        }
    }

    /// True where people know of no next value: `> 1.5` is then never said as `>=` of another.
    #[must_use]
    pub fn is_dense(self) -> bool {
        match self {
            Line::Whole | Line::Day => false,
            Line::Double | Line::Decimal(_) => true,
        }
    }

    /// The place of a value; `None` where it has none on this line.
    #[must_use]
    pub fn place(self, value: &Value) -> Option<At> {
        match (self, value) {
            (Line::Whole, Value::Int(number)) => Some(At::from(*number)),
            (Line::Double, Value::Double(number)) => Some(At::from(number.rank())),
            (Line::Decimal(scale), Value::Decimal(number)) => {
                number.units(scale).filter(|(_, exact)| *exact).map(|(units, _)| units)
            }
            (Line::Day, Value::Day(day)) => Some(At::from(day.number())),
            (
                Line::Whole | Line::Double | Line::Decimal(_) | Line::Day,
                Value::Null
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Double(_)
                | Value::Decimal(_)
                | Value::Day(_)
                | Value::Text(_)
                | Value::Key(_),
            ) => None,
        }
    }

    /// The value at a place; `None` beyond the ends.
    #[must_use]
    pub fn value(self, at: At) -> Option<Value> {
        match self {
            Line::Whole => i64::try_from(at).ok().map(Value::Int),
            Line::Double => Double::of_rank(i64::try_from(at).ok()?).map(Value::Double),
            Line::Decimal(scale) => Decimal::new(at, scale).map(Value::Decimal),
            Line::Day => Day::new(i64::try_from(at).ok()?).map(Value::Day),
        }
    }
}
