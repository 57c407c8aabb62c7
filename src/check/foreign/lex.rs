//! The tokens of a text as people paste it: typographic quotes and dashes, full-width marks,
//! invisible characters, doubled quotes and comments of other languages are read as what they
//! stand for. Every token keeps its place and its plain spelling.

use crate::quote::{is_invisible, quoted, unescape};
use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Text,
    Symbol,
    Open,
    Close,
    Comma,
    And,
    Or,
    Not,
    /// A comment in the form of another language.
    Comment,
    /// `;`.
    Stop,
}

/// A token: its place, and how it is written here.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
    pub(super) plain: String,
    /// True when the text has it, or the gap before it, in another form.
    pub(super) odd: bool,
}

impl Token {
    /// True when it is this word or symbol, without regard to case.
    pub(super) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Text && self.plain.eq_ignore_ascii_case(text)
    }

    /// True when it can be a value.
    pub(super) fn is_value(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Text)
    }

    /// The text that it stands for: of a quoted text the inside.
    pub(super) fn value(&self) -> String {
        if self.kind != Kind::Text {
            return self.plain.clone();
        }
        let inner = self.plain.get(1..self.plain.len().saturating_sub(1)).unwrap_or_default();
        unescape(inner, 0, &mut Vec::new()).into_owned()
    }
}

/// A mark that looks like one of the language.
fn mark(c: char) -> Option<(Kind, &'static str)> {
    Some(match c {
        '(' | '（' => (Kind::Open, "("),
        ')' | '）' => (Kind::Close, ")"),
        '[' | '［' | '【' => (Kind::Open, "["),
        ']' | '］' | '】' => (Kind::Close, "]"),
        '{' | '｛' => (Kind::Open, "{"),
        '}' | '｝' => (Kind::Close, "}"),
        ',' | '，' | '、' => (Kind::Comma, ","),
        ';' | '；' => (Kind::Stop, ""),
        '≠' => (Kind::Symbol, "!="),
        '≥' | '⩾' | '≧' => (Kind::Symbol, ">="),
        '≤' | '⩽' | '≦' => (Kind::Symbol, "<="),
        '＝' | '≡' => (Kind::Symbol, "="),
        '＜' => (Kind::Symbol, "<"),
        '＞' => (Kind::Symbol, ">"),
        '：' => (Kind::Symbol, ":"),
        '∈' => (Kind::Word, "in"),
        '∉' => (Kind::Word, "not in"),
        '∧' | '⋀' => (Kind::And, "and"),
        '∨' | '⋁' => (Kind::Or, "or"),
        '¬' | '！' => (Kind::Not, "not"),
        _ => return None,
    })
}

/// The marks that close a text that this one opens; none where it opens no text.
fn closers(c: char) -> &'static [char] {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '″' | '＂' => {
            &['”', '“', '„', '‟', '″', '＂', '"']
        }
        '\'' | '‘' | '’' | '‚' | '‛' | '＇' | '`' | '´' => {
            &['’', '‘', '‚', '‛', '＇', '`', '´', '\'']
        }
        '«' | '»' => &['»', '«'],
        '‹' | '›' => &['›', '‹'],
        '「' => &['」', '「'],
        _ => &[],
    }
}

/// The character as it is written in a word here; `None` for one that cannot be seen.
fn in_word(c: char) -> Option<char> {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '−' => Some('-'),
        c if is_invisible(c) => None,
        c => Some(c),
    }
}

fn is_symbol(c: char) -> bool {
    matches!(c, '<' | '=' | '>' | '!' | '~' | '^')
}

/// Reads a text. `awaits_value` says of the word before a place whether a value has to follow it.
pub(super) fn tokens(text: &str, awaits_value: &dyn Fn(&str) -> bool) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        at: 0,
        out: Vec::new(),
        gap: false,
        line: 0,
        no_block_end: false,
        awaits_value,
    };
    while lexer.next() {}
    lexer.out
}

