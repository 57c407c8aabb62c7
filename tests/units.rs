//! Units behind numbers: what each amount comes to on a row, or the code of what is wrong with it.

use serde_json::json;
use tamis::{Options, Schema, compile};

fn schema(kind: &str, unit: &str) -> Schema {
    let text = format!(
        "name = \"units\"\n[[field]]\nname = \"n\"\ntype = \"{kind}\"\nscale = 3\nunit = \"{unit}\"\n"
    );
    let text = if kind == "decimal" { text } else { text.replace("scale = 3\n", "") };
    Schema::from_toml(&text).unwrap_or_else(|found| panic!("{text}: {found:?}"))
}

#[test]
fn amounts_come_to_numbers_of_the_row() {
    for (kind, unit, amount, expected) in [
        ("integer", "ms", "1.5s", json!(1500)),
        ("integer", "ms", "90", json!(90)),
        ("integer", "ms", "2 minutes", json!(120_000)),
        ("integer", "ms", "1m", json!(60_000)),
        ("integer", "ms", "1w", json!(604_800_000)),
        ("integer", "ns", "1us", json!(1000)),
        ("integer", "s", "1500 ms", json!("T0302")),
        ("integer", "s", "3000ms", json!(3)),
        ("integer", "d", "48h", json!(2)),
        ("integer", "ms", "1mo", json!("T0301")),
        ("integer", "ms", "5 kB", json!("T0301")),
        ("integer", "ms", "1S", json!("T0301")),
        ("integer", "bytes", "1KB", json!(1000)),
        ("integer", "bytes", "1 kib", json!(1024)),
        ("integer", "bytes", "1.5GiB", json!(1_610_612_736)),
        ("integer", "bytes", "7 bytes", json!(7)),
        ("integer", "bytes", "0.3kB", json!(300)),
        ("integer", "bytes", "5M", json!("T0301")),
        ("integer", "bytes", "5%", json!("T0301")),
        ("integer", "bytes", "9223372036854775807 TB", json!("T0302")),
        ("double", "s", "100ms", json!(0.1)),
        ("double", "s", "2e3", json!(2000.0)),
        ("double", "h", "1s", json!("T0302")),
        ("decimal", "percent", "12.5%", json!("12.5")),
        ("decimal", "s", "1ms", json!("0.001")),
    ] {
        let compiled =
            compile(&format!("n = {amount}"), &schema(kind, unit), "api", &Options::at(0));
        let found = match &compiled {
            Ok(compiled) => json!(compiled.output)["filters"]["n"]["eq"][0].clone(),
            Err(found) => json!(found[0].code.id()),
        };
        assert_eq!(found, expected, "{amount} in {unit}, {kind}");
    }
}

#[test]
fn a_unit_is_refused_where_it_says_nothing() {
    for row in ["type = \"string\"\nunit = \"ms\"", "type = \"integer\"\nunit = \"weeks\""] {
        let text = format!("name = \"x\"\n[[field]]\nname = \"n\"\n{row}\n");
        let found = Schema::from_toml(&text).unwrap_err();
        assert_eq!(found[0].code.id(), "T0702", "{row}");
    }
}
