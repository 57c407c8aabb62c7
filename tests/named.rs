//! Named values and names of fields: `docs/language.md`, 2.4, on random tables, held against
//! a second reading of the page that shares no code with the program.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use tamis::{Options, Schema};

/// A named value of a table: wire value, the API's own form, label, further labels.
#[derive(Clone, Debug)]
struct Row {
    wire: String,
    api: Option<String>,
    label: String,
    also: Vec<String>,
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[aAbB]{1,2}",
        "[aAbB][ _-]{0,2}[aAbB1]{1,2}",
        "[-+]?[0-2]{1,2}",
        "[-]?[aA1][ _-][bB2]",
        "[é]?[ß]?a",
    ]
}

fn rows(whole: bool) -> impl Strategy<Value = Vec<Row>> {
    let wire =
        if whole { (-12i32..13).prop_map(|n| n.to_string()).boxed() } else { text().boxed() };
    let api = if whole { Just(None).boxed() } else { proptest::option::of("t:[0-3]").boxed() };
    let row = (wire, api, text(), prop::collection::vec(text(), 0..2))
        .prop_map(|(wire, api, label, also)| Row { wire, api, label, also });
    prop::collection::vec(row, 1..6).prop_map(|rows| {
        // Two values never share a wire form.
        let mut seen = BTreeSet::new();
        rows.into_iter()
            .filter(|row| {
                let forms: Vec<&String> = std::iter::once(&row.wire).chain(&row.api).collect();
                let new = forms.iter().all(|form| !seen.contains(*form));
                seen.extend(forms.into_iter().cloned());
                new
            })
            .collect()
    })
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn table(rows: &[Row], whole: bool, open: bool) -> Schema {
    let mut toml = format!(
        "name = \"t\"\n[[field]]\nname = \"f\"\ntype = \"{}\"\noperators = [\"eq\", \"neq\"]\nopen = {open}\nvalues = [\n",
        if whole { "integer" } else { "string" }
    );
    for row in rows {
        let wire = if whole { row.wire.clone() } else { quoted(&row.wire) };
        let api = row.api.as_ref().map_or(String::new(), |api| format!(", api = {}", quoted(api)));
        let also: Vec<String> = row.also.iter().map(|label| quoted(label)).collect();
        let (label, also) = (quoted(&row.label), also.join(", "));
        writeln!(toml, "  {{ value = {wire}{api}, label = {label}, also = [{also}] }},").unwrap();
    }
    toml.push_str("]\n");
    Schema::from_toml(&toml).unwrap_or_else(|found| panic!("{toml}\n{found:?}"))
}

/// One step of the page.
type Step<'t> = Box<dyn Fn(&Row) -> bool + 't>;

/// The page, step by step: what is sent, or `None` for an error.
fn meaning(rows: &[Row], whole: bool, open: bool, text: &str) -> Option<Json> {
    let lower = |text: &str| text.to_lowercase();
    let loose = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        let mark = |c: char| c == ' ' || c == '_' || c == '-';
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let kept = (0..chars.len()).filter(|at| {
            let before = chars[..*at].iter().rev().copied().find(|c| !mark(*c));
            let after = chars[*at..].iter().copied().find(|c| !mark(*c));
            !(mark(chars[*at]) && letter(before) && letter(after))
        });
        lower(&kept.map(|at| chars[at]).collect::<String>())
    };
    let wires = |row: &Row| -> Vec<String> {
        std::iter::once(row.wire.clone()).chain(row.api.clone()).collect()
    };
    let labels = |row: &Row| -> Vec<String> {
        std::iter::once(row.label.clone()).chain(row.also.clone()).collect()
    };
    let signed = text.starts_with(['+', '-']) || text.starts_with(|c: char| c.is_numeric());
    let steps: [Step<'_>; 4] = [
        Box::new(|row| wires(row).iter().any(|wire| wire == text)),
        Box::new(|row| row.label == text),
        Box::new(|row| {
            labels(row).iter().any(|label| lower(label) == lower(text))
                || !open && wires(row).iter().any(|wire| lower(wire) == lower(text))
        }),
        Box::new(|row| {
            !open && !signed && labels(row).iter().any(|label| loose(label) == loose(text))
        }),
    ];
    let value = |wire: &str| if whole { json!(wire.parse::<i64>().unwrap()) } else { json!(wire) };
    for step in &steps {
        let found: Vec<&Row> = rows.iter().filter(|row| step(row)).collect();
        match found.as_slice() {
            [] => {}
            [one] => {
                let written = wires(one).into_iter().find(|wire| wire == text);
                return Some(value(
                    &written.unwrap_or(one.api.clone().unwrap_or(one.wire.clone())),
                ));
            }
            _ => return None,
        }
    }
    let plain = text.parse::<i64>().is_ok_and(|number| number.to_string() == text);
    match (open, whole) {
        (false, _) => None,
        (true, false) => Some(json!(text)),
        (true, true) => plain.then(|| value(text)),
    }
}

