//! `maan export`: give everything of an administration back.

use std::process::ExitCode;

use crate::arguments::Export;
use crate::output::Output;
use crate::place::Place;
use crate::problem::Problem;

pub(crate) async fn run(place: &Place, options: &Export, output: Output) -> Result<ExitCode, Problem> {
    let name = place.tenant().await?.name;
    let followup = place.followup().await?;
    // without policies nothing was decided, and there is nothing to put into words
    let policies = match followup.tenant.deployments().await?.is_empty() {
        true => None,
        false => Some(followup.policies().await?),
    };
    let bar = output.progress("writing", 0);
    let report = followup
        .export(&options.folder, &name, policies.as_ref(), |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        })
        .await;
    bar.finish_and_clear();
    output.answer(&report?, |report| {
        format!(
            "{} debtors, {} items, {} facts, {} decisions, {} actions in {}: {}",
            report.debtors,
            report.items,
            report.facts,
            report.decisions,
            report.actions,
            options.folder.display(),
            report.files.join(", ")
        )
    })?;
    Ok(ExitCode::SUCCESS)
}
