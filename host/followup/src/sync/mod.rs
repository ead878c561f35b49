//! Reading an administration's platform into the ledger.

mod ahead;
mod consent;
mod disconnect;
mod health;
mod link;
mod report;
mod turn;
mod vault;

use std::collections::{BTreeSet, HashMap};

use futures_util::future::OptionFuture;
use maan_connectors::http::CallError;
use maan_connectors::{
    Batch, Entity, KnownRecord, KnownVersions, Platform, ReadOptions, ReadRecord, Reading, changes,
};
use maan_ledger::{Body, Day, DebtorId, Fact, Known, Moment};
use maan_store::{
    AdministrationBody, AdministrationFact, Connection, ConnectionId, ConnectionState, DebtorRow, Fence,
    Ingest, Ingested, Intake, RecordVersion, StoreError, Tried,
};

use ahead::Read;
pub use consent::{consent_end, ends_soon};
pub use disconnect::{Access, Disconnected, Messages};
pub use health::{Health, last_read};
pub use link::{Door, Link, LinkError};
pub use report::SyncReport;
pub(crate) use turn::Turn;

use crate::RunError;
use crate::followup::Followup;
use crate::phase::phase;

impl Followup {
    /// Reads what changed on every platform of the administration. `progress` is told records read and to read.
    ///
    /// # Errors
    /// The platform cannot be read; what was read before stays, and the next reading goes on from there.
    pub async fn sync(&self, progress: impl Fn(&str, usize, usize)) -> Result<SyncReport, RunError> {
        let mut report = SyncReport::default();
        let connections = self.tenant.connections().await?;
        let ended = |one: &Connection| one.state == ConnectionState::Revoked;
        if !connections.is_empty() && connections.iter().all(ended) {
            return Err(RunError::Disconnected);
        }
        for connection in connections.iter().filter(|one| !ended(one)) {
            self.sync_in_turn(connection.id, &mut report, &progress).await?;
        }
        Ok(report)
    }

    /// Reads what changed on the platform of one connection.
    ///
    /// # Errors
    /// As [`Followup::sync`].
    pub async fn sync_one(
        &self,
        connection: ConnectionId,
        progress: impl Fn(&str, usize, usize),
    ) -> Result<SyncReport, RunError> {
        let mut report = SyncReport::default();
        self.sync_in_turn(connection, &mut report, &progress).await?;
        Ok(report)
    }

    /// Reads a connection when nobody else does.
    async fn sync_in_turn(
        &self,
        id: ConnectionId,
        report: &mut SyncReport,
        progress: &impl Fn(&str, usize, usize),
    ) -> Result<(), RunError> {
        // one that needs a person is not waited for
        usable(&self.connection(id).await?)?;
        let turn = Turn::wait(self, id).await?;
        let reading = turn.reading;
        let read = async {
            // as whoever read it before left it
            let connection = self.connection(id).await?;
            usable(&connection)?;
            let result = self.sync_connection(&connection, reading, report, progress).await;
            if let Err(RunError::NeedsConsent(why)) = &result {
                let state = ConnectionState::NeedsConsent { why: why.clone() };
                self.tenant.set_connection_state(id, state).await?;
            }
            result
        };
        turn.during(read).await
    }

    /// A connection as it is now.
    pub(crate) async fn connection(&self, id: ConnectionId) -> Result<Connection, RunError> {
        let mut all = self.tenant.connections().await?.into_iter();
        let found = all.find(|one| one.id == id);
        found.ok_or_else(|| StoreError::UnknownConnection(id).into())
    }

