//! Reads schema files: TOML in, rows out, everything wrong with the file as diagnostics with places.

use std::ops::Range;

use hashbrown::{HashMap, HashSet};
use toml::Spanned as At;

use super::rows::{
    CardinalityRow, CaseRow, CertaintyRow, FieldRow, File, HuntingRow, HuntingValues, Lists, Paths,
    SortRow, ValueRow, ValuesRow, Wire,
};
use super::{
    Certainty, Column, Field, FieldId, Hunting, Named, Page, RecordKey, RecordPath, Schema, Sort,
    Values, builtin,
};
use crate::diag::{Diagnostic, messages};
use crate::ops::Op;
use crate::span::Span;
use crate::time::WeekStart;
use crate::value::{Cardinality, Type, Value};

fn certainty(row: Option<CertaintyRow>) -> Certainty {
    match row {
        Some(CertaintyRow::Documented) => Certainty::Documented,
        Some(CertaintyRow::Observed) => Certainty::Observed,
        Some(CertaintyRow::Guess) | None => Certainty::Guess,
    }
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// Collects what is wrong while the rows are read.
struct Loader<'l> {
    problems: Vec<Diagnostic>,
    lists: HashMap<&'l str, &'l [ValueRow]>,
}

pub(super) fn load(text: &str) -> Result<Schema, Vec<Diagnostic>> {
    let file: File = toml::from_str(text).map_err(|error| {
        let place = error.span().map_or(Span::at(0), span);
        vec![messages::schema_syntax(place, error.message())]
    })?;
    let shared: Lists = toml::from_str(builtin::LISTS)
        .map_err(|error| vec![messages::schema_syntax(Span::at(0), error.message())])?;
    let mut loader = Loader { problems: Vec::new(), lists: HashMap::new() };
    for list in shared.list.iter().chain(&file.list) {
        loader.lists.insert(list.name.get_ref(), &list.values);
    }
    let mut names = HashMap::new();
    let mut fields = Vec::with_capacity(file.field.len());
    for (place, row) in file.field.into_iter().enumerate() {
        let id = FieldId(u16::try_from(place).unwrap_or(u16::MAX));
        loader.name(&row, id, &mut names);
        fields.extend(loader.field(id, row, file.hunting.as_ref()));
    }
    loader.sort(&file.sort, &names);
    let week_start = loader.week_start(file.week_start);
    if !loader.problems.is_empty() {
        return Err(loader.problems);
    }
    Ok(Schema {
        name: file.name,
        title: file.title,
        description: file.description,
        source: file.source,
        endpoint: file.endpoint,
        key: file.key,
        sort: Sort { default: file.sort.default, fields: file.sort.fields },
        page: file.page.map(|page| Page { default: page.default, largest: page.largest }),
        week_start,
        hunting: file.hunting.map(hunting),
        store: file.store,
        told_apart: told_apart(&fields),
        fields,
        names,
    })
}

fn told_apart(fields: &[Field]) -> Option<usize> {
    let plain = |field: &Field| field.name.replace('.', "_").to_ascii_lowercase();
    let names: HashSet<String> = fields.iter().map(plain).collect();
    let longest = names.iter().map(String::len).max().unwrap_or_default();
    (names.len() == fields.len()).then_some(longest)
}

fn hunting(row: HuntingRow) -> Hunting {
    let kind = |value: toml::Value| value.as_str().unwrap_or_default().to_owned();
    let columns = row.columns.into_iter().map(|(name, value)| (name, kind(value))).collect();
    Hunting { table: row.table, columns, source: row.source }
}

