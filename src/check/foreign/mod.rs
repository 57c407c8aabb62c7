//! Words of other languages (`docs/language.md`, 4): what people type from SQL, KQL, Lucene,
//! OData and plain English, and what says the same here.
//!
//! Where a condition has errors, the recognisers of [`FORMS`] look at its tokens. What one of them
//! reads becomes the one diagnostic of the condition, with a fix for each reading; a fix is
//! offered only when the text with it has no error there any more.

mod lex;
mod numbers;
mod operators;
mod outline;
mod patterns;
mod shapes;
mod times;
mod values;
mod words;

use crate::diag::promise::{Judge, Seen, end_of, lies_in, touches};
use crate::diag::{Diagnostic, Fix, messages, wording};
use crate::schema::{Field, Schema};
use crate::span::Span;
use crate::time::Clock;
use lex::{Kind, Token};
use outline::{Outline, Segment};
pub use words::{ForeignOperator, OPERATORS};

/// A change of the text, and what it says.
#[derive(Clone, Debug)]
struct Reading {
    span: Span,
    text: String,
    /// What differs from what was written, or which of two readings it is. A reading with a note
    /// is a guess.
    note: Option<String>,
}

/// A foreign form that was recognised.
#[derive(Clone, Debug)]
struct Form {
    /// Where it stands.
    span: Span,
    readings: Vec<Reading>,
    /// Why nothing here says the same, where that is so.
    help: Option<&'static str>,
}

impl Form {
    fn one(span: Span, place: Span, text: impl Into<String>) -> Self {
        Form::with(span, vec![Reading { span: place, text: text.into(), note: None }])
    }

    fn guess(span: Span, place: Span, text: impl Into<String>, note: &str) -> Self {
        let note = Some(note.to_owned());
        Form::with(span, vec![Reading { span: place, text: text.into(), note }])
    }

    fn with(span: Span, readings: Vec<Reading>) -> Self {
        Form { span, readings, help: None }
    }
}

/// One kind of foreign form: what it looks like, what it becomes, and how it is recognised.
pub struct Kinds {
    /// Examples on the shipped activities: how it is written elsewhere, and here.
    pub examples: &'static [(&'static str, &'static str)],
    read: Read,
}

type Read = fn(&Place<'_, '_>) -> Option<Form>;

