//! One diagnostic for each mistake, with fixes that keep their promise: every fix is tried on the
//! text before it is offered.

use super::{Checker, foreign};
use crate::diag::promise::{self, Judge};
use crate::diag::{Code, Diagnostic};
use crate::options::Options;
use crate::query::normal;
use crate::schema::Schema;
use crate::syntax::parse_with;
use crate::syntax::part::{Look, Trials};

/// What checking says of a changed text, or of a part of one, before its fixes are tried.
fn look(text: &str, is_part: bool, schema: &Schema, options: &Options) -> Look {
    let parsed = parse_with(text, &options.limits);
    let mut checker = Checker::new(&parsed, schema, options);
    let (root, _) = checker.read(&parsed.document);
    // A part says nothing of parameters, nor of what conditions mean together.
    if !is_part {
        checker.parameters_used();
        if let Some(root) = root.filter(|_| !checker.found.has_errors()) {
            normal::normalize(&root, &mut checker.found);
        }
    }
    let counts = [checker.conditions, checker.values];
    Look::new(&parsed.document, &checker.found.into_kept().0, counts)
}

/// One diagnostic for each mistake, with fixes that keep their promise.
pub(super) fn promised(
    text: &str,
    found: Vec<Diagnostic>,
    whole: Look,
    schema: &Schema,
    options: &Options,
) -> Vec<Diagnostic> {
    let is_limit = |found: &Diagnostic| found.code.id().starts_with("T06");
    if found.iter().any(is_limit) {
        return found;
    }
    let read = |text: &str, is_part: bool| look(text, is_part, schema, options);
    let mut trials = Trials::new(text, whole, &read, &options.limits);
    let mut look = |text: &str| trials.seen(text);
    let mut judge = Judge::new(text, &mut look);
    judge.clock = Some(options.clock(schema.week_start));
    let found = foreign::answer(text, found, schema, &mut judge);
    // What comes from there has been tried.
    let trusted = |found: &Diagnostic| {
        let hidden = found.code == Code::InvisibleCharacter;
        found.code == Code::ForeignWords || (hidden && found.fixes.iter().any(|fix| fix.safe))
    };
    let mut found = promise::kept(text, found, &trusted, &mut judge);
    found.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.severity)));
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::look;
    use crate::diag::Code;
    use crate::diag::promise::Seen;
    use crate::options::Options;
    use crate::schema::Schema;
    use crate::syntax::drawn::Draw;
    use crate::syntax::part::Trials;

    #[test]
    fn a_part_says_what_the_whole_text_says() {
        let schema = Schema::builtin("activities").unwrap();
        let options = Options::at(1_793_534_400_000);
        let read = |text: &str, is_part: bool| look(text, is_part, schema, &options);
        // What conditions mean together is asked of the whole text alone.
        let said = |mut seen: Vec<Seen>| {
            seen.retain(|seen| {
                !matches!(seen.code, Code::SelectsNothing | Code::SelectsEverything)
            });
            seen.sort_unstable();
            seen
        };
        let mut draw = Draw(1);
        let (mut near, mut all) = (0, 0);
        for _ in 0..2_000 {
            let text = draw.text();
            let mut trials = Trials::new(&text, read(&text, false), &read, &options.limits);
            for _ in 0..12 {
                let changed = draw.changed(&text);
                let (seen, cost) = trials.seen(&changed);
                assert_eq!(said(seen), said(read(&changed, false).found), "{text:?}\n{changed:?}");
                all += 1;
                near += usize::from(cost < changed.len());
            }
        }
        assert!(near * 4 > all, "{near} of {all} changes were read in part");
    }
}