    /// Reads a connection and keeps how that went.
    async fn sync_connection(
        &self,
        connection: &Connection,
        reading: Fence,
        report: &mut SyncReport,
        progress: &impl Fn(&str, usize, usize),
    ) -> Result<(), RunError> {
        let platform = Link::read(connection)?.open(self, connection.id).await?;
        let result = self
            .read_platform(connection, reading, &*platform, report, progress)
            .await;
        let trouble = match &result {
            Ok(()) => None,
            // nobody's fault, and the next reading goes on
            Err(RunError::Interrupted | RunError::TakenOver) => return result,
            Err(error) => Some(error.to_string()),
        };
        let tried = Tried {
            at: self.clock.now(),
            trouble,
            calls_left: platform.connection().calls_left(),
        };
        let noted = self.tenant.note_try(connection.id, &tried).await;
        // where nothing can be written, why the reading failed is what a person must know
        result.and(noted.map_err(RunError::from))
    }

    async fn read_platform(
        &self,
        connection: &Connection,
        turn: Fence,
        platform: &dyn Platform,
        report: &mut SyncReport,
        progress: &impl Fn(&str, usize, usize),
    ) -> Result<(), RunError> {
        let known = self.known_versions(connection).await?;
        let mut reading = Reading::of(platform, known, ReadOptions::default());
        phase("reading");
        let mut read = Read::some(&mut reading).await;
        loop {
            self.check_interrupted()?;
            // the next ones are read while these are kept
            let kept = self.take_in(connection.id, turn, &read.batches, report);
            let ahead = read.end.is_none().then(|| Read::some(&mut reading));
            let (kept, ahead) = tokio::join!(kept, OptionFuture::from(ahead));
            kept?;
            for (batch, _) in &read.batches {
                progress(batch.entity.word(), batch.progress.read, batch.progress.total);
            }
            match ahead {
                Some(next) => read = next,
                None => break,
            }
        }
        read.end.unwrap_or(Ok(()))?;
        let skipped = reading
            .skipped()
            .iter()
            .map(|(entity, why)| format!("{}: {why}", entity.word()));
        report.skipped.extend(skipped);
        report.calls = report.calls.saturating_add(platform.connection().calls());
        self.books_are_read(connection.id, platform).await
    }

    /// What earlier readings kept, as the connector wants to know it.
    async fn known_versions(&self, connection: &Connection) -> Result<KnownVersions, RunError> {
        let mut known =
            KnownVersions::at(connection.cursor.as_deref().unwrap_or_default()).map_err(unreadable)?;
        for entity in Entity::ALL {
            for (reference, record) in self.tenant.record_versions(connection.id, entity.word()).await? {
                if !record.deleted {
                    let version = u64::try_from(record.version).unwrap_or_default();
                    known.insert(
                        entity,
                        reference,
                        KnownRecord {
                            version,
                            debtor: record.debtor,
                            alias: record.alias,
                        },
                    );
                }
            }
        }
        Ok(known)
    }

    /// Keeps batches: new facts, versions and how far the reading is, in one transaction.
    async fn take_in(
        &self,
        connection: ConnectionId,
        turn: Fence,
        batches: &[(Batch, String)],
        report: &mut SyncReport,
    ) -> Result<(), RunError> {
        if batches.is_empty() {
            return Ok(());
        }
        phase("keeping");
        let mut intake = self.tenant.begin_intake().await?;
        if !intake.may_keep(connection, turn).await? {
            return Err(RunError::TakenOver);
        }
        let mut taken = Vec::with_capacity(batches.len());
        for (batch, positions) in batches {
            taken.push(self.take(&mut intake, connection, batch, positions).await?);
        }
        intake.commit().await?;
        phase("reading");
        for ((batch, _), ingested) in batches.iter().zip(taken) {
            report.add(batch, ingested);
        }
        Ok(())
    }

