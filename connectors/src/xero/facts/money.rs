use maan_ledger::{Allocation, Body, Fact, Money, Receipt, Source};

use super::document::allocated;
use crate::Entity;
use crate::mapping::{Context, Mapped, RecordError, amount, currency, json_day, text};
use crate::xero::dto::{Payment, Unused};

/// Payment of a credit note: money that was paid back.
const REFUND: &str = "ARCREDITPAYMENT";

/// A payment, in the currency of what it pays.
pub(in crate::xero) fn payment(context: &Context<'_>, dto: &Payment) -> Result<Mapped, RecordError> {
    let paid = &dto.invoice;
    if paid.contact.contact_id.is_empty() {
        return Err(RecordError::NoContact);
    }
    if paid.invoice_id.is_empty() {
        return Err(RecordError::Missing("InvoiceID"));
    }
    let came = amount("Amount", &dto.amount, currency(&paid.currency_code)?)?;
    let amount = if &*dto.payment_type == REFUND {
        Money::new(came.minor.saturating_neg(), came.currency)
    } else {
        came
    };
    let (item, on) = (context.ids.item(&paid.invoice_id), json_day("Date", &dto.date)?);
    let allocation = Allocation {
        allocation: context
            .ids
            .part(Entity::Payment, &dto.payment_id, item, amount, on),
        source: Source::Direct,
        item,
        amount,
        on,
    };
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&paid.contact.contact_id)),
        facts: vec![allocated(context, on, allocation)],
        ..Mapped::default()
    })
}

/// An overpayment or prepayment: what of it was used for invoices, and what is left.
pub(in crate::xero) fn unused(context: &Context<'_>, dto: &Unused) -> Result<Mapped, RecordError> {
    if dto.contact.contact_id.is_empty() {
        return Err(RecordError::NoContact);
    }
    let currency = currency(&dto.currency_code)?;
    let mut facts = Vec::new();
    for one in dto.allocations.iter().filter(|one| &*one.is_deleted != "true") {
        if one.invoice.invoice_id.is_empty() {
            return Err(RecordError::Missing("InvoiceID"));
        }
        let item = context.ids.item(&one.invoice.invoice_id);
        let (amount, on) = (
            amount("Amount", &one.amount, currency)?,
            json_day("Date", &one.date)?,
        );
        let allocation = Allocation {
            allocation: context
                .ids
                .part(Entity::BankTransaction, &dto.id, item, amount, on),
            source: Source::Direct,
            item,
            amount,
            on,
        };
        facts.push(allocated(context, on, allocation));
    }
    let left = amount("RemainingCredit", &dto.remaining_credit, currency)?;
    if left.minor > 0 {
        let on = json_day("Date", &dto.date)?;
        facts.push(Fact {
            happened: on,
            known: context.known(None, on),
            body: Body::Received(Receipt {
                receipt: context.ids.receipt(Entity::BankTransaction, &dto.id, left),
                amount: left,
                on,
                text: text("Reference", &dto.reference, 2_000)?,
            }),
        });
    }
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.contact.contact_id)),
        facts,
        ..Mapped::default()
    })
}
