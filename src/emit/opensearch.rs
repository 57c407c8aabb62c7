//! OpenSearch and Elasticsearch: a query of their query DSL, as JSON.
//!
//! The index is as [`Target::ddl`] prints it: texts are `keyword`, numbers and timestamps `long`
//! (with native time `date`), a key an object of `id`, `saas` and `inst`, several keys `nested`
//! ones. Every field there is a set, so most tests are the engine's own.
//!
//! Surprises it is written around:
//! - A field that the mapping does not know has no hits, without an error; `*` in its name is a
//!   pattern.
//! - Members of several objects are mixed up unless they are nested.
//! - `case_insensitive` folds ASCII letters and no others, but in `term`, where engines differ.
//! - A response without `size` holds ten records.

use serde_json::{Map, Value as Json, json};

use super::formula::{self, Language, Refusal, Tie, folds, members};
use super::order::Order;
use super::path::Paths;
use super::{Choice, Emitted, Form, Output, Proof, Target, mapping};
use crate::diag::{Diagnostic, messages};
use crate::fold::{Find, glob};
use crate::query::ranges;
use crate::query::test::Test;
use crate::query::{Bound, Form as Written, Query, Range, Sign, Tail};
use crate::schema::{Field, Schema};
use crate::span::Span;
use crate::time::StoredTime;
use crate::value::{At, Line, Type, Value};

/// OpenSearch, and Elasticsearch 7.10 or newer.
#[derive(Debug)]
pub struct OpenSearch;

const PRODUCT: &str = "OpenSearch";

/// The most values of one `terms` query.
const MOST_TERMS: usize = 65_536;

/// The most clauses of one query, unless `indices.query.bool.max_clause_count` says otherwise.
const MOST_CLAUSES: usize = 1024;

/// The most records that a search reaches into.
const WINDOW: u64 = 10_000;

impl Target for OpenSearch {
    fn name(&self) -> &'static str {
        "opensearch"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["elasticsearch", "elastic"]
    }

    fn title(&self) -> &'static str {
        "OpenSearch and Elasticsearch: a query of their query DSL, as JSON"
    }

    fn proof(&self) -> Proof {
        Proof::StandIn
    }

    fn choices(&self) -> &'static [Choice] {
        &[Choice::Time]
    }

    fn emit(&self, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        let schema = query.schema();
        let language = Dsl { paths: paths(schema, form), native_time: is_native(schema, form) };
        let said = formula::say(&language, query.normal())?.json();
        let mut warnings = formula::warnings(query, form);
        let clauses = clauses(&said);
        if clauses > MOST_CLAUSES {
            let caution = format!(
                "takes {MOST_CLAUSES} clauses unless `indices.query.bool.max_clause_count` is raised; these are {clauses}"
            );
            let place = query.normal().atoms().next().map_or(Span::at(0), |atom| atom.span);
            warnings.push(messages::engine_caution(place, PRODUCT, &caution));
        }
        let said = if form.whole { language.search(query, said)? } else { said };
        if form.whole && query.tail().limit.is_none() {
            let caution = format!("reaches no further than the first {WINDOW} records of a search");
            warnings.push(messages::engine_caution(query.tail().span, PRODUCT, &caution));
        }
        Ok(Emitted { output: Output::Text { text: said.to_string() }, warnings })
    }

    fn ddl(&self, schema: &Schema, form: &Form) -> Option<String> {
        mapping::print(schema, &paths(schema, form), is_native(schema, form))
    }
}

/// How many clauses a query has, those of its parts included.
fn clauses(query: &Json) -> usize {
    let parts = |lists: &Map<String, Json>| {
        lists.values().filter_map(Json::as_array).flatten().map(clauses).sum()
    };
    match (query.get("bool"), query.pointer("/nested/query")) {
        (Some(lists), _) => lists.as_object().map_or(1, parts),
        (None, Some(inner)) => clauses(inner),
        (None, None) => 1,
    }
}

