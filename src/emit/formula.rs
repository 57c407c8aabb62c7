//! A checked formula, told to a target test by test.
//!
//! For languages that can say every test and its complement exactly, so that a formula is nothing
//! but tests joined by `and` and `or`. SQL is not one of them: its third truth value has to be made
//! up for above the tests.

use super::Form;
use crate::diag::{Diagnostic, messages};
use crate::fold::Find;
use crate::query::test::{Asked, Test};
use crate::query::{Atom, Node, Query};
use crate::schema::Field;
use crate::span::Span;
use crate::value::{Type, Value};

/// A language that formulas are said in.
pub(super) trait Language {
    /// A condition in it.
    type Said;
    /// Whose language it is, in diagnostics.
    fn product(&self) -> &'static str;
    /// True when it holds every value of the type exactly.
    fn holds(&self, kind: Type) -> bool;
    /// A condition that always or never holds.
    fn constant(&self, holds: bool) -> Self::Said;
    /// Two conditions or more, all of which hold, or one of which does.
    fn join(&self, tie: Tie, parts: Vec<Self::Said>) -> Self::Said;
    /// Some value of the field passes the test; with `negated`, none does.
    fn test(&self, field: &Field, test: &Test<'_>, negated: bool) -> Result<Self::Said, Refusal>;
}

/// What holds conditions together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    Or,
    And,
}

/// What a target cannot say, and what would work.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub(super) what: String,
    pub(super) instead: String,
}

impl Refusal {
    pub(super) fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Refusal { what: what.into(), instead: instead.into() }
    }

    pub(super) fn at(&self, place: Span, product: &str) -> Diagnostic {
        messages::not_expressible(place, product, &self.what, &self.instead)
    }
}

/// The condition of a query in a language, or one diagnostic for each test it cannot say.
pub(super) fn say<L: Language>(language: &L, root: &Node<'_>) -> Result<L::Said, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    match node(language, root, &mut errors) {
        Some(said) if errors.is_empty() => Ok(said),
        _ => Err(errors),
    }
}

/// What a condition alone leaves unsaid of a query.
pub(super) fn warnings(query: &Query<'_>, form: &Form) -> Vec<Diagnostic> {
    let tail = query.tail();
    let carried = form.whole || tail.is_empty();
    if carried { Vec::new() } else { vec![messages::tail_not_carried(tail.span)] }
}

fn node<L: Language>(
    language: &L,
    root: &Node<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Option<L::Said> {
    let (tie, parts) = match root {
        Node::All => return Some(language.constant(true)),
        Node::Nothing => return Some(language.constant(false)),
        Node::Atom(only) => {
            let said = atom(language, only);
            return said
                .map_err(|refusal| errors.push(refusal.at(only.span, language.product())))
                .ok();
        }
        Node::And(parts) => (Tie::And, parts),
        Node::Or(parts) => (Tie::Or, parts),
    };
    let said: Vec<_> = parts.iter().filter_map(|part| node(language, part, errors)).collect();
    Some(join(language, tie, said))
}

fn join<L: Language>(language: &L, tie: Tie, mut parts: Vec<L::Said>) -> L::Said {
    match parts.len() {
        0 | 1 => parts.pop().unwrap_or_else(|| language.constant(tie == Tie::And)),
        _ => language.join(tie, parts),
    }
}

fn atom<L: Language>(language: &L, atom: &Atom<'_>) -> Result<L::Said, Refusal> {
    let Atom { field, negated, .. } = atom;
    if atom.searches_no_text() {
        return Err(search_for_text(field));
    }
    if !language.holds(field.kind) {
        return Err(no_type(field));
    }
    match atom.asked() {
        Asked::Never => Ok(language.constant(*negated)),
        Asked::Some(test) => language.test(field, &test, *negated),
        Asked::UnsetOr(test) => {
            let unset = language.test(field, &Test::Set, !negated)?;
            let Some(test) = test else { return Ok(unset) };
            let equal = language.test(field, &test, *negated)?;
            Ok(language.join(if *negated { Tie::And } else { Tie::Or }, vec![unset, equal]))
        }
        Asked::Words(words) => {
            let word = |word: &str| {
                language.test(field, &Test::Text(Find::Inside, &[word.to_owned()]), *negated)
            };
            let parts: Result<Vec<_>, Refusal> = words.into_iter().map(word).collect();
            Ok(join(language, if *negated { Tie::Or } else { Tie::And }, parts?))
        }
        Asked::Below => Err(no_tree(&field.name)),
        Asked::Own(operator) => Err(only_the_api(&field.name, operator)),
    }
}

fn is_text(field: &Field) -> bool {
    field.kind == Type::String || field.kind.is_key()
}

/// True of the types that every language here holds.
pub(super) fn is_common(kind: Type) -> bool {
    match kind {
        Type::String
        | Type::Integer
        | Type::Boolean
        | Type::Timestamp
        | Type::EntityKey
        | Type::File
        | Type::Folder => true,
        Type::Double | Type::Decimal | Type::Date => false,
    }
}

fn no_type(field: &Field) -> Refusal {
    let (name, kind) = (&field.name, field.kind);
    let what = format!("`{name}`, whose values are of type {kind}");
    Refusal::new(what, "a database such as `--to postgres` holds them exactly")
}

fn search_for_text(field: &Field) -> Refusal {
    let (name, kind) = (&field.name, field.kind);
    let what = format!("a search for text in `{name}`, whose values are of type {kind}");
    Refusal::new(what, "compare with whole values, or with a range of them")
}

fn no_tree(field: &str) -> Refusal {
    let what = format!("what is below a value of `{field}`: its records hold no tree");
    Refusal::new(what, format!("name what is meant itself: `{field} in (…)`"))
}

fn only_the_api(field: &str, operator: &str) -> Refusal {
    let what = format!("`{operator}`, which only the API can answer");
    let instead = format!("`--to api` passes it on; here `{field}` has its other operators");
    Refusal::new(what, instead)
}

/// What a key of the query says besides the id.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&'static str, i64)> {
    let (saas, inst) = match value {
        Value::Key(key) => (key.saas, key.inst),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Double(_)
        | Value::Decimal(_)
        | Value::Day(_)
        | Value::Text(_) => (None, None),
    };
    saas.map(|at| ("saas", at)).into_iter().chain(inst.map(|at| ("inst", at)))
}

/// Whether texts of the field are compared without regard to case.
pub(super) fn folds(field: &Field) -> bool {
    field.ignores_case && is_text(field)
}
