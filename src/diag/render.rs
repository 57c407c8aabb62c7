//! Draws diagnostics with miette. The only file that knows it.

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use super::{Diagnostic, Severity};

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
/// let found = tamis::compile(text, schema, "api", &tamis::Options::default()).unwrap_err();
/// let drawn = draw(&found[0], "query", text, Style { color: false, width: 80 });
/// assert!(drawn.contains("did you mean"));
/// # }
/// ```
#[must_use]
pub fn draw(diagnostic: &Diagnostic, name: &str, text: &str, style: Style) -> String {
    let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width.max(40))
        .with_links(false);
    let report = Report { diagnostic, source: NamedSource::new(name, text.to_owned()) };
    let mut drawn = String::new();
    match handler.render_report(&mut drawn, &report) {
        Ok(()) => drawn,
        Err(_) => format!("{}: {}\n", diagnostic.code.id(), diagnostic.message),
    }
}

struct Report<'d> {
    diagnostic: &'d Diagnostic,
    source: NamedSource<String>,
}

impl std::fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl std::fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.diagnostic.message)
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
        let fixes = self.diagnostic.fixes.iter().map(|fix| format!("fix: {}", fix.title));
        let lines: Vec<String> = self.diagnostic.help.iter().cloned().chain(fixes).collect();
        (!lines.is_empty()).then(|| Box::new(lines.join("\n")) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let primary = LabeledSpan::new_primary_with_span(None, self.diagnostic.span.range());
        let others = self.diagnostic.labels.iter();
        let others = others.map(|l| LabeledSpan::new_with_span(Some(l.text.clone()), l.span.range()));
        Some(Box::new(std::iter::once(primary).chain(others)))
    }
}
