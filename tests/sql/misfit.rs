//! Documents that hold values of wrong types, and texts that writers of JSON escape.

use serde_json::{Value as Json, json};
use tamis::schema::{Field, Schema, Step};
use tamis::value::Type;

/// Puts values where they do not belong: one field in so many of a document.
const ONE_IN: usize = 4;

/// Replaces some values of a document, the same ones for the same number. `native_time`: texts are
/// instants, so numbers are not put in their place, nor the other way round. The field `kept` stays.
pub(crate) fn spoil(
    schema: &Schema,
    document: &mut Json,
    number: usize,
    native_time: bool,
    kept: &str,
) {
    for (place, field) in schema.fields().iter().enumerate().filter(|(_, f)| f.name != kept) {
        let dice = mixed(number, place);
        if !dice.is_multiple_of(ONE_IN) {
            continue;
        }
        let dice = dice / ONE_IN;
        let Some(path) = field.record.get(dice % field.record.len().max(1)) else { continue };
        // A field of one value has no second where it stands at two places.
        for other in field.record.iter().filter(|other| field.is_single() && *other != path) {
            put(document, &other.steps, &Json::Null, dice);
        }
        let wrong = misfits(field, native_time);
        let value = wrong[dice / 3 % wrong.len()].clone();
        let value = match dice % 8 {
            // A list or an object where one value is wanted.
            0 => json!([value]),
            1 => json!({ "id": [value], "other": 1 }),
            _ => value,
        };
        // At times what stands on the way is wrong, and one value stands where a list is wanted.
        let list = path.steps.iter().position(|step| *step == Step::Each);
        let steps = match (path.steps.len(), list) {
            (several, _) if several > 1 && dice.is_multiple_of(11) => &path.steps[..several - 1],
            (_, Some(list)) if dice.is_multiple_of(3) => &path.steps[..list],
            _ => &path.steps[..],
        };
        put(document, steps, &value, dice);
    }
}

/// A number without pattern.
fn mixed(number: usize, place: usize) -> usize {
    let mut x = (number as u64) << 32 | place as u64;
    for _ in 0..3 {
        x = (x ^ (x >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    }
    (x >> 24) as usize
}

const NUMBERS: &str = r#"[1.9, "5", "5.0", "05", " 5", "5 ", "+5", "5\n", "1e2", 1e2, 5.0, -0.0, true, false, "true", {},
    18446744073709551615, "18446744073709551615", 9223372036854775807, "9223372036854775807",
    "9223372036854775808", 9223372036854775808, -9223372036854775808, "-9223372036854775809", 1e17, "", ".5", "5.", "-",
    "0x10", "NaN", "Infinity", "1_000", "1,000", "2e0", "1.50e1", "1.55e1", "-0", "-1", "00", "1e", "٣", "null", 0.5,
    -1.5, 1e-2, "1e-2", "2147483648", 2147483647.0, [], [[5]]]"#;
/// None of them a number of any type.
const NO_NUMBERS: &str = r#"["05", " 5", "5 ", "+5", "5\n", true, false, "true", {}, "", ".5", "5.", "-", "0x10", "NaN", "Infinity",
    "1_000", "1,000", "00", "1e", "٣", "null", [], [[5]], [1.5]]"#;
/// Numbers and texts where doubles begin, end and round, and texts that casts take for numbers.
const DOUBLES: &str = r#"["1e400", "-1e400", "1e-400", "-1e-400", "5e-324", 5e-324, 2.2250738585072011e-308,
    "2.4703282292062328e-324", "2.4703282292062327e-324", "1.7976931348623157e308", 1.7976931348623157e308, "1.7976931348623158e308",
    "1.7976931348623159e308", "17976931348623158e292", "-17976931348623159e292", "0.30000000000000004", 0.30000000000000004, "0.1",
    0.1000000000000000055511151231257827, "0.1000000000000000055511151231257827", 9007199254740991, 9007199254740993,
    "9007199254740993", "9007199254740992.5", "-9007199254740993.0", -0.0, "-0", "-0.0", "0e9999", "1e-9999", "1e9999", "0e99999",
    "1e-99999", "1e99999", "1E2", "1e+2", "1e+-2", "1e++2", "1.50e1", "00.5", 18446744073709551615, 9223372036854775807,
    -9223372036854775808, "123456789012345678901234567890", 1.5, "1.5", "1.5f", "1.5d", "1.5\n", "-Infinity", "-", "1e", "1e5.0"]"#;
