//! Times in conditions: instants, periods and windows as the ranges that they stand for.

use super::Checker;
use super::operators::allowed;
use super::raw::Raw;
use crate::diag::messages;
use crate::ops::Side;
use crate::query::{Bound, Form, Predicate, Range, spell};
use crate::schema::Field;
use crate::span::{Span, Spanned};
use crate::time::{
    Length, Mistake, Moment, PERIODS, Precision, Time, day_text, print_exact, print_instant, read,
};
use crate::value::{At, Day, Line, Type};

/// A range with both ends included.
pub(super) fn inclusive(start: impl Into<At>, end: impl Into<At>) -> Range {
    let bound = |at| Some(Bound { at, form: Form::Inclusive });
    Range { start: bound(start.into()), end: bound(end.into()) }
}

/// The range that an ordering operator stands for, beside a value from `start` to `end`; an empty
/// one where nothing of the line lies beyond.
pub(super) fn beside(side: Side, line: Line, (start, end): (At, At)) -> Range {
    let bound = |at, form| Some(Bound { at, form });
    let (first, last) = line.ends();
    // Beyond a period the next one begins; beyond a single value its neighbour stands for it.
    let after = if start == end { Form::Exclusive } else { Form::Inclusive };
    let before = if start > end { Form::Inclusive } else { Form::Exclusive };
    match side {
        Side::After if end < last => Range { start: bound(end + 1, after), end: None },
        Side::Before if start > first => Range { start: None, end: bound(start - 1, before) },
        Side::After | Side::Before => inclusive(last, first),
        Side::From => Range { start: bound(start, Form::Inclusive), end: None },
        Side::UpTo => Range { start: None, end: bound(end, Form::Inclusive) },
        Side::Within | Side::OnDay | Side::FromAgo | Side::UpToAgo | Side::Next => {
            inclusive(start, end)
        }
    }
}

impl<'q, 's, 'p> Checker<'q, 's, 'p> {
    /// A time. Reports what is none, what is finer than a ms, and what a change of clocks did.
    pub(super) fn time(&mut self, raw: &Spanned<Raw<'_>>) -> Option<Time> {
        let at = self.written(raw.span);
        let phrase = matches!(raw.value, Raw::Phrase(_));
        let found = match &raw.value {
            Raw::Word(text) | Raw::Text(text) | Raw::Phrase(text) => read(text, &self.clock),
            Raw::Number(text) => match text.parse() {
                Ok(ms) => return Some(Time::instant(ms)),
                Err(_) => Err(Mistake::NotATime),
            },
            Raw::Null | Raw::Range(_) | Raw::Record(_) => Err(Mistake::NotATime),
        };
        let time = match found {
            Ok(time) => time,
            Err(mistake) => {
                self.found.push(messages::not_a_time(at, mistake, phrase));
                return None;
            }
        };
        if let Some(whole) = time.coarser {
            self.found.push(messages::finer_time(at, whole));
            return None;
        }
        if let Some(change) = time.change {
            let exact = print_instant(time.moment.start());
            let zone = self.clock.zone.name();
            self.found.push(messages::changed_clocks(at, change, &zone, &exact));
        }
        Some(time)
    }

