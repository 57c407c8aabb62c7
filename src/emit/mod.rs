//! Targets: what a checked query is emitted as.
//!
//! Law: every target selects the same records; what one cannot say is an error that points at the
//! condition and says what would work, never an approximation. Adding a target is one file and
//! one line of the registry below.

pub mod api;
mod formula;
pub mod kql;
mod mapping;
pub mod mongodb;
pub mod odata;
pub mod opensearch;
mod order;
mod path;
mod pattern;
pub mod portal;
pub mod sql;
mod stored;
mod text;

use serde::Serialize;

use crate::diag::{Diagnostic, messages};
use crate::query::Query;
use crate::schema::Schema;
use crate::time::StoredTime;

/// Something that a query can be emitted as.
pub trait Target: Sync {
    /// Its name, as in `--to api`.
    fn name(&self) -> &'static str;
    /// Other names for it.
    fn aliases(&self) -> &'static [&'static str];
    /// What it is, in a few words.
    fn title(&self) -> &'static str;
    /// How the tests hold it against the meaning of the language.
    fn proof(&self) -> Proof;
    /// What of a [`Form`] it has a choice in, besides the whole request; by default in everything.
    fn choices(&self) -> &'static [Choice] {
        Choice::ALL
    }
    /// Emits a query.
    ///
    /// # Errors
    /// One diagnostic for each condition that the target cannot say exactly.
    fn emit(&self, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>>;
    /// A table that fits a schema, for targets that have tables.
    fn ddl(&self, schema: &Schema, form: &Form) -> Option<String>;
}

/// How the tests hold a target against the meaning of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// What is emitted runs on the target's engine, and selects what the matcher selects.
    Executed,
    /// What is emitted runs on another program that reads the same language, and selects what the
    /// matcher selects.
    StandIn,
    /// What is emitted is read by a strict recogniser of the language's published grammar, and
    /// selects what the matcher selects when the tests evaluate it themselves: no engine runs.
    Evaluated,
    /// What is emitted is parsed and its literals are read back: no test can run the engine.
    Parsed,
    /// What is emitted is compared with published examples, and evaluated by its published meaning.
    Compared,
}

impl Proof {
    /// It in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Proof::Executed => "runs on its engine in the tests",
            Proof::StandIn => "runs in the tests on a stand-in for its engine",
            Proof::Evaluated => {
                "is held in the tests against a strict recogniser of the published grammar, and \
                 evaluated by the project's own evaluator, which is no engine"
            }
            Proof::Parsed => "is only parsed in the tests, which cannot run its engine",
            Proof::Compared => "is compared with published examples and evaluated by its meaning",
        }
    }
}

macro_rules! targets {
    ($($target:expr,)*) => {
        /// Every target.
        #[must_use]
        pub fn all() -> &'static [&'static dyn Target] {
            &[$(&$target,)*]
        }
    };
}

targets! {
    api::Api,
    api::plan::Planned,
    portal::Portal,
    sql::sqlite::Sqlite,
    sql::postgres::Postgres,
    sql::duckdb::DuckDb,
    sql::clickhouse::ClickHouse,
    sql::spark::Spark,
    sql::datafusion::DataFusion,
    sql::mysql::MARIADB,
    sql::mysql::MYSQL,
    sql::trino::Trino,
    sql::bigquery::BigQuery,
    sql::snowflake::Snowflake,
    sql::sqlserver::SqlServer,
    kql::Kql,
    opensearch::OpenSearch,
    mongodb::MongoDb,
    odata::OData,
}

/// The target of that name or alias, without regard to case.
///
/// # Errors
/// A diagnostic that lists the names there are.
pub fn named(name: &str) -> Result<&'static dyn Target, Diagnostic> {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    let found = all()
        .iter()
        .find(|target| is(target.name()) || target.aliases().iter().any(|alias| is(alias)));
    found
        .copied()
        .ok_or_else(|| messages::unknown_target(name, all().iter().map(|target| target.name())))
}

/// What to emit, where a target has a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The whole request or statement, with the query's order and paging, not the condition alone.
    pub whole: bool,
    /// Values written into SQL text as literals, not bound.
    pub inline: bool,
    /// The table of a whole statement; by default the schema's name.
    pub table: Option<String>,
    /// How timestamps are stored; by default what the schema says.
    pub time: Option<StoredTime>,
    /// SQL: the one column that holds whole records as JSON; by default what the schema says.
    pub document: Option<String>,
}

impl Form {
    /// How timestamps are stored.
    pub(crate) fn stored_time(&self, schema: &Schema) -> StoredTime {
        self.time.unwrap_or(schema.store.time)
    }
}

/// A choice in a [`Form`] that only some targets have. [`Form::inline`] is none: a target without
/// bound values writes them all in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Its field `table`.
    Table,
    /// Its field `time`.
    Time,
    /// Its field `document`.
    Document,
}

impl Choice {
    /// Every one.
    pub const ALL: &[Choice] = &[Choice::Table, Choice::Time, Choice::Document];

    /// Its name on the command line, without the dashes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Choice::Table => "table",
            Choice::Time => "time",
            Choice::Document => "document",
        }
    }

    /// True when a form asks for something other than the default.
    #[must_use]
    pub fn is_made(self, form: &Form) -> bool {
        match self {
            Choice::Table => form.table.is_some(),
            Choice::Time => form.time.is_some(),
            Choice::Document => form.document.is_some(),
        }
    }
}

/// What a target made of a query.
#[derive(Clone, Debug)]
pub struct Emitted {
    /// The output.
    pub output: Output,
    /// What is worth knowing about it.
    pub warnings: Vec<Diagnostic>,
}

impl From<Output> for Emitted {
    fn from(output: Output) -> Self {
        Emitted { output, warnings: Vec::new() }
    }
}

/// An output; it serialises to the form that `tamis compile` prints.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Output {
    /// Filter JSON.
    Api(api::Request),
    /// Requests of the API.
    Plan(api::plan::Plan),
    /// SQL with its bound values.
    Sql(sql::Statement),
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
}
