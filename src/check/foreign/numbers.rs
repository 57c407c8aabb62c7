//! Numbers with commas, as people write them elsewhere: `1,500`, `1,5`, `1.500,25`.

use super::shapes::either;
use super::values::{own_operator, takes_list};
use super::words::spelled;
use super::{Form, Place};
use crate::value::Type;

/// A number that has commas in it. What it stands for depends on who wrote it, so every reading is
/// offered.
pub(super) fn commas(place: &Place<'_, '_>) -> Option<Form> {
    let row = place.subject()?;
    let fraction = match row.kind {
        Type::Integer => false,
        Type::Double | Type::Decimal => true,
        Type::String
        | Type::Boolean
        | Type::Timestamp
        | Type::Date
        | Type::EntityKey
        | Type::File
        | Type::Folder => return None,
    };
    let (op, negated, used) = own_operator(place.tokens())?;
    // `in 1,5` is a list without its brackets.
    place.tokens().get(used).filter(|word| !word.is("in"))?;
    let text = place.rest(1 + used);
    let end = text.find(|c: char| !c.is_ascii_digit() && !"-.,".contains(c)).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    if !unit.is_empty() && row.unit.is_none() {
        return None;
    }
    let field = place.plain(0, 1);
    let one = |number: String| format!("{field} {} {number}{unit}", spelled(op, negated, false));
    let mut readings = Vec::new();
    if let Some(whole) = ungrouped(number, ',').filter(|_| number.contains(',')) {
        readings.push((one(whole), "the comma groups thousands"));
    }
    if let Some(number) = with_point(number).filter(|_| fraction || !unit.is_empty()) {
        readings.push((one(number), "the comma is the decimal point"));
    }
    let listed = takes_list(op) && unit.is_empty() && !number.contains('.');
    if !readings.is_empty() && listed {
        let values: Vec<&str> = number.split(',').collect();
        let list = format!("{field} {} ({})", spelled(op, negated, true), values.join(", "));
        readings.push((list, "several values"));
    }
    let span = place.span(1 + used, place.len());
    (!readings.is_empty()).then(|| either(span, place.whole(), readings))
}

/// `1,5` and `1.500,25` with a point for the comma.
fn with_point(text: &str) -> Option<String> {
    let (whole, behind) = text.split_once(',')?;
    let whole = ungrouped(whole, '.')?;
    is_digits(behind).then(|| format!("{whole}.{behind}"))
}

/// `1,500` without what groups its digits by three.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, behind) = match digits.split_once('.').filter(|_| mark != '.') {
        Some((whole, behind)) => (whole, Some(behind)),
        None => (digits, None),
    };
    let mut groups = whole.split(mark);
    let first = groups.next().filter(|first| is_digits(first))?;
    let grouped = whole.contains(mark);
    let padded = first.starts_with('0') && (grouped || first.len() > 1);
    let fits = !padded && (!grouped || first.len() <= 3) && behind.is_none_or(is_digits);
    let by_three = groups.all(|group| group.len() == 3 && is_digits(group));
    (fits && by_three).then(|| text.replace(mark, ""))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{ungrouped, with_point};

    #[test]
    fn groups_are_of_three_digits() {
        for (text, wanted) in [
            ("1,500", Some("1500")),
            ("-12,345,678.5", Some("-12345678.5")),
            ("1,50", None),
            ("1500,000", None),
            ("0,500", None),
            (",500", None),
            ("1,,500", None),
        ] {
            assert_eq!(ungrouped(text, ',').as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_comma_can_be_the_decimal_point() {
        for (text, wanted) in [
            ("1,5", Some("1.5")),
            ("-0,25", Some("-0.25")),
            ("1.500,25", Some("1500.25")),
            ("1.50,25", None),
            ("1,2,3", None),
            ("01,5", None),
            ("1,", None),
        ] {
            assert_eq!(with_point(text).as_deref(), wanted, "{text}");
        }
    }
}
