//! What a night costs: everything decided and written on the first, what changed on the next.
//!
//! `cargo xtask bench` runs it. The portfolio is generated and named by its hash: 60 facts and 4 open invoices for
//! each debtor, 40 % of them overdue, in an SQLite file in the temporary folder, with the default policies in
//! force. Each size is measured in a process of its own. `--json` prints the figures as JSON. Before and after,
//! the dunning run of an open-source ERP is measured on the same machine, when it is installed.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement ends where something is not as it should be"
)]

mod measure;
mod portfolio;
#[path = "../support/process.rs"]
mod process;
mod yardstick;

use std::process::ExitCode;

use crate::measure::{Figures, Night, measure};
use crate::process::{in_child, megabytes};
use crate::yardstick::Yardstick;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [u64; 2] = [10_000, 100_000];

/// Seconds of the first and of the next night with the most debtors.
const FIRST: f64 = 12.0;
const NEXT: f64 = 1.0;
/// Milliseconds of processor time for each overdue invoice: a tenth and a hundredth of what the dunning run of an
/// open-source ERP (Tryton 8.2) takes.
const FIRST_CPU: f64 = 0.07;
const NEXT_CPU: f64 = 0.007;
/// Ten times the debtors may take so many times the memory.
const GROWTH: f64 = 1.5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("compile") => return maan_policy_host::compile_worker(),
        Some("measure") => {
            let debtors = arguments[1].parse().expect("a number of debtors");
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            let figures = runtime.block_on(measure(debtors));
            println!("{}", serde_json::to_string(&figures).expect("JSON"));
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    let before = yardstick::measure();
    let measured: Vec<Figures> = SIZES
        .into_iter()
        .map(|debtors| in_child(&["measure", &debtors.to_string()]))
        .collect();
    let after = yardstick::measure();
    if arguments.iter().any(|argument| argument == "--json") {
        println!("{}", serde_json::to_string_pretty(&measured).expect("JSON"));
    } else {
        show(&measured);
    }
    let met = targets(&measured);
    compare(&measured, before, after);
    if met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn show(measured: &[Figures]) {
    for figures in measured {
        let share = 100.0 * figures.overdue_invoices as f64 / figures.open_invoices as f64;
        println!(
            "\nportfolio {}: {} debtors, {} open invoices, {share:.1} % overdue",
            figures.portfolio, figures.debtors, figures.open_invoices
        );
        println!(
            "{:18} {:>9} {:>9} {:>9} {:>24}  actions",
            "night", "decided", "seconds", "CPU s", "CPU per overdue invoice"
        );
        for (name, night) in [("first", &figures.first), ("next, 1 % changed", &figures.next)] {
            let actions: Vec<String> = night
                .actions
                .iter()
                .map(|(state, count)| format!("{count} {state:?}"))
                .collect();
            println!(
                "{name:18} {:>9} {:>9.2} {:>9.2} {:>21.4} ms  {}",
                night.decided,
                night.seconds,
                night.cpu_seconds,
                per_overdue(figures, night),
                actions.join(", ")
            );
        }
        for (why, count) in &figures.stopped {
            println!("{count:>9} {why}");
        }
        println!(
            "peak memory {}, database {}",
            megabytes(figures.peak_bytes),
            megabytes(figures.database_bytes)
        );
    }
}

/// Says of each target whether it is met, a line each.
fn targets(measured: &[Figures]) -> bool {
    let [few, .., many] = measured else { return false };
    let growth = many.peak_bytes as f64 / few.peak_bytes as f64;
    let targets = [
        ("first night", "s", many.first.seconds, FIRST),
        ("next night", "s", many.next.seconds, NEXT),
        (
            "first night, CPU per overdue invoice",
            "ms",
            per_overdue(many, &many.first),
            FIRST_CPU,
        ),
        (
            "next night, CPU per overdue invoice",
            "ms",
            per_overdue(many, &many.next),
            NEXT_CPU,
        ),
        ("peak memory with ten times the debtors", "times", growth, GROWTH),
    ];
    eprintln!();
    for (what, unit, found, allowed) in targets {
        let word = if found <= allowed { "met" } else { "missed" };
        eprintln!("{word:7} {what}: {found:.4} {unit}, {allowed} {unit} allowed");
    }
    targets.iter().all(|(_, _, found, allowed)| found <= allowed)
}

/// Says how the nights compare with the yardstick.
fn compare(measured: &[Figures], before: Result<Yardstick, String>, after: Result<Yardstick, String>) {
    let (before, after) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(why), _) | (_, Err(why)) => return eprintln!("yardstick skipped: {why}"),
    };
    let Some(figures) = measured.last() else { return };
    let tryton = f64::midpoint(before.cpu, after.cpu);
    let [first, next] = [&figures.first, &figures.next].map(|night| tryton / per_overdue(figures, night));
    eprintln!(
        "yardstick: Tryton {}'s dunning run, CPU per overdue invoice, on this machine: {:.3} ms (before), {:.3} ms \
         (after); ours is 1/{first:.0} on the first night (target 1/10), 1/{next:.0} on the next (target 1/100)",
        before.release, before.cpu, after.cpu
    );
}

fn per_overdue(figures: &Figures, night: &Night) -> f64 {
    1000.0 * night.cpu_seconds / figures.overdue_invoices as f64
}
