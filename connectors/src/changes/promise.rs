//! The day by which an invoice is promised to be paid, where the platform has a field for it.

use maan_ledger::{AgreementEnd, AgreementId, Body, Day, EndReason, Fact, ItemId, Promise};

use super::{History, learnt};
use crate::ids::is_promised_on_platform;
use crate::{Batch, ReadRecord};

/// A promise that stands, and the day on which it was made.
type Standing<'a> = (Day, &'a Promise);

/// What the platform's day adds. A day that was told here adds nothing, since it may have been written there; it only
/// replaces what the platform had before. Another day is a new promise and replaces those that were told here for this
/// item alone. A day that had passed when it was noted promises nothing.
pub(super) fn changed(batch: &Batch, history: History<'_>, record: &ReadRecord) -> Vec<Fact> {
    let unread = record.problem.is_some() && record.facts.is_empty();
    if !batch.entity.is_item() || unread {
        return Vec::new();
    }
    let item = batch.ids.item(&record.reference);
    let (theirs, ours): (Vec<_>, Vec<_>) = standing(history, item)
        .into_iter()
        .partition(|(made_on, promise)| is_promised_on_platform(*made_on, promise));
    let there = theirs.last().map(|(_, promise)| *promise);
    let now = record.facts.iter().find_map(|fact| match &fact.body {
        Body::Promised(promise) if promise.items == [item] => Some((fact, promise)),
        _ => None,
    });
    let ended = |agreement: AgreementId, reason| {
        learnt(batch, Body::AgreementEnded(AgreementEnd { agreement, reason }))
    };
    match (there, now) {
        (None, None) => Vec::new(),
        (Some(there), None) => vec![ended(there.agreement, EndReason::Withdrawn)],
        (Some(there), Some((_, now))) if there.by == now.by => Vec::new(),
        (there, Some((fact, now))) => {
            let replaced = there.map(|there| ended(there.agreement, EndReason::Replaced));
            let mut facts: Vec<Fact> = replaced.into_iter().collect();
            if now.amount.minor > 0 && now.by >= fact.happened && !is_told_here(history, item, now.by) {
                let alone = ours.iter().filter(|(_, ours)| ours.items == [item]);
                facts.extend(alone.map(|(_, ours)| ended(ours.agreement, EndReason::Replaced)));
                facts.push(fact.clone());
            }
            facts
        }
    }
}

/// Whether a promise of this day was ever told here: written there, it may be replaced or ended here since.
fn is_told_here(history: History<'_>, item: ItemId, by: Day) -> bool {
    history.0.iter().any(|fact| match &fact.body {
        Body::Promised(promise) => {
            promise.by == by
                && promise.items.contains(&item)
                && !is_promised_on_platform(fact.happened, promise)
        }
        _ => false,
    })
}

/// The promises of an item that stand, the newest last.
fn standing(history: History<'_>, item: ItemId) -> Vec<Standing<'_>> {
    let mut standing: Vec<Standing<'_>> = Vec::new();
    for fact in history.0 {
        match &fact.body {
            Body::Promised(promise) if promise.items.contains(&item) => {
                standing.retain(|(_, other)| other.agreement != promise.agreement);
                standing.push((fact.happened, promise));
            }
            Body::AgreementEnded(end) => standing.retain(|(_, other)| other.agreement != end.agreement),
            _ => {}
        }
    }
    standing
}
