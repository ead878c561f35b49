//! How fast the first reading of an administration is where the platform sets no limit, and what memory it takes.
//!
//! `cargo xtask bench` runs it. A process of its own serves the administration as Moneybird does, on this machine,
//! where the platform's pace is lifted. Each size is read by a process of its own, with the synchronization that
//! users run: into an SQLite file in the temporary folder, and into the PostgreSQL database that
//! `MAAN_BENCH_POSTGRES` names, if any. `--json` prints the figures as JSON.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement ends where something is not as it should be"
)]

mod books;
mod measure;
mod prepared;
#[path = "../support/process.rs"]
mod process;
mod serve;

use std::process::ExitCode;

use crate::measure::{Figures, measure};
use crate::process::{in_child, megabytes};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Invoices.
const SIZES: [u64; 2] = [10_000, 50_000];
/// Invoices that are read in a second, at least.
const RATE: f64 = 5_000.0;
/// Five times the invoices may take so many times the memory.
const GROWTH: f64 = 1.5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    match arguments[..] {
        ["compile"] => return maan_policy_host::compile_worker(),
        ["serve", invoices] => {
            runtime.block_on(serve::serve(invoices.parse().expect("a number")));
            return ExitCode::SUCCESS;
        }
        ["measure", database, invoices] => {
            let figures = runtime.block_on(measure(database, invoices.parse().expect("a number")));
            println!("{}", serde_json::to_string(&figures).expect("JSON"));
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    let measured: Vec<[Figures; 2]> = databases()
        .map(|database| SIZES.map(|invoices| in_child(&["measure", &database, &invoices.to_string()])))
        .collect();
    if arguments.contains(&"--json") {
        println!("{}", serde_json::to_string_pretty(&measured).expect("JSON"));
    } else {
        show(&measured);
    }
    if targets(&measured) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// SQLite, and PostgreSQL where there is one.
fn databases() -> impl Iterator<Item = String> {
    let postgres = std::env::var("MAAN_BENCH_POSTGRES").ok();
    if postgres.is_none() {
        eprintln!("SKIPPED on PostgreSQL: MAAN_BENCH_POSTGRES is not set (`cargo xtask bench` sets it)");
    }
    std::iter::once("sqlite".to_owned()).chain(postgres)
}

fn show(measured: &[[Figures; 2]]) {
    println!(
        "{:12} {:>9} {:>9} {:>9} {:>7} {:>9} {:>9} {:>12}",
        "database", "invoices", "customers", "facts", "calls", "seconds", "CPU s", "peak memory"
    );
    for figures in measured.iter().flatten() {
        println!(
            "{:12} {:>9} {:>9} {:>9} {:>7} {:>9.2} {:>9.2} {:>12}",
            figures.database,
            figures.invoices,
            figures.customers,
            figures.facts,
            figures.calls,
            figures.seconds,
            figures.cpu_seconds,
            megabytes(figures.peak_bytes)
        );
    }
}

/// Says of each target whether it is met, a line each.
fn targets(measured: &[[Figures; 2]]) -> bool {
    let mut all = true;
    let mut say = |is_met: bool, text: String| {
        eprintln!("{:7} {text}", if is_met { "met" } else { "missed" });
        all &= is_met;
    };
    for [few, many] in measured {
        let rate = many.invoices as f64 / many.seconds;
        let growth = many.peak_bytes as f64 / few.peak_bytes as f64;
        let database = &many.database;
        say(
            rate >= RATE,
            format!("reading into {database}: {rate:.0} invoices per second, {RATE} wanted"),
        );
        say(
            growth <= GROWTH,
            format!(
                "peak memory with five times the invoices, {database}: {growth:.4} times, {GROWTH} times allowed"
            ),
        );
    }
    all
}
