//! How a schema row says a test: which of its operators, with which operand.
//!
//! Law: exact or not at all. What `docs/language.md` derives (2.4) is derived here, so an
//! atom is well typed exactly when its row can say it or its complement.

pub(crate) mod edge;

use std::borrow::Cow;
use std::sync::Arc;

use super::{Atom, Bound, Form, Node, Predicate, Range};
use crate::fold::Find;
use crate::ops::{Op, Polarity, Side, Takes, Test};
use crate::schema::Field;
use crate::value::{At, Cardinality, Line, Type, Value};

/// An operator of the row with its operand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// The operator's name, as the API spells it.
    pub(crate) operator: Cow<'static, str>,
    /// Its operand.
    pub(crate) operand: Operand,
}

/// An operand in the shape that the operator wants (`docs/api.md`, 2).
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    /// A list of values.
    Values(Arc<[Value]>),
    /// A list of strings.
    Strings(Arc<[String]>),
    /// A list of `{start, end}`.
    Ranges(Vec<(Value, Value)>),
    /// A bare boolean.
    Bool(bool),
    /// A bare number, instant or day.
    One(Value),
    /// A bare string.
    Text(Arc<str>),
}

/// One operator, or two that both have to hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spelled {
    /// The first.
    pub(crate) first: Entry,
    /// The second, for a range on a row that only knows bounds.
    pub(crate) second: Option<Entry>,
}

impl Spelled {
    /// Its operators, in order.
    pub(crate) fn entries(self) -> impl Iterator<Item = Entry> {
        std::iter::once(self.first).chain(self.second)
    }
}

/// How the atom's row says it; `None` when it cannot. Bounds of integers are numbers of
/// the field's width.
pub(crate) fn spell(atom: &Atom<'_>) -> Option<Spelled> {
    let spelled = derived(atom)?;
    if atom.field.kind == Type::Integer { edge::held(atom.field, spelled) } else { Some(spelled) }
}

/// The same, with whatever bound the derivation gives.
fn derived(atom: &Atom<'_>) -> Option<Spelled> {
    let row = Row { field: atom.field, negated: atom.negated };
    let entry = match &atom.predicate {
        Predicate::Equal(values) => row.equal(values),
        Predicate::Outside(values) => row.saying(Test::Outside, Operand::Values(values.clone())),
        Predicate::Text(find, strings) => row.text(*find, strings),
        Predicate::Order(ranges) => return row.order(ranges),
        Predicate::Words(text) => row.saying(Test::Words, Operand::Text(text.clone())),
        Predicate::Below(values) => row.saying(Test::Below, Operand::Values(values.clone())),
        Predicate::Set => row.set(atom.negated),
        Predicate::Own(name, values) => (!atom.negated).then_some(Entry {
            operator: name.to_string().into(),
            operand: Operand::Values(values.clone()),
        }),
    };
    entry.map(|first| Spelled { first, second: None })
}

/// True when the row can say the test or its complement.
pub(crate) fn can_say(field: &Field, predicate: Predicate) -> bool {
    can_say_so(field, predicate.clone(), false) || can_say_so(field, predicate, true)
}

/// True when the row can say the test, or that it does not hold.
pub(crate) fn can_say_so(field: &Field, predicate: Predicate, negated: bool) -> bool {
    let atom = Atom { field, predicate, negated, span: Default::default() };
    match super::normal::settle(atom) {
        Node::Atom(atom) => derived(&atom).is_some(),
        Node::And(_) | Node::Or(_) | Node::All | Node::Nothing => false,
    }
}

#[derive(Clone, Copy)]
struct Row<'f> {
    field: &'f Field,
    negated: bool,
}

