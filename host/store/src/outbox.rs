//! The outbox: queued actions are taken by leases with a fence that only rises.
//!
//! An action becomes *sending*, durably, before its message goes on the wire, and is never tried again by itself
//! from then on. A lease that runs out before gives the action to another worker; one that runs out after makes
//! it *unknown*, for a person to find out. Who comes late holds an old fence and changes nothing.

use maan_ledger::{ActionId, Body, DebtorId, Fact, ItemId, Moment, encode_page};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::actions::{Move, items_of};
use crate::codes::word;
use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::{Action, ActionState, Follows, StoreError, TenantStore};

/// A number that rises with every lease of a thing; the highest holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fence(pub i64);

/// A worker's right to an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// To which.
    pub action: ActionId,
    /// As long as no other has a higher one.
    pub fence: Fence,
    /// Sending may not start after this moment.
    pub until: Moment,
}

/// A claimed action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The right to it.
    pub claim: Claim,
    /// The action, still queued.
    pub action: Action,
}

/// What came of sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// It left.
    Sent {
        /// What proves it: the answer of the receiving server.
        proof: String,
    },
    /// It surely did not leave.
    Failed {
        /// Why.
        why: String,
        /// When it is tried again; never when this is `None`.
        retry_at: Option<Moment>,
    },
    /// Nobody knows.
    Unknown {
        /// Why.
        why: String,
    },
}

const WORKER: &str = "outbox";

/// How long a message may be on the wire, from when it is marked, before nobody knows what became of it, in
/// seconds; longer than a mail server may take for all steps together.
const SENDING_SECONDS: i64 = 300;

impl TenantStore {
    /// Leases queued actions to a worker, those of the highest rank first; leases that ran out are taken over.
    /// Actions whose lease ran out while they were being sent become unknown. The caller looks at their days.
    pub async fn claim_outbox(
        &self,
        worker: &str,
        now: Moment,
        lease_seconds: i64,
        limit: u32,
    ) -> Result<Vec<Claimed>, StoreError> {
        self.claim_queued(worker, now, lease_seconds, limit, false).await
    }

    /// The same for orders of reports, which leave to a bureau and not to the debtor.
    pub async fn claim_reports(
        &self,
        worker: &str,
        now: Moment,
        lease_seconds: i64,
        limit: u32,
    ) -> Result<Vec<Claimed>, StoreError> {
        self.claim_queued(worker, now, lease_seconds, limit, true).await
    }

    async fn claim_queued(
        &self,
        worker: &str,
        now: Moment,
        lease_seconds: i64,
        limit: u32,
        reports: bool,
    ) -> Result<Vec<Claimed>, StoreError> {
        let until = now.plus_seconds(lease_seconds);
        let key = self.key().await?;
        let mut tx = self.write().await?;
        self.give_up_sending(&mut tx, now).await?;
        let rows = fetch_all!(
            tx,
            (Uuid, i64),
            "UPDATE action SET lease_holder = $2, lease_until = $3, fence = fence + 1
             WHERE tenant = $1 AND id IN (
                SELECT id FROM action
                WHERE tenant = $1 AND state = 'queued' AND (kind = 'order-report') = $6
                  AND (lease_until IS NULL OR lease_until < $4)
                  AND (not_before IS NULL OR not_before <= $4)
                ORDER BY rank DESC, id LIMIT $5)
             RETURNING id, fence",
            self.tenant.0,
            worker,
            until.0,
            now.0,
            i64::from(limit),
            reports,
        )?;
        let mut claimed = Vec::with_capacity(rows.len());
        for (id, fence) in rows {
            let id = ActionId(id);
            if let Some(action) = self.action_in(&mut tx, id, &key).await? {
                let fence = Fence(fence);
                claimed.push(Claimed {
                    claim: Claim {
                        action: id,
                        fence,
                        until,
                    },
                    action,
                });
            }
        }
        tx.commit().await?;
        claimed.sort_by_key(|claimed| (std::cmp::Reverse(claimed.action.rank), claimed.action.id));
        Ok(claimed)
    }

    async fn give_up_sending(&self, tx: &mut Tx, now: Moment) -> Result<(), StoreError> {
        let mut lost = fetch_all!(
            *tx,
            (Uuid, i64),
            "UPDATE action SET state = 'unknown', changed_at = $2, moves = moves + 1, fence = fence + 1,
                    lease_holder = NULL, lease_until = NULL
             WHERE tenant = $1 AND state = 'sending' AND lease_until < $2 RETURNING id, moves",
            self.tenant.0,
            now.0,
        )?;
        lost.sort_unstable();
        let moves: Vec<Move<'_>> = lost
            .iter()
            .map(|(action, number)| Move {
                action: *action,
                number: *number,
                from: Some(ActionState::Sending),
                to: ActionState::Unknown,
                note: "the worker that was sending it did not come back",
            })
            .collect();
        self.keep_moves(tx, &moves, WORKER, now).await
    }

