use maan_ledger::{Allocation, Body, Fact, ItemId, Money, Receipt, Source};

use super::{currency_of, memo};
use crate::Entity;
use crate::mapping::{Context, Mapped, RecordError, amount, day, moment, text};
use crate::quickbooks::dto::Payment;

/// A payment: what it pays, with money or with credit memos that it links, and what of it was not used.
pub(in crate::quickbooks) fn payment(context: &Context<'_>, dto: &Payment) -> Result<Mapped, RecordError> {
    if dto.customer_ref.value.is_empty() {
        return Err(RecordError::NoContact);
    }
    let currency = currency_of(context, &dto.currency_ref)?;
    let on = day("TxnDate", &dto.txn_date)?;
    let known = context.known(moment(&dto.meta_data.create_time), on);
    let fact = |body| Fact {
        happened: on,
        known,
        body,
    };
    let (mut invoices, mut credits) = (Vec::new(), Vec::new());
    for line in &dto.line {
        let linked = line.linked_txn.first();
        let amount = amount("Amount of a line", &line.amount, currency)?;
        match linked.map(|linked| (&*linked.txn_type, &linked.txn_id)) {
            Some(("Invoice", id)) => invoices.push((context.ids.item(id), amount)),
            Some(("CreditMemo", id)) => credits.push((context.ids.item(&memo(id)), amount.minor)),
            // what else it links, such as a journal entry, is no item here
            _ => {}
        }
    }
    let mut facts = Vec::new();
    for (item, paid) in invoices {
        for (source, minor) in paid_with(paid.minor, &mut credits) {
            let amount = Money::new(minor, currency);
            let allocation = match source {
                Source::CreditNote(note) => {
                    context
                        .ids
                        .credit(Entity::Payment, &dto.id, note, item, amount, on)
                }
                _ => context.ids.part(Entity::Payment, &dto.id, item, amount, on),
            };
            facts.push(fact(Body::Allocated(Allocation {
                allocation,
                source,
                item,
                amount,
                on,
            })));
        }
    }
    let left = match &*dto.unapplied_amt {
        "" => Money::new(0, currency),
        left => amount("UnappliedAmt", &left.into(), currency)?,
    };
    if left.minor > 0 {
        let words = [&*dto.payment_ref_num, &*dto.private_note].join(" ");
        facts.push(fact(Body::Received(Receipt {
            receipt: context.ids.receipt(Entity::Payment, &dto.id, left),
            amount: left,
            on,
            text: text("PrivateNote", &words.as_str().into(), 5_000)?,
        })));
    }
    Ok(Mapped {
        debtor: Some(context.ids.debtor(&dto.customer_ref.value)),
        facts,
        ..Mapped::default()
    })
}

/// How an invoice is paid: with the credit that is left, the rest with money.
fn paid_with(paid: i64, credits: &mut [(ItemId, i64)]) -> Vec<(Source, i64)> {
    let mut left = paid;
    let mut parts = Vec::new();
    for (note, credit) in credits.iter_mut() {
        let part = left.min(*credit);
        if part > 0 {
            *credit -= part;
            left -= part;
            parts.push((Source::CreditNote(*note), part));
        }
    }
    if left != 0 {
        parts.push((Source::Direct, left));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn credit_is_used_before_money() {
        let note = |number| ItemId(Uuid::from_u128(number));
        let mut credits = vec![(note(1), 300), (note(2), 300)];
        let credit = |number, minor| (Source::CreditNote(note(number)), minor);
        assert_eq!(paid_with(400, &mut credits), [credit(1, 300), credit(2, 100)]);
        assert_eq!(
            paid_with(250, &mut credits),
            [credit(2, 200), (Source::Direct, 50)]
        );
        assert_eq!(paid_with(70, &mut credits), [(Source::Direct, 70)]);
        assert_eq!(paid_with(0, &mut credits), []);
    }
}