    /// The first and the last place of a time: of ms, or on a field of dates of days.
    pub(super) fn ends(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<(At, At)> {
        if field.kind == Type::Date {
            return self.days(field, raw);
        }
        self.time(raw).map(|time| (time.moment.start().into(), time.moment.end().into()))
    }

    /// The first and the last day of a period. Reports what has a time of day.
    fn days(&mut self, field: &Field, raw: &Spanned<Raw<'_>>) -> Option<(At, At)> {
        let time = self.time(raw)?;
        let at = self.written(raw.span);
        let ends = match (time.moment, raw.value.words().and_then(distance)) {
            (Moment::Period(start, end), _) => (self.day_of(start), self.day_of(end)),
            (Moment::Point(point), Some(length)) => {
                let day = self.day_beside(length, point);
                (day, day)
            }
            (Moment::Point(point), None) => {
                let day = self.day_of(point).map(|day| day.to_string());
                self.found.push(messages::time_of_day(at, &field.name, day.as_deref()));
                return None;
            }
        };
        if ends.0.or(ends.1).is_none() {
            self.found.push(messages::day_out_of_range(at));
        }
        let (first, last) = (ends.0.unwrap_or(Day::FIRST), ends.1.unwrap_or(Day::LAST));
        ends.0.or(ends.1).map(|_| (first.number().into(), last.number().into()))
    }

    /// The day so far from today in the direction of an instant: days are counted one by one, so
    /// that a change of clocks moves none.
    fn day_beside(&self, length: Length, at: i64) -> Option<Day> {
        let Length::Fixed { days: Some(days), .. } = length else { return self.day_of(at) };
        let today = self.day_of(self.clock.now)?.number();
        let days = i64::from(days);
        Day::new(if at < self.clock.now { today - days } else { today + days })
    }

    /// The day of an instant in the zone of the query.
    fn day_of(&self, at: i64) -> Option<Day> {
        day_text(at, &self.clock.zone).and_then(|text| Day::read(&text))
    }

    /// What `=` with a time selects. `whole` is the place of the operator and its one operand.
    pub(super) fn equal_time(
        &mut self,
        field: &Field,
        raw: &Spanned<Raw<'_>>,
        operator: Span,
        whole: Option<Span>,
    ) -> Option<Range> {
        if field.kind == Type::Date {
            return self.days(field, raw).map(|(start, end)| inclusive(start, end));
        }
        let time = self.time(raw)?;
        let (start, end) = (time.moment.start(), time.moment.end());
        if time.precision != Precision::Exact {
            let at = self.written(raw.span);
            let parameter = at.text.starts_with('$');
            let instead = match time.precision {
                Precision::Relative => {
                    day_text(start, &self.clock.zone).map(|day| (raw.span, day, "day"))
                }
                Precision::Minute | Precision::Exact => whole.map(|whole| {
                    let negated = operator.of(self.text).to_ascii_lowercase();
                    let negated =
                        ["!=", "<>", "neq"].contains(&negated.as_str()) || negated.contains("not");
                    let not = if negated { "not " } else { "" };
                    let last = print_exact(start.saturating_add(59_999));
                    (whole, format!("{not}between {} and {last}", at.text), "minute")
                }),
            };
            let operator = operator.of(self.text);
            let instead = instead.filter(|_| !parameter);
            self.found.push(messages::one_instant(at, operator, instead));
        }
        Some(inclusive(start, end))
    }

    /// The range of `in last 7 days` and the like.
    pub(super) fn window(
        &mut self,
        field: &Field,
        side: Side,
        raw: &Spanned<Raw<'_>>,
        operator: Span,
    ) -> Option<Range> {
        let length = self.length(side, raw, operator)?;
        let now = self.clock.now;
        let Some(at) = self.clock.away(length, side != Side::Next) else {
            let at = self.written(raw.span);
            self.found.push(messages::not_a_length(at, Mistake::TooFar, false));
            return None;
        };
        let form = match length {
            Length::Fixed { days: Some(days), .. } => Form::DaysAgo(days),
            Length::Fixed { days: None, .. } | Length::Months(_) => Form::Ago(length),
        };
        if field.kind == Type::Date {
            return self.days_ago(field, side, (length, at), raw, form);
        }
        let bound = Some(Bound { at: at.into(), form });
        Some(match side {
            Side::UpToAgo => Range { start: None, end: bound },
            Side::Next => inclusive(now, at),
            Side::FromAgo
            | Side::After
            | Side::From
            | Side::Before
            | Side::UpTo
            | Side::Within
            | Side::OnDay => Range { start: bound, end: None },
        })
    }

    /// The range of a window on a field of dates: of whole days, counted from the day of `now`.
    fn days_ago(
        &mut self,
        field: &Field,
        side: Side,
        (length, end): (Length, i64),
        raw: &Spanned<Raw<'_>>,
        form: Form,
    ) -> Option<Range> {
        if !length.counts_days() {
            let at = self.written(raw.span);
            self.found.push(messages::time_of_day(at, &field.name, None));
            return None;
        }
        let day = |at| self.day_of(at).map(|day| At::from(day.number()));
        let (today, end) = (day(self.clock.now), day(end));
        let far = match length {
            Length::Fixed { days: Some(days), .. } if side == Side::Next => {
                today.map(|today| today + At::from(days))
            }
            Length::Fixed { days: Some(days), .. } => today.map(|today| today - At::from(days)),
            Length::Fixed { days: None, .. } | Length::Months(_) => end,
        };
        let (first, last) = Line::Day.ends();
        let far = far.filter(|far| (first + 1..=last).contains(far));
        let (Some(today), Some(far)) = (today, far) else {
            let at = self.written(raw.span);
            self.found.push(messages::not_a_length(at, Mistake::TooFar, false));
            return None;
        };
        let bound = |at| Some(Bound { at, form });
        Some(match side {
            Side::UpToAgo => Range { start: None, end: bound(far - 1) },
            Side::Next => inclusive(today, far),
            Side::FromAgo
            | Side::After
            | Side::From
            | Side::Before
            | Side::UpTo
            | Side::Within
            | Side::OnDay => Range { start: bound(far), end: None },
        })
    }

    /// A length of time; a number alone is days.
    fn length(&mut self, side: Side, raw: &Spanned<Raw<'_>>, operator: Span) -> Option<Length> {
        let at = self.written(raw.span);
        let Raw::Phrase(text) = &raw.value else {
            let days = raw.value.text().and_then(|text| text.parse::<u32>().ok());
            let whole = side != Side::Next;
            let days = days.filter(|_| whole && raw.value.text().is_some_and(is_digits));
            if days.is_none() {
                self.found.push(messages::not_a_length(at, Mistake::NotATime, whole));
            }
            return days.map(Length::days);
        };
        if let Some((period, _)) = PERIODS.iter().find(|(name, _)| *text == format!("a {name}")) {
            let place = operator.to(raw.span);
            let written = place.of(self.text);
            let not = written.get(..3).filter(|not| not.eq_ignore_ascii_case("not"));
            let not = if not.is_some() { "not " } else { "" };
            let which = if side == Side::Next { "next" } else { "last" };
            let days = if *period == "week" { "7 days".into() } else { format!("1 {period}") };
            let readings = [format!("{not}in {which} {period}"), format!("{not}in {which} {days}")];
            self.found.push(messages::two_readings(place, written, readings));
            return None;
        }
        match Length::read(text) {
            Some(Ok(length)) => return Some(length),
            Some(Err(mistake)) => {
                // A fix keeps the blanks, or none, between number and unit.
                let mistake = match Length::read(at.text) {
                    Some(Err(as_written)) => as_written,
                    Some(Ok(_)) | None => mistake,
                };
                self.found.push(messages::not_a_length(at, mistake, false));
            }
            None if is_digits(text) && text == at.text => {
                self.found.push(messages::length_without_unit(at));
            }
            None => self.found.push(messages::not_a_length(at, Mistake::NotATime, false)),
        }
        None
    }

    /// Reports a range that the field's row cannot say, which depends on the value: a row that
    /// lists `eq` alone says an instant and no day.
    pub(super) fn sayable(
        &mut self,
        field: &Field,
        range: Range,
        value: Span,
        operator: Span,
    ) -> Option<Range> {
        let says = |negated| spell::can_say_so(field, Predicate::Order([range].into()), negated);
        // Beyond the last instant a bound is never or always true, whatever the row lists.
        let settled = range.is_empty() || range.is_open(field);
        if !field.kind.is_time() || settled || says(false) || says(true) {
            return Some(range);
        }
        let at = self.written(value);
        let operator = operator.of(self.text);
        self.found.push(messages::row_cannot_say(at, &field.name, operator, &allowed(field)));
        None
    }

    /// Reports several words that are a time, where none is compared with.
    pub(super) fn no_time_here<T>(&mut self, raw: &Spanned<Raw<'_>>) -> Option<T> {
        let text = raw.span.of(self.text);
        let first = text.find(char::is_whitespace).unwrap_or_default();
        let rest = text.get(first..).unwrap_or_default();
        let start = raw.span.end as usize - rest.trim_start().len();
        let rest = Span::new(start, raw.span.end as usize);
        self.found.push(messages::words_of_time(raw.span, rest, text));
        None
    }
}

/// The length in `-7d`, `7 days ago` or `7 days from now`, where it is one of whole days or of
/// months.
fn distance(text: &str) -> Option<Length> {
    let text = text.trim().to_ascii_lowercase();
    let signed = text.strip_prefix(['-', '+']);
    let far = || text.strip_suffix("ago").or_else(|| text.strip_suffix("from now"));
    Length::read(signed.or_else(far)?.trim())?.ok().filter(|length| length.counts_days())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