/// Every kind, in the order they are tried.
pub const FORMS: &[Kinds] = &[
    Kinds {
        examples: &[
            ("date ≥ 2026-10-01", "date >= 2026-10-01"),
            ("user.username = “alice”", "user.username = \"alice\""),
            ("service in (Box， 11770)", "service in (Box, 11770)"),
            ("service\u{a0}= Box", "service = Box"),
            ("user.username = 'o''neil'", "user.username = \"o'neil\""),
        ],
        read: shapes::typography,
    },
    Kinds {
        examples: &[
            ("WHERE ip.category = Risky", "ip.category = Risky"),
            ("SELECT * FROM activities WHERE ip.category = Risky", "ip.category = Risky"),
        ],
        read: shapes::lead_in,
    },
    Kinds { examples: &[("-service = Box", "not service = Box")], read: shapes::minus },
    Kinds {
        examples: &[
            ("ip.category:Risky", "ip.category = Risky"),
            ("ip.category:(Risky or VPN)", "ip.category in (Risky, VPN)"),
            ("user.username:*", "user.username is set"),
            ("_exists_:location.country", "location.country is set"),
            ("date:>2026-10-01", "date > 2026-10-01"),
            ("date:[2026-10-01 TO 2026-10-08]", "date between 2026-10-01 and 2026-10-08"),
        ],
        read: shapes::colon,
    },
    Kinds {
        examples: &[
            ("exists(location.country)", "location.country is set"),
            ("startswith(user.username, 'adm')", "user.username starts with 'adm'"),
        ],
        read: shapes::function,
    },
    Kinds {
        examples: &[("\"2026-10-01\" < date", "date > \"2026-10-01\"")],
        read: shapes::reversed,
    },
    Kinds {
        examples: &[
            ("user.username LIKE 'adm%'", "user.username starts with \"adm\""),
            ("actionType =~ /adm/", "actionType contains \"adm\""),
        ],
        read: operators::pattern,
    },
    Kinds {
        examples: &[
            ("user.username begins with adm", "user.username starts with adm"),
            ("ip.category is any of (Risky, VPN)", "ip.category in (Risky, VPN)"),
            ("location.country isnull", "location.country is not set"),
        ],
        read: operators::operator,
    },
    Kinds {
        examples: &[
            ("date > ago(7d)", "date > -7d"),
            ("date >= now() - INTERVAL '7 days'", "date >= -7d"),
            ("date >= 2026/10/01", "date >= 2026-10-01"),
            ("date >= 01.10.2026", "date >= 2026-10-01"),
            ("date >= datetime(2026-10-01)", "date >= 2026-10-01"),
        ],
        read: times::time,
    },
    Kinds {
        examples: &[(
            "date between (2026-10-01, 2026-10-08)",
            "date between 2026-10-01 and 2026-10-08",
        )],
        read: values::between,
    },
    Kinds { examples: &[("instance = 1,500", "instance = 1500")], read: numbers::commas },
    Kinds {
        examples: &[
            ("ip.category in Risky, VPN", "ip.category in (Risky, VPN)"),
            ("ip.category = (Risky or VPN)", "ip.category in (Risky, VPN)"),
        ],
        read: values::list,
    },
    Kinds {
        examples: &[("ip.category = Risky or VPN", "ip.category in (Risky, VPN)")],
        read: values::alternatives,
    },
    Kinds {
        examples: &[
            ("service = Box sort by date desc", "service = Box order by date desc"),
            ("service = Box take 10", "service = Box limit 10"),
        ],
        read: shapes::tail,
    },
];

/// The recognisers alone, in the same order: a browser loads no examples.
#[expect(clippy::indexing_slicing, reason = "done when the program is compiled")]
const READERS: [Read; FORMS.len()] = {
    let mut readers = [FORMS[0].read; FORMS.len()];
    let mut at = 0;
    while at < FORMS.len() {
        readers[at] = FORMS[at].read;
        at += 1;
    }
    readers
};

/// A condition of a text, for the recognisers.
#[derive(Clone, Copy)]
struct Place<'o, 't> {
    outline: &'o Outline<'t>,
    /// The place of the segment among those of the outline.
    index: usize,
    segment: Segment,
    schema: &'o Schema,
    clock: Option<Clock>,
}

impl Place<'_, '_> {
    fn tokens(&self) -> &[Token] {
        self.outline.run(self.segment.first, self.segment.end)
    }

    /// The place of tokens of the segment, counted from its first.
    fn span(&self, from: usize, to: usize) -> Span {
        self.outline.span(self.segment.first + from, self.segment.first + to)
    }

    fn whole(&self) -> Span {
        self.outline.span(self.segment.first, self.segment.end)
    }

    /// Tokens of the segment as they are written here.
    fn plain(&self, from: usize, to: usize) -> String {
        self.outline.plain(self.segment.first + from, self.segment.first + to)
    }

    fn len(&self) -> usize {
        self.segment.end - self.segment.first
    }

    fn rest(&self, from: usize) -> String {
        self.plain(from, self.len())
    }

    fn field(&self, token: &Token) -> Option<&Field> {
        token.is_value().then(|| self.schema.field(&token.value())).flatten()
    }

    /// The field that the segment begins with.
    fn subject(&self) -> Option<&Field> {
        self.field(self.tokens().first()?)
    }
}

