use maan_ledger::{Body, Fact, Order, OrderKind, OrderState};

use super::{LONGEST, currency_of};
use crate::mapping::{Context, Mapped, RecordError, amount, day, moment, optional_day, text};
use crate::quickbooks::dto::Sale;

/// A quotation. One that is closed was invoiced when it links an invoice.
pub(in crate::quickbooks) fn estimate(context: &Context<'_>, dto: &Sale) -> Result<Mapped, RecordError> {
    if dto.customer_ref.value.is_empty() {
        return Err(RecordError::NoContact);
    }
    let is_invoiced = dto.linked_txn.iter().any(|linked| &*linked.txn_type == "Invoice");
    let state = match &*dto.txn_status {
        "Pending" | "" => OrderState::Open,
        "Accepted" => OrderState::Accepted,
        "Converted" => OrderState::Invoiced,
        "Closed" if is_invoiced => OrderState::Invoiced,
        "Closed" | "Rejected" => OrderState::Lapsed,
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    let on = day("TxnDate", &dto.txn_date)?;
    let changed = moment(&dto.meta_data.last_updated_time);
    let answered = match state {
        OrderState::Open => None,
        OrderState::Accepted => optional_day("AcceptedDate", &dto.accepted_date)?,
        _ => context.day_of(changed),
    };
    let happened = answered.unwrap_or(on);
    let order = Order {
        reference: dto.id.to_string(),
        number: text("DocNumber", &dto.doc_number, LONGEST)?,
        kind: OrderKind::Quotation,
        state,
        amount: amount(
            "TotalAmt",
            &dto.total_amt,
            currency_of(context, &dto.currency_ref)?,
        )?,
        on,
    };
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.customer_ref.value)),
        facts: vec![Fact {
            happened,
            known: context.known(changed, happened),
            body: Body::OrderDescribed(order),
        }],
        ..Mapped::default()
    })
}
