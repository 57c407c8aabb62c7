//! Texts drawn at random: trees written in as many ways as the language has, and token soups.

use proptest::prelude::*;
use tamis::ops::{self, Op, Takes};
use tamis::quote::{quote, quoted};

/// A formula to be written down.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// All of them.
    And(Vec<Node>),
    /// One of them.
    Or(Vec<Node>),
    /// Not it.
    Not(Box<Node>),
    /// A field, an operator, its negation, values.
    Clause(&'static str, Op, bool, Vec<&'static str>),
    /// `@name` or a quoted text.
    Leaf(&'static str),
}

const FIELDS: &[&str] =
    &["f", "user.name", "text", "in", "limit", "not", "größe", "a field", "a..b", "$f"];
const VALUES: &[&str] = &[
    "1",
    "-5",
    "a",
    "a b",
    "a..b",
    "null",
    "$p",
    "and",
    "limit",
    "in",
    "it's \"so\"",
    "a\\b",
    "10.",
    ".x",
    "日本語",
    "#",
    "x#y",
    "(",
    "now-7d",
    "a$",
    "line\nbreak",
    "\u{200b}",
    "",
    "true",
    "days",
    "{}",
];

/// A formula of some depth.
pub(crate) fn nodes() -> impl Strategy<Value = Node> {
    let field = prop::sample::select(FIELDS);
    let values = prop::collection::vec(prop::sample::select(VALUES), 1..6);
    let clause = (field, prop::sample::select(ops::ALL), any::<bool>(), values)
        .prop_map(|(field, op, negated, values)| Node::Clause(field, op, negated, values));
    let leaf =
        prop::sample::select(&["@a", "@größe", "\"x\"", "'a \"b\"'"][..]).prop_map(Node::Leaf);
    prop_oneof![6 => clause, 1 => leaf].prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..5).prop_map(Node::And),
            prop::collection::vec(inner.clone(), 2..5).prop_map(Node::Or),
            inner.prop_map(|inner| Node::Not(Box::new(inner))),
        ]
    })
}

/// Writes formulas, and decides by a list of numbers how.
pub(crate) struct Writer<'n> {
    noise: std::iter::Cycle<std::slice::Iter<'n, u8>>,
    comments: bool,
    out: String,
}

impl<'n> Writer<'n> {
    /// A writer that chooses by the noise, with comments or without.
    pub(crate) fn new(noise: &'n [u8], comments: bool) -> Self {
        Writer { noise: noise.iter().cycle(), comments, out: String::new() }
    }

    /// Definitions, a query and its tail.
    pub(crate) fn document(mut self, definitions: &[Node], query: &Node, tail: bool) -> String {
        for (index, node) in definitions.iter().enumerate() {
            let name = ["a", "größe", "x.y"][index % 3];
            self.word("let");
            self.words(&[name, "="]);
            self.node(node, 0);
            let end = self.choose(&["\n", ";", "; ", " # and; so on\n", "\n\n# apart\n"]);
            self.out.push_str(if end.contains('#') && !self.comments { "\n" } else { end });
        }
        self.node(query, 0);
        if tail {
            let order = self.choose(&["order by f desc", "ORDER  BY 'f' Desc"]);
            let parts =
                self.choose_from(&[[order, "limit 007", "skip $n"], ["SKIP $n", order, "Limit 7"]]);
            self.words(&parts);
        }
        self.gap();
        self.out
    }