/// Numbers and texts about the most digits, the last digit and the longest text of decimal numbers.
const DECIMALS: &str = r#"["1e2", 1e2, "150e-1", 19.99, "19.990000", 19.990, "19.999", 19.999, "1e-2", 1e-2, "1e-3", "1e35", "1e36", "1e37", "1e38",
    "99999999999999999999999999999999999999", "99999999999999999999999999999999999999e-2", "-999999999999999999999999999999999999.99e0",
    "999999999999999999999999999999999999999e-3", "999999999999999999999999999999999999.995", 0.30000000000000004, "0.30000000000000004",
    1000000000000000001, 1000000000000000000, "1000000000000000001", 999999999999999, 123456789012345678, 9007199254740993, 1e21, 1e22,
    8.41e21, 2e23, 1.5e30, 12345678901234.56, 1234567890123.45, 12345678901234.5, 10000000000000000001, 18446744073709551615,
    1000000000000000000000001, 5e-324, -0.0, "-0", "-0.0", "0.00", "0e999", "0e-999", "0e1000", "1e999", "1e-999", "1e0000000002", "1e+2", "1e+-2", "1e++2",
    "1.0000000000000000000000000000000000000000000000", "1.00000000000000000000000000000000000000000000000",
    "0.000000000000000000000000000000000000019e39", "20000000000000000000000000000000000000e-36", "117206044861.58247209850e27",
    "19.99 ", "19.99\n", "$19.99", "19.99d", "NaN", "-Infinity", "1e5.0"]"#;
/// Texts that casts take for days, and days that do not exist.
const DAYS: &str = r#"["2026-02-30", "2025-02-29", "2024-02-29", "2100-02-29", "2000-02-29", "0000-01-01", "0004-02-29", "0001-01-01", "9999-12-31",
    "10000-01-01", "-001-01-01", "2026-1-1", "2026-10-1", "2026-10-09 ", " 2026-10-09", "2026-10-9\n", "2026-10-09\n", "2026-10-09T00:00:00Z",
    "20261009", 20261009, "2026/10/09", "2026-13-01", "2026-00-10", "2026-04-31", "2026-10-32", "2026-10-00", "٢٠٢٦-١٠-٠٩", "today", "now",
    "yesterday", "infinity", "epoch", "2026-10", "2461322.5", true, {}, ["2026-10-09"], 0, "", "09.10.2026", "2026-W41-5", "2026-10-09"]"#;
const TEXTS: &str = r#"[1.9, 5.0, -0.0, 0, -1, true, false, 18446744073709551615, 9223372036854775807,
    -9223372036854775808, 1e17, 1e2, 0.5, {}, {"id": "a"}, [], [["a"]], "5", "5.0", "true", "[1]", "{}", "null", "\"a\""]"#;
const FLAGS: &str =
    r#"["true", "false", "TRUE", "t", 1, 0, 1.0, {}, [], [[true]], "", "1", "on", true, false]"#;
const INSTANTS: &str = r#"[true, {}, [], [[0]], "", "abc", "now", "today", "infinity", "-infinity", "epoch", 1.5,
    "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2025-02-29T12:00:00Z", "2026-01-01T24:30:00Z", "2026-1-1T0:00:00Z",
    "2026-01-01T00:00:00.001+02:00", "2024-02-29T23:59:59.999Z", "01/02/2026",
    "2026-12-31T23:59:59.9999999Z", "2026-01-01t00:00:00.000999z", "2026-01-01 00:00:00.0009999+00:00"]"#;
