//! Answers as JSON text. One writer over `dyn`: a derived one has a copy of its code for each shape.

use serde::Serialize;
use serde_json::Value as Json;
use tamis::compare::Relation;
use tamis::diag::Severity;
use tamis::diag::template::{Arg, Args};
use tamis::editor::complete::ItemKind;
use tamis::editor::structure::Connective;
use tamis::syntax::Kind;

/// What an answer can hold.
pub(crate) trait Say {
    /// Writes itself as JSON.
    fn say(&self, out: &mut Vec<u8>);
}

/// `{"a": …, "b": …}`: the names with spaces between, as Rust spells them (`r#type`), and as many values.
pub(crate) fn members(out: &mut Vec<u8>, names: &str, values: &[&dyn Say]) {
    out.push(b'{');
    for (place, (name, value)) in names.split(' ').zip(values).enumerate() {
        comma(out, place);
        name.trim_start_matches("r#").say(out);
        out.push(b':');
        value.say(out);
    }
    out.push(b'}');
}

/// `[…, …]`.
pub(crate) fn list(out: &mut Vec<u8>, items: &[&dyn Say]) {
    out.push(b'[');
    for (place, item) in items.iter().enumerate() {
        comma(out, place);
        item.say(out);
    }
    out.push(b']');
}

fn comma(out: &mut Vec<u8>, place: usize) {
    if place > 0 {
        out.push(b',');
    }
}

/// By serde, which writes what is in memory without an error.
fn by_serde(out: &mut Vec<u8>, value: &impl Serialize) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok());
}

impl<T: Say> Say for Vec<T> {
    fn say(&self, out: &mut Vec<u8>) {
        out.push(b'[');
        for (place, item) in self.iter().enumerate() {
            comma(out, place);
            item.say(out);
        }
        out.push(b']');
    }
}

impl<T: Say> Say for Option<T> {
    fn say(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.say(out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl Say for &str {
    fn say(&self, out: &mut Vec<u8>) {
        by_serde(out, self);
    }
}

impl Say for String {
    fn say(&self, out: &mut Vec<u8>) {
        self.as_str().say(out);
    }
}

impl Say for u32 {
    fn say(&self, out: &mut Vec<u8>) {
        i64::from(*self).say(out);
    }
}

impl Say for bool {
    fn say(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Say for Args {
    fn say(&self, out: &mut Vec<u8>) {
        let names: Vec<&str> = self.iter().map(|(name, _)| name).collect();
        let values: Vec<&dyn Say> = self.iter().map(|(_, arg)| arg as _).collect();
        members(out, &names.join(" "), &values);
    }
}

impl Say for Arg {
    fn say(&self, out: &mut Vec<u8>) {
        match self {
            Arg::Text(text) | Arg::Name(text) | Arg::Words(text) => text.say(out),
            Arg::Number(number) => number.say(out),
            Arg::Names(names) => names.say(out),
        }
    }
}

macro_rules! by_serde {
    ($($kind:ty)*) => {
        $(impl Say for $kind {
            fn say(&self, out: &mut Vec<u8>) {
                by_serde(out, self);
            }
        })*
    };
}

by_serde! { i64 Json Severity ItemKind Connective Kind Relation }

#[test]
fn whatever_is_said_is_json() {
    let said = |value: &dyn Say| {
        let mut out = Vec::new();
        value.say(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    };
    assert_eq!(said(&Args::default()), "{}");
    assert_eq!(said(&Vec::<u32>::new()), "[]");
    assert_eq!(said(&vec![Some("a\"b"), None]), r#"["a\"b",null]"#);
    let mut out = Vec::new();
    members(&mut out, "r#type kind", &[&true, &Connective::And]);
    assert_eq!(String::from_utf8_lossy(&out), r#"{"type":true,"kind":"and"}"#);
}
