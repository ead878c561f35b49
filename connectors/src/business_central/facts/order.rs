use maan_ledger::{Body, Fact, OrderKind, OrderState};

use super::{LONGEST, currency_of, date, option};
use crate::business_central::dto::Document;
use crate::mapping::{Context, Mapped, RecordError, amount, moment, text};

/// A quotation. A draft says nothing yet. One that became an order is deleted there.
pub(in crate::business_central) fn quotation(
    context: &Context<'_>,
    dto: &Document,
) -> Result<Mapped, RecordError> {
    let state = match option(&dto.status).as_str() {
        "" | "Draft" => None,
        "Sent" => Some(OrderState::Open),
        "Accepted" => Some(OrderState::Accepted),
        "Expired" => Some(OrderState::Lapsed),
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    document(context, dto, OrderKind::Quotation, state)
}

/// An order. One that was invoiced in full is deleted there.
pub(in crate::business_central) fn order(
    context: &Context<'_>,
    dto: &Document,
) -> Result<Mapped, RecordError> {
    let state = match option(&dto.status).as_str() {
        "" | "Draft" | "In Review" => None,
        "Open" | "Released" => Some(OrderState::Accepted),
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    document(context, dto, OrderKind::Order, state)
}

fn document(
    context: &Context<'_>,
    dto: &Document,
    kind: OrderKind,
    state: Option<OrderState>,
) -> Result<Mapped, RecordError> {
    let [payer, ..] = dto.payer();
    if payer.is_empty() {
        return Err(RecordError::NoContact);
    }
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(payer)),
        ..Mapped::default()
    };
    let Some(state) = state else { return Ok(mapped) };
    let on = date("its date", &dto.document_date)?.ok_or(RecordError::Missing("its date"))?;
    let answered = date("acceptedDate", &dto.accepted_date)?.filter(|_| state == OrderState::Accepted);
    let happened = answered.unwrap_or(on);
    let order = maan_ledger::Order {
        reference: dto.id.to_string(),
        number: text("number", &dto.number, LONGEST)?,
        kind,
        state,
        amount: amount(
            "totalAmountIncludingTax",
            &dto.total_amount_including_tax,
            currency_of(context, &dto.currency_code)?,
        )?,
        on,
    };
    Ok(Mapped {
        facts: vec![Fact {
            happened,
            known: context.known(moment(&dto.last_modified_date_time), happened),
            body: Body::OrderDescribed(order),
        }],
        ..mapped
    })
}
