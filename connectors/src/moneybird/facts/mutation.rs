use maan_ledger::{Body, DebtorId, Fact, Receipt};

use crate::Entity;
use crate::mapping::{Context, Mapped, RecordError, account_number, amount, currency, day, moment, text};
use crate::moneybird::dto::Mutation;

/// Money on the bank account, as far as it was not used for anything. `payer` finds who has an account number.
pub(in crate::moneybird) fn mutation(
    context: &Context<'_>,
    dto: &Mutation,
    payer: impl Fn(&str) -> Option<DebtorId>,
) -> Result<Mapped, RecordError> {
    let open = amount("amount_open", &dto.amount_open, currency(&dto.currency)?)?;
    let on = day("date", &dto.date)?;
    let came_in = !matches!(
        &*dto.settlement_state,
        "cancelled" | "expired" | "refused" | "error" | "failed" | "returned" | "pending" | "authorised"
    );
    let debtor = account_number(&dto.contra_account_number).and_then(|account| payer(&account));
    let Some(debtor) = debtor.filter(|_| came_in && open.minor > 0) else {
        return Ok(Mapped::default());
    };
    let receipt = Receipt {
        receipt: context.ids.receipt(Entity::BankTransaction, &dto.id, open),
        amount: open,
        on,
        text: text("message", &dto.message, 2_000)?,
    };
    let known = context.known(moment(&dto.created_at), on);
    Ok(Mapped {
        debtor: Some(debtor),
        facts: vec![Fact {
            happened: on,
            known,
            body: Body::Received(receipt),
        }],
        ..Mapped::default()
    })
}
