//! A policy that misbehaves while it decides: the guilty case alone is held, and the next batch is served.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod support;

use maan_policy_host::conformance::generate;
use maan_policy_host::contract::{Context, SegmentationCase};
use maan_policy_host::{Limits, Policy, PolicyError, Segmentation, Stop};
use support::{TestHost, hostile};

/// Where the guilty case stands in its batch.
const GUILTY: usize = 17;

fn misbehaving(test: &TestHost, does: &str) -> Policy<Segmentation> {
    let component = test.host.admit(&hostile::benign()).unwrap();
    test.host
        .configure(&component, &format!(r#"{{"do":"{does}"}}"#))
        .unwrap()
}

fn batch() -> (Context, Vec<SegmentationCase>) {
    let (context, mut cases) = generate::<Segmentation>(3, 64);
    cases[GUILTY].debtor.sector = "hostile".into();
    // A large case has much fuel, so that the other limits are reached.
    cases[GUILTY]
        .debtor
        .traits
        .get_or_insert_default()
        .push("x".repeat(60_000));
    (context, cases)
}

/// Runs a batch with one guilty case and gives why that one is held.
fn held(does: &str) -> (Stop, String) {
    let test = support::host();
    let policy = misbehaving(&test, does);
    let (context, cases) = batch();
    let decisions = policy.decide(&context, &cases).unwrap();
    assert_eq!(decisions.len(), cases.len());
    for (i, decision) in decisions.iter().enumerate() {
        assert_eq!(
            decision.outcome.is_err(),
            i == GUILTY,
            "case {i}: {:?}",
            decision.outcome
        );
    }
    let next = policy.decide(&context, &cases[GUILTY + 1..]).unwrap();
    assert!(
        next.iter().all(|decision| decision.outcome.is_ok()),
        "the next batch is served"
    );

    let undecided = decisions[GUILTY].outcome.clone().unwrap_err();
    let message = undecided.to_string();
    assert!(
        message.contains("`hostile`") && message.contains("slot segmentation"),
        "{message}"
    );
    (undecided.stop, message)
}

#[test]
fn an_endless_loop_ends_with_its_fuel() {
    let (stop, message) = held("loop");
    assert!(
        matches!(stop, Stop::Fuel { budget } if budget > 50_000_000),
        "{stop:?}"
    );
    assert!(message.contains("fuel of"), "{message}");
}

#[test]
fn a_memory_bomb_ends_at_the_limit() {
    assert_eq!(held("memory").0, Stop::Memory { limit: 64 << 20 });
}

#[test]
fn a_huge_answer_is_not_copied() {
    let (stop, _) = held("huge");
    assert!(
        matches!(stop, Stop::AnswerTooLarge { limit } if limit < 16 << 20),
        "{stop:?}"
    );
}

#[test]
fn a_million_strings_over_the_same_bytes_are_not_copied() {
    let (stop, _) = held("strings");
    assert!(
        matches!(stop, Stop::AnswerTooLarge { limit } if limit < 16 << 20),
        "{stop:?}"
    );
}

#[test]
fn deep_recursion_ends_at_the_limit() {
    assert_eq!(held("recursion").0, Stop::Stack { limit: 512 << 10 });
}

#[test]
fn a_crash_holds_one_case() {
    assert!(matches!(held("trap").0, Stop::Trap(what) if what.contains("unreachable")));
}

#[test]
fn a_missing_answer_holds_one_case() {
    assert_eq!(held("short").0, Stop::WrongLength { asked: 1, got: 0 });
}

#[test]
fn nonsense_is_named_by_its_field() {
    for (does, field) in [("weight", "confidence"), ("empty", "key"), ("risk", "at-risk")] {
        let (stop, _) = held(does);
        assert!(
            matches!(&stop, Stop::Nonsense { field: named, .. } if named == field),
            "{stop:?}"
        );
    }
}

#[test]
fn a_failure_is_cut_between_characters() {
    let (stop, _) = held("failure");
    assert_eq!(stop, Stop::Failure("é".repeat(250)));
}

#[test]
fn settings_that_are_refused_are_explained() {
    let test = support::host();
    let component = test.host.admit(&hostile::benign()).unwrap();
    let configure = |does: &str| {
        test.host
            .configure::<Segmentation>(&component, &format!(r#"{{"do":"{does}"}}"#))
            .map(drop)
            .unwrap_err()
    };
    assert!(
        matches!(configure("unknown"), PolicyError::Problems { problems, .. } if problems[0].path == "/do")
    );
    assert!(matches!(
        configure("configure-nothing"),
        PolicyError::Stopped {
            stop: Stop::EmptyProblems,
            ..
        }
    ));
    assert!(matches!(
        configure("configure-loop"),
        PolicyError::Stopped {
            stop: Stop::Fuel { .. },
            ..
        }
    ));
}

#[test]
fn one_case_that_brings_its_call_to_the_wall_clock_stands_alone_in_the_end() {
    let test = support::host_with(Limits {
        wall: std::time::Duration::from_millis(200),
        ..Limits::default()
    });
    let component = test.host.admit(&hostile::benign()).unwrap();
    let policy = test
        .host
        .configure::<Segmentation>(&component, r#"{"do":"loop"}"#)
        .unwrap();
    // So many cases have fuel for longer than the clock runs.
    let (context, mut cases) = generate::<Segmentation>(3, 4_000);
    cases[GUILTY].debtor.sector = "hostile".into();
    let decisions = policy.decide(&context, &cases).unwrap();
    let held: Vec<_> = decisions
        .iter()
        .enumerate()
        .filter(|(_, decision)| decision.outcome.is_err())
        .map(|(place, _)| place)
        .collect();
    assert_eq!((decisions.len(), held), (4_000, vec![GUILTY]));
}

#[test]
fn the_wall_clock_is_an_incident_and_no_decision() {
    let wall = std::time::Duration::from_millis(200);
    let test = support::host_with(Limits {
        wall,
        wall_attempts: 2,
        ..Limits::default()
    });
    let component = test.host.admit(&hostile::benign()).unwrap();
    let policy = test
        .host
        .configure::<Segmentation>(&component, r#"{"do":"loop"}"#)
        .unwrap();
    // A case of so many bytes has fuel for longer than the clock runs.
    let (context, mut cases) = generate::<Segmentation>(3, 1);
    cases[0].debtor.sector = "hostile".into();
    cases[0].debtor.traits = Some(vec!["x".repeat(4 << 20)]);
    let incident = policy.decide(&context, &cases).unwrap_err();
    assert!(
        matches!(incident, PolicyError::WallClock { attempts: 2, .. }),
        "{incident}"
    );
}
