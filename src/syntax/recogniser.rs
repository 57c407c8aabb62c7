//! Written by `pest-recogniser` from `grammar/tamis.pest`; do not change it by hand.
//! After a change of the grammar: `UPDATE_RECOGNISER=1 cargo test --test recogniser`.
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
    document,
    query,
    definition,
    definition_name,
    definition_body,
    definition_end,
    continuation,
    comment_lines,
    brackets,
    query_body,
    conditions,
    disjunction,
    conjunction,
    negation,
    condition,
    group,
    reference,
    clause,
    lone_reference,
    after_field,
    part,
    between,
    symbol,
    keyword_value,
    keyword_element,
    value,
    element,
    open_end,
    list,
    elements,
    record,
    pair,
    record_key,
    parameter,
    dots,
    word,
    string,
    phrase,
    phrase_period,
    phrase_distance,
    BREAK,
    PHRASE_EDGE,
    range_start,
    amount,
    tail,
    order,
    limit,
    skip,
    tail_word,
    and,
    or,
    not,
    and_word,
    or_word,
    not_word,
    connective,
    stop,
    missing_condition,
    missing_connective,
    semicolon,
    missing_comma,
    extra_comma,
    bad_element,
    bad_pair,
    unclosed,
    open_string,
    stray_bracket,
    misplaced,
    bad_definition,
    leftover,
    gap,
    comment,
    EDGE,
    WORD_START,
    WORD_CHAR,
    WORD_CHARS,
    NAME,
    SYMBOL_CHAR,
    CLOSER,
    BLANK,
    LINE_END,
}

impl Rule {
    /// All rules, in the order of their numbers.
    pub const ALL: &[Rule] = &[
        Rule::EOI,
        Rule::document,
        Rule::query,
        Rule::definition,
        Rule::definition_name,
        Rule::definition_body,
        Rule::definition_end,
        Rule::continuation,
        Rule::comment_lines,
        Rule::brackets,
        Rule::query_body,
        Rule::conditions,
        Rule::disjunction,
        Rule::conjunction,
        Rule::negation,
        Rule::condition,
        Rule::group,
        Rule::reference,
        Rule::clause,
        Rule::lone_reference,
        Rule::after_field,
        Rule::part,
        Rule::between,
        Rule::symbol,
        Rule::keyword_value,
        Rule::keyword_element,
        Rule::value,
        Rule::element,
        Rule::open_end,
        Rule::list,
        Rule::elements,
        Rule::record,
        Rule::pair,
        Rule::record_key,
        Rule::parameter,
        Rule::dots,
        Rule::word,
        Rule::string,
        Rule::phrase,
        Rule::phrase_period,
        Rule::phrase_distance,
        Rule::BREAK,
        Rule::PHRASE_EDGE,
        Rule::range_start,
        Rule::amount,
        Rule::tail,
        Rule::order,
        Rule::limit,
        Rule::skip,
        Rule::tail_word,
        Rule::and,
        Rule::or,
        Rule::not,
        Rule::and_word,
        Rule::or_word,
        Rule::not_word,
        Rule::connective,
        Rule::stop,
        Rule::missing_condition,
        Rule::missing_connective,
        Rule::semicolon,
        Rule::missing_comma,
        Rule::extra_comma,
        Rule::bad_element,
        Rule::bad_pair,
        Rule::unclosed,
        Rule::open_string,
        Rule::stray_bracket,
        Rule::misplaced,
        Rule::bad_definition,
        Rule::leftover,
        Rule::gap,
        Rule::comment,
        Rule::EDGE,
        Rule::WORD_START,
        Rule::WORD_CHAR,
        Rule::WORD_CHARS,
        Rule::NAME,
        Rule::SYMBOL_CHAR,
        Rule::CLOSER,
        Rule::BLANK,
        Rule::LINE_END,
    ];
}

/// How deeply rules may be nested.
pub const DEEPEST: u32 = 1000;

/// A set of kinds of bytes.
type Kinds = u64;

/// The kind of each byte: those of one kind are not told apart.
static KINDS: [u8; 256] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 2, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 8, 8, 13, 14, 15, 8,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 8, 17, 18, 18, 18, 8,
    19, 20, 21, 22, 22, 22, 23, 22, 22, 22, 22, 22, 24, 25, 26, 27,
    22, 28, 22, 29, 30, 22, 22, 31, 22, 32, 22, 33, 34, 35, 18, 36,
    8, 20, 21, 22, 22, 22, 23, 22, 22, 22, 22, 22, 24, 25, 26, 27,
    22, 28, 22, 29, 30, 22, 22, 31, 22, 32, 22, 37, 38, 39, 18, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

/// The kind of the end.
const END: Kinds = 1 << 40;

