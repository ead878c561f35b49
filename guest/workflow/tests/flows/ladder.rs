//! The flow itself: which step, when, in which words.

use crate::common::{actions, level, only, preset, process, silent_until, strict};
use maan_policy::actions::{ActionKind, Automation, HandOverTo, Particulars, Tone};
use maan_policy::testkit::{Case, case, eur, on};
use maan_policy::types::{Channel, Level, Willingness};
use maan_policy::{MajorAmount, Workflow};
use maan_policy_workflow::{Step, Trigger};

/// One invoice of € 1,210, due on Thursday 2026-10-01.
fn one(today: &str) -> Case {
    case(today)
        .segment("occasional-late")
        .invoice(|i| i.due("2026-10-01").open(eur("1210.00")))
}

fn after(today: &str, done: Level, on: &str) -> Case {
    case(today)
        .segment("occasional-late")
        .invoice(|i| i.due("2026-10-01").open(eur("1210.00")).done(done, on))
}

#[test]
fn flow_2_strict_reminds_on_day_3_and_day_6() {
    silent_until(&strict(&one("2026-10-02")), "2026-10-04");
    let monday = strict(&one("2026-10-05"));
    assert_eq!(
        (only(&monday).level, only(&monday).automation),
        (Level::Reminder1, Automation::Automatic)
    );
    let second = strict(&after("2026-10-07", Level::Reminder1, "2026-10-04"));
    assert_eq!(only(&second).level, Level::Reminder2);
}

#[test]
fn flow_2_both_offsets_are_settings() {
    let policy = preset("strict", |settings| {
        settings.steps[0].when = maan_policy_workflow::Trigger::AfterDue(10);
    });
    let early = one("2026-10-09");
    let due = one("2026-10-12");
    assert!(actions(&policy.decide(&early.context, &early.workflow()).unwrap()).is_empty());
    assert_eq!(
        level(&policy.decide(&due.context, &due.workflow()).unwrap()),
        Level::Reminder1
    );
}

#[test]
fn flow_3_process_reminds_after_14_days_calls_7_later_then_announces_the_hand_over() {
    silent_until(&process(&one("2026-10-02")), "2026-10-15");
    assert_eq!(only(&process(&one("2026-10-15"))).level, Level::Reminder1);

    silent_until(
        &process(&after("2026-10-21", Level::Reminder1, "2026-10-15")),
        "2026-10-22",
    );
    let called = case("2026-10-22").reachable(Channel::Phone).invoice(|i| {
        i.due("2026-10-01")
            .open(eur("1210.00"))
            .done(Level::Reminder1, "2026-10-15")
    });
    let plan = process(&called);
    let call = only(&plan);
    assert_eq!(
        (call.kind, call.channel, call.automation),
        (ActionKind::Call, Channel::Phone, Automation::Person)
    );
    assert!(matches!(&call.particulars, Particulars::Call(guide) if !guide.questions.is_empty()));

    let plan = process(&after("2026-10-29", Level::Call1, "2026-10-22"));
    let last = only(&plan);
    assert_eq!(
        (last.level, last.announces),
        (Level::LastReminder, Level::HandOver)
    );
    assert_eq!(last.deadline, Some(last.earliest + 8));

    let handed = case("2026-11-10").invoice(|i| {
        i.due("2026-10-01").open(eur("1210.00")).done_with_deadline(
            Level::LastReminder,
            "2026-10-29",
            "2026-11-06",
        )
    });
    let plan = process(&handed);
    assert_eq!(only(&plan).particulars, Particulars::HandOver(HandOverTo::Agency));
    assert_eq!(only(&plan).automation, Automation::Person);
}

#[test]
fn flow_3_the_30_day_form_calls_14_days_later() {
    let policy = preset("process-30", |_| {});
    let decide = |case: Case| policy.decide(&case.context, &case.workflow()).unwrap();
    silent_until(&decide(one("2026-10-15")), "2026-10-31");
    assert_eq!(level(&decide(one("2026-11-02"))), Level::Reminder1);
    silent_until(
        &decide(after("2026-11-10", Level::Reminder1, "2026-11-02")),
        "2026-11-16",
    );
}

