//! The words of the language that are no operators: connectives, the tail, `let`.
//!
//! They are reserved only where such a word can stand, so fields and values may be called so;
//! the grammar says where that is.

/// What a keyword is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Joins or negates conditions.
    Connective,
    /// Ends the query.
    Tail,
    /// A direction after `order by FIELD`.
    Direction,
    /// Begins a named filter.
    Definition,
    /// A value.
    Value,
}

/// One keyword.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    /// The canonical spelling.
    pub text: &'static str,
    /// The other spelling.
    pub also: Option<&'static str>,
    /// What it is for.
    pub use_for: Use,
    /// What it means.
    pub doc: &'static str,
}

const fn row(
    text: &'static str,
    also: Option<&'static str>,
    use_for: Use,
    doc: &'static str,
) -> Keyword {
    Keyword { text, also, use_for, doc }
}

/// Every keyword.
pub const KEYWORDS: &[Keyword] = &[
    row("and", Some("&&"), Use::Connective, "both conditions hold; binds tighter than `or`"),
    row("or", Some("||"), Use::Connective, "at least one of the conditions holds"),
    row("not", Some("!"), Use::Connective, "the condition does not hold; binds tightest"),
    row("order by", None, Use::Tail, "sorts the records by a field"),
    row("limit", None, Use::Tail, "the most records to return"),
    row("skip", None, Use::Tail, "how many records to leave out first"),
    row("asc", None, Use::Direction, "smallest or earliest first"),
    row("desc", None, Use::Direction, "largest or latest first"),
    row("let", None, Use::Definition, "names a filter, which `@name` then stands for"),
    row("null", None, Use::Value, "no value: the field is not set"),
];

/// The spellings of the keywords of one use.
pub fn of(use_for: Use) -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().filter(move |row| row.use_for == use_for).map(|row| row.text)
}
