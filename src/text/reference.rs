//! The printed reference: operators, keywords, targets, limits and diagnostic codes, from their
//! tables. `docs/reference.md` holds it, and a test fails when the page differs.

use std::fmt::Write as _;

use crate::check::foreign;
use crate::diag::code;
use crate::keywords::KEYWORDS;
use crate::limits::Limits;
use crate::ops::{self, Takes};
use crate::target;

/// The reference as Markdown.
///
/// ```
/// assert!(tamis::text::reference::print().contains("| `neq` |"));
/// ```
#[must_use]
pub fn print() -> String {
    let parts = [operators(), keywords(), foreign(), targets(), limits(), codes()];
    let head = "# Reference\n\nPrinted from the tables in the code; `UPDATE_REFERENCE=1 cargo test --test docs` prints it anew.\n";
    std::iter::once(head.to_owned()).chain(parts).collect::<Vec<_>>().join("\n")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ⏎ ")
}

fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

fn table(title: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let rule = vec!["---".to_owned(); heads.len()];
    let mut out = format!("## {title}\n\n{}{}", line(&heads), line(&rule));
    rows.for_each(|row| out.push_str(&line(&row)));
    out
}

fn operators() -> String {
    let rows = ops::ALL.iter().map(|op| {
        let row = op.row();
        let spellings =
            row.also.iter().map(|text| code(&text.replace('_', "N"))).collect::<Vec<_>>().join(" ");
        let negated = match op.complement() {
            Some(other) => code(other.row().name),
            None => row
                .negated
                .iter()
                .map(|text| code(&text.replace('_', "N")))
                .collect::<Vec<_>>()
                .join(" "),
        };
        vec![
            code(row.name),
            spellings,
            takes(row.takes).into(),
            row.doc.into(),
            negated,
            code(row.example),
        ]
    });
    let heads = ["name", "also written", "operand", "true when", "negation", "example"];
    table("Operators", &heads, rows)
}

fn takes(takes: Takes) -> &'static str {
    match takes {
        Takes::Values => "value or list",
        Takes::Strings => "string or list",
        Takes::Value => "value",
        Takes::String => "string",
        Takes::Ranges => "`start..end` or list",
        Takes::Days => "whole number",
        Takes::Day => "date",
        Takes::Flag => "none or boolean",
    }
}

fn keywords() -> String {
    let rows = KEYWORDS.iter().map(|row| {
        let also = row.also.map(code).unwrap_or_default();
        vec![code(row.text), also, row.doc.into()]
    });
    table("Keywords", &["word", "also written", "meaning"], rows)
}

/// Forms of other languages, and their operators by the one that says the same.
fn foreign() -> String {
    let examples = foreign::FORMS.iter().flat_map(|kind| kind.examples);
    let examples = examples.map(|(there, here)| vec![code(there), code(here)]);
    let forms = table("Words of other languages", &["elsewhere", "here"], examples);
    let rows = ops::ALL.iter().filter_map(|op| {
        let words = |negated: bool| {
            let rows = foreign::OPERATORS.iter();
            let rows = rows.filter(|row| row.op == *op && row.negated == negated);
            rows.map(|row| code(row.text)).collect::<Vec<_>>().join(" ")
        };
        let (same, negation) = (words(false), words(true));
        let any = !same.is_empty() || !negation.is_empty();
        any.then(|| vec![code(op.row().name), same, negation])
    });
    let heads = ["operator", "elsewhere", "its negation elsewhere"];
    format!("{forms}\n{}", table("Operators of other languages", &heads, rows))
}

fn targets() -> String {
    let rows = target::all().iter().map(|target| {
        let aliases = target.aliases().iter().map(|name| code(name)).collect::<Vec<_>>().join(" ");
        vec![code(target.name()), aliases, target.title().into()]
    });
    table("Targets", &["name", "also", "what it is"], rows)
}

fn limits() -> String {
    let rows = Limits::TABLE
        .iter()
        .map(|(name, default, doc)| vec![code(name), default.to_string(), (*doc).into()]);
    table("Limits", &["name", "default", "meaning"], rows)
}

fn codes() -> String {
    let mut out = "## Diagnostic codes\n".to_owned();
    for code in code::ALL {
        let row = code.row();
        let severity =
            if row.severity == crate::diag::Severity::Error { "error" } else { "warning" };
        // Writing to a string cannot fail.
        let _ =
            write!(out, "\n### {}: {} ({severity})\n\n{}\n", row.id, row.title, row.explanation);
        let _ = write!(out, "\n```text\n{}\n```\n", row.example);
    }
    out
}