    /// Takes a batch into a transaction.
    async fn take(
        &self,
        intake: &mut Intake,
        connection: ConnectionId,
        batch: &Batch,
        positions: &str,
    ) -> Result<Ingested, RunError> {
        let named: BTreeSet<DebtorId> = batch.records.iter().filter_map(|record| record.debtor).collect();
        let named: Vec<DebtorId> = named.into_iter().collect();
        let mut ledger: HashMap<DebtorId, Vec<Fact>> = intake.facts_of(&named).await?.into_iter().collect();
        let at = self.moment();
        let mut debtors = Vec::new();
        for record in &batch.records {
            let Some(debtor) = record.debtor else { continue };
            let facts = ledger.entry(debtor).or_default();
            let new: Vec<Fact> = changes(batch, record, facts)
                .into_iter()
                .map(|fact| stamped(fact, at))
                .collect();
            if new.is_empty() {
                continue;
            }
            facts.extend(new.iter().cloned());
            debtors.push((debtor, row(facts, record), new));
        }
        let ingest = Ingest {
            debtors,
            administration: vec![],
            records: batch
                .records
                .iter()
                .map(|record| version(connection, batch.entity, record))
                .collect(),
            connection: Some(connection),
            cursor: Some(positions.to_owned()),
        };
        Ok(intake.add(ingest, at).await?)
    }

    /// Keeps how far the bank is booked on the platform: books that are behind hold reminders.
    async fn books_are_read(
        &self,
        connection: ConnectionId,
        platform: &dyn Platform,
    ) -> Result<(), RunError> {
        let booked = match platform.bank_booked_through().await {
            // The consent may leave the bank out; then nothing is known of it.
            Err(CallError::Forbidden { .. } | CallError::NotFound { .. }) | Ok(None) => return Ok(()),
            Err(error) => return Err(RunError::from(error)),
            Ok(Some(through)) => through,
        };
        let facts = self.tenant.administration_facts().await?;
        let told = |fact: &AdministrationFact| match fact.body {
            AdministrationBody::BankBooked { through } => Some(through),
            _ => None,
        };
        if facts.iter().rev().find_map(told) == Some(booked) {
            return Ok(());
        }
        let at = self.moment();
        let fact = AdministrationFact {
            happened: Day::at(at, platform.administration().time_zone),
            known: Known::At(at),
            body: AdministrationBody::BankBooked { through: booked },
        };
        let ingest = Ingest {
            administration: vec![fact],
            connection: Some(connection),
            ..Ingest::default()
        };
        self.tenant.ingest(ingest, at).await?;
        Ok(())
    }
}

/// Whether a connection can be read without a person.
fn usable(connection: &Connection) -> Result<(), RunError> {
    match &connection.state {
        ConnectionState::Active => Ok(()),
        ConnectionState::NeedsConsent { why } => Err(RunError::NeedsConsent(why.clone())),
        ConnectionState::Revoked => Err(RunError::Disconnected),
    }
}

fn unreadable(error: serde_json::Error) -> RunError {
    RunError::Unreadable {
        what: "how far a connection was read",
        why: error.to_string(),
    }
}

/// News is known from the moment at which it is kept, which is later than every decision before.
fn stamped(fact: Fact, at: Moment) -> Fact {
    match fact.known {
        Known::At(_) => Fact {
            known: Known::At(at),
            ..fact
        },
        Known::Assumed(_) => fact,
    }
}

/// The debtor's row, from the description that holds now.
fn row(facts: &[Fact], record: &ReadRecord) -> DebtorRow {
    let described = facts.iter().rev().find_map(|fact| match &fact.body {
        Body::DebtorDescribed(described) => Some(described),
        _ => None,
    });
    match described {
        Some(debtor) => DebtorRow {
            reference: debtor.reference.clone(),
            number: debtor.number.clone(),
            name: debtor.name.clone(),
        },
        None => DebtorRow {
            reference: record.reference.clone(),
            number: String::new(),
            name: String::new(),
        },
    }
}

fn version(connection: ConnectionId, entity: Entity, record: &ReadRecord) -> RecordVersion {
    RecordVersion {
        connection,
        entity: entity.word().to_owned(),
        reference: record.reference.clone(),
        version: i64::try_from(record.version).unwrap_or_default(),
        debtor: record.debtor,
        alias: record.alias.clone(),
        deleted: record.deleted,
    }
}
