use maan_ledger::{Body, Fact, Order, OrderKind, OrderState};

use super::LONGEST;
use crate::mapping::{Context, Mapped, RecordError, amount, currency, json_date, json_day, text};
use crate::xero::dto::Quote;

/// A quotation. A draft says nothing yet. The day of an answer is that of the last change.
pub(in crate::xero) fn quote(context: &Context<'_>, dto: &Quote) -> Result<Mapped, RecordError> {
    if dto.contact.contact_id.is_empty() {
        return Err(RecordError::NoContact);
    }
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(&dto.contact.contact_id)),
        ..Mapped::default()
    };
    let state = match &*dto.status {
        "DRAFT" => return Ok(mapped),
        "SENT" => OrderState::Open,
        "ACCEPTED" => OrderState::Accepted,
        "INVOICED" => OrderState::Invoiced,
        "DECLINED" => OrderState::Lapsed,
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    let on = json_day("Date", &dto.date)?;
    let changed = json_date(&dto.updated);
    let answered = context.day_of(changed).filter(|_| state != OrderState::Open);
    let happened = answered.unwrap_or(on);
    let order = Order {
        reference: dto.quote_id.to_string(),
        number: text("QuoteNumber", &dto.quote_number, LONGEST)?,
        kind: OrderKind::Quotation,
        state,
        amount: amount("Total", &dto.total, currency(&dto.currency_code)?)?,
        on,
    };
    Ok(Mapped {
        facts: vec![Fact {
            happened,
            known: context.known(changed, happened),
            body: Body::OrderDescribed(order),
        }],
        ..mapped
    })
}
