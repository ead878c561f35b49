use maan_ledger::Moment;
use maan_store::{QueuedWriteBack, TenantStore, WriteBackKind, WriteBackOutcome, WriteBackState};
use uuid::Uuid;

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    each_thing_is_queued_and_written_once,
    one_that_was_broken_off_is_written_again_unless_it_is_a_note,
    what_is_queued_is_the_administrations_own,
    who_was_told_of_since_a_moment_is_found,
);

fn queued(n: u128, kind: WriteBackKind) -> QueuedWriteBack {
    QueuedWriteBack {
        id: Uuid::from_u128(n),
        debtor: debtor(1),
        kind,
    }
}

fn outcome(state: WriteBackState, not_before: Moment) -> WriteBackOutcome {
    WriteBackOutcome {
        state,
        why: String::new(),
        not_before,
    }
}

async fn with(f: &Fixture, all: &[QueuedWriteBack]) -> TenantStore {
    let store = f.own();
    known_debtors(&store, 1).await;
    store.queue_write_backs(all, NOW, NOW).await.unwrap();
    store
}

async fn each_thing_is_queued_and_written_once(f: Fixture) {
    let one = queued(1, WriteBackKind::Limits);
    let store = with(&f, &[one]).await;
    let later = NOW.plus_seconds(60);
    assert_eq!(store.write_back_start().await.unwrap(), Some(NOW));
    let claimed = store.claim_write_back(NOW, 30).await.unwrap();
    assert_eq!(claimed, Some((one, 1)));
    assert_eq!(store.claim_write_back(NOW, 30).await.unwrap(), None);
    // put off, then written
    let put_off = outcome(WriteBackState::Waiting, later);
    assert!(store.settle_write_back(one.id, &put_off).await.unwrap());
    assert_eq!(store.claim_write_back(NOW, 30).await.unwrap(), None);
    assert_eq!(store.claim_write_back(later, 30).await.unwrap(), Some((one, 2)));
    let done = outcome(WriteBackState::Done, later);
    assert!(store.settle_write_back(one.id, &done).await.unwrap());
    assert!(!store.settle_write_back(one.id, &put_off).await.unwrap());
    // queued again: it is known
    store.queue_write_backs(&[one], later, later).await.unwrap();
    assert_eq!(store.write_back_start().await.unwrap(), Some(later));
    assert_eq!(store.claim_write_back(later, 30).await.unwrap(), None);
    store.end_write_backs().await.unwrap();
    assert_eq!(store.write_back_start().await.unwrap(), None);
}

async fn one_that_was_broken_off_is_written_again_unless_it_is_a_note(f: Fixture) {
    let (note, hold) = (queued(1, WriteBackKind::Notes), queued(2, WriteBackKind::Holds));
    let store = with(&f, &[note, hold]).await;
    for _ in 0..2 {
        assert!(store.claim_write_back(NOW, 30).await.unwrap().is_some());
    }
    assert!(
        store.give_up_write_backs(NOW).await.unwrap().is_empty(),
        "in time"
    );
    let later = NOW.plus_seconds(31);
    assert_eq!(store.give_up_write_backs(later).await.unwrap(), [note]);
    assert_eq!(store.claim_write_back(later, 30).await.unwrap(), Some((hold, 2)));
    let done = outcome(WriteBackState::Done, later);
    assert!(!store.settle_write_back(note.id, &done).await.unwrap());
}

async fn what_is_queued_is_the_administrations_own(f: Fixture) {
    let one = queued(1, WriteBackKind::Notes);
    let a = with(&f, &[one]).await;
    let b = f.other().await;
    assert_eq!(b.write_back_start().await.unwrap(), None);
    assert_eq!(b.claim_write_back(NOW, 30).await.unwrap(), None);
    assert!(b.told_after(Moment(0)).await.unwrap().0.is_empty());
    b.end_write_backs().await.unwrap();
    assert!(a.claim_write_back(NOW, 30).await.unwrap().is_some());
    let done = outcome(WriteBackState::Done, NOW);
    assert!(!b.settle_write_back(one.id, &done).await.unwrap());
    assert!(b.give_up_write_backs(Moment(i64::MAX)).await.unwrap().is_empty());
}

async fn who_was_told_of_since_a_moment_is_found(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 2).await;
    let later = NOW.plus_seconds(60);
    store.ingest(facts_about(2, vec![fact(7)]), later).await.unwrap();
    assert_eq!(store.told_after(NOW).await.unwrap(), (vec![debtor(2)], later));
    assert_eq!(store.told_after(later).await.unwrap(), (vec![], later));
}
