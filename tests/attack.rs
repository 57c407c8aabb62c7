//! What was found by attacking the program: hostile texts, floods of mistakes, and mistakes that hid
//! each other.

mod common;

use common::run;
use serde_json::json;
use tamis::diag::render::{Style, draw};
use tamis::{Diagnostic, Options, Schema};

const PLAIN: Style = Style { color: false, width: 120 };

fn found(query: &str, options: &Options) -> Vec<Diagnostic> {
    let schema = Schema::builtin("activities").unwrap();
    tamis::check(&tamis::parse_with(query, &options.limits), schema, options).diagnostics
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn ids(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|found| found.code.id()).collect()
}

fn with(name: &str, value: serde_json::Value) -> Options {
    let mut options = Options::at(0);
    options.params.insert(name.into(), value);
    options
}

/// Characters that a terminal would obey.
fn obeyed(drawn: &str) -> Vec<char> {
    drawn.chars().filter(|c| *c != '\n' && tamis::quote::is_invisible(*c)).collect()
}

#[test]
fn nothing_drawn_is_obeyed_by_a_terminal_and_carets_stay_in_their_column() {
    let hostile = "\u{1b}]0;t\u{7}\u{1b}[31m\r\u{9b}2J\u{202e}\u{b}";
    let query =
        format!("(user.username = \"{hostile}\" or ip.category = Rissky) and serv{hostile}ce = 1");
    let mut carets = 0;
    for found in found(&query, &Options::at(0)) {
        let drawn = draw(&found, &format!("file{hostile}"), &query, PLAIN);
        assert_eq!(obeyed(&drawn), [] as [char; 0], "{drawn}");
        let place = query[..found.span.range().start].chars().count();
        let lines: Vec<&str> = drawn.lines().collect();
        let source = lines.iter().position(|line| line.starts_with(" 1 | ")).unwrap();
        let column = lines[source + 1].find('^').unwrap();
        assert_eq!(column, " 1 | ".len() + place, "{drawn}");
        carets += 1;
    }
    assert!(carets >= 2);
    for arguments in [["--file", "/no/\u{1b}[31m/such"], ["--timezone", "\u{7}\u{1b}[2J"]] {
        let output = run(&[arguments[0], arguments[1]], b"");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(obeyed(text(&output.stderr)), [] as [char; 0]);
    }
}

#[test]
fn a_flood_of_mistakes_is_counted_and_not_kept() {
    const MANY: usize = 50_000;
    for part in [")", ") ", "\"\\q\" and ", "x = 1 and "] {
        let flood = part.repeat(MANY);
        let parsed = tamis::parse(&flood).diagnostics();
        assert!(parsed.len() <= 101, "{part}: {}", parsed.len());
        let found = found(&flood, &Options::at(0));
        assert_eq!(found.len(), 101, "{part}");
        assert_eq!(found[100].code.id(), "T0605");
        let places: Vec<u32> = found.iter().map(|found| found.span.start).collect();
        assert!(places.is_sorted(), "the first by place are kept");
    }
    let flood = ")".repeat(MANY);
    let limits = tamis::Limits { diagnostics: usize::MAX, ..tamis::Limits::default() };
    let all = tamis::parse_with(&flood, &limits).diagnostics().len();
    assert!(all >= MANY);
    let more = &tamis::parse(&flood).diagnostics()[100];
    assert_eq!(more.message, format!("{} more are not shown", all - 100));
    let output = run(&["fmt", "--message-format", "json"], ")".repeat(MANY).as_bytes());
    assert_eq!(text(&output.stderr).lines().count(), 101);
    let output = run(&["check", "--message-format", "json"], ")".repeat(MANY).as_bytes());
    assert_eq!(text(&output.stderr).lines().count(), 101);
}

#[test]
fn the_first_mistakes_by_place_are_shown_however_they_were_found() {
    let mut options = Options::at(0);
    let query =
        format!("x = 1 and ({}) and {}", "y = 1 or ".repeat(60) + "y = 1", ") ".repeat(300));
    let all = {
        options.limits.diagnostics = 10_000;
        found(&query, &options)
    };
    options.limits.diagnostics = 7;
    let few = found(&query, &options);
    assert_eq!(few[..7], all[..7]);
    assert_eq!(few[7].message, format!("{} more are not shown", all.len() - 7));
}

