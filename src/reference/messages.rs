//! The printed list of the sentences that diagnostics are made of, for whoever translates them.
//! `docs/messages.md` holds it, and a test fails when the page differs.

use std::fmt::Write as _;

use crate::diag::template::{self, Template};

const HEAD: &str = "# Messages

Printed from the tables in the code; `UPDATE_REFERENCE=1 cargo test --test docs` prints it anew.

A diagnostic as JSON (`--message-format json`, `compile --batch`, `test`) is an object:

| member | what it is |
| --- | --- |
| `code`, `severity` | the stable code, and `error` or `warning` |
| `message_key`, `args` | the key of its sentence below, and the arguments by name |
| `message` | the sentence in English |
| `span` | the bytes that it is about: start and end |
| `help_key`, `help_args` | the same for the help; left out when there is none |
| `help` | the help in English, or `null` |
| `labels` | other places that matter: `span`, `text`, and `key` and `args` of the text |
| `fixes` | changes: `title`, `span`, `text` to put there, `safe`, and `key` and `args` of the title |

A query box in another language keeps a table of its own, from key to sentence, and fills in the
arguments. An argument is a string as it was written (not cut, without backticks), a number, or a list
of names. `{example}` is no argument: there the English help shows a condition on a field of the schema.
A key keeps its meaning and its arguments in every version; a sentence of another meaning gets a key of
its own.
";

/// The list as Markdown: a line for each sentence, with its key, code and text.
///
/// ```
/// assert!(tamis::reference::messages::print().contains("| `unknown_field` | T0201 |"));
/// ```
#[must_use]
pub fn print() -> String {
    let mut out = HEAD.to_owned();
    let (said, others): (Vec<&Template>, Vec<&Template>) =
        template::all().partition(|row| row.code.is_some());
    out.push_str("\n## Messages and their help\n\n| key | code | text |\n| --- | --- | --- |\n");
    said.iter().flat_map(|row| std::iter::once(*row).chain(row.help)).for_each(|row| {
        let code = row.code.map(crate::diag::Code::id).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| `{}` | {code} | {} |", row.key, text(row));
    });
    out.push_str("\n## Other help, labels, titles of fixes\n\n| key | text |\n| --- | --- |\n");
    for row in others {
        let _ = writeln!(out, "| `{}` | {} |", row.key, text(row));
    }
    out
}

/// As it stands, safe in a cell of a table.
fn text(row: &Template) -> String {
    row.text.replace('\\', "\\\\").replace('|', "\\|")
}
