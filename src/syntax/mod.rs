//! From text to the tree as written. Knows no schema, so parsing and formatting work without one.

pub mod ast;
mod clause;
mod grammar;
mod guard;
mod length;
pub(crate) mod open;
mod operand;
mod parse;
mod phrase;
mod tokens;

pub use parse::{Parsed, bare_parse, parse, parse_with};
pub(crate) use tokens::outline;
pub use tokens::{Kind, Token, tokens};
