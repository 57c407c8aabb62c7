//! What one engine says in its own way. One file an engine implements this, and nothing else.
//!
//! Law: every hook is required. A default would be another engine's meaning.

use std::borrow::Cow;

use chrono::{DateTime, Datelike as _, Utc};

use crate::fold::glob::Piece;
use crate::fold::{self, glob};
use crate::schema::Field;
use crate::time::{Millis, StoredTime};
use crate::value::{Cardinality, Type};

use super::Param;
use super::document::Documents;
use crate::emit::formula::Refusal;

/// An engine's way of saying things. Texts that are handed to a hook are SQL already, unless the
/// hook says otherwise.
pub trait Dialect: Sync {
    /// What is plainly so of it.
    fn facts(&self) -> &'static Facts;
    /// What has to be known of the engine by whoever asks for a field.
    fn caution(&self, field: &Field) -> Option<&'static str>;

    /// A name, quoted.
    fn identifier(&self, name: &str) -> String;
    /// False where the engine can have no column of that name (not SQL).
    fn can_name(&self, name: &str) -> bool;

    /// A text (not SQL) as a literal, which no text can leave, whatever the engine's settings are.
    fn text(&self, text: &str) -> String;
    /// What stands for a boolean.
    fn boolean(&self, value: bool) -> Param;
    /// What stands for a bound value. It is the one of that number, counted from 1.
    fn placeholder(&self, number: usize, value: &Param) -> Cow<'static, str>;
    /// How a whole list is bound as one value, where the engine is better off with it.
    fn lists(&self) -> Option<&dyn Lists>;

    /// A condition that always or never holds.
    fn constant(&self, holds: bool) -> &'static str;
    /// Holds exactly when the condition is false or NULL.
    fn not_true(&self, condition: &str) -> String;

    /// A text in lower case: ASCII letters and no others. `None` where the engine has no function
    /// that does so; [`Dialect::find`] knows another way there.
    fn fold(&self, text: &str) -> Option<String>;
    /// A text holds a needle (not SQL), ASCII letters folded; false or NULL when the text is NULL.
    /// `value` says a bound value.
    fn find(&self, how: Find, text: &str, needle: &str, value: Bind<'_>) -> String;

    /// A pattern of the language (not SQL) as the engine's own, letters in lower case, or what of it
    /// the engine does not know.
    fn pattern(&self, pattern: &str) -> Result<String, Refusal>;

    /// One value of a column that holds several, within [`Dialect::any`].
    fn element(&self, kind: Element) -> &'static str;
    /// Some value of a column that holds several fulfils a condition on [`Dialect::element`].
    /// Elements that are null are NULL or left out.
    fn any(&self, column: &str, kind: Element, condition: &str) -> Condition;
    /// A column that holds several values holds one of these, where the engine has a function for
    /// it that is plainer than [`Dialect::any`] or that indexes know.
    fn overlaps(
        &self,
        column: &str,
        kind: Element,
        values: &mut dyn FnMut() -> Listed,
    ) -> Option<Condition>;

    /// The id of a key object, as text; NULL when it has none.
    fn key_id(&self, key: &str) -> String;
    /// Tests that all hold when a key object has these members; NULL or false when it lacks one.
    /// `value` says a bound value.
    fn key_has(&self, key: &str, members: Members<'_>, value: Bind<'_>) -> Vec<Condition>;

    /// How it reads JSON documents, when it does.
    fn documents(&self) -> Option<&dyn Documents>;

    /// The engine's own type for instants, when it has one.
    fn native_time(&self) -> Option<NativeTime>;

    /// `LIMIT` and `OFFSET` with a space before each, or nothing. `ordered`: behind `ORDER BY`.
    fn paging(&self, limit: Option<u64>, skip: Option<u64>, ordered: bool) -> String;

    /// How it holds numbers with a fraction and days; `None` where it cannot hold them exactly.
    fn held(&self, typed: Typed) -> Option<Held>;

    /// The type of a column.
    fn column_type(&self, cell: Cell, cardinality: Cardinality) -> &'static str;
    /// What a field's column must fulfil besides its type; it holds for NULL.
    fn column_check(&self, column: &str, field: &Field) -> Option<String>;
}

/// What one value of a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text,
    /// A whole number; also an instant as a number.
    Whole,
    /// A boolean.
    Flag,
    /// An instant of the engine's own type.
    Instant,
    /// A key object.
    Key,
}

