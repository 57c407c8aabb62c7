//! SQL.
pub mod postgres;
pub mod sqlite;
use serde::Serialize;
/// A statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// Text.
    pub sql: String,
    /// Values.
    pub params: Vec<crate::value::Value>,
}
