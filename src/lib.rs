//! Tamis compiles filter expressions: one query, checked against a schema, emitted for every target.
//!
//! ```
//! use tamis::{Options, Schema};
//!
//! let schema = Schema::builtin("activities")?;
//! let options = Options::at(1_793_534_400_000); // 2026-11-01T12:00:00Z
//! let query = "ip.category = Risky and date gte_ndays 7";
//! let compiled = tamis::compile(query, schema, "api", &options).map_err(|found| found[0].message.clone())?;
//! assert_eq!(
//!     serde_json::to_string(&compiled.output)?,
//!     r#"{"filters":{"ip.category":{"eq":[3]},"date":{"gte_ndays":7}}}"#
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The same in steps, for a query box that wants every diagnostic: [`parse`] reads a text,
//! [`check`](check()) holds it against a [`Schema`], [`target::named`] finds a target, whose
//! [`emit`](target::Target::emit) takes the checked [`query::Query`].
//!
#![doc = include_str!("../docs/architecture.md")]
#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm
)]

// What pest generates names it.
#[cfg(feature = "pest-machine")]
extern crate alloc;

pub mod check;
pub mod compare;
pub mod decompile;
pub mod diag;
mod diagram;
pub mod editor;
mod emit;
pub mod explain;
pub mod fmt;
pub mod fold;
pub mod import;
pub mod keywords;
mod limits;
pub mod matcher;
pub mod measure;
pub mod ops;
mod options;
mod pipeline;
pub mod query;
pub mod quote;
pub mod reference;
pub mod schema;
mod span;
pub mod suite;
pub mod syntax;
mod table;
pub mod time;
pub mod value;

/// Targets: what a checked query is emitted as.
pub mod target {
    pub use crate::emit::*;
}

pub use check::check;
pub use compare::compare;
pub use diag::Diagnostic;
pub use limits::Limits;
pub use options::{Options, Params, bind};
pub use pipeline::{Compiled, compile, compile_with};
pub use schema::Schema;
pub use span::{LineColumn, Positions, Span, Spanned};
pub use syntax::{parse, parse_with};
pub use time::Zone;
