//! THE operator table: one row an operator, and everything else (parser, checker, formatter,
//! completion, reference) derived from it.
//!
//! A row says how the operator is written, what it takes and what it means; meaning is a core
//! [`Test`] with a [`Polarity`]. The complement of an operator is the row with the same test
//! and the other polarity, so complements are never listed a second time.
//! Source: the operator table of `docs/language.md`, 2.3.

use std::sync::LazyLock;

use crate::fold::Find;

/// What an operator takes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One value of the field's type, or a list of them.
    Values,
    /// One string, or a list of them.
    Strings,
    /// One value of the field's type.
    Value,
    /// One string.
    String,
    /// One or more pairs `start..end`.
    Ranges,
    /// A whole number of days, or a length of time: `7 days`, `36h`.
    Days,
    /// A length of time: `2 weeks`.
    Length,
    /// One day or longer period, or a list of them.
    Day,
    /// Nothing, or `true` / `false`.
    Flag,
}

/// The core tests that all operators come down to. Targets match on these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Test {
    /// Some value is one of the list.
    Equal,
    /// Some value is none of the list.
    Outside,
    /// Some value holds one of the strings at that place.
    Text(Find),
    /// Some value lies within one of the ranges, ends included.
    Order(Side),
    /// Every word occurs in some value.
    Words,
    /// Some value is one of the list or below it in a tree.
    Below,
    /// The field has a value.
    Set,
}

/// Which ranges an ordering operator stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Everything after the value.
    After,
    /// The value and everything after it.
    From,
    /// Everything before the value.
    Before,
    /// The value and everything before it.
    UpTo,
    /// The pairs as written.
    Within,
    /// The whole day of the value, or the period that it is.
    OnDay,
    /// From so long before now.
    FromAgo,
    /// Up to so long before now.
    UpToAgo,
    /// From now to so long after it.
    Next,
}

/// Whether the test has to hold or must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// Some value of the field passes the test.
    Some,
    /// No value of the field passes the test.
    None,
}

/// One row of the operator table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The operator.
    pub op: Op,
    /// Its name as the API spells it, in lower case.
    pub name: &'static str,
    /// True when a filter table can list it; false for spellings that are always derived.
    pub in_api: bool,
    /// Further spellings, the canonical one first. `_` marks the place of the operand.
    pub also: &'static [&'static str],
    /// Spellings of its negation, for operators whose complement has no row.
    pub negated: &'static [&'static str],
    /// The canonical spelling before a list of several values, where it differs.
    pub before_list: Option<&'static str>,
    /// What it takes.
    pub takes: Takes,
    /// The core test.
    pub test: Test,
    /// Whether the test has to hold.
    pub polarity: Polarity,
    /// True when, in plain words.
    pub doc: &'static str,
}

macro_rules! operators {
    ($($op:ident $name:literal $in_api:ident also $also:tt negated $negated:tt list $list:expr,
       $takes:ident $test:expr, $polarity:ident $doc:literal $example:literal;)*) => {
        /// An operator of the language.
        ///
        /// ```
        /// use tamis::ops::Op;
        /// assert_eq!(Op::Neq.row().name, "neq");
        /// assert_eq!(Op::Eq.complement(), Some(Op::Neq));
        /// assert_eq!(Op::named("Contains"), Some(Op::Contains));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Op {
            $(#[doc = $doc] $op,)*
        }

        impl Op {
            /// The operator's row in the table.
            #[must_use]
            pub const fn row(self) -> &'static Row {
                match self { $(Op::$op => {
                    const ROW: Row = Row {
                        op: Op::$op, name: $name, in_api: stringify!($in_api).len() == 3,
                        also: &$also, negated: &$negated, before_list: $list,
                        takes: Takes::$takes, test: $test, polarity: Polarity::$polarity,
                        doc: $doc,
                    };
                    &ROW
                })* }
            }

            /// An example on the activities schema, its row listing the operator. It is no part of the
            /// row, so that a browser loads no examples.
            #[must_use]
            pub const fn example(self) -> &'static str {
                match self { $(Op::$op => $example,)* }
            }
        }

        /// Every operator, in the table's order.
        pub const ALL: &[Op] = &[$(Op::$op,)*];
    };
}

