//! Reads a published filter table and writes it as a schema file.
//!
//! Such tables are pages for people, with slips. Where one leaves something open the import decides
//! and says so with a warning (T0704) that points at the place; nothing is dropped silently.

mod cells;
mod tables;
mod values;

use hashbrown::HashMap;

use crate::diag::suggest::nearest;
use crate::diag::{Diagnostic, messages, wording};
use crate::fold;
use crate::ops::{Op, Takes, Test};
use crate::quote::is_invisible;
use crate::schema::{Named, Schema};
use crate::span::Span;
use crate::value::{TYPES, Type, Value};
use cells::Cell;
use tables::{Row, Tables};
use values::Description;

/// A schema file made from a published table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The schema file; empty when the text holds no table.
    pub toml: String,
    /// What the table left open, in its order, with places in the text that was read. With an
    /// error among them the file is not to be used.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the filter tables of a page, in markdown or as plain text, as the schema `name`.
///
/// ```
/// use tamis::{Schema, import::import};
///
/// let page = "\
/// | Filter | Type | Operators | Description |
/// | --- | --- | --- | --- |
/// | severity | integer | eq, neq | Filter by severity. Possible values include:<br>**0**: Low<br>**1**: High |";
/// let imported = import(page, "alerts");
/// assert_eq!(imported.diagnostics, []);
/// let schema = Schema::from_toml(&imported.toml).unwrap();
/// assert_eq!(schema.field("severity").unwrap().values.as_ref().unwrap().named[1].label, "High");
/// ```
#[must_use]
pub fn import(text: &str, name: &str) -> Imported {
    let tables = Tables::of(text);
    let heading = tables.headings.first().copied();
    let mut importer = Importer { problems: tables.problems, ..Importer::default() };
    for row in tables.rows {
        let Row { name, kind, .. } = row;
        importer.row(&Row { name: name.one_line(), kind: kind.one_line(), ..row });
    }
    let Importer { mut problems, fields, .. } = importer;
    if fields.is_empty() {
        problems.push(messages::no_table(heading.unwrap_or_default()));
        return Imported { toml: String::new(), diagnostics: problems };
    }
    problems.sort_by_key(|problem| problem.span);
    let toml = file(name, &fields);
    // No file leaves here that cannot be loaded, such as one with too many fields.
    let refused = Schema::from_toml(&toml).err().unwrap_or_default();
    let place = heading.unwrap_or_default();
    problems.extend(
        refused.into_iter().map(|problem| messages::schema_meaning(place, problem.message)),
    );
    Imported { toml, diagnostics: problems }
}

/// A field as it is written to the file.
struct Field {
    name: Cell,
    kind: Type,
    operators: Vec<String>,
    values: Vec<Named>,
    /// Values besides the listed ones are accepted: the list is about this kind of them only.
    only: String,
    description: String,
    example: String,
}

#[derive(Default)]
struct Importer {
    problems: Vec<Diagnostic>,
    fields: Vec<Field>,
    /// Places of the fields by name in lower case.
    names: HashMap<String, usize>,
}

impl Importer {
    fn warn(&mut self, place: Span, message: String, help: &str) {
        self.problems.push(messages::table_open(place, message, help));
    }

    fn row(&mut self, row: &Row) {
        let name = row.name.text();
        if name.is_empty() {
            let place = row.kind.span().to(row.description.span());
            self.warn(
                place,
                "a row has no name and was left out".into(),
                "its first cell is empty",
            );
            return;
        }
        let before = self.problems.len();
        let field = self.field(row);
        match self.names.get(&fold::caseless(name)).copied() {
            Some(first) => self.repeated(first, field, row, before),
            None => {
                self.names.insert(fold::caseless(name), self.fields.len());
                self.fields.push(field);
            }
        }
    }

