//! What of the open items may be claimed at all: overdue, in the creditor's currency, without the parts that are
//! disputed or withheld, after credit notes, and not deferred by a payment plan.

use crate::calendar::Day;
use maan_policy::slots::StatuteCase;
use maan_policy::types::{Currency, ItemIndex, ItemKind};

/// A payment on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The day on which it came in.
    pub on: Day,
    /// Amount in minor units.
    pub amount: i64,
}

/// An overdue item, as far as it may be claimed. Amounts in minor units of the creditor's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Index of the item in the case.
    pub item: ItemIndex,
    /// Date of the document.
    pub issued: Day,
    /// Last day to pay that was agreed.
    pub due: Day,
    /// Running round of the item.
    pub round: u16,
    /// What may be claimed of it now; can be zero.
    pub open: i64,
    /// Payments so far, oldest first.
    pub payments: Vec<Payment>,
    /// Open by the books, with what is disputed or withheld.
    gross: i64,
    /// The amount of the document, the most that the principal can have been.
    amount: i64,
}

impl Claim {
    /// Principal still unpaid after the payments through this day, by the books: payments on principal alone.
    pub fn unpaid_after(&self, day: Day) -> i64 {
        self.open.saturating_add(self.paid_after(day)).min(self.amount)
    }

    /// What a demand sent on a day could be about at most: unpaid at its start, without what was disputed or
    /// withheld by then. Credit notes are left out, as it cannot be told what they were for.
    pub fn demandable(&self, case: &StatuteCase, sent: Day) -> i64 {
        let unpaid = self
            .gross
            .saturating_add(self.paid_after(sent - 1))
            .min(self.amount);
        unpaid.saturating_sub(blocked(case, self.item, sent)).max(0)
    }

    /// Nothing is open any more by the books.
    pub fn is_paid(&self) -> bool {
        self.gross == 0 && !self.payments.is_empty()
    }

    fn paid_after(&self, day: Day) -> i64 {
        let later = self.payments.iter().filter(|payment| payment.on > day);
        later.fold(0i64, |sum, payment| sum.saturating_add(payment.amount))
    }

    /// Principal before any payment.
    pub fn original(&self) -> i64 {
        self.unpaid_after(Day::MIN)
    }
}

/// The claims that are overdue on a day, oldest due date first. `deferred` says whether a plan defers an item.
pub fn overdue(
    case: &StatuteCase,
    currency: Currency,
    on: Day,
    deferred: impl Fn(u32) -> bool,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut credit = 0i64;
    for (index, item) in (0u32..).zip(&case.items) {
        if item.currency != currency {
            continue;
        }
        if item.kind == ItemKind::CreditNote || item.open < 0 {
            credit = credit.saturating_add(item.open.min(0).saturating_neg());
        } else if item.due < on && !deferred(index) {
            claims.push(Claim {
                item: index,
                issued: item.issued,
                due: item.due,
                round: item.round,
                open: item.open.saturating_sub(blocked(case, index, Day::MAX)).max(0),
                payments: payments(case, index),
                gross: item.open,
                amount: item.amount.max(0),
            });
        }
    }
    claims.sort_by_key(|claim| claim.due);
    for claim in &mut claims {
        let used = credit.min(claim.open);
        claim.open -= used;
        credit -= used;
    }
    claims
}

/// The part of an item that was disputed or not the creditor's to claim on a day.
fn blocked(case: &StatuteCase, index: ItemIndex, on: Day) -> i64 {
    let disputes = case
        .disputes
        .iter()
        .flatten()
        .map(|part| (part.item, part.since, part.amount));
    let withheld = case
        .withheld
        .iter()
        .flatten()
        .map(|part| (part.item, part.since, part.amount));
    let blocked = disputes
        .chain(withheld)
        .filter(|(item, since, _)| *item == index && *since <= on);
    blocked.fold(0i64, |sum, (_, _, part)| sum.saturating_add(part.max(0)))
}

fn payments(case: &StatuteCase, index: ItemIndex) -> Vec<Payment> {
    let columns = &case.payments;
    let rows = columns
        .items
        .iter()
        .zip(columns.days.iter().zip(&columns.amounts));
    let mut payments: Vec<_> = rows
        .filter(|(item, _)| **item == index)
        .map(|(_, (on, amount))| Payment {
            on: *on,
            amount: *amount,
        })
        .collect();
    payments.sort_by_key(|payment| payment.on);
    payments
}
