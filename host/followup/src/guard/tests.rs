use maan_ledger::{ActionId, Body, Currency, LegalSituation, LegalStatus, Level, Moment, Money};
use uuid::Uuid;

use super::*;
use crate::samples::{
    TODAY, amendment, contacted, guarded, invoice, item, known, registers_are_clean, snapshot_of, story,
};
use crate::send::steps_done;

fn rule(facts: &[maan_ledger::Fact], guarded: &Guarded) -> Option<String> {
    host_rule(&snapshot_of(facts), guarded).map(|reason| reason.code)
}

#[test]
fn a_lawful_first_reminder_is_not_stopped() {
    assert_eq!(rule(&story(), &guarded(Level::Reminder1, &[1])), None);
}

#[test]
fn one_message_asks_in_one_currency() {
    let mut facts = story();
    facts.push(known(invoice(2, Money::new(5_000, Currency::GBP))));
    let stopped = rule(&facts, &guarded(Level::Reminder1, &[1, 2]));
    assert_eq!(stopped.as_deref(), Some("host.several-currencies"));
}

#[test]
fn who_was_contacted_today_is_not_contacted_again_and_that_passes() {
    let mut facts = story();
    facts.push(contacted());
    facts.extend(registers_are_clean());
    let stopped = host_rule(&snapshot_of(&facts), &guarded(Level::Reminder1, &[1])).unwrap();
    assert_eq!(stopped.code, "host.already-contacted-today");
    assert!(passes(&stopped));
    assert_eq!(
        rule(&facts, &guarded(Level::HandOver, &[1])),
        None,
        "a hand-over reaches another"
    );
}

/// A message that went out some days ago.
fn wrote(days_ago: i32, kind: ActionKind, level: Level) -> maan_ledger::Fact {
    let sent = Guarded {
        proposal: Proposal {
            kind,
            ..guarded(level, &[1]).proposal
        },
        ..guarded(level, &[1])
    };
    let facts = story();
    let on = TODAY.plus(-days_ago);
    steps_done(ActionId(Uuid::nil()), &sent, &snapshot_of(&facts), on, Moment(0)).remove(0)
}

fn with(past: &[maan_ledger::Fact]) -> Vec<maan_ledger::Fact> {
    [story(), past.to_vec()].concat()
}

/// A message of a level, or of none, with another text.
fn saying(kind: ActionKind, level: Level, text: &str) -> Guarded {
    let mut one = guarded(level, &[1]);
    (one.proposal.kind, one.proposal.text) = (kind, text.into());
    one
}

#[test]
fn no_text_says_more_than_its_level() {
    use ActionKind::{
        CheckIn, DiscountOffer, ExtensionOffer, Message, PlanOffer, StatementOfAccount, Thanks,
    };
    for (kind, level, text) in [
        (Message, Level::None, "last-reminder.firm"),
        (Message, Level::None, "call.neutral"),
        (Message, Level::None, "thanks.friendly"),
        (Thanks, Level::None, "reminder-1.friendly"),
        (Message, Level::Notice1, "formal-notice.neutral"),
        (Message, Level::Reminder1, "reminder-2.neutral"),
        (Message, Level::Reminder1, "reminder-1x.neutral"),
        (Message, Level::Reminder1, ""),
    ] {
        let stopped = rule(&story(), &saying(kind, level, text));
        assert_eq!(
            stopped.as_deref(),
            Some("host.text-does-not-fit"),
            "{level:?} {text}"
        );
    }
    for (kind, level, text) in [
        (Message, Level::None, "plan-missed.understanding"),
        (Message, Level::Notice3, "notice-today.friendly"),
        (Message, Level::Call1, "call.friendly"),
        (Thanks, Level::None, "thanks.friendly"),
        (CheckIn, Level::None, "check-in.friendly"),
        (PlanOffer, Level::None, "plan-offer.understanding"),
        (ExtensionOffer, Level::None, "extension-offer.friendly"),
        (DiscountOffer, Level::None, "discount-offer.friendly"),
        (StatementOfAccount, Level::None, "statement-of-account.neutral"),
    ] {
        assert_eq!(
            rule(&story(), &saying(kind, level, text)),
            None,
            "{level:?} {text}"
        );
    }
}

#[test]
fn a_message_without_a_level_is_no_way_around_the_rules_on_pressing() {
    let missed = saying(ActionKind::Message, Level::None, "plan-missed.neutral");
    let mut about_nothing = missed.clone();
    about_nothing.items.clear();
    assert_eq!(rule(&story(), &about_nothing).as_deref(), Some("host.no-items"));
    let status = LegalStatus {
        situation: LegalSituation::Bankruptcy,
        since: TODAY.plus(-3),
        until: None,
        source: String::new(),
        file_claim_by: None,
    };
    let bankrupt = with(&[known(Body::LegalStatusRecorded(status))]);
    assert_eq!(rule(&bankrupt, &missed).as_deref(), Some("host.legal-stop"));
}