/// Replaces the errors that foreign forms cause by one each, with its fixes.
pub(super) fn answer(
    text: &str,
    found: Vec<Diagnostic>,
    schema: &Schema,
    judge: &mut Judge<'_>,
) -> Vec<Diagnostic> {
    let outline = Outline::of(text);
    let mut open: Vec<Diagnostic> = found;
    let mut answers = Vec::new();
    for index in 0..outline.tokens.len() {
        let Some(form) = shapes::joint(&outline, index) else { continue };
        let here = |found: &Diagnostic| found.is_error() && touches(found.span, form.span);
        if open.iter().any(here) && judge.has_budget() {
            answers.extend(told(text, form, schema, judge, &mut open));
        }
    }
    for (index, segment) in outline.segments.iter().enumerate() {
        let span = outline.span(segment.first, segment.end);
        let here = |found: &Diagnostic| found.is_error() && touches(found.span, span);
        if !open.iter().any(here) || !judge.has_budget() {
            continue;
        }
        let place =
            Place { outline: &outline, index, segment: *segment, schema, clock: judge.clock };
        for read in READERS {
            let Some(form) = read(&place) else { continue };
            if let Some(answer) = told(text, form, schema, judge, &mut open) {
                answers.push(answer);
                break;
            }
        }
    }
    open.extend(answers);
    open
}

/// The diagnostic of a form whose readings work; what they mend is no longer open.
fn told(
    text: &str,
    form: Form,
    schema: &Schema,
    judge: &mut Judge<'_>,
    open: &mut Vec<Diagnostic>,
) -> Option<Diagnostic> {
    let unsayable = form.readings.is_empty();
    let mut fixes: Vec<Fix> = Vec::new();
    let mut left = None;
    for reading in form.readings {
        let Some((reading, errors)) = complete(text, reading, schema, judge, 0) else { continue };
        let title = match (&reading.note, reading.text.trim()) {
            (Some(note), "") => wording::remove_it_note(note),
            (Some(note), put) => wording::change_to_note(put, note),
            (None, "") => wording::remove_it(),
            (None, put) => wording::change_to(put),
        };
        let safe = reading.note.is_none();
        left.get_or_insert((reading.span, reading.text.len(), errors));
        if !fixes.iter().any(|fix| fix.span == reading.span && fix.text == reading.text) {
            fixes.push(Fix::new(title, reading.span, reading.text, safe));
        }
    }
    match &left {
        Some((span, length, errors)) => open.retain(|found| {
            let stays = errors.iter().any(|error| {
                error.code == found.code && error.span.end == end_of(found.span, *span, *length)
            });
            !found.is_error() || stays || span_is_before(found.span, *span)
        }),
        None if unsayable => {
            open.retain(|found| !found.is_error() || !touches(found.span, form.span));
        }
        None => return None,
    }
    let several = fixes.len() > 1;
    if several {
        fixes.iter_mut().for_each(|fix| fix.safe = false);
    }
    let written = form.span.of(text);
    let hidden = |c: &char| crate::quote::is_invisible(*c) && !c.is_ascii();
    Some(match written.chars().find(hidden) {
        Some(c) => messages::hidden_character(form.span, c, fixes),
        None => messages::foreign(form.span, written, fixes, form.help),
    })
}

/// True when the place ends before the other begins.
fn span_is_before(place: Span, other: Span) -> bool {
    place.end < other.start
}