/// What one value of a column is, where engines differ in whether and how they hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A binary64 number.
    Double,
    /// A decimal number of 38 digits, so many of them behind the point.
    Decimal(u8),
    /// A calendar day.
    Day,
}

impl Typed {
    /// The type of a column, from an engine's names of the three; the digits stand behind that of
    /// decimals.
    pub(super) fn name(self, [double, decimal, day]: [&'static str; 3]) -> Cow<'static, str> {
        match self {
            Typed::Double => double.into(),
            Typed::Decimal(scale) => format!("{decimal}(38,{scale})").into(),
            Typed::Day => day.into(),
        }
    }
}

/// One value of a column that holds several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// One that every engine holds.
    Cell(Cell),
    /// One of the others.
    Typed(Typed),
}

impl Element {
    /// What values of a field are, with instants stored so.
    pub(super) fn of(field: &Field, time: StoredTime) -> Element {
        match field.kind {
            Type::String => Element::Cell(Cell::Text),
            Type::Timestamp => Element::Cell(match time {
                StoredTime::Number(_) => Cell::Whole,
                StoredTime::Native => Cell::Instant,
                StoredTime::Iso => Cell::Text,
            }),
            Type::Integer => Element::Cell(Cell::Whole),
            Type::Boolean => Element::Cell(Cell::Flag),
            Type::EntityKey | Type::File | Type::Folder => Element::Cell(Cell::Key),
            Type::Double => Element::Typed(Typed::Double),
            Type::Decimal => Element::Typed(Typed::Decimal(field.scale)),
            Type::Date => Element::Typed(Typed::Day),
        }
    }
}

/// How an engine holds values that not every engine holds.
#[derive(Clone, Debug)]
pub struct Held {
    /// The type of a column of one value.
    pub column: Cow<'static, str>,
    /// The type of a column of several; `None` where it cannot hold them.
    pub list: Option<Cow<'static, str>>,
    /// What stands before and behind a value that is compared with the column, which is said as a
    /// text of a decimal number or a day, and as a number for a double.
    pub around: [Cow<'static, str>; 2],
    /// What stands behind a bound text that is cast.
    pub behind_text: &'static str,
}

impl Held {
    /// Values that are compared as they are bound or written out.
    pub(super) fn plain(
        column: impl Into<Cow<'static, str>>,
        list: impl Into<Option<String>>,
    ) -> Held {
        let list = list.into().map(Cow::Owned);
        let around = ["".into(), "".into()];
        Held { column: column.into(), list, around, behind_text: "" }
    }

