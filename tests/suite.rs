//! Filters kept as code: folders of queries as `tamis test` judges them.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use common::run;
use proptest::prelude::*;
use tamis::Schema;
use tamis::suite::{Header, difference, stem_of, test};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/suite");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn every_folder_is_judged() {
    for (folder, code) in [("good", 0), ("changed", 1), ("stale", 1), ("broken", 1)] {
        let output = run(&["test", &format!("tests/suite/{folder}")], b"");
        assert_eq!(output.status.code(), Some(code), "{folder}");
        let drawn = format!("{}\n{}", text(&output.stdout), text(&output.stderr));
        let drawn = drawn.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        settings().bind(|| insta::assert_snapshot!(folder, drawn));
    }
}

#[test]
fn reports_are_for_other_tools() {
    for format in ["junit", "json"] {
        let arguments = ["test", "tests/suite/changed", "tests/suite/broken", "--report", format];
        let output = run(&arguments, b"");
        assert_eq!(output.status.code(), Some(1));
        let report = text(&output.stdout);
        settings().bind(|| insta::assert_snapshot!(format, report));
    }
    let folder = Scratch::new("reports", "good");
    let file = folder.0.join("report.json");
    let path = file.to_str().unwrap();
    let arguments = ["test", folder.path(), "--report", "json", "--report-file", path];
    assert!(text(&run(&arguments, b"").stdout).ends_with("4 queries: all good\n"));
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(report["files"].as_array().unwrap().len(), 4);
}

/// A copy of a folder that may be written to.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, folder: &str) -> Scratch {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("suite-{name}"));
        let _ = fs::remove_dir_all(&path);
        copy(&common::path("suite").join(folder), &path);
        Scratch(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// Every file with what is in it.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut open = vec![self.0.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&self.0).unwrap().display().to_string();
                    files.push((name, fs::read(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there)
        } else {
            fs::copy(&path, &there).map(|_| ()).unwrap()
        }
    }
}

#[test]
fn what_is_accepted_is_good_from_then_on() {
    let scratch = Scratch::new("accept-changed", "changed");
    assert_eq!(run(&["test", scratch.path()], b"").status.code(), Some(1));
    let before = scratch.files();
    assert_eq!(run(&["test", scratch.path(), "--accept"], b"").status.code(), Some(0));
    assert_ne!(scratch.files(), before);
    let after = scratch.files();
    assert_eq!(run(&["test", scratch.path()], b"").status.code(), Some(0));
    assert_eq!(run(&["test", scratch.path(), "--accept"], b"").status.code(), Some(0));
    assert_eq!(scratch.files(), after, "nothing is left to accept");
}

#[test]
fn only_what_stands_beside_its_query_is_removed() {
    let stale = Scratch::new("accept-stale", "stale");
    let others = [".risky.api.json", "migrations/001.postgres.sql"];
    fs::create_dir(stale.0.join("migrations")).unwrap();
    others.iter().for_each(|name| fs::write(stale.0.join(name), "x").unwrap());
    let kept = ["risky.api.json", "risky.plan.json", "risky.portal.txt", "risky.sqlite.sql"];
    let output = run(&["test", stale.path(), "--accept"], b"");
    assert_eq!(output.status.code(), Some(1), "what has no query is left to the user");
    assert!(kept.iter().chain(&others).all(|name| stale.0.join(name).exists()));
    assert!(!stale.0.join("renamed.api.json").exists());
    kept.iter().for_each(|name| fs::remove_file(stale.0.join(name)).unwrap());
    assert_eq!(run(&["test", stale.path()], b"").status.code(), Some(0));
}

#[test]
fn no_example_is_passed_over() {
    let below = "# targets: api\nip.category = Risky\n# match: {\"location\":{\"category\":1}}\n";
    let bare = "# match {\"location\":{\"category\":1}}\n# targets: api\nip.category = Risky\n";
    let twice = "# targets: sqlite, SQLite3\nip.category = Risky\n";
    for (name, query) in [("below", below), ("bare", bare), ("twice", twice)] {
        let scratch = Scratch::new(&format!("passed-over-{name}"), "good/cloud");
        fs::write(scratch.0.join("abroad.tamis"), query).unwrap();
        let output = run(&["test", scratch.path(), "--accept"], b"");
        assert_eq!(output.status.code(), Some(1), "{name}: {}", text(&output.stdout));
    }
}

