//! The program as other tools rely on it: exit codes, streams, hostile input.

mod common;

use common::{Batch, run};
use serde_json::{Value, json};
use tamis::target::Choice;

const NOW: [&str; 2] = ["--now", "2026-11-01T12:00:00Z"];

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_query_prints_its_filters() {
    let expected = "{\"filters\":{\"ip.category\":{\"eq\":[3]},\"date\":{\"gte_ndays\":7}}}\n";
    let query = "ip.category = Risky and date gte_ndays 7";
    for arguments in [
        vec![query],
        vec!["compile", query],
        vec!["compile", query, "--to", "api"],
        vec!["--to", "api", query],
    ] {
        let output = run(&arguments, b"");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), expected.into()));
        assert!(output.stderr.is_empty());
    }
    let output = run(&[], query.as_bytes());
    assert_eq!(text(&output.stdout), expected);
}

#[test]
fn results_and_diagnostics_keep_to_their_streams() {
    let output = run(&["ip.category = Rissky"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains("did you mean `Risky`?"));
    let output = run(&["service = 11770 limit 3"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("T0503"));
}

#[test]
fn diagnostics_come_as_json_lines() {
    let output = run(&["--message-format", "json", "ip.category = Rissky and servce = 1"], b"");
    let lines: Vec<Value> =
        text(&output.stderr).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["code"], "T0303");
    assert_eq!(lines[0]["span"], json!([14, 20]));
    assert_eq!(lines[0]["message_key"], "unknown_value");
    assert_eq!(lines[0]["args"], json!({"field": "ip.category", "value": "Rissky"}));
    assert_eq!(lines[0]["help_key"], "did_you_mean");
    assert_eq!(lines[0]["help_args"], json!({"names": ["Risky"]}));
    assert_eq!(
        lines[0]["fixes"][0],
        json!({
            "title": "change to `Risky`", "span": [14, 20], "text": "Risky", "safe": false,
            "key": "change_to", "args": {"text": "Risky"}
        })
    );
    let output =
        run(&["--message-format", "json", "let a = service = 1\nlet a = service = 2\n@a"], b"");
    let found: Value = serde_json::from_str(text(&output.stderr).lines().next().unwrap()).unwrap();
    let label = json!({"span": [4, 5], "text": "first here", "key": "first_here", "args": {}});
    assert_eq!(found["labels"][0], label);
}

#[test]
fn usage_and_input_errors_exit_with_2() {
    for arguments in [
        vec!["--nonsense"],
        vec!["--to", "sqlite", "--time", "min", "service = 1"],
        vec!["--to", "sqlite", "--time", "s", "--native-time", "service = 1"],
        vec!["--to", "oracle", "service = 1"],
        vec!["--now", "yesterday", "service = 1"],
        vec!["--timezone", "Nowhere/City", "service = 1"],
        vec!["--param", "novalue", "service = 1"],
        vec!["--limit", "width=3", "service = 1"],
        vec!["--file", "/no/such/file"],
        vec!["--file", "."],
    ] {
        let output = run(&arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

/// A form that a target would not look at is refused before the query is read, never ignored.
#[test]
fn targets_take_the_flags_that_they_have_a_choice_in_and_no_others() {
    for target in tamis::target::all() {
        for choice in Choice::ALL {
            let flag = match choice {
                Choice::Table | Choice::Document => format!("--{}=t", choice.name()),
                Choice::Time => format!("--{}=native", choice.name()),
            };
            let output = run(&["--to", target.name(), &flag, "service = nonsense"], b"");
            let taken = target.choices().contains(choice);
            let status = output.status.code();
            assert_eq!(status, Some(if taken { 1 } else { 2 }), "{} {flag}", target.name());
            let told = text(&output.stderr).contains("these do: ");
            assert_eq!(told, !taken, "{} {flag}", target.name());
        }
    }
    let output = run(&["schema", "ddl", "--to", "opensearch", "--document"], b"");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn hostile_input_gets_an_answer_or_a_diagnostic() {
    let nested = format!("{}service = 1{}", "(".repeat(10_000), ")".repeat(10_000));
    let records = format!("entity = {}", "{ id: ".repeat(10_000));
    let negations = format!("{}service = 1", "not ".repeat(100_000));
    let list = format!(
        "user.username in ({})",
        (0..100_000).map(|n| format!("u{n}")).collect::<Vec<_>>().join(", ")
    );
    let lets = (0..10_000).map(|n| format!("let f{n} = @f{}\n", n + 1)).collect::<String>();
    let cases: Vec<(Vec<u8>, i32)> = vec![
        (b"".to_vec(), 0),
        (b"\xff\xfe\x00".to_vec(), 1),
        (b"\0\0\0".to_vec(), 1),
        (nested.into_bytes(), 1),
        (records.into_bytes(), 1),
        (negations.into_bytes(), 0),
        (list.into_bytes(), 0),
        (lets.into_bytes(), 1),
        (vec![b'('; 1_000_000], 1),
        (vec![b')'; 100_000], 1),
        (vec![b'"'; 100_001], 1),
        (b"a = ".repeat(100_000), 1),
        ("\u{202e}service = 1".into(), 1),
        ("service = 1 \u{feff}".into(), 1),
    ];
    for (input, code) in cases {
        let output = run(&[], &input);
        let shown = String::from_utf8_lossy(&input[..input.len().min(40)]).into_owned();
        assert_eq!(
            output.status.code(),
            Some(code),
            "{shown}: {}",
            text(&output.stderr[..output.stderr.len().min(500)])
        );
        assert!(output.stderr.len() < 1_000_000, "{shown}: diagnostics stay short");
    }
}

#[test]
fn a_closed_pipe_is_no_panic() {
    use std::process::Stdio;
    let mut child = common::tamis()
        .arg("--help")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!text(&output.stderr).contains("panicked"));

    let list = format!(
        "service in ({})",
        (0..100_000).map(|n| n.to_string()).collect::<Vec<_>>().join(",")
    );
    let mut child = common::tamis()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), list.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
}

#[test]
fn parameters_never_change_the_structure() {
    let hostile = "x\" or service = 1 #";
    let query = "user.username = $who";
    let output = run(&[query, "--param", &format!("who={hostile}")], b"");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["filters"], json!({"user.username": {"eq": [hostile]}}));
    let output = run(
        &[
            "service in $apps and date in last $days days",
            "--param",
            "apps:=[11161, \"Box\"]",
            "--param",
            "days=7",
        ],
        b"",
    );
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        answer["filters"],
        json!({"service": {"eq": [11161, 10489]}, "date": {"gte_ndays": 7}})
    );
    let output = run(&["user.username in $who", "--param", "who=a", "--param", "who=b"], b"");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["filters"], json!({"user.username": {"eq": ["a", "b"]}}));
}

