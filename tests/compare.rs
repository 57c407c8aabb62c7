//! How queries relate: verdicts reasoned by hand, and verdicts held against a second meaning.

mod common;
#[path = "common/fits.rs"]
mod fits;
#[path = "common/naive.rs"]
mod naive;
#[path = "common/sets.rs"]
mod sets;
#[path = "common/tape.rs"]
mod tape;

use common::jsonl;
use proptest::prelude::*;
use serde_json::Value as Json;
use tamis::compare::{Comparison, Relation, Side, compare};
use tamis::query::Query;
use tamis::schema::Field;
use tamis::value::{Cardinality, Day, Decimal, Double, Key, Type, Value};
use tamis::{Schema, matcher::Layout, matcher::Matcher};
use tape::{Tape, options, random_clause, random_query, random_schema};

fn query<'q>(text: &str, schema: &'q Schema) -> Query<'q> {
    let checked = tamis::check(&tamis::parse(text), schema, &options());
    checked.query.unwrap_or_else(|| panic!("{text}: {:?}", checked.diagnostics))
}

fn name(relation: Relation) -> String {
    serde_json::to_value(relation).unwrap().as_str().unwrap().to_owned()
}

/// What the first query is to the second as seen from the second.
fn turned(relation: Relation) -> Relation {
    match relation {
        Relation::Narrower => Relation::Wider,
        Relation::Wider => Relation::Narrower,
        other => other,
    }
}

#[test]
fn every_pair_relates_as_the_page_says() {
    let schema = Schema::from_toml(&common::read("compare/things.toml")).unwrap();
    for case in jsonl("compare/cases.jsonl") {
        let [first, second] =
            ["first", "second"].map(|name| query(case[name].as_str().unwrap(), &schema));
        let found = compare(&first, &second);
        assert_eq!(name(found.relation), case["relation"], "{case}\n{found:?}");
        assert_eq!(compare(&second, &first).relation, turned(found.relation), "{case}");
        if found.relation != Relation::Undecided {
            examples_hold(&found, &first, &second);
        }
    }
}

#[test]
fn examples_hold_instants_as_records_count_them() {
    for unit in ["s", "ms", "us", "ns"] {
        let row = format!(
            "name = \"x\"\n[[field]]\nname = \"at\"\ntype = \"timestamp\"\nunit = \"{unit}\"\n"
        );
        let schema = Schema::from_toml(&row).unwrap();
        for second in ["2026-10-02T00:00:00Z", "2026-10-01T00:00:00.251Z"] {
            let first =
                query("at = 2026-10-01T00:00:00.250Z or at = 1970-01-01T00:00:00Z", &schema);
            let second = query(&format!("at = {second}"), &schema);
            let found = compare(&first, &second);
            assert_eq!(name(found.relation), "disjoint", "{unit}: {found:?}");
            let matches = |query, side: &Side| {
                Matcher::new(query, Layout::Flat).unwrap().matches(side.example().unwrap())
            };
            assert!(matches(&first, &found.only_first) && !matches(&second, &found.only_first));
            assert!(matches(&second, &found.only_second) && !matches(&first, &found.only_second));
        }
    }
}

/// The examples are on the side that they are shown for, by a second meaning of the queries.
fn examples_hold(found: &Comparison, first: &Query<'_>, second: &Query<'_>) {
    let sides = [
        (&found.only_first, true, false),
        (&found.only_second, false, true),
        (&found.both, true, true),
    ];
    for (side, in_first, in_second) in sides {
        let Some(example) = side.example() else { continue };
        for (query, expected) in [(first, in_first), (second, in_second)] {
            let matcher = Matcher::new(query, Layout::Flat).unwrap();
            assert_eq!(matcher.matches(example), expected, "{example}");
            let record = read(example, query.schema());
            assert_eq!(naive::selects(query.root(), &record), expected, "{example}");
        }
    }
}

