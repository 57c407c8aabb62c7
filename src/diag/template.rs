//! Sentences with named places, and the arguments that fill them.
//!
//! Every sentence of a diagnostic is a row of the tables in `wording`. A tool that shows diagnostics
//! in another language looks the row's key up in its own table and fills in the same arguments.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::code::Code;

/// A sentence of the program: its key, its English text, and the arguments that it takes.
///
/// ```
/// use tamis::diag::template;
/// let row = template::all().find(|row| row.key == "unknown_field").unwrap();
/// assert_eq!(row.code.map(|code| code.id()), Some("T0201"));
/// assert!(row.text.contains("{field}"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// What names the sentence in every version of the program.
    pub key: &'static str,
    /// The code of the diagnostics that say it; `None` for help, labels and titles of fixes.
    pub code: Option<Code>,
    /// The English text. A name in braces, such as `{field}`, is a place for an argument.
    pub text: &'static str,
    /// The names of its arguments. `{example}` is no argument: it stands for a condition on a field
    /// of the schema.
    pub args: &'static [&'static str],
    /// The help that goes with the sentence; it takes the same arguments.
    pub help: Option<&'static Template>,
}

/// A value that fills a place of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Text of the query. It is shown in backticks, without control characters, and cut when long.
    Text(String),
    /// A name or something to write. It is shown in backticks, without control characters.
    Name(String),
    /// English words, or a text that the template quotes itself. They are shown as they are.
    Words(String),
    /// A number.
    Number(i64),
    /// A list of names, shown as "`a`, `b` or `c`", the first twelve when there are more.
    Names(Vec<String>),
}

/// The text is the argument itself, not how it is shown: a string, a number or a list of strings.
impl Serialize for Arg {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Arg::Text(text) | Arg::Name(text) | Arg::Words(text) => text.serialize(serializer),
            Arg::Number(number) => number.serialize(serializer),
            Arg::Names(names) => names.serialize(serializer),
        }
    }
}

impl std::fmt::Display for Arg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Arg::Text(text) => f.write_str(&shown(text, 40)),
            Arg::Name(text) => f.write_str(&shown(text, usize::MAX)),
            Arg::Words(text) => f.write_str(text),
            Arg::Number(number) => number.fmt(f),
            Arg::Names(names) => f.write_str(&one_of(names.iter().map(String::as_str))),
        }
    }
}

/// Arguments by name, in the order of the template.
///
/// In JSON it is an object: texts as strings (whole, not cut), numbers as numbers, lists as arrays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Args(pub(crate) Vec<(&'static str, Arg)>);

impl Args {
    /// The argument of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arg> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, arg)| arg)
    }

    /// Names and arguments.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Arg)> {
        self.0.iter().map(|(name, arg)| (*name, arg))
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Args {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, arg) in &self.0 {
            map.serialize_entry(name, arg)?;
        }
        map.end()
    }
}

/// The place in a help for a condition on a field of the schema at hand.
pub(crate) const EXAMPLE: &str = "example";

/// What `{example}` is while no schema is known.
const NO_EXAMPLE: &str = "field = value";

impl Template {
    /// The sentence with its places filled. What has no argument stays as it is.
    pub(crate) fn fill(&self, args: &Args, example: Option<&str>) -> String {
        let mut out = String::with_capacity(self.text.len() + 32);
        for piece in pieces(self.text) {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Place(EXAMPLE) => {
                    out.push_str(&shown(example.unwrap_or(NO_EXAMPLE), usize::MAX));
                }
                Piece::Place(name) => match args.get(name) {
                    Some(arg) => out.push_str(&arg.to_string()),
                    None => out.push_str(name),
                },
            }
        }
        out
    }

    /// The names of the places in the text, in order.
    pub fn places(&self) -> impl Iterator<Item = &'static str> {
        pieces(self.text).into_iter().filter_map(|piece| match piece {
            Piece::Place(name) => Some(name),
            Piece::Words(_) => None,
        })
    }

    /// The sentence as a phrase.
    pub(crate) fn say(&'static self, args: Vec<(&'static str, Arg)>) -> Phrase {
        let args = Args(args);
        Phrase { text: self.fill(&args, None), made: Made { template: self, args } }
    }
}

/// Every sentence: those of diagnostics, then help, labels and titles of fixes.
pub fn all() -> impl Iterator<Item = &'static Template> {
    super::wording::TABLES.iter().flat_map(|table| table.iter().copied())
}

