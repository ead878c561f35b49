//! The host serves several threads, and says when it is asked for more than it has.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod support;

use std::collections::HashSet;
use std::thread;

use maan_policy_host::conformance::generate;
use maan_policy_host::contract::Slot;
use maan_policy_host::{Limits, PolicyError, Segmentation, Statute, canonical_settings};
use support::hostile;

#[test]
fn batches_on_several_threads_get_the_same_answers() {
    let test = support::host();
    let component = test.host.admit(&hostile::benign()).unwrap();
    let policy = test.host.configure::<Segmentation>(&component, "{}").unwrap();
    let (context, cases) = generate::<Segmentation>(6, 100);
    let alone = policy.decide(&context, &cases).unwrap();
    thread::scope(|scope| {
        let batches: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| policy.decide(&context, &cases).unwrap()))
            .collect();
        for batch in batches {
            assert_eq!(batch.join().unwrap(), alone);
        }
    });
}

#[test]
fn more_batches_than_instances_are_told_so() {
    let test = support::host_with(Limits {
        instances: 1,
        ..Limits::default()
    });
    let component = test.host.admit(&hostile::benign()).unwrap();
    let policy = test
        .host
        .configure::<Segmentation>(&component, r#"{"do":"loop"}"#)
        .unwrap();
    let (context, mut cases) = generate::<Segmentation>(6, 1);
    cases[0].debtor.sector = "hostile".into();
    cases[0].debtor.traits = Some(vec!["x".repeat(100_000)]);
    let results: Vec<_> = thread::scope(|scope| {
        let batches: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| policy.decide(&context, &cases)))
            .collect();
        batches.into_iter().map(|batch| batch.join().unwrap()).collect()
    });
    let busy = |result: &Result<_, PolicyError>| matches!(result, Err(PolicyError::Busy { .. }));
    assert!(results.iter().any(busy), "{results:?}");
    assert!(
        policy.decide(&context, &[]).unwrap().is_empty(),
        "no cases need no instance"
    );
    assert!(
        !busy(&policy.decide(&context, &cases)),
        "the next batch is served"
    );
}

#[test]
fn a_slot_that_is_not_filled_cannot_be_configured() {
    let test = support::host();
    let component = test.host.admit(&hostile::benign()).unwrap();
    let error = test
        .host
        .validate_settings(&component, Slot::Workflow, "{}")
        .unwrap_err();
    assert!(
        matches!(
            error,
            PolicyError::NoSuchSlot {
                slot: Slot::Workflow,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn the_statute_slot_takes_only_what_the_operator_trusts() {
    let test = support::host();
    let component = test.host.admit(&hostile::benign()).unwrap();
    let error = test
        .host
        .configure::<Statute>(&component, "{}")
        .map(drop)
        .unwrap_err();
    assert!(matches!(error, PolicyError::UntrustedStatute { .. }), "{error}");
    test.host.trust_statute(component.digest());
    let error = test
        .host
        .configure::<Statute>(&component, "{}")
        .map(drop)
        .unwrap_err();
    assert!(matches!(error, PolicyError::NoSuchSlot { .. }), "{error}");
}

#[test]
fn settings_that_are_equal_have_equal_bytes() {
    let one = canonical_settings(r#"{ "b": [1, {"z": "é\n", "a": null}], "a": -2 }"#).unwrap();
    let other = canonical_settings(r#"{"a":-2,"b":[1,{"a":null,"z":"\u00e9\u000a"}]}"#).unwrap();
    assert_eq!(one, other);
    assert_eq!(one, r#"{"a":-2,"b":[1,{"a":null,"z":"é\n"}]}"#);
    for wrong in [
        "",
        "[]",
        "{",
        "3",
        &format!(r#"{{"a":"{}"}}"#, "x".repeat(300_000)),
    ] {
        assert!(matches!(canonical_settings(wrong), Err(PolicyError::Settings(_))));
    }
}

#[test]
fn generated_cases_are_the_same_for_the_same_seed_and_vary() {
    let (_, cases) = generate::<Segmentation>(1, 200);
    assert_eq!(generate::<Segmentation>(1, 200).1, cases);
    assert_ne!(generate::<Segmentation>(2, 200).1, cases);
    let countries: HashSet<_> = cases.iter().map(|case| case.debtor.country).collect();
    let kinds: HashSet<_> = cases
        .iter()
        .map(|case| format!("{:?}", case.debtor.kind))
        .collect();
    assert!(
        countries.len() >= 4 && kinds.len() == 5,
        "{countries:?} {kinds:?}"
    );
    assert!(cases.iter().any(|case| case.items.is_empty()) && cases.iter().any(|case| case.items.len() > 5));
    assert!(cases.iter().any(|case| case.debtor.legal_status.is_some()));
}
