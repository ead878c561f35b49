use maan_ledger::{Body, Fact, Receipt};

use crate::Entity;
use crate::mapping::{Context, Mapped, RecordError, amount, currency, day, moment, text};
use crate::tryton::dto::Money;

/// Money that came in and was not used; what is used is not listed any more.
pub(in crate::tryton) fn money(context: &Context<'_>, dto: &Money) -> Result<Mapped, RecordError> {
    if dto.party.is_empty() {
        return Err(RecordError::NoContact);
    }
    let amount = match &dto.second_currency {
        // in another currency it is told with a sign, and what came in lowers what is owed
        Some(code) => {
            let told = amount(
                "amount_second_currency",
                &dto.amount_second_currency,
                currency(&code.code)?,
            )?;
            maan_ledger::Money::new(told.minor.saturating_neg(), told.currency)
        }
        None => amount("credit", &dto.credit, currency(&context.currency.into())?)?,
    };
    let on = day("date", &dto.date)?;
    let booking = dto.booking.clone().unwrap_or_default();
    let words = if dto.description.is_empty() {
        &booking.description
    } else {
        &dto.description
    };
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.party)),
        facts: vec![Fact {
            happened: on,
            known: context.known(moment(&dto.create_date), on),
            body: Body::Received(Receipt {
                receipt: context.ids.receipt(Entity::BankTransaction, &dto.id, amount),
                amount,
                on,
                text: text("description", words, 2_000)?,
            }),
        }],
        ..Mapped::default()
    })
}
