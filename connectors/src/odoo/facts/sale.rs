use maan_ledger::{Body, Fact, Order, OrderKind, OrderState};

use super::LONGEST;
use crate::mapping::{Context, Mapped, RecordError, currency, float_amount, text};
use crate::odoo::dto::Sale;
use crate::odoo::values::stamp;
use crate::{Entity, KnownVersions};

/// A sale: a quotation until it is confirmed, and after that too when it had an end. A draft says nothing yet.
pub(in crate::odoo) fn sale(
    context: &Context<'_>,
    dto: &Sale,
    known: &KnownVersions,
) -> Result<Mapped, RecordError> {
    let payer = if dto.partner_invoice_id.id.is_empty() {
        &dto.partner_id.id
    } else {
        &dto.partner_invoice_id.id
    };
    if payer.is_empty() {
        return Err(RecordError::NoContact);
    }
    // an address below a partner is that one's
    let partner = known
        .get(Entity::Contact, payer)
        .and_then(|contact| contact.alias.as_deref())
        .unwrap_or(payer);
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(partner)),
        ..Mapped::default()
    };
    let state = match (dto.state.as_str(), dto.invoice_status.as_str()) {
        ("draft", _) => return Ok(mapped),
        ("sent", _) => OrderState::Open,
        ("cancel", _) => OrderState::Lapsed,
        ("sale" | "done", "invoiced") => OrderState::Invoiced,
        ("sale" | "done", _) => OrderState::Accepted,
        (other, _) => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    let kind = if state == OrderState::Open || !dto.validity_date.is_empty() {
        OrderKind::Quotation
    } else {
        OrderKind::Order
    };
    let changed = stamp(&dto.write_date);
    let on = context
        .day_of(stamp(&dto.date_order).or(stamp(&dto.create_date)))
        .ok_or(RecordError::Missing("date_order"))?;
    let happened = if state == OrderState::Open {
        on
    } else {
        context.day_of(changed).unwrap_or(on)
    };
    let currency = currency(&dto.currency_id.name)?;
    Ok(Mapped {
        facts: vec![Fact {
            happened,
            known: context.known(changed, happened),
            body: Body::OrderDescribed(Order {
                reference: dto.id.to_string(),
                number: text("name", &dto.name, LONGEST)?,
                kind,
                state,
                amount: float_amount("amount_total", &dto.amount_total, currency)?,
                on,
            }),
        }],
        ..mapped
    })
}
