//! The header of a file: the comment lines at its top, `# key: value`.
//!
//! A line that begins with `##`, or has no word and colon, is a remark. Everything else has to be
//! a key of the table: a misspelt test is not a test left out.

use crate::diag::{Diagnostic, messages};
use crate::emit::{self, Target};
use crate::matcher::Layout;
use crate::options::{Options, Params, bind};
use crate::span::{Span, Spanned};
use crate::syntax::parse;
use crate::time::{Millis, Zone, read_now};

/// What a header can say, with an example.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("schema", "activities, or a file beside the query: things.toml"),
    ("targets", "api, sqlite"),
    ("now", "2026-11-01T12:00:00Z"),
    ("timezone", "Europe/Paris"),
    ("param", "who=alice, or ids:=[1, 2]"),
    ("layout", "flat, for examples named as the filters are, or nested"),
    ("match", "{\"service\": 10489}, a record that has to be selected"),
    ("reject", "{}, a record that must not be"),
];

/// A record and whether the query has to select it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The record.
    pub record: serde_json::Value,
    /// True for `match`, false for `reject`.
    pub selected: bool,
    /// Where it is written.
    pub span: Span,
}

/// What a header says.
#[derive(Clone)]
pub struct Header {
    /// The schema's name or file.
    pub schema: Option<Spanned<String>>,
    /// What the query is compiled to.
    pub targets: Vec<&'static dyn Target>,
    /// The instant that `now` means.
    pub now: Option<Millis>,
    /// The zone of dates without one.
    pub zone: Zone,
    /// Values of parameters.
    pub params: Params,
    /// Where the values stand in the examples.
    pub layout: Layout,
    /// The examples, in order.
    pub examples: Vec<Example>,
}

impl Header {
    /// Reads the top of a text, and says what is wrong with it.
    #[must_use]
    pub fn read(text: &str) -> (Header, Vec<Diagnostic>) {
        let header = Header {
            schema: None,
            targets: Vec::new(),
            now: None,
            zone: Zone::default(),
            params: Params::new(),
            layout: Layout::Nested,
            examples: Vec::new(),
        };
        let mut reader = Reader { header, now: None, seen: Vec::new(), found: Vec::new() };
        lines(text).for_each(|line| reader.line(line));
        reader.set_clock();
        for key in astray(text) {
            let why = "it stands below the query, and a header is the lines at the top";
            reader.found.push(messages::header_value(key.span, &key.value, why));
        }
        let Reader { header, mut found, .. } = reader;
        if found.is_empty() && header.targets.is_empty() && header.examples.is_empty() {
            found.push(messages::nothing_tested(Span::at(0)));
        }
        (header, found)
    }

    /// What is wrong with the header when its schema is: a diagnostic for each that the schema has.
    pub fn without_schema(&self, wrong: &[Diagnostic]) -> impl Iterator<Item = Diagnostic> {
        let place = self.schema.as_ref().map_or(Span::at(0), |schema| schema.span);
        wrong.iter().map(move |found| messages::header_value(place, "schema", &with_help(found)))
    }

    /// Clock, zone and parameters; the clock stands at the epoch when the header has none.
    #[must_use]
    pub fn options(&self) -> Options {
        let mut options = Options::at(self.now.unwrap_or_default());
        options.zone = self.zone;
        options.params = self.params.clone();
        options
    }
}

/// A line `# key: value`.
struct Line<'t> {
    key: Spanned<&'t str>,
    value: Spanned<&'t str>,
}

/// The lines of the header, remarks left out.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut place = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        place += line.len();
        (place - line.len(), line)
    });
    let blank = |line: &str| line.trim_start_matches('\u{feff}').trim_start().is_empty();
    let comment = |line: &str| line.trim_start_matches('\u{feff}').trim_start().starts_with('#');
    lines
        .take_while(move |(_, line)| blank(line) || comment(line))
        .filter_map(|(place, line)| Line::read(line, place))
}

/// Lines with a key below the query, where they are no header.
fn astray(text: &str) -> Vec<Spanned<String>> {
    let top = lines(text).last().map_or(0, |line| line.value.span.end);
    let comments = parse(text).document.comments;
    let below = comments.iter().filter(|comment| comment.span.start > top);
    below
        .filter_map(|comment| {
            let key = Line::read(comment.value, comment.span.start as usize)?.key;
            let known = KEYS.iter().any(|(name, _)| name.eq_ignore_ascii_case(key.value));
            known.then(|| Spanned::new(key.value.to_owned(), key.span))
        })
        .collect()
}