/// `L` `l`
const S0: Kinds = 0x1000000;
/// 00..`"` `$` `&`..`)` `,` `;`..`>` `[` `]` `^` `{`..C1 F5..FF end
const S1: Kinds = 0x1ea00063ebf;
/// `#`..`%` `*` `+` `-`..`:` `?`..`Z` `\` `_`..`z` C2..F4
const S2: Kinds = 0x15fff9c1c0;
/// 00..`:` `<`..FF
const S3: Kinds = 0xfffffdffff;
/// `"` `'`
const S4: Kinds = 0x420;
/// `&` `A` `N` `O` `a` `n` `o` `|`
const S5: Kinds = 0x400c100200;
/// 0A 0D
const S6: Kinds = 0x4;
/// 0A 0D `;` end
const S7: Kinds = 0x10000020004;
/// 00..09 0B 0C 0E..`!` `)` `,` `<`..`>` `[` `]` `^` `{` `}`..C1 F5..FF
const S8: Kinds = 0xaa0004301b;
/// 09 20 `&` `)` `A` `O` `]` `a` `o` `|` `}`
const S9: Kinds = 0xc808101202;
/// 09 20
const S10: Kinds = 0x2;
/// 0A 0D `#` end
const S11: Kinds = 0x10000000044;
/// `&` `A` `a`
const S12: Kinds = 0x100200;
/// `O` `o` `|`
const S13: Kinds = 0x4008000000;
/// `)` `]` `}`
const S14: Kinds = 0x8800001000;
/// 00..`(` `*`..FF
const S15: Kinds = 0xffffffefff;
/// 00..`'` `*`..FF
const S16: Kinds = 0xffffffe7ff;
/// 00..`!` `&` `,` `;`..`>` `[` `]` `^` `{`..C1 F5..FF
const S17: Kinds = 0xea0006221f;
/// `L` `O` `S` `l` `o` `s`
const S18: Kinds = 0x29000000;
/// `&` `A` `O` `a` `o` `|`
const S19: Kinds = 0x4008100200;
/// `)` `L` `O` `S` `l` `o` `s` end
const S20: Kinds = 0x10029001000;
/// `!` `N` `n`
const S21: Kinds = 0x4000010;
/// `&` `)` `A` `L` `O` `S` `a` `l` `o` `s` `|` end
const S22: Kinds = 0x14029101200;
/// `"`..`%` `'` `*` `+` `-`..`:` `?`..`Z` `\` `_`..`z` C2..F4
const S23: Kinds = 0x15fff9c5e0;
/// `!` `&` `@` `A` `L` `N` `O` `S` `a` `l` `n` `o` `s` `|`
const S24: Kinds = 0x402d180210;
/// `&` `A` `L` `O` `S` `a` `l` `o` `s` `|`
const S25: Kinds = 0x4029100200;
/// 09..0D 20 `!` `#` `%` `*` `+` `-` `/`..`:` `<`..`?` `A`..`Z` `\` `^`..`z` `~` C2..F4
const S26: Kinds = 0x15fff5415e;
/// `!`..`%` `'` `(` `*` `+` `-`..`:` `<`..`\` `^`..`{` `~` C2..F4
const S27: Kinds = 0x37fffdcdf0;
/// `&` `@` `A` `L` `O` `S` `a` `l` `o` `s` `|`
const S28: Kinds = 0x4029180200;
/// `S` `s`
const S29: Kinds = 0x20000000;
/// `O` `o`
const S30: Kinds = 0x8000000;
/// `!` `#` `%` `*` `+` `-` `/`..`:` `<`..`Z` `\` `^`..`z` `~` C2..F4
const S31: Kinds = 0x15fffd4150;
/// `!` `$` `<`..`>` `^` `~`
const S32: Kinds = 0x40090;
/// 09..0D 20 `#` `A` `L` `O` `S` `a` `l` `o` `s`
const S33: Kinds = 0x2910004e;
/// `A` `L` `O` `S` `a` `l` `o` `s`
const S34: Kinds = 0x29100000;
/// `B` `b`
const S35: Kinds = 0x200000;
/// `0`..`9` `A` `L` `N` `T` `a` `l` `n` `t`
const S36: Kinds = 0x45110000;
/// `#` `%` `*` `+` `-` `/`..`:` `?`..`Z` `\` `_`..`z` C2..F4
const S37: Kinds = 0x15fff94140;
/// `-` `0`..`9`
const S38: Kinds = 0x14000;
/// 09..0D 20 `#` `.`
const S39: Kinds = 0x804e;
/// `(` `[`
const S40: Kinds = 0x200000800;
/// `"`..`%` `'` `*` `+` `-`..`:` `?`..`Z` `\` `_`..`{` C2..F4
const S41: Kinds = 0x35fff9c5e0;
/// 09..0D 20 `#` `A` `a`
const S42: Kinds = 0x10004e;
/// `A` `a`
const S43: Kinds = 0x100000;
/// `!` `<`..`>` `^` `~`
const S44: Kinds = 0x40010;
/// `)` `,` `]` `}`
const S45: Kinds = 0x8800003000;
/// `A` `O` `a` `o`
const S46: Kinds = 0x8100000;
/// `"`..`%` `'` `*` `+` `-` `/`..`:` `?`..`Z` `\` `_`..`z` C2..F4
const S47: Kinds = 0x15fff945e0;
/// 00..`(` `*`..`:` `<`..`\` `^`..`|` `~`..FF
const S48: Kinds = 0x77fffdefff;
/// `"` `'` `0`..`9` `A`..`Z` `_` `a`..`z`
const S49: Kinds = 0x11fff10420;
/// 00..`(` `*`..`\` `^`..FF
const S50: Kinds = 0xf7ffffefff;
/// 00..`(` `*`..`\` `^`..`|` `~`..FF
const S51: Kinds = 0x77ffffefff;
/// `0`..`9` `A`..`Z` `_` `a`..`z`
const S52: Kinds = 0x11fff10000;
/// `A`..`Z` `_` `a`..`z`
const S53: Kinds = 0x11fff00000;
/// `#` `%` `*` `+` `-`..`:` `?`..`Z` `\` `_`..`z` C2..F4
const S54: Kinds = 0x15fff9c140;
/// 00..`!` `#`..`[` `]`..FF
const S55: Kinds = 0xfbffffffdf;
/// 00..`&` `(`..`[` `]`..FF
const S56: Kinds = 0xfbfffffbff;
/// `L` `N` `T` `l` `n` `t`
const S57: Kinds = 0x45000000;
/// `0`..`9` `A` `a`
const S58: Kinds = 0x110000;
/// 09 20 `!` `<`..`>` `^` `~`
const S59: Kinds = 0x40012;
/// `T` `t`
const S60: Kinds = 0x40000000;
/// `N` `n`
const S61: Kinds = 0x4000000;
/// 09..0D 20
const S62: Kinds = 0xe;
/// `M` `Q` `W` `Y` `m` `q` `w` `y`
const S63: Kinds = 0x192000000;
/// `W` `w`
const S64: Kinds = 0x80000000;
/// `M` `m`
const S65: Kinds = 0x2000000;
/// `Q` `q`
const S66: Kinds = 0x10000000;
/// `Y` `y`
const S67: Kinds = 0x100000000;
/// 00..`"` `$` `&`..`)` `,` `.` `;`..`>` `[` `]` `^` `{`..C1 F5..FF end
const S68: Kinds = 0x1ea0006bebf;
/// `0`..`9`
const S69: Kinds = 0x10000;
/// `A`..`Z` `a`..`z`
const S70: Kinds = 0x1fff00000;
/// `F` `f`
const S71: Kinds = 0x800000;
/// `L` `S` `l` `s`
const S72: Kinds = 0x21000000;
/// `$` `-` `0`..`9` end
const S73: Kinds = 0x10000014080;
/// 09..0D 20 `"`..`%` `'` `*` `+` `-`..`:` `?`..`Z` `\` `_`..`{` C2..F4
const S74: Kinds = 0x35fff9c5ee;
/// `)` `,` `;` `]` `}` end
const S75: Kinds = 0x18800023000;
/// `&` `)` `A` `O` `]` `a` `o` `|` `}` end
const S76: Kinds = 0x1c808101200;
/// `&` `)` `,` `;` `A` `O` `]` `a` `o` `|` `}`
const S77: Kinds = 0xc808123200;
/// 00..`(` `*` `+` `-`..`:` `<`..`\` `^`..`|` `~`..FF
const S78: Kinds = 0x77fffdcfff;
/// 00..`!` `(` `<`..`>` `[` `^` `{` `~`..C1 F5..FF
const S79: Kinds = 0x220004081f;
/// 00..`(` `*` `+` `-`..`\` `^`..`|` `~`..FF
const S80: Kinds = 0x77ffffcfff;
/// `&` `)` `,` `A` `O` `]` `a` `o` `|` `}`
const S81: Kinds = 0xc808103200;
/// 00..`!` `(` `;`..`>` `[` `^` `{` `~`..C1 F5..FF
const S82: Kinds = 0x220006081f;
/// 00..09 0B 0C 0E..FF
const S83: Kinds = 0xfffffffffb;
/// `&` `(` `)` `A` `L` `O` `S` `a` `l` `o` `s` `|`
const S84: Kinds = 0x4029101a00;
/// 00..`!` `,` `;`..`>` `[` `]` `^` `{` `}`..C1 F5..FF
const S85: Kinds = 0xaa0006201f;
/// 00..FF
const S86: Kinds = 0xffffffffff;
/// 09..0D 20 `#`
const S87: Kinds = 0x4e;