impl Row<'_> {
    fn entry(self, op: Op, operand: Operand) -> Option<Entry> {
        self.field.has(op).then_some(Entry { operator: Cow::Borrowed(op.row().name), operand })
    }

    /// The first operator that says the test, or under negation that it does not hold.
    fn saying(self, test: Test, operand: Operand) -> Option<Entry> {
        let polarity = if self.negated { Polarity::None } else { Polarity::Some };
        Op::saying(test, polarity).find_map(|op| self.entry(op, operand.clone()))
    }

    /// The same for texts, with an operator that takes a list before one that takes a single text.
    fn text(self, find: Find, strings: &Arc<[String]>) -> Option<Entry> {
        let polarity = if self.negated { Polarity::None } else { Polarity::Some };
        Op::saying(Test::Text(find), polarity).find_map(|op| {
            let operand = match op.row().takes {
                Takes::Strings => Some(Operand::Strings(strings.clone())),
                Takes::String => match &**strings {
                    [one] => Some(Operand::Text(one.as_str().into())),
                    _ => None,
                },
                Takes::Values
                | Takes::Value
                | Takes::Ranges
                | Takes::Days
                | Takes::Length
                | Takes::Day
                | Takes::Flag => None,
            };
            self.entry(op, operand?)
        })
    }

    fn equal(self, values: &Arc<[Value]>) -> Option<Entry> {
        if values.contains(&Value::Null) && !self.field.names_null() {
            return if **values == [Value::Null] { self.set(!self.negated) } else { None };
        }
        match &**values {
            [Value::Bool(value)] => {
                let same = self.saying(Test::Equal, Operand::Bool(*value));
                // Of two values that are always set, not to be the one is to be the other.
                let other = Row { negated: !self.negated, ..self };
                let plain = is_plain_boolean(self.field);
                same.or_else(|| other.saying(Test::Equal, Operand::Bool(!value)).filter(|_| plain))
            }
            _ => self.saying(Test::Equal, Operand::Values(values.clone())),
        }
    }

    /// `isset` or `isnotset`, or `null` as a value where the row has it.
    fn set(self, negated: bool) -> Option<Entry> {
        let own = Row { negated, ..self }.saying(Test::Set, Operand::Bool(true));
        own.or_else(|| {
            let null = Operand::Values([Value::Null].into());
            let named = Row { negated: !negated, ..self }.saying(Test::Equal, null);
            named.filter(|_| self.field.names_null())
        })
    }

    fn order(self, ranges: &[Range]) -> Option<Spelled> {
        let one = |first| Spelled { first, second: None };
        let points = ranges.iter().map(|range| self.value(range.point()?));
        let points: Option<Vec<Value>> = points.collect();
        let equal = points.and_then(|at| self.saying(Test::Equal, Operand::Values(at.into())));
        if equal.is_some() || self.negated {
            return equal.map(one);
        }
        match ranges {
            [Range { start: Some(start), end: None }] => self.from(*start).map(one),
            [Range { start: None, end: Some(end) }] => self.up_to(*end).map(one),
            _ if self.field.lists(Op::Range) && ranges.iter().all(|range| self.includes(range)) => {
                let ends = |range: &Range| {
                    Some((self.value(range.start?.at)?, self.value(range.end?.at)?))
                };
                let ends: Option<Vec<_>> = ranges.iter().map(ends).collect();
                self.saying(Test::Order(Side::Within), Operand::Ranges(ends?)).map(one)
            }
            // On several values one could pass each bound, and none lie between them.
            [Range { start: Some(start), end: Some(end) }] if self.field.is_single() => {
                Some(Spelled { first: self.from(*start)?, second: Some(self.up_to(*end)?) })
            }
            _ => None,
        }
    }

    fn from(self, bound: Bound) -> Option<Entry> {
        self.days(Op::GteNdays, bound.form).or_else(|| self.bound([Op::Gte, Op::Gt], bound, -1))
    }

    fn up_to(self, bound: Bound) -> Option<Entry> {
        self.days(Op::LteNdays, bound.form).or_else(|| self.bound([Op::Lte, Op::Lt], bound, 1))
    }

    /// A bound as it was written, or where the row lists the other operator alone, by its
    /// neighbour outwards. A dense line has no neighbours, and beyond an end there is none.
    fn bound(self, [including, excluding]: [Op; 2], bound: Bound, outwards: At) -> Option<Entry> {
        let line = self.field.line()?;
        let at = |at: At| self.value(at).map(Operand::One);
        let included = || self.entry(including, at(bound.at)?);
        let excluded = || self.entry(excluding, at(bound.at.checked_add(outwards)?)?);
        match (bound.form == Form::Exclusive, line.is_dense()) {
            (true, true) => excluded(),
            (false, true) => included(),
            (true, false) => excluded().or_else(included),
            (false, false) => included().or_else(excluded),
        }
    }

    /// The value at a place of the field's line.
    fn value(self, at: At) -> Option<Value> {
        self.field.line()?.value(at)
    }

    /// True of a range that `{start, end}` can say, which includes both.
    fn includes(self, range: &Range) -> bool {
        let dense = self.field.line().is_some_and(Line::is_dense);
        let ends = [range.start, range.end].into_iter().flatten();
        !dense || ends.into_iter().all(|bound| bound.form != Form::Exclusive)
    }

    fn days(self, op: Op, form: Form) -> Option<Entry> {
        match form {
            Form::DaysAgo(days) => self.entry(op, Operand::One(Value::Int(i64::from(days)))),
            Form::Inclusive | Form::Exclusive | Form::Ago(_) => None,
        }
    }
}

/// True when the field has a value in every record and only `true` and `false` are possible.
pub(crate) fn is_plain_boolean(field: &Field) -> bool {
    field.kind == Type::Boolean && field.cardinality == Cardinality::One
}
