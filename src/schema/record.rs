//! Where a field stands in a record: member names joined by dots, such as `items[].id`.
//!
//! A name that holds a dot or a blank stands in quotes: `annotations."k8s.io/decision"`.
//!
//! `[]` behind a name says that a list stands there, whose elements are gone through; `[0]` that
//! one of its elements is meant. A list that is not marked is no value, but for a field of many
//! values whose path has no `[]` at all: there the matcher walks every list.

use std::fmt::{self, Write as _};

/// A way from the top of a record to a field's values.
///
/// ```
/// use tamis::schema::{RecordPath, Step};
/// let path: RecordPath = "items[].id".parse()?;
/// assert_eq!(path.steps, [Step::Member("items".into()), Step::Each, Step::Member("id".into())]);
/// assert_eq!(path.to_string(), "items[].id");
/// assert!("items[x]".parse::<RecordPath>().is_err());
/// let path: RecordPath = "annotations.\"k8s.io/decision\"".parse()?;
/// assert_eq!(path.steps[1], Step::Member("k8s.io/decision".into()));
/// assert_eq!(path.to_string(), "annotations.\"k8s.io/decision\"");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPath {
    /// In the order in which they are taken; the first is a member.
    pub steps: Vec<Step>,
}

/// One step of a way through a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of that name.
    Member(String),
    /// To each element of a list.
    Each,
    /// To one element of a list, counted from 0.
    Element(u32),
}

impl std::str::FromStr for RecordPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is not a path; names are joined by dots, one with a dot in it is quoted, `[]` comes after one that holds a list, `[0]` for its first element"
            )
        };
        steps(text).map(|steps| RecordPath { steps }).ok_or_else(wrong)
    }
}

fn steps(text: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = text;
    loop {
        let (name, behind) = member(rest)?;
        steps.push(Step::Member(name));
        let (marks, behind) = behind.split_at(behind.find('.').unwrap_or(behind.len()));
        for mark in marks.split_inclusive(']') {
            steps.push(mark_step(mark)?);
        }
        match behind.strip_prefix('.') {
            Some(more) => rest = more,
            None => return Some(steps),
        }
    }
}

/// The name at the start of a text, and what stands behind it.
fn member(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (name, behind) = text.split_at(text.find(['.', '[']).unwrap_or(text.len()));
        return (!name.is_empty()).then(|| (name.to_owned(), behind));
    };
    let mut name = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return Some((name, chars.as_str())),
            '\\' => name.push(chars.next()?),
            c => name.push(c),
        }
    }
}

/// A name as a path says it: in quotes where it would be read otherwise without.
fn write_member(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    let divides = |c: char| c.is_whitespace() || matches!(c, '.' | '[' | ']' | '"' | '\\');
    if !name.is_empty() && !name.contains(divides) {
        return f.write_str(name);
    }
    f.write_char('"')?;
    for c in name.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

fn mark_step(mark: &str) -> Option<Step> {
    match mark.strip_prefix('[')?.strip_suffix(']')? {
        "" => Some(Step::Each),
        number => number.parse().ok().map(Step::Element),
    }
}

impl fmt::Display for RecordPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.steps.iter().enumerate() {
            match step {
                Step::Member(name) => {
                    f.write_str(if place == 0 { "" } else { "." })?;
                    write_member(f, name)?;
                }
                Step::Each => f.write_str("[]")?,
                Step::Element(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}

/// Names of a key object's members in records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordKey {
    /// Member that holds the id.
    pub id: String,
    /// Member that holds the app's id.
    pub saas: String,
    /// Member that holds the instance.
    pub inst: String,
}

impl Default for RecordKey {
    fn default() -> Self {
        RecordKey { id: "id".into(), saas: "saas".into(), inst: "inst".into() }
    }
}

#[cfg(test)]
mod tests {
    use super::{RecordPath, Step};

    #[test]
    fn a_path_is_printed_as_it_is_read() {
        for (text, printed) in [
            ("a", Some("a")),
            ("a.b", Some("a.b")),
            ("a[].b[0][]", Some("a[].b[0][]")),
            ("a b.c", Some("\"a b\".c")),
            ("\"a\".c", Some("a.c")),
            ("\"a.b\"[].c", Some("\"a.b\"[].c")),
            (r#""say \"x\" \\".c"#, Some(r#""say \"x\" \\".c"#)),
            ("a.\"\"", Some("a.\"\"")),
            ("@timestamp", Some("@timestamp")),
            ("k8s/x-y", Some("k8s/x-y")),
            ("", None),
            ("a.", None),
            (".a", None),
            ("a..b", None),
            ("[0]", None),
            ("a[x]", None),
            ("a[]b", None),
            ("\"a", None),
            ("\"a\"b", None),
            ("a\"b", Some("\"a\\\"b\"")),
        ] {
            let path = text.parse::<RecordPath>();
            assert_eq!(path.as_ref().map(ToString::to_string).ok().as_deref(), printed, "{text}");
            if let Ok(path) = path {
                assert_eq!(path.to_string().parse(), Ok(path), "{text}");
            }
        }
        let path = RecordPath { steps: vec![Step::Member("a[]".into())] };
        assert_eq!(path.to_string().parse(), Ok(path));
    }
}
