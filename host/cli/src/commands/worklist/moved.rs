//! `maan approve`, `reject`, `resolve`: what a person says of actions.

use std::process::ExitCode;

use maan_followup::Moved;
use maan_store::{ActionFilter, ActionState};

use super::find;
use crate::arguments::{Approve, Reject, Resolve};
use crate::output::Output;
use crate::place::Place;
use crate::problem::{Code, Problem};

pub(crate) async fn approve(place: &Place, options: &Approve, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let actions = if options.all {
        let states = vec![ActionState::Waiting, ActionState::Failed];
        followup
            .tenant
            .actions(ActionFilter {
                states,
                debtor: None,
                limit: u32::MAX,
            })
            .await?
    } else {
        find(&followup, &options.actions).await?
    };
    tell(
        followup.approve(&actions, &options.who).await?,
        "approved",
        output,
    )
}

pub(crate) async fn reject(place: &Place, options: &Reject, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let actions = find(&followup, &options.actions).await?;
    tell(
        followup.reject(&actions, &options.reason, &options.who).await?,
        "rejected",
        output,
    )
}

pub(crate) async fn resolve(place: &Place, options: &Resolve, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let actions = find(&followup, &options.actions).await?;
    tell(
        followup.resolve(&actions, options.sent, &options.who).await?,
        "resolved",
        output,
    )
}

fn tell(moved: Moved, what: &str, output: Output) -> Result<ExitCode, Problem> {
    output.answer(&moved, |moved| {
        let mut text = format!("{} {what}", moved.moved.len());
        for action in &moved.unmoved {
            text.push_str(&format!("\n  {action} stands elsewhere and was left alone"));
        }
        text
    })?;
    Ok(if moved.unmoved.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Code::NotFound as u8)
    })
}