#[test]
fn prev_7_a_notice_goes_a_week_before_and_lapses_with_the_due_date() {
    silent_until(&process(&one("2026-09-22")), "2026-09-24");
    let plan = process(&one("2026-09-24"));
    let notice = only(&plan);
    assert_eq!((notice.level, notice.latest), (Level::Notice1, on("2026-09-29")));
    assert_eq!(
        only(&process(&one("2026-09-30"))).latest,
        on("2026-09-30"),
        "a run that did not happen is caught up"
    );
    assert!(
        actions(&process(&one("2026-10-01"))).is_empty(),
        "on the due date it has lapsed"
    );
    assert!(actions(&process(&after("2026-09-28", Level::Notice1, "2026-09-24"))).is_empty());
}

#[test]
fn prev_7_of_several_notices_only_the_latest_goes() {
    let policy = preset("process", |settings| {
        let day_before = maan_policy_workflow::Trigger::BeforeDue(1);
        let notice = maan_policy_workflow::Step::new(Level::Notice2, day_before, Automation::Automatic);
        settings.steps.insert(1, notice);
    });
    let case = one("2026-09-30");
    assert_eq!(
        only(&policy.decide(&case.context, &case.workflow()).unwrap()).level,
        Level::Notice2
    );
}

#[test]
fn three_weeks_without_a_run_give_one_message_at_the_first_level() {
    let plan = strict(&one("2026-10-23"));
    assert_eq!(only(&plan).level, Level::Reminder1);
    let next_day = case("2026-10-26").invoice(|i| {
        i.due("2026-10-01")
            .open(eur("1210.00"))
            .done(Level::Reminder1, "2026-10-23")
    });
    assert_eq!(
        level(&strict(&next_day)),
        Level::Reminder2,
        "the wait is the gap of the flow, from the day it was done"
    );
    let same_day = after("2026-10-24", Level::Reminder1, "2026-10-23");
    silent_until(&strict(&same_day), "2026-10-26");
}

#[test]
fn no_level_is_skipped_of_which_a_later_text_speaks() {
    let policy = preset("strict", |settings| {
        settings.skip_levels = true;
        settings.report.before.clear();
        settings.steps.insert(
            2,
            Step::new(Level::Reminder3, Trigger::AfterDue(9), Automation::Automatic),
        );
        settings.steps[3].when = Trigger::AfterDue(12);
    });
    let level = |today, last: Option<Level>| {
        let case = match last {
            None => one(today),
            Some(last) => after(today, last, "2026-10-13"),
        };
        only(&policy.decide(&case.context, &case.workflow()).unwrap()).level
    };
    assert_eq!(
        level("2026-10-12", None),
        Level::Reminder1,
        "a second reminder speaks of a first"
    );
    assert_eq!(level("2026-10-23", None), Level::Call1);
    assert_eq!(level("2026-10-23", Some(Level::Reminder1)), Level::Call1);
}

#[test]
fn one_message_lists_all_items_at_its_level() {
    let plan = strict(
        &case("2026-10-23")
            .invoice(|i| i.due("2026-10-01").open(eur("10")))
            .invoice(|i| i.due("2026-10-10").open(eur("20")))
            .invoice(|i| i.due("2026-10-22").open(eur("30"))),
    );
    assert_eq!(only(&plan).items, [0, 1]);
}

#[test]
fn the_highest_level_speaks_and_the_others_keep_theirs() {
    let plan = strict(
        &case("2026-10-23")
            .invoice(|i| {
                i.due("2026-10-01")
                    .open(eur("10"))
                    .done(Level::Reminder1, "2026-10-05")
            })
            .invoice(|i| i.due("2026-10-10").open(eur("20"))),
    );
    let [lead, joined] = actions(&plan)[..] else {
        panic!("{plan:#?}")
    };
    assert_eq!((lead.level, &lead.items[..]), (Level::Reminder2, &[0][..]));
    assert_eq!((joined.level, &joined.items[..]), (Level::Reminder1, &[1][..]));
    assert_eq!(
        (joined.channel, joined.earliest, joined.latest),
        (lead.channel, lead.earliest, lead.latest)
    );
}

#[test]
fn the_wait_counts_from_the_deadline_that_was_named() {
    let named = |today| {
        case(today).invoice(|i| {
            i.due("2026-10-01").open(eur("100")).done_with_deadline(
                Level::Reminder1,
                "2026-10-05",
                "2026-10-19",
            )
        })
    };
    silent_until(&strict(&named("2026-10-19")), "2026-10-20");
    assert_eq!(level(&strict(&named("2026-10-20"))), Level::Reminder2);
}

