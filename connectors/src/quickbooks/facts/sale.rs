use maan_ledger::{Body, Fact, ItemDescription, ItemKind, ItemState, Money};

use super::{LONGEST, currency_of, memo};
use crate::mapping::{
    Context, Mapped, RecordError, Text, amount, day, moment, not_negative, optional_day, text,
};
use crate::quickbooks::dto::Sale;

/// Names of custom fields that hold the customer's order reference, in lower case.
const REFERENCES: [&str; 7] = [
    "p.o. number",
    "po number",
    "purchase order",
    "order reference",
    "your reference",
    "uw referentie",
    "bestelnummer",
];

/// An invoice. What was paid on it are records of their own.
pub(in crate::quickbooks) fn invoice(context: &Context<'_>, dto: &Sale) -> Result<Mapped, RecordError> {
    document(context, dto, &dto.id, ItemKind::Invoice, total(context, dto)?)
}

/// A credit memo, which QuickBooks writes as a positive amount.
pub(in crate::quickbooks) fn credit_memo(context: &Context<'_>, dto: &Sale) -> Result<Mapped, RecordError> {
    let total = total(context, dto)?;
    let total = Money::new(total.minor.saturating_neg(), total.currency);
    let item = memo(&dto.id);
    let mapped = document(context, dto, &item, ItemKind::CreditNote, total)?;
    Ok(Mapped {
        alias: Some(item),
        ..mapped
    })
}

fn total(context: &Context<'_>, dto: &Sale) -> Result<Money, RecordError> {
    let currency = currency_of(context, &dto.currency_ref)?;
    let total = amount("TotalAmt", &dto.total_amt, currency)?;
    not_negative("TotalAmt", total, ItemState::Issued)
}

fn document(
    context: &Context<'_>,
    dto: &Sale,
    item: &str,
    kind: ItemKind,
    total: Money,
) -> Result<Mapped, RecordError> {
    if dto.customer_ref.value.is_empty() {
        return Err(RecordError::NoContact);
    }
    let issued = day("TxnDate", &dto.txn_date)?;
    let described = ItemDescription {
        item: context.ids.item(item),
        reference: item.to_owned(),
        number: text("DocNumber", &dto.doc_number, LONGEST)?,
        kind,
        state: ItemState::Issued,
        issued,
        due: optional_day("DueDate", &dto.due_date)?.unwrap_or(issued),
        amount: total,
        order_reference: text("PONumber", order_reference(dto), LONGEST)?,
        corrects: None,
        payment_link: String::new(),
    };
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.customer_ref.value)),
        facts: vec![Fact {
            happened: issued,
            known: context.known(moment(&dto.meta_data.create_time), issued),
            body: Body::ItemDescribed(described),
        }],
        ..Mapped::default()
    })
}

fn order_reference(dto: &Sale) -> &Text {
    let is_reference = |name: &Text| REFERENCES.contains(&name.to_lowercase().as_str());
    let field = dto.custom_field.iter().find(|field| is_reference(&field.name));
    match field {
        Some(field) if dto.po_number.is_empty() => &field.string_value,
        _ => &dto.po_number,
    }
}
