//! Generated history of a debtor: account, payments, contacts and decisions in force.

use super::entropy::Entropy;
use super::facts::{CHANNELS, TODAY};
use crate::contract::*;

pub(super) fn account(e: &mut Entropy, items: &[Item]) -> Account {
    let open = |overdue: bool| {
        items
            .iter()
            .filter(|i| !overdue || i.due < TODAY)
            .map(|i| i.open.max(0))
            .sum()
    };
    let report = |e: &mut Entropy| CreditReport {
        answer: e.one(
            ReportAnswer::Present,
            &[ReportAnswer::NotFound, ReportAnswer::NoAnswer],
        ),
        on: TODAY - e.day(1..=400),
        failure_chance: e.maybe(2, |e| e.small(0..=400, 0)),
        advised_limit: e.maybe(2, |e| e.number(0..=5_000_000)),
        worsened_by: e.small(-50..=120, 0),
        marks: e.maybe(4, |_| "late-filing".to_owned()).into_iter().collect(),
    };
    Account {
        unallocated: e.one(0, &[0, 0, 5_000]),
        credits: items.iter().map(|i| (-i.open).max(0)).sum(),
        payables: e.one(0, &[0, 12_000]),
        prepayments: e.one(0, &[0, 3_000]),
        open: open(false),
        overdue: open(true),
        orders: e.one(0, &[40_000]),
        quotations: e.one(0, &[80_000]),
        unbilled: e.one(0, &[7_500]),
        group_exposure: e.maybe(10, |e| e.number(0..=900_000)),
        limit: e.maybe(2, |e| e.number(0..=1_000_000)),
        insured_limit: e.maybe(8, |e| e.number(0..=500_000)),
        held: e.once_in(12),
        report: e.maybe(3, report),
    }
}

pub(super) fn behaviour(e: &mut Entropy) -> Behaviour {
    let due: Vec<Day> = { e.several(0..=40, |e| TODAY - e.day(1..=730)) };
    let late = e.day(-5..=40);
    let mut due = due;
    due.sort_unstable();
    Behaviour {
        paid: due
            .iter()
            .map(|day| day + late + e.day(-6..=6))
            .map(|day| day.min(TODAY))
            .collect(),
        amount: due.iter().map(|_| e.number(500..=400_000)).collect(),
        due,
        promises_kept: e.small(0..=4, 0),
        promises_broken: e.small(0..=3, 0),
        disputes_justified: e.small(0..=2, 0),
        disputes_unjustified: e.small(0..=2, 0),
        returned_debits: e.small(0..=2, 0),
    }
}

pub(super) fn conversation(e: &mut Entropy) -> Conversation {
    let outcomes = [
        ContactOutcome::NoAnswer,
        ContactOutcome::Promised,
        ContactOutcome::Disputes,
        ContactOutcome::CannotPay,
        ContactOutcome::WillNotPay,
        ContactOutcome::AsksPlan,
        ContactOutcome::DebtHelp,
        ContactOutcome::Other,
    ];
    Conversation {
        contacts: e.several(0..=4, |e| Contact {
            on: TODAY - e.day(0..=120),
            channel: e.one(Channel::Phone, &CHANNELS),
            outcome: e.one(ContactOutcome::Reached, &outcomes),
            right_person: e.once_in(2),
            inbound: e.once_in(3),
            unhandled: e.once_in(10),
        }),
        evidence: e.several(0..=3, |e| Evidence {
            criterion: e.one(
                Criterion::FinancialRoom,
                &[Criterion::SelfDirection, Criterion::BeliefsAboutPaying],
            ),
            on: TODAY - e.day(0..=120),
            leaning: e.small(-1_000..=1_000, 0),
        }),
        situations: e.maybe(8, |e| {
            vec![Situation {
                code: e.one("income-loss", &["debt-counselling"]).into(),
                since: TODAY - e.day(1..=90),
                until: Some(TODAY + e.day(1..=90)),
            }]
        }),
        complaints_open: e.one(0, &[0, 0, 1]),
    }
}

pub(super) fn in_force(e: &mut Entropy) -> InForce {
    InForce {
        segment: e.maybe(2, |_| "regular".to_owned()),
        segment_since: e.maybe(2, |e| TODAY - e.day(1..=300)),
        willingness: e.one(
            Willingness::Unknown,
            &[Willingness::Pays, Willingness::Cannot, Willingness::WillNot],
        ),
        credit_verdict: e.maybe(3, |e| {
            e.one(Verdict::Accept, &[Verdict::Review, Verdict::Decline])
        }),
        limit: e.maybe(3, |e| e.number(0..=1_000_000)),
        hold: e.once_in(10),
        credit_review_on: e.maybe(3, |e| TODAY + e.day(-20..=200)),
        extension_until: e.maybe(15, |e| TODAY + e.day(-5..=20)),
        court_chance: e.maybe(20, |e| e.small(0..=1_000, 0)),
    }
}
