//! A fix is a promise (`docs/language.md`, 4): every fix that is offered mends what it is
//! offered for and breaks nothing at its place; a safe one means what was written. Tried on the
//! museum, on the cases of what people type, and on queries that are damaged or respelled.

mod common;

use common::jsonl;
use tamis::compare::Relation;
use tamis::diag::{Code, Fix};
use tamis::editor::fixes::mend;
use tamis::{Diagnostic, Options, Schema, Span};

fn options() -> Options {
    Options::at(tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap())
}

fn schema(name: &str) -> Schema {
    match Schema::builtin(name) {
        Ok(schema) => schema.clone(),
        Err(_) => Schema::from_toml(&common::read(&format!("cases/schemas/{name}.toml"))).unwrap(),
    }
}

fn check(text: &str, schema: &Schema) -> Vec<Diagnostic> {
    tamis::check(&tamis::parse(text), schema, &options()).diagnostics
}

fn applied(text: &str, fix: &Fix) -> String {
    let mut mended = text.to_owned();
    mended.replace_range(fix.span.range(), &fix.text);
    mended
}

fn same(one: &str, other: &str, schema: &Schema) -> bool {
    let query = |text: &str| tamis::check(&tamis::parse(text), schema, &options()).query;
    match (query(one), query(other)) {
        (Some(first), Some(second)) => {
            let found = tamis::compare(&first, &second);
            matches!(found.relation, Relation::Same | Relation::Undecided) && found.same_tail
        }
        _ => false,
    }
}

/// Codes whose fixes are found by likeness.
const BY_LIKENESS: [Code; 9] = [
    Code::UnknownField,
    Code::UnknownOperator,
    Code::OperatorNotAllowed,
    Code::UnknownFilter,
    Code::UnboundParameter,
    Code::BadSortField,
    Code::UnknownValue,
    Code::MissingConnective,
    Code::MissingOperator,
];

/// Holds every fix of a text to its promise; the number of fixes.
fn promises(text: &str, schema: &Schema) -> usize {
    let found = check(text, schema);
    let errors = found.iter().filter(|found| found.is_error()).count();
    let mut count = 0;
    for (one, fix) in found.iter().flat_map(|one| one.fixes.iter().map(move |fix| (one, fix))) {
        count += 1;
        assert!(!(fix.safe && BY_LIKENESS.contains(&one.code)), "{text:?}: {fix:?} is safe");
        assert!(!fix.title.is_empty() && text.get(fix.span.range()).is_some(), "{text:?} {fix:?}");
        let mended = applied(text, fix);
        let left = check(&mended, schema);
        let start = fix.span.start as usize;
        let place = Span::new(start, start + fix.text.len());
        let at = |found: &&Diagnostic| {
            let overlaps = found.span.start < place.end && place.start < found.span.end;
            // A form of another language that reaches beyond the place is another mistake.
            let beyond = found.span.start < place.start || place.end < found.span.end;
            let another = found.code == Code::ForeignWords && beyond;
            found.is_error() && overlaps && !another
        };
        let broken = left.iter().find(at);
        assert!(broken.is_none(), "{text:?} by {fix:?} is {mended:?}, still {broken:?}");
        let behind = |place: u32| {
            if place < fix.span.end { place } else { place - fix.span.end + fix.span.start }
        };
        let stays = |other: &Diagnostic| {
            other.code == one.code
                && other.message == one.message
                && u64::from(other.span.start)
                    == u64::from(behind(one.span.start)) + {
                        if one.span.start < fix.span.end { 0 } else { fix.text.len() as u64 }
                    }
        };
        assert!(!left.iter().any(stays), "{text:?} by {fix:?} is {mended:?}, with {left:?}");
        if !one.is_error() && fix.safe && errors == 0 {
            assert!(same(text, &mended, schema), "{text:?} by {fix:?} means something else");
        }
    }
    count
}

#[test]
fn the_fixes_of_the_museum_hold() {
    let museum = Schema::from_toml(&common::read("errors/museum.toml")).unwrap();
    let mut fixes = 0;
    for code in tamis::diag::code::ALL {
        let (stage, lines): (Vec<&str>, Vec<&str>) =
            code.row().example.lines().partition(|line| line.starts_with("#:"));
        let named = stage.iter().find_map(|line| line.strip_prefix("#: schema "));
        let special =
            stage.iter().any(|line| !line.starts_with("#: schema ") && !line.contains("to "));
        if special || named.is_some_and(|name| name == "nothing") {
            continue;
        }
        let builtin = Schema::builtin(named.unwrap_or("activities")).unwrap_or(&museum);
        fixes += promises(&lines.join("\n"), builtin);
    }
    assert!(fixes > 20, "{fixes}");
}

#[test]
fn the_fixes_of_the_cases_hold() {
    for case in jsonl("cases/typed.jsonl") {
        let schema = schema(case["schema"].as_str().unwrap());
        promises(case["query"].as_str().unwrap(), &schema);
    }
}

