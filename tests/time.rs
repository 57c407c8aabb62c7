//! Times in queries: what periods and windows select, held against another computation of them.

mod common;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeZone};
use chrono_tz::Tz;
use proptest::prelude::*;
use serde_json::{Value, json};
use tamis::fmt::format;
use tamis::matcher::{Layout, Matcher};
use tamis::{Diagnostic, Options, Schema, Zone};

/// Zones that skip and repeat hours, half hours, midnights and a whole day.
const ZONES: &[&str] = &[
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Atlantic/Azores",
];

fn plain() -> Schema {
    Schema::from_toml(&common::read("cases/schemas/plain.toml")).unwrap()
}

fn at(text: &str) -> i64 {
    tamis::time::read_rfc3339(text).unwrap()
}

fn options(now: i64, zone: &str) -> Options {
    let mut options = Options::at(now);
    options.zone = Zone::named(zone).unwrap();
    options
}

fn compile(text: &str, options: &Options) -> Result<(Value, Vec<Diagnostic>), Vec<Diagnostic>> {
    let compiled = tamis::compile(text, &plain(), "api", options)?;
    let output = serde_json::to_value(&compiled.output).unwrap();
    Ok((output["filters"].clone(), compiled.warnings))
}

fn selects(text: &str, options: &Options, when: i64) -> bool {
    let schema = plain();
    let checked = tamis::check(&tamis::parse(text), &schema, options);
    let query = checked.query.unwrap_or_else(|| panic!("{text}: {:?}", checked.diagnostics));
    Matcher::new(&query, Layout::Nested).unwrap().matches(&json!({"when": when}))
}

/// The first instant whose date on the zone's clock is the date or a later one, found by trying
/// every quarter of an hour.
fn first_of(zone: Tz, date: NaiveDate) -> i64 {
    const STEP: i64 = 15 * 60 * 1000;
    let midnight = date.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp_millis();
    let shows = |at: i64| {
        let utc = DateTime::from_timestamp_millis(at).unwrap().naive_utc();
        zone.from_utc_datetime(&utc).date_naive()
    };
    (0..).map(|step| midnight - 100 * STEP + step * STEP).find(|at| shows(*at) >= date).unwrap()
}

/// A period as it is written, with its first day and the first day behind it.
fn periods(today: NaiveDate) -> Vec<(String, NaiveDate, NaiveDate)> {
    let month = |date: NaiveDate| date.with_day(1).unwrap();
    let on = |date: NaiveDate, months: u32| date.checked_add_months(Months::new(months)).unwrap();
    let back = |date: NaiveDate, months: u32| date.checked_sub_months(Months::new(months)).unwrap();
    let day = |date: NaiveDate, days: u64| date.checked_add_days(Days::new(days)).unwrap();
    let monday = today
        .checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday())))
        .unwrap();
    let this_month = month(today);
    let quarter = back(this_month, this_month.month0() % 3);
    let year = back(this_month, this_month.month0());
    let yesterday = today.pred_opt().unwrap();
    vec![
        ("today".into(), today, day(today, 1)),
        ("yesterday".into(), yesterday, today),
        ("tomorrow".into(), day(today, 1), day(today, 2)),
        (today.to_string(), today, day(today, 1)),
        (today.format("%Y-%m").to_string(), this_month, on(this_month, 1)),
        (today.format("%Y").to_string(), year, on(year, 12)),
        ("this week".into(), monday, day(monday, 7)),
        ("Last Week".into(), monday.checked_sub_days(Days::new(7)).unwrap(), monday),
        ("next week".into(), day(monday, 7), day(monday, 14)),
        ("this month".into(), this_month, on(this_month, 1)),
        ("last month".into(), back(this_month, 1), this_month),
        ("next month".into(), on(this_month, 1), on(this_month, 2)),
        ("this quarter".into(), quarter, on(quarter, 3)),
        ("last quarter".into(), back(quarter, 3), quarter),
        ("next quarter".into(), on(quarter, 3), on(quarter, 6)),
        ("this year".into(), year, on(year, 12)),
        ("last year".into(), back(year, 12), year),
        ("next year".into(), on(year, 12), on(year, 24)),
    ]
}

