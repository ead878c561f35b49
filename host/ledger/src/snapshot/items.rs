//! Items, and what allocations leave open of them.

use super::gather::{allocation_of, item_of, receipt_of};
use super::order::{Row, by_description, by_known, keep_greatest};
use super::{Item, Means, Payment, total};
use crate::{
    Allocation, Body, Day, ItemDescription, ItemId, ItemState, Level, Receipt, ReceiptId, RoundOpened,
    Source, StepDone,
};

/// Items with their payments, and what was left over in finding them.
pub(super) struct Ledger<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) payments: Vec<Payment>,
    pub(super) unmatched: Vec<&'a Allocation>,
    pub(super) receipts: Vec<&'a Receipt>,
    /// Allocations that count, by item and day, as `payments`.
    pub(super) allocations: Vec<&'a Allocation>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(
        mut item_rows: Vec<Row<'a, Body>>,
        mut receipt_rows: Vec<Row<'a, Body>>,
        allocation_rows: Vec<Row<'a, Body>>,
        as_of: Day,
    ) -> Self {
        keep_greatest(&mut item_rows, item_of, by_description(as_of));
        keep_greatest(&mut receipt_rows, receipt_of, by_known);
        let mut issued: Vec<Issued<'a>> = item_rows
            .iter()
            .filter_map(|row| Issued::new(row, as_of))
            .collect();
        let (allocations, unmatched) =
            match_allocations(allocation_rows, &issued, &item_rows, &receipt_rows, as_of);
        for allocation in &allocations {
            if let Source::CreditNote(note) = allocation.source
                && let Ok(index) = issued.binary_search_by_key(&note, |item| item.described.item)
                && let Some(note) = issued.get_mut(index)
            {
                note.used += i128::from(allocation.amount.minor);
            }
        }
        let payments: Vec<Payment> = allocations.iter().map(|allocation| payment(allocation)).collect();
        let items = issued
            .iter()
            .map(|item| item.settled(payments_of(&payments, item.described.item)))
            .collect();
        let receipts = receipt_rows
            .iter()
            .filter_map(|row| match row.body {
                Body::Received(receipt) if receipt.on <= as_of => Some(receipt),
                _ => None,
            })
            .collect();
        Self {
            items,
            payments,
            unmatched,
            receipts,
            allocations,
        }
    }

    /// Gives items their round and level.
    pub(super) fn follow_up(&mut self, rounds: &[Row<'a, RoundOpened>], steps: &[&'a StepDone]) {
        for opened in rounds {
            if let Some(item) = self.item_mut(opened.body.item) {
                item.round = item.round.max(opened.body.round);
            }
        }
        for step in steps.iter().filter(|step| step.level != Level::None) {
            for id in &step.items {
                if let Some(item) = self.item_mut(*id)
                    && item.round == step.round
                    && (item.last_level, item.last_level_on) < (step.level, Some(step.on))
                {
                    item.last_level = step.level;
                    item.last_level_on = Some(step.on);
                }
            }
        }
    }

    pub(super) fn item(&self, id: ItemId) -> Option<&Item<'a>> {
        let index = self.items.binary_search_by_key(&id, |item| item.id).ok()?;
        self.items.get(index)
    }

    fn item_mut(&mut self, id: ItemId) -> Option<&mut Item<'a>> {
        let index = self.items.binary_search_by_key(&id, |item| item.id).ok()?;
        self.items.get_mut(index)
    }
}

/// The payments of one item out of all, which are sorted by item.
pub(super) fn payments_of(payments: &[Payment], item: ItemId) -> &[Payment] {
    let from = payments.partition_point(|payment| payment.item < item);
    let rest = payments.get(from..).unwrap_or_default();
    let count = rest.partition_point(|payment| payment.item == item);
    rest.get(..count).unwrap_or_default()
}

/// An item that exists on the day.
struct Issued<'a> {
    described: &'a ItemDescription,
    /// Day since which the platform has the rest written off.
    uncollectible_since: Option<Day>,
    /// Used of a credit note for other items.
    used: i128,
}

impl<'a> Issued<'a> {
    fn new(row: &Row<'a, Body>, as_of: Day) -> Option<Self> {
        let Body::ItemDescribed(described) = row.body else {
            return None;
        };
        let uncollectible = described.state == ItemState::Uncollectible && row.fact.happened <= as_of;
        (described.state != ItemState::Draft && described.issued <= as_of).then_some(Self {
            described,
            uncollectible_since: uncollectible.then_some(row.fact.happened),
            used: 0,
        })
    }

