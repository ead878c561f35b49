//! Each slot's view of a generated debtor.

use super::entropy::Entropy;
use super::facts::{Facts, TODAY};
use crate::contract::*;

pub(super) fn segmentation(facts: Facts, _: &mut Entropy) -> SegmentationCase {
    SegmentationCase {
        debtor: facts.debtor,
        items: facts.items,
        disputes: filled(facts.disputes),
        account: facts.account,
        behaviour: facts.behaviour,
        conversation: facts.conversation,
        in_force: facts.in_force,
    }
}

pub(super) fn credit_check(facts: Facts, chances: &mut Entropy) -> CreditCase {
    let asked = chances.number(0..=500_000);
    let questions = [
        Question::Application(asked),
        Question::Quotation(asked),
        Question::Order(asked),
        Question::BeforeCall,
    ];
    let (segment, willingness) = segment(chances);
    CreditCase {
        question: chances.one(Question::Review, &questions),
        debtor: facts.debtor,
        agreement: facts.agreement,
        items: facts.items,
        account: facts.account,
        behaviour: facts.behaviour,
        in_force: facts.in_force,
        segment,
        willingness,
    }
}

pub(super) fn workflow(facts: Facts, chances: &mut Entropy) -> WorkflowCase {
    let (segment, willingness) = segment(chances);
    WorkflowCase {
        debtor: facts.debtor,
        agreement: facts.agreement,
        reach: facts.reach,
        items: facts.items,
        deliveries: facts.deliveries,
        disputes: filled(facts.disputes),
        withheld: filled(facts.withheld),
        mandates: filled(facts.mandates),
        steps_done: facts.steps_done,
        promises: filled(facts.promises),
        plans: filled(facts.plans),
        pauses: filled(facts.pauses),
        account: facts.account,
        behaviour: facts.behaviour,
        conversation: facts.conversation,
        costs: facts.costs,
        in_force: facts.in_force,
        segment,
        willingness,
        credit: chances.maybe(2, |e| {
            e.one(Verdict::Accept, &[Verdict::Review, Verdict::Decline])
        }),
        hold: chances.one(HoldAdvice::Keep, &[HoldAdvice::Hold]),
        last_contact: chances.maybe(2, |e| TODAY - e.day(0..=60)),
        arm: None,
    }
}

pub(super) fn statute(facts: Facts, chances: &mut Entropy) -> StatuteCase {
    let items = ItemIndex::try_from(facts.items.len()).unwrap_or(0);
    let proposals = if items == 0 {
        Vec::new()
    } else {
        chances.several(0..=3, |e| proposal(e, items))
    };
    let paid: Vec<ItemIndex> = (0..items).filter(|_| chances.once_in(4)).collect();
    StatuteCase {
        debtor: facts.debtor,
        agreement: facts.agreement,
        reach: facts.reach,
        payments: ItemPayments {
            days: paid.iter().map(|_| TODAY - chances.day(1..=60)).collect(),
            amounts: paid.iter().map(|_| chances.number(1..=5_000)).collect(),
            items: paid,
        },
        items: facts.items,
        deliveries: facts.deliveries,
        disputes: filled(facts.disputes),
        withheld: filled(facts.withheld),
        steps_done: facts.steps_done,
        plans: filled(facts.plans),
        contacts: facts.conversation.contacts,
        situations: facts.conversation.situations,
        costs: facts.costs,
        texts: None,
        proposals,
        charges_on: TODAY,
        rate_kind: chances
            .one("", &["statutory", "commercial", "contractual"])
            .into(),
    }
}

/// What the contract has for a list that is seldom there.
fn filled<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}

fn segment(chances: &mut Entropy) -> (String, Willingness) {
    let key = chances.one("regular", &["new", "loyal", "large"]).to_owned();
    let willingness = [Willingness::Pays, Willingness::Cannot, Willingness::WillNot];
    (key, chances.one(Willingness::Unknown, &willingness))
}

fn proposal(chances: &mut Entropy, items: ItemIndex) -> Proposal {
    let earliest = TODAY + chances.day(0..=3);
    Proposal {
        kind: chances.one(
            ActionKind::Message,
            &[ActionKind::Call, ActionKind::HandOver, ActionKind::Thanks],
        ),
        level: chances.one(
            Level::Reminder1,
            &[
                Level::Notice1,
                Level::LastReminder,
                Level::FormalNotice,
                Level::HandOver,
            ],
        ),
        items: (0..items).collect(),
        channel: chances.one(Channel::Email, &[Channel::Letter, Channel::Phone]),
        tone: chances.one(Tone::Friendly, &[Tone::Neutral, Tone::Firm]),
        text: "reminder".into(),
        earliest,
        latest: earliest + 5,
        from_minute: 540,
        to_minute: 1_020,
        automation: Automation::Automatic,
        particulars: Particulars::None,
        deadline: chances.maybe(2, |e| earliest + e.day(7..=21)),
        announces: Level::None,
        reasons: Vec::new(),
    }
}
