//! A checked formula as a condition.
//!
//! Law: what is written holds exactly for the records that the formula selects, NULL or not. A
//! positive test may come out NULL, which selects nothing, as it should; what stands under a
//! negation is made certain first.

use std::rc::Rc;

use super::dialect::{Dialect, Find};
use super::piece::{Piece, Tie, join};
use super::place::{NoPlace, Place, Source, Subject};
use super::refusal;
use super::values::FieldAt;
use super::{Form, Param};
use crate::diag::Diagnostic;
use crate::emit::formula::Refusal;
use crate::emit::order::Order;
use crate::query::test::{Asked, Test};
use crate::query::{Atom, Kind, Node, Query};
use crate::schema::{Field, FieldId, Schema};
use crate::span::Span;
use crate::time::StoredTime;
use crate::value::Value;

/// More levels than this are written with the deepest part first.
const DEEP: usize = 12;

/// What is written so far.
pub(super) struct Printer<'p> {
    pub(super) dialect: &'p dyn Dialect,
    schema: &'p Schema,
    pub(super) form: &'p Form,
    places: Vec<Option<Result<Rc<Place>, NoPlace>>>,
    deep: bool,
    /// Fields that are NULL in no record that passes what is being written.
    guarded: Vec<FieldId>,
    pub(super) params: Vec<Param>,
    pub(super) errors: Vec<Diagnostic>,
}

pub(super) type Said<T> = Result<T, Diagnostic>;

