//! The default policies pass the door and decide generated cases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod support;

use maan_policy_host::conformance::{Cases, generate};
use maan_policy_host::{CreditCheck, Segmentation, Statute, Workflow};

fn decides<S: Cases>(name: &str) {
    let test = support::host();
    let component = test.host.admit(&support::default_policy(name)).unwrap();
    test.host.trust_statute(component.digest());
    let preset = component
        .description()
        .presets
        .iter()
        .find(|preset| preset.slot == S::SLOT);
    let settings = preset.map_or("{}", |preset| preset.settings.as_str());
    let policy = test.host.configure::<S>(&component, settings).unwrap();
    let (context, cases) = generate::<S>(2, 256);
    let decisions = policy.decide(&context, &cases).unwrap();
    assert_eq!(decisions.len(), 256);
    for decision in decisions {
        decision.outcome.unwrap();
    }
}

#[test]
fn segmentation() {
    decides::<Segmentation>("segmentation");
}

#[test]
fn credit_check() {
    decides::<CreditCheck>("credit-check");
}

#[test]
fn workflow() {
    decides::<Workflow>("workflow");
}

#[test]
fn statute() {
    decides::<Statute>("statute");
}
