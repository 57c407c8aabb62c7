//! A fix is a promise (`docs/language.md`, 4): every fix is applied and the text read again
//! before it is handed out. A fix whose result still fails at its place is left out.
//!
//! The bytes read again are counted, so that a long text with many errors takes time in
//! proportion to its length; fixes that there is no time to try are left out too.

use super::{Code, Diagnostic, Fix};
use crate::span::Span;
use crate::time::Clock;

/// So many diagnostics of a text are tried, the first by place: what stands behind them offers
/// nothing.
pub(crate) const MOST: usize = 200;

/// A diagnostic, as far as trials ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    pub(crate) span: Span,
    pub(crate) code: Code,
    pub(crate) is_error: bool,
}

impl From<&Diagnostic> for Seen {
    fn from(found: &Diagnostic) -> Self {
        Seen { span: found.span, code: found.code, is_error: found.is_error() }
    }
}

/// Gives everything there is to say of a changed text, and how many bytes it read for that.
pub(crate) type Look<'j> = &'j mut dyn FnMut(&str) -> (Vec<Seen>, usize);

/// Reads changed texts again, as long as its budget lasts.
pub(crate) struct Judge<'j> {
    look: Look<'j>,
    budget: usize,
    length: usize,
    /// The clock of the compilation, for fixes that say a time.
    pub(crate) clock: Option<Clock>,
}

impl<'j> Judge<'j> {
    /// A judge of changes to a text.
    pub(crate) fn new(text: &str, look: Look<'j>) -> Self {
        const LEAST: usize = 256 * 1024;
        const TIMES: usize = 4;
        let budget = LEAST.saturating_add(text.len().saturating_mul(TIMES));
        Judge { look, budget, length: text.len(), clock: None }
    }

    /// True while a change of the text can be tried.
    pub(crate) fn has_budget(&self) -> bool {
        self.budget >= self.length
    }

    /// Everything there is to say about a changed text; `None` when the budget is spent.
    pub(crate) fn all(&mut self, text: &str) -> Option<Vec<Seen>> {
        // A short text costs more than its bytes.
        const OVERHEAD: usize = 64;
        if self.budget < text.len() + OVERHEAD {
            return None;
        }
        let (seen, read) = (self.look)(text);
        self.budget = self.budget.saturating_sub(read + OVERHEAD);
        Some(seen)
    }

    /// The errors of a changed text.
    pub(crate) fn errors(&mut self, text: &str) -> Option<Vec<Seen>> {
        let mut all = self.all(text)?;
        all.retain(|seen| seen.is_error);
        Some(all)
    }
}

/// The bytes of a text that another one has otherwise, whole characters.
pub(crate) fn difference(text: &str, other: &str) -> Span {
    let same = |(a, b): &(u8, u8)| a == b;
    let before = text.bytes().zip(other.bytes()).take_while(same).count();
    let before = text.floor_char_boundary(before);
    let most = text.len().min(other.len()) - before;
    let behind = text.bytes().rev().zip(other.bytes().rev()).take(most).take_while(same).count();
    Span::new(before, text.ceil_char_boundary(text.len() - behind))
}

/// True when two places overlap or touch.
pub(crate) fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// True when a diagnostic's place lies at a replaced one: within it, or over part of it.
pub(crate) fn lies_in(found: Span, place: Span) -> bool {
    let overlaps = found.start < place.end && place.start < found.end;
    let inside = found.is_empty() && place.start < found.start && found.start < place.end;
    let around = place.is_empty() && found.start < place.start && place.start < found.end;
    overlaps || inside || around
}

/// Where the end of a place lies after `length` bytes were put in place of `replaced`.
pub(crate) fn end_of(place: Span, replaced: Span, length: usize) -> u32 {
    if place.end < replaced.end || replaced.is_empty() && place.end <= replaced.start {
        place.end
    } else {
        let end = (place.end as usize + length).saturating_sub(replaced.len());
        Span::at(end).end
    }
}

/// True when a diagnostic stands in a changed text as it stood before.
fn stays(found: &Diagnostic, after: &[Seen], fix: &Fix) -> bool {
    let end = end_of(found.span, fix.span, fix.text.len());
    after.iter().any(|other| other.code == found.code && other.span.end == end)
}

