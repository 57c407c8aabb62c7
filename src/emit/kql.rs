//! KQL, the language of advanced hunting: a query of the schema's hunting table.
//!
//! Columns are those that the schema's rows pair with their fields; types are checked here, since
//! Microsoft's own analyser lets a text be compared with a number.
//!
//! - A text is never null: without a value it is empty, so `isempty` asks for that, and an empty
//!   text cannot be asked for itself.
//! - Other types know null; a comparison with it holds for no record, and for none under `not`.
//! - A list is `dynamic`, an array of texts without null among them. No test looks into its texts.
//! - What ignores case ignores that of ASCII letters, as the language's reference says.
//! - A `datetime` counts finer than ms: an instant is all of its ms.

use super::formula::{self, Language, Refusal, Tie, folds, members};
use super::order::Order;
use super::text::{Said, behind, instant, join, too_far};
use super::{Choice, Emitted, Form, Output, Proof, Target, pattern};
use crate::diag::suggest::most_alike;
use crate::diag::template::one_of;
use crate::diag::{Diagnostic, messages};
use crate::fold::Find;
use crate::query::test::Test;
use crate::query::{Atom, Node, Predicate, Query, Range, Sign};
use crate::schema::{Certainty, Field, Hunting, Schema};
use crate::value::{At, Cardinality, Line, Type, Value};

/// KQL as advanced hunting takes it.
#[derive(Debug)]
pub struct Kql;

const PRODUCT: &str = "KQL";

/// The most values of one `in`.
const MOST: usize = 32_767;

impl Target for Kql {
    fn name(&self) -> &'static str {
        "kql"
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["kusto"]
    }

    fn title(&self) -> &'static str {
        "KQL: a query of the schema's table in advanced hunting"
    }

    fn proof(&self) -> Proof {
        Proof::StandIn
    }

    fn choices(&self) -> &'static [Choice] {
        &[Choice::Table]
    }

    fn emit(&self, query: &Query<'_>, form: &Form) -> Result<Emitted, Vec<Diagnostic>> {
        let schema = query.schema();
        let Some(table) = &schema.hunting else {
            let what = format!("a query of {}: no hunting table holds them", schema.name);
            let refusal = Refusal::new(what, "its schema can name one, with columns: `[hunting]`");
            return Err(vec![refusal.at(query.root().span(), PRODUCT)]);
        };
        if form.table.as_deref() == Some("") {
            let refusal = Refusal::new("a table without a name", "name another");
            return Err(vec![refusal.at(query.root().span(), PRODUCT)]);
        }
        let language = Hunt { schema, table };
        let condition = formula::say(&language, query.normal())?;
        let mut text = name(form.table.as_deref().unwrap_or(&table.table));
        if *query.normal() != Node::All {
            text.push_str(&format!(" | where {}", condition.text));
        }
        text.push_str(&language.tail(query)?);
        Ok(Emitted { output: Output::Text { text }, warnings: language.guesses(query.normal()) })
    }

    fn ddl(&self, _schema: &Schema, _form: &Form) -> Option<String> {
        None
    }
}

/// A name; every word of the language but two begins with a small letter, so that a name that
/// does not stands for itself.
fn name(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !["True", "False"].contains(&name);
    if plain { name.to_owned() } else { format!("[{}]", literal(name)) }
}

fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

struct Hunt<'q> {
    schema: &'q Schema,
    table: &'q Hunting,
}

/// A field's column.
struct Column<'q> {
    field: &'q Field,
    /// The name as it is written.
    name: String,
    shape: Shape,
    labels: bool,
}

/// What a column's type can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    Number,
    Real,
    Time,
    Bool,
    List,
}

impl Shape {
    fn of(kql: &str) -> Option<Shape> {
        Some(match kql {
            "string" => Shape::Text,
            "int" | "long" => Shape::Number,
            "real" => Shape::Real,
            "datetime" => Shape::Time,
            "bool" => Shape::Bool,
            "dynamic" => Shape::List,
            _ => return None,
        })
    }

    /// Whether values of the type can stand in it, or their labels.
    fn holds(self, kind: Type, labels: bool) -> bool {
        match self {
            Shape::Text | Shape::List => labels || kind == Type::String || kind.is_key(),
            Shape::Number => !labels && matches!(kind, Type::Integer | Type::Timestamp),
            Shape::Real => !labels && kind == Type::Double,
            Shape::Time => !labels && kind == Type::Timestamp,
            Shape::Bool => !labels && kind == Type::Boolean,
        }
    }
}

