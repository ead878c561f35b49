//! `maan worklist`: what waits for a person.

use std::process::ExitCode;

use maan_followup::{Followup, copy_channel, speaks};
use maan_ledger::{ActionId, Channel, Day, Money};
use maan_store::{Action, ActionFilter, ActionState};
use serde::Serialize;

use super::channel_word;
use crate::arguments::Worklist;
use crate::commands::run::state_word;
use crate::output::{Output, plain, table};
use crate::place::Place;
use crate::problem::Problem;

/// A line of the worklist.
#[derive(Serialize)]
struct Line {
    action: ActionId,
    state: ActionState,
    debtor: String,
    what: String,
    channel: Channel,
    /// Over which channel a copy goes.
    copy: Option<Channel>,
    amount: Money,
    earliest: Day,
    latest: Day,
    /// Since when it stands there.
    since: Day,
    /// Overdue invoices of the debtor that nothing open is about: they wait for this.
    also_overdue: Vec<String>,
}

pub(crate) async fn list(place: &Place, options: &Worklist, output: Output) -> Result<ExitCode, Problem> {
    let followup = place.followup().await?;
    let actions = if options.all {
        followup
            .tenant
            .actions(ActionFilter {
                limit: options.limit,
                ..ActionFilter::default()
            })
            .await
    } else {
        return show(&followup, followup.worklist(options.limit).await?, output).await;
    };
    show(&followup, actions?, output).await
}

async fn show(followup: &Followup, actions: Vec<Action>, output: Output) -> Result<ExitCode, Problem> {
    let zone = followup.tenant.settings().await?.tz()?;
    let mut lines = Vec::with_capacity(actions.len());
    for action in actions {
        let debtor = followup.tenant.debtor(action.debtor).await?;
        lines.push(Line {
            copy: copy_of(&action)?,
            also_overdue: besides(followup, &action).await?,
            since: Day::at(action.changed_at, zone),
            action: action.id,
            state: action.state,
            debtor: debtor.map(|debtor| debtor.name).unwrap_or_default(),
            what: action.title,
            channel: action.channel,
            amount: action.amount,
            earliest: action.earliest,
            latest: action.latest,
        });
    }
    output.answer(&lines, |lines| {
        if lines.is_empty() {
            return "nothing waits for a person".into();
        }
        let row = |line: &Line| {
            vec![
                line.action.to_string().chars().take(8).collect(),
                state_word(line.state).to_owned(),
                plain(&line.debtor),
                what(line),
                how(line),
                line.amount.to_string(),
                line.since.to_string(),
            ]
        };
        table(
            &["action", "state", "debtor", "what", "how", "amount", "since"],
            &[5],
            lines.iter().map(row),
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Overdue invoices that an action that waits for a person is not about, though it is what is said to the debtor.
async fn besides(followup: &Followup, action: &Action) -> Result<Vec<String>, Problem> {
    let waits = matches!(action.state, ActionState::Waiting | ActionState::ToDo);
    if !waits || !speaks(&action.kind) {
        return Ok(vec![]);
    }
    Ok(followup.overdue_besides(action.debtor).await?)
}

/// What it is, and what it leaves out.
fn what(line: &Line) -> String {
    let what = plain(&line.what);
    match line.also_overdue.as_slice() {
        [] => what,
        numbers => format!("{what} (also overdue: {})", plain(&numbers.join(", "))),
    }
}

/// The copy of an action that is not done yet.
fn copy_of(action: &Action) -> Result<Option<Channel>, Problem> {
    match action.state {
        ActionState::Waiting | ActionState::ToDo => Ok(copy_channel(action)?),
        _ => Ok(None),
    }
}

/// How it reaches the debtor; nothing for work that does not.
fn how(line: &Line) -> String {
    let way = channel_word(line.channel);
    match line.copy {
        Some(copy) => format!("{way}, a copy by {}", channel_word(copy)),
        None if line.channel == Channel::Portal => String::new(),
        None => way.to_owned(),
    }
}
