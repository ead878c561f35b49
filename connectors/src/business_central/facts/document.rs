use maan_ledger::{Body, Dispute, DisputeCause, Fact, ItemDescription, ItemKind, ItemState, Money};

use super::{LONGEST, currency_of, date, memo, option};
use crate::business_central::dto::Document;
use crate::mapping::{Context, Mapped, RecordError, amount, moment, not_negative, promised, text};

/// An invoice, disputed when it has a dispute status, promised when it has a day for that. What was paid of it stands in
/// the ledger.
pub(in crate::business_central) fn invoice(
    context: &Context<'_>,
    dto: &Document,
) -> Result<Mapped, RecordError> {
    let mut mapped = document(context, dto, ItemKind::Invoice, dto.id.to_string())?;
    let status = text("disputeStatus", &dto.dispute_status, LONGEST)?;
    let by = date("promisedPayDate", &dto.promised_pay_date)?;
    let currency = currency_of(context, &dto.currency_code)?;
    let open = match &*dto.remaining_amount {
        "" => &dto.total_amount_including_tax,
        _ => &dto.remaining_amount,
    };
    let changed = moment(&dto.last_modified_date_time);
    if let Some(by) = by {
        let open = amount("remainingAmount", open, currency)?;
        mapped
            .facts
            .push(promised(context, (context.ids.item(&dto.id), open), by, changed));
    }
    if !status.is_empty() {
        let on = context.day_of(changed).unwrap_or(context.today());
        mapped.facts.push(Fact {
            happened: on,
            known: context.known(changed, on),
            body: Body::Disputed(Dispute {
                agreement: context.ids.dispute(&dto.id),
                item: context.ids.item(&dto.id),
                amount: amount("remainingAmount", open, currency)?,
                cause: DisputeCause::Other,
                text: status,
            }),
        });
    }
    Ok(mapped)
}

/// A credit memo, which Business Central writes as a positive amount.
pub(in crate::business_central) fn credit_memo(
    context: &Context<'_>,
    dto: &Document,
) -> Result<Mapped, RecordError> {
    let item = memo(&dto.number);
    let mapped = document(context, dto, ItemKind::CreditNote, item.clone())?;
    Ok(Mapped {
        alias: Some(item),
        ..mapped
    })
}

fn document(
    context: &Context<'_>,
    dto: &Document,
    kind: ItemKind,
    item: String,
) -> Result<Mapped, RecordError> {
    let [payer, ..] = dto.payer();
    if payer.is_empty() {
        return Err(RecordError::NoContact);
    }
    let total = amount(
        "totalAmountIncludingTax",
        &dto.total_amount_including_tax,
        currency_of(context, &dto.currency_code)?,
    )?;
    let state = state(dto)?;
    let total = not_negative("totalAmountIncludingTax", total, state)?;
    let is_memo = kind == ItemKind::CreditNote;
    let issued = match date("the date of the document", &dto.document_date)? {
        Some(day) => Some(day),
        None => date("postingDate", &dto.posting_date)?,
    };
    let issued = issued.ok_or(RecordError::Missing("the date of the document"))?;
    let reference = if dto.customer_purchase_order_reference.is_empty() {
        &dto.external_document_number
    } else {
        &dto.customer_purchase_order_reference
    };
    let corrects = &dto.invoice_id;
    let is_empty = corrects.is_empty() || corrects.bytes().all(|letter| matches!(letter, b'0' | b'-'));
    let described = ItemDescription {
        item: context.ids.item(&item),
        reference: item,
        number: text("number", &dto.number, LONGEST)?,
        kind,
        state,
        issued,
        due: date("dueDate", &dto.due_date)?.unwrap_or(issued),
        amount: if is_memo {
            Money::new(total.minor.saturating_neg(), total.currency)
        } else {
            total
        },
        order_reference: text("externalDocumentNumber", reference, LONGEST)?,
        corrects: (is_memo && !is_empty).then(|| context.ids.item(corrects)),
        payment_link: String::new(),
    };
    Ok(Mapped {
        debtor: Some(context.ids.debtor(payer)),
        facts: vec![Fact {
            happened: issued,
            known: context.known(None, issued),
            body: Body::ItemDescribed(described),
        }],
        ..Mapped::default()
    })
}

/// One that was cancelled, or that cancels another, was posted: the ledger sets them off against each other.
fn state(dto: &Document) -> Result<ItemState, RecordError> {
    match option(&dto.status).as_str() {
        "" | "Draft" | "In Review" => Ok(ItemState::Draft),
        "Open" | "Paid" | "Canceled" | "Corrective" => Ok(ItemState::Issued),
        other => Err(RecordError::State(other.chars().take(40).collect())),
    }
}
