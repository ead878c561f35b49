//! A debtor on a day, as known at a moment: a pure function of the facts.
//!
//! # Which facts count
//!
//! A fact counts when it was known by `known_at` and had happened by the end of `as_of`. What "happened" means
//! differs:
//!
//! | fact | counts on a day | of several about the same thing |
//! |---|---|---|
//! | description of debtor, agreement, item, order | from the day it happened; before the first one, things are taken to have been as first described | the one known last |
//! | … item, order | not before its own date (`issued`, `on`), and an item not while a draft | |
//! | receipt, allocation | from its own day `on`, whenever it was described | the one known last |
//! | removal | from the day it happened; a later description brings the thing back | the one known last |
//! | promise, plan, dispute, pause, extension, withholding, contact, step, delivery, complaint | from the day it happened | the one known last |
//! | end of one of these | from the day it happened, for good | the one known last |
//! | limit, hold, report, payables, court chance, judgement, situation | from the day it happened | the one that happened last |
//! | evidence, cost | from the day it happened | all, exact repetitions once |
//!
//! Facts with the same moment and day are ordered by their canonical bytes, so arrival never matters. A fact
//! that becomes known later changes no snapshot of before.
//!
//! # Amounts
//!
//! `open = amount − allocations`, never below zero: what was allocated beyond the amount is the item's
//! `excess` and a credit on the account. So in every currency, with all amounts in it,
//!
//! ```text
//! open − credits − unallocated = items − receipts − direct payments − write-offs
//! ```
//!
//! Amounts in different currencies are never added. Sums are exact; a sum beyond 64 bits of minor units is cut
//! to the largest amount.

mod account;
mod agreements;
mod behaviour;
mod gather;
mod items;
mod model;
mod order;
mod talk;

use std::mem::take;

pub use model::*;

use self::gather::{Gathered, debtor_of};
use self::items::Ledger;
use self::order::{by_known, keep_distinct, keep_greatest};
use crate::{Currency, Day, Fact, Moment, Money, StepDone};

/// The debtor of whom these are the facts, on a day and as known at a moment, with totals in the currency of
/// the books. The module's documentation says which facts count.
pub fn snapshot(facts: &[Fact], home: Currency, as_of: Day, known_at: Moment) -> Snapshot<'_> {
    let mut gathered = Gathered::new(facts, as_of, known_at);

    let mut ledger = Ledger::new(
        take(&mut gathered.items),
        take(&mut gathered.receipts),
        take(&mut gathered.allocations),
        as_of,
    );
    let steps = steps(&mut gathered, as_of);
    ledger.follow_up(&gathered.rounds, &steps);
    let orders = account::orders(take(&mut gathered.orders), as_of);
    let account = account::account(&gathered, &ledger, &orders, home, as_of);

    let ends = agreements::Ends::new(take(&mut gathered.ends));
    let promises = agreements::promises(take(&mut gathered.promises), &ledger, &ends, as_of);
    keep_greatest(&mut gathered.disputes, |dispute| dispute.agreement, by_known);

    keep_greatest(
        &mut gathered.mandates,
        |mandate| (mandate.collection_day, mandate.item),
        by_known,
    );
    let mut mandates: Vec<_> = gathered.mandates.iter().map(|row| row.body).collect();
    mandates.retain(|mandate| ledger.item(mandate.item).is_some());

    keep_greatest(
        &mut gathered.deliveries,
        |delivery| (delivery.on, delivery.item, delivery.channel),
        by_known,
    );
    let mut deliveries: Vec<_> = gathered.deliveries.iter().map(|row| row.body).collect();
    deliveries.retain(|delivery| delivery.on <= as_of && ledger.item(delivery.item).is_some());

    keep_distinct(&mut gathered.costs);
    let behaviour = behaviour::behaviour(
        &ledger.items,
        &promises,
        &gathered.disputes,
        &ends,
        &mandates,
        home,
        as_of,
    );
    let conversation = talk::conversation(
        take(&mut gathered.contacts),
        take(&mut gathered.evidence),
        take(&mut gathered.situations),
        take(&mut gathered.complaints),
        as_of,
    );
    Snapshot {
        as_of,
        known_at,
        home,
        debtor: gathered.debtor.and_then(|row| debtor_of(row.body)),
        removed: gathered.debtor.is_some_and(|row| debtor_of(row.body).is_none()),
        agreement: gathered.agreement.map(|row| row.body),
        legal: talk::legal(take(&mut gathered.legal), as_of),
        last_outbound: talk::last_outbound(&steps, &conversation.contacts),
        steps,
        deliveries,
        disputes: agreements::disputes(&gathered.disputes, &ledger, &ends),
        withheld: agreements::withheld(take(&mut gathered.withheld), &ledger, &ends),
        mandates,
        plans: agreements::plans(take(&mut gathered.plans), &ledger, &ends, as_of),
        pauses: agreements::pauses(take(&mut gathered.pauses), &ledger, &ends, as_of),
        extensions: agreements::extensions(take(&mut gathered.extensions), &ledger, &ends, as_of),
        promises,
        orders,
        account,
        behaviour,
        conversation,
        costs: talk::dated(&gathered.costs),
        judged: talk::judged(take(&mut gathered.judgements)),
        court_chance: gathered.court_chance.map(|row| row.body),
        items: ledger.items,
        payments: ledger.payments,
        unmatched: ledger.unmatched,
    }
}

fn steps<'a>(gathered: &mut Gathered<'a>, as_of: Day) -> Vec<&'a StepDone> {
    keep_greatest(&mut gathered.steps, |step| step.action, by_known);
    let mut steps: Vec<_> = gathered
        .steps
        .iter()
        .map(|row| row.body)
        .filter(|step| step.on <= as_of)
        .collect();
    steps.sort_by_key(|step| step.on);
    steps
}

/// A sum as money, cut to what 64 bits hold.
fn total(sum: i128, currency: Currency) -> Money {
    let minor = i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX });
    Money::new(minor, currency)
}