const KEYS: &str = r#"["a", "", 7, 1.9, 5.0, true, {}, {"id": 1.9}, {"id": {}}, {"id": ["a"]}, {"id": true}, {"id": null},
    {"id": "a", "saas": "0", "inst": "00"}, {"id": "a", "saas": 0.0, "inst": 0.5}, {"id": "a", "saas": true},
    {"id": 3, "saas": "1", "inst": 1e0}, {"saas": 0}, [], [["a"]]]"#;

fn misfits(field: &Field, native_time: bool) -> Vec<Json> {
    let list = match field.kind {
        Type::String => TEXTS,
        Type::Integer => NUMBERS,
        Type::Double | Type::Decimal => NO_NUMBERS,
        Type::Date => INSTANTS,
        Type::Timestamp if native_time => INSTANTS,
        Type::Timestamp => NUMBERS,
        Type::Boolean => FLAGS,
        Type::EntityKey | Type::File | Type::Folder => KEYS,
    };
    // Some of these are values.
    let edges = match field.kind {
        Type::Double => DOUBLES,
        Type::Decimal => DECIMALS,
        Type::Date => DAYS,
        _ => "[]",
    };
    let read = |list: &str| serde_json::from_str::<Vec<Json>>(list).unwrap();
    let mut list = [list, edges].map(read).concat();
    if field.kind.is_key() {
        list.iter_mut().for_each(|key| rename(field, key));
    }
    list
}

/// Gives the members of a key the names that the field's row says.
fn rename(field: &Field, key: &mut Json) {
    let Json::Object(members) = key else { return };
    let names = &field.record_key;
    let name = |known: &str| match known {
        "saas" => names.saas.clone(),
        "inst" => names.inst.clone(),
        _ => names.id.clone(),
    };
    *key =
        Json::Object(members.iter().map(|(known, value)| (name(known), value.clone())).collect());
}

/// Puts a value at a place. What stands on the way stays, unless nothing can stand below it.
fn put(place: &mut Json, steps: &[Step], value: &Json, dice: usize) {
    match steps.split_first() {
        None => *place = value.clone(),
        Some((Step::Member(name), rest)) => {
            if place.is_null() {
                *place = json!({});
            }
            if let Json::Object(members) = place {
                put(members.entry(name.clone()).or_insert(Json::Null), rest, value, dice);
            }
        }
        Some((Step::Element(number), rest)) => {
            if let Json::Array(list) = place {
                list.resize(list.len().max(*number as usize + 1), Json::Null);
                put(&mut list[*number as usize], rest, value, dice);
            }
        }
        // One value in the place of a list, or a further element.
        Some((Step::Each, rest)) if dice.is_multiple_of(5) => put(place, rest, value, dice),
        Some((Step::Each, rest)) => {
            if place.is_null() {
                *place = json!([]);
            }
            if let Json::Array(list) = place {
                list.push(Json::Null);
                put(list.last_mut().unwrap(), rest, value, dice);
            }
        }
    }
}

/// A document as text. Every third is without any character that some writer escapes, at least in
/// values; in names, too, unless the engine finds no such name.
pub(crate) fn text(document: &Json, number: usize, names: bool) -> String {
    if !number.is_multiple_of(3) {
        return document.to_string();
    }
    match document {
        Json::Object(members) => {
            let name = |name: &str| {
                let plain = Json::from(name).to_string();
                if names { escaped(&plain) } else { plain }
            };
            let members = members
                .iter()
                .map(|(n, value)| format!("{}:{}", name(n), text(value, number, names)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Json::Array(list) => {
            let list: Vec<_> = list.iter().map(|one| text(one, number, names)).collect();
            format!("[{}]", list.join(","))
        }
        one => escaped(&one.to_string()),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '/' => out.push_str("\\/"),
            _ if c.is_ascii() && !"<>&'=\u{7f}".contains(c) => out.push(c),
            _ => {
                let units = c.encode_utf16(&mut [0; 2]).to_vec();
                out.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
    }
    out
}
