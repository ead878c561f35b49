//! What is not chased, what waits, what stops.

use crate::common::{
    actions, level, only, preset, process, reasons, rejections, silent_until, strict, tasks,
};
use maan_policy::Workflow;
use maan_policy::actions::{ActionKind, Automation};
use maan_policy::testkit::{Case, case, eur, on};
use maan_policy::types::*;

/// One invoice of € 1,210, due on Thursday 2026-10-01, with something about it.
fn one(
    today: &str,
    more: impl FnOnce(maan_policy::testkit::Invoice) -> maan_policy::testkit::Invoice,
) -> Case {
    case(today).invoice(|i| more(i.due("2026-10-01").open(eur("1210.00"))))
}

fn plain(today: &str) -> Case {
    one(today, |i| i)
}

#[test]
fn ops_1_credits_and_unallocated_money_that_cover_all_give_a_task_and_no_reminder() {
    for covered in [
        plain("2026-10-05").credit_note(eur("1210.00")),
        plain("2026-10-05").unallocated(eur("1500.00")),
        plain("2026-10-05")
            .unallocated(eur("1000.00"))
            .credit_note(eur("210.00")),
    ] {
        let plan = strict(&covered);
        assert!(actions(&plan).is_empty());
        assert_eq!(tasks(&plan), ["allocate"]);
        assert!(rejections(&plan).contains(&"covered"));
    }
}

#[test]
fn ops_1_money_that_covers_the_oldest_leaves_the_rest_to_be_chased() {
    let partly = case("2026-10-20")
        .invoice(|i| i.due("2026-10-10").open(eur("300")))
        .invoice(|i| i.due("2026-10-01").open(eur("200")))
        .unallocated(eur("250"));
    let plan = strict(&partly);
    assert_eq!(only(&plan).items, [0]);
    assert_eq!(tasks(&plan), ["allocate"]);
    let amount = only(&plan)
        .reasons
        .iter()
        .find(|reason| reason.code == "amount-chased")
        .unwrap();
    assert_eq!(
        amount.arguments,
        [Argument::Amount(Amount {
            minor: eur("250"),
            currency: 978
        })]
    );
}

#[test]
fn ops_1_a_credit_in_dollars_covers_no_euros() {
    let dollars = plain("2026-10-05").invoice(|i| i.due("2026-10-01").open(-eur("5000")).currency(840));
    let mut dollars = dollars;
    dollars.items[1].kind = ItemKind::CreditNote;
    assert_eq!(only(&strict(&dollars)).items, [0]);
}

#[test]
fn a_disputed_part_is_not_chased_and_the_rest_goes_on() {
    let part = strict(&one("2026-10-05", |i| i.disputed(eur("200"))));
    let amount = only(&part)
        .reasons
        .iter()
        .find(|reason| reason.code == "amount-chased")
        .unwrap();
    assert_eq!(
        amount.arguments,
        [Argument::Amount(Amount {
            minor: eur("1010"),
            currency: 978
        })]
    );
    let whole = strict(&one("2026-10-05", |i| i.disputed(eur("1210"))));
    assert!(actions(&whole).is_empty());
    assert_eq!(rejections(&whole), ["disputed"]);
}

#[test]
fn withheld_and_factored_parts_are_not_chased() {
    for cause in [
        WithheldCause::Factored,
        WithheldCause::BlockedAccount,
        WithheldCause::CreditExpected,
    ] {
        let plan = strict(&one("2026-10-05", |i| i.withheld(eur("1210"), cause)));
        assert!(actions(&plan).is_empty());
        assert_eq!(rejections(&plan), ["withheld"]);
    }
}

#[test]
fn a_pause_rests_until_its_end() {
    silent_until(
        &strict(&plain("2026-10-05").paused(Some("2026-10-20"))),
        "2026-10-21",
    );
    silent_until(
        &strict(&one("2026-10-05", |i| i.paused(Some("2026-10-20")))),
        "2026-10-21",
    );
    silent_until(&strict(&plain("2026-10-05").paused(None)), "2026-11-05");
    assert_eq!(
        level(&strict(&plain("2026-10-21").paused(Some("2026-10-20")))),
        Level::Reminder1
    );
}

