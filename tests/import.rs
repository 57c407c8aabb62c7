//! `schema import`: published filter tables become schema files, and their slips warnings.

use std::collections::BTreeSet;

use insta::Settings;
use proptest::prelude::*;
use tamis::diag::Code;
use tamis::import::{Imported, import};
use tamis::{Positions, Schema};

const SEED: &str = include_str!("import/activities-api.txt");
const PAGE: &str = include_str!("import/activities-api.md");
const SLIPS: [(&str, &str); 2] = [
    ("slips-markdown", include_str!("import/slips.md")),
    ("slips-text", include_str!("import/slips.txt")),
];

/// Warnings as a person reads them: place, what is there, message, help.
fn listed(text: &str, imported: &Imported) -> String {
    let places = Positions::new(text);
    let line = |found: &tamis::Diagnostic| {
        let place = places.line_column(found.span.start as usize);
        let there = found.span.of(text);
        let help = found.help.as_deref().unwrap_or_default();
        let labels: String = found
            .labels
            .iter()
            .map(|label| {
                format!(
                    "\n    {}: {}",
                    places.line_column(label.span.start as usize).line + 1,
                    label.text
                )
            })
            .collect();
        format!(
            "{}:{} {} {there}\n    {}\n    {help}{labels}\n",
            place.line + 1,
            place.column + 1,
            found.code.id(),
            found.message
        )
    };
    imported.diagnostics.iter().map(line).collect()
}

fn snapshot(name: &str, content: &str) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../snapshots/import");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, content));
}

fn messages(imported: &Imported) -> Vec<&str> {
    imported.diagnostics.iter().map(|found| found.message.as_str()).collect()
}

#[test]
fn the_published_table() {
    let imported = import(SEED, "activities");
    let expected = [
        "the operator `Contains` of `actionType` was read as `contains`",
        "`actionType` stands twice in the table",
        "the example of `source` is not JSON",
        "`created` has no type and was read as `timestamp`",
    ];
    assert_eq!(messages(&imported), expected);
    assert!(imported.diagnostics.iter().all(|found| found.code == Code::TableOpen));
    snapshot("activities", &imported.toml);
    snapshot("activities-warnings", &listed(SEED, &imported));
}

