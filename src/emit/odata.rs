//! OData 4.01: the expression of `$filter`, or with order and paging all of the query options.
//!
//! Entities: a field is a property, dots in its name lead into complex ones; many values are a
//! collection, a key is a complex value of `id`, `saas` and `inst`, timestamps are `Edm.Int64` of
//! ms or, with native time, `Edm.DateTimeOffset`.
//!
//! Surprises it is written around:
//! - `contains(null, …)` is null, and so is its `not`; `eq`, `ne`, `in` and order never are. What a
//!   negation stands before says first that there is a value.
//! - `tolower` folds more than ASCII letters; a text with letters is looked for by `matchesPattern`.
//! - A date counts finer than ms: an instant is all of its ms.

use super::formula::{self, Language, Refusal, Tie, folds, members};
use super::order::Order;
use super::path::Paths;
use super::text::{Said, behind, instant, join, too_far};
use super::{Choice, Emitted, Form, Output, Proof, Target, pattern};
use crate::diag::Diagnostic;
use crate::fold::Find;
use crate::fold::glob::{self, Piece};
use crate::query::test::Test;
use crate::query::{Bound, Form as Written, Node, Query, Range, Sign, Tail};
use crate::schema::{Field, Schema};
use crate::time::StoredTime;
use crate::value::{At, Cardinality, Line, Type, Value};

/// OData 4.01.
#[derive(Debug)]
pub struct OData;

const PRODUCT: &str = "OData";

impl Target for OData {
    fn name(&self) -> &'static str {
        "odata"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &[]
    }

    fn title(&self) -> &'static str {
        "OData 4.01: a $filter expression"
    }

    fn proof(&self) -> Proof {
        Proof::Evaluated
    }

    fn choices(&self) -> &'static [Choice] {
        &[Choice::Time]
    }

    fn emit(&self, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        let paths = Paths::new(query.schema(), self, form, is_name);
        let language =
            Filter { paths, native_time: form.stored_time(query.schema()) == StoredTime::Native };
        let filter = formula::say(&language, query.normal())?.text;
        let text = if form.whole { language.options(query, filter)? } else { filter };
        Ok(Emitted { output: Output::Text { text }, warnings: formula::warnings(query, form) })
    }

    fn ddl(&self, _schema: &Schema, _form: &Form) -> Option<String> {
        None
    }
}

/// Words that an expression reads otherwise than as a property.
const WORDS: &[&str] = &[
    "all", "and", "any", "eq", "false", "ge", "gt", "has", "in", "inf", "le", "lt", "nan", "ne",
    "not", "null", "or", "true",
];

/// An identifier that every service knows: an ASCII letter or `_`, and digits behind it.
fn is_name(part: &str) -> bool {
    let word = WORDS.contains(&part.to_ascii_lowercase().as_str());
    let begins = part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let goes_on = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    begins && goes_on && !word && part.len() <= 128
}

struct Filter {
    paths: Paths,
    native_time: bool,
}

/// The variable of a value among many.
const ONE: &str = "x";

impl Language for Filter {
    type Said = Said;

    fn product(&self) -> &'static str {
        PRODUCT
    }

    fn holds(&self, kind: Type) -> bool {
        formula::is_common(kind)
    }

    fn constant(&self, holds: bool) -> Said {
        Said::test(holds.to_string())
    }

    fn join(&self, tie: Tie, parts: Vec<Said>) -> Said {
        join(tie, parts)
    }

    fn test(&self, field: &Field, test: &Test<'_>, negated: bool) -> Result<Said, Refusal> {
        let path = self.paths.of(field)?.replace('.', "/");
        if field.is_single() {
            return self.one(&path, field, test, negated);
        }
        let some = self.one(ONE, field, test, false)?;
        let not = if negated { "not " } else { "" };
        Ok(Said::test(format!("{not}{path}/any({ONE}:{})", some.text)))
    }
}

/// A value itself: of a key its id.
fn value_of(x: &str, field: &Field) -> String {
    if field.kind.is_key() { format!("{x}/id") } else { x.to_owned() }
}

fn not(said: &Said) -> Said {
    Said::test(format!("not ({})", said.text))
}

