//! What one value of a field is held against, and how values are bound or written out.

use std::borrow::Cow;
use std::rc::Rc;

use super::Param;
use super::condition::{Printer, Said};
use super::dialect::{Element, Find, Held, Listed, Lists, Members};
use super::piece::{Piece, Tie, join};
use super::place::{Place, Subject};
use super::refusal;
use crate::emit::formula::Refusal;
use crate::query::{Bound, Form, Range};
use crate::schema::Field;
use crate::span::Span;
use crate::time::{Millis, StoredRange, StoredTime};
use crate::value::{At, Line, Type, Value};

/// A longer list is one value: bound ones would be too many, and SQLite takes long over many texts.
const LONG: usize = 1000;

impl<'p> Printer<'p> {
    /// One value is one of these.
    pub(super) fn equals(
        &mut self,
        at: &FieldAt<'_>,
        x: &Subject,
        values: &[&Value],
    ) -> Said<Piece> {
        if at.field.kind.is_key() {
            return Ok(self.keys(at, x, values));
        }
        if at.is_plain() {
            return Ok(self.among(at, &x.sql, values, false));
        }
        let points = values.iter().filter_map(|value| Line::Whole.place(value));
        self.within(at, &x.sql, points.map(|at| [Some(at), Some(at)]))
    }

