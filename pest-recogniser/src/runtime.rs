#![allow(
    dead_code,
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    unreachable_pub,
    unused_parens,
    clippy::all,
    clippy::too_many_lines,
    reason = "no grammar uses all of this, and the functions below are laid out for one"
)]

/// A rule that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The rule.
    pub rule: Rule,
    /// The byte at which it begins.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
    /// How many nodes further the next one stands that is not within this one.
    pub next: u32,
}

/// Why a text has no nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Its places, or the number of its nodes, do not fit in 32 bits.
    TooLong,
    /// More than [`DEEPEST`] rules within each other begin at this byte.
    TooDeep(usize),
    /// The rule does not match.
    NoMatch,
}

/// The nodes of a text, each before those within it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nodes(Vec<Node>);

impl Nodes {
    /// The nodes in this order.
    pub fn new(nodes: Vec<Node>) -> Self {
        Nodes(nodes)
    }

    /// All nodes in their order.
    pub fn list(&self) -> &[Node] {
        &self.0
    }

    /// The outermost nodes, with the text that they were read from.
    pub fn pairs<'s, 'n>(&'n self, text: &'s str) -> Pairs<'s, 'n> {
        Pairs { text, nodes: &self.0 }
    }
}

/// Nodes side by side.
#[derive(Clone, Copy, Debug)]
pub struct Pairs<'s, 'n> {
    text: &'s str,
    nodes: &'n [Node],
}

impl<'s, 'n> Pairs<'s, 'n> {
    /// The next node, which stays the next.
    pub fn peek(&self) -> Option<Pair<'s, 'n>> {
        let node = self.nodes.first()?;
        Some(Pair { text: self.text, node, nodes: self.nodes })
    }

    /// True when there is no further node.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl<'s, 'n> Iterator for Pairs<'s, 'n> {
    type Item = Pair<'s, 'n>;

    fn next(&mut self) -> Option<Pair<'s, 'n>> {
        let pair = self.peek()?;
        self.nodes = self.nodes.get(pair.node.next as usize..).unwrap_or_default();
        Some(pair)
    }
}

/// A node with its text and the nodes within it.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'s, 'n> {
    text: &'s str,
    node: &'n Node,
    nodes: &'n [Node],
}

impl<'s, 'n> Pair<'s, 'n> {
    /// The rule.
    pub fn as_rule(&self) -> Rule {
        self.node.rule
    }

    /// What the rule matched.
    pub fn as_str(&self) -> &'s str {
        let place = self.as_span();
        self.text.get(place.start()..place.end()).unwrap_or_default()
    }

    /// Where it stands.
    pub fn as_span(&self) -> Place {
        Place(self.node.start, self.node.end)
    }

    /// The nodes within it.
    pub fn into_inner(self) -> Pairs<'s, 'n> {
        let inner = self.nodes.get(1..self.node.next as usize).unwrap_or_default();
        Pairs { text: self.text, nodes: inner }
    }
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(u32, u32);

impl Place {
    /// The byte at which it begins.
    pub fn start(&self) -> usize {
        self.0 as usize
    }

    /// The byte behind it.
    pub fn end(&self) -> usize {
        self.1 as usize
    }
}

/// Where the reading stands. Every method that answers takes something when it answers true, and
/// changes nothing when it answers false.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    nodes: Vec<Node>,
    depth: u32,
    /// Why the text has no nodes, whatever matches.
    failure: Option<Failure>,
}

/// A place to go back to: a byte and a number of nodes, in one number that a register holds.
#[derive(Clone, Copy)]
struct Mark(u64);

impl Mark {
    #[inline]
    fn at(self) -> usize {
        (self.0 >> 32) as usize
    }

    #[inline]
    fn nodes(self) -> usize {
        self.0 as u32 as usize
    }
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Result<Self, Failure> {
        if u32::try_from(text.len()).is_err() {
            return Err(Failure::TooLong);
        }
        let nodes = Vec::with_capacity(text.len() / 8 + 8);
        Ok(Parser { text, at: 0, nodes, depth: 0, failure: None })
    }

    fn finish(self, matched: bool) -> Result<Nodes, Failure> {
        match self.failure {
            Some(failure) => Err(failure),
            None if matched => Ok(Nodes(self.nodes)),
            None => Err(Failure::NoMatch),
        }
    }

