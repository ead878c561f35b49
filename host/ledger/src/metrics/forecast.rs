//! What can be expected to come in.

use rust_decimal::Decimal;

use super::quotient;
use crate::{Behaviour, Day, Item, Money, Snapshot};

/// Fewer payments of a debtor than this say too little, and those of the portfolio are taken.
const ENOUGH: usize = 3;

/// When invoices were paid, as days after their due date weighted by their amount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delays {
    /// Days late and amount, by days.
    paid: Vec<(i32, i128)>,
}

impl Delays {
    /// The delays of the paid invoices of one debtor or of many, all in the currency of the books.
    pub fn new<'a>(behaviours: impl IntoIterator<Item = &'a Behaviour>) -> Self {
        let mut paid: Vec<(i32, i128)> = behaviours
            .into_iter()
            .flat_map(|of| of.paid.iter().zip(&of.due).zip(&of.amount))
            .map(|((paid, due), amount)| (paid.since(*due), i128::from(*amount)))
            .filter(|(_, amount)| *amount > 0)
            .collect();
        paid.sort_unstable();
        Self { paid }
    }

    /// The share, by amount, of what was still unpaid `late` days after its due date that was paid within
    /// `days` days more. None when nothing was ever paid that late.
    pub fn share_paid_within(&self, late: i32, days: u32) -> Option<Decimal> {
        let through = late.saturating_add(i32::try_from(days).unwrap_or(i32::MAX));
        let later = self
            .paid
            .get(self.paid.partition_point(|(delay, _)| *delay <= late)..)?;
        let paid = later.iter().take_while(|(delay, _)| *delay <= through);
        quotient(
            paid.map(|(_, amount)| amount).sum(),
            later.iter().map(|(_, amount)| amount).sum(),
        )
    }
}

/// The money that is expected to come in from a debtor within `days` days, in the currency of the books.
///
/// ```text
/// expected = Σ claimable(item) × share(item), at most open − credits − unallocated
/// claimable = open less what is disputed or withheld
/// share     = paid between late + 1 and late + days after the due date
///             ÷ paid later than late days after the due date        (amounts of invoices paid in full)
/// late      = today − due date, negative before it
/// ```
///
/// So it asks: of the money that was unpaid this long after its due date before, how much came in within so
/// many days? The debtor's own payments of two years answer; when there are fewer than three, or none as late
/// as this, those of the portfolio; when the portfolio has none as late either, nothing is expected. It is an
/// empirical distribution and no model: promises, plans, seasons and the follow-up itself do not enter, and
/// since only paid invoices are in the history, what is never paid makes it too high.
pub fn expected_within(snapshot: &Snapshot<'_>, portfolio: &Delays, days: u32) -> Money {
    let own = Delays::new([&snapshot.behaviour]);
    let own = (own.paid.len() >= ENOUGH).then_some(own);
    let expected: Decimal = snapshot
        .open_items()
        .filter(|item| item.open.currency == snapshot.home && item.open.minor > 0)
        .filter_map(|item| {
            let late = late(item, snapshot.as_of);
            let share = own.as_ref().and_then(|own| own.share_paid_within(late, days));
            let share = share.or_else(|| portfolio.share_paid_within(late, days))?;
            Money::new(claimable(snapshot, item), snapshot.home)
                .decimal()
                .checked_mul(share)
        })
        .fold(Decimal::ZERO, Decimal::saturating_add);
    let totals = &snapshot.account.totals;
    let already_in = totals.credits.minor.saturating_add(totals.unallocated.minor);
    let most = totals.open.minor.saturating_sub(already_in.max(0)).max(0);
    let expected = Money::rounded(expected, snapshot.home).map_or(most, |expected| expected.minor.min(most));
    Money::new(expected, snapshot.home)
}

fn late(item: &Item<'_>, today: Day) -> i32 {
    today.since(item.described.due)
}

fn claimable(snapshot: &Snapshot<'_>, item: &Item<'_>) -> i64 {
    let disputed = snapshot
        .disputes
        .iter()
        .filter(|part| part.what.item == item.id)
        .map(|part| part.open);
    let withheld = snapshot
        .withheld
        .iter()
        .filter(|part| part.what.item == item.id)
        .map(|part| part.open);
    let apart: i128 = disputed.chain(withheld).map(|open| i128::from(open.minor)).sum();
    let rest = (i128::from(item.open.minor) - apart).max(0);
    i64::try_from(rest).unwrap_or(i64::MAX)
}
