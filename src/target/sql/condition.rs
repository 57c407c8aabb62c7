//! A checked formula as a condition.
//!
//! Law: what is written holds exactly for the records that the formula selects, NULL or not. A
//! positive test may come out NULL, which selects nothing, as it should; what stands under a
//! negation is made certain first.

use std::borrow::Cow;
use std::rc::Rc;

use super::dialect::{Dialect, Find, Listed, Lists, Members};
use super::piece::{Piece, Tie, join};
use super::place::{NoPlace, Place, Source, Subject};
use super::refusal;
use super::{Form, Param};
use crate::diag::Diagnostic;
use crate::query::{Atom, Node, Predicate, Range};
use crate::schema::{Field, Schema};
use crate::span::Span;
use crate::value::{Type, Value};

/// A longer list is one value: bound ones would be too many, and SQLite takes long over many texts.
const LONG: usize = 1000;

/// More levels than this are written with the deepest part first.
const DEEP: usize = 12;

/// What is written so far.
pub(super) struct Printer<'p> {
    dialect: &'p dyn Dialect,
    schema: &'p Schema,
    form: &'p Form,
    places: Vec<Option<Result<Rc<Place>, NoPlace>>>,
    deep: bool,
    pub(super) params: Vec<Param>,
    pub(super) errors: Vec<Diagnostic>,
}

type Said<T> = Result<T, Diagnostic>;

