//! Written by `pest-recogniser` from `tests/recogniser/other.pest`.
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

/// The rules of the grammar, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    EOI,
    start,
    item,
    json,
    object,
    member,
    array,
    number,
    quoted,
    inner,
    tag,
    count,
    mark,
    text,
    word,
    end,
    none,
    r#type,
}

impl Rule {
    /// All rules, in the order of their numbers.
    pub const ALL: &[Rule] = &[
        Rule::EOI,
        Rule::start,
        Rule::item,
        Rule::json,
        Rule::object,
        Rule::member,
        Rule::array,
        Rule::number,
        Rule::quoted,
        Rule::inner,
        Rule::tag,
        Rule::count,
        Rule::mark,
        Rule::text,
        Rule::word,
        Rule::end,
        Rule::none,
        Rule::r#type,
    ];
}

/// How deeply rules may be nested.
pub const DEEPEST: u32 = 200;

/// A set of kinds of bytes.
type Kinds = u64;

/// The kind of each byte: those of one kind are not told apart.
static KINDS: [u8; 256] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 4,
    7, 8, 9, 9, 9, 9, 9, 9, 10, 10, 0, 0, 11, 12, 0, 0,
    0, 13, 13, 13, 13, 13, 13, 14, 14, 14, 14, 14, 14, 14, 14, 14,
    14, 14, 14, 15, 14, 14, 14, 14, 14, 14, 16, 17, 18, 19, 0, 0,
    0, 20, 21, 21, 21, 21, 21, 22, 22, 22, 22, 22, 23, 22, 24, 22,
    22, 22, 22, 25, 22, 22, 22, 22, 26, 27, 28, 17, 0, 0, 29, 0,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    30, 30, 30, 31, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    32, 32, 32, 32, 32, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
];

/// The kind of the end.
const END: Kinds = 1 << 33;

/// 0A 0D 20 `"` `-` `0`..`9` `<` `=` `A`..`[` `a`..`{` `~` C3 F0..F4 end
const S0: Kinds = 0x3bff3ffee;
/// `0`..`9` `=` `A`..`Z` `a`..`z`
const S1: Kinds = 0x1ff1f780;
/// `l` `x`
const S2: Kinds = 0x4800000;
/// 0A 0D 20 `"` `-` `0`..`9` `<` `=` `A`..`[` `a`..`{` `~` C3 F0..F4
const S3: Kinds = 0x1bff3ffee;
/// 20
const S4: Kinds = 0x8;
/// `"` `-` `0`..`9` `[` `n` `{`
const S5: Kinds = 0x10207e0;
/// `S` `Z` `a` `s` `z` C3 F0..F4
const S6: Kinds = 0x192118000;
/// 0A 0D 20 `~`
const S7: Kinds = 0x2000000e;
/// `-` `0`..`9`
const S8: Kinds = 0x7c0;
/// `"` `-` `0`..`9` `[` `]` `n` `{`
const S9: Kinds = 0x10a07e0;
/// `1`..`9`
const S10: Kinds = 0x700;
/// `0`..`9`
const S11: Kinds = 0x780;
/// `0`..`9` `A`..`F` `a`..`f`
const S12: Kinds = 0x302780;
/// 00..`!` `#`..`[` `]`..FF
const S13: Kinds = 0x1fffbffdf;
/// `!` `/` C3
const S14: Kinds = 0x80000010;
/// 00..`,` `.`..`\` `^`..FF
const S15: Kinds = 0x1fff7ffbf;
/// 00..C2 C4..FF
const S16: Kinds = 0x17fffffff;
/// F0..F4
const S17: Kinds = 0x100000000;
/// `S` `s`
const S18: Kinds = 0x2008000;
/// `Z` `z`
const S19: Kinds = 0x10010000;
/// `A`..`Z`
const S20: Kinds = 0x1e000;
/// `a`..`z`
const S21: Kinds = 0x1ff00000;
/// `0` `1`
const S22: Kinds = 0x180;
/// `0`..`7`
const S23: Kinds = 0x380;
/// `0`..`9` `A`..`Z` `a`..`z`
const S24: Kinds = 0x1ff1e780;
/// `x` `y`
const S25: Kinds = 0xc000000;
/// 00..09 0B 0C 0E..`,` `.`..7F
const S26: Kinds = 0x3fffffb9;
/// 0A 0D
const S27: Kinds = 0x6;
/// 0A
const S28: Kinds = 0x2;

/// Reads a text by the rule `start`.
pub fn parse_start(text: &str) -> Result<Nodes, Failure> {
    let mut parser = Parser::new(text)?;
    let p = &mut parser;
    let matched = try_start(p);
    parser.finish(matched)
}

