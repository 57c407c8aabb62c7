//! Muted clauses: comments that begin with a mark, and can be clauses again.

use super::edits::{Answer, Session};
use super::form::leads_to;
use super::rows::{operand, written};
use super::tree::{Connective, Inner, Reading};
use super::{Edit, Refusal, apply};
use crate::limits::Limits;
use crate::span::Span;
use crate::syntax::ast::Expr;
use crate::syntax::{Kind, Token, parse_with};

/// What begins a muted clause, and each further line of it.
pub(super) const MUTE: &str = "#~ ";
const MUTED_LINE: &str = "#~~";

/// A muted clause: from its mark to the end of its last line, the line break left out.
pub(super) struct Block<'s> {
    pub(super) span: Span,
    text: &'s str,
}

/// What a muted clause says; places are those of the whole text.
#[derive(Default)]
pub(super) struct Muted {
    pub(super) connective: Option<Connective>,
    pub(super) not: bool,
    pub(super) field: Option<Span>,
    pub(super) operator: Option<Span>,
    pub(super) operand: Option<Span>,
}

impl<'s> Block<'s> {
    /// The muted clause that begins with a comment.
    pub(super) fn at(first: Span, text: &'s str) -> Self {
        let line_end = |from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            from + rest.find('\n').unwrap_or(rest.len())
        };
        let mut end = line_end(first.range().start);
        while let Some(line) = text.get(end..).and_then(|rest| rest.strip_prefix('\n')) {
            if !line.starts_with(MUTED_LINE) {
                break;
            }
            end = line_end(end + 1);
        }
        let span = Span::new(first.range().start, end);
        Block { span, text: span.of(text) }
    }

    /// The text without its marks.
    fn open(&self) -> String {
        let text = self.text.strip_prefix(MUTE).unwrap_or(self.text);
        without_marks(text)
    }

    /// The place in the whole text of one in the text without marks.
    fn place(&self, open: &str, at: usize) -> usize {
        let lines = open.get(..at).unwrap_or_default().matches('\n').count();
        self.span.range().start + MUTE.len() + at + lines * MUTED_LINE.len()
    }

    pub(super) fn read(&self, limits: &Limits) -> Muted {
        let open = self.open();
        let (inner, connective) = without_connectives(&open, limits);
        let reading = Reading::new(inner.of(&open), limits);
        let bodies = reading.bodies();
        let Some(root) = bodies.last().and_then(|body| body.root.as_ref()) else {
            return Muted { connective, ..Muted::default() };
        };
        let whole = |span: Span| {
            let span = span.shifted(inner.range().start).range();
            Span::new(self.place(&open, span.start), self.place(&open, span.end))
        };
        let not = root.not;
        match &root.inner {
            Inner::Leaf(Expr::Clause(clause)) => Muted {
                connective,
                not,
                field: Some(whole(clause.field.span)),
                operator: written(clause).map(whole),
                operand: operand(clause).map(whole),
            },
            Inner::Leaf(leaf) => {
                let field = Some(whole(leaf.span()));
                Muted { connective, not, field, ..Muted::default() }
            }
            Inner::Group(..) => Muted { connective, not, ..Muted::default() },
        }
    }
}

pub(super) fn without_marks(text: &str) -> String {
    text.replace(&["\n", MUTED_LINE].concat(), "\n")
}

/// A text without a connective at its start or end, and that at its start.
fn without_connectives(text: &str, limits: &Limits) -> (Span, Option<Connective>) {
    let tokens: Vec<Token> = crate::syntax::tokens(text, limits);
    let mut span = Span::new(0, text.len());
    let joins = |token: Option<&Token>| {
        let token = token.filter(|token| token.kind == Kind::Connective)?;
        Some((token.span, Connective::of(token.span.of(text))?))
    };
    let first = joins(tokens.first());
    if let Some((first, _)) = first {
        span.start = first.end;
    }
    if let Some((last, _)) = joins(tokens.last()).filter(|(last, _)| last.start >= span.start) {
        span.end = last.start;
    }
    (span, first.map(|(_, connective)| connective))
}

