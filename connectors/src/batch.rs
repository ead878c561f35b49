use maan_ledger::{Day, DebtorId, Fact, Moment};

use crate::{Entity, Ids, KnownRecord};

/// A record as it was read: all facts that describe it now. [`crate::changes`] tells which are new.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadRecord {
    /// The platform's id.
    pub reference: String,
    /// Its version; 0 when it must be read again next time.
    pub version: u64,
    /// Whose facts these are; none when the record concerns no debtor that is known.
    pub debtor: Option<DebtorId>,
    /// Another name by which records refer to this one.
    pub alias: Option<String>,
    /// Language of the document (BCP 47), a hint on that of the debtor.
    pub language: Option<String>,
    /// What is so.
    pub facts: Vec<Fact>,
    /// All that was paid on the record's item is among its facts: what is not was taken back.
    pub with_payments: bool,
    /// The platform no longer has the record, or it now belongs to another debtor.
    pub deleted: bool,
    /// The item that ends with a deleted record, by the platform's id; none when other records still describe it.
    pub ends: Option<String>,
    /// Why a person should look at it on the platform. Without facts it could not be taken in at all.
    pub problem: Option<String>,
}

impl ReadRecord {
    /// What to keep about it for the next reading.
    pub fn known(&self) -> KnownRecord {
        KnownRecord {
            version: self.version,
            debtor: self.debtor,
            alias: self.alias.clone(),
        }
    }
}

/// Some records of one entity, to be kept together: facts and versions in one transaction, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Of what.
    pub entity: Entity,
    /// The connection's scope of ids.
    pub ids: Ids,
    /// When it was read.
    pub at: Moment,
    /// The day of that in the administration's time zone.
    pub today: Day,
    /// The records.
    pub records: Vec<ReadRecord>,
    /// Where the reading goes on once the batch is kept; none when that did not change.
    pub cursor: Option<String>,
    /// How far the reading is.
    pub progress: Progress,
}

/// How far the reading of an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Records read, this batch included.
    pub read: usize,
    /// Records to read in this run, as far as the platform tells beforehand.
    pub total: usize,
    /// Nothing is left: what is read from now on is news, not history.
    pub complete: bool,
}
