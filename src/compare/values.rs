//! Values of one field: enough that every combination of tests that some value passes is passed
//! by one of them.

use std::net::{IpAddr, Ipv6Addr};

use hashbrown::HashSet;

use super::facts::{Mask, bit};
use super::form::Form;
use super::texts::{self, EDGE, Sought};
use crate::fold::Find;
use crate::query::{Kind, Predicate};
use crate::schema::Field;
use crate::value::{At, Decimal, Double, Key, Line, Type, Value};

/// Values, the plainest first.
pub(super) struct Values {
    pub(super) list: Vec<Value>,
    /// True when no other value passes another combination of the tests.
    pub(super) complete: bool,
}

impl Values {
    fn none() -> Values {
        Values { list: Vec::new(), complete: false }
    }
}

/// Values for the tests of a field.
pub(super) fn of(field: &Field, tests: &[Predicate]) -> Values {
    match field.kind {
        Type::Boolean => {
            Values { list: vec![Value::Bool(true), Value::Bool(false)], complete: true }
        }
        Type::Integer | Type::Double | Type::Decimal | Type::Timestamp | Type::Date => {
            field.line().map_or_else(Values::none, |line| numbers(field, line, tests))
        }
        Type::String if field.is_address => addresses(tests),
        Type::String => {
            let shipped = shipped(field).filter(|value| matches!(value, Value::Text(_))).cloned();
            let (texts, complete) = plain(field, tests);
            Values { list: shipped.chain(texts.into_iter().map(Value::Text)).collect(), complete }
        }
        Type::EntityKey | Type::File | Type::Folder => keys(field, tests),
    }
}

/// The values that the schema names.
fn shipped(field: &Field) -> impl Iterator<Item = &Value> {
    field.values.iter().flat_map(|values| &values.named).map(|named| &named.value)
}

/// The values that the tests name.
fn named(tests: &[Predicate]) -> impl Iterator<Item = &Value> {
    tests.iter().flat_map(Predicate::values)
}

/// Between two places of the line at which some test changes they all stay the same. On a dense
/// line round numbers come before the neighbours of those that are named.
fn numbers(field: &Field, line: Line, tests: &[Predicate]) -> Values {
    let ranges = tests.iter().flat_map(Predicate::ranges);
    let ends = ranges.flat_map(|range| [range.start, range.end]).flatten();
    let points = named(tests).filter_map(|value| line.place(value));
    let cuts: Vec<At> = ends.map(|bound| bound.at).chain(points).collect();
    let near = |by: At| cuts.iter().map(move |at| at.saturating_add(by));
    let round = near(0).filter(|_| line.is_dense()).flat_map(|at| round_beside(line, at));
    let around = round.chain(near(0)).chain(near(1)).chain(near(-1)).chain([0]);
    let known = shipped(field).filter(|value| line.place(value).is_some()).cloned();
    Values { list: known.chain(around.filter_map(|at| line.value(at))).collect(), complete: true }
}

/// Places of round numbers on both sides of a place: the whole ones next to it and those beyond.
fn round_beside(line: Line, at: At) -> impl Iterator<Item = At> {
    let number = line.value(at).and_then(|value| Double::read(&value.to_string()));
    let whole = number.map(Double::get).filter(|number| number.abs() < 1e15);
    let places = whole.map(|number| {
        let rounded = [number.floor(), number.ceil(), number.floor() - 1.0, number.ceil() + 1.0];
        rounded.map(|number| match line {
            #[expect(clippy::cast_possible_truncation, reason = "whole, and below 1e15")]
            Line::Decimal(_) => Decimal::new(number as i128, 0).map(Value::Decimal),
            Line::Whole | Line::Double | Line::Day => Double::new(number).map(Value::Double),
        })
    });
    places.into_iter().flatten().flatten().filter_map(move |value| line.place(&value))
}

/// The texts that the tests name, the ids of keys among them.
fn named_texts(tests: &[Predicate]) -> impl Iterator<Item = &str> {
    named(tests).filter_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        Value::Key(key) => Some(key.id.as_str()),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Double(_)
        | Value::Decimal(_)
        | Value::Day(_) => None,
    })
}

/// The tests of texts.
fn sought(tests: &[Predicate]) -> Sought {
    let mut sought = Sought { parts: Vec::new(), globs: Vec::new() };
    for test in tests {
        let Predicate::Text(find, needles) = test else { continue };
        let part: fn(&String) -> String = match find {
            Find::Inside => String::clone,
            Find::Start => |text| format!("{EDGE}{text}"),
            Find::End => |text| format!("{text}{EDGE}"),
            Find::Fits => {
                sought.globs.push(needles.to_vec());
                continue;
            }
        };
        if !needles.is_empty() {
            sought.parts.push(needles.iter().map(part).collect());
        }
    }
    sought
}

/// True when some test is of patterns.
fn has_globs(tests: &[Predicate]) -> bool {
    tests.iter().any(|test| test.kind() == Kind::Text(Find::Fits))
}

/// The tests of texts and one more, whether a text is named, case ignored; the bit of that test;
/// and the texts that are named, with another spelling of those that may be respelled.
fn apart(tests: &[Predicate], respells: impl Fn(&str) -> bool) -> (Sought, Mask, Vec<String>) {
    let named: HashSet<&str> = named_texts(tests).collect();
    let mut sought = sought(tests);
    let is_named = bit(sought.parts.len());
    sought.parts.push(named.iter().map(|text| format!("{EDGE}{text}{EDGE}")).collect());
    let mut list: Vec<String> = named.iter().map(|text| (*text).to_owned()).collect();
    list.sort_unstable();
    let others = named.iter().filter(|text| respells(text));
    list.extend(others.filter_map(|text| respelled(text, &named)));
    (sought, is_named, list)
}

