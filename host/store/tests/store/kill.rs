//! A process that is killed in the middle of its work leaves nothing half done.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use maan_ledger::TenantId;
use maan_store::{ActionFilter, DecidedBatch, Decision, HostKey, Ingest, Store, TenantStore};
use uuid::Uuid;

use crate::support::samples::*;
use crate::support::{Fixture, HOST_KEY, block_on};

crate::support::on_both!(a_killed_process_leaves_nothing_half_done,);

const DEBTORS: u32 = 6;
const KILLS: u64 = 6;

fn root(number: usize) -> [u8; 32] {
    match number {
        0 => [0; 32],
        _ => *blake3::hash(&number.to_be_bytes()).as_bytes(),
    }
}

/// How many batches there are, by what a process that was not there can see.
async fn batches(store: &TenantStore) -> usize {
    store.decision_ids(None, u32::MAX).await.unwrap().len() / DEBTORS as usize
}

/// One round: facts for everybody, then a batch with an action for everybody.
async fn round(store: &TenantStore, number: usize) {
    let debtors = (1..=DEBTORS)
        .map(|n| (debtor(n.into()), row(n.into()), vec![fact(1)]))
        .collect();
    store
        .ingest(
            Ingest {
                debtors,
                ..Ingest::default()
            },
            NOW,
        )
        .await
        .unwrap();
    let decisions = (0..DEBTORS).map(|n| {
        let id = number as u128 * 100 + u128::from(n);
        Decision {
            actions: vec![reminder(id, id)],
            judged: Some(fact(2)),
            withdraw: false,
            ..decision(u128::from(n) + 1, n)
        }
    });
    let batch = DecidedBatch {
        id: Uuid::from_u128(number as u128),
        root: root(number),
        previous_root: root(number - 1),
        ..batch(store, 1, decisions.collect()).await
    };
    store.write_batch(batch).await.unwrap();
}

/// Works until it is killed, and says what it was told to be written.
#[test]
#[ignore = "is run and killed by the test beside it"]
fn works_until_killed() {
    let Ok(url) = std::env::var("MAAN_KILL_URL") else {
        return;
    };
    let tenant: TenantId = std::env::var("MAAN_KILL_TENANT").unwrap().parse().unwrap();
    block_on(async {
        let store = Store::open(&url, &HostKey::from_bytes(&HOST_KEY))
            .await
            .unwrap()
            .tenant(tenant);
        for number in batches(&store).await + 1.. {
            round(&store, number).await;
            println!("written {number}");
        }
    });
}

/// Runs the worker, kills it so long after its first batch, and gives the last batch that it was told is written.
fn work_and_kill(url: &str, tenant: TenantId, after: Duration) -> usize {
    let mut worker = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::works_until_killed", "--ignored", "--nocapture"])
        .env("MAAN_KILL_URL", url)
        .env("MAAN_KILL_TENANT", tenant.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(worker.stdout.take().unwrap()).lines();
    let mut written = lines.map_while(Result::ok).filter_map(|line| {
        let (_, number) = line.split_once("written ")?;
        number.parse::<usize>().ok()
    });
    let first = written.next().expect("the worker writes");
    std::thread::sleep(after);
    worker.kill().unwrap();
    worker.wait().unwrap();
    written.last().unwrap_or(first)
}

async fn a_killed_process_leaves_nothing_half_done(f: Fixture) {
    let seed: u64 = std::env::var("MAAN_SEED").map_or(7, |seed| seed.parse().unwrap());
    let mut told = 0;
    for kill in 0..KILLS {
        let after =
            Duration::from_micros((seed.wrapping_mul(2_654_435_761).wrapping_add(kill * 7_919_777)) % 40_000);
        told = work_and_kill(&f.url, f.tenant, after).max(told);
    }
    let store = f.own();
    let count = batches(&store).await;
    assert!(
        count >= told && count <= told + 1,
        "{count} batches, {told} were told of (seed {seed})"
    );
    whole(&store, count).await;
}

/// Every batch stands in the chain with all that belongs to it.
async fn whole(store: &TenantStore, count: usize) {
    assert_eq!(store.batch_chain_head().await.unwrap(), root(count));
    for number in 1..=count {
        let batch = store
            .batch(Uuid::from_u128(number as u128))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (batch.head.root, batch.head.previous_root),
            (root(number), root(number - 1))
        );
        assert_eq!(batch.records.len(), DEBTORS as usize);
    }
    let actions = store
        .actions(ActionFilter {
            limit: u32::MAX,
            ..ActionFilter::default()
        })
        .await
        .unwrap();
    assert_eq!(actions.len(), count * DEBTORS as usize);
    for action in actions.iter().take(30) {
        assert_eq!(store.history(action.id).await.unwrap().len(), 1);
    }
    let mut taken_in = Vec::new();
    for n in 1..=DEBTORS {
        let facts = store.facts(debtor(n.into())).await.unwrap();
        let debtor = store.debtor(debtor(n.into())).await.unwrap().unwrap();
        assert_eq!(facts.len() as i64, debtor.fact_version, "a page for each version");
        assert_eq!(
            facts.iter().filter(|one| **one == fact(2)).count(),
            count,
            "a judgement for each batch"
        );
        taken_in.push(facts.iter().filter(|one| **one == fact(1)).count());
    }
    assert!(
        taken_in
            .iter()
            .all(|n| *n == taken_in[0] && (count..=count + KILLS as usize).contains(n)),
        "{taken_in:?}"
    );
}