    /// Values of a type, cast to it from what is bound or written out.
    pub(super) fn cast(
        column: impl Into<Cow<'static, str>>,
        list: impl Into<Option<String>>,
    ) -> Held {
        let column = column.into();
        let around = ["CAST(".into(), format!(" AS {column})").into()];
        Held { around, ..Held::plain(column, list) }
    }
}

/// The facts of a dialect: what needs no saying in SQL.
#[derive(Debug)]
pub struct Facts {
    /// Its name, as in `--to sqlite`.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What it is, in a few words.
    pub title: &'static str,
    /// The engine as people call it, in diagnostics.
    pub product: &'static str,
    /// True when the tests run the engine, false when they can only parse the text.
    pub is_executed: bool,
    /// How many bytes of a name the engine looks at.
    pub longest_name: usize,
    /// The most bound values of one statement, some left over for whoever embeds the condition.
    pub most_params: usize,
    /// How long a text may be that is compared or looked for, in units of UTF-16.
    pub longest_text: usize,
    /// How many bytes of a statement the engine reads as it is installed.
    pub longest_statement: usize,
    /// How texts are compared where `=` and `IN` do not compare them exactly.
    pub exact: Option<Exact>,
    /// What stands behind a text that is compared as less or greater byte by byte, with a space
    /// before it; nothing where the engine compares texts so in any case.
    pub text_order: &'static str,
    /// True when `NOT IN` of NULL is NULL whatever stands beside it.
    pub keeps_null: bool,
    /// True when the members of a key that is NULL are NULL.
    pub keeps_members: bool,
    /// True when an order can say `NULLS LAST`; else NULL is smaller than everything.
    pub says_nulls_last: bool,
    /// The least whole number of 64 bits, as the engine reads it. Where it is plain digits, the engine
    /// reads them with their sign, or as a decimal number that it compares with a column exactly.
    pub least_integer: &'static str,
    /// What stands behind a table's columns, with a space before it, or nothing.
    pub table_options: &'static str,
}

/// A text is one of these values, or none of them; as tight as `AND`.
pub type Exact = fn(text: &str, values: &[Cow<'static, str>], outside: bool) -> String;

/// Says a bound value.
pub type Bind<'b> = &'b mut dyn FnMut(Param) -> String;

/// A list as one bound value. Texts that are handed to a hook are SQL already.
pub trait Lists {
    /// The bound value.
    fn bound(&self, values: Vec<Param>) -> Param;
    /// A list as a literal, from its values, where [`Lists::bound`] gives a [`Param::List`].
    fn array(&self, items: &str) -> String;
    /// A value is one of a list, of texts or of other values.
    fn among(&self, value: &str, list: &str, texts: bool) -> String;
    /// A text holds one of the needles of a list, which are folded.
    fn find(&self, how: Find, text: &str, list: &str) -> Condition;
}

/// A condition of its own.
#[derive(Clone, Debug)]
pub struct Condition {
    /// It in SQL.
    pub sql: String,
    /// True when it is never NULL.
    pub certain: bool,
    /// What it is, as far as others have to know.
    pub shape: Shape,
}

/// What a condition is, as far as others have to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `x IS NULL` or `x IS NOT NULL`, which binds no value.
    NullTest,
    /// `EXISTS (…)`, before which `NOT` needs no parentheses.
    Exists,
    /// Anything else.
    Plain,
}

impl Condition {
    /// A condition that may be NULL.
    pub fn new(sql: String) -> Self {
        Condition { sql, certain: false, shape: Shape::Plain }
    }

    /// A condition that is never NULL.
    pub fn sure(sql: String) -> Self {
        Condition { certain: true, ..Condition::new(sql) }
    }
}

/// Where a needle has to stand in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// Anywhere.
    Inside,
    /// At the start.
    Start,
    /// At the end.
    End,
    /// It is the text.
    Whole,
    /// It is a pattern as [`Dialect::pattern`] says it, and the text fits it.
    Fits,
}

impl From<fold::Find> for Find {
    fn from(find: fold::Find) -> Self {
        match find {
            fold::Find::Inside => Find::Inside,
            fold::Find::Start => Find::Start,
            fold::Find::End => Find::End,
            fold::Find::Fits => Find::Fits,
        }
    }
}

/// A list of values in SQL.
#[derive(Clone, Debug)]
pub enum Listed {
    /// Written out, separated by commas.
    Items(String),
    /// One bound value that is the list.
    Param(String),
}

/// Members of a key object that are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Members<'k> {
    /// The id.
    pub id: Option<&'k str>,
    /// The app's id.
    pub saas: Option<i64>,
    /// The number of the app's instance.
    pub inst: Option<i64>,
}

impl Members<'_> {
    /// Each of them equals its value, for engines that reach members by name. `place` says where
    /// one is.
    pub(super) fn each(self, value: Bind<'_>, place: impl Fn(&str) -> String) -> Vec<Condition> {
        let id = self.id.map(|id| ("id", Param::Text(id.to_owned())));
        let saas = self.saas.map(|saas| ("saas", Param::Int(saas)));
        let inst = self.inst.map(|inst| ("inst", Param::Int(inst)));
        let has = |(name, wanted)| Condition::new([&place(name), " = ", &value(wanted)].concat());
        [id, saas, inst].into_iter().flatten().map(has).collect()
    }
}

