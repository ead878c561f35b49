//! What a reading brought.

use std::collections::{BTreeMap, BTreeSet};

use maan_connectors::Batch;
use maan_ledger::DebtorId;
use maan_store::Ingested;
use serde::Serialize;

/// What a reading brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// Records that were read, by entity.
    pub read: BTreeMap<&'static str, u64>,
    /// Facts that became known.
    pub facts: u64,
    /// Debtors that became known.
    pub new: u64,
    /// Debtors of whom something became known.
    pub changed: BTreeSet<DebtorId>,
    /// Calls made to the platform.
    pub calls: u64,
    /// Records that a person should look at on the platform.
    pub problems: Vec<String>,
    /// What the platform or the consent does not offer.
    pub skipped: Vec<String>,
}

impl SyncReport {
    /// Adds what a batch brought.
    pub(super) fn add(&mut self, batch: &Batch, ingested: Ingested) {
        let problems = batch.records.iter().filter_map(|record| {
            let why = record.problem.as_ref()?;
            Some(format!("{}: {why}", record.reference))
        });
        self.problems.extend(problems);
        let read = self.read.entry(batch.entity.word()).or_default();
        *read = read.saturating_add(batch.records.len() as u64);
        self.facts = self.facts.saturating_add(ingested.facts);
        self.new = self.new.saturating_add(ingested.new.len() as u64);
        self.changed.extend(ingested.new);
        self.changed.extend(ingested.changed);
    }
}
