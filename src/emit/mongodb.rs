//! MongoDB: a filter of `find`, as relaxed Extended JSON.
//!
//! Documents: a field stands at its name, whose dots lead into embedded documents; many values
//! are an array, a key is a document `{id, saas, inst}`, timestamps are numbers of ms or, with
//! native time, dates; days are texts, whose order is that of the days. The collection compares texts byte by byte, as it does without a collation.
//!
//! Surprises it is written around:
//! - Two bounds on an array may be met by two different elements; in `$elemMatch` one meets both.
//! - `null` in a list finds a missing field, but also an array that holds `null` beside values.
//! - `$options: "i"` folds more than ASCII letters.
//! - `limit: 0` means no limit.
//! - A number beyond 2^53 loses digits where JavaScript reads it; its text is given then.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value as Json, json};

use super::formula::{self, Language, Refusal, Tie, folds, members};
use super::order::Order;
use super::path::Paths;
use super::{Choice, Emitted, Form, Output, Proof, Target, pattern};
use crate::diag::Diagnostic;
use crate::query::test::Test;
use crate::query::{Query, Range, Sign, Tail};
use crate::schema::{Field, Schema};
use crate::time::StoredTime;
use crate::value::{At, Line, Type, Value};

/// MongoDB 4.4 or newer.
#[derive(Debug)]
pub struct MongoDb;

const PRODUCT: &str = "MongoDB";

/// The longest regular expression, in bytes.
const LONGEST: usize = 32_000;

impl Target for MongoDb {
    fn name(&self) -> &'static str {
        "mongodb"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["mongo"]
    }

    fn title(&self) -> &'static str {
        "MongoDB: a filter of `find`, as JSON"
    }

    fn proof(&self) -> Proof {
        Proof::StandIn
    }

    fn choices(&self) -> &'static [Choice] {
        &[Choice::Time]
    }

    fn emit(&self, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        let paths = Paths::new(query.schema(), self, form, is_name);
        let language =
            Filter { paths, native_time: form.stored_time(query.schema()) == StoredTime::Native };
        let filter = formula::say(&language, query.normal())?;
        let said = if form.whole { language.find(query, filter)? } else { filter };
        let output = Output::Text { text: said.to_string() };
        Ok(Emitted { output, warnings: formula::warnings(query, form) })
    }

    fn ddl(&self, _schema: &Schema, _form: &Form) -> Option<String> {
        None
    }
}

/// A member's name: neither empty, nor an operator, nor a place in an array.
fn is_name(part: &str) -> bool {
    let number = part.bytes().all(|byte| byte.is_ascii_digit());
    !(number || part.starts_with('$') || part.contains('\0'))
}

struct Filter {
    paths: Paths,
    native_time: bool,
}

impl Language for Filter {
    type Said = Json;

    fn product(&self) -> &'static str {
        PRODUCT
    }

    fn holds(&self, kind: Type) -> bool {
        formula::is_common(kind) || matches!(kind, Type::Double | Type::Date)
    }

    fn constant(&self, holds: bool) -> Json {
        if holds { json!({}) } else { not(json!({})) }
    }

    fn join(&self, tie: Tie, parts: Vec<Json>) -> Json {
        match tie {
            Tie::Or => json!({ "$or": parts }),
            Tie::And => all(parts),
        }
    }

    fn test(&self, field: &Field, test: &Test<'_>, negated: bool) -> Result<Json, Refusal> {
        let path = self.paths.of(field)?;
        Ok(match test {
            Test::Set => set(path, field, negated),
            Test::Equal(values) => self.equal(path, field, values, negated)?,
            Test::Outside(values) => signed(self.outside(path, field, values)?, negated),
            Test::Text(how, needles) => {
                let patterns = needles.iter().map(|needle| pattern::find(*how, needle));
                matches(&value_path(path, field), patterns, negated)?
            }
            Test::Order(ranges) => signed(self.within(path, field, ranges), negated),
        })
    }
}

/// The path to the value itself: of a key its id.
fn value_path(path: &str, field: &Field) -> String {
    if field.kind.is_key() { format!("{path}.id") } else { path.to_owned() }
}

fn not(filter: Json) -> Json {
    match filter.get("$or") {
        Some(parts) => json!({ "$nor": parts }),
        None => json!({ "$nor": [filter] }),
    }
}

fn signed(filter: Json, negated: bool) -> Json {
    if negated { not(filter) } else { filter }
}

/// One of them, or `$or`.
fn any(mut parts: Vec<Json>) -> Json {
    match parts.len() {
        1 => parts.pop().unwrap_or_default(),
        _ => json!({ "$or": parts }),
    }
}

