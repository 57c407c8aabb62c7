//! SQL: a `WHERE` condition or a whole `SELECT`, with bound values or literals.
//!
//! What engines have in common is here and in [`dialect`]; an engine is one file beside it and
//! one line in the registry of targets.
//!
//! Laws:
//! - A field without a value is NULL, an empty list or a list of nulls. `not` is complement all
//!   the same: the text makes up for SQL's third truth value.
//! - `contains`, `starts with`, `ends with` and words fold ASCII letters and no others.
//! - The columns are those of [`Target::ddl`], and text compares byte by byte: a column with a
//!   collation that folds makes `=` fold too.
//! - No value leaves its literal, and bound values stand in `params` in the order of their
//!   placeholders. A list of more than 1000 values is one bound value. Where a statement would
//!   bind more than its engine takes, the surplus is written as literals.
//! - A condition that is an `or` stands in parentheses, so that `… AND <condition>` is safe.
//! - The text does not depend on what the values are; it does on how long a list is, whether a
//!   text is empty, which members a key has, and which instants a column can store.

pub mod bigquery;
pub mod clickhouse;
mod column;
mod condition;
pub mod datafusion;
mod ddl;
pub mod dialect;
pub mod document;
pub mod duckdb;
mod loose;
pub mod mysql;
mod piece;
mod place;
pub mod postgres;
mod refusal;
pub mod snowflake;
pub mod spark;
pub mod sqlite;
pub mod sqlserver;
pub mod trino;
mod values;

use serde::Serialize;

pub use dialect::Dialect;

use super::{Emitted, Form, Output, Proof, Target, order};
use crate::diag::{Diagnostic, messages};
use crate::query::{Atom, Node, Query};
use crate::schema::Schema;
use crate::value::Double;
use condition::Printer;
use piece::{Piece, Tie};

/// SQL text with the values of its placeholders, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// The condition, or the whole statement.
    pub sql: String,
    /// The bound values.
    pub params: Vec<Param>,
}

/// A bound value, in a form that every driver can bind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Param {
    /// A boolean, for engines that have them.
    Bool(bool),
    /// A whole number; also an instant in ms.
    Int(i64),
    /// A binary64 number.
    Double(Double),
    /// A text; also a decimal number or a day.
    Text(String),
    /// An array of values of one type, for engines that have arrays.
    List(Vec<Param>),
}

impl<D: Dialect> Target for D {
    fn name(&self) -> &'static str {
        self.facts().name
    }

    fn aliases(&self) -> &'static [&'static str] {
        self.facts().aliases
    }

    fn title(&self) -> &'static str {
        self.facts().title
    }

    fn proof(&self) -> Proof {
        if self.facts().is_executed { Proof::Executed } else { Proof::Parsed }
    }

    fn emit(&self, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        emit(self, query, form)
    }

    fn ddl(&self, schema: &Schema, form: &Form) -> Option<String> {
        ddl::create(self, schema, form)
    }
}

fn emit(dialect: &dyn Dialect, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
    let mut printer = Printer::new(dialect, query.schema(), form);
    let unset = loose::fields(query, dialect, form);
    let loose = loose::formula(query, &unset);
    let formula = loose.as_ref().unwrap_or(query.normal());
    let condition = printer.condition(formula);
    let sql = match condition {
        Some(piece) if form.whole => {
            let condition = (*formula != Node::All).then_some(piece);
            select(dialect, &mut printer, query, form, condition)
        }
        Some(piece) => Some(piece.within(Tie::And)),
        None => None,
    };
    let Some(sql) = sql.filter(|_| printer.errors.is_empty()) else { return Err(printer.errors) };
    let mut warnings = Vec::new();
    let product = dialect.facts().product;
    let whole_records = document::column(form, query.schema()).is_some();
    let told = |atom: &Atom<'_>| {
        let caution = dialect.caution(atom.field);
        let caution =
            caution.or_else(|| whole_records.then(|| place::caution(dialect, atom.field))?);
        Some((atom.span, caution?))
    };
    if let Some((place, caution)) = query.normal().atoms().find_map(told) {
        warnings.push(messages::engine_caution(place, product, caution));
    }
    warnings.extend(order::by_text(query).filter(|_| form.whole).map(|place| {
        messages::engine_caution(place, product, "sorts texts as their column's collation says")
    }));
    let longest = dialect.facts().longest_statement;
    if sql.len() > longest {
        let caution = format!(
            "reads no statement of more than {longest} bytes as it is installed, and this has {}",
            sql.len()
        );
        warnings.push(messages::engine_caution(query.root().span(), product, &caution));
    }
    if !form.whole && !query.tail().is_empty() {
        warnings.push(messages::tail_not_carried(query.tail().span));
    }
    Ok(Emitted { output: Output::Sql(Statement { sql, params: printer.params }), warnings })
}

/// The whole statement.
fn select(
    dialect: &dyn Dialect,
    printer: &mut Printer<'_>,
    query: &Query<'_>,
    form: &Form,
    condition: Option<Piece>,
) -> Option<String> {
    let tail = query.tail();
    let Some(table) = table(dialect, query.schema(), form) else {
        printer.errors.push(refusal::table(dialect, tail.span));
        return None;
    };
    let mut sql = format!("SELECT * FROM {table}");
    if let Some(condition) = condition {
        sql.push_str(" WHERE ");
        sql.push_str(&condition.sql);
    }
    match printer.order(query) {
        Ok(Some(order)) => sql.push_str(&format!(" ORDER BY {order}")),
        Ok(None) => {}
        Err(error) => printer.errors.push(error),
    }
    sql.push_str(&dialect.paging(tail.limit, tail.skip, tail.order.is_some()));
    Some(sql)
}

/// The table's name in SQL. Dots in a name that is asked for divide it; the schema's has none.
fn table(dialect: &dyn Dialect, schema: &Schema, form: &Form) -> Option<String> {
    let default = column::default_name(&schema.name);
    let said = form.table.as_deref().or(schema.store.table.as_deref());
    let name = said.unwrap_or(&default);
    let sound = !name.contains('\0') && name.split('.').all(|part| !part.is_empty());
    let parts: Vec<String> = name.split('.').map(|part| dialect.identifier(part)).collect();
    sound.then(|| parts.join("."))
}
