//! Times of other languages: `ago(7d)`, `now() - INTERVAL '7 days'`, `01.10.2026`.

use super::lex::{Kind, Token};
use super::shapes::either;
use super::{Form, Place};
use crate::time::Clock;

/// A value on a field of times in the form of another language.
pub(super) fn time(place: &Place<'_, '_>) -> Option<Form> {
    place.subject().filter(|field| field.kind.is_time())?;
    let tokens = place.tokens();
    if let Some(form) = window(place) {
        return Some(form);
    }
    (1..tokens.len()).find_map(|at| {
        let run = tokens.get(at..)?;
        let (used, said) = whole_call(run, place.clock).or_else(|| date(run))?;
        let span = place.span(at, at + used);
        let whole = place.whole();
        let change = |text: &str| {
            let behind = place.rest(at + used);
            let gap = if behind.is_empty() { "" } else { " " };
            format!("{} {text}{gap}{behind}", place.plain(0, at))
        };
        Some(match said {
            Said::One(text) => Form::one(span, whole, change(&text)),
            Said::Either(readings) => {
                let readings = readings.into_iter().map(|(text, note)| (change(&text), note));
                either(span, whole, readings.collect())
            }
        })
    })
}

/// `date last 7 days`, `date during last week`, `date >= last 7 days`: a window or period without
/// its `in`.
fn window(place: &Place<'_, '_>) -> Option<Form> {
    let tokens = place.tokens();
    let begins = |at: usize| {
        let word = tokens.get(at);
        word.is_some_and(|word| ["last", "past", "this", "next"].iter().any(|text| word.is(text)))
    };
    let field = place.plain(0, 1);
    if begins(1) {
        return Some(Form::one(
            place.span(1, 2),
            place.whole(),
            format!("{field} in {}", place.rest(1)),
        ));
    }
    let operator = tokens.get(1).filter(|_| begins(2))?;
    let text = format!("{field} in {}", place.rest(2));
    if operator.is("during") {
        return Some(Form::one(place.span(1, 2), place.whole(), text));
    }
    let from = [">=", ">", "=", "==", "is", "since"].iter().any(|text| operator.is(text));
    from.then(|| Form::guess(place.span(1, 2), place.whole(), text, "from so long ago on"))
}

enum Said {
    One(String),
    Either(Vec<(String, &'static str)>),
}

/// A length of time such as `7d`, `7 days`, `'7 days'`, `7 DAY`: the number and the unit.
fn length(tokens: &[Token]) -> Option<(String, usize)> {
    let first = tokens.first()?.value();
    let split = first.find(|c: char| !c.is_ascii_digit()).unwrap_or(first.len());
    let (number, unit) = first.split_at_checked(split)?;
    if number.is_empty() {
        return None;
    }
    if !unit.trim().is_empty() {
        return Some((format!("{number}{}", short(unit.trim())?), 1));
    }
    let unit = tokens.get(1)?;
    Some((format!("{number}{}", short(&unit.value())?), 2))
}

/// The letter of a unit.
fn short(unit: &str) -> Option<&'static str> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" => "s",
        "m" | "min" | "mins" | "minute" | "minutes" => "m",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "wk" | "week" | "weeks" => "w",
        "mo" | "mon" | "month" | "months" => "mo",
        "y" | "yr" | "year" | "years" => "y",
        _ => return None,
    })
}

fn is_call(tokens: &[Token], names: &[&str]) -> Option<usize> {
    let [name, rest @ ..] = tokens else { return None };
    names.iter().any(|text| name.is(text)).then_some(())?;
    match rest {
        [open, close, ..] if open.is("(") && close.is(")") => Some(3),
        _ => None,
    }
}

/// `ago(7d)`, `now() - 7d`, `datetime(2026-10-01)`, `INTERVAL '7 days'`.
fn whole_call(tokens: &[Token], clock: Option<Clock>) -> Option<(usize, Said)> {
    let [first, rest @ ..] = tokens else { return None };
    let name = first.plain.to_ascii_lowercase();
    let opened = rest.first().is_some_and(|next| next.is("("));
    if name == "interval" {
        let (text, used) = length(rest)?;
        let ago = (format!("-{text}"), "so long ago");
        return Some((1 + used, Said::Either(vec![ago])));
    }
    if name == "ago" && opened {
        let (text, used) = length(rest.get(1..)?)?;
        rest.get(1 + used).filter(|close| close.is(")"))?;
        return Some((used + 3, Said::One(format!("-{text}"))));
    }
    let quotes = ["datetime", "timestamp", "date", "todatetime", "to_date", "to_timestamp"];
    if quotes.contains(&name.as_str()) {
        let (value, used) = match rest {
            [open, value, close, ..] if open.is("(") && close.is(")") => (value, 4),
            [value, ..] if value.kind == Kind::Text => (value, 2),
            _ => return None,
        };
        return value.is_value().then(|| (used, Said::One(value.plain.clone())));
    }
    let today = ["current_date", "today", "curdate"];
    let now = ["now", "getdate", "sysdate", "current_timestamp", "utcnow", "getutcdate"];
    if let Some(used) = is_call(tokens, &today) {
        return Some((used, Said::One("today".to_owned())));
    }
    let used = is_call(tokens, &now).or_else(|| {
        let bare = now.contains(&name.as_str());
        bare.then_some(1)
    });
    if let Some(used) = used {
        return offset(tokens, used);
    }
    if name == "current_date" {
        return Some((1, Said::One("today".to_owned())));
    }
    rounded(first, clock).map(|said| (1, said))
}