/// Reads a text by the rule `text`.
pub fn parse_text(text: &str) -> Result<Nodes, Failure> {
    let mut parser = Parser::new(text)?;
    let p = &mut parser;
    let matched = try_text(p);
    parser.finish(matched)
}

/// Reads a text by the rule `none`.
pub fn parse_none(text: &str) -> Result<Nodes, Failure> {
    let mut parser = Parser::new(text)?;
    let p = &mut parser;
    let matched = r_none(p);
    parser.finish(matched)
}

/// Reads a text by the rule `type`.
pub fn parse_type(text: &str) -> Result<Nodes, Failure> {
    let mut parser = Parser::new(text)?;
    let p = &mut parser;
    let matched = try_type(p);
    parser.finish(matched)
}

fn r_start(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::start);
    (
        (
            p.at == 0
            && { while (p.run(S4) && try_item(p)) {} true }
            && p.is_end()
            && p.leaf(Rule::EOI, p.at)
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_item(p: &mut Parser<'_>) -> bool {
    (try_json(p) || try_tag(p) || try_count(p) || try_text(p) || try_end(p))
}

fn r_json(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::json);
    (
        (
            (try_object(p) || try_array(p) || p.text("null") || try_number(p) || try_quoted(p))
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_object(p: &mut Parser<'_>) -> bool {
    if !p.enter() {
        return false;
    }
    let mark = p.open(Rule::object);
    let matched = (
        (
            p.any()
            && always(
                (
                    p.is(34)
                    && r_member(p)
                    && { while
                        (
                            p.is(44)
                            && { let mark = p.mark(); ((p.any() && try_member(p)) || p.back(mark)) }
                        )
                    {} true }
                )
            )
            && p.byte(125)
            && p.close(mark)
        )
        || p.back(mark)
    );
    p.leave(matched)
}

fn r_member(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::member);
    ((r_quoted(p) && p.byte(58) && try_json(p) && p.close(mark)) || p.back(mark))
}

fn r_array(p: &mut Parser<'_>) -> bool {
    if !p.enter() {
        return false;
    }
    let mark = p.open(Rule::array);
    let matched = (
        (
            p.any()
            && (
                (
                    p.at(S9)
                    && { let mark = p.mark();
                        (
                            (
                                always(
                                    (
                                        p.at(S5)
                                        && r_json(p)
                                        && { while
                                            (
                                                p.is(44)
                                                && { let mark = p.mark();
                                                    ((p.any() && try_json(p)) || p.back(mark))
                                                }
                                            )
                                        {} true }
                                    )
                                )
                                && p.byte(93)
                            )
                            || p.back(mark)
                        )
                    }
                )
                || (p.at(S5) && r_json(p) && p.byte(59) && try_json(p) && p.byte(93))
            )
            && p.close(mark)
        )
        || p.back(mark)
    );
    p.leave(matched)
}

fn r_number(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (
            always(p.byte(45))
            && (p.byte(48) || (p.at(S10) && p.any() && p.run(S11)))
            && always(
                (
                    p.is(46)
                    && { let start = p.at; ((p.any() && p.one(S11) && p.run(S11)) || p.to(start)) }
                )
            )
            && p.leaf(Rule::number, start)
        )
        || p.to(start)
    )
}

fn r_quoted(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::quoted);
    ((p.any() && r_inner(p) && p.byte(34) && p.close(mark)) || p.back(mark))
}

fn r_inner(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        { while
            (
                p.run(S13)
                && p.is(92)
                && { let start = p.at;
                    (
                        (
                            p.any()
                            && (
                                (
                                    p.is(117)
                                    && { let start = p.at;
                                        (
                                            (
                                                p.any()
                                                && p.one(S12)
                                                && p.one(S12)
                                                && p.one(S12)
                                                && p.one(S12)
                                            )
                                            || p.to(start)
                                        )
                                    }
                                )
                                || p.any()
                            )
                        )
                        || p.to(start)
                    )
                }
            )
        {} true }
        && p.leaf(Rule::inner, start)
    )
}

fn r_tag(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (
            p.any()
            && p.at(S14)
            && (
                (
                    p.is(33)
                    && { let start = p.at;
                        (
                            (
                                p.any()
                                && { while
                                    (p.run(S15) && !p.stands(&["-->", "]]>"]) && p.any())
                                {} true }
                                && (p.text("-->") || p.text("]]>"))
                            )
                            || p.to(start)
                        )
                    }
                )
                || (
                    p.is(195)
                    && { let start = p.at;
                        (
                            (
                                p.text("é")
                                && { while (p.run(S16) && !p.stands(&["ée"]) && p.any()) {} true }
                                && p.text("ée")
                            )
                            || p.to(start)
                        )
                    }
                )
                || (p.is(47) && p.any() && p.byte(62))
            )
            && p.leaf(Rule::tag, start)
        )
        || p.to(start)
    )
}

