//! Lines for text that is cut into pieces: what fits stays on one line, the rest is broken.
//!
//! Knows nothing of the language. Law: whatever the pieces, nothing follows a comment on its line.
//! Linear: a group's width is known when it closes, so that no text is measured twice.

use std::borrow::Cow;

/// Columns of one step of indentation.
const STEP: usize = 4;

/// Columns of the deepest indentation: what is nested deeper has room for text too, and no text
/// grows beyond measure.
const DEEPEST: usize = 60;

/// What a text is made of.
enum Piece<'p> {
    Text(Cow<'p, str>),
    /// A space that is never broken.
    Space,
    /// A space, or a new line when its group is broken.
    Line,
    /// Nothing, or a new line when its group is broken.
    Edge,
    /// A space, or a new line when its group is broken and what follows does not fit.
    Fill {
        width: usize,
    },
    Open {
        width: usize,
        comments: bool,
    },
    Close,
    Indent,
    Dedent,
    /// To the end of the line; `own` when nothing else may stand on the line.
    Comment {
        text: &'p str,
        own: bool,
    },
    /// A new line, and an empty one before it.
    Break {
        empty: bool,
    },
}

/// A group or a stretch to fill that is not yet closed.
struct Pending {
    piece: usize,
    width: usize,
    comments: usize,
}

/// Pieces in the making.
#[derive(Default)]
pub(super) struct Pieces<'p> {
    list: Vec<Piece<'p>>,
    /// Width of everything so far, as if on one line.
    width: usize,
    /// Comments so far.
    comments: usize,
    groups: Vec<Pending>,
    fill: Option<Pending>,
}

impl<'p> Pieces<'p> {
    pub(super) fn text(&mut self, text: impl Into<Cow<'p, str>>) {
        let text = text.into();
        self.width += columns(&text);
        self.list.push(Piece::Text(text));
    }

    pub(super) fn space(&mut self) {
        self.width += 1;
        self.list.push(Piece::Space);
    }

    pub(super) fn line(&mut self) {
        self.width += 1;
        self.list.push(Piece::Line);
    }

    pub(super) fn edge(&mut self) {
        self.list.push(Piece::Edge);
    }

    /// A space before the next element of a list.
    pub(super) fn fill(&mut self) {
        self.end_fill();
        self.width += 1;
        self.fill = Some(self.pending());
        self.list.push(Piece::Fill { width: 0 });
    }

    /// The last element of the list is whole.
    pub(super) fn end_fill(&mut self) {
        let Some(pending) = self.fill.take() else { return };
        if let Some(piece) = self.list.get_mut(pending.piece) {
            *piece = Piece::Fill { width: self.width - pending.width };
        }
    }

    /// Begins a group, which is broken as a whole when it does not fit or holds a comment.
    pub(super) fn open(&mut self) {
        self.groups.push(self.pending());
        self.list.push(Piece::Open { width: 0, comments: false });
    }

    pub(super) fn close(&mut self) {
        self.list.push(Piece::Close);
        let Some(pending) = self.groups.pop() else { return };
        if let Some(piece) = self.list.get_mut(pending.piece) {
            let comments = self.comments > pending.comments;
            *piece = Piece::Open { width: self.width - pending.width, comments };
        }
    }

    pub(super) fn indent(&mut self) {
        self.list.push(Piece::Indent);
    }

    pub(super) fn dedent(&mut self) {
        self.list.push(Piece::Dedent);
    }

    pub(super) fn comment(&mut self, text: &'p str, own: bool) {
        self.comments += 1;
        self.list.push(Piece::Comment { text, own });
    }

    pub(super) fn new_line(&mut self, empty: bool) {
        self.list.push(Piece::Break { empty });
    }

    fn pending(&self) -> Pending {
        Pending { piece: self.list.len(), width: self.width, comments: self.comments }
    }

    /// The text in lines of so many columns, without a new line at the end.
    pub(super) fn lay_out(self, most: usize) -> String {
        let mut lines = Lines::new(most, self.width);
        for piece in self.list {
            lines.piece(piece);
        }
        lines.out
    }
}

fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Lines in the making.
struct Lines {
    out: String,
    most: usize,
    column: usize,
    indent: usize,
    /// Nothing stands on the line yet, not even its indentation.
    at_start: bool,
    /// A space goes before the next text on the line.
    space: bool,
    /// A comment stands at the end of the line.
    commented: bool,
    /// For each open group, whether it is broken.
    broken: Vec<bool>,
}

impl Lines {
    fn new(most: usize, width: usize) -> Self {
        Lines {
            out: String::with_capacity(width),
            most,
            column: 0,
            indent: 0,
            at_start: true,
            space: false,
            commented: false,
            broken: Vec::new(),
        }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.text(&text),
            Piece::Space => self.space = true,
            Piece::Line => self.line(true),
            Piece::Edge => self.line(false),
            Piece::Fill { width } if self.fits(width + 1) && !self.commented => self.space = true,
            Piece::Fill { .. } => self.line(true),
            Piece::Open { width, comments } => {
                let broken = self.is_broken() && (comments || !self.fits(width));
                self.broken.push(broken);
            }
            Piece::Close => drop(self.broken.pop()),
            Piece::Indent => self.indent += STEP,
            Piece::Dedent => self.indent = self.indent.saturating_sub(STEP),
            Piece::Comment { text, own } => self.comment(text, own),
            Piece::Break { empty } => self.new_line(empty),
        }
    }

    fn indent(&self) -> usize {
        self.indent.min(DEEPEST)
    }

    fn is_broken(&self) -> bool {
        self.broken.last().copied().unwrap_or(true)
    }

    /// True when so many columns more fit on the line.
    fn fits(&self, width: usize) -> bool {
        let fresh = self.at_start || self.commented;
        let column = if fresh { self.indent() } else { self.column + usize::from(self.space) };
        column.saturating_add(width) <= self.most
    }

    fn text(&mut self, text: &str) {
        if self.commented {
            self.new_line(false);
        }
        self.put(text);
    }

    fn comment(&mut self, text: &str, own: bool) {
        if self.commented || own {
            self.new_line(false);
        }
        self.space = true;
        self.put(text);
        self.commented = true;
    }

    /// Puts text on the line, after its indentation or a space that is due.
    fn put(&mut self, text: &str) {
        let before = if self.at_start { self.indent() } else { usize::from(self.space) };
        self.column = if self.at_start { 0 } else { self.column };
        self.out.extend(std::iter::repeat_n(' ', before));
        self.out.push_str(text);
        self.column += before + columns(text);
        self.at_start = false;
        self.space = false;
    }

    fn line(&mut self, space: bool) {
        if self.is_broken() || self.commented {
            self.new_line(false);
        } else {
            self.space = space;
        }
    }

    fn new_line(&mut self, empty: bool) {
        if !self.at_start {
            self.out.push('\n');
        }
        if empty && !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
        self.at_start = true;
        self.space = false;
        self.commented = false;
    }
}