/// Texts that are named, and those that the tests of their parts tell apart.
///
/// A text that is found can be one of those named. Then it is found again around a character that
/// no test knows, where it begins, contains and ends with the same, and is none of them. Around it
/// other patterns fit: among those it is one more test whether a text is named.
fn plain(field: &Field, tests: &[Predicate]) -> (Vec<String>, bool) {
    let known = || {
        let parts = tests.iter().flat_map(Predicate::strings).map(String::as_str);
        named_texts(tests).chain(parts)
    };
    if has_globs(tests) {
        let (sought, is_named, mut texts) = apart(tests, |_| true);
        let Some(other) = texts::unused(known()) else { return (texts, false) };
        let found = texts::search(&sought, Form::Any, other);
        let new = found.texts.into_iter().filter(|(mask, _)| mask & is_named == 0);
        texts.extend(new.map(|(_, text)| text));
        return (texts, found.complete);
    }
    let mut texts: Vec<String> = named_texts(tests).map(str::to_owned).collect();
    let folded =
        |text: &str| if field.ignores_case { text.to_ascii_lowercase() } else { text.to_owned() };
    let taken: HashSet<String> = texts.iter().map(|text| folded(text)).collect();
    let Some(other) = texts::unused(known()) else { return (texts, false) };
    let found = texts::search(&sought(tests), Form::Any, other);
    for (_, text) in found.texts {
        if text.is_empty() {
            texts.push(other.to_string());
        } else if taken.contains(&folded(&text)) {
            texts.extend([
                format!("{text}{other}"),
                format!("{other}{text}"),
                format!("{text}{other}{text}"),
            ]);
        } else {
            texts.push(text);
        }
    }
    (texts, found.complete)
}

/// Texts that are addresses, beside those that are named.
///
/// No character can be put around an address. So whether it is named is one more test of parts,
/// which ignores case: of the named ones another spelling is taken where there is one. What holds
/// every IPv6 address holds more, so what is none is left out, and then something may be missing.
fn addresses(tests: &[Predicate]) -> Values {
    let is_address = |text: &str| text.parse::<IpAddr>().is_ok();
    let (sought, is_named, mut list) = apart(tests, is_address);
    let search = |form| texts::search(&sought, form, '0');
    let (quads, sixes, all_sixes) = (search(Form::QUAD), search(Form::SIX), search(Form::GROUP));
    // Patterns can ask for a length that only those of the longest forms have, which are not tried.
    let mut complete = quads.complete && all_sixes.complete && !has_globs(tests);
    let found: Vec<_> = quads.texts.into_iter().chain(sixes.texts).collect();
    let known: HashSet<_> = found.iter().map(|(mask, _)| *mask).collect();
    list.extend(found.into_iter().map(|(_, text)| text));
    let new = |mask: &Mask| mask & is_named == 0 && !known.contains(mask);
    for (_, text) in all_sixes.texts.into_iter().filter(|(mask, _)| new(mask)) {
        let is_address = text.parse::<Ipv6Addr>().is_ok();
        complete &= is_address;
        list.extend(is_address.then_some(text));
    }
    Values { list: list.into_iter().map(Value::Text).collect(), complete }
}

/// The text with some letters in the other case, such that it is not among those named.
fn respelled(text: &str, named: &HashSet<&str>) -> Option<String> {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let ways = 1_usize.checked_shl(u32::try_from(letters).ok()?).unwrap_or(usize::MAX);
    let spelled = |way: usize| {
        let mut place = 0;
        let letter = |c: char| {
            let bit = c.is_ascii_alphabetic().then(|| {
                place += 1;
                way.checked_shr(place - 1).unwrap_or_default() & 1
            });
            if bit == Some(1) { flipped(c) } else { c }
        };
        text.chars().map(letter).collect::<String>()
    };
    (1..ways.min(named.len() + 2)).map(spelled).find(|text| !named.contains(text.as_str()))
}

fn flipped(c: char) -> char {
    if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() }
}

/// Ids like texts; with the apps and instances that some key names beside the same id, and none.
fn keys(field: &Field, tests: &[Predicate]) -> Values {
    let (ids, complete) = plain(field, tests);
    let same =
        |a: &str, b: &str| if field.ignores_case { a.eq_ignore_ascii_case(b) } else { a == b };
    let mut list = Vec::new();
    for id in ids {
        let keys = || {
            named(tests).filter_map(|value| match value {
                Value::Key(key) if same(&key.id, &id) => Some(key),
                Value::Key(_)
                | Value::Null
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Double(_)
                | Value::Decimal(_)
                | Value::Day(_)
                | Value::Text(_) => None,
            })
        };
        let parts = |part: fn(&Key) -> Option<i64>| {
            let parts: HashSet<Option<i64>> = keys().map(|key| part(key)).chain([None]).collect();
            let mut parts: Vec<Option<i64>> = parts.into_iter().collect();
            parts.sort_unstable();
            parts
        };
        let apps = parts(|key| key.saas);
        for inst in parts(|key| key.inst) {
            let key = |saas: &Option<i64>| Key { id: id.clone(), saas: *saas, inst };
            list.extend(apps.iter().map(key).map(|key| Value::Key(Box::new(key))));
        }
    }
    Values { list, complete }
}
