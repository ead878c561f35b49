//! What waits for a person, and what a person does with it.

use maan_ledger::{ActionId, Body, Contact, Day, Fact, Known, Moment, Outcome};
use maan_store::{Action, ActionFilter, ActionState};
use serde::Serialize;

use crate::RunError;
use crate::actions::Prepared;
use crate::followup::Followup;
use crate::send::steps_done;

/// What became of actions that a person approved, rejected or resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Actions that were moved.
    pub moved: Vec<ActionId>,
    /// Actions that stood elsewhere and stay there.
    pub unmoved: Vec<ActionId>,
}

impl Followup {
    /// Actions that wait for a person, the most urgent first.
    ///
    /// # Errors
    /// The database.
    pub async fn worklist(&self, limit: u32) -> Result<Vec<Action>, RunError> {
        let states = vec![
            ActionState::Waiting,
            ActionState::ToDo,
            ActionState::Unknown,
            ActionState::Failed,
        ];
        Ok(self
            .tenant
            .actions(ActionFilter {
                states,
                debtor: None,
                limit,
            })
            .await?)
    }

    /// A person approves: messages go to the outbox, where they are looked at again before they leave; so do those
    /// that surely did not leave. Orders of reports go to the bureau that is in use.
    ///
    /// # Errors
    /// The database.
    pub async fn approve(&self, actions: &[Action], who: &str) -> Result<Moved, RunError> {
        let mut moved = Moved::default();
        for action in actions {
            let body = action.body.as_deref().map(Prepared::read).transpose()?;
            let mail = body.is_some_and(|prepared| prepared.guarded.is_mail());
            let (from, to): (&[ActionState], _) = if mail {
                (&[ActionState::Waiting, ActionState::Failed], ActionState::Queued)
            } else if action.kind == "order-report" {
                (
                    &[ActionState::Waiting, ActionState::ToDo, ActionState::Failed],
                    ActionState::Queued,
                )
            } else {
                (&[ActionState::Waiting], ActionState::ToDo)
            };
            self.move_one(action.id, from, to, "approved", who, &mut moved)
                .await?;
        }
        Ok(moved)
    }

    /// A person rejects, with a reason; what the actions were to do may be proposed again.
    ///
    /// # Errors
    /// The database.
    pub async fn reject(&self, actions: &[Action], reason: &str, who: &str) -> Result<Moved, RunError> {
        let from = [
            ActionState::Waiting,
            ActionState::ToDo,
            ActionState::Queued,
            ActionState::Failed,
        ];
        let mut moved = Moved::default();
        for action in actions {
            self.move_one(action.id, &from, ActionState::Rejected, reason, who, &mut moved)
                .await?;
        }
        Ok(moved)
    }

    /// A person found out whether messages left whose outcome was unknown.
    ///
    /// # Errors
    /// The database.
    pub async fn resolve(&self, actions: &[Action], sent: bool, who: &str) -> Result<Moved, RunError> {
        let mut moved = Moved::default();
        for action in actions {
            if sent {
                self.resolve_sent(action, who, &mut moved).await?;
            } else {
                let note = "it did not leave";
                self.move_one(
                    action.id,
                    &[ActionState::Unknown],
                    ActionState::Queued,
                    note,
                    who,
                    &mut moved,
                )
                .await?;
            }
        }
        Ok(moved)
    }

    /// The message left after all: the step counts as done from the day on which it was sent.
    async fn resolve_sent(&self, action: &Action, who: &str, moved: &mut Moved) -> Result<(), RunError> {
        let Some(body) = &action.body else {
            moved.unmoved.push(action.id);
            return Ok(());
        };
        let guarded = Prepared::read(body)?.guarded;
        let settings = self.tenant.settings().await?;
        let facts = self.tenant.facts(action.debtor).await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let history = self.tenant.history(action.id).await?;
        let sending = history.iter().rev().find(|step| step.to == ActionState::Sending);
        let at = self.moment();
        let on = Day::at(sending.map_or(at, |step| step.at), settings.tz()?);
        let facts = (action.debtor, steps_done(action.id, &guarded, &snapshot, on, at));
        let from = [ActionState::Unknown];
        let done = self
            .tenant
            .settle(action.id, &from, ActionState::Sent, "it left", who, facts, at)
            .await?;
        if done {
            moved.moved.push(action.id)
        } else {
            moved.unmoved.push(action.id)
        }
        Ok(())
    }

    /// A person did what an action asked, and says what came of it.
    ///
    /// # Errors
    /// The database.
    pub async fn done(&self, action: &Action, outcome: Option<Outcome>, who: &str) -> Result<bool, RunError> {
        let Some(body) = &action.body else {
            return Ok(false);
        };
        let guarded = Prepared::read(body)?.guarded;
        let settings = self.tenant.settings().await?;
        let facts = self.tenant.facts(action.debtor).await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let at = self.moment();
        let mut new = steps_done(action.id, &guarded, &snapshot, snapshot.as_of, at);
        new.extend(outcome.map(|outcome| contacted(action, outcome, snapshot.as_of, at)));
        let from = [ActionState::ToDo, ActionState::Waiting, ActionState::Failed];
        let facts = (action.debtor, new);
        Ok(self
            .tenant
            .settle(
                action.id,
                &from,
                ActionState::Done,
                "done by a person",
                who,
                facts,
                at,
            )
            .await?)
    }

    async fn move_one(
        &self,
        action: ActionId,
        from: &[ActionState],
        to: ActionState,
        note: &str,
        who: &str,
        moved: &mut Moved,
    ) -> Result<(), RunError> {
        let done = self
            .tenant
            .move_action(action, from, to, note, who, self.moment())
            .await?;
        if done {
            moved.moved.push(action)
        } else {
            moved.unmoved.push(action)
        }
        Ok(())
    }
}

/// The fact that a person spoke or wrote to the debtor.
fn contacted(action: &Action, outcome: Outcome, on: Day, at: Moment) -> Fact {
    Fact {
        happened: on,
        known: Known::At(at),
        body: Body::Contacted(Contact {
            id: action.id.to_string(),
            channel: action.channel,
            outcome,
            right_person: matches!(outcome, Outcome::Reached | Outcome::Promised),
            inbound: false,
            unhandled: false,
            items: action.items.iter().map(|(item, _)| *item).collect(),
        }),
    }
}