    fn field(&mut self, row: &Row) -> Field {
        let name = row.name.text();
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) {
            let message =
                format!("the name {} holds more than letters, digits and dots", shown(name));
            self.warn(row.name.span(), message, "it was taken as it is");
        }
        let (shifted, description) = self.shifted(row);
        let parts = Description::of(&description);
        let operators = self.operators(row, shifted);
        let kind = self.kind(row, &operators, parts.prose.text());
        let mut values = Vec::new();
        if let Some(list) = &parts.list {
            values = values::read(list, name, kind, &mut self.problems);
            values::tell_apart(&mut values, list, name, &mut self.problems);
            if list.text().is_empty() {
                let message = format!("{} announces possible values but lists none", shown(name));
                self.warn(
                    description.span(),
                    message,
                    "values stand one a line, each as `3: Risky`",
                );
            }
        }
        Field {
            name: row.name.clone(),
            kind,
            operators,
            only: if values.is_empty() { String::new() } else { parts.only },
            values,
            description: parts.prose.text().replace('\n', " "),
            example: self.example(name, parts.example.as_ref()),
        }
    }

    /// Undoes a cell border in the wrong place: `| eq | neq Filter activities … |`.
    fn shifted(&mut self, row: &Row) -> (Option<Cell>, Cell) {
        let text = row.description.text();
        let end = text.find(' ').unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end).unwrap_or_default();
        let is_shifted = Op::named(word).is_some_and(|op| op.row().in_api && op.row().name == word)
            && rest.trim_start().starts_with(char::is_uppercase);
        if !is_shifted {
            return (None, row.description.clone());
        }
        let operator = row.description.part(0..end);
        let message = format!(
            "the description of {} begins with the operator {}",
            shown(row.name.text()),
            shown(word)
        );
        self.warn(operator.span(), message, "it was counted among the row's operators");
        (Some(operator), row.description.part(end..text.len()))
    }

    fn operators(&mut self, row: &Row, shifted: Option<Cell>) -> Vec<String> {
        let text = row.operators.text();
        let mut start = 0;
        let parts = text.split([',', ';', '/', ' ', '\n']).map(|part| {
            let range = start..start + part.len();
            start = range.end + 1;
            row.operators.part(range)
        });
        let mut found: Vec<String> = Vec::new();
        for part in parts.chain(shifted).filter(|part| !matches!(part.text(), "" | "and" | "or")) {
            let place = part.span();
            let word = shown(part.text());
            let Some(operator) = self.operator(&part, row.name.text()) else { continue };
            if found.iter().any(|known| known.eq_ignore_ascii_case(&operator)) {
                let message =
                    format!("the operator {word} of {} is listed twice", shown(row.name.text()));
                self.warn(place, message, "it was taken once");
            } else {
                found.push(operator);
            }
        }
        if found.is_empty() {
            let message = format!("{} lists no operators", shown(row.name.text()));
            self.warn(
                row.name.span(),
                message,
                "nothing can be asked of it until the schema lists some",
            );
        }
        found
    }

    fn operator(&mut self, part: &Cell, field: &str) -> Option<String> {
        let word = part.text();
        if let Some(op) = Op::named(word).filter(|op| op.row().in_api) {
            let name = op.row().name;
            if name != word {
                let message = format!(
                    "the operator {} of {} was read as `{name}`",
                    shown(word),
                    shown(field)
                );
                self.warn(part.span(), message, "operators are written in lower case");
            }
            return Some(name.to_owned());
        }
        let is_name = word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let (fate, help) = if is_name {
            ("kept", "the field passes it through to the API; other targets refuse it")
        } else {
            ("left out", "an operator is one plain word")
        };
        let message =
            format!("{} of {} is not a known operator and was {fate}", shown(word), shown(field));
        self.warn(part.span(), message, help);
        is_name.then(|| word.to_owned())
    }

    fn kind(&mut self, row: &Row, operators: &[String], prose: &str) -> Type {
        let (name, said) = (shown(row.name.text()), row.kind.text());
        if let Some(kind) = Type::named(said) {
            return kind;
        }
        if said.is_empty() {
            let kind = inferred(operators, prose);
            let message = format!("{name} has no type and was read as `{kind}`");
            self.warn(
                row.name.span(),
                message,
                "its operators and its description suggest that type",
            );
            return kind;
        }
        let near = || nearest(said, TYPES.iter().map(|(_, name)| *name));
        let meant = type_named(said).or_else(|| near().first().and_then(|name| Type::named(name)));
        let kind = meant.unwrap_or_else(|| inferred(operators, prose));
        let message = format!("{} is not a type; {name} was read as `{kind}`", shown(said));
        let help = match meant {
            Some(_) => "that is the type with the nearest name",
            None => "its operators and its description suggest that type",
        };
        self.warn(row.kind.span(), message, help);
        kind
    }

    fn example(&mut self, field: &str, example: Option<&Cell>) -> String {
        let Some(example) = example else { return String::new() };
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(example.text()) {
            let message = format!("the example of {} is not JSON", shown(field));
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            let help =
                format!("{reason} in its column {}; it was kept as a comment", error.column());
            self.warn(example.span(), message, &help);
        }
        example.text().replace('\n', " ")
    }

    /// A row whose name stands further up. `before` is how many problems there were before it.
    fn repeated(&mut self, first: usize, again: Field, row: &Row, before: usize) {
        let Some(field) = self.fields.get_mut(first) else { return };
        let united = field.united(&again);
        let kept = field.kept(&again);
        let name = shown(row.name.text());
        let mut message = format!("{name} stands twice in the table");
        if united.is_empty() && kept.is_empty() {
            // What was said of the first row need not be said again.
            self.problems.truncate(before);
        } else {
            let united = (!united.is_empty())
                .then(|| format!("{} of both rows were united", united.join(" and ")));
            let kept = (!kept.is_empty())
                .then(|| format!("{} of the first row was kept", kept.join(" and ")));
            let fates: Vec<String> = united.into_iter().chain(kept).collect();
            message = format!("{message} and differs: {}", fates.join(", "));
        }
        let place = field.name.span();
        let warning =
            messages::table_open(row.name.span(), message, "one field was made of the two rows");
        self.problems.push(warning.label(place, wording::the_first_row()));
        field.unite(again, &mut self.problems);
    }
}