/// What a query sends for the field, or `None` when it is refused.
fn sent(query: &str, schema: &Schema) -> Option<Json> {
    let compiled = tamis::compile(query, schema, "api", &Options::at(0)).ok()?;
    let output = serde_json::to_value(&compiled.output).unwrap();
    Some(output["filters"]["f"]["eq"][0].clone())
}

fn canonical(query: &str) -> String {
    tamis::fmt::format(&tamis::parse(query)).unwrap_or_else(|found| panic!("{query}: {found:?}"))
}

/// The texts to try: every label and wire form, in several cases and with other marks.
fn tries(rows: &[Row]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for row in rows {
        let texts = row.also.iter().chain([&row.label, &row.wire]).chain(&row.api);
        for text in texts {
            all.insert(text.clone());
            all.insert(text.to_uppercase());
            all.insert(text.to_lowercase());
            all.insert(text.replace([' ', '_', '-'], ""));
            all.insert(text.replace([' ', '-'], "_"));
            all.insert(format!("-{text}"));
            all.insert(format!("0{text}"));
            all.insert(format!("+{text}"));
        }
    }
    all.remove("");
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn every_text_means_what_the_page_says(
        (whole, rows) in any::<bool>().prop_flat_map(|whole| (Just(whole), rows(whole))),
        open in any::<bool>(),
        extra in text(),
    ) {
        let schema = table(&rows, whole, open);
        let texts = tries(&rows).into_iter().chain([extra]);
        for text in texts {
            let query = format!("f = {}", tamis::quote::quoted(&text));
            let wanted = meaning(&rows, whole, open, &text);
            prop_assert_eq!(sent(&query, &schema), wanted.clone(), "{} on {:?}, open {}", query, rows, open);
            // A parameter is read in the same way, and a bare word like a quoted one.
            let mut options = Options::at(0);
            options.params.insert("p".into(), text.clone().into());
            let bound = tamis::compile("f = $p", &schema, "api", &options).is_ok();
            prop_assert_eq!(bound, wanted.is_some(), "$p as {}", text);
            let Some(wanted) = wanted else { continue };
            let formatted = canonical(&query);
            prop_assert_eq!(sent(&formatted, &schema), Some(wanted.clone()), "fmt: {}", formatted);
            let filters = json!({ "f": { "eq": [wanted] } }).to_string();
            let back = tamis::decompile::decompile(&filters, &schema, &Options::at(0));
            prop_assert_eq!(back.queries.len(), 1);
            prop_assert_eq!(sent(&back.queries[0], &schema), Some(wanted), "decompile: {:?}", back);
        }
        for item in tamis::editor::complete::complete("f = ", 4, &schema, &Options::at(0), None) {
            let written = format!("f = {}", item.edit.text.trim());
            let row = rows.iter().find(|row| row.label == item.label && row.wire == item.detail);
            let Some(row) = row else { continue };
            let sent = sent(&written, &schema);
            let forms: Vec<Json> = std::iter::once(&row.wire).chain(&row.api)
                .map(|wire| if whole { json!(wire.parse::<i64>().unwrap()) } else { json!(wire) })
                .collect();
            prop_assert!(sent.as_ref().is_some_and(|sent| forms.contains(sent)), "{}: {:?}", written, sent);
        }
    }
}

