//! What the pages say is true: the printed reference is that of the code, and the commands and
//! queries of the README do what it shows.

mod common;

use std::process::Command;

fn page(name: &str) -> String {
    std::fs::read_to_string(common::path("..").join(name)).unwrap()
}

#[test]
fn the_printed_pages_are_those_of_the_code() {
    let pages = [
        ("docs/reference.md", tamis::reference::print()),
        ("docs/capabilities.md", tamis::reference::capabilities::print()),
        ("docs/messages.md", tamis::reference::messages::print()),
    ];
    for (name, printed) in pages {
        if std::env::var_os("UPDATE_REFERENCE").is_some() {
            std::fs::write(common::path("..").join(name), &printed).unwrap();
        }
        assert!(
            page(name) == printed,
            "print {name} anew: UPDATE_REFERENCE=1 cargo test --test docs"
        );
    }
}

/// The README and every page of `docs`.
fn pages() -> Vec<String> {
    let docs = std::fs::read_dir(common::path("../docs")).unwrap();
    let docs = docs.map(|entry| format!("docs/{}", entry.unwrap().file_name().to_str().unwrap()));
    let mut all: Vec<String> = docs.filter(|name| name.ends_with(".md")).collect();
    all.sort();
    all.insert(0, "README.md".to_owned());
    all
}

/// Blocks of ```` ```console ```` : lines after `$ ` are commands, the lines below what they print.
#[test]
fn every_console_example_of_the_pages_runs() {
    let mut ran = 0;
    for name in pages() {
        for block in blocks(&page(&name), "console") {
            for (command, expected) in commands(&block) {
                let program = command.replacen("cargo run -q --", env!("CARGO_BIN_EXE_tamis"), 1);
                let program = program.replacen(
                    "tamis ",
                    &format!("{} ", env!("CARGO_BIN_EXE_tamis")),
                    usize::from(program == command),
                );
                let mut shell = Command::new("sh");
                shell.current_dir(common::path("..")).args(["-c", &format!("{program} 2>&1")]);
                let output = shell.output().unwrap();
                let printed = String::from_utf8(output.stdout).unwrap();
                let trim = |text: &str| {
                    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
                };
                assert_eq!(trim(&printed), trim(&expected), "{name}: {command}");
                ran += 1;
            }
        }
    }
    assert!(ran > 5, "the README shows commands");
}

fn blocks(page: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    page.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

fn commands(block: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), String::new())),
            (None, Some((command, expected))) if command.ends_with('\\') && expected.is_empty() => {
                command.push('\n');
                command.push_str(line);
            }
            (None, Some((_, expected))) => {
                expected.push_str(line);
                expected.push('\n');
            }
            (None, None) => {}
        }
    }
    commands
}

#[test]
fn every_schema_example_of_the_pages_loads() {
    let blocks = blocks(&page("docs/schemas.md"), "toml");
    assert!(!blocks.is_empty());
    let whole =
        blocks.iter().filter(|block| block.contains("[[field]]") && block.contains("name ="));
    assert!(whole.clone().count() > 0);
    for block in whole {
        tamis::Schema::from_toml(block).unwrap_or_else(|found| panic!("{block}\n{found:?}"));
    }
}