#[test]
fn an_empty_list_is_reported_beside_another_mistake_and_once() {
    let options = with("l", json!([]));
    assert_eq!(ids(&found("servce = 1 and service in $l", &options)), ["T0201", "T0117"]);
    assert_eq!(ids(&found("service in $l", &options)), ["T0117"]);
    assert_eq!(ids(&found("service in ()", &Options::at(0))), ["T0117"]);
    assert_eq!(ids(&found("service in (,)", &Options::at(0))), ["T0111"]);
}

#[test]
fn a_bad_count_names_its_own_word() {
    for word in ["limit", "skip"] {
        let found = found(&format!("service = 1 {word} $n"), &with("n", json!("many")));
        assert_eq!(found[0].help, Some(format!("write `{word}` and a whole number, 0 or more")));
    }
}

#[test]
fn a_parameter_that_is_null_does_what_null_does() {
    let mut compiled = 0;
    for name in ["activities", "alerts", "entities", "files"] {
        let schema = Schema::builtin(name).unwrap();
        for field in schema.fields() {
            for (written, bound, value) in [
                ("= null", "= $p", json!(null)),
                ("!= null", "!= $p", json!(null)),
                ("in (null)", "in $p", json!([null])),
            ] {
                let said = |test: &str, options: &Options| {
                    let query = format!("{} {test}", tamis::quote::quote_name(&field.name));
                    match tamis::compile(&query, schema, "api", options) {
                        Ok(compiled) => serde_json::to_string(&compiled.output).unwrap(),
                        Err(found) => ids(&found).join(" "),
                    }
                };
                let one = said(written, &Options::at(0));
                assert_eq!(one, said(bound, &with("p", value)), "{} {written}", field.name);
                compiled += usize::from(one.starts_with('{'));
            }
        }
    }
    assert!(compiled > 50, "{compiled}");
}

/// Filters of which each uses the next, the last one `last`.
fn chain(length: usize, last: &str) -> String {
    let mut lines: Vec<String> =
        (0..length).map(|at| format!("let n{at} = @n{}", at + 1)).collect();
    lines.push(format!("let n{length} = {last}"));
    lines.join("\n") + "\n@n0"
}

#[test]
fn a_long_circle_of_named_filters_is_called_one() {
    for (last, first) in [("@n0", "@n0"), ("@n7 or service = 1", "@n7"), ("not (@n150)", "@n150")] {
        let found = found(&chain(150, last), &Options::at(0));
        let circles: Vec<&Diagnostic> =
            found.iter().filter(|one| one.code.id() == "T0205").collect();
        assert_eq!(circles.len(), 1, "{found:?}");
        let path = circles[0].message.split_once(": ").unwrap().1;
        assert!(path.starts_with(first) && path.ends_with(first), "{path}");
        assert!(path.len() < 200, "{path}");
    }
    assert_eq!(ids(&found(&chain(150, "@n0"), &Options::at(0))), ["T0205"]);
    assert_eq!(ids(&found(&chain(150, "service = 1"), &Options::at(0))), ["T0602"]);
}

#[test]
fn a_table_without_a_name_is_refused_everywhere() {
    for target in tamis::target::all() {
        let output = run(&["--to", target.name(), "--table", "", "service = 1"], b"");
        assert_eq!(output.status.code(), Some(2), "{}", target.name());
    }
    let output = run(&["schema", "ddl", "activities", "--to", "sqlite", "--table", ""], b"");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_misspelt_command_is_told_from_a_query() {
    let said = |arguments: &[&str]| {
        let output = run(arguments, b"");
        (output.status.code(), text(&output.stderr).to_owned())
    };
    for (word, meant) in
        [("chek", "check"), ("cmpile", "compile"), ("Run", "run"), ("schemas", "schema")]
    {
        let (code, stderr) = said(&[word, "service = Box"]);
        assert_eq!(code, Some(2));
        assert_eq!(stderr, format!("error: `{word}` is not a command; did you mean `{meant}`?\n"));
    }
    let (code, stderr) = said(&["service", "=", "Box"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("write it in quotes"), "{stderr}");
    assert_eq!(said(&["service = Box"]).0, Some(0));
    let (code, stderr) = said(&["chek"]);
    assert_eq!(code, Some(1), "a query that is one word");
    assert!(stderr.contains("T0115"), "{stderr}");
}
