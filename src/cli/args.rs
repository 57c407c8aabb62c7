//! Flags that several commands share.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use tamis::target::{self, Choice, Form, Target};
use tamis::time::{StoredTime, ZONE_FORMS};
use tamis::{Options, Zone};

use super::failure::Failure;

/// The schema where none is named.
pub(crate) const DEFAULT_SCHEMA: &str = "activities";

/// Where a query comes from.
#[derive(Args)]
pub(crate) struct Source {
    /// The query; without it and without --file, standard input is read
    #[arg(value_name = "QUERY")]
    pub(crate) query: Option<OsString>,
    /// Read the query from a file, `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(crate) file: Option<PathBuf>,
}

/// How a query is checked.
#[derive(Args)]
pub(crate) struct Checking {
    /// The schema: a shipped one by name, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = DEFAULT_SCHEMA)]
    pub(crate) schema: String,
    /// The instant that `now` means, such as 2026-11-01T12:00:00Z; by default the clock's
    #[arg(long, value_name = "RFC3339")]
    pub(crate) now: Option<String>,
    /// The zone of dates without one: UTC, +02:00, Europe/Paris
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub(crate) timezone: String,
    /// A parameter: k=text, or k:=JSON for lists, ranges and keys; again for a list of texts
    #[arg(long = "param", value_name = "K=V")]
    pub(crate) params: Vec<String>,
    /// A limit, such as depth=200; `tamis targets --limits` lists them
    #[arg(long = "limit", value_name = "NAME=N")]
    pub(crate) limits: Vec<String>,
}

/// How a database holds the records, where it is not as the schema says.
#[derive(Args)]
pub(crate) struct Store {
    /// The table's name; by default the schema's
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    table: Option<String>,
    /// How timestamps are stored: numbers of ms, s, us or ns, the engine's own type, or ISO text
    #[arg(long, value_name = "FORM", value_parser = stored_times())]
    time: Option<StoredTime>,
    /// Timestamps as the engine's own type: `--time native`
    #[arg(long, conflicts_with = "time")]
    native_time: bool,
    /// SQL on a table that holds whole records as JSON in one column, `record` if none is named
    #[arg(
        long,
        value_name = "COLUMN",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "record"
    )]
    document: Option<String>,
}

/// Reads how timestamps are stored.
fn stored_times() -> impl TypedValueParser<Value = StoredTime> {
    let names = PossibleValuesParser::new(StoredTime::ALL.map(StoredTime::name));
    names.map(|name| StoredTime::named(&name).unwrap_or_default())
}

impl Store {
    /// The form of what is emitted for it.
    pub(crate) fn form(&self) -> Form {
        Form {
            table: self.table.clone(),
            time: self.time.or(self.native_time.then_some(StoredTime::Native)),
            document: self.document.clone(),
            ..Form::default()
        }
    }
}

/// Refuses a form that a target would not look at, with the targets that do.
pub(crate) fn has_choices(target: &dyn Target, form: &Form) -> Result<(), String> {
    let made = |choice: &&Choice| choice.is_made(form) && !target.choices().contains(choice);
    let Some(choice) = Choice::ALL.iter().find(made) else { return Ok(()) };
    let others = target::all().iter().filter(|other| other.choices().contains(choice));
    let others: Vec<&str> = others.map(|other| other.name()).collect();
    Err(format!(
        "`--to {}` takes no `--{}`; these do: {}",
        target.name(),
        choice.name(),
        others.join(", ")
    ))
}

/// How diagnostics are printed.
#[derive(Args, Clone, Copy)]
pub(crate) struct Messages {
    /// Diagnostics for people, or as JSON, one a line
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    pub(crate) message_format: MessageFormat,
    /// Colours
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Checking {
    /// Clock, zone, parameters and limits.
    pub(crate) fn options(&self) -> Result<Options, Failure> {
        let zone = Zone::named(&self.timezone).ok_or_else(|| {
            Failure::Usage(format!("`{}` is not a time zone; write {ZONE_FORMS}", self.timezone))
        })?;
        let now = match &self.now {
            Some(text) => read_now(text, &zone)?,
            None => clock(),
        };
        let mut options = Options::at(now);
        options.zone = zone;
        for param in &self.params {
            tamis::bind(&mut options.params, param)
                .map_err(|why| Failure::Usage(format!("`--param {param}`: {why}")))?;
        }
        for limit in &self.limits {
            let parts =
                limit.split_once('=').and_then(|(name, number)| Some((name, number.parse().ok()?)));
            let known = parts.is_some_and(|(name, number)| options.limits.set(name, number));
            if !known {
                return Err(Failure::Usage(format!(
                    "`{limit}` sets no limit; write NAME=N, such as depth=200"
                )));
            }
        }
        Ok(options)
    }
}

/// The instant of `--now`.
pub(crate) fn read_now(text: &str, zone: &Zone) -> Result<i64, Failure> {
    tamis::time::read_now(text, zone)
        .map_err(|why| Failure::Usage(format!("`{text}` is not an instant: {why}")))
}

fn clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
