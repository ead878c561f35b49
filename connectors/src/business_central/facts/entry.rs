use std::collections::BTreeMap;

use maan_ledger::{Allocation, Body, DebtorId, Fact, Money, Receipt, Source};

use super::{currency_of, date, memo, option};
use crate::Entity;
use crate::business_central::dto::{Document, Entry};
use crate::mapping::{Context, Mapped, RecordError, amount, currency};

/// An entry of the customer ledger with all its detailed entries.
#[derive(Debug)]
pub(in crate::business_central) struct Ledger {
    initial: Entry,
    later: Vec<Entry>,
}

impl Ledger {
    /// Detailed entries of one entry, in the order of their numbers; none without the first, which says what it is.
    pub(in crate::business_central) fn of(rows: Vec<Entry>) -> Option<Self> {
        let is_initial = |row: &Entry| option(&row.entry_type) == "Initial Entry";
        let (initial, later): (Vec<Entry>, Vec<Entry>) = rows.into_iter().partition(is_initial);
        let initial = initial.into_iter().next()?;
        Some(Self { initial, later })
    }

    pub(in crate::business_central) fn initial(&self) -> &Entry {
        &self.initial
    }

    /// An invoice of which something was paid.
    pub(in crate::business_central) fn is_paid_invoice(&self) -> bool {
        option(&self.initial.document_type) == "Invoice" && !self.later.is_empty()
    }
}

impl Entry {
    /// It settles part of what was owed: an application, a discount or a tolerance, and no difference of exchange rates.
    fn settles(&self) -> bool {
        let kind = option(&self.entry_type);
        let kinds = [
            "Application",
            "Payment Discount",
            "Payment Tolerance",
            "Correction of Remaining Amount",
        ];
        kinds.iter().any(|settling| kind.starts_with(settling))
    }
}

/// What an entry of the ledger says: each thing that an invoice was paid with, or what is left of a payment. Records are
/// named by the entry and what was applied to it, so that one that is taken back ends what it said.
pub(in crate::business_central) fn entry(
    context: &Context<'_>,
    entry: &Ledger,
    invoice: Option<&Document>,
    debtor: Option<DebtorId>,
) -> Vec<(String, Result<Mapped, RecordError>)> {
    let initial = entry.initial();
    match (option(&initial.document_type).as_str(), invoice) {
        ("Invoice", Some(invoice)) => paid(context, entry, invoice, debtor),
        ("Payment" | "", _) => {
            let left = left(context, entry, debtor);
            vec![(initial.ledger_entry.to_string(), left)]
        }
        _ => Vec::new(),
    }
}

fn paid(
    context: &Context<'_>,
    entry: &Ledger,
    invoice: &Document,
    debtor: Option<DebtorId>,
) -> Vec<(String, Result<Mapped, RecordError>)> {
    let mut by_applied: BTreeMap<u64, Vec<&Entry>> = BTreeMap::new();
    for row in entry.later.iter().filter(|row| row.settles()) {
        by_applied
            .entry(row.applied.parse().unwrap_or(0))
            .or_default()
            .push(row);
    }
    let name = |applied: u64| format!("{}/{applied}", &*entry.initial.ledger_entry);
    let amounts = amounts(context, by_applied.values(), invoice);
    let amounts = match amounts {
        Ok(amounts) => amounts,
        // one that is odd spoils them all: what they share out is one amount
        Err(error) => {
            let odd = by_applied.keys().next().copied();
            let odd = odd.map(|applied| (name(applied), Err(error)));
            return odd.into_iter().collect();
        }
    };
    let said = by_applied.iter().zip(amounts).map(|((applied, rows), amount)| {
        let reference = name(*applied);
        let mapped = allocated(context, (&reference, rows.as_slice()), invoice, amount, debtor);
        (reference, mapped)
    });
    said.collect()
}