impl Loader<'_> {
    fn meaning(&mut self, place: Range<usize>, message: String) {
        self.problems.push(messages::schema_meaning(span(place), message));
    }

    fn week_start(&mut self, row: Option<At<String>>) -> WeekStart {
        let Some(row) = row else { return WeekStart::default() };
        WeekStart::named(row.get_ref()).unwrap_or_else(|| {
            let message = "`week_start` is `monday`, `sunday` or `saturday`".to_owned();
            self.meaning(row.span(), message);
            WeekStart::default()
        })
    }

    fn name(&mut self, row: &FieldRow, id: FieldId, names: &mut HashMap<String, FieldId>) {
        if id.0 == u16::MAX {
            self.meaning(row.name.span(), "a schema holds at most 65534 fields".into());
        }
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            if name.get_ref().is_empty() || name.get_ref().contains('\0') {
                self.meaning(name.span(), "a field needs a name without NUL characters".into());
            }
            let lower = name.get_ref().to_lowercase();
            if names.insert(lower, id).is_some_and(|earlier| earlier != id) {
                let message =
                    format!("the name `{}` is used twice; case is ignored", name.get_ref());
                self.meaning(name.span(), message);
            }
        }
        names.insert(row.name.get_ref().clone(), id);
    }

    fn sort(&mut self, sort: &SortRow, names: &HashMap<String, FieldId>) {
        for name in sort.default.iter().chain(&sort.fields) {
            if !names.contains_key(name) {
                self.meaning(0..0, format!("`sort` names `{name}`, which is no field"));
            }
        }
    }

    fn field(&mut self, id: FieldId, row: FieldRow, hunting: Option<&HuntingRow>) -> Option<Field> {
        let kind = self.kind(&row.kind)?;
        let (operators, own_operators) = self.operators(&row.operators);
        let values = self.values(row.values, row.open, kind);
        let column = self.column(row.hunting, hunting).map(|name| Column {
            name,
            certainty: certainty(row.hunting_certainty),
            labels: row.hunting_values == Some(HuntingValues::Label),
            values_certainty: certainty(row.hunting_values_certainty),
        });
        let key =
            row.record_key.map(|key| RecordKey { id: key.id, saas: key.saas, inst: key.inst });
        Some(Field {
            id,
            name: row.name.into_inner(),
            aliases: row.aliases.into_iter().map(At::into_inner).collect(),
            kind,
            cardinality: match row.cardinality {
                CardinalityRow::One => Cardinality::One,
                CardinalityRow::Optional => Cardinality::Optional,
                CardinalityRow::Many => Cardinality::Many,
            },
            operators,
            own_operators,
            values,
            ignores_case: row.case == Some(CaseRow::Insensitive),
            is_address: row.format.is_some(),
            record: row.record.map(|paths| self.paths(paths)).unwrap_or_default(),
            record_certainty: certainty(row.record_certainty),
            record_key: key.unwrap_or_default(),
            hunting: column,
            columns: row.columns.into_iter().collect(),
            description: row.description,
            source: row.source,
        })
    }

    fn paths(&mut self, paths: At<Paths>) -> Vec<RecordPath> {
        let place = paths.span();
        let texts = match paths.into_inner() {
            Paths::One(path) => vec![path],
            Paths::Many(paths) => paths,
        };
        let read = texts.iter().filter_map(|text| {
            text.parse().map_err(|wrong| self.meaning(place.clone(), wrong)).ok()
        });
        read.collect()
    }

    fn kind(&mut self, name: &At<String>) -> Option<Type> {
        let kind = Type::named(name.get_ref());
        if kind.is_none() {
            self.problems.push(messages::unknown_type(span(name.span()), name.get_ref()));
        }
        kind
    }

    fn operators(&mut self, rows: &[At<String>]) -> (Vec<Op>, Vec<String>) {
        let mut known = Vec::new();
        let mut own = Vec::new();
        for row in rows {
            let name = row.get_ref();
            match Op::named(name).filter(|op| op.row().in_api) {
                Some(op) if !known.contains(&op) => known.push(op),
                None if !own.contains(name) && is_operator_name(name) => own.push(name.clone()),
                Some(_) | None => {
                    let message =
                        format!("the operator `{name}` is listed twice or is no plain word");
                    self.meaning(row.span(), message);
                }
            }
        }
        (known, own)
    }

    fn values(&mut self, row: Option<At<ValuesRow>>, open: bool, kind: Type) -> Option<Values> {
        let row = row?;
        let place = row.span();
        let rows = match row.into_inner() {
            ValuesRow::Inline(rows) => rows,
            ValuesRow::Named(name) => match self.lists.get(name.as_str()) {
                Some(rows) => rows.to_vec(),
                None => {
                    self.meaning(place, format!("there is no list `{name}`"));
                    return None;
                }
            },
        };
        let mut named = Vec::with_capacity(rows.len());
        for row in rows {
            match wire_value(&row, kind) {
                Some(value) => named.push(Named { value, label: row.label, also: row.also }),
                None => {
                    let message = format!("the value of `{}` is not of type `{kind}`", row.label);
                    self.meaning(place.clone(), message);
                }
            }
        }
        Some(Values::new(named, open))
    }

    fn column(&mut self, name: Option<At<String>>, table: Option<&HuntingRow>) -> Option<String> {
        let name = name?;
        if !table.is_some_and(|table| table.columns.contains_key(name.get_ref())) {
            self.meaning(
                name.span(),
                format!("`{}` is no column of the hunting table", name.get_ref()),
            );
        }
        Some(name.into_inner())
    }
}

fn is_operator_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn wire_value(row: &ValueRow, kind: Type) -> Option<Value> {
    let Some(value) = row.value.as_ref() else { return row.null.then_some(Value::Null) };
    match (value, kind) {
        (Wire::Bool(value), Type::Boolean) => Some(Value::Bool(*value)),
        (Wire::Int(value), Type::Integer | Type::Timestamp) => Some(Value::Int(*value)),
        (Wire::Text(value), Type::String) => Some(Value::Text(value.clone())),
        (Wire::Bool(_) | Wire::Int(_) | Wire::Text(_), _) => None,
    }
}
