//! Writing what batches decided, some in one transaction: all of it or nothing.

mod actions;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use maan_ledger::{ActionId, Channel, Day, DebtorId, Fact, ItemId, Level, Moment, Money, encode_page};
use uuid::Uuid;

use crate::codes::currency_number;
use crate::db::{Tx, execute, fetch_optional};
use crate::decisions::{debtor_key, decision_row, in_decision};
use crate::many::{execute_many, fetch_many};
use crate::sealing::Key;
use crate::{ActionState, DebtorDigest, StoreError, TenantStore};

/// What a batch decided.
#[derive(Clone, Debug)]
pub struct DecidedBatch {
    /// Its id.
    pub id: Uuid,
    /// Day for which it was decided.
    pub as_of: Day,
    /// What was known then; also the moment of what follows from it.
    pub known_at: Moment,
    /// Canonical bytes, not read by the store.
    pub header: Vec<u8>,
    /// Merkle root over the commitments.
    pub root: [u8; 32],
    /// Head of the chain on which it was built; another head refuses the batch.
    pub previous_root: [u8; 32],
    /// Digest of everything but facts on which the decisions depend.
    pub environment: [u8; 32],
    /// At most one for each debtor.
    pub decisions: Vec<Decision>,
}

/// What was decided about one debtor.
#[derive(Clone, Debug)]
pub struct Decision {
    /// About whom.
    pub debtor: DebtorId,
    /// Place in the batch, from 0.
    pub position: u32,
    /// Number of the page of facts up to which it was decided.
    pub decided_version: i64,
    /// Digests in the clear, not read by the store.
    pub record: Vec<u8>,
    /// Outputs; sealed with the debtor's key.
    pub payload: Vec<u8>,
    /// Views, where they are kept; sealed with the debtor's key.
    pub views: Option<Vec<u8>>,
    /// When the debtor is looked at again.
    pub next_look: Option<Day>,
    /// Why nothing was decided.
    pub held: Option<String>,
    /// What was found.
    pub digest: DebtorDigest,
    /// What was established about the debtor, where it differs from what was in force. Being the decision's own, it
    /// does not make the debtor due again.
    pub judged: Option<Fact>,
    /// What is to be done.
    pub actions: Vec<NewAction>,
    /// Withdraw the actions of this debtor that are open or failed and not among `actions`.
    pub withdraw: bool,
}

/// An action to be made, or to be kept up to date when it is there and open.
#[derive(Clone, Debug)]
pub struct NewAction {
    /// Derived from what it is for, so that the same proposal has the same id tomorrow.
    pub id: ActionId,
    /// Kind, as the contract names it.
    pub kind: String,
    /// Dunning level; with one, the action claims an obligation for each item.
    pub level: Level,
    /// Items of that level, with their rounds.
    pub items: Vec<(ItemId, u16)>,
    /// Items that one message asks for beside them, each with its round and at its own level: an obligation each.
    pub also: Vec<(ItemId, u16, Level)>,
    /// Over which channel.
    pub channel: Channel,
    /// Where it starts. An action that is there and open moves only to where it needs more of a person, or to an
    /// end; what a person approved stays approved as long as it asks no more over the same channel.
    pub state: ActionState,
    /// Automation level under which it is made.
    pub automation: String,
    /// First day.
    pub earliest: Day,
    /// Last day.
    pub latest: Day,
    /// Higher comes first.
    pub rank: i64,
    /// Money at stake.
    pub amount: Money,
    /// Proposal and verdict; sealed with the debtor's key.
    pub body: Vec<u8>,
    /// One line for a list; sealed with the debtor's key.
    pub title: String,
}

/// What became of the actions of a batch; lists are in the order of the batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Place of the batch in the chain, from 1.
    pub number: i64,
    /// Actions that were made, or made again after they had been withdrawn or vetoed.
    pub made: Vec<ActionId>,
    /// Actions that were there, open or vetoed, and brought up to date.
    pub kept: Vec<ActionId>,
    /// Actions that were not made.
    pub refused: Vec<Refused>,
    /// Open or failed actions that were withdrawn.
    pub withdrawn: Vec<ActionId>,
}

