//! Reading by synchronization: all ids with their versions are listed, what differs from the known ones is fetched
//! by the hundred, what is not listed any more was removed.

use std::collections::HashMap;

use chrono::Datelike;
use maan_ledger::{Day, DebtorId, Moment};
use serde_json::json;
use serde_json::value::RawValue;
use url::Url;

use super::Moneybird;
use super::dto::{self, Version};
use super::facts;
use crate::http::{Call, CallError, Repeat};
use crate::mapping::{Context, Mapped, RecordError, Text, record};
use crate::{Entity, KnownVersions, Listed, Look, ReadRecord, Way};

/// Moneybird gives at most this many records at once.
const CHUNK: usize = 100;
/// A version is the second of the last change; within this many seconds another change may still get the same one.
const UNSETTLED_SECONDS: u64 = 5;

/// What Moneybird calls the records of an entity.
pub(super) fn resource(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Contact => Some("contacts"),
        Entity::Invoice => Some("sales_invoices"),
        Entity::ExternalInvoice => Some("external_sales_invoices"),
        Entity::Order => Some("estimates"),
        Entity::BankTransaction => Some("financial_mutations"),
        Entity::CreditNote | Entity::Payment | Entity::Quotation | Entity::Removal => None,
    }
}

pub(super) fn way(entity: Entity) -> Option<Way> {
    resource(entity).map(|_| Way::Versions { chunk: CHUNK })
}

impl Moneybird {
    pub(super) async fn listed(&self, entity: Entity, look: Look<'_>) -> Result<Vec<Listed>, CallError> {
        let (name, value) = match entity {
            Entity::Contact => ("include_archived", "true".to_owned()),
            Entity::BankTransaction => ("filter", format!("{},state:unprocessed", self.period(look))),
            _ => ("filter", format!("{},state:all", self.period(look))),
        };
        let mut url = self.synchronization(entity);
        url.query_pairs_mut().append_pair(name, &value);
        let listed: Vec<Version> = self.connection.call(&Call::get(url)).await?.json()?;
        let lines = listed.into_iter().map(|line| Listed {
            version: number(&line.version),
            reference: line.id.into(),
        });
        Ok(lines.collect())
    }

    /// Without a period Moneybird lists this year only. Documents may be dated ahead.
    fn period(&self, look: Look<'_>) -> String {
        let today = Day::at(look.at, self.administration.time_zone);
        let (from, until) = (
            look.since.date().format("%Y%m%d"),
            today.date().year().saturating_add(10),
        );
        format!("period:{from}..{until}1231")
    }

    pub(super) async fn fetched(
        &self,
        entity: Entity,
        ids: &[String],
        look: Look<'_>,
    ) -> Result<Vec<ReadRecord>, CallError> {
        let call = Call::post(self.synchronization(entity), json!({ "ids": ids }), Repeat::Safe);
        let answer = self.connection.call(&call).await?;
        let raw: Vec<&RawValue> = answer.borrowed()?;
        // versions are of the platform's clock, which need not be ours
        let now = answer.date().unwrap_or(look.at);
        let context = Context::of(self, look);
        let payers = if entity == Entity::BankTransaction {
            payers(look.known)
        } else {
            HashMap::new()
        };
        let mut records = Vec::with_capacity(raw.len());
        for raw in raw {
            let Ok(head) = serde_json::from_str::<Version>(raw.get()) else {
                return Err(answer.odd("a record has no id"));
            };
            let mapped = mapped(entity, &context, raw, look.known, &payers);
            let version = settled(number(&head.version), now);
            records.push(ReadRecord::mapped(
                entity,
                look,
                (head.id.into(), version),
                mapped,
            ));
        }
        Ok(records)
    }

    fn synchronization(&self, entity: Entity) -> Url {
        let parts = [resource(entity).unwrap_or_default(), "synchronization"];
        self.endpoints.resource(&self.administration.id, &parts)
    }
}

fn mapped(
    entity: Entity,
    context: &Context<'_>,
    raw: &RawValue,
    known: &KnownVersions,
    payers: &HashMap<&str, Option<DebtorId>>,
) -> Result<Mapped, RecordError> {
    match entity {
        Entity::Contact => facts::contact(context, &record(raw)?),
        Entity::Invoice | Entity::ExternalInvoice => {
            let dto: dto::Invoice = record(raw)?;
            let mut mapped = facts::invoice(context, &dto)?;
            // made after the contacts were listed: the invoice brings its contact along
            if known.get(Entity::Contact, &dto.contact_id).is_none()
                && let Some(contact) = &dto.contact
            {
                mapped.facts.insert(0, facts::debtor(context, contact)?);
            }
            Ok(mapped)
        }
        Entity::Order => facts::estimate(context, &record(raw)?),
        Entity::BankTransaction => facts::mutation(context, &record(raw)?, |account| {
            payers.get(account).copied().flatten()
        }),
        Entity::CreditNote | Entity::Payment | Entity::Quotation | Entity::Removal => Ok(Mapped::default()),
    }
}

/// Who has which account number; nobody where several have the same.
fn payers(known: &KnownVersions) -> HashMap<&str, Option<DebtorId>> {
    let mut payers = HashMap::new();
    for (_, contact) in known.of(Entity::Contact) {
        if let Some(account) = contact.alias.as_deref() {
            payers
                .entry(account)
                .and_modify(|payer| *payer = None)
                .or_insert(contact.debtor);
        }
    }
    payers
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
