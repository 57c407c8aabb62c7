//! Edits on what is there: remove, negate, replace, move, join.

use super::form::{Form, Whole, leads_to};
use super::rows::{Rows, rows};
use super::tree::{Body, Connective, Inner, Part, Reading};
use super::{Edit, Refusal, Target, apply};
use crate::limits::Limits;
use crate::span::Span;

pub(super) type Answer = Result<Vec<Edit>, Refusal>;

/// A place in the clause tree: the body, then places in groups.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    pub(super) body: usize,
    pub(super) steps: Vec<usize>,
}

/// One edit on a text that is read.
pub(super) struct Session<'r, 's> {
    pub(super) reading: &'r Reading<'s>,
    pub(super) bodies: Vec<Body<'r, 's>>,
    pub(super) rows: Rows,
    pub(super) limits: &'r Limits,
}

impl<'r, 's> Session<'r, 's> {
    pub(super) fn new(reading: &'r Reading<'s>, limits: &'r Limits) -> Self {
        let bodies = reading.bodies();
        let rows = rows(reading, &bodies, limits);
        Session { reading, bodies, rows, limits }
    }

    pub(super) fn whole(&self) -> Whole<'r, 's> {
        Whole::of(self.reading, &self.bodies)
    }

    pub(super) fn leaves(&self) -> usize {
        self.whole().bodies.iter().map(|(_, form)| form.leaves()).sum()
    }

    pub(super) fn clause(&self, clause: usize) -> Result<Path, Refusal> {
        let row = self.rows.clauses.get(clause).ok_or(Refusal::Missing)?;
        if row.clause.muted {
            return Err(Refusal::Muted);
        }
        Ok(Path { body: row.body, steps: row.path.clone() })
    }

    pub(super) fn path(&self, target: Target) -> Result<Path, Refusal> {
        match target {
            Target::Clause(clause) => self.clause(clause),
            Target::Group(group) => {
                let row = self.rows.groups.get(group).ok_or(Refusal::Missing)?;
                Ok(Path { body: row.body, steps: row.path.clone() })
            }
        }
    }

    pub(super) fn part(&self, path: &Path) -> Result<&Part<'r, 's>, Refusal> {
        let root = self.bodies.get(path.body).and_then(|body| body.root.as_ref());
        root.and_then(|root| root.at(&path.steps)).ok_or(Refusal::Missing)
    }

    /// The group that a part is an item of, and its place there; `None` of a whole body.
    pub(super) fn parent(&self, path: &Path) -> Option<(&Part<'r, 's>, usize)> {
        let (last, steps) = path.steps.split_last()?;
        let parent = Path { body: path.body, steps: steps.to_vec() };
        Some((self.part(&parent).ok()?, *last))
    }

    /// What is wanted: the formula with a change at a place.
    pub(super) fn wanted(
        &self,
        path: &Path,
        change: impl FnOnce(&mut Form<'r, 's>),
    ) -> Result<Whole<'r, 's>, Refusal> {
        let mut whole = self.whole();
        let body = whole.bodies.get_mut(path.body).ok_or(Refusal::Missing)?;
        change(body.1.at(&path.steps).ok_or(Refusal::Missing)?);
        Ok(whole)
    }

    /// A part with its brackets and `not`s, and the same with one connective: what can go and
    /// leave a whole query.
    pub(super) fn removable(&self, path: &Path) -> Result<(Span, Span), Refusal> {
        let part = self.part(path)?;
        let Some((parent, place)) = self.parent(path) else {
            let filter = self.bodies.get(path.body).is_some_and(|body| body.filter.is_some());
            return if filter { Err(Refusal::LastOfFilter) } else { Ok((part.unit, part.unit)) };
        };
        let items = parent.items();
        let before = place.checked_sub(1).and_then(|place| items.get(place));
        if let Some(before) = before {
            let joint = self.reading.joint(before, part).ok_or(Refusal::Unsound)?;
            return Ok((part.unit, joint.span.to(part.unit)));
        }
        let next = items.get(place + 1).ok_or(Refusal::Missing)?;
        let joint = self.reading.joint(part, next).ok_or(Refusal::Unsound)?;
        Ok((part.unit, part.unit.to(joint.span)))
    }

