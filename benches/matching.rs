//! How fast records are selected, in MB/s on one thread: lines read lazily beside lines parsed
//! whole, and what else is installed.
//!
//! `cargo bench --bench matching`, with `RECORDS=…` for other sizes than 40,000.

use std::hint::black_box;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use tamis::matcher::{Layout, Line, Matcher, Members};
use tamis::{Options, Schema};

const NOW: i64 = 1_793_534_400_000;

/// Few records by number and time; some by text or country, less by app.
const QUERIES: [(&str, &str); 2] = [
    ("F1", "service = 11770 and date in last 1 days"),
    (
        "F2",
        "(userAgent.userAgent contains FIREFOX or location.country in (DE, FR, US, GB, IN)) and not service in (10489, 20893, 20892)",
    ),
];

/// The same two for jq, on this file.
const JQ: [&str; 2] = [
    "select(.appId == 11770 and .timestamp >= 1793448000000)",
    "select(((.device.userAgent | ascii_downcase | contains(\"firefox\")) or (.location.countryCode | IN(\"DE\",\"FR\",\"US\",\"GB\",\"IN\"))) and (.appId | IN(10489,20893,20892) | not))",
];

fn record(number: usize) -> Value {
    // A fixed sequence without order: a step that shares no factor with the moduli.
    let draw = |salt: usize, sides: usize| {
        (number.wrapping_mul(7919).wrapping_add(salt * 104_729) / 3) % sides
    };
    let apps = [10489, 11770, 20893, 20892, 11161, 28375, 11114, 15600];
    let countries = ["DE", "FR", "US", "GB", "IN", "BR", "JP", "CA", "AU", "ES", "IT", "SE", "NO"];
    let agents = ["Chrome/120.0", "Firefox/119.0", "Edge/119.0", "Safari/17.1"];
    let object = |place: usize| json!({"objType": 23, "role": 3, "id": format!("{:032x}", number + place), "saasId": 11161, "instanceId": 0, "name": format!("Report \"{place}\" of department {number}.docx"), "link": format!("https://contoso.sharepoint.com/sites/a/{number}/{place}"), "tags": []});
    json!({
        "_id": format!("{number:024x}"), "uid": format!("{:x}_{number}", number * 31), "tenantId": 97_134_000,
        "description": "Run command: task FileAccessed; Parameters: Session ID, user and the names of the files that were opened",
        "mainInfo": {"type": "basic", "rawOperationName": "FileAccessed", "prettyOperationName": "FileAccessed", "activityResult": {"isSuccess": true}, "eventObjects": [object(0), object(1)]},
        "user": {"userName": format!("user{}@contoso.com", draw(1, 5000)), "userTags": ["5b6ac3f0d5a6b40001f8e6b1", "5b6ac3f0d5a6b40001f8e6b2"]},
        "device": {"clientIP": format!("10.{}.{}.7", draw(2, 255), draw(3, 255)), "userAgent": format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) {}", agents[draw(4, agents.len())])},
        "location": {"countryCode": countries[draw(5, countries.len())], "city": "somewhere", "category": draw(6, 7), "ipTags": []},
        "appName": "Microsoft SharePoint Online", "saasId": 20892, "appId": apps[draw(7, apps.len())],
        "timestamp": NOW - i64::try_from(draw(8, 30 * 86_400)).unwrap() * 1000,
    })
}

fn measure(name: &str, bytes: usize, run: impl Fn() -> usize) {
    let count = run();
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        assert_eq!(black_box(run()), count);
        best = best.min(start.elapsed().as_secs_f64());
    }
    #[expect(clippy::cast_precision_loss, reason = "a speed for people")]
    let speed = bytes as f64 / best / 1e6;
    println!("{name:<44} {speed:>8.0} MB/s  {count} selected");
}

/// How many lines a program prints that reads the file.
fn program(name: &str, arguments: &[&str]) -> Option<usize> {
    let output = Command::new(name).args(arguments).stderr(Stdio::null()).output().ok()?;
    Some(output.stdout.iter().filter(|byte| **byte == b'\n').count())
}

/// What one record costs once it is parsed.
fn alone(name: &str, matcher: &Matcher, text: &str) {
    let parsed: Vec<Value> =
        text.lines().take(500).map(|line| serde_json::from_str(line).unwrap()).collect();
    let start = Instant::now();
    let rounds = 200;
    for _ in 0..rounds {
        black_box(parsed.iter().filter(|record| matcher.matches(*record)).count());
    }
    let records = u32::try_from(rounds * parsed.len()).unwrap();
    println!("{name} matching alone, parsed records: {:?} a record", start.elapsed() / records);
}

fn main() {
    let count: usize =
        std::env::var("RECORDS").ok().and_then(|count| count.parse().ok()).unwrap_or(40_000);
    let path = std::env::temp_dir().join(format!("tamis-matching-{}.ndjson", std::process::id()));
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    (0..count).for_each(|number| writeln!(file, "{}", record(number)).unwrap());
    file.into_inner().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let path = path.to_str().unwrap();
    println!("{count} records, {} MB; the fields asked for stand last", text.len() / 1_000_000);
    let schema = Schema::builtin("activities").unwrap();
    for ((name, query), jq) in QUERIES.into_iter().zip(JQ) {
        let checked = tamis::check(&tamis::parse(query), schema, &Options::at(NOW)).query.unwrap();
        let matcher = Matcher::new(&checked, Layout::Nested).unwrap();
        let members = Members::of(matcher.readings());
        let measure = |what: &str, run: &dyn Fn() -> usize| {
            measure(&format!("{name} {what}"), text.len(), run)
        };
        measure("count lines", &|| memchr::memchr_iter(b'\n', text.as_bytes()).count());
        measure("matcher on raw lines", &|| {
            text.lines()
                .filter(|line| matcher.matches(Line::read(line, &members).unwrap().record()))
                .count()
        });
        measure("matcher on serde_json::Value", &|| {
            text.lines()
                .filter(|line| matcher.matches(&serde_json::from_str::<Value>(line).unwrap()))
                .count()
        });
        measure("serde_json::Value parsed and dropped", &|| {
            text.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok()).count()
        });
        alone(name, &matcher, &text);
        let tamis = env!("CARGO_BIN_EXE_tamis");
        let now = "2026-11-01T12:00:00Z";
        measure("tamis run, all cores", &|| {
            program(tamis, &["run", query, path, "--now", now]).unwrap()
        });
        measure("tamis run, one thread", &|| {
            program(tamis, &["run", query, path, "--now", now, "--threads", "1"]).unwrap()
        });
        if program("jq", &["--version"]).is_some() {
            measure("jq", &|| program("jq", &["-c", jq, path]).unwrap());
        }
        if program("duckdb", &["--version"]).is_some() {
            let sql = format!(
                "copy (select * from read_ndjson_auto('{path}') where appId = 11770 and \"timestamp\" >= 1793448000000) to '/dev/stdout' (format json)"
            );
            if name == "F1" {
                measure("duckdb, columns inferred", &|| program("duckdb", &["-c", &sql]).unwrap());
            }
        }
    }
    std::fs::remove_file(path).unwrap();
}
