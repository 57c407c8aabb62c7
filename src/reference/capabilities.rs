//! The printed page of capabilities: what each target says of each operator and type, found by
//! asking the emitters. `docs/capabilities.md` holds it, and a test fails when the page differs.

use std::fmt::Write as _;

use crate::emit::{self, Choice, Form, Target};
use crate::fold::Find;
use crate::ops::{self, Op, Takes, Test};
use crate::options::Options;
use crate::query::Query;
use crate::schema::Schema;
use crate::time::StoredTime;
use crate::value::{TYPES, Type};

/// The page as Markdown.
///
/// ```
/// assert!(tamis::reference::capabilities::print().contains("## SQLite"));
/// ```
#[must_use]
pub fn print() -> String {
    let mut out = HEAD.to_owned();
    // A schema of our own loads; were it not so, the page would differ and its test fail.
    if let Ok(schema) = Schema::from_toml(&probe()) {
        let queries = Queries::of(&schema);
        let all = emit::all().iter();
        let bodies = all.map(|target| (*target, body(*target, &queries)));
        for (targets, body) in alike(bodies) {
            section(&targets, &body, &mut out);
        }
    }
    out
}

const HEAD: &str = "# Capabilities\n\n\
Printed by asking the targets; `UPDATE_REFERENCE=1 cargo test --test docs` prints it anew.\n\n\
`yes`: the output selects exactly what the query means. `note`: so it does, with a warning that \
says what the engine needs. `no`: refused, with what would work instead. Empty: the operator means \
nothing for the type. Where it depends on how many values a field can have, a cell says it for \
`one`, `optional` and `many`. Fields whose row says `case = \"insensitive\"` have a column of their \
own, \"any case\", where what is said of their type is not true of them. Operators, types and targets \
of which the same is true stand together; patterns are asked for with `?` and `*`, and a target that \
refuses them may say those without `?`; of other layouts than the default only what differs is \
told.\n";

const ANY_CASE: &str = " (any case)";

/// What a column of the tables stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    kind: Type,
    any_case: bool,
}

impl Kind {
    /// Every type, and those of texts once more in any case.
    fn all() -> impl Iterator<Item = Kind> {
        let of = |any_case| TYPES.iter().map(move |(kind, _)| Kind { kind: *kind, any_case });
        of(false).chain(of(true).filter(|found| found.kind == Type::String || found.kind.is_key()))
    }

    fn title(self) -> String {
        format!("{}{}", self.kind.name(), if self.any_case { ANY_CASE } else { "" })
    }

    fn field(self, cardinality: &str) -> String {
        let name = self.kind.name().replace(' ', "_");
        format!("{name}_{cardinality}{}", if self.any_case { "_any_case" } else { "" })
    }

    /// The row of a schema file, and the type of its column in the hunting table.
    fn row(self, cardinality: &str, operators: &str) -> (String, &'static str) {
        let many = cardinality == "many";
        let (field, kind) = (self.field(cardinality), self.kind.name());
        let case = if self.any_case { "insensitive" } else { "sensitive" };
        let list = if many { "[]" } else { "" };
        let row = format!(
            "[[field]]\nname = \"{field}\"\ntype = \"{kind}\"\ncase = \"{case}\"\n\
             cardinality = \"{cardinality}\"\noperators = [{operators}]\nrecord = \"{field}{list}\"\n\
             hunting = \"{field}\"\nhunting_certainty = \"documented\"\n"
        );
        (row, if many { "dynamic" } else { hunting_type(self.kind) })
    }
}

const CARDINALITIES: [&str; 3] = ["one", "optional", "many"];

/// A field of each kind and cardinality, each in a column of the hunting table.
fn probe() -> String {
    let listed = ops::ALL.iter().filter(|op| op.row().in_api);
    let names: Vec<String> = listed.map(|op| format!("\"{}\"", op.row().name)).collect();
    let operators = names.join(", ");
    let (mut columns, mut fields) = (String::new(), String::new());
    for kind in Kind::all() {
        for cardinality in CARDINALITIES {
            let (row, column) = kind.row(cardinality, &operators);
            // Writing to a string cannot fail.
            let _ = writeln!(columns, "{} = \"{column}\"", kind.field(cardinality));
            fields.push_str(&row);
        }
    }
    format!("{HEADER}{columns}{fields}")
}

const HEADER: &str =
    "name = \"probe\"\ndescription = \"\"\n[kql]\ntable = \"Probe\"\n[kql.columns]\n";

fn hunting_type(kind: Type) -> &'static str {
    match kind {
        Type::String | Type::EntityKey | Type::File | Type::Folder => "string",
        Type::Integer => "long",
        Type::Double => "real",
        Type::Decimal => "decimal",
        Type::Boolean => "bool",
        Type::Timestamp | Type::Date => "datetime",
    }
}

/// The query that each cell asks, one for each cardinality; `None` where it means nothing.
struct Queries<'s>(Vec<Vec<[Option<Query<'s>>; 3]>>);

