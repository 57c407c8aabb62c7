//! `tamis lsp`, driven over its standard input and output as an editor drives it. The session is
//! kept in `snapshots/lsp`.

mod common;

use std::fmt::Write as _;
use std::io::BufReader;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value, json};

/// An editor that is connected to a server.
struct Editor {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    asked: i32,
}

impl Editor {
    fn start() -> Self {
        let mut command = common::tamis();
        command.args(["lsp", "--stdio", "--now", "2026-11-01T12:00:00Z"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Editor { child, to, from: BufReader::new(from), asked: 0 }
    }

    fn tell(&mut self, method: &str, params: Value) {
        let notice = Notification { method: method.to_owned(), params };
        Message::Notification(notice).write(&mut self.to).unwrap();
    }

    fn hear(&mut self) -> Message {
        Message::read(&mut self.from).unwrap().unwrap()
    }

    fn ask(&mut self, method: &str, params: Value) -> Response {
        self.asked += 1;
        let request = Request { id: self.asked.into(), method: method.to_owned(), params };
        Message::Request(request).write(&mut self.to).unwrap();
        match self.hear() {
            Message::Response(response) => {
                assert_eq!(response.id, self.asked.into());
                response
            }
            other => panic!("{method} is answered by {other:?}"),
        }
    }

    /// The diagnostics that the server sends by itself.
    fn diagnostics(&mut self) -> Value {
        match self.hear() {
            Message::Notification(notice) => {
                assert_eq!(notice.method, "textDocument/publishDiagnostics");
                notice.params["diagnostics"].clone()
            }
            other => panic!("no diagnostics but {other:?}"),
        }
    }
}

const URI: &str = "file:///query.tamis";

const TEXT: &str = "# 🦀 comments move no column\nlet risky = ip.category = Rissky\n  and user.username = \"🦀\" and service in (\n    Box,\n    11770\n  )\n@risky and   date >= ";

fn result(response: Response) -> Value {
    serde_json::to_value(response).unwrap()["result"].clone()
}

/// What the server says of a text beside the tests' own schema.
fn said(text: &str) -> Vec<String> {
    let mut editor = Editor::start();
    editor.ask("initialize", json!({ "capabilities": {} }));
    editor.tell("initialized", json!({}));
    let uri = format!("file://{}/tests/suite/good/cloud/query.tamis", env!("CARGO_MANIFEST_DIR"));
    let document = json!({ "uri": uri, "languageId": "tamis", "version": 1, "text": text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let found = editor.diagnostics();
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    assert!(editor.child.wait().unwrap().success());
    let codes = found.as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap());
    codes.map(str::to_owned).collect()
}

#[test]
fn headers_say_schema_parameters_and_what_is_wrong_with_them() {
    let cases: &[(&str, &[&str])] = &[
        ("fileType = 1", &["T0201"]),
        ("# schema: files\nfileType = 1", &[]),
        ("# schema: things.toml\nservice = Box", &["T0201"]),
        ("# schema: nothing.toml\nservice = Box", &["T0902"]),
        ("# schema: activities\n# targts: api\nservice = Box", &["T0901"]),
        ("# a remark: of a person\nservice = Box", &[]),
        ("user.username = $who", &[]),
        ("# targets: api\n# param: who=alice\nuser.username = $who", &[]),
        ("# targets: api\n# param: who=alice\nuser.username = $whom", &["T0208", "T0207"]),
        ("# targets: api\n# now: soon\ndate in last 7 days", &["T0902"]),
    ];
    for (text, codes) in cases {
        assert_eq!(said(text), *codes, "{text}");
    }
}

#[test]
fn a_client_that_leaves_without_a_shutdown_is_told_so() {
    let mut editor = Editor::start();
    editor.ask("initialize", json!({ "capabilities": {} }));
    editor.tell("initialized", json!({}));
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1));
}

/// Titles of the actions at a place in [`TEXT`], of the kinds that are asked for.
fn titles(editor: &mut Editor, only: Value) -> Vec<Value> {
    let place = json!({ "line": 1, "character": 27 });
    let range = json!({ "start": place, "end": place });
    let context = json!({ "diagnostics": [], "only": only });
    let document = json!({ "uri": URI });
    let asked = json!({ "textDocument": document, "range": range, "context": context });
    let actions = result(editor.ask("textDocument/codeAction", asked));
    actions.as_array().unwrap().iter().map(|action| action["title"].clone()).collect()
}

#[test]
fn actions_are_of_the_kinds_that_are_asked_for() {
    let mut editor = Editor::start();
    editor.ask("initialize", json!({ "capabilities": {} }));
    editor.tell("initialized", json!({}));
    let document = json!({ "uri": URI, "languageId": "tamis", "version": 1, "text": TEXT });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    editor.diagnostics();
    let all = titles(&mut editor, Value::Null);
    let fixes = titles(&mut editor, json!(["quickfix"]));
    let edits = titles(&mut editor, json!(["refactor"]));
    assert!(!fixes.is_empty() && !edits.is_empty());
    assert_eq!([fixes, edits].concat(), all);
    assert_eq!(titles(&mut editor, json!([""])), all);
    assert!(titles(&mut editor, json!(["refactor.extract", "source", "quick"])).is_empty());
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    assert!(editor.child.wait().unwrap().success());
}

#[test]
fn a_session() {
    let mut editor = Editor::start();
    let mut page = String::new();
    let mut show = |title: &str, value: &Value| {
        writeln!(page, "--- {title}\n{}", serde_json::to_string_pretty(value).unwrap()).unwrap();
    };
    show("initialize", &result(editor.ask("initialize", json!({ "capabilities": {} }))));
    editor.tell("initialized", json!({}));
    let document = json!({ "uri": URI, "languageId": "tamis", "version": 1, "text": TEXT });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    show("diagnostics", &editor.diagnostics());

    let document = json!({ "uri": URI });
    let at = |line: u32, character: u32| {
        let position = json!({ "line": line, "character": character });
        json!({ "textDocument": document, "position": position })
    };
    let mut items = result(editor.ask("textDocument/completion", at(6, 21)));
    items["items"].as_array_mut().unwrap().truncate(2);
    show("completion behind `date >= `", &items);
    show("hover on the crab", &result(editor.ask("textDocument/hover", at(2, 23))));
    show("definition of @risky", &result(editor.ask("textDocument/definition", at(6, 3))));
    let whole = json!({ "textDocument": document });
    show("symbols", &result(editor.ask("textDocument/documentSymbol", whole.clone())));
    show("folding", &result(editor.ask("textDocument/foldingRange", whole.clone())));
    let positions = json!([{ "line": 4, "character": 5 }, { "line": 0, "character": 0 }]);
    let asked = json!({ "textDocument": document, "positions": positions });
    show("selections at 11770", &result(editor.ask("textDocument/selectionRange", asked)));
    let tokens = result(editor.ask("textDocument/semanticTokens/full", whole));
    writeln!(page, "--- tokens\n{}", tokens["data"]).unwrap();

    let place = json!({ "line": 1, "character": 27 });
    let range = json!({ "start": place, "end": place });
    let asked =
        json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
    let actions = result(editor.ask("textDocument/codeAction", asked));
    let mut show = |title: &str, value: &Value| {
        writeln!(page, "--- {title}\n{}", serde_json::to_string_pretty(value).unwrap()).unwrap();
    };
    show("actions at Rissky", &actions);

    let changes = json!([{ "text": "service==Box&&date gte_ndays 7" }]);
    let version = json!({ "uri": URI, "version": 2 });
    let changed = json!({ "textDocument": version, "contentChanges": changes });
    editor.tell("textDocument/didChange", changed);
    assert_eq!(editor.diagnostics(), json!([]));
    let asked =
        json!({ "textDocument": document, "options": { "tabSize": 2, "insertSpaces": true } });
    show("formatting", &result(editor.ask("textDocument/formatting", asked)));

    let unknown = editor.ask("tamis/nothing", json!({}));
    assert!(serde_json::to_value(unknown).unwrap()["error"]["message"].is_string());
    let bad = editor.ask("textDocument/hover", json!({ "place": 3 }));
    assert!(serde_json::to_value(bad).unwrap()["error"]["message"].is_string());
    editor.ask("shutdown", Value::Null);
    let late = editor.ask("textDocument/hover", json!({ "place": 3 }));
    assert_eq!(serde_json::to_value(late).unwrap()["error"]["code"], -32600);
    editor.tell("exit", Value::Null);
    assert!(editor.child.wait().unwrap().success());

    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/lsp");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("session", page));
}

/// The body of the next message, whatever it is.
fn body(from: &mut BufReader<ChildStdout>) -> Value {
    use std::io::{BufRead as _, Read as _};
    let mut header = String::new();
    while !header.ends_with("\r\n\r\n") {
        assert!(from.read_line(&mut header).unwrap() > 0, "the server has left: {header}");
    }
    let length = header.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
    let mut body = vec![0; length];
    from.read_exact(&mut body).unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[test]
fn what_is_no_message_is_answered_by_an_error_and_the_next_one_is_read() {
    use std::io::Write as _;
    let mut editor = Editor::start();
    editor.ask("initialize", json!({ "capabilities": {} }));
    editor.tell("initialized", json!({}));
    for bad in [
        "Content-Length: 18446744073709551615\r\n\r\n{}",
        "Content-Length: 9000000000000\r\n\r\n",
        "Content-Length: nine\r\n\r\n{\"jsonrpc\":\"2.0\"}",
        "Content-Length: 4\r\n\r\n{\"a\"",
    ] {
        editor.to.write_all(bad.as_bytes()).unwrap();
        // What follows shows where the bad one ends.
        editor.asked += 1;
        let request = Request {
            id: editor.asked.into(),
            method: "textDocument/foldingRange".to_owned(),
            params: json!({ "textDocument": { "uri": URI } }),
        };
        Message::Request(request).write(&mut editor.to).unwrap();
        let error = body(&mut editor.from);
        assert_eq!(error["error"]["code"], -32700, "{bad}: {error}");
        assert_eq!(error["id"], Value::Null);
        let answer = body(&mut editor.from);
        assert_eq!((&answer["id"], &answer["result"]), (&json!(editor.asked), &json!([])));
    }
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    assert!(editor.child.wait().unwrap().success());
}
