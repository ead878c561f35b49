use std::collections::{HashMap, HashSet};

use maan_ledger::{AllocationId, Day, DebtorId, Fact, ItemId, Moment, Money, ReceiptId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a platform keeps records of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entity {
    /// Customers, and whoever else is in the address book.
    Contact,
    /// Invoices and credit notes made on the platform.
    Invoice,
    /// Invoices made elsewhere and booked on the platform.
    ExternalInvoice,
    /// Quotations and orders.
    Order,
    /// Money on the bank account that was not used for anything yet.
    BankTransaction,
}

impl Entity {
    /// All, in the order of reading: contacts before what refers to them.
    pub const ALL: [Entity; 5] = [
        Self::Contact,
        Self::Invoice,
        Self::ExternalInvoice,
        Self::Order,
        Self::BankTransaction,
    ];

    /// The word under which an embedder keeps it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Invoice => "invoice",
            Self::ExternalInvoice => "external-invoice",
            Self::Order => "order",
            Self::BankTransaction => "bank-transaction",
        }
    }

    /// The entity of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entity| entity.word() == word)
    }
}

/// What the embedder keeps about a record that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRecord {
    /// Version that was read; 0 to read it again in any case.
    pub version: u64,
    /// The debtor whose facts it gave; none when it concerns no debtor.
    pub debtor: Option<DebtorId>,
    /// Another name by which records refer to this one: the bank account of a contact.
    pub alias: Option<String>,
}

/// All that the embedder knows of a connection's records: where the next reading goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownVersions {
    records: HashMap<Entity, HashMap<String, KnownRecord>>,
    complete: HashSet<Entity>,
}

impl KnownVersions {
    /// Adds a record as it was kept.
    pub fn insert(&mut self, entity: Entity, reference: String, record: KnownRecord) {
        self.records.entry(entity).or_default().insert(reference, record);
    }

    /// Remembers that the first reading of an entity has been completed, as [`Progress::complete`] told.
    pub fn set_complete(&mut self, entity: Entity) {
        self.complete.insert(entity);
    }

    /// Whether the first reading of an entity has been completed.
    pub fn is_complete(&self, entity: Entity) -> bool {
        self.complete.contains(&entity)
    }

    /// What is known of a record.
    pub fn get(&self, entity: Entity, reference: &str) -> Option<&KnownRecord> {
        self.records.get(&entity)?.get(reference)
    }

    /// All known records of an entity.
    pub fn of(&self, entity: Entity) -> impl Iterator<Item = (&str, &KnownRecord)> {
        self.records
            .get(&entity)
            .into_iter()
            .flatten()
            .map(|(reference, known)| (reference.as_str(), known))
    }

    /// What an embedder knows once it has kept a batch.
    pub fn apply(&mut self, batch: &Batch) {
        let records = self.records.entry(batch.entity).or_default();
        for record in &batch.records {
            if record.deleted {
                records.remove(&record.reference);
            } else {
                records.insert(record.reference.clone(), record.known());
            }
        }
        if batch.progress.complete {
            self.complete.insert(batch.entity);
        }
    }
}

/// A record as it was read: all facts that describe it now. [`crate::changes`] tells which are new.
#[derive(Clone, Debug, PartialEq)]
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
    /// The platform no longer has the record, or it now belongs to another debtor.
    pub deleted: bool,
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
    /// How far the reading is.
    pub progress: Progress,
}

/// How far the reading of an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Records read, this batch included.
    pub read: usize,
    /// Records to read in this run.
    pub total: usize,
    /// Nothing is left: what is read from now on is news, not history.
    pub complete: bool,
}

/// Ids that every process derives alike from what the platform says, within a connection's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ids(pub Uuid);

impl Ids {
    /// The debtor of a contact.
    pub fn debtor(self, contact: &str) -> DebtorId {
        DebtorId::derived(self.0, contact)
    }

    /// The item of an invoice or credit note.
    pub fn item(self, invoice: &str) -> ItemId {
        ItemId::derived(self.0, invoice)
    }

    /// Money on the bank account. An amount that changes is other money.
    pub fn receipt(self, transaction: &str, amount: Money) -> ReceiptId {
        ReceiptId::derived(self.0, &format!("{transaction}/{amount}"))
    }

    /// A payment of an item as it is described; when the platform changes it, it is another.
    pub fn allocation(self, payment: &str, described: &str) -> AllocationId {
        AllocationId::derived(self.0, &format!("{payment}/{described}"))
    }
}
