//! Records in an SQLite table that the emitted DDL made, and statements run on it.

use rusqlite::types::Value as Bound;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value as Json;
use tamis::schema::Schema;
use tamis::target::sql::{Param, Statement};
use tamis::target::{self, Form, Output};
use tamis::value::{Cardinality, Type};
use tamis::{Options, query::Query};

use crate::meaning::Record;

/// 2026-11-01T12:00:00Z.
pub(crate) const NOW: i64 = 1_793_534_400_000;

pub(crate) fn inline() -> Form {
    Form { inline: true, ..Form::default() }
}

pub(crate) fn emit(target: &str, query: &Query<'_>, form: &Form) -> Statement {
    let emitted = target::named(target).unwrap().emit(query, form);
    match emitted.unwrap_or_else(|found| panic!("not emitted: {found:?}")).output {
        Output::Sql(statement) => statement,
        other => panic!("not SQL: {other:?}"),
    }
}

/// Checks a query and hands it on.
pub(crate) fn checked<T>(
    text: &str,
    schema: &Schema,
    options: &Options,
    then: impl FnOnce(&Query<'_>) -> T,
) -> T {
    let parsed = tamis::parse_with(text, &options.limits);
    let checked = tamis::check(&parsed, schema, options);
    match checked.query {
        Some(query) => then(&query),
        None => panic!("`{text}` does not check: {:#?}", checked.diagnostics),
    }
}

pub(crate) fn compiled(target: &str, text: &str, schema: &Schema, form: &Form) -> Statement {
    checked(text, schema, &Options::at(NOW), |query| emit(target, query, form))
}

/// An empty table for the schema. Its `rowid` tells records apart.
pub(crate) fn table(schema: &Schema) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    let ddl = target::named("sqlite").unwrap().ddl(schema, &Form::default()).unwrap();
    connection.execute_batch(&ddl).unwrap_or_else(|error| panic!("{error}: {ddl}"));
    connection
}

pub(crate) fn insert(connection: &Connection, schema: &Schema, id: i64, record: &Record) {
    // SQLite holds no decimal numbers.
    let stored = schema.fields().iter().filter(|field| field.kind != Type::Decimal);
    let stored: Vec<_> = stored.filter(|field| field.columns.is_empty()).collect();
    let columns: Vec<String> = stored
        .iter()
        .map(|field| format!("\"{}\"", field.name.replace('.', "_").replace('"', "\"\"")))
        .collect();
    let places = vec!["?"; columns.len() + 1].join(", ");
    let sql = format!(
        "INSERT INTO \"{}\" (rowid, {}) VALUES ({places})",
        schema.name,
        columns.join(", ")
    );
    let values = stored.iter().map(|field| {
        let value = record.get(&field.name).unwrap_or(&Json::Null);
        match field.cardinality {
            Cardinality::Many if !value.is_null() => Bound::Text(value.to_string()),
            Cardinality::One | Cardinality::Optional | Cardinality::Many => bound(value),
        }
    });
    let all = std::iter::once(Bound::Integer(id)).chain(values);
    let inserted = connection.execute(&sql, params_from_iter(all));
    inserted.unwrap_or_else(|error| panic!("{error}: {record:?}"));
}

fn bound(value: &Json) -> Bound {
    match value {
        Json::Null => Bound::Null,
        Json::Bool(value) => Bound::Integer((*value).into()),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Bound::Integer(whole),
            None => Bound::Real(number.as_f64().unwrap()),
        },
        Json::String(text) => Bound::Text(text.clone()),
        Json::Array(_) | Json::Object(_) => Bound::Text(value.to_string()),
    }
}

/// The records that a condition selects.
pub(crate) fn select(connection: &Connection, table: &str, statement: &Statement) -> Vec<i64> {
    let sql = format!("SELECT rowid FROM \"{table}\" WHERE {} ORDER BY rowid", statement.sql);
    run(connection, &sql, &statement.params)
}

/// The first column of a statement's rows.
pub(crate) fn run(connection: &Connection, sql: &str, params: &[Param]) -> Vec<i64> {
    let shown: String = sql.chars().take(2000).collect();
    let mut prepared = connection.prepare(sql).unwrap_or_else(|error| panic!("{error}: {shown}"));
    let values = params.iter().map(|param| match param {
        Param::Bool(_) | Param::List(_) => panic!("SQLite binds numbers and texts: {param:?}"),
        Param::Int(value) => Bound::Integer(*value),
        Param::Double(value) => Bound::Real(value.get()),
        Param::Text(text) => Bound::Text(text.clone()),
    });
    let rows = prepared.query_map(params_from_iter(values), |row| row.get(0));
    rows.and_then(Iterator::collect).unwrap_or_else(|error| panic!("{error}: {shown}"))
}
