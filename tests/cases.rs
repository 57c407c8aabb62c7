//! What people type and paste (`tests/cases`, form in its README): each case is held to what is
//! right by `docs/language.md`. All failing cases are listed in one run.

mod common;

use common::jsonl;
use serde_json::{Map, Value, json};
use tamis::decompile::decompile;
use tamis::{Diagnostic, Options, Schema};

/// What a text compiles to for the API, with its warnings; else its diagnostics.
type Compiled = Result<(Value, Vec<Diagnostic>), Vec<Diagnostic>>;

fn schema(name: &str) -> Schema {
    match Schema::builtin(name) {
        Ok(schema) => schema.clone(),
        Err(_) => Schema::from_toml(&common::read(&format!("cases/schemas/{name}.toml"))).unwrap(),
    }
}

fn compile(text: &str, schema: &Schema, options: &Options) -> Compiled {
    let compiled = tamis::compile(text, schema, "api", options)?;
    let output = serde_json::to_value(&compiled.output).unwrap();
    Ok((output["filters"].clone(), compiled.warnings))
}

/// The same filters with keys and lists in one order.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(sorted).collect();
            list.sort_by_key(Value::to_string);
            Value::Array(list)
        }
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort_unstable();
            let sorted = names.into_iter().map(|name| (name.clone(), sorted(&members[name])));
            Value::Object(sorted.collect::<Map<String, Value>>())
        }
        value => value.clone(),
    }
}

fn applied(text: &str, fix: &tamis::diag::Fix) -> String {
    let mut mended = text.to_owned();
    mended.replace_range(fix.span.range(), &fix.text);
    mended
}

fn expect_filters(wanted: &Value, found: &Compiled) -> Result<Vec<Diagnostic>, String> {
    match found {
        Ok((filters, warnings)) if sorted(filters) == sorted(wanted) => Ok(warnings.clone()),
        Ok((filters, _)) => Err(format!("means {filters}, not {wanted}")),
        Err(found) => Err(format!("refused: {found:?}")),
    }
}

fn expect_refusal(case: &Value, found: Compiled) -> Result<(), String> {
    let found = found.err().ok_or("is accepted")?;
    let errors = found.iter().filter(|found| found.is_error()).count();
    match case.get("errors").and_then(Value::as_u64) {
        Some(wanted) if wanted != errors as u64 => Err(format!("{errors} errors: {found:?}")),
        _ => Ok(()),
    }
}

/// Compiles to the filters, or is refused with a fix that does; every safe fix does.
fn expect_meaning(
    wanted: &Value,
    text: &str,
    schema: &Schema,
    options: &Options,
) -> Result<(), String> {
    let found = match compile(text, schema, options) {
        Ok(compiled) => return expect_filters(wanted, &Ok(compiled)).map(drop),
        Err(found) => found,
    };
    let fixes: Vec<_> = found.iter().flat_map(|found| &found.fixes).collect();
    let right = |fix: &&&tamis::diag::Fix| {
        expect_filters(wanted, &compile(&applied(text, fix), schema, options)).is_ok()
    };
    if let Some(wrong) = fixes.iter().filter(|fix| fix.safe).find(|fix| !right(fix)) {
        return Err(format!("the safe fix {wrong:?} means something else"));
    }
    fixes.iter().find(right).map(drop).ok_or_else(|| format!("no fix is right: {found:?}"))
}

fn typed(case: &Value, text: &str, schema: &Schema, options: &Options) -> Result<(), String> {
    if let Some(wanted) = case.get("means") {
        return expect_meaning(wanted, text, schema, options);
    }
    let found = compile(text, schema, options);
    if case.get("error").is_some() {
        return expect_refusal(case, found);
    }
    let warnings = match case.get("filters") {
        Some(wanted) => expect_filters(wanted, &found)?,
        None => found.map_err(|found| format!("refused: {found:?}"))?.1,
    };
    let wanted = case.get("warn").is_some();
    (!wanted || !warnings.is_empty()).then_some(()).ok_or_else(|| "no warning".to_owned())
}

fn pasted(case: &Value, text: &str, schema: &Schema, options: &Options) -> Result<(), String> {
    let found = decompile(text, schema, options);
    let errors = found.diagnostics.iter().any(Diagnostic::is_error);
    if case.get("error").is_some() {
        return errors.then_some(()).ok_or_else(|| format!("is read: {:?}", found.queries));
    }
    let [query] = found.queries.as_slice() else {
        return Err(format!("{} queries", found.queries.len()));
    };
    if errors {
        return Err(format!("refused: {:?}", found.diagnostics));
    }
    expect_filters(&case["filters"], &compile(query, schema, options)).map(drop)
}

fn holds(case: &Value) -> Result<(), String> {
    let schema = schema(case["schema"].as_str().unwrap());
    let options = Options::at(tamis::time::read_rfc3339(case["now"].as_str().unwrap()).unwrap());
    match (case["query"].as_str(), case["decompile"].as_str()) {
        (Some(text), None) => typed(case, text, &schema, &options),
        (None, Some(text)) => pasted(case, text, &schema, &options),
        _ => Err("is neither typed nor pasted".to_owned()),
    }
}

#[test]
fn every_case_holds() {
    let mut cases = jsonl("cases/typed.jsonl");
    cases.extend(jsonl("cases/pasted.jsonl"));
    cases.extend(jsonl("cases/more.jsonl"));
    let text = |case: &Value| case.get("query").or(case.get("decompile")).cloned();
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let why = holds(case).err()?;
            let shown = text(case).unwrap_or(json!(null));
            Some(format!("{} {} {}: {why}", case["id"], case["schema"], shown))
        })
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} fail:\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}
