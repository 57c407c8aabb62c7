//! Writes a recogniser in plain Rust from a [pest](https://pest.rs) grammar.
//!
//! The grammar stays the one definition of the language, and pest stays its reader: `pest_meta`
//! parses, validates and optimises it. Pest's own machine then runs closures over a queue of tokens;
//! the code that is written here is one function for each rule, which looks at the next byte before it
//! tries anything, and the nodes are a flat list, each before those within it. What it gives is
//! what pest gives: the same nodes with the same places, or none.
//!
//! The file that [`generate`] returns stands alone: it needs no crate, not even this one. It has
//!
//! * `enum Rule`, as pest's,
//! * `parse_<rule>(text) -> Result<Nodes, Failure>` for each entry,
//! * `Nodes`, `Pairs` and `Pair` with pest's names of methods (`as_rule`, `as_str`, `as_span`, `into_inner`,
//!   `peek`), and
//! * a bound on nesting, `DEEPEST`: every recursion of the grammar counts, and a text that goes deeper is a
//!   `Failure::TooDeep`, never a stack that overflows. The stack has to be large enough for the bound.
//!
//! # What is written, and what is refused
//!
//! Written: texts and `^` texts, ranges, rules of every kind (`_`, `@`, `$`, `!` and none), sequences, choices, `?`,
//! `*`, `+` and counts, `&` and `!`, `ANY`, `SOI`, `EOI`, `NEWLINE` and the `ASCII` classes.
//!
//! Refused, with a sentence that names the rule: `WHITESPACE` and `COMMENT` (gaps are written where they stand), the
//! stack (`PUSH`, `PEEK`, `POP`, `DROP`), classes of Unicode characters, tags, a rule marked `@` that holds a rule marked
//! `$` or `!`, and a grammar that tells more than 128 kinds of bytes apart.
//!
//! Other than pest, a failure says no more than that the text does not match: a grammar for this generator
//! recovers from mistakes by rules of its own.

mod calls;
mod code;
mod facts;
mod kinds;
mod next;
mod refuse;
mod write;

use std::fmt::Write as _;

use pest_meta::optimizer::OptimizedRule;

use crate::facts::Grammar;
use crate::write::Writer;

/// What stands in every written file.
const RUNTIME: &str = include_str!("runtime.rs");

/// Writes a recogniser.
///
/// `entries` are the rules that a text can be read by, `deepest` is how deeply the rules of a text may
/// be nested, and `header` is a comment for the first lines of the file.
///
/// # Errors
///
/// A sentence for each mistake of the grammar, or for each part of it that is not supported.
pub fn generate(
    grammar: &str,
    entries: &[&str],
    deepest: u32,
    header: &str,
) -> Result<String, Vec<String>> {
    let read = pest_meta::parse_and_optimize(grammar);
    let (builtins, rules) = read
        .map_err(|errors| errors.into_iter().map(|error| error.to_string()).collect::<Vec<_>>())?;
    let grammar = Grammar::new(&rules);
    let refusals = refuse::refusals(&grammar, entries);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let mut writer = Writer::new(&grammar);
    let mut functions: String = entries.iter().map(|entry| writer.entry(entry)).collect();
    functions.push_str(&writer.rules(entries));
    let sets = writer.sets.written().map_err(|error| vec![error])?;
    let mut out = format!("{}\n{RUNTIME}\n", header.trim_end());
    out.push_str(&enumeration(&rules, builtins.contains(&"EOI")));
    write!(out, "\n/// How deeply rules may be nested.\npub const DEEPEST: u32 = {deepest};\n\n{sets}{functions}")
        .unwrap_or_default();
    Ok(out)
}

/// The rules in their order, as pest has them.
fn enumeration(rules: &[OptimizedRule], end: bool) -> String {
    let end = end.then(|| "EOI".to_owned());
    let names: Vec<String> =
        end.into_iter().chain(rules.iter().map(|rule| write::variant(&rule.name))).collect();
    let variants = names.join(",\n    ");
    let all = names.join(",\n        Rule::");
    format!(
        "/// The rules of the grammar, in its order.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Rule {{\n    {variants},\n}}\n\n\
         impl Rule {{\n    /// All rules, in the order of their numbers.\n    \
         pub const ALL: &[Rule] = &[\n        Rule::{all},\n    ];\n}}\n"
    )
}