fn r_count(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::count);
    (
        (
            (
                (
                    p.is(97)
                    && { let start = p.at;
                        (
                            (
                                p.text("ab")
                                && p.text("ab")
                                && p.byte(99)
                                && always(p.byte(99))
                                && always(p.byte(99))
                            )
                            || p.to(start)
                        )
                    }
                )
                || (
                    p.is(195)
                    && { let start = p.at;
                        (
                            (
                                p.character('á', 'ü')
                                && p.is(195)
                                && p.character('á', 'ü')
                                && { while (p.is(195) && p.character('á', 'ü')) {} true }
                            )
                            || p.to(start)
                        )
                    }
                )
                || (p.at(S17) && p.character('𐀀', '\u{10ffff}'))
                || (p.is(195) && p.text_of_any_case("öl"))
                || (p.at(S18) && p.text_of_any_case("straße"))
                || p.one(S19)
            )
            && always(try_mark(p))
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_mark(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (
            p.any()
            && p.one(S20)
            && always(p.one(S21))
            && always(p.one(S22))
            && always(p.one(S23))
            && p.leaf(Rule::mark, start)
        )
        || p.to(start)
    )
}

fn r_text(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::text);
    (
        (
            (
                (
                    p.at(S24)
                    && { let mark = p.mark(); let ahead =
                        (
                            r_word(p)
                            && !{ let mark = p.mark(); let ahead =
                                (p.at(S24) && r_word(p) && try_word(p))
                            ; p.back(mark); ahead }
                        )
                    ; p.back(mark); ahead }
                    && r_word(p)
                    && always(try_word(p))
                )
                || (
                    p.at(S25)
                    && !{ let mark = p.mark(); let ahead =
                        (r_word(p) || (p.is(120) && p.any() && !p.is_end()))
                    ; p.back(mark); ahead }
                    && p.any()
                    && p.run(S25)
                )
                || (
                    p.is(61)
                    && p.any()
                    && { let mark = p.mark(); let ahead = try_json(p); p.back(mark); ahead }
                    && try_array(p)
                )
            )
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_word(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    ((p.any() && always(p.one(S26)) && p.byte(45) && p.leaf(Rule::word, start)) || p.to(start))
}

fn r_end(p: &mut Parser<'_>) -> bool {
    (
        (
            p.at(S27)
            && (p.byte(10) || p.text("\r\n") || p.any())
            && { while (p.run(S28) && p.at(S27) && (p.text("\r\n") || p.any())) {} true }
        )
        || p.byte(32)
        || { let mark = p.mark(); ((r_none(p) && p.any()) || p.back(mark)) }
    )
}

fn r_none(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    p.leaf(Rule::none, start)
}

fn r_type(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    ((p.text("loop") || p.byte(120)) && p.leaf(Rule::r#type, start))
}

#[inline]
fn try_start(p: &mut Parser<'_>) -> bool {
    p.at(S0) && r_start(p)
}

#[inline]
fn try_item(p: &mut Parser<'_>) -> bool {
    p.at(S3) && r_item(p)
}

#[inline]
fn try_json(p: &mut Parser<'_>) -> bool {
    p.at(S5) && r_json(p)
}

#[inline]
fn try_object(p: &mut Parser<'_>) -> bool {
    p.is(123) && r_object(p)
}

#[inline]
fn try_member(p: &mut Parser<'_>) -> bool {
    p.is(34) && r_member(p)
}

#[inline]
fn try_array(p: &mut Parser<'_>) -> bool {
    p.is(91) && r_array(p)
}

#[inline]
fn try_number(p: &mut Parser<'_>) -> bool {
    p.at(S8) && r_number(p)
}

#[inline]
fn try_quoted(p: &mut Parser<'_>) -> bool {
    p.is(34) && r_quoted(p)
}

#[inline]
fn try_tag(p: &mut Parser<'_>) -> bool {
    p.is(60) && r_tag(p)
}

#[inline]
fn try_count(p: &mut Parser<'_>) -> bool {
    p.at(S6) && r_count(p)
}

#[inline]
fn try_mark(p: &mut Parser<'_>) -> bool {
    p.is(39) && r_mark(p)
}

#[inline]
fn try_text(p: &mut Parser<'_>) -> bool {
    p.at(S1) && r_text(p)
}

#[inline]
fn try_word(p: &mut Parser<'_>) -> bool {
    p.at(S24) && r_word(p)
}

#[inline]
fn try_end(p: &mut Parser<'_>) -> bool {
    p.at(S7) && r_end(p)
}

#[inline]
fn try_type(p: &mut Parser<'_>) -> bool {
    p.at(S2) && r_type(p)
}
