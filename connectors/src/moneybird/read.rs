//! Reading by synchronization: all ids with their versions are listed, what differs from the known ones is fetched
//! by the hundred, what is not listed any more was removed.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::Datelike;
use maan_ledger::{Day, DebtorId, Moment};
use serde::de::DeserializeOwned;
use serde_json::json;
use serde_json::value::RawValue;

use super::Moneybird;
use super::dto::{self, Text, Version};
use super::error::{ReadError, RecordError};
use super::facts::{self, Context, Mapped};
use crate::http::{Call, CallError, Repeat};
use crate::{Batch, Entity, KnownVersions, Progress, ReadRecord};

/// Moneybird gives at most this many records at once.
const CHUNK: usize = 100;
/// A version is the second of the last change; within this many seconds another change may still get the same one.
const UNSETTLED_SECONDS: u64 = 5;

/// What to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Which entities.
    pub entities: Vec<Entity>,
    /// First day of the documents to read. A later day than before makes older documents vanish.
    pub since: Day,
    /// Removes what vanished even when it is most of what was known.
    pub allow_much_removal: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            entities: Entity::ALL.to_vec(),
            since: Day(10_957),
            allow_much_removal: false,
        } // 2000-01-01
    }
}

/// A reading in progress. Each batch is kept before the next is asked for; a reading that was broken off is made up
/// for by the next one, which starts from what was kept.
#[derive(Debug)]
pub struct Reading<'a> {
    platform: &'a Moneybird,
    known: KnownVersions,
    options: ReadOptions,
    entities: VecDeque<Entity>,
    current: Option<Pending>,
    skipped: Vec<(Entity, String)>,
}

#[derive(Debug)]
struct Pending {
    entity: Entity,
    chunks: VecDeque<Vec<String>>,
    vanished: Vec<String>,
    history: bool,
    read: usize,
    total: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(platform: &'a Moneybird, known: KnownVersions, options: ReadOptions) -> Self {
        let entities = Entity::ALL
            .into_iter()
            .filter(|entity| options.entities.contains(entity))
            .collect();
        Self {
            platform,
            known,
            options,
            entities,
            current: None,
            skipped: Vec::new(),
        }
    }

    /// The next batch; none when everything is read. After an error it may be asked for again.
    pub async fn next(&mut self) -> Result<Option<Batch>, ReadError> {
        loop {
            if let Some(pending) = &self.current {
                let (entity, history) = (pending.entity, pending.history);
                let at = self.platform.clock.now();
                let records = match pending.chunks.front() {
                    Some(chunk) => self.fetch(entity, chunk, history, at).await,
                    None => Ok(Vec::new()),
                };
                let records = records.map_err(|cause| ReadError::Call { entity, cause })?;
                if let Some(batch) = self.advance(records, at) {
                    self.known.apply(&batch);
                    return Ok(Some(batch));
                }
            } else if let Some(entity) = self.entities.front().copied() {
                self.current = self.listed(entity).await?;
                self.entities.pop_front();
            } else {
                return Ok(None);
            }
        }
    }

    /// What is known now.
    pub fn known(&self) -> &KnownVersions {
        &self.known
    }

    /// Takes out what is known now.
    pub fn into_known(self) -> KnownVersions {
        self.known
    }

    /// Entities that the platform or the consent does not offer, and why: they were not read.
    pub fn skipped(&self) -> &[(Entity, String)] {
        &self.skipped
    }

