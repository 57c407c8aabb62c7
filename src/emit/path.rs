//! Where a field stands in documents.
//!
//! By default at its name, dots and all; a row's `columns` may say another path for the target by
//! its name or alias.
//!
//! Law: a path leads to one place. One that the target cannot write, or that leads through the
//! value of another field, is refused, and so are instants that stand there as no target reads them.

use hashbrown::HashMap;

use super::formula::Refusal;
use super::{Form, Target, stored};
use crate::schema::{Field, Schema};

/// The path of every field of a schema.
pub(super) struct Paths {
    paths: Vec<Result<String, Refusal>>,
}

impl Paths {
    /// `is_name` tells what may stand between dots.
    pub(super) fn new(
        schema: &Schema,
        target: &dyn Target,
        form: &Form,
        is_name: impl Fn(&str) -> bool,
    ) -> Self {
        let all: Vec<&str> = schema.fields().iter().map(|field| written(field, target)).collect();
        let ends: HashMap<&str, &Field> = all.iter().copied().zip(schema.fields()).collect();
        let path = |(path, field): (&&str, &Field)| {
            stored::in_millis(field, schema, form)?;
            if !path.split('.').all(&is_name) {
                return Err(refusal(target, field, format!("a member called `{path}`")));
            }
            match through(path, &ends) {
                Some(other) => {
                    let what = format!("`{}` inside of `{}`, a value", field.name, other.name);
                    Err(refusal(target, field, what))
                }
                None => Ok((*path).to_owned()),
            }
        };
        Paths { paths: all.iter().zip(schema.fields()).map(path).collect() }
    }

    pub(super) fn of(&self, field: &Field) -> Result<&str, Refusal> {
        match self.paths.get(field.id.index()) {
            Some(Ok(path)) => Ok(path),
            Some(Err(refusal)) => Err(refusal.clone()),
            None => Err(Refusal::new(format!("`{}`", field.name), "use the schema's own fields")),
        }
    }
}

/// The path that the row says, or the field's name.
fn written<'f>(field: &'f Field, target: &dyn Target) -> &'f str {
    let mut names = std::iter::once(target.name()).chain(target.aliases().iter().copied());
    let chosen = names.find_map(|name| {
        let named = field.columns.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, path)| path.as_str())
    });
    chosen.unwrap_or(&field.name)
}

/// The field, no key, whose value a path leads through.
fn through<'f>(path: &str, ends: &HashMap<&str, &'f Field>) -> Option<&'f Field> {
    let heads = path.match_indices('.').filter_map(|(dot, _)| path.get(..dot));
    heads.filter_map(|head| ends.get(head)).find(|field| !field.kind.is_key()).copied()
}

fn refusal(target: &dyn Target, field: &Field, what: String) -> Refusal {
    let instead = format!(
        "give `{}` another path in the schema: `columns = {{ {} = \"…\" }}`",
        field.name,
        target.name()
    );
    Refusal::new(what, instead)
}