fn both(first: Said, second: Said) -> Said {
    join(Tie::And, vec![first, second])
}

fn set(value: &str, negated: bool) -> Said {
    Said::test(format!("{value} {} null", if negated { "eq" } else { "ne" }))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A value is one of the literals, or none of them.
fn among(value: &str, literals: &[String], negated: bool) -> Said {
    let list = literals.join(",");
    match (literals.len(), negated) {
        (1, false) => Said::test(format!("{value} eq {list}")),
        (1, true) => Said::test(format!("{value} ne {list}")),
        (_, false) => Said::test(format!("{value} in ({list})")),
        (_, true) => not(&Said::test(format!("{value} in ({list})"))),
    }
}

/// A text holds the needle there; null when there is no text.
fn search(value: &str, how: Find, needle: &str) -> Result<Said, Refusal> {
    let one = |piece: Piece| piece == Piece::One;
    let function = match how {
        Find::Fits if glob::pieces(needle).any(one) => {
            let what = "`?` in a pattern: services differ in what is one character";
            return Err(Refusal::new(what, "`*` stands for any run of characters"));
        }
        Find::Fits => None,
        Find::Inside => Some("contains"),
        Find::Start => Some("startswith"),
        Find::End => Some("endswith"),
    };
    let plain = !needle.contains(|c: char| c.is_ascii_alphabetic());
    Ok(match function.filter(|_| plain) {
        Some(function) => Said::test(format!("{function}({value},{})", literal(needle))),
        None => matches(value, &pattern::find(how, needle)),
    })
}

fn matches(value: &str, pattern: &str) -> Said {
    Said::test(format!("matchesPattern({value},{})", literal(pattern)))
}

impl Filter {
    /// A test of one value, which may be null: then it is not true, and with `negated` it is.
    fn one(&self, x: &str, field: &Field, test: &Test<'_>, negated: bool) -> Result<Said, Refusal> {
        let value = value_of(x, field);
        let (said, may_be_null) = match test {
            Test::Set => return Ok(set(&value, negated)),
            Test::Equal(values) => match self.literals(field, values) {
                Some(literals) => return Ok(among(&value, &literals, negated)),
                None => (self.equal(x, field, values)?, folds(field)),
            },
            Test::Outside(values) => {
                (both(set(&value, false), not(&self.equal(x, field, values)?)), false)
            }
            Test::Text(how, needles) => {
                let found = needles.iter().map(|needle| search(&value, *how, needle));
                (join(Tie::Or, found.collect::<Result<Vec<Said>, Refusal>>()?), true)
            }
            Test::Order(ranges) => (self.within(&value, field, ranges)?, false),
        };
        let filled = field.cardinality == Cardinality::One && !field.kind.is_key();
        Ok(match (negated, may_be_null && !filled) {
            (false, _) => said,
            (true, false) => not(&said),
            (true, true) => not(&both(set(&value, false), said)),
        })
    }

    /// The values as literals, where they are compared as they stand.
    fn literals(&self, field: &Field, values: &[&Value]) -> Option<Vec<String>> {
        let literal = |value: &&Value| match value {
            Value::Bool(value) => Some(value.to_string()),
            Value::Int(at) => (!self.in_words(field)).then(|| at.to_string()),
            Value::Double(_) | Value::Decimal(_) | Value::Day(_) => Some(value.to_string()),
            Value::Null | Value::Text(_) | Value::Key(_) => {
                let alone = members(value).next().is_none() && !folds(field);
                value.text().filter(|_| alone).map(literal)
            }
        };
        values.iter().map(literal).collect()
    }

    /// One value is one of these.
    fn equal(&self, x: &str, field: &Field, values: &[&Value]) -> Result<Said, Refusal> {
        let value = value_of(x, field);
        if let Some(literals) = self.literals(field, values) {
            return Ok(among(&value, &literals, false));
        }
        let one = |wanted: &&Value| match wanted {
            Value::Int(at) => {
                let bound = Some(Bound { at: (*at).into(), form: Written::Inclusive });
                self.between(&value, field, &Range { start: bound, end: bound })
            }
            Value::Null
            | Value::Bool(_)
            | Value::Double(_)
            | Value::Decimal(_)
            | Value::Day(_)
            | Value::Text(_)
            | Value::Key(_) => {
                let text = wanted.text().unwrap_or_default();
                let id = if folds(field) {
                    matches(&value, &pattern::whole(text))
                } else {
                    among(&value, &[literal(text)], false)
                };
                let more =
                    members(wanted).map(|(name, at)| Said::test(format!("{x}/{name} eq {at}")));
                Ok(join(Tie::And, std::iter::once(id).chain(more).collect()))
            }
        };
        let parts: Result<Vec<Said>, Refusal> = values.iter().map(one).collect();
        Ok(join(Tie::Or, parts?))
    }

    fn within(&self, value: &str, field: &Field, ranges: &[Range]) -> Result<Said, Refusal> {
        let line = field.line().unwrap_or(Line::Whole);
        let points: Option<Vec<String>> = ranges
            .iter()
            .map(|range| line.value(range.point()?).map(|value| value.to_string()))
            .collect();
        if let Some(points) = points.filter(|_| !self.in_words(field)) {
            return Ok(among(value, &points, false));
        }
        let at = |range: &Range| self.between(value, field, range);
        let parts: Result<Vec<Said>, Refusal> = ranges.iter().map(at).collect();
        Ok(join(Tie::Or, parts?))
    }

    fn between(&self, value: &str, field: &Field, range: &Range) -> Result<Said, Refusal> {
        let line = field.line().unwrap_or(Line::Whole);
        let words = self.in_words(field);
        let side = |(sign, at): (Sign, At)| match sign {
            Sign::From => Some(("ge", at)),
            Sign::After => Some(("gt", at)),
            // An instant in words counts finer than ms, so its end is excluded one ms later.
            Sign::UpTo if words => {
                let next = i64::try_from(at).ok().and_then(behind)?;
                Some(("lt", next.into()))
            }
            Sign::UpTo => Some(("le", at)),
            Sign::Before => Some(("lt", at)),
        };
        let parts: Result<Vec<Said>, Refusal> = range
            .sides(line)
            .filter_map(side)
            .map(|(sign, at)| Ok(Said::test(format!("{value} {sign} {}", self.at(field, at)?))))
            .collect();
        let parts = parts?;
        let set = || Said::test(format!("{value} ne null"));
        Ok(if parts.is_empty() { set() } else { join(Tie::And, parts) })
    }

    fn in_words(&self, field: &Field) -> bool {
        self.native_time && field.kind == Type::Timestamp
    }

    /// The value at a place of the field's line.
    fn at(&self, field: &Field, at: At) -> Result<String, Refusal> {
        match field.line().and_then(|line| line.value(at)) {
            Some(Value::Int(at)) if self.in_words(field) => {
                instant(at).ok_or_else(|| too_far(field))
            }
            Some(value) => Ok(value.to_string()),
            None => Err(too_far(field)),
        }
    }

    /// All query options, as they stand in an address.
    fn options(&self, query: &Query<'_>, filter: String) -> Result<String, Vec<Diagnostic>> {
        let Tail { limit, skip, span, .. } = query.tail();
        let mut options = Vec::new();
        if *query.normal() != Node::All {
            options.push(format!("$filter={}", encoded(&filter)));
        }
        let refuse = |refusal: Refusal| vec![refusal.at(*span, PRODUCT)];
        if let Some(order) = Order::of(query).map_err(refuse)? {
            let Order { field, up } = order.with_unset_first().map_err(refuse)?;
            let path = self.paths.of(field).map_err(refuse)?;
            let path = value_of(&path.replace('.', "/"), field);
            options.push(format!("$orderby={}{}", encoded(&path), if up { "" } else { "%20desc" }));
        }
        let counts = [("$skip", skip), ("$top", limit)];
        let counts = counts.into_iter().filter_map(|(name, count)| Some((name, (*count)?)));
        options.extend(counts.map(|(name, count)| format!("{name}={count}")));
        Ok(options.join("&"))
    }
}

/// What is no letter, digit or mark that stands for itself in a query is percent-encoded.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~'()*,:/@!$;".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
