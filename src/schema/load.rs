//! Reads schema files: TOML in, rows out, everything wrong with the file as diagnostics with places.

use std::ops::Range;

use toml::Spanned as At;

use super::node::{Node, Wrong};
use super::rows::{self, FieldRow, File, ListRow, ValueRow, ValuesRow};
use super::{
    Column, Field, FieldId, Hunting, Named, Places, RecordPath, Schema, Shape, Sort, Values,
    builtin, defaults,
};
use crate::diag::suggest::nearest;
use crate::diag::{Diagnostic, messages};
use crate::fold;
use crate::measure::{MEASURES, Measure};
use crate::ops::{self, Op};
use crate::span::Span;
use crate::time::{RecordedTime, TimeUnit, WeekStart, ZONE_FORMS, Zone};
use crate::value::{Cardinality, Day, Decimal, Double, IntegerBits, MOST_DIGITS, Type, Value};

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// Collects what is wrong while the rows are read.
struct Loader<'l> {
    problems: Vec<Diagnostic>,
    /// What is read and could be said better.
    hints: Vec<Diagnostic>,
    /// Of two with one name the later holds.
    lists: Vec<&'l ListRow>,
    /// The operators that the file declares as its own.
    declared: &'l [At<String>],
}

pub(super) fn load(text: &str) -> Result<Schema, Vec<Diagnostic>> {
    let file = Node::of_toml(text).and_then(File::read).map_err(misread)?;
    let shared = Node::of_toml(builtin::LISTS).and_then(rows::shared_lists).map_err(misread)?;
    build(file, &shared)
}

/// A file that is not of the form.
pub(super) fn misread(wrong: Wrong) -> Vec<Diagnostic> {
    vec![messages::schema_syntax(span(wrong.place), &wrong.message)]
}

/// The schema that rows make, whatever they were read from, with lists that other files share.
pub(super) fn build(file: File, shared: &[ListRow]) -> Result<Schema, Vec<Diagnostic>> {
    let lists = shared.iter().chain(&file.list).collect();
    let declared = &file.own_operators;
    let mut loader = Loader { problems: Vec::new(), hints: Vec::new(), lists, declared };
    loader.declared();
    let mut names = Places::default();
    let mut lower = Places::default();
    let whole = (file.integer_bits, file.endpoint.is_none());
    let mut fields = Vec::with_capacity(file.field.len());
    for (place, row) in file.field.into_iter().enumerate() {
        let id = FieldId(u16::try_from(place).unwrap_or(u16::MAX));
        loader.name(&row, id, &mut names, &mut lower);
        fields.extend(loader.field(id, row, whole, file.hunting.as_ref()));
    }
    loader.sort(&file.sort, &names);
    loader.bounds(&file.bounded_by, &names);
    for key in &file.former {
        let (was, now) = *key.get_ref();
        loader.hints.push(messages::schema_old(span(key.span()), was, now));
    }
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
        sort: file.sort,
        page: file.page,
        week_start,
        hunting: file.hunting,
        store: file.store,
        told_apart: told_apart(&fields),
        bounded_by: file.bounded_by.into_iter().map(At::into_inner).collect(),
        fields,
        names,
        lower,
        hints: loader.hints,
    })
}

