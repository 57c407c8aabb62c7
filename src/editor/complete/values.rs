//! Values: those that the row names, booleans, times with the instant they stand for, keys,
//! parameters, and what the host knows.

use std::borrow::Cow;

use super::ahead::Fit;
use super::likeness::{BEGINS, Rank, rank, rank_letters};
use super::{Ask, ItemKind, Offer, Put};
use crate::check::{accepts, allows};
use crate::fold::caseless;
use crate::ops::{Op, Takes};
use crate::quote::{quote, quoted};
use crate::schema::{Field, Named, fold_label};
use crate::span::{Span, Spanned};
use crate::syntax::Kind;
use crate::syntax::ast::{Clause, Literal, Operand, Operator};
use crate::syntax::open::Slot;
use crate::time::{
    Clock, DAY_MS, Length, Moment, UNITS, Unit, day_text, is_number, print_date, read,
};
use crate::value::Type;

/// Times that people ask for.
const TIMES: &[&str] = &[
    "today",
    "yesterday",
    "-24h",
    "-7d",
    "-30d",
    "now",
    "this week",
    "last week",
    "this month",
    "last month",
    "this year",
];

/// Lengths of time that people ask for.
const LENGTHS: &[&str] =
    &["7 days", "24 hours", "30 days", "90 days", "1 hour", "2 weeks", "3 months", "1 year"];

/// Numbers of days that people ask for.
const DAYS: &[&str] = &["7", "14", "30", "90"];

/// A value to offer: how it is written, and what stands beside it.
pub(super) struct Offered<'v> {
    text: Cow<'v, str>,
    label: Cow<'v, str>,
    detail: String,
    rank: Rank,
    /// Where in the text something is left to fill in.
    gap: Option<usize>,
}

/// Kinds of tokens that a value can replace.
const VALUES: &[Kind] = &[Kind::Word, Kind::Number, Kind::Text, Kind::Parameter];