impl Language for Hunt<'_> {
    type Said = Said;

    fn product(&self) -> &'static str {
        PRODUCT
    }

    fn holds(&self, kind: Type) -> bool {
        formula::is_common(kind) || kind == Type::Double
    }

    fn constant(&self, holds: bool) -> Said {
        Said::test(holds.to_string())
    }

    fn join(&self, tie: Tie, parts: Vec<Said>) -> Said {
        join(tie, parts)
    }

    fn test(&self, field: &Field, test: &Test<'_>, negated: bool) -> Result<Said, Refusal> {
        let column = self.column(field)?;
        if column.shape == Shape::List {
            return column.list(test, negated);
        }
        Ok(match test {
            Test::Set => column.set(negated),
            Test::Equal(values) => column.equal(values, negated)?,
            Test::Outside(values) => column.outside(values, negated)?,
            Test::Text(how, needles) => column.search(*how, needles, negated)?,
            Test::Order(ranges) => column.within(ranges, negated)?,
        })
    }
}

impl<'q> Hunt<'q> {
    fn column<'f>(&self, field: &'f Field) -> Result<Column<'f>, Refusal> {
        let Some(column) = &field.hunting else { return Err(self.no_column(field)) };
        let kql = self.table.columns.iter().find(|(name, _)| *name == column.name);
        let kql = kql.map_or("", |(_, kql)| kql.as_str());
        let shape = Shape::of(kql).filter(|shape| shape.holds(field.kind, column.labels));
        let Some(shape) = shape else {
            let what = format!(
                "`{}`, of type {}, by the column `{}`, of type {kql}",
                field.name, field.kind, column.name
            );
            let instead = "the schema has to pair it with a column of its own type";
            return Err(Refusal::new(what, instead));
        };
        Ok(Column { field, name: name(&column.name), shape, labels: column.labels })
    }

    /// Names the nearest fields that have a column: of the same type where there are such.
    fn no_column(&self, field: &Field) -> Refusal {
        let paired = || self.schema.fields().iter().filter(|other| other.hunting.is_some());
        let alike = |others: &mut dyn Iterator<Item = &'q Field>| {
            most_alike(&field.name, others.map(|other| other.name.as_str()))
        };
        let mut near = alike(&mut paired().filter(|other| other.kind == field.kind));
        if near.is_empty() {
            near = alike(&mut paired());
        }
        let what = format!("`{}`: {} has no column for it", field.name, self.table.table);
        Refusal::new(
            what,
            match near.as_slice() {
                [] => "its schema pairs no field with a column: `hunting = \"…\"`".to_owned(),
                near => format!("it has one for {}", one_of(near.iter().copied())),
            },
        )
    }

    /// Order and paging, with a `|` before each.
    fn tail(&self, query: &Query<'_>) -> Result<String, Vec<Diagnostic>> {
        let tail = query.tail();
        let refuse = |refusal: Refusal| vec![refusal.at(tail.span, PRODUCT)];
        if tail.skip.is_some_and(|skip| skip > 0) {
            let instead = "go on with a condition on the field that is sorted by";
            return Err(refuse(Refusal::new("`skip`: a query there has no pages", instead)));
        }
        let mut out = String::new();
        if let Some(Order { field, up }) = Order::of(query).map_err(refuse)? {
            let column = self.column(field).map_err(refuse)?;
            if column.shape == Shape::List {
                let what = format!("an order by the list `{}`", column.name);
                return Err(refuse(Refusal::new(what, "sort by a field with a single value")));
            }
            if column.labels {
                let what = format!("an order by `{}`, which holds names there", field.name);
                return Err(refuse(Refusal::new(what, "order by a field with values of its own")));
            }
            out.push_str(&format!(" | sort by {}", column.order(up)));
        }
        if let Some(limit) = tail.limit {
            out.push_str(&format!(" | take {}", i64::try_from(limit).unwrap_or(i64::MAX)));
        }
        Ok(out)
    }

    /// A warning for each field whose column, or what stands in it for the values that are asked
    /// for, nobody publishes.
    fn guesses(&self, root: &Node<'_>) -> Vec<Diagnostic> {
        let mut seen = Vec::new();
        let mut found = Vec::new();
        for atom in root.atoms() {
            let Some(column) = &atom.field.hunting else { continue };
            let (field, table) = (&atom.field.name, &self.table.table);
            let warning = if column.certainty == Certainty::Guess {
                messages::guessed_column(atom.span, field, table, &column.name)
            } else if column.guesses_labels() && compares(atom) {
                messages::guessed_labels(atom.span, field, table, &column.name)
            } else {
                continue;
            };
            if !seen.contains(&atom.field.id) {
                seen.push(atom.field.id);
                found.push(warning);
            }
        }
        found
    }
}

