//! Offers, ends, answers, reports and courtesy: each with its switch.

use crate::common::{actions, level, only, preset, reasons, rejections, silent_until, tasks};
use maan_policy::Workflow;
use maan_policy::actions::{ActionKind, Automation, HandOverTo, Particulars};
use maan_policy::slots::PlanOfAction;
use maan_policy::testkit::{Case, Invoice, case, eur, on};
use maan_policy::types::*;
use maan_policy_workflow::{Date, SegmentFlow, Settings, Step, Trigger};

fn decide(name: &str, change: impl FnOnce(&mut Settings), case: &Case) -> PlanOfAction {
    preset(name, change)
        .decide(&case.context, &case.workflow())
        .unwrap()
}

/// One invoice of € 1,210, due on Thursday 2026-10-01.
fn one(today: &str, more: impl FnOnce(Invoice) -> Invoice) -> Case {
    case(today).invoice(|i| more(i.due("2026-10-01").open(eur("1210.00"))))
}

/// The last deadline has passed.
fn at_the_end(today: &str) -> Case {
    one(today, |i| {
        i.done_with_deadline(Level::LastReminder, "2026-10-20", "2026-10-28")
    })
}

#[test]
fn flow_4_the_way_that_brings_in_most_is_proposed_for_who_will_not_pay() {
    let mut will_not = at_the_end("2026-11-02").willing(Willingness::WillNot);
    let unknown = decide("result", |_| {}, &will_not);
    assert_eq!(
        (actions(&unknown).len(), tasks(&unknown)),
        (0, vec!["court-chance"])
    );
    assert_eq!(rejections(&unknown), ["chance-unknown"]);

    // 900 per mille of 1,210 less 500 and a tenth of the claim.
    will_not.in_force.court_chance = Some(900);
    let court = decide("result", |_| {}, &will_not);
    assert_eq!(only(&court).particulars, Particulars::HandOver(HandOverTo::Court));
    let expected = Argument::Amount(Amount {
        minor: eur("468.00"),
        currency: 978,
    });
    assert!(
        only(&court)
            .reasons
            .iter()
            .any(|why| why.code == "way-court" && why.arguments == [expected.clone()])
    );

    will_not.in_force.court_chance = Some(400);
    let loss = decide("result", |_| {}, &will_not);
    assert_eq!(
        (only(&loss).kind, only(&loss).level),
        (ActionKind::WriteOff, Level::WriteOff)
    );
    let plan = decide(
        "result",
        |settings| settings.outcome.plan_share = Some(300),
        &will_not,
    );
    assert_eq!(only(&plan).kind, ActionKind::PlanOffer);
    let agency = decide(
        "result",
        |settings| settings.outcome.agency_share = Some(500),
        &will_not,
    );
    assert_eq!(
        only(&agency).particulars,
        Particulars::HandOver(HandOverTo::Agency)
    );
}

#[test]
fn flow_4_after_somebody_looked_the_case_goes_on_without_a_chance() {
    let looked = case("2026-11-10").willing(Willingness::WillNot).invoice(|i| {
        i.due("2026-10-01")
            .open(eur("1210.00"))
            .done_with_deadline(Level::LastReminder, "2026-10-20", "2026-10-28")
            .worked_on("2026-11-05")
    });
    assert_eq!(
        only(&decide("result", |_| {}, &looked)).kind,
        ActionKind::HandOver
    );
}

#[test]
fn flow_9_offers_come_twice_then_a_very_long_plan_then_a_person() {
    let offered = |today, offers: &[&str]| {
        case(today).willing(Willingness::Cannot).invoice(|i| {
            let i = i
                .due("2026-08-01")
                .open(eur("2400.00"))
                .done(Level::Call1, "2026-08-20");
            offers.iter().fold(i, |i, offer| i.offered(offer))
        })
    };
    let most = |plan: &PlanOfAction| match only(plan).particulars {
        Particulars::Plan(bounds) => bounds.max_instalments,
        _ => 0,
    };
    let plan = decide("process", |_| {}, &offered("2026-10-01", &["2026-09-01"]));
    assert_eq!(most(&plan), 12);
    let long = decide(
        "process",
        |_| {},
        &offered("2026-10-01", &["2026-09-01", "2026-09-15"]),
    );
    assert_eq!((most(&long), reasons(&long)), (60, vec!["long-plan"]));
    let none = decide(
        "process",
        |_| {},
        &offered("2026-10-01", &["2026-08-21", "2026-09-01", "2026-09-15"]),
    );
    assert_eq!((actions(&none).len(), tasks(&none)), (0, vec!["decide-end"]));
}

