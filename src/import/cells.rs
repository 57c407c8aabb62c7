//! Text taken out of a page: marks removed, white space in order, and every byte with its place in
//! the page, so that a warning can point at what was written.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::quote::is_invisible;
use crate::span::Span;

/// How far, in bytes, the closing half of a mark is looked for.
const LOOK: usize = 1000;

/// A cleaned text with the places of its bytes. Lines are parted by `\n`; otherwise it holds no
/// control characters, no two spaces in a row and none at the ends of lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    places: Vec<usize>,
    start: usize,
}

impl Cell {
    /// An empty text at a place of the page.
    pub(super) fn at(start: usize) -> Cell {
        Cell { start, ..Cell::default() }
    }

    /// A text without marks, such as a line of a flattened table.
    pub(super) fn plain(text: &str, base: usize) -> Cell {
        let mut cell = Cell::at(base);
        for (place, c) in text.char_indices() {
            cell.push(c, base + place);
        }
        cell.trimmed()
    }

    /// A cell of a markdown table: links, bold, code and HTML marks are taken away.
    pub(super) fn markdown(text: &str, base: usize) -> Cell {
        let mut reader =
            Reader { text, base, place: 0, drops: BTreeMap::new(), cell: Cell::at(base) };
        while let Some(c) = reader.rest().chars().next() {
            reader.step(c);
        }
        reader.cell.trimmed()
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the whole text stands in the page.
    pub(super) fn span(&self) -> Span {
        self.span_of(0..self.text.len())
    }

    /// Where a part of the text stands in the page.
    pub(super) fn span_of(&self, range: Range<usize>) -> Span {
        let part = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (part.len() - part.trim_start().len());
        let end = start + part.trim().len();
        let place = |byte: usize| self.places.get(byte).copied();
        match (place(start), end.checked_sub(1).and_then(place)) {
            (Some(first), Some(last)) if start < end => Span::new(first, last + 1),
            (first, _) => Span::at(first.unwrap_or(self.start)),
        }
    }

    /// A part of the text, without white space around it.
    pub(super) fn part(&self, range: Range<usize>) -> Cell {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let places = self.places.get(range.clone()).unwrap_or_default();
        let start = places.first().copied().unwrap_or(self.start);
        Cell { text: text.to_owned(), places: places.to_vec(), start }.trimmed()
    }

    /// The text without one part of it.
    pub(super) fn without(&self, range: Range<usize>) -> Cell {
        let mut cell = self.part(0..range.start);
        cell.join(' ', &self.part(range.end..self.text.len()));
        cell
    }

    /// Adds another text behind a space or line break.
    pub(super) fn join(&mut self, between: char, other: &Cell) {
        if self.text.is_empty() {
            *self = other.clone();
        } else if !other.text.is_empty() {
            self.push(between, other.start);
            self.text.push_str(&other.text);
            self.places.extend_from_slice(&other.places);
        }
    }

    /// The text with its lines put into one.
    pub(super) fn one_line(self) -> Cell {
        Cell { text: self.text.replace('\n', " "), ..self }
    }

    /// The lines of the text.
    pub(super) fn lines(&self) -> impl Iterator<Item = Cell> + '_ {
        let mut start = 0;
        self.text.split('\n').map(move |line| {
            let range = start..start + line.len();
            start = range.end + 1;
            self.part(range)
        })
    }

    fn push(&mut self, c: char, place: usize) {
        let c = match c {
            '\n' => '\n',
            c if c.is_whitespace() || c.is_control() => ' ',
            c if is_invisible(c) => return,
            c => c,
        };
        let at_line_start = self.text.is_empty() || self.text.ends_with('\n');
        if c == ' ' && (at_line_start || self.text.ends_with(' ')) {
            return;
        }
        if c == '\n' {
            while self.text.ends_with([' ', '\n']) {
                self.text.pop();
                self.places.pop();
            }
        }
        self.text.push(c);
        self.places.extend(place..place + c.len_utf8());
    }

    fn trimmed(mut self) -> Cell {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.places.truncate(end);
        let start = end - self.text.trim_start().len();
        self.text.drain(..start);
        self.places.drain(..start);
        self.start = self.places.first().copied().unwrap_or(self.start);
        self
    }
}

