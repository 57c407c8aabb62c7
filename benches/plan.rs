//! What planning costs: queries of up to 200 conditions, and some made to blow up.
//!
//! `cargo bench --bench plan` prints the fastest of several rounds, and what came of it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use tamis::target::Output;
use tamis::{Options, Schema};

/// A query of so many conditions, nested at random, on fields of the activities table.
fn random(conditions: usize, fields: &[&str], seed: u64) -> String {
    let mut state = seed;
    let mut next = |count: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % count
    };
    let mut parts: Vec<String> = (0..conditions)
        .map(|_| {
            let (field, value) =
                (fields.get(next(fields.len())).copied().unwrap_or_default(), next(8));
            let not = if next(3) == 0 { "!=" } else { "=" };
            format!("{field} {not} {value}")
        })
        .collect();
    while parts.len() > 1 {
        let width = 2 + next(3);
        let connective = if next(2) == 0 { " or " } else { " and " };
        let from = next(parts.len());
        let taken: Vec<String> =
            (0..width.min(parts.len())).map(|_| parts.remove(from % parts.len())).collect();
        parts.push(format!("({})", taken.join(connective)));
    }
    parts.pop().unwrap_or_default()
}

fn queries() -> Vec<(String, String)> {
    let fields = [
        "service",
        "instance",
        "user.orgUnit",
        "actionType",
        "user.username",
        "user.domain",
        "policy",
        "user.tags",
        "device.tags",
        "activityObject",
        "location.organizations",
        "fileLabels",
    ];
    let mut all = vec![
        ("one conjunction".into(), "ip.category = Risky and date gte_ndays 7".into()),
        ("one or".into(), "ip.category = Risky or service = 11770".into()),
    ];
    for (conditions, width) in [(20, 4), (50, 6), (200, 4), (200, 12)] {
        for seed in 1..4 {
            let few = fields.get(..width).unwrap_or(&fields);
            all.push((format!("{conditions} on {width} fields"), random(conditions, few, seed)));
        }
    }
    let ors: Vec<String> = fields
        .chunks(2)
        .map(|pair| {
            pair.iter().map(|field| format!("{field} = 1")).collect::<Vec<_>>().join(" or ")
        })
        .collect();
    all.push(("product of ors".into(), format!("({})", ors.join(") and ("))));
    let pairs: Vec<String> =
        (0..200).map(|n| format!("(service = {n} and user.tags = t{n})")).collect();
    all.push(("200 pairs".into(), pairs.join(" or ")));
    let flat: Vec<String> =
        (0..20_000).map(|n| format!("service = {n} or user.username = u{n}")).collect();
    all.push(("40,000 flat".into(), flat.join(" or ")));
    all
}

fn main() {
    let Ok(schema) = Schema::builtin("activities") else { return };
    let options = Options::at(1_793_534_400_000);
    println!("{:<24}{:>12}{:>12}  plan", "query", "check", "plan");
    for (name, query) in queries() {
        let mut best = [Duration::MAX; 2];
        for _ in 0..5 {
            let start = Instant::now();
            black_box(tamis::check(&tamis::parse(&query), schema, &options));
            let checked = start.elapsed();
            let start = Instant::now();
            black_box(tamis::compile(&query, schema, "plan", &options).ok());
            best = [best[0].min(checked), best[1].min(start.elapsed().saturating_sub(checked))];
        }
        let came = match tamis::compile(&query, schema, "plan", &options)
            .map(|compiled| compiled.output)
        {
            Ok(Output::Plan(plan)) => {
                let fewest = if plan.fewest { ", proven fewest" } else { "" };
                format!("{} requests, exact {}{fewest}", plan.requests.len(), plan.exact)
            }
            Ok(_) => String::new(),
            Err(found) => found
                .iter()
                .find(|found| found.is_error())
                .map(|found| found.message.clone())
                .unwrap_or_default(),
        };
        println!(
            "{name:<24}{:>9.2} ms{:>9.2} ms  {came}",
            best[0].as_secs_f64() * 1e3,
            best[1].as_secs_f64() * 1e3
        );
    }
}
