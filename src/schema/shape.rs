//! The shape of texts, as a pattern of `matches` (`docs/language.md`, 2.4, `values_look_like`).

use std::str::FromStr;

use crate::fold::glob;

/// A pattern that a text fits as a whole.
///
/// ```
/// let country: tamis::schema::Shape = "??".parse().unwrap();
/// assert!(country.fits("DE") && !country.fits("Germany"));
/// assert!("t:\\**".parse::<tamis::schema::Shape>().unwrap().fits("t:*x"));
/// assert!("open\\".parse::<tamis::schema::Shape>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape(String);

impl FromStr for Shape {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if glob::is_unfinished(text) {
            return Err("the pattern ends in `\\`");
        }
        Ok(Shape(text.to_owned()))
    }
}

impl Shape {
    /// True when the whole text fits.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        glob::fits(text, &self.0)
    }
}
