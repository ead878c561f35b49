//! What goes into one message, and what waits.

use maan_ledger::{Channel, Day, DebtorId, ItemId, TenantId};
use maan_policy_host::contract::{Automation, Charges, Judgement, Particulars};

use super::*;
use crate::actions::{Rejected, new_actions};

/// Invoices 1 to 5, number 1 reminded of nine days ago; number 5 is in pounds.
fn account() -> Vec<maan_ledger::Fact> {
    let mut facts = with(&[wrote(9, ActionKind::Message, Level::Reminder1)]);
    for number in 2..5 {
        facts.push(known(invoice(number, Money::new(5_000, Currency::EUR))));
    }
    facts.push(known(invoice(5, Money::new(5_000, Currency::GBP))));
    facts.extend(registers_are_clean());
    facts
}

/// Guards proposals of which each was answered so.
fn guard(proposals: Vec<(Guarded, Answer)>) -> Vec<Guarded> {
    guard_after(None, proposals)
}

/// The same, after a person rejected some actions.
fn guard_after(rejected: Option<&Rejected>, proposals: Vec<(Guarded, Answer)>) -> Vec<Guarded> {
    let facts = account();
    let ids: Vec<ItemId> = (1..6).map(item).collect();
    let place = |id: &ItemId| u32::try_from(ids.iter().position(|other| other == id).unwrap()).unwrap();
    let (proposals, answers) = proposals
        .into_iter()
        .map(|(one, answer)| {
            let items = one.items.iter().map(place).collect();
            (
                Proposal {
                    items,
                    ..one.proposal
                },
                answer,
            )
        })
        .unzip();
    let judgement = Judgement {
        answers,
        charges: Charges {
            costs: 0,
            lump_sum: 0,
            interest: 0,
            segments: vec![],
            reasons: vec![],
            articles: vec![],
        },
        law: 0,
        last_day: None,
        rates_verified_through: 0,
        warnings: vec![],
    };
    let snapshot = snapshot_of(&facts);
    let rejected = |one: &Guarded| rejected.is_some_and(|rejected| rejected.holds(debtor(), &snapshot, one));
    judge(&snapshot, &ids, proposals, &judgement, rejected)
}

fn debtor() -> DebtorId {
    DebtorId(Uuid::from_u128(7))
}

/// Why each is stopped; none where it goes on.
fn stops(guarded: &[Guarded]) -> Vec<Option<&str>> {
    let code = |one: &Guarded| match &one.stopped {
        Some(Stopped::Host(reason)) => Some(reason.code.clone()),
        Some(Stopped::Law(_)) => Some("law".into()),
        None => None,
    };
    let codes = guarded.iter().map(code);
    codes.map(|code| code.map(|code: String| &*code.leak())).collect()
}

fn allowed(one: Guarded) -> (Guarded, Answer) {
    (one, Answer::Allow)
}

/// What the second of two proposals is stopped by, beside a second reminder of invoice 1.
fn beside(other: Guarded, answer: Answer) -> Option<String> {
    let lead = allowed(guarded(Level::Reminder2, &[1]));
    let judged = guard(vec![lead, (other, answer)]);
    stops(&judged).get(1).copied().flatten().map(str::to_owned)
}

#[test]
fn one_message_carries_each_item_at_its_own_level() {
    let mut second = guarded(Level::Reminder2, &[1]);
    second.proposal.deadline = Some(TODAY.plus(7).0);
    second.proposal.announces = views::level(Level::Call1);
    let mut first = guarded(Level::Reminder1, &[2, 3]);
    first.proposal.deadline = Some(TODAY.plus(10).0);
    first.proposal.announces = views::level(Level::Reminder2);
    first.proposal.earliest = TODAY.plus(1).0;
    first.proposal.automation = Automation::Approve;
    let judged = guard(vec![allowed(first), allowed(second)]);
    let [message] = judged.as_slice() else {
        panic!("{judged:?}")
    };
    let parts: Vec<_> = message
        .parts()
        .map(|part| (part.level(), part.items.clone(), part.deadline()))
        .collect();
    let days = |days| Some(TODAY.plus(days));
    assert_eq!(
        parts,
        [
            (Level::Reminder2, vec![item(1)], days(7)),
            (Level::Reminder1, vec![item(2), item(3)], days(10)),
        ]
    );
    let announced: Vec<_> = message
        .parts()
        .map(|part| level_of(part.proposal.announces))
        .collect();
    assert_eq!(
        announced,
        [Level::Call1, Level::None],
        "the text announces for its own items"
    );
    assert_eq!(message.proposal.earliest, TODAY.plus(1).0, "when both may leave");
    assert_eq!(
        message.proposal.automation,
        Automation::Approve,
        "one of them is to be seen"
    );
}