impl<'p> Printer<'p> {
    pub(super) fn new(dialect: &'p dyn Dialect, schema: &'p Schema, form: &'p Form) -> Self {
        Printer {
            dialect,
            schema,
            form,
            places: Vec::new(),
            deep: false,
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
        let mut order: Vec<&Node<'_>> = parts.iter().collect();
        if self.deep {
            order.sort_by_cached_key(|part| std::cmp::Reverse(levels(part)));
        }
        let mut pieces: Vec<Piece> = order.into_iter().filter_map(|part| self.node(part)).collect();
        if pieces.len() < parts.len() {
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

    fn constant(&self, holds: bool) -> Piece {
        Piece::sure(self.dialect.constant(holds).to_owned())
    }

    /// The one value of a field that records are sorted by. `span` is where it is asked for.
    pub(super) fn sort_key(&mut self, field: &Field, span: Span) -> Said<String> {
        let place = self.place(field, span)?;
        let several = || refusal::sort_by_several(self.dialect, span, &field.name);
        let column = place.one().map(|one| one.sql.as_str()).or_else(|| place.column());
        column.map(str::to_owned).ok_or_else(several)
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
        known.map_err(|why| refusal::no_place(dialect, span, &field.name, &why))
    }

    fn atom(&mut self, atom: &Atom<'_>) -> Said<Piece> {
        if let Some(error) = refusal::of(self.dialect, atom) {
            return Err(error);
        }
        let test =
            Test { field: atom.field, span: atom.span, place: self.place(atom.field, atom.span)? };
        match &atom.predicate {
            Predicate::Equal(values) if values.contains(&Value::Null) => {
                let values: Vec<&Value> =
                    values.iter().filter(|value| **value != Value::Null).collect();
                self.equal_or_unset(&test, &values, atom.negated)
            }
            Predicate::Equal(values) => {
                let values: Vec<&Value> = values.iter().collect();
                self.equal(&test, &values, atom.negated)
            }
            Predicate::Outside(values) => {
                let values: Vec<&Value> =
                    values.iter().filter(|value| **value != Value::Null).collect();
                self.outside(&test, &values, atom.negated)
            }
            Predicate::Contains(texts) => self.find(&test, Find::Inside, texts, atom.negated),
            Predicate::Starts(texts) => self.find(&test, Find::Start, texts, atom.negated),
            Predicate::Ends(texts) => self.find(&test, Find::End, texts, atom.negated),
            Predicate::Order(ranges) => {
                let piece = self.some(&test, |printer, x| printer.ranges(&test, &x.sql, ranges))?;
                Ok(self.signed(&test, piece, atom.negated))
            }
            Predicate::Words(text) => self.words(&test, text, atom.negated),
            Predicate::Set => self.set(&test, !atom.negated),
            Predicate::Below(_) | Predicate::Own(..) => Err(refusal::unknown(self.dialect, atom)),
        }
    }

    /// Some value of the field passes.
    fn some(
        &mut self,
        test: &Test<'_>,
        mut passes: impl FnMut(&mut Self, &Subject) -> Said<Piece>,
    ) -> Said<Piece> {
        let (dialect, kind) = (self.dialect, test.field.kind);
        let mut pieces = Vec::with_capacity(test.place.sources.len());
        for source in &test.place.sources {
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
    fn signed(&self, test: &Test<'_>, piece: Piece, negated: bool) -> Piece {
        if !negated {
            return piece;
        }
        // A key object may lack the member that is asked for, even where there is always a key.
        if piece.certain || (test.place.filled && !test.field.kind.is_key()) {
            return piece.not();
        }
        piece.rewritten(true, |sql| self.dialect.not_true(sql))
    }

    fn set(&mut self, test: &Test<'_>, set: bool) -> Said<Piece> {
        if let Some(one) = test.place.one() {
            let not = if set { "NOT " } else { "" };
            return Ok(Piece::sure(format!("{} IS {not}NULL", one.sql)));
        }
        let piece = self.some(test, |_, x| Ok(Piece::sure(format!("{} IS NOT NULL", x.sql))))?;
        Ok(self.signed(test, piece, !set))
    }

    /// `null` stands among the values.
    fn equal_or_unset(&mut self, test: &Test<'_>, values: &[&Value], negated: bool) -> Said<Piece> {
        if values.is_empty() {
            return self.set(test, negated);
        }
        // NULL is outside of no list, so nothing more has to be said.
        if let Some(one) = test.place.one().filter(|_| negated && test.is_plain()) {
            return Ok(self.other(test, &one.sql, values));
        }
        let set = self.set(test, negated)?;
        let equal = self.equal(test, values, negated)?;
        let tie = if negated { Tie::And } else { Tie::Or };
        Ok(join(tie, vec![set, equal]).unwrap_or_else(|| self.constant(negated)))
    }

    fn equal(&mut self, test: &Test<'_>, values: &[&Value], negated: bool) -> Said<Piece> {
        if let Some(one) = test.filled().filter(|_| negated) {
            return Ok(self.among(test, &one.sql, values, true));
        }
        let column = test.place.column().filter(|_| test.is_plain() && !test.folds());
        let dialect = self.dialect;
        let overlap = column.and_then(|column| {
            dialect.overlaps(column, test.field.kind, &mut || self.listed(test, values))
        });
        let overlap = overlap.map(Piece::from);
        let piece = match overlap {
            Some(piece) => piece,
            None => self.some(test, |printer, x| printer.equals(test, x, values))?,
        };
        Ok(self.signed(test, piece, negated))
    }

    /// Some value is none of these.
    fn outside(&mut self, test: &Test<'_>, values: &[&Value], negated: bool) -> Said<Piece> {
        if let Some(one) = test.filled().filter(|_| negated) {
            return Ok(self.among(test, &one.sql, values, false));
        }
        let piece = self.some(test, |printer, x| {
            if test.is_plain() {
                return Ok(printer.other(test, &x.sql, values));
            }
            let equal = printer.equals(test, x, values)?;
            let other = equal.rewritten(true, |sql| printer.dialect.not_true(sql));
            let set = Piece::sure(format!("{} IS NOT NULL", x.sql));
            Ok(join(Tie::And, vec![set, other]).unwrap_or_else(|| printer.constant(true)))
        })?;
        Ok(self.signed(test, piece, negated))
    }

    /// A value that may be NULL is none of these, and is not NULL.
    fn other(&mut self, test: &Test<'_>, x: &str, values: &[&Value]) -> Piece {
        let other = self.among(test, x, values, true);
        if self.dialect.facts().keeps_null || test.place.filled {
            return other;
        }
        let set = Piece::sure(format!("{x} IS NOT NULL"));
        join(Tie::And, vec![set, other]).unwrap_or_else(|| self.constant(true))
    }

    /// One value is one of these.
    fn equals(&mut self, test: &Test<'_>, x: &Subject, values: &[&Value]) -> Said<Piece> {
        if test.field.kind.is_key() {
            return Ok(self.keys(test, x, values));
        }
        if test.is_plain() {
            return Ok(self.among(test, &x.sql, values, false));
        }
        let point = |value: &&Value| match value {
            Value::Int(at) => Some(*at),
            Value::Null | Value::Bool(_) | Value::Text(_) | Value::Key(_) => None,
        };
        let points = values.iter().filter_map(point);
        let mut pieces = Vec::with_capacity(values.len());
        for at in points {
            pieces.push(self.instants(test, &x.sql, Some(at), Some(at))?);
        }
        Ok(join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false)))
    }

    fn among(&mut self, test: &Test<'_>, x: &str, values: &[&Value], outside: bool) -> Piece {
        if !test.folds() {
            let params = self.plain(test, values);
            return self.one_of(x, params, outside);
        }
        if let Some(folded) = self.dialect.fold(x) {
            let params = self.plain(test, values);
            return self.one_of(&folded, params, outside);
        }
        let texts = values.iter().filter_map(|value| value.text());
        let pieces = texts.map(|text| self.holds(Find::Whole, x, text)).collect();
        match join(Tie::Or, pieces) {
            Some(piece) if outside => piece.not(),
            Some(piece) => piece,
            None => self.one_of(x, Vec::new(), outside),
        }
    }

    /// A text holds a needle.
    fn holds(&mut self, how: Find, text: &str, needle: &str) -> Piece {
        let dialect = self.dialect;
        let value = &mut |param| self.value(param).into_owned();
        Piece::test(dialect.find(how, text, needle, value))
    }

    /// Values of a plain type, folded where case is ignored.
    fn plain(&self, test: &Test<'_>, values: &[&Value]) -> Vec<Param> {
        let plain = |value: &&Value| match value {
            Value::Null => None,
            Value::Bool(value) => Some(self.dialect.boolean(*value)),
            Value::Int(value) => Some(Param::Int(*value)),
            Value::Text(text) => Some(Param::Text(test.folded(text))),
            Value::Key(key) => Some(Param::Text(test.folded(&key.id))),
        };
        values.iter().filter_map(plain).collect()
    }

    /// An expression is one of these, or none of them.
    fn one_of(&mut self, x: &str, mut values: Vec<Param>, outside: bool) -> Piece {
        let texts = matches!(values.first(), Some(Param::Text(_)));
        if let Some(lists) = self.lists(values.len()) {
            let list = self.value(lists.bound(values));
            let piece = Piece::test(lists.among(x, &list, texts));
            return if outside { piece.not() } else { piece };
        }
        if let Some(exact) = self.dialect.facts().exact.filter(|_| texts) {
            let values: Vec<_> = values.into_iter().map(|value| self.value(value)).collect();
            return Piece::test(exact(x, &values, outside));
        }
        match values.len() {
            0 if outside => Piece::sure(format!("{x} IS NOT NULL")),
            0 => self.constant(false),
            1 => {
                let value = values.pop().map(|value| self.value(value)).unwrap_or_default();
                Piece::test([x, if outside { " <> " } else { " = " }, &value].concat())
            }
            _ => {
                let not = if outside { " NOT" } else { "" };
                Piece::test([x, not, " IN (", &self.items(values), ")"].concat())
            }
        }
    }

    fn items(&mut self, values: Vec<Param>) -> String {
        let mut out = String::new();
        for value in values {
            out.push_str(if out.is_empty() { "" } else { ", " });
            out.push_str(&self.value(value));
        }
        out
    }

    /// How a list of that length is bound, when it is bound as one value.
    fn lists(&self, length: usize) -> Option<&'p dyn Lists> {
        let long = length > LONG && self.binds();
        long.then(|| self.dialect.lists()).flatten()
    }

    fn listed(&mut self, test: &Test<'_>, values: &[&Value]) -> Listed {
        let values = self.plain(test, values);
        if let Some(lists) = self.lists(values.len()) {
            return Listed::Param(self.value(lists.bound(values)).into_owned());
        }
        Listed::Items(self.items(values))
    }

    /// A key object is one of these: by id where no more is given, else by the members given.
    fn keys(&mut self, test: &Test<'_>, x: &Subject, values: &[&Value]) -> Piece {
        let whole =
            |value: &&Value| matches!(value, Value::Key(key) if key.saas.or(key.inst).is_some());
        let (keys, ids): (Vec<&Value>, Vec<&Value>) = values.iter().copied().partition(whole);
        let mut pieces = Vec::with_capacity(keys.len() + 1);
        if !ids.is_empty() {
            let id = x.key_id(self.dialect);
            pieces.push(self.among(test, &id, &ids, false));
        }
        pieces.extend(keys.into_iter().filter_map(|value| self.key(test, x, value)));
        join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false))
    }