    fn settled(&self, payments: &[Payment]) -> Item<'a> {
        let described = self.described;
        let currency = described.amount.currency;
        let by = |means| -> i128 {
            let of_means = payments.iter().filter(|payment| payment.means == means);
            of_means.map(|payment| i128::from(payment.amount.minor)).sum()
        };
        let (paid, credited, mut written_off) =
            (by(Means::Money), by(Means::CreditNote), by(Means::WriteOff));
        let amount = i128::from(described.amount.minor);
        let rest = amount - paid - credited - written_off + self.used;
        let is_claim = amount >= 0;
        let (mut open, excess) = if is_claim {
            (rest.max(0), (-rest).max(0))
        } else {
            (rest.min(0), rest.max(0))
        };
        let mut closed_on = is_claim.then(|| closing_day(described, payments)).flatten();
        if let Some(since) = self.uncollectible_since.filter(|_| open > 0) {
            written_off += open;
            open = 0;
            closed_on = Some(since);
        }
        Item {
            id: described.item,
            described,
            open: total(open, currency),
            paid: total(paid, currency),
            credited: total(credited, currency),
            written_off: total(written_off, currency),
            excess: total(excess, currency),
            closed_on,
            paid_on: closed_on.filter(|_| paid * 2 > amount),
            round: 0,
            last_level: Level::None,
            last_level_on: None,
        }
    }
}

/// The day at whose end nothing was open any more, and from which on it stayed so.
fn closing_day(described: &ItemDescription, payments: &[Payment]) -> Option<Day> {
    let mut rest = i128::from(described.amount.minor);
    let mut closed = (rest <= 0).then_some(described.issued);
    for day in payments.chunk_by(|a, b| a.on == b.on) {
        rest -= day
            .iter()
            .map(|payment| i128::from(payment.amount.minor))
            .sum::<i128>();
        let on = day.first().map(|payment| payment.on);
        closed = if rest > 0 { None } else { closed.or(on) };
    }
    closed
}

fn payment(allocation: &Allocation) -> Payment {
    Payment {
        item: allocation.item,
        on: allocation.on,
        amount: allocation.amount,
        means: match allocation.source {
            Source::Direct | Source::Receipt(_) => Means::Money,
            Source::CreditNote(_) => Means::CreditNote,
            Source::WriteOff => Means::WriteOff,
        },
        receipt: matches!(allocation.source, Source::Receipt(_)),
    }
}

/// Allocations that count, by item and day, and those whose item is not there or is in another currency.
/// What was taken from a removed receipt or credit note falls with it.
fn match_allocations<'a>(
    mut rows: Vec<Row<'a, Body>>,
    issued: &[Issued<'a>],
    item_rows: &[Row<'a, Body>],
    receipt_rows: &[Row<'a, Body>],
    as_of: Day,
) -> (Vec<&'a Allocation>, Vec<&'a Allocation>) {
    keep_greatest(&mut rows, allocation_of, by_known);
    let allocations = rows.iter().filter_map(|row| match row.body {
        Body::Allocated(allocation) if allocation.on <= as_of => Some(allocation),
        _ => None,
    });
    let standing = allocations.filter(|allocation| match allocation.source {
        Source::Receipt(receipt) => !is_removed_receipt(receipt_rows, receipt),
        Source::CreditNote(item) => !is_removed_item(item_rows, item),
        Source::Direct | Source::WriteOff => true,
    });
    let (mut matched, mut unmatched): (Vec<&Allocation>, Vec<&Allocation>) =
        standing.partition(|allocation| {
            let index = issued.binary_search_by_key(&allocation.item, |item| item.described.item);
            let item = index.ok().and_then(|index| issued.get(index));
            item.is_some_and(|item| item.described.amount.currency == allocation.amount.currency)
        });
    matched.sort_unstable_by_key(|allocation| (allocation.item, allocation.on, allocation.allocation));
    unmatched.sort_unstable_by_key(|allocation| (allocation.item, allocation.on, allocation.allocation));
    (matched, unmatched)
}

fn is_removed_receipt(rows: &[Row<'_, Body>], receipt: ReceiptId) -> bool {
    let index = rows.binary_search_by_key(&Some(receipt), |row| receipt_of(row.body));
    let row = index.ok().and_then(|index| rows.get(index));
    row.is_some_and(|row| matches!(row.body, Body::ReceiptRemoved(_)))
}

fn is_removed_item(rows: &[Row<'_, Body>], item: ItemId) -> bool {
    let index = rows.binary_search_by_key(&Some(item), |row| item_of(row.body));
    let row = index.ok().and_then(|index| rows.get(index));
    row.is_some_and(|row| matches!(row.body, Body::ItemRemoved(_)))
}