#[test]
fn an_open_promise_waits_and_a_broken_one_continues_a_step_higher() {
    let promised = |today, state| {
        one(today, |i| i.done(Level::Reminder1, "2026-10-15"))
            .promise(eur("1210"), "2026-10-15", "2026-10-17", state)
            .reachable(Channel::Phone)
    };
    silent_until(
        &process(&promised("2026-10-16", PromiseState::Open)),
        "2026-10-20",
    );
    silent_until(
        &process(&promised("2026-10-18", PromiseState::Broken)),
        "2026-10-20",
    );
    let broken = process(&promised("2026-10-20", PromiseState::Broken));
    assert_eq!(
        only(&broken).level,
        Level::Call1,
        "without the promise it would wait until the 22nd"
    );
    assert!(
        only(&broken)
            .reasons
            .iter()
            .any(|reason| reason.code == "promise-broken")
    );
    let overlooked = process(&promised("2026-10-20", PromiseState::Open));
    assert_eq!(only(&overlooked).level, Level::Call1);
}

#[test]
fn a_broken_promise_hurries_one_step_and_not_every_step_after() {
    let after = one("2026-10-24", |i| i.done(Level::Call1, "2026-10-23")).promise(
        eur("1210"),
        "2026-10-16",
        "2026-10-20",
        PromiseState::Broken,
    );
    silent_until(&process(&after), "2026-10-30");
}

#[test]
fn a_promise_covers_nothing_that_fell_due_after_it() {
    let later = case("2026-10-20")
        .invoice(|i| i.due("2026-10-10").open(eur("100")))
        .promise(eur("50"), "2026-10-01", "2026-10-05", PromiseState::Open);
    assert_eq!(level(&strict(&later)), Level::Reminder1);
}

#[test]
fn a_kept_promise_is_thanked_for_once() {
    let kept = case("2026-10-21").promise(eur("1210"), "2026-10-16", "2026-10-20", PromiseState::Kept);
    assert_eq!(only(&process(&kept)).text, "thanks.friendly");
    let mut thanked = kept;
    thanked.last_contact = Some(on("2026-10-21"));
    assert!(actions(&process(&thanked)).is_empty());
    let cold = preset("process", |settings| settings.promises.thanks = false);
    thanked.last_contact = None;
    assert!(actions(&cold.decide(&thanked.context, &thanked.workflow()).unwrap()).is_empty());
}

#[test]
fn in_a_plan_dunning_rests_and_a_missed_instalment_acts() {
    let instalments = [("2026-11-01", eur("605")), ("2026-12-01", eur("605"))];
    silent_until(
        &strict(&plain("2026-10-20").plan(&[0], &instalments, 0, 0)),
        "2026-11-04",
    );
    let plan = strict(&plain("2026-11-04").plan(&[0], &instalments, 0, eur("605")));
    let message = only(&plan);
    assert_eq!(
        (message.level, message.automation),
        (Level::None, Automation::Approve)
    );
    assert_eq!(message.text, "plan-missed.understanding");
}

#[test]
fn a_pending_direct_debit_blocks_until_it_can_no_longer_come_back() {
    silent_until(
        &strict(&one("2026-10-05", |i| i.mandate("2026-10-06"))),
        "2026-10-12",
    );
    assert_eq!(
        level(&strict(&one("2026-10-12", |i| i.mandate("2026-10-06")))),
        Level::Reminder1
    );
    let mut returned = one("2026-10-05", |i| i.mandate("2026-10-02"));
    returned.mandates[0].return_code = "AM04".into();
    assert_eq!(level(&strict(&returned)), Level::Reminder1);
}

#[test]
fn a_legal_status_stops_all_steps_and_asks_a_person() {
    for situation in [
        LegalSituation::Bankruptcy,
        LegalSituation::Moratorium,
        LegalSituation::DebtScheme,
        LegalSituation::Guardianship,
        LegalSituation::Deceased,
        LegalSituation::Dissolved,
    ] {
        let plan = strict(&plain("2026-10-20").legal(situation, "2026-09-01"));
        assert!(actions(&plan).is_empty());
        let guardianship = situation == LegalSituation::Guardianship;
        let task = if guardianship {
            "legal-status"
        } else {
            "file-claim"
        };
        assert_eq!(tasks(&plan), [task]);
    }
}

