//! `wasm/api.d.ts` is printed from the shapes of the answers and the table of requests, and held
//! against what the code takes.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde_json::{Map, Value as Json, json};
use tamis::compare::Relation;
use tamis::diag::Severity;
use tamis::editor::complete::ItemKind;
use tamis::editor::structure::Connective;
use tamis::syntax::Kind;

use crate::shapes::interfaces;

/// A request: its method, its members, what it is answered with, whether only full has it.
struct Request(&'static str, &'static [(&'static str, &'static str)], &'static str, bool);

const TEXT: (&str, &str) = ("text", "string");
const HANDLE: (&str, &str) = ("handle", "number");

/// A member with `?` can be left out.
const REQUESTS: &[Request] = &[
    Request("schemas", &[], "SchemaName[]", false),
    Request(
        "open",
        &[
            ("schema", "string | SchemaForm | { toml: string }"),
            ("now", "number"),
            ("zone?", "Zone | null"),
            ("params?", "Record<string, unknown> | null"),
            ("lacks?", "Lacks | null"),
        ],
        "Opened",
        false,
    ),
    Request(
        "set",
        &[
            HANDLE,
            ("now?", "number"),
            ("zone?", "Zone | null"),
            ("params?", "Record<string, unknown> | null"),
            ("lacks?", "Lacks | null"),
        ],
        "true",
        false,
    ),
    Request("close", &[HANDLE], "true", false),
    Request(
        "analyse",
        &[
            HANDLE,
            TEXT,
            ("caret?", "number | null"),
            ("host?", "HostValue[] | null"),
            ("near?", "boolean"),
        ],
        "Analysis",
        false,
    ),
    Request("hover", &[HANDLE, TEXT, ("offset", "number")], "Hover | null", false),
    Request("explain", &[HANDLE, TEXT], "Text", false),
    Request("format", &[HANDLE, TEXT], "Edited", false),
    Request("quote", &[("value", "string")], "Text", false),
    Request("edit", &[HANDLE, TEXT, ("edit", "Edit")], "Edited", false),
    Request("targets", &[], "Target[]", true),
    Request(
        "compile",
        &[
            HANDLE,
            TEXT,
            ("target", "string"),
            ("whole?", "boolean"),
            ("inline?", "boolean"),
            ("time?", "string"),
            ("native_time?", "boolean"),
            ("table?", "string | null"),
            ("document?", "string | null"),
        ],
        "Compiled",
        true,
    ),
    Request(
        "match",
        &[HANDLE, TEXT, ("record", "object"), ("layout?", "\"nested\" | \"flat\"")],
        "Matched",
        true,
    ),
    Request("decompile", &[HANDLE, ("filters", "unknown")], "Decompiled", true),
    Request("compare", &[HANDLE, TEXT, ("other", "string")], "Compared", true),
    Request("import", &[TEXT, ("name?", "string")], "Imported", true),
];

/// The kinds of edits, each with its members.
const EDITS: &[(&str, &[(&str, &str)])] = &[
    (
        "add",
        &[
            TEXT,
            ("connective?", "Connective"),
            ("group?", "number"),
            ("index?", "number"),
            ("beside?", "Part"),
        ],
    ),
    ("remove", &[("clause?", "number"), ("group?", "number")]),
    ("negate", &[("clause?", "number"), ("group?", "number")]),
    ("mute", &[("clause", "number")]),
    ("unmute", &[("clause", "number")]),
    (
        "replace",
        &[
            ("clause", "number"),
            ("field?", "string"),
            ("operator?", "string"),
            ("operand?", "string"),
            ("values?", "string[]"),
            ("text?", "string"),
        ],
    ),
    ("move", &[("clause?", "number"), ("group?", "number"), ("by", "-1 | 1")]),
    ("join", &[("group", "number"), ("connective", "Connective")]),
];

const HEAD: &str = r#"// What the WebAssembly modules are asked and what they answer: see wasm/README.md.
// Printed from wasm/src by `TAMIS_PRINT=1 cargo test` in wasm; a test compares it.

/** A range of UTF-16 units: start, end. */
export type Span = [number, number];
/** Start, end and kind of a token. */
export type Token = [number, number, TokenKind];
/** The versioned JSON form of a schema: the keys of the TOML form. */
export type SchemaForm = { tamis_schema: 1; name: string; field: object[]; [key: string]: unknown };
/** `UTC`, an offset, or the offsets from UTC that hold from each instant on, in order. */
export type Zone = string | { name: string; changes: [utcMs: number, offsetSeconds: number][] };
/** What a target cannot say. */
export interface Lacks { title: string; fields?: string[]; operators?: string[]; pairs?: [field: string, operator: string][] }
/** A value that the host knows. */
export interface HostValue { text: string; detail?: string }
/** A clause or group by its number. */
export type Part = { clause: number } | { group: number };
/** An item of a group. */
export type TreeItem = { clause: number } | { group: Group } | { unreadable: Span };
/** An answer that is an error. */
export interface Failure {
  code: "request" | "method" | "handle" | "schema" | "zone" | "refused" | "query" | "record" | "target";
  message: string;
  problems?: Problem[];
}
/** Every answer. */
export type Answer<T> = { ok: T } | { error: Failure };
"#;

fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

fn words<T: serde::Serialize>(name: &str, all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(word).collect();
    format!("export type {name} = {};\n", all.join(" | "))
}

/// Kinds of tokens. A new one does not compile until it is here.
fn kinds() -> Vec<Kind> {
    use Kind::*;
    let all = vec![
        Comment, Keyword, Connective, Field, Member, Operator, Word, Number, Text, Parameter,
        Reference, Mark, Invalid,
    ];
    for kind in &all {
        match kind {
            Comment | Keyword | Connective | Field | Member | Operator | Word | Number | Text
            | Parameter | Reference | Mark | Invalid => {}
        }
    }
    all
}

fn items() -> Vec<ItemKind> {
    use ItemKind::*;
    let all = vec![Field, Operator, Value, Connective, Mark, Keyword, Filter, Parameter];
    for kind in &all {
        match kind {
            Field | Operator | Value | Connective | Mark | Keyword | Filter | Parameter => {}
        }
    }
    all
}

fn relations() -> Vec<Relation> {
    use Relation::*;
    let all = vec![Same, Narrower, Wider, Overlapping, Disjoint, Undecided];
    for relation in &all {
        match relation {
            Same | Narrower | Wider | Overlapping | Disjoint | Undecided => {}
        }
    }
    all
}

fn severities() -> Vec<Severity> {
    let all = vec![Severity::Error, Severity::Warning];
    for severity in &all {
        match severity {
            Severity::Error | Severity::Warning => {}
        }
    }
    all
}

fn members(all: &[(&str, &str)]) -> String {
    all.iter().map(|(name, kind)| format!("; {name}: {kind}")).collect()
}

fn declarations() -> String {
    let mut out = String::from(HEAD);
    out.push_str(&words("TokenKind", &kinds()));
    out.push_str(&words("ItemKind", &items()));
    out.push_str(&words("Severity", &severities()));
    out.push_str(&words("Connective", &[Connective::And, Connective::Or]));
    out.push_str(&words("Relation", &relations()));
    out.push_str(&interfaces());
    out.push_str("\n/** An edit on the clauses of a text: `clause` or `group` where both can be given. */\nexport type Edit =\n");
    for (kind, all) in EDITS {
        out.push_str(&format!("  | {{ kind: \"{kind}\"{} }}\n", members(all)));
    }
    out.push_str("  ;\n\n/** Each method: what it is asked with and answers. Those marked full are not in core. */\nexport interface Methods {\n");
    for Request(method, all, answer, full) in REQUESTS {
        let mark = if *full { "  /** full */\n" } else { "" };
        let all = members(all);
        out.push_str(&format!(
            "{mark}  {method}: {{ request: {{ method: \"{method}\"{all} }}; ok: {answer} }};\n"
        ));
    }
    out.push_str("}\n");
    out
}

#[test]
fn the_types_are_those_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/api.d.ts");
    let now = declarations();
    if std::env::var_os("TAMIS_PRINT").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert_eq!(kept, now, "print it anew: TAMIS_PRINT=1 cargo test");
}