impl<'t> Line<'t> {
    /// Reads a comment line that stands at a place of the text. Before an example the colon may
    /// be left out.
    fn read(line: &'t str, place: usize) -> Option<Line<'t>> {
        let rest = line.trim_start_matches('\u{feff}').trim_start().strip_prefix('#')?;
        let (key, value) = match rest.split_once('{') {
            Some((key, record)) if !key.contains(':') => {
                (key, rest.get(rest.len() - record.len() - 1..)?)
            }
            _ => rest.split_once(':')?,
        };
        let word = key.trim();
        let is_word = !word.is_empty()
            && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'_');
        let apart =
            value.is_empty() || value.starts_with(char::is_whitespace) || value.starts_with('{');
        let spanned = |part: &'t str| {
            let from = place + part.as_ptr().addr() - line.as_ptr().addr();
            Spanned::new(part, Span::new(from, from + part.len()))
        };
        (is_word && apart).then(|| Line { key: spanned(word), value: spanned(value.trim()) })
    }
}

struct Reader {
    header: Header,
    /// What `now` is set to. It is read last, because the zone can stand below it.
    now: Option<Spanned<String>>,
    /// Keys that were read and may stand once.
    seen: Vec<&'static str>,
    found: Vec<Diagnostic>,
}

impl Reader {
    fn set_clock(&mut self) {
        let Some(now) = self.now.take() else { return };
        match read_now(&now.value, &self.header.zone) {
            Ok(at) => self.header.now = Some(at),
            Err(why) => self.found.push(messages::header_value(now.span, "now", &why)),
        }
    }

    fn line(&mut self, line: Line<'_>) {
        let names = || KEYS.iter().map(|(name, _)| *name);
        let Some(key) = names().find(|name| name.eq_ignore_ascii_case(line.key.value)) else {
            self.found.push(messages::unknown_header(line.key.span, line.key.value, names()));
            return;
        };
        let repeats = ["param", "match", "reject"].contains(&key);
        let twice = !repeats && self.seen.contains(&key);
        self.seen.push(key);
        let read = if twice {
            Err("it stands twice in the header".to_owned())
        } else {
            self.value(key, line.value)
        };
        if let Err(why) = read {
            self.found.push(messages::header_value(line.value.span, key, &why));
        }
    }

    fn value(&mut self, key: &str, value: Spanned<&str>) -> Result<(), String> {
        let header = &mut self.header;
        match key {
            "schema" if value.value.is_empty() => return Err("a name or file belongs here".into()),
            "schema" => header.schema = Some(Spanned::new(value.value.to_owned(), value.span)),
            "targets" => {
                let names = value.value.split(',').map(str::trim);
                for name in names {
                    let target = emit::named(name).map_err(|found| with_help(&found))?;
                    if header.targets.iter().any(|known| known.name() == target.name()) {
                        return Err(format!("`{}` stands there twice", target.name()));
                    }
                    header.targets.push(target);
                }
            }
            "now" => {
                header.now = Some(0);
                self.now = Some(Spanned::new(value.value.to_owned(), value.span));
            }
            "timezone" => {
                let zone = Zone::named(value.value);
                header.zone = zone.ok_or("write UTC, +02:00 or Europe/Paris")?;
            }
            "param" => bind(&mut header.params, value.value)?,
            "layout" => {
                header.layout = match value.value {
                    "flat" => Layout::Flat,
                    "nested" => Layout::Nested,
                    _ => return Err("write `flat` or `nested`".into()),
                };
            }
            _ => {
                let object: serde_json::Map<_, _> = serde_json::from_str(value.value)
                    .map_err(|error| format!("a record is one JSON object: {error}"))?;
                let record = object.into();
                let selected = key == "match";
                header.examples.push(Example { record, selected, span: value.span });
            }
        }
        Ok(())
    }
}

fn with_help(found: &Diagnostic) -> String {
    match &found.help {
        Some(help) => format!("{}; {help}", found.message),
        None => found.message.clone(),
    }
}
