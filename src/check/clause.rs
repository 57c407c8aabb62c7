//! One clause: field, operator and operand together, as atoms that the field's row can say.

use super::network::{Network, NotANetwork, Stands, looks_like_network};
use super::operators::{allowed, allows, instead, is_negative};
use super::raw::Raw;
use super::time::{beside, inclusive};
use super::{Checker, atom, joined, signed};
use crate::diag::messages;
use crate::fold::Find;
use crate::ops::{self, Op, Side, Test};
use crate::query::{Node, Predicate, Range};
use crate::schema::Field;
use crate::span::{Span, Spanned};
use crate::syntax::ast::{Clause, Literal, Operand, Operator};
use crate::table;
use crate::value::{Line, Type, Value};

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    pub(super) fn clause(&mut self, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        self.name_parameters(clause.operand.literals());
        self.count_conditions(1, clause.span())?;
        let field = self.field(clause)?;
        let operator = self.written(clause.operator.span);
        if is_expression(operator.text, &clause.operand) {
            let place = clause.operator.span.to(clause.span().after());
            let text = place.of(self.text);
            self.found.push(messages::foreign(place, text, Vec::new(), None));
            return None;
        }
        match clause.operator.value {
            Operator::Known(op)
                if field.knows(operator.text)
                    && operator.text.eq_ignore_ascii_case(op.row().name) =>
            {
                self.other(field, op.row().name, clause)
            }
            Operator::Known(op) if allows(field, op) || self.is_null_test(field, op, clause) => {
                let node = self.test(field, op, clause)?;
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
                let first = if field.kind.is_time() { Op::On } else { Op::Eq };
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

    /// `field = null` on a row that has `isset` but not `eq`.
    fn is_null_test(&self, field: &Field, op: Op, clause: &Clause<'s>) -> bool {
        let literals = clause.operand.literals();
        op.row().test == Test::Equal
            && !literals.is_empty()
            && literals.iter().all(|literal| self.is_null(literal))
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

    /// `eq`: values, networks, ranges and `null`, one of which has to fit.
    pub(super) fn equal(&mut self, field: &'q Field, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        let mut sides = Sides::default();
        let mut wrong = false;
        let whole = self.each(&clause.operand, &mut |checker, raw| {
            wrong |= checker.equal_to(field, &raw, clause, &mut sides).is_none();
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(sides.is_empty(), &clause.operand, clause.operator.span)?;
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
        clause: &Clause<'s>,
        sides: &mut Sides,
    ) -> Option<()> {
        let operator = clause.operator.span;
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
            Raw::Null
            | Raw::Word(_)
            | Raw::Text(_)
            | Raw::Number(_)
            | Raw::Phrase(_)
            | Raw::Record(_)
                if field.kind.is_time() =>
            {
                let whole = matches!(clause.operand, Operand::One(_));
                let whole = whole.then(|| operator.to(raw.span));
                let range = self.equal_time(field, raw, operator, whole)?;
                sides.ranges.push(self.sayable(field, range, raw.span, operator)?);
            }
            Raw::Null
            | Raw::Word(_)
            | Raw::Text(_)
            | Raw::Number(_)
            | Raw::Phrase(_)
            | Raw::Record(_) => {
                let value = self.value(field, raw)?;
                self.odd_value(field, raw, Some(clause))?;
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

    pub(super) fn values(
        &mut self,
        field: &Field,
        operand: &'p Operand<'s>,
        operator: Span,
    ) -> Option<Vec<Value>> {
        let mut values = Vec::with_capacity(operand.literals().len());
        let mut wrong = false;
        let whole = self.each(operand, &mut |checker, raw| {
            let counted = checker.count_values(1, raw.span);
            let value = counted.and_then(|()| checker.value(field, &raw));
            match value.filter(|_| checker.odd_value(field, &raw, None).is_some()) {
                Some(value) => values.push(value),
                None => wrong = true,
            }
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(values.is_empty(), operand, operator)?;
        Some(distinct(values, |value| value))
    }

    /// `range` and `in a..b`: pairs; among pairs a single value stands for itself.
    pub(super) fn within(
        &mut self,
        field: &Field,
        operand: &'p Operand<'s>,
        operator: Span,
    ) -> Option<Vec<Range>> {
        let mut list = Vec::new();
        let mut wrong = false;
        let mut pairs = false;
        let mut last = Span::default();
        let whole = self.each(operand, &mut |checker, raw| {
            last = last.to(raw.span);
            pairs |= matches!(raw.value, Raw::Range(_));
            let counted = checker.count_values(1, raw.span);
            let range = counted.and_then(|()| checker.range(field, &raw));
            match range.and_then(|range| checker.sayable(field, range, raw.span, operator)) {
                Some(range) => list.push(range),
                None => wrong = true,
            }
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(list.is_empty(), operand, last)?;
        if !pairs {
            let span = operand.literals().iter().map(|literal| literal.span).reduce(Span::to);
            self.found.push(messages::not_a_range(span.unwrap_or_default()));
            return None;
        }
        Some(list)
    }

    fn range(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<Range> {
        let Raw::Range(ends) = &raw.value else {
            let (start, end) = self.bounds(field, raw)?;
            return Some(inclusive(start, end));
        };
        let start = self.bounds(field, &ends.0);
        let end = self.bounds(field, &ends.1);
        let (start, end) = (start?, end?);
        let range = inclusive(start.0, end.1);
        // Between two neighbours of the row's last digit lie numbers that no record holds.
        let between_neighbours = start == end && start.0 > start.1;
        if range.is_empty() && !between_neighbours {
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
    pub(super) fn side(
        &mut self,
        field: &Field,
        side: Side,
        raw: &Spanned<Raw<'_>>,
        operator: Span,
    ) -> Option<Range> {
        let range = match side {
            Side::FromAgo | Side::UpToAgo | Side::Next => {
                self.window(field, side, raw, operator)?
            }
            Side::OnDay => {
                let (start, end) = self.ends(field, raw)?;
                if start == end && field.kind == Type::Timestamp {
                    let day = i64::try_from(start).ok().and_then(|at| self.clock.zone.day_of(at));
                    day.map_or(inclusive(start, end), |(start, end)| inclusive(start, end))
                } else {
                    inclusive(start, end)
                }
            }
            Side::After | Side::Before | Side::From | Side::UpTo => {
                let ends = self.bounds(field, raw)?;
                beside(side, field.line().unwrap_or(Line::Whole), ends)
            }
            Side::Within => self.range(field, raw)?,
        };
        self.sayable(field, range, raw.span, operator)
    }

    /// `on`: one period or a list of them.
    pub(super) fn on(&mut self, field: &'q Field, clause: &'p Clause<'s>) -> Option<Node<'q>> {
        let operator = clause.operator.span;
        let mut list = Vec::new();
        let mut wrong = false;
        let whole = self.each(&clause.operand, &mut |checker, raw| {
            let counted = checker.count_values(1, raw.span);
            match counted.and_then(|()| checker.side(field, Side::OnDay, &raw, operator)) {
                Some(range) => list.push(range),
                None => wrong = true,
            }
        });
        whole.filter(|()| !wrong)?;
        self.not_empty(list.is_empty(), &clause.operand, operator)?;
        Some(ordered(field, distinct(list, |range| range), clause.span()))
    }

    /// The one value of an operand.
    pub(super) fn only(
        &mut self,
        operand: &'p Operand<'s>,
        operator: Span,
    ) -> Option<Spanned<Raw<'p>>> {
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
        self.not_empty(first.is_none(), operand, operator)?;
        first
    }

    /// Reports a list that a parameter left empty; the parser reports one written as such.
    pub(super) fn not_empty(
        &mut self,
        empty: bool,
        operand: &Operand<'s>,
        place: Span,
    ) -> Option<()> {
        if empty && !operand.literals().is_empty() {
            self.found.push(messages::empty_list(place));
        }
        (!empty).then_some(())
    }

    /// Counts values; `None` when there are too many.
    pub(super) fn count_values(&mut self, more: usize, place: Span) -> Option<()> {
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
        let values = (!self.values.is_empty())
            .then(|| Predicate::Equal(distinct(self.values, |value| value).into()));
        let prefixes = (!self.prefixes.is_empty())
            .then(|| Predicate::Text(Find::Start, distinct(self.prefixes, String::as_str).into()));
        let ranges = (!self.ranges.is_empty())
            .then(|| Predicate::Order(distinct(self.ranges, |range| range).into()));
        let tests = [values, prefixes, ranges].into_iter().flatten().map(|test| (test, false));
        tests.chain(self.null.then_some((Predicate::Set, true)))
    }
}

/// True of `!~ /x/`, which is a regular expression elsewhere.
fn is_expression(operator: &str, operand: &Operand<'_>) -> bool {
    let slashed = |word: &str| word.len() > 2 && word.starts_with('/') && word.ends_with('/');
    let [value] = operand.literals() else { return false };
    operator == "!~" && matches!(value.value, Literal::Word(word) if slashed(word))
}

pub(super) fn ordered<'q>(field: &'q Field, mut ranges: Vec<Range>, span: Span) -> Node<'q> {
    ranges.retain(|range| !range.is_empty());
    atom(field, Predicate::Order(ranges.into()), span)
}

/// The list without repetitions, in its order.
pub(super) fn distinct<T, K: ?Sized + std::hash::Hash + Eq>(
    list: Vec<T>,
    key: fn(&T) -> &K,
) -> Vec<T> {
    let [_, _, ..] = list.as_slice() else { return list };
    let keep = table::firsts(list.iter().map(key));
    list.into_iter().zip(keep).filter_map(|(value, keep)| keep.then_some(value)).collect()
}
