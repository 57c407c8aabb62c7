//! Answers at chosen carets, which `|` marks, as they are shown: kept in `snapshots/editor`.

use std::fmt::Write as _;

use super::{limits, options};
use tamis::Schema;
use tamis::editor::complete::{Ask, HostValue, Item, complete};
use tamis::editor::hover::hover;
use tamis::editor::problems::problems;
use tamis::editor::selection::around;
use tamis::syntax::tokens;

fn caret(line: &str) -> (String, usize) {
    (line.replacen('|', "", 1), line.find('|').unwrap())
}

fn page(name: &str, answer: impl Fn(&str, usize) -> String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/editor");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut out = String::new();
    for line in super::common::read(&format!("editor/{name}.txt")).lines() {
        let line = line.replace("\\n", "\n");
        let (text, at) = caret(&line);
        writeln!(out, "--- {}\n{}", line.replace('\n', "\\n"), answer(&text, at)).unwrap();
    }
    settings.bind(|| insta::assert_snapshot!(name, out));
}

fn item(item: &Item) -> String {
    let more = if item.more { " …" } else { "" };
    let (span, text) = (item.edit.span, &item.edit.text);
    let kind = serde_json::to_value(item.kind).unwrap();
    format!(
        "{:<10} {:<28} {span:?} {text:?}{more}  {}\n",
        kind.as_str().unwrap(),
        item.label,
        item.detail
    )
}

#[test]
fn completion() {
    let mut options = options();
    options.params.insert("who".into(), "alice@example.com".into());
    options.params.insert("country".into(), serde_json::json!(["FR", "DE"]));
    let host = |ask: &Ask<'_>| {
        let names = ["alice@example.com", "C:\\svc\\", "O\"Neil", "null"];
        let names = names
            .iter()
            .filter(|name| ask.field.name == "user.username" && name.starts_with(ask.typed));
        names.map(|name| HostValue { text: (*name).into(), detail: "user".into() }).collect()
    };
    page("completion", |text, at| {
        let schema = Schema::builtin("activities").unwrap();
        let items = complete(text, at, schema, &options, Some(&host));
        let shown: String = items.iter().take(14).map(item).collect();
        let more = items.len().saturating_sub(14);
        if more > 0 { format!("{shown}and {more} more\n") } else { shown }
    });
}

#[test]
fn hovers() {
    page("hover", |text, at| {
        let schema = Schema::builtin("activities").unwrap();
        let found = hover(text, at, schema, &options());
        found.map_or("nothing\n".into(), |found| format!("{}\n", found.markdown()))
    });
}

#[test]
fn problems_while_typing() {
    page("problems", |text, at| {
        let schema = Schema::builtin("activities").unwrap();
        let found = problems(text, Some(at), schema, &options());
        let line = |found: &tamis::editor::problems::Problem| {
            let wait = if found.typing { "typing " } else { "" };
            let fixes: Vec<_> = found.diagnostic.fixes.iter().map(|fix| &fix.title).collect();
            let (code, span) = (found.diagnostic.code.id(), found.diagnostic.span);
            format!("{wait}{code} {span:?} {} {fixes:?}\n", found.diagnostic.message)
        };
        found.iter().map(line).collect()
    });
}

#[test]
fn highlighting_and_selection() {
    page("tokens", |text, at| {
        let mut out = String::new();
        for token in tokens(text, &limits()) {
            write!(out, "{:?}:{} ", token.kind, token.span.of(text)).unwrap();
        }
        let around = around(text, at, &limits());
        let texts: Vec<_> = around.iter().map(|span| span.of(text)).collect();
        format!("{}\n{texts:?}\n", out.trim_end())
    });
}
