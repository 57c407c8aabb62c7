//! Pieces of a condition, and how they are joined.
//!
//! Law: parentheses say what the tree says, and no join makes the text so deep that an engine
//! refuses it. SQLite stops at expressions 1000 deep, where each `OR` of a flat list adds one, so
//! what would become deep is written as a balanced tree instead.

use super::dialect::{Condition, Shape};

/// What holds a piece together, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    Or,
    And,
    Not,
    Test,
}

impl Tie {
    fn word(self) -> &'static str {
        if self == Tie::Or { " OR " } else { " AND " }
    }
}

/// A condition in SQL.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) sql: String,
    pub(super) tie: Tie,
    /// True when it is never NULL.
    pub(super) certain: bool,
    shape: Shape,
    height: usize,
    terms: usize,
}

impl From<Condition> for Piece {
    fn from(test: Condition) -> Piece {
        Piece { certain: test.certain, shape: test.shape, ..Piece::test(test.sql) }
    }
}

/// A flat list may grow so deep before it is balanced.
const FLAT: usize = 200;

impl Piece {
    /// A single test, which may be NULL.
    pub(super) fn test(sql: String) -> Piece {
        Piece { sql, tie: Tie::Test, certain: false, shape: Shape::Plain, height: 4, terms: 1 }
    }

    /// A single test that is never NULL.
    pub(super) fn sure(sql: String) -> Piece {
        Piece { certain: true, ..Piece::test(sql) }
    }

    /// `x IS NULL` or `x IS NOT NULL`.
    pub(super) fn null(x: &str, is_null: bool) -> Piece {
        let not = if is_null { "" } else { "NOT " };
        Piece { shape: Shape::NullTest, ..Piece::sure(format!("{x} IS {not}NULL")) }
    }

    /// True of `x IS NULL` and `x IS NOT NULL`, which bind no value.
    pub(super) fn is_null_test(&self) -> bool {
        self.shape == Shape::NullTest
    }

    /// A test that it is part of.
    pub(super) fn nested(self, test: impl FnOnce(&str) -> Condition) -> Piece {
        Piece { height: self.height + 2, terms: self.terms, ..Piece::from(test(&self.sql)) }
    }

    /// `NOT`, which leaves NULL as it is.
    pub(super) fn not(self) -> Piece {
        let bare = self.shape == Shape::Exists;
        let sql = if bare { format!("NOT {}", self.sql) } else { format!("NOT ({})", self.sql) };
        Piece { sql, tie: Tie::Not, shape: Shape::Plain, height: self.height + 1, ..self }
    }

    /// Another text for the same condition, as a single test.
    pub(super) fn rewritten(self, certain: bool, sql: impl FnOnce(&str) -> String) -> Piece {
        Piece {
            sql: sql(&self.sql),
            tie: Tie::Test,
            certain,
            shape: Shape::Plain,
            height: self.height + 1,
            terms: self.terms,
        }
    }

    /// Its text where something as tight as `outer` is wanted.
    pub(super) fn within(self, outer: Tie) -> String {
        if self.tie < outer { format!("({})", self.sql) } else { self.sql }
    }
}

/// All of them hold, or one of them does; `None` without any.
pub(super) fn join(tie: Tie, mut parts: Vec<Piece>) -> Option<Piece> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let certain = parts.iter().all(|part| part.certain);
    let terms = parts.iter().map(|part| part.terms).sum();
    let deepest = parts.iter().map(|part| part.height).max().unwrap_or_default();
    let mut sql = String::with_capacity(parts.iter().map(|part| part.sql.len() + 7).sum());
    let height = if deepest + parts.len() <= FLAT {
        flat(tie, &parts, &mut sql);
        deepest + parts.len()
    } else {
        balanced(tie, &parts, &mut sql)
    };
    Some(Piece { sql, tie, certain, shape: Shape::Plain, height, terms })
}

fn flat(tie: Tie, parts: &[Piece], out: &mut String) {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            out.push_str(tie.word());
        }
        push(part, tie, out);
    }
}

fn push(part: &Piece, outer: Tie, out: &mut String) {
    let open = part.tie < outer;
    out.push_str(if open { "(" } else { "" });
    out.push_str(&part.sql);
    out.push_str(if open { ")" } else { "" });
}

/// Writes both halves, balanced by their terms, and tells the height.
fn balanced(tie: Tie, parts: &[Piece], out: &mut String) -> usize {
    if let [one] = parts {
        push(one, tie, out);
        return one.height;
    }
    let (left, right) = parts.split_at_checked(middle(parts)).unwrap_or((parts, &[]));
    let half = |parts: &[Piece], out: &mut String| {
        let several = parts.len() > 1;
        out.push_str(if several { "(" } else { "" });
        let height = balanced(tie, parts, out);
        out.push_str(if several { ")" } else { "" });
        height
    };
    let left = half(left, out);
    out.push_str(tie.word());
    1 + left.max(half(right, out))
}

/// How many parts make up half of the terms; at least one on each side.
fn middle(parts: &[Piece]) -> usize {
    let all: usize = parts.iter().map(|part| part.terms).sum();
    let mut seen = 0;
    let before = parts.iter().take_while(|part| {
        seen += part.terms;
        2 * seen <= all
    });
    before.count().clamp(1, parts.len() - 1)
}
