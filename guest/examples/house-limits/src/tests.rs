//! What each customer is told.

use maan_policy::slots::{CreditDecision, Question};
use maan_policy::testkit::{Case, case, eur, on};
use maan_policy::types::*;
use maan_policy::{CreditCheck, MajorAmount};
use proptest::prelude::*;

use crate::{HouseLimits, Settings, describe};

/// A Thursday.
const TODAY: &str = "2026-10-15";

fn decide(case: &Case, question: Question) -> CreditDecision {
    let policy = HouseLimits::new(Settings::default()).unwrap();
    policy
        .decide(&case.context, &case.credit_check(question))
        .unwrap()
}

fn codes(decision: &CreditDecision) -> Vec<&str> {
    decision
        .reasons
        .iter()
        .map(|reason| reason.code.as_str())
        .collect()
}

/// Forty-five days overdue.
fn late() -> Case {
    case(TODAY).invoice(|i| i.due("2026-08-31").open(eur("400.00")))
}

#[test]
fn an_order_up_to_the_limit_of_the_size_is_accepted_and_a_cent_more_is_looked_at() {
    let medium = case(TODAY).size(CompanySize::Medium);
    let up_to = decide(&medium, Question::Order(eur("10000.00")));
    assert_eq!((up_to.verdict, up_to.term_days), (Verdict::Accept, Some(30)));
    assert_eq!(up_to.limit, Some(eur("10000.00")));
    let above = decide(&medium, Question::Order(eur("10000.01")));
    assert_eq!((above.verdict, above.counterfactual), (Verdict::Review, Some(1)));
    assert_eq!(codes(&above), ["over-limit"]);
}

#[test]
fn what_is_open_counts_and_what_was_paid_ahead_is_taken_off() {
    let debtor = case(TODAY)
        .invoice(|i| i.open(eur("2000.00")))
        .unallocated(eur("300.00"));
    let decision = decide(&debtor, Question::Order(eur("900.00")));
    assert_eq!(
        (decision.exposure, decision.counterfactual),
        (eur("1700.00"), Some(eur("100.00")))
    );
}

#[test]
fn overdue_for_too_long_holds_deliveries_after_the_lead_and_refuses_a_company() {
    let decision = decide(&late(), Question::Order(eur("100.00")));
    assert_eq!(
        (decision.verdict, decision.hold),
        (Verdict::Decline, HoldAdvice::Hold)
    );
    assert_eq!(
        decision.effective_on,
        Some(on("2026-10-20")),
        "three working days on"
    );
    assert_eq!(decision.counterfactual, Some(eur("400.00")));
    assert_eq!(codes(&decision), ["within-limit", "late", "hold"]);
    assert_eq!(
        decide(&late(), Question::Review).verdict,
        Verdict::Review,
        "nothing asked, nothing refused"
    );
}

#[test]
fn overdue_for_just_the_days_that_are_set_holds_nothing() {
    let debtor = case(TODAY).invoice(|i| i.due("2026-09-15").open(eur("400.00")));
    let decision = decide(&debtor, Question::Order(eur("100.00")));
    assert_eq!(
        (decision.verdict, decision.hold),
        (Verdict::Accept, HoldAdvice::Keep)
    );
}

#[test]
fn a_hold_ends_when_all_is_paid() {
    let mut paid = case(TODAY);
    paid.in_force.hold = true;
    assert_eq!(decide(&paid, Question::Review).hold, HoldAdvice::Release);
    let mut still = late();
    still.in_force.hold = true;
    assert_eq!(decide(&still, Question::Review).hold, HoldAdvice::Keep);
}

#[test]
fn a_bankrupt_company_has_no_limit_and_a_person_looks() {
    let mut bankrupt = case(TODAY);
    let (situation, source) = (LegalSituation::Bankruptcy, "register".into());
    bankrupt.debtor.legal_status = Some(vec![LegalStatus {
        situation,
        since: on("2026-10-01"),
        source,
        file_claim_by: None,
    }]);
    let decision = decide(&bankrupt, Question::Review);
    assert_eq!((decision.verdict, decision.limit), (Verdict::Review, Some(0)));
}

#[test]
fn settings_that_cannot_be_are_named() {
    let wrong = Settings {
        review_days: 0,
        lead_days: 400,
        ..Settings::default()
    };
    let problems = HouseLimits::new(wrong).unwrap_err();
    assert_eq!(
        problems.iter().map(|problem| &problem.path).collect::<Vec<_>>(),
        ["/lead_days", "/review_days"]
    );
    let problems = HouseLimits::configure(r#"{"small":2500}"#).unwrap_err();
    assert_eq!(
        problems.first().unwrap().path,
        "/small",
        "an amount is written as a string"
    );
}

#[test]
fn a_limit_that_is_set_is_the_limit() {
    let settings = Settings {
        small: MajorAmount::whole(100),
        ..Settings::default()
    };
    let debtor = case(TODAY);
    let policy = HouseLimits::new(settings).unwrap();
    let decision = policy
        .decide(
            &debtor.context,
            &debtor.credit_check(Question::Order(eur("100.01"))),
        )
        .unwrap();
    assert_eq!(decision.verdict, Verdict::Review);
}

#[test]
fn the_preset_is_accepted() {
    let description = describe();
    assert_eq!(
        (description.version.as_str(), description.presets.len()),
        ("1.0.0", 1)
    );
    assert!(
        description
            .presets
            .iter()
            .all(|preset| HouseLimits::configure(&preset.settings).is_ok())
    );
}

proptest! {
    #[test]
    fn a_natural_person_is_never_refused_and_every_reason_has_words(
        open in 1..10_000_000_i64, days in 0..400_i32, order in 0..10_000_000_i64, held: bool,
        kind in prop::sample::select(vec![DebtorKind::Unknown, DebtorKind::Consumer, DebtorKind::SoleTrader]),
    ) {
        let mut debtor = case(TODAY).kind(kind, "NL").invoice(|i| i.open(open));
        debtor.items[0].due -= days;
        debtor.account.held = held;
        let decision = decide(&debtor, Question::Order(order));
        prop_assert_ne!(decision.verdict, Verdict::Decline);
        prop_assert!(decision.advice_only);
        let texts = describe().texts;
        for reason in &decision.reasons {
            let languages = texts.iter().filter(|text| text.code == reason.code).count();
            prop_assert_eq!(languages, 4, "{}", reason.code);
        }
    }
}
