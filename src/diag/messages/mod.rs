//! A function for every diagnostic, named after what it says: it picks the sentences of
//! [`wording`](super::wording) and adds labels and fixes.

mod decompile;
mod foreign;
mod limits;
mod names;
mod schema;
mod suite;
mod syntax;
mod targets;
mod time;
mod traps;
mod values;

pub(crate) use decompile::*;
pub(crate) use foreign::*;
pub(crate) use limits::*;
pub(crate) use names::*;
pub(crate) use schema::*;
pub(crate) use suite::*;
pub(crate) use syntax::*;
pub(crate) use targets::*;
pub(crate) use time::*;
pub(crate) use traps::*;
pub(crate) use values::*;

use super::suggest::nearest;
use super::template::Phrase;
use super::{Diagnostic, wording};
use crate::span::Span;

/// Adds "did you mean" with a fix for each near name, or else the list of what there is.
fn suggest<'n>(
    found: Diagnostic,
    typed: &str,
    place: Span,
    names: impl Iterator<Item = &'n str> + Clone,
    all: impl Fn(&[&str]) -> Phrase,
    spell: impl Fn(&str) -> String,
) -> Diagnostic {
    let near = nearest(typed, names.clone());
    if near.is_empty() {
        let names: Vec<&str> = names.collect();
        return if names.is_empty() { found } else { found.help(all(&names)) };
    }
    near.iter().fold(found.help(wording::did_you_mean(&near)), |found, name| {
        change(found, place, spell(name))
    })
}

/// Adds a guess: another text for what stands at a place.
fn change(found: Diagnostic, place: Span, text: impl Into<String>) -> Diagnostic {
    let text = text.into();
    found.fix(wording::change_to(&text), place, text)
}
