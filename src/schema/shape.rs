//! The shape of texts, as a pattern: `*` for any run of characters, `?` for any one, `\` before a
//! character that stands for itself (`docs/language.md`, 2.4, `values_look_like`).

use std::str::FromStr;

/// A pattern that a text fits as a whole.
///
/// ```
/// let country: tamis::schema::Shape = "??".parse().unwrap();
/// assert!(country.fits("DE") && !country.fits("Germany"));
/// assert!("t:\\**".parse::<tamis::schema::Shape>().unwrap().fits("t:*x"));
/// assert!("open\\".parse::<tamis::schema::Shape>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape(Vec<Piece>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Run,
    One,
    Itself(char),
}

impl FromStr for Shape {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut pieces = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            pieces.push(match c {
                '*' => Piece::Run,
                '?' => Piece::One,
                '\\' => Piece::Itself(chars.next().ok_or("the pattern ends in `\\`")?),
                c => Piece::Itself(c),
            });
        }
        Ok(Shape(pieces))
    }
}

impl Shape {
    /// True when the whole text fits.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        // The set of places in the pattern that the text so far can have reached.
        let mut reached = vec![false; self.0.len() + 1];
        if let Some(start) = reached.first_mut() {
            *start = true;
        }
        self.skip_runs(&mut reached);
        for c in text.chars() {
            let mut next = vec![false; self.0.len() + 1];
            for (place, piece) in self.0.iter().enumerate() {
                if !reached.get(place).copied().unwrap_or_default() {
                    continue;
                }
                let to = match piece {
                    Piece::Run => Some(place),
                    Piece::One => Some(place + 1),
                    Piece::Itself(own) => (*own == c).then_some(place + 1),
                };
                if let Some(reached) = to.and_then(|to| next.get_mut(to)) {
                    *reached = true;
                }
            }
            self.skip_runs(&mut next);
            reached = next;
        }
        reached.last().copied().unwrap_or_default()
    }

    /// A run can be empty: what reaches it reaches what follows it.
    fn skip_runs(&self, reached: &mut [bool]) {
        for (place, piece) in self.0.iter().enumerate() {
            let here = reached.get(place).copied().unwrap_or_default();
            if let (Piece::Run, true, Some(next)) = (piece, here, reached.get_mut(place + 1)) {
                *next = true;
            }
        }
    }
}