impl<'s> Queries<'s> {
    fn of(schema: &'s Schema) -> Self {
        let cell = |op: Op, kind: Kind| {
            CARDINALITIES.map(|cardinality| {
                let operand = operand(op, kind.kind);
                let text = format!("{} {} {operand}", kind.field(cardinality), op.row().name);
                crate::check::check(&crate::syntax::parse(&text), schema, &Options::at(0)).query
            })
        };
        let row = |op: &Op| Kind::all().map(|kind| cell(*op, kind)).collect();
        Queries(ops::ALL.iter().map(row).collect())
    }
}

fn operand(op: Op, kind: Type) -> &'static str {
    match (op.row().takes, kind) {
        (Takes::Strings, _) if op.row().test == Test::Text(Find::Fits) => "\"a?*\"",
        (Takes::Strings | Takes::String, _) => "a",
        (Takes::Flag, _) => "",
        (Takes::Days, _) => "7",
        (Takes::Length, _) => "7d",
        (Takes::Day, _) => "2026-10-01",
        (Takes::Ranges, Type::Timestamp | Type::Date) => "2026-10-01..2026-10-08",
        (Takes::Ranges, _) => "1..2",
        (Takes::Values | Takes::Value, kind) => match kind {
            Type::String => "a",
            Type::Integer => "1",
            Type::Double | Type::Decimal => "1.5",
            Type::Boolean => "true",
            Type::Timestamp => "2026-10-01T12:00:00Z",
            Type::Date => "2026-10-01",
            Type::EntityKey | Type::File | Type::Folder => "{ id: a }",
        },
    }
}

/// What a target makes of a condition.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    /// The condition means nothing for the type.
    Untyped,
    Exact,
    Noted,
    Refused,
}

impl Found {
    fn word(self) -> &'static str {
        match self {
            Found::Untyped => "",
            Found::Exact => "yes",
            Found::Noted => "note",
            Found::Refused => "no",
        }
    }
}

/// What is found for each cardinality.
type Cell = [Found; 3];

/// Cells by operator and kind; a row or column may stand for several.
#[derive(Clone, PartialEq)]
struct Grid {
    operators: Vec<String>,
    kinds: Vec<String>,
    cells: Vec<Vec<Cell>>,
}

impl Grid {
    fn ask(target: &dyn Target, queries: &Queries<'_>, form: &Form) -> Self {
        let found = |query: &Option<Query<'_>>| match query {
            None => Found::Untyped,
            Some(query) => match target.emit(query, form) {
                Ok(emitted) if emitted.warnings.is_empty() => Found::Exact,
                Ok(_) => Found::Noted,
                Err(_) => Found::Refused,
            },
        };
        let cell = |cell: &[Option<Query<'_>>; 3]| cell.each_ref().map(found);
        Grid {
            operators: ops::ALL.iter().map(|op| format!("`{}`", op.row().name)).collect(),
            kinds: Kind::all().map(Kind::title).collect(),
            cells: queries.0.iter().map(|row| row.iter().map(cell).collect()).collect(),
        }
    }

    fn transposed(self) -> Self {
        let column = |place| self.cells.iter().filter_map(|row| row.get(place).copied()).collect();
        let cells = (0..self.kinds.len()).map(column).collect();
        Grid { operators: self.kinds, kinds: self.operators, cells }
    }

    /// Equal rows together.
    fn rows_joined(self) -> Self {
        let rows = alike(self.operators.into_iter().zip(self.cells));
        let (operators, cells) =
            rows.into_iter().map(|(names, row)| (names.join(", "), row)).unzip();
        Grid { operators, kinds: self.kinds, cells }
    }

    /// Without the rows of fields in any case that are those of their type.
    fn repeated_left_out(self) -> Self {
        let all: Vec<(String, Vec<Cell>)> = self.operators.into_iter().zip(self.cells).collect();
        let of_type = |name: &str| all.iter().find(|(known, _)| known == plain(name));
        let says_more = |(name, row): &&(String, Vec<Cell>)| {
            plain(name) == name || of_type(name).is_none_or(|(_, known)| known != row)
        };
        let (operators, cells) = all.iter().filter(says_more).cloned().unzip();
        Grid { operators, kinds: self.kinds, cells }
    }

    fn joined(self) -> Self {
        self.transposed().repeated_left_out().rows_joined().transposed().rows_joined()
    }

    /// The rows that differ from those of another.
    fn rows_unlike(self, other: &Grid) -> Self {
        let rows = self.operators.into_iter().zip(self.cells).zip(&other.cells);
        let rows = rows.filter(|((_, row), others)| row != *others).map(|(row, _)| row);
        let (operators, cells) = rows.unzip();
        Grid { operators, kinds: self.kinds, cells }
    }

