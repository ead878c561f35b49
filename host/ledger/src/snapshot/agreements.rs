//! How promises, plans, disputes and the like stand.

use super::items::{Ledger, payments_of};
use super::order::{Row, by_known, keep_greatest};
use super::{Means, OpenPart, Payment, PlanStanding, PromiseStanding, PromiseState, total};
use crate::{
    AgreementEnd, AgreementId, Currency, Day, Dispute, EndReason, Extension, ItemId, Money, Pause, Plan,
    Promise, Withholding,
};

/// The ends of agreements, by agreement.
pub(super) struct Ends<'a>(Vec<Row<'a, AgreementEnd>>);

impl<'a> Ends<'a> {
    pub(super) fn new(mut rows: Vec<Row<'a, AgreementEnd>>) -> Self {
        keep_greatest(&mut rows, |end| end.agreement, by_known);
        Self(rows)
    }

    /// When and how an agreement ended.
    pub(super) fn of(&self, agreement: AgreementId) -> Option<(Day, EndReason)> {
        let index = self
            .0
            .binary_search_by_key(&agreement, |row| row.body.agreement)
            .ok()?;
        self.0.get(index).map(|row| (row.fact.happened, row.body.reason))
    }
}

/// All promises of which at least one item is there, and how each stands.
///
/// A promise is kept when from the day it was made through its last day money or credit came in for at least
/// the amount, or for all that was still open of what it covers. Without items it covers the whole account.
pub(super) fn promises<'a>(
    mut rows: Vec<Row<'a, Promise>>,
    ledger: &Ledger<'a>,
    ends: &Ends<'a>,
    as_of: Day,
) -> Vec<PromiseStanding<'a>> {
    keep_greatest(&mut rows, |promise| promise.agreement, by_known);
    rows.retain(|row| covers_something(&row.body.items, ledger));
    rows.sort_by_key(|row| row.fact.happened);
    let standing = rows
        .iter()
        .map(|row| standing(row.body, row.fact.happened, ledger, ends, as_of));
    standing.collect()
}

fn standing<'a>(
    promise: &'a Promise,
    made_on: Day,
    ledger: &Ledger<'a>,
    ends: &Ends<'a>,
    as_of: Day,
) -> PromiseStanding<'a> {
    let ended = ends
        .of(promise.agreement)
        .map(|(day, _)| day)
        .filter(|day| *day <= promise.by);
    let through = ended.unwrap_or(promise.by);
    let currency = promise.amount.currency;
    let covered = Covered::new(&promise.items, currency, ledger);
    let paid = covered.settled(made_on, through);
    let promised = i128::from(promise.amount.minor).min(covered.open_before(made_on));
    let state = if paid >= promised {
        PromiseState::Kept
    } else if ended.is_some() {
        PromiseState::Withdrawn
    } else if promise.by < as_of {
        PromiseState::Broken
    } else {
        PromiseState::Open
    };
    PromiseStanding {
        promise,
        made_on,
        paid: total(paid, currency),
        state,
    }
}

/// Plans that have not ended and of which something is still to be paid.
pub(super) fn plans<'a>(
    mut rows: Vec<Row<'a, Plan>>,
    ledger: &Ledger<'a>,
    ends: &Ends<'a>,
    as_of: Day,
) -> Vec<PlanStanding<'a>> {
    keep_greatest(&mut rows, |plan| plan.agreement, by_known);
    rows.retain(|row| ends.of(row.body.agreement).is_none() && covers_something(&row.body.items, ledger));
    rows.sort_by_key(|row| row.fact.happened);
    rows.iter()
        .filter_map(|row| plan_standing(row.body, row.fact.happened, ledger, as_of))
        .collect()
}

fn plan_standing<'a>(
    plan: &'a Plan,
    agreed_on: Day,
    ledger: &Ledger<'a>,
    as_of: Day,
) -> Option<PlanStanding<'a>> {
    let currency = plan.instalments.first()?.amount.currency;
    let in_one_currency = plan
        .instalments
        .iter()
        .filter(|instalment| instalment.amount.currency == currency);
    let (mut agreed, mut due) = (0, 0);
    for instalment in in_one_currency {
        agreed += i128::from(instalment.amount.minor);
        due += if instalment.due < as_of {
            i128::from(instalment.amount.minor)
        } else {
            0
        };
    }
    let covered = Covered::new(&plan.items, currency, ledger);
    let paid = covered.settled(agreed_on, as_of);
    let missed = total((due - paid).max(0), currency);
    (paid < agreed).then(|| PlanStanding {
        plan,
        agreed_on,
        paid: total(paid, currency),
        missed,
    })
}

/// The latest record of each dispute, settled or not.
pub(super) fn latest_disputes(mut rows: Vec<Row<'_, Dispute>>) -> Vec<Row<'_, Dispute>> {
    keep_greatest(&mut rows, |dispute| dispute.agreement, by_known);
    rows
}

/// Disputes that are not settled.
pub(super) fn open_disputes<'a>(
    latest: &[Row<'a, Dispute>],
    ledger: &Ledger<'a>,
    ends: &Ends<'a>,
) -> Vec<OpenPart<'a, Dispute>> {
    let open = latest.iter().filter(|row| ends.of(row.body.agreement).is_none());
    let parts = open.filter_map(|row| open_part(row, row.body.item, row.body.amount, ledger));
    by_day_of_start(parts.collect())
}

