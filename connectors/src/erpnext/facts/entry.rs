use maan_ledger::{Allocation, Body, Fact, Money, Receipt, Source};

use super::stamp;
use crate::Entity;
use crate::erpnext::dto::Entry;
use crate::mapping::{Context, Mapped, RecordError, currency, day, float_amount, text};

/// What invoices and returns are called.
const INVOICE: &str = "Sales Invoice";

/// A row of the payment ledger: what a document takes off another, or money that stands by itself. The row of an invoice
/// against itself says what is owed, which the invoice tells.
pub(in crate::erpnext) fn entry(context: &Context<'_>, dto: &Entry) -> Result<Mapped, RecordError> {
    if dto.party.is_empty() {
        return Err(RecordError::NoContact);
    }
    let currency = currency(&dto.account_currency)?;
    let told = float_amount(
        "amount_in_account_currency",
        &dto.amount_in_account_currency,
        currency,
    )?;
    // what lowers what is owed is below zero there
    let amount = Money::new(told.minor.saturating_neg(), currency);
    let on = day("posting_date", &dto.posting_date)?;
    let is_invoice = &*dto.voucher_type == INVOICE;
    let body = if dto.voucher_no == dto.against_voucher_no {
        (!is_invoice && amount.minor > 0).then(|| {
            text("remarks", &dto.remarks, 2_000).map(|text| {
                Body::Received(Receipt {
                    receipt: context.ids.receipt(Entity::Payment, &dto.name, amount),
                    amount,
                    on,
                    text,
                })
            })
        })
    } else {
        let against_invoice = &*dto.against_voucher_type == INVOICE && amount.minor != 0;
        let item = context.ids.item(&dto.against_voucher_no);
        against_invoice.then(|| {
            Ok(Body::Allocated(Allocation {
                allocation: context.ids.part(Entity::Payment, &dto.name, item, amount, on),
                source: if is_invoice {
                    Source::CreditNote(context.ids.item(&dto.voucher_no))
                } else {
                    Source::Direct
                },
                item,
                amount,
                on,
            }))
        })
    };
    let known = context.known(stamp(context, &dto.creation), on);
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.party)),
        facts: body
            .transpose()?
            .map(|body| Fact {
                happened: on,
                known,
                body,
            })
            .into_iter()
            .collect(),
        ..Mapped::default()
    })
}
