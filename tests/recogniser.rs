//! The recogniser that is written from the grammar: the file in `src` is what the generator writes
//! today, and it reads every text as pest's own machine does.

// What pest generates names it.
extern crate alloc;

mod common;
#[path = "../src/syntax/machine.rs"]
mod machine;
#[rustfmt::skip]
#[path = "recogniser/other.rs"]
mod other;
#[rustfmt::skip]
#[path = "../src/syntax/recogniser.rs"]
mod recogniser;

use std::collections::BTreeSet;
use std::path::Path;

use pest::Parser as _;
use serde_json::Value;

/// How deeply brackets may be nested, whatever the options say.
const DEEPEST: u32 = 1000;

const HEADER: &str = "\
//! Written by `pest-recogniser` from `grammar/tamis.pest`; do not change it by hand.
//! After a change of the grammar: `UPDATE_RECOGNISER=1 cargo test --test recogniser`.
";

/// What the generator writes from a grammar stands in a file.
fn is_current(grammar: &str, entries: &[&str], deepest: u32, header: &str, file: &str) {
    let grammar = std::fs::read_to_string(common::path(grammar)).unwrap();
    let written = pest_recogniser::generate(&grammar, entries, deepest, header);
    let written = written.unwrap_or_else(|mistakes| panic!("{}", mistakes.join("\n")));
    let file = common::path(file);
    if std::env::var_os("UPDATE_RECOGNISER").is_some() {
        std::fs::write(&file, &written).unwrap();
    }
    assert!(
        std::fs::read_to_string(&file).unwrap() == written,
        "the grammar has changed: UPDATE_RECOGNISER=1 cargo test --test recogniser"
    );
}

#[test]
fn the_recogniser_is_what_the_grammar_says() {
    let grammar = "../grammar/tamis.pest";
    is_current(grammar, &["document", "query"], DEEPEST, HEADER, "../src/syntax/recogniser.rs");
}

/// The texts of the tests and examples: every text in a JSON file, every other file as a whole and
/// line by line.
fn corpus() -> Vec<String> {
    let mut texts = BTreeSet::new();
    for folder in
        ["cases", "corpus", "corpus-wild", "editor", "errors", "fmt", "suite", "../examples"]
    {
        gather(&common::path(folder), &mut texts);
    }
    texts.into_iter().filter(|text| text.len() < 2000).collect()
}

fn gather(folder: &Path, texts: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, texts);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            for line in text.lines() {
                match serde_json::from_str(line) {
                    Ok(value) => strings(&value, texts),
                    Err(_) => {
                        texts.insert(line.to_owned());
                    }
                }
            }
            texts.extend(text.split("\n---").map(str::to_owned));
            texts.insert(text);
        }
    }
}

fn strings(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            texts.insert(text.clone());
        }
        Value::Array(values) => values.iter().for_each(|value| strings(value, texts)),
        Value::Object(members) => members.values().for_each(|value| strings(value, texts)),
        _ => {}
    }
}

/// Both read a text alike, as a whole and as the body of a definition.
fn same(text: &str) {
    assert!(recogniser::parse_document(text) == machine::parse_document(text), "document {text:?}");
    assert!(recogniser::parse_query(text) == machine::parse_query(text), "query {text:?}");
}

#[test]
fn every_text_of_the_corpus_is_read_as_pest_reads_it() {
    let corpus = corpus();
    assert!(corpus.len() > 2000, "{} texts", corpus.len());
    corpus.iter().for_each(|text| same(text));
}

/// The same numbers on every machine (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }

    /// A part of a text.
    fn part<'t>(&mut self, text: &'t str) -> &'t str {
        let start = text.floor_char_boundary(self.below(text.len() + 1));
        let end = text.floor_char_boundary(start + self.below(16));
        &text[start..end]
    }
}

/// A text of the list with a few changes: parts taken out, parts of others and characters put in.
fn mutated(numbers: &mut Numbers, corpus: &[String], characters: &[char]) -> String {
    let mut text = numbers.pick(corpus).clone();
    for _ in 0..=numbers.below(4) {
        let at = text.floor_char_boundary(numbers.below(text.len() + 1));
        match numbers.below(4) {
            0 => text.truncate(at),
            1 => {
                let end = text.floor_char_boundary(at + numbers.below(8));
                text.replace_range(at..end, "");
            }
            2 => text.insert(at, *numbers.pick(characters)),
            _ => {
                let other = numbers.pick(corpus);
                text.insert_str(at, numbers.part(other));
            }
        }
    }
    text
}

/// A number of the environment, or the usual one. `TAMIS_MUTATIONS` says how many changed texts are
/// tried, `TAMIS_SEED` which.
fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |count| count.parse().unwrap())
}

