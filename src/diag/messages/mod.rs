//! The wording of every diagnostic: one function each, named after what it says.
//!
//! Law: lower case, no final stop, the user's own text in backticks, no internal names.

mod decompile;
mod foreign;
mod limits;
mod names;
mod schema;
mod suite;
mod syntax;
mod targets;
mod values;

pub(crate) use decompile::*;
pub(crate) use foreign::*;
pub(crate) use limits::*;
pub(crate) use names::*;
pub(crate) use schema::*;
pub(crate) use suite::*;
pub(crate) use syntax::*;
pub(crate) use targets::*;
pub(crate) use values::*;

use super::suggest::{nearest, one_of};
use super::{Code, Diagnostic};
use crate::span::Span;

/// The user's text in backticks: control characters escaped, cut after 40 characters.
fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let escape = |c: char| {
        if crate::quote::is_invisible(c) { c.escape_unicode().to_string() } else { c.to_string() }
    };
    let head: String = text.chars().take(MOST).map(escape).collect();
    let more = if text.chars().nth(MOST).is_some() { "…" } else { "" };
    format!("`{head}{more}`")
}

/// Adds "did you mean" with a fix for each near name, or else the list of what there is.
fn suggest<'n>(
    found: Diagnostic,
    typed: &str,
    place: Span,
    names: impl Iterator<Item = &'n str> + Clone,
    all: &str,
    spell: impl Fn(&str) -> String,
) -> Diagnostic {
    let near = nearest(typed, names.clone());
    if near.is_empty() {
        let list = one_of(names);
        return if list.is_empty() { found } else { found.help(format!("{all} {list}")) };
    }
    let mean = one_of(near.iter().copied());
    near.iter().fold(found.help(format!("did you mean {mean}?")), |found, name| {
        let text = spell(name);
        found.fix(format!("change to `{text}`"), place, text)
    })
}
