//! SQL.
pub mod sqlite;
pub mod postgres;
use serde::Serialize;
/// A statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement { /// Text.
 pub sql: String, /// Values.
 pub params: Vec<crate::value::Value> }
