//! What a row's description holds besides prose: an example and a list of named values.

use std::ops::Range;

use hashbrown::HashMap;

use super::cells::Cell;
use super::shown;
use crate::diag::{Diagnostic, messages};
use crate::schema::{Named, fold_label};
use crate::value::{Day, Decimal, Double, Type, Value};

/// A description cut into its parts.
#[derive(Debug)]
pub(super) struct Description {
    /// What remains for people, without a final stop.
    pub(super) prose: Cell,
    /// What stands behind `Example:`.
    pub(super) example: Option<Cell>,
    /// The list behind `Possible values include:`.
    pub(super) list: Option<Cell>,
    /// The words between `possible` and `values`: what kind of values the list is about.
    pub(super) only: String,
}

impl Description {
    pub(super) fn of(cell: &Cell) -> Description {
        let (cell, example) = match example(cell.text()) {
            Some((whole, json)) => (cell.without(whole), Some(cell.part(json))),
            None => (cell.clone(), None),
        };
        let Some(announced) = announced(cell.text()) else {
            return Description {
                prose: prose(&cell, cell.text().len()),
                example,
                list: None,
                only: String::new(),
            };
        };
        Description {
            prose: prose(&cell, announced.prose),
            example,
            list: Some(cell.part(announced.list..cell.text().len())),
            only: announced.only,
        }
    }
}

fn prose(cell: &Cell, end: usize) -> Cell {
    let text = cell.text().get(..end).unwrap_or_default();
    let end = text.trim_end_matches([' ', '\n', '.', ',', ';', ':']).len();
    cell.part(0..end)
}

/// Where a description begins to list values.
pub(super) struct Announced {
    prose: usize,
    list: usize,
    only: String,
}

/// Finds `Possible values include:` and its like.
pub(super) fn announced(text: &str) -> Option<Announced> {
    const LEADS: &[&str] = &["possible ", "allowed ", "valid ", "supported "];
    let lower = text.to_ascii_lowercase();
    let (place, list) = lower.match_indices("values").find_map(|(place, word)| {
        let after = lower.get(place + word.len()..)?;
        let verb = after.trim_start();
        let rest =
            ["include", "are"].iter().find_map(|word| verb.strip_prefix(word)).unwrap_or(verb);
        let rest = rest.trim_start_matches(' ');
        let begins = rest.starts_with(':')
            || rest.len() < verb.len() && (rest.is_empty() || rest.starts_with('\n'));
        begins.then_some((place, text.len() - rest.strip_prefix(':').unwrap_or(rest).len()))
    })?;
    let before = lower.get(..place)?;
    let sentence = before.rfind(". ").map_or(0, |stop| stop + 1);
    let lead = LEADS.iter().filter_map(|lead| Some((before.rfind(lead)?, lead.len()))).max();
    Some(match lead.filter(|(start, _)| *start >= sentence) {
        Some((start, length)) => {
            let only = text.get(start + length..place).unwrap_or_default().trim().to_owned();
            Announced { prose: start, list, only }
        }
        None => Announced { prose: place + "values".len(), list, only: String::new() },
    })
}

/// Finds `Example: [ … ]`: the whole of it, and the part in brackets.
fn example(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("example:").find_map(|(place, word)| {
        let after = text.get(place + word.len()..)?.trim_start();
        if !after.starts_with(['[', '{']) {
            return None;
        }
        let start = text.len() - after.len();
        let end = start + bracketed(after);
        let stop = text.get(end..).is_some_and(|rest| rest.starts_with('.'));
        let whole = lower
            .get(..place)
            .and_then(|before| before.strip_suffix("for "))
            .map_or(place, str::len);
        Some((whole..end + usize::from(stop), start..end))
    })
}

/// Length of the text up to the bracket that closes the first one; strings are not looked into.
fn bracketed(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (place, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return place + c.len_utf8();
        }
    }
    text.len()
}

/// True for a line like `block: Blocked`.
pub(super) fn is_entry(line: &str) -> bool {
    entry(line)
        .is_some_and(|(wire, _)| line.get(wire).is_some_and(|wire| wire.split(' ').count() <= 4))
}

/// Where the wire value and the label of an entry stand.
fn entry(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let bullets = ["- ", "* ", "+ ", "• "];
    let start = bullets
        .iter()
        .find_map(|bullet| line.starts_with(bullet).then_some(bullet.len()))
        .unwrap_or(0);
    let inner = line.get(start..)?;
    let colon = inner.find(": ").or_else(|| inner.find(':'))?;
    let end = start + inner.get(..colon)?.trim_end().len();
    let label = start + colon + 1;
    let filled = end > start && line.get(label..).is_some_and(|label| !label.trim().is_empty());
    filled.then_some((start..end, label..line.len()))
}