    pub(super) fn remove(&self, target: Target) -> Answer {
        if let Target::Clause(clause) = target
            && let Some(row) = self.rows.clauses.get(clause)
            && row.clause.muted
        {
            return self.remove_muted(row.clause.span);
        }
        let (unit, span) = self.removable(&self.path(target)?)?;
        let wanted = self.whole().without(span);
        let text = self.reading.text();
        let whole = with_blanks(span, span.end > unit.end, text);
        let mut at = whole.range().start;
        let mut edits = Vec::new();
        for comment in self.reading.comments(span) {
            edits.push(Edit::new(Span::new(at, comment.range().start), ""));
            // A comment keeps the end of its line.
            at = (comment.range().end + 1).min(whole.range().end);
        }
        edits.push(Edit::new(Span::new(at, whole.range().end), ""));
        self.sound(edits, wanted)
    }

    fn remove_muted(&self, span: Span) -> Answer {
        let text = self.reading.text();
        let mut wanted = self.whole();
        for line in span.of(text).split('\n') {
            let place = wanted.comments.iter().position(|comment| comment == line.trim_end());
            wanted.comments.swap_remove(place.ok_or(Refusal::Unsound)?);
        }
        let blanks = with_blanks(span, false, text);
        let behind = text.get(blanks.range().end..).unwrap_or_default();
        // With the line break that muting put there, when nothing needs it.
        let line = Span::new(
            blanks.range().start,
            blanks.range().end + usize::from(behind.starts_with('\n')),
        );
        let ways = [line, blanks, span].map(|place| vec![Edit::new(place, "")]);
        let sound = |edits: &Vec<Edit>| leads_to(self.reading, edits, wanted.clone(), self.limits);
        ways.into_iter().find(sound).ok_or(Refusal::Unsound)
    }

    pub(super) fn negate(&self, target: Target) -> Answer {
        const NOT: &str = "not ";
        let path = self.path(target)?;
        let part = self.part(&path)?;
        let wanted = self.wanted(&path, Form::negate)?;
        let text = self.reading.text();
        let open = matches!(part.inner, Inner::Group(..));
        let bracket = if open { self.bracket(part) } else { None };
        let core = bracket.unwrap_or(part.core);
        let start = core.range().start;
        let has = |word: &str| {
            let from = start.checked_sub(word.len())?;
            let before = self.reading.neighbours(core).0?;
            let is = before.span.range().start == from && text.get(from..start) == Some(word);
            is.then(|| Span::new(from, start))
        };
        if let Some(not) = has(NOT) {
            return self.sound(vec![Edit::new(not, "")], wanted);
        }
        if open && bracket.is_none() {
            let edits = vec![Edit::new(core.before(), "not("), Edit::new(core.after(), ")")];
            return self.sound(edits, wanted);
        }
        if let Some(not) = has("not").filter(|_| open) {
            let inner = Span::new(start, start + 1);
            let end = core.range().end;
            let without =
                vec![Edit::new(not.to(inner), ""), Edit::new(Span::new(end - 1, end), "")];
            let tight = part.core.start == inner.end && part.core.range().end + 1 == end;
            let exact = self.sound(without, wanted.clone()).ok().filter(|_| tight);
            return exact.map_or_else(|| self.sound(vec![Edit::new(not, "")], wanted), Ok);
        }
        self.sound(vec![Edit::new(core.before(), NOT)], wanted)
    }