fn paths(schema: &Schema, form: &Form) -> Paths {
    Paths::new(schema, &OpenSearch, form, is_name)
}

fn is_native(schema: &Schema, form: &Form) -> bool {
    form.stored_time(schema) == StoredTime::Native
}

/// A name that stands for itself, not for a pattern; those with `_` in front are the engine's.
fn is_name(part: &str) -> bool {
    !(part.trim().is_empty() || part.starts_with('_') || part.contains(['*', '?', '\0']))
}

struct Dsl {
    paths: Paths,
    native_time: bool,
}

/// A query of the DSL, or its complement.
struct Said {
    query: Json,
    negated: bool,
}

impl Said {
    fn json(self) -> Json {
        if self.negated { json!({ "bool": { "must_not": [self.query] } }) } else { self.query }
    }
}

impl Language for Dsl {
    type Said = Said;

    fn product(&self) -> &'static str {
        PRODUCT
    }

    /// To it `-0` is another double than `0`.
    fn holds(&self, kind: Type) -> bool {
        formula::is_common(kind)
    }

    fn constant(&self, holds: bool) -> Said {
        let name = if holds { "match_all" } else { "match_none" };
        Said { query: json!({ name: {} }), negated: false }
    }

    fn join(&self, tie: Tie, parts: Vec<Said>) -> Said {
        let query = match tie {
            Tie::Or => any(parts.into_iter().map(Said::json).collect()),
            Tie::And => all(parts),
        };
        Said { query, negated: false }
    }

    fn test(&self, field: &Field, test: &Test<'_>, negated: bool) -> Result<Said, Refusal> {
        let place = Place::of(self.paths.of(field)?, field);
        let query = match test {
            Test::Set => place.exists(),
            Test::Equal(values) => self.equal(&place, values)?,
            Test::Outside(values) => self.outside(&place, values)?,
            Test::Text(how, needles) => {
                any(needles.iter().map(|needle| search(&place.value, *how, needle)).collect())
            }
            Test::Order(ranges) => self.within(&place, ranges)?,
        };
        Ok(Said { query: place.nested(query), negated })
    }
}

/// One of them, or those of which one holds.
fn any(mut parts: Vec<Json>) -> Json {
    match parts.len() {
        1 => parts.pop().unwrap_or_default(),
        _ => json!({ "bool": { "should": parts } }),
    }
}

fn all(parts: Vec<Said>) -> Json {
    let (not, is): (Vec<Said>, Vec<Said>) = parts.into_iter().partition(|part| part.negated);
    let mut found = Map::new();
    for (name, parts) in [("filter", is), ("must_not", not)] {
        if !parts.is_empty() {
            found.insert(name.into(), parts.into_iter().map(|part| part.query).collect());
        }
    }
    json!({ "bool": found })
}

/// Where the values of a field are.
struct Place<'f> {
    path: &'f str,
    /// The path to the value itself: of a key its id.
    value: String,
    field: &'f Field,
}

impl<'f> Place<'f> {
    fn of(path: &'f str, field: &'f Field) -> Self {
        let value = if field.kind.is_key() { format!("{path}.id") } else { path.to_owned() };
        Place { path, value, field }
    }

    fn exists(&self) -> Json {
        json!({ "exists": { "field": self.value } })
    }

    /// A query of one of several keys, as one of the field.
    fn nested(&self, query: Json) -> Json {
        if !mapping::is_nested(self.field) {
            return query;
        }
        json!({ "nested": { "path": self.path, "query": query } })
    }
}

fn search(path: &str, how: Find, needle: &str) -> Json {
    match how {
        Find::Start => folded("prefix", path, needle.to_owned()),
        Find::Inside => folded("wildcard", path, format!("*{}*", glob::literal(needle))),
        Find::End => folded("wildcard", path, format!("*{}", glob::literal(needle))),
        Find::Fits if needle.is_empty() => json!({ "term": { path: "" } }),
        Find::Fits => folded("wildcard", path, needle.to_owned()),
    }
}