impl Field {
    /// What differs in another row of the same name and is united.
    fn united(&self, other: &Field) -> Vec<&'static str> {
        let operators = self.operators.len() != other.operators.len()
            || other.operators.iter().any(|operator| !self.operators.contains(operator));
        let values = self.kind == other.kind && self.values != other.values;
        [(operators, "operators"), (values, "values")]
            .into_iter()
            .filter_map(|(differs, what)| differs.then_some(what))
            .collect()
    }

    /// What differs in another row of the same name and is not taken from it.
    fn kept(&self, other: &Field) -> Vec<&'static str> {
        let differing = [
            (self.kind != other.kind, "type"),
            (self.description != other.description, "description"),
            (self.example != other.example, "example"),
        ];
        differing.into_iter().filter_map(|(differs, what)| differs.then_some(what)).collect()
    }

    fn unite(&mut self, other: Field, problems: &mut Vec<Diagnostic>) {
        for operator in other.operators {
            if !self.operators.iter().any(|known| known.eq_ignore_ascii_case(&operator)) {
                self.operators.push(operator);
            }
        }
        if self.kind == other.kind && self.values != other.values {
            values::unite(&mut self.values, other.values);
            values::tell_apart(&mut self.values, &other.name, self.name.text(), problems);
        }
    }

    fn write(&self, out: &mut String) {
        out.push('\n');
        if !self.example.is_empty() {
            out.push_str(&format!("# Example: {}\n", self.example));
        }
        if !self.only.is_empty() {
            out.push_str(&format!(
                "# The table lists only the possible {} values.\n",
                self.only.replace('\n', " ")
            ));
        }
        out.push_str("[[field]]\n");
        out.push_str(&format!("name = {}\n", quoted(self.name.text())));
        out.push_str(&format!("type = {}\n", quoted(self.kind.name())));
        out.push_str("cardinality = \"optional\"\n");
        let operators: Vec<String> =
            self.operators.iter().map(|operator| quoted(operator)).collect();
        out.push_str(&format!("operators = [{}]\n", operators.join(", ")));
        if !self.values.is_empty() {
            let rows: Vec<String> = self.values.iter().map(value_row).collect();
            out.push_str(&format!("values = [\n{}]\n", rows.concat()));
        }
        if !self.only.is_empty() {
            out.push_str("open = true\n");
        }
        // A published table says nothing of records.
        out.push_str("record = false\n");
        if !self.description.is_empty() {
            out.push_str(&format!("description = {}\n", quoted(&self.description)));
        }
    }
}