/// The entries of a list: one a line, or several on one line with commas between them.
fn entries(list: &Cell) -> Vec<Cell> {
    let lines: Vec<Cell> = list.lines().filter(|line| !line.text().is_empty()).collect();
    let [line] = lines.as_slice() else { return lines };
    let text = line.text();
    let mut entries = Vec::new();
    let mut start = 0;
    for (place, comma) in text.match_indices([',', ';']) {
        let next = text.get(place + comma.len()..).unwrap_or_default();
        let next = next.split([',', ';']).next().unwrap_or_default();
        if next.contains(": ") {
            entries.push(line.part(start..place));
            start = place + comma.len();
        }
    }
    entries.push(line.part(start..text.len()));
    entries
}

/// Reads a list of values as those of a field.
pub(super) fn read(
    list: &Cell,
    name: &str,
    kind: Type,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut places: HashMap<Value, usize> = HashMap::new();
    let mut warn = |cell: &Cell, message: String, help: &str| {
        problems.push(messages::table_open(cell.span(), message, help));
    };
    for line in entries(list) {
        let Some((wire, label)) = entry(line.text()) else {
            let message = format!(
                "{} in the values of {} has no label and was left out",
                shown(line.text()),
                shown(name)
            );
            warn(&line, message, "a value is written `3: Risky`");
            continue;
        };
        let (wire, label) = (line.part(wire), line.part(label));
        let Some((value, rest)) = wire_value(wire.text(), kind) else {
            let message = format!(
                "the value {} of {} is not of type `{kind}` and was left out",
                shown(wire.text()),
                shown(name)
            );
            warn(&wire, message, "the field's type or the value may be misprinted");
            continue;
        };
        if !rest.is_empty() {
            let message = format!(
                "{} in the values of {} was read as {}",
                shown(wire.text()),
                shown(name),
                shown(&value.to_string())
            );
            warn(&wire, message, "a value has one wire form");
        }
        let label = label.text().trim_end_matches('.').to_owned();
        match places.get(&value).and_then(|place| found.get_mut(*place)) {
            Some(first) => {
                let message =
                    format!("the value {} of {} is listed twice", shown(wire.text()), shown(name));
                warn(&wire, message, "the later label is understood too");
                add_label(first, label);
            }
            None => {
                places.insert(value.clone(), found.len());
                found.push(Named { value, api: None, label, also: Vec::new() });
            }
        }
    }
    found
}

fn add_label(value: &mut Named, label: String) {
    if value.label != label && !value.also.contains(&label) {
        value.also.push(label);
    }
}

/// The value that a wire form stands for, and what follows it: ` or not set`.
fn wire_value(text: &str, kind: Type) -> Option<(Value, &str)> {
    let text = text.trim_matches(['"', '\'']);
    let (first, rest) = match kind {
        Type::String => (text, ""),
        Type::Integer
        | Type::Double
        | Type::Decimal
        | Type::Boolean
        | Type::Timestamp
        | Type::Date
        | Type::EntityKey
        | Type::File
        | Type::Folder => {
            let end = text.find(" or ").unwrap_or(text.len());
            text.split_at_checked(end)?
        }
    };
    if first.eq_ignore_ascii_case("null") {
        return Some((Value::Null, rest));
    }
    let value = match kind {
        Type::String => Value::Text(first.to_owned()),
        Type::Integer | Type::Timestamp => Value::Int(first.parse().ok()?),
        Type::Double => Value::Double(Double::read(first)?),
        Type::Decimal => Value::Decimal(Decimal::read(first)?),
        Type::Date => Value::Day(Day::read(first)?),
        Type::Boolean => Value::Bool(first.to_ascii_lowercase().parse().ok()?),
        Type::EntityKey | Type::File | Type::Folder => return None,
    };
    Some((value, rest))
}

/// Adds the values of a second list to those of a first one.
pub(super) fn unite(values: &mut Vec<Named>, more: Vec<Named>) {
    for named in more {
        match values.iter_mut().find(|known| known.value == named.value) {
            Some(known) => add_label(known, named.label),
            None => values.push(named),
        }
    }
}

/// Sees to it that no label stands for two values: the later one gets its wire value added.
pub(super) fn tell_apart(
    values: &mut [Named],
    list: &Cell,
    name: &str,
    problems: &mut Vec<Diagnostic>,
) {
    let mut taken: HashMap<String, usize> = HashMap::new();
    for (place, named) in values.iter().enumerate().filter(|(_, named)| named.value != Value::Null)
    {
        taken.entry(fold_label(&named.value.to_string())).or_insert(place);
    }
    for (place, named) in values.iter_mut().enumerate() {
        if *taken.entry(fold_label(&named.label)).or_insert(place) != place {
            let message = format!(
                "the label {} of {} stands for two values",
                shown(&named.label),
                shown(name)
            );
            named.label = format!("{} ({})", named.label, named.value);
            let help = format!("one of them was called {}", shown(&named.label));
            problems.push(messages::table_open(list.span(), message, &help));
        }
        named.also.retain(|label| *taken.entry(fold_label(label)).or_insert(place) == place);
    }
}