    /// The rows and columns in which there is a difference from another.
    fn unlike(&self, other: &Grid) -> Self {
        let columns = self.clone().transposed().rows_unlike(&other.clone().transposed());
        let kept = |grid: &Grid| {
            let grid = grid.clone().transposed();
            let rows = grid.operators.into_iter().zip(grid.cells);
            // A type and its fields in any case stay together: one says what the other is unlike.
            let has = |name: &str| columns.operators.iter().any(|kept| plain(kept) == plain(name));
            let (names, cells) = rows.filter(|(name, _)| has(name)).unzip();
            Grid { operators: names, cells, kinds: grid.kinds }.transposed()
        };
        kept(self).rows_unlike(&kept(other))
    }

    /// True when there is nothing that is not refused.
    fn is_refused(&self) -> bool {
        let all = self.cells.iter().flatten().flatten();
        all.into_iter().all(|found| matches!(found, Found::Refused | Found::Untyped))
    }

    fn print(self) -> String {
        let Grid { operators, kinds, cells } = self.joined();
        let rule = "| --- ".repeat(kinds.len() + 1);
        let rows = operators.iter().zip(cells).map(|(name, row)| {
            let words: Vec<String> = row.iter().map(worded).collect();
            format!("| {name} | {} |\n", words.join(" | "))
        });
        let rows: String = rows.collect();
        format!("| operator | {} |\n{rule}|\n{rows}", kinds.join(" | "))
    }
}

/// The type of a column that may be that of fields in any case.
fn plain(name: &str) -> &str {
    name.strip_suffix(ANY_CASE).unwrap_or(name)
}

/// A verdict, or each with the cardinalities it holds for.
fn worded(cell: &Cell) -> String {
    let found = alike(CARDINALITIES.into_iter().zip(cell.map(Found::word)));
    match found.as_slice() {
        [(_, word)] => (*word).to_owned(),
        several => {
            let parts = several.iter().map(|(names, word)| format!("{}: {word}", names.join(", ")));
            parts.collect::<Vec<_>>().join("; ")
        }
    }
}

/// What is the same for several, together, in the order of the first of them.
fn alike<N, T: PartialEq>(pairs: impl Iterator<Item = (N, T)>) -> Vec<(Vec<N>, T)> {
    let mut out: Vec<(Vec<N>, T)> = Vec::new();
    for (name, thing) in pairs {
        match out.iter_mut().find(|(_, known)| *known == thing) {
            Some((names, _)) => names.push(name),
            None => out.push((vec![name], thing)),
        }
    }
    out
}

/// The table of a target, and what its other layouts change.
fn body(target: &dyn Target, queries: &Queries<'_>) -> String {
    let default = Grid::ask(target, queries, &Form::default());
    let changes = layouts(target).into_iter().map(|(flags, form)| {
        let grid = Grid::ask(target, queries, &form);
        (flags, change(&grid, &default))
    });
    let mut out = default.clone().print();
    for (flags, change) in alike(changes) {
        let _ = write!(out, "\nWith {}: {change}", flags.join(" or "));
    }
    out
}

fn change(grid: &Grid, default: &Grid) -> String {
    let unlike = grid.unlike(default);
    if grid.is_refused() {
        "everything is refused.\n".to_owned()
    } else if unlike.cells.is_empty() {
        "the same.\n".to_owned()
    } else {
        format!("this differs.\n\n{}", unlike.print())
    }
}

/// The layouts of tables besides the default that a target has a choice in, by their flags.
fn layouts(target: &dyn Target) -> Vec<(String, Form)> {
    let native = Form { time: Some(StoredTime::Native), ..Form::default() };
    let document = Form { document: Some("record".to_owned()), ..Form::default() };
    let both = Form { time: Some(StoredTime::Native), ..document.clone() };
    let told = |form: Form| {
        let made: Vec<Choice> =
            Choice::ALL.iter().copied().filter(|choice| choice.is_made(&form)).collect();
        let has_all = made.iter().all(|choice| target.choices().contains(choice));
        let flag = |choice: &Choice| match (choice, form.time) {
            (Choice::Time, Some(time)) => format!("--{} {}", choice.name(), time.name()),
            (Choice::Table | Choice::Time | Choice::Document, _) => format!("--{}", choice.name()),
        };
        let flags: Vec<String> = made.iter().map(flag).collect();
        has_all.then(|| (format!("`{}`", flags.join(" ")), form))
    };
    [native, document, both].into_iter().filter_map(told).collect()
}

fn section(targets: &[&dyn Target], body: &str, out: &mut String) {
    let title =
        |target: &&dyn Target| target.title().split(':').next().unwrap_or_default().to_owned();
    let titles: Vec<String> = targets.iter().map(title).collect();
    let _ = write!(out, "\n## {}\n\n", titles.join(", "));
    for target in targets {
        let _ = writeln!(out, "* `--to {}` {}.", target.name(), target.proof().title());
    }
    let _ = write!(out, "\n{body}");
}
