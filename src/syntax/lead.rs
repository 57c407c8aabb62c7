//! What stands before a caret and need not be read to know what can stand there.

use std::cmp::Ordering;

use super::part::{Look, MOST, balance, joint};
use super::{Parsed, guard};
use crate::diag::Code;

/// What stands before the part of a half-typed text that decides what can stand at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lead {
    pub(crate) bytes: usize,
    /// The parentheses around conditions that it leaves open.
    pub(crate) groups: usize,
}

impl Lead {
    /// All of a text before a caret but the last conditions, one of which is complete: it reads
    /// the same wherever it stands behind a connective. Nothing where that is not certain.
    pub(crate) fn of(parsed: &Parsed<'_>, caret: usize) -> Lead {
        Lead::sure(parsed, caret).unwrap_or_default()
    }

    fn sure(parsed: &Parsed<'_>, caret: usize) -> Option<Lead> {
        const BEFORE: usize = 2;
        let Parsed { text, document, diagnostics } = parsed;
        let whole = Look::new(document, &[], [0, 0]);
        let complete = whole.places.partition_point(|place| (place.end as usize) < caret);
        let nearest = (1..=complete.checked_sub(BEFORE)?).rev().take(MOST);
        let mut joints = nearest.filter_map(|at| joint(text, &whole.places, at));
        let between = |bytes: usize| text.get(bytes..caret).unwrap_or_default();
        let closes_none = |bytes: &usize| balance(between(*bytes)) != Some(Ordering::Less);
        let bytes = joints.find(|joint| closes_none(&joint.end))?.end;
        let begins = between(bytes);
        let defines = begins.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("let"));
        let torn = diagnostics.holds(Code::UnclosedBracket) && begins.contains([')', ']', '}']);
        if whole.defines || defines || torn || begins.starts_with('\u{feff}') {
            return None;
        }
        let mut groups = Some(0_usize);
        guard::marks(text.get(..bytes)?, &mut |_, byte| {
            groups = match (byte, groups) {
                (b'(', Some(groups)) => Some(groups + 1),
                (b')', Some(groups)) => groups.checked_sub(1),
                (b'"' | b'\'', _) | (_, None) => None,
                (_, groups) => groups,
            };
            groups.is_some()
        });
        Some(Lead { bytes, groups: groups? })
    }
}
