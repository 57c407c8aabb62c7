//! From text to typed values: numbers, booleans, labels, dates, keys.

use std::borrow::Cow;

use super::Checker;
use super::number::{Number, Written};
use super::raw::Raw;
use crate::diag::messages::{self, At};
use crate::measure::Amount;
use crate::schema::{Field, Named, Values};
use crate::span::{Span, Spanned};
use crate::time::Moment;
use crate::value::{At as Place, Day, Decimal, Double, Key, Type, Value};

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    /// The source text at a place, for messages.
    pub(super) fn written(&self, place: Span) -> At<'s> {
        At { place, text: place.of(self.text) }
    }

    /// A value of the field's type. Reports what does not fit.
    pub(super) fn value(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<Value> {
        if let Some(counted) = self.amount(field, raw) {
            return self.value(field, &counted?);
        }
        if matches!(raw.value, Raw::Phrase(_)) && !field.kind.is_time() {
            return self.no_time_here(raw);
        }
        let named = match self.named_value(field, raw) {
            Some(found) => return found,
            None => field.values.as_ref(),
        };
        match field.kind {
            Type::String => self.string(field, raw, named),
            Type::Integer => self.integer(field, raw, named),
            Type::Double | Type::Decimal => self.fractional(field, raw, named),
            Type::Boolean => self.boolean(field, raw),
            Type::Timestamp => self.single_instant(raw).map(Value::Int),
            Type::Date => self.single_day(field, raw).map(Value::Day),
            Type::EntityKey | Type::File | Type::Folder => self.key(field, raw),
        }
    }

    /// A number with a unit behind it, as a number of the row's unit; the outer `None` where there is
    /// no unit.
    fn amount(
        &mut self,
        field: &Field,
        raw: &Spanned<Raw<'_>>,
    ) -> Option<Option<Spanned<Raw<'static>>>> {
        let row = field.unit?;
        let text = raw.value.words()?;
        // A label may look like an amount.
        if field.values.as_ref().is_some_and(|values| values.meant_by(text).next().is_some()) {
            return None;
        }
        let at = self.written(raw.span);
        let wrong = match row.amount(text) {
            Amount::No => return None,
            Amount::Of(number) if field.kind == Type::Integer && number.contains('.') => {
                messages::part_of_unit(at, &field.name, row.name)
            }
            Amount::Of(number) => {
                return Some(Some(Spanned::new(Raw::Word(Cow::Owned(number)), raw.span)));
            }
            Amount::Inexact => messages::part_of_unit(at, &field.name, row.name),
            Amount::TwoPowers(texts) => messages::two_powers(at, &texts),
            Amount::OtherUnit(unit) => messages::other_unit(at, &unit, &field.name, row.name),
        };
        self.found.push(wrong);
        Some(None)
    }

    /// A value by its label or wire form; the outer `None` when it is neither. Remembers the wire
    /// form that was written where the API and records hold different ones.
    fn named_value(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<Option<Value>> {
        let values = field.values.as_ref()?;
        let text = raw.value.text()?;
        let mut found = values.meant_by(text);
        let first = found.next()?;
        let others: Vec<&Named> = found.collect();
        if others.is_empty() {
            if let (Some(_), Some(form)) = (&first.api, first.spelled(text)) {
                let key = (field.id, first.value.clone());
                self.forms.add(key, form.clone());
            }
            return Some(Some(first.value.clone()));
        }
        let all = std::iter::once(first).chain(others);
        let at = self.written(raw.span);
        self.found.push(messages::ambiguous(at, &named_both(all)));
        Some(None)
    }

    fn string(
        &mut self,
        field: &Field,
        raw: &Spanned<Raw<'_>>,
        named: Option<&Values>,
    ) -> Option<Value> {
        let text = self.text(field, raw)?;
        if named.is_some_and(|values| !values.open) {
            return self.unknown_value(field, raw);
        }
        Some(Value::Text(text))
    }

    /// Plain text, for a string operator or a field of strings.
    pub(super) fn text(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<String> {
        match &raw.value {
            Raw::Word(text) | Raw::Text(text) | Raw::Number(text) => {
                if text.contains('\0') {
                    self.found.push(messages::nul_character(raw.span));
                    return None;
                }
                Some(text.clone().into_owned())
            }
            Raw::Null => {
                self.found.push(messages::null_not_possible(raw.span, &field.name));
                None
            }
            Raw::Phrase(_) => self.no_time_here(raw),
            Raw::Range(_) | Raw::Record(_) => self.wrong_type(field, raw, Type::String),
        }
    }

    fn integer(
        &mut self,
        field: &Field,
        raw: &Spanned<Raw<'_>>,
        named: Option<&Values>,
    ) -> Option<Value> {
        let closed = named.filter(|values| !values.open);
        let at = self.written(raw.span);
        match raw.value.text().map(|text| Number::read(text, field.bits)) {
            None => self.wrong_type(field, raw, Type::Integer),
            Some(Number::No) if closed.is_some() => self.unknown_value(field, raw),
            Some(Number::No) => self.wrong_type(field, raw, Type::Integer),
            Some(Number::Padded) => {
                self.found.push(messages::number_spelling(at, None));
                None
            }
            Some(Number::Respelled(plain)) => {
                let number = Number::whole(&plain, field.bits).map(Value::Int);
                let known = closed.is_none_or(|list| number.is_some_and(|n| list.of(&n).is_some()));
                let plain = Some(plain).filter(|_| known && self.is_literal(raw));
                self.found.push(messages::number_spelling(at, plain.as_deref()));
                None
            }
            Some(Number::TooLarge) => {
                self.found.push(messages::out_of_range(at, field.bits));
                None
            }
            Some(Number::Whole(number)) => {
                let value = Value::Int(number);
                let known = closed.is_none_or(|values| values.of(&value).is_some());
                if known { Some(value) } else { self.unknown_value(field, raw) }
            }
        }
    }

    /// A double or a decimal number.
    fn fractional(
        &mut self,
        field: &Field,
        raw: &Spanned<Raw<'_>>,
        named: Option<&Values>,
    ) -> Option<Value> {
        let closed = named.filter(|values| !values.open);
        let value = self.exact(field, raw, closed.is_some())?;
        let known = closed.is_none_or(|values| values.of(&value).is_some());
        if let (true, Value::Decimal(number)) = (known, &value) {
            let at = self.written(raw.span);
            match number.units(field.scale) {
                Some((_, true)) => {}
                Some((_, false)) => {
                    self.found.push(messages::too_many_digits(at, &field.name, field.scale));
                }
                None => {
                    self.found.push(messages::number_too_long(at, field.kind));
                    return None;
                }
            }
        }
        if known { Some(value) } else { self.unknown_value(field, raw) }
    }

    /// The number that is written, with all of its digits.
    fn exact(&mut self, field: &Field, raw: &Spanned<Raw<'_>>, closed: bool) -> Option<Value> {
        let at = self.written(raw.span);
        let read = |text: &str| match field.kind {
            Type::Double => Double::read(text).map(Value::Double),
            Type::Decimal
            | Type::String
            | Type::Integer
            | Type::Boolean
            | Type::Timestamp
            | Type::Date
            | Type::EntityKey
            | Type::File
            | Type::Folder => Decimal::read(text).map(Value::Decimal),
        };
        match raw.value.text().map(|text| (text, Written::of(text))) {
            Some((text, Written::Plain)) => {
                let value = read(text);
                if value.is_none() {
                    self.found.push(messages::number_too_long(at, field.kind));
                }
                value
            }
            Some((_, Written::Padded)) => {
                self.found.push(messages::fraction_spelling(at, None));
                None
            }
            Some((_, Written::Respelled(plain))) => {
                let plain = Some(plain).filter(|_| self.is_literal(raw));
                self.found.push(messages::fraction_spelling(at, plain.as_deref()));
                None
            }
            Some((_, Written::No)) if closed => self.unknown_value(field, raw),
            Some((_, Written::No)) | None => self.wrong_type(field, raw, field.kind),
        }
    }

    /// True for a value that stands in the text as it is, so that a fix can replace it.
    pub(super) fn is_literal(&self, raw: &Spanned<Raw<'_>>) -> bool {
        !self.written(raw.span).text.starts_with('$')
    }

    fn boolean(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<Value> {
        let flag = raw.value.text().and_then(read_flag);
        if flag.is_none() {
            return self.wrong_type(field, raw, Type::Boolean);
        }
        flag.map(Value::Bool)
    }

    /// One instant, where a period does not fit.
    fn single_instant(&mut self, raw: &Spanned<Raw<'_>>) -> Option<i64> {
        match self.time(raw)?.moment {
            Moment::Point(at) => Some(at),
            Moment::Period(..) => {
                let at = self.written(raw.span);
                self.found.push(messages::no_period_here(at));
                None
            }
        }
    }

    /// One day, where a longer period does not fit.
    fn single_day(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<Day> {
        let (first, last) = self.ends(field, raw)?;
        if first != last {
            let at = self.written(raw.span);
            self.found.push(messages::no_period_here(at));
            return None;
        }
        i64::try_from(first).ok().and_then(Day::new)
    }

    /// The first and the last place of what a value of an order stands for: the same, or the ends
    /// of a period. Of a decimal with more digits than the row's the first is the next place, the
    /// last the one before, since nothing stands where it does.
    pub(super) fn bounds(
        &mut self,
        field: &Field,
        raw: &Spanned<Raw<'_>>,
    ) -> Option<(Place, Place)> {
        if let Some(counted) = self.amount(field, raw) {
            return self.bounds(field, &counted?);
        }
        if field.kind.is_time() {
            return self.ends(field, raw);
        }
        // A bound need not be a value, so a closed list does not limit it.
        let value = match (self.named_value(field, raw), field.kind) {
            (Some(found), _) => found,
            (None, Type::Integer) => self.integer(field, raw, None),
            (None, Type::Double | Type::Decimal) => self.exact(field, raw, false),
            (
                None,
                Type::String
                | Type::Boolean
                | Type::Timestamp
                | Type::Date
                | Type::EntityKey
                | Type::File
                | Type::Folder,
            ) => self.value(field, raw),
        }?;
        let place = field.line().and_then(|line| line.place(&value));
        match (place, value) {
            (Some(at), _) => Some((at, at)),
            (None, Value::Decimal(number)) => {
                let Some((below, _)) = number.units(field.scale) else {
                    let at = self.written(raw.span);
                    self.found.push(messages::number_too_long(at, field.kind));
                    return None;
                };
                Some((below + 1, below))
            }
            (
                None,
                Value::Null
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Double(_)
                | Value::Day(_)
                | Value::Text(_)
                | Value::Key(_),
            ) => self.wrong_type(field, raw, field.kind),
        }
    }

    /// `true` or `false` after `isset`.
    pub(super) fn flag(&mut self, raw: &Spanned<Raw<'_>>) -> Option<bool> {
        let flag = raw.value.text().and_then(read_flag);
        if flag.is_none() {
            let at = self.written(raw.span);
            self.found.push(messages::not_a_flag(at));
        }
        flag
    }

    fn key(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<Value> {
        match &raw.value {
            Raw::Record(members) => {
                self.members(field, members, raw.span).map(|key| Value::Key(Box::new(key)))
            }
            Raw::Word(_) | Raw::Text(_) | Raw::Number(_) if field.kind != Type::EntityKey => {
                self.text(field, raw).map(Value::Text)
            }
            Raw::Word(text) | Raw::Text(text) | Raw::Number(text) => {
                let at = self.written(raw.span);
                self.found.push(messages::bad_key(at, &field.name, Some(text)));
                None
            }
            Raw::Null | Raw::Phrase(_) | Raw::Range(_) => {
                let at = self.written(raw.span);
                self.found.push(messages::bad_key(at, &field.name, None));
                None
            }
        }
    }

    fn members(
        &mut self,
        field: &Field,
        members: &[(Spanned<Cow<'_, str>>, Spanned<Raw<'_>>)],
        place: Span,
    ) -> Option<Key> {
        let (mut id, mut saas, mut inst) = (None, None, None);
        for (name, value) in members {
            let number = || value.value.text();
            let number = || number().and_then(|text| Number::whole(text, field.bits));
            let text = || value.value.text().filter(|text| !text.contains('\0')).map(str::to_owned);
            let taken = match name.value.as_ref() {
                "id" if id.is_none() => text().map(|text| id = Some(text)),
                "saas" if saas.is_none() => number().map(|number| saas = Some(number)),
                "inst" if inst.is_none() => number().map(|number| inst = Some(number)),
                _ => None,
            };
            if taken.is_none() {
                let at = At { place: name.span.to(value.span), text: &name.value };
                self.found.push(messages::bad_key_member(at));
                return None;
            }
        }
        if id.is_none() && !self.is_mistaken(place) {
            self.found.push(messages::key_without_id(place));
        }
        Some(Key { id: id?, saas, inst })
    }

    fn wrong_type<T>(&mut self, field: &Field, raw: &Spanned<Raw<'_>>, kind: Type) -> Option<T> {
        let at = self.written(raw.span);
        self.found.push(match raw.value {
            Raw::Null => messages::null_not_possible(raw.span, &field.name),
            Raw::Word(_)
            | Raw::Text(_)
            | Raw::Number(_)
            | Raw::Phrase(_)
            | Raw::Range(_)
            | Raw::Record(_) => messages::wrong_type(at, &field.name, kind, labels(field)),
        });
        None
    }

    fn unknown_value<T>(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<T> {
        let at = self.written(raw.span);
        self.found.push(messages::unknown_value(at, &field.name, labels(field)));
        None
    }
}

fn labels(field: &Field) -> impl Iterator<Item = &str> + Clone {
    let booleans = (field.kind == Type::Boolean).then_some(["true", "false"]);
    let named = field.values.iter().flat_map(|values| &values.named);
    booleans.into_iter().flatten().chain(named.map(|named| named.label.as_str()))
}

fn read_flag(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else {
        text.eq_ignore_ascii_case("false").then_some(false)
    }
}

/// Labels with their wire forms, for a text that can mean each of them.
pub(crate) fn named_both<'n>(all: impl Iterator<Item = &'n Named>) -> Vec<(String, String)> {
    all.map(|named| (named.label.clone(), named.value.to_string())).collect()
}
