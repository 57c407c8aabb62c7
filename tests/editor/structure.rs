//! Edits on clauses: reversible, of their own characters, and never the start of a mistake.

use super::{corpora, limits, options, schema};
use tamis::editor::structure::{clauses, mute, negate, remove};
use tamis::editor::{Edit, apply};

/// The text after an edit at every clause that it can be made at.
fn edited(
    text: &str,
    edit: fn(&str, usize, &tamis::Limits) -> Option<Vec<Edit>>,
) -> Vec<(usize, String)> {
    let all = clauses(text, &limits());
    let starts = all.iter().map(|clause| clause.span.range().start);
    starts.filter_map(|at| Some((at, apply(text, &edit(text, at, &limits())?)))).collect()
}

#[test]
fn negating_twice_gives_the_same_bytes() {
    let mut count = 0;
    for case in corpora() {
        for (at, negated) in edited(&case.text, negate) {
            let back =
                if negated.len() > case.text.len() { at + "not ".len() } else { at - "not ".len() };
            let again = negate(&negated, back, &limits()).unwrap();
            assert_eq!(apply(&negated, &again), case.text, "{negated:?}");
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn muting_twice_gives_the_same_bytes() {
    let mut count = 0;
    for case in corpora() {
        for (at, muted) in edited(&case.text, mute) {
            let blocks = clauses(&muted, &limits());
            let block = blocks.iter().find(|clause| clause.muted).unwrap();
            let again = mute(&muted, block.span.range().start, &limits()).unwrap();
            assert_eq!(apply(&muted, &again), case.text, "at {at}: {muted:?}");
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn without_a_clause_the_others_stay_as_they_are() {
    for case in corpora() {
        let before = clauses(&case.text, &limits());
        for (edit, kept) in [(remove as fn(&str, usize, &_) -> _, 0), (mute, 1)] {
            for (at, changed) in edited(&case.text, edit) {
                let after = clauses(&changed, &limits());
                let texts =
                    |text: &str, all: &[tamis::editor::structure::ClauseAt]| -> Vec<String> {
                        let live = all.iter().filter(|clause| !clause.muted);
                        live.map(|clause| clause.span.of(text).to_owned()).collect()
                    };
                let mut left = texts(&case.text, &before);
                let gone =
                    before.iter().position(|clause| clause.span.range().start == at).unwrap();
                left.remove(gone);
                assert_eq!(texts(&changed, &after), left, "{:?} at {at}", case.text);
                assert_eq!(after.len(), before.len() - 1 + kept);
                let checked = |text: &str| {
                    let found = tamis::check(&tamis::parse(text), schema(&case), &options());
                    found.diagnostics.iter().filter(|found| found.is_error()).count()
                };
                assert!(checked(&changed) <= checked(&case.text), "{changed:?}");
            }
        }
    }
}