/// Something that an invoice was paid with, or nothing when it was taken back.
fn allocated(
    context: &Context<'_>,
    (reference, rows): (&str, &[&Entry]),
    invoice: &Document,
    amount: Money,
    debtor: Option<DebtorId>,
) -> Result<Mapped, RecordError> {
    let debtor = Some(debtor.ok_or(RecordError::NoContact)?);
    let last = rows.last().ok_or(RecordError::Missing("its entries"))?;
    if amount.minor == 0 {
        return Ok(Mapped {
            debtor,
            ..Mapped::default()
        });
    }
    let on = date("dclePostingDate", &last.posting_date)?.ok_or(RecordError::Missing("dclePostingDate"))?;
    let item = context.ids.item(&invoice.id);
    let source = if option(&last.document_type) == "Credit Memo" {
        Source::CreditNote(context.ids.item(&memo(&last.document)))
    } else {
        Source::Direct
    };
    Ok(Mapped {
        debtor,
        facts: vec![Fact {
            happened: on,
            known: context.known(None, on),
            body: Body::Allocated(Allocation {
                allocation: context.ids.part(Entity::Payment, reference, item, amount, on),
                source,
                item,
                amount,
                on,
            }),
        }],
        ..Mapped::default()
    })
}

/// How much of an invoice each thing paid, in the invoice's currency.
fn amounts<'a>(
    context: &Context<'_>,
    applied: impl Iterator<Item = &'a Vec<&'a Entry>>,
    invoice: &Document,
) -> Result<Vec<Money>, RecordError> {
    let own = currency(&context.currency.into())?;
    let mut local = Vec::new();
    for rows in applied {
        let mut paid = 0_i64;
        for row in rows {
            // what is paid lowers what is owed
            paid = paid.saturating_sub(amount("dcleAmountLCY", &row.amount, own)?.minor);
        }
        local.push(paid);
    }
    let theirs = currency_of(context, &invoice.currency_code)?;
    if theirs != own {
        let total = amount(
            "totalAmountIncludingTax",
            &invoice.total_amount_including_tax,
            theirs,
        )?;
        let open = amount("remainingAmount", &invoice.remaining_amount, theirs)?;
        local = shared(total.minor.saturating_sub(open.minor), &local);
    }
    Ok(local.into_iter().map(|minor| Money::new(minor, theirs)).collect())
}

/// Shares out an amount in the proportion of parts, to the last cent.
fn shared(amount: i64, parts: &[i64]) -> Vec<i64> {
    let all: i128 = parts.iter().map(|part| i128::from(*part)).sum();
    let (mut so_far, mut given) = (0_i128, 0_i128);
    let share = |part: &i64| {
        so_far += i128::from(*part);
        let until = (i128::from(amount) * so_far).checked_div(all).unwrap_or_default();
        let share = until - given;
        given = until;
        i64::try_from(share).unwrap_or_default()
    };
    parts.iter().map(share).collect()
}

/// What is left of a payment, in the company's own currency.
fn left(context: &Context<'_>, entry: &Ledger, debtor: Option<DebtorId>) -> Result<Mapped, RecordError> {
    let own = currency(&context.currency.into())?;
    let mut left = 0_i64;
    for row in std::iter::once(&entry.initial).chain(&entry.later) {
        left = left.saturating_sub(amount("dcleAmountLCY", &row.amount, own)?.minor);
    }
    let initial = entry.initial();
    let debtor = Some(debtor.ok_or(RecordError::NoContact)?);
    if left <= 0 {
        return Ok(Mapped {
            debtor,
            ..Mapped::default()
        });
    }
    let on =
        date("dclePostingDate", &initial.posting_date)?.ok_or(RecordError::Missing("dclePostingDate"))?;
    let amount = Money::new(left, own);
    Ok(Mapped {
        debtor,
        facts: vec![Fact {
            happened: on,
            known: context.known(None, on),
            body: Body::Received(Receipt {
                receipt: context
                    .ids
                    .receipt(Entity::Payment, &initial.ledger_entry, amount),
                amount,
                on,
                text: initial.document.to_string(),
            }),
        }],
        ..Mapped::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_shared_out_to_the_last_cent() {
        assert_eq!(shared(100, &[1, 1, 1]), [33, 33, 34]);
        assert_eq!(shared(30_000, &[34_500]), [30_000]);
        assert_eq!(shared(50, &[0, 10]), [0, 50]);
        assert_eq!(shared(50, &[0, 0]), [0, 0]);
        assert_eq!(shared(50, &[]), Vec::<i64>::new());
        let largest = shared(i64::MAX, &[i64::MAX, i64::MAX]);
        assert_eq!(
            largest.iter().map(|part| i128::from(*part)).sum::<i128>(),
            i128::from(i64::MAX)
        );
    }
}
