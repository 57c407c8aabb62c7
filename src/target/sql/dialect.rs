//! What one engine says in its own way. One file an engine implements this, and nothing else.
//!
//! Law: every hook is required. A default would be another engine's meaning.

use std::borrow::Cow;

use crate::schema::Field;
use crate::time::Millis;
use crate::value::Type;

use super::Param;

/// An engine's way of saying things. Texts that are handed to a hook are SQL already, unless the
/// hook says otherwise.
pub trait Dialect: Sync {
    /// Its name, as in `--to sqlite`.
    fn name(&self) -> &'static str;
    /// Other names for it.
    fn aliases(&self) -> &'static [&'static str];
    /// What it is, in a few words.
    fn title(&self) -> &'static str;
    /// The engine as people call it, in diagnostics.
    fn product(&self) -> &'static str;

    /// A name, quoted.
    fn identifier(&self, name: &str) -> String;
    /// How many bytes of a name the engine looks at.
    fn longest_name(&self) -> usize;

    /// A text (not SQL) as a literal, which no text can leave, whatever the engine's settings are.
    fn text(&self, text: &str) -> String;
    /// What stands for a boolean.
    fn boolean(&self, value: bool) -> Param;
    /// A list as one bound value.
    fn list(&self, values: Vec<Param>) -> Param;
    /// A list as a literal, from its values in SQL, where [`Dialect::list`] gives a list.
    fn array(&self, items: &str) -> String;
    /// What stands for the bound value of that number, counted from 1.
    fn placeholder(&self, number: usize) -> Cow<'static, str>;
    /// The most bound values of one statement, some left over for whoever embeds the condition.
    fn most_params(&self) -> usize;

    /// A condition that always or never holds.
    fn constant(&self, holds: bool) -> &'static str;
    /// Holds exactly when the condition is false or NULL.
    fn not_true(&self, condition: &str) -> String;

    /// A text in lower case: ASCII letters and no others.
    fn fold(&self, text: &str) -> String;
    /// A folded text holds a folded needle; false or NULL when the text is NULL. Each call of
    /// `needle` says it once more.
    fn find(&self, how: Find, text: &str, needle: &mut dyn FnMut() -> String) -> String;
    /// A folded text holds one of the folded needles of a list.
    fn find_listed(&self, how: Find, text: &str, list: &str) -> String;
    /// A value is one of a bound list.
    fn in_listed(&self, value: &str, list: &str) -> String;

    /// The values of a column that holds several, as rows, and what says one of them there.
    /// Elements that are null are NULL or left out.
    fn each(&self, column: &str, kind: Type) -> Each;
    /// A column that holds several values holds one of these, where the engine has an operator
    /// for it that indexes know; it may be NULL when the column is.
    fn overlaps(
        &self,
        column: &str,
        kind: Type,
        values: &mut dyn FnMut() -> Listed,
    ) -> Option<String>;

    /// The id of a key object, as text; NULL when it has none.
    fn key_id(&self, key: &str) -> String;
    /// A key object has these members; NULL or false when it lacks one. `value` says a bound value.
    fn key_has(
        &self,
        key: &str,
        members: Members<'_>,
        value: &mut dyn FnMut(Param) -> String,
    ) -> String;

    /// The engine's own type for instants, when it has one.
    fn native_time(&self) -> Option<NativeTime>;

    /// `LIMIT` and `OFFSET` with a space before each, or nothing.
    fn paging(&self, limit: Option<u64>, skip: Option<u64>) -> String;

    /// The type of a field's column.
    fn column_type(&self, field: &Field, native_time: bool) -> &'static str;
    /// What a field's column must fulfil besides its type; it holds for NULL.
    fn column_check(&self, column: &str, field: &Field) -> Option<String>;
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
}

/// The values of a column as rows.
#[derive(Clone, Debug)]
pub struct Each {
    /// What stands after `FROM`.
    pub source: String,
    /// One value.
    pub element: &'static str,
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

/// An engine's own type for instants.
#[derive(Clone, Copy)]
pub struct NativeTime {
    /// An instant as the text that is bound; `None` when the type does not reach so far.
    pub text: fn(Millis) -> Option<String>,
    /// That text, in SQL, as an instant.
    pub instant: fn(&str) -> String,
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
