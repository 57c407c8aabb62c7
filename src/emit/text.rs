//! Conditions in languages of text whose words are `and` and `or`.
//!
//! Law: parentheses say what the tree says, and a long list is written as a balanced tree, since
//! engines stop at some hundred levels and count one for each part of a flat list.

use chrono::{DateTime, SecondsFormat, Utc};

use super::formula::{Refusal, Tie};
use crate::schema::Field;
use crate::time::Millis;

/// The longest list that is written flat.
const FLAT: usize = 100;

/// A condition, with what holds it together when it is not a single test.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) text: String,
    tie: Option<Tie>,
}

impl Said {
    /// A single test.
    pub(super) fn test(text: impl Into<String>) -> Said {
        Said { text: text.into(), tie: None }
    }

    /// The condition, in parentheses unless it is a single test.
    pub(super) fn apart(&self) -> String {
        if self.tie.is_some() { format!("({})", self.text) } else { self.text.clone() }
    }

    /// As a part of what is held together.
    fn within(&self, outer: Tie) -> String {
        if self.tie == Some(Tie::Or) && outer == Tie::And {
            self.apart()
        } else {
            self.text.clone()
        }
    }
}

/// All of them hold, or one of them does; a single one stays as it is.
pub(super) fn join(tie: Tie, mut parts: Vec<Said>) -> Said {
    if parts.len() == 1 {
        return parts.pop().unwrap_or_else(|| Said::test(""));
    }
    let word = match tie {
        Tie::Or => " or ",
        Tie::And => " and ",
    };
    let text = if parts.len() <= FLAT {
        parts.iter().map(|part| part.within(tie)).collect::<Vec<_>>().join(word)
    } else {
        let right = parts.split_off(parts.len() / 2);
        [parts, right].map(|half| join(tie, half).apart()).join(word)
    };
    Said { text, tie: Some(tie) }
}

/// RFC 3339 in UTC with ms; `None` outside of the years 1 to 9999.
pub(super) fn instant(at: Millis) -> Option<String> {
    let years = -62_135_596_800_000..253_402_300_800_000;
    let time = DateTime::<Utc>::from_timestamp_millis(at).filter(|_| years.contains(&at))?;
    Some(time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// The next ms, which ends a time that counts finer; `None` behind the last that can be written.
pub(super) fn behind(at: Millis) -> Option<Millis> {
    let last = instant(at).is_some() && instant(at.saturating_add(1)).is_none();
    (!last).then(|| at.saturating_add(1))
}

/// An instant that [`instant`] does not write.
pub(super) fn too_far(field: &Field) -> Refusal {
    let what = format!("an instant that far away in `{}`", field.name);
    Refusal::new(what, "dates there are of the years 1 to 9999")
}
