//! Named values: which value a text means on a field that has labels for its values.
//!
//! Source: `docs/language.md`, 2.4, "Named values".

use super::Places;
use super::shape::Shape;
use crate::fold;
use crate::value::Value;

/// The named values of a field.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// In the table's order.
    pub named: Vec<Named>,
    /// True when other values of the type are accepted too.
    pub open: bool,
    /// The shape of the values that records hold; an open value of another shape gets a warning.
    pub looks_like: Option<Shape>,
    steps: [Places; 4],
    all_clear: bool,
}

/// A value with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The value that records hold.
    pub value: Value,
    /// What the API takes for it, where that is another value than records hold.
    pub api: Option<Value>,
    /// The label.
    pub label: String,
    /// Further labels.
    pub also: Vec<String>,
}

impl Named {
    /// The value that is sent to the API.
    #[must_use]
    pub fn sent(&self) -> &Value {
        self.api.as_ref().unwrap_or(&self.value)
    }

    /// The wire forms as texts: of records, then of the API where it has its own. `null` has none.
    pub(crate) fn wires(&self) -> impl Iterator<Item = String> {
        let forms = std::iter::once(&self.value).chain(&self.api);
        forms.filter(|value| **value != Value::Null).map(Value::to_string)
    }

    /// The wire form that is spelled just so.
    pub(crate) fn spelled(&self, text: &str) -> Option<&Value> {
        let mut forms = std::iter::once(&self.value).chain(&self.api);
        forms.find(|value| **value != Value::Null && value.to_string() == text)
    }
}

impl Values {
    pub(crate) fn new(named: Vec<Named>, open: bool, looks_like: Option<Shape>) -> Self {
        let mut steps: [Places; 4] = Default::default();
        let [exact, label, folded, loose] = &mut steps;
        for (place, row) in named.iter().enumerate() {
            for wire in row.wires() {
                if !open {
                    add(folded, fold::caseless(&wire), place, &named);
                }
                add(exact, wire, place, &named);
            }
            add(label, row.label.clone(), place, &named);
            for name in std::iter::once(&row.label).chain(&row.also) {
                add(folded, fold::caseless(name), place, &named);
                if !open {
                    add(loose, loosened(name), place, &named);
                }
            }
        }
        let mut values = Values { named, open, looks_like, steps, all_clear: false };
        values.all_clear = values.named.iter().all(|row| values.names(row));
        values
    }

    /// The values that a text can mean, by the first step that finds any: a wire form letter by
    /// letter; a label letter by letter; a label without regard to case, and on a closed list a
    /// wire form so; on a closed list a label without regard to the spaces, `_` and `-` in it.
    /// Several are found only when they are different values.
    ///
    /// ```
    /// let schema = tamis::Schema::builtin("activities")?;
    /// let values = schema.field("ip.category").unwrap().values.as_ref().unwrap();
    /// let label = |text: &str| values.meant_by(text).next().map(|named| named.label.as_str());
    /// assert_eq!(label("3"), Some("Risky"));
    /// assert_eq!(label("cloud-provider"), Some("Cloud provider"));
    /// assert_eq!(label("-3"), None);
    /// # Ok::<(), tamis::Diagnostic>(())
    /// ```
    pub fn meant_by(&self, text: &str) -> impl Iterator<Item = &Named> {
        let [exact, label, folded, loose] = &self.steps;
        let places = exact
            .get(text)
            .or_else(|| label.get(text))
            .or_else(|| folded.get(fold::caseless(text).as_str()))
            .or_else(|| loose.get(loosened(text).as_str()).filter(|_| may_be_loose(text)));
        places.into_iter().flatten().filter_map(|place| self.named.get(*place))
    }

    /// The value whose label or wire form is the text but for what an open list does not overlook:
    /// the case of a wire form, and spaces, `_` and `-` in a label.
    pub(crate) fn nearly(&self, text: &str) -> Option<&Named> {
        let lower = fold::caseless(text);
        let loose = may_be_loose(text).then(|| loosened(text));
        self.named.iter().find(|row| {
            let mut labels = std::iter::once(&row.label).chain(&row.also);
            row.wires().any(|wire| fold::caseless(&wire) == lower)
                || labels.any(|label| loose.as_ref().is_some_and(|text| loosened(label) == *text))
        })
    }

    /// True when the label of that value means it and no other.
    pub(crate) fn names(&self, row: &Named) -> bool {
        let mut meant = self.meant_by(&row.label);
        meant.next().is_some_and(|found| found.value == row.value) && meant.next().is_none()
    }

    /// True when every label means its own value and no other.
    pub(crate) fn is_clear(&self) -> bool {
        self.all_clear
    }

    /// The named value that records hold as this.
    #[must_use]
    pub fn of(&self, value: &Value) -> Option<&Named> {
        self.named.iter().find(|named| named.value == *value)
    }

    /// The named value that the API takes as this.
    #[must_use]
    pub fn sent_as(&self, value: &Value) -> Option<&Named> {
        self.named.iter().find(|named| named.sent() == value)
    }

    /// True when `null` is one of them.
    #[must_use]
    pub fn has_null(&self) -> bool {
        self.named.iter().any(|named| named.value == Value::Null)
    }
}

/// Adds a text for a value; a second row of the same value adds nothing.
fn add(texts: &mut Places, text: String, place: usize, named: &[Named]) {
    let value = |place: usize| named.get(place).map(|row| &row.value);
    texts.list(text, |places| {
        if !places.iter().any(|known| value(*known) == value(place)) {
            places.push(place);
        }
    });
}

/// What begins with a sign or a digit is never read loosely: numbers are not folded.
fn may_be_loose(text: &str) -> bool {
    !text.starts_with(['+', '-', '\u{2212}']) && !text.starts_with(|c: char| c.is_numeric())
}

/// A label without case and without the spaces, `_` and `-` that stand between two letters.
fn loosened(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = String::new();
    let mut before = None;
    for c in text.chars() {
        if matches!(c, ' ' | '_' | '-') {
            marks.push(c);
            continue;
        }
        if !(before.is_some_and(char::is_alphabetic) && c.is_alphabetic()) {
            out.push_str(&marks);
        }
        marks.clear();
        before = Some(c);
        out.extend(fold::caseless_letter(c));
    }
    out.push_str(&marks);
    out
}

/// A label without case, spaces, `_` and `-`, to find what somebody is typing.
pub(crate) fn fold_label(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_ascii_lowercase();
    }
    text.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}
