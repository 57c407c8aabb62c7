//! The values of types that programs count with: doubles, decimals and days.

use tamis::value::{Day, Decimal, Double};

#[test]
fn ranks_keep_the_order_and_lead_back() {
    let numbers = [
        f64::MIN,
        -1e300,
        -2.5,
        -1.0,
        -f64::MIN_POSITIVE,
        -5e-324,
        0.0,
        5e-324,
        0.1,
        0.3,
        0.1 + 0.2,
        1.0,
        9_007_199_254_740_992.0,
        f64::MAX,
    ];
    let ranks: Vec<i64> =
        numbers.iter().filter_map(|n| Double::new(*n)).map(Double::rank).collect();
    assert_eq!(ranks.len(), numbers.len());
    assert!(ranks.windows(2).all(|two| two[0] < two[1]));
    for (rank, number) in ranks.iter().zip(numbers) {
        assert_eq!(Double::of_rank(*rank).map(Double::get), Some(number));
    }
    assert_eq!(Double::of_rank(i64::MAX), None);
    assert_eq!(Double::of_rank(i64::MIN), Double::new(0.0));
}

#[test]
fn reads_what_json_writes_and_prints_it_plainly() {
    for (text, printed) in [
        ("0", "0"),
        ("-0", "0"),
        ("0.00", "0"),
        ("1.10", "1.1"),
        ("-0.05", "-0.05"),
        ("1e3", "1000"),
        ("1.5e1", "15"),
        ("120e-1", "12"),
        ("12E-4", "0.0012"),
        ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
        ("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"),
        ("1e37", "10000000000000000000000000000000000000"),
        ("1e+0000000002", "100"),
        ("0e999", "0"),
    ] {
        let number = Decimal::read(text).unwrap();
        assert_eq!(number.to_string(), printed, "{text}");
        assert_eq!(Decimal::read(printed), Some(number));
    }
    for text in [
        "",
        "-",
        "05",
        "+1",
        ".5",
        "1.",
        "1e+-2",
        "1e++2",
        "1e1000",
        "0e1000",
        "1e",
        "1e99",
        "1e-39",
        " 1",
        "1_0",
        "0x1",
        "100000000000000000000000000000000000000",
        "--1",
        "NaN",
        "1e99999999999",
    ] {
        assert_eq!(Decimal::read(text), None, "{text}");
    }
}

#[test]
fn compares_by_value() {
    let sorted = [
        "-10",
        "-9.5",
        "-0.1",
        "0",
        "0.09",
        "0.1",
        "1",
        "1.01",
        "99999999999999999999999999999999999999",
    ];
    let read: Vec<Decimal> = sorted.iter().map(|text| Decimal::read(text).unwrap()).collect();
    assert!(read.windows(2).all(|two| two[0] < two[1]));
    assert_eq!(Decimal::read("-1.25").unwrap().units(1), Some((-13, false)));
    assert_eq!(Decimal::read("-1.25").unwrap().units(3), Some((-1250, true)));
    assert_eq!(Decimal::read("1e37").unwrap().units(9), None);
}

#[test]
fn days_read_back() {
    for text in ["0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"] {
        assert_eq!(Day::read(text).unwrap().to_string(), text);
    }
    assert_eq!(Day::read("0001-01-01"), Some(Day::FIRST));
    assert_eq!(Day::read("9999-12-31"), Some(Day::LAST));
    for text in [
        "0000-12-31",
        "10000-01-01",
        "2026-1-01",
        "2026-10-09T00:00",
        "+026-10-09",
        "2023-02-29",
        "",
    ] {
        assert_eq!(Day::read(text), None, "{text}");
    }
}
