//! The field that a clause names, and what may have been meant by a name that no field has.

use super::Checker;
use crate::diag::messages::{self, At, Likely};
use crate::diag::suggest::nearest;
use crate::fold;
use crate::schema::{Field, Lookup, Schema, bare_part, parts};
use crate::syntax::ast::{Clause, Operator};

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    pub(super) fn field(&mut self, clause: &Clause<'s>) -> Option<&'q Field> {
        let name = At { place: clause.field.span, text: &clause.field.value };
        let unquoted = name.place.of(self.text).strip_prefix('@');
        if let Some(filter) = unquoted.filter(|filter| self.defines(filter)) {
            let operator = self.written(clause.operator.span);
            let field = self.schema.find(name.text).field().is_some();
            let name = At { place: name.place, text: filter };
            self.found.push(messages::filter_compared(operator, name, field));
            return None;
        }
        match self.schema.find(name.text) {
            Lookup::Field(field) => {
                if fold::caseless(&field.name) != fold::caseless(name.text) {
                    self.found.push(messages::retired_name(name, &field.name));
                }
                Some(field)
            }
            Lookup::Part(field) => Some(field),
            Lookup::Several(fields) => {
                let names = fields.iter().map(|field| field.name.as_str());
                self.found.push(messages::several_fields(name, names));
                None
            }
            Lookup::Unknown => {
                if !self.is_mistaken(name.place) {
                    self.unknown_field(name, clause);
                }
                None
            }
        }
    }

    fn unknown_field(&mut self, name: At<'_>, clause: &Clause<'s>) {
        let is_text = matches!(clause.operator.value, Operator::Other(_) | Operator::Missing);
        let text = self.written(clause.span());
        let text = (is_text && self.schema.free_text().is_some()).then_some(text);
        let likely = likely(self.schema, name.text);
        self.found.push(messages::unknown_field(name, &self.schema.name, &likely, text));
    }
}

/// The fields that may be meant by a name, for a message.
pub(crate) fn likely<'q>(schema: &'q Schema, typed: &str) -> Likely<'q> {
    let all = schema.fields().iter().map(|field| field.name.as_str()).collect();
    Likely { near: like(schema, typed), all }
}

/// The fields that a name is like, the likeliest first: those with a part of that name; those that
/// are spelled nearly so; those whose label or description has the word, or whose type it names.
fn like<'q>(schema: &'q Schema, typed: &str) -> Vec<&'q str> {
    const MOST: usize = 8;
    let mut all: Vec<&'q str> = Vec::new();
    let mut add = |name: &'q str| {
        if !all.contains(&name) {
            all.push(name);
        }
    };
    let wanted: Vec<String> =
        parts(typed).into_iter().map(word).filter(|w| !w.is_empty()).collect();
    let fields = schema.fields();
    // The whole of what was typed, as the last part and then as any part.
    if let [only] = wanted.as_slice() {
        let part = |field: &Field, last: bool| {
            let own: Vec<String> = parts(&field.name).into_iter().map(word).collect();
            if last { own.last() == Some(only) } else { own.contains(only) }
        };
        fields.iter().filter(|field| part(field, true)).for_each(|field| add(&field.name));
        fields.iter().filter(|field| part(field, false)).for_each(|field| add(&field.name));
    }
    let names = || fields.iter().map(|field| field.name.as_str());
    let near = nearest(typed, names());
    near.iter().copied().for_each(&mut add);
    // A dotted name that is spelled nearly right needs no further guesses.
    if wanted.len() > 1 && !near.is_empty() {
        return all;
    }
    let aliases = fields.iter().flat_map(|field| {
        let alias = |alias| (alias, field.name.as_str());
        field.aliases.iter().map(String::as_str).map(alias)
    });
    let near = nearest(typed, aliases.clone().map(|(alias, _)| alias));
    aliases.filter(|(alias, _)| near.contains(alias)).for_each(|(_, name)| add(name));
    // A name that begins or ends in the parts of a field's.
    if wanted.len() > 1 {
        fields.iter().filter(|field| shares(field, &wanted)).for_each(|field| add(&field.name));
    }
    // A part that is spelled nearly so.
    for field in fields {
        if !nearest(typed, parts(&field.name).into_iter().skip(1)).is_empty() {
            add(&field.name);
        }
    }
    fields.iter().filter(|field| speaks_of(field, &wanted)).for_each(|field| add(&field.name));
    all.truncate(MOST);
    all
}

/// A part of a name in lower case, without marks and quotes.
fn word(part: &str) -> String {
    let letters = bare_part(part).chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '@' | '$'));
    letters.flat_map(char::to_lowercase).collect()
}

/// True when the first or last part of what was typed is the field's first or last.
fn shares(field: &Field, wanted: &[String]) -> bool {
    let own: Vec<String> = parts(&field.name).into_iter().map(word).collect();
    let ends = [wanted.first(), wanted.last()];
    [own.first(), own.last()].iter().any(|end| end.is_some() && ends.contains(end))
}

/// True when the words that were typed stand in the field's description, or name its type.
fn speaks_of(field: &Field, wanted: &[String]) -> bool {
    const TIMES: &[&str] = &["time", "timestamp", "when", "date", "datetime", "day", "at"];
    if wanted.iter().any(|word| field.kind.is_time() && TIMES.contains(&word.as_str())) {
        return true;
    }
    let said: Vec<String> = field
        .description
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| singular(&fold::caseless(word)).to_owned())
        .collect();
    let long = wanted.iter().filter(|word| word.chars().count() > 2);
    let words: Vec<&str> = long.map(|word| singular(word)).collect();
    !words.is_empty() && words.iter().all(|word| said.iter().any(|own| own == word))
}

/// A word without the `s` of a plural.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word)
}