#[test]
fn between_two_messages_lies_the_minimum_interval() {
    let mut soon = one("2026-10-05");
    soon.last_contact = Some(on("2026-10-03"));
    let plan = strict(&soon);
    silent_until(&plan, "2026-10-06");
    assert_eq!(crate::common::reasons(&plan), ["too-soon"]);
}

#[test]
fn flow_10_an_extension_moves_the_due_day() {
    let mut extended = one("2026-10-20");
    extended.in_force.extension_until = Some(on("2026-10-25"));
    silent_until(&strict(&extended), "2026-10-28");
}

#[test]
fn a_dutch_consumer_gets_the_formal_notice_instead_of_a_last_reminder() {
    let consumer = |country| {
        case("2026-10-29").consumer(country).invoice(|i| {
            i.due("2026-10-01")
                .open(eur("1210.00"))
                .done(Level::Call1, "2026-10-22")
        })
    };
    let plan = process(&consumer("NL"));
    let notice = only(&plan);
    assert_eq!(
        (notice.level, notice.announces),
        (Level::FormalNotice, Level::HandOver)
    );
    assert!(notice.deadline.unwrap() >= notice.earliest + 16);
    assert_eq!(notice.text, "formal-notice.neutral");
    assert_eq!(level(&process(&consumer("BE"))), Level::LastReminder);
    let unknown = consumer("NL").kind(maan_policy::types::DebtorKind::Unknown, "NL");
    assert_eq!(
        level(&process(&unknown)),
        Level::FormalNotice,
        "who is unknown is protected as a consumer"
    );
}

#[test]
fn a_bare_last_reminder_of_before_is_followed_by_the_formal_notice_and_not_by_the_agency() {
    let consumer = case("2026-11-20").consumer("NL").invoice(|i| {
        i.due("2026-10-01").open(eur("1210.00")).done_with_deadline(
            Level::LastReminder,
            "2026-10-29",
            "2026-11-06",
        )
    });
    assert_eq!(level(&process(&consumer)), Level::FormalNotice);
}

#[test]
fn flow_16_only_a_step_that_will_come_is_announced() {
    let small = case("2026-10-29").invoice(|i| {
        i.due("2026-10-01")
            .open(eur("40"))
            .done(Level::Call1, "2026-10-22")
    });
    let plan = process(&small);
    assert_eq!(
        (only(&plan).level, only(&plan).announces),
        (Level::LastReminder, Level::None)
    );

    let kept = preset("process", |settings| {
        settings.steps.pop();
        settings.steps.last_mut().unwrap().announces_next = false;
    });
    let case = after("2026-10-29", Level::Call1, "2026-10-22");
    assert_eq!(
        only(&kept.decide(&case.context, &case.workflow()).unwrap()).announces,
        Level::None
    );
    assert!(!kept.terms_clause("en").text.contains("hand the claim over"));
    assert!(
        preset("process", |_| {})
            .terms_clause("en")
            .text
            .contains("hand the claim over")
    );
}

#[test]
fn flow_5_segment_and_step_set_who_acts() {
    assert_eq!(
        only(&strict(&one("2026-10-05").segment("key-account"))).automation,
        Automation::Approve
    );
    let mut complaint = one("2026-10-05");
    complaint.conversation.complaints_open = 1;
    assert_eq!(only(&strict(&complaint)).automation, Automation::Approve);
}

#[test]
fn seg_5_a_forgetter_gets_another_text_than_who_is_always_late() {
    assert_eq!(
        only(&strict(&one("2026-10-05").segment("forgetter"))).text,
        "reminder-1.understanding"
    );
    assert_eq!(
        only(&strict(&one("2026-10-05").segment("frequent-late"))).text,
        "reminder-1.firm"
    );
    assert_eq!(
        only(&strict(&one("2026-10-05").segment("a segment of one's own"))).text,
        "reminder-1.neutral"
    );
}

#[test]
fn com_3_a_recorded_situation_asks_for_understanding() {
    let ill = one("2026-10-05")
        .segment("frequent-late")
        .situation("income-loss", "2026-09-01");
    assert_eq!(only(&strict(&ill)).tone, Tone::Understanding);
}

