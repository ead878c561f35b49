//! Reading decisions and the chain of batches they stand in.

use std::collections::HashMap;
use std::fmt;

use maan_ledger::{Day, DebtorId, Moment, TenantId};
use uuid::Uuid;

use crate::codes::{bytes32, unsigned};
use crate::db::{Tx, fetch_all, fetch_optional};
use crate::debtors::key_of_debtor;
use crate::sealing::{Key, Place, sealed_with};
use crate::{StoreError, TenantStore};

/// Which decision: the place in a batch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId {
    /// The batch.
    pub batch: Uuid,
    /// Place in it, from 0.
    pub position: u32,
}

impl fmt::Display for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.batch, self.position)
    }
}

impl fmt::Debug for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for DecisionId {
    type Err = StoreError;

    /// Reads `batch/position`, as it is displayed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text
            .split_once('/')
            .and_then(|(batch, position)| Some((batch.parse().ok()?, position.parse().ok()?)));
        parts
            .map(|(batch, position)| Self { batch, position })
            .ok_or_else(|| StoreError::invalid("a decision's id", "it is written batch/position"))
    }
}

/// What the decisions of a batch share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchHead {
    /// Its id.
    pub id: Uuid,
    /// Its place in the chain, from 1.
    pub number: i64,
    /// Day for which it was decided.
    pub as_of: Day,
    /// What was known then.
    pub known_at: Moment,
    /// Canonical bytes, not read by the store.
    pub header: Vec<u8>,
    /// Merkle root over the commitments.
    pub root: [u8; 32],
    /// Root of the batch before it; zeros for the first.
    pub previous_root: [u8; 32],
}

/// A batch with the records of all its decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBatch {
    /// What the decisions share.
    pub head: BatchHead,
    /// In the order of their places.
    pub records: Vec<StoredRecord>,
}

/// What a decision commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    /// Place in the batch.
    pub position: u32,
    /// About whom.
    pub debtor: DebtorId,
    /// Digests in the clear, not read by the store.
    pub record: Vec<u8>,
}

/// A decision as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDecision {
    /// Which.
    pub id: DecisionId,
    /// What it shares with the others of its batch.
    pub batch: BatchHead,
    /// About whom.
    pub debtor: DebtorId,
    /// Number of the page of facts up to which it was decided.
    pub decided_version: i64,
    /// When the debtor is looked at again.
    pub next_look: Option<Day>,
    /// Why nothing was decided.
    pub held: Option<String>,
    /// Digests in the clear, not read by the store.
    pub record: Vec<u8>,
    /// Outputs; `None` when the debtor's data were erased.
    pub payload: Option<Vec<u8>>,
    /// Views, where they were kept and not erased.
    pub views: Option<Vec<u8>>,
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    id: Uuid,
    number: i64,
    as_of: i32,
    known_at: i64,
    header: Vec<u8>,
    root: Vec<u8>,
    previous_root: Vec<u8>,
}

