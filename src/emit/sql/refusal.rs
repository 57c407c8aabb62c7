//! What no SQL target can say of a query.

use super::Dialect;
use super::place::NoPlace;
use crate::diag::{Diagnostic, messages};
use crate::query::{Atom, Kind, Predicate};
use crate::schema::Field;
use crate::span::Span;
use crate::value::Value;

/// What keeps an atom from being said, where its text alone tells.
pub(super) fn of(dialect: &dyn Dialect, atom: &Atom<'_>) -> Option<Diagnostic> {
    let field = &atom.field.name;
    let refuse = |what: &str, instead: &str| {
        Some(messages::not_expressible(atom.span, dialect.facts().product, what, instead))
    };
    if atom.searches_no_text() {
        let what =
            format!("a search for text in `{field}`, whose values are of type {}", atom.field.kind);
        return refuse(&what, "compare with whole values, or with a range of them");
    }
    if atom.predicate.kind() == Kind::Order && atom.field.line().is_none() {
        let what = format!("an order of `{field}`, whose values are of type {}", atom.field.kind);
        return refuse(&what, "compare with whole values");
    }
    if some_text(&atom.predicate, |text| text.contains('\0')) {
        return refuse("a text with a NUL character", "no record can hold it");
    }
    let longest = dialect.facts().longest_text;
    let too_long = |text: &str| text.len() > longest && text.encode_utf16().count() > longest;
    if some_text(&atom.predicate, too_long) {
        return refuse(
            &format!("a text of more than {longest} characters"),
            "ask for a shorter one",
        );
    }
    None
}

/// Some text that is asked for is such.
fn some_text(predicate: &Predicate, such: impl Fn(&str) -> bool) -> bool {
    match predicate {
        Predicate::Equal(list) | Predicate::Outside(list) => list.iter().any(|value| match value {
            Value::Text(text) => such(text),
            Value::Key(key) => such(&key.id),
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Double(_)
            | Value::Decimal(_)
            | Value::Day(_) => false,
        }),
        Predicate::Text(_, list) => list.iter().any(|text| such(text)),
        Predicate::Words(text) => text.split_whitespace().any(such),
        Predicate::Order(_) | Predicate::Set | Predicate::Below(_) | Predicate::Own(..) => false,
    }
}

/// A test whose meaning a table does not hold.
pub(super) fn unknown(dialect: &dyn Dialect, atom: &Atom<'_>) -> Diagnostic {
    let field = &atom.field.name;
    let (what, instead) = if let Predicate::Own(name, _) = &atom.predicate {
        let what = format!("`{name}`, which only the API can answer");
        (what, format!("`--to api` passes it on; here `{field}` has its other operators"))
    } else {
        (
            format!("what is below a value of `{field}`: a table holds no tree"),
            format!("name what is meant itself: `{field} in (…)`"),
        )
    };
    messages::not_expressible(atom.span, dialect.facts().product, &what, &instead)
}

pub(super) fn no_place(
    dialect: &dyn Dialect,
    place: Span,
    field: &Field,
    why: &NoPlace,
) -> Diagnostic {
    let (field, kind) = (&field.name, field.kind);
    const COLUMN: &str = "in the schema: `columns = { sql = \"…\" }`";
    const PATH: &str = "in the schema, such as `record = \"a.items[].b\"`";
    let (what, instead) = match why {
        NoPlace::Shared(other) => (
            format!("which column holds `{field}`: `{other}` has the same one"),
            format!("give one of them another {COLUMN}"),
        ),
        NoPlace::Unnameable => (
            format!("`{field}`: it has no column or member of that name"),
            format!("give it another {COLUMN}"),
        ),
        NoPlace::NoDocuments => (
            format!("where `{field}` stands in a document"),
            "a table with a column for each field can be asked, or `--to postgres`".to_owned(),
        ),
        NoPlace::NoPath => (
            format!("where `{field}` stands in a document: the schema gives no path"),
            format!("give it a path {PATH}"),
        ),
        NoPlace::NoList => (
            format!("where the values of `{field}` stand in a document: no list is on its path"),
            format!("mark the list with `[]` {PATH}"),
        ),
        NoPlace::NoInstants => (
            format!("instants of `{field}` that documents hold as texts"),
            "leave native time out, and timestamps are numbers of milliseconds".to_owned(),
        ),
        NoPlace::NoStoredTime(refusal) => (refusal.what.clone(), refusal.instead.clone()),
        NoPlace::NoType { several: false } => (
            format!("`{field}`, whose values are of type {kind}"),
            "another database holds them exactly, such as `--to postgres`".to_owned(),
        ),
        NoPlace::NoType { several: true } => (
            format!("`{field}`: no column there holds several values of type {kind}"),
            "another database holds them, such as `--to postgres`".to_owned(),
        ),
        NoPlace::NotInDocuments => (
            format!("`{field}` in a document: it reads no values of type {kind} exactly there"),
            format!("give it a column {COLUMN}, or ask another database, such as `--to postgres`"),
        ),
        NoPlace::Nested => (
            format!("`{field}`, which stands in lists of lists"),
            format!("give it a path with one list {PATH}"),
        ),
    };
    messages::not_expressible(place, dialect.facts().product, &what, &instead)
}

/// An instant that the engine's own type does not hold, or an engine without such a type.
pub(super) fn too_far(dialect: &dyn Dialect, place: Span, field: &str) -> Diagnostic {
    let (what, instead) = match dialect.native_time() {
        Some(native) => (format!("an instant that far away in `{field}`"), native.reach),
        None => (
            format!("an instant of `{field}` in a type of its own: there is none"),
            "leave native time out, and timestamps are numbers of milliseconds",
        ),
    };
    messages::not_expressible(place, dialect.facts().product, &what, instead)
}

/// A table's name that cannot be written.
pub(super) fn table(dialect: &dyn Dialect, place: Span) -> Diagnostic {
    messages::not_expressible(
        place,
        dialect.facts().product,
        "a table without a name, or with a NUL character in it",
        "name another",
    )
}
