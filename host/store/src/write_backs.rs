//! What is written back to the platforms, each thing once.

use std::fmt;
use std::str::FromStr;

use maan_ledger::{DebtorId, Moment};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{from_word, word};
use crate::db::{execute, fetch_all, fetch_optional};
use crate::{StoreError, TenantStore};

/// A kind of write-back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteBackKind {
    /// A note of what was sent or done.
    Notes,
    /// Credit limits that were set here.
    Limits,
    /// Deliveries that were held or released here.
    Holds,
    /// Days by which debtors promised to pay.
    PromisedDates,
}

impl WriteBackKind {
    /// All.
    pub const ALL: [Self; 4] = [Self::Notes, Self::Limits, Self::Holds, Self::PromisedDates];
}

/// Which kinds are written back: none at first. Written on one line, so that a setting can hold it: `notes, limits`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Option<String>", into = "String")]
pub struct WriteBacks(Vec<WriteBackKind>);

impl WriteBacks {
    /// Whether a kind is written back.
    pub fn has(&self, kind: WriteBackKind) -> bool {
        self.0.contains(&kind)
    }

    /// Whether nothing is written back.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for WriteBacks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = text.split(',').map(str::trim).filter(|one| !one.is_empty());
        let kind = |name: &str| {
            let found = WriteBackKind::ALL.into_iter().find(|kind| word(kind) == name);
            found.ok_or_else(|| {
                let known: Vec<_> = WriteBackKind::ALL.iter().map(word).collect();
                format!("`{name}` is not written back; there are: {}", known.join(", "))
            })
        };
        let mut kinds = named.map(kind).collect::<Result<Vec<_>, _>>()?;
        kinds.sort_unstable();
        kinds.dedup();
        Ok(Self(kinds))
    }
}

impl TryFrom<Option<String>> for WriteBacks {
    type Error = String;

    fn try_from(text: Option<String>) -> Result<Self, String> {
        text.unwrap_or_default().parse()
    }
}

impl fmt::Display for WriteBacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(word).collect();
        f.write_str(&names.join(", "))
    }
}

impl From<WriteBacks> for String {
    fn from(kinds: WriteBacks) -> Self {
        kinds.to_string()
    }
}

/// Where a write-back stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteBackState {
    /// To be written.
    Waiting,
    /// Being written.
    Writing,
    /// Written.
    Done,
    /// The platform has no place for it.
    NotOffered,
    /// It no longer holds, or it is not written back any more.
    Superseded,
    /// The platform refuses it.
    Failed,
    /// It may or may not have arrived: a person looks.
    Unknown,
}

/// Something to be written back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuedWriteBack {
    /// The same for the same thing.
    pub id: Uuid,
    /// Whom it is about.
    pub debtor: DebtorId,
    /// Its kind.
    pub kind: WriteBackKind,
}

/// What came of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteBackOutcome {
    /// Where it stands.
    pub state: WriteBackState,
    /// Why; empty where it was written.
    pub why: String,
    /// When it is tried again, for one that waits.
    pub not_before: Moment,
}