#[test]
fn flow_9_who_cannot_pay_is_offered_a_plan_before_the_last_reminder() {
    let cannot = after("2026-10-29", Level::Call1, "2026-10-22").willing(Willingness::Cannot);
    let plan = process(&cannot);
    let offer = only(&plan);
    assert_eq!(
        (offer.kind, offer.level, offer.automation),
        (ActionKind::PlanOffer, Level::None, Automation::Approve)
    );
    assert!(matches!(&offer.particulars, Particulars::Plan(bounds) if bounds.max_instalments == 12));
    let offered = |today| {
        case(today).willing(Willingness::Cannot).invoice(|i| {
            i.due("2026-10-01")
                .open(eur("1210.00"))
                .done(Level::Call1, "2026-10-22")
                .offered("2026-10-29")
        })
    };
    silent_until(&process(&offered("2026-10-30")), "2026-11-12");
    assert_eq!(
        only(&process(&offered("2026-11-12"))).kind,
        ActionKind::PlanOffer,
        "it is made again"
    );
}

#[test]
fn a_step_leaves_on_a_working_day_within_office_hours() {
    let sunday = strict(&one("2026-10-04"));
    assert_eq!(only(&sunday).earliest, on("2026-10-05"));
    assert_eq!((only(&sunday).from_minute, only(&sunday).to_minute), (540, 1020));
}

#[test]
fn com_1_preference_leads_and_the_next_channel_is_taken_where_data_are_missing() {
    assert_eq!(only(&strict(&one("2026-10-05"))).channel, Channel::Email);
    assert_eq!(
        only(&strict(&one("2026-10-05").prefers(Channel::Letter))).channel,
        Channel::Letter
    );
    let mut broken = one("2026-10-05").prefers(Channel::Whatsapp);
    broken.reach.last_mut().unwrap().reachable = false;
    let plan = strict(&broken);
    assert_eq!(only(&plan).channel, Channel::Email);
    assert!(
        only(&plan)
            .reasons
            .iter()
            .any(|reason| reason.code == "preferred-channel-missing")
    );
}

#[test]
fn com_1_a_text_message_needs_consent() {
    let mut asked = one("2026-10-05").unreachable().reachable(Channel::Sms);
    assert_eq!(only(&strict(&asked)).channel, Channel::Sms);
    asked.reach[0].consent = maan_policy::types::Consent::NotAsked;
    let plan = strict(&asked);
    assert!(actions(&plan).is_empty());
    assert_eq!(crate::common::tasks(&plan), ["research-address"]);
}

#[test]
fn a_call_without_a_number_asks_in_writing_for_contact() {
    let plan = process(&after("2026-10-22", Level::Reminder1, "2026-10-15"));
    assert_eq!(
        (only(&plan).kind, only(&plan).level),
        (ActionKind::Message, Level::Call1)
    );
    assert_eq!(only(&plan).text, "call.friendly");
}

#[test]
fn a_small_amount_is_not_chased_and_waits_for_more() {
    let little = case("2026-10-20")
        .invoice(|i| i.due("2026-10-01").open(eur("4.99")))
        .invoice(|i| i.due("2026-10-25").open(eur("100")));
    silent_until(&strict(&little), "2026-10-26");
    let together = case("2026-10-28")
        .invoice(|i| i.due("2026-10-01").open(eur("4.99")))
        .invoice(|i| i.due("2026-10-25").open(eur("100")));
    assert_eq!(only(&strict(&together)).items, [0, 1]);
}

#[test]
fn a_step_with_a_minimum_holds_the_flow_and_is_not_jumped_over() {
    let policy = preset("strict", |settings| {
        settings.steps[1].minimum_amount = MajorAmount::whole(5000)
    });
    let case = after("2026-11-20", Level::Reminder1, "2026-10-05");
    assert!(actions(&policy.decide(&case.context, &case.workflow()).unwrap()).is_empty());
}

#[test]
fn a_step_that_is_not_for_a_segment_is_passed_over() {
    let policy = preset("strict", |settings| {
        settings.steps[0].not_segments = vec!["forgetter".into()]
    });
    let case = one("2026-10-07").segment("forgetter");
    assert_eq!(
        level(&policy.decide(&case.context, &case.workflow()).unwrap()),
        Level::Reminder2
    );
}

#[test]
fn a_case_may_change_its_version_while_no_step_is_under_way() {
    assert!(strict(&one("2026-10-05")).checkpoint);
    assert!(!strict(&after("2026-10-07", Level::Reminder1, "2026-10-05")).checkpoint);
}
