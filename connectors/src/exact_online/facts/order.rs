use maan_ledger::{Body, Fact, OrderKind, OrderState};

use super::{LONGEST, day, optional_day};
use crate::exact_online::dto::Order;
use crate::mapping::{Context, Mapped, RecordError, Text, amount, currency, json_date, text};

/// A quotation. A draft says nothing yet.
pub(in crate::exact_online) fn quotation(context: &Context<'_>, dto: &Order) -> Result<Mapped, RecordError> {
    let state = match &*dto.status {
        "20" => None,
        "25" | "35" | "40" | "60" => Some(OrderState::Open),
        "50" | "70" => Some(OrderState::Accepted),
        "5" | "6" | "10" => Some(OrderState::Lapsed),
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    document(context, dto, OrderKind::Quotation, state)
}

/// An order. One that was delivered in full is told by its invoice.
pub(in crate::exact_online) fn order(context: &Context<'_>, dto: &Order) -> Result<Mapped, RecordError> {
    let state = match (&*dto.status, &*dto.invoice_status) {
        (_, "21") => OrderState::Invoiced,
        ("12" | "20" | "21", _) => OrderState::Accepted,
        ("45", _) => OrderState::Lapsed,
        (other, _) => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    document(context, dto, OrderKind::Order, Some(state))
}

fn document(
    context: &Context<'_>,
    dto: &Order,
    kind: OrderKind,
    state: Option<OrderState>,
) -> Result<Mapped, RecordError> {
    if dto.ordered_by.is_empty() {
        return Err(RecordError::NoContact);
    }
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(&dto.ordered_by)),
        ..Mapped::default()
    };
    let Some(state) = state else { return Ok(mapped) };
    let on = day("its date", &dto.order_date)?;
    let happened = optional_day("CloseDate", &dto.close_date)?.unwrap_or(on);
    let code: Text = match &*dto.currency {
        "" => context.currency.into(),
        code => code.into(),
    };
    let order = maan_ledger::Order {
        reference: dto.id.to_string(),
        number: text("its number", &dto.order_number, LONGEST)?,
        kind,
        state,
        amount: amount("AmountFC", &dto.amount, currency(&code)?)?,
        on,
    };
    Ok(Mapped {
        facts: vec![Fact {
            happened,
            known: context.known(json_date(&dto.modified), happened),
            body: Body::OrderDescribed(order),
        }],
        ..mapped
    })
}
