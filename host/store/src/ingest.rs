//! Taking in what was read from a platform, in one transaction.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use maan_ledger::{Body, DebtorId, Fact, Moment, encode_page};
use uuid::Uuid;

use crate::codes::json;
use crate::connections::ConnectionId;
use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::debtors::key_of_debtor;
use crate::many::{execute_many, fetch_in, fetch_many};
use crate::sealing::Key;
use crate::{AdministrationFact, StoreError, TenantStore};

/// What was read, to be taken in as a whole or not at all.
#[derive(Clone, Debug, Default)]
pub struct Ingest {
    /// Debtors as they are now, each with what became known of them. One debtor may stand here several times.
    pub debtors: Vec<(DebtorId, DebtorRow, Vec<Fact>)>,
    /// What became known of the administration.
    pub administration: Vec<AdministrationFact>,
    /// The records from which all this was read. A debtor whose records (those that name it here) are all stored
    /// in these very versions is left as it is, so that the same may be taken in twice.
    pub records: Vec<RecordVersion>,
    /// Which connection was read.
    pub connection: Option<ConnectionId>,
    /// Where its next read starts; the old place stays when this is `None`.
    pub cursor: Option<String>,
}

/// A debtor's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtorRow {
    /// The platform's id.
    pub reference: String,
    /// Number as people know it.
    pub number: String,
    /// Name.
    pub name: String,
}

/// What a platform's record looked like when it was last read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordVersion {
    /// Over which connection.
    pub connection: ConnectionId,
    /// Kind of record, as the platform names it.
    pub entity: String,
    /// The platform's id.
    pub reference: String,
    /// Its version: any number that differs when the record differs.
    pub version: i64,
    /// Whom it is about.
    pub debtor: Option<DebtorId>,
    /// Another name by which records refer to this one.
    pub alias: Option<String>,
    /// It was gone.
    pub deleted: bool,
}

/// What taking in did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Debtors that became known, in id order.
    pub new: Vec<DebtorId>,
    /// Known debtors with new facts, in id order.
    pub changed: Vec<DebtorId>,
    /// Facts that were added, those of the administration included.
    pub facts: u64,
}

struct DebtorUpsert {
    id: DebtorId,
    row: DebtorRow,
    facts: Vec<Fact>,
    key_id: i64,
    wrapped_key: Vec<u8>,
}

type StoredRecords = HashMap<(Uuid, String, String), (i64, bool)>;

/// A transaction that takes in part by part: all of it once it is committed, else nothing.
pub struct Intake {
    pub(crate) tenant: TenantStore,
    key: Arc<Key>,
    pub(crate) tx: Tx,
}

impl Intake {
    /// All facts of debtors as this transaction sees them, in the order asked.
    pub async fn facts_of(&mut self, debtors: &[DebtorId]) -> Result<Vec<(DebtorId, Vec<Fact>)>, StoreError> {
        let all: Vec<(DebtorId, i64)> = debtors.iter().map(|debtor| (*debtor, i64::MAX)).collect();
        self.tenant.facts_in(&mut self.tx, &all).await
    }

    /// Takes in a part.
    pub async fn add(&mut self, ingest: Ingest, at: Moment) -> Result<Ingested, StoreError> {
        let (tenant, tx) = (&self.tenant, &mut self.tx);
        if let Some(connection) = ingest.connection {
            tenant.touch(tx, connection, ingest.cursor.as_deref(), at).await?;
        }
        let stored = tenant.stored_records(tx, &ingest.records).await?;
        let new_records: Vec<&RecordVersion> = ingest
            .records
            .iter()
            .filter(|record| stored.get(&place_of(record)) != Some(&(record.version, record.deleted)))
            .collect();
        let known_debtors = unchanged(&ingest.records, &new_records);
        let ids: Vec<Uuid> = ingest.debtors.iter().map(|(id, ..)| id.0).collect();
        let standing = tenant.erased_of(tx, &ids).await?;
        let rows = tenant.upserts(ingest.debtors, &known_debtors, &standing, &self.key)?;
        let mut ingested = tenant.add_pages(tx, rows, &standing, at).await?;
        if ingest.records.is_empty() || !new_records.is_empty() {
            ingested.facts += tenant.add_administration(tx, &ingest.administration, at).await?;
        }
        tenant.keep_versions(tx, &new_records).await?;
        Ok(ingested)
    }

    /// Keeps all parts.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}

impl TenantStore {
    /// Takes in what was read: pages of facts, rows of debtors (each with a key of its own from then on), versions
    /// of records and the place where the next read starts. A read that is killed and repeated doubles nothing.
    pub async fn ingest(&self, ingest: Ingest, at: Moment) -> Result<Ingested, StoreError> {
        let mut intake = self.begin_intake().await?;
        let ingested = intake.add(ingest, at).await?;
        intake.commit().await?;
        Ok(ingested)
    }

