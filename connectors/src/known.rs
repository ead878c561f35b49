use std::collections::{BTreeMap, HashMap};

use maan_ledger::DebtorId;
use serde::{Deserialize, Serialize};

use crate::{Batch, Entity};

/// What the embedder keeps about a record that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRecord {
    /// Version that was read; 0 to read it again in any case.
    pub version: u64,
    /// The debtor whose facts it gave; none when it concerns no debtor.
    pub debtor: Option<DebtorId>,
    /// Another name by which records refer to this one: the bank account of a contact, the invoice of a row.
    pub alias: Option<String>,
}

/// How far the reading of an entity has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The first reading has been completed: what is read from now on is news, not history.
    #[serde(default)]
    pub complete: bool,
    /// Where the next reading goes on, in the platform's own words; none to begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// All that the embedder knows of a connection's records: where the next reading goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownVersions {
    records: HashMap<Entity, HashMap<String, KnownRecord>>,
    positions: BTreeMap<Entity, Position>,
}

impl KnownVersions {
    /// Nothing known yet but the positions, as [`KnownVersions::positions`] wrote them.
    ///
    /// # Errors
    /// They were not written by it.
    pub fn at(positions: &str) -> Result<Self, serde_json::Error> {
        let positions = if positions.starts_with('{') {
            serde_json::from_str(positions)?
        } else {
            complete_entities(positions)
        };
        Ok(Self {
            positions,
            ..Self::default()
        })
    }

    /// How far the reading of each entity has come, to be kept with the batch that brought it there.
    ///
    /// # Errors
    /// Never for what was read; the error is that of the writer.
    pub fn positions(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&self.positions)
    }

    /// Adds a record as it was kept.
    pub fn insert(&mut self, entity: Entity, reference: String, record: KnownRecord) {
        self.records.entry(entity).or_default().insert(reference, record);
    }

    /// Remembers that the first reading of an entity has been completed.
    pub fn set_complete(&mut self, entity: Entity) {
        self.positions.entry(entity).or_default().complete = true;
    }

    /// Whether the first reading of an entity has been completed.
    pub fn is_complete(&self, entity: Entity) -> bool {
        self.positions
            .get(&entity)
            .is_some_and(|position| position.complete)
    }

    /// Where the reading of an entity goes on.
    pub fn cursor(&self, entity: Entity) -> Option<&str> {
        self.positions.get(&entity)?.cursor.as_deref()
    }

    /// Has everything read again from the beginning; what is known of the records stays.
    pub fn rewind(&mut self) {
        for position in self.positions.values_mut() {
            position.cursor = None;
        }
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
        let position = self.positions.entry(batch.entity).or_default();
        position.complete |= batch.progress.complete;
        if batch.cursor.is_some() {
            position.cursor.clone_from(&batch.cursor);
        }
    }
}

/// Earlier versions kept the words of the entities whose first reading was complete.
fn complete_entities(words: &str) -> BTreeMap<Entity, Position> {
    let entities = words.split(' ').filter_map(Entity::from_word);
    entities
        .map(|entity| {
            let complete = Position {
                complete: true,
                cursor: None,
            };
            (entity, complete)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_being_kept_and_older_ones_are_read() {
        let mut known = KnownVersions::default();
        known.set_complete(Entity::Contact);
        known.positions.entry(Entity::Invoice).or_default().cursor = Some("42".to_owned());
        let again = KnownVersions::at(&known.positions().unwrap()).unwrap();
        assert_eq!(again, known);
        assert_eq!(again.cursor(Entity::Invoice), Some("42"));
        let older = KnownVersions::at("contact external-invoice").unwrap();
        assert!(older.is_complete(Entity::ExternalInvoice) && !older.is_complete(Entity::Invoice));
        assert_eq!(KnownVersions::at("").unwrap(), KnownVersions::default());
        assert!(KnownVersions::at("{\"contact\":").is_err());
    }
}
