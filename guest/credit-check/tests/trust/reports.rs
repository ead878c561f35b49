//! Credit reports, early signals, and the day of the next review.

use maan_policy::slots::Question;
use maan_policy::testkit::{Case, eur, on};
use maan_policy::types::*;
use maan_policy_credit_check::Settings;

use crate::common::{TODAY, codes, decide, decide_by, good};

#[test]
fn prev_2_a_review_comes_before_what_is_late_would_hold_deliveries() {
    let late = good().invoice(|i| i.due("2026-10-10").open(eur("100")));
    assert_eq!(decide(&late, Question::Review).next_review, on("2026-11-24"));
    let not_yet = good().invoice(|i| i.due("2026-10-15").open(eur("100")));
    assert_eq!(decide(&not_yet, Question::Review).next_review, on("2027-04-13"));
}

#[test]
fn prev_9_signals_are_named_with_their_cause_and_bring_the_review_forward() {
    let seen = |change: fn(Case) -> Case| {
        let decision = decide(&change(good()), Question::Review);
        let signals: Vec<_> = codes(&decision)
            .iter()
            .filter(|code| code.starts_with("signal"))
            .map(|code| code.to_string())
            .collect();
        (signals, decision.next_review - on(TODAY))
    };
    let one = |code: &str| (vec![code.to_string()], 14);
    assert_eq!(seen(|debtor| debtor), (vec![], 180));
    assert_eq!(seen(|debtor| slower(debtor, 12)), one("signal.later"));
    assert_eq!(seen(|debtor| slower(debtor, 9)).0, Vec::<String>::new());
    assert_eq!(
        seen(|mut debtor| {
            debtor.behaviour.promises_broken = 1;
            debtor
        }),
        one("signal.promises")
    );
    assert_eq!(
        seen(|mut debtor| {
            (debtor.behaviour.promises_broken, debtor.behaviour.promises_kept) = (1, 1);
            debtor
        })
        .0,
        Vec::<String>::new()
    );
    assert_eq!(
        seen(|mut debtor| {
            debtor.behaviour.returned_debits = 1;
            debtor
        }),
        one("signal.debits")
    );
    assert_eq!(
        seen(|debtor| {
            let mut debtor = debtor.invoice(|i| i.due("2026-10-10").open(eur("10")));
            debtor.items[0].kind = ItemKind::Instalment;
            debtor
        }),
        one("signal.instalment")
    );
}

/// The last half year so many days later than the time before.
fn slower(mut debtor: Case, days: i32) -> Case {
    let today = debtor.context.today;
    for (due, paid) in debtor.behaviour.due.iter().zip(&mut debtor.behaviour.paid) {
        if today - due <= 182 {
            *paid = due + days;
        }
    }
    debtor
}

#[test]
fn prev_8_the_report_sets_the_position_in_the_call() {
    let owing = || good().invoice(|i| i.due("2026-09-01").open(eur("6000")));
    let position = |debtor: Case| {
        let decision = decide(&debtor, Question::BeforeCall);
        codes(&decision)
            .iter()
            .find(|code| code.starts_with("call."))
            .map(|code| code.to_string())
    };
    assert_eq!(position(owing()).as_deref(), Some("call.report-first"));
    let with = |chance| owing().report(ReportAnswer::Present, Some(chance), None);
    assert_eq!(position(with(10)).as_deref(), Some("call.in-full"));
    assert_eq!(position(with(60)).as_deref(), Some("call.plan"));
    assert_eq!(position(with(300)).as_deref(), Some("call.secure"));
    let mut settings = Settings::default();
    settings.report.position = false;
    let decision = decide_by(settings, &owing(), Question::BeforeCall);
    assert!(!codes(&decision).iter().any(|code| code.starts_with("call.")));
}

#[test]
fn a_large_order_needs_a_report_first() {
    let large = good().size(CompanySize::Large);
    let decision = decide(&large, Question::Order(eur("6000")));
    assert!(decision.report_needed);
    assert_eq!(decision.verdict, Verdict::Review);
    let known = large.report(ReportAnswer::Present, Some(10), None);
    let decision = decide(&known, Question::Order(eur("6000")));
    assert_eq!(
        (decision.report_needed, decision.verdict),
        (false, Verdict::Accept)
    );
}

#[test]
fn no_answer_is_never_a_clean_answer() {
    for answer in [ReportAnswer::NoAnswer, ReportAnswer::NotFound] {
        let asked = good().size(CompanySize::Large).report(answer, None, None);
        let decision = decide(&asked, Question::Order(eur("6000")));
        assert!(decision.report_needed);
        assert_eq!(decision.verdict, Verdict::Review);
        assert!(codes(&decision).contains(&"report.unanswered"));
    }
}

#[test]
fn a_report_that_is_too_old_is_no_report() {
    let mut old = good()
        .size(CompanySize::Large)
        .report(ReportAnswer::Present, Some(10), None);
    old.account.report.as_mut().unwrap().on -= 181;
    assert!(decide(&old, Question::Order(eur("6000"))).report_needed);
}

#[test]
fn prev_8_a_report_is_ordered_before_a_call_about_much() {
    let much = good().invoice(|i| i.due("2026-09-01").open(eur("6000")));
    assert!(decide(&much, Question::BeforeCall).report_needed);
    let little = good().invoice(|i| i.due("2026-09-01").open(eur("600")));
    assert!(!decide(&little, Question::BeforeCall).report_needed);
}

#[test]
fn prev_9_a_report_that_worsened_or_has_a_mark_goes_to_a_person() {
    let mut marked = good().report(ReportAnswer::Present, Some(10), None);
    marked
        .account
        .report
        .as_mut()
        .unwrap()
        .marks
        .push("attachment".into());
    assert_eq!(
        decide(&marked, Question::Order(eur("10"))).verdict,
        Verdict::Review
    );
    let mut worse = good().report(ReportAnswer::Present, Some(10), None);
    worse.account.report.as_mut().unwrap().worsened_by = 60;
    assert_eq!(
        decide(&worse, Question::Order(eur("10"))).verdict,
        Verdict::Review
    );
}

#[test]
fn the_next_review_is_not_after_the_report_has_grown_old() {
    let mut debtor = good().report(ReportAnswer::Present, Some(10), None);
    debtor.account.report.as_mut().unwrap().on -= 170;
    assert_eq!(decide(&debtor, Question::Review).next_review, on("2026-10-25"));
}
