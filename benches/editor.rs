//! What an editor's questions cost at every caret, beside the bare parse of the same text.
//!
//! `cargo bench --bench editor` prints, for a query of 200 characters on the activities schema and
//! one of 10,000 on a schema of 1,000 fields, the mean and the dearest caret of completion and of
//! full diagnostics, in µs and in bare parses.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use tamis::editor::complete::complete;
use tamis::editor::problems::problems;
use tamis::{Options, Schema};

const SHORT: &str = "ip.category in (Risky, VPN) and date in last 7 days and not \
    (location.country = US or user.username starts with adm) and service = Box and \
    userAgent.userAgent contains curl and activity.impersonated = false";

/// A table of so many fields of several types.
fn table(fields: usize) -> String {
    let mut out = String::from("name = \"wide\"\n");
    for place in 0..fields {
        let row = match place % 4 {
            0 => "type = \"string\"\noperators = [\"eq\", \"neq\", \"contains\", \"isset\"]",
            1 => "type = \"integer\"\noperators = [\"eq\", \"neq\"]\nvalues = \"ip_categories\"",
            2 => "type = \"timestamp\"\noperators = [\"gte\", \"lte\", \"range\", \"gte_ndays\"]",
            _ => "type = \"boolean\"\noperators = [\"eq\"]",
        };
        let description = "One of many fields of a wide table";
        writeln!(out, "[[field]]\nname = \"group{}.field{place}\"\n{row}", place % 20)
            .unwrap_or(());
        writeln!(out, "description = \"{description}\"").unwrap_or(());
    }
    out
}

/// A query of about so many characters on that table.
fn long(characters: usize, fields: usize) -> String {
    let mut out = String::new();
    let mut place = 0;
    while out.len() < characters {
        let (connective, group) = (if place == 0 { "" } else { " and " }, place % 20);
        let test = match place % 4 {
            0 => "contains alice",
            1 => "in (Risky, VPN)",
            2 => "in last 7 days",
            _ => "= true",
        };
        write!(out, "{connective}group{group}.field{place} {test}").unwrap_or(());
        place = (place + 1) % fields;
    }
    out
}

/// The fastest of several runs.
fn fastest(rounds: usize, mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..rounds).map(time).min().unwrap_or_default()
}

fn line(name: &str, times: &[Duration], bare: Duration) {
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let mean = times.iter().copied().sum::<Duration>() / u32::try_from(times.len()).unwrap_or(1);
    let most = times.iter().copied().max().unwrap_or_default();
    let parses = |time: Duration| time.as_secs_f64() / bare.as_secs_f64();
    println!(
        "{name:<28}{:>10.1} µs{:>8.1} parses{:>12.1} µs{:>8.1} parses",
        micros(mean),
        parses(mean),
        micros(most),
        parses(most)
    );
}

/// Says what stands before the caret that costs most.
fn dearest<'d>(text: &str, times: impl Iterator<Item = (usize, &'d Duration)>) {
    let caret = times.max_by_key(|(_, time)| **time).map_or(0, |(caret, _)| caret);
    let before: String = text.get(..caret).unwrap_or_default().chars().rev().take(30).collect();
    println!("{:<28}dearest behind `{}`", "", before.chars().rev().collect::<String>());
}

fn measure(name: &str, text: &str, schema: &Schema, step: usize, rounds: usize) {
    let options = Options::at(1_793_534_400_000);
    let bare = fastest(200, || {
        black_box(tamis::syntax::bare_parse(text));
    });
    println!(
        "\n{name}: {} characters, {:>32} {:>24}",
        text.len(),
        "mean of carets",
        "dearest caret"
    );
    line("bare parse", &[bare], bare);
    let carets = || (0..=text.len()).step_by(step).filter(|caret| text.is_char_boundary(*caret));
    let completion: Vec<Duration> = carets()
        .map(|caret| {
            fastest(rounds, || {
                black_box(complete(text, caret, schema, &options, None));
            })
        })
        .collect();
    line("completion in the text", &completion, bare);
    dearest(text, carets().zip(&completion));
    let typed: Vec<Duration> = carets()
        .map(|caret| {
            let typed = text.get(..caret).unwrap_or_default();
            fastest(rounds, || {
                black_box(complete(typed, caret, schema, &options, None));
            })
        })
        .collect();
    line("completion at its end", &typed, bare);
    dearest(text, carets().zip(&typed));
    let found: Vec<Duration> = carets()
        .map(|caret| {
            fastest(rounds, || {
                black_box(problems(text, Some(caret), schema, &options));
            })
        })
        .collect();
    line("diagnostics", &found, bare);
}

fn main() {
    let Ok(activities) = Schema::builtin("activities") else { return };
    measure("short", SHORT, activities, 1, 40);
    let Ok(wide) = Schema::from_toml(&table(1000)) else { return };
    measure("long", &long(10_000, 1000), &wide, 97, 5);
}
