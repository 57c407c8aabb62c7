//! The checked query: what every target and the matcher are given, never the text.
//!
//! Laws: only the checker makes one, so every atom is well typed for its field. Negation stands
//! at the atoms only. Fields are sets, logic is two-valued (`docs/language.md`, 2.1).

mod merge;
pub(crate) mod normal;
pub(crate) mod print;
pub(crate) mod ranges;
pub(crate) mod spell;
pub(crate) mod test;
pub(crate) mod written;

use std::sync::Arc;

use crate::fold::Find;
use crate::limits::Limits;
use crate::ops::{Polarity, Test};
use crate::schema::{Field, Schema};
use crate::span::Span;
use crate::time::{Length, Millis};
use crate::value::{At, Line, Type, Value};
use written::Written;

/// A query that was checked against a schema.
///
/// ```
/// use tamis::{Options, Schema, query::Node};
/// let schema = Schema::builtin("activities")?;
/// let checked = tamis::check(&tamis::parse("not service = 11770"), schema, &Options::at(0));
/// let query = checked.query.unwrap();
/// assert!(matches!(query.root(), Node::Atom(atom) if atom.negated));
/// # Ok::<(), tamis::Diagnostic>(())
/// ```
#[derive(Clone, Debug)]
pub struct Query<'q> {
    schema: &'q Schema,
    root: Node<'q>,
    normal: Node<'q>,
    tail: Tail,
    now: Millis,
    limits: Limits,
    written: Written,
}

impl<'q> Query<'q> {
    pub(crate) fn new(
        schema: &'q Schema,
        root: Node<'q>,
        normal: Node<'q>,
        tail: Tail,
        now: Millis,
        limits: Limits,
    ) -> Self {
        Query { schema, root, normal, tail, now, limits, written: Written::default() }
    }

    /// The query with another formula over the same schema.
    pub(crate) fn of(&self, root: Node<'q>) -> Query<'q> {
        let (tail, written) = (self.tail.clone(), self.written.clone());
        Query::new(self.schema, root.clone(), root, tail, self.now, self.limits).with(written)
    }

    /// The query with the forms in which its named values were written.
    pub(crate) fn with(self, written: Written) -> Query<'q> {
        Query { written, ..self }
    }

    /// How its named values are sent to the API.
    pub(crate) fn written(&self) -> &Written {
        &self.written
    }

    /// The table it was checked against.
    #[must_use]
    pub fn schema(&self) -> &'q Schema {
        self.schema
    }

    /// The formula as it was written, negation pushed down to the atoms.
    #[must_use]
    pub fn root(&self) -> &Node<'q> {
        &self.root
    }

    /// The same meaning with atoms on one field merged where that is exact.
    #[must_use]
    pub fn normal(&self) -> &Node<'q> {
        &self.normal
    }

    /// The normal form in the language; `None` when no record fulfils it, which has no spelling.
    ///
    /// ```
    /// use tamis::{Options, Schema};
    /// let parsed = tamis::parse("not (ip.category = Risky or ip.category = VPN)");
    /// let query = tamis::check(&parsed, Schema::builtin("activities")?, &Options::at(0)).query.unwrap();
    /// assert_eq!(query.normal_text().as_deref(), Some("ip.category not in (Risky, VPN)"));
    /// # Ok::<(), tamis::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn normal_text(&self) -> Option<String> {
        print::print(&self.normal)
    }

    /// Order and paging.
    #[must_use]
    pub fn tail(&self) -> &Tail {
        &self.tail
    }

    /// The instant that relative times were counted from, in ms since the epoch, UTC.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.now
    }

    /// The bounds it was compiled with, for targets that make something large of it.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// A formula in negation normal form.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'q> {
    /// Every record.
    All,
    /// No record.
    Nothing,
    /// Records that all of them select.
    And(Vec<Node<'q>>),
    /// Records that at least one of them selects.
    Or(Vec<Node<'q>>),
    /// Records whose field passes a test.
    Atom(Atom<'q>),
}

/// One test of one field.
#[derive(Clone, Debug)]
pub struct Atom<'q> {
    /// The field.
    pub field: &'q Field,
    /// What some value of the field has to be.
    pub predicate: Predicate,
    /// True when no value may be so.
    pub negated: bool,
    /// Where the condition was written.
    pub span: Span,
}

/// Equality ignores where the condition was written.
impl PartialEq for Atom<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.field.id == other.field.id
            && self.negated == other.negated
            && self.predicate == other.predicate
    }
}