impl Offer<'_> {
    pub(super) fn values(&mut self, field: &Field, place: Span, slot: &Slot<'_>) {
        let Some(takes) = takes(field, slot) else { return };
        let behind = slot.behind.join(" ").replace('_', "1");
        let whole = match (slot.length, behind.as_str()) {
            (true, _) => "1 day".to_owned(),
            (false, "") => "1".to_owned(),
            (false, behind) => format!("1 {behind}"),
        };
        let specimens = [whole.as_str(), "1", "1,"];
        let count = match (slot.length, &slot.closer) {
            (true, _) => 1,
            (false, None) => 2,
            (false, Some(_)) => 3,
        };
        let specimens = specimens.get(..count).unwrap_or_default();
        let start = self.open.typed.start;
        let fit = if slot.length {
            self.ahead.fit_length(start, VALUES, specimens)
        } else {
            self.ahead.fit(start, VALUES, specimens)
        };
        let Some(fit) = fit else { return };
        let used = self.used(field, place, slot, fit.span);
        let mut offers =
            if slot.length { self.lengths(field, slot) } else { self.known(field, takes) };
        offers.retain(|offer| used.is_empty() || !used.contains(&caseless(&offer.text)));
        offers.extend(self.hosted(field, slot, &used));
        offers.extend(self.parameters(field, slot));
        if let Some(end) = self.other_end(place, slot, fit) {
            offers.retain(|offer| self.in_order(field, slot, offer, &end));
        }
        let more = slot.behind.contains(&"_") || (slot.closer.is_some() && self.ahead.is_blank());
        let end = end_of(fit, slot);
        self.items.reserve(offers.len());
        for offer in offers {
            self.value(offer, fit, &end, more);
        }
    }

    /// The other end of the range that the value is an end of, and whether it is the first.
    fn other_end(&self, place: Span, slot: &Slot<'_>, fit: Fit) -> Option<(bool, String)> {
        if let Some(first) = slot.before.first().filter(|_| slot.closer.is_none()) {
            return Some((true, first.span.of(self.ahead.text).to_owned()));
        }
        let clause = self.ahead.clause(place.start as usize)?;
        let Operand::One(Spanned { value: Literal::Range(ends), .. }) = &clause.operand else {
            return None;
        };
        let first = ends.0.span.start == fit.span.start;
        first.then(|| (false, ends.1.span.of(self.ahead.text).to_owned()))
    }

    /// True when the range from one end to the other is one.
    fn in_order(
        &self,
        field: &Field,
        slot: &Slot<'_>,
        offer: &Offered<'_>,
        (first, end): &(bool, String),
    ) -> bool {
        let word = |text| Spanned::new(Literal::Word(text), Span::default());
        let (one, other) = (word(offer.text.as_ref()), word(end.as_str()));
        let ends = if *first { (other, one) } else { (one, other) };
        self.takes(field, slot, Literal::Range(Box::new(ends)))
    }

    pub(super) fn value(&mut self, offer: Offered<'_>, fit: Fit, end: &str, more: bool) {
        let kind = if offer.text.starts_with('$') { ItemKind::Parameter } else { ItemKind::Value };
        let text = [offer.text.as_ref(), end].concat();
        let put = Put { span: fit.span, text, more };
        let mut item = self.item(kind, offer.label, offer.rank, put);
        item.detail = offer.detail;
        if let Some(inside) = offer.gap {
            let place = fit.span.start as usize + inside;
            item.caret = u32::try_from(place).unwrap_or(u32::MAX);
        }
        self.items.push(item);
    }

    /// The values in the same list that are written already, folded.
    fn used(&self, field: &Field, place: Span, slot: &Slot<'_>, here: Span) -> Vec<String> {
        if slot.closer.is_none() {
            return Vec::new();
        }
        let clause = self.ahead.clause(place.start as usize);
        let all = clause.map_or(slot.before.as_slice(), |clause| clause.operand.literals());
        let others = all.iter().filter(|literal| here.is_empty() || literal.span != here);
        others.flat_map(|literal| meant(field, &literal.value)).collect()
    }

    fn known<'f>(&self, field: &'f Field, takes: Takes) -> Vec<Offered<'f>> {
        let typed = self.open.typed.text.as_ref();
        match takes {
            Takes::Days => DAYS
                .iter()
                .zip(0..)
                .filter(|(days, _)| days.starts_with(typed))
                .map(|(days, place)| self.days(field, days, place))
                .collect(),
            Takes::Ranges if field.kind.is_time() => self.ranges(),
            Takes::Strings | Takes::String | Takes::Ranges | Takes::Length => Vec::new(),
            Takes::Flag => flags(typed),
            Takes::Values | Takes::Value | Takes::Day => match field.kind {
                Type::Timestamp => self.times(field, takes),
                Type::Date => self.times(field, Takes::Day),
                Type::Boolean if field.values.is_none() => flags(typed),
                Type::EntityKey | Type::File | Type::Folder => key(typed),
                Type::String | Type::Integer | Type::Double | Type::Decimal | Type::Boolean => {
                    self.named(field)
                }
            },
        }
    }

    /// Named values by label, wire values beside them.
    fn named<'f>(&self, field: &'f Field) -> Vec<Offered<'f>> {
        let typed = self.open.typed.text.as_ref();
        let Some(values) = &field.values else { return Vec::new() };
        // Labels are the same with other marks between their words.
        let marked = typed.contains([' ', '_', '-']);
        let folded = marked.then(|| fold_label(typed));
        let offer = |named: &'f Named| {
            let wire = named.value.to_string();
            let names = std::iter::once(&named.label).chain(&named.also).chain([&wire]);
            let ranked = names.filter_map(|name| rank(typed, name)).min();
            let folded = || rank(folded.as_deref()?, &fold_label(&named.label));
            let rank = ranked.or_else(folded).or_else(|| rank_letters(typed, &named.label))?;
            // A label that fits several values is no way to say one.
            let clear = values.is_clear() || values.names(named);
            let text = if clear { quote(&named.label) } else { Cow::Owned(quote(&wire).into()) };
            Some(Offered {
                text,
                label: Cow::Borrowed(&named.label),
                detail: wire,
                rank,
                gap: None,
            })
        };
        let mut offers: Vec<_> = values.named.iter().filter_map(offer).collect();
        // Where a word begins with what was typed, one that only holds it is noise: `bo` is Box.
        if offers.iter().any(|offer| offer.rank <= BEGINS) {
            offers.retain(|offer| offer.rank <= BEGINS);
        }
        offers
    }

    fn clock(&self) -> Clock {
        self.options.clock(self.schema.week_start)
    }

    fn times(&self, field: &Field, takes: Takes) -> Vec<Offered<'static>> {
        let typed = self.open.typed.text.as_ref();
        let day = |at: i64| print_date(at);
        let now = self.options.now;
        let dates = [day(now), day(now.saturating_sub(7 * DAY_MS))].map(Cow::Owned);
        let texts = TIMES.iter().copied().map(Cow::Borrowed).chain(dates);
        let clock = self.clock();
        let offer = |(place, text): (Rank, Cow<'static, str>)| {
            let moment = read(&text, &clock).ok()?.moment;
            let (period, detail) = match moment {
                Moment::Point(at) => (false, said(field, &clock, at)),
                Moment::Period(start, end) => {
                    let (start, end) = (said(field, &clock, start), said(field, &clock, end));
                    (true, if start == end { start } else { format!("{start} to {end}") })
                }
            };
            let fits = text.starts_with(&typed.to_ascii_lowercase());
            let fits = fits && (takes != Takes::Day || period);
            fits.then(|| Offered { label: text.clone(), text, detail, rank: place, gap: None })
        };
        (0..).zip(texts).filter_map(offer).collect()
    }

    fn days(&self, field: &Field, days: &'static str, place: Rank) -> Offered<'static> {
        let count = days.parse().unwrap_or_default();
        let label = format!("{days} days");
        let detail = self.window(field, Length::days(count), true);
        Offered {
            text: Cow::Borrowed(days),
            label: Cow::Owned(label),
            detail,
            rank: place,
            gap: None,
        }
    }

    /// Lengths of time; behind a number that was typed, that number of each unit.
    fn lengths(&self, field: &Field, slot: &Slot<'_>) -> Vec<Offered<'static>> {
        let typed = self.open.typed.text.as_ref();
        let back = slot.operator != Operator::Known(Op::InNext);
        let mut words = typed.split_whitespace();
        let number = words.next().unwrap_or_default();
        let blank = number.len() < typed.len();
        let counted = is_number(number) && (blank || !LENGTHS.iter().any(|l| l.starts_with(typed)));
        let texts: Vec<String> = if counted {
            let word = |unit: &Unit| format!("{number} {}", unit.word(number));
            // Days are asked for most.
            let (days, others): (Vec<&Unit>, Vec<&Unit>) =
                UNITS.iter().rev().partition(|unit| unit.letter == "d");
            days.into_iter().chain(others).map(word).collect()
        } else {
            LENGTHS.iter().map(|text| (*text).to_owned()).collect()
        };
        let unit = words.next().unwrap_or_default();
        let typed = if blank { format!("{number} {unit}") } else { typed.to_owned() };
        let typed = typed.to_ascii_lowercase();
        let fits = texts.into_iter().filter(|text| text.starts_with(&typed));
        let offer = |(rank, text): (Rank, String)| {
            let length = Length::read(&text)?.ok()?;
            if field.kind == Type::Date && !length.counts_days() {
                return None;
            }
            let detail = self.window(field, length, back);
            let label = Cow::Owned(text.clone());
            Some(Offered { text: Cow::Owned(text), label, detail, rank, gap: None })
        };
        (0..).zip(fits).filter_map(offer).collect()
    }

    /// True behind a number that is no time by itself, on a field of times: `date between 7`.
    pub(super) fn awaits_unit(&self, field: &Field, before: Option<&str>) -> bool {
        let number = before.filter(|word| is_number(word) && field.kind.is_time());
        number.is_some_and(|number| read(number, &self.clock()).is_err())
    }

    /// What a window comes to.
    fn window(&self, field: &Field, length: Length, back: bool) -> String {
        let clock = self.clock();
        match clock.away(length, back) {
            Some(at) if back => said(field, &clock, at),
            Some(at) => format!("up to {}", said(field, &clock, at)),
            None => String::new(),
        }
    }

    /// From some days ago up to today.
    fn ranges(&self) -> Vec<Offered<'static>> {
        let typed = self.open.typed.text.as_ref();
        let day = |at: i64| print_date(at);
        let now = self.options.now;
        let range = |(place, days): (Rank, &&str)| {
            let back = days.parse::<i64>().ok()?.saturating_mul(DAY_MS);
            let text = format!("{}..{}", day(now.saturating_sub(back)), day(now));
            let label = Cow::Owned(text.clone());
            let detail = format!("{days} days, up to {}", self.options.zone.say(now));
            let fits = text.starts_with(typed);
            let offered = Offered { text: Cow::Owned(text), label, detail, rank: place, gap: None };
            fits.then_some(offered)
        };
        (0..).zip(DAYS).filter_map(range).collect()
    }

    /// What the host knows, as far as the checker takes it.
    pub(super) fn hosted(
        &self,
        field: &Field,
        slot: &Slot<'_>,
        used: &[String],
    ) -> Vec<Offered<'static>> {
        let Some(host) = self.host else { return Vec::new() };
        let operator = match slot.operator {
            Operator::Known(op) => Some(op),
            Operator::Other(_) | Operator::Missing => None,
        };
        let ask = Ask { field, operator, typed: &self.open.typed.text };
        let answers =
            host(&ask).into_iter().filter(|answer| !used.contains(&caseless(&answer.text)));
        let fits = answers.filter(|answer| {
            let literal = Literal::Text(Cow::Borrowed(answer.text.as_str()));
            self.takes(field, slot, literal)
        });
        (0..)
            .zip(fits)
            .map(|(rank, answer)| Offered {
                text: Cow::Owned(quote(&answer.text).into_owned()),
                label: Cow::Owned(answer.text),
                detail: answer.detail,
                rank,
                gap: None,
            })
            .collect()
    }

    fn parameters(&self, field: &Field, slot: &Slot<'_>) -> Vec<Offered<'static>> {
        let typed = self.open.typed.text.as_ref();
        if self.open.typed.quoted || !(typed.is_empty() || typed.starts_with('$')) {
            return Vec::new();
        }
        let bare = typed.trim_start_matches('$');
        let names = self.options.params.iter().filter(|(name, _)| name.starts_with(bare));
        let fits = names.filter(|(name, _)| self.takes(field, slot, Literal::Parameter(name)));
        fits.map(|(name, value)| {
            let text = format!("${name}");
            let label = Cow::Owned(text.clone());
            let detail = crate::value::json_text(value);
            Offered { text: Cow::Owned(text), label, detail, rank: 6, gap: None }
        })
        .collect()
    }

    /// True when the checker takes a value where this one stands.
    fn takes(&self, field: &Field, slot: &Slot<'_>, literal: Literal<'_>) -> bool {
        let (field, text) = (Cow::Borrowed(field.name.as_str()), self.ahead.text);
        let one = Spanned::new(literal, Span::default());
        let operand = match slot.closer {
            Some(_) => Operand::List(Spanned::new(vec![one], Span::default())),
            None => Operand::One(one),
        };
        let clause = Clause {
            field: Spanned::new(field, Span::default()),
            operator: Spanned::new(slot.operator, Span::default()),
            operand,
        };
        accepts(&clause, text, self.schema, self.options)
    }
}