/// An engine's own type for instants.
#[derive(Clone, Copy)]
pub struct NativeTime {
    /// An instant as the text that is bound; `None` when the type does not reach so far.
    pub text: fn(Millis) -> Option<String>,
    /// That text, in SQL, as an instant.
    pub instant: fn(&str) -> String,
    /// True when columns that hold several instants have it too; else they hold numbers of ms.
    pub in_lists: bool,
    /// The years that it reaches, for diagnostics.
    pub reach: &'static str,
}

/// A text between marks, each mark within it said twice: how SQL quotes names and texts.
pub(super) fn marked(text: &str, mark: char) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(mark);
    for piece in text.split_inclusive(mark) {
        out.push_str(piece);
        if piece.ends_with(mark) {
            out.push(mark);
        }
    }
    out.push(mark);
    out
}

/// Rows of a source fulfil a condition.
pub(super) fn exists(source: &str, condition: &str) -> Condition {
    let sql = format!("EXISTS (SELECT 1 FROM {source} WHERE {condition})");
    Condition { shape: Shape::Exists, ..Condition::sure(sql) }
}

/// A text fits a pattern of [`like`].
pub(super) fn fits(text: &str, pattern: &str) -> String {
    format!("{text} LIKE {pattern} ESCAPE '{ESCAPE}'")
}

/// Escapes in patterns: a backslash would be read in texts, too.
const ESCAPE: char = '!';

/// A pattern for [`fits`].
pub(super) fn like(pattern: &str) -> String {
    wild(pattern, ['%', '_'], &['%', '_', ESCAPE], |c| format!("{ESCAPE}{c}"))
}

/// A pattern in which these stand for a run and for one character, and special ones are escaped.
pub(super) fn wild(
    pattern: &str,
    [run, one]: [char; 2],
    special: &[char],
    escaped: fn(char) -> String,
) -> String {
    let mut out = String::with_capacity(pattern.len());
    for piece in glob::pieces(pattern) {
        match piece {
            Piece::Run => out.push(run),
            Piece::One => out.push(one),
            Piece::Itself(c) if special.contains(&c) => out.push_str(&escaped(c)),
            Piece::Itself(c) => out.push(c.to_ascii_lowercase()),
        }
    }
    out
}

const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";

/// A text with its ASCII letters in lower case, where `lower` folds others too.
pub(super) fn translated(text: &str) -> String {
    format!("translate({text}, '{UPPER}', '{LOWER}')")
}

/// `LIMIT` and `OFFSET` of numbers that fit in 64 bits.
pub(super) fn paged(limit: Option<u64>, skip: Option<u64>) -> String {
    let clause =
        |name, count: Option<u64>| count.map(|count| format!(" {name} {}", fitting(count)));
    [clause("LIMIT", limit), clause("OFFSET", skip)].into_iter().flatten().collect()
}

/// The number, or the largest with a sign in 64 bits: no table holds more.
pub(super) fn fitting(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// RFC 3339 in UTC with ms, for the years 1 to 9999.
pub(super) fn rfc3339(at: Millis) -> Option<String> {
    let time = DateTime::<Utc>::from_timestamp_millis(at)?;
    (1..=9999).contains(&time.year()).then(|| time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// A text as a literal where a backslash escapes.
pub(super) fn backslashed(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
