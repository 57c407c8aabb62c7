//! Places between the library, which counts bytes, and the protocol, which counts lines and
//! UTF-16 units.

use lsp_types::{Position, Range, TextEdit};
use tamis::editor::Edit;
use tamis::{LineColumn, Positions, Span};

/// A text with its places.
pub(super) struct Places<'t>(Positions<'t>);

impl<'t> Places<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Places(Positions::new(text))
    }

    pub(super) fn position(&self, byte: usize) -> Position {
        let LineColumn { line, column } = self.0.line_column(byte);
        Position { line, character: column }
    }

    pub(super) fn range(&self, span: Span) -> Range {
        let range = span.range();
        Range { start: self.position(range.start), end: self.position(range.end) }
    }

    pub(super) fn byte(&self, position: Position) -> usize {
        self.0.byte_of(LineColumn { line: position.line, column: position.character })
    }

    pub(super) fn edit(&self, edit: &Edit) -> TextEdit {
        TextEdit { range: self.range(edit.span), new_text: edit.text.clone() }
    }
}