    /// Begins a transaction that takes in part by part. Whoever else writes for the administration (on SQLite: for
    /// any) waits until it ends.
    pub async fn begin_intake(&self) -> Result<Intake, StoreError> {
        let key = self.key().await?;
        Ok(Intake {
            tx: self.write().await?,
            tenant: self.clone(),
            key,
        })
    }

    /// The versions of all records of a kind as they were last read, by reference.
    pub async fn record_versions(
        &self,
        connection: ConnectionId,
        entity: &str,
    ) -> Result<HashMap<String, RecordVersion>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (String, i64, Option<Uuid>, Option<String>, bool),
            "SELECT reference, version, debtor, alias, deleted FROM record_version
             WHERE tenant = $1 AND connection = $2 AND entity = $3",
            self.tenant.0,
            connection.0,
            entity,
        )?;
        tx.commit().await?;
        Ok(rows
            .into_iter()
            .map(|(reference, version, debtor, alias, deleted)| {
                let record = RecordVersion {
                    connection,
                    entity: entity.to_owned(),
                    reference: reference.clone(),
                    version,
                    debtor: debtor.map(DebtorId),
                    alias,
                    deleted,
                };
                (reference, record)
            })
            .collect())
    }

    async fn touch(
        &self,
        tx: &mut Tx,
        connection: ConnectionId,
        cursor: Option<&str>,
        at: Moment,
    ) -> Result<(), StoreError> {
        let found = execute!(
            *tx,
            "UPDATE connection SET last_read = $3, cursor = COALESCE($4, cursor) WHERE tenant = $1 AND id = $2",
            self.tenant.0,
            connection.0,
            at.0,
            cursor,
        )?;
        if found == 0 {
            return Err(StoreError::UnknownConnection(connection));
        }
        Ok(())
    }

    async fn stored_records(
        &self,
        tx: &mut Tx,
        records: &[RecordVersion],
    ) -> Result<StoredRecords, StoreError> {
        let mut kinds: BTreeMap<(ConnectionId, &str), Vec<&str>> = BTreeMap::new();
        for record in records {
            let kind = kinds.entry((record.connection, &record.entity)).or_default();
            kind.push(&record.reference);
        }
        let mut stored = StoredRecords::with_capacity(records.len());
        for ((connection, entity), references) in kinds {
            let rows = fetch_in!(
                *tx,
                (String, i64, bool),
                "SELECT reference, version, deleted FROM record_version
                 WHERE tenant = ? AND connection = ? AND entity = ? AND reference",
                [self.tenant.0, connection.0, entity],
                &references
            );
            stored.extend(rows.into_iter().map(|(reference, version, deleted)| {
                ((connection.0, entity.to_owned(), reference), (version, deleted))
            }));
        }
        Ok(stored)
    }

    /// Which of these debtors are there, and whether their key was destroyed.
    async fn erased_of(&self, tx: &mut Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, bool>, StoreError> {
        let rows = fetch_in!(
            *tx,
            (Uuid, bool),
            "SELECT id, wrapped_key IS NULL AS erased FROM debtor WHERE tenant = ? AND id",
            [self.tenant.0],
            ids
        );
        Ok(rows.into_iter().collect())
    }

    fn upserts(
        &self,
        debtors: Vec<(DebtorId, DebtorRow, Vec<Fact>)>,
        known: &HashSet<DebtorId>,
        standing: &HashMap<Uuid, bool>,
        tenant_key: &Key,
    ) -> Result<Vec<DebtorUpsert>, StoreError> {
        let mut by_id: BTreeMap<DebtorId, (DebtorRow, Vec<Fact>)> = BTreeMap::new();
        for (id, row, facts) in debtors {
            if known.contains(&id) {
                continue;
            }
            match by_id.entry(id) {
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert((row, facts));
                }
                std::collections::btree_map::Entry::Occupied(mut place) => {
                    let (latest, all) = place.get_mut();
                    *latest = row;
                    all.extend(facts);
                }
            }
        }
        by_id
            .into_iter()
            .map(|(id, (row, facts))| {
                let key = match standing.get(&id.0) {
                    Some(true) => Key::generate_anew(),
                    _ => Key::generate(),
                };
                let wrapped_key = key.wrapped_with(tenant_key, &key_of_debtor(self.tenant, &id))?;
                Ok(DebtorUpsert {
                    id,
                    row,
                    facts,
                    key_id: key.id(),
                    wrapped_key,
                })
            })
            .collect()
    }

    async fn add_pages(
        &self,
        tx: &mut Tx,
        rows: Vec<DebtorUpsert>,
        known: &HashMap<Uuid, bool>,
        at: Moment,
    ) -> Result<Ingested, StoreError> {
        let versions: HashMap<Uuid, i64> = fetch_many!(
            *tx,
            (Uuid, i64),
            "INSERT INTO debtor (tenant, id, reference, number, name, search, fact_version, key_id, wrapped_key, group_name)",
            &rows,
            |debtor| [
                self.tenant.0,
                debtor.id.0,
                debtor.row.reference.as_str(),
                debtor.row.number.as_str(),
                debtor.row.name.as_str(),
                searchable(&debtor.row),
                i64::from(!debtor.facts.is_empty()),
                debtor.key_id,
                debtor.wrapped_key.as_slice(),
                group_name(&debtor.facts),
            ],
            // a debtor keeps its key; one whose key was destroyed gets a new one, which opens nothing old
            "ON CONFLICT (tenant, id) DO UPDATE SET
                reference = excluded.reference, number = excluded.number, name = excluded.name,
                search = excluded.search, fact_version = debtor.fact_version + excluded.fact_version,
                key_id = CASE WHEN debtor.wrapped_key IS NULL THEN excluded.key_id ELSE debtor.key_id END,
                wrapped_key = COALESCE(debtor.wrapped_key, excluded.wrapped_key),
                group_name = COALESCE(excluded.group_name, debtor.group_name)
             RETURNING id, fact_version"
        )
        .into_iter()
        .collect();

        let mut ingested = Ingested::default();
        let mut pages: Vec<(Uuid, i64, Vec<u8>)> = Vec::with_capacity(rows.len());
        for row in rows {
            if !known.contains_key(&row.id.0) {
                ingested.new.push(row.id);
            } else if !row.facts.is_empty() {
                ingested.changed.push(row.id);
            }
            if row.facts.is_empty() {
                continue;
            }
            ingested.facts += row.facts.len() as u64;
            let number = versions.get(&row.id.0).copied().unwrap_or_default();
            pages.push((row.id.0, number, encode_page(&row.facts)));
        }
        self.insert_pages(tx, &pages, at).await?;
        Ok(ingested)
    }

    /// Adds pages of facts: debtor, number, body.
    pub(crate) async fn insert_pages(
        &self,
        tx: &mut Tx,
        pages: &[(Uuid, i64, Vec<u8>)],
        at: Moment,
    ) -> Result<(), StoreError> {
        execute_many!(
            *tx,
            "INSERT INTO fact_page (tenant, debtor, number, recorded_at, body)",
            pages,
            |(debtor, number, body)| [self.tenant.0, *debtor, *number, at.0, body.as_slice()],
            ""
        );
        Ok(())
    }

    async fn add_administration(
        &self,
        tx: &mut Tx,
        facts: &[AdministrationFact],
        at: Moment,
    ) -> Result<u64, StoreError> {
        if facts.is_empty() {
            return Ok(0);
        }
        let last = fetch_optional!(
            *tx,
            (i64,),
            "SELECT COALESCE(MAX(number), 0) FROM administration_fact WHERE tenant = $1",
            self.tenant.0
        )?;
        let first = last.map_or(1, |(number,)| number + 1);
        let rows = (first..)
            .zip(facts)
            .map(|(number, fact)| Ok((number, json("a fact of the administration", fact)?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        Ok(execute_many!(
            *tx,
            "INSERT INTO administration_fact (tenant, number, recorded_at, body)",
            &rows,
            |(number, body)| [self.tenant.0, *number, at.0, body.as_str()],
            ""
        ))
    }

    async fn keep_versions(&self, tx: &mut Tx, records: &[&RecordVersion]) -> Result<(), StoreError> {
        // the last of several versions of one record counts; PostgreSQL takes no key twice in a statement
        let latest: BTreeMap<_, &RecordVersion> =
            records.iter().map(|record| (place_of(record), *record)).collect();
        let rows: Vec<&RecordVersion> = latest.into_values().collect();
        execute_many!(
            *tx,
            "INSERT INTO record_version (tenant, connection, entity, reference, version, debtor, alias, deleted)",
            &rows,
            |record| [
                self.tenant.0,
                record.connection.0,
                record.entity.as_str(),
                record.reference.as_str(),
                record.version,
                record.debtor.map(|debtor| debtor.0),
                record.alias.as_deref(),
                record.deleted,
            ],
            "ON CONFLICT (tenant, connection, entity, reference) DO UPDATE SET
                version = excluded.version, debtor = excluded.debtor, alias = excluded.alias, deleted = excluded.deleted"
        );
        Ok(())
    }
}

fn place_of(record: &RecordVersion) -> (Uuid, String, String) {
    (
        record.connection.0,
        record.entity.clone(),
        record.reference.clone(),
    )
}

/// Debtors that the records name, and none of them in a new version.
fn unchanged(records: &[RecordVersion], new: &[&RecordVersion]) -> HashSet<DebtorId> {
    let changed: HashSet<DebtorId> = new.iter().filter_map(|record| record.debtor).collect();
    let named = records.iter().filter_map(|record| record.debtor);
    named.filter(|debtor| !changed.contains(debtor)).collect()
}

/// The group that the facts describe the debtor in, empty for none; `None` where they do not describe the debtor.
fn group_name(facts: &[Fact]) -> Option<&str> {
    facts.iter().rev().find_map(|fact| match &fact.body {
        Body::DebtorDescribed(described) => Some(described.group.as_deref().unwrap_or_default()),
        _ => None,
    })
}

fn searchable(row: &DebtorRow) -> String {
    format!("{}\n{}\n{}", row.number, row.reference, row.name).to_lowercase()
}
