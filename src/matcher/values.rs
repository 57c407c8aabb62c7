//! `r(f)`: the set of values that a field denotes in a record (`docs/language.md`, 2.1).
//!
//! Law: missing, `null` and an empty list are the empty set, and so is a value that is not of the
//! row's type. Lists are walked where the path marks them with `[]`, one level each; for a field of
//! many values none of whose paths marks one, wherever they stand. Any other list is no value. One value
//! where the path marks a list is a list of it. Tables of documents read records by the same rules.

use std::borrow::Cow;

use super::Layout;
use super::record::{Json, Record};
use crate::schema::{Field, RecordKey, Step};
use crate::time::{RecordedTime, TimeUnit, read_recorded};
use crate::value::{At, Day, Decimal, Double, Key, LONGEST_TEXT, Line, SHORT_DIGITS, Type, Value};

/// One value of a field, read where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item<'r> {
    Bool(bool),
    /// A whole number or an instant.
    Int(i64),
    /// A number with a fraction or a day, as its place on the row's line.
    Place(At),
    Text(Cow<'r, str>),
    Key {
        id: Cow<'r, str>,
        saas: Option<i64>,
        inst: Option<i64>,
    },
}

impl<'v> Item<'v> {
    /// A checked value as a record would hold it; `null` is none.
    pub(super) fn of(field: &Field, value: &'v Value) -> Option<Item<'v>> {
        match value {
            Value::Null => None,
            Value::Bool(value) => Some(Item::Bool(*value)),
            Value::Int(value) => Some(Item::Int(*value)),
            Value::Double(_) | Value::Decimal(_) | Value::Day(_) => {
                field.line()?.place(value).map(Item::Place)
            }
            Value::Text(text) => Some(Item::Text(Cow::Borrowed(text))),
            Value::Key(key) => {
                Some(Item::Key { id: Cow::Borrowed(&key.id), saas: key.saas, inst: key.inst })
            }
        }
    }
}

/// A way into a record.
#[derive(Clone, Debug)]
struct Way {
    steps: Vec<Step>,
    /// True when every list on it is walked; else only those that [`Step::Each`] marks.
    walks_all: bool,
}

/// How the values of one field are read from a record.
///
/// ```
/// use tamis::{Schema, matcher::{Layout, Reading}, value::Value};
/// let schema = Schema::builtin("activities")?;
/// let country = Reading::new(schema.field("location.country").unwrap(), Layout::Nested).unwrap();
/// let record = serde_json::json!({"location": {"countryCode": "DE"}});
/// assert_eq!(country.values(&record), [Value::Text("DE".into())]);
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reading {
    /// Ways from the top of the record; the values of all are one set.
    paths: Vec<Way>,
    kind: Type,
    scale: u8,
    time: RecordedTime,
    key: RecordKey,
}

impl Reading {
    /// The way to a field's values; `None` when the field stands in no record of that layout.
    #[must_use]
    pub fn new(field: &Field, layout: Layout) -> Option<Self> {
        // Where one of its paths marks a list, the others have none.
        let marked = field.record.iter().any(|path| path.steps.contains(&Step::Each));
        let unmarked = !field.is_single() && (!marked || layout != Layout::Nested);
        let way = |steps: Vec<Step>| Way { steps, walks_all: unmarked };
        let (paths, key) = match layout {
            Layout::Nested => {
                let ways = field.record.iter().map(|path| way(path.steps.clone()));
                (ways.collect(), field.record_key.clone())
            }
            Layout::Flat => {
                (vec![way(vec![Step::Member(field.name.clone())])], RecordKey::default())
            }
        };
        let (kind, scale, time) = (field.kind, field.scale, field.recorded);
        let reading = Reading { paths, kind, scale, time, key };
        (!reading.paths.is_empty()).then_some(reading)
    }