#[test]
fn changed_texts_are_read_as_pest_reads_them() {
    let short = |text: &String| text.len() < 160;
    let corpus: Vec<String> = corpus().into_iter().filter(short).collect();
    let mut characters: Vec<char> = (' '..='~').collect();
    characters.extend(['\n', '\r', '\t', '\0', '\u{FEFF}', 'é', '€', '\u{80}', '\u{10FFFF}']);
    let each = number("TAMIS_MUTATIONS", 120_000) / 2;
    let seed = number("TAMIS_SEED", 0);
    std::thread::scope(|scope| {
        for half in 0..2 {
            let (corpus, characters) = (&corpus, &characters);
            scope.spawn(move || {
                let mut numbers = Numbers(seed * 2 + half);
                for _ in 0..each {
                    same(&mutated(&mut numbers, corpus, characters));
                }
            });
        }
    });
}

#[test]
fn nesting_is_bounded_in_the_recogniser_itself() {
    use recogniser::{Failure, parse_document};
    let deepest = DEEPEST as usize;
    let groups = |depth| format!("{}a = 1{}", "(".repeat(depth), ")".repeat(depth));
    let keys = |depth| format!("a = {}1{}", "{a: ".repeat(depth), "}".repeat(depth));
    for text in [groups(deepest), keys(deepest), groups(deepest / 2) + " and " + &groups(deepest)] {
        assert!(parse_document(&text).is_ok(), "{text:.20}");
    }
    let bracket = Failure::TooDeep(deepest);
    assert_eq!(parse_document(&groups(deepest + 1)), Err(bracket));
    assert_eq!(parse_document(&keys(deepest + 1)), Err(Failure::TooDeep(4 + 4 * deepest)));
    let hostile = [
        ("", "("),
        ("", "not ("),
        ("a = ", "{a: "),
        ("let a = ", "("),
        ("a in [", "{a: "),
        ("", "((a = 1) or "),
    ];
    for (head, repeated) in hostile {
        let text = format!("{head}{}", repeated.repeat(100_000));
        assert!(
            matches!(recogniser::parse_document(&text), Err(Failure::TooDeep(_))),
            "{text:.20}"
        );
    }
}

/// The bound holds for the whole way, so that no option lets a text overflow the stack.
#[test]
fn no_option_lets_a_text_nest_deeper() {
    let schema = tamis::Schema::builtin("activities").unwrap();
    let mut options = tamis::Options::at(1_793_534_400_000);
    options.limits.depth = usize::MAX;
    let nested = |depth| format!("{}service = 1{}", "not (".repeat(depth), ")".repeat(depth));
    let names = tamis::target::all().iter().map(|target| target.name());
    for name in names.collect::<Vec<_>>() {
        let deepest = tamis::compile(&nested(DEEPEST as usize), schema, name, &options);
        assert!(deepest.is_ok(), "{name}");
    }
    let opening = (0..DEEPEST).map(|n| match n % 2 {
        0 => format!("(user.username = u{n} or "),
        _ => format!("(not user.domain = d{n} and "),
    });
    let text = opening.collect::<String>() + "service = 1" + &")".repeat(DEEPEST as usize);
    for name in ["sqlite", "postgres"] {
        let mixed = tamis::compile(&text, schema, name, &options);
        assert!(mixed.is_ok(), "{name}");
    }
    for depth in [DEEPEST as usize + 1, 20_000, 1_000_000] {
        let found = tamis::parse_with(&nested(depth), &options.limits).diagnostics();
        assert_eq!(found[0].code, tamis::diag::Code::TooDeep, "{depth}");
    }
}

mod oracle {
    /// pest's parser of the other grammar.
    #[derive(pest_derive::Parser)]
    #[grammar = "../tests/recogniser/other.pest"]
    pub(crate) struct Other;
}

const ENTRIES: [&str; 4] = ["start", "text", "none", "type"];

#[test]
fn what_the_language_does_not_use_is_written_as_pest_means_it() {
    let header = "//! Written by `pest-recogniser` from `tests/recogniser/other.pest`.";
    is_current("recogniser/other.pest", &ENTRIES, 200, header, "recogniser/other.rs");
    let seeds = [
        "{\"a\":[1,-2.50,null],\"b\\u00e9\":{}}[[],[\"x\"]][1;2]",
        "<!a--b-->]]><!x]]><éabée></q",
        "ababc ababcccc áüöä áé𐀀\u{10FFFF}ÖLöl straßeSTRAßE zZ",
        "zZ'Ab17'A'Bz0",
        "a-b-c-",
        "ab-\na--",
        "xyxyx",
        "=[1]=null",
        "\n\r\n\r ~ ~",
        "x",
        "looploop",
        "type",
        "",
    ];
    let seeds = seeds.map(str::to_owned);
    let characters: Vec<char> = seeds.join("").chars().collect();
    let mut numbers = Numbers(number("TAMIS_SEED", 0));
    seeds.iter().for_each(|text| alike(text));
    for _ in 0..number("TAMIS_MUTATIONS", 40_000) {
        alike(&mutated(&mut numbers, &seeds, &characters));
    }
}

