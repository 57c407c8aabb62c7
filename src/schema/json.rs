//! The versioned JSON form of a schema: the keys of the TOML form, and `"tamis_schema": 1`.

use serde_json::Value as Json;

use super::node::Node;
use super::rows::File;
use super::{Schema, load};
use crate::diag::{Diagnostic, messages};
use crate::span::Span;

/// The version of the form.
const VERSION: &str = "tamis_schema";

pub(super) fn read(form: &Json) -> Result<Schema, Vec<Diagnostic>> {
    let wrong = |message: &str| vec![messages::schema_syntax(Span::at(0), message)];
    let Json::Object(members) = form else {
        return Err(wrong("a schema is an object"));
    };
    if members.get(VERSION).and_then(Json::as_u64) != Some(1) {
        return Err(wrong("`tamis_schema` has to be 1, the one version that there is"));
    }
    let rows = Node::of_json(members.iter().filter(|(key, _)| *key != VERSION));
    load::build(File::read(rows).map_err(load::misread)?, &[])
}
