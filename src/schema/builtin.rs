//! The schemas that are shipped: one line each, loaded when first asked for.

use std::sync::OnceLock;

use super::Schema;
use crate::diag::{Diagnostic, messages};

/// A shipped schema: its name and its TOML text.
#[derive(Debug)]
pub struct Builtin {
    /// Name, as in `--schema activities`.
    pub name: &'static str,
    /// The file.
    pub toml: &'static str,
    loaded: OnceLock<Option<Schema>>,
}

macro_rules! builtin {
    ($($name:literal)*) => {
        [$(Builtin {
            name: $name,
            toml: include_str!(concat!("../../schemas/", $name, ".toml")),
            loaded: OnceLock::new(),
        },)*]
    };
}

/// Every shipped schema; the first is the default.
pub static BUILTIN: [Builtin; 4] = builtin!("activities" "alerts" "entities" "files");

/// Named values that several schemas share.
pub(super) const LISTS: &str = include_str!("../../schemas/lists.toml");

pub(super) fn load(name: &str) -> Result<&'static Schema, Diagnostic> {
    let unknown = || messages::unknown_schema(name, BUILTIN.iter().map(|schema| schema.name));
    let found = BUILTIN.iter().find(|schema| schema.name == name).ok_or_else(unknown)?;
    found.loaded.get_or_init(|| Schema::from_toml(found.toml).ok()).as_ref().ok_or_else(unknown)
}