/// A node by name, with its place and depth.
type Shape = Vec<(String, usize, usize, usize)>;

fn alike(text: &str) {
    type Read = fn(&str) -> Result<other::Nodes, other::Failure>;
    let entries: [(oracle::Rule, Read); 4] = [
        (oracle::Rule::start, other::parse_start),
        (oracle::Rule::text, other::parse_text),
        (oracle::Rule::none, other::parse_none),
        (oracle::Rule::r#type, other::parse_type),
    ];
    for (rule, read) in entries {
        let expected = oracle::Other::parse(rule, text).ok().map(|pairs| {
            let mut shape = Vec::new();
            theirs(pairs, 0, &mut shape);
            shape
        });
        let found = read(text).ok().map(|nodes| {
            let mut shape = Vec::new();
            ours(nodes.pairs(text), 0, &mut shape);
            shape
        });
        assert_eq!(found, expected, "{rule:?} {text:?}");
    }
}

fn theirs(pairs: pest::iterators::Pairs<'_, oracle::Rule>, depth: usize, shape: &mut Shape) {
    for pair in pairs {
        let place = pair.as_span();
        shape.push((format!("{:?}", pair.as_rule()), place.start(), place.end(), depth));
        theirs(pair.into_inner(), depth + 1, shape);
    }
}

fn ours(pairs: other::Pairs<'_, '_>, depth: usize, shape: &mut Shape) {
    for pair in pairs {
        let place = pair.as_span();
        assert_eq!(pair.as_str().len(), place.end() - place.start());
        shape.push((format!("{:?}", pair.as_rule()), place.start(), place.end(), depth));
        ours(pair.into_inner(), depth + 1, shape);
    }
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    let refused = [
        ("a = { b }", "rule b is undefined"),
        ("a = { a ~ \"x\" }", "left-recursive"),
        ("b = { \"x\" }", "there is no rule `a` to begin with"),
        ("a = { \"x\" ~ \"y\" }\nWHITESPACE = _{ \" \" }", "rule `WHITESPACE`: gaps"),
        ("a = { \"x\" ~ \"y\" }\nCOMMENT = _{ \"#\" }", "rule `COMMENT`: gaps"),
        ("a = { PUSH(\"x\") ~ POP }", "rule `a`: there is no stack for `PUSH`"),
        ("a = { PUSH(\"x\") ~ PEEK[0..1] }", "rule `a`: there is no stack for `PUSH` and `PEEK`"),
        ("a = { \"x\" ~ PEEK_ALL ~ DROP }", "rule `a`: there is no stack for `DROP`"),
        ("a = { (\"x\" | LETTER)+ }", "rule `a`: `LETTER` is a class of Unicode characters"),
        ("a = @{ b }\nb = { c }\nc = ${ \"x\" }", "rule `a`: it is atomic and holds `c`"),
        ("a = @{ b }\nb = !{ \"x\" }", "rule `a`: it is atomic and holds `b`"),
        ("a = { self }\nself = { \"x\" }", "rule `self`: Rust has no such name"),
    ];
    for (grammar, why) in refused {
        let mistakes = pest_recogniser::generate(grammar, &["a"], 10, "").unwrap_err().join("\n");
        assert!(mistakes.contains(why), "{grammar}\n{mistakes}");
    }
    // Ranges that overlap, so that every first byte is of a kind of its own.
    let each = (1..=150_u32).map(|place| {
        let first = if place < 127 { place } else { 64 * (place - 125) };
        let last = if place < 127 { place + 1 } else { first + 127 };
        format!("'\\u{{{first:02x}}}'..'\\u{{{last:02x}}}' ~ \"{place}\"")
    });
    let many = format!("a = {{ {} }}", each.collect::<Vec<_>>().join(" | "));
    let mistakes = pest_recogniser::generate(&many, &["a"], 10, "").unwrap_err().join("\n");
    assert!(mistakes.contains("kinds of bytes"), "{mistakes}");
    let none = pest_recogniser::generate("a = { \"x\" }", &[], 10, "").unwrap_err();
    assert_eq!(none, ["name a rule to begin with"]);
}
