//! The rows of a schema file as TOML has them. A key that is not here is an error.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned as At;

use super::Store;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) name: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) source: String,
    pub(super) endpoint: Option<String>,
    #[serde(default = "default_key")]
    pub(super) key: String,
    #[serde(default)]
    pub(super) sort: SortRow,
    pub(super) page: Option<PageRow>,
    pub(super) week_start: Option<toml::Spanned<String>>,
    pub(super) hunting: Option<HuntingRow>,
    #[serde(default)]
    pub(super) store: Store,
    #[serde(default)]
    pub(super) list: Vec<ListRow>,
    #[serde(default)]
    pub(super) bounded_by: Vec<At<String>>,
    pub(super) field: Vec<FieldRow>,
}

fn default_key() -> String {
    "_id".into()
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SortRow {
    pub(super) default: Option<String>,
    #[serde(default)]
    pub(super) fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageRow {
    pub(super) default: u32,
    pub(super) largest: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HuntingRow {
    pub(super) table: String,
    #[serde(default)]
    pub(super) source: String,
    pub(super) columns: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListRow {
    pub(super) name: At<String>,
    #[serde(default, rename = "description")]
    pub(super) _description: String,
    #[serde(default, rename = "source")]
    pub(super) _source: String,
    pub(super) values_look_like: Option<At<String>>,
    pub(super) values: Vec<ValueRow>,
}

#[derive(Deserialize)]
pub(super) struct Lists {
    pub(super) list: Vec<ListRow>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueRow {
    pub(super) value: Option<Wire>,
    #[serde(default)]
    pub(super) null: bool,
    pub(super) api: Option<Wire>,
    pub(super) label: String,
    #[serde(default)]
    pub(super) also: Vec<String>,
}

#[derive(Deserialize, Clone)]
#[serde(untagged)]
pub(super) enum Wire {
    Bool(bool),
    Int(i64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum ValuesRow {
    Named(String),
    Inline(Vec<ValueRow>),
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Paths {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum CertaintyRow {
    Documented,
    Observed,
    Guess,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum CardinalityRow {
    One,
    Optional,
    Many,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum CaseRow {
    Sensitive,
    Insensitive,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum FormatRow {
    Ip,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum HuntingValues {
    Wire,
    Label,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyRow {
    pub(super) id: String,
    pub(super) saas: String,
    pub(super) inst: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldRow {
    pub(super) name: At<String>,
    #[serde(rename = "type")]
    pub(super) kind: At<String>,
    #[serde(default = "optional")]
    pub(super) cardinality: CardinalityRow,
    pub(super) operators: Vec<At<String>>,
    pub(super) values: Option<At<ValuesRow>>,
    #[serde(default)]
    pub(super) open: bool,
    pub(super) values_look_like: Option<At<String>>,
    pub(super) case: Option<CaseRow>,
    pub(super) format: Option<FormatRow>,
    pub(super) record: Option<At<Paths>>,
    pub(super) record_certainty: Option<CertaintyRow>,
    pub(super) record_key: Option<KeyRow>,
    pub(super) hunting: Option<At<String>>,
    pub(super) hunting_certainty: Option<CertaintyRow>,
    pub(super) hunting_values: Option<HuntingValues>,
    pub(super) hunting_values_certainty: Option<CertaintyRow>,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) aliases: Vec<At<String>>,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) source: String,
}

fn optional() -> CardinalityRow {
    CardinalityRow::Optional
}
