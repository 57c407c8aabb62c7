//! What is compiled for the API reads back: every request of a random query, decompiled and
//! compiled again, gives the same filters, and no number in it needs more than 32 bits.

mod common;
#[path = "common/fits.rs"]
mod fits;
#[path = "common/sets.rs"]
mod sets;
#[path = "common/tape.rs"]
mod tape;

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value as Json;
use tamis::decompile::decompile;
use tamis::schema::Field;
use tamis::target::Output;
use tamis::value::{IntegerBits, Type, Value};
use tamis::{Options, Schema};
use tape::{Tape, random_query, random_schema};

/// Rows whose operators leave gaps: closed lists of numbers, bounds on one side only.
const GAPS: &str = r#"
name = "gaps"
integer_bits = 32
[[field]]
name = "level"
type = "integer"
operators = ["gte", "lte", "eq"]
values = [{ value = 1, label = "Low" }, { value = 3, label = "Mid" }, { value = 9, label = "High" }]
[[field]]
name = "rank"
type = "integer"
operators = ["range", "gt", "lt", "neq"]
values = [{ value = 0, label = "Zero" }, { value = 5, label = "Five" }, { value = 12, label = "Twelve" }]
[[field]]
name = "up"
type = "integer"
cardinality = "many"
operators = ["gt", "isset"]
values = [{ value = 1, label = "One" }, { value = 2, label = "Two" }]
[[field]]
name = "down"
type = "integer"
cardinality = "one"
operators = ["lt", "gt"]
[[field]]
name = "least"
type = "integer"
operators = ["gte", "lte"]
[[field]]
name = "nick"
type = "string"
case = "insensitive"
operators = ["eq", "neq", "startswith", "endswith", "contains", "matches", "isnotset"]
"#;

/// The same with numbers of 64 bits.
fn wide_gaps() -> String {
    GAPS.replace("integer_bits = 32", "")
}

static SCHEMAS: LazyLock<Vec<Schema>> = LazyLock::new(|| {
    let mut all: Vec<Schema> = ["activities", "alerts", "entities", "files"]
        .iter()
        .map(|name| Schema::builtin(name).unwrap().clone())
        .collect();
    for name in ["plain", "signed", "patterns"] {
        let text = common::read(&format!("cases/schemas/{name}.toml"));
        all.push(Schema::from_toml(&text).unwrap());
    }
    all.push(Schema::from_toml(GAPS).unwrap());
    all.push(Schema::from_toml(&wide_gaps()).unwrap());
    all
});

fn words(field: &Field) -> Vec<String> {
    let named = field.values.iter().flat_map(|values| &values.named);
    let mut words: Vec<String> = named
        .filter(|named| named.value != Value::Null)
        .map(|named| serde_json::to_string(&named.label).unwrap())
        .collect();
    let closed = field.values.as_ref().is_some_and(|values| !values.open);
    let more: &[&str] = match field.kind {
        _ if closed => &[],
        Type::String => &["a", "\"b c\"", "B", "\"10.0.0.1\"", "abc", "ABC", "\"a?*\""],
        Type::Integer if field.bits == IntegerBits::B32 => {
            &["1", "7", "2147483646", "2147483647", "\"-2147483648\"", "20893"]
        }
        Type::Integer => &[
            "1",
            "2147483648",
            "9007199254740993",
            "9223372036854775806",
            "9223372036854775807",
            "\"-9223372036854775808\"",
        ],
        Type::Double | Type::Decimal => &["1", "1.5", "-0.25", "1e3", "0.1"],
        Type::Date => &["2026-10-01", "2026-10", "today", "2026-10-20"],
        Type::Boolean => &["true", "false"],
        Type::Timestamp => &["2026-10-01T00:00Z", "2026-10-20T10:30Z", "1793534400000"],
        Type::EntityKey | Type::File | Type::Folder => &["{ id: a }", "{ id: b, inst: 0 }"],
    };
    words.extend(more.iter().map(|word| (*word).to_owned()));
    words
}

/// A clause with some operator that the field takes.
fn clause(tape: &mut Tape<'_>, schema: &Schema, options: &Options) -> Option<String> {
    const FORMS: [&str; 20] = [
        "= A",
        "!= A",
        "in (A, B)",
        "not in (A, B)",
        "> A",
        ">= A",
        "< A",
        "<= A",
        "between A and B",
        "contains A",
        "not contains A",
        "starts with A",
        "ends with A",
        "matches A",
        "does not match (A, B)",
        "is set",
        "is not set",
        "deq A",
        "in last 7 days",
        "older than 20 days",
    ];
    let field = &schema.fields()[tape.below(schema.fields().len())];
    let words = words(field);
    let mut word = || words.get(tape.below(words.len().max(1))).cloned().unwrap_or_default();
    let (a, b) = (word(), word());
    let first = tape.below(FORMS.len());
    FORMS.iter().cycle().skip(first).take(FORMS.len()).find_map(|form| {
        let text = form.replace('A', &a).replace('B', &b);
        let text = format!("{} {text}", field.name);
        tamis::check(&tamis::parse(&text), schema, options).query.map(|_| text)
    })
}

fn formula(
    tape: &mut Tape<'_>,
    schema: &Schema,
    options: &Options,
    depth: usize,
) -> Option<String> {
    if depth == 0 {
        return clause(tape, schema, options);
    }
    let parts: Option<Vec<String>> = (0..1 + tape.below(3))
        .map(|_| {
            let not = if tape.below(4) == 3 { "not " } else { "" };
            Some(format!("{not}({})", formula(tape, schema, options, depth - 1)?))
        })
        .collect();
    Some(parts?.join(if tape.below(2) == 0 { " and " } else { " or " }))
}