impl<'p> Printer<'p> {
    pub(super) fn new(dialect: &'p dyn Dialect, schema: &'p Schema, form: &'p Form) -> Self {
        Printer {
            dialect,
            schema,
            form,
            places: Vec::new(),
            deep: false,
            guarded: Vec::new(),
            params: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The condition; what cannot be said goes to the errors.
    pub(super) fn condition(&mut self, root: &Node<'_>) -> Option<Piece> {
        self.deep = levels(root) > DEEP;
        self.node(root)
    }

    fn node(&mut self, node: &Node<'_>) -> Option<Piece> {
        match node {
            Node::All => Some(self.constant(true)),
            Node::Nothing => Some(self.constant(false)),
            Node::And(parts) => self.parts(Tie::And, parts),
            Node::Or(parts) => self.parts(Tie::Or, parts),
            Node::Atom(atom) => match self.atom(atom) {
                Ok(piece) => Some(piece),
                Err(error) => {
                    self.errors.push(error);
                    None
                }
            },
        }
    }

    /// SQLite 3.40 reads no text in which more than 100 things are open at once. A level that
    /// stands last among its neighbours leaves three open, one that stands first leaves one, so
    /// that it reads some 70 levels instead of 30. 3.54 reads them all.
    fn parts(&mut self, tie: Tie, parts: &[Node<'_>]) -> Option<Piece> {
        let guards = if tie == Tie::And { self.guards(parts) } else { Vec::new() };
        let is_guard = |part: &&Node<'_>| matches!(part, Node::Atom(atom) if is_set(atom) && guards.contains(&atom.field.id));
        let mut order: Vec<&Node<'_>> = parts.iter().filter(|part| !is_guard(part)).collect();
        if self.deep {
            order.sort_by_cached_key(|part| std::cmp::Reverse(levels(part)));
        }
        let wanted = order.len();
        let outside = self.guarded.len();
        self.guarded.extend(guards);
        let mut pieces: Vec<Piece> = order.into_iter().filter_map(|part| self.node(part)).collect();
        self.guarded.truncate(outside);
        if pieces.len() < wanted {
            return None;
        }
        // ClickHouse 26.5 fails on a column that is only asked for NULL, and twice.
        let mut seen: Vec<String> = Vec::new();
        pieces.retain(|piece| {
            let again = piece.is_null_test() && seen.contains(&piece.sql);
            seen.extend((piece.is_null_test() && !again).then(|| piece.sql.clone()));
            !again
        });
        join(tie, pieces).or_else(|| Some(self.constant(tie == Tie::And)))
    }

    /// Fields that one part wants to be set while another, written as if they were, does not hold
    /// for NULL: `s <> 'a'` says what `s IS NOT NULL AND (s = 'a') IS NOT TRUE` says, where the
    /// value stands at one place.
    fn guards(&mut self, parts: &[Node<'_>]) -> Vec<FieldId> {
        if !self.dialect.facts().keeps_null {
            return Vec::new();
        }
        let atoms = || {
            parts.iter().filter_map(|part| match part {
                Node::Atom(atom) => Some(atom),
                Node::All | Node::Nothing | Node::And(_) | Node::Or(_) => None,
            })
        };
        let excludes =
            |field: FieldId| atoms().any(|atom| atom.field.id == field && excludes_null(atom));
        let sets = atoms().filter(|atom| is_set(atom) && !atom.field.kind.is_key());
        let sets = sets.filter(|atom| excludes(atom.field.id));
        let mut at_one_place = |atom: &Atom<'_>| {
            // What is never stored says nothing of NULL.
            let place = self.place(atom.field, atom.span);
            place.is_ok_and(|place| place.one().is_some() && !place.lacks_instants())
        };
        sets.filter(|atom| at_one_place(atom)).map(|atom| atom.field.id).collect()
    }

    pub(super) fn constant(&self, holds: bool) -> Piece {
        Piece::sure(self.dialect.constant(holds).to_owned())
    }

    /// What the query is ordered by.
    pub(super) fn order(&mut self, query: &Query<'_>) -> Said<Option<String>> {
        let (dialect, span) = (self.dialect, query.tail().span);
        let refuse = |refusal: Refusal| refusal.at(span, dialect.facts().product);
        let Some(Order { field, up }) = Order::of(query).map_err(refuse)? else { return Ok(None) };
        let place = self.place(field, span)?;
        let value = &place.one().ok_or_else(|| refuse(Order::at_several_places(field)))?.sql;
        let way = if up { "ASC" } else { "DESC" };
        let sorted = match place.time {
            StoredTime::Iso => [value, dialect.facts().text_order].concat(),
            StoredTime::Number(_) | StoredTime::Native => value.clone(),
        };
        Ok(Some(match (place.filled, dialect.facts().says_nulls_last) {
            (false, true) => format!("{sorted} {way} NULLS LAST"),
            (false, false) if up => {
                format!("CASE WHEN {value} IS NULL THEN 1 ELSE 0 END, {sorted} {way}")
            }
            (true | false, _) => format!("{sorted} {way}"),
        }))
    }

    fn place(&mut self, field: &Field, span: Span) -> Said<Rc<Place>> {
        let index = field.id.index();
        if self.places.is_empty() {
            self.places.resize_with(self.schema.fields().len(), || None);
        }
        let (schema, dialect, form) = (self.schema, self.dialect, self.form);
        let found = || Place::of(field, schema, dialect, form).map(Rc::new);
        let known = self.places.get_mut(index).map(|slot| slot.get_or_insert_with(found).clone());
        let known = known.unwrap_or(Err(NoPlace::Unnameable));
        known.map_err(|why| refusal::no_place(dialect, span, field, &why))
    }

    fn atom(&mut self, atom: &Atom<'_>) -> Said<Piece> {
        if let Some(error) = refusal::of(self.dialect, atom) {
            return Err(error);
        }
        let at = FieldAt {
            field: atom.field,
            span: atom.span,
            place: self.place(atom.field, atom.span)?,
            guarded: self.guarded.contains(&atom.field.id),
        };
        match atom.asked() {
            Asked::Never => Ok(self.constant(atom.negated)),
            Asked::Some(test) => self.test(&at, &test, atom.negated),
            Asked::UnsetOr(None) => self.set(&at, atom.negated),
            Asked::UnsetOr(Some(test)) => self.unset_or(&at, &test, atom.negated),
            Asked::Words(words) => self.words(&at, &words, atom.negated),
            Asked::Below | Asked::Own(_) => Err(refusal::unknown(self.dialect, atom)),
        }
    }

    /// Some value of the field passes the test; with `negated`, none does.
    fn test(&mut self, at: &FieldAt<'_>, test: &Test<'_>, negated: bool) -> Said<Piece> {
        match test {
            Test::Set => self.set(at, !negated),
            Test::Equal(values) => self.equal(at, values, negated),
            Test::Outside(values) => self.outside(at, values, negated),
            Test::Text(find, needles) => self.find(at, (*find).into(), needles, negated),
            Test::Order(ranges) => {
                let piece = self.some(at, |printer, x| printer.ranges(at, &x.sql, ranges))?;
                Ok(self.signed(at, piece, negated))
            }
        }
    }

    /// Some value of the field passes.
    fn some(
        &mut self,
        at: &FieldAt<'_>,
        mut passes: impl FnMut(&mut Self, &Subject) -> Said<Piece>,
    ) -> Said<Piece> {
        let (dialect, kind) = (self.dialect, at.element());
        let mut pieces = Vec::with_capacity(at.place.sources.len());
        for source in &at.place.sources {
            pieces.push(match source {
                Source::Value(subject) => passes(self, subject)?,
                Source::Column(column) => passes(self, &Subject::new(dialect.element(kind)))?
                    .nested(|sql| dialect.any(column, kind, sql)),
                Source::List { document, way, element } => {
                    let piece = passes(self, element)?;
                    match dialect.documents() {
                        Some(documents) => piece.nested(|sql| documents.any(document, way, sql)),
                        None => piece,
                    }
                }
            });
        }
        Ok(join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false)))
    }

    /// The piece, or what holds exactly when it does not.
    fn signed(&self, at: &FieldAt<'_>, piece: Piece, negated: bool) -> Piece {
        if !negated {
            return piece;
        }
        // A key object may lack the member that is asked for, even where there is always a key.
        if piece.certain || (at.is_filled() && !at.field.kind.is_key()) {
            return piece.not();
        }
        piece.rewritten(true, |sql| self.dialect.not_true(sql))
    }

    fn set(&mut self, at: &FieldAt<'_>, set: bool) -> Said<Piece> {
        if let Some(one) = at.place.one() {
            return Ok(Piece::null(&one.sql, !set));
        }
        let piece = self.some(at, |_, x| Ok(Piece::null(&x.sql, false)))?;
        Ok(self.signed(at, piece, !set))
    }

    /// The field is not set, or some value passes the test.
    fn unset_or(&mut self, at: &FieldAt<'_>, test: &Test<'_>, negated: bool) -> Said<Piece> {
        // NULL is outside of no list, so nothing more has to be said.
        let one = at.place.one().filter(|_| negated && at.is_plain());
        if let (Some(one), Test::Equal(values)) = (one, test) {
            return Ok(self.other(at, &one.sql, values));
        }
        let set = self.set(at, negated)?;
        let equal = self.test(at, test, negated)?;
        let tie = if negated { Tie::And } else { Tie::Or };
        Ok(join(tie, vec![set, equal]).unwrap_or_else(|| self.constant(negated)))
    }

    fn equal(&mut self, at: &FieldAt<'_>, values: &[&Value], negated: bool) -> Said<Piece> {
        if let Some(one) = at.filled().filter(|_| negated) {
            return Ok(self.among(at, &one.sql, values, true));
        }
        let column = at.place.column().filter(|_| at.is_plain() && !at.folds());
        let dialect = self.dialect;
        let overlap = column.and_then(|column| {
            dialect.overlaps(column, at.element(), &mut || self.listed(at, values))
        });
        let overlap = overlap.map(Piece::from);
        let piece = match overlap {
            Some(piece) => piece,
            None => self.some(at, |printer, x| printer.equals(at, x, values))?,
        };
        Ok(self.signed(at, piece, negated))
    }

    /// Some value is none of these.
    fn outside(&mut self, at: &FieldAt<'_>, values: &[&Value], negated: bool) -> Said<Piece> {
        if let Some(one) = at.filled().filter(|_| negated) {
            return Ok(self.among(at, &one.sql, values, false));
        }
        let piece = self.some(at, |printer, x| {
            if at.is_plain() {
                return Ok(printer.other(at, &x.sql, values));
            }
            let equal = printer.equals(at, x, values)?;
            let other = equal.rewritten(true, |sql| printer.dialect.not_true(sql));
            let set = Piece::null(&x.sql, false);
            Ok(join(Tie::And, vec![set, other]).unwrap_or_else(|| printer.constant(true)))
        })?;
        Ok(self.signed(at, piece, negated))
    }

    /// A value that may be NULL is none of these, and is not NULL.
    fn other(&mut self, at: &FieldAt<'_>, x: &str, values: &[&Value]) -> Piece {
        let other = self.among(at, x, values, true);
        if self.dialect.facts().keeps_null || at.is_filled() {
            return other;
        }
        let set = Piece::null(x, false);
        join(Tie::And, vec![set, other]).unwrap_or_else(|| self.constant(true))
    }

    fn find(
        &mut self,
        at: &FieldAt<'_>,
        how: Find,
        needles: &[String],
        negated: bool,
    ) -> Said<Piece> {
        let piece = self.some(at, |printer, x| printer.finds(at, how, x, needles))?;
        Ok(self.signed(at, piece, negated))
    }

    fn words(&mut self, at: &FieldAt<'_>, words: &[&str], negated: bool) -> Said<Piece> {
        let mut pieces = Vec::new();
        for word in words {
            pieces.push(self.find(at, Find::Inside, &[(*word).to_owned()], false)?);
        }
        match join(Tie::And, pieces) {
            Some(piece) => Ok(self.signed(at, piece, negated)),
            None => Ok(self.constant(!negated)),
        }
    }
}

/// True of what is written with `<>`, `NOT IN` or `NOT` where there is always a value.
fn excludes_null(atom: &Atom<'_>) -> bool {
    atom.negated
        && match atom.asked() {
            Asked::Some(Test::Equal(_) | Test::Text(..)) => true,
            Asked::Some(Test::Set | Test::Outside(_) | Test::Order(_))
            | Asked::Never
            | Asked::UnsetOr(_)
            | Asked::Words(_)
            | Asked::Below
            | Asked::Own(_) => false,
        }
}

fn is_set(atom: &Atom<'_>) -> bool {
    atom.predicate.kind() == Kind::Set && !atom.negated
}

fn levels(node: &Node<'_>) -> usize {
    match node {
        Node::And(parts) | Node::Or(parts) => {
            1 + parts.iter().map(levels).max().unwrap_or_default()
        }
        Node::All | Node::Nothing | Node::Atom(_) => 0,
    }
}