fn ask(request: &Json) -> Json {
    serde_json::from_slice(&crate::answer(request.to_string().as_bytes())).unwrap()
}

/// A value of a type, and one of another.
fn specimen(kind: &str) -> (Json, Json) {
    match kind {
        "number" | "number | null" => (json!(0), json!("x")),
        "-1 | 1" => (json!(1), json!(2)),
        "string" | "string | null" => (json!("a = 1"), json!(7)),
        "string[]" => (json!(["a"]), json!("a")),
        "boolean" => (json!(true), json!("yes")),
        "object" => (json!({}), json!([])),
        "unknown" => (json!({"filters": {}}), Json::Null),
        "Connective" => (json!("or"), json!("xor")),
        "Part" => (json!({"clause": 0}), json!({"clause": 0, "group": 0})),
        "Zone | null" => (json!("UTC"), json!("Nowhere/City")),
        "Lacks | null" => (json!({"title": "t"}), json!({"fields": []})),
        "HostValue[] | null" => (json!([{"text": "a"}]), json!([{"detail": "a"}])),
        "Record<string, unknown> | null" => (json!({"p": 1}), json!([1])),
        "\"nested\" | \"flat\"" => (json!("flat"), json!("deep")),
        "string | SchemaForm | { toml: string }" => (json!("alerts"), json!(3)),
        "Edit" => (json!({"kind": "negate", "clause": 0}), json!({"kind": "bend"})),
        other => panic!("no specimen of {other}"),
    }
}

