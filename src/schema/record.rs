//! Where a field stands in a record: member names joined by dots, such as `items[].id`.
//!
//! `[]` behind a name says that a list stands there, whose elements are gone through; `[0]` that
//! one of its elements is meant. A list that is not marked is no value, but for a field of many
//! values whose path has no `[]` at all: there the matcher walks every list.

use std::fmt;

/// A way from the top of a record to a field's values.
///
/// ```
/// use tamis::schema::{RecordPath, Step};
/// let path: RecordPath = "items[].id".parse()?;
/// assert_eq!(path.steps, [Step::Member("items".into()), Step::Each, Step::Member("id".into())]);
/// assert_eq!(path.to_string(), "items[].id");
/// assert!("items[x]".parse::<RecordPath>().is_err());
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
                "`{text}` is not a path; names are joined by dots, `[]` comes after one that holds a list, `[0]` for its first element"
            )
        };
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (name, marks) = part.split_at(part.find('[').unwrap_or(part.len()));
            if name.is_empty() {
                return Err(wrong());
            }
            steps.push(Step::Member(name.to_owned()));
            for mark in marks.split_inclusive(']') {
                steps.push(mark_step(mark).ok_or_else(wrong)?);
            }
        }
        Ok(RecordPath { steps })
    }
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
                Step::Member(name) if place == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
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
