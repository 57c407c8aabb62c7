//! What every message keeps to: its template says the same as its text, and it speaks of the schema
//! at hand.

use serde_json::Value;
use tamis::{Diagnostic, Options, Schema};

fn found(query: &str, schema: &Schema) -> Vec<Diagnostic> {
    match tamis::compile(query, schema, "api", &Options::at(0)) {
        Ok(compiled) => compiled.warnings,
        Err(found) => found,
    }
}

/// A table of tickets, which knows nothing of activities.
fn tickets() -> Schema {
    Schema::from_toml(
        r#"
        name = "tickets"
        title = "Tickets"
        [[field]]
        name = "state"
        type = "string"
        operators = ["eq", "neq"]
        values = [{ value = "1", label = "Open" }, { value = "2", label = "Done" }]
        "#,
    )
    .unwrap()
}

#[test]
fn an_example_is_a_condition_on_the_schema_at_hand() {
    let tickets = tickets();
    for query in ["state = Open and", "= Open", "\"a text\""] {
        let found = found(query, &tickets);
        let help = found[0].help.as_deref().unwrap();
        assert!(help.contains("`state = Open`"), "{query}: {help}");
    }
    let alone = tamis::parse("state = Open and").diagnostics();
    assert!(alone[0].help.as_deref().unwrap().ends_with("such as `field = value`"));
}

#[test]
fn no_sentence_names_a_field_of_a_shipped_schema_or_speaks_of_the_api() {
    let names = tamis::schema::BUILTIN.iter().flat_map(|builtin| {
        let schema = Schema::builtin(builtin.name).unwrap();
        schema.fields().iter().map(|field| format!("`{} ", field.name)).collect::<Vec<_>>()
    });
    let mut words: Vec<String> = names.collect();
    words.push("API".to_owned());
    assert!(words.len() > 50);
    for row in tamis::diag::template::all().flat_map(|row| std::iter::once(row).chain(row.help)) {
        for word in &words {
            assert!(!row.text.contains(word), "{}: {word}: {}", row.key, row.text);
        }
    }
}

#[test]
fn arguments_are_what_was_written_and_texts_show_them_safely() {
    let long = "x".repeat(60);
    let hostile = format!("state = \"{long}\u{1b}[2J\"");
    let found = found(&hostile, &tickets());
    let said: Value = serde_json::to_value(&found[0]).unwrap();
    assert_eq!(said["message_key"], "unknown_value");
    assert_eq!(said["args"]["value"], format!("\"{long}\u{1b}[2J\""));
    assert!(found[0].message.contains(&format!("`\"{}…`", "x".repeat(39))), "{}", found[0].message);
    let found = self::found("sta\u{1b}te = 1", &tickets());
    assert!(found.iter().all(|found| !found.message.contains('\u{1b}')), "{found:?}");
}