    /// Makes a claimed action *sending*, durably, before its message goes on the wire. False when the claim is no
    /// longer the newest, its lease ran out, or the action was moved: then nothing may be sent.
    pub async fn start_sending(
        &self,
        claim: &Claim,
        message_id: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let row = fetch_optional!(
            tx,
            (i64,),
            "UPDATE action SET state = 'sending', message_id = $4, changed_at = $5, moves = moves + 1, lease_until = $6
             WHERE tenant = $1 AND id = $2 AND fence = $3 AND state = 'queued' AND lease_until >= $5
             RETURNING moves",
            self.tenant.0,
            claim.action.0,
            claim.fence.0,
            message_id,
            at.0,
            at.plus_seconds(SENDING_SECONDS).0,
        )?;
        let Some((number,)) = row else { return Ok(false) };
        let step = Move {
            action: claim.action.0,
            number,
            from: Some(ActionState::Queued),
            to: ActionState::Sending,
            note: "",
        };
        self.keep_moves(&mut tx, &[step], WORKER, at).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps what came of sending, with the facts that follow from it. False when the claim is no longer the
    /// newest: then a person already has the action.
    pub async fn finish_sending(
        &self,
        claim: &Claim,
        outcome: SendOutcome,
        facts: Option<(DebtorId, Vec<Fact>)>,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let (to, note, proof, not_before) = match outcome {
            SendOutcome::Sent { proof } => (ActionState::Sent, String::new(), Some(proof), None),
            SendOutcome::Failed { why, retry_at: None } => (ActionState::Failed, why, None, None),
            SendOutcome::Failed { why, retry_at } => (ActionState::Queued, why, None, retry_at),
            SendOutcome::Unknown { why } => (ActionState::Unknown, why, None, None),
        };
        let mut tx = self.write().await?;
        if !self.holds(&mut tx, claim, ActionState::Sending).await? {
            return Ok(false);
        }
        execute!(
            tx,
            "UPDATE action SET proof = $3, not_before = $4 WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            claim.action.0,
            proof,
            not_before.map(|moment| moment.0),
        )?;
        self.put_state(&mut tx, claim.action, ActionState::Sending, to, &note, WORKER, at)
            .await?;
        if let Some((debtor, facts)) = facts {
            self.keep_done(&mut tx, claim.action, debtor, facts, at).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Gives up a claim after the action was looked at again: to a state in which it does not leave, or back into
    /// the queue. False when the claim is no longer the newest.
    pub async fn put_back(
        &self,
        claim: &Claim,
        to: ActionState,
        note: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        self.give_back(claim, to, None, note, at).await
    }

    /// Gives up a claim; the action stays queued and nobody can claim it before `until`.
    pub async fn put_back_until(
        &self,
        claim: &Claim,
        until: Moment,
        note: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        self.give_back(claim, ActionState::Queued, Some(until), note, at)
            .await
    }

    /// A person says what became of an action; what follows from that is kept with it. False when the action
    /// stands in none of the states `from`.
    #[expect(clippy::too_many_arguments, reason = "a move and what follows from it")]
    pub async fn settle(
        &self,
        id: ActionId,
        from: &[ActionState],
        to: ActionState,
        note: &str,
        who: &str,
        follows: Follows,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let key = self.key().await?;
        let mut tx = self.write().await?;
        if !self.move_in(&mut tx, id, from, to, note, who, at).await? {
            return Ok(false);
        }
        let Follows {
            debtor,
            facts,
            action,
        } = follows;
        self.keep_done(&mut tx, id, debtor, facts, at).await?;
        if let Some(next) = &action {
            self.follow_in(&mut tx, id.0, (debtor, next), (who, at), &key)
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps the facts that follow from an action. Items that its steps were not about in the end, because they were
    /// paid or disputed meanwhile, are free for a step of their own.
    pub(crate) async fn keep_done(
        &self,
        tx: &mut Tx,
        action: ActionId,
        debtor: DebtorId,
        facts: Vec<Fact>,
        at: Moment,
    ) -> Result<(), StoreError> {
        let steps = facts.iter().filter_map(|fact| match &fact.body {
            Body::StepDone(step) if step.action == action => Some(step.items.as_slice()),
            _ => None,
        });
        let about: Vec<&[ItemId]> = steps.collect();
        if !about.is_empty() {
            self.release_others(tx, action, &about.concat()).await?;
        }
        match facts.is_empty() {
            true => Ok(()),
            false => self.add_page(tx, debtor, facts, at).await,
        }
    }

    async fn release_others(
        &self,
        tx: &mut Tx,
        action: ActionId,
        items: &[ItemId],
    ) -> Result<(), StoreError> {
        let row = fetch_optional!(
            *tx,
            (String,),
            "SELECT items FROM action WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            action.0,
        )?;
        let Some((all,)) = row else { return Ok(()) };
        let mut others = items_of(&all)?;
        others.retain(|item| !items.contains(&ItemId(*item)));
        self.release(tx, action, &others).await
    }

    async fn give_back(
        &self,
        claim: &Claim,
        to: ActionState,
        not_before: Option<Moment>,
        note: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        if !self.holds(&mut tx, claim, ActionState::Queued).await? {
            return Ok(false);
        }
        execute!(
            tx,
            "UPDATE action SET not_before = $3 WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            claim.action.0,
            not_before.map(|moment| moment.0),
        )?;
        self.put_state(&mut tx, claim.action, ActionState::Queued, to, note, WORKER, at)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    pub(crate) async fn holds(
        &self,
        tx: &mut Tx,
        claim: &Claim,
        state: ActionState,
    ) -> Result<bool, StoreError> {
        let row = fetch_optional!(
            *tx,
            (Uuid,),
            "SELECT id FROM action WHERE tenant = $1 AND id = $2 AND fence = $3 AND state = $4",
            self.tenant.0,
            claim.action.0,
            claim.fence.0,
            word(state),
        )?;
        Ok(row.is_some())
    }

    async fn add_page(
        &self,
        tx: &mut Tx,
        debtor: DebtorId,
        facts: Vec<Fact>,
        at: Moment,
    ) -> Result<(), StoreError> {
        let row = fetch_optional!(
            *tx,
            (i64,),
            "UPDATE debtor SET fact_version = fact_version + 1 WHERE tenant = $1 AND id = $2 RETURNING fact_version",
            self.tenant.0,
            debtor.0,
        )?;
        let (number,) = row.ok_or(StoreError::UnknownDebtor(debtor))?;
        self.insert_pages(tx, &[(debtor.0, number, encode_page(&facts))], at)
            .await
    }
}