/// A flat record as sets of values, and that it is one of the schema's.
fn read(record: &Json, schema: &Schema) -> naive::Sets {
    let members = record.as_object().unwrap().iter().map(|(name, json)| {
        let field = schema.field(name).unwrap();
        let list = match json {
            Json::Null => Vec::new(),
            Json::Array(list) => list.clone(),
            one => vec![one.clone()],
        };
        let most = if field.cardinality == Cardinality::Many { usize::MAX } else { 1 };
        let least = usize::from(field.cardinality == Cardinality::One);
        assert!((least..=most).contains(&list.len()), "{name}: {json}");
        (field.name.clone(), list.iter().map(|json| value(field, json)).collect())
    });
    members.collect()
}

fn value(field: &Field, json: &Json) -> Value {
    let part = |name: &str| json.get(name).map(|part| part.as_i64().unwrap());
    match field.kind {
        Type::String => Value::Text(json.as_str().unwrap().into()),
        Type::Integer | Type::Timestamp => Value::Int(json.as_i64().unwrap()),
        Type::Double => Value::Double(Double::new(json.as_f64().unwrap()).unwrap()),
        Type::Decimal => Value::Decimal(Decimal::read(json.as_str().unwrap()).unwrap()),
        Type::Date => Value::Day(Day::read(json.as_str().unwrap()).unwrap()),
        Type::Boolean => Value::Bool(json.as_bool().unwrap()),
        Type::EntityKey | Type::File | Type::Folder => Value::Key(Box::new(Key {
            id: json["id"].as_str().unwrap().into(),
            saas: part("saas"),
            inst: part("inst"),
        })),
    }
}

#[test]
fn what_no_record_shows_is_said_to_be_undecided() {
    let schema = Schema::from_toml(&common::read("compare/things.toml")).unwrap();
    let found = compare(&query("folder descendantof f", &schema), &query("folder is set", &schema));
    assert_eq!(found.only_first, Side::Empty);
    let reason = serde_json::to_value(&found.only_second).unwrap();
    assert_eq!(reason, serde_json::json!({"is": "undecided", "reason": "not-in-records"}));
    let other = Schema::from_toml(&common::read("compare/things.toml")).unwrap();
    let found = compare(&query("count = 1", &schema), &query("count = 1", &other));
    assert_eq!(found.relation, Relation::Undecided);
}

#[test]
fn order_and_paging_are_told_apart_from_the_records() {
    let schema = Schema::builtin("activities").unwrap();
    let [plain, paged, spread] = ["service = 1", "service = 1 limit 3", "service  =  1   limit  3"]
        .map(|text| query(text, schema));
    let found = compare(&plain, &paged);
    assert_eq!((found.relation, found.same_tail), (Relation::Same, false));
    assert!(compare(&paged, &spread).same_tail);
}

/// Too much to go through is no verdict, and takes no endless time.
#[test]
fn what_blows_up_is_undecided() {
    let schema = Schema::from_toml(&common::read("compare/things.toml")).unwrap();
    let needles: Vec<String> =
        (0..40).map(|n| format!("(name contains a{n}b or count = {n})")).collect();
    let texts = needles.join(" and ");
    let many: Vec<String> = (0..500).map(|n| format!("(n = {n} and count = {n})")).collect();
    for text in [texts, many.join(" or ")] {
        let same = compare(&query(&text, &schema), &query(&format!("({text})"), &schema));
        assert_eq!(same.relation, Relation::Same);
        let found = compare(&query(&text, &schema), &query("name = a", &schema));
        assert!(matches!(found.relation, Relation::Undecided | Relation::Overlapping), "{found:?}");
        examples_hold(&found, &query(&text, &schema), &query("name = a", &schema));
    }
}

/// Long lists are looked up, not gone through for every value.
#[test]
fn long_lists_are_compared() {
    let schema = Schema::from_toml(&common::read("compare/things.toml")).unwrap();
    let list = |from: usize| {
        let names: Vec<String> = (from..from + 20_000).map(|n| format!("u{n}")).collect();
        query(&format!("name in ({})", names.join(", ")), &schema)
    };
    let found = compare(&list(0), &list(1));
    assert_eq!(found.relation, Relation::Overlapping);
    assert_eq!(found.only_first.example().unwrap()["name"], "u0");
    assert_eq!(found.only_second.example().unwrap()["name"], "u20000");
}

