//! Draws diagnostics with miette. The only file that knows it.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use super::{Diagnostic, Label, Severity, neutral};
use crate::span::Span;

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Colours and Unicode box characters; else plain ASCII.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// Draws one diagnostic over its source text, the fixes as a last line of help.
///
/// ```
/// # #[cfg(feature = "render")] {
/// use tamis::diag::render::{draw, Style};
/// let text = "ip.category = Rissky";
/// let schema = tamis::Schema::builtin("activities").unwrap();
/// let found = tamis::compile(text, schema, "api", &tamis::Options::at(0)).unwrap_err();
/// let drawn = draw(&found[0], "query", text, Style { color: false, width: 80 });
/// assert!(drawn.contains("did you mean"));
/// # }
/// ```
#[must_use]
pub fn draw(diagnostic: &Diagnostic, name: &str, text: &str, style: Style) -> String {
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
    let handler =
        GraphicalReportHandler::new_themed(theme).with_width(style.width.max(40)).with_links(false);
    let (cut, offset) = excerpt(text, diagnostic.span);
    let source = NamedSource::new(neutral(name), neutral(cut).into_owned());
    let report = Report { diagnostic, source, cut, offset };
    let mut drawn = String::new();
    match handler.render_report(&mut drawn, &report) {
        Ok(()) => drawn,
        Err(_) => format!("{}: {}\n", diagnostic.code.id(), neutral(&diagnostic.message)),
    }
}

/// Characters of a line that are drawn on either side of what a diagnostic is about.
const CONTEXT: usize = 240;

/// The text, or the part around a place of a line too long to draw, and where that part begins.
fn excerpt(text: &str, place: Span) -> (&str, usize) {
    let (start, end) = (floor(text, place.start as usize), floor(text, place.end as usize));
    let line_start = text.get(..start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
    let line_end =
        text.get(end..).and_then(|tail| tail.find('\n')).map_or(text.len(), |at| end + at);
    if line_end - line_start <= 4 * CONTEXT {
        return (text, 0);
    }
    let from = floor(text, start.saturating_sub(CONTEXT)).max(line_start);
    let to = floor(text, (start + CONTEXT).max(end.min(start + 2 * CONTEXT)).min(line_end));
    (text.get(from..to).unwrap_or_default(), from)
}

/// The nearest character boundary at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte)
}

struct Report<'d> {
    diagnostic: &'d Diagnostic,
    /// The drawn part as it is shown.
    source: NamedSource<String>,
    /// The drawn part as it was written.
    cut: &'d str,
    /// Where the drawn part begins in the whole text.
    offset: usize,
}

impl Report<'_> {
    /// A place in the drawn part; `None` when it lies outside.
    fn place(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let len = self.cut.len();
        let start = (span.start as usize).checked_sub(self.offset).filter(|start| *start <= len)?;
        // A mark can be longer than the character that it stands for.
        let shown = |byte: usize| {
            self.cut.get(..floor(self.cut, byte)).map_or(0, |head| neutral(head).len())
        };
        Some(shown(start)..shown((start + span.len()).min(len)))
    }
}

impl std::fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl std::fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&neutral(&self.diagnostic.message))
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code.id()))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        let mark = if self.diagnostic.help.is_some() { "fix: " } else { "" };
        let fixes = self.diagnostic.fixes.iter().map(|fix| format!("{mark}{}", fix.title));
        let lines: Vec<String> = self.diagnostic.help.iter().cloned().chain(fixes).collect();
        let text = neutral(&lines.join("\n")).into_owned();
        (!lines.is_empty()).then(|| Box::new(text) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let whole = self.diagnostic.span;
        let labels = &self.diagnostic.labels;
        // Labels inside the primary place say where it is; underlining it too would hide them.
        let inside =
            |label: &&Label| whole.start <= label.span.start && label.span.end <= whole.end;
        let primary =
            if labels.iter().any(|label| inside(&label)) { None } else { self.place(whole) };
        let primary = primary.map(|range| LabeledSpan::new_primary_with_span(None, range));
        let others = labels.iter().filter_map(|label| {
            let range = self.place(label.span)?;
            Some(LabeledSpan::new_with_span(Some(neutral(&label.text).into_owned()), range))
        });
        Some(Box::new(primary.into_iter().chain(others)))
    }
}
