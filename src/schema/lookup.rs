//! Which field a name in a query means (`docs/language.md`, 2.4, "Names").

use super::{Field, Schema};
use crate::fold;

/// What a name means in a schema.
#[derive(Clone, Debug)]
pub enum Lookup<'q> {
    /// A field by its name or an alias.
    Field(&'q Field),
    /// A field by the last part or parts of its name.
    Part(&'q Field),
    /// Several fields fit equally.
    Several(Vec<&'q Field>),
    /// None fits.
    Unknown,
}

impl<'q> Lookup<'q> {
    /// The one field.
    #[must_use]
    pub fn field(&self) -> Option<&'q Field> {
        match self {
            Lookup::Field(field) | Lookup::Part(field) => Some(field),
            Lookup::Several(_) | Lookup::Unknown => None,
        }
    }
}

impl Schema {
    /// The field that a name in a query means: by name or alias, letter by letter and then without
    /// regard to case, else by the last part or parts of its name.
    ///
    /// ```
    /// let schema = tamis::Schema::builtin("activities")?;
    /// let name = |text| schema.find(text).field().map(|field| field.name.as_str());
    /// assert_eq!(name("IP.Category"), Some("ip.category"));
    /// assert_eq!(name("country"), Some("location.country"));
    /// assert_eq!(name("tags"), None);
    /// # Ok::<(), tamis::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn find(&self, name: &str) -> Lookup<'_> {
        match self.whole(name) {
            Lookup::Unknown => self.by_part(name, &fold::caseless(name)),
            found @ (Lookup::Field(_) | Lookup::Part(_) | Lookup::Several(_)) => found,
        }
    }

    /// The field of that name or alias, without regard to case where no name is spelled just so.
    pub(super) fn whole(&self, name: &str) -> Lookup<'_> {
        let named = self.names.get(name).and_then(|places| places.last());
        if let Some(field) = named.and_then(|place| self.fields.get(*place)) {
            return Lookup::Field(field);
        }
        let lower = fold::caseless(name);
        let places = self.lower.get(lower.as_str()).map_or(&[][..], Vec::as_slice);
        let mut fields: Vec<&Field> =
            places.iter().filter_map(|place| self.fields.get(*place)).collect();
        match (fields.pop(), fields.is_empty()) {
            (Some(one), true) => Lookup::Field(one),
            (Some(last), false) => {
                fields.push(last);
                Lookup::Several(fields)
            }
            (None, _) => Lookup::Unknown,
        }
    }

    fn by_part(&self, name: &str, lower: &str) -> Lookup<'_> {
        if name.is_empty() {
            return Lookup::Unknown;
        }
        let exact: Vec<&Field> =
            self.fields.iter().filter(|field| ends_in(&field.name, name)).collect();
        let fields = if exact.is_empty() {
            let fits = |field: &&Field| ends_in(&fold::caseless(&field.name), lower);
            self.fields.iter().filter(fits).collect()
        } else {
            exact
        };
        match fields.as_slice() {
            [] => Lookup::Unknown,
            [one] => Lookup::Part(one),
            _ => Lookup::Several(fields),
        }
    }
}

/// The parts of a dotted name; dots inside quotes divide nothing.
pub(crate) fn parts(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (place, c) in name.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '.' if !quoted => {
                parts.push(name.get(start..place).unwrap_or_default());
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(name.get(start..).unwrap_or_default());
    parts
}

/// A part without the quotes around it.
pub(crate) fn bare_part(part: &str) -> &str {
    part.strip_prefix('"').and_then(|part| part.strip_suffix('"')).unwrap_or(part)
}

/// True when the last part or parts of a field's name are the text, and are not all of the name.
fn ends_in(field: &str, text: &str) -> bool {
    let all = parts(field);
    let wanted = parts(text);
    let Some(tail) = all.len().checked_sub(wanted.len()).filter(|before| *before > 0) else {
        return last_is(&all, text);
    };
    let tail = all.get(tail..).unwrap_or_default();
    tail.iter().zip(&wanted).all(|(one, other)| bare_part(one) == bare_part(other))
        || last_is(&all, text)
}

/// True when the last of several parts is the whole text, its dots included.
fn last_is(all: &[&str], text: &str) -> bool {
    all.len() > 1 && all.last().is_some_and(|last| bare_part(last) == text)
}
