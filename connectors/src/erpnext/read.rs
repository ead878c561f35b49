//! Reading by lists of names with the moment of the last change; what differs is fetched.

use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{ErpNext, dto, endpoints, facts};
use crate::http::{Answer, Call, CallError};
use crate::mapping::{Context, Mapped, RecordError, content_version, record};
use crate::{Entity, Listed, Look, ReadRecord};

/// Most documents of one call: their names stand in its address.
pub(super) const CHUNK: usize = 50;

/// What ERPNext calls the documents of an entity.
pub(super) fn doctype(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Contact => Some("Customer"),
        Entity::Invoice => Some("Sales Invoice"),
        Entity::Payment => Some("Payment Ledger Entry"),
        Entity::Quotation => Some("Quotation"),
        Entity::Order => Some("Sales Order"),
        Entity::ExternalInvoice | Entity::CreditNote | Entity::BankTransaction | Entity::Removal => None,
    }
}

fn fields(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Contact => &dto::CUSTOMER,
        Entity::Invoice => &dto::INVOICE,
        Entity::Payment => &dto::ENTRY,
        Entity::Quotation => &dto::QUOTATION,
        _ => &dto::ORDER,
    }
}

#[derive(serde::Deserialize)]
struct Rows<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
}

impl ErpNext {
    pub(super) async fn listed(&self, entity: Entity, look: Look<'_>) -> Result<Vec<Listed>, CallError> {
        let name = doctype(entity).unwrap_or_default();
        let url = self.list(name, &self.filters(entity, look), &["name", "modified"]);
        let heads: Vec<dto::Head> = endpoints::listed(&self.connection, url).await?;
        Ok(heads
            .into_iter()
            .map(|head| Listed {
                version: content_version(&head.modified),
                reference: head.name.into(),
            })
            .collect())
    }

    pub(super) async fn fetched(
        &self,
        entity: Entity,
        names: &[String],
        look: Look<'_>,
    ) -> Result<Vec<ReadRecord>, CallError> {
        let url = self.list(
            doctype(entity).unwrap_or_default(),
            &json!([["name", "in", names]]),
            fields(entity),
        );
        let answer = self.connection.call(&Call::get(url)).await?;
        let rows = answer.borrowed::<Rows<'_>>()?.data;
        let beside = match entity {
            Entity::Contact => self.beside(&rows, names).await?,
            _ => facts::Beside::default(),
        };
        let context = Context::of(self, look);
        let mut records = Vec::new();
        for row in rows {
            let head = head(&answer, row)?;
            let mapped = mapped(entity, &context, row, look, &beside);
            let version = content_version(&head.modified);
            records.push(ReadRecord::mapped(
                entity,
                look,
                (head.name.into(), version),
                mapped,
            ));
        }
        Ok(records)
    }

    /// Limits and addresses of customers, which are documents of their own.
    async fn beside(&self, rows: &[&RawValue], names: &[String]) -> Result<facts::Beside, CallError> {
        let filters = json!([["parent", "in", names], ["company", "=", self.company()]]);
        let mut url = self.list("Customer Credit Limit", &filters, &dto::LIMIT);
        url.query_pairs_mut().append_pair("parent", "Customer");
        let limits: Vec<dto::Limit> = endpoints::listed(&self.connection, url).await?;
        let wanted: Vec<String> = rows
            .iter()
            .filter_map(|row| serde_json::from_str::<dto::Customer>(row.get()).ok())
            .map(|customer| customer.customer_primary_address.into())
            .filter(|address: &String| !address.is_empty())
            .collect();
        let url = self.list("Address", &json!([["name", "in", wanted]]), &dto::ADDRESS);
        let addresses: Vec<dto::Address> = match wanted.is_empty() {
            true => Vec::new(),
            false => endpoints::listed(&self.connection, url).await?,
        };
        let codes = self.country_codes().await?.clone();
        Ok(facts::Beside::of(limits, addresses, codes))
    }

    /// Which documents are read.
    fn filters(&self, entity: Entity, look: Look<'_>) -> Value {
        let company = json!(["company", "=", self.company()]);
        let since = look.since.to_string();
        match entity {
            Entity::Contact => json!([]),
            Entity::Invoice => json!([company, ["posting_date", ">=", since]]),
            // a row that no longer counts is delinked
            Entity::Payment => json!([
                company,
                ["account_type", "=", "Receivable"],
                ["party_type", "=", "Customer"],
                ["delinked", "=", 0],
            ]),
            Entity::Quotation => json!([company, ["quotation_to", "=", "Customer"]]),
            _ => json!([company]),
        }
    }
}

fn mapped(
    entity: Entity,
    context: &Context<'_>,
    row: &RawValue,
    look: Look<'_>,
    beside: &facts::Beside,
) -> Result<Mapped, RecordError> {
    match entity {
        Entity::Contact => facts::customer(context, &record(row)?, beside),
        Entity::Invoice => facts::invoice(context, &record(row)?, look),
        Entity::Payment => facts::entry(context, &record(row)?),
        Entity::Quotation => facts::quotation(context, &record(row)?),
        Entity::Order => facts::order(context, &record(row)?),
        _ => Ok(Mapped::default()),
    }
}

fn head(answer: &Answer, row: &RawValue) -> Result<dto::Head, CallError> {
    let head: dto::Head = serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
    if head.name.is_empty() {
        return Err(answer.odd("a document has no name"));
    }
    Ok(head)
}