    /// The members at the top of a record in which its values stand.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().filter_map(|path| match path.steps.first()? {
            Step::Member(name) => Some(name.as_str()),
            Step::Each | Step::Element(_) => None,
        })
    }

    /// The values of the field in a record, in the order in which they stand there.
    pub fn values<'r, R: Record<'r>>(&self, record: R) -> Vec<Value> {
        let mut values = Vec::new();
        let line = Line::of(self.kind, self.scale);
        self.any(record, &mut |item| {
            values.extend(item.value(line));
            false
        });
        values
    }

    /// True when some value passes the test.
    pub(super) fn any<'r, R: Record<'r>>(
        &self,
        record: R,
        test: &mut dyn FnMut(Item<'r>) -> bool,
    ) -> bool {
        let mut read = |value: R| self.item(value).is_some_and(&mut *test);
        self.paths.iter().any(|path| walk(record, &path.steps, path.walks_all, &mut read))
    }

    /// Whether each thing that its paths lead to is a value; the first that `see` wants to be the
    /// last is.
    pub(super) fn reached<'r, R: Record<'r>>(&self, record: R, see: &mut dyn FnMut(bool) -> bool) {
        let mut read = |value: R| see(self.item(value).is_some());
        self.paths.iter().any(|path| walk(record, &path.steps, path.walks_all, &mut read));
    }

    /// The value as the row's type has it. Texts are read for numbers and numbers for texts.
    fn item<'r, R: Record<'r>>(&self, value: R) -> Option<Item<'r>> {
        match self.kind {
            Type::String => text(value.json()).map(Item::Text),
            Type::Integer => whole(&value.json()).map(Item::Int),
            Type::Double => double(&value.json()).map(|number| Item::Place(number.rank().into())),
            Type::Decimal => {
                let (units, exact) = decimal(&value.json())?.units(self.scale)?;
                exact.then_some(Item::Place(units))
            }
            Type::Boolean => boolean(&value.json()).map(Item::Bool),
            Type::Timestamp => instant(&value.json(), self.time).map(Item::Int),
            Type::Date => day(&value.json()).map(|day| Item::Place(day.number().into())),
            Type::EntityKey | Type::File | Type::Folder => self.key(value),
        }
    }

    /// A key object, or an id alone.
    fn key<'r, R: Record<'r>>(&self, value: R) -> Option<Item<'r>> {
        let part = |name| value.member(name).and_then(|part: R| whole(&part.json()));
        match value.json() {
            Json::Object => {
                let id = text(value.member(&self.key.id)?.json())?;
                Some(Item::Key { id, saas: part(&self.key.saas), inst: part(&self.key.inst) })
            }
            Json::Bool(_) => None,
            alone @ (Json::Null | Json::Int(_) | Json::Number(_) | Json::Text(_) | Json::List) => {
                text(alone).map(|id| Item::Key { id, saas: None, inst: None })
            }
        }
    }
}

/// Follows a path. `walks_all`: through every element of the lists on it and at its end.
fn walk<'r, R: Record<'r>>(
    value: R,
    path: &[Step],
    walks_all: bool,
    test: &mut dyn FnMut(R) -> bool,
) -> bool {
    match (value.json(), path.split_first()) {
        (Json::Null, _) => false,
        (Json::List, Some((Step::Element(number), rest))) => {
            element(value, *number).is_some_and(|one| walk(one, rest, walks_all, test))
        }
        (Json::List, Some((Step::Each, rest))) => {
            value.any_element(&mut |element| walk(element, rest, walks_all, test))
        }
        (Json::List, None | Some((Step::Member(_), _))) if walks_all => {
            value.any_element(&mut |element| walk(element, path, walks_all, test))
        }
        // No value, as whoever reads it finds.
        (Json::List, None) => test(value),
        (Json::List, Some((Step::Member(_), _))) => false,
        (_, None) => test(value),
        (_, Some((Step::Member(name), rest))) => {
            value.member(name).is_some_and(|member| walk(member, rest, walks_all, test))
        }
        (_, Some((Step::Element(_), _))) => false,
        (_, Some((Step::Each, rest))) => walk(value, rest, walks_all, test),
    }
}

/// One element of a list, counted from 0.
fn element<'r, R: Record<'r>>(list: R, number: u32) -> Option<R> {
    let (mut found, mut left) = (None, number);
    list.any_element(&mut |element| {
        let here = left == 0;
        if here {
            found = Some(element);
        }
        left = left.saturating_sub(1);
        here
    });
    found
}