#[test]
fn the_shipped_schema_says_what_the_table_says() {
    let published = Schema::from_toml(&import(SEED, "activities").toml).unwrap();
    let shipped = Schema::builtin("activities").unwrap();
    let names = |schema: &Schema| {
        schema.fields().iter().map(|field| field.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(shipped), names(&published));
    for (ours, theirs) in shipped.fields().iter().zip(published.fields()) {
        let name = &ours.name;
        assert_eq!(ours.kind, theirs.kind, "type of {name}");
        let operators = |field: &tamis::schema::Field| {
            field.operator_names().map(str::to_owned).collect::<BTreeSet<_>>()
        };
        assert_eq!(operators(ours), operators(theirs), "operators of {name}");
        for value in theirs.values.iter().flat_map(|values| &values.named) {
            let known = ours.values.as_ref().and_then(|values| values.of(&value.value));
            assert_eq!(
                known.map(|known| &known.label),
                Some(&value.label),
                "{} of {name}",
                value.value
            );
        }
        let open =
            |field: &tamis::schema::Field| field.values.as_ref().is_none_or(|values| values.open);
        assert!(open(ours) || !open(theirs), "{name} accepts fewer values than the table");
    }
}

#[test]
fn markdown_and_plain_text_are_one_table() {
    let (page, text) = (import(PAGE, "activities"), import(SEED, "activities"));
    assert_eq!(page.toml, text.toml);
    assert_eq!(messages(&page), messages(&text));
    let there = |source: &str, imported: &Imported| -> Vec<String> {
        imported.diagnostics.iter().map(|found| found.span.of(source).to_owned()).collect()
    };
    assert_eq!(there(PAGE, &page), there(SEED, &text));
    let windows = SEED.replace('\n', "\r\n");
    assert_eq!(import(&windows, "activities").toml, text.toml);
}

#[test]
fn slips_are_read_one_way_and_told() {
    for (name, text) in SLIPS {
        let imported = import(text, "tickets");
        sound(text, &imported);
        snapshot(name, &imported.toml);
        snapshot(&format!("{name}-warnings"), &listed(text, &imported));
    }
}

#[test]
fn a_text_without_a_table_is_an_error() {
    for text in [
        "",
        "| Filter | Type |\n|---|---|\n| a | string |",
        "Filter Type Operators Description\n\nNothing.",
    ] {
        let imported = import(text, "none");
        assert_eq!(imported.toml, "");
        assert_eq!(
            imported.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(),
            [Code::SchemaSyntax]
        );
    }
}

#[test]
fn any_name_of_a_schema_is_written_so_that_it_is_read_back() {
    for name in ["", "a\"b\\c", "two\nlines", "\u{0}\u{7f}\u{202e}", "é🦀"] {
        assert_eq!(Schema::from_toml(&import(SEED, name).toml).unwrap().name, name);
    }
}

/// Either there is no table, or the file loads; and every place is one of the text.
fn sound(text: &str, imported: &Imported) {
    let errors: Vec<_> = imported.diagnostics.iter().filter(|found| found.is_error()).collect();
    assert!(errors.iter().all(|found| found.code == Code::SchemaSyntax), "{errors:?}");
    assert_eq!(errors.is_empty(), !imported.toml.is_empty());
    if errors.is_empty() {
        let loaded = Schema::from_toml(&imported.toml);
        assert!(loaded.is_ok(), "{:?}\n{}", loaded.err(), imported.toml);
    }
    for found in &imported.diagnostics {
        let labels = found.labels.iter().map(|label| label.span);
        for span in labels.chain([found.span]) {
            assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
        }
    }
}

#[test]
fn a_truncated_table_is_a_shorter_one() {
    for text in [SEED, PAGE, SLIPS[0].1, SLIPS[1].1] {
        for end in (0..text.len()).step_by(11).filter(|end| text.is_char_boundary(*end)) {
            let text = &text[..end];
            sound(text, &import(text, "truncated"));
        }
    }
}

/// Texts made of what tables are made of.
#[expect(clippy::too_many_lines, reason = "a list of what tables may hold")]
fn tables() -> impl Strategy<Value = String> {
    const HEADS: &[&str] = &[
        "Filter Type Operators Description\n",
        "Filter\tType\tOperators\tDescription\n",
        "|Filter|Type|Operators|Description|\n|-|-|-|-|\n",
        "|Description|Type|Operators|Filter|\n",
    ];
    const PIECES: &[&str] = &[
        "|",
        "|",
        "|",
        "|\n",
        "\n",
        "\n\n",
        "\t",
        " ",
        " ",
        "a",
        "A",
        "b",
        "string",
        "integer",
        "boolean",
        "entity pk",
        "text",
        "eq",
        "neq",
        "Contains",
        ",",
        ", ",
        ": ",
        ":",
        "1",
        "-1",
        "99999999999",
        "true",
        "null",
        "Possible values include:",
        " values: ",
        "Example: [",
        "]",
        "{\"a\": 1}",
        "**",
        "*",
        "`",
        "[",
        "](",
        ")",
        "\\",
        "\\|",
        "<br>",
        "<li>",
        "<",
        ">",
        "&amp;",
        "\"",
        "'",
        "\u{0}",
        "\u{7f}",
        "\u{a0}",
        "\u{3000}",
        "\u{200b}",
        "é",
        "İ",
        "🦀",
        "–",
        "#",
        "_",
        ".",
        " or ",
        "\r",
    ];
    let piece = prop_oneof![9 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>()];
    let pieces = prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
    (prop::sample::select(HEADS), pieces).prop_map(|(head, pieces)| format!("{head}{pieces}"))
}

/// The seeds with a part replaced.
fn mangled() -> impl Strategy<Value = String> {
    let text = prop::sample::select(vec![SEED, PAGE, SLIPS[0].1, SLIPS[1].1]);
    (text, any::<prop::sample::Index>(), 0..80_usize, tables()).prop_map(
        |(text, place, length, with)| {
            let place = place.index(text.len());
            let chars: Vec<char> = text.chars().collect();
            let start = place.min(chars.len());
            let end = (start + length).min(chars.len());
            chars[..start]
                .iter()
                .copied()
                .chain(with.chars())
                .chain(chars[end..].iter().copied())
                .collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        sound(&text, &import(&text, "any"));
    }

    #[test]
    fn any_table_is_read_or_refused(text in tables()) {
        sound(&text, &import(&text, "any"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mangled_table_is_read_or_refused(text in mangled()) {
        sound(&text, &import(&text, "any"));
    }
}
