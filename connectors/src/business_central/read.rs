//! Reading customers and documents: what was changed since a moment, and a list of all ids.

use serde_json::value::RawValue;

use super::endpoints::with;
use super::{BusinessCentral, dto, facts, odata};
use crate::http::{Call, CallError};
use crate::mapping::{Context, Mapped, Pass, RecordError, content_version, moment, record};
use crate::{Entity, Listed, Look, Page, ReadRecord};

/// Most records of a page; more than 20,000 are refused, and pages are kept in memory.
const PAGE: &str = "odata.maxpagesize=5000";

/// What Business Central calls the records of an entity.
pub(super) fn resource(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Contact => Some("customers"),
        Entity::Invoice => Some("salesInvoices"),
        Entity::CreditNote => Some("salesCreditMemos"),
        Entity::Quotation => Some("salesQuotes"),
        Entity::Order => Some("salesOrders"),
        Entity::ExternalInvoice | Entity::Payment | Entity::BankTransaction | Entity::Removal => None,
    }
}

impl BusinessCentral {
    pub(super) async fn read_page(
        &self,
        entity: Entity,
        cursor: Option<&str>,
        look: Look<'_>,
    ) -> Result<Page, CallError> {
        let Some(resource) = resource(entity) else {
            return Ok(Page::default());
        };
        let before = Pass::at(cursor);
        let since = before.since().map(|since| {
            let since = since.to_utc().format("%Y-%m-%dT%H:%M:%S%.3fZ");
            format!("lastModifiedDateTime ge {since}")
        });
        let options = [
            ("$filter", since.as_deref().unwrap_or_default()),
            ("$skiptoken", before.next().unwrap_or_default()),
        ];
        let call = Call::get(with(self.resource(resource), &options)).with_header("Prefer", PAGE);
        let answer = self.connection.call(&call).await?;
        let odata::Rows { rows, next } = odata::rows(&answer, &self.site)?;
        let mut pass = before.clone();
        pass.answered(answer.date().unwrap_or(look.at));
        let context = Context::of(self, look);
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            let head: dto::Head =
                serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
            if head.id.is_empty() {
                return Err(answer.odd("a record has no id"));
            }
            let changed = moment(&head.last_modified_date_time);
            pass.saw(changed.ok_or_else(|| answer.odd("a record has no time of change"))?);
            let mapped = mapped(entity, &context, row, look);
            let version = content_version(row.get());
            records.push(ReadRecord::mapped(
                entity,
                look,
                (head.id.into(), version),
                mapped,
            ));
        }
        let more = next.is_some();
        let place = pass.onward(next);
        Ok(Page {
            records,
            more,
            cursor: (cursor.is_none() || place != before).then(|| place.cursor()),
            ..Page::default()
        })
    }

    /// All ids. At the first reading nothing can be gone yet.
    pub(super) async fn listed(&self, entity: Entity, look: Look<'_>) -> Result<Vec<Listed>, CallError> {
        let listed = |reference: String| Listed {
            reference,
            version: 0,
        };
        let Some(resource) = resource(entity).filter(|_| !look.history) else {
            let known = look.known.of(entity);
            return Ok(known.map(|(reference, _)| listed(reference.to_owned())).collect());
        };
        let url = with(self.resource(resource), &[("$select", "id")]);
        let heads: Vec<dto::Head> = odata::every(&self.connection, &self.site, &url).await?;
        Ok(heads.into_iter().map(|head| listed(head.id.into())).collect())
    }
}

fn mapped(
    entity: Entity,
    context: &Context<'_>,
    row: &RawValue,
    look: Look<'_>,
) -> Result<Mapped, RecordError> {
    if entity == Entity::Contact {
        return facts::customer(context, &record(row)?);
    }
    let document: dto::Document = record(row)?;
    let mut mapped = match entity {
        Entity::Quotation => return facts::quotation(context, &document),
        Entity::Order => return facts::order(context, &document),
        Entity::CreditNote => facts::credit_memo(context, &document)?,
        _ => facts::invoice(context, &document)?,
    };
    // made after the customers were read: the document brings along what it says of its customer
    let [payer, ..] = document.payer();
    if look.known.get(Entity::Contact, payer).is_none() {
        mapped.facts.insert(0, facts::customer_of(context, &document)?);
    }
    Ok(mapped)
}