fn told_apart(fields: &[Field]) -> Option<usize> {
    let plain = |field: &Field| field.name.replace('.', "_").to_ascii_lowercase();
    let mut names: Vec<String> = fields.iter().map(plain).collect();
    names.sort_unstable();
    names.dedup();
    let longest = names.iter().map(String::len).max().unwrap_or_default();
    (names.len() == fields.len()).then_some(longest)
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

    fn name(&mut self, row: &FieldRow, id: FieldId, names: &mut Places, lower: &mut Places) {
        if id.0 == u16::MAX {
            self.meaning(row.name.span(), "a schema holds at most 65534 fields".into());
        }
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            let text = name.get_ref();
            if text.is_empty() || text.contains('\0') {
                self.meaning(name.span(), "a field needs a name without NUL characters".into());
            }
            let earlier = names.get(text).and_then(|places| places.last());
            if earlier.is_some_and(|earlier| *earlier != id.index()) {
                self.meaning(name.span(), format!("the name `{text}` is used twice"));
            }
            names.list(text.clone(), |same| same.push(id.index()));
            lower.list(fold::caseless(text), |same| {
                if !same.contains(&id.index()) {
                    same.push(id.index());
                }
            });
        }
    }

    /// The fields that should bound a request.
    fn bounds(&mut self, rows: &[At<String>], names: &Places) {
        for row in rows.iter().filter(|row| !names.contains(row.get_ref())) {
            let name = row.get_ref();
            self.meaning(row.span(), format!("`bounded_by` names `{name}`, which is no field"));
        }
    }

    fn sort(&mut self, sort: &Sort, names: &Places) {
        for name in sort.default.iter().chain(&sort.fields) {
            if !names.contains(name) {
                self.meaning(0..0, format!("`sort` names `{name}`, which is not a field"));
            }
        }
    }

    fn field(
        &mut self,
        id: FieldId,
        row: FieldRow,
        (bits, tells_set): (IntegerBits, bool),
        hunting: Option<&Hunting>,
    ) -> Option<Field> {
        let kind = self.kind(&row.kind)?;
        let scale = self.scale(row.scale.as_ref(), kind);
        let recorded = self.recorded(&row, kind);
        let unit = row.unit.as_ref().filter(|_| kind != Type::Timestamp);
        let unit = unit.and_then(|unit| self.unit(unit, kind));
        let (operators, own_operators) = match &row.operators {
            Some(names) => self.operators(names),
            None => (defaults::operators(kind, row.cardinality), Vec::new()),
        };
        let values = self.values(row.values, row.open, row.values_look_like, kind);
        let column = self.column(row.hunting, hunting).map(|name| Column {
            name,
            certainty: row.hunting_certainty,
            labels: row.hunting_labels,
            values_certainty: row.hunting_values_certainty,
        });
        Some(Field {
            id,
            record: self.record(row.record, &row.name),
            name: row.name.into_inner(),
            aliases: row.aliases.into_iter().map(At::into_inner).collect(),
            kind,
            scale,
            unit,
            recorded,
            bits,
            cardinality: row.cardinality,
            operators,
            own_operators,
            values,
            ignores_case: row.ignores_case,
            is_address: row.is_address,
            tells_set: tells_set && row.cardinality != Cardinality::One,
            record_certainty: row.record_certainty,
            record_key: row.record_key.unwrap_or_default(),
            hunting: column,
            columns: row.columns,
            description: row.description,
            source: row.source,
        })
    }

    /// What the numbers of a row count.
    fn unit(&mut self, row: &At<String>, kind: Type) -> Option<Measure> {
        let counts = matches!(kind, Type::Integer | Type::Double | Type::Decimal);
        let unit = Measure::named(row.get_ref()).filter(|_| counts);
        if unit.is_none() {
            let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
            let message = if counts {
                format!("`unit` is one of `{}`", names.join("`, `"))
            } else {
                "`unit` stands on rows of type `integer`, `double`, `decimal` or `timestamp`"
                    .to_owned()
            };
            self.meaning(row.span(), message);
        }
        unit
    }

    /// How instants stand in records.
    fn recorded(&mut self, row: &FieldRow, kind: Type) -> RecordedTime {
        let mut time = RecordedTime::default();
        if let Some(unit) = row.unit.as_ref().filter(|_| kind == Type::Timestamp) {
            let named = TimeUnit::ALL.into_iter().find(|known| known.name() == unit.get_ref());
            if named.is_none() {
                let names = TimeUnit::ALL.map(TimeUnit::name).join("`, `");
                self.meaning(unit.span(), format!("`unit` of a timestamp is one of `{names}`"));
            }
            time.unit = named.unwrap_or_default();
        }
        if let Some(zone) = &row.zone {
            let name = zone.get_ref();
            let named = Zone::named(name);
            if kind != Type::Timestamp {
                let message = "`zone` stands on rows of type `timestamp`".to_owned();
                self.meaning(zone.span(), message);
            } else if named.is_none() {
                let message = format!("`{name}` is not a time zone; write {ZONE_FORMS}");
                self.meaning(zone.span(), message);
            }
            time.zone = named.unwrap_or_default();
        }
        time
    }

    /// Digits behind the point, where the type has them.
    fn scale(&mut self, row: Option<&At<i64>>, kind: Type) -> u8 {
        /// Where the row gives none.
        const USUAL: u8 = 9;
        let Some(row) = row else { return USUAL };
        let scale = u8::try_from(*row.get_ref()).ok();
        let scale = scale.filter(|scale| u32::from(*scale) <= MOST_DIGITS);
        if kind != Type::Decimal {
            self.meaning(row.span(), "`scale` stands on rows of type `decimal`".to_owned());
        } else if scale.is_none() {
            self.meaning(row.span(), format!("`scale` is a number from 0 to {MOST_DIGITS}"));
        }
        scale.unwrap_or(USUAL)
    }

    /// Where the field stands; where the row does not say, at its name.
    fn record(&mut self, said: Option<At<Vec<String>>>, name: &At<String>) -> Vec<RecordPath> {
        let Some(paths) = said else {
            return match name.get_ref().parse() {
                Ok(path) => vec![path],
                Err(_) => {
                    let message = format!(
                        "the name `{}` is no path in a record; say where the field stands, `record = \"…\"`, or that it stands in none, `record = false`",
                        name.get_ref()
                    );
                    self.meaning(name.span(), message);
                    Vec::new()
                }
            };
        };
        let place = paths.span();
        let read = paths.get_ref().iter().filter_map(|text| {
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
            let declared = self.declared.iter().map(At::get_ref);
            let declared = declared.into_iter().find(|own| own.eq_ignore_ascii_case(row.get_ref()));
            let name = declared.unwrap_or(row.get_ref());
            let op = Op::named(name).filter(|op| declared.is_none() && op.row().in_api);
            match op {
                Some(op) if !known.contains(&op) => known.push(op),
                None if !own.contains(name) && is_operator_name(name) => {
                    if declared.is_none() {
                        self.undeclared(row);
                    }
                    own.push(name.clone());
                }
                Some(_) | None => {
                    let message =
                        format!("the operator `{name}` is listed twice or is not a plain word");
                    self.meaning(row.span(), message);
                }
            }
        }
        (known, own)
    }

    /// Every declared name is a plain word.
    fn declared(&mut self) {
        for row in self.declared.iter().filter(|row| !is_operator_name(row.get_ref())) {
            let message = format!("the operator `{}` is not a plain word", row.get_ref());
            self.meaning(row.span(), message);
        }
    }

    /// An operator that neither the language nor the file knows: a slip where one is very like it.
    fn undeclared(&mut self, row: &At<String>) {
        const MOST_EDITS: usize = 2;
        let name = row.get_ref();
        let known = ops::ALL.iter().map(|op| op.row()).filter(|op| op.in_api).map(|op| op.name);
        let names = known.chain(self.declared.iter().map(|own| own.get_ref().as_str()));
        let near = nearest(name, names)
            .into_iter()
            .find(|near| strsim::osa_distance(&name.to_ascii_lowercase(), near) <= MOST_EDITS);
        let place = span(row.span());
        match near {
            Some(near) => self.problems.push(messages::operator_slip(place, name, near)),
            None => self.hints.push(messages::operator_undeclared(place, name)),
        }
    }

    fn values(
        &mut self,
        row: Option<At<ValuesRow>>,
        open: bool,
        looks_like: Option<At<String>>,
        kind: Type,
    ) -> Option<Values> {
        let Some(row) = row else {
            if let Some(pattern) = looks_like {
                let message = "`values_look_like` stands beside `values`".to_owned();
                self.meaning(pattern.span(), message);
            }
            return None;
        };
        let place = row.span();
        let mut pattern = looks_like.map(|pattern| (pattern.span(), pattern.into_inner()));
        let rows = match row.into_inner() {
            ValuesRow::Inline(rows) => rows,
            ValuesRow::Named(name) => match self.lists.iter().rfind(|list| list.name == name) {
                Some(list) => {
                    let own = list.values_look_like.as_ref();
                    pattern = pattern.or(own.map(|own| (place.clone(), own.clone())));
                    list.values.clone()
                }
                None => {
                    self.meaning(place, format!("there is no list `{name}`"));
                    return None;
                }
            },
        };
        let named = self.named(rows, &place, kind);
        let shape = pattern.and_then(|(place, text)| self.shape(place, &text, &named));
        Some(Values::new(named, open, shape))
    }

    fn named(&mut self, rows: Vec<ValueRow>, place: &Range<usize>, kind: Type) -> Vec<Named> {
        let mut named: Vec<Named> = Vec::with_capacity(rows.len());
        let mut wires = Places::default();
        for row in rows {
            let Some(value) = wire_value(&row, kind) else {
                let message = format!("the value of `{}` is not of type `{kind}`", row.label);
                self.meaning(place.clone(), message);
                continue;
            };
            let api = row.api.filter(|api| *api != value);
            let row = Named { value, api, label: row.label, also: row.also };
            for wire in row.wires() {
                let earlier = wires.get(&wire).and_then(|same| named.get(*same.last()?));
                let twice = earlier.is_some_and(|earlier| earlier.value != row.value);
                wires.list(wire.clone(), |same| same.push(named.len()));
                if twice {
                    let message = format!("two named values are both written `{wire}`");
                    self.meaning(place.clone(), message);
                }
            }
            named.push(row);
        }
        named
    }

    /// The pattern of a list, which every value of the list has to fit.
    fn shape(&mut self, place: Range<usize>, text: &str, named: &[Named]) -> Option<Shape> {
        let shape: Shape = match text.parse() {
            Ok(shape) => shape,
            Err(why) => {
                self.meaning(place, format!("`values_look_like`: {why}"));
                return None;
            }
        };
        let misfit = named.iter().flat_map(Named::wires).find(|wire| !shape.fits(wire));
        if let Some(wire) = misfit {
            self.meaning(place, format!("`{wire}` does not look like `{text}`"));
        }
        Some(shape)
    }

    fn column(&mut self, name: Option<At<String>>, table: Option<&Hunting>) -> Option<String> {
        let name = name?;
        let names = |table: &Hunting| table.columns.iter().any(|(own, _)| own == name.get_ref());
        if !table.is_some_and(names) {
            self.meaning(
                name.span(),
                format!("`{}` is not a column of the hunting table", name.get_ref()),
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
        (Value::Bool(_), Type::Boolean)
        | (Value::Int(_), Type::Integer | Type::Timestamp)
        | (Value::Text(_), Type::String) => Some(value.clone()),
        _ => typed(value, kind),
    }
}

/// A value of a type that TOML and JSON have no form of their own for: a number, or its text.
fn typed(value: &Value, kind: Type) -> Option<Value> {
    let text = value.to_string();
    match (value, kind) {
        (Value::Int(_) | Value::Double(_) | Value::Text(_), Type::Double) => {
            Double::read(&text).map(Value::Double)
        }
        (Value::Int(_) | Value::Double(_) | Value::Text(_), Type::Decimal) => {
            Decimal::read(&text).map(Value::Decimal)
        }
        (Value::Text(_), Type::Date) => Day::read(&text).map(Value::Day),
        _ => None,
    }
}