/// An action that was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which.
    pub action: ActionId,
    /// Why.
    pub why: Refusal,
}

/// Why an action was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Another action, live or done, claims the same obligation.
    Claimed {
        /// The item.
        item: ItemId,
        /// The level.
        level: Level,
        /// The round.
        round: u16,
        /// The other action.
        by: ActionId,
    },
    /// The very same action is there and no longer open.
    Ended(ActionState),
}

/// A transaction into which batches are written, each built on the one before it: all of them, once it is committed,
/// or none.
pub struct Batches<'a> {
    tenant: &'a TenantStore,
    tenant_key: Arc<Key>,
    tx: Tx,
}

impl Batches<'_> {
    /// Writes the next batch, as [`TenantStore::write_batch`] does.
    pub async fn write(mut self, batch: &DecidedBatch) -> Result<(Self, Written), StoreError> {
        decides_once(batch)?;
        let (tenant, tx) = (self.tenant, &mut self.tx);
        let number = tenant.extend_chain(tx, batch).await?;
        let decided = tenant.update_debtors(tx, batch, &self.tenant_key).await?;
        tenant.insert_decisions(tx, batch, number, &decided).await?;
        tenant.append_judged(tx, batch, &decided).await?;
        let written = tenant.write_actions(tx, batch, number, &decided).await?;
        Ok((self, written))
    }

    /// Keeps all that was written.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}

/// A debtor's row after the decision was written into it.
struct Decided {
    fact_version: i64,
    key: Key,
}

impl TenantStore {
    /// Writes a batch: the batch in the chain, its decisions, the debtors' rows, facts that were established,
    /// actions with their obligations, and the withdrawal of actions no longer wanted.
    pub async fn write_batch(&self, batch: DecidedBatch) -> Result<Written, StoreError> {
        let (batches, written) = self.begin_batches().await?.write(&batch).await?;
        batches.commit().await?;
        Ok(written)
    }