#[test]
fn messages_keep_their_distance() {
    use ActionKind::{CheckIn, Message, PlanOffer, Thanks};
    let lately = Some("host.contacted-lately".to_owned());
    let missed = saying(Message, Level::None, "plan-missed.neutral");
    let (first, second, thanks) = (
        guarded(Level::Reminder1, &[1]),
        guarded(Level::Reminder2, &[1]),
        saying(Thanks, Level::None, "thanks.neutral"),
    );
    for (one, days_ago, kind, level, stopped) in [
        (&second, 1, Message, Level::Reminder1, true),
        (&second, 2, Message, Level::Reminder1, false),
        (&first, 1, Message, Level::Notice3, false),
        (&first, 1, PlanOffer, Level::None, true),
        (&missed, 6, Message, Level::None, true),
        (&missed, 7, Message, Level::None, false),
        (&thanks, 6, Thanks, Level::None, true),
        (&thanks, 6, CheckIn, Level::None, false),
        (&thanks, 1, Message, Level::Reminder1, true),
    ] {
        let facts = with(&[wrote(days_ago, kind, level)]);
        let expected = lately.clone().filter(|_| stopped);
        assert_eq!(
            rule(&facts, one),
            expected,
            "{days_ago} days after {kind:?} {level:?}"
        );
    }
    let daily = with(&[wrote(1, Message, Level::Notice2)]);
    assert_eq!(rule(&daily, &guarded(Level::Notice3, &[1])), None);
    assert!(passes(&reason("contacted-lately", vec![])));
    let mut monday = second;
    monday.proposal.earliest = TODAY.plus(1).0;
    let facts = with(&[wrote(1, Message, Level::Reminder1)]);
    assert_eq!(rule(&facts, &monday), None, "it leaves only then");
}

#[test]
fn a_last_reminder_comes_after_a_reminder_or_a_call() {
    let last = guarded(Level::LastReminder, &[1]);
    let untrue = Some("host.no-earlier-reminder");
    assert_eq!(rule(&story(), &last).as_deref(), untrue);
    let noticed = with(&[wrote(40, ActionKind::Message, Level::Notice1)]);
    assert_eq!(rule(&noticed, &last).as_deref(), untrue);
    for level in [Level::Reminder1, Level::Call1] {
        assert_eq!(rule(&with(&[wrote(9, ActionKind::Message, level)]), &last), None);
    }
}

#[test]
fn a_second_reminder_follows_a_first_and_a_third_a_second() {
    let (second, third) = (guarded(Level::Reminder2, &[1]), guarded(Level::Reminder3, &[1]));
    let untrue = Some("host.no-earlier-reminder");
    let after = |level| with(&[wrote(9, ActionKind::Message, level)]);
    assert_eq!(rule(&story(), &second).as_deref(), untrue);
    assert_eq!(rule(&after(Level::Notice3), &second).as_deref(), untrue);
    assert_eq!(rule(&after(Level::Reminder1), &second), None);
    assert_eq!(rule(&after(Level::Reminder1), &third).as_deref(), untrue);
    assert_eq!(rule(&after(Level::Reminder2), &third), None);
}

#[test]
fn a_hand_over_is_announced_late_and_with_time_to_pay() {
    let mut reminded = with(&[wrote(9, ActionKind::Message, Level::Reminder1)]);
    reminded.extend(registers_are_clean());
    let announcing = |level, announced, days: Option<i32>| {
        let mut one = guarded(level, &[1]);
        one.proposal.announces = views::level(announced);
        one.proposal.deadline = days.map(|days| TODAY.plus(days).0);
        rule(&reminded, &one)
    };
    let too_soon = Some("host.hand-over-announced-too-soon".to_owned());
    let does_not_follow = Some("host.announces-what-does-not-follow".to_owned());
    assert_eq!(announcing(Level::LastReminder, Level::HandOver, Some(3)), None);
    assert_eq!(announcing(Level::FormalNotice, Level::HandOver, Some(16)), None);
    assert_eq!(
        announcing(Level::LastReminder, Level::HandOver, Some(2)),
        too_soon
    );
    assert_eq!(announcing(Level::LastReminder, Level::HandOver, None), too_soon);
    assert_eq!(announcing(Level::Reminder2, Level::HandOver, Some(30)), too_soon);
    assert_eq!(announcing(Level::Reminder2, Level::Call1, None), None);
    assert_eq!(announcing(Level::Call1, Level::Reminder2, None), does_not_follow);
    let mut thanks = saying(ActionKind::Thanks, Level::None, "thanks.neutral");
    thanks.proposal.announces = views::level(Level::Call1);
    assert_eq!(rule(&reminded, &thanks), does_not_follow);
}

#[test]
fn what_the_law_raises_announces_only_what_still_follows() {
    let mut last = guarded(Level::LastReminder, &[1]).proposal;
    last.announces = views::level(Level::FormalNotice);
    let raise = Amendment {
        level: Some(views::level(Level::FormalNotice)),
        ..amendment()
    };
    let raised = apply(&[item(1)], last, Answer::Amend(raise)).proposal;
    assert_eq!(raised.text, "formal-notice.neutral");
    assert_eq!(level_of(raised.announces), Level::None);
}

mod joining;