/// Queries of the corpora that compile, each with its schema.
fn queries() -> Vec<(String, String)> {
    let mut out = Vec::new();
    for name in ["merging", "operators", "structure", "time", "values"] {
        let text = common::read(&format!("corpus/{name}.tamis"));
        for part in text.split("--- ").skip(1) {
            let query = part.split_once('\n').map_or("", |(_, query)| query).trim();
            out.push((query.to_owned(), "activities".to_owned()));
        }
    }
    for case in jsonl("conformance/compile.jsonl") {
        out.push((case["query"].as_str().unwrap().into(), case["schema"].as_str().unwrap().into()));
    }
    for case in jsonl("corpus-wild/filters.jsonl") {
        let name = case["resource"].as_str().unwrap();
        let Ok(schema) = Schema::builtin(name) else { continue };
        let found = tamis::decompile::decompile(&case["filters"].to_string(), schema, &options());
        out.extend(found.queries.into_iter().map(|query| (query, name.to_owned())));
    }
    out.retain(|(query, name)| {
        let schema = Schema::builtin(name).unwrap();
        !query.is_empty() && check(query, schema).iter().all(|found| !found.is_error())
    });
    out
}

/// A generator of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count.max(1)
    }
}

/// One change of a text that a person would read in the same way.
fn respelled(text: &str, dice: &mut Dice) -> Option<String> {
    const WAYS: &[(&str, &str)] = &[
        (" = ", " === "),
        (" = ", " ＝ "),
        (" = ", " equals "),
        (" = ", "\u{a0}= "),
        (" = ", ": "),
        (" != ", " ≠ "),
        (" != ", " is not equal to "),
        (" >= ", " ≥ "),
        (" >= ", " => "),
        (" <= ", " =< "),
        (", ", "， "),
        (" and ", " & "),
        (" and ", " ∧ "),
        (" or ", " | "),
        (" or ", " ∨ "),
        (" in (", " is any of ("),
        (" in (", " is in ("),
        (" not in (", " is not in ("),
        (" contains ", " co "),
        (" starts with ", " begins with "),
        (" ends with ", " ew "),
        (" is set", " notnull"),
        (" is not set", " isnull"),
    ];
    if text.contains(['#', '\'', '\\']) || text.contains("let ") || text.contains("between") {
        return None;
    }
    Some(match dice.below(WAYS.len() + 5) {
        0 => format!("WHERE {text}"),
        1 => format!("{text} // a remark, isn't it"),
        2 => format!("{text};"),
        3 => text.replace('"', "”").replacen('”', "“", 1),
        4 => {
            let place = text.find([' ', '='])?;
            format!("{}\u{200b}{}", &text[..place], &text[place..])
        }
        way => {
            let (from, to) = WAYS[way - 5];
            let places: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
            let place = *places.get(dice.below(places.len()))?;
            let quotes = text[..place].matches('"').count();
            if !quotes.is_multiple_of(2) {
                return None;
            }
            format!("{}{to}{}", &text[..place], &text[place + from.len()..])
        }
    })
}

/// One change that breaks a text, or makes another of it.
fn damaged(text: &str, dice: &mut Dice) -> String {
    const MARKS: &[&str] = &[
        "\"", "'", "(", ")", "[", ",", "&", ":", "=", "<", "!", "#", "\\", " ", "x", "-", "“", "{",
        "%",
    ];
    let mut chars: Vec<char> = text.chars().collect();
    let place = dice.below(chars.len());
    match dice.below(4) {
        0 => drop(chars.remove(place)),
        1 => chars.insert(place, chars[place]),
        2 => chars.insert(place, MARKS[dice.below(MARKS.len())].chars().next().unwrap()),
        _ => {
            let other = dice.below(chars.len());
            chars.swap(place, other);
        }
    }
    chars.into_iter().collect()
}

#[test]
fn the_fixes_of_damaged_queries_hold() {
    let (queries, mut dice) = (queries(), Dice(1));
    assert!(queries.len() > 300, "{}", queries.len());
    let fixes: usize = (0..2_500)
        .map(|_| {
            let (query, name) = &queries[dice.below(queries.len())];
            promises(&damaged(query, &mut dice), Schema::builtin(name).unwrap())
        })
        .sum();
    assert!(fixes > 1_000, "{fixes}");
}

#[test]
fn a_safe_fix_of_a_respelled_query_means_the_query() {
    let (queries, mut dice) = (queries(), Dice(2));
    let (mut tried, mut mended) = (0, 0);
    while tried < 2_500 {
        let (query, name) = &queries[dice.below(queries.len())];
        let Some(changed) = respelled(query, &mut dice) else { continue };
        tried += 1;
        let schema = Schema::builtin(name).unwrap();
        let found = check(&changed, schema);
        let errors: Vec<&Diagnostic> = found.iter().filter(|found| found.is_error()).collect();
        let [only] = errors.as_slice() else { continue };
        for fix in only.fixes.iter().filter(|fix| fix.safe) {
            let result = applied(&changed, fix);
            assert!(same(query, &result, schema), "{query:?} as {changed:?} became {result:?}");
        }
        let all = mend(&changed, schema, &options());
        let whole = all.left.iter().all(|found| !found.is_error());
        mended += usize::from(whole);
        assert!(!whole || same(query, &all.text, schema), "{changed:?} became {:?}", all.text);
        assert_eq!(mend(&all.text, schema, &options()).text, all.text, "mended twice");
    }
    // What is not mended is read in two ways, or has no form here.
    assert!(mended > 1_500, "{mended} of {tried}");
}