    /// Compares the platform's list with what is known.
    async fn listed(&mut self, entity: Entity) -> Result<Option<Pending>, ReadError> {
        let fail = |cause| ReadError::Call { entity, cause };
        let listed = match self.list(entity).await {
            Ok(listed) => listed,
            Err(error @ (CallError::Forbidden { .. } | CallError::NotFound { .. }))
                if is_optional(entity) =>
            {
                tracing::debug!(entity = entity.word(), %error, "not read");
                self.skipped.push((entity, error.to_string()));
                return Ok(None);
            }
            Err(cause) => return Err(fail(cause)),
        };
        let mut seen = HashSet::with_capacity(listed.len());
        let mut wanted = Vec::new();
        for line in listed {
            let reference = String::from(line.id);
            let version = number(&line.version);
            let same = self
                .known
                .get(entity, &reference)
                .is_some_and(|known| known.version == version && version != 0);
            if seen.insert(reference.clone()) && !same {
                wanted.push(reference);
            }
        }
        let known = self.known.of(entity).count();
        let vanished: Vec<String> = self
            .known
            .of(entity)
            .map(|(reference, _)| reference)
            .filter(|reference| !seen.contains(*reference))
            .map(str::to_owned)
            .collect();
        let much = vanished.len() >= 20 && vanished.len() * 2 > known;
        if much && entity != Entity::BankTransaction && !self.options.allow_much_removal {
            return Err(ReadError::MuchVanished {
                entity,
                vanished: vanished.len(),
                known,
            });
        }
        Ok(Some(Pending {
            entity,
            total: wanted.len(),
            chunks: wanted.chunks(CHUNK).map(<[String]>::to_vec).collect(),
            vanished,
            history: !self.known.is_complete(entity),
            read: 0,
        }))
    }

    /// The batch of the records just read, the last one of an entity with what vanished. Nothing to tell gives none.
    fn advance(&mut self, mut records: Vec<ReadRecord>, at: Moment) -> Option<Batch> {
        let mut pending = self.current.take()?;
        pending.read += pending.chunks.pop_front().map_or(0, |chunk| chunk.len());
        let (entity, complete) = (pending.entity, pending.chunks.is_empty());
        if complete {
            records.extend(
                pending
                    .vanished
                    .drain(..)
                    .map(|reference| self.removed(entity, reference)),
            );
        }
        let nothing = records.is_empty() && complete && !pending.history;
        let progress = Progress {
            read: pending.read,
            total: pending.total,
            complete,
        };
        self.current = (!complete).then_some(pending);
        (!nothing).then(|| Batch {
            entity,
            ids: self.platform.ids(),
            at,
            today: Day::at(at, self.platform.administration.time_zone),
            records,
            progress,
        })
    }

    async fn list(&self, entity: Entity) -> Result<Vec<Version>, CallError> {
        let (name, value) = match entity {
            Entity::Contact => ("include_archived", "true".to_owned()),
            Entity::BankTransaction => ("filter", format!("{},state:unprocessed", self.period())),
            _ => ("filter", format!("{},state:all", self.period())),
        };
        let mut url = self.resource(entity);
        url.query_pairs_mut().append_pair(name, &value);
        self.platform.connection.call(&Call::get(url)).await?.json()
    }

    /// Without a period Moneybird lists this year only. Documents may be dated ahead.
    fn period(&self) -> String {
        let today = Day::at(self.platform.clock.now(), self.platform.administration.time_zone);
        let (from, until) = (
            self.options.since.date().format("%Y%m%d"),
            today.date().year().saturating_add(10),
        );
        format!("period:{from}..{until}1231")
    }

    async fn fetch(
        &self,
        entity: Entity,
        ids: &[String],
        history: bool,
        at: Moment,
    ) -> Result<Vec<ReadRecord>, CallError> {
        let call = Call::post(self.resource(entity), json!({ "ids": ids }), Repeat::Safe);
        let answer = self.platform.connection.call(&call).await?;
        let raw: Vec<&RawValue> =
            serde_json::from_slice(&answer.body).map_err(|error| CallError::NotUnderstood {
                call: answer.call.clone(),
                detail: error.to_string(),
            })?;
        let context = Context {
            ids: self.platform.ids(),
            zone: self.platform.administration.time_zone,
            language: &self.platform.administration.language,
            history,
            at,
        };
        let payers = if entity == Entity::BankTransaction {
            self.payers()
        } else {
            HashMap::new()
        };
        let mut records = Vec::with_capacity(raw.len());
        for raw in raw {
            let Ok(head) = serde_json::from_str::<Version>(raw.get()) else {
                return Err(CallError::NotUnderstood {
                    call: answer.call,
                    detail: "a record has no id".to_owned(),
                });
            };
            let mapped = self.mapped(entity, &context, raw, &payers);
            self.add(&mut records, entity, head, mapped, at);
        }
        Ok(records)
    }

