//! Turns the shipped schemas into their JSON form, so that the module needs no TOML reader for them.

use std::fmt::Write as _;
use std::path::Path;

#[path = "../src/schema/convert.rs"]
mod convert;

/// Members that no module shows, and those that only targets and the matcher read.
const UNSHOWN: [&str; 1] = ["source"];
const OF_TARGETS: [&str; 9] = [
    "hunting",
    "hunting_certainty",
    "hunting_values",
    "hunting_values_certainty",
    "kql",
    "record",
    "record_certainty",
    "record_key",
    "store",
];

/// Takes out what a module has no use for.
fn strip(form: &mut serde_json::Value, full: bool) {
    let Some(members) = form.as_object_mut() else { return };
    let unread = |name: &String| {
        UNSHOWN.contains(&name.as_str()) || (!full && OF_TARGETS.contains(&name.as_str()))
    };
    members.retain(|name, _| !unread(name));
    for rows in ["field", "list"] {
        let rows = members.get_mut(rows).and_then(serde_json::Value::as_array_mut);
        for row in rows.into_iter().flatten() {
            if let Some(row) = row.as_object_mut() {
                row.retain(|name, _| !unread(name));
                if row.contains_key("values") && !row.contains_key("type") {
                    row.remove("description");
                }
            }
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new("../schemas");
    println!("cargo:rerun-if-changed=../schemas");
    println!("cargo:rerun-if-changed=../src/schema/convert.rs");
    let lists = std::fs::read_to_string(folder.join("lists.toml"))?;
    let mut names: Vec<String> = std::fs::read_dir(folder)?
        .filter_map(|entry| {
            Some(entry.ok()?.file_name().to_str()?.strip_suffix(".toml")?.to_owned())
        })
        .filter(|name| name != "lists")
        .collect();
    names.sort();
    let mut code = String::from("[\n");
    for name in names {
        let text = std::fs::read_to_string(folder.join(format!("{name}.toml")))?;
        let mut form = convert::json_form(&text, &lists)?;
        strip(&mut form, std::env::var_os("CARGO_FEATURE_FULL").is_some());
        let title = form.get("title").and_then(serde_json::Value::as_str).unwrap_or_default();
        writeln!(
            code,
            "Shipped {{ name: {name:?}, title: {title:?}, json: {:?} }},",
            form.to_string()
        )?;
    }
    code.push(']');
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("schemas.rs"), code)?;
    Ok(())
}