#[test]
fn proposals_of_one_level_become_one_and_an_item_is_asked_for_once() {
    let mut later = guarded(Level::Reminder1, &[3]);
    later.proposal.deadline = Some(TODAY.plus(9).0);
    let one_by_one = vec![
        allowed(guarded(Level::Reminder1, &[2])),
        allowed(later),
        allowed(guarded(Level::Reminder1, &[4])),
        allowed(guarded(Level::Reminder1, &[2])),
    ];
    let judged = guard(one_by_one);
    assert_eq!(judged.len(), 1);
    assert_eq!(judged[0].items, [item(2), item(3), item(4)]);
    assert_eq!(judged[0].proposal.items, [1, 2, 3]);
    assert!(judged[0].also.is_empty());
    assert_eq!(
        judged[0].deadline(),
        Some(TODAY.plus(9)),
        "the later day holds for all"
    );
}

#[test]
fn what_may_not_be_joined_waits_with_its_reason() {
    let reminder = |items: &[u128]| guarded(Level::Reminder1, items);
    let charges = Charges {
        costs: 4_000,
        lump_sum: 0,
        interest: 0,
        segments: vec![],
        reasons: vec![],
        articles: vec![],
    };
    let amended = |change: Amendment| Answer::Amend(change);
    for (other, answer, why) in [
        (reminder(&[2]), Answer::Allow, None),
        (reminder(&[5]), Answer::Allow, Some("host.other-currency")),
        (
            reminder(&[2]),
            amended(Amendment {
                channel: Some(channel(Channel::RegisteredLetter)),
                ..amendment()
            }),
            Some("host.other-channel"),
        ),
        (
            reminder(&[2]),
            amended(Amendment {
                addressee: Some("representative".into()),
                ..amendment()
            }),
            Some("host.other-addressee"),
        ),
        (
            reminder(&[2]),
            amended(Amendment {
                phrases: vec![("code".into(), "within fourteen days".into())],
                ..amendment()
            }),
            Some("host.stands-alone"),
        ),
        (
            reminder(&[2]),
            amended(Amendment {
                charges: Some(charges),
                ..amendment()
            }),
            Some("host.stands-alone"),
        ),
        (
            reminder(&[2]),
            amended(Amendment {
                earliest: Some(TODAY.plus(6).0),
                ..amendment()
            }),
            Some("host.other-hours"),
        ),
        (
            guarded(Level::Notice3, &[2]),
            Answer::Allow,
            Some("host.not-due-yet"),
        ),
        (
            saying(ActionKind::PlanOffer, Level::None, "plan-offer.neutral"),
            Answer::Allow,
            Some("host.stands-alone"),
        ),
    ] {
        let found = beside(other, answer.clone());
        assert_eq!(found.as_deref(), why, "{answer:?}");
        if let Some(code) = why {
            let reason = reason(code.strip_prefix("host.").unwrap(), vec![]);
            assert!(passes(&reason), "{code} is looked at again the next day");
        }
    }
}

#[test]
fn a_formal_notice_takes_nothing_along() {
    let judged = guard(vec![
        allowed(guarded(Level::Reminder1, &[2])),
        allowed(guarded(Level::FormalNotice, &[1])),
    ]);
    assert_eq!(stops(&judged), [Some("host.waits-for-what-stands-alone"), None]);
    assert!(judged[1].also.is_empty());
}