/// What is put behind a value: the words of the operator that belong there when they are not there
/// yet, and what parts it from what follows.
fn end_of(fit: Fit, slot: &Slot<'_>) -> String {
    let behind = slot.behind.split(|word| *word == "_").next().unwrap_or_default().join(" ");
    let open = if slot.behind.contains(&"_") { " " } else { "" };
    let words = fit.specimen == 0 && !behind.is_empty();
    let words = if words { format!(" {behind}{open}") } else { String::new() };
    let apart = match fit.specimen {
        2 => ", ",
        _ if fit.glued => " ",
        _ => "",
    };
    words + apart
}

/// What the operator takes on the field; `None` when the field does not allow it.
fn takes(field: &Field, slot: &Slot<'_>) -> Option<Takes> {
    match slot.operator {
        Operator::Known(op) if allows(field, op) => {
            // The values of `between` are single ones.
            let between = op == Op::Range && (!slot.before.is_empty() || !slot.behind.is_empty());
            Some(if between { Takes::Value } else { op.row().takes })
        }
        Operator::Other(name) => field.knows(name).then_some(Takes::Values),
        Operator::Known(_) | Operator::Missing => None,
    }
}

/// A written value by all the spellings it could be offered with, folded.
fn meant(field: &Field, literal: &Literal<'_>) -> Vec<String> {
    let text = match literal {
        Literal::Word(text) => *text,
        Literal::Text(text) => text.as_ref(),
        Literal::Parameter(_) | Literal::Phrase(_) | Literal::Range(_) | Literal::Record(_) => {
            return Vec::new();
        }
    };
    let named = field.values.iter().flat_map(|values| values.meant_by(text));
    let spellings = named.flat_map(|named| [named.label.clone(), named.value.to_string()]);
    spellings.chain([text.to_owned()]).map(|text| caseless(&quote(&text))).collect()
}

fn flags(typed: &str) -> Vec<Offered<'static>> {
    let fits = ["true", "false"].into_iter().zip(0..).filter(|(flag, _)| flag.starts_with(typed));
    fits.map(|(flag, rank)| Offered {
        text: Cow::Borrowed(flag),
        label: Cow::Borrowed(flag),
        detail: String::new(),
        rank,
        gap: None,
    })
    .collect()
}

/// A key to fill in, with the id that was typed.
fn key(typed: &str) -> Vec<Offered<'static>> {
    let text = format!("{{ id: {}, inst: 0 }}", quoted(typed));
    let label = Cow::Borrowed("{ id: …, inst: 0 }");
    let gap = typed.is_empty().then_some("{ id: \"".len());
    vec![Offered { text: Cow::Owned(text), label, detail: "key".into(), rank: 0, gap }]
}

/// An instant in the zone of the query; of a field of dates its day.
fn said(field: &Field, clock: &Clock, at: i64) -> String {
    let day = || day_text(at, &clock.zone);
    let day = (field.kind == Type::Date).then(day).flatten();
    day.unwrap_or_else(|| clock.zone.say(at))
}
