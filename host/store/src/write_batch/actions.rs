//! The actions of a batch: which are made, kept, refused or withdrawn.

mod obligations;
mod standing;
mod upsert;

use std::collections::{HashMap, HashSet};

use maan_ledger::{ActionId, DebtorId};
use uuid::Uuid;

use self::obligations::{obligations, taken};
use self::standing::Standing;
use super::{Decided, DecidedBatch, Decision, NewAction, Refusal, Refused, Written};
use crate::actions::Move;
use crate::db::Tx;
use crate::many::change_in;
use crate::{ActionState, StoreError, TenantStore};

/// An action that is to be written, with how it stands and the state it goes to.
struct Upsert<'a> {
    decision: &'a Decision,
    action: &'a NewAction,
    /// None when it is new.
    before: Option<&'a Standing>,
    to: ActionState,
}

const WHO: &str = "run";

impl TenantStore {
    pub(super) async fn write_actions(
        &self,
        tx: &mut Tx,
        batch: &DecidedBatch,
        number: i64,
        decided: &HashMap<DebtorId, Decided>,
    ) -> Result<Written, StoreError> {
        let mut written = Written {
            number,
            ..Written::default()
        };
        let wanted: Vec<(&Decision, &NewAction)> = batch
            .decisions
            .iter()
            .flat_map(|decision| decision.actions.iter().map(move |action| (decision, action)))
            .collect();
        let standing = self.standing(tx, batch, &wanted).await?;
        self.withdraw_others(tx, batch, &standing, &mut written).await?;
        let before = self.claimed(tx, &wanted, &standing).await?;
        let stopped = wanted.iter().filter(|(_, action)| {
            let before = standing.get(&action.id);
            action.state.is_released() && before.is_none_or(|before| before.may_move(batch.as_of))
        });
        let freed = stopped
            .map(|(_, action)| action.id)
            .chain(written.withdrawn.iter().copied());
        let freed: HashSet<ActionId> = freed.collect();
        let kept = before.iter().filter(|(_, by)| !freed.contains(by));
        let mut claimed: HashMap<_, _> = kept.map(|(what, by)| (what.clone(), *by)).collect();
        let mut upserts: Vec<Upsert<'_>> = Vec::new();
        for (decision, action) in wanted {
            let refuse = |why| Refused {
                action: action.id,
                why,
            };
            let before = standing.get(&action.id);
            let from = before.map(|before| before.state);
            let again = before.is_some_and(|before| before.may_start_again(batch.as_of));
            if let Some(ended) = before.filter(|before| !before.may_move(batch.as_of)) {
                written.refused.push(refuse(Refusal::Ended(ended.state)));
                continue;
            }
            if upserts.iter().any(|other| other.action.id == action.id) {
                return Err(StoreError::invalid(
                    "a batch",
                    format!("it has action {} twice", action.id),
                ));
            }
            let to = match before {
                Some(before) if before.state.is_open() => before.goes_to(action),
                _ => action.state,
            };
            if !to.is_released() {
                if let Some(taken) = taken(&claimed, action) {
                    written.refused.push(refuse(taken));
                    continue;
                }
                for obligation in obligations(action) {
                    claimed.insert(obligation, action.id);
                }
            }
            let list = if from.is_none() || again && from != Some(to) {
                &mut written.made
            } else {
                &mut written.kept
            };
            list.push(action.id);
            upserts.push(Upsert {
                decision,
                action,
                before,
                to,
            });
        }
        self.upsert(tx, number, &upserts, batch.known_at, decided).await?;
        self.claim(tx, &upserts, &freed, &before).await?;
        Ok(written)
    }

    /// Withdraws the open actions of debtors that this batch does not repeat, and those that failed. The copy of a
    /// letter that was posted is no proposal, so that nothing repeats it.
    async fn withdraw_others(
        &self,
        tx: &mut Tx,
        batch: &DecidedBatch,
        standing: &HashMap<ActionId, Standing>,
        written: &mut Written,
    ) -> Result<(), StoreError> {
        let deciding = batch.decisions.iter().filter(|decision| decision.withdraw);
        let withdrawing: HashMap<DebtorId, &Decision> =
            deciding.map(|decision| (decision.debtor, decision)).collect();
        let others = standing.iter().filter(|(id, standing)| {
            let repeats = |decision: &&Decision| decision.actions.iter().any(|action| action.id == **id);
            let decision = withdrawing.get(&standing.debtor);
            standing.may_be_withdrawn() && decision.is_some_and(|decision| !repeats(decision))
        });
        let froms: HashMap<Uuid, ActionState> = others.map(|(id, standing)| (id.0, standing.state)).collect();
        let ids: Vec<Uuid> = froms.keys().copied().collect();
        let mut moved = change_in!(
            *tx,
            (Uuid, i64),
            "UPDATE action SET state = 'withdrawn', changed_at = ?, moves = moves + 1, fence = fence + 1,
                    lease_holder = NULL, lease_until = NULL
             WHERE tenant = ? AND id",
            [batch.known_at.0, self.tenant.0],
            &ids,
            "RETURNING id, moves"
        );
        moved.sort_unstable();
        let moves: Vec<Move<'_>> = moved
            .iter()
            .map(|(action, number)| Move {
                action: *action,
                number: *number,
                from: froms.get(action).copied(),
                to: ActionState::Withdrawn,
                note: "no longer proposed",
            })
            .collect();
        self.keep_moves(tx, &moves, WHO, batch.known_at).await?;
        written.withdrawn = moved.into_iter().map(|(id, _)| ActionId(id)).collect();
        Ok(())
    }
}
