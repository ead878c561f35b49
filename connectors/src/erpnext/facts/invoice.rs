use maan_ledger::{Body, DebtorKind, Fact, ItemDescription, ItemKind, ItemState};

use super::{LONGEST, stamp, total};
use crate::erpnext::dto::Invoice;
use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, currency, day, debtor, optional_day, text,
};
use crate::{Entity, Look};

/// An invoice or a return. One that was cancelled is gone.
pub(in crate::erpnext) fn invoice(
    context: &Context<'_>,
    dto: &Invoice,
    look: Look<'_>,
) -> Result<Mapped, RecordError> {
    if dto.customer.is_empty() {
        return Err(RecordError::NoContact);
    }
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(&dto.customer)),
        ..Mapped::default()
    };
    let state = match &*dto.docstatus {
        "0" => ItemState::Draft,
        "1" => ItemState::Issued,
        "2" => return Ok(mapped),
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    let is_return = &*dto.is_return == "1";
    let amount = total(&dto.grand_total, &dto.rounded_total, currency(&dto.currency)?)?;
    // what a return gives back is below zero
    let is_odd = if is_return {
        amount.minor > 0
    } else {
        amount.minor < 0
    };
    if is_odd && state == ItemState::Issued {
        return Err(RecordError::Sign {
            field: "grand_total",
            amount,
        });
    }
    let issued = day("posting_date", &dto.posting_date)?;
    let item = ItemDescription {
        item: context.ids.item(&dto.name),
        reference: dto.name.to_string(),
        number: text("name", &dto.name, LONGEST)?,
        kind: if is_return {
            ItemKind::CreditNote
        } else {
            ItemKind::Invoice
        },
        state,
        issued,
        due: optional_day("due_date", &dto.due_date)?.unwrap_or(issued),
        amount,
        order_reference: text("po_no", &dto.po_no, LONGEST)?,
        corrects: (is_return && !dto.return_against.is_empty())
            .then(|| context.ids.item(&dto.return_against)),
        payment_link: String::new(),
    };
    let mut facts = Vec::new();
    // made after the customers were listed: the invoice brings along what it says of its customer
    if look.known.get(Entity::Contact, &dto.customer).is_none() {
        facts.push(named(context, dto)?);
    }
    facts.push(Fact {
        happened: issued,
        known: context.known(stamp(context, &dto.creation), issued),
        body: Body::ItemDescribed(item),
    });
    Ok(Mapped { facts, ..mapped })
}

fn named(context: &Context<'_>, dto: &Invoice) -> Result<Fact, RecordError> {
    debtor(
        context,
        Party {
            reference: dto.customer.to_string(),
            number: dto.customer.clone(),
            names: vec![dto.customer_name.to_string()],
            kind: DebtorKind::Unknown,
            country: Text::default(),
            postal_code: Text::default(),
            language: Text::default(),
            reach: Reaches::default(),
            vat_number: Text::default(),
            registration: Text::default(),
            created: stamp(context, &dto.creation),
            changed: None,
        },
    )
}
