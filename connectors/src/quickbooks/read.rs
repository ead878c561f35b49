//! Reading: all records by queries, then what was changed by change data capture.
//!
//! A query goes on after the last id that came, so that no record slips from one page to another unread while something
//! is deleted. What was made or changed meanwhile is captured, as that starts at the time of the first page.

use maan_ledger::Moment;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{QuickBooks, answers, dto, facts};
use crate::http::{Answer, Call, CallError};
use crate::mapping::{Context, Mapped, RecordError, content_version, record};
use crate::{Entity, Listed, Look, Page, ReadRecord};

/// Most records of a query, and of change data capture.
const MOST: usize = 1_000;
/// Changes are captured for 30 days; a day before that it is given up.
const MEMORY: i64 = 29 * 86_400;
/// A place is renewed after so many seconds, although nothing was changed: it must not become too old.
const RENEWED: i64 = 86_400;
/// Changes are asked for from so many seconds before the last answer: what was just being written is not missed.
const OVERLAP: i64 = 5;

/// What QuickBooks calls the records of an entity.
pub(super) fn kind(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Contact => Some("Customer"),
        Entity::Invoice => Some("Invoice"),
        Entity::CreditNote => Some("CreditMemo"),
        Entity::Payment => Some("Payment"),
        Entity::Quotation => Some("Estimate"),
        Entity::ExternalInvoice | Entity::Order | Entity::BankTransaction | Entity::Removal => None,
    }
}

/// Where reading goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    /// Everything is being read: the last id that came, and when the first page was answered, in microseconds.
    All { after: String, began: i64 },
    /// What was changed since a moment, in microseconds.
    Since(i64),
}

const BEGINNING: Place = Place::All {
    after: String::new(),
    began: 0,
};

impl Place {
    fn at(cursor: Option<&str>, now: Moment) -> Self {
        let kept = cursor.and_then(|cursor| serde_json::from_str(cursor).ok());
        match kept {
            Some(Self::Since(since)) if Moment(since).plus_seconds(MEMORY) < now => BEGINNING,
            Some(place) => place,
            None => BEGINNING,
        }
    }

    fn cursor(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

impl QuickBooks {
    pub(super) async fn read_page(
        &self,
        entity: Entity,
        cursor: Option<&str>,
        look: Look<'_>,
    ) -> Result<Page, CallError> {
        let Some(kind) = kind(entity) else {
            return Ok(Page::default());
        };
        match Place::at(cursor, look.at) {
            Place::All { after, began } => self.all(entity, kind, &after, began, look).await,
            Place::Since(since) => self.changes(entity, kind, since, look).await,
        }
    }

    async fn all(
        &self,
        entity: Entity,
        kind: &str,
        after: &str,
        began: i64,
        look: Look<'_>,
    ) -> Result<Page, CallError> {
        let answer = self.connection.call(&self.after("*", kind, after)).await?;
        let found = answers::queried(&answer, kind)?;
        let began = if after.is_empty() { found.time.0 } else { began };
        let page = self.records(entity, &answer, &found.rows, look)?;
        let last = page.records.last().map(|record| record.reference.clone());
        let place = match last {
            Some(after) => Place::All { after, began },
            None => Place::Since(Moment(began).plus_seconds(-OVERLAP).0),
        };
        Ok(Page {
            more: matches!(place, Place::All { .. }),
            cursor: place.cursor(),
            ..page
        })
    }

    async fn changes(
        &self,
        entity: Entity,
        kind: &str,
        since: i64,
        look: Look<'_>,
    ) -> Result<Page, CallError> {
        let mut url = self.resource(&["cdc"]);
        let from = Moment(since).to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        url.query_pairs_mut()
            .append_pair("entities", kind)
            .append_pair("changedSince", &from);
        let answer = self.connection.call(&Call::get(url)).await?;
        let found = answers::captured(&answer, kind)?;
        if found.rows.len() >= MOST {
            // more was changed than it tells
            return Ok(Page {
                more: true,
                cursor: BEGINNING.cursor(),
                ..Page::default()
            });
        }
        let is_old = Moment(since).plus_seconds(RENEWED) < found.time;
        let place = Place::Since(found.time.plus_seconds(-OVERLAP).0);
        let moves = is_old || !found.rows.is_empty();
        Ok(Page {
            cursor: place.cursor().filter(|_| moves),
            ..self.records(entity, &answer, &found.rows, look)?
        })
    }

    fn records(
        &self,
        entity: Entity,
        answer: &Answer,
        rows: &[&RawValue],
        look: Look<'_>,
    ) -> Result<Page, CallError> {
        let context = Context::of(self, look);
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            let head: dto::Head =
                serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
            if head.id.is_empty() {
                return Err(answer.odd("a record has no id"));
            }
            let is_gone = &*head.status == "Deleted" || &*head.active == "false";
            records.push(if is_gone {
                ReadRecord::gone(head.id.into())
            } else {
                let mapped = mapped(entity, &context, row, look);
                let version = content_version(row.get());
                ReadRecord::mapped(entity, look, (head.id.into(), version), mapped)
            });
        }
        Ok(Page {
            records,
            ..Page::default()
        })
    }

    /// All ids, after everything was read again; change data capture tells itself what was deleted.
    pub(super) async fn listed(&self, entity: Entity, look: Look<'_>) -> Result<Vec<Listed>, CallError> {
        let listed = |reference: String| Listed {
            reference,
            version: 0,
        };
        let is_told = matches!(Place::at(look.known.cursor(entity), look.at), Place::Since(_));
        let Some(kind) = kind(entity).filter(|_| !look.history && !is_told) else {
            let known = look.known.of(entity);
            return Ok(known.map(|(reference, _)| listed(reference.to_owned())).collect());
        };
        let mut all: Vec<Listed> = Vec::new();
        loop {
            let after = all.last().map_or("", |last| last.reference.as_str());
            let answer = self.connection.call(&self.after("Id", kind, after)).await?;
            let found = answers::queried(&answer, kind)?.rows;
            if found.is_empty() {
                return Ok(all);
            }
            for row in found {
                let head: dto::Head =
                    serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
                all.push(listed(head.id.into()));
            }
        }
    }

    /// A query for the records after an id. Ids are digits; anything else would be no id of the platform.
    fn after(&self, fields: &str, kind: &str, after: &str) -> Call {
        let after: String = after.chars().filter(char::is_ascii_alphanumeric).collect();
        let only = if after.is_empty() {
            String::new()
        } else {
            format!(" where Id > '{after}'")
        };
        let query = format!("select {fields} from {kind}{only} orderby Id maxresults {MOST}");
        Call::get(self.query(&query))
    }
}

fn mapped(
    entity: Entity,
    context: &Context<'_>,
    row: &RawValue,
    look: Look<'_>,
) -> Result<Mapped, RecordError> {
    let (mut mapped, customer) = match entity {
        Entity::Contact => return facts::customer(context, &record(row)?),
        Entity::Payment => return facts::payment(context, &record(row)?),
        Entity::Quotation => return facts::estimate(context, &record(row)?),
        Entity::CreditNote => {
            let dto: dto::Sale = record(row)?;
            (facts::credit_memo(context, &dto)?, dto.customer_ref)
        }
        _ => {
            let dto: dto::Sale = record(row)?;
            (facts::invoice(context, &dto)?, dto.customer_ref)
        }
    };
    // made after the customers were read, or inactive: the document brings along what it says of its customer
    if look.known.get(Entity::Contact, &customer.value).is_none() {
        mapped.facts.insert(0, facts::customer_of(context, &customer)?);
    }
    Ok(mapped)
}