/// A query by a text, its letters in any case.
fn folded(query: &str, path: &str, text: String) -> Json {
    if !text.contains(|c: char| c.is_ascii_alphabetic()) {
        return json!({ query: { path: text } });
    }
    json!({ query: { path: { "value": text, "case_insensitive": true } } })
}

/// Texts between and around these, in the order of their bytes, as the index has them. No text
/// comes before the empty one; behind it the first is a NUL, since bounds must not be empty.
fn gaps(path: &str, values: &[&Value]) -> Json {
    let mut texts: Vec<&str> = values.iter().filter_map(|value| value.text()).collect();
    texts.sort_unstable();
    texts.dedup();
    let start = |text: &&str| match *text {
        "" => json!({ "gte": "\0" }),
        text => json!({ "gt": text }),
    };
    let starts = std::iter::once(json!({})).chain(texts.iter().map(start));
    let ends = texts.iter().copied().map(Some).chain([None]);
    let gap = |(mut bounds, end): (Json, Option<&str>)| {
        if let (Some(bounds), Some(end)) = (bounds.as_object_mut(), end) {
            bounds.insert("lt".into(), end.into());
        }
        json!({ "range": { path: bounds } })
    };
    any(starts.zip(ends).filter(|(_, end)| *end != Some("")).map(gap).collect())
}

impl Dsl {
    fn equal(&self, place: &Place<'_>, values: &[&Value]) -> Result<Json, Refusal> {
        let (ids, keys): (Vec<&Value>, Vec<&Value>) =
            values.iter().partition(|value| members(value).next().is_none());
        let ids = (!ids.is_empty()).then(|| self.among(place, &ids));
        let key = |value: &&Value| {
            let is = |(name, at)| json!({ "term": { format!("{}.{name}", place.path): at } });
            let id = self.among(place, &[*value])?;
            let filter: Vec<Json> = std::iter::once(id).chain(members(value).map(is)).collect();
            Ok(json!({ "bool": { "filter": filter } }))
        };
        let parts: Result<Vec<Json>, Refusal> =
            ids.into_iter().chain(keys.iter().map(key)).collect();
        Ok(any(parts?))
    }

    /// The value is one of these.
    fn among(&self, place: &Place<'_>, values: &[&Value]) -> Result<Json, Refusal> {
        let path = &place.value;
        if self.in_words(place.field) {
            let line = place.field.line().unwrap_or(Line::Whole);
            return self.within(place, &points(line, values));
        }
        if folds(place.field) {
            // Engines fold more than ASCII in a `term`, but not in a pattern without wildcards.
            let texts = values.iter().filter_map(|value| value.text()).map(glob::literal);
            return Ok(any(texts.map(|text| folded("wildcard", path, text)).collect()));
        }
        let plain = |value: &&Value| value.text().map_or_else(|| Json::from(*value), Json::from);
        let terms = |values: &[&Value]| match values {
            [only] => json!({ "term": { path: plain(only) } }),
            _ => json!({ "terms": { path: values.iter().map(plain).collect::<Vec<_>>() } }),
        };
        Ok(any(values.chunks(MOST_TERMS).map(terms).collect()))
    }