/// A text; also that of a whole number or a boolean.
fn text(json: Json<'_>) -> Option<Cow<'_, str>> {
    match json {
        Json::Text(text) => (!text.contains('\0')).then_some(text),
        Json::Bool(value) => Some(Cow::Borrowed(if value { "true" } else { "false" })),
        Json::Int(value) => Some(value.to_string().into()),
        Json::Number(value) => whole_float(value).map(|value| value.to_string().into()),
        Json::Null | Json::List | Json::Object => None,
    }
}

/// A number without fraction, or its text.
fn whole(json: &Json<'_>) -> Option<i64> {
    match json {
        Json::Int(value) => Some(*value),
        Json::Number(value) => whole_float(*value),
        Json::Text(text) => whole_text(text),
        Json::Null | Json::Bool(_) | Json::List | Json::Object => None,
    }
}

/// A text that is wholly a number as JSON writes one: `05`, ` 5` and `+5` are none.
fn whole_text(text: &str) -> Option<i64> {
    match super::number(text)? {
        Json::Int(value) => Some(value),
        Json::Number(value) => whole_float(value),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List | Json::Object => None,
    }
}

/// A finite number, or a text that is wholly one.
fn double(json: &Json<'_>) -> Option<Double> {
    match json {
        // The nearest double, which a cast gives.
        #[expect(clippy::cast_precision_loss, reason = "both sides are rounded to binary64")]
        Json::Int(value) => Double::new(*value as f64),
        Json::Number(value) => Double::new(*value),
        Json::Text(text) => Double::read(text),
        Json::Null | Json::Bool(_) | Json::List | Json::Object => None,
    }
}

/// A text that is wholly a number, or a number of at most 15 digits: of a longer one readers of
/// JSON see different digits.
fn decimal(json: &Json<'_>) -> Option<Decimal> {
    let short = |text: String| {
        let (digits, _) = text.split_once('e').unwrap_or((&text, ""));
        let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_matches('0').len();
        (digits <= SHORT_DIGITS).then(|| Decimal::read(&text)).flatten()
    };
    match json {
        Json::Int(value) => short(value.to_string()),
        Json::Number(value) => short(Double::new(*value)?.to_string()),
        Json::Text(text) if text.len() <= LONGEST_TEXT => Decimal::read(text),
        Json::Text(_) | Json::Null | Json::Bool(_) | Json::List | Json::Object => None,
    }
}

fn day(json: &Json<'_>) -> Option<Day> {
    match json {
        Json::Text(text) => Day::read(text),
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Number(_) | Json::List | Json::Object => {
            None
        }
    }
}

/// `5.0` is the number 5, `1.9` is none, and neither is what 64 bits do not hold.
fn whole_float(value: f64) -> Option<i64> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and within what 64 bits hold")]
    let number = (value.fract() == 0.0 && value.abs() < BEYOND).then_some(value as i64);
    number
}

fn boolean(json: &Json<'_>) -> Option<bool> {
    match json {
        Json::Bool(value) => Some(*value),
        Json::Text(_) | Json::Null | Json::Int(_) | Json::Number(_) | Json::List | Json::Object => {
            None
        }
    }
}

/// The millisecond that holds an instant: of a number, its text, or a text in ISO 8601.
fn instant(json: &Json<'_>, time: RecordedTime) -> Option<i64> {
    if let Some(number) = whole(json) {
        return time.unit.millis(number);
    }
    match json {
        Json::Number(number) => fraction(&Double::new(*number)?.to_string(), time.unit),
        Json::Text(text) => fraction(text, time.unit).or_else(|| read_recorded(text, &time.zone)),
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::List | Json::Object => None,
    }
}

/// The instant of a number with a fraction, which only seconds are written with.
fn fraction(text: &str, unit: TimeUnit) -> Option<i64> {
    match unit {
        TimeUnit::Seconds => i64::try_from(Decimal::read(text)?.units(3)?.0).ok(),
        TimeUnit::Millis | TimeUnit::Micros | TimeUnit::Nanos => None,
    }
}

impl Item<'_> {
    /// It as a value of a type with that line.
    fn value(self, line: Option<Line>) -> Option<Value> {
        match self {
            Item::Bool(value) => Some(Value::Bool(value)),
            Item::Int(value) => Some(Value::Int(value)),
            Item::Place(at) => line?.value(at),
            Item::Text(text) => Some(Value::Text(text.into_owned())),
            Item::Key { id, saas, inst } => {
                Some(Value::Key(Box::new(Key { id: id.into_owned(), saas, inst })))
            }
        }
    }
}
