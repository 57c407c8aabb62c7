//! The filters in the portal's addresses: `ip.category=eq(i:3,)&activity.id=eq(…,)`.
//!
//! No publication describes the form. What is known (`docs/api.md`, 4) is `eq` with a list, `i:`
//! before whole numbers, ids bare, a comma behind every value. All else is an error that says so.

use super::{Choice, Emitted, Form, Output, Proof, Target, api};
use crate::diag::{Diagnostic, messages};
use crate::ops::Op;
use crate::query::spell::{self, Entry, Operand};
use crate::query::{Atom, Node, Query};
use crate::value::{Type, Value};

/// The filters of a portal address.
#[derive(Debug)]
pub struct Portal;

impl Target for Portal {
    fn name(&self) -> &'static str {
        "portal"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["url"]
    }

    fn title(&self) -> &'static str {
        "filters in the portal's addresses, as far as their form is known"
    }

    fn proof(&self) -> Proof {
        Proof::Compared
    }

    fn choices(&self) -> &'static [Choice] {
        &[]
    }

    fn emit(&self, query: &Query<'_>, _form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        if *query.normal() == Node::Nothing {
            let instead = "the query selects nothing, so there is nothing to show";
            let what = "that nothing is wanted";
            return Err(vec![messages::not_expressible(
                query.root().span(),
                "the portal",
                what,
                instead,
            )]);
        }
        // An address joins its filters as one request does.
        api::filters(query)?;
        let mut parts = Vec::new();
        let mut errors = Vec::new();
        for atom in query.normal().atoms() {
            for entry in spell::spell(atom).into_iter().flat_map(spell::Spelled::entries) {
                match condition(atom, &entry) {
                    Ok(part) => parts.push(part),
                    Err(what) => errors.push(messages::portal_form(atom.span, &what)),
                }
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let tail = query.tail();
        let warnings =
            if tail.is_empty() { Vec::new() } else { vec![messages::portal_tail(tail.span)] };
        Ok(Emitted { output: Output::Text { text: parts.join("&") }, warnings })
    }

    fn ddl(&self, _schema: &crate::Schema, _form: &Form) -> Option<String> {
        None
    }
}

/// One field with its list, or what of it is not known.
fn condition(atom: &Atom<'_>, entry: &Entry) -> Result<String, String> {
    let name = &atom.field.name;
    if entry.operator != Op::Eq.row().name {
        return Err(format!("the portal writes `{}`", entry.operator));
    }
    if !name.bytes().all(is_plain) {
        return Err(format!("the portal writes the name `{name}`"));
    }
    let typed = || format!("the portal writes a value of the type {}", atom.field.kind);
    if atom.field.kind == Type::Timestamp {
        return Err(typed());
    }
    let Operand::Values(values) = &entry.operand else { return Err(typed()) };
    let values: Result<String, String> = values.iter().map(value).collect();
    Ok(format!("{name}=eq({})", values?))
}

fn value(value: &Value) -> Result<String, String> {
    match value {
        Value::Int(number) => Ok(format!("i:{number},")),
        Value::Text(text) if is_id(text) => Ok(format!("{text},")),
        Value::Text(text) => Err(format!("the portal writes the text `{text}`")),
        Value::Null => Err("the portal writes `null`".into()),
        Value::Bool(_) | Value::Double(_) | Value::Decimal(_) | Value::Day(_) => {
            Err(format!("the portal writes `{value}`"))
        }
        Value::Key(_) => Err("the portal writes a key".into()),
    }
}

/// Letters, digits and the marks that stand in an address as they are. Digits alone could also be
/// a number, unless they are as many as those of an id.
fn is_id(text: &str) -> bool {
    const ID: usize = 24;
    let number = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() != ID;
    !text.is_empty() && text.bytes().all(is_plain) && !number
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}
