use maan_ledger::{Body, DebtorKind, Fact, ItemDescription, ItemKind, ItemState, Money};

use super::LONGEST;
use crate::mapping::{
    Context, Mapped, Party, Reaches, RecordError, Text, currency, day, debtor, float_amount, not_negative,
    optional_day, text,
};
use crate::odoo::dto::{Move, Row};
use crate::odoo::rows::Rows;
use crate::odoo::values::stamp;
use crate::{Entity, Look};

/// An invoice or credit note; its instalments when it is to be paid by several rows. One that was cancelled is gone.
pub(in crate::odoo) fn invoice(
    context: &Context<'_>,
    dto: &Move,
    rows: &Rows,
    look: Look<'_>,
) -> Result<Mapped, RecordError> {
    let partner = &dto.commercial_partner_id;
    if partner.id.is_empty() {
        return Err(RecordError::NoContact);
    }
    let mapped = Mapped {
        debtor: Some(context.ids.debtor(&partner.id)),
        ..Mapped::default()
    };
    let state = match dto.state.as_str() {
        "draft" => ItemState::Draft,
        "posted" => ItemState::Issued,
        "cancel" => return Ok(mapped),
        other => return Err(RecordError::State(other.chars().take(40).collect())),
    };
    let whole = described(context, dto, state)?;
    let parts: Vec<&Row> = rows.of_move(&dto.id);
    let items = if whole.kind == ItemKind::Invoice && parts.len() > 1 {
        let parts = parts
            .into_iter()
            .map(|row| instalment(context, &whole, row, rows));
        parts.collect::<Result<Vec<_>, _>>()?
    } else {
        vec![whole]
    };
    let mut facts = Vec::new();
    // made after the partners were listed: the invoice brings along what it says of its partner
    if look.known.get(Entity::Contact, &partner.id).is_none() {
        facts.push(named(context, dto)?);
    }
    facts.extend(items.into_iter().map(|item| Fact {
        happened: item.issued,
        known: context.known(stamp(&dto.create_date), item.issued),
        body: Body::ItemDescribed(item),
    }));
    Ok(Mapped { facts, ..mapped })
}

fn described(context: &Context<'_>, dto: &Move, state: ItemState) -> Result<ItemDescription, RecordError> {
    let is_credit = dto.move_type.as_str() == "out_refund";
    let total = float_amount(
        "amount_total",
        &dto.amount_total,
        currency(&dto.currency_id.name)?,
    )?;
    let total = not_negative("amount_total", total, state)?;
    let issued = optional_day("invoice_date", &dto.invoice_date)?
        .or_else(|| context.day_of(stamp(&dto.create_date)))
        .ok_or(RecordError::Missing("invoice_date"))?;
    let corrected = &dto.reversed_entry_id.id;
    Ok(ItemDescription {
        item: context.ids.item(&dto.id),
        reference: dto.id.to_string(),
        number: text("name", &dto.name, LONGEST)?,
        kind: if is_credit {
            ItemKind::CreditNote
        } else {
            ItemKind::Invoice
        },
        state,
        issued,
        due: optional_day("invoice_date_due", &dto.invoice_date_due)?.unwrap_or(issued),
        // a credit note has the amount that it gives back
        amount: if is_credit {
            Money::new(total.minor.saturating_neg(), total.currency)
        } else {
            total
        },
        order_reference: text("ref", &dto.reference, LONGEST)?,
        corrects: (is_credit && !corrected.is_empty()).then(|| context.ids.item(corrected)),
        payment_link: String::new(),
    })
}

fn instalment(
    context: &Context<'_>,
    whole: &ItemDescription,
    row: &Row,
    rows: &Rows,
) -> Result<ItemDescription, RecordError> {
    let reference = rows.item(row);
    Ok(ItemDescription {
        item: context.ids.item(&reference),
        reference,
        kind: ItemKind::Instalment,
        due: day("date_maturity", &row.date_maturity)?,
        amount: float_amount("amount_currency", &row.amount_currency, whole.amount.currency)?,
        ..whole.clone()
    })
}

fn named(context: &Context<'_>, dto: &Move) -> Result<Fact, RecordError> {
    debtor(
        context,
        Party {
            reference: dto.commercial_partner_id.id.to_string(),
            number: Text::default(),
            names: vec![dto.commercial_partner_id.name.to_string()],
            kind: DebtorKind::Unknown,
            country: Text::default(),
            postal_code: Text::default(),
            language: Text::default(),
            reach: Reaches::default(),
            vat_number: Text::default(),
            registration: Text::default(),
            created: stamp(&dto.create_date),
            changed: stamp(&dto.write_date),
        },
    )
}
