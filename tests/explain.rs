//! Queries in plain English, kept in `snapshots/explain`.

use std::fmt::Write as _;

use tamis::explain::explain;
use tamis::{Options, Schema, Zone};

/// A title, a schema, a zone and a query.
const QUERIES: &[(&str, &str, &str, &str)] = &[
    ("everything", "activities", "UTC", ""),
    ("one", "activities", "UTC", "ip.category = Risky"),
    ("two", "activities", "UTC", "ip.category = Risky and date in last 7 days"),
    ("or", "activities", "UTC", "ip.category in (Risky, VPN) or location.country = France"),
    (
        "nested",
        "activities",
        "UTC",
        "service = Box and (ip.category = Risky or (date in last 1 day and not user.tags = t1)) and not (device.type = Mobile and text text \"mass download\")",
    ),
    (
        "nested-not",
        "activities",
        "UTC",
        "not (ip.category = Risky or not (service = Box or user.tags = t1)) and date in last 1 day",
    ),
    ("not", "activities", "UTC", "not ip.category = Risky and location.country not in (FR, DE)"),
    (
        "many",
        "activities",
        "UTC",
        "user.tags in (a, b) and device.tags not in (c, d) and policy = p and policy != q",
    ),
    ("null", "activities", "UTC", "device.type in (Mobile, null) and activity.takenAction != null"),
    ("null-not", "activities", "UTC", "activity.takenAction not in (block, null)"),
    ("set", "activities", "UTC", "user.orgUnit is set and policy is not set"),
    (
        "texts",
        "activities",
        "UTC",
        "actionType contains (down, up) and userAgent.userAgent not contains curl",
    ),
    (
        "starts",
        "activities",
        "UTC",
        "user.username starts with adm and ip.address does not start with (10., 192.168.)",
    ),
    (
        "ends",
        "activities",
        "UTC",
        "office365url ends with .docx and not office365url ends with .pdf",
    ),
    ("free-text", "activities", "UTC", "\"mass download\" and not \"report\""),
    ("network", "activities", "UTC", "ip.address in 10.16.0.0/12"),
    ("dates", "activities", "UTC", "date >= 2026-10-01 and date < now-36h"),
    (
        "days-paris",
        "activities",
        "Europe/Paris",
        "date in last 7 days and created > 2026-10-25T12:00:00.5Z",
    ),
    ("between", "activities", "UTC", "date between 2026-10-01 and 2026-10-08"),
    ("on", "activities", "+02:00", "date on 2026-10-01"),
    ("older", "activities", "UTC", "date older than 30 days and not date in last 90 days"),
    ("key", "activities", "UTC", "entity = { id: \"u-1\", saas: 11161, inst: 0 }"),
    ("boolean", "activities", "UTC", "activity.type = true and not activity.impersonated = true"),
    ("tail", "activities", "UTC", "service = 11770 order by date desc limit 50 skip 100"),
    ("own", "files", "UTC", "policy cabinetmatchedrulesequals (p1, p2) and not trashed = true"),
    ("deq", "files", "UTC", "collaborators.withDomain deq contoso.com"),
    (
        "alerts",
        "alerts",
        "UTC",
        "severity = High and resolutionStatus != Open and alertOpen = true",
    ),
    ("hostile", "activities", "UTC", "user.username = \"a\\n\\u{202e}b\""),
];

#[test]
fn patterns_in_english() {
    let schema = Schema::from_toml(include_str!("cases/schemas/patterns.toml")).unwrap();
    let said = |text: &str| {
        let checked = tamis::check(&tamis::parse(text), &schema, &Options::at(0));
        explain(&checked.query.unwrap(), &Zone::default())
    };
    let found = said("name does not match a* and tags matches (\"b?\", *c)");
    assert!(
        found.contains("name does not fit the pattern \"a*\", ignoring case, or is not set"),
        "{found}"
    );
    assert!(
        found.contains("tags has a value that fits the pattern \"b?\" or \"*c\", ignoring case"),
        "{found}"
    );
}

#[test]
fn queries_in_english() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/explain");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut page = String::new();
    for (title, schema, zone, text) in QUERIES {
        let mut options = Options::at(tamis::time::read_rfc3339("2026-11-01T12:00:00Z").unwrap());
        options.zone = Zone::named(zone).unwrap();
        let parsed = tamis::parse(text);
        let checked = tamis::check(&parsed, Schema::builtin(schema).unwrap(), &options);
        let query = checked.query.unwrap_or_else(|| panic!("{title}: {:?}", checked.diagnostics));
        writeln!(page, "--- {title}\n{text}\n\n{}", explain(&query, &options.zone)).unwrap();
    }
    settings.bind(|| insta::assert_snapshot!("queries", page));
}
