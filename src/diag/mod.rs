//! Diagnostics as plain data: what went wrong, where, what was expected and how to mend it.
//!
//! The codes stand in [`code`], the wording in `messages`; `render` draws them for a terminal
//! (feature `render`).

pub mod code;
pub(crate) mod messages;
pub(crate) mod promise;
#[cfg(feature = "render")]
pub mod render;
pub(crate) mod suggest;

use serde::{Serialize, Serializer};

use crate::span::Span;
pub use code::Code;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, for a menu: "change to `Risky`".
    pub title: String,
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// The text to put there.
    pub text: String,
    /// True when it only respells what was written, so that a tool may apply it without asking.
    /// Everything found by likeness is a guess (language page, section 4).
    pub safe: bool,
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
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
}

impl Diagnostic {
    /// A diagnostic with its code's severity and nothing but a message.
    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.row().severity,
            message: message.into(),
            span,
            labels: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a guess: a fix that a person has to choose.
    pub(crate) fn fix(
        mut self,
        title: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        self.fixes.push(Fix { title: title.into(), span, text: text.into(), safe: false });
        self
    }

    /// Adds a fix that keeps the meaning of what was written.
    pub(crate) fn safe_fix(
        mut self,
        title: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        self.fixes.push(Fix { title: title.into(), span, text: text.into(), safe: true });
        self
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

/// The form that other tools read: `code`, `severity`, `message`, `span` in bytes, `help`,
/// `labels`, `fixes`.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'d> {
            code: &'static str,
            severity: Severity,
            message: &'d str,
            span: Span,
            help: &'d Option<String>,
            labels: &'d [Label],
            fixes: &'d [Fix],
        }
        let wire = Wire {
            code: self.code.id(),
            severity: self.severity,
            message: &self.message,
            span: self.span,
            help: &self.help,
            labels: &self.labels,
            fixes: &self.fixes,
        };
        wire.serialize(serializer)
    }
}

/// The text is not UTF-8 from this byte on.
#[must_use]
pub fn not_utf8(place: usize) -> Diagnostic {
    messages::not_utf8(Span::at(place))
}

/// A line of a batch is not of the form it should have, and why.
#[must_use]
pub fn bad_line(why: &str) -> Diagnostic {
    messages::bad_line(why)
}

/// Everything said about one query, in the order it is found, up to a limit.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Where the errors begin, in bytes.
    pub(crate) fn error_places(&self) -> Vec<u32> {
        self.list.iter().filter(|found| found.is_error()).map(|found| found.span.start).collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn holds(&self, code: Code) -> bool {
        self.list.iter().any(|found| found.code == code)
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(Diagnostic::is_error)
    }

    /// All of them by place, errors first at one place; the surplus over `most` counted in one more.
    pub(crate) fn into_sorted(mut self, most: usize) -> Vec<Diagnostic> {
        self.list.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.severity)));
        let surplus = self.list.len().saturating_sub(most);
        if surplus > 0 {
            let errors = self.has_errors();
            self.list.truncate(most);
            let place = self.list.last().map_or(Span::at(0), |last| last.span);
            self.list.push(messages::more_diagnostics(surplus, errors, place));
        }
        self.list
    }
}