/// Records hold `2` for both forms.
#[test]
fn both_wire_forms_select_the_same_records() {
    use tamis::matcher::{Layout, Matcher};
    let schema = Schema::builtin("activities").unwrap();
    for (query, wanted) in [
        ("source = \"App connector\"", json!(["t:2"])),
        ("source = app_connector", json!(["app_connector"])),
        ("source = 2", json!(["2"])),
        ("source = \"t:2\"", json!(["t:2"])),
        ("source in (2, \"t:2\", \"App connector\", \"s:5af\")", json!(["2", "s:5af"])),
    ] {
        let compiled = tamis::compile(query, schema, "api", &Options::at(0)).unwrap();
        let output = serde_json::to_value(&compiled.output).unwrap();
        assert_eq!(output["filters"]["source"]["eq"], wanted, "{query}");
        let plan = tamis::compile(query, schema, "plan", &Options::at(0)).unwrap();
        let plan = serde_json::to_value(&plan.output).unwrap();
        assert_eq!(plan["requests"][0]["filters"]["source"]["eq"], wanted, "{query}");
        let checked = tamis::check(&tamis::parse(query), schema, &Options::at(0));
        let checked = checked.query.unwrap();
        let matcher = Matcher::new(&checked, Layout::Nested).unwrap();
        let holds = matcher.matches(&json!({ "source": 2 }));
        assert_eq!(holds, query != "source = app_connector", "{query}");
        let sql = tamis::compile(query, schema, "sqlite", &Options::at(0)).unwrap();
        let sql = serde_json::to_string(&sql.output).unwrap();
        assert!(!sql.contains("t:2"), "{sql}");
    }
}

fn fields(names: &[&str]) -> Schema {
    let row = |name: &&str| {
        format!("[[field]]\nname = {}\ntype = \"string\"\noperators = [\"eq\"]\n", quoted(name))
    };
    Schema::from_toml(&format!("name = \"t\"\n{}", names.iter().map(row).collect::<String>()))
        .unwrap()
}

fn found(name: &str, schema: &Schema) -> Option<String> {
    schema.find(name).field().map(|field| field.name.clone())
}

#[test]
fn names_are_found_as_the_page_says() {
    let schema = fields(&[
        "a.b.Country",
        "Level",
        "level",
        "x.tags",
        "y.tags",
        "annotations.\"k8s.io/decision\"",
        "@timestamp",
        "$where",
        "user.name",
        "name",
    ]);
    for (name, wanted) in [
        ("country", Some("a.b.Country")),
        ("b.country", Some("a.b.Country")),
        (".country", None),
        ("ountry", None),
        ("Level", Some("Level")),
        ("level", Some("level")),
        ("LEVEL", None),
        ("tags", None),
        ("k8s.io/decision", Some("annotations.\"k8s.io/decision\"")),
        ("io/decision", None),
        ("name", Some("name")),
        ("@TimeStamp", Some("@timestamp")),
        ("$where", Some("$where")),
    ] {
        assert_eq!(found(name, &schema).as_deref(), wanted, "{name}");
    }
}

#[test]
fn names_that_begin_with_a_mark_need_no_quotes() {
    let schema = fields(&["@timestamp", "$where", "plain"]);
    let refused = |query: &str| tamis::compile(query, &schema, "api", &Options::at(0)).unwrap_err();
    for query in [
        "@timestamp = a",
        "\"@timestamp\" = a",
        "@timestamp in (a, b)",
        "$where = a",
        "\"$where\" = $where",
        "not @timestamp = a and plain = b",
        "(@timestamp = a)",
        "let x = plain = b\n@x and @timestamp = a",
    ] {
        let mut options = Options::at(0);
        options.params.insert("where".into(), "a".into());
        let compiled = tamis::compile(query, &schema, "plan", &options);
        assert!(compiled.is_ok(), "{query}: {compiled:?}");
        let formatted = canonical(query);
        assert_eq!(canonical(&formatted), formatted);
        assert!(tamis::compile(&formatted, &schema, "plan", &options).is_ok(), "{formatted}");
    }
    // A named filter of the name is meant, and takes no operator: the fix quotes the field.
    let query = "let timestamp = plain = b\n@timestamp = a";
    let errors = refused(query);
    assert_eq!(errors.len(), 1, "{errors:?}");
    let fix = &errors[0].fixes[0];
    let mut mended = query.to_owned();
    mended.replace_range(fix.span.range(), &fix.text);
    assert!(tamis::compile(&mended, &schema, "api", &Options::at(0)).is_ok(), "{mended}");
    // A filter stays a filter in front of a condition without a connective.
    let errors = refused("let a = plain = b\n@a plain = c");
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].code.id(), "T0104", "{errors:?}");
}