impl BatchRow {
    fn head(self) -> Result<BatchHead, StoreError> {
        Ok(BatchHead {
            id: self.id,
            number: self.number,
            as_of: Day(self.as_of),
            known_at: Moment(self.known_at),
            header: self.header,
            root: bytes32("a root", &self.root)?,
            previous_root: bytes32("a root", &self.previous_root)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct DecisionRow {
    batch: i64,
    position: i32,
    debtor: Uuid,
    decided_version: i64,
    next_look: Option<i32>,
    held: Option<String>,
    record: Vec<u8>,
    sealed_payload: Vec<u8>,
    sealed_views: Option<Vec<u8>>,
    key_id: i64,
    wrapped_key: Option<Vec<u8>>,
}

/// Decisions, each with the key that opens it.
macro_rules! select_decisions {
    ($rest:literal) => {
        concat!(
            "SELECT d.batch, d.position, d.debtor, d.decided_version, d.next_look, d.held, d.record,
                    d.sealed_payload, d.sealed_views, o.key_id, o.wrapped_key
             FROM decision d JOIN debtor o ON o.tenant = d.tenant AND o.id = d.debtor
             WHERE d.tenant = $1 ",
            $rest
        )
    };
}

const SELECT_BATCH: &str = "SELECT id, number, as_of, known_at, header, root, previous_root
     FROM batch WHERE tenant = $1 AND number = $2";

impl TenantStore {
    /// Root of the newest batch; zeros before the first.
    pub async fn batch_chain_head(&self) -> Result<[u8; 32], StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (Vec<u8>,),
            "SELECT chain_root FROM tenant WHERE tenant = $1",
            self.tenant.0
        )?;
        tx.commit().await?;
        let (root,) = row.ok_or(StoreError::UnknownTenant(self.tenant))?;
        bytes32("a root", &root)
    }

    /// Decisions about a debtor, newest first.
    pub async fn decisions(&self, debtor: DebtorId, limit: u32) -> Result<Vec<StoredDecision>, StoreError> {
        let key = self.key().await?;
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            DecisionRow,
            select_decisions!("AND d.debtor = $2 ORDER BY d.batch DESC, d.position DESC LIMIT $3"),
            self.tenant.0,
            debtor.0,
            i64::from(limit),
        )?;
        let decisions = self.opened(&mut tx, rows, &key).await?;
        tx.commit().await?;
        Ok(decisions)
    }

    /// The ids of all decisions in the order of the chain, after one of them.
    pub async fn decision_ids(
        &self,
        after: Option<DecisionId>,
        limit: u32,
    ) -> Result<Vec<DecisionId>, StoreError> {
        let mut tx = self.read().await?;
        let (batch, position) = match after {
            None => (0, 0),
            Some(id) => match self.batch_number(&mut tx, id.batch).await? {
                Some(number) => (number, position(id)),
                None => return Ok(Vec::new()),
            },
        };
        let rows = fetch_all!(
            tx,
            (Uuid, i32),
            "SELECT b.id, d.position FROM decision d JOIN batch b ON b.tenant = d.tenant AND b.number = d.batch
             WHERE d.tenant = $1 AND (d.batch, d.position) > ($2, $3) ORDER BY d.batch, d.position LIMIT $4",
            self.tenant.0,
            batch,
            position,
            i64::from(limit),
        )?;
        tx.commit().await?;
        rows.into_iter()
            .map(|(batch, position)| {
                let position = unsigned("a place in a batch", i64::from(position))?;
                Ok(DecisionId { batch, position })
            })
            .collect()
    }

    /// A decision.
    pub async fn decision(&self, id: DecisionId) -> Result<Option<StoredDecision>, StoreError> {
        let key = self.key().await?;
        let mut tx = self.read().await?;
        let Some(number) = self.batch_number(&mut tx, id.batch).await? else {
            return Ok(None);
        };
        let rows = fetch_all!(
            tx,
            DecisionRow,
            select_decisions!("AND d.batch = $2 AND d.position = $3"),
            self.tenant.0,
            number,
            position(id),
        )?;
        let decisions = self.opened(&mut tx, rows, &key).await?;
        tx.commit().await?;
        Ok(decisions.into_iter().next())
    }

    /// A batch with the records of all its decisions, from which its root can be made again.
    pub async fn batch(&self, id: Uuid) -> Result<Option<StoredBatch>, StoreError> {
        let mut tx = self.read().await?;
        let Some(number) = self.batch_number(&mut tx, id).await? else {
            return Ok(None);
        };
        let Some(row) = fetch_optional!(tx, BatchRow, SELECT_BATCH, self.tenant.0, number)? else {
            return Ok(None);
        };
        let records = fetch_all!(
            tx,
            (i32, Uuid, Vec<u8>),
            "SELECT position, debtor, record FROM decision WHERE tenant = $1 AND batch = $2 ORDER BY position",
            self.tenant.0,
            number,
        )?;
        tx.commit().await?;
        let records = records
            .into_iter()
            .map(|(position, debtor, record)| {
                Ok(StoredRecord {
                    position: unsigned("a place in a batch", i64::from(position))?,
                    debtor: DebtorId(debtor),
                    record,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Some(StoredBatch {
            head: row.head()?,
            records,
        }))
    }

    async fn batch_number(&self, tx: &mut Tx, id: Uuid) -> Result<Option<i64>, StoreError> {
        let row = fetch_optional!(
            *tx,
            (i64,),
            "SELECT number FROM batch WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            id
        )?;
        Ok(row.map(|(number,)| number))
    }

    async fn opened(
        &self,
        tx: &mut Tx,
        rows: Vec<DecisionRow>,
        tenant_key: &Key,
    ) -> Result<Vec<StoredDecision>, StoreError> {
        let mut heads: HashMap<i64, BatchHead> = HashMap::new();
        let mut decisions = Vec::with_capacity(rows.len());
        for row in rows {
            let batch = match heads.get(&row.batch) {
                Some(head) => head.clone(),
                None => {
                    let found = fetch_optional!(*tx, BatchRow, SELECT_BATCH, self.tenant.0, row.batch)?;
                    let missing = || StoreError::unreadable("a decision", "its batch is missing");
                    let head = found.ok_or_else(missing)?.head()?;
                    heads.insert(row.batch, head.clone());
                    head
                }
            };
            let debtor = DebtorId(row.debtor);
            let key = debtor_key(self.tenant, debtor, row.key_id, row.wrapped_key, tenant_key)?;
            let place = decision_row(row.batch, row.position);
            let open =
                |column, sealed| open_with(key.as_ref(), &in_decision(self.tenant, column, &place), sealed);
            decisions.push(StoredDecision {
                id: DecisionId {
                    batch: batch.id,
                    position: unsigned("a place in a batch", i64::from(row.position))?,
                },
                debtor,
                decided_version: row.decided_version,
                next_look: row.next_look.map(Day),
                held: row.held,
                record: row.record,
                payload: open("sealed_payload", row.sealed_payload)?,
                views: match row.sealed_views {
                    Some(sealed) => open("sealed_views", sealed)?,
                    None => None,
                },
                batch,
            });
        }
        Ok(decisions)
    }
}

/// Positions that no batch can have become one that none has.
fn position(id: DecisionId) -> i32 {
    i32::try_from(id.position).unwrap_or(i32::MAX)
}

pub(crate) fn decision_row(batch: i64, position: i32) -> [u8; 12] {
    let mut row = [0; 12];
    let (number, place) = row.split_at_mut(8);
    number.copy_from_slice(&batch.to_be_bytes());
    place.copy_from_slice(&position.to_be_bytes());
    row
}

pub(crate) fn in_decision<'a>(tenant: TenantId, column: &'static str, row: &'a [u8; 12]) -> Place<'a> {
    Place {
        tenant,
        table: "decision",
        column,
        row,
    }
}

/// A debtor's key, unless it was destroyed.
pub(crate) fn debtor_key(
    tenant: TenantId,
    debtor: DebtorId,
    key_id: i64,
    wrapped: Option<Vec<u8>>,
    tenant_key: &Key,
) -> Result<Option<Key>, StoreError> {
    wrapped
        .map(|wrapped| tenant_key.unwrap_key(key_id, &key_of_debtor(tenant, &debtor), wrapped))
        .transpose()
}

/// What was sealed; `None` when the key that sealed it was destroyed. What another key sealed that never was this
/// debtor's was changed or moved.
pub(crate) fn open_with(
    key: Option<&Key>,
    place: &Place<'_>,
    sealed: Vec<u8>,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(key) = key else { return Ok(None) };
    if key.is_anew() && sealed_with(&sealed) != Some(key.id()) {
        return Ok(None);
    }
    let mut opened = key.open(place, sealed)?;
    Ok(Some(std::mem::take(&mut *opened)))
}
