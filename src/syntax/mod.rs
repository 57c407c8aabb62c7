//! From text to the tree as written. Knows no schema, so parsing and formatting work without one.

pub mod ast;
mod clause;
mod grammar;
mod parse;
mod quote;

pub use parse::{Parsed, parse, parse_with};
pub use quote::{is_bare, is_invisible, quote, quoted};
