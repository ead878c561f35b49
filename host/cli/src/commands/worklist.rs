//! `maan worklist`, `approve`, `reject`, `resolve`: what waits for a person.

use std::process::ExitCode;

use maan_followup::{Followup, Moved};
use maan_ledger::{ActionId, Day, Money};
use maan_store::{Action, ActionFilter, ActionState};
use serde::Serialize;

use crate::arguments::{Approve, Reject, Resolve, Worklist};
use crate::output::{Output, plain, table};
use crate::place::Place;
use crate::problem::{Code, Problem};

/// A line of the worklist.
#[derive(Serialize)]
struct Line {
    action: ActionId,
    state: ActionState,
    debtor: String,
    what: String,
    channel: maan_ledger::Channel,
    amount: Money,
    earliest: Day,
    latest: Day,
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
    let mut lines = Vec::with_capacity(actions.len());
    for action in actions {
        let debtor = followup.tenant.debtor(action.debtor).await?;
        lines.push(Line {
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
                super::run::state_word(line.state).to_owned(),
                plain(&line.debtor),
                plain(&line.what),
                line.amount.to_string(),
                line.earliest.to_string(),
            ]
        };
        table(
            &["action", "state", "debtor", "what", "amount", "from"],
            &[4],
            lines.iter().map(row),
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

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

/// The actions whose ids begin as given; each must mean exactly one.
async fn find(followup: &Followup, named: &[String]) -> Result<Vec<Action>, Problem> {
    let all = followup
        .tenant
        .actions(ActionFilter {
            limit: u32::MAX,
            ..ActionFilter::default()
        })
        .await?;
    named.iter().map(|name| one(&all, name)).collect()
}

fn one(all: &[Action], name: &str) -> Result<Action, Problem> {
    let mut found = all
        .iter()
        .filter(|action| action.id.to_string().starts_with(name));
    match (found.next(), found.next()) {
        (Some(action), None) => Ok(action.clone()),
        (None, _) => Err(Problem::new(
            Code::NotFound,
            format!("there is no action `{name}`; see `maan worklist --all`"),
        )),
        (Some(_), Some(_)) => Err(Problem::new(
            Code::NotFound,
            format!("several actions begin with `{name}`; give more of the id"),
        )),
    }
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
