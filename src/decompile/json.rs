//! JSON as it is found in the wild: with places, with repeated keys, with single quotes.
//!
//! What strict JSON has is read as strict JSON reads it. Beyond it: texts in `'`, `True`, `False`,
//! `None`, a comma before a closing bracket, line breaks and unknown escapes in texts, typographic
//! quotes, names without quotes, comments. The first comment and the first place of all else are
//! noted, so that they can be said.

use super::comments;
use crate::quote;
use crate::span::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Json {
    pub(super) span: Span,
    pub(super) node: Node,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    Text(Text),
    List(Vec<Json>),
    Object(Vec<Member>),
}

/// A text, and where each of its bytes came from.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) places: Places,
}

/// A member of an object; repeated ones are kept.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) name_span: Span,
    pub(super) value: Json,
}

/// Where the bytes of a text stand in the whole input.
#[derive(Clone, Debug)]
pub(super) enum Places {
    /// One after the other, from here.
    From(u32),
    /// Each at its own place, and the end behind them.
    Each(Vec<u32>),
}

impl Places {
    pub(super) fn at(&self, byte: usize) -> usize {
        match self {
            Places::From(start) => *start as usize + byte,
            Places::Each(list) => list.get(byte).or(list.last()).map_or(0, |place| *place as usize),
        }
    }

    /// The span in the whole input of a range of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.at(start), self.at(end))
    }
}

/// What stops reading: a place in the input and what belongs there.
#[derive(Clone, Debug)]
pub(super) struct Unreadable {
    pub(super) span: Span,
    pub(super) expected: &'static str,
}

/// Reads values from a text, one after the other.
pub(super) struct Reader<'t, 'p> {
    text: &'t str,
    places: &'p Places,
    at: usize,
    depth: usize,
    /// What strict JSON does not have: the first comment, and the first of all else.
    pub(super) loose: Vec<(Span, &'static str)>,
}

impl<'t, 'p> Reader<'t, 'p> {
    /// A reader of a text, nested at most so deep.
    pub(super) fn new(text: &'t str, places: &'p Places, depth: usize) -> Self {
        Reader { text, places, at: 0, depth, loose: Vec::new() }
    }