    #[inline]
    fn byte_here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline]
    fn is_end(&self) -> bool {
        self.at >= self.text.len()
    }

    #[inline]
    fn is(&self, byte: u8) -> bool {
        self.byte_here() == Some(byte)
    }

    #[inline]
    fn at(&self, set: Kinds) -> bool {
        self.byte_here().map_or(END, kind) & set != 0
    }

    #[inline]
    fn any(&mut self) -> bool {
        let byte = self.byte_here();
        self.at += byte.map_or(0, width);
        byte.is_some()
    }

    #[inline]
    fn byte(&mut self, byte: u8) -> bool {
        let found = self.is(byte);
        self.at += usize::from(found);
        found
    }

    #[inline]
    fn one(&mut self, set: Kinds) -> bool {
        self.at(set) && self.any()
    }

    /// Takes characters as long as they are of the set; none is as well.
    #[inline]
    fn run(&mut self, set: Kinds) -> bool {
        while let Some(byte) = self.byte_here()
            && kind(byte) & set != 0
        {
            self.at += width(byte);
        }
        true
    }

    fn text(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text.as_bytes());
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn text_of_any_case(&mut self, text: &str) -> bool {
        let here = self.rest().get(..text.len()).unwrap_or_default();
        let found = here.eq_ignore_ascii_case(text.as_bytes());
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn character(&mut self, from: char, to: char) -> bool {
        let here = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let found = here.filter(|here| (from..=to).contains(here));
        self.at += found.map_or(0, char::len_utf8);
        found.is_some()
    }

    /// True when one of the texts stands here.
    fn stands(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.rest().starts_with(text.as_bytes()))
    }

    #[inline]
    fn mark(&self) -> Mark {
        Mark((self.at as u64) << 32 | self.nodes.len() as u64)
    }

    /// Goes back, nodes and all; always false.
    #[inline]
    fn back(&mut self, mark: Mark) -> bool {
        self.nodes.truncate(mark.nodes());
        self.to(mark.at())
    }

    /// Goes back; always false.
    #[inline]
    fn to(&mut self, at: usize) -> bool {
        self.at = at;
        false
    }

    /// Leaves a node without any within it; always true.
    #[inline]
    fn leaf(&mut self, rule: Rule, start: usize) -> bool {
        if self.nodes.len() < u32::MAX as usize {
            self.nodes.push(Node { rule, start: start as u32, end: self.at as u32, next: 1 });
        } else {
            self.failure = Some(Failure::TooLong);
        }
        true
    }

    /// Leaves a node in place of those since the mark; always true.
    fn whole(&mut self, rule: Rule, mark: Mark) -> bool {
        self.nodes.truncate(mark.nodes());
        self.leaf(rule, mark.at())
    }

    /// Leaves a node whose end is to come.
    #[inline]
    fn open(&mut self, rule: Rule) -> Mark {
        let mark = self.mark();
        self.leaf(rule, self.at);
        mark
    }

    /// Ends a node behind those within it; always true.
    #[inline]
    fn close(&mut self, mark: Mark) -> bool {
        let next = self.nodes.len() - mark.nodes();
        if let Some(node) = self.nodes.get_mut(mark.nodes()) {
            (node.end, node.next) = (self.at as u32, next as u32);
        }
        true
    }

    /// One rule deeper; false when that is too deep, and from then on: the text has no nodes.
    #[inline]
    fn enter(&mut self) -> bool {
        if self.depth >= DEEPEST && self.failure.is_none() {
            self.failure = Some(Failure::TooDeep(self.at));
        }
        self.depth += u32::from(self.failure.is_none());
        self.failure.is_none()
    }

    /// Out of a rule again.
    #[inline]
    fn leave(&mut self, matched: bool) -> bool {
        self.depth -= 1;
        matched
    }
}

#[inline]
fn kind(byte: u8) -> Kinds {
    1 << KINDS.get(usize::from(byte)).copied().unwrap_or(0)
}

/// The bytes of the character that begins with this one.
#[inline]
fn width(first: u8) -> usize {
    match first {
        0..=0xBF => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0.. => 4,
    }
}

#[inline]
fn always(_: bool) -> bool {
    true
}
