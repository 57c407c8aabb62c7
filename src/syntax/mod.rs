//! From text to the tree as written. Knows no schema, so parsing and formatting work without one.

pub mod ast;
mod clause;
mod grammar;
mod guard;
mod operand;
mod parse;

pub use parse::{Parsed, bare_parse, parse, parse_with};