/// What one fix does: the diagnostics that are gone with it. `None` when it breaks its promise.
fn tried(
    text: &str,
    fix: &Fix,
    of: usize,
    found: &[Diagnostic],
    judge: &mut Judge<'_>,
) -> Option<Vec<usize>> {
    let mut changed = text.to_owned();
    changed.get(fix.span.range())?;
    // A text right beside a quotation mark would be one with a doubled mark.
    let marks = ['"', '\''];
    let before = text.get(..fix.span.start as usize)?.ends_with(marks);
    let after = text.get(fix.span.end as usize..)?.starts_with(marks);
    if (before && fix.text.starts_with(marks)) || (after && fix.text.ends_with(marks)) {
        return None;
    }
    changed.replace_range(fix.span.range(), &fix.text);
    let after = judge.all(&changed)?;
    let start = fix.span.start as usize;
    let place = Span::new(start, start + fix.text.len());
    let own = found.get(of)?;
    // What cannot stand behind an inserted bracket shows that the bracket is at the wrong place.
    let closes = own.code == Code::UnclosedBracket;
    let behind = |seen: &Seen| closes && seen.span.start == place.end;
    let wrong = |seen: &Seen| seen.is_error && (lies_in(seen.span, place) || behind(seen));
    let errors = found.iter().filter(|found| found.is_error()).count();
    let more = !own.is_error() && after.iter().filter(|seen| seen.is_error).count() > errors;
    if after.iter().any(wrong) || stays(own, &after, fix) || more {
        return None;
    }
    let gone = found.iter().enumerate().filter(|(_, other)| !stays(other, &after, fix));
    Some(gone.map(|(other, _)| other).collect())
}

/// Leaves out the fixes that break their promise, and the errors that another one causes.
/// `trusted` diagnostics at the end of the list have been tried already.
pub(crate) fn kept(
    text: &str,
    mut found: Vec<Diagnostic>,
    trusted: &dyn Fn(&Diagnostic) -> bool,
    judge: &mut Judge<'_>,
) -> Vec<Diagnostic> {
    let mut rest = found.split_off(MOST.min(found.len()));
    rest.iter_mut().filter(|found| !trusted(found)).for_each(|found| found.fixes.clear());
    let mut gone: Vec<Vec<usize>> = vec![Vec::new(); found.len()];
    for of in 0..found.len() {
        let Some(fixes) = found.get_mut(of).filter(|found| !trusted(found)) else { continue };
        let fixes = std::mem::take(&mut fixes.fixes);
        let mut right = Vec::with_capacity(fixes.len());
        for fix in fixes {
            let Some(mended) = tried(text, &fix, of, &found, judge) else { continue };
            if let Some(gone) = gone.get_mut(of).filter(|gone| gone.is_empty()) {
                *gone = mended;
            }
            right.push(fix);
        }
        if let Some(found) = found.get_mut(of) {
            found.fixes = right;
        }
    }
    let caused: Vec<bool> = found
        .iter()
        .enumerate()
        .map(|(of, this)| !trusted(this) && is_caused(text, of, &found, &gone))
        .collect();
    let mut caused = caused.into_iter();
    found.retain(|_| !caused.next().unwrap_or(false));
    found.append(&mut rest);
    found
}

/// True when another mistake is the reason for an error: mending that one mends this too, or both
/// are about the same characters, or this is what an operator or value that was not read left over.
fn is_caused(text: &str, of: usize, found: &[Diagnostic], gone: &[Vec<usize>]) -> bool {
    let Some(this) = found.get(of).filter(|this| this.is_error()) else { return false };
    let mends = |one: usize, other: usize| gone.get(one).is_some_and(|gone| gone.contains(&other));
    let about = |code: Code| matches!(code.id().get(..3), Some("T01" | "T02" | "T03"));
    if !about(this.code) {
        return false;
    }
    found.iter().enumerate().any(|(at, other)| {
        if at == of || !other.is_error() || !about(other.code) {
            return false;
        }
        let earlier = at < of;
        let same_clause = touches(this.span, other.span) || !divided(text, this.span, other.span);
        let mended = mends(at, of) && same_clause && (earlier || !mends(of, at));
        let overlaps = earlier && lies_in(this.span, other.span) && !this.span.is_empty();
        let connects = this.fixes.iter().any(|fix| fix.text == "and ");
        let unread = other.code == Code::UnknownOperator || this.fixes.is_empty();
        let left_over = earlier
            && matches!(this.code, Code::MissingConnective | Code::UnexpectedText)
            && (unread && !connects)
            && !divided(text, other.span, this.span);
        mended || overlaps || left_over
    })
}

/// True when a connective, a bracket or the end of a line stands between two places.
fn divided(text: &str, one: Span, other: Span) -> bool {
    let (start, end) = (one.end.min(other.end), one.start.max(other.start));
    let between = Span { start, end: end.max(start) }.of(text);
    let word = |word: &str| {
        ["and", "or", "&&", "||"].into_iter().any(|join| word.eq_ignore_ascii_case(join))
    };
    between.contains(['\n', '(', ')']) || between.split_whitespace().any(word)
}
