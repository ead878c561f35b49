use maan_ledger::{Body, Fact, Order, OrderKind, OrderState};

use crate::mapping::{Context, Mapped, RecordError, amount, currency, moment, optional_day, text};
use crate::moneybird::dto::Estimate;

/// A quotation. A draft says nothing yet, one whose term has passed has lapsed.
pub(in crate::moneybird) fn estimate(context: &Context<'_>, dto: &Estimate) -> Result<Mapped, RecordError> {
    if dto.contact_id.is_empty() {
        return Err(RecordError::NoContact);
    }
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(&dto.contact_id)),
        ..Mapped::default()
    };
    let (state, since) = match &*dto.state {
        "draft" => return Ok(mapped),
        "open" => (OrderState::Open, &dto.estimate_date),
        "accepted" => (OrderState::Accepted, &dto.accepted_at),
        "billed" => (OrderState::Invoiced, &dto.updated_at),
        "late" => (OrderState::Lapsed, &dto.updated_at),
        "rejected" => (OrderState::Lapsed, &dto.rejected_at),
        "archived" => (OrderState::Lapsed, &dto.archived_at),
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    let made = optional_day("estimate_date", &dto.estimate_date)?
        .or_else(|| context.day_of(moment(&dto.created_at)));
    let on = made.ok_or(RecordError::Missing("estimate_date"))?;
    let happened = optional_day("date of the state", since)?.unwrap_or(on);
    let order = Order {
        reference: dto.id.to_string(),
        number: text("estimate_id", &dto.estimate_id, 500)?,
        kind: OrderKind::Quotation,
        state,
        amount: amount(
            "total_price_incl_tax",
            &dto.total_price_incl_tax,
            currency(&dto.currency)?,
        )?,
        on,
    };
    // an answer must not seem to have been known before it was given
    let known = context.known(moment(&dto.updated_at), happened);
    Ok(Mapped {
        facts: vec![Fact {
            happened,
            known,
            body: Body::OrderDescribed(order),
        }],
        ..mapped
    })
}
