//! `tamis schema`: what schemas there are, what they hold, and tables made from them.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use tamis::schema::{BUILTIN, Field};
use tamis::target;
use tamis::value::Cardinality;

use super::args::{Messages, Store, has_choices};
use super::failure::Failure;
use super::report::{self, Report};
use super::{input, schemas};

/// List, show, check and import schemas.
#[derive(Args)]
pub(crate) struct Schema {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    messages: Messages,
}

#[derive(Subcommand)]
enum Command {
    /// List the shipped schemas
    List,
    /// Show the fields of a schema, or one field with its named values
    Show {
        /// A shipped schema or a TOML file
        #[arg(default_value = "activities")]
        schema: String,
        /// Only this field
        field: Option<String>,
    },
    /// Check a schema file
    Check {
        /// The TOML file
        file: PathBuf,
    },
    /// Read a published filter table, Markdown or plain text, and print it as TOML
    Import {
        /// The table, `-` for standard input
        file: PathBuf,
        /// The name of the schema
        #[arg(long, default_value = "imported")]
        name: String,
    },
    /// Print CREATE TABLE for a schema
    Ddl {
        /// A shipped schema or a TOML file
        #[arg(default_value = "activities")]
        schema: String,
        /// The target whose SQL it is
        #[arg(long, value_name = "TARGET", default_value = "sqlite")]
        to: String,
        #[command(flatten)]
        store: Store,
    },
}

impl Schema {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let report = Report::new(self.messages);
        match &self.command {
            Command::List => list(&report),
            Command::Show { schema, field } => show(schema, field.as_deref(), &report),
            Command::Check { file } => {
                let source = input::file(file, &report)?;
                match tamis::Schema::from_toml(&source.text) {
                    Ok(schema) => report.check(schema.hints(), &source),
                    Err(found) => report.check(&found, &source),
                }
            }
            Command::Import { file, name } => {
                let source = input::file(file, &report)?;
                let imported = tamis::import::import(&source.text, name);
                report.check(&imported.diagnostics, &source)?;
                report::print(&imported.toml)
            }
            Command::Ddl { schema, to, store } => {
                let target =
                    target::named(to).map_err(|unknown| Failure::Usage(unknown.message))?;
                let form = store.form();
                has_choices(target, &form).map_err(Failure::Usage)?;
                let schema = schemas::find(schema, &report)?;
                match target.ddl(&schema, &form) {
                    Some(text) => report::print(&text),
                    None => {
                        let why =
                            format!("`{to}` has no table of that kind; `--to duckdb` has all");
                        Err(Failure::Usage(why))
                    }
                }
            }
        }
    }
}

fn list(report: &Report) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for row in &BUILTIN {
        let schema = schemas::find(row.name, report)?;
        lines.push(format!(
            "{:<12} {:>3} fields  {}",
            schema.name,
            schema.fields().len(),
            schema.title
        ));
    }
    report::print(&lines.join("\n"))
}

fn show(name: &str, field: Option<&str>, report: &Report) -> Result<(), Failure> {
    let schema = schemas::find(name, report)?;
    let Some(name) = field else {
        let width = schema.fields().iter().map(|field| field.name.len()).max().unwrap_or_default();
        let rows = schema.fields().iter().map(|field| row(field, width));
        let head = format!("{}: {}\n{}\n", schema.name, schema.title, schema.source);
        return report::print(&std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n"));
    };
    match schema.find(name).field() {
        Some(field) => report::print(&details(field)),
        None => Err(Failure::Usage(format!("`{}` has no field `{name}`", schema.name))),
    }
}

/// The wire forms of a named value.
fn wires(named: &tamis::schema::Named) -> String {
    match &named.api {
        None => named.value.to_string(),
        Some(api) => format!("{} (API {api})", named.value),
    }
}

fn row(field: &Field, width: usize) -> String {
    let operators = field.operator_names().collect::<Vec<_>>().join(" ");
    format!(
        "{:<width$}  {:<9}  {operators}\n{:<width$}  {}",
        field.name,
        field.kind.name(),
        "",
        field.description
    )
}

fn details(field: &Field) -> String {
    let cardinality = match field.cardinality {
        Cardinality::One => "always one value",
        Cardinality::Optional => "one value or none",
        Cardinality::Many => "any number of values",
    };
    let mut lines = vec![
        format!("{} ({}, {cardinality})", field.name, field.kind),
        field.description.clone(),
        format!("operators: {}", field.operator_names().collect::<Vec<_>>().join(" ")),
    ];
    if !field.aliases.is_empty() {
        lines.push(format!("also called: {}", field.aliases.join(", ")));
    }
    if !field.record.is_empty() {
        let paths: Vec<String> = field.record.iter().map(ToString::to_string).collect();
        lines.push(format!("in records: {}", paths.join(", ")));
    }
    if !field.source.is_empty() {
        lines.push(format!("source: {}", field.source));
    }
    if let Some(values) = &field.values {
        lines.push(if values.open { "values (others are allowed):" } else { "values:" }.to_owned());
        lines.extend(
            values.named.iter().map(|named| format!("  {:<26} {}", wires(named), named.label)),
        );
    }
    lines.join("\n")
}
