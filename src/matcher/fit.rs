//! Whether what stands in a record is of its field's type (`docs/language.md`, 2.2).

use super::record::Record;
use super::values::Reading;

/// What stands in a record where a field is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Nothing, or `null`.
    Missing,
    /// Values of the field's type.
    Fits,
    /// Something that is not of the field's type, and therefore no value of the field.
    Misfit,
}

impl Reading {
    /// Whether what stands in a record is of the field's type. One misfit among values is a misfit.
    ///
    /// ```
    /// use tamis::{Schema, matcher::{Fit, Layout, Reading}};
    /// let schema = Schema::from_toml("name = \"orders\"\n[[field]]\nname = \"total\"\ntype = \"integer\"")
    ///     .unwrap();
    /// let total = Reading::new(schema.field("total").unwrap(), Layout::Nested).unwrap();
    /// let fit = |text: &str| total.fit(&serde_json::from_str::<serde_json::Value>(text).unwrap());
    /// assert_eq!(fit(r#"{"total": 20}"#), Fit::Fits);
    /// assert_eq!(fit(r#"{"total": 19.99}"#), Fit::Misfit);
    /// assert_eq!(fit(r#"{"total": null}"#), Fit::Missing);
    /// ```
    pub fn fit<'r, R: Record<'r>>(&self, record: R) -> Fit {
        let mut fit = Fit::Missing;
        self.reached(record, &mut |is_value| {
            fit = if is_value { Fit::Fits } else { Fit::Misfit };
            !is_value
        });
        fit
    }
}