fn requests(text: &str, schema: &Schema, options: &Options) -> Vec<Json> {
    let filters =
        |request: &tamis::target::api::Request| serde_json::to_value(&request.filters).unwrap();
    let compiled = ["api", "plan"].map(|to| tamis::compile(text, schema, to, options));
    let outputs = compiled.into_iter().filter_map(Result::ok).map(|compiled| compiled.output);
    outputs
        .flat_map(|output| match output {
            Output::Api(request) => vec![filters(&request)],
            Output::Plan(plan) => plan.requests.iter().map(filters).collect(),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn hold_their_width(request: &Json, schema: &Schema) {
    for (name, operators) in request.as_object().unwrap() {
        let field = schema.field(name).unwrap();
        if field.kind == Type::Integer {
            for operand in operators.as_object().unwrap().values().filter(|one| one.is_number()) {
                let number = operand.as_i64().unwrap();
                assert!(field.bits.holds(number), "{request}");
            }
        }
    }
}

fn read_back(text: &str, schema: &Schema, options: &Options) {
    for request in requests(text, schema, options) {
        hold_their_width(&request, schema);
        let found = decompile(&request.to_string(), schema, options);
        let [query] = found.queries.as_slice() else { panic!("{text}: {found:?}") };
        assert!(
            !found.diagnostics.iter().any(tamis::Diagnostic::is_error),
            "{text}\n{request}\n{found:?}"
        );
        let again = tamis::compile(query, schema, "api", options);
        let again = again.unwrap_or_else(|errors| panic!("{text}\n{request}\n{query}\n{errors:?}"));
        let Output::Api(again) = again.output else { panic!("no filters") };
        let again = serde_json::to_value(&again.filters).unwrap();
        assert_eq!(again, request, "{text}\n{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn what_is_compiled_reads_back(tape in proptest::collection::vec(any::<u16>(), 120)) {
        let mut tape = Tape(tape.iter());
        let options = tape::options();
        let drawn = tape.below(SCHEMAS.len() + 2);
        let random;
        let (schema, text) = match SCHEMAS.get(drawn) {
            Some(schema) => {
                let depth = tape.below(3);
                (schema, formula(&mut tape, schema, &options, depth))
            }
            None => {
                random = random_schema(&mut tape);
                let text = random_query(&mut tape, &random, 3);
                (&random, Some(text))
            }
        };
        if let Some(text) = text {
            read_back(&text, schema, &options);
        }
    }
}

#[test]
fn bounds_between_the_values_of_a_closed_list_read_back() {
    let schema = Schema::from_toml(GAPS).unwrap();
    let options = tape::options();
    for (request, query) in [
        (r#"{"level":{"gte":2}}"#, "level >= 2"),
        (r#"{"level":{"lte":8}}"#, "level <= 8"),
        (r#"{"up":{"gt":0}}"#, "up > 0"),
    ] {
        let found = decompile(request, &schema, &options);
        assert_eq!(found.queries, [query], "{found:?}");
        assert!(found.diagnostics.is_empty(), "{found:?}");
        read_back(query, &schema, &options);
    }
}

/// The API takes integers of 32 bits, and what is derived at their edge is said with those.
#[test]
fn bounds_at_the_edge_hold_32_bits() {
    let schema = Schema::from_toml(GAPS).unwrap();
    for (query, filters) in [
        ("least > 2147483646", r#"[{"least":{"gte":2147483647}}]"#),
        ("least > 2147483647", "[]"),
        ("least > 2147483647 or nick = a", r#"[{"nick":{"eq":["a"]}}]"#),
        ("not down > 2147483647", "[{}]"),
        ("down >= 2147483647", r#"[{"down":{"gt":2147483646}}]"#),
        ("down > 2147483647", r#"[{"down":{"gt":2147483647}}]"#),
        ("down < \"-2147483648\"", r#"[{"down":{"lt":-2147483648}}]"#),
        ("not down < \"-2147483648\"", "[{}]"),
    ] {
        let requests = Json::from(
            requests(query, &schema, &tape::options()).into_iter().take(1).collect::<Vec<_>>(),
        );
        assert_eq!(requests.to_string(), filters, "{query}");
    }
}

/// Beyond the last number of 64 bits there is none, neither in a query nor in a bound's neighbour.
#[test]
fn bounds_at_the_edge_hold_64_bits() {
    let schema = Schema::from_toml(&wide_gaps()).unwrap();
    for (query, filters) in [
        ("least > 2147483647", r#"[{"least":{"gte":2147483648}}]"#),
        ("least > 9007199254740992", r#"[{"least":{"gte":9007199254740993}}]"#),
        ("least > 9223372036854775806", r#"[{"least":{"gte":9223372036854775807}}]"#),
        ("least > 9223372036854775807", "[]"),
        ("least < \"-9223372036854775808\"", "[]"),
        ("least > 9223372036854775807 or nick = a", r#"[{"nick":{"eq":["a"]}}]"#),
        ("not least > 9223372036854775807", "[{}]"),
        ("least <= 9223372036854775807", r#"[{"least":{"lte":9223372036854775807}}]"#),
        ("not down > 9223372036854775807", "[{}]"),
        ("down >= 9223372036854775807", r#"[{"down":{"gt":9223372036854775806}}]"#),
        ("down >= \"-9223372036854775808\"", "[{}]"),
        ("down <= 9223372036854775807", "[{}]"),
        ("down > 9223372036854775807", "[]"),
    ] {
        let requests = Json::from(
            requests(query, &schema, &tape::options()).into_iter().take(1).collect::<Vec<_>>(),
        );
        assert_eq!(requests.to_string(), filters, "{query}");
    }
}
