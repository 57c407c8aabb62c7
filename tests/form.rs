//! What a schema file may leave out, and what it then means (`docs/schemas.md`).

use tamis::{Options, Schema};

fn read(rows: &str) -> Schema {
    let toml = format!("name = \"t\"\n{rows}");
    Schema::from_toml(&toml).unwrap_or_else(|found| panic!("{toml}\n{found:?}"))
}

fn row(name: &str, more: &str) -> String {
    format!("[[field]]\nname = {name}\n{more}\n")
}

#[test]
fn a_row_without_operators_has_those_of_its_type() {
    let text = "eq neq contains ncontains startswith doesnotstartwith endswith";
    let order = "eq neq gt gte lt lte range";
    for (kind, most) in [
        ("string", text.to_owned()),
        ("integer", order.to_owned()),
        ("timestamp", format!("{order} gte_ndays lte_ndays")),
        ("boolean", "eq neq".to_owned()),
        ("entity pk", "eq neq".to_owned()),
        ("file", "eq neq".to_owned()),
        ("folder", "eq neq".to_owned()),
    ] {
        for (cardinality, more) in
            [("one", ""), ("optional", " isset isnotset"), ("many", " isset isnotset")]
        {
            let schema =
                read(&row("\"f\"", &format!("type = \"{kind}\"\ncardinality = \"{cardinality}\"")));
            let names: Vec<&str> = schema.fields()[0].operator_names().collect();
            assert_eq!(names.join(" "), format!("{most}{more}"), "{kind} {cardinality}");
            let options = Options::at(0);
            let value = match kind {
                "integer" => "1",
                "boolean" => "true",
                "timestamp" => "2026-10-01",
                "entity pk" => "{ id: a }",
                _ => "a",
            };
            let query = format!("f = {value}");
            assert!(
                tamis::check(&tamis::parse(&query), &schema, &options).query.is_some(),
                "{query}"
            );
        }
    }
    let none = read(&row("\"f\"", "type = \"string\"\noperators = []"));
    assert_eq!(none.fields()[0].operator_names().count(), 0);
}

fn paths(schema: &Schema) -> Vec<String> {
    schema.fields()[0].record.iter().map(ToString::to_string).collect()
}

#[test]
fn a_field_stands_at_its_name_unless_the_row_says_otherwise() {
    let kind = "type = \"string\"\n";
    assert_eq!(paths(&read(&row("\"a.b\"", kind))), ["a.b"]);
    assert_eq!(paths(&read(&row("'a.\"k8s.io/x\"'", kind))), ["a.\"k8s.io/x\""]);
    assert_eq!(paths(&read(&row("\"a.b\"", &format!("{kind}record = \"c[]\"")))), ["c[]"]);
    assert!(paths(&read(&row("\"a.b\"", &format!("{kind}record = false")))).is_empty());
    for (name, more, wanted) in [
        ("\"a..b\"", "", "`record = false`"),
        ("\"a\"", "record = true", "`record` has to be a list"),
        ("\"a\"", "record = \"b..c\"", "is not a path"),
    ] {
        let toml = format!("name = \"t\"\n{}", row(name, &format!("{kind}{more}")));
        let found = Schema::from_toml(&toml).unwrap_err();
        assert!(found[0].message.contains(wanted), "{found:?}");
    }
    let form = serde_json::json!({"tamis_schema": 1, "name": "t", "field": [
        {"name": "a.b", "type": "string"}, {"name": "c", "type": "string", "record": false},
    ]});
    let schema = Schema::from_json(&form).unwrap();
    assert_eq!(paths(&schema), ["a.b"]);
    assert!(schema.fields()[1].record.is_empty());
}

#[test]
fn a_name_with_dots_leads_into_records() {
    use tamis::matcher::{Layout, Matcher};
    let schema = read(&row("'a.\"k8s.io/x\"'", "type = \"string\""));
    let record = serde_json::json!({"a": {"k8s.io/x": "allow"}});
    let parsed = tamis::parse("\"a.\\\"k8s.io/x\\\"\" = allow");
    let query = tamis::check(&parsed, &schema, &Options::at(0)).query.unwrap();
    assert!(Matcher::new(&query, Layout::Nested).unwrap().matches(&record));
}
