//! A snapshot as each slot may see it: what it needs to decide, and nothing by which a debtor is known.

mod parts;
mod words;

use maan_ledger::{Day, ItemId, Snapshot};
use maan_policy_host::contract::{
    CreditCase, CreditDecision, HoldAdvice, ItemPayments, Proposal, Question, Segment, SegmentationCase,
    StatuteCase, WorkflowCase,
};

pub(crate) use parts::Parts;
pub(crate) use words::{channel, channel_of, level, level_of, money, verdict_of, willingness_of};

/// What segmentation sees.
pub(crate) fn segmentation(snapshot: &Snapshot<'_>) -> SegmentationCase {
    let parts = Parts::of(snapshot);
    SegmentationCase {
        debtor: parts.debtor(),
        items: parts.items(),
        disputes: filled(parts.disputes()),
        account: parts.account(),
        behaviour: parts.behaviour(),
        conversation: parts.conversation(),
        in_force: parts.in_force(),
    }
}

/// What the credit check sees.
pub fn credit(snapshot: &Snapshot<'_>, question: Question, segment: &Segment) -> CreditCase {
    let parts = Parts::of(snapshot);
    CreditCase {
        question,
        debtor: parts.debtor(),
        agreement: parts.agreement(),
        items: parts.items(),
        account: parts.account(),
        behaviour: parts.behaviour(),
        in_force: parts.in_force(),
        segment: segment.key.clone(),
        willingness: segment.willingness,
    }
}

/// What the workflow sees.
pub(crate) fn workflow(
    snapshot: &Snapshot<'_>,
    segment: &Segment,
    credit: Option<&CreditDecision>,
    arm: Option<&str>,
) -> WorkflowCase {
    let parts = Parts::of(snapshot);
    WorkflowCase {
        debtor: parts.debtor(),
        agreement: parts.agreement(),
        reach: parts.reach(),
        items: parts.items(),
        deliveries: parts.deliveries(),
        disputes: filled(parts.disputes()),
        withheld: filled(parts.withheld()),
        mandates: filled(parts.mandates()),
        steps_done: parts.steps_done(),
        promises: filled(parts.promises()),
        plans: filled(parts.plans()),
        pauses: filled(parts.pauses()),
        account: parts.account(),
        behaviour: parts.behaviour(),
        conversation: parts.conversation(),
        costs: parts.costs(),
        in_force: parts.in_force(),
        segment: segment.key.clone(),
        willingness: segment.willingness,
        credit: credit.map(|credit| credit.verdict),
        hold: credit.map_or(HoldAdvice::Keep, |credit| credit.hold),
        last_contact: snapshot.last_outbound.map(|day| day.0),
        arm: arm.map(str::to_owned),
    }
}

/// What the statute sees: `texts` are the final words of each proposal, none before they are written.
pub fn statute(
    snapshot: &Snapshot<'_>,
    proposals: Vec<Proposal>,
    texts: Option<Vec<String>>,
    charges_on: Day,
) -> StatuteCase {
    let parts = Parts::with_lettered(snapshot);
    StatuteCase {
        debtor: parts.debtor(),
        agreement: parts.agreement(),
        reach: parts.reach(),
        items: parts.items(),
        payments: payments(snapshot, &parts),
        deliveries: parts.deliveries(),
        disputes: filled(parts.disputes()),
        withheld: filled(parts.withheld()),
        steps_done: parts.steps_done(),
        plans: filled(parts.plans()),
        contacts: parts.contacts(),
        situations: parts.situations(),
        costs: parts.costs(),
        proposals,
        texts,
        charges_on: charges_on.0,
        rate_kind: String::new(),
    }
}

/// The items of a case in the order in which every slot gets them; an index of an answer points into it.
pub fn item_ids(snapshot: &Snapshot<'_>) -> Vec<ItemId> {
    Parts::of(snapshot).ids()
}

/// What the contract has for a list that is seldom there: a list costs a call into the component.
fn filled<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}

fn payments(snapshot: &Snapshot<'_>, parts: &Parts<'_, '_>) -> ItemPayments {
    let mut columns = ItemPayments {
        items: vec![],
        days: vec![],
        amounts: vec![],
    };
    for payment in &snapshot.payments {
        if let Some(index) = parts.index(payment.item) {
            columns.items.push(index);
            columns.days.push(payment.on.0);
            columns.amounts.push(payment.amount.minor);
        }
    }
    columns
}
