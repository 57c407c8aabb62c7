//! The report that CI systems read: JUnit XML, a test case for each query and each stored output.

use std::fmt::Write as _;

use super::results::{Check, FileResult, Results, Verdict};

/// The whole report.
pub(super) fn write(results: &Results) -> String {
    let mut cases = Cases::default();
    for file in &results.files {
        cases.query(file);
        file.checks.iter().for_each(|check| cases.output(&file.file, check));
    }
    results.stale.iter().for_each(|check| cases.output(&check.file, check));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"tamis test\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n{}</testsuite>\n</testsuites>\n",
        cases.count, cases.failures, cases.text
    )
}

#[derive(Default)]
struct Cases {
    text: String,
    count: usize,
    failures: usize,
}

impl Cases {
    fn query(&mut self, file: &FileResult) {
        let errors = file.diagnostics.iter().filter(|found| found.is_error());
        let lines: Vec<String> =
            errors.map(|found| format!("{}: {}", found.code.id(), found.message)).collect();
        let failure = file.is_wrong().then(|| ("the query is wrong", lines.join("\n")));
        self.case(&file.file, "query", failure);
    }

    fn output(&mut self, class: &str, check: &Check) {
        let (_, says) = check.verdict.said();
        let difference = match &check.verdict {
            Verdict::Changed(difference) => difference.clone(),
            Verdict::Good
            | Verdict::Missing
            | Verdict::Stale
            | Verdict::Accepted
            | Verdict::Removed => String::new(),
        };
        let failure = (!check.verdict.is_good()).then_some((says, difference));
        self.case(class, &check.file, failure);
    }

    fn case(&mut self, class: &str, name: &str, failure: Option<(&str, String)>) {
        self.count += 1;
        // Writing to a text does not fail.
        let _ = write!(
            self.text,
            "<testcase classname=\"{}\" name=\"{}\"",
            escaped(class),
            escaped(name)
        );
        let _ = match failure {
            None => writeln!(self.text, "/>"),
            Some((message, text)) => {
                self.failures += 1;
                writeln!(
                    self.text,
                    ">\n<failure message=\"{}\">{}</failure>\n</testcase>",
                    escaped(message),
                    escaped(&text)
                )
            }
        };
    }
}

/// Text as XML holds it: what XML has no form for is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