    pub(super) fn among(
        &mut self,
        at: &FieldAt<'_>,
        x: &str,
        values: &[&Value],
        outside: bool,
    ) -> Piece {
        if let Some(held) = &at.place.held {
            return self.among_held(held, x, values, outside);
        }
        if !at.folds() {
            let params = self.plain(at, values);
            return self.one_of(x, params, outside);
        }
        if let Some(folded) = self.dialect.fold(x) {
            let params = self.plain(at, values);
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

    /// A value of a type that the engine holds in its own way is one of these, or none of them.
    fn among_held(&mut self, held: &Held, x: &str, values: &[&Value], outside: bool) -> Piece {
        let items: Vec<_> = values.iter().map(|value| self.held(held, value)).collect();
        let sign = if outside { ["<>", "NOT IN"] } else { ["=", "IN"] };
        match (sign, &*items) {
            (_, []) if outside => Piece::null(x, false),
            (_, []) => self.constant(false),
            ([one, _], [only]) => Piece::test(format!("{x} {one} {only}")),
            ([_, list], several) => Piece::test(format!("{x} {list} ({})", several.join(", "))),
        }
    }

    /// Such a value: bound or written out, and cast where the engine wants it.
    fn held(&mut self, held: &Held, value: &Value) -> Cow<'static, str> {
        let param = match value {
            Value::Double(number) => Param::Double(*number),
            Value::Null
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Decimal(_)
            | Value::Day(_)
            | Value::Text(_)
            | Value::Key(_) => Param::Text(value.to_string()),
        };
        let bound_text = matches!(param, Param::Text(_)) && self.binds();
        let mut sql = self.value(param);
        if bound_text {
            sql.to_mut().push_str(held.behind_text);
        }
        let [before, behind] = &held.around;
        [before.as_ref(), sql.as_ref(), behind.as_ref()].concat().into()
    }

    /// A text holds a needle.
    pub(super) fn holds(&mut self, how: Find, text: &str, needle: &str) -> Piece {
        let dialect = self.dialect;
        let value = &mut |param| self.value(param).into_owned();
        Piece::test(dialect.find(how, text, needle, value))
    }

    /// Values of a plain type, folded where case is ignored.
    pub(super) fn plain(&self, at: &FieldAt<'_>, values: &[&Value]) -> Vec<Param> {
        let plain = |value: &&Value| match value {
            // The others are held in ways of their own.
            Value::Null | Value::Double(_) | Value::Decimal(_) | Value::Day(_) => None,
            Value::Bool(value) => Some(self.dialect.boolean(*value)),
            Value::Int(value) => Some(Param::Int(*value)),
            Value::Text(text) => Some(Param::Text(at.folded(text))),
            Value::Key(key) => Some(Param::Text(at.folded(&key.id))),
        };
        values.iter().filter_map(plain).collect()
    }

    /// An expression is one of these, or none of them.
    pub(super) fn one_of(&mut self, x: &str, mut values: Vec<Param>, outside: bool) -> Piece {
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
            0 if outside => Piece::null(x, false),
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

    pub(super) fn items(&mut self, values: Vec<Param>) -> String {
        let mut out = String::new();
        for value in values {
            out.push_str(if out.is_empty() { "" } else { ", " });
            out.push_str(&self.value(value));
        }
        out
    }

    /// How a list of that length is bound, when it is bound as one value.
    pub(super) fn lists(&self, length: usize) -> Option<&'p dyn Lists> {
        let long = length > LONG && self.binds();
        long.then(|| self.dialect.lists()).flatten()
    }

    pub(super) fn listed(&mut self, at: &FieldAt<'_>, values: &[&Value]) -> Listed {
        if let Some(held) = &at.place.held {
            let items: Vec<_> = values.iter().map(|value| self.held(held, value)).collect();
            return Listed::Items(items.join(", "));
        }
        let values = self.plain(at, values);
        if let Some(lists) = self.lists(values.len()) {
            return Listed::Param(self.value(lists.bound(values)).into_owned());
        }
        Listed::Items(self.items(values))
    }

    /// A key object is one of these: by id where no more is given, else by the members given.
    pub(super) fn keys(&mut self, at: &FieldAt<'_>, x: &Subject, values: &[&Value]) -> Piece {
        let whole =
            |value: &&Value| matches!(value, Value::Key(key) if key.saas.or(key.inst).is_some());
        let (keys, ids): (Vec<&Value>, Vec<&Value>) = values.iter().copied().partition(whole);
        let mut pieces = Vec::with_capacity(keys.len() + 1);
        if !ids.is_empty() {
            let id = x.key_id(self.dialect);
            pieces.push(self.among(at, &id, &ids, false));
        }
        pieces.extend(keys.into_iter().filter_map(|value| self.key(at, x, value)));
        let same = join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false));
        self.of_key(at, x, same)
    }

    /// What is asked of a key's members, and that there is a key where the engine does not ask.
    fn of_key(&self, at: &FieldAt<'_>, x: &Subject, piece: Piece) -> Piece {
        let kept = self.dialect.facts().keeps_members || at.place.filled || x.is_in_document();
        if kept || !at.field.kind.is_key() {
            return piece;
        }
        let set = Piece::null(&x.sql, false);
        join(Tie::And, vec![set, piece]).unwrap_or_else(|| self.constant(true))
    }

    /// A key object has the members that a value gives. Its id is a text like any other where it
    /// is reached by itself.
    pub(super) fn key(&mut self, at: &FieldAt<'_>, x: &Subject, value: &Value) -> Option<Piece> {
        let Value::Key(key) = value else { return None };
        let dialect = self.dialect;
        let apart = at.folds() || x.is_in_document();
        let same = apart.then(|| self.among(at, &x.key_id(dialect), &[value], false));
        let id = (!apart).then_some(key.id.as_str());
        let members = Members { id, saas: key.saas, inst: key.inst };
        let tests = x.key_has(dialect, members, &mut |param| self.value(param).into_owned());
        join(Tie::And, same.into_iter().chain(tests.into_iter().map(Piece::from)).collect())
    }

    /// One value holds one of these.
    pub(super) fn finds(
        &mut self,
        at: &FieldAt<'_>,
        how: Find,
        x: &Subject,
        needles: &[String],
    ) -> Said<Piece> {
        let dialect = self.dialect;
        let needles: Cow<'_, [String]> = match how {
            Find::Inside | Find::Start | Find::End | Find::Whole => needles.into(),
            Find::Fits => {
                let refuse = |refusal: Refusal| refusal.at(at.span, dialect.facts().product);
                let own = needles.iter().map(|pattern| dialect.pattern(pattern).map_err(refuse));
                own.collect::<Said<Vec<String>>>()?.into()
            }
        };
        let key = at.field.kind.is_key().then(|| x.key_id(dialect));
        let text = key.as_deref().unwrap_or(&x.sql);
        let lists = dialect.lists().filter(|_| needles.len() > LONG);
        if let Some(lists) = lists {
            let needles = needles.iter().map(|needle| Param::Text(needle.to_ascii_lowercase()));
            let list = self.value(lists.bound(needles.collect()));
            return Ok(self.of_key(at, x, lists.find(how, text, &list).into()));
        }
        let pieces = needles.iter().map(|needle| self.holds(how, text, needle)).collect();
        let found = join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false));
        Ok(self.of_key(at, x, found))
    }

    /// One value lies within one of these.
    pub(super) fn ranges(&mut self, at: &FieldAt<'_>, x: &str, ranges: &[Range]) -> Said<Piece> {
        let line = at.field.line().unwrap_or(Line::Whole);
        if at.is_plain() {
            let points = ranges.iter().map(|range| line.value(range.point()?));
            if let Some(points) = points.collect::<Option<Vec<Value>>>() {
                return Ok(self.among(at, x, &points.iter().collect::<Vec<_>>(), false));
            }
        }
        if at.is_plain() {
            let pieces = ranges.iter().map(|range| self.numbers(at, line, x, range)).collect();
            return Ok(join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false)));
        }
        let ends =
            |range: &Range| [range.start, range.end].map(|bound| bound.map(|bound| bound.at));
        self.within(at, x, ranges.iter().map(ends))
    }

    /// A bound that was written as excluded stays so.
    fn numbers(&mut self, at: &FieldAt<'_>, line: Line, x: &str, range: &Range) -> Piece {
        let inclusive = |bound: &Bound| bound.form != Form::Exclusive;
        let held = at.place.held.as_ref();
        let mut value = |at: At| match (line.value(at), held) {
            (Some(value), Some(held)) => self.held(held, &value),
            (Some(Value::Int(number)), None) => self.value(Param::Int(number)),
            // Every bound stands on its field's line; were one beyond it, the last number would stand for it.
            (Some(_) | None, _) => self.value(Param::Int(i64::try_from(at).unwrap_or(i64::MAX))),
        };
        let mut say = |sign: &str, at: At| [x, sign, &value(at)].concat();
        match (range.start, range.end) {
            (None, None) => Piece::null(x, false),
            (Some(start), Some(end)) if start.at == end.at => Piece::test(say(" = ", start.at)),
            (Some(start), Some(end)) if inclusive(&start) && inclusive(&end) => {
                let from = say(" BETWEEN ", start.at);
                Piece::test([&from, " AND ", &value(end.at)].concat())
            }
            (start, end) => {
                let from = start.map(|bound| match bound.form {
                    Form::Exclusive => say(" > ", bound.at.saturating_sub(1)),
                    Form::Inclusive | Form::DaysAgo(_) | Form::Ago(_) => say(" >= ", bound.at),
                });
                let until = end.map(|bound| match bound.form {
                    Form::Exclusive => say(" < ", bound.at.saturating_add(1)),
                    Form::Inclusive | Form::DaysAgo(_) | Form::Ago(_) => say(" <= ", bound.at),
                });
                let both = from.into_iter().chain(until).map(Piece::test).collect();
                join(Tie::And, both).unwrap_or_else(|| self.constant(true))
            }
        }
    }

    /// An instant lies within one of these closed ranges.
    fn within(
        &mut self,
        at: &FieldAt<'_>,
        x: &str,
        ranges: impl Iterator<Item = [Option<At>; 2]>,
    ) -> Said<Piece> {
        let mut points = Vec::new();
        let mut pieces = Vec::new();
        for ends in ranges {
            let [start, end] = ends.map(|at| at.and_then(|at| i64::try_from(at).ok()));
            match at.place.time.within(start, end) {
                StoredRange::Empty => {}
                StoredRange::Native(start, end) => pieces.push(self.native(at, x, start, end)?),
                StoredRange::Numbers(Some(one), Some(last)) if one == last => {
                    points.push(Param::Int(one));
                }
                StoredRange::Texts(Some(one), Some(last)) if one == last => {
                    points.push(Param::Text(one));
                }
                StoredRange::Numbers(first, last) => {
                    pieces.push(self.between(x, "", [first, last].map(|at| at.map(Param::Int))));
                }
                StoredRange::Texts(first, last) => {
                    let order = self.dialect.facts().text_order;
                    let ends = [first, last].map(|at| at.map(Param::Text));
                    pieces.push(self.between(x, order, ends));
                }
            }
        }
        if !points.is_empty() {
            pieces.push(self.one_of(x, points, false));
        }
        Ok(join(Tie::Or, pieces).unwrap_or_else(|| self.constant(false)))
    }

    /// A stored value lies between these, both included. `order` stands behind what is compared.
    fn between(&mut self, x: &str, order: &str, ends: [Option<Param>; 2]) -> Piece {
        let mut value = |sign: &str, param| [sign, &self.value(param)].concat();
        let ends = match ends {
            [None, None] => return Piece::null(x, false),
            [Some(first), None] => value(" >= ", first),
            [None, Some(last)] => value(" <= ", last),
            [Some(first), Some(last)] => {
                let first = value(" BETWEEN ", first);
                first + &value(" AND ", last)
            }
        };
        Piece::test([x, order, &ends].concat())
    }

    /// The engine's own type counts finer than ms: an instant is all of its ms, so an end is
    /// excluded one ms later.
    fn native(
        &mut self,
        at: &FieldAt<'_>,
        x: &str,
        start: Option<Millis>,
        end: Option<Millis>,
    ) -> Said<Piece> {
        let too_far = || refusal::too_far(self.dialect, at.span, &at.field.name);
        let native = self.dialect.native_time().ok_or_else(too_far)?;
        let from = start.map(|at| (native.text)(at).ok_or_else(too_far)).transpose()?;
        let until = end.map(|at| (native.text)(at).ok_or_else(too_far)).transpose()?;
        // Nothing of the type is later than its last ms.
        let until = until.and(end).and_then(|at| at.checked_add(1)).and_then(native.text);
        let mut pieces = Vec::with_capacity(2);
        for (sign, text) in [(">=", from), ("<", until)] {
            if let Some(text) = text {
                let value = self.value(Param::Text(text));
                pieces.push(Piece::test(format!("{x} {sign} {}", (native.instant)(&value))));
            }
        }
        Ok(join(Tie::And, pieces).unwrap_or_else(|| Piece::null(x, false)))
    }

    pub(super) fn binds(&self) -> bool {
        !self.form.inline && self.params.len() < self.dialect.facts().most_params
    }

    /// A value: bound, or written out where that is asked for or no more can be bound.
    pub(super) fn value(&mut self, param: Param) -> Cow<'static, str> {
        if self.binds() {
            let placeholder = self.dialect.placeholder(self.params.len() + 1, &param);
            self.params.push(param);
            return placeholder;
        }
        self.literal(param)
    }

    /// A value, written out.
    fn literal(&mut self, param: Param) -> Cow<'static, str> {
        match param {
            Param::Bool(value) => if value { "TRUE" } else { "FALSE" }.into(),
            Param::Int(i64::MIN) => self.dialect.facts().least_integer.into(),
            Param::Int(value) => value.to_string().into(),
            // With an exponent, which engines take for a double.
            Param::Double(value) => format!("{:e}", value.get()).into(),
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
pub(super) struct FieldAt<'t> {
    pub(super) field: &'t Field,
    pub(super) span: Span,
    pub(super) place: Rc<Place>,
    /// True when NULL does not pass what stands beside it.
    pub(super) guarded: bool,
}

impl FieldAt<'_> {
    /// What one value of the field is.
    pub(super) fn element(&self) -> Element {
        Element::of(self.field, self.place.time)
    }

    /// True when values are compared as they stand: neither keys nor instants stored otherwise than
    /// as numbers of ms.
    pub(super) fn is_plain(&self) -> bool {
        !self.field.kind.is_key() && self.place.time == StoredTime::MILLIS
    }

    /// True when NULL need not be thought of.
    pub(super) fn is_filled(&self) -> bool {
        self.place.filled || self.guarded
    }

    /// The value that there always is, where it is compared as it stands.
    pub(super) fn filled(&self) -> Option<&Subject> {
        self.place.one().filter(|_| self.is_filled() && self.is_plain())
    }

    pub(super) fn folds(&self) -> bool {
        self.field.ignores_case && (self.field.kind == Type::String || self.field.kind.is_key())
    }

    pub(super) fn folded(&self, text: &str) -> String {
        if self.folds() { text.to_ascii_lowercase() } else { text.to_owned() }
    }
}
