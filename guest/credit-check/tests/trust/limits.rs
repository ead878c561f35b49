//! How high a limit is, and when it changes.

use maan_policy::slots::Question;
use maan_policy::testkit::{Case, case, eur, on};
use maan_policy::types::*;
use maan_policy_credit_check::Settings;

use crate::common::{TODAY, codes, decide, decide_by, good};

#[test]
fn prev_5_limits_follow_reliability_up_and_down_a_step_at_a_time() {
    let mut debtor = good();
    debtor.in_force.limit = Some(eur("2000"));
    let up = decide(&debtor, Question::Review);
    assert_eq!(up.limit, Some(eur("2500")));
    assert!(codes(&up).contains(&"limit.step"));
    let mut bad = case(TODAY).paid_late(12, 60);
    bad.in_force.limit = Some(eur("2000"));
    assert_eq!(decide(&bad, Question::Review).limit, Some(eur("1000")));
}

/// A good payer with a limit advised and the next review in a month.
fn reviewed() -> Case {
    let mut debtor = good();
    debtor.in_force.limit = Some(eur("2000"));
    debtor.in_force.credit_review_on = Some(on("2026-11-15"));
    debtor
}

#[test]
fn prev_5_between_reviews_the_limit_and_the_day_of_the_review_stay() {
    let decision = decide(&reviewed(), Question::Review);
    assert_eq!(
        (decision.limit, decision.next_review),
        (Some(eur("2000")), on("2026-11-15"))
    );
    assert!(codes(&decision).contains(&"limit.at-review"));
    let on_the_day = Case {
        in_force: reviewed().in_force,
        ..case("2026-11-15").paid_on_time(12)
    };
    let decision = decide(&on_the_day, Question::Review);
    assert_eq!(
        (decision.limit, decision.next_review),
        (Some(eur("2500")), on("2027-05-14"))
    );
    let mut free = Settings::default();
    free.limit.at_review = false;
    assert_eq!(
        decide_by(free, &reviewed(), Question::Review).limit,
        Some(eur("2500"))
    );
}

#[test]
fn prev_5_what_the_agency_or_the_insurer_says_lowers_a_limit_between_reviews() {
    let mut debtor = reviewed();
    debtor.account.insured_limit = Some(eur("900"));
    assert_eq!(decide(&debtor, Question::Review).limit, Some(eur("900")));
    let failing = reviewed().report(ReportAnswer::Present, Some(500), None);
    assert_eq!(decide(&failing, Question::Review).limit, Some(0));
}

#[test]
fn prev_5_a_report_that_was_waited_for_is_a_review() {
    let mut debtor = reviewed().report(ReportAnswer::Present, Some(10), None);
    debtor.in_force.credit_review_on = Some(on("2026-11-14"));
    assert_eq!(decide(&debtor, Question::Review).limit, Some(eur("2000")));
    debtor.in_force.credit_verdict = Some(Verdict::Review);
    assert_eq!(decide(&debtor, Question::Review).limit, Some(eur("2500")));
    debtor.account.report.as_mut().unwrap().on = on("2026-10-14");
    assert_eq!(
        decide(&debtor, Question::Review).limit,
        Some(eur("2000")),
        "known at the last review"
    );
}

#[test]
fn prev_5_an_application_is_a_review_and_steps_from_what_was_approved_alone() {
    let mut debtor = reviewed();
    let limit = |debtor: &Case| decide(debtor, Question::Application(eur("2400"))).limit;
    assert_eq!(limit(&debtor), Some(eur("3750")));
    debtor.account.limit = Some(eur("2000"));
    assert_eq!(limit(&debtor), Some(eur("2500")));
}

#[test]
fn prev_5_steps_go_from_what_was_approved_and_not_from_advice() {
    let mut debtor = good();
    debtor.in_force.limit = Some(eur("2500"));
    debtor.account.limit = Some(eur("2000"));
    assert_eq!(decide(&debtor, Question::Review).limit, Some(eur("2500")));
    let mut whole = Settings::default();
    whole.limit.in_steps = false;
    assert_eq!(
        decide_by(whole, &debtor, Question::Review).limit,
        Some(eur("3750"))
    );
}

