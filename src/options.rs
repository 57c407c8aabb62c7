//! What one compilation is given besides the query and the schema.

use std::collections::BTreeMap;

use crate::limits::Limits;
use crate::time::{Clock, Millis, WeekStart, Zone};

/// Binds a parameter that is written `name=text`, or `name:=JSON` for lists, ranges and keys. A name
/// that is bound again stands for the list of its values.
///
/// # Errors
/// What should have been written.
///
/// ```
/// let mut params = tamis::Params::new();
/// tamis::bind(&mut params, "who=alice").unwrap();
/// tamis::bind(&mut params, "who=bob").unwrap();
/// assert_eq!(params["who"], serde_json::json!(["alice", "bob"]));
/// ```
pub fn bind(params: &mut Params, text: &str) -> Result<(), String> {
    let (name, value) = text.split_once('=').ok_or("write name=value or name:=JSON")?;
    let (name, value) = match name.strip_suffix(':') {
        Some(name) => {
            let json = serde_json::from_str(value).map_err(|error| format!("no JSON: {error}"))?;
            (name, json)
        }
        None => (name, serde_json::Value::from(value)),
    };
    let name = name.strip_prefix('$').unwrap_or(name).to_owned();
    let value = match params.remove(&name) {
        None => value,
        Some(serde_json::Value::Array(mut list)) => {
            list.push(value);
            list.into()
        }
        Some(first) => vec![first, value].into(),
    };
    params.insert(name, value);
    Ok(())
}

/// Values for a query's parameters, by name without `$`. A text is read as the field reads a
/// quoted value (a label, a date, a number); an array stands for a list; `{"start":…,"end":…}`
/// for a range; `{"id":…}` for a key. No value can change the structure of the query.
pub type Params = BTreeMap<String, serde_json::Value>;

/// Clock, zone, parameters and limits of one compilation.
///
/// ```
/// use tamis::{Options, Zone};
/// let mut options = Options::at(1_793_534_400_000);      // 2026-11-01T12:00:00Z
/// options.zone = Zone::named("+01:00").unwrap();
/// options.params.insert("who".into(), "alice@example.com".into());
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    /// The one instant that `now` means, in ms since the epoch, UTC.
    pub now: Millis,
    /// The zone for dates without one.
    pub zone: Zone,
    /// Values for `$name`.
    pub params: Params,
    /// Bounds on size, depth, lists and requests.
    pub limits: Limits,
}

impl Options {
    /// UTC, no parameters and the default limits, at an instant in ms since the epoch.
    #[must_use]
    pub fn at(now: Millis) -> Self {
        Options { now, zone: Zone::default(), params: Params::new(), limits: Limits::default() }
    }

    /// The clock for the queries of a schema, whose weeks begin as it says.
    pub(crate) fn clock(&self, week_start: WeekStart) -> Clock {
        Clock { now: self.now, zone: self.zone, week_start }
    }
}
