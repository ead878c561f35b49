//! `maan sync`: read what changed on the platform.

use std::process::ExitCode;

use maan_followup::{Followup, SyncReport};

use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::Problem;

pub(crate) async fn run(place: &Place, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let report = read(&followup, output).await?;
    output.answer(&report, words)?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the platform with a progress bar.
pub(crate) async fn read(followup: &Followup, output: Output) -> Result<SyncReport, Problem> {
    let bar = output.progress("reading", 0);
    let report = followup
        .sync(|entity, read, total| {
            bar.set_length(total as u64);
            bar.set_position(read as u64);
            bar.set_message(format!("reading {entity}s"));
        })
        .await;
    bar.finish_and_clear();
    Ok(report?)
}

fn words(report: &SyncReport) -> String {
    let read: u64 = report.read.values().sum();
    let mut text = format!(
        "{read} records read in {} calls: {} facts, {} new debtors, {} debtors changed",
        report.calls,
        report.facts,
        report.new,
        report.changed.len()
    );
    for problem in report.problems.iter().take(20) {
        text.push_str(&format!("\n  look at {}", plain(problem)));
    }
    if report.problems.len() > 20 {
        text.push_str(&format!("\n  and {} more", report.problems.len() - 20));
    }
    for skipped in &report.skipped {
        text.push_str(&format!("\n  not read: {}", plain(skipped)));
    }
    text
}