/// A core test with its operand: it holds when *some* value of the field passes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Predicate {
    /// It is one of these. `Null` among them stands for "not set".
    Equal(Arc<[Value]>),
    /// It is none of these.
    Outside(Arc<[Value]>),
    /// It holds one of these at that place, ASCII letters in any case.
    Text(Find, Arc<[String]>),
    /// It lies within one of these.
    Order(Arc<[Range]>),
    /// Every word of the text occurs in some value, ASCII letters in any case.
    Words(Arc<str>),
    /// It is one of these or below it in a tree.
    Below(Arc<[Value]>),
    /// The field has a value at all.
    Set,
    /// An operator that only the schema's row knows, with its values.
    Own(Arc<str>, Arc<[Value]>),
}

/// Values of a line from `start` to `end`, both included; a missing bound is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Range {
    /// The smallest.
    pub start: Option<Bound>,
    /// The largest.
    pub end: Option<Bound>,
}

/// One end of a range. Equality is of the place, not of how it was written.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// The place of the value on the line of the field's type ([`Line`]), included: the number, an
    /// instant in ms since the epoch, UTC, a day since the epoch.
    pub at: At,
    /// How it was written, so that a target can say it the same way.
    pub form: Form,
}

/// How a bound was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The bound itself: `>=`, `<=`.
    Inclusive,
    /// Its neighbour outside: `>`, `<`.
    Exclusive,
    /// So many times 24 h before now.
    DaysAgo(u32),
    /// So long before now, which is no whole number of days.
    Ago(Length),
}

impl PartialEq for Bound {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Bound {}

impl std::hash::Hash for Bound {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.at.hash(state);
    }
}

impl Bound {
    /// The bound that was written, as far as the place is concerned: of `> 5` the 5. `outwards` is
    /// -1 for a start and 1 for an end.
    #[must_use]
    pub fn written(self, outwards: At) -> At {
        match self.form {
            Form::Exclusive => self.at.saturating_add(outwards),
            Form::Inclusive | Form::DaysAgo(_) | Form::Ago(_) => self.at,
        }
    }

    /// The bound of what lies beyond: its place is the next one outwards. On a dense line what was
    /// included is then excluded and the other way round, so that the same value is written.
    pub(crate) fn beyond(self, outwards: At, line: Line) -> Bound {
        let flipped = line.is_dense() && self.form != Form::Exclusive;
        let form = if flipped { Form::Exclusive } else { Form::Inclusive };
        Bound { at: self.at.saturating_add(outwards), form }
    }
}

/// How a value has to stand to the value of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `>=`
    From,
    /// `>`
    After,
    /// `<=`
    UpTo,
    /// `<`
    Before,
}

impl Range {
    /// Its bounds as comparisons, for targets that say them in one way: including the place, but
    /// on a dense line as they were written.
    pub(crate) fn sides(&self, line: Line) -> impl Iterator<Item = (Sign, At)> {
        let side = move |bound: Bound, outwards, [including, excluding]: [Sign; 2]| {
            let excluded = line.is_dense() && bound.form == Form::Exclusive;
            if excluded { (excluding, bound.written(outwards)) } else { (including, bound.at) }
        };
        let start = self.start.map(|bound| side(bound, -1, [Sign::From, Sign::After]));
        let end = self.end.map(|bound| side(bound, 1, [Sign::UpTo, Sign::Before]));
        start.into_iter().chain(end)
    }

    /// True when it holds the place.
    #[must_use]
    pub fn holds(&self, at: At) -> bool {
        self.start.is_none_or(|start| start.at <= at) && self.end.is_none_or(|end| at <= end.at)
    }

    /// True when it holds every value of a field: it has no bound, or none that leaves one out.
    #[must_use]
    pub fn is_open(&self, field: &Field) -> bool {
        let (first, last) = field.line().map_or((At::MIN, At::MAX), Line::ends);
        self.start.is_none_or(|start| start.at <= first)
            && self.end.is_none_or(|end| end.at >= last)
    }

