//! What `tamis run` says of records that do not hold what the schema says: values that are not of
//! their field's type, and fields that stand in no record.

use clap::ValueEnum;
use serde_json::Value as Json;
use tamis::matcher::{Fit, Layout, Raw, Reading};
use tamis::query::Query;
use tamis::schema::{Field, RecordPath, Step};
use tamis::value::Type;

use crate::cli::failure::Failure;

/// What to do about values that are not of their field's type.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnMisfit {
    /// Say on standard error how many there are
    Note,
    /// Say so and end with status 2
    Fail,
    /// Do not look
    Ignore,
}

/// A field that the query names.
struct Watched {
    name: String,
    kind: Type,
    paths: Vec<RecordPath>,
    reading: Reading,
}

/// The fields that the query names.
pub(crate) struct Watch(Vec<Watched>);

/// What was seen of each field.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    records: u64,
    fields: Vec<Found>,
    /// The first record, to look for members of nearly the name that was asked for.
    first: Option<String>,
}

#[derive(Clone, Copy, Default)]
struct Found {
    anywhere: bool,
    misfits: u64,
    /// Where the first stands: the line of the block or file, from 1.
    line: u64,
    /// The file that line is of.
    file: usize,
}

impl Watch {
    pub(crate) fn of(query: &Query<'_>, layout: Layout, on: OnMisfit) -> Watch {
        let mut fields: Vec<&Field> = Vec::new();
        let looked_at = query.root().atoms().filter(|_| on != OnMisfit::Ignore);
        for field in looked_at.map(|atom| atom.field) {
            if !fields.iter().any(|known| known.id == field.id) {
                fields.push(field);
            }
        }
        let watched = |field: &Field| {
            Some(Watched {
                name: field.name.clone(),
                kind: field.kind,
                paths: if layout == Layout::Nested { field.record.clone() } else { Vec::new() },
                reading: Reading::new(field, layout)?,
            })
        };
        Watch(fields.into_iter().filter_map(watched).collect())
    }

    /// Looks at one record.
    pub(crate) fn see(&self, record: Raw<'_, '_>, text: &str, line: u64, seen: &mut Seen) {
        if self.0.is_empty() {
            return;
        }
        seen.records += 1;
        seen.fields.resize(self.0.len(), Found::default());
        for (watched, found) in self.0.iter().zip(&mut seen.fields) {
            let fit = watched.reading.fit(record);
            found.anywhere |= fit != Fit::Missing;
            if fit == Fit::Misfit {
                found.misfits += 1;
                found.line = if found.misfits == 1 { line } else { found.line };
            }
        }
        if seen.first.is_none() {
            seen.first = Some(text.to_owned());
        }
    }

    /// Says what was seen.
    pub(crate) fn finish(
        &self,
        seen: &Seen,
        files: &[String],
        on: OnMisfit,
    ) -> Result<(), Failure> {
        let mut misfits = 0;
        for (watched, found) in self.0.iter().zip(&seen.fields) {
            if found.misfits > 0 {
                misfits += found.misfits;
                let (name, what) = (&watched.name, what(watched.kind));
                let file = files.get(found.file).map_or("", String::as_str);
                let (some, all) = (counted(found.misfits), counted(seen.records));
                let (hold, line) = (if found.misfits == 1 { "holds" } else { "hold" }, found.line);
                anstream::eprintln!(
                    "note: {name}: {some} of {all} records {hold} {what}, first at {file}:{line}"
                );
            } else if !found.anywhere {
                anstream::eprintln!("note: {}", nowhere(watched, seen));
            }
        }
        if misfits > 0 && on == OnMisfit::Fail {
            let why = "values are not of their field's type (`--on-misfit note` accepts that)";
            return Err(Failure::Usage(why.into()));
        }
        Ok(())
    }
}

