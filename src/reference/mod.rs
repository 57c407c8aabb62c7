//! The printed reference: operators, keywords, targets, limits and diagnostic codes, from their
//! tables. `docs/reference.md` holds it, and a test fails when the page differs.

pub mod capabilities;
pub mod messages;

use std::fmt::Write as _;

use crate::check::foreign;
use crate::diag::code;
use crate::emit;
use crate::keywords::KEYWORDS;
use crate::limits::Limits;
use crate::ops::{self, Takes};
use crate::time::{DAY_MS, DAYS, PERIODS, UNITS, UnitLength, WHICH};

/// The reference as Markdown.
///
/// ```
/// assert!(tamis::reference::print().contains("| `neq` |"));
/// ```
#[must_use]
pub fn print() -> String {
    let parts =
        [operators(), units(), periods(), keywords(), foreign(), targets(), limits(), codes()];
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
            code(row.op.example()),
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
        Takes::Days => "whole number, or length of time",
        Takes::Length => "length of time",
        Takes::Day => "period or list",
        Takes::Flag => "none or boolean",
    }
}

fn units() -> String {
    let rows = UNITS.iter().map(|unit| {
        let both = [unit.one, unit.many];
        let words = both.iter().chain(unit.also).map(|word| code(word));
        let length = match unit.length {
            UnitLength::Fixed(ms) if ms >= DAY_MS => format!("{} times 24 hours", ms / DAY_MS),
            UnitLength::Fixed(ms) => format!("{} s", ms / 1000),
            UnitLength::Months(1) => "a month of the calendar in the zone".to_owned(),
            UnitLength::Months(months) => format!("{months} months of the calendar in the zone"),
        };
        let fraction = matches!(unit.length, UnitLength::Fixed(_));
        vec![
            code(unit.letter),
            words.collect::<Vec<_>>().join(" "),
            length,
            if fraction { "yes" } else { "no" }.into(),
            code(&format!("date in last 3 {}", unit.many)),
        ]
    });
    let heads = ["letter", "words", "length", "fractions", "example"];
    let mut out = table("Units of time", &heads, rows);
    out.push_str(
        "\nLetters are lower case, words ignore case. A window in whole days or weeks is `gte_ndays` or `lte_ndays` \
         where the field's row lists them, in any other unit a bound at the instant. Months, quarters and years go to the same \
         local time; the day is held to the month's last.\n",
    );
    out
}

fn periods() -> String {
    let row = |text: String, what: &str, example: &str| vec![text, what.to_owned(), code(example)];
    let list = |words: &mut dyn Iterator<Item = &'static str>| {
        words.map(code).collect::<Vec<_>>().join(" ")
    };
    let which = list(&mut WHICH.iter().map(|(word, _)| *word));
    let names = list(&mut PERIODS.iter().map(|(word, _)| *word));
    let days = list(&mut DAYS.iter().map(|(word, _)| *word));
    let rows = [
        row(code("2026-10-01"), "that day", "date = 2026-10-01"),
        row(days, "that day", "date since yesterday"),
        row(code("2026-10"), "that month", "date < 2026-10"),
        row(code("2026"), "that year: four digits are a year", "date in 2026"),
        row(
            format!("{which} and {names}"),
            "that period; weeks begin on Monday, or as the schema's `week_start` says",
            "date in last month",
        ),
    ];
    let mut out = table("Periods", &["written", "what it is", "example"], rows.into_iter());
    out.push_str(
        "\nA period is read in the zone. `=`, `is`, `on` and `in` are within it, `!=` and `not in` are not; `<` is before its start, \
         `>=` from its start, `<=` up to its end, `>` from its end on; `between` and `..` go from the start of the first to the end of \
         the second.\n",
    );
    out
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
    let rows = emit::all().iter().map(|target| {
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