#[test]
fn prev_5_a_raise_gives_no_room_before_it_is_approved() {
    let mut debtor = good();
    debtor.account.limit = Some(eur("2000"));
    let decision = decide(&debtor, Question::Order(eur("2400")));
    assert_eq!(
        (decision.verdict, decision.limit),
        (Verdict::AcceptOnConditions, Some(eur("2500")))
    );
    assert!(codes(&decision).contains(&"limit.to-approve"));
    let mut settings = Settings::default();
    settings.limit.raise_needs_approval = false;
    assert_eq!(
        decide_by(settings, &debtor, Question::Order(eur("2400"))).verdict,
        Verdict::Accept
    );
    assert_eq!(
        decide(&debtor, Question::Application(eur("2400"))).verdict,
        Verdict::Accept,
        "an application asks for the raise itself"
    );
}

#[test]
fn prev_5_no_limit_goes_up_while_something_is_late() {
    let mut debtor = good().invoice(|i| i.due("2026-09-20").open(eur("100")));
    debtor.in_force.limit = Some(eur("2000"));
    let decision = decide(&debtor, Question::Review);
    assert_eq!(decision.limit, Some(eur("2000")));
    assert!(codes(&decision).contains(&"limit.no-raise"));
    let mut settings = Settings::default();
    settings.limit.no_raise_when_late = false;
    assert_eq!(
        decide_by(settings, &debtor, Question::Review).limit,
        Some(eur("2500"))
    );
}

#[test]
fn few_payments_and_something_overdue_are_worth_no_more_than_few_payments() {
    let new = case(TODAY).paid_on_time(2);
    assert_eq!(decide(&new, Question::Review).limit, Some(eur("1250")));
    let late = new.invoice(|i| i.due("2026-10-01").open(eur("1")));
    assert_eq!(decide(&late, Question::Review).limit, Some(eur("1250")));
    let never_paid = case(TODAY).invoice(|i| i.due("2026-10-01").open(eur("1")));
    assert_eq!(decide(&never_paid, Question::Review).limit, Some(eur("500")));
}

#[test]
fn a_report_is_a_start_for_who_is_not_known_yet() {
    let known = case(TODAY).report(ReportAnswer::Present, Some(10), Some(eur("20000")));
    assert_eq!(
        decide(&known, Question::Application(eur("5000"))).limit,
        Some(eur("5000"))
    );
    let mut without = Settings::default();
    without.report.advised_start = 0;
    assert_eq!(
        decide_by(without, &known, Question::Application(eur("5000"))).limit,
        Some(eur("1250"))
    );
}

#[test]
fn insolvency_knows_no_step() {
    let mut debtor = good().legal(LegalSituation::Bankruptcy, "2026-10-01");
    debtor.in_force.limit = Some(eur("2000"));
    let decision = decide(&debtor, Question::Order(eur("1")));
    assert_eq!((decision.limit, decision.verdict), (Some(0), Verdict::Decline));
}

#[test]
fn promises_broken_and_debits_returned_lower_the_trust() {
    let mut debtor = good();
    debtor.behaviour.promises_broken = 1;
    debtor.behaviour.returned_debits = 1;
    let decision = decide(&debtor, Question::Review);
    assert!(codes(&decision).contains(&"reliability.fair"));
    assert_eq!(decision.limit, Some(eur("2500")));
}

#[test]
fn what_is_overdue_now_counts_as_late() {
    let debtor = good().invoice(|i| i.due("2026-09-01").open(eur("12000")));
    assert!(codes(&decide(&debtor, Question::Review)).contains(&"reliability.poor"));
}

#[test]
fn the_advised_limit_and_the_insurer_cap_and_failure_ends_it() {
    let limit = |case: Case| decide(&case, Question::Review).limit;
    assert_eq!(
        limit(good().report(ReportAnswer::Present, Some(10), Some(eur("800")))),
        Some(eur("800"))
    );
    assert_eq!(
        limit(good().report(ReportAnswer::Present, Some(60), None)),
        Some(eur("1875"))
    );
    assert_eq!(
        limit(good().report(ReportAnswer::Present, Some(300), None)),
        Some(0)
    );
    let mut insured = good();
    insured.account.insured_limit = Some(eur("700"));
    assert_eq!(limit(insured), Some(eur("700")));
}

#[test]
fn abroad_is_trusted_less() {
    assert_eq!(
        decide(&good().business("BE"), Question::Review).limit,
        Some(eur("3750"))
    );
    assert_eq!(
        decide(&good().business("US"), Question::Review).limit,
        Some(eur("2625"))
    );
}
