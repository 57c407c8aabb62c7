//! Names that a query uses: fields, operators, named filters, parameters.

use super::{Diagnostic, Span, change, nearest, suggest, wording};
use crate::quote::{quote, quote_name, quoted};

/// A name that occurs in a message, and where.
#[derive(Clone, Copy)]
pub(crate) struct At<'t> {
    /// Where it stands.
    pub(crate) place: Span,
    /// The text there.
    pub(crate) text: &'t str,
}

/// Fields that may be meant by a name that none has.
pub(crate) struct Likely<'n> {
    /// What may have been meant, the likeliest first.
    pub(crate) near: Vec<&'n str>,
    /// All fields of the schema.
    pub(crate) all: Vec<&'n str>,
}

/// Adds a fix for each likely field; without one, says where the fields are listed.
pub(crate) fn suggest_fields(
    found: Diagnostic,
    name: At<'_>,
    schema: &str,
    likely: &Likely<'_>,
) -> Diagnostic {
    const FEW: usize = 12;
    if likely.near.is_empty() {
        let count = likely.all.len();
        return found.help(if count <= FEW {
            wording::fields_are(&likely.all)
        } else {
            wording::fields_listed(&format!("tamis schema show {schema}"), count)
        });
    }
    let found = found.help(wording::did_you_mean(&likely.near));
    likely.near.iter().fold(found, |found, near| change(found, name.place, quote_name(near)))
}

/// `text` is what may have been meant as a text to search for.
pub(crate) fn unknown_field(
    name: At<'_>,
    schema: &str,
    likely: &Likely<'_>,
    text: Option<At<'_>>,
) -> Diagnostic {
    let found = Diagnostic::say(name.place, wording::unknown_field(schema, name.text));
    let found = suggest_fields(found, name, schema, likely);
    match text {
        Some(text) => found.fix(wording::search_for(text.text), text.place, quoted(text.text)),
        None => found,
    }
}

/// A name that several fields have, but for case or as their last parts.
pub(crate) fn several_fields<'n>(
    name: At<'_>,
    fields: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let fields: Vec<&str> = fields.collect();
    let found = Diagnostic::say(name.place, wording::several_fields(name.text, &fields));
    fields.iter().fold(found, |found, field| change(found, name.place, quote_name(field)))
}

/// A named filter with an operator behind it, as if it were a field.
pub(crate) fn filter_compared(operator: At<'_>, name: At<'_>, is_field: bool) -> Diagnostic {
    let filter = format!("@{}", name.text);
    let found = Diagnostic::say(operator.place, wording::filter_compared(&filter));
    if is_field {
        let text = quoted(&filter);
        found.fix(wording::write_for_field(&text), name.place, text)
    } else {
        found.help(wording::filter_stands_alone())
    }
}

pub(crate) fn retired_name(name: At<'_>, today: &str) -> Diagnostic {
    let found = Diagnostic::say(name.place, wording::retired_name(name.text, today));
    found.safe_fix(wording::change_to(today), name.place, today)
}

pub(crate) fn unknown_operator<'n>(
    operator: At<'_>,
    spellings: impl Iterator<Item = &'n str> + Clone,
    field: &str,
    allowed: &str,
) -> Diagnostic {
    if operator.text.eq_ignore_ascii_case("between") {
        return Diagnostic::say(operator.place, wording::half_range(operator.text));
    }
    // Among short words and symbols likeness says nothing: `ge` is not nearly `eq`.
    const SHORTEST: usize = 4;
    let worded = operator.text.bytes().filter(u8::is_ascii_alphabetic).count() >= SHORTEST;
    let near = if worded { nearest(operator.text, spellings) } else { Vec::new() };
    let phrase = wording::unknown_operator(operator.text, field, allowed);
    let found = Diagnostic::say(operator.place, phrase);
    near.iter().fold(found, |found, name| change(found, operator.place, *name))
}

/// What would work instead of an operator: its canonical spelling, for a fix.
pub(crate) fn operator_not_allowed(
    operator: At<'_>,
    field: &str,
    allowed: &str,
    instead: Option<&str>,
) -> Diagnostic {
    let phrase = wording::operator_not_allowed(field, operator.text, allowed);
    let found = Diagnostic::say(operator.place, phrase);
    match instead {
        Some(spelling) => found.fix(wording::use_instead(spelling), operator.place, spelling),
        None => found,
    }
}

pub(crate) fn unknown_filter<'n>(
    name: At<'_>,
    filters: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::say(name.place, wording::unknown_filter(name.text));
    if filters.clone().next().is_none() {
        return found.help(wording::no_filter_is_named());
    }
    let bare = name.text.trim_start_matches('@');
    let spell = |name: &str| format!("@{name}");
    suggest(found, bare, name.place, filters, wording::named_filters_are, spell)
}

pub(crate) fn cycle(place: Span, path: &[&str]) -> Diagnostic {
    const ENDS: usize = 6;
    let mut steps: Vec<String> = path.iter().map(|name| format!("@{name}")).collect();
    if steps.len() > 2 * ENDS {
        let middle = ENDS..steps.len() - ENDS;
        steps.splice(middle, ["…".to_owned()]);
    }
    let path = steps.join(" → ");
    Diagnostic::say(place, wording::cycle(&path))
}

pub(crate) fn duplicate_definition(name: At<'_>, first: Span) -> Diagnostic {
    Diagnostic::say(name.place, wording::duplicate_definition(name.text))
        .label(first, wording::first_here())
}

pub(crate) fn unbound_parameter<'n>(
    name: At<'_>,
    given: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::say(name.place, wording::unbound_parameter(name.text));
    if given.clone().next().is_none() {
        let bare = name.text.trim_start_matches('$');
        return found.help(wording::give_a_value(&format!("--param {bare}=value")));
    }
    let spell = |name: &str| format!("${name}");
    suggest(found, name.text, name.place, given, wording::values_given_for, spell)
}

pub(crate) fn unused_parameter<'n>(
    name: &str,
    used: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let dollar = |name: &str| format!("${name}");
    let found = Diagnostic::say(Span::at(0), wording::unused_parameter(&dollar(name)));
    let used: Vec<&str> = used.collect();
    found.help(if used.is_empty() {
        wording::no_parameters()
    } else {
        wording::parameters_are(&used)
    })
}

pub(crate) fn no_free_text(place: Span, schema: &str) -> Diagnostic {
    Diagnostic::say(place, wording::no_free_text(schema))
}

pub(crate) fn bad_sort_field<'n>(
    name: At<'_>,
    fields: impl Iterator<Item = &'n str> + Clone,
) -> Diagnostic {
    let found = Diagnostic::say(name.place, wording::bad_sort_field(name.text));
    suggest(found, name.text, name.place, fields, wording::ordered_by, |name| {
        quote(name).into_owned()
    })
}