#[test]
fn flow_9_bounds_follow_amount_history_and_segment() {
    let bounds =
        |case: &Case, change: fn(&mut Settings)| match only(&decide("process", change, case)).particulars {
            Particulars::Plan(bounds) => (bounds.max_instalments, bounds.min_instalment),
            _ => (0, 0),
        };
    let mut cannot = one("2026-10-29", |i| i.done(Level::Call1, "2026-10-22")).willing(Willingness::Cannot);
    assert_eq!(bounds(&cannot, |_| {}), (12, 10_083));
    cannot.behaviour.promises_broken = 2;
    assert_eq!(bounds(&cannot, |_| {}), (6, 20_166));
    cannot.segment = "key-account".into();
    let own = |settings: &mut Settings| {
        settings.plans.max_by_segment.insert("key-account".into(), 4);
    };
    assert_eq!(bounds(&cannot, own), (2, 60_500));
}

#[test]
fn a_missed_instalment_is_asked_for_once_and_then_a_person_ends_the_plan() {
    let instalments = [("2026-11-01", eur("605")), ("2026-12-01", eur("605"))];
    let slipping = |today, more: fn(Invoice) -> Invoice| {
        let mut case = one(today, |i| more(i.done(Level::Reminder2, "2026-10-07")));
        case = case.plan(&[0], &instalments, 0, eur("605"));
        case.plans[0].agreed_on = on("2026-10-10");
        case.reachable(Channel::Phone)
    };
    let asked = decide("strict", |_| {}, &slipping("2026-11-04", |i| i));
    assert_eq!(only(&asked).text, "plan-missed.understanding");
    silent_until(
        &decide(
            "strict",
            |_| {},
            &slipping("2026-11-06", |i| i.offered("2026-11-04")),
        ),
        "2026-11-13",
    );
    let slipped = slipping("2026-11-13", |i| i.offered("2026-11-04"));
    let held = decide("strict", |_| {}, &slipped);
    assert_eq!(
        (actions(&held).len(), tasks(&held)),
        (0, vec!["end-plan"]),
        "a plan holds until it is ended"
    );
    let lapses = |settings: &mut Settings| {
        settings.report.before.clear();
        settings.plans.lapses = true;
    };
    let over = decide("strict", lapses, &slipped);
    assert_eq!(only(&over).level, Level::Call1);
    assert!(
        only(&over)
            .reasons
            .iter()
            .any(|reason| reason.code == "plan-over")
    );
}

#[test]
fn flow_12_a_plan_on_the_whole_account_covers_what_was_there() {
    let mut whole = one("2026-10-20", |i| i).plan(&[], &[("2026-11-20", eur("1210"))], 0, 0);
    whole.plans[0].agreed_on = on("2026-10-10");
    assert!(actions(&decide("strict", |_| {}, &whole)).is_empty());
    let bought_later = whole.invoice(|i| i.issued("2026-10-12").open(eur("90")));
    assert_eq!(
        decide("strict", |_| {}, &bought_later).next_look,
        on("2026-10-23")
    );
}

#[test]
fn flow_13_what_is_too_small_to_hand_over_is_proposed_for_write_off_with_its_cost() {
    let mut small = case("2026-11-02").invoice(|i| {
        i.due("2026-10-01").open(eur("30")).done_with_deadline(
            Level::LastReminder,
            "2026-10-20",
            "2026-10-28",
        )
    });
    small.costs.push(Cost {
        level: Level::Call1,
        on: on("2026-10-15"),
        amount: eur("8"),
    });
    let plan = decide("process", |_| {}, &small);
    assert_eq!(only(&plan).kind, ActionKind::WriteOff);
    assert!(
        only(&plan)
            .reasons
            .iter()
            .any(|reason| reason.code == "cost-made")
    );
    let asked = decide(
        "process",
        |settings| settings.outcome.write_off_small = false,
        &small,
    );
    assert_eq!(tasks(&asked), ["decide-end"]);
}