impl TenantStore {
    /// The moment through which everything is queued; none while nothing is written back.
    pub async fn write_back_start(&self) -> Result<Option<Moment>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            (i64,),
            "SELECT through FROM write_back_start WHERE tenant = $1",
            self.tenant.0
        )?;
        tx.commit().await?;
        Ok(row.map(|(through,)| Moment(through)))
    }

    /// Nothing is written back any more; what waits is given up.
    pub async fn end_write_backs(&self) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        execute!(
            tx,
            "DELETE FROM write_back_start WHERE tenant = $1",
            self.tenant.0
        )?;
        execute!(
            tx,
            "UPDATE write_back SET state = 'superseded' WHERE tenant = $1 AND state = 'waiting'",
            self.tenant.0
        )?;
        tx.commit().await
    }

    /// Debtors of whom something became known after a moment, and the newest moment at which it did.
    pub async fn told_after(&self, after: Moment) -> Result<(Vec<DebtorId>, Moment), StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (Uuid, i64),
            "SELECT debtor, MAX(recorded_at) FROM fact_page WHERE tenant = $1 AND recorded_at > $2
             GROUP BY debtor ORDER BY debtor",
            self.tenant.0,
            after.0,
        )?;
        tx.commit().await?;
        let newest = rows.iter().map(|(_, at)| *at).max().unwrap_or(after.0);
        let debtors = rows.into_iter().map(|(debtor, _)| DebtorId(debtor));
        Ok((debtors.collect(), Moment(newest)))
    }

    /// Queues what is new of these, and remembers through which moment that was everything.
    pub async fn queue_write_backs(
        &self,
        queued: &[QueuedWriteBack],
        through: Moment,
        at: Moment,
    ) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        for one in queued {
            execute!(
                tx,
                "INSERT INTO write_back (tenant, id, debtor, kind, state, why, attempts, not_before, at)
                 VALUES ($1, $2, $3, $4, 'waiting', '', 0, $5, $5) ON CONFLICT (tenant, id) DO NOTHING",
                self.tenant.0,
                one.id,
                one.debtor.0,
                word(one.kind),
                at.0,
            )?;
        }
        execute!(
            tx,
            "INSERT INTO write_back_start (tenant, through) VALUES ($1, $2)
             ON CONFLICT (tenant) DO UPDATE SET through = excluded.through",
            self.tenant.0,
            through.0,
        )?;
        tx.commit().await
    }

    /// Takes one that waits, for so many seconds; none when none waits now. With it, how often it was taken.
    pub async fn claim_write_back(
        &self,
        now: Moment,
        seconds: i64,
    ) -> Result<Option<(QueuedWriteBack, u32)>, StoreError> {
        let mut tx = self.write().await?;
        let row = fetch_optional!(
            tx,
            (Uuid, Uuid, String, i32),
            "UPDATE write_back SET state = 'writing', attempts = attempts + 1, not_before = $3
             WHERE tenant = $1 AND state = 'waiting' AND id = (
                 SELECT id FROM write_back WHERE tenant = $1 AND state = 'waiting' AND not_before <= $2
                 ORDER BY at, id LIMIT 1)
             RETURNING id, debtor, kind, attempts",
            self.tenant.0,
            now.0,
            now.plus_seconds(seconds).0,
        )?;
        tx.commit().await?;
        row.map(|(id, debtor, kind, attempts)| {
            let queued = QueuedWriteBack {
                id,
                debtor: DebtorId(debtor),
                kind: from_word("the kind of a write-back", kind)?,
            };
            Ok((queued, u32::try_from(attempts).unwrap_or_default()))
        })
        .transpose()
    }

    /// Keeps what came of one that was taken. False when it was given up meanwhile.
    pub async fn settle_write_back(&self, id: Uuid, outcome: &WriteBackOutcome) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let changed = execute!(
            tx,
            "UPDATE write_back SET state = $3, why = $4, not_before = $5
             WHERE tenant = $1 AND id = $2 AND state = 'writing'",
            self.tenant.0,
            id,
            word(outcome.state),
            outcome.why.as_str(),
            outcome.not_before.0,
        )?;
        tx.commit().await?;
        Ok(changed == 1)
    }

    /// Gives up those whose time has passed while they were being written: a note may have arrived, anything else can
    /// be written again. The notes are told.
    pub async fn give_up_write_backs(&self, now: Moment) -> Result<Vec<QueuedWriteBack>, StoreError> {
        let mut tx = self.write().await?;
        let rows = fetch_all!(
            tx,
            (Uuid, Uuid),
            "UPDATE write_back SET state = 'unknown', why = 'the program ended while it was written'
             WHERE tenant = $1 AND state = 'writing' AND kind = 'notes' AND not_before < $2
             RETURNING id, debtor",
            self.tenant.0,
            now.0,
        )?;
        execute!(
            tx,
            "UPDATE write_back SET state = 'waiting' WHERE tenant = $1 AND state = 'writing' AND not_before < $2",
            self.tenant.0,
            now.0,
        )?;
        tx.commit().await?;
        let note = |(id, debtor)| QueuedWriteBack {
            id,
            debtor: DebtorId(debtor),
            kind: WriteBackKind::Notes,
        };
        Ok(rows.into_iter().map(note).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_on_one_line_and_what_is_unknown_is_named() {
        let kinds: WriteBacks = "promised-dates, notes,notes".parse().unwrap();
        assert_eq!(kinds.to_string(), "notes, promised-dates");
        assert!(kinds.has(WriteBackKind::Notes) && !kinds.has(WriteBackKind::Holds));
        assert!(WriteBacks::default().is_empty());
        assert_eq!(
            serde_json::from_str::<WriteBacks>("null").unwrap(),
            WriteBacks::default()
        );
        let problem = "nothing".parse::<WriteBacks>().unwrap_err();
        assert!(
            problem.contains("`nothing`") && problem.contains("holds"),
            "{problem}"
        );
    }
}
