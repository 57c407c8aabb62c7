//! From text to the tree as written. Knows no schema, so parsing and formatting work without one.

pub mod ast;
mod clause;
#[cfg(test)]
pub(crate) mod drawn;
mod grammar;
mod guard;
pub(crate) mod lead;
mod length;
#[cfg(feature = "pest-machine")]
mod machine;
pub(crate) mod open;
mod operand;
mod parse;
pub(crate) mod part;
mod phrase;
#[rustfmt::skip]
mod recogniser;
mod tokens;

pub use parse::{Parsed, bare_parse, parse, parse_with};
pub(crate) use tokens::outline;
pub use tokens::{Kind, Token, tokens};