/// One document where no member would stand twice in it, or `$and`.
fn all(parts: Vec<Json>) -> Json {
    let members = || parts.iter().filter_map(Json::as_object).flatten();
    let joined: Map<String, Json> =
        members().map(|(name, value)| (name.clone(), value.clone())).collect();
    if joined.len() == members().count() { joined.into() } else { json!({ "$and": parts }) }
}

fn set(path: &str, field: &Field, negated: bool) -> Json {
    let path_of_value = value_path(path, field);
    match (field.is_single(), negated) {
        (true, false) => json!({ path_of_value: { "$ne": null } }),
        (true, true) => json!({ path_of_value: null }),
        (false, _) => {
            let some = json!({ "$ne": null });
            let some = if field.kind.is_key() { json!({ "id": some }) } else { some };
            element(path, some, negated)
        }
    }
}

/// Some element of an array passes all of the tests, or none does.
fn element(path: &str, tests: Json, negated: bool) -> Json {
    let some = json!({ "$elemMatch": tests });
    if negated { json!({ path: { "$not": some } }) } else { json!({ path: some }) }
}

/// A text matches one of the patterns, or none.
fn matches(
    path: &str,
    patterns: impl Iterator<Item = String>,
    negated: bool,
) -> Result<Json, Refusal> {
    let one = |pattern: String| {
        let found = json!({ "$regex": pattern });
        json!({ path: if negated { json!({ "$not": found }) } else { found } })
    };
    let parts: Vec<Json> = joined(patterns)?.into_iter().map(one).collect();
    Ok(if negated { all(parts) } else { any(parts) })
}

/// Patterns joined to as few as their length allows.
fn joined(patterns: impl Iterator<Item = String>) -> Result<Vec<String>, Refusal> {
    let mut out: Vec<String> = Vec::new();
    for pattern in patterns {
        if pattern.len() > LONGEST {
            let instead =
                format!("an expression there has at most {LONGEST} bytes, four for each letter");
            return Err(Refusal::new("a search for so long a text", instead));
        }
        match out.last_mut().filter(|last| last.len() + pattern.len() < LONGEST) {
            Some(last) => *last = [last, "|", &pattern].concat(),
            None => out.push(pattern),
        }
    }
    Ok(out)
}

/// An instant of the engine's own type, from ms since the epoch.
fn date(at: i64) -> Json {
    // Relaxed Extended JSON writes the years from 1970 to 9999 as text, and no others.
    let in_words = (0..253_402_300_800_000).contains(&at);
    match DateTime::from_timestamp_millis(at).filter(|_| in_words) {
        Some(time) => json!({ "$date": time.to_rfc3339_opts(SecondsFormat::Millis, true) }),
        None => json!({ "$date": { "$numberLong": at.to_string() } }),
    }
}

/// A whole number of 64 bits. Beyond 2^53 readers of JSON in JavaScript lose digits, so that its
/// text is given; `EJSON.parse` keeps them with `relaxed: false`.
fn long(at: i64) -> Json {
    const EXACT: u64 = (1 << 53) - 1;
    let exact = at.unsigned_abs() <= EXACT;
    if exact { at.into() } else { json!({ "$numberLong": at.to_string() }) }
}

impl Filter {
    /// A value as it stands in documents.
    fn value(&self, field: &Field, value: &Value) -> Json {
        match value {
            Value::Int(at) if self.native_time && field.kind == Type::Timestamp => date(*at),
            Value::Int(at) => long(*at),
            Value::Decimal(number) => json!({ "$numberDecimal": number.to_string() }),
            Value::Null
            | Value::Bool(_)
            | Value::Double(_)
            | Value::Day(_)
            | Value::Text(_)
            | Value::Key(_) => value.text().map_or_else(|| Json::from(value), Json::from),
        }
    }

    /// The value at a place of the field's line.
    fn at(&self, field: &Field, line: Line, at: At) -> Json {
        line.value(at).map_or(Json::Null, |value| self.value(field, &value))
    }

    fn equal(
        &self,
        path: &str,
        field: &Field,
        values: &[&Value],
        negated: bool,
    ) -> Result<Json, Refusal> {
        if field.kind.is_key() {
            return Ok(signed(self.keys(path, field, values)?, negated));
        }
        self.among(path, field, values, negated)
    }

