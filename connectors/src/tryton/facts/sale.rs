use maan_ledger::{Body, Fact, Order, OrderKind, OrderState};

use super::LONGEST;
use crate::mapping::{Context, Mapped, RecordError, amount, currency, moment, optional_day, text};
use crate::tryton::dto::Sale;

/// A sale: a quotation until it is confirmed, and after that too when it had a term. A draft says nothing yet.
pub(in crate::tryton) fn sale(context: &Context<'_>, dto: &Sale) -> Result<Mapped, RecordError> {
    let payer = if dto.invoice_party.is_empty() {
        &dto.party
    } else {
        &dto.invoice_party
    };
    if payer.is_empty() {
        return Err(RecordError::NoContact);
    }
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(payer)),
        ..Mapped::default()
    };
    let state = match (dto.state.as_str(), dto.invoice_state.as_str()) {
        ("draft", _) => return Ok(mapped),
        ("quotation", _) => OrderState::Open,
        ("cancelled", _) => OrderState::Lapsed,
        ("done", _) | ("processing", "awaiting payment" | "partially paid" | "paid") => OrderState::Invoiced,
        ("confirmed" | "processing", _) => OrderState::Accepted,
        (other, _) => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    let kind = if state == OrderState::Open || !dto.quotation_expire.is_empty() {
        OrderKind::Quotation
    } else {
        OrderKind::Order
    };
    let changed = moment(&dto.write_date).or(moment(&dto.create_date));
    let on = optional_day("sale_date", &dto.sale_date)?
        .or(optional_day("quotation_date", &dto.quotation_date)?)
        .or_else(|| context.day_of(moment(&dto.create_date)))
        .ok_or(RecordError::Missing("sale_date"))?;
    let happened = if state == OrderState::Open {
        on
    } else {
        context.day_of(changed).unwrap_or(on)
    };
    let code = dto.currency.clone().unwrap_or_default();
    Ok(Mapped {
        facts: vec![Fact {
            happened,
            known: context.known(changed, happened),
            body: Body::OrderDescribed(Order {
                reference: dto.id.to_string(),
                number: text("number", &dto.number, LONGEST)?,
                kind,
                state,
                amount: amount("total_amount", &dto.total_amount, currency(&code.code)?)?,
                on,
            }),
        }],
        ..mapped
    })
}
