//! Reading by lists of ids with the second of the last change; what differs is fetched.

use maan_ledger::Moment;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::rows::Rows;
use super::values::stamp;
use super::{Odoo, dto, facts};
use crate::http::{Answer, CallError};
use crate::mapping::{Context, Mapped, RecordError, content_version, record};
use crate::{Entity, Listed, Look, ReadRecord};

/// Most records of one call.
pub(super) const CHUNK: usize = 200;
/// A version is the second of the last change; within this many seconds another change may still get the same one.
const UNSETTLED_SECONDS: i64 = 5;

/// What Odoo calls the records of an entity.
pub(super) fn model(entity: Entity) -> Option<&'static str> {
    match entity {
        Entity::Contact => Some("res.partner"),
        Entity::Invoice => Some("account.move"),
        Entity::Payment => Some("account.partial.reconcile"),
        Entity::Order => Some("sale.order"),
        Entity::BankTransaction => Some("account.move.line"),
        Entity::ExternalInvoice | Entity::CreditNote | Entity::Quotation | Entity::Removal => None,
    }
}

/// What tells that a record changed: open money changes without a stamp when it is used.
fn stamps(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::BankTransaction => &["amount_residual_currency"],
        _ => &["write_date"],
    }
}

fn fields(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Contact => &dto::PARTNER,
        Entity::Invoice => &dto::MOVE,
        Entity::Payment => &dto::MATCH,
        Entity::Order => &dto::SALE,
        _ => &dto::ROW,
    }
}

impl Odoo {
    pub(super) async fn listed(&self, entity: Entity, look: Look<'_>) -> Result<Vec<Listed>, CallError> {
        let domain = self.domain(entity, look);
        let name = model(entity).unwrap_or_default();
        let answer = self.search_read(name, domain, stamps(entity), &[]).await?;
        let mut all = Vec::new();
        for row in answer.borrowed::<Vec<&RawValue>>()? {
            let head = head(&answer, row)?;
            all.push(Listed {
                version: version(entity, &answer, row, &head)?,
                reference: head.id.to_string(),
            });
        }
        Ok(all)
    }

    pub(super) async fn fetched(
        &self,
        entity: Entity,
        ids: &[String],
        look: Look<'_>,
    ) -> Result<Vec<ReadRecord>, CallError> {
        let wanted: Vec<u64> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        let name = model(entity).unwrap_or_default();
        let archived = (entity == Entity::Contact).then(|| json!(["active", "in", [true, false]]));
        let domain: Vec<Value> = [json!(["id", "in", wanted])]
            .into_iter()
            .chain(archived)
            .collect();
        let answer = self.search_read(name, domain.into(), fields(entity), &[]).await?;
        let raw: Vec<&RawValue> = answer.borrowed()?;
        let rows = self.rows(entity, &raw).await?;
        let context = Context::of(self, look);
        // changes are stamped by the platform's clock, which need not be ours
        let now = answer.date().unwrap_or(look.at);
        let mut records = Vec::new();
        for row in raw {
            let head = head(&answer, row)?;
            let version = settled(
                version(entity, &answer, row, &head)?,
                stamp(&head.write_date),
                now,
            );
            let mapped = mapped(entity, &context, row, look, &rows);
            records.push(ReadRecord::mapped(
                entity,
                look,
                (head.id.to_string(), version),
                mapped,
            ));
        }
        Ok(records)
    }

    /// The rows of bookings that records refer to.
    async fn rows(&self, entity: Entity, raw: &[&RawValue]) -> Result<Rows, CallError> {
        match entity {
            Entity::Invoice => {
                let ids = raw.iter().filter_map(|row| {
                    let head: dto::Head = serde_json::from_str(row.get()).ok()?;
                    head.id.parse().ok()
                });
                self.rows_of_moves(ids.collect()).await
            }
            Entity::Payment => {
                let matches = raw
                    .iter()
                    .filter_map(|row| serde_json::from_str::<dto::Match>(row.get()).ok());
                let sides = matches.flat_map(|one| [one.debit_move_id.id, one.credit_move_id.id]);
                let ids = sides.filter_map(|id| id.parse().ok()).collect();
                self.rows_beside(ids).await
            }
            _ => Ok(Rows::default()),
        }
    }

    /// Which records are read.
    fn domain(&self, entity: Entity, look: Look<'_>) -> Value {
        let company = json!(["company_id", "=", self.company()]);
        let since = look.since.to_string();
        match entity {
            // those that are no longer in use may still owe
            Entity::Contact => json!([
                ["company_id", "in", [false, self.company()]],
                ["customer_rank", ">", 0],
                ["active", "in", [true, false]],
            ]),
            Entity::Invoice => json!([
                company,
                ["move_type", "in", ["out_invoice", "out_refund"]],
                "|",
                ["invoice_date", "=", false],
                ["invoice_date", ">=", since],
            ]),
            Entity::Payment => json!([company, ["debit_move_id.account_type", "=", "asset_receivable"],]),
            Entity::Order => json!([company]),
            // what came in and is not matched with anything
            _ => json!([
                company,
                ["parent_state", "=", "posted"],
                ["account_type", "=", "asset_receivable"],
                ["journal_id.type", "in", ["bank", "cash"]],
                ["partner_id", "!=", false],
                ["reconciled", "=", false],
                ["amount_residual", "<", 0],
            ]),
        }
    }
}

fn mapped(
    entity: Entity,
    context: &Context<'_>,
    row: &RawValue,
    look: Look<'_>,
    rows: &Rows,
) -> Result<Mapped, RecordError> {
    match entity {
        Entity::Contact => facts::partner(context, &record(row)?),
        Entity::Invoice => facts::invoice(context, &record(row)?, rows, look),
        Entity::Payment => facts::matched(context, &record(row)?, rows),
        Entity::Order => facts::sale(context, &record(row)?, look.known),
        Entity::BankTransaction => facts::money(context, &record(row)?),
        _ => Ok(Mapped::default()),
    }
}

fn head(answer: &Answer, row: &RawValue) -> Result<dto::Head, CallError> {
    let head: dto::Head = serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
    if head.id.is_empty() {
        return Err(answer.odd("a record has no id"));
    }
    Ok(head)
}

fn version(entity: Entity, answer: &Answer, row: &RawValue, head: &dto::Head) -> Result<u64, CallError> {
    if entity == Entity::BankTransaction {
        let row: dto::Row =
            serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
        return Ok(content_version(&row.amount_residual_currency));
    }
    Ok(content_version(&head.write_date))
}

/// A version that cannot come a second time with other content, else 0.
fn settled(version: u64, changed: Option<Moment>, now: Moment) -> u64 {
    let age = changed.map_or(i64::MAX, |changed| now.0.saturating_sub(changed.0));
    if age.saturating_abs() <= UNSETTLED_SECONDS * 1_000_000 {
        0
    } else {
        version
    }
}