    fn choose<'c>(&mut self, from: &[&'c str]) -> &'c str {
        self.choose_from(from)
    }

    fn choose_from<T: Copy>(&mut self, from: &[T]) -> T {
        let number = self.noise.next().copied().unwrap_or_default();
        from[usize::from(number) % from.len()]
    }

    fn coin(&mut self) -> bool {
        self.choose_from(&[false, true])
    }

    /// A gap that holds something at least.
    fn gap(&mut self) {
        let plain = [" ", " ", "  ", "\t", "\n  ", "\r\n "];
        let comments =
            [" # c\n  ", "\n  # (own) \"\n ", " #x\n # y\n\t ", "  # ends in ;\r\n ", " # )\n "];
        let commented =
            self.comments && self.choose_from(&[true, false, false, false, false, false, false]);
        let gap = if commented { self.choose(&comments) } else { self.choose(&plain) };
        self.out.push_str(gap);
    }

    fn word(&mut self, word: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.gap();
        }
        self.out.push_str(word);
    }

    fn words(&mut self, words: &[&str]) {
        words.iter().for_each(|word| self.word(word));
    }

    /// A formula within nothing (0), `or` (1), `and` (2) or `not` (3).
    fn node(&mut self, node: &Node, within: u8) {
        let binds = match node {
            Node::Or(_) => 1,
            Node::And(_) => 2,
            Node::Not(_) => 3,
            Node::Clause(..) | Node::Leaf(_) => 4,
        };
        let needed = usize::from(binds <= within);
        let brackets = self.choose_from(&[needed, needed, needed, 1, 2]);
        (0..brackets).for_each(|_| self.word("("));
        self.inner(node);
        (0..brackets).for_each(|_| self.word(")"));
    }

    fn inner(&mut self, node: &Node) {
        match node {
            Node::And(parts) => self.chain(parts, &["and", "AND", "&&"], 2),
            Node::Or(parts) => self.chain(parts, &["or", "Or", "||"], 1),
            Node::Not(inner) => {
                let not = self.choose(&["not", "NOT", "!", "! ! not"]);
                self.word(not);
                self.node(inner, 3);
            }
            Node::Clause(field, op, negated, values) => self.clause(field, *op, *negated, values),
            Node::Leaf(text) => self.word(text),
        }
    }

    fn chain(&mut self, parts: &[Node], connective: &[&str], binds: u8) {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                let connective = self.choose(connective);
                self.word(connective);
            }
            self.node(part, binds);
        }
    }

    fn clause(&mut self, field: &str, op: Op, negated: bool, values: &[&str]) {
        let values = match op.row().takes {
            Takes::Values | Takes::Strings | Takes::Ranges => values,
            Takes::Days | Takes::Length => &["7"],
            Takes::Value | Takes::String | Takes::Day | Takes::Flag => &values[..1],
        };
        let length = matches!(op.row().takes, Takes::Days | Takes::Length);
        let named = op.row().takes == Takes::Length;
        let fits = |spelling: &&ops::Spelling| {
            let within = spelling.text.contains("_ ") || spelling.text.ends_with(" _");
            let fits = spelling.op == op && spelling.negated == negated;
            fits && (!within || values.len() == 1) && (!named || within)
        };
        let spellings: Vec<_> = ops::all_spellings().filter(fits).collect();
        let Some(first) = spellings.first() else { return self.clause(field, op, false, values) };
        let spelling = spellings
            [usize::from(self.noise.next().copied().unwrap_or_default()) % spellings.len()];
        debug_assert_eq!(first.op, op);
        let reserved = ["limit", "not"].contains(&field);
        let bare = reserved || quote(field) != field && field != "text" && field != "in";
        let field = if bare || self.coin() { quoted(field) } else { field.to_owned() };
        self.word(&field);
        let mut placed = false;
        let mut ends = [values[0], values[values.len() - 1]].into_iter();
        for piece in spelling.pieces() {
            if *piece != "_" {
                let piece = if self.coin() { piece.to_uppercase() } else { (*piece).to_owned() };
                self.word(&piece);
            } else if let Some(value) = ends.next() {
                placed = true;
                self.value(value);
                if length {
                    self.word("days");
                }
            }
        }
        match op.row().takes {
            _ if placed => {}
            Takes::Flag => {}
            Takes::Ranges => self.ranges(values),
            _ => self.list(values),
        }
    }

    fn list(&mut self, values: &[&str]) {
        if values.len() == 1 && self.coin() {
            return self.value(values[0]);
        }
        let [open, close] = self.choose_from(&[["(", ")"], ["[", "]"]]);
        let [open, close] = if self.out.starts_with("let ") { ["(", ")"] } else { [open, close] };
        self.word(open);
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                self.word(",");
            }
            self.value(value);
        }
        if self.coin() {
            self.word(",");
        }
        self.word(close);
    }

    /// Each value to itself.
    fn ranges(&mut self, values: &[&str]) {
        self.word("(");
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                self.word(",");
            }
            self.value(value);
            self.word("..");
            self.value(value);
        }
        self.word(")");
    }

    fn value(&mut self, value: &str) {
        let word = match value {
            "null" | "$p" => value.to_owned(),
            "{}" if self.coin() => "{ id: \"1\", 'in st' : 0 }".to_owned(),
            "{}" if self.comments => "{'id':'1',\n # in\n \"in st\":0,}".to_owned(),
            "{}" => "{'id':'1',\n  \"in st\":0,\n}".to_owned(),
            _ if quote(value) == value && self.coin() => value.to_owned(),
            _ if self.coin() && !value.contains('\'') && !value.contains('\\') => {
                format!("'{value}'")
            }
            _ if value == "a b" && self.coin() => "\"\\u{61}\\x20b\"".to_owned(),
            _ => quoted(value),
        };
        self.word(&word);
    }
}

const TOKENS: &[&str] = &[
    "and",
    "or",
    "not",
    "&&",
    "||",
    "!",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    "..",
    ":",
    ";",
    "=",
    "==",
    "!=",
    "~",
    "$=",
    "<",
    "in",
    "is",
    "set",
    "between",
    "last",
    "days",
    "contains",
    "does",
    "starts",
    "with",
    "on",
    "exists",
    "text",
    "below",
    "of",
    "f",
    "g.h",
    "a..b",
    "a..",
    "..b",
    "x.",
    "1",
    "7",
    "-5",
    "null",
    "true",
    "$p",
    "$p..$q",
    "$",
    "\"a b\"",
    "'a'",
    "\"null\"",
    "\"\"",
    "@a",
    "@",
    "let",
    "let a =",
    "order by",
    "order",
    "by",
    "asc",
    "desc",
    "limit",
    "skip",
    "limit 5",
    "# c\n",
    "\n  # own\n  ",
    "\n",
    "\n\n",
    "\n  ",
    "\\",
    "*",
    "ü",
    "{ id: \"x\" }",
    "id",
    "f = 1",
    "(1, 2)",
    "#",
];

/// Tokens one after the other.
pub(crate) fn soups() -> impl Strategy<Value = String> {
    let space = prop::sample::select(&["", " ", " ", " "][..]);
    let token =
        (prop::sample::select(TOKENS), space).prop_map(|(token, space)| format!("{token}{space}"));
    prop::collection::vec(token, 1..12).prop_map(|tokens| tokens.concat())
}

/// A text with tokens put in the place of some of its own.
pub(crate) fn spoilt(text: &str, changes: &[(u16, u16, u8)]) -> String {
    let mut tokens: Vec<&str> = text.split_inclusive([' ', '(', ')', ',', '\n']).collect();
    for (place, token, kind) in changes {
        let place = usize::from(*place) % (tokens.len() + 1);
        let token = TOKENS[usize::from(*token) % TOKENS.len()];
        match kind % 4 {
            0 if place < tokens.len() => drop(tokens.remove(place)),
            1 if place < tokens.len() => tokens.splice(place..=place, [token, " "]).for_each(drop),
            _ => tokens.splice(place..place, [" ", token, " "]).for_each(drop),
        }
    }
    tokens.concat()
}
