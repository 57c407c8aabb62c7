//! The elements of a JSON text that is too large to hold: of an array, of the list `data` in a
//! response of the API, or whole objects one after the other.
//!
//! Law: nothing is judged here. What stands between two commas is an element, well formed or
//! not, so that whoever reads it reports it.

use std::mem;

/// How a text holds its records.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Lines,
    Json { envelope: bool },
}

/// The form of a text that begins like this.
pub(super) fn form(head: &[u8], records: &str) -> Form {
    match head.trim_ascii_start().first() {
        Some(b'[') => Form::Json { envelope: false },
        Some(b'{') if is_envelope(head, records) => Form::Json { envelope: true },
        Some(b'{') if is_spread(head) => Form::Json { envelope: false },
        _ => Form::Lines,
    }
}

/// True when the first object has a list of objects, or an empty one, as the member that holds the records.
pub(super) fn is_envelope(head: &[u8], records: &str) -> bool {
    let mut scan = Elements::new(Some(records));
    for byte in head.trim_ascii_start() {
        if scan.base.is_some() && !byte.is_ascii_whitespace() {
            return scan.base == Some(2) && matches!(byte, b'{' | b']');
        }
        if scan.document_ended_before_data {
            return false;
        }
        scan.push(*byte);
    }
    false
}

/// True when the first object goes on after a line's end, as indented JSON does.
fn is_spread(head: &[u8]) -> bool {
    let line = head.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap_or_default();
    let cut = line.len() < head.trim_ascii_start().len();
    cut && matches!(line.trim_ascii_end().last(), Some(b'{' | b'[' | b','))
}

/// True when no more of a text is needed to tell its form: its first line is one record, or it is
/// a response.
pub(super) fn is_enough(head: &[u8], records: &str) -> bool {
    head.trim_ascii_start().contains(&b'\n') && (!is_spread(head) || is_envelope(head, records))
}

/// Cuts a text into elements, one a line, byte by byte.
pub(super) struct Elements<'n> {
    /// The member that holds the records of a response.
    envelope: Option<&'n str>,
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// A blank that is kept only where it separates.
    blank: bool,
    /// The depth of the elements, where they are being read.
    base: Option<usize>,
    /// After a comma an element has to follow.
    after_comma: bool,
    /// The last text at the top of a response, and the name of the member that begins.
    text: Vec<u8>,
    name: Vec<u8>,
    has_data: bool,
    document_ended_before_data: bool,
    /// Where the element begins in `out`.
    start: usize,
    out: Vec<u8>,
    trouble: Option<String>,
}

impl<'n> Elements<'n> {
    pub(super) fn new(envelope: Option<&'n str>) -> Self {
        Elements {
            envelope,
            depth: 0,
            in_text: false,
            escaped: false,
            blank: false,
            base: None,
            after_comma: false,
            text: Vec::new(),
            name: Vec::new(),
            has_data: false,
            document_ended_before_data: false,
            start: 0,
            out: Vec::new(),
            trouble: None,
        }
    }

    /// How many bytes of whole elements there are.
    pub(super) fn ready(&self) -> usize {
        self.start
    }

    /// How many bytes of the element that is being read there are.
    pub(super) fn unfinished(&self) -> usize {
        self.out.len().saturating_sub(self.start).max(self.text.len())
    }

    /// The whole elements, and what is wrong after them.
    pub(super) fn take(&mut self) -> (Vec<u8>, Option<String>) {
        let rest = self.out.split_off(self.start);
        self.start = 0;
        (mem::replace(&mut self.out, rest), self.trouble.take())
    }

    pub(super) fn finish(&mut self) {
        let open = self.depth > 0 || self.in_text;
        self.end_element();
        if open {
            self.trouble = Some("the text ends in the middle".into());
        }
    }

    pub(super) fn push(&mut self, byte: u8) {
        if self.in_text {
            return self.inside_text(byte);
        }
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                self.blank = true;
                if byte == b'\n' && self.base == Some(0) && self.depth == 0 {
                    self.end_element();
                    self.base = None;
                }
            }
            b'{' | b'[' => self.open(byte),
            b'}' | b']' => self.close(byte),
            b',' if self.base == Some(self.depth) && self.depth > 0 => {
                self.end_element_with_comma();
                self.after_comma = true;
            }
            b':' if self.is_response() && self.depth == 1 => {
                mem::swap(&mut self.name, &mut self.text)
            }
            b'"' => {
                self.in_text = true;
                self.text.clear();
                self.keep(byte);
            }
            _ => self.keep(byte),
        }
    }

    fn inside_text(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_text = false,
            _ => {}
        }
        if self.base.is_some() {
            // A line's end is no part of a text in JSON; kept as it is, it would end the record.
            self.out.push(if byte == b'\n' { b'\r' } else { byte });
        } else if self.in_text {
            self.text.push(byte);
        }
    }

    /// True inside a response, outside its list of records.
    fn is_response(&self) -> bool {
        self.base.is_none() && self.depth > 0
    }

    fn open(&mut self, byte: u8) {
        match (self.base, self.depth, byte) {
            (None, 0, b'[') => self.base = Some(1),
            (None, 0, _) if self.envelope.is_some() => self.has_data = false,
            (None, 1, b'[') if self.envelope.is_some_and(|name| self.name == name.as_bytes()) => {
                self.base = Some(2);
                self.has_data = true;
            }
            (None, 1.., _) => {}
            (None, 0, _) | (Some(_), ..) => self.keep(byte),
        }
        self.depth += 1;
    }

    fn close(&mut self, byte: u8) {
        let ends_list = self.base == Some(self.depth) && self.depth > 0 && byte == b']';
        if ends_list {
            if self.after_comma {
                self.end_element_with_comma();
            }
            self.end_element();
            self.base = None;
            self.name.clear();
        } else if self.base.is_some() || self.depth == 0 {
            self.keep(byte);
        }
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 && self.base == Some(0) {
            self.end_element();
            self.base = None;
        } else if self.depth == 0 && self.envelope.is_some() && !ends_list && !self.has_data {
            self.document_ended_before_data = true;
            let name = self.envelope.unwrap_or_default();
            self.trouble = Some(format!("an object without a list `{name}`"));
        }
    }

    /// Adds a byte to the element; between documents it begins one.
    fn keep(&mut self, byte: u8) {
        if self.is_response() {
            return;
        }
        self.base = self.base.or(Some(0));
        let separates = |byte: &u8| !matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"');
        if self.blank
            && separates(&byte)
            && self.out.len() > self.start
            && self.out.last().is_some_and(separates)
        {
            self.out.push(b' ');
        }
        self.blank = false;
        self.after_comma = false;
        self.out.push(byte);
    }

    fn end_element(&mut self) {
        if self.out.len() > self.start {
            self.out.push(b'\n');
            self.start = self.out.len();
        }
        self.after_comma = false;
    }

    /// An element that is missing stays visible as its comma.
    fn end_element_with_comma(&mut self) {
        if self.out.len() == self.start {
            self.out.push(b',');
        }
        self.end_element();
    }
}