// The program.

const NOW: [&str; 3] = ["diff", "--now", "2026-11-01T12:00:00Z"];

#[test]
fn what_the_program_prints() {
    let pairs = [
        (
            "same",
            "not (ip.category = Risky or service = Box)",
            "ip.category != Risky and service != Box",
        ),
        ("narrower", "ip.category = Risky and date in last 7 days", "ip.category = Risky"),
        (
            "wider",
            "not location.country = US",
            "location.country != US and location.country is set",
        ),
        ("overlapping", "user.tags = a", "user.tags = b"),
        ("disjoint", "user.username starts with adm", "user.username starts with (root, svc)"),
        ("undecided", "policy cabinetmatchedrulesequals x", "policy cabinetmatchedrulesequals y"),
        ("tails", "service = Box limit 5", "service = 10489 order by date"),
    ];
    let mut drawn = String::new();
    for (name, first, second) in pairs {
        let schema = if name == "undecided" { "files" } else { "activities" };
        let arguments = [&NOW[..], &["--schema", schema, first, second]].concat();
        let output = common::run(&arguments, b"");
        drawn.push_str(&format!(
            "--- {name}\n{first}\n{second}\n\n{}{}",
            text(&output.stdout),
            text(&output.stderr)
        ));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/compare");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("program", drawn));
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn an_example_is_a_record_for_the_program() {
    let [first, second] = ["ip.category = Risky", "ip.category = Risky and user.tags = vip"];
    for (side, counts) in [("first", ["1", "0"]), ("second", ["0", "0"]), ("both", ["1", "1"])] {
        let example = common::run(&[&NOW[..], &[first, second, "--example", side]].concat(), b"");
        for (query, count) in [first, second].iter().zip(counts) {
            let counted =
                common::run(&["run", "--layout", "flat", "--count", query], &example.stdout);
            assert_eq!(text(&counted.stdout).trim(), count, "{side}: {query}");
        }
    }
}

#[test]
fn verdicts_are_no_failures_unless_asked_for() {
    let files =
        ["first", "second"].map(|name| common::path("compare").join(format!("{name}.tamis")));
    let [first, second] = files.each_ref().map(|path| path.to_str().unwrap());
    let code = |arguments: &[&str], input: &[u8]| {
        common::run(&[&NOW[..], arguments].concat(), input).status.code().unwrap()
    };
    assert_eq!(code(&["--file", first, second], b""), 0);
    assert_eq!(code(&["--file", first, "--file", second, "--exit-code"], b""), 1);
    assert_eq!(code(&["--file", first, first, "--exit-code"], b""), 0);
    assert_eq!(code(&["service = Box", "-"], b"service = 5"), 0);
    assert_eq!(code(&["service = Boxx", "service = 5"], b""), 1);
    assert_eq!(code(&["service = 5"], b""), 2);
    assert_eq!(code(&["service = 5", "--file", first, second], b""), 2);
    assert_eq!(code(&["service = 5", "--file", "no/such/file"], b""), 2);
    let output = common::run(
        &[&NOW[..], &["--message-format", "json", "--file", first, second]].concat(),
        b"",
    );
    let found: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["relation"], "wider");
    assert_eq!(
        found["only_first"],
        serde_json::json!({"is": "some", "example": {"service": 11114, "ip.category": 3}})
    );
    assert_eq!(found["only_second"], serde_json::json!({"is": "empty"}));
}

// Random queries, held against records and, on one field, against all records there are.

/// Values that tell the conditions of `tape` apart: every text of up to three of their letters and
/// one other, in both cases; every number and instant beside one that is named.
/// Around the ends of the numbers that can be written.
fn ends() -> impl Iterator<Item = i64> {
    [i64::from(i32::MIN), i64::from(i32::MAX)].into_iter().flat_map(|end| end - 1..=end + 1)
}

/// The places beside those that the conditions of `tape` name, and those far off.
fn beside(field: &Field) -> Vec<Value> {
    let line = field.line().unwrap();
    let named: &[&str] = match field.kind {
        Type::Date => {
            &["2026-10-01", "2026-10-12", "2026-10-20", "2026-10-25", "2026-11-01", "2026-11-02"]
        }
        _ => &["1", "1.5", "2.25", "0.1", "3", "-0.5", "2147483647", "-2147483648"],
    };
    let read = |text: &&str| match field.kind {
        Type::Double => Double::read(text).map(Value::Double),
        Type::Decimal => Decimal::read(text).map(Value::Decimal),
        _ => Day::read(text).map(Value::Day),
    };
    let places = named.iter().map(|text| line.place(&read(text).unwrap()).unwrap());
    let all = places.flat_map(|at| at - 1..=at + 1);
    let (first, last) = line.ends();
    all.chain([first, last]).filter_map(|at| line.value(at)).collect()
}

fn every_value(field: &Field) -> Vec<Value> {
    match field.kind {
        Type::Boolean => vec![Value::Bool(false), Value::Bool(true)],
        Type::Integer => (-1..8).chain(ends()).map(Value::Int).collect(),
        Type::Double | Type::Decimal | Type::Date => beside(field),
        Type::Timestamp => {
            let at = |text| tamis::time::read_rfc3339(text).unwrap();
            let near = ["2026-10-01T00:00:00Z", "2026-10-20T00:00:00Z", "2026-11-01T11:00:00Z"];
            let days = ["2026-10-25T12:00:00Z", "2026-10-12T12:00:00Z"];
            near.iter()
                .chain(&days)
                .flat_map(|text| (-1..=1).map(move |by| at(text) + by))
                .chain(ends())
                .map(Value::Int)
                .collect()
        }
        Type::EntityKey | Type::File | Type::Folder => every_key(),
        Type::String => {
            let mut texts = vec![String::new()];
            let mut last = texts.clone();
            for _ in 0..4 {
                last = last
                    .iter()
                    .flat_map(|text| ["a", "b", "c", "x"].map(|c| format!("{text}{c}")))
                    .collect();
                texts.extend(last.clone());
            }
            texts.extend(["A", "AB", "ABC", "B", "BC", "C"].map(str::to_owned));
            texts.into_iter().map(Value::Text).collect()
        }
    }
}

/// Keys with every text of up to three letters for an id, and every member named, another or none.
fn every_key() -> Vec<Value> {
    let letters = ["", "a", "b", "c", "x"];
    let ids = letters.iter().flat_map(|a| letters.map(move |b| (*a, b)));
    let ids = ids.flat_map(|(a, b)| letters.map(|c| [a, b, c].concat()));
    let members = [None, Some(0), Some(1), Some(2), Some(3)];
    let keys = ids.flat_map(|id| members.map(|saas| (id.clone(), saas)));
    let keys = keys.flat_map(|(id, saas)| {
        members.map(|inst| Value::Key(Box::new(Key { id: id.clone(), saas, inst })))
    });
    keys.collect()
}

/// Sets of values of a field: of many values, those of up to three that differ in what they pass.
fn every_set(field: &Field, queries: [&Query<'_>; 2]) -> Vec<Vec<Value>> {
    let mut seen = std::collections::HashSet::new();
    let atoms: Vec<_> = queries.iter().flat_map(|query| query.root().atoms()).collect();
    let passed = |value: &Value| -> Vec<bool> {
        let words = |atom: &&tamis::query::Atom<'_>| match &atom.predicate {
            tamis::query::Predicate::Words(text) => text.split_whitespace().count(),
            _ => 1,
        };
        assert!(atoms.iter().all(|atom| words(atom) == 1), "one word a text");
        atoms
            .iter()
            .map(|atom| naive::test(field, std::slice::from_ref(value), &atom.predicate))
            .collect()
    };
    let values: Vec<Value> =
        every_value(field).into_iter().filter(|value| seen.insert(passed(value))).collect();
    let mut sets: Vec<Vec<Value>> = Vec::new();
    if field.cardinality != Cardinality::One {
        sets.push(Vec::new());
    }
    sets.extend(values.iter().map(|value| vec![value.clone()]));
    if field.cardinality == Cardinality::Many {
        let mut last: Vec<Vec<Value>> = sets.clone();
        for _ in 0..2 {
            let more = |set: &Vec<Value>| {
                values
                    .iter()
                    .map(|value| [set.as_slice(), std::slice::from_ref(value)].concat())
                    .collect::<Vec<_>>()
            };
            last = last.iter().flat_map(more).take(20_000).collect();
            sets.extend(last.clone());
        }
    }
    sets
}

fn check_brute_force(tape: &[u16]) {
    let mut tape = Tape(tape.iter());
    let schema = random_schema(&mut tape);
    let place = tape.below(4);
    let field = &schema.fields()[place];
    let texts = [(); 2].map(|()| {
        let parts: Vec<String> = (0..1 + tape.below(3))
            .map(|_| {
                let not = if tape.below(3) == 2 { "not " } else { "" };
                format!("{not}{}", clause_of(&mut tape, &schema, &field.name))
            })
            .collect();
        parts.join(tape.of(&[" and ", " or "]))
    });
    let [first, second] = [query(&texts[0], &schema), query(&texts[1], &schema)];
    let found = compare(&first, &second);
    let (mut only_first, mut only_second, mut both) = (false, false, false);
    for set in every_set(field, [&first, &second]) {
        let record = naive::Sets::from([(field.name.clone(), set)]);
        match [&first, &second].map(|query| naive::selects(query.root(), &record)) {
            [true, false] => only_first = true,
            [false, true] => only_second = true,
            [true, true] => both = true,
            [false, false] => {}
        }
    }
    let sides =
        [(&found.only_first, only_first), (&found.only_second, only_second), (&found.both, both)];
    for (side, some) in sides {
        let shown = side.example().is_some();
        let decided = shown || *side == Side::Empty;
        // Longer texts, or more values of one record, are not tried: then the example alone says so.
        let finite = field.kind != Type::String
            && !field.kind.is_key()
            && field.cardinality != Cardinality::Many;
        let fine = decided && (shown == some || shown && !finite);
        assert!(fine, "{texts:?}\n{field:?}\n{found:?}");
    }
    examples_hold(&found, &first, &second);
}

fn clause_of(tape: &mut Tape<'_>, schema: &Schema, field: &str) -> String {
    let wanted = |text: &String| text.split(' ').next() == Some(field);
    (0..200).map(|_| random_clause(tape, schema)).find(wanted).unwrap_or_else(|| {
        let forms = [
            "= a",
            "= 1",
            "= true",
            ">= 2026-10-20",
            "is set",
            "contains a",
            "!= a",
            "!= 1",
            "starts with a",
            "ends with b",
            "> 1",
            "< 2",
            "between 1 and 2",
            "deq 1",
            "deq a",
            "text a",
            "startswithsingle b",
            "not contains a",
            "does not start with a",
            "<= 2026-10-20",
            "older than 20 days",
            "in last 7 days",
            "on 2026-10-20",
            "between 2026-10-01 and 2026-10-20",
            "!= true",
            "is not set",
            "<= 1",
            ">= 1",
        ];
        let texts = forms.iter().map(|form| format!("{field} {form}"));
        let fits =
            |text: &String| tamis::check(&tamis::parse(text), schema, &options()).query.is_some();
        texts.into_iter().find(fits).unwrap()
    })
}

/// Two queries, often with something in common.
fn pair(tape: &mut Tape<'_>, schema: &Schema) -> [String; 2] {
    let first = random_query(tape, schema, 3);
    let other = random_query(tape, schema, 2);
    let second = match tape.below(6) {
        0 => format!("({first}) and ({other})"),
        1 => format!("({first}) or ({other})"),
        2 => format!("not (not ({first}) or ({other}))"),
        3 => format!("(({first}) and ({other})) or (({first}) and not ({other}))"),
        _ => other,
    };
    [first, second]
}

/// Records for each random pair.
const RECORDS: usize = 64;

fn check_meaning(tape: &[u16]) {
    let mut tape = Tape(tape.iter());
    let schema = random_schema(&mut tape);
    let texts = pair(&mut tape, &schema);
    let [first, second] = [query(&texts[0], &schema), query(&texts[1], &schema)];
    let found = compare(&first, &second);
    assert_ne!(found.relation, Relation::Undecided, "{texts:?}");
    examples_hold(&found, &first, &second);
    for _ in 0..RECORDS {
        let record = tape::random_record(&mut tape, &schema);
        let side = match [&first, &second].map(|query| naive::selects(query.root(), &record)) {
            [true, false] => &found.only_first,
            [false, true] => &found.only_second,
            [true, true] => &found.both,
            [false, false] => continue,
        };
        assert!(side.example().is_some(), "{texts:?}\non {record:?}\n{found:?}");
    }
}

/// 51,200 pairs; a million in `just long`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(800)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_record_contradicts_a_verdict(tape in prop::collection::vec(any::<u16>(), 900)) {
        check_meaning(&tape);
    }

    #[test]
    fn on_one_field_the_verdict_is_that_of_all_records(tape in prop::collection::vec(any::<u16>(), 900)) {
        check_brute_force(&tape);
    }

    /// A field of addresses holds nothing else, but for what a query names.
    #[test]
    fn on_addresses_verdicts_are_those_of_addresses(
        parts in prop::collection::vec((0_usize..2, any::<bool>(), prop::sample::select(ADDRESSES)), 2..6),
        split in 1_usize..5,
        join in prop::sample::select(&[" and ", " or "][..]),
    ) {
        let schema = Schema::from_toml(&common::read("compare/things.toml")).unwrap();
        let clause = |(kind, not, text): &(usize, bool, &str)| {
            let operator = ["starts with", "="][*kind];
            format!("{}address {operator} \"{text}\"", if *not { "not " } else { "" })
        };
        let clauses: Vec<String> = parts.iter().map(clause).collect();
        let (first, second) = clauses.split_at(split.min(clauses.len() - 1));
        let [first, second] = [first, second].map(|part| query(&part.join(join), &schema));
        let found = compare(&first, &second);
        prop_assert_ne!(found.relation, Relation::Undecided);
        examples_hold(&found, &first, &second);
        for side in [&found.only_first, &found.only_second, &found.both] {
            let shown = side.example().and_then(|example| example["address"].as_str());
            let fits = |text: &str| ADDRESSES.contains(&text) || text.parse::<std::net::IpAddr>().is_ok();
            prop_assert!(shown.is_none_or(fits), "{:?}", side);
        }
        for address in every_address() {
            let record = naive::Sets::from([("address".to_owned(), vec![Value::Text(address)])]);
            let side = match [&first, &second].map(|query| naive::selects(query.root(), &record)) {
                [true, false] => &found.only_first,
                [false, true] => &found.only_second,
                [true, true] => &found.both,
                [false, false] => continue,
            };
            prop_assert!(side.example().is_some(), "{:?} {:?}\n{:?}", clauses, record, found);
        }
    }
}

const ADDRESSES: &[&str] = &[
    "1",
    "10",
    "10.",
    "10.1",
    "10.12.",
    "12.1.1.1",
    "10.1.25.2",
    "10.1.25.25",
    "25",
    "255.",
    "256",
    "2",
    "fe80:",
    "fe8",
    "fe80::1",
    "FE80::1",
    "::",
    "f",
    "10.1.25.2x",
];

/// Addresses on all sides of the beginnings above.
fn every_address() -> Vec<String> {
    const NUMBERS: [&str; 7] = ["1", "2", "10", "12", "25", "100", "251"];
    let mut all: Vec<String> = vec![String::new()];
    for place in 0..4 {
        let dot = if place == 0 { "" } else { "." };
        let more = |head: &String| NUMBERS.map(|number| format!("{head}{dot}{number}"));
        all = all.iter().flat_map(more).collect();
    }
    let six = [
        "::", "::1", "1::", "12::1", "f::", "fe8::1", "fe80::1", "FE80::1", "Fe80::1", "fe80::",
        "fe81::1", "25::", "256::", "10::1", "2::2",
    ];
    all.extend(six.map(str::to_owned));
    all
}