fn value_row(named: &Named) -> String {
    let value = match &named.value {
        Value::Null => "null = true".to_owned(),
        Value::Bool(value) => format!("value = {value}"),
        Value::Int(_) | Value::Double(_) => format!("value = {}", named.value),
        Value::Decimal(_) | Value::Day(_) => {
            format!("value = {}", quoted(&named.value.to_string()))
        }
        Value::Text(value) => format!("value = {}", quoted(value)),
        Value::Key(key) => format!("value = {}", quoted(&key.id)),
    };
    let also: Vec<String> = named.also.iter().map(|label| quoted(label)).collect();
    let also =
        if also.is_empty() { String::new() } else { format!(", also = [{}]", also.join(", ")) };
    let api = match &named.api {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(value)) => format!(", api = {value}"),
        Some(value @ (Value::Int(_) | Value::Double(_))) => format!(", api = {value}"),
        Some(value @ (Value::Decimal(_) | Value::Day(_))) => {
            format!(", api = {}", quoted(&value.to_string()))
        }
        Some(Value::Text(value)) => format!(", api = {}", quoted(value)),
        Some(Value::Key(key)) => format!(", api = {}", quoted(&key.id)),
    };
    format!("    {{ {value}{api}, label = {}{also} }},\n", quoted(&named.label))
}

/// The schema file.
fn file(name: &str, fields: &[Field]) -> String {
    const HEAD: &str = "\
# Read from a published filter table with `tamis schema import`.
#
# Such a table does not say how many values a record can have, nor where they stand in it. Every
# field has `optional` here: write `many` where one record can have several values, `one` where
# every record has exactly one. `record`, `hunting` and `source` are left to be added.

";
    let mut out = format!("{HEAD}name = {}\n", quoted(name));
    let mut own: Vec<String> = Vec::new();
    for name in fields.iter().flat_map(|field| &field.operators).filter(|name| !is_operator(name)) {
        if !own.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            own.push(name.clone());
        }
    }
    if !own.is_empty() {
        let names: Vec<String> = own.iter().map(|name| quoted(name)).collect();
        out.push_str(&format!("own_operators = [{}]\n", names.join(", ")));
    }
    fields.iter().for_each(|field| field.write(&mut out));
    out
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_invisible(c) => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The type of a name: as schema files write it, or as other tables do.
fn type_named(name: &str) -> Option<Type> {
    let other = match name.to_ascii_lowercase().as_str() {
        "bool" => Some(Type::Boolean),
        "int" | "int32" => Some(Type::Integer),
        "date" | "datetime" => Some(Type::Timestamp),
        "pk" | "entity" => Some(Type::EntityKey),
        _ => None,
    };
    Type::named(name).or(other)
}

/// The type that a row without one has, to judge by its operators and its description.
fn inferred(operators: &[String], prose: &str) -> Type {
    let operators = || operators.iter().filter_map(|name| Op::named(name));
    let orders = |op: Op| matches!(op.row().test, Test::Order(_));
    let days = operators().any(|op| op.row().takes == Takes::Days);
    let mut words = prose.split(|c: char| !c.is_alphanumeric());
    let time = words.any(|word| {
        ["time", "times", "date", "dates", "when"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    });
    if days || time && operators().any(orders) {
        Type::Timestamp
    } else if operators().any(orders) {
        Type::Integer
    } else {
        Type::String
    }
}

/// True for the name of an operator that filter tables list.
fn is_operator(word: &str) -> bool {
    Op::named(word).is_some_and(|op| op.row().in_api)
}

/// A text from the table in backticks, cut after 40 characters.
fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let head: String = text.chars().take(MOST).map(|c| if c == '\n' { ' ' } else { c }).collect();
    let more = if text.chars().nth(MOST).is_some() { "…" } else { "" };
    format!("`{head}{more}`")
}