    /// A key object has the members that a value gives. Its id is a text like any other where it
    /// is reached by itself.
    fn key(&mut self, test: &Test<'_>, x: &Subject, value: &Value) -> Option<Piece> {
        let Value::Key(key) = value else { return None };
        let dialect = self.dialect;
        let apart = test.folds() || x.is_in_document();
        let same = apart.then(|| self.among(test, &x.key_id(dialect), &[value], false));
        let id = (!apart).then_some(key.id.as_str());
        let members = Members { id, saas: key.saas, inst: key.inst };
        let members =
            Piece::test(x.key_has(dialect, members, &mut |param| self.value(param).into_owned()));
        join(Tie::And, same.into_iter().chain([members]).collect())
    }

    fn find(
        &mut self,
        test: &Test<'_>,
        how: Find,
        needles: &[String],
        negated: bool,
    ) -> Said<Piece> {
        if needles.iter().any(String::is_empty) {
            return self.set(test, !negated);
        }
        let piece = self.some(test, |printer, x| Ok(printer.finds(test, how, x, needles)))?;
        Ok(self.signed(test, piece, negated))
    }

    /// One value holds one of these.
    fn finds(&mut self, test: &Test<'_>, how: Find, x: &Subject, needles: &[String]) -> Piece {
        let dialect = self.dialect;
        let key = test.field.kind.is_key().then(|| x.key_id(dialect));
        let text = key.as_deref().unwrap_or(&x.sql);
        let lists = dialect.lists().filter(|_| needles.len() > LONG);
        if let Some(lists) = lists {
            let needles = needles.iter().map(|needle| Param::Text(needle.to_ascii_lowercase()));
            let list = self.value(lists.bound(needles.collect()));
            return Piece::sure(lists.find(how, text, &list));
        }
        let pieces = needles.iter().map(|needle| self.holds(how, text, needle)).collect();
        join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false))
    }

    fn words(&mut self, test: &Test<'_>, text: &str, negated: bool) -> Said<Piece> {
        let mut pieces = Vec::new();
        for word in text.split_whitespace() {
            pieces.push(self.find(test, Find::Inside, &[word.to_owned()], false)?);
        }
        match join(Tie::And, pieces) {
            Some(piece) => Ok(self.signed(test, piece, negated)),
            None => Ok(self.constant(!negated)),
        }
    }

    /// One value lies within one of these.
    fn ranges(&mut self, test: &Test<'_>, x: &str, ranges: &[Range]) -> Said<Piece> {
        let ends =
            |range: &Range| (range.start.map(|bound| bound.at), range.end.map(|bound| bound.at));
        if test.is_plain() {
            let points: Option<Vec<Param>> =
                ranges.iter().map(|range| range.point().map(Param::Int)).collect();
            if let Some(points) = points {
                return Ok(self.one_of(x, points, false));
            }
        }
        let mut pieces = Vec::with_capacity(ranges.len());
        for (start, end) in ranges.iter().map(ends) {
            pieces.push(if test.is_plain() {
                self.numbers(x, start, end)
            } else {
                self.instants(test, x, start, end)?
            });
        }
        Ok(join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false)))
    }

    fn numbers(&mut self, x: &str, start: Option<i64>, end: Option<i64>) -> Piece {
        let mut say = |at: i64| self.value(Param::Int(at));
        Piece::test(match (start, end) {
            (None, None) => return Piece::sure(format!("{x} IS NOT NULL")),
            (Some(start), Some(end)) if start == end => [x, " = ", &say(start)].concat(),
            (Some(start), Some(end)) => {
                let start = say(start);
                [x, " BETWEEN ", &start, " AND ", &say(end)].concat()
            }
            (Some(start), None) => [x, " >= ", &say(start)].concat(),
            (None, Some(end)) => [x, " <= ", &say(end)].concat(),
        })
    }

    /// The engine's own type counts finer than ms: an instant is all of its ms, so an end is
    /// excluded one ms later.
    fn instants(
        &mut self,
        test: &Test<'_>,
        x: &str,
        start: Option<i64>,
        end: Option<i64>,
    ) -> Said<Piece> {
        let mut pieces = Vec::with_capacity(2);
        let bounds = [start.map(|at| (">=", Some(at))), end.map(|at| ("<", at.checked_add(1)))];
        for (sign, at) in bounds.into_iter().flatten() {
            let native = self.dialect.native_time();
            let told = native.as_ref().and_then(|native| (native.text)(at?));
            let (Some(native), Some(text)) = (native, told) else {
                return Err(refusal::too_far(self.dialect, test.span, &test.field.name));
            };
            let value = self.value(Param::Text(text));
            pieces.push(Piece::test(format!("{x} {sign} {}", (native.instant)(&value))));
        }
        Ok(join(Tie::And, pieces).unwrap_or_else(|| Piece::sure(format!("{x} IS NOT NULL"))))
    }

    fn binds(&self) -> bool {
        !self.form.inline && self.params.len() < self.dialect.facts().most_params
    }

    /// A value: bound, or written out where that is asked for or no more can be bound.
    fn value(&mut self, param: Param) -> Cow<'static, str> {
        if self.binds() {
            let placeholder = self.dialect.placeholder(self.params.len() + 1, &param);
            self.params.push(param);
            return placeholder;
        }
        match param {
            Param::Bool(value) => if value { "TRUE" } else { "FALSE" }.into(),
            Param::Int(value) => value.to_string().into(),
            Param::Text(text) => self.dialect.text(&text).into(),
            Param::List(values) => {
                let items = self.items(values);
                let array = self.dialect.lists().map(|lists| lists.array(&items));
                array.unwrap_or(items).into()
            }
        }
    }
}

/// An atom's field and where it is.
struct Test<'t> {
    field: &'t Field,
    span: Span,
    place: Rc<Place>,
}

impl Test<'_> {
    /// True when values are compared as they stand: neither keys nor instants of a type of their own.
    fn is_plain(&self) -> bool {
        !(self.field.kind.is_key() || self.place.timed)
    }

    /// The value that there always is, where it is compared as it stands.
    fn filled(&self) -> Option<&Subject> {
        self.place.one().filter(|_| self.place.filled && self.is_plain())
    }

    fn folds(&self) -> bool {
        self.field.ignores_case && (self.field.kind == Type::String || self.field.kind.is_key())
    }

    fn folded(&self, text: &str) -> String {
        if self.folds() { text.to_ascii_lowercase() } else { text.to_owned() }
    }
}

fn levels(node: &Node<'_>) -> usize {
    match node {
        Node::And(parts) | Node::Or(parts) => {
            1 + parts.iter().map(levels).max().unwrap_or_default()
        }
        Node::All | Node::Nothing | Node::Atom(_) => 0,
    }
}
