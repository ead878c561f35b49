//! `maan replay`: decisions made again and compared, byte for byte.

use std::process::ExitCode;

use maan_followup::ReplayReport;
use serde::Serialize;

use crate::arguments::Replay;
use crate::output::{Output, plain};
use crate::place::Place;
use crate::problem::{Code, Problem};

pub(crate) async fn run(place: &Place, options: &Replay, output: Output) -> Result<ExitCode, Problem> {
    let mut total = ReplayReport::default();
    if let Some(decision) = &options.decision {
        total = place.followup().await?.replay_one(decision.parse()?).await?;
    } else {
        let bar = output.progress("replaying", 0);
        for tenant in place.store.tenants().await? {
            let followup = place.followup_of(&tenant).await?;
            let report = followup.replay_all(|done| bar.inc(done)).await?;
            total.replayed = total.replayed.saturating_add(report.replayed);
            total.identical = total.identical.saturating_add(report.identical);
            total.erased = total.erased.saturating_add(report.erased);
            total.different.extend(report.different);
            total.broken_chain.extend(report.broken_chain);
        }
        bar.finish_and_clear();
    }
    tell(&total, output)
}

/// The last line of an answer in JSON.
#[derive(Serialize)]
struct Counts {
    replayed: u64,
    identical: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    erased: Option<u64>,
}

/// Tells what differs, a line each, and the counts last.
fn tell(report: &ReplayReport, output: Output) -> Result<ExitCode, Problem> {
    let good = report.different.is_empty() && report.broken_chain.is_empty();
    if output.json {
        for different in &report.different {
            println!("{}", serde_json::json!({ "different": different }));
        }
        for batch in &report.broken_chain {
            println!("{}", serde_json::json!({ "broken_chain": batch }));
        }
        let erased = Some(report.erased).filter(|erased| *erased > 0);
        let counts = Counts {
            replayed: report.replayed,
            identical: report.identical,
            erased,
        };
        let counts = serde_json::to_string(&counts)
            .map_err(|error| Problem::failed(format!("the counts cannot be written as JSON: {error}")))?;
        println!("{counts}");
    } else {
        for different in &report.different {
            let slot = different.slot.as_deref().unwrap_or("record");
            println!(
                "{} {slot}: {}",
                different.decision,
                plain(&different.why.join("; "))
            );
        }
        for batch in &report.broken_chain {
            println!("batch {batch}: its root does not follow from its decisions and the batch before");
        }
        println!(
            "{} decisions replayed, {} identical",
            report.replayed, report.identical
        );
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Code::Differs as u8)
    })
}