    /// Adds a record; one that moved to another debtor is removed from the first.
    fn add(
        &self,
        records: &mut Vec<ReadRecord>,
        entity: Entity,
        head: Version,
        mapped: Result<Mapped, RecordError>,
        at: Moment,
    ) {
        let reference = String::from(head.id);
        let before = self.known.get(entity, &reference).and_then(|known| known.debtor);
        let mapped = mapped.unwrap_or_else(|error| Mapped {
            // what was known before stays until the record can be read again
            debtor: before,
            problem: Some(error.to_string()),
            ..Mapped::default()
        });
        if before.is_some() && before != mapped.debtor {
            records.push(self.removed(entity, reference.clone()));
        }
        records.push(ReadRecord {
            version: settled(number(&head.version), at),
            reference,
            debtor: mapped.debtor,
            alias: mapped.alias,
            language: mapped.language,
            facts: mapped.facts,
            deleted: false,
            problem: mapped.problem,
        });
    }

    fn mapped(
        &self,
        entity: Entity,
        context: &Context<'_>,
        raw: &RawValue,
        payers: &HashMap<&str, Option<DebtorId>>,
    ) -> Result<Mapped, RecordError> {
        match entity {
            Entity::Contact => facts::contact(context, &read(raw)?),
            Entity::Invoice | Entity::ExternalInvoice => {
                let dto: dto::Invoice = read(raw)?;
                let mut mapped = facts::invoice(context, &dto)?;
                // made after the contacts were listed: the invoice brings its contact along
                if self.known.get(Entity::Contact, &dto.contact_id).is_none()
                    && let Some(contact) = &dto.contact
                {
                    mapped.facts.insert(0, facts::debtor(context, contact)?);
                }
                Ok(mapped)
            }
            Entity::Order => facts::estimate(context, &read(raw)?),
            Entity::BankTransaction => facts::mutation(context, &read(raw)?, |account| {
                payers.get(account).copied().flatten()
            }),
        }
    }

    fn removed(&self, entity: Entity, reference: String) -> ReadRecord {
        let debtor = self.known.get(entity, &reference).and_then(|known| known.debtor);
        ReadRecord {
            reference,
            version: 0,
            debtor,
            alias: None,
            language: None,
            facts: Vec::new(),
            deleted: true,
            problem: None,
        }
    }

    /// Who has which account number; nobody where several have the same.
    fn payers(&self) -> HashMap<&str, Option<DebtorId>> {
        let mut payers = HashMap::new();
        for (_, contact) in self.known.of(Entity::Contact) {
            if let Some(account) = contact.alias.as_deref() {
                payers
                    .entry(account)
                    .and_modify(|payer| *payer = None)
                    .or_insert(contact.debtor);
            }
        }
        payers
    }

    fn resource(&self, entity: Entity) -> url::Url {
        let name = match entity {
            Entity::Contact => "contacts",
            Entity::Invoice => "sales_invoices",
            Entity::ExternalInvoice => "external_sales_invoices",
            Entity::Order => "estimates",
            Entity::BankTransaction => "financial_mutations",
        };
        self.platform
            .endpoints
            .resource(&self.platform.administration.id, &[name, "synchronization"])
    }
}

/// Without these there is still something to follow up.
fn is_optional(entity: Entity) -> bool {
    !matches!(entity, Entity::Contact | Entity::Invoice)
}

fn read<T: DeserializeOwned>(raw: &RawValue) -> Result<T, RecordError> {
    serde_json::from_str(raw.get())
        .map_err(|error| RecordError::Unreadable(error.to_string().chars().take(200).collect()))
}

/// A version as a number; 0, which is never the same as a known one, for anything else.
fn number(version: &Text) -> u64 {
    version.parse().unwrap_or(0)
}

/// A version that cannot come a second time with other content, else 0.
fn settled(version: u64, at: Moment) -> u64 {
    let now = u64::try_from(at.0 / 1_000_000).unwrap_or(0);
    if version.abs_diff(now) <= UNSETTLED_SECONDS {
        0
    } else {
        version
    }
}
