//! Finding a schema: a shipped one by name, else a file.

use std::collections::HashMap;
use std::path::Path;

use tamis::{Diagnostic, Schema};

use super::failure::Failure;
use super::input::{self, Text};
use super::report::Report;

/// A schema, shipped or read.
pub(crate) enum Found {
    Shipped(&'static Schema),
    Read(Box<Schema>),
}

impl std::ops::Deref for Found {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        match self {
            Found::Shipped(schema) => schema,
            Found::Read(schema) => schema,
        }
    }
}

/// The schema of that name or file. What is wrong with it is reported.
pub(crate) fn find(name: &str, report: &Report) -> Result<Found, Failure> {
    let unknown = match Schema::builtin(name) {
        Ok(schema) => return Ok(Found::Shipped(schema)),
        Err(unknown) => unknown,
    };
    if !is_path(name) {
        report.all(&[unknown], &Text { name: "--schema".into(), text: name.into() });
        return Err(Failure::Query);
    }
    let source = input::file(Path::new(name), report)?;
    match Schema::from_toml(&source.text) {
        Ok(schema) => Ok(Found::Read(Box::new(schema))),
        Err(found) => {
            report.all(&found, &source);
            Err(Failure::Query)
        }
    }
}

/// True for what can only mean a file.
fn is_path(name: &str) -> bool {
    name == "-" || name.contains(['/', '\\', '.']) || Path::new(name).exists()
}

/// A name as it is meant in a file of that folder: of a file beside it, if there is one.
pub(crate) fn beside(name: &str, folder: &Path) -> String {
    let file = folder.join(name);
    if file.is_file() { file.display().to_string() } else { name.to_owned() }
}

/// Schemas by name or file, each read once.
#[derive(Default)]
pub(crate) struct Cache(HashMap<String, Result<Found, Vec<Diagnostic>>>);

impl Cache {
    /// The schema of that name or file, or what is wrong with it.
    pub(crate) fn get(&mut self, name: &str) -> Result<&Schema, Vec<Diagnostic>> {
        let found = self.0.entry(name.to_owned()).or_insert_with(|| load(name));
        found.as_deref().map_err(|found| found.clone())
    }
}

/// The schema of that name or file, or what is wrong with it.
pub(crate) fn load(name: &str) -> Result<Found, Vec<Diagnostic>> {
    match Schema::builtin(name) {
        Ok(schema) => Ok(Found::Shipped(schema)),
        Err(unknown) => match std::fs::read_to_string(name) {
            Ok(text) if is_path(name) => {
                Schema::from_toml(&text).map(|schema| Found::Read(Box::new(schema)))
            }
            Ok(_) | Err(_) => Err(vec![unknown]),
        },
    }
}
