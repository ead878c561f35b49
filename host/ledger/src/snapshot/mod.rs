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
//! | limit, hold, report, answer of a register, payables, court chance, judgement, situation | from the day it happened | the one that happened last |
//! | what the group owes | from the day it happened | the one known last |
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
mod done;
mod gather;
mod items;
mod model;
mod order;
mod talk;

pub use model::*;

use self::agreements::Ends;
use self::gather::{Gathered, debtor_of};
use self::items::Ledger;
use crate::{Currency, Day, Fact, Moment, Money};

/// The debtor of whom these are the facts, on a day and as known at a moment, with totals in the currency of
/// the books. The module's documentation says which facts count.
pub fn snapshot(facts: &[Fact], home: Currency, as_of: Day, known_at: Moment) -> Snapshot<'_> {
    let known = Gathered::new(facts, as_of, known_at);
    let steps = done::steps(known.steps, as_of);
    let mut ledger = Ledger::new(known.items, known.receipts, known.allocations, as_of);
    ledger.follow_up(&known.rounds, &steps);
    let mandates = done::mandates(known.mandates, &ledger);
    let orders = account::orders(known.orders, as_of);
    let account = account::account(&known.stated, &ledger, &orders, home, as_of);

    let ends = Ends::new(known.ends);
    let promises = agreements::promises(known.promises, &ledger, &ends, as_of);
    let disputes = agreements::latest_disputes(known.disputes);
    let behaviour = Behaviour::new(&ledger.items, &promises, &disputes, &ends, &mandates, home, as_of);
    let conversation = talk::conversation(
        known.contacts,
        known.evidence,
        known.situations,
        known.complaints,
        as_of,
    );

    Snapshot {
        as_of,
        known_at,
        home,
        debtor: known.debtor.and_then(|row| debtor_of(row.body)),
        removed: known.debtor.is_some_and(|row| debtor_of(row.body).is_none()),
        agreement: known.agreement.map(|row| row.body),
        legal: talk::legal(known.legal, as_of),
        registers: talk::registers(known.registers),
        last_outbound: talk::last_outbound(&steps, &conversation.contacts),
        steps,
        deliveries: done::deliveries(known.deliveries, &ledger, as_of),
        disputes: agreements::open_disputes(&disputes, &ledger, &ends),
        withheld: agreements::withheld(known.withheld, &ledger, &ends),
        mandates,
        promises,
        plans: agreements::plans(known.plans, &ledger, &ends, as_of),
        pauses: agreements::pauses(known.pauses, &ledger, &ends, as_of),
        extensions: agreements::extensions(known.extensions, &ledger, &ends, as_of),
        orders,
        account,
        behaviour,
        conversation,
        costs: talk::costs(known.costs),
        judged: talk::judged(known.judgements),
        court_chance: known.stated.court_chance.map(|row| row.body),
        items: ledger.items,
        payments: ledger.payments,
        unmatched: ledger.unmatched,
    }
}

/// A sum as money, cut to what 64 bits hold.
fn total(sum: i128, currency: Currency) -> Money {
    let minor = i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX });
    Money::new(minor, currency)
}
