//! What waits for a person, and what a person does with it.

use maan_ledger::{ActionId, Day, DebtorId};
use maan_store::{Action, ActionFilter, ActionState, Follows};
use serde::Serialize;

use crate::RunError;
use crate::actions::{Prepared, claimable};
use crate::followup::Followup;
use crate::send::facts_of;

/// What became of actions that a person approved, rejected or resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Actions that were moved.
    pub moved: Vec<ActionId>,
    /// Actions that stood elsewhere and stay there.
    pub unmoved: Vec<ActionId>,
}

/// States of actions from which something can still come.
const OPEN: [ActionState; 6] = [
    ActionState::Waiting,
    ActionState::ToDo,
    ActionState::Queued,
    ActionState::Sending,
    ActionState::Unknown,
    ActionState::Failed,
];

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

    /// Numbers of the overdue items of a debtor that no open action is about, the oldest first. Of them nothing may be
    /// said before a person has dealt with what lies ready.
    ///
    /// # Errors
    /// The database.
    pub async fn overdue_besides(&self, debtor: DebtorId) -> Result<Vec<String>, RunError> {
        let settings = self.tenant.settings().await?;
        let facts = self.tenant.facts(debtor).await?;
        let snapshot = self.snapshot(&facts, &settings)?;
        let filter = ActionFilter {
            states: OPEN.to_vec(),
            debtor: Some(debtor),
            limit: u32::MAX,
        };
        let open = self.tenant.actions(filter).await?;
        let is_told = |id| {
            open.iter()
                .any(|action| action.items.iter().any(|(item, _)| *item == id))
        };
        let mut besides: Vec<_> = snapshot
            .items
            .iter()
            .filter(|item| item.is_overdue(snapshot.as_of) && claimable(&snapshot, item.id).minor > 0)
            .filter(|item| !is_told(item.id))
            .map(|item| (item.described.due, item.described.number.clone()))
            .collect();
        besides.sort();
        Ok(besides.into_iter().map(|(_, number)| number).collect())
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
        let follows = Follows {
            debtor: action.debtor,
            facts: facts_of(action, &guarded, &snapshot, on, at),
            action: None,
        };
        let from = [ActionState::Unknown];
        let done = self
            .tenant
            .settle(action.id, &from, ActionState::Sent, "it left", who, follows, at)
            .await?;
        if done {
            moved.moved.push(action.id)
        } else {
            moved.unmoved.push(action.id)
        }
        Ok(())
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
