//! Values before they are typed: literals of the query, or what a parameter is bound to.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::Checker;
use crate::span::{Span, Spanned};
use crate::syntax::ast::{Literal, Operand};

/// A value before it is typed.
#[derive(Clone, Debug)]
pub(super) enum Raw<'r> {
    /// A bare word, or a boolean of a parameter.
    Word(Cow<'r, str>),
    /// A number of a parameter that was given as JSON.
    Number(Cow<'r, str>),
    /// A time of several words, or a length of time with its unit.
    Phrase(Cow<'r, str>),
    /// A text: quoted, or a parameter's, which is never read as anything else.
    Text(Cow<'r, str>),
    /// `null`.
    Null,
    /// `start..end`.
    Range(Box<(Spanned<Raw<'r>>, Spanned<Raw<'r>>)>),
    /// A key object.
    Record(Vec<(Spanned<Cow<'r, str>>, Spanned<Raw<'r>>)>),
}

impl<'r> Raw<'r> {
    /// The text of a word, number or string.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Raw::Word(text) | Raw::Text(text) | Raw::Number(text) => Some(text),
            Raw::Null | Raw::Phrase(_) | Raw::Range(_) | Raw::Record(_) => None,
        }
    }

    /// The text of a word, several words or a string.
    pub(super) fn words(&self) -> Option<&str> {
        match self {
            Raw::Word(text) | Raw::Text(text) | Raw::Phrase(text) => Some(text),
            Raw::Number(_) | Raw::Null | Raw::Range(_) | Raw::Record(_) => None,
        }
    }
}

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    /// Hands on each value of an operand; a parameter bound to an array stands for all its values.
    /// `None` when a parameter is not bound.
    pub(super) fn each(
        &mut self,
        operand: &'p Operand<'s>,
        take: &mut dyn FnMut(&mut Self, Spanned<Raw<'p>>),
    ) -> Option<()> {
        let mut whole = Some(());
        for literal in operand.literals() {
            if let Literal::Parameter(name) = literal.value {
                match self.parameter(name, literal.span) {
                    Some(Json::Array(list)) => {
                        for value in list {
                            take(self, Spanned::new(of_json(value, literal.span), literal.span));
                        }
                    }
                    Some(value) => {
                        take(self, Spanned::new(of_json(value, literal.span), literal.span))
                    }
                    None => whole = None,
                }
            } else {
                match self.raw(literal) {
                    Some(raw) => take(self, raw),
                    None => whole = None,
                }
            }
        }
        whole
    }

    fn raw(&mut self, literal: &'p Spanned<Literal<'s>>) -> Option<Spanned<Raw<'p>>> {
        let raw = match &literal.value {
            Literal::Word(word) if word.eq_ignore_ascii_case("null") => Raw::Null,
            Literal::Word(word) => Raw::Word(Cow::Borrowed(word)),
            Literal::Text(text) => Raw::Text(Cow::Borrowed(text)),
            Literal::Parameter(name) => of_json(self.parameter(name, literal.span)?, literal.span),
            Literal::Phrase(parts) => Raw::Phrase(self.phrase(parts)?),
            Literal::Range(ends) => {
                let start = self.raw(&ends.0);
                let end = self.raw(&ends.1);
                Raw::Range(Box::new((start?, end?)))
            }
            Literal::Record(members) if is_pair(members) => {
                let mut ends = Vec::with_capacity(2);
                for name in ["start", "end"] {
                    let member = members.iter().find(|(member, _)| member.value == name);
                    ends.extend(member.and_then(|(_, value)| self.raw(value)));
                }
                let mut ends = ends.into_iter();
                Raw::Range(Box::new((ends.next()?, ends.next()?)))
            }
            Literal::Record(members) => {
                let mut out = Vec::with_capacity(members.len());
                for (name, value) in members {
                    let name = Spanned::new(Cow::Borrowed(name.value.as_ref()), name.span);
                    out.push((name, self.raw(value)?));
                }
                Raw::Record(out)
            }
        };
        Some(Spanned::new(raw, literal.span))
    }
}

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    /// The parts with a blank between them, parameters by their values.
    fn phrase(&mut self, parts: &'p [Spanned<Literal<'s>>]) -> Option<Cow<'p, str>> {
        let mut texts = Vec::with_capacity(parts.len());
        for part in parts {
            let raw = self.raw(part)?;
            // What is no single value makes no length or time, and the reader reports that.
            texts.push(raw.value.text().map_or_else(|| "…".to_owned(), str::to_owned));
        }
        Some(Cow::Owned(texts.join(" ")))
    }
}

/// `{ start: …, end: … }`, a range as the API spells it.
fn is_pair(members: &[(Spanned<Cow<'_, str>>, Spanned<Literal<'_>>)]) -> bool {
    let has = |name: &str| members.iter().any(|(member, _)| member.value == name);
    members.len() == 2 && has("start") && has("end")
}

fn of_json(value: &Json, place: Span) -> Raw<'_> {
    let spanned = |value| Spanned::new(of_json(value, place), place);
    match value {
        Json::Null => Raw::Null,
        Json::Bool(value) => Raw::Word(Cow::Borrowed(if *value { "true" } else { "false" })),
        Json::Number(number) => Raw::Number(Cow::Owned(number.to_string())),
        Json::String(text) => Raw::Text(Cow::Borrowed(text)),
        // A list within a list is no value of any type: typing it fails with its text.
        Json::Array(_) => Raw::Record(Vec::new()),
        Json::Object(members) => match (members.get("start"), members.get("end")) {
            (Some(start), Some(end)) => Raw::Range(Box::new((spanned(start), spanned(end)))),
            _ => {
                let member = |(name, value)| {
                    let name: &String = name;
                    (Spanned::new(Cow::Borrowed(name.as_str()), place), spanned(value))
                };
                Raw::Record(members.iter().map(member).collect())
            }
        },
    }
}