    /// A group with its innermost brackets.
    fn bracket(&self, part: &Part<'_, '_>) -> Option<Span> {
        let (before, behind) = self.reading.neighbours(part.core);
        let (before, behind) = (before?.span, behind?.span);
        let within = part.unit.start <= before.start && behind.end <= part.unit.end;
        (within && before.of(self.reading.text()) == "(").then(|| before.to(behind))
    }

    pub(super) fn replace(
        &self,
        clause: usize,
        field: Option<&str>,
        operator: Option<&str>,
        operand: Option<&str>,
    ) -> Answer {
        let path = self.clause(clause)?;
        let row = self.rows.clauses.get(clause).ok_or(Refusal::Missing)?.clause.clone();
        let text = self.reading.text();
        let mut edits = Vec::new();
        if let (Some(field), Some(span)) = (field, row.field) {
            edits.push(Edit::new(span, field));
        }
        let behind = row.field.unwrap_or(row.span).after();
        let amid = |operator: Span, operand: Span| operand.start < operator.end;
        let spread = row.operator.zip(row.operand).is_some_and(|(one, two)| amid(one, two))
            || operator.is_some_and(|operator| operator.contains(AMID));
        match (operator, spread) {
            (Some(operator), true) => {
                // Words of the operator stand on both sides of the operand: both are written anew.
                let kept = operand.or_else(|| row.operand.map(|span| span.of(text))).unwrap_or("");
                let whole = row.operator.into_iter().chain(row.operand).reduce(Span::to);
                let put = if operator.contains(AMID) {
                    operator.replacen(AMID, kept, 1)
                } else {
                    [operator, " ", kept].concat().trim_end().to_owned()
                };
                edits.push(match whole {
                    Some(whole) => Edit::new(whole, put),
                    None => Edit::new(behind, spaced(text, behind, &put)),
                });
            }
            (_, _) => apart_edits(text, behind, &row, operator, operand, &mut edits),
        }
        edits.retain(|edit| edit.span.of(text) != edit.text);
        self.rewritten(&path, row.span, edits)
    }

    pub(super) fn rewrite(&self, clause: usize, condition: &str) -> Answer {
        let path = self.clause(clause)?;
        let part = self.part(&path)?;
        let condition = condition.trim();
        self.rewritten(&path, part.core, vec![Edit::new(part.core, condition)])
    }

    /// Edits within a clause, which must leave one condition there.
    fn rewritten(&self, path: &Path, place: Span, edits: Vec<Edit>) -> Answer {
        let text = self.reading.text();
        let from = place.range().start;
        let moved = edits.iter().map(|edit| {
            let span = edit.span.range();
            Edit::new(Span::new(span.start - from, span.end - from), edit.text.as_str())
        });
        let alone = apply(place.of(text), &moved.collect::<Vec<_>>());
        let reading = Reading::new(&alone, self.limits);
        let bodies = reading.bodies();
        let alone = super::add::condition(&reading, &bodies)?;
        if matches!(alone.inner, Inner::Group(..)) && alone.unit == alone.core {
            return Err(Refusal::NotACondition);
        }
        let form = Form::of(alone, reading.text());
        let wanted = self.wanted(path, |slot| *slot.core() = form)?;
        self.sound(edits, wanted)
    }

    pub(super) fn shift(&self, target: Target, later: bool) -> Answer {
        let path = self.path(target)?;
        let (parent, place) = self.parent(&path).ok_or(Refusal::AtTheEdge)?;
        let first = if later { Some(place) } else { place.checked_sub(1) };
        let first = first.ok_or(Refusal::AtTheEdge)?;
        let items = parent.items();
        let one = items.get(first).ok_or(Refusal::AtTheEdge)?.unit;
        let two = items.get(first + 1).ok_or(Refusal::AtTheEdge)?.unit;
        let (_, steps) = path.steps.split_last().ok_or(Refusal::AtTheEdge)?;
        let group = Path { body: path.body, steps: steps.to_vec() };
        let wanted = self.wanted(&group, |form| {
            if let Form::Join(_, items) = form.core() {
                items.swap(first, first + 1);
            }
        })?;
        let text = self.reading.text();
        let edits = vec![
            Edit::new(one, apart(text, one, two.of(text))),
            Edit::new(two, apart(text, two, one.of(text))),
        ];
        self.sound(edits, wanted)
    }

