//! The one trait through which the matcher reads: a JSON value, wherever it stands.

use std::borrow::Cow;

/// A JSON value that can be read in place. `'r` is how long its texts live.
///
/// Two sources come with the crate: `&serde_json::Value`, and a line of raw JSON (feature `raw`).
/// Of two members with one name the later counts.
pub trait Record<'r>: Copy {
    /// What it is; of lists and objects only that.
    fn json(self) -> Json<'r>;

    /// The member of an object with that name; `None` of anything else.
    fn member(self, name: &str) -> Option<Self>;

    /// True when some element of a list passes the test; the first that does ends the search.
    fn any_element(self, test: &mut dyn FnMut(Self) -> bool) -> bool;
}

/// A JSON value without the contents of lists and objects.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'r> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Number(f64),
    /// A text, unescaped.
    Text(Cow<'r, str>),
    /// A list.
    List,
    /// An object.
    Object,
}