#[test]
fn mon_1_a_returned_debit_acts_by_its_code() {
    let returned = |code| {
        one("2026-10-03", |i| {
            i.returned_debit("2026-10-01", code, "2026-10-03")
        })
    };
    let no_funds = decide("strict", |_| {}, &returned("AM04"));
    assert_eq!((level(&no_funds), tasks(&no_funds)), (Level::Reminder1, vec![]));
    for (code, task) in [("MD06", "debit-disputed"), ("AC04", "new-mandate")] {
        let plan = decide("strict", |_| {}, &returned(code));
        assert_eq!((actions(&plan).len(), tasks(&plan)), (0, vec![task]), "{code}");
    }
    let unheard = decide("strict", |_| {}, &returned("ZZ99"));
    assert_eq!(tasks(&unheard), ["debit-returned"]);
}

#[test]
fn com_5_an_answer_is_looked_into_first() {
    for (outcome, task) in [
        (ContactOutcome::NotReceived, "send-copy"),
        (ContactOutcome::PaidAlready, "find-payment"),
        (ContactOutcome::Disputes, "record-dispute"),
    ] {
        let said =
            one("2026-10-07", |i| i.done(Level::Reminder1, "2026-10-04")).contact("2026-10-06", outcome);
        let plan = decide("strict", |_| {}, &said);
        assert_eq!((actions(&plan).len(), tasks(&plan)), (0, vec![task]));
    }
    let third = one("2026-10-07", |i| i.done(Level::Reminder1, "2026-10-04"))
        .contact("2026-10-06", ContactOutcome::ThirdParty);
    assert_eq!(
        tasks(&decide("strict", |_| {}, &third)),
        ["find-decider"],
        "a third party is no contact"
    );
}

#[test]
fn a_task_that_somebody_did_does_not_come_back() {
    let said = |more: fn(Invoice) -> Invoice| {
        one("2026-10-07", |i| more(i.done(Level::Reminder1, "2026-10-04")))
            .contact("2026-10-06", ContactOutcome::NotReceived)
    };
    assert_eq!(tasks(&decide("strict", |_| {}, &said(|i| i))), ["send-copy"]);
    assert!(
        decide("strict", |_| {}, &said(|i| i.worked_on("2026-10-06")))
            .proposals
            .is_empty()
    );
}

#[test]
fn prev_8_a_report_is_ordered_ahead_and_a_call_waits_for_it_some_days() {
    let late = |today| one(today, |i| i.done(Level::Reminder2, "2026-10-07")).reachable(Channel::Phone);
    let ahead = decide("strict", |_| {}, &late("2026-10-08"));
    assert_eq!(only(&ahead).kind, ActionKind::OrderReport);
    let waits = decide("strict", |_| {}, &late("2026-10-12"));
    assert_eq!(
        (only(&waits).kind, waits.next_look),
        (ActionKind::OrderReport, on("2026-10-14"))
    );
    let goes = decide("strict", |_| {}, &late("2026-10-14"));
    assert_eq!(level(&goes), Level::Call1);
    let told = decide(
        "strict",
        |_| {},
        &late("2026-10-12").report(ReportAnswer::Present, Some(300), None),
    );
    assert!(matches!(&only(&told).particulars, Particulars::Call(guide) if guide.goal == "goal.security"));
    let consumer = decide("strict", |_| {}, &late("2026-10-12").consumer("NL"));
    assert_eq!(
        only(&consumer).kind,
        ActionKind::Call,
        "natural persons are not reported on"
    );
}

#[test]
fn law_1_before_a_hand_over_no_answer_means_wait() {
    let hand_over = |settings: &mut Settings| settings.report.before = vec![Level::HandOver];
    let silent = at_the_end("2026-12-10").report(ReportAnswer::NoAnswer, None, None);
    let plan = decide("process", hand_over, &silent);
    assert!(
        plan.proposals
            .iter()
            .all(|one| one.kind == ActionKind::OrderReport),
        "{plan:#?}"
    );
    let found = at_the_end("2026-12-10").report(ReportAnswer::NotFound, None, None);
    assert_eq!(level(&decide("process", hand_over, &found)), Level::HandOver);
}