/// Instants of the years that the zones' tables and bare numbers both have.
fn instants() -> impl Strategy<Value = i64> {
    at("1975-01-01T00:00:00Z")..at("2036-01-01T00:00:00Z")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_comparison_takes_the_whole_period(
        now in instants(),
        zone in prop::sample::select(ZONES),
        pick in 0_usize..18,
    ) {
        let tz: Tz = zone.parse().unwrap();
        let local = tz.from_utc_datetime(&DateTime::from_timestamp_millis(now).unwrap().naive_utc());
        let (written, first, next) = periods(local.date_naive()).swap_remove(pick);
        let (start, end) = (first_of(tz, first), first_of(tz, next) - 1);
        let options = options(now, zone);
        for when in [start - 1, start, start.midpoint(end), end, end + 1] {
            let within = (start..=end).contains(&when);
            let conditions = [
                (format!("when = {written}"), within),
                (format!("when in {written}"), within),
                (format!("when on {written}"), within),
                (format!("when is {written}"), within),
                (format!("when != {written}"), !within),
                (format!("when not in {written}"), !within),
                (format!("when < {written}"), when < start),
                (format!("when before {written}"), when < start),
                (format!("when gte {written}"), when >= start),
                (format!("when since {written}"), when >= start),
                (format!("when lte {written}"), when <= end),
                (format!("when until {written}"), when <= end),
                (format!("when > {written}"), when > end),
                (format!("when after {written}"), when > end),
                (format!("when between {written} and {written}"), within),
                (format!("when in {written}..{written}"), within),
                (format!("when range ({written} .. {written})"), within),
                (format!("when in (1990-01-01, {written})"), within),
                (format!("not when > {written}"), when <= end),
            ];
            for (text, wanted) in conditions {
                prop_assert_eq!(selects(&text, &options, when), wanted, "{} at {}", text, when);
            }
        }
    }

    #[test]
    fn a_window_begins_its_length_before_now(
        now in instants(),
        zone in prop::sample::select(ZONES),
        count in 1_i64..40,
        unit in prop::sample::select(&["s", "m", "h", "d", "w", "seconds", "Minutes", "hours", "days", "weeks"]),
        spelling in prop::sample::select(&["in last", "in the last", "in past", "within", "newer than"]),
    ) {
        let length = count * match &unit.to_lowercase()[..1] {
            "s" => 1000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, _ => 7 * 86_400_000,
        };
        let options = options(now, zone);
        let start = now - length;
        for when in [start - 1, start, start + 1, now + 1] {
            let window = format!("when {spelling} {count} {unit}");
            prop_assert_eq!(selects(&window, &options, when), when >= start, "{}", window);
            let negated = format!("when not {spelling} {count}{unit}");
            prop_assert_eq!(selects(&negated, &options, when), when < start, "{}", negated);
            let older = format!("when older than {count} {unit}");
            prop_assert_eq!(selects(&older, &options, when), when <= start, "{}", older);
            let ago = format!("when >= {count} {unit} ago");
            prop_assert_eq!(selects(&ago, &options, when), when >= start, "{}", ago);
        }
        let end = now + length;
        for when in [now - 1, now, end, end + 1] {
            let next = format!("when in next {count} {unit}");
            prop_assert_eq!(selects(&next, &options, when), (now..=end).contains(&when), "{}", next);
        }
    }

    #[test]
    fn months_are_counted_on_the_calendar(
        now in instants(),
        count in 1_u32..30,
        (unit, months) in prop::sample::select(&[("mo", 1), ("q", 3), ("y", 12)]),
    ) {
        let utc = DateTime::from_timestamp_millis(now).unwrap();
        let start = utc.checked_sub_months(Months::new(count * months)).unwrap().timestamp_millis();
        let options = Options::at(now);
        for when in [start - 1, start] {
            prop_assert_eq!(selects(&format!("when in last {count}{unit}"), &options, when), when >= start);
        }
    }

    #[test]
    fn formatted_times_mean_the_same(
        now in instants(),
        operator in prop::sample::select(&["=", "is", "!=", "<", ">", ">=", "<=", "on", "until", "since", "in", "not in", "eq"]),
        value in prop::sample::select(&[
            "today", "2026-10", "2026", "2026-10-01", "last  Month", "7 Days ago", "7d ago", "a week ago",
            "now-36h", "-7d", "\"2026-10-01 10:00\"", "2 weeks from now", "(last month, 2026-10-01)",
        ]),
        window in prop::sample::select(&[
            "in last 7d", "in last 7 days", "within 90 min", "gte_ndays 1", "not in the past day", "in last hour",
            "older than 3 MONTHS", "in next 1.5w", "in_next 2h", "between last month and now", "in 2026-10-01..last month",
            "not older than 24 hours", "newer than an hour", "older than a year",
        ]),
    ) {
        let single = ["<", ">", ">=", "<=", "until", "since"].contains(&operator);
        prop_assume!(!(single && value.starts_with('(')));
        let text = format!("when {operator} {value} and ts {window}");
        let options = Options::at(now);
        let formatted = format(&tamis::parse(&text)).unwrap();
        prop_assert_eq!(&format(&tamis::parse(&formatted)).unwrap(), &formatted);
        let filters = |text: &str| compile(text, &options).map(|(filters, _)| filters).ok();
        prop_assert_eq!(filters(&formatted), filters(&text), "{} for {}", formatted, text);
    }
}

