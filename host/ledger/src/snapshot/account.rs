//! Totals of the account, and the orders that may add to it.

use super::gather::Stated;
use super::items::Ledger;
use super::order::{Row, by_description, keep_greatest};
use super::{Account, Dated, OrderStanding, Totals, total};
use crate::{Allocation, Currency, Day, Order, OrderKind, OrderState, Receipt, ReceiptId, Source};

pub(super) fn account<'a>(
    stated: &Stated<'a>,
    ledger: &Ledger<'a>,
    orders: &[OrderStanding<'a>],
    home: Currency,
    as_of: Day,
) -> Account<'a> {
    let mut totals = totals(ledger, home, as_of);
    let others = totals.split_off(1);
    let sum_of = |counts: fn(OrderKind, OrderState) -> bool| {
        let counted = orders
            .iter()
            .filter(|standing| counts(standing.order.kind, standing.state));
        let amounts = counted.map(|standing| standing.order.amount);
        let at_home = amounts.filter(|amount| amount.currency == home);
        total(at_home.map(|amount| i128::from(amount.minor)).sum(), home)
    };
    Account {
        totals: totals.first().copied().unwrap_or(Sums::new(home).totals()),
        other_currencies: others,
        payables: stated.payables.map(|row| row.body.amount),
        orders: sum_of(|kind, state| match kind {
            OrderKind::Order => true,
            OrderKind::Quotation => state == OrderState::Accepted,
            OrderKind::Delivered => false,
        }),
        quotations: sum_of(|kind, state| kind == OrderKind::Quotation && state == OrderState::Open),
        unbilled: sum_of(|kind, _| kind == OrderKind::Delivered),
        group_open: stated.group.and_then(|row| row.body.open),
        limit: stated.limit.and_then(|row| row.body.limit),
        insured: stated.limit.and_then(|row| row.body.insured),
        held: stated.hold.is_some_and(|row| row.body.held),
        report: stated.report.map(|row| Dated {
            on: row.fact.happened,
            what: row.body,
        }),
    }
}

/// Orders and quotations that are neither invoiced nor lapsed.
pub(super) fn orders<'a>(mut rows: Vec<Row<'a, Order>>, as_of: Day) -> Vec<OrderStanding<'a>> {
    keep_greatest(
        &mut rows,
        |order| (order.kind, order.reference.as_str()),
        by_description(as_of),
    );
    let existing = rows.iter().filter(|row| row.body.on <= as_of);
    let mut standing: Vec<OrderStanding<'a>> = existing
        .filter_map(|row| {
            let state = match row.body.state {
                OrderState::Open => OrderState::Open,
                OrderState::Accepted => OrderState::Accepted,
                OrderState::Invoiced if row.fact.happened > as_of => OrderState::Accepted,
                OrderState::Lapsed if row.fact.happened > as_of => OrderState::Open,
                OrderState::Invoiced | OrderState::Lapsed => return None,
            };
            Some(OrderStanding {
                order: row.body,
                state,
            })
        })
        .collect();
    standing.sort_by_key(|standing| standing.order.on);
    standing
}

/// Totals in the home currency first, then in each other currency.
fn totals(ledger: &Ledger<'_>, home: Currency, as_of: Day) -> Vec<Totals> {
    let mut sums = vec![Sums::new(home)];
    for item in &ledger.items {
        let (open, excess) = (i128::from(item.open.minor), i128::from(item.excess.minor));
        let of = Sums::of(&mut sums, item.open.currency);
        of.open += open.max(0);
        of.overdue += if item.is_overdue(as_of) { open } else { 0 };
        of.credits += (-open).max(0)
            + if item.described.amount.minor < 0 {
                -excess
            } else {
                excess
            };
    }
    if !ledger.receipts.is_empty() {
        let mut taken: Vec<(ReceiptId, &Allocation)> = ledger
            .allocations
            .iter()
            .filter_map(|allocation| match allocation.source {
                Source::Receipt(receipt) => Some((receipt, *allocation)),
                _ => None,
            })
            .collect();
        taken.sort_unstable_by_key(|(receipt, _)| *receipt);
        for receipt in &ledger.receipts {
            Sums::of(&mut sums, receipt.amount.currency).unallocated += unallocated(receipt, &taken);
        }
    }
    if let Some((_, others)) = sums.split_first_mut() {
        others.sort_unstable_by_key(|sums| sums.currency);
    }
    sums.iter().map(Sums::totals).collect()
}

/// What is left of a receipt. One that was used in another currency too counts as used up, since nobody knows
/// at which rate.
fn unallocated(receipt: &Receipt, taken: &[(ReceiptId, &Allocation)]) -> i128 {
    let from = taken.partition_point(|(id, _)| *id < receipt.receipt);
    let of_this = taken
        .iter()
        .skip(from)
        .take_while(|(id, _)| *id == receipt.receipt);
    let mut left = i128::from(receipt.amount.minor);
    let mut in_other_currency = false;
    for (_, allocation) in of_this {
        if allocation.amount.currency == receipt.amount.currency {
            left -= i128::from(allocation.amount.minor);
        } else {
            in_other_currency = true;
        }
    }
    if in_other_currency { left.min(0) } else { left }
}

struct Sums {
    currency: Currency,
    open: i128,
    overdue: i128,
    credits: i128,
    unallocated: i128,
}

impl Sums {
    fn new(currency: Currency) -> Self {
        Self {
            currency,
            open: 0,
            overdue: 0,
            credits: 0,
            unallocated: 0,
        }
    }

    /// The sums in a currency, new ones when there are none yet.
    fn of(all: &mut Vec<Sums>, currency: Currency) -> &mut Sums {
        let index = all
            .iter()
            .position(|sums| sums.currency == currency)
            .unwrap_or(all.len());
        if index == all.len() {
            all.push(Sums::new(currency));
        }
        #[expect(
            clippy::indexing_slicing,
            reason = "the index was found or has just been pushed"
        )]
        &mut all[index]
    }

    fn totals(&self) -> Totals {
        let money = |sum| total(sum, self.currency);
        Totals {
            open: money(self.open),
            overdue: money(self.overdue),
            credits: money(self.credits),
            unallocated: money(self.unallocated),
        }
    }
}
