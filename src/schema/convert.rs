// The JSON form of a schema file: the same keys, with a version, and the shared lists that it names.
// (Also compiled into the build script of the WebAssembly modules, so it stands on its own.)

/// A schema file as JSON.
pub(crate) fn json_form(schema: &str, lists: &str) -> Result<serde_json::Value, toml::de::Error> {
    let schema: toml::Table = toml::from_str(schema)?;
    let shared: toml::Table = toml::from_str(lists)?;
    let mut form = serde_json::Map::new();
    form.insert("tamis_schema".into(), 1.into());
    form.extend(schema.iter().map(|(key, value)| (key.clone(), json(value))));
    let named =
        |row: &toml::Value| row.get("name").and_then(toml::Value::as_str).map(str::to_owned);
    let rows = |table: &toml::Table, key: &str| -> Vec<toml::Value> {
        table.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default()
    };
    let used: Vec<String> = rows(&schema, "field")
        .iter()
        .filter_map(|field| field.get("values")?.as_str().map(str::to_owned))
        .collect();
    let own: Vec<Option<String>> = rows(&schema, "list").iter().map(named).collect();
    let is_used = |row: &toml::Value| {
        let name = named(row);
        !own.contains(&name) && name.is_some_and(|name| used.contains(&name))
    };
    let mut all = rows(&shared, "list");
    all.retain(is_used);
    all.extend(rows(&schema, "list"));
    if !all.is_empty() {
        form.insert("list".into(), all.iter().map(json).collect());
    }
    Ok(form.into())
}

fn json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(table) => {
            let members = table.iter().map(|(key, value)| (key.clone(), json(value)));
            members.collect::<serde_json::Map<_, _>>().into()
        }
    }
}
