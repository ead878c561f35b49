//! The actions of a batch: which are made, kept, refused or withdrawn.

mod obligations;
mod standing;

use std::collections::{HashMap, HashSet};

use maan_ledger::{ActionId, DebtorId};
use uuid::Uuid;

use self::obligations::{all_items, held, obligations, taken};
use self::standing::Standing;
use super::{Decided, DecidedBatch, Decision, NewAction, Refusal, Refused, Written, find, position};
use crate::actions::{Move, in_action, joined_content};
use crate::codes::{currency_number, json, word};
use crate::db::Tx;
use crate::many::{execute_many, fetch_in};
use crate::{ActionState, StoreError, TenantStore};

/// An action that is to be written, with the state it comes from and the one it goes to.
struct Upsert<'a> {
    decision: &'a Decision,
    action: &'a NewAction,
    from: Option<ActionState>,
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
        if wanted.is_empty() {
            return Ok(written);
        }
        let mut claimed = self.claimed(tx, &wanted, &standing).await?;
        let held = held(&claimed);
        let stopped = wanted.iter().filter(|(_, action)| action.state.is_released());
        let stopped: HashSet<ActionId> = stopped.map(|(_, action)| action.id).collect();
        claimed.retain(|_, by| !stopped.contains(by));
        let mut upserts: Vec<Upsert<'_>> = Vec::new();
        for (decision, action) in wanted {
            let refuse = |why| Refused {
                action: action.id,
                why,
            };
            let before = standing.get(&action.id);
            let from = before.map(|before| before.state);
            let again = before.is_some_and(|before| before.may_start_again(batch.as_of));
            if let Some(ended) = from.filter(|state| !state.is_open() && !again) {
                written.refused.push(refuse(Refusal::Ended(ended)));
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
                from,
                to,
            });
        }
        self.upsert(tx, number, &upserts, &standing, batch, decided)
            .await?;
        self.claim(tx, &upserts, &held).await?;
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
        let mut moved = fetch_in!(
            *tx,
            (Uuid, i64),
            "UPDATE action SET state = 'withdrawn', changed_at = ?, moves = moves + 1, fence = fence + 1,
                    lease_holder = NULL, lease_until = NULL
             WHERE tenant = ? AND id IN",
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
        self.release(tx, &ids).await?;
        written.withdrawn = moved.into_iter().map(|(id, _)| ActionId(id)).collect();
        Ok(())
    }

    async fn upsert(
        &self,
        tx: &mut Tx,
        number: i64,
        upserts: &[Upsert<'_>],
        standing: &HashMap<ActionId, Standing>,
        batch: &DecidedBatch,
        decided: &HashMap<DebtorId, Decided>,
    ) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(upserts.len());
        for upsert in upserts {
            let (decision, action) = (upsert.decision, upsert.action);
            if standing
                .get(&action.id)
                .is_some_and(|before| before.debtor != decision.debtor)
            {
                return Err(StoreError::invalid(
                    "a batch",
                    format!("its action {} belongs to another debtor", action.id),
                ));
            }
            let content = joined_content(&action.title, &action.body);
            let key = &find(decided, decision.debtor)?.key;
            let sealed = key.seal(&in_action(self.tenant, &action.id), &content)?;
            let items: Vec<_> = all_items(action).collect();
            let items = json("the items of an action", &items)?;
            rows.push((decision, action, upsert.to, position(decision)?, items, sealed));
        }
        let changed = execute_many!(
            *tx,
            "INSERT INTO action (tenant, id, batch, position, debtor, kind, level, items, channel, state, automation,
                                 earliest, latest, rank, currency, amount, sealed_content, changed_at, moves, fence)
             VALUES",
            &rows,
            |(decision, action, to, position, items, sealed)| [
                self.tenant.0,
                action.id.0,
                number,
                *position,
                decision.debtor.0,
                action.kind.as_str(),
                word(action.level),
                items.as_str(),
                word(action.channel),
                word(to),
                action.automation.as_str(),
                action.earliest.0,
                action.latest.0,
                action.rank,
                currency_number(action.amount.currency),
                action.amount.minor,
                sealed.as_slice(),
                batch.known_at.0,
                1_i64,
                0_i64,
            ],
            // an action that does not move keeps its history and its lease
            "ON CONFLICT (tenant, id) DO UPDATE SET
                batch = excluded.batch, position = excluded.position, kind = excluded.kind, level = excluded.level,
                items = excluded.items, channel = excluded.channel, automation = excluded.automation,
                earliest = excluded.earliest, latest = excluded.latest, rank = excluded.rank,
                currency = excluded.currency, amount = excluded.amount, sealed_content = excluded.sealed_content,
                changed_at = CASE WHEN action.state = excluded.state THEN action.changed_at ELSE excluded.changed_at END,
                moves = CASE WHEN action.state = excluded.state THEN action.moves ELSE action.moves + 1 END,
                fence = CASE WHEN action.state = excluded.state THEN action.fence ELSE action.fence + 1 END,
                lease_holder = CASE WHEN action.state = excluded.state THEN action.lease_holder ELSE NULL END,
                lease_until = CASE WHEN action.state = excluded.state THEN action.lease_until ELSE NULL END,
                not_before = CASE WHEN action.state = excluded.state THEN action.not_before ELSE NULL END,
                state = excluded.state
             WHERE action.debtor = excluded.debtor"
        );
        if changed != rows.len() as u64 {
            return Err(StoreError::invalid(
                "a batch",
                "not all of its actions could be written",
            ));
        }
        let moving = upserts.iter().filter(|upsert| upsert.from != Some(upsert.to));
        let moves: Vec<Move<'_>> = moving
            .map(|upsert| Move {
                action: upsert.action.id.0,
                number: standing
                    .get(&upsert.action.id)
                    .map_or(0, |before| before.moves)
                    .saturating_add(1),
                from: upsert.from,
                to: upsert.to,
                note: upsert.note(),
            })
            .collect();
        self.keep_moves(tx, &moves, WHO, batch.known_at).await
    }
}

impl Upsert<'_> {
    /// Why it moves.
    fn note(&self) -> &'static str {
        match (self.from.is_some_and(ActionState::is_open), self.to) {
            (false, _) => "proposed",
            (true, ActionState::Vetoed) => "no longer allowed",
            (true, _) => "asks for a person now",
        }
    }
}