enum Piece<'t> {
    Words(&'t str),
    Place(&'t str),
}

/// A text in words and places. Only small letters and `_` in braces are a place, so that JSON and
/// key objects can be written as they are.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let mut out = Vec::new();
    let (mut rest, mut words) = (text, 0);
    while let Some(open) = rest.get(words..).and_then(|tail| tail.find('{')).map(|at| at + words) {
        let inside = rest.get(open + 1..).and_then(|tail| Some(tail.split_once('}')?.0));
        match inside.filter(|name| is_name(name)) {
            Some(name) => {
                out.push(Piece::Words(rest.get(..open).unwrap_or_default()));
                out.push(Piece::Place(name));
                rest = rest.get(open + name.len() + 2..).unwrap_or_default();
                words = 0;
            }
            None => words = open + 1,
        }
    }
    out.push(Piece::Words(rest));
    out
}

/// What a sentence was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) template: &'static Template,
    pub(crate) args: Args,
}

/// What a diagnostic says: its code and its message.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) code: Code,
    pub(crate) phrase: Phrase,
}

/// A sentence that is filled in, with what it was made from.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) text: String,
    pub(crate) made: Made,
}

impl Phrase {
    /// The help that the table gives with the sentence.
    pub(crate) fn help(&self) -> Option<Phrase> {
        let help = self.made.template.help?;
        let wanted: Vec<&str> = help.places().collect();
        let args =
            self.made.args.0.iter().filter(|(name, _)| wanted.contains(name)).cloned().collect();
        Some(help.say(args))
    }
}

/// A text in backticks: control characters escaped, cut after so many characters.
fn shown(text: &str, most: usize) -> String {
    let escape = |c: char| {
        if crate::quote::is_invisible(c) { c.escape_unicode().to_string() } else { c.to_string() }
    };
    let head: String = text.chars().take(most).map(escape).collect();
    let more = if text.chars().nth(most).is_some() { "…" } else { "" };
    format!("`{head}{more}`")
}

/// `a`, `b` or `c`, cut short with a count when there are many.
pub(crate) fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const MOST: usize = 12;
    let mut all: Vec<String> = names.into_iter().map(|name| shown(name, usize::MAX)).collect();
    let count = all.len();
    if count > MOST {
        all.truncate(MOST);
        return format!("{} … ({count} in all)", all.join(", "));
    }
    match all.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diag::code;

    #[test]
    fn every_key_is_unique_and_every_code_has_a_sentence() {
        let mut keys = BTreeSet::new();
        let rows = all().flat_map(|row| std::iter::once(row).chain(row.help));
        rows.for_each(|row| assert!(keys.insert(row.key), "{} is there twice", row.key));
        for code in code::ALL {
            assert!(all().any(|row| row.code == Some(*code)), "{} says nothing", code.id());
        }
    }

    #[test]
    fn every_place_is_an_argument_and_every_argument_is_used() {
        for row in all() {
            let places: BTreeSet<&str> =
                row.places().chain(row.help.into_iter().flat_map(Template::places)).collect();
            for place in places.iter().filter(|place| **place != EXAMPLE) {
                assert!(row.args.contains(place), "{}: {{{place}}} has no argument", row.key);
            }
            for arg in row.args {
                assert!(places.contains(arg), "{}: {arg} is not used", row.key);
            }
        }
    }

    #[test]
    fn sentences_are_lower_case_and_have_no_final_stop() {
        for row in all().flat_map(|row| std::iter::once(row).chain(row.help)) {
            assert!(!row.text.starts_with(char::is_uppercase) || row.text.starts_with("IPv"));
            assert!(!row.text.ends_with('.') || row.text.ends_with('…'), "{}", row.key);
        }
    }

    #[test]
    fn braces_that_hold_no_name_are_text() {
        let row = Template {
            key: "k",
            code: None,
            text: "`{ id: 1 }` {\"a\":{}} \\u{1f980} {{name}} {",
            args: &["name"],
            help: None,
        };
        let args = Args(vec![("name", Arg::Text("a\u{1b}b".into()))]);
        assert_eq!(row.fill(&args, None), "`{ id: 1 }` {\"a\":{}} \\u{1f980} {`a\\u{1b}b`} {");
    }
}