impl Seen {
    /// Adds what was seen of a block that begins behind so many lines of a file.
    pub(crate) fn add(&mut self, block: &Seen, file: usize, lines: u64) {
        self.records += block.records;
        self.fields.resize(self.fields.len().max(block.fields.len()), Found::default());
        for (all, found) in self.fields.iter_mut().zip(&block.fields) {
            if all.misfits == 0 && found.misfits > 0 {
                (all.line, all.file) = (lines + found.line, file);
            }
            all.misfits += found.misfits;
            all.anywhere |= found.anywhere;
        }
        if self.first.is_none() {
            self.first.clone_from(&block.first);
        }
    }
}

/// What a misfit is not.
fn what(kind: Type) -> &'static str {
    match kind {
        Type::String => "no text",
        Type::Integer => "no whole number",
        Type::Double => "no number",
        Type::Decimal => "no decimal number that is text or has at most 15 digits",
        Type::Boolean => "neither `true` nor `false`",
        Type::Timestamp => "no date or time",
        Type::Date => "no date such as `2026-10-09`",
        Type::EntityKey | Type::File | Type::Folder => "no key",
    }
}

/// 4,964 instead of 4964.
fn counted(count: u64) -> String {
    let digits = count.to_string();
    let place = |(at, digit): (usize, char)| {
        let comma = at > 0 && (digits.len() - at).is_multiple_of(3);
        [comma.then_some(','), Some(digit)].into_iter().flatten()
    };
    digits.chars().enumerate().flat_map(place).collect()
}

/// That no record has a field, with the member of the first record that has nearly its name.
fn nowhere(watched: &Watched, seen: &Seen) -> String {
    let name = &watched.name;
    let first = seen.first.as_deref().and_then(|text| serde_json::from_str::<Json>(text).ok());
    let path = watched.paths.first();
    let near = first.as_ref().and_then(|record| near(record, &path?.steps));
    let list = first.as_ref().and_then(list);
    match (near, path) {
        (None, _) if list.is_some() => {
            let list = list.unwrap_or_default();
            format!("no record has `{name}`; do the records stand in `{list}`? `--records {list}`")
        }
        (Some(near), _) => format!("no record has `{name}`; did you mean the path `{near}`?"),
        (None, Some(path)) => format!("no record has `{name}`, at the path `{path}`"),
        (None, None) => format!("no record has `{name}`"),
    }
}

/// A member that holds a list of objects, where it is the only one.
fn list(record: &Json) -> Option<&str> {
    let is_list = |value: &Json| value.get(0).is_some_and(Json::is_object);
    let mut lists = record.as_object()?.iter().filter(|(_, value)| is_list(value));
    let (name, _) = lists.next()?;
    lists.next().is_none().then_some(name)
}

/// The path as far as it leads, and then the member that is nearly the next.
fn near(record: &Json, steps: &[Step]) -> Option<RecordPath> {
    let mut place = record;
    for (at, step) in steps.iter().enumerate() {
        let next = match step {
            Step::Member(name) => place.get(name),
            Step::Each => place.get(0),
            Step::Element(number) => place.get(*number as usize),
        };
        let Some(next) = next else {
            let Step::Member(name) = step else { return None };
            let known =
                place.as_object()?.keys().filter(|key| alike(key, name)).min_by_key(|key| {
                    strsim::damerau_levenshtein(&key.to_lowercase(), &name.to_lowercase())
                })?;
            let before = steps.get(..at).unwrap_or_default();
            let rest = steps.get(at + 1..).unwrap_or_default();
            let steps = [before, &[Step::Member(known.clone())], rest].concat();
            return Some(RecordPath { steps });
        };
        place = next;
    }
    None
}

/// True of names that differ by case, by `_` and `-`, or by a letter or two.
fn alike(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.replace(['_', '-', ' '], "").to_lowercase();
    let (a, b) = (plain(a), plain(b));
    let far = if b.len() > 4 { 2 } else { 1 };
    a == b || strsim::damerau_levenshtein(&a, &b) <= far
}