#[test]
fn prev_6_a_good_customer_is_checked_in_with() {
    let quiet = |today| {
        let mut case = case(today).segment("good-payer").paid_on_time(6);
        case.last_contact = Some(on("2026-06-01"));
        case
    };
    silent_until(&decide("proactive", |_| {}, &quiet("2026-09-01")), "2026-09-29");
    let plan = decide("proactive", |_| {}, &quiet("2026-09-29"));
    assert_eq!(
        (only(&plan).kind, only(&plan).automation),
        (ActionKind::CheckIn, Automation::Approve)
    );
    let by_phone = decide("personal", |_| {}, &quiet("2026-12-01").reachable(Channel::Phone));
    assert_eq!(only(&by_phone).channel, Channel::Phone);
    let gone = case("2027-09-29").segment("good-payer");
    assert!(
        decide("proactive", |_| {}, &gone).proposals.is_empty(),
        "who buys nothing is left alone"
    );
}

#[test]
fn thanks_follow_a_payment_that_a_message_brought() {
    let paid = |contact: &str| {
        let mut case = case("2026-10-12").paid("2026-10-01", "2026-10-10", eur("100"));
        case.last_contact = Some(on(contact));
        case
    };
    assert_eq!(
        only(&decide("personal", |_| {}, &paid("2026-10-08"))).kind,
        ActionKind::Thanks
    );
    assert!(
        actions(&decide("personal", |_| {}, &paid("2026-10-11"))).is_empty(),
        "thanked already"
    );
    assert!(actions(&decide("process", |_| {}, &paid("2026-10-08"))).is_empty());
}

#[test]
fn flow_11_a_discount_is_offered_once_while_it_can_be_taken() {
    let fresh = |today, more: fn(Invoice) -> Invoice| {
        case(today)
            .segment("good-payer")
            .invoice(|i| more(i.issued("2026-10-01").open(eur("5000"))))
    };
    let mut open = fresh("2026-10-02", |i| i);
    open.items[0].due = on("2026-10-31");
    assert_eq!(
        only(&decide("proactive", |_| {}, &open)).particulars,
        Particulars::Discount((20, on("2026-10-09")))
    );
    let mut again = fresh("2026-10-05", |i| i.offered("2026-10-02"));
    again.items[0].due = on("2026-10-31");
    again.last_contact = Some(on("2026-10-02"));
    assert!(actions(&decide("proactive", |_| {}, &again)).is_empty());
    open = open.at("2026-10-09");
    open.last_contact = Some(on("2026-10-01"));
    assert!(
        actions(&decide("proactive", |_| {}, &open)).is_empty(),
        "too late to take it"
    );
}

#[test]
fn prev_7_the_last_notices_say_when_and_never_speak_untruth() {
    let text = |today: &str| {
        only(&decide("proactive", |_| {}, &one(today, |i| i)))
            .text
            .clone()
    };
    assert_eq!(text("2026-09-30"), "notice-tomorrow.neutral");
    assert_eq!(text("2026-10-01"), "notice-today.neutral");
    let plan = decide("proactive", |_| {}, &one("2026-09-30", |i| i));
    assert_eq!(
        (only(&plan).earliest, only(&plan).latest),
        (on("2026-09-30"), on("2026-09-30"))
    );
    assert_eq!(tasks(&plan), ["due-soon"], "the user is told too");
}

#[test]
fn a_segment_follows_its_own_flow_and_a_flow_can_rest() {
    let own = |settings: &mut Settings| {
        settings.flows.push(SegmentFlow {
            name: "patient".into(),
            segments: vec!["key-account".into()],
            steps: vec![Step::new(
                Level::Reminder1,
                Trigger::AfterDue(20),
                Automation::Person,
            )],
            paused_until: None,
        });
    };
    let key = one("2026-10-05", |i| i).segment("key-account");
    assert_eq!(decide("strict", own, &key).next_look, on("2026-10-21"));
    assert_eq!(
        level(&decide("strict", own, &one("2026-10-05", |i| i))),
        Level::Reminder1
    );
    let rests = |settings: &mut Settings| settings.paused_until = Some(Date(on("2026-10-20")));
    let plan = decide("strict", rests, &one("2026-10-05", |i| i));
    silent_until(&plan, "2026-10-21");
    assert_eq!(reasons(&plan), ["flow-paused"]);
}