#[test]
fn debt_help_stops_all_steps_and_asks_a_person() {
    let plan = strict(&plain("2026-10-20").situation("debt-counselling", "2026-09-01"));
    assert_eq!((actions(&plan).len(), tasks(&plan)), (0, vec!["debt-help"]));
    let plan = strict(&plain("2026-10-20").contact("2026-10-10", ContactOutcome::DebtHelp));
    assert_eq!((actions(&plan).len(), tasks(&plan)), (0, vec!["debt-help"]));
    assert_eq!(
        level(&strict(
            &plain("2026-10-20").situation("income-loss", "2026-09-01")
        )),
        Level::Reminder1
    );
}

#[test]
fn a_reply_that_nobody_handled_holds() {
    let plan = strict(&plain("2026-10-20").unhandled_reply("2026-10-19"));
    assert!(actions(&plan).is_empty());
    assert_eq!(reasons(&plan), ["reply-unhandled"]);
}

#[test]
fn prev_10_an_invoice_that_never_arrived_is_repaired_first() {
    for state in [DeliveryState::Bounced, DeliveryState::Rejected] {
        let plan = strict(&one("2026-10-20", |i| i.delivery(state)));
        assert_eq!((actions(&plan).len(), tasks(&plan)), (0, vec!["repair-delivery"]));
    }
    let repaired = one("2026-10-20", |i| {
        i.delivery(DeliveryState::Bounced)
            .delivery(DeliveryState::Delivered)
    });
    assert_eq!(level(&strict(&repaired)), Level::Reminder1);
    let mut unreferenced = one("2026-10-20", |i| i.delivery(DeliveryState::Delivered));
    unreferenced.deliveries[0].order_reference_missing = true;
    assert_eq!(tasks(&strict(&unreferenced)), ["repair-delivery"]);
}

#[test]
fn own_companies_and_staff_are_left_out() {
    for relation in [Relation::OwnCompany, Relation::Staff] {
        let mut own = plain("2026-10-20");
        own.debtor.relation = relation;
        let plan = strict(&own);
        assert!(plan.proposals.is_empty());
        assert_eq!(plan.next_look, on("2026-11-20"));
    }
}

#[test]
fn books_that_are_behind_hold_reminders_but_no_notices() {
    let mut behind = plain("2026-10-05");
    behind.context.creditor.bank_booked_through = Some(on("2026-09-30"));
    let plan = strict(&behind);
    silent_until(&plan, "2026-10-06");
    assert_eq!(reasons(&plan), ["books-behind"]);
    behind.context.creditor.bank_booked_through = Some(on("2026-10-01"));
    assert_eq!(
        level(&strict(&behind)),
        Level::Reminder1,
        "two working days back over the weekend"
    );

    let mut notice = plain("2026-09-24");
    notice.context.creditor.bank_booked_through = Some(on("2026-09-01"));
    assert_eq!(level(&process(&notice)), Level::Notice1);
}

#[test]
fn nothing_open_is_looked_at_when_a_fact_comes() {
    let plan = strict(&case("2026-10-05"));
    assert!(plan.proposals.is_empty());
    assert_eq!(reasons(&plan), ["nothing-open"]);
}

#[test]
fn every_task_and_reason_has_words() {
    let described = maan_policy_workflow::describe();
    let known = |code: &str| described.texts.iter().filter(|text| text.code == code).count() == 4;
    let cases = [
        plain("2026-10-05").unallocated(eur("1500")),
        plain("2026-10-05").legal(LegalSituation::Bankruptcy, "2026-09-01"),
        plain("2026-10-05").unreachable(),
        plain("2026-10-05").unhandled_reply("2026-10-01"),
        one("2026-10-05", |i| i.delivery(DeliveryState::Bounced)),
        one("2026-10-05", |i| i.mandate("2026-10-06")),
        one("2026-10-29", |i| i.done(Level::Call1, "2026-10-22")).willing(Willingness::Cannot),
        plain("2026-10-05").promise(1, "2026-10-01", "2026-10-20", PromiseState::Open),
        plain("2026-10-02"),
    ];
    for case in cases {
        let plan = strict(&case);
        let tasks = plan
            .proposals
            .iter()
            .filter(|one| one.kind == ActionKind::Task)
            .map(|one| one.text.clone());
        let codes = plan
            .reasons
            .iter()
            .chain(plan.rejected.iter().flat_map(|rejected| &rejected.reasons))
            .chain(plan.proposals.iter().flat_map(|proposal| &proposal.reasons))
            .map(|reason| reason.code.clone());
        for code in tasks.chain(codes) {
            assert!(known(&code), "{code} has no words");
        }
    }
}