/// Reads the marks of a markdown cell. Closing marks are found with the opening ones and dropped
/// when they are reached.
struct Reader<'t> {
    text: &'t str,
    base: usize,
    place: usize,
    drops: BTreeMap<usize, usize>,
    cell: Cell,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.place..).unwrap_or_default()
    }

    fn step(&mut self, c: char) {
        if let Some(length) = self.drops.remove(&self.place) {
            self.place += length;
            return;
        }
        match c {
            '`' => self.code(),
            '\\' => self.escape(),
            '<' => self.tag(),
            '&' => self.entity(),
            '*' => self.emphasis(),
            '!' | '[' => self.link(c),
            c => self.keep(c),
        }
    }

    fn keep(&mut self, c: char) {
        self.cell.push(c, self.base + self.place);
        self.place += c.len_utf8();
    }

    fn line_break(&mut self) {
        self.cell.push('\n', self.base + self.place);
    }

    /// Code between runs of backticks of one length; within it only `\|` is an escape.
    fn code(&mut self) {
        let run = leading(self.rest(), '`');
        let (ticks, inner) = self.rest().split_at_checked(run).unwrap_or_default();
        self.place += run;
        let Some(end) = near(inner).find(ticks) else { return };
        let inner = inner.get(..end).unwrap_or_default();
        let mut chars = inner.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '\\' && chars.peek() == Some(&'|') {
                self.place += 1;
            } else {
                self.keep(c);
            }
        }
        self.place += run;
    }

    fn escape(&mut self) {
        match self.rest().chars().nth(1).filter(char::is_ascii_punctuation) {
            Some(c) => {
                self.place += 1;
                self.keep(c);
            }
            None => self.keep('\\'),
        }
    }

    fn tag(&mut self) {
        const LINE: &[&str] = &["br", "p", "li", "div"];
        const PLAIN: &[&str] =
            &["a", "b", "code", "em", "i", "ol", "pre", "span", "strong", "sub", "sup", "ul"];
        let inner = near(self.rest()).split_once('>').and_then(|(tag, _)| tag.strip_prefix('<'));
        let name: String = inner
            .unwrap_or_default()
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let breaks = LINE.contains(&name.as_str());
        match inner {
            Some(inner) if breaks || PLAIN.contains(&name.as_str()) => {
                if breaks {
                    self.line_break();
                }
                self.place += inner.len() + 2;
            }
            Some(_) | None => self.keep('<'),
        }
    }

    fn entity(&mut self) {
        const ENTITIES: &[(&str, char)] = &[
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&#39;", '\''),
            ("&#124;", '|'),
            ("&nbsp;", ' '),
        ];
        let rest = self.rest();
        match ENTITIES.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, c)) => {
                self.cell.push(*c, self.base + self.place);
                self.place += name.len();
            }
            None => self.keep('&'),
        }
    }

    /// `*true*` or `**block**`. Bold that begins an entry of a list begins a line too: published
    /// tables run such entries together when their line breaks get lost.
    fn emphasis(&mut self) {
        let run = leading(self.rest(), '*').min(3);
        let (stars, inner) = self.rest().split_at_checked(run).unwrap_or_default();
        let near = near(inner);
        let closes = |end: &usize| {
            near.get(..*end)
                .is_some_and(|text| !text.is_empty() && !text.ends_with(char::is_whitespace))
        };
        let end = near.find(stars).filter(closes);
        match end {
            Some(end) if !inner.starts_with(char::is_whitespace) => {
                let after = inner.get(end + run..).unwrap_or_default();
                let entry = after.starts_with(':')
                    || near.get(..end).is_some_and(|text| text.ends_with(':'));
                let glued = !self.cell.text.ends_with([' ', '(', '\n']);
                if run > 1 && (entry || glued) && !self.cell.text.is_empty() {
                    self.line_break();
                }
                self.drops.insert(self.place + run + end, run);
                self.place += run;
            }
            Some(_) | None => (0..run).for_each(|_| self.keep('*')),
        }
    }

    /// `[text](address)` and `![text](address)`: the text stays.
    fn link(&mut self, first: char) {
        let opening = if first == '!' { "![" } else { "[" };
        let inner = near(self.rest()).strip_prefix(opening).unwrap_or_default();
        let text = inner.find(']').and_then(|end| inner.split_at_checked(end));
        let address = text.and_then(|(_, after)| {
            Some((after.starts_with("](")).then_some(after)?.find(')')? + 1)
        });
        match (text, address) {
            (Some((text, _)), Some(length)) => {
                self.place += opening.len();
                self.drops.insert(self.place + text.len(), length);
            }
            (Some(_) | None, Some(_) | None) => self.keep(first),
        }
    }
}

/// How often a text repeats a character at its beginning.
fn leading(text: &str, c: char) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

/// The beginning of a text, as far as closing marks are looked for.
fn near(text: &str) -> &str {
    // One of four bytes in a row begins a character.
    (LOOK..LOOK + 4).find_map(|end| text.get(..end)).unwrap_or(text)
}