#[test]
fn a_word_alone_is_no_field_by_its_last_part() {
    let schema = Schema::builtin("activities").unwrap();
    let found = tamis::compile("country", schema, "api", &Options::at(0)).unwrap_err();
    assert!(found[0].fixes.iter().all(|fix| !fix.text.contains("location")), "{found:?}");
}

#[test]
fn unknown_fields_suggest_what_was_meant() {
    let schema = Schema::builtin("activities").unwrap();
    for (typed, wanted) in [
        ("ip", &["ip.address", "ip.category", "ip.tags"][..]),
        ("user", &["user.username", "user.tags", "user.domain", "user.orgUnit"]),
        ("time", &["date", "created"]),
        ("service.name", &["service"]),
        ("tags", &["device.tags", "ip.tags", "user.tags", "userAgent.tags"]),
        ("ip.categry", &["ip.category"]),
    ] {
        let query = format!("{typed} = x");
        let found = tamis::compile(&query, schema, "api", &Options::at(0)).unwrap_err();
        let offered: Vec<&str> = found[0].fixes.iter().map(|fix| fix.text.as_str()).collect();
        assert!(wanted.iter().all(|name| offered.contains(name)), "{typed}: {offered:?}");
        assert!(found[0].fixes.iter().all(|fix| !fix.safe), "{found:?}");
        assert!(offered.len() <= 8, "{offered:?}");
    }
}

#[test]
fn texts_that_stand_for_no_value_are_said() {
    let activities = Schema::builtin("activities").unwrap();
    let said = |query: &str| match tamis::compile(query, activities, "api", &Options::at(0)) {
        Ok(compiled) => compiled.warnings,
        Err(found) => found,
    };
    for (query, code) in [
        ("location.country is empty", "T0330"),
        ("location.country is not missing", "T0330"),
        ("location.country is not exists", "T0119"),
        ("location.country = de", "T0331"),
        ("source = app_connector", "T0331"),
        ("location.country = Deutschland", "T0332"),
        ("ip.tags = mine", "T0332"),
        ("user.username = adm*", "T0333"),
        ("ip.address = 256.1.1.1", "T0334"),
        ("ip.address = 10.0.0.1:443", "T0334"),
        ("ip.address in (10.0.0.1, 10.0.0.1-10.0.0.9)", "T0334"),
        ("ip.address starts with 10.*", "T0334"),
        ("ip.address = localhost", "T0335"),
        ("ip.address = 10.0.", "T0335"),
    ] {
        let found = said(query);
        assert_eq!(found.len(), 1, "{query}: {found:?}");
        assert_eq!(found[0].code.id(), code, "{query}: {found:?}");
        for fix in &found[0].fixes {
            let mut mended = query.to_owned();
            mended.replace_range(fix.span.range(), &fix.text);
            assert!(said(&mended).is_empty(), "{query} by {}: {:?}", fix.title, said(&mended));
        }
    }
    for query in [
        "location.country = empty",
        "location.country is \"empty\"",
        "activity.takenAction is \"No action\"",
        "ip.address = 2001:db8::1",
        "ip.address starts with 10.",
        "ip.address starts with \"2001:db8:\"",
        "ip.address in 10.0.0.0/8",
        "ip.category is none",
        "location.country is DE",
        "source = \"t:9\"",
    ] {
        let unlikely = |found: &tamis::Diagnostic| found.code.id() != "T0332";
        assert!(
            said(query).iter().filter(|found| unlikely(found)).count() == 0,
            "{query}: {:?}",
            said(query)
        );
    }
}