operators! {
    Eq "eq" api also ["=", "==", "is", "in"] negated [] list Some("in"),
        Values Test::Equal, Some "some value is one of the list" "ip.category = Risky";
    Neq "neq" api also ["!=", "<>", "is not", "not in"] negated [] list Some("not in"),
        Values Test::Equal, None "no value is one of the list" "ip.category != Corporate";
    Contains "contains" api also ["contains", "~"] negated [] list None,
        Strings Test::Text(Find::Inside), Some "some value contains one of the strings" "actionType contains download";
    Ncontains "ncontains" api also ["not contains", "!~", "does not contain"] negated [] list None,
        Strings Test::Text(Find::Inside), None "no value contains any of the strings" "userAgent.userAgent not contains curl";
    Startswith "startswith" api also ["starts with", "^="] negated [] list None,
        Strings Test::Text(Find::Start), Some "some value starts with one of the strings" "user.username starts with adm";
    Doesnotstartwith "doesnotstartwith" api also ["does not start with", "!^=", "not starts with"] negated [] list None,
        Strings Test::Text(Find::Start), None "no value starts with any of the strings" "ip.address does not start with 10.";
    Startswithsingle "startswithsingle" api also [] negated [] list None,
        String Test::Text(Find::Start), Some "some value starts with the string" "text startswithsingle mass";
    Endswith "endswith" api also ["ends with", "$="] negated ["does not end with", "!$=", "not ends with"] list None,
        Strings Test::Text(Find::End), Some "some value ends with one of the strings" "office365url ends with .docx";
    Matches "matches" api also ["matches"] negated ["does not match", "not matches"] list None,
        Strings Test::Text(Find::Fits), Some "some value fits one of the patterns as a whole: `*` is any run of characters, `?` any one, `\\` takes the next as it is" "user.username matches \"adm*_?\"";
    Gt "gt" api also [">", "after"] negated [] list None,
        Value Test::Order(Side::After), Some "some value is greater, or later" "created > 2026-10-01";
    Gte "gte" api also [">=", "since"] negated [] list None,
        Value Test::Order(Side::From), Some "some value is greater or equal, or at that time or later" "date >= 2026-10-01";
    Lt "lt" api also ["<", "before"] negated [] list None,
        Value Test::Order(Side::Before), Some "some value is less, or earlier" "created < 2026-10-01";
    Lte "lte" api also ["<=", "until"] negated [] list None,
        Value Test::Order(Side::UpTo), Some "some value is less or equal, or at that time or earlier" "date <= 2026-10-01";
    Range "range" api also ["between _ and _"] negated ["not between _ and _"] list None,
        Ranges Test::Order(Side::Within), Some "some value lies within one of the ranges, ends included" "date between 2026-10-01 and 2026-10-08";
    GteNdays "gte_ndays" api also ["in last _", "in the last _", "in past _", "in the past _", "within _", "within last _", "within the last _", "within past _", "within the past _", "newer than _"] negated ["not in last _", "not in the last _", "not in past _", "not in the past _"] list None,
        Days Test::Order(Side::FromAgo), Some "some value is no older than so long before now; a number alone counts days of 24 hours" "date in last 7 days";
    LteNdays "lte_ndays" api also ["older than _"] negated ["not older than _"] list None,
        Days Test::Order(Side::UpToAgo), Some "some value is at least so old; a number alone counts days of 24 hours" "date older than 30 days";
    InNext "in_next" no also ["in next _", "in the next _", "within next _", "within the next _"] negated ["not in next _", "not in the next _"] list None,
        Length Test::Order(Side::Next), Some "some value lies between now and so long after it, both included" "date in next 2 weeks";
    On "on" no also ["on"] negated ["not on"] list None,
        Day Test::Order(Side::OnDay), Some "some value lies in that day or period" "date on 2026-10-01";
    Isset "isset" api also ["is set", "exists"] negated [] list None,
        Flag Test::Set, Some "the field has a value" "location.country is set";
    Isnotset "isnotset" api also ["is not set", "is unset", "does not exist"] negated [] list None,
        Flag Test::Set, None "the field has no value" "location.country is not set";
    Text "text" api also [] negated [] list None,
        String Test::Words, Some "every word occurs in the record's text fields" "text text \"mass download\"";
    Deq "deq" api also [] negated [] list None,
        Values Test::Outside, Some "some value is none of the list" "collaborators.withDomain deq contoso.com";
    Descendantof "descendantof" api also ["descendant of", "below"] negated [] list None,
        Values Test::Below, Some "some value is one of the list or below it" "parentFolder descendant of \"site|item\"";
    Ndescendantof "ndescendantof" api also ["not descendant of", "not below"] negated [] list None,
        Values Test::Below, None "no value is one of the list or below it" "parentFolder not descendant of \"site|item\"";
}

