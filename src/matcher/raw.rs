//! Records as lines of raw JSON: the line is checked once, and of its members only those are
//! read that somebody named.
//!
//! Law: a line is refused when it is not one JSON object, whatever the query looks at.

mod strict;

use std::borrow::Cow;
use std::fmt;

use super::record::{Json, Record};
use super::values::Reading;

/// The names of the members at the top of records that are looked at.
#[derive(Clone, Debug, Default)]
pub struct Members(Vec<String>);

impl Members {
    /// The members that these fields are read from.
    pub fn of<'m>(readings: impl Iterator<Item = &'m Reading>) -> Self {
        let mut names: Vec<String> =
            readings.flat_map(Reading::members).map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        Members(names)
    }
}

/// A line that holds one JSON object, with the members that were asked for.
///
/// ```
/// use tamis::{Options, Schema, matcher::{Layout, Line, Matcher, Members}};
/// let schema = Schema::builtin("activities")?;
/// let query = tamis::check(&tamis::parse("service = Box"), schema, &Options::at(0)).query.unwrap();
/// let matcher = Matcher::new(&query, Layout::Nested).unwrap();
/// let members = Members::of(matcher.readings());
///
/// let line = Line::read(r#"{"_id": "1", "appId": 10489}"#, &members).unwrap();
/// assert!(matcher.matches(line.record()));
/// assert!(Line::read(r#"{"appId": 10489"#, &members).is_err());
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[derive(Debug)]
pub struct Line<'m, 'r> {
    names: &'m [String],
    values: Vec<Option<&'r str>>,
}

/// Why a line is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong.
    pub reason: String,
    /// The byte of the line at which it was found, from 0.
    pub place: usize,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Malformed {}

/// The deepest nesting of a record unless another is asked for, the same as that of `serde_json`.
const DEPTH: usize = 127;

/// The fast reader descends by recursion; deeper than this a thread's stack could end.
const DEEPEST: usize = 1000;

impl<'m, 'r> Line<'m, 'r> {
    /// Checks a line and finds the members. What `serde_json` refuses is refused here, too: also
    /// a number too large for a double (`1e400`) and half a surrogate pair (`"\ud800"`), wherever
    /// they stand.
    ///
    /// # Errors
    /// The line is not one JSON object, or is nested deeper than 127 levels.
    pub fn read(text: &'r str, members: &'m Members) -> Result<Self, Malformed> {
        Line::read_within(text, members, DEPTH)
    }

    /// The same for records that are nested at most so deep, and at most 1000 levels.
    ///
    /// # Errors
    /// The line is not one JSON object, or is nested deeper.
    pub fn read_within(
        text: &'r str,
        members: &'m Members,
        depth: usize,
    ) -> Result<Self, Malformed> {
        let wrong = |reason: &str, place| Malformed { reason: reason.into(), place };
        let depth = depth.min(DEEPEST);
        if let Some(place) = too_deep(text, depth) {
            return Err(wrong(&format!("nested deeper than {depth} levels"), place));
        }
        let mut line = Line { names: &members.0, values: vec![None; members.0.len()] };
        let mut last = None;
        for entry in sonic_rs::to_object_iter(text) {
            let (key, value) = entry.map_err(|error| sonic_error(&error))?;
            let Cow::Borrowed(value) = value.as_raw_cow() else { continue };
            last = Some(value);
            let place = line.names.iter().position(|name| *name == key);
            if let Some(slot) = place.and_then(|place| line.values.get_mut(place)) {
                *slot = Some(value);
            }
        }
        let end =
            last.map_or(0, |last| last.as_ptr() as usize + last.len() - text.as_ptr() as usize);
        let rest = text.get(end..).unwrap_or_default();
        let rest = if last.is_none() {
            rest.trim_start_matches(BLANK).strip_prefix('{').unwrap_or("")
        } else {
            rest
        };
        if rest.trim_matches(BLANK) != "}" {
            return Err(wrong("something follows the object", end));
        }
        strict::check(text)?;
        Ok(line)
    }

    /// The record that the line holds.
    #[must_use]
    pub fn record(&self) -> Raw<'_, 'r> {
        Raw(Place::Top(self))
    }
}

const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

/// A JSON value inside a checked line.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'l, 'r>(Place<'l, 'r>);

#[derive(Clone, Copy, Debug)]
enum Place<'l, 'r> {
    Top(&'l Line<'l, 'r>),
    Inside(&'r str),
}

impl<'r> Record<'r> for Raw<'_, 'r> {
    fn json(self) -> Json<'r> {
        let Place::Inside(raw) = self.0 else { return Json::Object };
        match raw.bytes().next() {
            Some(b'{') => Json::Object,
            Some(b'[') => Json::List,
            Some(b'"') => unquote(raw),
            Some(b't') => Json::Bool(true),
            Some(b'f') => Json::Bool(false),
            Some(b'-' | b'0'..=b'9') => number(raw),
            _ => Json::Null,
        }
    }

    fn member(self, name: &str) -> Option<Self> {
        match self.0 {
            Place::Top(line) => {
                let place = line.names.iter().position(|known| known == name)?;
                line.values.get(place).copied().flatten().map(|raw| Raw(Place::Inside(raw)))
            }
            Place::Inside(raw) if raw.starts_with('{') => {
                let entries = sonic_rs::to_object_iter(raw).map_while(Result::ok);
                let named = entries.filter(|(key, _)| key == name);
                named.last().and_then(|(_, value)| inside(&value))
            }
            Place::Inside(_) => None,
        }
    }

    fn any_element(self, test: &mut dyn FnMut(Self) -> bool) -> bool {
        match self.0 {
            Place::Inside(raw) if raw.starts_with('[') => {
                let elements = sonic_rs::to_array_iter(raw).map_while(Result::ok);
                elements.filter_map(|element| inside(&element)).any(test)
            }
            Place::Inside(_) | Place::Top(_) => false,
        }
    }
}

fn inside<'l, 'r>(value: &sonic_rs::LazyValue<'r>) -> Option<Raw<'l, 'r>> {
    match value.as_raw_cow() {
        Cow::Borrowed(raw) => Some(Raw(Place::Inside(raw))),
        Cow::Owned(_) => None,
    }
}

fn unquote(raw: &str) -> Json<'_> {
    let inner = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
    if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
        return Json::Text(Cow::Borrowed(inner));
    }
    serde_json::from_str(raw).map_or(Json::Null, |text: String| Json::Text(Cow::Owned(text)))
}

/// A number that the walk has read over, so that it is one; `-0` is no whole number.
fn number<'r>(raw: &str) -> Json<'r> {
    match raw.parse() {
        Ok(whole) if raw != "-0" => Json::Int(whole),
        _ => raw.parse().map_or(Json::Null, Json::Number),
    }
}

/// The place where a text goes deeper than that.
fn too_deep(text: &str, deepest: usize) -> Option<usize> {
    // `[` and `{` differ in one bit.
    let opening = text.bytes().filter(|byte| byte | 0x20 == b'{').count();
    if opening <= deepest {
        return None;
    }
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    text.bytes().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > deepest
    })
}

fn sonic_error(error: &sonic_rs::Error) -> Malformed {
    let whole = error.to_string();
    let reason = whole.lines().next().unwrap_or_default();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    Malformed { reason: reason.to_owned(), place: error.offset() }
}
