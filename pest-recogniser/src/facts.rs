//! What is known of an expression from the next byte alone. All decisions of the written code stand
//! on these facts, so each is on the safe side: what may happen is never too little, what is sure
//! to happen never too much.

use std::collections::HashMap;

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};

use crate::next::Next;

/// The bytes (or the end) at which an expression does something.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Facts {
    /// It may match and take something.
    pub(crate) moves: Next,
    /// It may match and take nothing.
    pub(crate) stays: Next,
    /// It matches, whatever follows.
    pub(crate) sure: Next,
    /// It matches, takes exactly one character and leaves no node, whatever follows.
    pub(crate) single: Next,
    /// It may leave nodes.
    pub(crate) nodes: bool,
}

impl Facts {
    const NOTHING: Facts = Facts {
        moves: Next::NONE,
        stays: Next::NONE,
        sure: Next::NONE,
        single: Next::NONE,
        nodes: false,
    };

    /// Before anything is known.
    const UNKNOWN: Facts =
        Facts { moves: Next::ALL, stays: Next::ALL, nodes: true, ..Facts::NOTHING };

    /// Where it may match at all.
    pub(crate) fn can(&self) -> Next {
        self.moves.or(&self.stays)
    }

    /// True when it is no more than a look at the next byte.
    pub(crate) fn is_look(&self) -> bool {
        self.moves.is_empty() && !self.nodes && self.sure == self.stays
    }

    /// True when it is one character that its first byte decides.
    pub(crate) fn is_character(&self) -> bool {
        self.single == self.can()
    }

    fn character(set: Next) -> Facts {
        Facts { moves: set, sure: set, single: set, ..Facts::NOTHING }
    }

    fn staying(stays: Next, sure: Next) -> Facts {
        Facts { stays, sure, ..Facts::NOTHING }
    }

    fn or_nothing(self) -> Facts {
        Facts { stays: Next::ALL, sure: Next::ALL, single: Next::NONE, ..self }
    }

    fn then(self, next: Facts) -> Facts {
        // The second stands at the same byte when the first takes nothing.
        let pure = self.moves.is_empty();
        let sure = if pure {
            self.sure.and(&next.sure)
        } else if next.sure == Next::ALL {
            self.sure
        } else {
            Next::NONE
        };
        Facts {
            moves: self.moves.or(&self.stays.and(&next.moves)),
            stays: self.stays.and(&next.stays),
            sure,
            single: if pure && !self.nodes { self.sure.and(&next.single) } else { Next::NONE },
            nodes: self.nodes || next.nodes,
        }
    }

    fn or_else(self, other: Facts) -> Facts {
        Facts {
            moves: self.moves.or(&other.moves),
            stays: self.stays.or(&other.stays),
            sure: self.sure.or(&other.sure),
            // The second decides only where the first cannot match.
            single: self.single.or(&other.single.and(&self.can().not())),
            nodes: self.nodes || other.nodes,
        }
    }
}

/// A grammar and the facts of its rules.
pub(crate) struct Grammar<'g> {
    pub(crate) rules: &'g [OptimizedRule],
    places: HashMap<&'g str, usize>,
    facts: Vec<Facts>,
}

impl<'g> Grammar<'g> {
    pub(crate) fn new(rules: &'g [OptimizedRule]) -> Self {
        let places = rules.iter().enumerate().map(|(place, rule)| (rule.name.as_str(), place));
        let facts = vec![Facts::UNKNOWN; rules.len()];
        let mut grammar = Grammar { rules, places: places.collect(), facts };
        grammar.solve();
        grammar
    }

    /// The number of the rule of that name.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// What may happen follows from what is sure, and the other way round for `!`: in turns, each
    /// while the other is held still, until nothing changes.
    fn solve(&mut self) {
        loop {
            let before = self.facts.clone();
            for facts in &mut self.facts {
                *facts = Facts { sure: facts.sure, single: facts.single, ..Facts::NOTHING };
            }
            self.settle(|known, found| Facts { sure: known.sure, single: known.single, ..found });
            self.settle(|known, found| Facts { sure: found.sure, single: found.single, ..known });
            if self.facts == before {
                return;
            }
        }
    }

    fn settle(&mut self, keep: impl Fn(Facts, Facts) -> Facts) {
        loop {
            let before = self.facts.clone();
            for (place, rule) in self.rules.iter().enumerate() {
                let found = self.called(rule);
                if let Some(known) = self.facts.get_mut(place) {
                    *known = keep(*known, found);
                }
            }
            if self.facts == before {
                return;
            }
        }
    }

