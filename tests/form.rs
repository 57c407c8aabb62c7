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