impl Op {
    /// The operator of that API name, without regard to case.
    #[must_use]
    pub fn named(name: &str) -> Option<Op> {
        ALL.iter().copied().find(|op| op.row().name.eq_ignore_ascii_case(name))
    }

    /// The operator that holds exactly when this one does not, where the table has one.
    #[must_use]
    pub fn complement(self) -> Option<Op> {
        let row = self.row();
        ALL.iter().copied().find(|other| {
            let other = other.row();
            other.test == row.test && other.polarity != row.polarity
        })
    }

    /// The operators that say a test, or that it does not hold, in the table's order.
    ///
    /// ```
    /// use tamis::fold::Find;
    /// use tamis::ops::{Op, Polarity, Test};
    /// let start = Op::saying(Test::Text(Find::Start), Polarity::Some);
    /// assert_eq!(start.collect::<Vec<_>>(), [Op::Startswith, Op::Startswithsingle]);
    /// ```
    pub fn saying(test: Test, polarity: Polarity) -> impl Iterator<Item = Op> {
        let says = move |op: &Op| op.row().test == test && op.row().polarity == polarity;
        ALL.iter().copied().filter(says)
    }

    /// The canonical spelling: `=` for `eq`, `starts with` for `startswith`.
    #[must_use]
    pub fn canonical(self) -> &'static str {
        let row = self.row();
        row.also.first().copied().unwrap_or(row.name)
    }
}

impl Polarity {
    /// The other polarity.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Polarity::Some => Polarity::None,
            Polarity::None => Polarity::Some,
        }
    }
}

/// One way to write an operator, cut into its words and the places of its operand.
#[derive(Debug)]
pub struct Spelling {
    /// The text, `_` for an operand.
    pub text: &'static str,
    /// The operator it spells.
    pub op: Op,
    /// True when it spells the operator's negation.
    pub negated: bool,
    pieces: Vec<&'static str>,
}

impl Spelling {
    fn new(op: Op, text: &'static str, negated: bool) -> Self {
        Spelling { text, op, negated, pieces: text.split(' ').collect() }
    }

    /// The words, symbols and `_` of the spelling, in order.
    #[must_use]
    pub fn pieces(&self) -> &[&'static str] {
        &self.pieces
    }
}

/// Every spelling, by its first byte in lower case, the longest first.
struct Index([Vec<Spelling>; 128]);

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index(std::array::from_fn(|_| Vec::new()));
    for spelling in ALL.iter().flat_map(|op| op.spellings()) {
        let first = spelling.text.bytes().next().map_or(0, usize::from);
        if let Some(bucket) = index.0.get_mut(first) {
            bucket.push(spelling);
        }
    }
    for bucket in &mut index.0 {
        bucket.sort_by_key(|spelling| std::cmp::Reverse(spelling.pieces.len()));
    }
    index
});

impl Op {
    /// All spellings of the operator: canonical first, its API name, then those of its negation.
    fn spellings(self) -> Vec<Spelling> {
        let row = self.row();
        let own = row.also.iter().copied().map(|text| Spelling::new(self, text, false));
        let named = Spelling::new(self, row.name, false);
        let named = (!row.also.contains(&row.name)).then_some(named);
        let negated = row.negated.iter().copied().map(|text| Spelling::new(self, text, true));
        own.chain(named).chain(negated).collect()
    }
}

/// The spellings that could begin with this word or symbol, the longest first.
#[must_use]
pub fn spellings_from(first: &str) -> &'static [Spelling] {
    let byte = first.bytes().next().map_or(127, |byte| byte.to_ascii_lowercase());
    INDEX.0.get(usize::from(byte)).map_or(&[], Vec::as_slice)
}

/// Every spelling of the table.
pub fn all_spellings() -> impl Iterator<Item = &'static Spelling> {
    INDEX.0.iter().flatten()
}
