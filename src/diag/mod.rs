//! Diagnostics as plain data: what went wrong, where, what was expected and how to mend it.
//!
//! The codes are in [`code`], the sentences in `wording` (listed by [`template::all`]), and a
//! function for each diagnostic in `messages`; `render` draws them for a terminal (feature
//! `render`).

pub mod code;
pub(crate) mod messages;
mod neutral;
pub(crate) mod promise;
#[cfg(feature = "render")]
pub mod render;
pub(crate) mod suggest;
pub mod template;
mod wire;
pub(crate) mod wording;

use serde::Serialize;

use crate::span::Span;
pub use code::Code;
pub use neutral::neutral;
use template::{Args, EXAMPLE, Made, Phrase, Sentence};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The query still compiles.
    Warning,
    /// The query does not compile.
    Error,
}

/// A change to the source text that mends a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for a menu: "change to `Risky`".
    pub title: String,
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// The text to put there.
    pub text: String,
    /// True when it only respells what was written, so that a tool may apply it without asking.
    /// Everything found by likeness is a guess (`docs/language.md`, 4).
    pub safe: bool,
    /// What the title was made from.
    made: Made,
}

impl Fix {
    pub(crate) fn new(title: Phrase, span: Span, text: String, safe: bool) -> Self {
        Fix { title: title.text, span, text, safe, made: title.made }
    }

    /// The key of the title's template and its arguments.
    #[must_use]
    pub fn template(&self) -> (&'static str, &Args) {
        (self.made.template.key, &self.made.args)
    }
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
    /// What the text was made from.
    made: Made,
}

impl Label {
    /// The key of the text's template and its arguments.
    #[must_use]
    pub fn template(&self) -> (&'static str, &Args) {
        (self.made.template.key, &self.made.args)
    }
}

/// One thing to say about a query.
///
/// ```
/// let schema = tamis::Schema::builtin("activities")?;
/// let found = tamis::compile("ip.category = Rissky", schema, "api", &tamis::Options::at(0));
/// let problem = &found.unwrap_err()[0];
/// assert_eq!(problem.code.id(), "T0303");
/// assert_eq!(problem.fixes[0].text, "Risky");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in the words of the person who typed it.
    pub message: String,
    /// The bytes it is about.
    pub span: Span,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What was expected, or what would work.
    pub help: Option<String>,
    /// Changes that mend it, the likeliest first.
    pub fixes: Vec<Fix>,
    /// What message and help were made from.
    wording: Box<Wording>,
}

/// The templates of a message and its help, with their arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wording {
    message: Made,
    help: Option<Made>,
}

impl Diagnostic {
    /// A diagnostic that says a sentence of the tables, with the help that the table gives.
    pub(crate) fn say(span: Span, sentence: Sentence) -> Self {
        let Sentence { code, phrase } = sentence;
        let help = phrase.help();
        let found = Diagnostic {
            code,
            severity: code.severity(),
            message: phrase.text,
            span,
            labels: Vec::new(),
            help: None,
            fixes: Vec::new(),
            wording: Box::new(Wording { message: phrase.made, help: None }),
        };
        match help {
            Some(help) => found.help(help),
            None => found,
        }
    }

    /// The key of the message's template and its arguments.
    ///
    /// ```
    /// let schema = tamis::Schema::builtin("activities")?;
    /// let found = tamis::compile("ip.category = Rissky", schema, "api", &tamis::Options::at(0));
    /// let found = found.unwrap_err();
    /// let (key, args) = found[0].template();
    /// assert_eq!(key, "unknown_value");
    /// assert_eq!(args.get("field").map(|field| field.to_string()), Some("`ip.category`".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn template(&self) -> (&'static str, &Args) {
        (self.wording.message.template.key, &self.wording.message.args)
    }

    /// The key of the help's template and its arguments.
    #[must_use]
    pub fn help_template(&self) -> Option<(&'static str, &Args)> {
        self.wording.help.as_ref().map(|made| (made.template.key, &made.args))
    }

    pub(crate) fn help(mut self, help: Phrase) -> Self {
        self.help = Some(help.text);
        self.wording.help = Some(help.made);
        self
    }

    pub(crate) fn label(mut self, span: Span, text: Phrase) -> Self {
        let Phrase { text, made } = text;
        self.labels.push(Label { span, text, made });
        self
    }

    /// Adds a guess: a fix that a person has to choose.
    pub(crate) fn fix(self, title: Phrase, span: Span, text: impl Into<String>) -> Self {
        self.mend(title, span, text.into(), false)
    }

    /// Adds a fix that keeps the meaning of what was written.
    pub(crate) fn safe_fix(self, title: Phrase, span: Span, text: impl Into<String>) -> Self {
        self.mend(title, span, text.into(), true)
    }

    fn mend(mut self, title: Phrase, span: Span, text: String, safe: bool) -> Self {
        self.fixes.push(Fix::new(title, span, text, safe));
        self
    }

    /// True when its help shows an example of a condition.
    fn shows_example(&self) -> bool {
        let made = self.wording.help.as_ref();
        made.is_some_and(|made| made.template.places().any(|place| place == EXAMPLE))
    }

    /// Puts a condition on a field of the schema where the help shows an example.
    fn with_example(&mut self, example: &str) {
        if self.shows_example()
            && let Some(made) = &self.wording.help
        {
            self.help = Some(made.template.fill(&made.args, Some(example)));
        }
    }

    /// True when the query cannot compile.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The message alone.
impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// The text is not UTF-8 from this byte on.
#[must_use]
pub fn not_utf8(place: usize) -> Diagnostic {
    messages::not_utf8(Span::at(place))
}

/// A query without a condition selects every record: for command lines, where an empty text is
/// often an unset variable. Editors say nothing, since every text begins empty.
#[must_use]
pub fn empty_query() -> Diagnostic {
    messages::empty_query()
}

/// A line of a batch is not of the form it should have, and why.
#[must_use]
pub fn bad_line(why: &str) -> Diagnostic {
    messages::bad_line(why)
}

/// Everything said about one query. Kept are the first by place, as many as the limit says; of the
/// others it is counted how many there are.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// How many are shown in the end.
    most: usize,
    /// How many are kept until then: some of the first may be the work of others.
    keep: usize,
    /// How many are not kept.
    left_out: usize,
    /// The codes of those, each once.
    left_out_codes: Vec<Code>,
    /// Where the errors begin, in bytes, those not kept included.
    errors: Vec<u32>,
}

/// Without a limit.
impl Default for Diagnostics {
    fn default() -> Self {
        Diagnostics::within(usize::MAX)
    }
}

impl Diagnostics {
    /// None yet, of which so many are shown in the end.
    pub(crate) fn within(most: usize) -> Self {
        Diagnostics {
            list: Vec::new(),
            most,
            keep: most.max(promise::MOST),
            left_out: 0,
            left_out_codes: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The same with another limit.
    pub(crate) fn limited(mut self, most: usize) -> Self {
        self.most = most;
        self.keep = most.max(promise::MOST);
        self
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.is_error() {
            self.errors.push(diagnostic.span.start);
        }
        self.list.push(diagnostic);
        // Twice the limit before the surplus goes, so that sorting costs little for each.
        if self.list.len() > self.keep.saturating_mul(2) {
            self.sort();
        }
    }

    /// By place, errors first at one place; what is behind the limit is counted and dropped.
    fn sort(&mut self) {
        self.list.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.severity)));
        if self.list.len() > self.keep {
            let surplus = self.list.split_off(self.keep);
            self.left_out = self.left_out.saturating_add(surplus.len());
            for Diagnostic { code, .. } in &surplus {
                if !self.left_out_codes.contains(code) {
                    self.left_out_codes.push(*code);
                }
            }
        }
    }

    /// Puts a condition on a field of the schema where messages show an example.
    pub(crate) fn show_examples(&mut self, example: impl FnOnce() -> Option<String>) {
        if self.list.iter().any(Diagnostic::shows_example)
            && let Some(example) = example()
        {
            self.list.iter_mut().for_each(|found| found.with_example(&example));
        }
    }

    /// Where the errors begin, in bytes.
    pub(crate) fn error_places(&self) -> Vec<u32> {
        self.errors.clone()
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len().saturating_add(self.left_out)
    }

    pub(crate) fn holds(&self, code: Code) -> bool {
        self.left_out_codes.contains(&code) || self.list.iter().any(|found| found.code == code)
    }

    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// All of them by place, errors first at one place; those behind the limit counted in one more.
    pub(crate) fn into_sorted(self) -> Vec<Diagnostic> {
        let (list, surplus) = self.into_kept();
        surplus.shown(list)
    }

    /// Those kept, by place, and what is needed to show them in the end.
    pub(crate) fn into_kept(mut self) -> (Vec<Diagnostic>, Surplus) {
        self.sort();
        let (most, left_out, errors) = (self.most, self.left_out, self.has_errors());
        (self.list, Surplus { most, left_out, errors })
    }
}

/// What is not kept of everything said about one query, and how much is shown of the rest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surplus {
    most: usize,
    left_out: usize,
    errors: bool,
}

impl Surplus {
    /// The first of a list by place; the others, kept or not, are counted in one more.
    pub(crate) fn shown(self, mut list: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let behind = list.split_off(self.most.min(list.len())).len();
        let left_out = self.left_out.saturating_add(behind);
        if left_out > 0 {
            let place = list.last().map_or(Span::at(0), |last| last.span);
            list.push(messages::more_diagnostics(left_out, self.errors, place));
        }
        list
    }
}
