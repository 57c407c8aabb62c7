//! One clause: field, operator and operand together, as atoms that the field's row can say.

use hashbrown::HashSet;

use super::network::{Network, NotANetwork, Stands, is_wrong_address, looks_like_network};
use super::operators::{allowed, allows, instead, is_negative};
use super::raw::Raw;
use super::{Checker, atom, joined, signed};
use crate::diag::messages;
use crate::ops::{self, Op, Side, Takes, Test};
use crate::query::{Bound, Form, Node, Predicate, Range};
use crate::schema::Field;
use crate::span::{Span, Spanned};
use crate::syntax::ast::{Clause, Operand, Operator};
use crate::time::{DAY_MS, Moment};
use crate::value::{Type, Value};

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    pub(super) fn clause(&mut self, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        self.count_conditions(1, clause.span())?;
        let field = self.field(clause)?;
        let operator = self.written(clause.operator.span);
        match clause.operator.value {
            Operator::Known(op) if allows(field, op) || self.is_null_test(field, op, clause) => {
                let node = self.known(field, op, clause)?;
                Some(signed(node, is_negative(op)))
            }
            Operator::Known(op) => {
                let instead = instead(field, op).map(Op::canonical);
                let allowed = allowed(field);
                self.found.push(messages::operator_not_allowed(
                    operator,
                    &field.name,
                    &allowed,
                    instead,
                ));
                None
            }
            Operator::Other(name) => self.other(field, name, clause),
            Operator::Missing => {
                let first = if field.kind == Type::Timestamp { Op::On } else { Op::Eq };
                let first = if allows(field, first) { first } else { Op::Contains };
                self.found.push(messages::missing_operator(
                    operator.place,
                    &field.name,
                    first.canonical(),
                ));
                None
            }
        }
    }

    fn field(&mut self, clause: &Clause<'s>) -> Option<&'q Field> {
        let name = messages::At { place: clause.field.span, text: &clause.field.value };
        let field = self.schema.field(name.text);
        match field {
            Some(field) if !field.name.eq_ignore_ascii_case(name.text) => {
                self.found.push(messages::retired_name(name, &field.name));
            }
            Some(_) => {}
            None if self.is_mistaken(name.place) => {}
            None => {
                let fields = self.schema.fields().iter().map(|field| field.name.as_str());
                let words = clause.span();
                let is_text =
                    matches!(clause.operator.value, Operator::Other(_) | Operator::Missing);
                let text = self.written(words);
                let text = (is_text && self.schema.free_text().is_some()).then_some(text);
                self.found.push(messages::unknown_field(name, &self.schema.name, fields, text));
            }
        }
        field
    }

    /// `field = null` on a row that has `isset` but not `eq`.
    fn is_null_test(&self, field: &Field, op: Op, clause: &Clause<'s>) -> bool {
        let literals = clause.operand.literals();
        let null = |at: Span| at.of(self.text).eq_ignore_ascii_case("null");
        op.row().test == Test::Equal
            && !literals.is_empty()
            && literals.iter().all(|literal| null(literal.span))
            && allows(field, Op::Isset)
    }

    /// An operator that only the schema's row knows.
    fn other(&mut self, field: &'q Field, name: &str, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        let own = field.own_operators.iter().find(|own| own.eq_ignore_ascii_case(name));
        let Some(own) = own else {
            let operator = self.written(clause.operator.span);
            let spellings = ops::ALL.iter().filter(|op| allows(field, **op));
            let spellings = spellings.flat_map(|op| [op.row().name, op.canonical()]);
            let spellings = spellings.filter(|text| !text.contains('_') || !text.contains(' '));
            self.found.push(messages::unknown_operator(
                operator,
                spellings,
                &field.name,
                &allowed(field),
            ));
            return None;
        };
        let values = self.values(field, &clause.operand, clause.operator.span)?;
        Some(atom(field, Predicate::Own(own.as_str().into(), values.into()), clause.span()))
    }

    /// The positive test of an operator of the table.
    fn known(&mut self, field: &'q Field, op: Op, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        let span = clause.span();
        let operator = clause.operator.span;
        let operand = &clause.operand;
        if op.row().takes != Takes::Flag && matches!(operand, Operand::None) {
            return None;
        }
        match (op.row().takes, op.row().test) {
            (Takes::Values, Test::Equal) => self.equal(field, clause),
            (Takes::Values, test) => {
                let values = self.values(field, operand, operator)?.into();
                let below = test == Test::Below;
                let predicate =
                    if below { Predicate::Below(values) } else { Predicate::Outside(values) };
                Some(atom(field, predicate, span))
            }
            (Takes::Strings, test) => {
                let strings = self.strings(field, operand)?.into();
                let predicate = if test == Test::Starts {
                    Predicate::Starts(strings)
                } else if test == Test::Ends {
                    Predicate::Ends(strings)
                } else {
                    Predicate::Contains(strings)
                };
                Some(atom(field, predicate, span))
            }
            (Takes::String, test) => {
                let raw = self.only(operand, operator)?;
                let text = self.text(field, &raw)?;
                let words = test == Test::Words;
                Some(if words {
                    self.words(field, &text, span)
                } else {
                    atom(field, Predicate::Starts([text].into()), span)
                })
            }
            (Takes::Flag, _) => {
                let holds = match operand {
                    Operand::None => true,
                    Operand::One(_) | Operand::List(_) => {
                        let raw = self.only(operand, operator)?;
                        self.flag(&raw)?
                    }
                };
                Some(signed(atom(field, Predicate::Set, span), !holds))
            }
            (Takes::Ranges, _) => {
                self.within(field, operand).map(|list| ordered(field, list, span))
            }
            (Takes::Value | Takes::Days | Takes::Day, Test::Order(side)) => {
                let raw = self.only(operand, operator)?;
                self.side(field, side, &raw).map(|range| ordered(field, vec![range], span))
            }
            (Takes::Value | Takes::Days | Takes::Day, _) => None,
        }
    }

    pub(super) fn words(&mut self, field: &'q Field, text: &str, span: Span) -> Node<'q> {
        if text.split_whitespace().next().is_none() {
            self.found.push(messages::text_without_words(span));
        }
        atom(field, Predicate::Words(text.into()), span)
    }

    /// `eq`: values, networks, ranges and `null`, one of which has to fit.
    fn equal(&mut self, field: &'q Field, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        let mut sides = Sides::default();
        let mut wrong = false;
        let whole = self.each(&clause.operand, &mut |checker, raw| {
            wrong |= checker.equal_to(field, &raw, clause.operator.span, &mut sides).is_none();
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(sides.is_empty(), clause.operator.span)?;
        let span = clause.span();
        Some(joined(
            sides
                .predicates()
                .map(|(predicate, negated)| signed(atom(field, predicate, span), negated))
                .collect(),
            false,
        ))
    }

    fn equal_to(
        &mut self,
        field: &'q Field,
        raw: &Spanned<Raw<'_>>,
        operator: Span,
        sides: &mut Sides,
    ) -> Option<()> {
        self.count_values(1, raw.span)?;
        match &raw.value {
            Raw::Null if field.names_null() => sides.values.push(Value::Null),
            Raw::Null if allows(field, Op::Isset) => sides.null = true,
            Raw::Range(_) => {
                let text = operator.of(self.text);
                self.found.push(messages::no_range_here(raw.span, text));
                return None;
            }
            Raw::Word(text) | Raw::Text(text) if field.is_address && looks_like_network(text) => {
                return self.network(text, raw.span, sides);
            }
            Raw::Word(text) | Raw::Text(text) if field.is_address && is_wrong_address(text) => {
                self.found.push(messages::bad_address(self.written(raw.span)));
                return None;
            }
            Raw::Null | Raw::Word(_) | Raw::Text(_) | Raw::Record(_)
                if field.kind == Type::Timestamp =>
            {
                let moment = self.instant(raw)?;
                if matches!(moment, Moment::Day(..)) {
                    let at = self.written(raw.span);
                    self.found.push(messages::midnight_only(operator, at));
                }
                sides.ranges.push(inclusive(moment.start(), moment.start()));
            }
            Raw::Null | Raw::Word(_) | Raw::Text(_) | Raw::Record(_) => {
                let value = self.value(field, raw)?;
                sides.values.push(value);
            }
        }
        Some(())
    }

    fn network(&mut self, text: &str, place: Span, sides: &mut Sides) -> Option<()> {
        let at = self.written(place);
        let network = match Network::read(text) {
            Ok(network) => network,
            Err(NotANetwork::Ipv6) => {
                self.found.push(messages::ipv6_network(at));
                return None;
            }
            Err(NotANetwork::Malformed) => {
                self.found.push(messages::bad_network(at));
                return None;
            }
        };
        if network.inside {
            self.found.push(messages::host_bits(at, &network.to_string()));
        }
        let (count, ()) = match network.stands_for() {
            Stands::Prefixes(texts) => (texts.len(), sides.prefixes.extend(texts)),
            Stands::Addresses(texts) => {
                (texts.len(), sides.values.extend(texts.into_iter().map(Value::Text)))
            }
        };
        self.count_values(count, place)
    }

    fn values(
        &mut self,
        field: &Field,
        operand: &'p Operand<'s>,
        operator: Span,
    ) -> Option<Vec<Value>> {
        let mut values = Vec::with_capacity(operand.literals().len());
        let mut wrong = false;
        let whole = self.each(operand, &mut |checker, raw| {
            let counted = checker.count_values(1, raw.span);
            match counted.and_then(|()| checker.value(field, &raw)) {
                Some(value) => values.push(value),
                None => wrong = true,
            }
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(values.is_empty(), operator)?;
        Some(distinct(values))
    }

    fn strings(&mut self, field: &Field, operand: &'p Operand<'s>) -> Option<Vec<String>> {
        let mut strings = Vec::with_capacity(operand.literals().len());
        let mut wrong = false;
        let mut last = Span::default();
        let whole = self.each(operand, &mut |checker, raw| {
            last = raw.span;
            let counted = checker.count_values(1, raw.span);
            match counted.and_then(|()| checker.text(field, &raw)) {
                Some(text) => strings.push(text),
                None => wrong = true,
            }
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(strings.is_empty(), last)?;
        Some(distinct(strings))
    }

    /// `range` and `in a..b`: pairs; among pairs a single value stands for itself.
    fn within(&mut self, field: &Field, operand: &'p Operand<'s>) -> Option<Vec<Range>> {
        let mut list = Vec::new();
        let mut wrong = false;
        let mut pairs = false;
        let mut last = Span::default();
        let whole = self.each(operand, &mut |checker, raw| {
            last = last.to(raw.span);
            pairs |= matches!(raw.value, Raw::Range(_));
            let counted = checker.count_values(1, raw.span);
            match counted.and_then(|()| checker.range(field, &raw)) {
                Some(range) => list.push(range),
                None => wrong = true,
            }
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(list.is_empty(), last)?;
        if !pairs {
            let span = operand.literals().iter().map(|literal| literal.span).reduce(Span::to);
            self.found.push(messages::not_a_range(span.unwrap_or_default()));
            return None;
        }
        Some(list)
    }

    fn range(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<Range> {
        let Raw::Range(ends) = &raw.value else {
            let at = self.bound(field, raw)?;
            return Some(inclusive(at, at));
        };
        let start = self.bound(field, &ends.0);
        let end = self.bound(field, &ends.1);
        let range = inclusive(start?, end?);
        if range.is_empty() {
            let (first, second) = (ends.0.span, ends.1.span);
            let between = Span { start: first.end, end: second.start }.of(self.text);
            let swapped = format!("{}{between}{}", second.of(self.text), first.of(self.text));
            let apart = !between.is_empty();
            self.found.push(messages::reversed_range(raw.span, apart.then_some(swapped)));
            return None;
        }
        Some(range)
    }

    /// The range that an ordering operator stands for; an empty one where nothing lies beyond.
    fn side(&mut self, field: &Field, side: Side, raw: &Spanned<Raw<'_>>) -> Option<Range> {
        let open = |start, end| Some(Range { start, end });
        let bound = |at, form| Some(Bound { at, form });
        match side {
            Side::FromDaysAgo | Side::UpToDaysAgo => {
                let days = self.days(raw)?;
                let at = self.clock.now.saturating_sub(i64::from(days).saturating_mul(DAY_MS));
                let bound = bound(at, Form::DaysAgo(days));
                if side == Side::FromDaysAgo { open(bound, None) } else { open(None, bound) }
            }
            Side::OnDay => {
                let at = self.instant(raw)?.start();
                let (start, end) = self.clock.zone.day_of(at).or_else(|| {
                    let at = self.written(raw.span);
                    self.found.push(messages::not_a_time(at));
                    None
                })?;
                Some(inclusive(start, end))
            }
            Side::After => match self.bound(field, raw)?.checked_add(1) {
                Some(at) => open(bound(at, Form::Exclusive), None),
                None => Some(inclusive(i64::MAX, i64::MIN)),
            },
            Side::Before => match self.bound(field, raw)?.checked_sub(1) {
                Some(at) => open(None, bound(at, Form::Exclusive)),
                None => Some(inclusive(i64::MAX, i64::MIN)),
            },
            Side::From => open(bound(self.bound(field, raw)?, Form::Inclusive), None),
            Side::UpTo => open(None, bound(self.bound(field, raw)?, Form::Inclusive)),
            Side::Within => self.range(field, raw),
        }
    }

    /// The one value of an operand.
    fn only(&mut self, operand: &'p Operand<'s>, operator: Span) -> Option<Spanned<Raw<'p>>> {
        let mut first = None;
        let mut surplus: Option<Span> = None;
        self.each(operand, &mut |_, raw| match first {
            None => first = Some(raw),
            Some(_) => surplus = Some(surplus.map_or(raw.span, |span| span.to(raw.span))),
        })?;
        if let Some(surplus) = surplus {
            let text = operator.of(self.text);
            self.found.push(messages::one_value_only(surplus, text));
            return None;
        }
        self.not_empty(first.is_none(), operator)?;
        first
    }

    /// Reports a list that a parameter left empty; the parser reports one written as such.
    fn not_empty(&mut self, empty: bool, place: Span) -> Option<()> {
        if empty && !self.found.has_errors() {
            self.found.push(messages::empty_list(place));
        }
        (!empty).then_some(())
    }

    /// Counts values; `None` when there are too many.
    fn count_values(&mut self, more: usize, place: Span) -> Option<()> {
        let limit = self.options.limits.values;
        let within = self.values <= limit;
        self.values = self.values.saturating_add(more);
        if within && self.values > limit {
            self.found.push(messages::too_many_values(place, limit));
        }
        (self.values <= limit).then_some(())
    }
}

/// What `eq` compares with, by the test that says it.
#[derive(Default)]
struct Sides {
    values: Vec<Value>,
    prefixes: Vec<String>,
    ranges: Vec<Range>,
    null: bool,
}

impl Sides {
    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.prefixes.is_empty() && self.ranges.is_empty() && !self.null
    }

    /// The predicates, with whether each is negated; one of them has to hold.
    fn predicates(self) -> impl Iterator<Item = (Predicate, bool)> {
        let values =
            (!self.values.is_empty()).then(|| Predicate::Equal(distinct(self.values).into()));
        let prefixes =
            (!self.prefixes.is_empty()).then(|| Predicate::Starts(distinct(self.prefixes).into()));
        let ranges =
            (!self.ranges.is_empty()).then(|| Predicate::Order(distinct(self.ranges).into()));
        let tests = [values, prefixes, ranges].into_iter().flatten().map(|test| (test, false));
        tests.chain(self.null.then_some((Predicate::Set, true)))
    }
}

fn inclusive(start: i64, end: i64) -> Range {
    let bound = |at| Some(Bound { at, form: Form::Inclusive });
    Range { start: bound(start), end: bound(end) }
}

fn ordered<'q>(field: &'q Field, mut ranges: Vec<Range>, span: Span) -> Node<'q> {
    ranges.retain(|range| !range.is_empty());
    atom(field, Predicate::Order(ranges.into()), span)
}

/// The list without repetitions, in its order.
fn distinct<T: std::hash::Hash + Eq>(list: Vec<T>) -> Vec<T> {
    let [_, _, ..] = list.as_slice() else { return list };
    let keep: Vec<bool> = {
        let mut seen = HashSet::with_capacity(list.len());
        list.iter().map(|value| seen.insert(value)).collect()
    };
    list.into_iter().zip(keep).filter_map(|(value, keep)| keep.then_some(value)).collect()
}
