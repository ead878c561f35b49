//! A process that is killed at any moment loses nothing and sends nothing twice.
//!
//! `maan run` is started as a real process, killed with SIGKILL in a chosen phase, and started again, until it
//! ends by itself. Then its worklist, its mails and its decisions are those of a run that nobody disturbed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use crate::support::{Dice, Installation, Kind, Platform, Process, mailbox};

/// The phases of a run, in its order, and how often one is met in a run at most, as far as kills go.
const PHASES: [(&str, u64); 8] = [
    ("reading", 2),
    ("keeping", 1),
    ("deciding", 1),
    ("writing", 1),
    ("looking", 6),
    ("marking", 6),
    ("handing-over", 6),
    ("noting", 6),
];

/// Later than the lease of a worker that was killed, in seconds.
const AFTER_THE_LEASE: i64 = 310;

/// Later than any message may be on the wire: then nobody knows what became of it.
const AFTER_SENDING: i64 = 610;

/// How often a process was killed in each phase: the last one that it told.
type Kills = BTreeMap<String, u32>;

/// What an administration came to: actions by id without those of unknown outcome, and mails by Message-ID.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    actions: BTreeMap<String, Value>,
    mails: BTreeMap<String, usize>,
    replayed: Value,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_1_ops_4_killed_in_every_phase_nothing_is_lost_and_nothing_leaves_twice_on_sqlite() {
    kill_on(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_1_ops_4_killed_in_every_phase_nothing_is_lost_and_nothing_leaves_twice_on_postgresql() {
    kill_on(Kind::Postgres).await;
}

/// One trial with a kill in each phase; with `MAAN_FULL` as many as it takes to kill ten times in each.
async fn kill_on(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let full = std::env::var_os("MAAN_FULL").is_some();
    let (debtors, each, wanted) = if full { (300, 4, 10) } else { (80, 1, 1) };
    let platform = Platform::start(debtors).await;
    let base = Installation::connected(kind, &platform).await;
    let undisturbed = undisturbed(&base, &platform).await;
    let mut kills = Kills::new();
    let rare = |kills: &Kills, phase: &str| kills.get(phase).copied().unwrap_or_default() < wanted;
    for seed in 1.. {
        assert!(seed <= 40, "{kind:?}: some phases are hardly met: {kills:?}");
        let phases = PHASES.into_iter().filter(|(phase, _)| rare(&kills, phase));
        let plan: Vec<_> = phases
            .flat_map(|phase| std::iter::repeat_n(phase, each))
            .collect();
        one_trial(&base, &undisturbed, seed, &plan, &mut kills).await;
        eprintln!("{kind:?}: kills by phase after {seed} trials: {kills:?}");
        if !full || !PHASES.iter().any(|(phase, _)| rare(&kills, phase)) {
            break;
        }
    }
    let total: u32 = kills.values().sum();
    assert!(total >= 5, "{kind:?}: hardly anything was killed: {kills:?}");
}

/// What comes of the administration when nobody disturbs it; a second run finds nothing more to do.
async fn undisturbed(base: &Installation, platform: &Platform) -> Outcome {
    let installation = base.copy().await;
    installation.ask(&["run"]).await;
    installation.wait(AFTER_THE_LEASE);
    installation.ask(&["run"]).await;
    let (outcome, unknown) = outcome(&installation, platform).await;
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(
        outcome.mails.len() > 5,
        "too little leaves to see anything: {}",
        outcome.mails.len()
    );
    outcome
}

/// Kills a process in each of these phases, one after the other, and compares what came of it.
async fn one_trial(
    base: &Installation,
    undisturbed: &Outcome,
    seed: u64,
    plan: &[(&str, u64)],
    kills: &mut Kills,
) {
    let mut dice = Dice::new(seed);
    let sink = mailbox().await;
    let installation = base.copy().await;
    installation.mails_to(&sink.practice);
    let mut hit = 0;
    for &(phase, most) in plan {
        let delay = match dice.between(0, 3) {
            0 => dice.between(0, 20_000),
            1 => dice.between(0, 2_000),
            _ => 0,
        };
        let delay = Duration::from_micros(delay);
        match killed_in(&installation, phase, dice.between(1, most), delay).await {
            Some(last) => *kills.entry(last).or_default() += 1,
            // it ended by itself before the phase came: there was nothing of it to do
            None => continue,
        }
        hit += 1;
        installation.wait(AFTER_THE_LEASE);
    }
    installation.wait(AFTER_SENDING);
    installation.ask(&["run"]).await;
    let (before, unknown) = outcome(&installation, &sink).await;
    assert!(
        unknown.len() <= hit,
        "seed {seed}: {} unknown after {hit} kills",
        unknown.len()
    );
    let certain = |mails: &BTreeMap<String, usize>| -> BTreeMap<String, usize> {
        let of_unknown = |id: &String| {
            unknown
                .iter()
                .any(|action| id.starts_with(&action.replace('-', "")))
        };
        mails
            .iter()
            .filter(|(id, _)| !of_unknown(id))
            .map(|(id, count)| (id.clone(), *count))
            .collect()
    };
    assert_eq!(certain(&before.mails), certain(&undisturbed.mails), "seed {seed}");
    for action in &unknown {
        let left = before
            .mails
            .keys()
            .any(|id| id.starts_with(&action.replace('-', "")));
        installation
            .ask(&["resolve", action, if left { "--sent" } else { "--not-sent" }])
            .await;
    }
    installation.wait(AFTER_THE_LEASE);
    installation.ask(&["run"]).await;
    let (after, unknown) = outcome(&installation, &sink).await;
    assert!(unknown.is_empty(), "seed {seed}: {unknown:?}");
    assert_eq!(after.actions, undisturbed.actions, "seed {seed}");
    assert_eq!(after.mails, undisturbed.mails, "seed {seed}");
    assert_eq!(
        after.replayed["replayed"], after.replayed["identical"],
        "seed {seed}"
    );
}

/// Starts `maan run` and kills it soon after it told a phase for the nth time. The last phase that it told; none
/// when it ended by itself, which must be a good end.
async fn killed_in(installation: &Installation, phase: &str, nth: u64, delay: Duration) -> Option<String> {
    let mut process = Process::start(installation, &["--json", "run"]);
    let mut last = None;
    if process.meets(phase, nth).await {
        tokio::time::sleep(delay).await;
        process.kill();
        last = Some(phase.to_owned());
    }
    while let Some(told) = process.next_phase().await {
        last = Some(told);
    }
    let answer = process.end().await;
    match answer.code {
        None => last,
        Some(_) => {
            answer.good();
            None
        }
    }
}

/// What the administration came to, and the actions of which nobody knows whether they left.
async fn outcome(installation: &Installation, sink: &Platform) -> (Outcome, BTreeSet<String>) {
    let worklist = installation
        .ask(&["worklist", "--all", "--limit", "1000000"])
        .await;
    let lines = worklist.as_array().unwrap();
    let id = |line: &Value| line["action"].as_str().unwrap().to_owned();
    let unknown = lines
        .iter()
        .filter(|line| line["state"] == "unknown")
        .map(id)
        .collect();
    let actions = lines.iter().map(|line| (id(line), line.clone())).collect();
    let mut mails = BTreeMap::new();
    for mail in sink.practice.mails() {
        *mails.entry(mail.message_id).or_default() += 1;
    }
    let replayed = installation.ask(&["replay", "--all"]).await;
    (
        Outcome {
            actions,
            mails,
            replayed,
        },
        unknown,
    )
}