/// What is written replaces the old at once: links stay links, and permissions what they were.
#[cfg(unix)]
#[test]
fn what_is_accepted_keeps_links_and_permissions() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let scratch = Scratch::new("accept-links", "changed");
    let folder = std::path::Path::new(scratch.path());
    let is_stored = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end != "tamis");
    let files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    let elsewhere = folder.join(".elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let mut stored: Vec<_> =
        files.into_iter().filter(|path| path.is_file() && is_stored(path)).collect();
    stored.sort_unstable();
    assert!(!stored.is_empty());
    for path in &stored {
        let name = path.file_name().unwrap();
        std::fs::write(path, "something else").unwrap();
        std::fs::rename(path, elsewhere.join(name)).unwrap();
        let mode = std::fs::Permissions::from_mode(0o640);
        std::fs::set_permissions(elsewhere.join(name), mode).unwrap();
        symlink(std::path::Path::new(".elsewhere").join(name), path).unwrap();
    }
    assert_eq!(run(&["test", scratch.path(), "--accept"], b"").status.code(), Some(0));
    for path in &stored {
        let data = std::fs::symlink_metadata(path).unwrap();
        assert!(data.file_type().is_symlink(), "{}", path.display());
        let target = elsewhere.join(path.file_name().unwrap());
        assert_eq!(std::fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
        assert_ne!(std::fs::read_to_string(&target).unwrap(), "something else");
    }
    let left = std::fs::read_dir(&elsewhere).unwrap().count();
    assert_eq!(left, stored.len(), "no other file is left behind");
}

#[test]
fn nothing_of_a_wrong_query_is_accepted() {
    let scratch = Scratch::new("accept-broken", "broken");
    let before = scratch.files();
    assert_eq!(run(&["test", scratch.path(), "--accept"], b"").status.code(), Some(1));
    assert_eq!(scratch.files(), before);
}

#[test]
fn one_file_is_tested_alone() {
    let output = run(&["test", "tests/suite/changed/new.tamis"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(!text(&output.stdout).contains("risky"));
    let output = run(&["test", "tests/suite/stale/renamed.tamis"], b"");
    let stdout = text(&output.stdout);
    assert!(stdout.contains("renamed.api.json") && !stdout.contains("risky"), "{stdout}");
}

#[test]
fn what_cannot_be_tested_is_usage() {
    let empty = Scratch::new("empty", "good/cloud");
    for name in ["abroad.tamis", "large.tamis"] {
        fs::remove_file(empty.0.join(name)).unwrap();
    }
    for arguments in [
        vec!["test"],
        vec!["test", "no/such/folder"],
        vec!["test", "README.md"],
        vec!["test", empty.path()],
        vec!["test", "tests/suite/good", "--report-file", "x"],
    ] {
        let output = run(&arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

/// A test that passes today and fails tomorrow is none.
#[test]
fn only_queries_that_read_the_clock_need_one() {
    let schema = Schema::builtin("activities").unwrap();
    let cases = [
        ("date in last 7 days", true),
        ("date older than 30 days", true),
        ("date gte_ndays 1", true),
        ("date > now", true),
        ("date > now-36h", true),
        ("date >= today", true),
        ("date on yesterday", true),
        ("date > -7d", true),
        ("date > \"2 hours ago\"", true),
        ("date between 2026-10-01 and today", true),
        ("date between today and 2027-01-01", true),
        ("date between 2026-10-01 and now or date between today and 2027-01-01", true),
        ("date < today and date > 2026-10-01", true),
        ("not (service = Box or date in last 7 days)", true),
        ("date > 2026-10-01", false),
        ("date on 2026-10-01", false),
        ("date > 1793534400000", false),
        ("service = Box", false),
        ("", false),
    ];
    for (query, relative) in cases {
        for (now, fixed) in [("", false), ("# now: 2026-11-01T12:00:00Z\n", true)] {
            let text = format!("# targets: api\n{now}{query}");
            let (header, found) = Header::read(&text);
            assert!(found.is_empty(), "{found:?}");
            let tested = test(&text, &header, schema);
            let asked = tested.diagnostics.iter().any(|found| found.code.id() == "T0904");
            assert_eq!(asked, relative && !fixed, "{query}: {:?}", tested.diagnostics);
            assert_eq!(tested.outputs.is_empty(), asked);
        }
    }
}

#[test]
fn stored_outputs_are_known_by_their_names() {
    let mut drawn = String::new();
    for name in
        ["a.api.json", "a.b.sqlite.sql", "a.json", "api.json", "a.api", "a.oracle.sql", ".api.json"]
    {
        writeln!(drawn, "{name}: {:?}", stem_of(name)).unwrap();
    }
    insta::assert_snapshot!(drawn, @r#"
    a.api.json: Some("a")
    a.b.sqlite.sql: Some("a.b")
    a.json: None
    api.json: None
    a.api: None
    a.oracle.sql: None
    .api.json: Some("")
    "#);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text has a header, whose places are places of the text.
    #[test]
    fn no_header_is_too_much(text in "(\u{feff})?([# \t]{0,3}(match|now|targets|param|[a-zé]{0,8}):? ?[{}\"a-zé=,:.0-9-]{0,12}(\r?\n|\u{2028}))*[ -~\n]{0,20}") {
        let (header, found) = Header::read(&text);
        let tested = test(&text, &header, Schema::builtin("activities").unwrap());
        for found in found.iter().chain(&tested.diagnostics) {
            prop_assert!(text.get(found.span.range()).is_some(), "{found:?}");
        }
        for example in &header.examples {
            let read: serde_json::Value = serde_json::from_str(example.span.of(&text)).unwrap();
            prop_assert_eq!(&read, &example.record);
        }
    }

    /// What is said to differ is all that differs.
    #[test]
    fn a_difference_turns_the_one_text_into_the_other(a in "([abc]\n){0,8}", b in "([abc]\n){0,8}") {
        let Some(found) = difference(&a, &b) else {
            prop_assert_eq!(a, b);
            return Ok(());
        };
        let mut lines = found.lines();
        let at: usize = lines.next().unwrap().strip_prefix("@ line ").unwrap().parse().unwrap();
        let mut made: Vec<&str> = a.lines().collect();
        let mut place = at - 1;
        for line in lines {
            match line.split_once(' ').unwrap() {
                ("-", old) => prop_assert_eq!(made.remove(place), old),
                (_, new) => {
                    made.insert(place, new);
                    place += 1;
                }
            }
        }
        prop_assert_eq!(made, b.lines().collect::<Vec<_>>());
    }
}
