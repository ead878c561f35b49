//! What the guard answers to whole cases, by rule.

#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "cents stand apart: 40_00 is EUR 40.00"
)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect must fail"
)]

mod abroad;
mod belgium;
mod business;
mod calculator;
mod consumer;
mod elsewhere;
mod filing;
mod law;
mod letters;
mod limitation;
mod manifest;
mod money;
mod robustness;
mod several_letters;

use maan_policy::Statute;
use maan_policy::actions::{ActionKind, Automation, Particulars, Proposal, Tone};
use maan_policy::slots::{Amendment, Answer, Charges, Judgement, StatuteCase, Veto};
use maan_policy::testkit::{Case, case, on};
use maan_policy::types::{Channel, Day, Level, Reason, StepDone};
use maan_policy_statute::DefaultStatute;

/// Monday 2 November 2026.
const TODAY: &str = "2026-11-02";

fn policy(settings: &str) -> DefaultStatute {
    DefaultStatute::configure(settings).unwrap()
}

/// A Dutch consumer on a day, reachable by e-mail.
fn consumer(today: &str) -> Case {
    case(today).consumer("NL")
}

fn judge(case: &Case, proposals: Vec<Proposal>) -> Judgement {
    judge_view(case, &case.statute(proposals))
}

fn judge_view(case: &Case, view: &StatuteCase) -> Judgement {
    policy("{}").decide(&case.context, view).unwrap()
}

fn charges(case: &Case) -> Charges {
    judge(case, vec![]).charges
}

fn answer(case: &Case, proposal: Proposal) -> Answer {
    judge(case, vec![proposal]).answers.remove(0)
}

fn vetoed(case: &Case, proposal: Proposal) -> Veto {
    match answer(case, proposal) {
        Answer::Veto(veto) => veto,
        other => panic!("expected a veto, got {other:?}"),
    }
}

fn amended(case: &Case, proposal: Proposal) -> Amendment {
    match answer(case, proposal) {
        Answer::Amend(amendment) => amendment,
        other => panic!("expected an amendment, got {other:?}"),
    }
}

/// A proposal about all items, within the working day, for two weeks.
fn proposal(case: &Case, kind: ActionKind, level: Level, channel: Channel) -> Proposal {
    Proposal {
        kind,
        level,
        items: (0..u32::try_from(case.items.len()).unwrap()).collect(),
        channel,
        tone: Tone::Neutral,
        text: "text".into(),
        earliest: case.context.today,
        latest: case.context.today + 14,
        from_minute: 9 * 60,
        to_minute: 17 * 60,
        automation: Automation::Automatic,
        particulars: Particulars::None,
        deadline: None,
        announces: Level::None,
        reasons: vec![],
    }
}

fn message(case: &Case, level: Level) -> Proposal {
    proposal(case, ActionKind::Message, level, Channel::Email)
}

fn hand_over(case: &Case) -> Proposal {
    proposal(case, ActionKind::HandOver, Level::HandOver, Channel::Email)
}

/// A letter by post about all items, with a last day and costs.
fn posted(mut case: Case, sent: &str, deadline: &str, costs: i64) -> Case {
    let items = 0..u32::try_from(case.items.len()).unwrap();
    case.steps_done.extend(items.map(|item| StepDone {
        item,
        level: Level::FormalNotice,
        round: 0,
        on: on(sent),
        channel: Channel::Letter,
        proof: false,
        deadline: Some(on(deadline)),
        announced_costs: costs,
    }));
    case
}

/// The view of a case with payments on item 0.
fn with_payments(case: &Case, payments: &[(&str, i64)]) -> StatuteCase {
    let mut view = case.statute(vec![]);
    for (day, amount) in payments {
        view.payments.items.push(0);
        view.payments.days.push(on(day));
        view.payments.amounts.push(*amount);
    }
    view
}

fn codes(reasons: &[Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.code.as_str()).collect()
}

fn names(articles: &[maan_policy::slots::Article]) -> Vec<&str> {
    articles.iter().map(|article| article.name.as_str()).collect()
}

fn day(date: &str) -> Option<Day> {
    Some(on(date))
}
