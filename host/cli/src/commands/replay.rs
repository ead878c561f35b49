//! `maan replay`: decisions made again and compared, byte for byte.

use std::process::ExitCode;

use maan_followup::ReplayReport;

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
        let counts = if report.erased == 0 {
            serde_json::json!({ "replayed": report.replayed, "identical": report.identical })
        } else {
            serde_json::json!({
                "replayed": report.replayed, "identical": report.identical, "erased": report.erased
            })
        };
        println!("{counts}");
    } else {
        for different in &report.different {
            let slot = different.slot.as_deref().unwrap_or("record");
            println!("{} {slot}: {}", different.decision, plain(&different.why.join("; ")));
        }
        for batch in &report.broken_chain {
            println!("batch {batch}: its root does not follow from its decisions and the batch before");
        }
        println!("{} decisions replayed, {} identical", report.replayed, report.identical);
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::from(Code::Differs as u8) })
}