/// What compiles to what, at noon of 1 November 2026.
#[test]
fn times_compile_to_their_bounds() {
    let cases = [
        ("ts > 2026-10-01T00:00Z", r#"{"ts":{"gt":1790812800000}}"#),
        ("ts < 2026-10-01", r#"{"ts":{"lt":1790812800000}}"#),
        ("ts in last 24h", r#"{"ts":{"gte":1793448000000}}"#),
        ("ts in last 1 day", r#"{"ts":{"gte_ndays":1}}"#),
        ("ts in last 1.5 days", r#"{"ts":{"gte":1793404800000}}"#),
        ("ts within 2 weeks", r#"{"ts":{"gte_ndays":14}}"#),
        ("ts older than 2 weeks", r#"{"ts":{"lte_ndays":14}}"#),
        ("ts in past 3 months", r#"{"ts":{"gte":1785585600000}}"#),
        ("ts in the past day", r#"{"ts":{"gte_ndays":1}}"#),
        ("ts in next 1 hour", r#"{"ts":{"range":[{"start":1793534400000,"end":1793538000000}]}}"#),
        ("ts = 2026-10-01T10:00:00Z", r#"{"ts":{"eq":[1790848800000]}}"#),
        ("ts = \"2026-10-01 10:00:00+0530\"", r#"{"ts":{"eq":[1790829000000]}}"#),
        ("ts >= 2026-10-01t10:00+05", r#"{"ts":{"gte":1790830800000}}"#),
        ("ts >= +10000-01-01T00:00Z", r#"{"ts":{"gte":253402300800000}}"#),
        ("ts < 1793534400000", r#"{"ts":{"lt":1793534400000}}"#),
        (
            "ts on (2026-10-01, 2026-10-03)",
            r#"{"ts":{"range":[{"start":1790812800000,"end":1790899199999},{"start":1790985600000,"end":1791071999999}]}}"#,
        ),
    ];
    let options = Options::at(at("2026-11-01T12:00:00Z"));
    for (text, wanted) in cases {
        let (filters, found) =
            compile(text, &options).unwrap_or_else(|why| panic!("{text}: {why:?}"));
        assert_eq!(filters.to_string(), wanted, "{text}");
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

/// What is refused, with the fixes that are offered.
#[test]
fn mistakes_offer_what_could_have_been_meant() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("ts > 7d", "T0304", &["ts > -7d"]),
        ("ts > 7 days", "T0304", &["ts > -7d"]),
        ("ts = 3 weeks", "T0304", &["ts = -3w"]),
        ("name = 7 days", "T0104", &["name = \"7 days\""]),
        ("ts >= now-7D", "T0304", &["ts >= now-7d"]),
        ("ts >= now-1M", "T0304", &["ts >= now-1m", "ts >= now-1mo"]),
        ("ts >= now-1.5mo", "T0304", &[]),
        ("ts >= 1793448000", "T0310", &["ts >= 1793448000000"]),
        ("ts >= 1793448000000000", "T0310", &["ts >= 1793448000000"]),
        ("ts >= 1793448000000000000", "T0310", &["ts >= 1793448000000"]),
        ("ts >= 20261001", "T0310", &["ts >= 2026-10-01"]),
        ("ts >= 5", "T0310", &["ts >= 1970-01-01T00:00:00.005Z"]),
        ("ts in last 7", "T0313", &["ts in last 7 days", "ts in last 7 hours"]),
        ("ts in last 3M", "T0313", &["ts in last 3m", "ts in last 3mo"]),
        ("ts in last 7D", "T0313", &["ts in last 7d"]),
        ("ts in the last week", "T0341", &["ts in last week", "ts in last 7 days"]),
        ("ts not in past month", "T0341", &["ts not in last month", "ts not in last 1 month"]),
        ("ts within a year", "T0341", &["ts in last year", "ts in last 1 year"]),
        ("ts in the next week", "T0341", &["ts in next week", "ts in next 7 days"]),
        ("ts >= 2026-10-01T10:00:00.0005Z", "T0317", &["ts >= 2026-10-01T10:00:00.000Z"]),
        ("name = last month", "T0104", &["name = \"last month\""]),
    ];
    let options = Options::at(at("2026-11-01T12:00:00Z"));
    for (text, code, wanted) in cases {
        let found = compile(text, &options).expect_err(text);
        let [found] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(found.code.id(), *code, "{text}: {found:?}");
        let fixed = found.fixes.iter().map(|fix| {
            let mut fixed = (*text).to_owned();
            fixed.replace_range(fix.span.range(), &fix.text);
            fixed
        });
        let fixed: Vec<String> = fixed.collect();
        if !wanted.is_empty() {
            assert_eq!(&fixed, wanted, "{text}");
        }
        for text in fixed {
            let schema = plain();
            let checked = tamis::check(&tamis::parse(&text), &schema, &options);
            assert!(checked.query.is_some(), "{text}: {:?}", checked.diagnostics);
        }
    }
}

#[test]
fn one_millisecond_is_warned_of() {
    let options = Options::at(at("2026-11-01T12:00:00Z"));
    let schema = plain();
    let warnings = |text: &str| {
        let checked = tamis::check(&tamis::parse(text), &schema, &options);
        assert!(checked.query.is_some(), "{text}: {:?}", checked.diagnostics);
        checked.diagnostics
    };
    let cases = [
        ("ts = now", "ts = 2026-11-01"),
        ("when != 7 days ago", "when != 2026-10-25"),
        ("ts = 2026-10-01T10:00Z", "ts between 2026-10-01T10:00Z and 2026-10-01T10:00:59.999Z"),
        (
            "when != 2026-10-01T10:00Z",
            "when not between 2026-10-01T10:00Z and 2026-10-01T10:00:59.999Z",
        ),
    ];
    for (text, wanted) in cases {
        let found = warnings(text);
        let [found] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(found.code.id(), "T0316");
        let mut fixed = text.to_owned();
        fixed.replace_range(found.fixes[0].span.range(), &found.fixes[0].text);
        assert_eq!(fixed, wanted);
        assert!(warnings(&fixed).is_empty());
    }
}

#[test]
fn changed_clocks_are_warned_of() {
    let options = options(at("2026-11-01T12:00:00Z"), "Europe/Berlin");
    let cases = [
        ("when >= 2026-03-29T02:30", "2026-03-29T01:30:00Z", "skip"),
        ("when >= 2026-10-25T02:30", "2026-10-25T00:30:00Z", "twice"),
    ];
    for (text, instant, word) in cases {
        let (filters, found) = compile(text, &options).unwrap();
        assert_eq!(filters["when"]["gte"], json!(at(instant)));
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert!(found.message.contains(word) && found.code.id() == "T0340", "{found:?}");
    }
}

#[test]
fn a_skipped_midnight_is_not_warned_of() {
    let options = options(at("2026-11-01T12:00:00Z"), "America/Sao_Paulo");
    let (filters, found) = compile("when >= 2017-10-15", &options).unwrap();
    assert_eq!(filters["when"]["gte"], json!(at("2017-10-15T03:00:00Z")));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn weeks_begin_as_the_schema_says() {
    let text = common::read("cases/schemas/plain.toml");
    let text = text.replacen("key = \"id\"", "key = \"id\"\nweek_start = \"sunday\"", 1);
    let schema = Schema::from_toml(&text).unwrap();
    let options = Options::at(at("2026-11-01T12:00:00Z"));
    let compiled = tamis::compile("when >= this week", &schema, "api", &options).unwrap();
    let output = serde_json::to_value(&compiled.output).unwrap();
    assert_eq!(output["filters"]["when"]["gte"], json!(at("2026-11-01T00:00:00Z")));
    let wrong = text.replacen("sunday", "friday", 1);
    assert!(Schema::from_toml(&wrong).unwrap_err()[0].message.contains("week_start"));
}

#[test]
fn parameters_are_read_as_times_are() {
    let with = |value: Value, text: &str| {
        let mut options = Options::at(at("2026-11-01T12:00:00Z"));
        options.params.insert("t".into(), value);
        compile(text, &options).map(|(filters, _)| filters.to_string())
    };
    let ok = |text: &str| Ok(text.to_owned());
    assert_eq!(with(json!("2026-10-01"), "ts > $t"), ok(r#"{"ts":{"gte":1790899200000}}"#));
    assert_eq!(with(json!("last month"), "ts >= $t"), ok(r#"{"ts":{"gte":1790812800000}}"#));
    assert_eq!(with(json!(5), "ts >= $t"), ok(r#"{"ts":{"gte":5}}"#));
    assert!(with(json!("5"), "ts >= $t").is_err());
    assert_eq!(with(json!(36), "ts in last $t hours"), ok(r#"{"ts":{"gte":1793404800000}}"#));
    assert_eq!(with(json!(7), "ts in last $t days"), ok(r#"{"ts":{"gte_ndays":7}}"#));
    assert_eq!(with(json!("2 weeks"), "ts in last $t"), ok(r#"{"ts":{"gte_ndays":14}}"#));
}