    /// Some value is none of these. Of several it is asked where it can be instead.
    fn outside(&self, place: &Place<'_>, values: &[&Value]) -> Result<Json, Refusal> {
        if place.field.is_single() || mapping::is_nested(place.field) {
            let equal = self.equal(place, values)?;
            return Ok(json!({ "bool": { "filter": [place.exists()], "must_not": [equal] } }));
        }
        match place.field.kind {
            Type::Integer | Type::Double | Type::Decimal | Type::Timestamp | Type::Date => {
                let line = place.field.line().unwrap_or(Line::Whole);
                let others = ranges::complement(&ranges::union(points(line, values)), line);
                self.within(place, &others)
            }
            Type::Boolean => {
                let other = |value: &bool| !values.contains(&&Value::Bool(*value));
                let others = [true, false].into_iter().filter(other);
                Ok(json!({ "terms": { &place.value: others.collect::<Vec<_>>() } }))
            }
            Type::String if folds(place.field) => {
                let name = &place.field.name;
                let what =
                    format!("a value of `{name}` among others that is none of these, in any case");
                Err(Refusal::new(what, format!("`{name} != …` asks that no value is one of these")))
            }
            Type::String | Type::EntityKey | Type::File | Type::Folder => {
                Ok(gaps(&place.value, values))
            }
        }
    }

    fn within(&self, place: &Place<'_>, ranges: &[Range]) -> Result<Json, Refusal> {
        let line = place.field.line().unwrap_or(Line::Whole);
        let points: Option<Vec<Value>> =
            ranges.iter().map(|range| line.value(range.point()?)).collect();
        if let Some(points) = points.filter(|_| !self.in_words(place.field)) {
            return self.among(place, &points.iter().collect::<Vec<_>>());
        }
        let one = |range: &Range| {
            let sign = |sign| match sign {
                Sign::From => "gte",
                Sign::After => "gt",
                Sign::UpTo => "lte",
                Sign::Before => "lt",
            };
            let bounds: Result<Map<String, Json>, Refusal> = range
                .sides(line)
                .map(|(side, at)| Ok((sign(side).to_owned(), self.at(place.field, line, at)?)))
                .collect();
            Ok(json!({ "range": { &place.value: bounds? } }))
        };
        let parts: Result<Vec<Json>, Refusal> = ranges.iter().map(one).collect();
        Ok(any(parts?))
    }

    /// Whether instants of the field are written as dates.
    fn in_words(&self, field: &Field) -> bool {
        self.native_time && field.kind == Type::Timestamp
    }

    /// The value at a place of the field's line.
    fn at(&self, field: &Field, line: Line, at: At) -> Result<Json, Refusal> {
        match line.value(at) {
            Some(Value::Int(at)) if self.in_words(field) => {
                let text = super::text::instant(at);
                text.map(Json::from).ok_or_else(|| super::text::too_far(field))
            }
            Some(value) => Ok(Json::from(&value)),
            None => Err(super::text::too_far(field)),
        }
    }

    /// The body of a search.
    fn search(&self, query: &Query<'_>, said: Json) -> Result<Json, Vec<Diagnostic>> {
        let Tail { limit, skip, span, .. } = query.tail();
        let mut body = Map::from_iter([("query".to_owned(), said)]);
        let refuse = |refusal: Refusal| vec![refusal.at(*span, PRODUCT)];
        if let Some(Order { field, up }) = Order::of(query).map_err(refuse)? {
            let place = Place::of(self.paths.of(field).map_err(refuse)?, field);
            let order = if up { "asc" } else { "desc" };
            body.insert("sort".into(), json!([{ place.value: { "order": order } }]));
        }
        let from = skip.unwrap_or_default();
        let rest = WINDOW.saturating_sub(from);
        if limit.is_some_and(|limit| limit > rest) || rest == 0 && *limit != Some(0) {
            let what = format!("records beyond the first {WINDOW} of a search");
            let instead = "ask for them by a condition on the field that is sorted by";
            return Err(refuse(Refusal::new(what, instead)));
        }
        if from > 0 {
            body.insert("from".into(), from.into());
        }
        body.insert("size".into(), limit.unwrap_or(rest).into());
        Ok(body.into())
    }
}

/// Values of a line as ranges of one each.
fn points(line: Line, values: &[&Value]) -> Vec<Range> {
    let point = |value: &&Value| {
        let bound = Some(Bound { at: line.place(value)?, form: Written::Inclusive });
        Some(Range { start: bound, end: bound })
    };
    values.iter().filter_map(point).collect()
}
