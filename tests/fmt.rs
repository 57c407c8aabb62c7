//! The canonical form: tables of texts with what they become, and its laws on texts drawn at
//! random: the same tree, the same comments, and nothing left to format.

use noise::Writer;
use proptest::prelude::*;
use tamis::fmt::format;
use tamis::ops::Takes;

#[path = "fmt/noise.rs"]
mod noise;
#[path = "fmt/tree.rs"]
mod tree;

/// Formats a text and holds the result against the laws.
fn formatted(text: &str) -> String {
    let parsed = tamis::parse(text);
    let out = format(&parsed).unwrap_or_else(|found| panic!("{text:?}: {found:?}"));
    let again = tamis::parse(&out);
    assert_eq!(again.diagnostics(), [], "{text:?} became {out:?}");
    assert_eq!(tree::of(&parsed.document), tree::of(&again.document), "{text:?} became {out:?}");
    let comments = |parsed: &tamis::syntax::Parsed<'_>| -> Vec<String> {
        parsed.document.comments.iter().map(|comment| comment.value.to_owned()).collect()
    };
    assert_eq!(comments(&parsed), comments(&again), "{text:?} became {out:?}");
    assert_eq!(format(&again).as_ref(), Ok(&out), "formatting {text:?} twice");
    let body = out.trim_end_matches('\n');
    let lines = text.contains('\n') || body.contains('\n') || !parsed.document.comments.is_empty();
    let end = if lines && !body.is_empty() { "\n" } else { "" };
    assert_eq!(out, format!("{body}{end}"), "the end of {text:?}");
    out
}

#[test]
fn lines() {
    let mut rows = 0;
    for line in include_str!("fmt/lines.txt").lines().filter(|line| !line.starts_with("##")) {
        let (text, expected) = line.split_once("  ->  ").unwrap_or((line, line));
        rows += 1;
        if expected == "!" {
            assert!(format(&tamis::parse(text)).is_err(), "{text}");
        } else {
            assert_eq!(formatted(text), expected.replace('⏎', "\n"), "{text}");
        }
    }
    assert!(rows > 60);
}

#[test]
fn blocks() {
    for block in include_str!("fmt/blocks.txt").split("==== ").skip(1) {
        let (title, block) = block.split_once('\n').unwrap();
        let (text, expected) = block.split_once("\n----\n").unwrap_or((block, block));
        assert_eq!(formatted(text).trim_end(), expected.trim_end(), "{title}");
    }
}

#[test]
fn deep_nesting_stays_on_the_page() {
    let inner = "f in (1234567, 1234567, 1234567, 1234567, 1234567, 1234567, 1234567, 1234567)";
    let out = formatted(&format!("{}{inner}{}", "a = 1 and (b = 2 or ".repeat(40), ")".repeat(40)));
    let widest = out.lines().map(str::len).max().unwrap();
    assert!(widest <= tamis::fmt::WIDTH, "{out}");
}

#[test]
fn long_texts() {
    let flat =
        "ip.category = Risky and not (user.username contains \"a b\" or service = 1) # c\nand ";
    formatted(&format!("{}x = 1", flat.repeat(1_000_000 / flat.len())));
    let list = (0..100_000).map(|number| format!("user{number}@contoso.com, "));
    formatted(&format!("f in ({})", list.collect::<String>()));
}

/// A query as JSON a line: those of the conformance suite.
fn queries() -> impl Iterator<Item = String> {
    include_str!("fmt/queries.txt").lines().map(|line| serde_json::from_str(line).unwrap())
}

/// What every shipped schema makes of a text: the output, or the codes of its errors.
fn meanings(text: &str) -> Vec<Result<String, Vec<&'static str>>> {
    let options = tamis::Options::at(1_793_534_400_000);
    let schemas =
        tamis::schema::BUILTIN.iter().map(|row| tamis::Schema::builtin(row.name).unwrap());
    let compiled = schemas.map(|schema| tamis::compile(text, schema, "api", &options));
    compiled
        .map(|one| match one {
            Ok(compiled) => Ok(serde_json::to_string(&compiled.output).unwrap()),
            Err(found) => Err(found.iter().map(|one| one.code.id()).collect()),
        })
        .collect()
}

#[test]
fn queries_keep_their_meaning() {
    for query in queries().filter(|query| format(&tamis::parse(query)).is_ok()) {
        let out = formatted(&query);
        assert_eq!(meanings(&query), meanings(&out), "{query:?} became {out:?}");
    }
}

#[test]
fn every_spelling_becomes_the_canonical_one() {
    for spelling in tamis::ops::all_spellings() {
        let row = spelling.op.row();
        let filled = |text: &str| match row.takes {
            Takes::Ranges if text.contains(' ') => text.replacen('_', "1", 1).replacen('_', "2", 1),
            Takes::Days | Takes::Length if text.contains(' ') => text.replace('_', "7 days"),
            Takes::Length => format!("{text} 7 days"),
            Takes::Ranges => format!("{text} 1..2"),
            Takes::Flag => text.to_owned(),
            Takes::Values
            | Takes::Strings
            | Takes::Value
            | Takes::String
            | Takes::Days
            | Takes::Day => {
                format!("{text} 7")
            }
        };
        let canonical = if spelling.negated { row.negated[0] } else { spelling.op.canonical() };
        let text = format!("f {}", filled(&spelling.text.to_uppercase()));
        assert_eq!(formatted(&text), format!("f {}", filled(canonical)), "{text}");
    }
}

/// The texts of the tables.
fn texts() -> Vec<String> {
    let lines = include_str!("fmt/lines.txt")
        .lines()
        .map(|line| line.split("  ->  ").next().unwrap().to_owned());
    let blocks =
        include_str!("fmt/blocks.txt").split("==== ").filter_map(|block| block.split_once('\n'));
    let blocks = blocks.map(|(_, block)| block.split("----\n").next().unwrap().to_owned());
    lines.chain(blocks).chain(queries()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_written_in_any_way_has_one_form(
        definitions in prop::collection::vec(noise::nodes(), 0..3),
        query in noise::nodes(),
        tail in any::<bool>(),
        ways in prop::array::uniform3(prop::collection::vec(any::<u8>(), 1..200)),
    ) {
        let form = |way: usize, comments| {
            formatted(&Writer::new(&ways[way], comments).document(&definitions, &query, tail))
        };
        let (one, other) = (form(0, false), form(1, false));
        prop_assert_eq!(one.trim_end(), other.trim_end());
        form(2, true);
    }

    #[test]
    fn what_parses_has_a_form(text in noise::soups()) {
        if format(&tamis::parse(&text)).is_ok() {
            formatted(&text);
        }
    }

    #[test]
    fn what_still_parses_has_a_form(
        text in prop::sample::select(texts()),
        changes in prop::collection::vec(any::<(u16, u16, u8)>(), 1..6),
    ) {
        let text = noise::spoilt(&text, &changes);
        if format(&tamis::parse(&text)).is_ok() {
            formatted(&text);
        }
    }
}
