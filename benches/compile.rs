//! What compiling costs, as ratios to the bare parse of the same text.
//!
//! `cargo bench --bench compile` prints criterion's times, then the ratios, which are what to
//! read: absolute times depend on the machine. The bare parse is a small part of the whole way, so
//! a large ratio is no slow step: compare the ratios of a step with those of another commit.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use tamis::{Options, Schema};

/// A text and its name.
struct Query {
    name: &'static str,
    text: String,
}

fn queries() -> Vec<Query> {
    let twelve = "(ip.category = Risky or ip.category = VPN) and not (location.country = US) and date gte_ndays 7 \
        and user.username starts with adm and userAgent.userAgent contains curl and device.type = DESKTOP \
        and activity.impersonated = false and ip.address starts with 10. and not policy is set \
        and service in (11161, 20893) and user.domain != example.com";
    let names: Vec<String> = (0..1000).map(|place| format!("user{place}@x.io")).collect();
    let mut flat = String::new();
    for place in 0..45_000 {
        let connective = if place == 0 { "" } else { " or " };
        write!(flat, "{connective}service = {place}").unwrap_or_default();
    }
    vec![
        Query { name: "flagship", text: "ip.category = Risky and date gte_ndays 7".into() },
        Query { name: "12 terms", text: twelve.into() },
        Query { name: "list of 1,000", text: format!("user.username in ({})", names.join(", ")) },
        Query { name: "flat 1 MB", text: flat },
    ]
}

/// A step of the pipeline, the ones before it included where it needs them.
type Step = (&'static str, fn(&str, &Schema, &Options));

const STEPS: &[Step] = &[
    ("bare parse", |text, _, _| {
        black_box(tamis::syntax::bare_parse(text));
    }),
    ("to the tree", |text, _, _| {
        black_box(tamis::parse(text));
    }),
    ("to the checked query", |text, schema, options| {
        black_box(tamis::check(&tamis::parse(text), schema, options));
    }),
    ("whole way to API JSON", |text, schema, options| {
        let compiled = tamis::compile(text, schema, "api", options);
        black_box(compiled.map(|compiled| serde_json::to_string(&compiled.output)).ok());
    }),
    ("whole way to SQL", |text, schema, options| {
        let compiled = tamis::compile(text, schema, "sqlite", options);
        black_box(compiled.map(|compiled| serde_json::to_string(&compiled.output)).ok());
    }),
];

fn main() {
    let Ok(schema) = Schema::builtin("activities") else { return };
    let options = Options::at(1_793_534_400_000);
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    for query in queries() {
        let mut group = criterion.benchmark_group(query.name);
        group.throughput(Throughput::Bytes(query.text.len() as u64));
        for (name, step) in STEPS {
            group.bench_with_input(
                BenchmarkId::from_parameter(name),
                &query.text,
                |bencher, text| {
                    bencher.iter(|| step(text, schema, &options));
                },
            );
        }
        group.finish();
    }
    criterion.final_summary();
    ratios(schema, &options);
}

/// The fastest of many interleaved rounds, so that a busy machine slows all steps alike.
fn ratios(schema: &Schema, options: &Options) {
    println!(
        "\n{:<24}{:>12}{:>12}{:>12}{:>12}{:>12}",
        "times the bare parse", "bare", "tree", "checked", "API", "SQL"
    );
    for query in queries() {
        let rounds = (40_000_000 / query.text.len().max(200)).clamp(7, 20_000);
        let mut best = vec![Duration::MAX; STEPS.len()];
        for _ in 0..rounds {
            for ((_, step), best) in STEPS.iter().zip(&mut best) {
                let start = Instant::now();
                step(&query.text, schema, options);
                *best = start.elapsed().min(*best);
            }
        }
        let bare = best.first().map_or(1.0, Duration::as_secs_f64);
        let mut line = format!("{:<24}{:>9.2} µs", query.name, bare * 1e6);
        for time in best.iter().skip(1) {
            write!(line, "{:>12.2}", time.as_secs_f64() / bare).unwrap_or_default();
        }
        println!("{line}");
    }
}
