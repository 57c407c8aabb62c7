//! Which operators a field allows: those its row lists and those that follow from them exactly.

use crate::fold::Find;
use crate::ops::{self, Op, Polarity, Side, Takes, Test};
use crate::query::{Bound, Form, Predicate, Range, spell};
use crate::schema::Field;
use crate::value::{Type, Value};

/// True when the operator's test, or its complement, can be said with the row's operators.
pub(crate) fn allows(field: &Field, op: Op) -> bool {
    let row = op.row();
    let time = matches!(row.takes, Takes::Days | Takes::Length | Takes::Day);
    if time && !field.kind.is_time() {
        return false;
    }
    field.lists(op)
        || sample(field, row.test).is_some_and(|predicate| spell::can_say(field, predicate))
}

/// A predicate of the operator's shape, its values of no account.
fn sample(field: &Field, test: Test) -> Option<Predicate> {
    let ordered = field.line().is_some();
    let bound = |form| Some(Bound { at: 1, form });
    let text = || [String::new()].into();
    let value = || [Value::Int(1)].into();
    let order = |start, end| ordered.then(|| Predicate::Order([Range { start, end }].into()));
    match test {
        Test::Equal if field.kind.is_time() => {
            order(bound(Form::Inclusive), bound(Form::Inclusive))
        }
        Test::Equal => Some(Predicate::Equal(value())),
        Test::Outside => Some(Predicate::Outside(value())),
        Test::Text(find) => Some(Predicate::Text(find, text())),
        Test::Order(side) => match side {
            Side::After => order(bound(Form::Exclusive), None),
            Side::From => order(bound(Form::Inclusive), None),
            Side::FromAgo => order(bound(Form::DaysAgo(1)), None),
            Side::Before => order(None, bound(Form::Exclusive)),
            Side::UpTo => order(None, bound(Form::Inclusive)),
            Side::UpToAgo => order(None, bound(Form::DaysAgo(1))),
            Side::Within | Side::OnDay | Side::Next => {
                order(bound(Form::Inclusive), Some(Bound { at: 2, form: Form::Inclusive }))
            }
        },
        Test::Words => Some(Predicate::Words("word".into())),
        Test::Below => Some(Predicate::Below(value())),
        Test::Set => Some(Predicate::Set),
    }
}

/// The operator to use instead of one that a field does not allow: the nearest in meaning that
/// takes the same kind of operand.
pub(super) fn instead(field: &Field, op: Op) -> Option<Op> {
    let wanted = op.row();
    let order: &[Test] = match wanted.test {
        Test::Text(Find::Inside) => &[Test::Words, Test::Equal],
        Test::Text(Find::Start) | Test::Text(Find::End) => &[Test::Text(Find::Inside), Test::Equal],
        Test::Text(Find::Fits) => &[],
        Test::Equal => &[Test::Text(Find::Inside), Test::Words],
        Test::Words => &[Test::Text(Find::Inside), Test::Equal],
        Test::Below => &[Test::Equal],
        Test::Outside | Test::Order(_) | Test::Set => &[],
    };
    let fits = |other: &&Op| {
        let row = other.row();
        order.contains(&row.test) && field.lists(**other) && row.polarity == wanted.polarity
    };
    let rank = |other: &Op| order.iter().position(|test| *test == other.row().test);
    ops::ALL.iter().filter(fits).min_by_key(|other| rank(other)).copied()
}

/// Names of what a field allows, as they are best written: `=`, `!=`, `starts with`, ….
pub(crate) fn allowed(field: &Field) -> String {
    let known = ops::ALL.iter().filter(|op| allows(field, **op)).map(|op| {
        let listed = field.lists(*op);
        let name = op.row().name;
        let spelling = op.canonical().replace(" _ ", " … ").replace(" _", " …");
        if listed && spelling != name {
            format!("{name} (`{spelling}`)")
        } else {
            format!("`{spelling}`")
        }
    });
    let own = field.own_operators.iter().map(|name| format!("`{name}`"));
    known.chain(own).collect::<Vec<_>>().join(", ")
}

/// True when the operator holds when its test does not.
pub(super) fn is_negative(op: Op) -> bool {
    op.row().polarity == Polarity::None
}

/// A test without a value of one's own, for a field that stands alone.
pub(super) fn plain_test(field: &Field) -> Option<&'static str> {
    if field.kind == Type::Boolean {
        return Some("= true");
    }
    allows(field, Op::Isset).then_some(Op::Isset.canonical())
}
