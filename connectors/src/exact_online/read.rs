//! Reading by feeds. A *sync* feed gives what changed after a number that rises with each change; quotations and orders
//! have none and are asked for by the time of their last change.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::endpoints::with;
use super::{ExactOnline, dto, facts, odata};
use crate::http::{Call, CallError};
use crate::mapping::{Context, Mapped, RecordError, content_version, json_date, record};
use crate::{Entity, Look, Page, ReadRecord};

/// A feed: where it is, its columns, and what its rows are ordered by.
pub(super) struct Feed {
    resource: &'static str,
    select: &'static str,
    by: By,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// A number that rises with each change.
    Timestamp,
    /// Milliseconds of the last change.
    Modified,
}

/// The feed of an entity; none when Exact Online has no such records.
pub(super) fn feed(entity: Entity) -> Option<Feed> {
    let feed = |resource, select, by| Some(Feed { resource, select, by });
    match entity {
        Entity::Contact => feed("sync/CRM/Accounts", dto::ACCOUNT, By::Timestamp),
        Entity::Invoice => feed("sync/Cashflow/PaymentTerms", dto::TERM, By::Timestamp),
        Entity::Quotation => feed("crm/Quotations", dto::QUOTATION, By::Modified),
        Entity::Order => feed("salesorder/SalesOrders", dto::ORDER, By::Modified),
        Entity::Removal => feed("sync/Deleted", "", By::Timestamp),
        Entity::ExternalInvoice | Entity::CreditNote | Entity::Payment | Entity::BankTransaction => None,
    }
}

/// Where a feed goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// Changes after this one; with [`By::Modified`] from it on, as several may be of the same moment.
    after: i64,
    /// The newest change of this pass.
    newest: i64,
    /// The next page of this pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl ExactOnline {
    pub(super) async fn read_page(
        &self,
        entity: Entity,
        cursor: Option<&str>,
        look: Look<'_>,
    ) -> Result<Page, CallError> {
        let Some(feed) = feed(entity) else {
            return Ok(Page::default());
        };
        // a place that cannot be read is no place: everything is read again
        let place: Place = cursor
            .and_then(|cursor| serde_json::from_str(cursor).ok())
            .unwrap_or_default();
        let url = with(
            self.resource(feed.resource),
            &[
                ("$select", feed.select),
                ("$filter", &feed.filter(&place)),
                ("$orderby", if feed.by == By::Modified { "Modified" } else { "" }),
                ("$skiptoken", place.token.as_deref().unwrap_or_default()),
            ],
        );
        let answer = self.connection.call(&Call::get(url)).await?;
        let odata::Rows { rows, next } = odata::rows(&answer, &self.site)?;
        let mut page = Page {
            more: next.is_some(),
            ..Page::default()
        };
        let context = Context::of(self, look);
        let mut newest = place.newest.max(place.after);
        for row in rows {
            let head: dto::Head =
                serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
            newest = newest.max(
                feed.stamp(&head)
                    .ok_or_else(|| answer.odd("a row has no stamp"))?,
            );
            if entity == Entity::Removal {
                page.gone.extend(removed(row));
                continue;
            }
            if head.id.is_empty() {
                return Err(answer.odd("a row has no id"));
            }
            let mapped = mapped(entity, &context, row, look);
            let version = content_version(row.get());
            page.records.push(ReadRecord::mapped(
                entity,
                look,
                (head.id.into(), version),
                mapped,
            ));
        }
        let next = Place {
            after: if page.more { place.after } else { newest },
            newest,
            token: next,
        };
        page.cursor =
            (cursor.is_none() || next != place).then(|| serde_json::to_string(&next).unwrap_or_default());
        Ok(page)
    }
}

impl Feed {
    fn filter(&self, place: &Place) -> String {
        match self.by {
            By::Timestamp => format!("Timestamp gt {}L", place.after),
            By::Modified if place.after == 0 => String::new(),
            By::Modified => {
                let from = maan_ledger::Moment(place.after.saturating_mul(1_000)).to_utc();
                format!("Modified ge datetime'{}'", from.format("%Y-%m-%dT%H:%M:%S%.3f"))
            }
        }
    }

    fn stamp(&self, head: &dto::Head) -> Option<i64> {
        match self.by {
            By::Timestamp => head.timestamp.parse().ok(),
            By::Modified => json_date(&head.modified).map(|at| at.0 / 1_000),
        }
    }
}

fn mapped(
    entity: Entity,
    context: &Context<'_>,
    row: &RawValue,
    look: Look<'_>,
) -> Result<Mapped, RecordError> {
    match entity {
        Entity::Contact => facts::account(context, &record(row)?),
        Entity::Invoice => {
            let term: dto::Term = record(row)?;
            let mut mapped = facts::term(context, &term)?;
            // made after the accounts were read: the row brings along what it says of its account
            if mapped.debtor.is_some() && look.known.get(Entity::Contact, &term.account).is_none() {
                mapped.facts.insert(0, facts::account_of(context, &term)?);
            }
            Ok(mapped)
        }
        Entity::Quotation => facts::quotation(context, &record(row)?),
        Entity::Order => facts::order(context, &record(row)?),
        _ => Ok(Mapped::default()),
    }
}

/// What was removed, if it is read here. The numbers are those of the platform's list of entity types.
fn removed(row: &RawValue) -> Option<(Entity, String)> {
    let removal: dto::Removal = serde_json::from_str(row.get()).ok()?;
    let entity = match &*removal.entity_type {
        "2" => Entity::Contact,
        "10" => Entity::Invoice,
        "32" => Entity::Order,
        "34" => Entity::Quotation,
        _ => return None,
    };
    Some((entity, removal.entity_key.into()))
}