    /// Begins a transaction for batches; other writers of the tenant wait until it ends.
    pub async fn begin_batches(&self) -> Result<Batches<'_>, StoreError> {
        let tenant_key = self.key().await?;
        let tx = self.write().await?;
        Ok(Batches {
            tenant: self,
            tenant_key,
            tx,
        })
    }

    async fn extend_chain(&self, tx: &mut Tx, batch: &DecidedBatch) -> Result<i64, StoreError> {
        let exists = fetch_optional!(
            *tx,
            (i64,),
            "SELECT number FROM batch WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            batch.id
        )?;
        if exists.is_some() {
            return Err(StoreError::BatchExists(batch.id));
        }
        let row = fetch_optional!(
            *tx,
            (i64,),
            "UPDATE tenant SET chain_root = $3, batches = batches + 1
             WHERE tenant = $1 AND chain_root = $2 RETURNING batches",
            self.tenant.0,
            batch.previous_root.as_slice(),
            batch.root.as_slice(),
        )?;
        let (number,) = row.ok_or(StoreError::ChainMoved)?;
        execute!(
            *tx,
            "INSERT INTO batch (tenant, number, id, as_of, known_at, header, root, previous_root)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            self.tenant.0,
            number,
            batch.id,
            batch.as_of.0,
            batch.known_at.0,
            batch.header.as_slice(),
            batch.root.as_slice(),
            batch.previous_root.as_slice(),
        )?;
        Ok(number)
    }

    /// Brings the debtors' rows up to date and gives what the rest of the batch needs of them.
    async fn update_debtors(
        &self,
        tx: &mut Tx,
        batch: &DecidedBatch,
        tenant_key: &Key,
    ) -> Result<HashMap<DebtorId, Decided>, StoreError> {
        let rows = fetch_many!(
            *tx,
            (Uuid, i64, i64, Option<Vec<u8>>),
            // a fact that was established raises both versions, so that it alone makes nobody due
            "UPDATE debtor SET
                fact_version = fact_version + v.column4, decided_version = v.column3 + v.column4,
                environment = v.column5, next_look = v.column6, currency = v.column7, open_amount = v.column8,
                overdue_amount = v.column9, held_amount = v.column10, segment = v.column11
             FROM (",
            &batch.decisions,
            |decision| [
                self.tenant.0,
                decision.debtor.0,
                decision.decided_version,
                i64::from(decision.judged.is_some()),
                batch.environment.as_slice(),
                decision.next_look.map(|day| day.0),
                currency_number(decision.digest.currency),
                decision.digest.open,
                decision.digest.overdue,
                decision.digest.held,
                decision.digest.segment.as_str(),
            ],
            ") AS v
             WHERE debtor.tenant = v.column1 AND debtor.id = v.column2
             RETURNING id, fact_version, key_id, wrapped_key"
        );
        let mut decided = HashMap::with_capacity(rows.len());
        for (id, fact_version, key_id, wrapped) in rows {
            let debtor = DebtorId(id);
            let key = debtor_key(self.tenant, debtor, key_id, wrapped, tenant_key)?;
            let key = key.ok_or(StoreError::Erased(debtor))?;
            decided.insert(debtor, Decided { fact_version, key });
        }
        match batch
            .decisions
            .iter()
            .find(|decision| !decided.contains_key(&decision.debtor))
        {
            Some(missing) => Err(StoreError::UnknownDebtor(missing.debtor)),
            None => Ok(decided),
        }
    }

    async fn insert_decisions(
        &self,
        tx: &mut Tx,
        batch: &DecidedBatch,
        number: i64,
        decided: &HashMap<DebtorId, Decided>,
    ) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(batch.decisions.len());
        for decision in &batch.decisions {
            let key = &find(decided, decision.debtor)?.key;
            let position = position(decision)?;
            let row = decision_row(number, position);
            let seal = |column, plain: &[u8]| key.seal(&in_decision(self.tenant, column, &row), plain);
            let payload = seal("sealed_payload", &decision.payload)?;
            let views = match &decision.views {
                Some(views) => Some(seal("sealed_views", views)?),
                None => None,
            };
            rows.push((decision, position, payload, views));
        }
        execute_many!(
            *tx,
            "INSERT INTO decision (tenant, batch, position, debtor, decided_version, next_look, held, record,
                                   sealed_payload, sealed_views)",
            &rows,
            |(decision, position, payload, views)| [
                self.tenant.0,
                number,
                *position,
                decision.debtor.0,
                decision.decided_version,
                decision.next_look.map(|day| day.0),
                decision.held.as_deref(),
                decision.record.as_slice(),
                payload.as_slice(),
                views.as_deref(),
            ],
            ""
        );
        Ok(())
    }

    async fn append_judged(
        &self,
        tx: &mut Tx,
        batch: &DecidedBatch,
        decided: &HashMap<DebtorId, Decided>,
    ) -> Result<(), StoreError> {
        let mut pages = Vec::new();
        for decision in &batch.decisions {
            if let Some(fact) = &decision.judged {
                let version = find(decided, decision.debtor)?.fact_version;
                pages.push((
                    decision.debtor.0,
                    version,
                    encode_page(std::slice::from_ref(fact)),
                ));
            }
        }
        self.insert_pages(tx, &pages, batch.known_at).await
    }
}

fn decides_once(batch: &DecidedBatch) -> Result<(), StoreError> {
    let mut debtors = HashSet::new();
    match batch
        .decisions
        .iter()
        .all(|decision| debtors.insert(decision.debtor))
    {
        true => Ok(()),
        false => Err(StoreError::invalid("a batch", "it decides about a debtor twice")),
    }
}

fn find(decided: &HashMap<DebtorId, Decided>, debtor: DebtorId) -> Result<&Decided, StoreError> {
    decided.get(&debtor).ok_or(StoreError::UnknownDebtor(debtor))
}

fn position(decision: &Decision) -> Result<i32, StoreError> {
    i32::try_from(decision.position).map_err(|error| StoreError::invalid("a place in a batch", error))
}