/// Whether the condition asks for values, not only whether there is one.
fn compares(atom: &Atom<'_>) -> bool {
    match &atom.predicate {
        Predicate::Set => false,
        Predicate::Equal(values) => values.iter().any(|value| *value != Value::Null),
        Predicate::Outside(_)
        | Predicate::Text(..)
        | Predicate::Order(_)
        | Predicate::Words(_)
        | Predicate::Below(_)
        | Predicate::Own(..) => true,
    }
}

impl Column<'_> {
    /// True when there is always a value.
    fn is_filled(&self) -> bool {
        self.field.cardinality == Cardinality::One
    }

    /// An order by it, from small to large or the other way, what has no value at the end.
    fn order(&self, up: bool) -> String {
        let name = &self.name;
        match (up, self.is_filled(), self.shape) {
            (false, _, _) => format!("{name} desc"),
            (true, true, _) => format!("{name} asc"),
            (true, false, Shape::Text) => format!("isempty({name}) asc, {name} asc"),
            (true, false, _) => format!("{name} asc nulls last"),
        }
    }

    fn set(&self, negated: bool) -> Said {
        if self.is_filled() {
            return Said::test((!negated).to_string());
        }
        let not = if negated { "" } else { "not" };
        let without = if self.shape == Shape::Text { "empty" } else { "null" };
        Said::test(format!("is{not}{without}({})", self.name))
    }

    /// What holds of a value, or of none at all.
    fn or_unset(&self, said: Said) -> Said {
        if self.is_filled() { said } else { join(Tie::Or, vec![self.set(true), said]) }
    }

    fn equal(&self, values: &[&Value], negated: bool) -> Result<Said, Refusal> {
        let said = self.among(values, negated)?;
        // An empty text is none of those that can be asked for.
        Ok(if negated && self.shape != Shape::Text { self.or_unset(said) } else { said })
    }

    /// Some value is none of these.
    fn outside(&self, values: &[&Value], negated: bool) -> Result<Said, Refusal> {
        let said = self.among(values, !negated)?;
        let tie = if negated { Tie::Or } else { Tie::And };
        Ok(if self.is_filled() { said } else { join(tie, vec![self.set(negated), said]) })
    }

    /// A value is one of these, or none of them; what that gives without a value is open.
    fn among(&self, values: &[&Value], outside: bool) -> Result<Said, Refusal> {
        let folds = self.shape == Shape::Text && folds(self.field);
        let literals: Result<Vec<String>, Refusal> =
            values.iter().map(|value| self.literal(value)).collect();
        let one = match (outside, folds) {
            (false, false) => "==",
            (false, true) => "=~",
            (true, false) => "!=",
            (true, true) => "!~",
        };
        let several =
            format!("{}in{}", if outside { "!" } else { "" }, if folds { "~" } else { "" });
        let part = |literals: &[String]| match literals {
            [only] => Said::test(format!("{} {one} {only}", self.name)),
            _ => Said::test(format!("{} {several} ({})", self.name, literals.join(", "))),
        };
        let parts = literals?.chunks(MOST).map(part).collect();
        Ok(join(if outside { Tie::And } else { Tie::Or }, parts))
    }

    /// A value as it stands in the column.
    fn literal(&self, value: &Value) -> Result<String, Refusal> {
        if self.labels {
            return self.label(value);
        }
        match value {
            Value::Bool(value) => Ok(value.to_string()),
            Value::Int(at) => self.at((*at).into()),
            Value::Double(_) | Value::Decimal(_) | Value::Day(_) => Ok(value.to_string()),
            Value::Null | Value::Text(_) | Value::Key(_) => {
                let text = value.text().unwrap_or_default();
                if members(value).next().is_some() {
                    let what = format!("more than the id of a key: `{}` holds ids", self.name);
                    return Err(Refusal::new(what, "write the id alone"));
                }
                if text.is_empty() && self.shape == Shape::Text && !self.is_filled() {
                    return Err(self.no_empty_text());
                }
                Ok(literal(text))
            }
        }
    }

    fn label(&self, value: &Value) -> Result<String, Refusal> {
        let named = self.field.values.as_ref().and_then(|values| values.of(value));
        named.map(|named| literal(&named.label)).ok_or_else(|| {
            let what = format!("`{value}`: `{}` holds labels, and it has none", self.name);
            Refusal::new(
                what,
                format!("`tamis schema show` lists the labels of `{}`", self.field.name),
            )
        })
    }

    /// The value at a place of the field's line.
    fn at(&self, at: At) -> Result<String, Refusal> {
        match self.field.line().and_then(|line| line.value(at)) {
            Some(Value::Int(at)) if self.shape == Shape::Time => {
                let text = instant(at).ok_or_else(|| too_far(self.field))?;
                Ok(format!("datetime({text})"))
            }
            Some(Value::Int(i64::MIN)) => {
                // The sign is an operator there, and the number behind it more than a `long` holds.
                let instead = format!("it has the numbers from {} on", i64::MIN + 1);
                Err(Refusal::new(format!("the number {}", i64::MIN), instead))
            }
            Some(value) => Ok(value.to_string()),
            None => Err(too_far(self.field)),
        }
    }

    fn search(&self, how: Find, needles: &[String], negated: bool) -> Result<Said, Refusal> {
        if self.labels {
            let what = format!("a search in `{}`, which holds labels", self.name);
            let instead = format!("name whole values: `{} in (…)`", self.field.name);
            return Err(Refusal::new(what, instead));
        }
        let not = if negated { "!" } else { "" };
        let one = |operator: &str, needle: &String| {
            Ok(Said::test(format!("{} {not}{operator} {}", self.name, literal(needle))))
        };
        let parts = needles.iter().map(|needle| match how {
            Find::Inside => one("contains", needle),
            Find::Start => one("startswith", needle),
            Find::End => one("endswith", needle),
            Find::Fits if needle.is_empty() && !self.is_filled() => Err(self.no_empty_text()),
            Find::Fits => Ok(self.fits(needle, negated)),
        });
        let tie = if negated { Tie::And } else { Tie::Or };
        Ok(join(tie, parts.collect::<Result<Vec<Said>, Refusal>>()?))
    }

    fn fits(&self, needle: &str, negated: bool) -> Said {
        let own = pattern::fits(needle, ".", ["", ""], pattern::either);
        let found = format!("{} matches regex {}", self.name, literal(&format!(r"(?s)^{own}\z")));
        Said::test(if negated { format!("not({found})") } else { found })
    }

    fn no_empty_text(&self) -> Refusal {
        let what = format!("an empty text in `{}`, which is no value there", self.name);
        Refusal::new(what, format!("`{} is not set` asks for that", self.field.name))
    }

    fn within(&self, ranges: &[Range], negated: bool) -> Result<Said, Refusal> {
        let parts: Result<Vec<Said>, Refusal> =
            ranges.iter().map(|range| self.between(range)).collect();
        let said = join(Tie::Or, parts?);
        Ok(if negated { self.or_unset(Said::test(format!("not({})", said.text))) } else { said })
    }

    fn between(&self, range: &Range) -> Result<Said, Refusal> {
        let line = self.field.line().unwrap_or(Line::Whole);
        let side = |(sign, at): (Sign, At)| match sign {
            Sign::From => Some((">=", at)),
            Sign::After => Some((">", at)),
            // The engine's instants count finer than ms, so an end is excluded one ms later.
            Sign::UpTo if self.shape == Shape::Time => {
                let next = i64::try_from(at).ok().and_then(behind)?;
                Some(("<", next.into()))
            }
            Sign::UpTo => Some(("<=", at)),
            Sign::Before => Some(("<", at)),
        };
        let parts: Result<Vec<Said>, Refusal> = range
            .sides(line)
            .filter_map(side)
            .map(|(sign, at)| Ok(Said::test(format!("{} {sign} {}", self.name, self.at(at)?))))
            .collect();
        let parts = parts?;
        Ok(if parts.is_empty() { self.set(false) } else { join(Tie::And, parts) })
    }

    /// A test of a list.
    fn list(&self, test: &Test<'_>, negated: bool) -> Result<Said, Refusal> {
        match test {
            Test::Set => Ok(filled(&self.name, negated)),
            Test::Equal(values) if !folds(self.field) => {
                let one = |value: &&Value| {
                    Ok(Said::test(format!(
                        "set_has_element({}, {})",
                        self.name,
                        self.literal(value)?
                    )))
                };
                let parts: Result<Vec<Said>, Refusal> = values.iter().map(one).collect();
                let said = join(Tie::Or, parts?);
                let not = |said: Said| Said::test(format!("not(coalesce({}, false))", said.text));
                Ok(if negated { not(said) } else { said })
            }
            Test::Outside(values) if !folds(self.field) => {
                let literals: Result<Vec<String>, Refusal> =
                    values.iter().map(|value| self.literal(value)).collect();
                let list = literals?.join(", ");
                Ok(filled(&format!("set_difference({}, dynamic([{list}]))", self.name), negated))
            }
            Test::Equal(_) | Test::Outside(_) | Test::Text(..) | Test::Order(_) => {
                let what = format!("a test that looks into the texts of the list `{}`", self.name);
                let instead = format!("name whole values: `{} in (…)`", self.field.name);
                Err(Refusal::new(what, instead))
            }
        }
    }
}

/// A list holds something, or nothing.
fn filled(list: &str, negated: bool) -> Said {
    Said::test(if negated {
        format!("coalesce(array_length({list}), 0) == 0")
    } else {
        format!("array_length({list}) > 0")
    })
}
