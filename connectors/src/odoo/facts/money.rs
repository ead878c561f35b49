use maan_ledger::{Allocation, Body, Fact, Money, Receipt, Source};

use crate::Entity;
use crate::mapping::{Context, Mapped, RecordError, currency, day, float_amount, text};
use crate::odoo::dto::{Match, Row};
use crate::odoo::rows::Rows;
use crate::odoo::values::stamp;

/// A match of an owing row with one that pays it. Between an invoice and a credit note the invoice takes from the note;
/// what is matched with neither is no concern of a debtor.
pub(in crate::odoo) fn matched(
    context: &Context<'_>,
    dto: &Match,
    rows: &Rows,
) -> Result<Mapped, RecordError> {
    let (owing, paying) = (rows.get(&dto.debit_move_id.id), rows.get(&dto.credit_move_id.id));
    let is = |row: Option<&Row>, kind: &str| row.is_some_and(|row| row.move_type.as_str() == kind);
    let note = paying
        .filter(|_| is(paying, "out_refund"))
        .map(|row| context.ids.item(&row.move_id.id));
    let (row, told, code, sign) = if is(owing, "out_invoice") {
        (owing, &dto.debit_amount_currency, &dto.debit_currency_id, 1)
    } else if note.is_some() {
        // money that was given back
        (paying, &dto.credit_amount_currency, &dto.credit_currency_id, -1)
    } else {
        return Ok(Mapped::default());
    };
    let Some(row) = row else {
        return Ok(Mapped::default());
    };
    if row.partner_id.id.is_empty() {
        return Err(RecordError::NoContact);
    }
    let amount = float_amount("amount of a match", told, currency(&code.name)?)?;
    let amount = Money::new(amount.minor.saturating_mul(sign), amount.currency);
    let on = day("max_date", &dto.max_date)?;
    let item = context.ids.item(&rows.item(row));
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&row.partner_id.id)),
        facts: vec![Fact {
            happened: on,
            known: context.known(stamp(&dto.create_date), on),
            body: Body::Allocated(Allocation {
                allocation: context.ids.part(Entity::Payment, &dto.id, item, amount, on),
                source: note
                    .filter(|_| sign > 0)
                    .map_or(Source::Direct, Source::CreditNote),
                item,
                amount,
                on,
            }),
        }],
        ..Mapped::default()
    })
}

/// Money that came in, as far as it is not matched; it lowers what is owed, so it is negative.
pub(in crate::odoo) fn money(context: &Context<'_>, dto: &Row) -> Result<Mapped, RecordError> {
    if dto.partner_id.id.is_empty() {
        return Err(RecordError::NoContact);
    }
    let code = currency(&dto.currency_id.name)?;
    let left = float_amount("amount_residual_currency", &dto.amount_residual_currency, code)?;
    let amount = Money::new(left.minor.saturating_neg(), left.currency);
    let on = day("date", &dto.date)?;
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.partner_id.id)),
        facts: vec![Fact {
            happened: on,
            known: context.known(None, on),
            body: Body::Received(Receipt {
                receipt: context.ids.receipt(Entity::BankTransaction, &dto.id, amount),
                amount,
                on,
                text: text("name", &dto.name, 2_000)?,
            }),
        }],
        ..Mapped::default()
    })
}