fn is_fault(answer: &Json, code: &str) -> bool {
    answer["error"]["code"] == code
}

/// Every declared member is taken, of its type alone; one that is not declared is refused.
fn try_members(all: &[(&str, &str)], send: &dyn Fn(Map<String, Json>) -> Json) {
    let needed = all.iter().filter(|(name, _)| !name.ends_with('?'));
    let base: Map<String, Json> =
        needed.map(|(name, kind)| ((*name).to_owned(), specimen(kind).0)).collect();
    let unknown = |answer: &Json| {
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        is_fault(answer, "request") && message.contains("no member")
    };
    let mut extra = base.clone();
    extra.insert("nonsense".into(), json!(1));
    assert!(!all.is_empty() && !unknown(&send(base.clone())), "{base:?}");
    for (name, kind) in all {
        let name = name.trim_end_matches('?').to_owned();
        let (right, wrong) = specimen(kind);
        let mut with = base.clone();
        with.insert(name.clone(), right);
        assert!(!unknown(&send(with.clone())), "{name} is declared: {}", send(with));
        if *kind != "unknown" {
            let mut with = base.clone();
            with.insert(name.clone(), wrong);
            let answer = send(with);
            assert!(answer.get("error").is_some(), "{name} takes what is not {kind}: {answer}");
        }
    }
}

fn opened() -> Json {
    ask(&json!({"method": "open", "schema": "activities", "now": 0}))["ok"]["handle"].clone()
}

#[test]
fn requests_take_what_is_declared() {
    for Request(method, all, _, full) in REQUESTS {
        let send = |mut members: Map<String, Json>| {
            members.insert("method".into(), json!(method));
            // Some requests close it.
            members.entry("handle").and_modify(|handle| {
                if *handle == json!(0) {
                    *handle = opened();
                }
            });
            if !all.iter().any(|(name, _)| *name == "handle") {
                members.remove("handle");
            }
            ask(&Json::Object(members))
        };
        if *full && !cfg!(feature = "full") {
            assert!(is_fault(&send(Map::new()), "method"), "{method} is not in core");
            continue;
        }
        if !all.is_empty() {
            try_members(all, &send);
        }
        let mut extra: Map<String, Json> = Map::new();
        for (name, kind) in all.iter().filter(|(name, _)| !name.ends_with('?')) {
            extra.insert((*name).to_owned(), specimen(kind).0);
        }
        extra.insert("nonsense".into(), json!(1));
        assert!(is_fault(&send(extra), "request"), "{method}");
    }
    for (kind, all) in EDITS {
        let send = |mut edit: Map<String, Json>| {
            edit.insert("kind".into(), json!(kind));
            ask(
                &json!({"method": "edit", "handle": opened(), "text": "a = 1 and b = 2", "edit": edit}),
            )
        };
        try_members(all, &send);
    }
}