    /// The value at a path is one of these, or none of them.
    fn among(
        &self,
        path: &str,
        field: &Field,
        values: &[&Value],
        negated: bool,
    ) -> Result<Json, Refusal> {
        if folds(field) {
            let texts = values.iter().filter_map(|value| value.text());
            return matches(path, texts.map(pattern::whole), negated);
        }
        let mut values: Vec<Json> = values.iter().map(|value| self.value(field, value)).collect();
        Ok(match (values.len(), negated) {
            (1, false) => json!({ path: values.pop() }),
            (1, true) => json!({ path: { "$ne": values.pop() } }),
            (_, false) => json!({ path: { "$in": values } }),
            (_, true) => json!({ path: { "$nin": values } }),
        })
    }

    /// Some value is none of these.
    fn outside(&self, path: &str, field: &Field, values: &[&Value]) -> Result<Json, Refusal> {
        if field.kind.is_key() && field.is_single() {
            return Ok(all(vec![set(path, field, false), not(self.keys(path, field, values)?)]));
        }
        if field.kind.is_key() {
            let others = self.each_key("", field, values)?;
            return Ok(element(path, json!({ "id": { "$ne": null }, "$nor": others }), false));
        }
        let other = |value: &&Value| match value.text().filter(|_| folds(field)) {
            Some(text) => {
                json!({ "$regularExpression": { "pattern": pattern::whole(text), "options": "" } })
            }
            None => self.value(field, value),
        };
        let others: Vec<Json> = values.iter().map(other).chain([Json::Null]).collect();
        let tests = json!({ "$nin": others });
        Ok(if field.is_single() { json!({ path: tests }) } else { element(path, tests, false) })
    }

    /// Some key is one of these.
    fn keys(&self, path: &str, field: &Field, values: &[&Value]) -> Result<Json, Refusal> {
        let ids_alone = values.iter().all(|value| members(value).next().is_none());
        if field.is_single() || ids_alone {
            return Ok(any(self.each_key(&format!("{path}."), field, values)?));
        }
        Ok(element(path, any(self.each_key("", field, values)?), false))
    }

    /// A filter for the keys by id alone, and one for each that says more.
    fn each_key(
        &self,
        within: &str,
        field: &Field,
        values: &[&Value],
    ) -> Result<Vec<Json>, Refusal> {
        let path = format!("{within}id");
        let (ids, keys): (Vec<&Value>, Vec<&Value>) =
            values.iter().partition(|value| members(value).next().is_none());
        let ids = (!ids.is_empty()).then(|| self.among(&path, field, &ids, false));
        let key = |value: &&Value| {
            let members =
                members(value).map(|(name, at)| json!({ format!("{within}{name}"): long(at) }));
            let id = self.among(&path, field, &[*value], false)?;
            Ok(all(std::iter::once(id).chain(members).collect()))
        };
        ids.into_iter().chain(keys.iter().map(key)).collect()
    }

    fn within(&self, path: &str, field: &Field, ranges: &[Range]) -> Json {
        let line = field.line().unwrap_or(Line::Whole);
        let one = |range: &Range| {
            if let Some(at) = range.point() {
                return json!({ path: self.at(field, line, at) });
            }
            let sign = |sign| match sign {
                Sign::From => "$gte",
                Sign::After => "$gt",
                Sign::UpTo => "$lte",
                Sign::Before => "$lt",
            };
            let bounds: Map<String, Json> = range
                .sides(line)
                .map(|(side, at)| (sign(side).to_owned(), self.at(field, line, at)))
                .collect();
            if field.is_single() || bounds.len() == 1 {
                json!({ path: bounds })
            } else {
                element(path, bounds.into(), false)
            }
        };
        any(ranges.iter().map(one).collect())
    }

    /// The arguments of `find`.
    fn find(&self, query: &Query<'_>, filter: Json) -> Result<Json, Vec<Diagnostic>> {
        let Tail { limit, skip, span, .. } = query.tail();
        let mut said = Map::from_iter([("filter".to_owned(), filter)]);
        let refuse = |refusal: Refusal| vec![refusal.at(*span, PRODUCT)];
        if *limit == Some(0) {
            let instead = "leave the query out: it asks for no records";
            return Err(refuse(Refusal::new("`limit 0`, which means no limit there", instead)));
        }
        if let Some(order) = Order::of(query).map_err(refuse)? {
            let Order { field, up } = order.with_unset_first().map_err(refuse)?;
            let path = value_path(self.paths.of(field).map_err(refuse)?, field);
            said.insert("sort".into(), json!({ path: if up { 1 } else { -1 } }));
        }
        for (name, count) in [("skip", skip), ("limit", limit)] {
            if let Some(count) = count {
                said.insert(name.into(), i64::try_from(*count).unwrap_or(i64::MAX).into());
            }
        }
        Ok(said.into())
    }
}
