//! Turns the shipped schemas into their JSON form, so that the module needs no TOML reader for them.

use std::fmt::Write as _;
use std::path::Path;

#[path = "../src/schema/convert.rs"]
mod convert;

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
        let form = convert::json_form(&text, &lists)?;
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