#[test]
fn flow_16_a_formal_notice_that_is_stopped_silences_no_reminder() {
    let reminder = || allowed(guarded(Level::Reminder1, &[2]));
    let vetoed = Answer::Veto(Veto {
        articles: vec![],
        earliest: None,
        reasons: vec![],
    });
    let judged = guard(vec![(guarded(Level::FormalNotice, &[1]), vetoed), reminder()]);
    assert_eq!(stops(&judged), [Some("law"), None]);
    let mut untrue = guarded(Level::FormalNotice, &[1]);
    untrue.proposal.text = "reminder-1.neutral".into();
    let judged = guard(vec![allowed(untrue), reminder()]);
    assert_eq!(stops(&judged), [Some("host.text-does-not-fit"), None]);
}

#[test]
fn flow_16_a_formal_notice_that_a_person_rejected_silences_only_its_own_items() {
    let both = || {
        vec![
            allowed(guarded(Level::FormalNotice, &[1])),
            allowed(guarded(Level::Reminder1, &[2])),
        ]
    };
    let facts = account();
    let tenant = TenantId(Uuid::from_u128(3));
    let made =
        |guarded: &[Guarded]| new_actions(tenant, debtor(), &snapshot_of(&facts), guarded, "", 0).unwrap();
    let notice = made(&guard(both()))[0].id;
    let rejected = Rejected {
        tenant,
        actions: vec![notice],
    };
    let judged = guard_after(Some(&rejected), both());
    assert_eq!(stops(&judged), [None, None], "the reminder goes");
    assert_eq!(
        made(&judged)[0].id,
        notice,
        "what was rejected comes to the same action, which rests"
    );
    // Of another invoice nothing was rejected.
    let another = vec![
        allowed(guarded(Level::FormalNotice, &[3])),
        allowed(guarded(Level::Reminder1, &[2])),
    ];
    let judged = guard_after(Some(&rejected), another);
    assert_eq!(stops(&judged), [None, Some("host.waits-for-what-stands-alone")]);
}

#[test]
fn what_is_stopped_for_itself_joins_nothing() {
    let untrue = guarded(Level::Reminder2, &[2]);
    let judged = guard(vec![allowed(untrue), allowed(guarded(Level::Reminder1, &[3]))]);
    assert_eq!(stops(&judged), [Some("host.no-earlier-reminder"), None]);
    assert_eq!(judged[1].items, [item(3)]);
}

fn task(code: &str, items: &[u128]) -> (Guarded, Answer) {
    let mut task = guarded(Level::None, items);
    task.proposal.kind = ActionKind::Task;
    task.proposal.particulars = Particulars::Task(code.into());
    allowed(task)
}

#[test]
fn work_of_one_kind_is_one_task_and_there_is_never_too_much_of_it() {
    let codes = ["a", "b", "a", "c", "d", "b", "e"];
    let items = [1, 2, 3, 4, 1, 2, 3];
    let tasks = codes.iter().zip(items).map(|(code, on)| task(code, &[on]));
    let judged = guard(tasks.collect());
    let enough = Some("host.enough-work");
    assert_eq!(
        stops(&judged),
        [None, None, None, enough, enough],
        "a, b, c, then d and e"
    );
    assert_eq!(judged[0].items, [item(1), item(3)]);
    assert_eq!(judged[0].proposal.items, [0, 2]);
    assert_eq!(judged[1].items, [item(2)], "an item once");
    assert!(passes(&reason("enough-work", vec![])));
}

#[test]
fn a_step_done_is_known_for_each_level() {
    let judged = guard(vec![
        allowed(guarded(Level::Reminder2, &[1])),
        allowed(guarded(Level::Reminder1, &[2, 3])),
    ]);
    let mut facts = account();
    let done = steps_done(
        ActionId::derived(Uuid::nil(), "joined"),
        &judged[0],
        &snapshot_of(&facts),
        Day(TODAY.0),
        Moment(0),
    );
    facts.extend(done);
    let snapshot = snapshot_of(&facts);
    let level = |number| snapshot.item(item(number)).unwrap().last_level;
    assert_eq!(
        [1, 2, 3, 4].map(level),
        [Level::Reminder2, Level::Reminder1, Level::Reminder1, Level::None]
    );
}
