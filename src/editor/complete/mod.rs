//! Completion: what can stand at the caret, and what to put there.
//!
//! Law: nothing is offered that the checker would reject. Offers are made from what the checker
//! itself asks: the operators that a row allows, the values that it names. Where something stands
//! behind the caret already, the parser and the checker are asked whether they go together.

mod ahead;
mod fields;
mod keys;
mod likeness;
mod names;
mod operators;
mod values;
mod words;

use serde::Serialize;

use self::ahead::{Ahead, Tree};
use self::likeness::Rank;
use super::Edit;
use crate::ops::Op;
use crate::options::Options;
use crate::schema::{Field, Schema};
use crate::span::Span;
use crate::syntax::lead::Lead;
use crate::syntax::open::{Awaits, Marked, Open, Place};
use crate::table;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemKind {
    /// A field.
    Field,
    /// An operator, or the rest of one.
    Operator,
    /// A value.
    Value,
    /// `and`, `or`, `not`.
    Connective,
    /// A bracket or comma.
    Mark,
    /// `order by` and what belongs to it, and the members of keys.
    Keyword,
    /// `@name`.
    Filter,
    /// `$name`.
    Parameter,
}

/// Something that can stand at the caret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// What it is.
    pub kind: ItemKind,
    /// In a few words: a field's type, a value's wire form, the instant that a time stands for.
    pub detail: String,
    /// In a sentence or two.
    pub documentation: String,
    /// What to put where: quoted and escaped, never over what stands behind the word at the caret.
    pub edit: Edit,
    /// Where the caret goes, in bytes of the changed text.
    pub caret: u32,
    /// True when something has to follow before the condition is complete.
    pub more: bool,
    #[serde(skip)]
    rank: Rank,
}

/// What a host is asked for values that no schema knows, such as names of users.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The field.
    pub field: &'a Field,
    /// The operator, when it is one of the table.
    pub operator: Option<Op>,
    /// What was typed of the value, without quotation mark and escapes.
    pub typed: &'a str,
}

/// A value that a host knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostValue {
    /// The value itself, unquoted.
    pub text: String,
    /// What it is, for people.
    pub detail: String,
}

/// Answers for values that no schema knows.
pub type Host<'h> = &'h dyn Fn(&Ask<'_>) -> Vec<HostValue>;

/// What can stand at a caret, the likeliest first. A caret within a character counts as before it.
///
/// ```
/// use tamis::{Options, Schema, editor::{apply, complete::complete}};
/// let schema = Schema::builtin("activities")?;
/// let items = complete("ip.category = ris", 17, schema, &Options::at(0), None);
/// assert_eq!((items[0].label.as_str(), items[0].detail.as_str()), ("Risky", "3"));
/// assert_eq!(apply("ip.category = ris", &[items[0].edit.clone()]), "ip.category = Risky");
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[must_use]
pub fn complete(
    text: &str,
    caret: usize,
    schema: &Schema,
    options: &Options,
    host: Option<Host<'_>>,
) -> Vec<Item> {
    complete_read(text, caret, schema, options, host, None)
}

/// The same of a text that is read already.
pub(crate) fn complete_read<'t>(
    text: &'t str,
    caret: usize,
    schema: &Schema,
    options: &Options,
    host: Option<Host<'_>>,
    read: Option<Tree<'t>>,
) -> Vec<Item> {
    let caret = text.floor_char_boundary(caret);
    let lead = read.map_or_else(Lead::default, |(parsed, _)| Lead::of(parsed, caret));
    let marked = Marked::new(text.get(..caret).unwrap_or_default(), lead);
    let Some(open) = marked.open(&options.limits) else { return Vec::new() };
    let ahead = Ahead::new(text, caret, &options.limits, read);
    let mut offer = Offer { schema, options, host, open: &open, ahead, items: Vec::new() };
    offer.place();
    let mut items = offer.items;
    items.sort_by_key(|item| item.rank);
    let new = table::firsts(items.iter().map(|item| (&item.edit.text, item.edit.span)));
    let mut new = new.into_iter();
    items.retain(|_| new.next() == Some(true));
    items
}

/// The items of one place in the making.
struct Offer<'a> {
    schema: &'a Schema,
    options: &'a Options,
    host: Option<Host<'a>>,
    open: &'a Open<'a>,
    ahead: Ahead<'a>,
    items: Vec<Item>,
}

impl Offer<'_> {
    fn place(&mut self) {
        let open = self.open;
        match &open.place {
            Place::Condition => self.conditions(),
            Place::After => self.connectives(),
            Place::Clause(field, awaits) => {
                let known = self.schema.find(&field.value).field();
                // A named filter, behind which a connective belongs.
                if known.is_none() && field.value.starts_with('@') {
                    self.connectives();
                    return;
                }
                let parts = self.ahead.parts(field.span.start as usize);
                for awaits in awaits {
                    match (awaits, known) {
                        (Awaits::Connective(_), _) if parts => {}
                        (Awaits::Connective(None), _) => self.connectives(),
                        (Awaits::Connective(Some(own)), Some(row)) if row.knows(own) => {
                            self.connectives();
                        }
                        (Awaits::ListEnd(closer), _) => self.list_end(closer),
                        (Awaits::Operator(from), Some(row)) => {
                            self.operators(row, field.span, *from);
                        }
                        (Awaits::Words(op, words, before), Some(row)) => {
                            if !self.awaits_unit(row, *before) {
                                self.words(row, *op, words);
                            }
                        }
                        (Awaits::Value(slot), Some(row)) => self.values(row, field.span, slot),
                        (Awaits::Member(names), Some(row)) => {
                            self.members(row, field.span, names);
                        }
                        (Awaits::KeyEnd(names), Some(row)) => self.key_end(row, names),
                        (Awaits::MemberValue(name, slot), Some(row)) => {
                            self.member_value(row, name, slot);
                        }
                        (Awaits::Connective(Some(_)), _) | (_, None) => {}
                    }
                }
            }
            Place::Name => self.new_names(),
            Place::Sort => self.sort_fields(),
            Place::Direction => self.directions(),
            Place::Count => self.counts(),
            Place::Nowhere => {}
        }
    }

    /// An item that puts a text at a place, the caret behind it.
    fn item(&self, kind: ItemKind, label: impl Into<String>, rank: Rank, put: Put) -> Item {
        let (before, ahead) = self.ahead.around(put.span);
        let mut text = put.text;
        // A word does not stick to a quotation mark or bracket before it.
        if before.ends_with(['"', '\'', ')', ']', '}'])
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            text.insert(0, ' ');
        }
        // A space that is there already is not put there twice.
        let over = usize::from(text.ends_with(' ') && ahead.starts_with(' '));
        text.truncate(text.len() - over);
        let place = put.span.start as usize + text.len() + over;
        Item {
            label: label.into(),
            kind,
            detail: String::new(),
            documentation: String::new(),
            edit: Edit::new(put.span, text),
            caret: u32::try_from(place).unwrap_or(u32::MAX),
            more: put.more,
            rank,
        }
    }
}

/// A text and the place it goes to.
struct Put {
    span: Span,
    text: String,
    more: bool,
}
