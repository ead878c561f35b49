//! Recorded decisions run again with the same bytes, or say why they cannot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod support;

use maan_policy_host::conformance::generate;
use maan_policy_host::contract::{Context, SegmentationCase, VERSION};
use maan_policy_host::record::{Record, Run, Unreadable, view};
use maan_policy_host::{
    Digest, FUEL_SCHEDULE, Impossible, Kept, Limits, PolicyHost, Replay, Segmentation, Stop,
};
use support::{TestHost, hostile};

struct Recorded {
    test: TestHost,
    component: Vec<u8>,
    settings: String,
    context: Context,
    cases: Vec<SegmentationCase>,
    records: Vec<Record>,
}

/// Decides a batch, in which one case is guilty, and records it.
fn recorded(does: &str) -> Recorded {
    let test = support::host();
    let component = hostile::benign();
    let settings = format!(r#"{{ "do" : "{does}" }}"#);
    let policy = test
        .host
        .configure::<Segmentation>(&test.host.admit(&component).unwrap(), &settings)
        .unwrap();
    let (context, mut cases) = generate::<Segmentation>(5, 20);
    cases[7].debtor.sector = "hostile".into();
    let decisions = policy.decide(&context, &cases).unwrap();
    let context_digest = Digest::of(&view(&context));
    let record = |(position, (case, decision))| Record {
        contract: VERSION.into(),
        fuel_schedule: FUEL_SCHEDULE,
        as_of: context.today,
        known_at: 1_772_409_600_000_000,
        batch: [1; 16],
        position,
        runs: vec![Run::new(
            &policy,
            context_digest,
            Digest::of(&view(case)),
            decision,
        )],
    };
    let records = (0..).zip(cases.iter().zip(&decisions)).map(record).collect();
    Recorded {
        test,
        component,
        settings,
        context,
        cases,
        records,
    }
}

impl Recorded {
    fn replay(&self, i: usize) -> Replay {
        self.replay_on(&self.test.host, &self.records[i], &self.cases[i], &self.settings)
    }

    fn replay_on(
        &self,
        host: &PolicyHost,
        record: &Record,
        case: &SegmentationCase,
        settings: &str,
    ) -> Replay {
        let kept = Kept {
            context: &view(&self.context),
            case: &view(case),
            settings,
        };
        host.replay(record, &record.runs[0], kept, || Ok(self.component.clone()))
            .unwrap()
    }
}

#[test]
fn each_case_of_a_batch_replays_alone_with_the_same_bytes() {
    let recorded = recorded("trap");
    for i in 0..recorded.records.len() {
        assert_eq!(recorded.replay(i), Replay::Identical, "case {i}");
    }
    let held = recorded.records[7].runs[0].outcome::<Segmentation>().unwrap();
    assert!(
        matches!(held, Err(Stop::Trap(_))),
        "an undecided case replays as well: {held:?}"
    );
}

#[test]
fn a_case_that_ran_out_of_fuel_replays_with_the_same_fuel() {
    let recorded = recorded("loop");
    assert_eq!(recorded.replay(7), Replay::Identical);
}

#[test]
fn another_host_replays_from_the_bytes() {
    let recorded = recorded("benign");
    let other = tempfile::tempdir().unwrap();
    let host = support::open(other.path(), [8; 32], Limits::default());
    let replay = recorded.replay_on(
        &host,
        &recorded.records[3],
        &recorded.cases[3],
        &recorded.settings,
    );
    assert_eq!(replay, Replay::Identical);
}

#[test]
fn a_changed_outcome_is_named_by_its_field() {
    let mut recorded = recorded("benign");
    let other = recorded.records[4].runs[0].outcome.clone();
    assert_ne!(other, recorded.records[3].runs[0].outcome);
    recorded.records[3].runs[0].outcome = other;
    let Replay::Differs(fields) = recorded.replay(3) else {
        panic!("must differ")
    };
    assert!(
        fields.iter().any(|field| field.starts_with("/at_risk: ")),
        "{fields:?}"
    );
}

#[test]
fn what_is_missing_or_changed_is_named() {
    let recorded = recorded("benign");
    let (record, case) = (&recorded.records[3], &recorded.cases[3]);
    let run = &record.runs[0];
    let why = |record: &Record, case, settings: &str| match recorded.replay_on(
        &recorded.test.host,
        record,
        case,
        settings,
    ) {
        Replay::Impossible(why) => why,
        other => panic!("{other:?}"),
    };
    let settings = &recorded.settings;
    let given = Digest::of(&view(&recorded.cases[4]));
    assert_eq!(
        why(record, &recorded.cases[4], settings),
        Impossible::Case {
            recorded: run.case,
            given
        }
    );
    assert!(matches!(
        why(record, case, r#"{"do":"trap"}"#),
        Impossible::Settings { .. }
    ));
    let contract = Record {
        contract: "0.9.0".into(),
        ..record.clone()
    };
    assert_eq!(
        why(&contract, case, settings),
        Impossible::Contract("0.9.0".into())
    );
    let schedule = Record {
        fuel_schedule: 99,
        ..record.clone()
    };
    assert_eq!(why(&schedule, case, settings), Impossible::FuelSchedule(99));
}

#[test]
fn bytes_of_another_component_are_not_run() {
    let recorded = recorded("benign");
    let folder = tempfile::tempdir().unwrap();
    let host = support::open(folder.path(), [8; 32], Limits::default());
    let kept = Kept {
        context: &view(&recorded.context),
        case: &view(&recorded.cases[0]),
        settings: &recorded.settings,
    };
    let record = &recorded.records[0];
    let other = hostile::preset("places");
    let given = Digest::of(&other);
    let replay = host.replay(record, &record.runs[0], kept, || Ok(other)).unwrap();
    let why = Impossible::Component {
        recorded: record.runs[0].component,
        given,
    };
    assert_eq!(replay, Replay::Impossible(why));
}

#[test]
fn records_survive_their_bytes_and_other_formats_are_named() {
    let recorded = recorded("benign");
    let record = &recorded.records[0];
    let mut bytes = record.encode();
    assert_eq!(Record::decode(&bytes).as_ref(), Ok(record));
    assert_eq!(
        Record::decode(&bytes[..bytes.len() - 1]),
        Err(Unreadable::Damaged)
    );
    assert_eq!(
        Record::decode(&[&bytes[..], &[0]].concat()),
        Err(Unreadable::Damaged)
    );
    bytes[0] = 9;
    assert_eq!(
        Record::decode(&bytes),
        Err(Unreadable::Format { found: 9, known: 1 })
    );
    assert_eq!(Record::decode(&[]), Err(Unreadable::Damaged));
}