    /// Goes to a byte.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The byte that is read next.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What follows a byte.
    pub(super) fn rest_from(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    pub(super) fn skip_blanks(&mut self) {
        let start = self.at;
        let skipped = comments::skip(self.rest());
        self.at += skipped.length;
        if skipped.says {
            self.loosely(start, skipped.why);
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn span_from(&self, start: usize) -> Span {
        self.places.span(start, self.at)
    }

    fn stop<T>(&self, expected: &'static str) -> Result<T, Unreadable> {
        let end = self.at + self.peek().map_or(0, char::len_utf8);
        Err(Unreadable { span: self.places.span(self.at, end), expected })
    }

    fn loosely(&mut self, start: usize, what: &'static str) {
        let span = self.span_from(start);
        // A comment is left out, which has to be said; of other spellings one is enough.
        let comment = what == comments::NO_COMMENTS;
        let same = |known: &str| (known == comments::NO_COMMENTS) == comment;
        if !self.loose.iter().any(|(_, known)| same(known)) {
            self.loose.push((span, what));
        }
    }

    /// The next value.
    pub(super) fn value(&mut self) -> Result<Json, Unreadable> {
        self.skip_blanks();
        let start = self.at;
        let node = match self.peek() {
            Some('{') => self.nested(Self::object)?,
            Some('[') => self.nested(Self::list)?,
            Some('"' | '\'' | '“' | '”' | '„' | '‘' | '’') => Node::Text(self.text()?),
            Some('u') if self.is_marked() => {
                self.loosely(self.at, MARKED);
                self.at += 1;
                Node::Text(self.text()?)
            }
            Some('-' | '0'..='9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Json { span: self.span_from(start), node })
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Node, Unreadable>,
    ) -> Result<Node, Unreadable> {
        if self.depth == 0 {
            return self.stop("fewer brackets within brackets");
        }
        self.depth -= 1;
        self.at += 1;
        let node = read(self);
        self.depth += 1;
        node
    }

    fn word(&mut self) -> Result<Node, Unreadable> {
        const WORDS: [(&str, Node, bool); 6] = [
            ("null", Node::Null, true),
            ("true", Node::Bool(true), true),
            ("false", Node::Bool(false), true),
            ("None", Node::Null, false),
            ("True", Node::Bool(true), false),
            ("False", Node::Bool(false), false),
        ];
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let Some((_, node, strict)) = WORDS.into_iter().find(|(known, ..)| *known == word) else {
            return self.stop("a value");
        };
        let start = self.at;
        self.at += length;
        if !strict {
            self.loosely(start, "`true`, `false` and `null` are written in small letters");
        }
        Ok(node)
    }

    fn number(&mut self) -> Result<Node, Unreadable> {
        let rest = self.rest();
        let digit = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let length = rest.find(|c| !digit(c)).unwrap_or(rest.len());
        let text = rest.get(..length).unwrap_or_default();
        if !is_number(text) {
            return self.stop("a number");
        }
        self.at += length;
        Ok(Node::Number(text.to_owned()))
    }

    fn list(&mut self) -> Result<Node, Unreadable> {
        let mut list = Vec::new();
        loop {
            self.skip_blanks();
            if self.closed(']', list.is_empty()) {
                return Ok(Node::List(list));
            }
            list.push(self.value()?);
            self.divided(']', "`,` or `]`")?;
        }
    }

    fn object(&mut self) -> Result<Node, Unreadable> {
        let mut members = Vec::new();
        loop {
            self.skip_blanks();
            if self.closed('}', members.is_empty()) {
                return Ok(Node::Object(members));
            }
            let start = self.at;
            let name = self.name()?;
            let name_span = self.span_from(start);
            self.skip_blanks();
            if !self.take(':') {
                return self.stop("`:`");
            }
            let value = self.value()?;
            members.push(Member { name, name_span, value });
            self.divided('}', "`,` or `}`")?;
        }
    }

    /// The name of a member, also without quotes.
    fn name(&mut self) -> Result<String, Unreadable> {
        if self.is_marked() {
            self.loosely(self.at, MARKED);
            self.at += 1;
        }
        if self.peek().is_some_and(|c| closing(c).is_some()) {
            return Ok(self.text()?.value);
        }
        let rest = self.rest();
        let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '@' | '-');
        let length = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default();
        if !name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$' | '@')) {
            return self.stop("a name in quotes, or `}`");
        }
        let start = self.at;
        self.at += length;
        self.loosely(start, "names stand in double quotes");
        Ok(name.to_owned())
    }

    /// True before a text as Python 2 prints it, `u'…'`.
    fn is_marked(&self) -> bool {
        let rest = self.rest();
        rest.starts_with("u'") || rest.starts_with("u\"")
    }

    /// Reads a closing bracket; a comma before it is not strict.
    fn closed(&mut self, bracket: char, empty: bool) -> bool {
        let start = self.at;
        let closed = self.take(bracket);
        if closed && !empty && self.text.get(..start).unwrap_or_default().trim_end().ends_with(',')
        {
            self.loosely(start, "no comma stands before a closing bracket");
        }
        closed
    }

    /// Reads a comma, or looks at the closing bracket.
    fn divided(&mut self, bracket: char, expected: &'static str) -> Result<(), Unreadable> {
        self.skip_blanks();
        if self.take(',') || self.peek() == Some(bracket) { Ok(()) } else { self.stop(expected) }
    }

    fn text(&mut self) -> Result<Text, Unreadable> {
        let opening = self.at;
        let mark = self.peek().unwrap_or('"');
        let ends = closing(mark).unwrap_or(&['"']);
        self.at += mark.len_utf8();
        let start = self.at;
        let mut escaped = false;
        loop {
            match self.peek() {
                None => {
                    self.at = opening;
                    return self.stop("a text that ends with the quote it begins with");
                }
                Some('\\') => {
                    escaped = true;
                    self.at += 1;
                    self.at += self.peek().map_or(0, char::len_utf8);
                }
                Some(c) if ends.contains(&c) => break,
                Some(c) => self.at += c.len_utf8(),
            }
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let places = self.inner(start, raw.len());
        self.at += self.peek().map_or(0, char::len_utf8);
        if mark != '"' && mark != '\'' {
            self.loosely(opening, "texts stand in plain double quotes, not in typographic ones");
        } else if mark == '\'' {
            self.loosely(opening, "texts stand in double quotes");
        } else if raw.contains(['\n', '\r', '\t']) {
            self.loosely(opening, "line breaks and tabs in a text are written `\\n` and `\\t`");
        }
        if !escaped {
            return Ok(Text { value: raw.to_owned(), places });
        }
        let (text, unknown) = unescape(raw, &places);
        if unknown {
            self.loosely(opening, "a `\\` in a text is written `\\\\`");
        }
        Ok(text)
    }

    /// Where the bytes of a part of this reader's text stand.
    fn inner(&self, start: usize, length: usize) -> Places {
        match self.places {
            Places::From(first) => Places::From(*first + u32::try_from(start).unwrap_or(u32::MAX)),
            Places::Each(list) => Places::Each(
                list.get(start..=start + length).map(<[u32]>::to_vec).unwrap_or_default(),
            ),
        }
    }
}

const MARKED: &str = "no letter stands before the quotes of a text";

/// What closes a text that begins with this character; `None` for one that begins no text.
fn closing(mark: char) -> Option<&'static [char]> {
    match mark {
        '"' => Some(&['"']),
        '\'' => Some(&['\'']),
        '“' | '”' | '„' => Some(&['”', '“', '"']),
        '‘' | '’' => Some(&['’', '‘', '\'']),
        _ => None,
    }
}

/// A text without its escapes, and whether one of them is none of JSON's; such stay as they are.
fn unescape(raw: &str, places: &Places) -> (Text, bool) {
    let mut value = String::with_capacity(raw.len());
    let mut list: Vec<u32> = Vec::with_capacity(raw.len() + 1);
    let mut unknown = false;
    let mut at = 0;
    let place = |byte: usize| u32::try_from(places.at(byte)).unwrap_or(u32::MAX);
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let (found, length) = next(rest);
        match found {
            Some(c) => value.push(c),
            None => {
                unknown = true;
                value.push_str(rest.get(..length).unwrap_or_default());
            }
        }
        list.resize(value.len(), place(at));
        at += length;
    }
    list.push(place(raw.len()));
    (Text { value, places: Places::Each(list) }, unknown)
}

/// The character that a text begins with, `None` for an unknown escape, and its length in bytes.
fn next(rest: &str) -> (Option<char>, usize) {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return (None, rest.len()) };
    if first != '\\' {
        return (Some(first), first.len_utf8());
    }
    let Some(kind) = chars.next() else { return (None, rest.len()) };
    let pair = rest.get(6..).is_some_and(|rest| rest.starts_with("\\u"));
    let length = if kind != 'u' { 1 + kind.len_utf8() } else { 6 };
    let lengths = if kind == 'u' && pair { [12, length] } else { [length, length] };
    if kind == 'u'
        && rest.get(2..6).is_none_or(|digits| !digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        return (None, 2);
    }
    if rest.starts_with("\\u0000") {
        return (Some('\0'), 6);
    }
    for length in lengths {
        let mut errors = Vec::new();
        let text = rest.get(..length).unwrap_or_default();
        let read = quote::unescape(text, 0, &mut errors);
        let mut chars = read.chars();
        if let (true, Some(only), None) = (errors.is_empty(), chars.next(), chars.next()) {
            return (Some(only), length);
        }
    }
    (None, length)
}

impl Json {
    /// The value as strict JSON on one line, nothing in it invisible.
    pub(super) fn print(&self, out: &mut String) {
        match &self.node {
            Node::Null => out.push_str("null"),
            Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Node::Number(text) => out.push_str(text),
            Node::Text(text) => print_text(&text.value, out),
            Node::List(list) => {
                out.push('[');
                for (place, item) in list.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    item.print(out);
                }
                out.push(']');
            }
            Node::Object(members) => {
                print_members(members.iter().map(|member| (&*member.name, &member.value)), out)
            }
        }
    }

    /// The members of an object.
    pub(super) fn members(&self) -> Option<&[Member]> {
        match &self.node {
            Node::Object(members) => Some(members),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => None,
        }
    }
}

/// True for a number as JSON writes it, also with a `+`, with zeros in front, and without digits on one
/// side of the point.
fn is_number(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let power = power.strip_prefix(['-', '+']).unwrap_or(power);
    is_digits(&number.replacen('.', "", 1)) && is_digits(power)
}

/// An object on one line.
pub(super) fn print_members<'m>(
    members: impl Iterator<Item = (&'m str, &'m Json)>,
    out: &mut String,
) {
    out.push('{');
    for (place, (name, value)) in members.enumerate() {
        if place > 0 {
            out.push(',');
        }
        print_text(name, out);
        out.push(':');
        value.print(out);
    }
    out.push('}');
}

/// A text as JSON, with an escape for every character that cannot be seen.
pub(super) fn print_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if quote::is_invisible(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
