//! The default policies pass the door, decide generated cases with each preset, and replay them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod support;

use maan_policy_host::conformance::{Cases, generate};
use maan_policy_host::contract::{Context, VERSION};
use maan_policy_host::record::{Record, Run, view};
use maan_policy_host::{
    CreditCheck, Digest, FUEL_SCHEDULE, Kept, Policy, PolicyHost, Replay, Segmentation, Statute, Workflow,
};

/// Cases that are replayed alone.
const REPLAYED: usize = 16;

fn decides<S: Cases>(name: &str) {
    let test = support::host();
    let component = test.host.admit(&support::default_policy(name)).unwrap();
    test.host.trust_statute(component.digest());
    let presets: Vec<_> = component
        .description()
        .presets
        .iter()
        .filter(|preset| preset.slot == S::SLOT)
        .collect();
    assert!(!presets.is_empty(), "the form starts from a preset");
    for preset in presets {
        let policy = test.host.configure::<S>(&component, &preset.settings).unwrap();
        let (context, cases) = generate::<S>(2, 256);
        replays(&test.host, &policy, &context, &cases);
    }
}

fn replays<S: Cases>(host: &PolicyHost, policy: &Policy<S>, context: &Context, cases: &[S::Case]) {
    let decisions = policy.decide(context, cases).unwrap();
    assert_eq!(decisions.len(), cases.len());
    let context_bytes = view(context);
    for (i, (case, decision)) in cases.iter().zip(&decisions).enumerate() {
        assert!(decision.outcome.is_ok(), "case {i}: {:?}", decision.outcome);
        if i >= REPLAYED {
            continue;
        }
        let case = view(case);
        let run = Run::new(policy, Digest::of(&context_bytes), Digest::of(&case), decision);
        let record = Record {
            contract: VERSION.into(),
            fuel_schedule: FUEL_SCHEDULE,
            as_of: context.today,
            known_at: 0,
            batch: [0; 16],
            position: 0,
            runs: vec![run],
        };
        let kept = Kept {
            context: &context_bytes,
            case: &case,
            settings: policy.settings(),
        };
        let replay = host.replay(&record, &record.runs[0], kept, || unreachable!("it is loaded"));
        assert_eq!(replay.unwrap(), Replay::Identical, "case {i}");
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

#[test]
fn the_workflow_writes_its_clause_and_its_block() {
    let test = support::host();
    let component = test.host.admit(&support::default_policy("workflow")).unwrap();
    let preset = &component.description().presets[0];
    let policy = test
        .host
        .configure::<Workflow>(&component, &preset.settings)
        .unwrap();
    let clause = policy.terms_clause("nl").unwrap();
    assert!(
        clause.language.starts_with("nl") && !clause.text.is_empty(),
        "{clause:?}"
    );
    assert!(!policy.newsletter_block("en", "regular").unwrap().text.is_empty());
}