/// `now()` and what is taken from it: `- 7d`, `-7d`, `- INTERVAL '7 days'`.
fn offset(tokens: &[Token], used: usize) -> Option<(usize, Said)> {
    let rest = tokens.get(used..)?;
    let changed = used > 1 || !tokens.first()?.plain.eq_ignore_ascii_case("now");
    let plain = changed.then(|| (used, Said::One("now".to_owned())));
    let Some(next) = rest.first() else { return plain };
    let Some(sign) = next.plain.chars().next().filter(|c| matches!(c, '-' | '+')) else {
        return plain;
    };
    if next.plain.len() > 1 {
        let amount = Token { plain: next.plain.get(1..)?.to_owned(), ..next.clone() };
        let behind: Vec<Token> =
            std::iter::once(amount).chain(rest.get(1..2)?.iter().cloned()).collect();
        let (text, taken) = length(&behind)?;
        return Some((used + taken, Said::One(format!("{sign}{text}"))));
    }
    let interval = rest.get(1).is_some_and(|word| word.is("interval"));
    let from = 1 + usize::from(interval);
    let (text, taken) = length(rest.get(from..)?)?;
    Some((used + from + taken, Said::One(format!("{sign}{text}"))))
}

/// `now-7d/d`, `now/d`: rounded down to the unit.
fn rounded(token: &Token, clock: Option<Clock>) -> Option<Said> {
    let (time, unit) = token.plain.split_once('/')?;
    let shift = time.strip_prefix("now")?;
    let period = match unit {
        "d" => ["today", "yesterday"],
        "w" => ["this week", "last week"],
        "M" => ["this month", "last month"],
        "y" => ["this year", "last year"],
        _ => return None,
    };
    let [this, last] = period;
    if shift.is_empty() {
        return Some(Said::One(this.to_owned()));
    }
    if shift == format!("-1{unit}") {
        return Some(Said::One(last.to_owned()));
    }
    if let Some(period) = clock.and_then(|clock| period_of(shift, unit, &clock)) {
        return Some(Said::Either(vec![(period, "what it stands for now")]));
    }
    let exact = "without rounding down to the unit";
    Some(Said::Either(vec![(shift.to_owned(), exact)]))
}

/// The day, month or year that holds an instant counted from now: `-7d` and `d`.
fn period_of(shift: &str, unit: &str, clock: &Clock) -> Option<String> {
    const MINUTE: i64 = 60_000;
    let (count, by) = shift.split_at_checked(shift.len().checked_sub(1)?)?;
    let count: i64 = count.parse().ok()?;
    let fixed = |length: i64| clock.now.checked_add(count.checked_mul(length)?);
    let at = match by {
        "s" => fixed(1_000)?,
        "m" => fixed(MINUTE)?,
        "h" | "H" => fixed(60 * MINUTE)?,
        "d" => fixed(24 * 60 * MINUTE)?,
        "w" => fixed(7 * 24 * 60 * MINUTE)?,
        "M" => clock.zone.add_months(clock.now, count)?,
        "y" => clock.zone.add_months(clock.now, count.checked_mul(12)?)?,
        _ => return None,
    };
    let day = clock.zone.date(at)?.print();
    match unit {
        "d" => Some(day),
        "M" => day.get(..7).filter(|_| day.len() == 10).map(str::to_owned),
        "y" => day.get(..4).filter(|_| day.len() == 10).map(str::to_owned),
        _ => None,
    }
}

/// `2026/10/01`, `01.10.2026`, `10/01/2026`: dates in other orders.
fn date(tokens: &[Token]) -> Option<(usize, Said)> {
    let text = tokens.first()?.value();
    let (day, time) = text
        .split_once([' ', 'T'])
        .map_or((text.as_str(), ""), |(day, _)| (day, text.get(day.len()..).unwrap_or_default()));
    let mark = ['/', '.', '-'].into_iter().find(|mark| day.matches(*mark).count() == 2)?;
    let parts: Vec<&str> = day.split(mark).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4);
    let (one, two, three) = (number(first)?, number(second)?, number(third)?);
    let iso = |year: u32, month: u32, day: u32| {
        let held = (1..=12).contains(&month) && (1..=31).contains(&day);
        let text = format!("{year:04}-{month:02}-{day:02}{}", time.replace(' ', "T"));
        held.then_some(text)
    };
    if first.len() == 4 {
        let changed = mark != '-' || second.len() < 2 || third.len() < 2;
        return changed.then(|| iso(one, two, three)).flatten().map(|text| (1, Said::One(text)));
    }
    if third.len() != 4 {
        return None;
    }
    let (day_first, month_first) = (iso(three, two, one), iso(three, one, two));
    Some((
        1,
        match (day_first, month_first) {
            (Some(text), _) if mark == '.' => Said::One(text),
            (Some(one), Some(other)) if one == other => Said::One(one),
            (Some(one), Some(other)) => {
                Said::Either(vec![(one, "the day stands first"), (other, "the month stands first")])
            }
            (Some(one), None) | (None, Some(one)) => Said::One(one),
            (None, None) => return None,
        },
    ))
}
