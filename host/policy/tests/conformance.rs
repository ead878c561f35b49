//! Rules of fairness at the door: a just policy passes with a count of what it showed, an unfair one is refused with
//! an account of the two cases that differ, and one that does nothing shows nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod support;

use maan_policy_host::conformance::{Cases, rehearse};
use maan_policy_host::{CreditCheck, PolicyError, Segmentation, Statute, Workflow};
use support::hostile::unfair;

/// The account of what a policy does wrong in a slot.
fn account<S: Cases>(does: &str) -> String {
    let test = support::host();
    let component = test.host.admit(&unfair("justice")).unwrap();
    test.host.trust_statute(component.digest());
    let settings = format!(r#"{{"does":"{does}"}}"#);
    let policy = test.host.configure::<S>(&component, &settings).unwrap();
    match rehearse(&policy) {
        Err(PolicyError::NotConformant { account, .. }) => account,
        other => panic!("{does}: {other:?}"),
    }
}

#[test]
fn a_just_policy_passes_and_says_how_often_each_rule_was_exercised() {
    let component = support::host().host.admit(&unfair("justice")).unwrap();
    let shown = component.conformance();
    assert_eq!(shown.len(), 7, "{shown:?}");
    assert!(shown.iter().all(|rule| rule.cases >= 3), "{shown:?}");
}

#[test]
fn a_policy_that_does_nothing_is_refused() {
    let error = support::host().host.admit(&unfair("nothing")).unwrap_err();
    let told = error.to_string();
    assert!(told.contains("does nothing shows nothing"), "{told}");
}

#[test]
fn whoever_is_harder_on_a_language_is_refused_in_every_slot() {
    let accounts = [
        account::<Segmentation>("foreign"),
        account::<CreditCheck>("foreign"),
        account::<Workflow>("foreign"),
        account::<Statute>("foreign"),
    ];
    for told in &accounts {
        assert!(told.contains("language changes nothing"), "{told}");
        assert!(told.contains("the language is `"), "{told}");
    }
    assert!(accounts[2].contains("/proposals/0/level"), "{}", accounts[2]);
}

#[test]
fn more_arrears_for_a_higher_limit_are_refused() {
    let told = account::<CreditCheck>("overdue");
    assert!(
        told.contains("more is overdue") && told.contains("the limit rises from"),
        "{told}"
    );
}

#[test]
fn chasing_what_is_paid_is_refused() {
    let told = account::<Workflow>("paid");
    assert!(
        told.contains("is paid") && told.contains("still asked for"),
        "{told}"
    );
}

#[test]
fn the_same_step_under_another_name_is_refused() {
    let told = account::<Workflow>("renames");
    assert!(
        told.contains("was done yesterday") && told.contains("is proposed again as"),
        "{told}"
    );
}