/// A reading as it is offered: what is still foreign in it is said in the language too. With it
/// the errors that are left elsewhere; `None` when it does not mend its place.
fn complete(
    text: &str,
    reading: Reading,
    schema: &Schema,
    judge: &mut Judge<'_>,
    depth: usize,
) -> Option<(Reading, Vec<Seen>)> {
    const DEEPEST: usize = 3;
    let mut changed = text.to_owned();
    if changed.get(reading.span.range()).is_none() || depth > DEEPEST {
        return None;
    }
    changed.replace_range(reading.span.range(), &reading.text);
    let errors = judge.errors(&changed)?;
    let start = reading.span.start as usize;
    let put = Span::new(start, start + reading.text.len());
    let outline = Outline::of(&changed);
    let whole = |segment: &Segment| outline.span(segment.first, segment.end);
    let meets = |span: Span| span.start < put.end && put.start < span.end;
    let region = outline.segments.iter().map(whole).filter(|span| meets(*span)).fold(put, Span::to);
    let wrong = |found: &Seen| lies_in(found.span, region);
    if !errors.iter().any(wrong) {
        return Some(
            widened(text, &changed, &reading, region, &outline, schema, judge, depth)
                .unwrap_or((reading, errors)),
        );
    }
    for (index, segment) in outline.segments.iter().enumerate() {
        let here = whole(segment);
        if !meets(here) || !errors.iter().any(|found| touches(found.span, here)) {
            continue;
        }
        let place =
            Place { outline: &outline, index, segment: *segment, schema, clock: judge.clock };
        for read in READERS.into_iter().chain([values::words as Read]) {
            let Some(form) = read(&place) else { continue };
            for next in form.readings {
                let both = joined(text, &changed, &reading, &next)?;
                if let Some(done) = complete(text, both, schema, judge, depth + 1) {
                    return Some(done);
                }
            }
        }
    }
    None
}

/// A reading with the values behind it: `X is any of a or b`.
#[expect(clippy::too_many_arguments, reason = "the state of `complete`, which it belongs to")]
fn widened(
    text: &str,
    changed: &str,
    reading: &Reading,
    region: Span,
    outline: &Outline<'_>,
    schema: &Schema,
    judge: &mut Judge<'_>,
    depth: usize,
) -> Option<(Reading, Vec<Seen>)> {
    let behind = |segment: &Segment| outline.span(segment.first, segment.end).start >= region.end;
    let index = outline.segments.iter().position(behind)?;
    let place = Place {
        outline,
        index,
        segment: *outline.segments.get(index)?,
        schema,
        clock: judge.clock,
    };
    let next = values::alternatives(&place)?.readings.into_iter().next()?;
    if next.span.start != region.start {
        return None;
    }
    complete(text, joined(text, changed, reading, &next)?, schema, judge, depth + 1)
}

/// Two changes, the second of the text that the first gave, as one.
fn joined(text: &str, changed: &str, first: &Reading, second: &Reading) -> Option<Reading> {
    let put_end = first.span.start as usize + first.text.len();
    let removed = first.span.len();
    let back = |place: usize| {
        if place <= first.span.start as usize {
            place
        } else if place >= put_end {
            place - put_end + first.span.start as usize + removed
        } else {
            first.span.end as usize
        }
    };
    let start = first.span.start.min(second.span.start) as usize;
    let end = (first.span.end as usize).max(back(second.span.end as usize));
    let mut both = changed.to_owned();
    both.get(second.span.range())?;
    both.replace_range(second.span.range(), &second.text);
    let length = (both.len() + end).checked_sub(text.len())?;
    let note = match (&first.note, &second.note) {
        (Some(one), Some(other)) => Some(format!("{one}; {other}")),
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    Some(Reading { span: Span::new(start, end), text: both.get(start..length)?.to_owned(), note })
}

/// True for the tokens that stand between conditions.
fn is_joint(kind: Kind) -> bool {
    matches!(kind, Kind::And | Kind::Or | Kind::Not | Kind::Comment | Kind::Stop)
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::FORMS;
    use crate::check::check;
    use crate::options::Options;
    use crate::schema::Schema;
    use crate::syntax::parse;

    #[test]
    fn every_example_is_answered_with_what_stands_beside_it() {
        let schema = Schema::builtin("activities").unwrap();
        let options = Options::at(1_793_534_400_000);
        for (there, here) in FORMS.iter().flat_map(|kind| kind.examples) {
            let found = check(&parse(there), schema, &options).diagnostics;
            let [found] = found.as_slice() else { panic!("{there}: {found:?}") };
            let mended = found.fixes.iter().map(|fix| {
                let mut mended = (*there).to_owned();
                mended.replace_range(fix.span.range(), &fix.text);
                mended
            });
            let mended: Vec<String> = mended.collect();
            assert!(mended.iter().any(|text| text == here), "{there}: {mended:?}");
        }
    }
}
