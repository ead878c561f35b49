//! What would be said to a debtor today, if something else did not come first that waits for a person or is stopped: one
//! payer, one conversation.

use maan_ledger::{ActionId, AgreementId, Body, Day, Fact, ItemId, Pause};
use maan_store::{Action, ActionState, DecisionId};
use serde::Serialize;

use super::outcome::{Change, Outcome, Step};
use super::say::Say;
use super::stage::Stage;
use crate::RunError;
use crate::actions::speaks;
use crate::policies::Answers;

/// What waits until a person has dealt with an action.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Waits {
    /// The action.
    pub action: ActionId,
    /// Since when it waits for a person, is stopped or was rejected.
    pub since: Day,
    /// What would happen today otherwise.
    pub steps: Vec<Step>,
    /// The same in words.
    pub words: String,
}

/// What waits behind each action that waits for a person, by the policies themselves: they decide again as if the
/// items of that action rested.
pub(super) fn waits<A: Answers>(
    stage: &Stage<'_, A>,
    now: &Outcome,
    actions: &[Action],
    latest: Option<DecisionId>,
    say: &Say<'_>,
) -> Result<Vec<Waits>, RunError> {
    let holds = |action: &&Action| speaks(&action.kind) && holds_up(action, stage.today, latest);
    let first: Vec<&Action> = actions.iter().filter(holds).collect();
    let rested: Vec<Vec<Fact>> = first.iter().map(|action| rested(stage, action)).collect();
    let without = match rested.is_empty() {
        true => vec![],
        false => stage.imagine(&rested)?,
    };
    let zone = stage.settings.tz()?;
    let mut found = Vec::new();
    for (action, played) in first.into_iter().zip(without) {
        let changes = played.outcome.changes(now);
        let steps: Vec<Step> = changes.into_iter().filter_map(comes).collect();
        if !steps.is_empty() {
            let since = Day::at(action.changed_at, zone);
            let words = say.waits_for(action, since, &steps);
            let action = action.id;
            found.push(Waits {
                action,
                since,
                steps,
                words,
            });
        }
    }
    Ok(found)
}

/// Whether a person must deal with an action, refused it for the time in which it could have been done, or must first
/// mend what stops it.
fn holds_up(action: &Action, today: Day, latest: Option<DecisionId>) -> bool {
    match action.state {
        ActionState::Vetoed => latest == Some(action.decision),
        ActionState::Waiting | ActionState::ToDo => true,
        ActionState::Rejected => action.latest >= today,
        _ => false,
    }
}

/// The items of an action rest.
fn rested<A: Answers>(stage: &Stage<'_, A>, action: &Action) -> Vec<Fact> {
    let rest = |item: ItemId| {
        let pause = Pause {
            agreement: AgreementId::derived(item.0, "imagined"),
            item: Some(item),
            until: Some(stage.today),
            reason: String::new(),
        };
        stage.fact(Body::Paused(pause))
    };
    action.items.iter().map(|(item, _)| rest(*item)).collect()
}

/// What would be said then.
fn comes(change: Change) -> Option<Step> {
    match change {
        Change::Comes { step } | Change::Released { step } if !step.is_task() => Some(step),
        _ => None,
    }
}