#[test]
fn a_call_that_nobody_makes_silences_no_message() {
    let both = |today| {
        case(today)
            .reachable(Channel::Phone)
            .invoice(|i| {
                i.due("2026-08-20")
                    .open(eur("400"))
                    .done(Level::Reminder2, "2026-09-01")
            })
            .invoice(|i| i.due("2026-09-30").open(eur("300")))
    };
    let no_report = |settings: &mut Settings| settings.report.before.clear();
    let calls = decide("strict", no_report, &both("2026-10-05"));
    let levels: Vec<_> = actions(&calls).iter().map(|one| (one.kind, one.level)).collect();
    assert_eq!(
        levels,
        [
            (ActionKind::Call, Level::Call1),
            (ActionKind::Message, Level::Reminder1)
        ]
    );
}

#[test]
fn the_last_reminder_takes_others_along_but_a_letter_with_legal_effect_none() {
    let both = || {
        case("2026-10-20")
            .invoice(|i| {
                i.due("2026-08-20")
                    .open(eur("400"))
                    .done(Level::Call1, "2026-09-10")
            })
            .invoice(|i| i.due("2026-10-10").open(eur("300")))
    };
    let proposed = |case: &Case| {
        let plan = decide("strict", |_| {}, case);
        let levels: Vec<_> = actions(&plan)
            .iter()
            .map(|one| (one.level, one.items.clone()))
            .collect();
        (levels, rejections(&plan).contains(&"one-conversation"))
    };
    let joined = vec![(Level::LastReminder, vec![0]), (Level::Reminder1, vec![1])];
    assert_eq!(proposed(&both()), (joined, false));
    // Beside the letter that stands alone the reminder is a message of its own, with its own deadline and text.
    let apart = decide("strict", |_| {}, &both().consumer("NL"));
    let [letter, reminder] = actions(&apart)[..] else {
        panic!("{apart:#?}")
    };
    assert_eq!((letter.level, &letter.items), (Level::FormalNotice, &vec![0]));
    assert_eq!((reminder.level, &reminder.items), (Level::Reminder1, &vec![1]));
    assert_ne!(reminder.deadline, letter.deadline);
}

#[test]
fn flow_16_beside_a_letter_that_stands_alone_reminders_are_proposed_and_calls_wait() {
    let three = case("2026-10-20")
        .consumer("NL")
        .invoice(|i| {
            i.due("2026-08-20")
                .open(eur("400"))
                .done(Level::Call1, "2026-09-10")
        })
        .invoice(|i| {
            i.due("2026-09-20")
                .open(eur("200"))
                .done(Level::Reminder2, "2026-09-28")
        })
        .invoice(|i| {
            i.due("2026-10-10")
                .open(eur("300"))
                .done(Level::Reminder1, "2026-10-13")
        })
        .invoice(|i| i.due("2026-10-12").open(eur("100")));
    let no_report = |settings: &mut Settings| settings.report.before.clear();
    let plan = decide("strict", no_report, &three);
    let levels: Vec<_> = actions(&plan)
        .iter()
        .map(|one| (one.level, one.items.clone()))
        .collect();
    assert_eq!(
        levels,
        [
            (Level::FormalNotice, vec![0]),
            (Level::Reminder2, vec![2]),
            (Level::Reminder1, vec![3])
        ]
    );
    assert_eq!(rejections(&plan), ["one-conversation"]);
}

#[test]
fn one_message_holds_one_currency() {
    let two = case("2026-10-20")
        .invoice(|i| i.due("2026-10-01").open(eur("400")))
        .invoice(|i| i.due("2026-10-02").open(eur("300")).currency(840));
    assert_eq!(only(&decide("strict", |_| {}, &two)).items, [0]);
}

#[test]
fn after_the_last_step_a_person_chooses_the_end() {
    let ended = |today| one(today, |i| i.done(Level::HandOver, "2026-10-20"));
    assert_eq!(
        reasons(&decide("strict", |_| {}, &ended("2026-11-10"))),
        ["handed-over"]
    );
    let no_end = |settings: &mut Settings| {
        settings.steps.pop();
        settings.steps.last_mut().unwrap().announces_next = false;
    };
    let last = |today| one(today, |i| i.done(Level::LastReminder, "2026-10-20"));
    silent_until(&decide("strict", no_end, &last("2026-10-25")), "2026-11-03");
    assert_eq!(
        tasks(&decide("strict", no_end, &last("2026-11-03"))),
        ["decide-end"]
    );
}
