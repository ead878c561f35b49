use maan_ledger::{Allocation, Body, Day, Fact, ItemDescription, ItemKind, ItemState, Money, Source};

use super::LONGEST;
use crate::Entity;
use crate::mapping::{
    Context, Mapped, RecordError, Text, amount, currency, json_date, json_day, not_negative,
    optional_json_day, promised, text,
};
use crate::xero::dto::{CreditNote, Invoice};

/// An invoice, promised when a day is expected for its payment. What was paid on it are records of their own.
pub(in crate::xero) fn invoice(context: &Context<'_>, dto: &Invoice) -> Result<Mapped, RecordError> {
    let state = state(&dto.status)?;
    let total = amount("Total", &dto.total, currency(&dto.currency_code)?)?;
    let total = not_negative("Total", total, state)?;
    let issued = json_day("Date", &dto.date)?;
    let described = ItemDescription {
        item: context.ids.item(&dto.invoice_id),
        reference: dto.invoice_id.to_string(),
        number: text("InvoiceNumber", &dto.invoice_number, LONGEST)?,
        kind: ItemKind::Invoice,
        state,
        issued,
        due: optional_json_day("DueDate", &dto.due_date)?.unwrap_or(issued),
        amount: total,
        order_reference: text("Reference", &dto.reference, LONGEST)?,
        corrects: None,
        payment_link: String::new(),
    };
    let by = optional_json_day("ExpectedPaymentDate", &dto.expected_payment_date)?;
    let promised = match by {
        Some(by) => {
            let open = amount("AmountDue", &dto.amount_due, total.currency)?;
            Some(promised(
                context,
                (described.item, open),
                by,
                json_date(&dto.updated),
            ))
        }
        None => None,
    };
    document(
        context,
        &dto.contact.contact_id,
        described,
        promised.into_iter().collect(),
    )
}

/// A credit note, which Xero writes as a positive amount, with what of it was set off.
pub(in crate::xero) fn credit_note(context: &Context<'_>, dto: &CreditNote) -> Result<Mapped, RecordError> {
    let (currency, state) = (currency(&dto.currency_code)?, state(&dto.status)?);
    let total = not_negative("Total", amount("Total", &dto.total, currency)?, state)?;
    let issued = json_day("Date", &dto.date)?;
    let item = context.ids.item(&dto.credit_note_id);
    let mut used = Vec::new();
    for one in dto.allocations.iter().filter(|one| &*one.is_deleted != "true") {
        if one.invoice.invoice_id.is_empty() {
            return Err(RecordError::Missing("InvoiceID"));
        }
        let paid = context.ids.item(&one.invoice.invoice_id);
        let (amount, on) = (
            amount("Amount", &one.amount, currency)?,
            json_day("Date", &one.date)?,
        );
        used.push(allocated(
            context,
            on,
            Allocation {
                allocation: context
                    .ids
                    .part(Entity::CreditNote, &dto.credit_note_id, paid, amount, on),
                source: Source::CreditNote(item),
                item: paid,
                amount,
                on,
            },
        ));
    }
    let described = ItemDescription {
        item,
        reference: dto.credit_note_id.to_string(),
        number: text("CreditNoteNumber", &dto.credit_note_number, LONGEST)?,
        kind: ItemKind::CreditNote,
        state,
        issued,
        due: optional_json_day("DueDate", &dto.due_date)?.unwrap_or(issued),
        amount: Money::new(total.minor.saturating_neg(), currency),
        order_reference: text("Reference", &dto.reference, LONGEST)?,
        corrects: None,
        payment_link: String::new(),
    };
    document(context, &dto.contact.contact_id, described, used)
}

/// Something was paid or set off on a day. Xero tells when a record was changed last, not when it was made.
pub(super) fn allocated(context: &Context<'_>, on: Day, allocation: Allocation) -> Fact {
    Fact {
        happened: on,
        known: context.known(None, on),
        body: Body::Allocated(allocation),
    }
}

fn document(
    context: &Context<'_>,
    contact: &Text,
    described: ItemDescription,
    more: Vec<Fact>,
) -> Result<Mapped, RecordError> {
    if contact.is_empty() {
        return Err(RecordError::NoContact);
    }
    let described = Fact {
        happened: described.issued,
        known: context.known(None, described.issued),
        body: Body::ItemDescribed(described),
    };
    let mut facts = vec![described];
    facts.extend(more);
    Ok(Mapped {
        debtor: Some(context.ids.debtor(contact)),
        facts,
        ..Mapped::default()
    })
}

fn state(status: &Text) -> Result<ItemState, RecordError> {
    match &**status {
        "DRAFT" | "SUBMITTED" => Ok(ItemState::Draft),
        "AUTHORISED" | "PAID" => Ok(ItemState::Issued),
        other => Err(RecordError::State(other.chars().take(40).collect())),
    }
}