struct Lexer<'t, 'f> {
    text: &'t str,
    at: usize,
    out: Vec<Token>,
    /// True when the gap before the next token holds a blank that is no plain one.
    gap: bool,
    /// The end of the line that was looked for last.
    line: usize,
    /// True when no `*/` stands ahead.
    no_block_end: bool,
    awaits_value: &'f dyn Fn(&str) -> bool,
}

impl Lexer<'_, '_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind, end: usize, plain: impl Into<String>) {
        let span = Span::new(self.at, end);
        let plain = plain.into();
        let odd = std::mem::take(&mut self.gap) || span.of(self.text) != plain;
        self.out.push(Token { kind, span, plain, odd });
        self.at = end;
    }

    /// The end of the line.
    fn line_end(&mut self) -> usize {
        if self.line <= self.at {
            self.line = self.at + self.rest().find('\n').unwrap_or(self.rest().len());
        }
        self.line
    }

    fn begins(&self) -> bool {
        self.out.last().is_none_or(|last| {
            matches!(last.kind, Kind::And | Kind::Or | Kind::Not | Kind::Open | Kind::Comment)
        })
    }

    fn value_expected(&self) -> bool {
        self.out.last().is_some_and(|last| match last.kind {
            Kind::Symbol | Kind::Comma | Kind::Open => true,
            Kind::Word => self.out.len() > 1 && (self.awaits_value)(&last.plain),
            Kind::Text
            | Kind::Close
            | Kind::And
            | Kind::Or
            | Kind::Not
            | Kind::Comment
            | Kind::Stop => false,
        })
    }

    /// Reads one token or blank; false at the end.
    fn next(&mut self) -> bool {
        let Some(c) = self.rest().chars().next() else {
            self.trailing_gap();
            return false;
        };
        if c.is_whitespace() || is_invisible(c) {
            self.gap |= is_invisible(c) && !c.is_ascii();
            self.at += c.len_utf8();
        } else if !self.expression(c) && !self.comment(c) && !self.quoted(c) && !self.mark(c) {
            self.word();
        }
        true
    }

    /// A blank at the end that is no plain one belongs to the last token.
    fn trailing_gap(&mut self) {
        if let (true, Some(last)) = (self.gap, self.out.last_mut()) {
            last.odd = true;
            last.span.end = Span::at(self.at).end;
        }
    }

    fn comment(&mut self, c: char) -> bool {
        let rest = self.rest();
        if c == '#' {
            self.at = self.line_end();
            return true;
        }
        let mut marks = ["//", "--", "/*"].into_iter().filter(|_| matches!(c, '/' | '-'));
        let begins = marks.find(|mark| rest.starts_with(mark));
        let Some(begins) = begins.filter(|_| !self.value_expected()) else { return false };
        if begins == "/*" {
            let found = if self.no_block_end { None } else { rest.find("*/") };
            let Some(length) = found else {
                self.no_block_end = true;
                return false;
            };
            self.push(Kind::Comment, self.at + length + 2, "");
        } else {
            let end = self.line_end();
            self.push(Kind::Comment, self.at + begins.len(), "#");
            self.at = end;
        }
        true
    }

    /// `/…/` behind an operator of regular expressions.
    fn expression(&mut self, c: char) -> bool {
        let behind = |last: &Token| matches!(last.plain.as_str(), "=~" | "!~" | "~=");
        if c != '/' || !self.out.last().is_some_and(behind) {
            return false;
        }
        let line = self.at..self.line_end();
        let inner = self.text.get(line).and_then(|line| line.get(1..)).unwrap_or_default();
        let Some(length) = inner.find('/') else { return false };
        let whole = format!("/{}/", inner.get(..length).unwrap_or_default());
        self.push(Kind::Text, self.at + length + 2, quoted(&whole));
        if let Some(last) = self.out.last_mut() {
            last.odd = false;
        }
        true
    }

    fn quoted(&mut self, c: char) -> bool {
        let closers = closers(c);
        let Some(closer) = closers.last() else { return false };
        let line = self.at..self.line_end();
        let line = self.text.get(line).unwrap_or_default();
        // In ASCII quotes only the same mark closes, or else a typographic one.
        let ascii = c == *closer;
        let found = if ascii { doubled(line, c) } else { None };
        let found = found.or_else(|| {
            let open = line.get(c.len_utf8()..)?;
            let close = open.find(|c| closers.contains(&c) && !(ascii && c == *closer))?;
            let mark = open.get(close..)?.chars().next()?;
            let inner = open.get(..close)?.to_owned();
            Some((inner, c.len_utf8() + close + mark.len_utf8(), true))
        });
        let Some((inner, length, respelled)) = found else { return false };
        let end = self.at + length;
        let plain = if respelled {
            quoted(&unescape(&inner, 0, &mut Vec::new()))
        } else {
            line.get(..length).unwrap_or_default().to_owned()
        };
        self.push(Kind::Text, end, plain);
        true
    }

    fn mark(&mut self, c: char) -> bool {
        let rest = self.rest();
        let after = |text: &str| self.at + text.len();
        if rest.starts_with("&&") {
            self.push(Kind::And, after("&&"), "&&");
        } else if rest.starts_with("||") {
            self.push(Kind::Or, after("||"), "||");
        } else if c == '&' {
            self.push(Kind::And, after("&"), "and");
        } else if c == '|' {
            self.push(Kind::Or, after("|"), "or");
        } else if is_symbol(c) || rest.starts_with("$=") {
            let length = rest.find(|c| !is_symbol(c) && c != '$').unwrap_or(rest.len());
            let run = rest.get(..length).unwrap_or_default().to_owned();
            let not = run == "!" && self.begins();
            self.push(if not { Kind::Not } else { Kind::Symbol }, self.at + length, run);
        } else if let Some((kind, plain)) = mark(c) {
            self.push(kind, self.at + c.len_utf8(), plain);
        } else {
            return false;
        }
        true
    }

    /// True when the `or` that ends here belongs to `less than or equal to`, `on or after`.
    fn compares(&self, end: usize) -> bool {
        let before = ["than", "greater", "less", "on"];
        let after = ["equal", "equals", "after", "before"];
        let ahead = self.text.get(end..).unwrap_or_default().split_whitespace().next();
        self.out.last().is_some_and(|last| before.into_iter().any(|word| last.is(word)))
            && ahead.is_some_and(|next| after.into_iter().any(|w| next.eq_ignore_ascii_case(w)))
    }

    fn word(&mut self) {
        let other = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_');
        let begin = self.rest().split(other).next().unwrap_or_default();
        let mut plain = begin.to_owned();
        let mut end = self.at + begin.len();
        let mut chars = self.text.get(end..).unwrap_or_default().chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            // `isn't`, `doesn’t`
            let joined = matches!(c, '\'' | '’')
                && plain.ends_with(['n', 'N'])
                && next.is_some_and(|next| matches!(next, 't' | 'T'));
            let first = plain.is_empty();
            let spaced = c.is_whitespace();
            let other = !closers(c).is_empty() || mark(c).is_some() || is_symbol(c);
            let ends = spaced
                || (other && !joined)
                || matches!(c, '&' | '|')
                || (c == '$' && next == Some('='));
            if ends && !first {
                break;
            }
            plain.extend(if joined { Some('\'') } else { in_word(c) });
            end += c.len_utf8();
            if ends {
                break;
            }
        }
        let is = |word: &str| plain.eq_ignore_ascii_case(word);
        let kind = if is("and") {
            Kind::And
        } else if is("or") && !self.compares(end) {
            Kind::Or
        } else if is("not") && self.begins() {
            Kind::Not
        } else {
            Kind::Word
        };
        self.push(kind, end, plain);
    }
}

/// A text in ASCII quotes: its inside, its length with the quotes, and whether a quote within was
/// written twice as in SQL.
fn doubled(line: &str, quote: char) -> Option<(String, usize, bool)> {
    let mut inner = String::new();
    let mut respelled = false;
    let mut chars = line.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if c == '\\' {
            inner.push(c);
            inner.extend(chars.next().map(|(_, next)| next));
        } else if c == quote && next == Some(quote) {
            respelled = true;
            inner.push(c);
            chars.next();
        } else if c == quote {
            return Some((inner, at + c.len_utf8(), respelled));
        } else {
            inner.push(c);
        }
    }
    None
}