#[test]
fn body_and_curl_carry_the_tail() {
    let query = "service = Box order by date desc limit 10 skip 20";
    let output = run(&[query, "--body"], b"");
    let expected = "{\"filters\":{\"service\":{\"eq\":[10489]}},\"skip\":20,\"limit\":10,\"sortField\":\"date\",\"sortDirection\":\"desc\"}\n";
    assert_eq!(text(&output.stdout), expected);
    let output = run(&["user.username = \"it's\"", "--curl"], b"");
    let command = text(&output.stdout);
    assert!(command.contains("/api/v1/activities/") && command.contains("TAMIS_API_TOKEN"));
    assert!(command.contains(r#"["it'\''s"]"#), "{command}");
    assert_eq!(run(&["service = Box limit 101", "--body"], b"").status.code(), Some(1));
}

#[test]
fn zones_and_the_clock_are_inputs() {
    let at = |query: &str, zone: &str| {
        let output = run(&[query, NOW[0], NOW[1], "--timezone", zone], b"");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["filters"]["date"].clone()
    };
    assert_eq!(at("date >= 2026-10-25", "UTC"), json!({"gte": 1_792_886_400_000_i64}));
    assert_eq!(at("date >= 2026-10-25", "Europe/Paris"), json!({"gte": 1_792_879_200_000_i64}));
    // The day on which Paris leaves summer time has 25 hours.
    let day = at("date on 2026-10-25", "Europe/Paris");
    let length =
        day["range"][0]["end"].as_i64().unwrap() - day["range"][0]["start"].as_i64().unwrap() + 1;
    assert_eq!(length, 25 * 3_600_000);
    assert_eq!(at("date >= now-1h", "UTC"), json!({"gte": 1_793_534_400_000_i64 - 3_600_000}));
}

#[test]
fn a_batch_answers_line_by_line() {
    let mut batch = Batch::start(&NOW);
    let answer = batch.ask(&json!({"query": "service = 1"}));
    assert_eq!(
        answer,
        json!({"id": null, "ok": true, "output": {"filters": {"service": {"eq": [1]}}}, "warnings": []})
    );
    let answer = batch.ask(&json!({"id": 7, "query": "severity = High", "schema": "alerts"}));
    assert_eq!(answer["output"]["filters"], json!({"severity": {"eq": [2]}}));
    let answer =
        batch.ask(&json!({"id": "s", "query": "service = $x", "to": "sqlite", "params": {"x": 5}}));
    assert_eq!(answer["output"], json!({"sql": "\"service\" = ?", "params": [5]}));
    let answer = batch.ask_raw(b"{\"id\": 3, \"query\"");
    assert_eq!(
        (answer["ok"].clone(), answer["diagnostics"][0]["code"].clone()),
        (json!(false), json!("T0607"))
    );
    let answer = batch.ask_raw(b"\xff");
    assert_eq!(answer["ok"], json!(false));
    let answer = batch.ask(&json!({"query": "x", "schema": "nothing"}));
    assert_eq!(answer["diagnostics"][0]["code"], "T0703");
    let answer = batch.ask(&json!({"query": "service = 1", "to": "oracle"}));
    assert_eq!(answer["diagnostics"][0]["code"], "T0504");
    let answer = batch.ask(&json!({"query": "date >= now", "now": "2026-11-01T12:00:00+01:00"}));
    assert_eq!(answer["output"]["filters"]["date"]["gte"], json!(1_793_530_800_000_i64));
    let answer = batch.ask(&json!({"query": "date >= now", "now": "soon"}));
    assert_eq!(answer["ok"], json!(false));
    let answer = batch.ask(&json!({"query": "service = 1 limit 3"}));
    assert_eq!(answer["warnings"][0]["code"], "T0503");
}

#[test]
fn schemas_are_listed_shown_checked_and_turned_into_tables() {
    assert!(text(&run(&["schema", "list"], b"").stdout).lines().count() == 4);
    assert!(text(&run(&["schema", "show", "alerts"], b"").stdout).contains("resolutionStatus"));
    assert!(
        text(&run(&["schema", "show", "activities", "ip.category"], b"").stdout)
            .contains("Cloud provider")
    );
    let file = common::path("errors/museum.toml");
    assert_eq!(run(&["schema", "check", file.to_str().unwrap()], b"").status.code(), Some(0));
    let output = run(&["shade = red", "--schema", file.to_str().unwrap()], b"");
    assert_eq!(text(&output.stdout), "{\"filters\":{\"shade\":{\"eq\":[\"red\"]}}}\n");
    let file = common::path("errors/twice.toml");
    let output = run(&["schema", "check", file.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("is used twice"));
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&["completions", shell], b"");
        assert!(output.status.success() && output.stdout.len() > 1000, "{shell}");
    }
}

#[test]
fn safe_fixes_are_applied_and_said() {
    let query = "ip.category:Risky & servce = 1";
    let output = run(&["check", "--fix", query], b"");
    assert_eq!(output.status.code(), Some(1), "what is found by likeness is left");
    assert_eq!(text(&output.stdout), "ip.category = Risky and servce = 1\n");
    let said = text(&output.stderr);
    assert!(said.contains("change to `ip.category = Risky`") && said.contains("T0201"), "{said}");
    let output = run(&["fmt", "--fix"], "service＝Box，Dropbox".as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "service in (Box, Dropbox)\n");
}

#[test]
fn a_file_is_fixed_in_place_and_once() {
    let folder = std::env::temp_dir().join(format!("tamis-fix-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("query.tamis");
    std::fs::write(&file, "service: Box // the box\n").unwrap();
    let name = file.to_str().unwrap();
    let output = run(&["check", "--fix", "--file", name], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "service = Box # the box\n");
    let again = run(&["check", "--fix", "--file", name], b"");
    assert_eq!((again.status.code(), text(&again.stderr)), (Some(0), String::new()));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    std::fs::remove_dir_all(&folder).unwrap();
}
