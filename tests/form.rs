//! What a schema file may leave out, and what it then means (`docs/schemas.md`).

use tamis::time::StoredTime;
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
    let text = "eq neq contains ncontains startswith doesnotstartwith endswith matches";
    let order = "eq neq gt gte lt lte range";
    for (kind, most) in [
        ("string", text.to_owned()),
        ("integer", order.to_owned()),
        ("double", order.to_owned()),
        ("decimal", order.to_owned()),
        ("date", format!("{order} gte_ndays lte_ndays")),
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
                "integer" | "double" | "decimal" => "1",
                "boolean" => "true",
                "timestamp" | "date" => "2026-10-01",
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

fn hints(rows: &str) -> Vec<String> {
    read(rows).hints().iter().map(|hint| hint.message.clone()).collect()
}

fn wrong(text: &str) -> String {
    let found = Schema::from_toml(&format!("name = \"t\"\n{text}")).unwrap_err();
    format!("{} {}", found[0].message, found[0].help.as_deref().unwrap_or_default())
}

#[test]
fn a_plain_value_is_its_own_label() {
    let values = r#"values = ["GET", { value = "P", label = "Post" }, "PUT"]"#;
    let schema = read(&row("\"verb\"", &format!("type = \"string\"\n{values}")));
    let named = &schema.fields()[0].values.as_ref().unwrap().named;
    let labels: Vec<&str> = named.iter().map(|named| named.label.as_str()).collect();
    assert_eq!(labels, ["GET", "Post", "PUT"]);
    let check = |text: &str| tamis::check(&tamis::parse(text), &schema, &Options::at(0)).query;
    assert!(check("verb in (get, post, P)").is_some() && check("verb = DELETE").is_none());
    let numbers = read(&row("\"level\"", "type = \"integer\"\nvalues = [10, -5]"));
    assert_eq!(numbers.fields()[0].values.as_ref().unwrap().named[1].label, "-5");
    let mixed = row("\"level\"", "type = \"integer\"\nvalues = [10, \"x\"]");
    assert!(wrong(&mixed).contains("`x` is not of type `integer`"));
    let shared = "[[list]]\nname = \"verbs\"\nvalues = [\"GET\"]\n";
    let schema =
        read(&format!("{shared}{}", row("\"verb\"", "type = \"string\"\nvalues = \"verbs\"")));
    assert!(schema.fields()[0].values.is_some());
}

#[test]
fn an_operator_of_the_schema_is_declared() {
    let field =
        row("\"p\"", "type = \"string\"\noperators = [\"eq\", \"cabinetmatchedrulesequals\"]");
    let [hint] = hints(&field).try_into().unwrap();
    assert!(hint.contains("cabinetmatchedrulesequals"), "{hint}");
    let declared = format!("own_operators = [\"cabinetMatchedRulesEquals\"]\n{field}");
    assert!(hints(&declared).is_empty());
    for (slip, near) in
        [("contians", "contains"), ("startwith", "startswith"), ("gt_ndays", "gte_ndays")]
    {
        let found = wrong(&row("\"p\"", &format!("type = \"string\"\noperators = [\"{slip}\"]")));
        assert!(found.contains(&format!("`{near}` is one")), "{found}");
    }
    assert!(wrong(&format!("own_operators = [\"a b\"]\n{field}")).contains("is not a plain word"));
}

#[test]
fn a_declared_operator_wins_over_one_of_the_language() {
    let schema = read(&format!(
        "own_operators = [\"contains\"]\n{}",
        row("\"p\"", "type = \"integer\"\noperators = [\"eq\", \"contains\"]")
    ));
    let compile = |to: &str| tamis::compile("p contains 5", &schema, to, &Options::at(0));
    let said = serde_json::to_string(&compile("api").unwrap().output).unwrap();
    assert!(said.contains(r#"{"p":{"contains":[5]}}"#), "{said}");
    assert!(compile("sqlite").is_err());
    let back = tamis::decompile::decompile(r#"{"p":{"contains":[5]}}"#, &schema, &Options::at(0));
    assert_eq!(back.queries, ["p contains 5"], "{back:?}");
}

#[test]
fn whether_a_field_is_set_is_derived_without_an_endpoint() {
    let fields = [
        row("\"a\"", "type = \"string\"\noperators = [\"eq\"]"),
        row("\"b\"", "type = \"string\"\ncardinality = \"many\"\noperators = [\"eq\"]"),
        row("\"c\"", "type = \"string\"\ncardinality = \"one\"\noperators = [\"eq\"]"),
    ]
    .concat();
    let schema = read(&fields);
    let api = read(&format!("[api]\nendpoint = \"/x/\"\n{fields}"));
    let said = |schema: &Schema, text: &str| {
        let compiled = tamis::compile(text, schema, "api", &Options::at(0)).ok()?;
        Some(serde_json::to_value(&compiled.output).unwrap()["filters"].to_string())
    };
    for (query, filters) in [
        ("a is set", r#"{"a":{"isset":true}}"#),
        ("a is not set", r#"{"a":{"isnotset":true}}"#),
        ("not b is set", r#"{"b":{"isnotset":true}}"#),
        ("a = null", r#"{"a":{"isnotset":true}}"#),
    ] {
        assert_eq!(said(&schema, query).as_deref(), Some(filters), "{query}");
        assert_eq!(said(&api, query), None, "{query}");
    }
    assert_eq!(said(&schema, "c is set"), None);
}

#[test]
fn the_former_form_is_read_with_hints() {
    let field = row("\"at\"", "type = \"timestamp\"\nhunting = \"At\"");
    let before = read(&format!(
        "endpoint = \"/x/\"\nbounded_by = [\"at\"]\nsort = {{ fields = [\"at\"] }}\npage = {{ default = 5, largest = 9 }}\n\
         [hunting]\ntable = \"T\"\ncolumns = {{ At = \"datetime\" }}\n[store]\nnative_time = true\n{field}"
    ));
    let now = read(&format!(
        "[api]\nendpoint = \"/x/\"\nbounded_by = [\"at\"]\nsort = {{ fields = [\"at\"] }}\npage = {{ default = 5, largest = 9 }}\n\
         [kql]\ntable = \"T\"\ncolumns = {{ At = \"datetime\" }}\n[store]\ntime = \"native\"\n{field}"
    ));
    assert_eq!(before.hints().len(), 6, "{:?}", before.hints());
    assert!(now.hints().is_empty());
    for (a, b) in [(&before, &now), (&now, &before)] {
        assert_eq!((&a.endpoint, &a.bounded_by, &a.sort), (&b.endpoint, &b.bounded_by, &b.sort));
        assert_eq!((&a.page, &a.hunting, &a.store), (&b.page, &b.hunting, &b.store));
    }
    assert!(
        now.store.time == StoredTime::Native && now.endpoint.is_some() && now.hunting.is_some()
    );
    for (text, message) in [
        ("endpoint = \"/a/\"\n[api]\nendpoint = \"/b/\"\n", "say the same"),
        (
            "[kql]\ntable = \"T\"\ncolumns = {}\n[hunting]\ntable = \"T\"\ncolumns = {}\n",
            "say the same",
        ),
        ("[store]\ntime = \"ms\"\nnative_time = true\n", "say the same"),
        (
            "[store]\ntime = \"d\"\n",
            "`time` has to be one of `ms`, `s`, `us`, `ns`, `native`, `iso`",
        ),
        ("[api]\nkey = \"x\"\n", "unknown field `key`"),
        ("integer_bits = 16\n", "`integer_bits` has to be `32` or `64`"),
    ] {
        let found = wrong(&format!("{text}{}", row("\"a\"", "type = \"string\"")));
        assert!(found.contains(message), "{text}: {found}");
    }
}

#[test]
fn a_timestamp_says_its_unit_and_zone() {
    for (row, message) in [
        (
            "type = \"timestamp\"\nunit = \"min\"",
            "`unit` of a timestamp is one of `s`, `ms`, `us`, `ns`",
        ),
        (
            "type = \"timestamp\"\nzone = \"Mars/Base\"",
            "`Mars/Base` is not a time zone; write UTC, +02:00",
        ),
        ("type = \"date\"\nzone = \"UTC\"", "`zone` stands on rows of type `timestamp`"),
        ("type = \"date\"\nunit = \"d\"", "`unit` stands on rows of type"),
    ] {
        let found = wrong(&self::row("\"at\"", row));
        assert!(found.contains(message), "{row}: {found}");
    }
    // A literal is an instant, whatever its field's numbers count.
    let schema = read(&row("\"at\"", "type = \"timestamp\"\nunit = \"ns\"\nzone = \"-03:00\""));
    let found = tamis::compile("at >= 2026-11-01T12:00:00Z", &schema, "api", &Options::at(0));
    let found = serde_json::to_string(&found.unwrap().output).unwrap();
    assert!(found.contains("1793534400000"), "{found}");
}

#[test]
fn the_json_form_of_a_file_is_the_same_schema() {
    for shipped in &tamis::schema::BUILTIN {
        let form = Schema::json_form(shipped.toml).unwrap();
        let (read, own) =
            (Schema::from_json(&form).unwrap(), Schema::builtin(shipped.name).unwrap());
        assert!(own.hints().is_empty(), "{:?}", own.hints());
        assert_eq!((&read.endpoint, &read.page, &read.sort), (&own.endpoint, &own.page, &own.sort));
        for (one, other) in read.fields().iter().zip(own.fields()) {
            assert_eq!(
                (&one.name, one.bits, &one.record),
                (&other.name, other.bits, &other.record)
            );
            assert_eq!(
                (&one.operators, &one.own_operators),
                (&other.operators, &other.own_operators)
            );
        }
    }
}