/// Parts of items that are not to be chased.
pub(super) fn withheld<'a>(
    mut rows: Vec<Row<'a, Withholding>>,
    ledger: &Ledger<'a>,
    ends: &Ends<'a>,
) -> Vec<OpenPart<'a, Withholding>> {
    keep_greatest(&mut rows, |withholding| withholding.agreement, by_known);
    let open = rows.iter().filter(|row| ends.of(row.body.agreement).is_none());
    let parts = open.filter_map(|row| open_part(row, row.body.item, row.body.amount, ledger));
    by_day_of_start(parts.collect())
}

fn open_part<'a, T>(
    row: &Row<'a, T>,
    item: ItemId,
    amount: Money,
    ledger: &Ledger<'a>,
) -> Option<OpenPart<'a, T>> {
    let item = ledger
        .item(item)
        .filter(|item| item.open.currency == amount.currency)?;
    let open = amount.minor.clamp(0, item.open.minor.max(0));
    let open = Money::new(open, amount.currency);
    Some(OpenPart {
        what: row.body,
        since: row.fact.happened,
        open,
    })
}

fn by_day_of_start<T>(mut parts: Vec<OpenPart<'_, T>>) -> Vec<OpenPart<'_, T>> {
    parts.sort_by_key(|part| part.since);
    parts
}

/// Pauses in force.
pub(super) fn pauses<'a>(
    mut rows: Vec<Row<'a, Pause>>,
    ledger: &Ledger<'a>,
    ends: &Ends<'a>,
    as_of: Day,
) -> Vec<&'a Pause> {
    keep_greatest(&mut rows, |pause| pause.agreement, by_known);
    rows.retain(|row| {
        ends.of(row.body.agreement).is_none()
            && row.body.until.is_none_or(|until| until >= as_of)
            && row.body.item.is_none_or(|item| ledger.item(item).is_some())
    });
    rows.sort_by_key(|row| row.fact.happened);
    rows.iter().map(|row| row.body).collect()
}

/// Extensions in force.
pub(super) fn extensions<'a>(
    mut rows: Vec<Row<'a, Extension>>,
    ledger: &Ledger<'a>,
    ends: &Ends<'a>,
    as_of: Day,
) -> Vec<&'a Extension> {
    keep_greatest(&mut rows, |extension| extension.agreement, by_known);
    rows.retain(|row| {
        ends.of(row.body.agreement).is_none()
            && row.body.until >= as_of
            && covers_something(&row.body.items, ledger)
    });
    rows.sort_by_key(|row| row.fact.happened);
    rows.iter().map(|row| row.body).collect()
}

/// An agreement about items none of which is there must not be taken for one about the whole account.
fn covers_something(items: &[ItemId], ledger: &Ledger<'_>) -> bool {
    items.is_empty() || items.iter().any(|item| ledger.item(*item).is_some())
}

/// What an agreement covers: items, or the whole account when it names none.
struct Covered<'l, 'a> {
    items: Vec<ItemId>,
    currency: Currency,
    ledger: &'l Ledger<'a>,
}

impl<'l, 'a> Covered<'l, 'a> {
    /// An item that is named twice is covered once.
    fn new(items: &[ItemId], currency: Currency, ledger: &'l Ledger<'a>) -> Self {
        let mut items = items.to_vec();
        items.sort_unstable();
        items.dedup();
        Self {
            items,
            currency,
            ledger,
        }
    }

    /// Money and credit that came in within a span of days. For the whole account receipts count, allocated
    /// or not.
    fn settled(&self, from: Day, through: Day) -> i128 {
        let span = from..=through;
        let counts = |payment: &&Payment| {
            span.contains(&payment.on)
                && payment.means != Means::WriteOff
                && payment.amount.currency == self.currency
        };
        if !self.items.is_empty() {
            let payments = self
                .items
                .iter()
                .flat_map(|item| payments_of(&self.ledger.payments, *item));
            return sum(payments.filter(counts).map(|payment| payment.amount));
        }
        let receipts = self
            .ledger
            .receipts
            .iter()
            .filter(|receipt| span.contains(&receipt.on) && receipt.amount.currency == self.currency);
        let without_receipt = self
            .ledger
            .payments
            .iter()
            .filter(counts)
            .filter(|payment| !payment.receipt);
        sum(receipts.map(|receipt| receipt.amount)) + sum(without_receipt.map(|payment| payment.amount))
    }

    /// What was open before a day.
    fn open_before(&self, day: Day) -> i128 {
        let of_currency = |item: &&super::Item<'_>| item.open.currency == self.currency;
        let open = |item: &super::Item<'_>| -> i128 {
            let payments = payments_of(&self.ledger.payments, item.id).iter();
            let earlier = payments
                .filter(|payment| payment.on < day)
                .map(|payment| payment.amount);
            (i128::from(item.described.amount.minor) - sum(earlier)).max(0)
        };
        if self.items.is_empty() {
            let issued = self
                .ledger
                .items
                .iter()
                .filter(|item| item.described.issued <= day);
            issued.filter(of_currency).map(open).sum()
        } else {
            let items = self.items.iter().filter_map(|item| self.ledger.item(*item));
            items.filter(of_currency).map(open).sum()
        }
    }
}

fn sum(amounts: impl Iterator<Item = Money>) -> i128 {
    amounts.map(|amount| i128::from(amount.minor)).sum()
}