    pub(super) fn join(&self, group: usize, connective: Connective) -> Answer {
        let path = self.path(Target::Group(group))?;
        let part = self.part(&path)?;
        let wanted = self.wanted(&path, |form| {
            if let Form::Join(kind, _) = form.core() {
                *kind = connective;
            }
        })?;
        let text = self.reading.text();
        let mut edits = Vec::new();
        for pair in part.items().windows(2) {
            if let [one, next] = pair {
                let joint = self.reading.joint(one, next).ok_or(Refusal::Unsound)?.span;
                edits.push(Edit::new(joint, like(joint.of(text), connective)));
            }
        }
        edits.retain(|edit| edit.span.of(text) != edit.text);
        self.sound(edits, wanted)
    }
}

/// The place of the operand in an operator of several words.
const AMID: char = '…';

/// Edits of an operator and an operand that stand one behind the other.
fn apart_edits(
    text: &str,
    field: Span,
    row: &super::ClauseAt,
    operator: Option<&str>,
    operand: Option<&str>,
    edits: &mut Vec<Edit>,
) {
    if let Some(operator) = operator {
        edits.push(match row.operator {
            Some(span) => Edit::new(span, operator),
            None => Edit::new(field, spaced(text, field, operator)),
        });
    }
    let behind = row.operator.map_or(field, Span::after);
    if let Some(operand) = operand {
        edits.push(match (row.operand, operand.is_empty()) {
            (Some(span), false) => Edit::new(span, operand),
            (Some(span), true) => Edit::new(behind.to(span), ""),
            (None, true) => return,
            (None, false) => Edit::new(behind, spaced(text, behind, operand)),
        });
    }
}

/// A connective written as another one is: a symbol, capitals, or a word.
fn like(written: &str, connective: Connective) -> String {
    match (written, connective) {
        ("&&" | "||", Connective::And) => "&&".into(),
        ("&&" | "||", Connective::Or) => "||".into(),
        (_, _) if written.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            connective.word().to_ascii_uppercase()
        }
        (_, _) => connective.word().into(),
    }
}

/// What is put behind a word, with a blank where none is.
fn spaced(text: &str, place: Span, put: &str) -> String {
    let behind = text.get(place.range().end..).unwrap_or_default();
    let ends = behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || c == ')');
    [" ", put, if ends { "" } else { " " }].concat()
}

/// What is put in another's place, with blanks where it would grow together with a word.
pub(super) fn apart(text: &str, place: Span, put: &str) -> String {
    let sticks = |c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '_' | '#');
    let before = text.get(..place.range().start).and_then(|text| text.chars().next_back());
    let behind = text.get(place.range().end..).and_then(|text| text.chars().next());
    let first = before.is_some_and(sticks) && put.starts_with(sticks);
    let last = behind.is_some_and(sticks) && put.ends_with(sticks);
    [if first { " " } else { "" }, put, if last { " " } else { "" }].concat()
}

/// A place with the blanks behind it, or where it stands at a line's start or `behind` is false,
/// those before.
fn with_blanks(span: Span, behind: bool, text: &str) -> Span {
    let blanks = |c: char| c == ' ' || c == '\t';
    let head = text.get(..span.range().start).unwrap_or_default();
    let tail = text.get(span.range().end..).unwrap_or_default();
    let kept = head.trim_end_matches(blanks);
    if behind || kept.is_empty() {
        let more = tail.len() - tail.trim_start_matches(blanks).len();
        Span::new(span.range().start, span.range().end + more)
    } else {
        Span::new(kept.len(), span.range().end)
    }
}