/// A text without a connective behind it, which may have been read as a value that was missing.
fn without_last_word(text: &str) -> &str {
    let (head, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    if Connective::of(last).is_some() { head.trim_end() } else { text }
}

impl Session<'_, '_> {
    pub(super) fn mute(&self, clause: usize) -> Answer {
        let path = self.clause(clause)?;
        let (_, span) = self.removable(&path)?;
        let text = self.reading.text();
        let mut edits = vec![Edit::new(span.before(), MUTE)];
        let breaks = span.of(text).match_indices('\n');
        let lines = breaks.map(|(at, _)| Span::at(span.range().start + at + 1));
        edits.extend(lines.map(|line| Edit::new(line, MUTED_LINE)));
        edits.push(Edit::new(span.after(), "\n"));
        let mut wanted = self.whole().without(span);
        let outside = |comment: &Span| comment.start < span.start || span.end < comment.end;
        let comments = self.reading.comments(Span::new(0, text.len())).filter(outside);
        let muted = [MUTE, &span.of(text).replace('\n', &["\n", MUTED_LINE].concat())].concat();
        wanted.comments = comments
            .map(|comment| comment.of(text).trim_end().to_owned())
            .chain(muted.split('\n').map(|line| line.trim_end().to_owned()))
            .collect();
        let edits = self.sound(edits, wanted)?;
        if self.comes_back(&apply(text, &edits), span) { Ok(edits) } else { Err(Refusal::Unsound) }
    }

    /// True when unmuting the comment at a place of the changed text gives this text again.
    fn comes_back(&self, changed: &str, place: Span) -> bool {
        let reading = Reading::new(changed, self.limits);
        let session = Session::new(&reading, self.limits);
        let mut clauses = session.rows.clauses.iter();
        let at = |row: &super::rows::Row| row.clause.muted && row.clause.span.start == place.start;
        let back = clauses.position(at).and_then(|clause| session.unmute(clause).ok());
        back.is_some_and(|edits| apply(changed, &edits) == self.reading.text())
    }

    /// A clause again, with the connective that was muted with it; where that does not fit any
    /// more, since what stood beside it is gone, with the one that does.
    pub(super) fn unmute(&self, clause: usize) -> Answer {
        let row = self.rows.clauses.get(clause).ok_or(Refusal::Missing)?;
        if !row.clause.muted {
            return Err(Refusal::Muted);
        }
        let text = self.reading.text();
        let block = Block { span: row.clause.span, text: row.clause.span.of(text) };
        let end = block.span.range().end;
        let line = usize::from(text.get(end..).is_some_and(|rest| rest.starts_with('\n')));
        let open = block.open();
        let inner = without_connectives(&open, self.limits).0.of(&open).trim();
        // What was wrong within it before it was muted.
        let mistakes = |text: &str| parse_with(text, self.limits).mistakes();
        let mistakes = mistakes(inner).max(mistakes(without_last_word(inner)));
        let exact = self.unmarked(block.span, line);
        if self.restores(&exact, block.span, line, mistakes) {
            return Ok(exact);
        }
        let whole = Span::new(block.span.range().start, end);
        let ways = [
            ("", open.as_str(), ""),
            ("", inner, ""),
            ("and ", inner, ""),
            ("", inner, " and"),
            ("or ", inner, ""),
            ("", inner, " or"),
        ];
        let ways = ways.map(|(before, inner, behind)| {
            vec![Edit::new(whole, [before, inner, behind].concat())]
        });
        ways.into_iter()
            .find(|edits| self.restores(edits, block.span, 0, mistakes))
            .ok_or(Refusal::Unsound)
    }

    /// The edits that take away the marks, and the line break that muting put there.
    fn unmarked(&self, block: Span, line: usize) -> Vec<Edit> {
        let start = block.range().start;
        let mut edits = vec![Edit::new(Span::new(start, start + MUTE.len()), "")];
        for (at, _) in block.of(self.reading.text()).match_indices('\n') {
            let line = start + at + 1;
            edits.push(Edit::new(Span::new(line, line + MUTED_LINE.len()), ""));
        }
        if line > 0 {
            let end = block.range().end;
            edits.push(Edit::new(Span::new(end, end + line), ""));
        }
        edits
    }

    /// True when the changed text has more conditions where the comment was, and says the same
    /// without them.
    fn restores(&self, edits: &[Edit], block: Span, line: usize, mistakes: usize) -> bool {
        let text = self.reading.text();
        let changed = apply(text, edits);
        let behind = text.len() - block.range().end - line;
        let place = Span::new(block.range().start, changed.len().saturating_sub(behind));
        let after = Reading::new(&changed, self.limits);
        let after = Session::new(&after, self.limits);
        let mut wanted = after.whole().without(place);
        let whole = self.whole();
        wanted.comments.clone_from(&whole.comments);
        let is_more = after.leaves() > self.leaves();
        is_more
            && after.reading.parsed.mistakes() <= self.reading.parsed.mistakes() + mistakes
            && !super::form::is_tangled(&after.reading.parsed)
            && wanted.simple() == whole.simple()
    }

    pub(super) fn sound(&self, edits: Vec<Edit>, wanted: super::form::Whole<'_, '_>) -> Answer {
        if leads_to(self.reading, &edits, wanted, self.limits) {
            Ok(edits)
        } else {
            Err(Refusal::Unsound)
        }
    }
}
