use maan_ledger::{Body, Fact, OrderKind, OrderState};

use super::{LONGEST, stamp, total};
use crate::erpnext::dto::Order;
use crate::mapping::{Context, Mapped, RecordError, currency, day, text};

/// A quotation. A draft says nothing yet.
pub(in crate::erpnext) fn quotation(context: &Context<'_>, dto: &Order) -> Result<Mapped, RecordError> {
    let state = match &*dto.status {
        "Draft" => None,
        "Open" | "Replied" => Some(OrderState::Open),
        "Partially Ordered" | "Ordered" => Some(OrderState::Accepted),
        "Lost" | "Cancelled" | "Expired" => Some(OrderState::Lapsed),
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    document(context, dto, OrderKind::Quotation, state)
}

/// An order. One that was billed in full is told by its invoices.
pub(in crate::erpnext) fn order(context: &Context<'_>, dto: &Order) -> Result<Mapped, RecordError> {
    let state = match &*dto.status {
        "Draft" => None,
        "On Hold" | "To Pay" | "To Deliver and Bill" | "To Bill" => Some(OrderState::Accepted),
        "To Deliver" | "Completed" => Some(OrderState::Invoiced),
        "Cancelled" | "Closed" => Some(OrderState::Lapsed),
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    document(context, dto, OrderKind::Order, state)
}

fn document(
    context: &Context<'_>,
    dto: &Order,
    kind: OrderKind,
    state: Option<OrderState>,
) -> Result<Mapped, RecordError> {
    if dto.customer.is_empty() {
        return Err(RecordError::NoContact);
    }
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(&dto.customer)),
        ..Mapped::default()
    };
    let Some(state) = state else { return Ok(mapped) };
    let on = day("transaction_date", &dto.transaction_date)?;
    let changed = stamp(context, &dto.modified).or(stamp(context, &dto.creation));
    let happened = if state == OrderState::Open {
        on
    } else {
        context.day_of(changed).unwrap_or(on)
    };
    Ok(Mapped {
        facts: vec![Fact {
            happened,
            known: context.known(changed, happened),
            body: Body::OrderDescribed(maan_ledger::Order {
                reference: dto.name.to_string(),
                number: text("name", &dto.name, LONGEST)?,
                kind,
                state,
                amount: total(&dto.grand_total, &dto.rounded_total, currency(&dto.currency)?)?,
                on,
            }),
        }],
        ..mapped
    })
}