    /// The facts of a call of the rule: what its expression does, and the node that it leaves.
    fn called(&self, rule: &OptimizedRule) -> Facts {
        let facts = self.of(&rule.expr);
        if rule.ty == RuleType::Silent {
            facts
        } else {
            Facts { single: Next::NONE, nodes: true, ..facts }
        }
    }

    /// The facts of an expression.
    pub(crate) fn of(&self, expr: &Expr) -> Facts {
        match expr {
            Expr::Str(text) if text.is_empty() => Facts::staying(Next::ALL, Next::ALL),
            Expr::Insens(text) if text.is_empty() => Facts::staying(Next::ALL, Next::ALL),
            Expr::Str(text) => literal(text, Next::first_of(text)),
            Expr::Insens(text) => literal(text, Next::first_of_either_case(text)),
            Expr::Range(from, to) => range(from, to),
            Expr::Ident(name) => self.of_name(name),
            Expr::Seq(first, second) => self.of(first).then(self.of(second)),
            Expr::Choice(first, second) => self.of(first).or_else(self.of(second)),
            Expr::Opt(inner) | Expr::Rep(inner) => self.of(inner).or_nothing(),
            Expr::Skip(_) => Facts { moves: Next::bytes(), ..Facts::NOTHING }.or_nothing(),
            Expr::PosPred(inner) => {
                let inner = self.of(inner);
                Facts::staying(inner.can(), inner.sure)
            }
            Expr::NegPred(inner) => {
                let inner = self.of(inner);
                Facts::staying(inner.sure.not(), inner.can().not())
            }
            Expr::RestoreOnErr(inner) => self.of(inner),
            _ => Facts::UNKNOWN,
        }
    }

    fn of_name(&self, name: &str) -> Facts {
        if let Some(place) = self.place(name) {
            return self.facts.get(place).copied().unwrap_or(Facts::UNKNOWN);
        }
        match name {
            "ANY" => Facts::character(Next::bytes()),
            "SOI" => Facts::staying(Next::ALL, Next::NONE),
            "EOI" => Facts { nodes: true, ..Facts::staying(Next::end(), Next::end()) },
            _ => builtin(name).map_or(Facts::UNKNOWN, |expr| self.of(&expr)),
        }
    }
}

/// A text: its first byte decides when there is no other.
fn literal(text: &str, first: Next) -> Facts {
    if text.len() == 1 { Facts::character(first) } else { Facts { moves: first, ..Facts::NOTHING } }
}

/// The ends of a range of characters.
pub(crate) fn ends(from: &str, to: &str) -> Option<(char, char)> {
    Some((from.chars().next()?, to.chars().next()?))
}

fn range(from: &str, to: &str) -> Facts {
    let Some((from, to)) = ends(from, to).filter(|(from, to)| from <= to) else {
        return Facts::NOTHING;
    };
    let moves = Next::first_in(from, to);
    // The first byte decides of ASCII, and beyond it when every character there is in the range.
    let beyond = from <= '\u{80}' && to == char::MAX;
    let sure = Next::of(|next| moves.has(next) && (next < 128 || beyond));
    Facts { moves, ..Facts::character(sure) }
}

/// Rules of pest that a grammar would write itself otherwise.
pub(crate) fn builtin(name: &str) -> Option<Expr> {
    let ranges: &[(&str, &str)] = match name {
        "ASCII_DIGIT" => &[("0", "9")],
        "ASCII_NONZERO_DIGIT" => &[("1", "9")],
        "ASCII_BIN_DIGIT" => &[("0", "1")],
        "ASCII_OCT_DIGIT" => &[("0", "7")],
        "ASCII_HEX_DIGIT" => &[("0", "9"), ("a", "f"), ("A", "F")],
        "ASCII_ALPHA_LOWER" => &[("a", "z")],
        "ASCII_ALPHA_UPPER" => &[("A", "Z")],
        "ASCII_ALPHA" => &[("a", "z"), ("A", "Z")],
        "ASCII_ALPHANUMERIC" => &[("a", "z"), ("A", "Z"), ("0", "9")],
        "ASCII" => &[("\0", "\u{7f}")],
        "NEWLINE" => return choice(["\n", "\r\n", "\r"].map(|text| Expr::Str(text.to_owned()))),
        _ => return None,
    };
    choice(ranges.iter().map(|(from, to)| Expr::Range((*from).to_owned(), (*to).to_owned())))
}

fn choice(alternatives: impl IntoIterator<Item = Expr>) -> Option<Expr> {
    let both = |first, second| Expr::Choice(Box::new(first), Box::new(second));
    alternatives.into_iter().reduce(both)
}
