//! One meaning for both ways to read a record: what `serde_json` refuses, the reader of raw lines
//! refuses, and of what both take every field has the same values.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value as Json;
use tamis::Schema;
use tamis::matcher::{Layout, Line, Members, Reading};

const SCHEMA: &str = r#"
name = "readings"
[[field]]
name = "text"
type = "string"
cardinality = "many"
operators = ["eq"]
record = "text[]"
[[field]]
name = "number"
type = "integer"
cardinality = "many"
operators = ["eq"]
record = "number[]"
[[field]]
name = "flag"
type = "boolean"
operators = ["eq"]
record = "flag"
[[field]]
name = "time"
type = "timestamp"
operators = ["eq"]
record = "time"
[[field]]
name = "deep"
type = "string"
operators = ["eq"]
record = "a.b"
"#;

static READINGS: LazyLock<(Vec<String>, Vec<Reading>, Members)> = LazyLock::new(|| {
    let schema = Schema::from_toml(SCHEMA).unwrap();
    let names = schema.fields().iter().map(|field| field.name.clone()).collect();
    let read = |field| Reading::new(field, Layout::Nested).unwrap();
    let readings: Vec<Reading> = schema.fields().iter().map(read).collect();
    let members = Members::of(readings.iter());
    (names, readings, members)
});

fn same(text: &str) {
    let (names, readings, members) = &*READINGS;
    let parsed = serde_json::from_str::<Json>(text).ok().filter(Json::is_object);
    let line = Line::read(text, members);
    match (parsed, line) {
        (Some(parsed), Ok(line)) => {
            for (reading, name) in readings.iter().zip(names) {
                let (a, b) = (reading.values(&parsed), reading.values(line.record()));
                assert_eq!(a, b, "{name} of {text}");
            }
        }
        (None, Err(wrong)) => assert!(wrong.place <= text.len(), "{text}: {wrong:?}"),
        (parsed, line) => panic!("{text}: {parsed:?} but {line:?}"),
    }
}

const EDGES: &[&str] = &[
    "1e400",
    "-1e400",
    "1E+400",
    "1e308",
    "1.8e308",
    "1e309",
    "1e-400",
    "1e0000001",
    "1e00000400",
    "123456789012345678901234567890",
    "-123456789012345678901234567890",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "9007199254740993",
    "9007199254740993.0",
    "5.0",
    "-0",
    "-0.0",
    "0e0",
    "0.1",
    "1e2",
    "1E2",
    "100e-2",
    "01",
    "1.",
    ".5",
    "+1",
    "-",
    "1e",
    "0x1",
    "NaN",
    "Infinity",
    "-Infinity",
    r#""\ud800""#,
    r#""\udc00""#,
    r#""\ud83d\ude00""#,
    r#""\ud83d\ud83d\ude00""#,
    r#""\ude00\ud83d""#,
    r#""\\ud800""#,
    r#""\\\ud800""#,
    r#""\uD83D\uDE00x""#,
    r#""\ud83dx""#,
    r#""\ud83d\n""#,
    r#""\u0000""#,
    r#""\u00zz""#,
    r#""\x""#,
    r#""\u12""#,
    "\"\t\"",
    "\"\u{7f}\"",
    "\"\u{1}\"",
    r#""1e400""#,
    r#""5""#,
    r#""05""#,
    r#""1e2""#,
    r#""true""#,
    "tru",
    "nul",
    "True",
    r#"{"b":"1e999"}"#,
    r#"{"b":1e999}"#,
    "[1,]",
    "[,]",
    "{\"b\":1,}",
];

#[test]
fn numbers_and_escapes_at_the_edge_mean_the_same() {
    let digits = |count: usize| "9".repeat(count);
    let mut values: Vec<String> = EDGES.iter().map(|text| (*text).to_owned()).collect();
    for count in [199, 200, 201, 308, 309, 310, 400, 1000] {
        values.push(digits(count));
        values.push(format!("{}.5", digits(count)));
        values.push(format!("0.{}", digits(count)));
        values.push(format!("{}e99", digits(count)));
        values.push(format!("1{}e-99", "0".repeat(count)));
        values.push(format!("\"{}\"", digits(count)));
        values.push(format!("0.{}1e400", "0".repeat(count)));
        values.push(format!("{}.{}e309", digits(2), digits(count)));
    }
    for value in &values {
        for name in ["text", "number", "flag", "time", "a", "unread", r"te\u0078t", r"\ud800"] {
            same(&format!("{{\"{name}\":{value}}}"));
            same(&format!("{{\"{name}\":[{value},1]}}"));
            same(&format!(" {{\"x\":{{\"y\":[{value}]}},\"{name}\" : {value} }} "));
            same(&format!("{{\"{name}\":1,\"{name}\":{value}}}"));
        }
    }
    for text in [
        "",
        "{}",
        "{} x",
        "[]",
        "1",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "\u{feff}{}",
        "{\"text\":1}{}",
        "{,}",
    ] {
        same(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn both_readings_agree(
        parts in proptest::collection::vec(prop_oneof![
            "[0-9]{1,4}", "[0-9]{180,330}", Just("e".to_owned()), Just("E+4".to_owned()), Just(".".to_owned()),
            Just("-".to_owned()), Just("\\u".to_owned()), Just("\\ud8".to_owned()), Just("\\udc00".to_owned()),
            Just("\"".to_owned()), Just("\\".to_owned()), Just(",".to_owned()), Just("[".to_owned()),
            Just("]".to_owned()), Just("null".to_owned()), Just("true".to_owned()), "[ -~]", "\\PC",
        ], 0..8),
        quoted in any::<bool>(),
        name in prop_oneof![Just("text"), Just("number"), Just("time"), Just("flag"), Just("z")],
    ) {
        let value = parts.concat();
        let value = if quoted { format!("\"{value}\"") } else { value };
        same(&format!("{{\"{name}\":{value}}}"));
        same(&format!("{{\"z\":\"{value}\",\"{name}\":1}}"));
    }
}
