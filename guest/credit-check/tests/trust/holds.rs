//! When deliveries are held and released.

use maan_policy::slots::Question;
use maan_policy::testkit::{case, eur, on};
use maan_policy::types::*;
use maan_policy_credit_check::Settings;

use crate::common::{TODAY, codes, decide, decide_by, good};

#[test]
fn a_reason_to_hold_a_persons_deliveries_is_told_and_nothing_is_held() {
    let person = case(TODAY)
        .kind(DebtorKind::SoleTrader, "NL")
        .paid_on_time(12)
        .invoice(|i| i.due("2026-08-25").open(eur("100")));
    let decision = decide(&person, Question::Review);
    assert_eq!((decision.hold, decision.effective_on), (HoldAdvice::Keep, None));
    assert!(codes(&decision).contains(&"hold.late-person"));
    let settings = Settings {
        persons_decide: false,
        ..Settings::default()
    };
    assert_eq!(
        decide_by(settings, &person, Question::Review).hold,
        HoldAdvice::Hold
    );
}

#[test]
fn late_deliveries_are_held_with_a_lead_and_released_when_well() {
    let late = good().invoice(|i| i.due("2026-08-25").open(eur("100")));
    let decision = decide(&late, Question::Review);
    assert_eq!(
        (decision.hold, decision.effective_on),
        (HoldAdvice::Hold, Some(on("2026-10-20")))
    );
    let mut held = late;
    held.account.held = true;
    assert_eq!(decide(&held, Question::Review).hold, HoldAdvice::Keep);
    let mut paid = good();
    paid.account.held = true;
    let decision = decide(&paid, Question::Review);
    assert_eq!(
        (decision.hold, decision.effective_on),
        (HoldAdvice::Release, Some(on(TODAY)))
    );
}

#[test]
fn too_much_exposed_is_held_and_not_released_just_below() {
    let mut debtor = good();
    debtor.account.open = eur("4501");
    assert_eq!(decide(&debtor, Question::Review).hold, HoldAdvice::Hold);
    debtor.account.open = eur("3600");
    debtor.account.held = true;
    assert_eq!(decide(&debtor, Question::Review).hold, HoldAdvice::Keep);
    debtor.account.open = eur("3300");
    assert_eq!(decide(&debtor, Question::Review).hold, HoldAdvice::Release);
}