/// Reads a text by the rule `document`.
pub fn parse_document(text: &str) -> Result<Nodes, Failure> {
    let mut parser = Parser::new(text)?;
    let p = &mut parser;
    let matched = r_document(p);
    parser.finish(matched)
}

/// Reads a text by the rule `query`.
pub fn parse_query(text: &str) -> Result<Nodes, Failure> {
    let mut parser = Parser::new(text)?;
    let p = &mut parser;
    let matched = r_query(p);
    parser.finish(matched)
}

fn r_document(p: &mut Parser<'_>) -> bool {
    (
        p.at == 0
        && { let mark = p.mark();
            (
                (
                    always(p.text("\u{feff}"))
                    && r_gap(p)
                    && { while (p.at(S0) && r_definition(p) && r_gap(p)) {} true }
                    && r_query_body(p)
                    && p.is_end()
                    && p.leaf(Rule::EOI, p.at)
                )
                || p.back(mark)
            )
        }
    )
}

fn r_query(p: &mut Parser<'_>) -> bool {
    (
        p.at == 0
        && { let mark = p.mark();
            ((r_query_body(p) && p.is_end() && p.leaf(Rule::EOI, p.at)) || p.back(mark))
        }
    )
}

fn r_definition(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::definition);
    (
        (
            p.text_of_any_case("let")
            && try_EDGE(p)
            && r_gap(p)
            && (
                (
                    p.at(S2)
                    && { let mark = p.mark();
                        (
                            (
                                r_definition_name(p)
                                && r_gap(p)
                                && p.byte(61)
                                && r_definition_body(p)
                                && always(p.byte(59))
                            )
                            || p.back(mark)
                        )
                    }
                )
                || r_bad_definition(p)
            )
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_definition_name(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (r_WORD_CHARS(p) && p.leaf(Rule::definition_name, start))
}

fn r_definition_body(p: &mut Parser<'_>) -> bool {
    let mark = p.mark();
    (
        { while
            (
                p.run(S8)
                && p.at(S3)
                && (
                    try_string(p)
                    || try_comment(p)
                    || try_brackets(p)
                    || (p.at(S5) && r_connective(p) && r_gap(p))
                    || try_WORD_CHARS(p)
                    || try_comment_lines(p)
                    || (
                        !{ let mark = p.mark(); let ahead =
                            try_definition_end(p)
                        ; p.back(mark); ahead }
                        && p.any()
                    )
                )
            )
        {} true }
        && p.whole(Rule::definition_body, mark)
    )
}

fn r_definition_end(p: &mut Parser<'_>) -> bool {
    (
        p.byte(59)
        || (
            p.at(S6)
            && { let start = p.at;
                (
                    (
                        r_LINE_END(p)
                        && !{ let start = p.at; let ahead =
                            try_continuation(p)
                        ; p.to(start); ahead }
                    )
                    || p.to(start)
                )
            }
        )
        || (p.is_end() && p.leaf(Rule::EOI, p.at))
    )
}

fn r_continuation(p: &mut Parser<'_>) -> bool {
    (
        (
            p.at(S10)
            && { let start = p.at;
                (
                    (
                        p.any()
                        && p.run(S10)
                        && !{ let mark = p.mark(); let ahead =
                            (
                                p.at(S11)
                                && (
                                    try_LINE_END(p)
                                    || p.byte(35)
                                    || (p.is_end() && p.leaf(Rule::EOI, p.at))
                                )
                            )
                        ; p.back(mark); ahead }
                    )
                    || p.to(start)
                )
            }
        )
        || try_and_word(p)
        || try_or_word(p)
        || p.one(S14)
    )
}

fn r_comment_lines(p: &mut Parser<'_>) -> bool {
    { let mark = p.mark();
        (
            (
                r_LINE_END(p)
                && p.one(S10)
                && p.run(S10)
                && try_comment(p)
                && try_LINE_END(p)
                && { while
                    (
                        p.at(S10)
                        && { let mark = p.mark();
                            (
                                (p.any() && p.run(S10) && try_comment(p) && try_LINE_END(p))
                                || p.back(mark)
                            )
                        }
                    )
                {} true }
                && { let start = p.at; let ahead = try_continuation(p); p.to(start); ahead }
            )
            || p.back(mark)
        )
    }
}

fn r_brackets(p: &mut Parser<'_>) -> bool {
    if !p.enter() {
        return false;
    }
    let matched = { let mark = p.mark();
        (
            (
                p.any()
                && { while
                    (
                        p.run(S17)
                        && p.at(S15)
                        && (
                            try_string(p)
                            || try_comment(p)
                            || try_WORD_CHARS(p)
                            || try_brackets(p)
                            || p.one(S16)
                        )
                    )
                {} true }
                && p.byte(41)
            )
            || p.back(mark)
        )
    };
    p.leave(matched)
}

fn r_query_body(p: &mut Parser<'_>) -> bool {
    (
        r_gap(p)
        && always(
            (
                !p.is_end()
                && !{ let mark = p.mark(); let ahead =
                    ((p.is_end() && p.leaf(Rule::EOI, p.at)) || try_tail_word(p))
                ; p.back(mark); ahead }
                && r_conditions(p)
            )
        )
        && r_tail(p)
        && always(try_leftover(p))
    )
}

fn r_conditions(p: &mut Parser<'_>) -> bool {
    (
        r_disjunction(p)
        && { while
            (
                p.is(41)
                && r_stray_bracket(p)
                && r_gap(p)
                && always((p.at(S19) && (try_or(p) || try_and(p)) && r_gap(p)))
                && always(
                    (
                        p.at(S15)
                        && !{ let mark = p.mark(); let ahead =
                            (
                                p.at(S20)
                                && ((p.is_end() && p.leaf(Rule::EOI, p.at)) || r_tail_word(p))
                            )
                        ; p.back(mark); ahead }
                        && r_disjunction(p)
                    )
                )
            )
        {} true }
    )
}

fn r_disjunction(p: &mut Parser<'_>) -> bool {
    (
        r_conjunction(p)
        && { while
            (
                p.at(S13)
                && { let mark = p.mark();
                    ((r_or(p) && r_gap(p) && r_conjunction(p)) || p.back(mark))
                }
            )
        {} true }
    )
}

fn r_conjunction(p: &mut Parser<'_>) -> bool {
    (
        r_negation(p)
        && { while
            (
                (
                    p.at(S12)
                    && { let mark = p.mark();
                        ((r_and(p) && r_gap(p) && r_negation(p)) || p.back(mark))
                    }
                )
                || (
                    p.at(S15)
                    && { let mark = p.mark();
                        (
                            (
                                r_missing_connective(p)
                                && { while (p.at(S21) && r_not(p) && r_gap(p)) {} true }
                                && try_condition(p)
                                && r_gap(p)
                            )
                            || p.back(mark)
                        )
                    }
                )
            )
        {} true }
    )
}

fn r_negation(p: &mut Parser<'_>) -> bool {
    { let mark = p.mark();
        (
            (
                { while (p.at(S21) && r_not(p) && r_gap(p)) {} true }
                && ((p.at(S15) && r_condition(p) && r_gap(p)) || try_missing_condition(p))
            )
            || p.back(mark)
        )
    }
}

fn r_condition(p: &mut Parser<'_>) -> bool {
    (try_clause(p) || try_group(p) || try_reference(p) || try_misplaced(p))
}

fn r_group(p: &mut Parser<'_>) -> bool {
    if !p.enter() {
        return false;
    }
    let mark = p.open(Rule::group);
    let matched = (
        (
            p.any()
            && r_gap(p)
            && r_disjunction(p)
            && (p.byte(41) || r_unclosed(p))
            && p.close(mark)
        )
        || p.back(mark)
    );
    p.leave(matched)
}

fn r_reference(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    ((p.any() && try_WORD_CHARS(p) && p.leaf(Rule::reference, start)) || p.to(start))
}

fn r_clause(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::clause);
    (
        (
            !{ let mark = p.mark(); let ahead =
                (p.at(S24) && (try_stop(p) || try_not_word(p) || try_lone_reference(p)))
            ; p.back(mark); ahead }
            && (
                try_word(p)
                || try_string(p)
                || (
                    p.is(36)
                    && r_parameter(p)
                    && { let mark = p.mark(); let ahead = try_after_field(p); p.back(mark); ahead }
                )
            )
            && r_gap(p)
            && { while (p.at(S27) && r_part(p) && r_gap(p)) {} true }
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_lone_reference(p: &mut Parser<'_>) -> bool {
    { let start = p.at;
        (
            (
                p.any()
                && !{ let mark = p.mark(); let ahead =
                    (p.at(S2) && r_WORD_CHARS(p) && try_after_field(p))
                ; p.back(mark); ahead }
            )
            || p.to(start)
        )
    }
}

fn r_after_field(p: &mut Parser<'_>) -> bool {
    { let mark = p.mark();
        (
            (
                r_gap(p)
                && !{ let mark = p.mark(); let ahead =
                    (
                        p.at(S28)
                        && (
                            try_stop(p)
                            || p.byte(64)
                            || (
                                p.at(S18)
                                && (
                                    (p.at(S0) && p.text_of_any_case("limit"))
                                    || (p.at(S29) && p.text_of_any_case("skip"))
                                    || (p.at(S30) && p.text_of_any_case("order"))
                                )
                                && try_EDGE(p)
                            )
                        )
                    )
                ; p.back(mark); ahead }
                && p.one(S31)
            )
            || p.back(mark)
        )
    }
}

fn r_part(p: &mut Parser<'_>) -> bool {
    (
        (
            p.at(S32)
            && r_symbol(p)
            && always(
                (
                    p.at(S33)
                    && { let mark = p.mark();
                        (
                            (
                                r_gap(p)
                                && { let mark = p.mark(); let ahead =
                                    try_keyword_value(p)
                                ; p.back(mark); ahead }
                                && r_word(p)
                            )
                            || p.back(mark)
                        )
                    }
                )
            )
        )
        || try_string(p)
        || (
            p.at(S2)
            && !{ let mark = p.mark(); let ahead = try_stop(p); p.back(mark); ahead }
            && (
                try_between(p)
                || try_phrase(p)
                || (
                    p.at(S37)
                    && { let mark = p.mark();
                        ((r_range_start(p) && try_dots(p) && try_phrase(p)) || p.back(mark))
                    }
                )
                || (
                    p.at(S38)
                    && { let mark = p.mark();
                        (
                            (
                                r_amount(p)
                                && { let mark = p.mark(); let ahead =
                                    (p.at(S39) && r_gap(p) && try_dots(p))
                                ; p.back(mark); ahead }
                            )
                            || p.back(mark)
                        )
                    }
                )
                || r_word(p)
            )
        )
        || try_list(p)
        || try_record(p)
        || try_parameter(p)
        || try_dots(p)
    )
}

fn r_between(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::between);
    (
        (
            p.text_of_any_case("between")
            && try_EDGE(p)
            && r_gap(p)
            && p.at(S41)
            && (
                try_phrase(p)
                || (
                    p.at(S38)
                    && { let mark = p.mark();
                        (
                            (
                                r_amount(p)
                                && { let mark = p.mark(); let ahead =
                                    (
                                        p.at(S42)
                                        && r_gap(p)
                                        && p.at(S43)
                                        && p.text_of_any_case("and")
                                        && try_EDGE(p)
                                    )
                                ; p.back(mark); ahead }
                            )
                            || p.back(mark)
                        )
                    }
                )
                || r_value(p)
            )
            && r_gap(p)
            && p.at(S43)
            && p.text_of_any_case("and")
            && try_EDGE(p)
            && r_gap(p)
            && (try_phrase(p) || try_value(p))
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_symbol(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (p.one(S44) || p.text("$="))
        && { while (p.run(S44) && p.text("$=")) {} true }
        && p.leaf(Rule::symbol, start)
    )
}

fn r_keyword_value(p: &mut Parser<'_>) -> bool {
    { let mark = p.mark();
        (
            (
                (
                    (p.at(S43) && p.text_of_any_case("and"))
                    || (p.at(S30) && p.text_of_any_case("or"))
                    || (p.at(S30) && p.text_of_any_case("order"))
                    || (p.at(S0) && p.text_of_any_case("limit"))
                    || (p.at(S29) && p.text_of_any_case("skip"))
                )
                && try_EDGE(p)
                && r_gap(p)
                && p.at(S22)
                && ((p.is_end() && p.leaf(Rule::EOI, p.at)) || p.byte(41) || r_stop(p))
            )
            || p.back(mark)
        )
    }
}

fn r_keyword_element(p: &mut Parser<'_>) -> bool {
    { let mark = p.mark();
        (
            (
                (
                    (p.at(S43) && p.text_of_any_case("and"))
                    || (p.at(S30) && p.text_of_any_case("or"))
                )
                && try_EDGE(p)
                && r_gap(p)
                && p.one(S45)
            )
            || p.back(mark)
        )
    }
}

fn r_value(p: &mut Parser<'_>) -> bool {
    (try_word(p) || try_string(p) || try_record(p) || try_parameter(p))
}

fn r_element(p: &mut Parser<'_>) -> bool {
    (
        (
            { let mark = p.mark(); let ahead = try_keyword_element(p); p.back(mark); ahead }
            || !{ let start = p.at; let ahead =
                (try_and_word(p) || try_or_word(p))
            ; p.to(start); ahead }
        )
        && (
            (
                p.at(S2)
                && { let mark = p.mark(); let ahead = r_open_end(p); p.back(mark); ahead }
                && { let mark = p.mark();
                    ((r_word(p) && r_gap(p) && try_value(p) && r_gap(p)) || p.back(mark))
                }
            )
            || (
                (
                    (
                        p.at(S37)
                        && { let mark = p.mark();
                            ((r_range_start(p) && try_dots(p) && try_phrase(p)) || p.back(mark))
                        }
                    )
                    || (
                        (
                            try_phrase(p)
                            || (
                                p.at(S38)
                                && { let mark = p.mark();
                                    (
                                        (
                                            r_amount(p)
                                            && { let mark = p.mark(); let ahead =
                                                (p.at(S39) && r_gap(p) && try_dots(p))
                                            ; p.back(mark); ahead }
                                        )
                                        || p.back(mark)
                                    )
                                }
                            )
                            || r_value(p)
                        )
                        && r_gap(p)
                        && always(
                            (
                                p.is(46)
                                && { let mark = p.mark();
                                    (
                                        (
                                            r_dots(p)
                                            && r_gap(p)
                                            && (try_phrase(p) || try_value(p))
                                        )
                                        || p.back(mark)
                                    )
                                }
                            )
                        )
                    )
                )
                && r_gap(p)
            )
        )
    )
}

fn r_open_end(p: &mut Parser<'_>) -> bool {
    (
        !{ let start = p.at; let ahead =
            (p.is(46) && p.text("..") && try_EDGE(p))
        ; p.to(start); ahead }
        && { let mark = p.mark();
            (
                (
                    r_WORD_CHAR(p)
                    && { while
                        (
                            p.run(S37)
                            && p.at(S2)
                            && !{ let start = p.at; let ahead =
                                (p.is(46) && p.text("..") && try_EDGE(p))
                            ; p.to(start); ahead }
                            && r_WORD_CHAR(p)
                        )
                    {} true }
                    && p.text("..")
                    && r_gap(p)
                    && p.one(S47)
                )
                || p.back(mark)
            )
        }
    )
}

fn r_list(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::list);
    (
        (
            (
                (
                    p.is(40)
                    && p.any()
                    && r_gap(p)
                    && r_elements(p)
                    && (p.byte(41) || r_unclosed(p))
                )
                || (p.any() && r_gap(p) && r_elements(p) && (p.byte(93) || r_unclosed(p)))
            )
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_elements(p: &mut Parser<'_>) -> bool {
    { while
        (
            p.at(S48)
            && (
                (
                    p.at(S41)
                    && r_element(p)
                    && always(
                        (
                            !p.is_end()
                            && (
                                (p.is(44) && p.any() && r_gap(p))
                                || p.at(S14)
                                || (p.is(59) && r_semicolon(p) && r_gap(p))
                                || r_missing_comma(p)
                            )
                        )
                    )
                )
                || (p.is(44) && r_extra_comma(p) && r_gap(p))
                || (r_bad_element(p) && r_gap(p))
            )
        )
    {} true }
}

fn r_record(p: &mut Parser<'_>) -> bool {
    if !p.enter() {
        return false;
    }
    let mark = p.open(Rule::record);
    let matched = (
        (
            p.any()
            && r_gap(p)
            && { while
                (
                    (
                        p.at(S49)
                        && r_pair(p)
                        && r_gap(p)
                        && always(
                            (
                                p.at(S50)
                                && (
                                    (p.is(44) && p.any() && r_gap(p))
                                    || p.is(125)
                                    || r_missing_comma(p)
                                )
                            )
                        )
                    )
                    || (p.at(S51) && r_bad_pair(p) && r_gap(p))
                )
            {} true }
            && (p.byte(125) || r_unclosed(p))
            && p.close(mark)
        )
        || p.back(mark)
    );
    p.leave(matched)
}

fn r_pair(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::pair);
    (
        (
            (try_record_key(p) || r_string(p))
            && r_gap(p)
            && p.byte(58)
            && r_gap(p)
            && try_value(p)
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_record_key(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (p.any() && p.run(S52) && p.leaf(Rule::record_key, start))
}

fn r_parameter(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    ((p.any() && try_NAME(p) && try_EDGE(p) && p.leaf(Rule::parameter, start)) || p.to(start))
}

fn r_dots(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (p.text("..") && p.leaf(Rule::dots, start))
}

fn r_word(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (
            (
                (p.at(S37) && p.any() && { while (p.run(S54) && try_WORD_CHAR(p)) {} true })
                || (
                    p.is(46)
                    && { let start = p.at;
                        (
                            (
                                p.any()
                                && !p.is(46)
                                && { while (p.run(S54) && try_WORD_CHAR(p)) {} true }
                            )
                            || p.to(start)
                        )
                    }
                )
                || (
                    p.is(36)
                    && p.any()
                    && !{ let start = p.at; let ahead =
                        (p.byte(61) || (p.at(S53) && r_NAME(p) && try_EDGE(p)))
                    ; p.to(start); ahead }
                    && { while (p.run(S54) && try_WORD_CHAR(p)) {} true }
                )
            )
            && p.leaf(Rule::word, start)
        )
        || p.to(start)
    )
}

fn r_string(p: &mut Parser<'_>) -> bool {
    let mark = p.mark();
    (
        (
            (
                p.is(34)
                && { let start = p.at;
                    (
                        (
                            p.any()
                            && p.run(S55)
                            && { while
                                (
                                    p.is(92)
                                    && { let start = p.at;
                                        ((p.any() && p.any() && p.run(S55)) || p.to(start))
                                    }
                                )
                            {} true }
                            && p.byte(34)
                        )
                        || p.to(start)
                    )
                }
            )
            || (
                p.is(39)
                && { let start = p.at;
                    (
                        (
                            p.any()
                            && p.run(S56)
                            && { while
                                (
                                    p.is(92)
                                    && { let start = p.at;
                                        ((p.any() && p.any() && p.run(S56)) || p.to(start))
                                    }
                                )
                            {} true }
                            && p.byte(39)
                        )
                        || p.to(start)
                    )
                }
            )
            || r_open_string(p)
        )
        && p.whole(Rule::string, mark)
    )
}

fn r_phrase(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (
            (try_phrase_period(p) || try_phrase_distance(p))
            && !{ let start = p.at; let ahead =
                (p.at(S59) && p.run(S10) && p.one(S44))
            ; p.to(start); ahead }
            && p.leaf(Rule::phrase, start)
        )
        || p.to(start)
    )
}

fn r_phrase_period(p: &mut Parser<'_>) -> bool {
    { let start = p.at;
        (
            (
                (
                    (p.at(S60) && p.text_of_any_case("this"))
                    || (p.at(S0) && p.text_of_any_case("last"))
                    || (p.at(S61) && p.text_of_any_case("next"))
                )
                && try_BREAK(p)
                && p.at(S63)
                && (
                    (p.at(S64) && p.text_of_any_case("week"))
                    || (p.at(S65) && p.text_of_any_case("month"))
                    || (p.at(S66) && p.text_of_any_case("quarter"))
                    || (p.at(S67) && p.text_of_any_case("year"))
                )
                && try_PHRASE_EDGE(p)
            )
            || p.to(start)
        )
    }
}

fn r_phrase_distance(p: &mut Parser<'_>) -> bool {
    { let start = p.at;
        (
            (
                (
                    (
                        p.at(S43)
                        && { let start = p.at;
                            ((p.text_of_any_case("an") && try_BREAK(p)) || p.to(start))
                        }
                    )
                    || (
                        p.at(S43)
                        && { let start = p.at; ((p.any() && try_BREAK(p)) || p.to(start)) }
                    )
                    || (
                        p.at(S69)
                        && p.any()
                        && p.run(S69)
                        && always(
                            (
                                p.is(46)
                                && { let start = p.at;
                                    ((p.any() && p.one(S69) && p.run(S69)) || p.to(start))
                                }
                            )
                        )
                        && always(try_BREAK(p))
                    )
                )
                && p.one(S70)
                && p.run(S70)
                && try_BREAK(p)
                && (
                    (p.at(S43) && p.text_of_any_case("ago"))
                    || (
                        p.at(S71)
                        && p.text_of_any_case("from")
                        && try_BREAK(p)
                        && p.at(S61)
                        && p.text_of_any_case("now")
                    )
                )
                && try_PHRASE_EDGE(p)
            )
            || p.to(start)
        )
    }
}

fn r_BREAK(p: &mut Parser<'_>) -> bool {
    (p.any() && p.run(S62))
}

fn r_PHRASE_EDGE(p: &mut Parser<'_>) -> bool {
    (
        { let start = p.at; let ahead = p.text(".."); p.to(start); ahead }
        || !{ let start = p.at; let ahead = try_WORD_CHAR(p); p.to(start); ahead }
    )
}

fn r_range_start(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (
            p.any()
            && { while
                (
                    p.run(S37)
                    && p.at(S2)
                    && !{ let start = p.at; let ahead = p.text(".."); p.to(start); ahead }
                    && r_WORD_CHAR(p)
                )
            {} true }
            && { let mark = p.mark(); let ahead =
                (p.is(46) && p.text("..") && try_phrase(p))
            ; p.back(mark); ahead }
            && p.leaf(Rule::range_start, start)
        )
        || p.to(start)
    )
}

fn r_amount(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (
            always(p.byte(45))
            && p.one(S69)
            && p.run(S69)
            && always(
                (
                    p.is(46)
                    && { let start = p.at; ((p.any() && p.one(S69) && p.run(S69)) || p.to(start)) }
                )
            )
            && try_BREAK(p)
            && ((p.at(S70) && p.any() && p.run(S70)) || p.byte(37))
            && try_PHRASE_EDGE(p)
            && p.leaf(Rule::amount, start)
        )
        || p.to(start)
    )
}

fn r_tail(p: &mut Parser<'_>) -> bool {
    { while (p.at(S18) && (try_order(p) || try_limit(p) || try_skip(p)) && r_gap(p)) {} true }
}

fn r_order(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::order);
    (
        (
            p.text_of_any_case("order")
            && try_EDGE(p)
            && r_gap(p)
            && p.at(S35)
            && p.text_of_any_case("by")
            && try_EDGE(p)
            && r_gap(p)
            && { while
                (
                    p.at(S23)
                    && !{ let mark = p.mark(); let ahead = try_tail_word(p); p.back(mark); ahead }
                    && (try_word(p) || try_string(p) || try_parameter(p))
                    && r_gap(p)
                )
            {} true }
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_limit(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::limit);
    (
        (
            p.text_of_any_case("limit")
            && try_EDGE(p)
            && r_gap(p)
            && always((p.at(S23) && (try_word(p) || try_parameter(p) || try_string(p))))
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_skip(p: &mut Parser<'_>) -> bool {
    let mark = p.open(Rule::skip);
    (
        (
            p.text_of_any_case("skip")
            && try_EDGE(p)
            && r_gap(p)
            && always((p.at(S23) && (try_word(p) || try_parameter(p) || try_string(p))))
            && p.close(mark)
        )
        || p.back(mark)
    )
}

fn r_tail_word(p: &mut Parser<'_>) -> bool {
    (
        (
            p.at(S30)
            && { let mark = p.mark();
                (
                    (
                        p.text_of_any_case("order")
                        && try_EDGE(p)
                        && r_gap(p)
                        && p.at(S35)
                        && p.text_of_any_case("by")
                        && try_EDGE(p)
                    )
                    || p.back(mark)
                )
            }
        )
        || (
            p.at(S72)
            && { let mark = p.mark();
                (
                    (
                        (
                            (p.at(S0) && p.text_of_any_case("limit"))
                            || (p.at(S29) && p.text_of_any_case("skip"))
                        )
                        && try_EDGE(p)
                        && r_gap(p)
                        && p.at(S73)
                        && (
                            p.one(S69)
                            || p.byte(36)
                            || p.byte(45)
                            || (p.is_end() && p.leaf(Rule::EOI, p.at))
                        )
                    )
                    || p.back(mark)
                )
            }
        )
    )
}

fn r_and(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (r_and_word(p) && p.leaf(Rule::and, start))
}

fn r_or(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (r_or_word(p) && p.leaf(Rule::or, start))
}

fn r_not(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (r_not_word(p) && p.leaf(Rule::not, start))
}

fn r_and_word(p: &mut Parser<'_>) -> bool {
    (
        (
            p.at(S43)
            && { let start = p.at; ((p.text_of_any_case("and") && try_EDGE(p)) || p.to(start)) }
        )
        || p.text("&&")
    )
}

fn r_or_word(p: &mut Parser<'_>) -> bool {
    (
        (
            p.at(S30)
            && { let start = p.at; ((p.text_of_any_case("or") && try_EDGE(p)) || p.to(start)) }
        )
        || p.text("||")
    )
}

fn r_not_word(p: &mut Parser<'_>) -> bool {
    (
        (
            p.at(S61)
            && { let start = p.at; ((p.text_of_any_case("not") && try_EDGE(p)) || p.to(start)) }
        )
        || p.byte(33)
    )
}

fn r_connective(p: &mut Parser<'_>) -> bool {
    (
        try_and_word(p)
        || try_or_word(p)
        || (
            p.at(S61)
            && { let start = p.at; ((p.text_of_any_case("not") && try_EDGE(p)) || p.to(start)) }
        )
    )
}

fn r_stop(p: &mut Parser<'_>) -> bool {
    (try_and_word(p) || try_or_word(p) || try_tail_word(p))
}

fn r_missing_condition(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        { let mark = p.mark(); let ahead =
            (try_stop(p) || p.byte(41) || (p.is_end() && p.leaf(Rule::EOI, p.at)))
        ; p.back(mark); ahead }
        && p.leaf(Rule::missing_condition, start)
    )
}

fn r_missing_connective(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        !{ let mark = p.mark(); let ahead =
            (p.at(S22) && (r_stop(p) || (p.is_end() && p.leaf(Rule::EOI, p.at))))
        ; p.back(mark); ahead }
        && p.leaf(Rule::missing_connective, start)
    )
}

fn r_semicolon(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        (
            p.any()
            && { let mark = p.mark(); let ahead =
                (
                    p.at(S74)
                    && r_gap(p)
                    && try_element(p)
                    && p.at(S75)
                    && (
                        p.byte(44)
                        || p.byte(59)
                        || p.one(S14)
                        || (p.is_end() && p.leaf(Rule::EOI, p.at))
                    )
                )
            ; p.back(mark); ahead }
            && p.leaf(Rule::semicolon, start)
        )
        || p.to(start)
    )
}

fn r_missing_comma(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        !{ let mark = p.mark(); let ahead =
            (
                p.at(S76)
                && (try_and_word(p) || try_or_word(p) || (p.is_end() && p.leaf(Rule::EOI, p.at)))
            )
        ; p.back(mark); ahead }
        && p.leaf(Rule::missing_comma, start)
    )
}

fn r_extra_comma(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (p.any() && p.leaf(Rule::extra_comma, start))
}

fn r_bad_element(p: &mut Parser<'_>) -> bool {
    let mark = p.mark();
    (
        !{ let start = p.at; let ahead =
            (try_and_word(p) || try_or_word(p))
        ; p.to(start); ahead }
        && !{ let start = p.at; let ahead =
            (p.at(S77) && (try_and_word(p) || try_or_word(p)))
        ; p.to(start); ahead }
        && (try_string(p) || try_WORD_CHARS(p) || p.any())
        && { while
            (
                p.run(S79)
                && p.at(S78)
                && !{ let start = p.at; let ahead =
                    (p.at(S77) && (try_and_word(p) || try_or_word(p)))
                ; p.to(start); ahead }
                && (try_string(p) || try_WORD_CHARS(p) || p.any())
            )
        {} true }
        && p.whole(Rule::bad_element, mark)
    )
}

fn r_bad_pair(p: &mut Parser<'_>) -> bool {
    let mark = p.mark();
    (
        (
            (
                p.at(S80)
                && !{ let start = p.at; let ahead =
                    (p.at(S81) && (try_and_word(p) || try_or_word(p)))
                ; p.to(start); ahead }
                && (try_string(p) || try_WORD_CHARS(p) || p.any())
                && { while
                    (
                        p.run(S82)
                        && p.at(S80)
                        && !{ let start = p.at; let ahead =
                            (p.at(S81) && (try_and_word(p) || try_or_word(p)))
                        ; p.to(start); ahead }
                        && (try_string(p) || try_WORD_CHARS(p) || p.any())
                    )
                {} true }
                && always(p.byte(44))
            )
            || p.byte(44)
        )
        && p.whole(Rule::bad_pair, mark)
    )
}

fn r_unclosed(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    p.leaf(Rule::unclosed, start)
}

fn r_open_string(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        p.any()
        && { while (p.run(S83) && !p.stands(&["\n", "\r\n"]) && p.any()) {} true }
        && p.leaf(Rule::open_string, start)
    )
}

fn r_stray_bracket(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (p.any() && p.leaf(Rule::stray_bracket, start))
}

fn r_misplaced(p: &mut Parser<'_>) -> bool {
    let mark = p.mark();
    (
        !{ let mark = p.mark(); let ahead = (p.at(S84) && r_stop(p)); p.back(mark); ahead }
        && (try_string(p) || try_WORD_CHARS(p) || p.any())
        && { while
            (
                p.run(S85)
                && p.at(S16)
                && !{ let mark = p.mark(); let ahead =
                    (p.at(S84) && r_stop(p))
                ; p.back(mark); ahead }
                && (try_string(p) || try_WORD_CHARS(p) || p.any())
            )
        {} true }
        && p.whole(Rule::misplaced, mark)
    )
}

fn r_bad_definition(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        { while (p.run(S83) && !p.stands(&["\n", "\r\n"]) && p.any()) {} true }
        && p.leaf(Rule::bad_definition, start)
    )
}

fn r_leftover(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (p.any() && p.run(S86) && p.leaf(Rule::leftover, start))
}

fn r_gap(p: &mut Parser<'_>) -> bool {
    { while (p.run(S62) && p.at(S87) && r_comment(p)) {} true }
}

fn r_comment(p: &mut Parser<'_>) -> bool {
    let start = p.at;
    (
        p.any()
        && { while (p.run(S83) && !p.stands(&["\n", "\r\n"]) && p.any()) {} true }
        && p.leaf(Rule::comment, start)
    )
}

fn r_EDGE(p: &mut Parser<'_>) -> bool {
    !{ let start = p.at; let ahead = try_WORD_CHAR(p); p.to(start); ahead }
}

fn r_WORD_START(p: &mut Parser<'_>) -> bool {
    p.any()
}

fn r_WORD_CHAR(p: &mut Parser<'_>) -> bool {
    (p.one(S37) || p.byte(46) || { let start = p.at; ((p.any() && !p.is(61)) || p.to(start)) })
}

fn r_WORD_CHARS(p: &mut Parser<'_>) -> bool {
    (r_WORD_CHAR(p) && { while (p.run(S54) && try_WORD_CHAR(p)) {} true })
}

fn r_NAME(p: &mut Parser<'_>) -> bool {
    (p.any() && p.run(S52))
}

fn r_SYMBOL_CHAR(p: &mut Parser<'_>) -> bool {
    p.any()
}

fn r_CLOSER(p: &mut Parser<'_>) -> bool {
    p.any()
}

fn r_BLANK(p: &mut Parser<'_>) -> bool {
    p.any()
}

fn r_LINE_END(p: &mut Parser<'_>) -> bool {
    (p.byte(10) || p.text("\r\n"))
}

#[inline]
fn try_definition_end(p: &mut Parser<'_>) -> bool {
    p.at(S7) && r_definition_end(p)
}

#[inline]
fn try_continuation(p: &mut Parser<'_>) -> bool {
    p.at(S9) && r_continuation(p)
}

#[inline]
fn try_comment_lines(p: &mut Parser<'_>) -> bool {
    p.at(S6) && r_comment_lines(p)
}

#[inline]
fn try_brackets(p: &mut Parser<'_>) -> bool {
    p.is(40) && r_brackets(p)
}

#[inline]
fn try_condition(p: &mut Parser<'_>) -> bool {
    p.at(S15) && r_condition(p)
}

#[inline]
fn try_group(p: &mut Parser<'_>) -> bool {
    p.is(40) && r_group(p)
}

#[inline]
fn try_reference(p: &mut Parser<'_>) -> bool {
    p.is(64) && r_reference(p)
}

#[inline]
fn try_clause(p: &mut Parser<'_>) -> bool {
    p.at(S23) && r_clause(p)
}

#[inline]
fn try_lone_reference(p: &mut Parser<'_>) -> bool {
    p.is(64) && r_lone_reference(p)
}

#[inline]
fn try_after_field(p: &mut Parser<'_>) -> bool {
    p.at(S26) && r_after_field(p)
}

#[inline]
fn try_between(p: &mut Parser<'_>) -> bool {
    p.at(S35) && r_between(p)
}

#[inline]
fn try_keyword_value(p: &mut Parser<'_>) -> bool {
    p.at(S34) && r_keyword_value(p)
}

#[inline]
fn try_keyword_element(p: &mut Parser<'_>) -> bool {
    p.at(S46) && r_keyword_element(p)
}

#[inline]
fn try_value(p: &mut Parser<'_>) -> bool {
    p.at(S41) && r_value(p)
}

#[inline]
fn try_element(p: &mut Parser<'_>) -> bool {
    p.at(S41) && r_element(p)
}

#[inline]
fn try_list(p: &mut Parser<'_>) -> bool {
    p.at(S40) && r_list(p)
}

#[inline]
fn try_record(p: &mut Parser<'_>) -> bool {
    p.is(123) && r_record(p)
}

#[inline]
fn try_record_key(p: &mut Parser<'_>) -> bool {
    p.at(S52) && r_record_key(p)
}

#[inline]
fn try_parameter(p: &mut Parser<'_>) -> bool {
    p.is(36) && r_parameter(p)
}

#[inline]
fn try_dots(p: &mut Parser<'_>) -> bool {
    p.is(46) && r_dots(p)
}

#[inline]
fn try_word(p: &mut Parser<'_>) -> bool {
    p.at(S2) && r_word(p)
}

#[inline]
fn try_string(p: &mut Parser<'_>) -> bool {
    p.at(S4) && r_string(p)
}

#[inline]
fn try_phrase(p: &mut Parser<'_>) -> bool {
    p.at(S36) && r_phrase(p)
}

#[inline]
fn try_phrase_period(p: &mut Parser<'_>) -> bool {
    p.at(S57) && r_phrase_period(p)
}

#[inline]
fn try_phrase_distance(p: &mut Parser<'_>) -> bool {
    p.at(S58) && r_phrase_distance(p)
}

#[inline]
fn try_BREAK(p: &mut Parser<'_>) -> bool {
    p.at(S62) && r_BREAK(p)
}

#[inline]
fn try_PHRASE_EDGE(p: &mut Parser<'_>) -> bool {
    p.at(S68) && r_PHRASE_EDGE(p)
}

#[inline]
fn try_order(p: &mut Parser<'_>) -> bool {
    p.at(S30) && r_order(p)
}

#[inline]
fn try_limit(p: &mut Parser<'_>) -> bool {
    p.at(S0) && r_limit(p)
}

#[inline]
fn try_skip(p: &mut Parser<'_>) -> bool {
    p.at(S29) && r_skip(p)
}

#[inline]
fn try_tail_word(p: &mut Parser<'_>) -> bool {
    p.at(S18) && r_tail_word(p)
}

#[inline]
fn try_and(p: &mut Parser<'_>) -> bool {
    p.at(S12) && r_and(p)
}

#[inline]
fn try_or(p: &mut Parser<'_>) -> bool {
    p.at(S13) && r_or(p)
}

#[inline]
fn try_and_word(p: &mut Parser<'_>) -> bool {
    p.at(S12) && r_and_word(p)
}

#[inline]
fn try_or_word(p: &mut Parser<'_>) -> bool {
    p.at(S13) && r_or_word(p)
}

#[inline]
fn try_not_word(p: &mut Parser<'_>) -> bool {
    p.at(S21) && r_not_word(p)
}

#[inline]
fn try_stop(p: &mut Parser<'_>) -> bool {
    p.at(S25) && r_stop(p)
}

#[inline]
fn try_missing_condition(p: &mut Parser<'_>) -> bool {
    p.at(S22) && r_missing_condition(p)
}

#[inline]
fn try_misplaced(p: &mut Parser<'_>) -> bool {
    p.at(S16) && r_misplaced(p)
}

#[inline]
fn try_leftover(p: &mut Parser<'_>) -> bool {
    !p.is_end() && r_leftover(p)
}

#[inline]
fn try_comment(p: &mut Parser<'_>) -> bool {
    p.is(35) && r_comment(p)
}

#[inline]
fn try_EDGE(p: &mut Parser<'_>) -> bool {
    p.at(S1) && r_EDGE(p)
}

#[inline]
fn try_WORD_CHAR(p: &mut Parser<'_>) -> bool {
    p.at(S2) && r_WORD_CHAR(p)
}

#[inline]
fn try_WORD_CHARS(p: &mut Parser<'_>) -> bool {
    p.at(S2) && r_WORD_CHARS(p)
}

#[inline]
fn try_NAME(p: &mut Parser<'_>) -> bool {
    p.at(S53) && r_NAME(p)
}

#[inline]
fn try_LINE_END(p: &mut Parser<'_>) -> bool {
    p.at(S6) && r_LINE_END(p)
}