    /// True when it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if start.at > end.at)
    }

    /// The one place it holds, when it holds just one.
    #[must_use]
    pub fn point(&self) -> Option<At> {
        let (start, end) = self.start.zip(self.end)?;
        (start.at == end.at).then_some(start.at)
    }
}

impl Predicate {
    /// The core test.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Predicate::Equal(_) => Kind::Equal,
            Predicate::Outside(_) => Kind::Outside,
            Predicate::Text(find, _) => Kind::Text(*find),
            Predicate::Order(_) => Kind::Order,
            Predicate::Words(_) => Kind::Words,
            Predicate::Below(_) => Kind::Below,
            Predicate::Set => Kind::Set,
            Predicate::Own(..) => Kind::Own,
        }
    }
}

impl Predicate {
    /// Its list of values, for tests that have one.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        match self {
            Predicate::Equal(list)
            | Predicate::Outside(list)
            | Predicate::Below(list)
            | Predicate::Own(_, list) => list,
            Predicate::Text(..) | Predicate::Order(_) | Predicate::Words(_) | Predicate::Set => &[],
        }
    }

    /// Its list of strings, for tests that have one.
    #[must_use]
    pub fn strings(&self) -> &[String] {
        match self {
            Predicate::Text(_, list) => list,
            Predicate::Equal(_)
            | Predicate::Outside(_)
            | Predicate::Below(_)
            | Predicate::Own(..)
            | Predicate::Order(_)
            | Predicate::Words(_)
            | Predicate::Set => &[],
        }
    }

    /// Its ranges, for an order.
    #[must_use]
    pub fn ranges(&self) -> &[Range] {
        if let Predicate::Order(list) = self { list } else { &[] }
    }
}

/// The core tests without their operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named after the tests of the operator table")]
pub enum Kind {
    Equal,
    Outside,
    Text(Find),
    Order,
    Words,
    Below,
    Set,
    Own,
}

impl Kind {
    /// True for an operator of the table that makes this test.
    #[must_use]
    pub fn is(self, test: Test) -> bool {
        let kind = match test {
            Test::Equal => Kind::Equal,
            Test::Outside => Kind::Outside,
            Test::Text(find) => Kind::Text(find),
            Test::Order(_) => Kind::Order,
            Test::Words => Kind::Words,
            Test::Below => Kind::Below,
            Test::Set => Kind::Set,
        };
        self == kind
    }
}

impl<'q> Atom<'q> {
    /// Whether the test has to hold or must not.
    #[must_use]
    pub fn polarity(&self) -> Polarity {
        if self.negated { Polarity::None } else { Polarity::Some }
    }

    /// True when it looks for text in values that are none, which only the API can answer: a table
    /// may list such an operator, and nobody publishes how numbers are read as text.
    #[must_use]
    pub fn searches_no_text(&self) -> bool {
        let searches = matches!(self.predicate.kind(), Kind::Text(_) | Kind::Words);
        searches && self.field.kind != Type::String && !self.field.kind.is_key()
    }

    /// The atom that holds exactly when this one does not.
    #[must_use]
    pub fn complement(&self) -> Atom<'q> {
        Atom { negated: !self.negated, ..self.clone() }
    }
}

impl<'q> Node<'q> {
    /// The part of the source it was written in.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Node::All | Node::Nothing => Span::default(),
            Node::Atom(atom) => atom.span,
            Node::And(parts) | Node::Or(parts) => {
                let spans = parts.iter().map(Node::span);
                spans.reduce(Span::to).unwrap_or_default()
            }
        }
    }

    /// Its atoms, in order.
    pub fn atoms(&self) -> impl Iterator<Item = &Atom<'q>> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            loop {
                match open.pop()? {
                    Node::Atom(atom) => return Some(atom),
                    Node::And(parts) | Node::Or(parts) => open.extend(parts.iter().rev()),
                    Node::All | Node::Nothing => {}
                }
            }
        })
    }
}

/// Order and paging of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// The name to sort by, as the API spells it, and the direction.
    pub order: Option<(String, Option<Ascending>)>,
    /// The most records to return.
    pub limit: Option<u64>,
    /// How many records to leave out first.
    pub skip: Option<u64>,
    /// Where it was written.
    pub span: Span,
}

/// A sort direction: true for smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ascending(pub bool);

impl Tail {
    /// True when the query says neither order nor paging.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_none() && self.limit.is_none() && self.skip.is_none()
    }
}
