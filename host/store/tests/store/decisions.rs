use maan_ledger::{Currency, Day, Moment};
use maan_store::{CurrencyTotals, Decision, DecisionId, StoreError};
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use crate::support::samples::*;
use crate::support::{Fixture, test_on_sqlite};

crate::support::on_both!(
    a_debtor_is_due_until_decided_and_again_when_something_changes,
    due_debtors_come_in_pages_by_id,
    a_decision_comes_back_as_it_was_written,
    batches_stand_in_a_chain_that_does_not_fork,
    a_batch_that_cannot_be_written_whole_changes_nothing,
    decisions_are_listed_in_the_order_of_the_chain,
    what_was_judged_becomes_a_fact_and_makes_nobody_due,
    totals_are_sums_by_currency,
    erasing_a_debtor_hides_what_was_decided_and_keeps_the_chain,
);

#[test]
fn what_was_changed_is_not_taken_for_what_was_erased() {
    test_on_sqlite(|f| async move {
        let store = f.own();
        known_debtors(&store, 1).await;
        let decided = Decision {
            actions: vec![reminder(1, 1)],
            ..decision(1, 0)
        };
        store
            .write_batch(batch(&store, 1, vec![decided]).await)
            .await
            .unwrap();
        let mut raw = SqliteConnection::connect(&f.url).await.unwrap();
        for change in [
            "UPDATE action SET sealed_content = CAST(zeroblob(8) || substr(sealed_content, 9) AS BLOB)",
            "UPDATE decision SET sealed_payload = zeroblob(0)",
        ] {
            sqlx::raw_sql(change).execute(&mut raw).await.unwrap();
        }
        let refused = |error| matches!(error, StoreError::CannotOpenSealed(_));
        assert!(refused(store.action(action_id(1)).await.unwrap_err()));
        assert!(refused(store.decisions(debtor(1), 1).await.unwrap_err()));
    });
}

async fn a_debtor_is_due_until_decided_and_again_when_something_changes(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 2).await;
    let due = async |environment, today: Day| -> Vec<_> {
        let due = store.due(environment, today, None, 10).await.unwrap();
        due.into_iter().map(|due| due.debtor).collect()
    };
    let first = store.due(ENVIRONMENT, TODAY, None, 10).await.unwrap();
    assert_eq!((first[0].fact_version, first[0].decided_version), (1, None));
    let decisions = vec![
        decision(1, 0),
        Decision {
            next_look: None,
            ..decision(2, 1)
        },
    ];
    store
        .write_batch(batch(&store, 1, decisions).await)
        .await
        .unwrap();

    assert!(due(ENVIRONMENT, TODAY.plus(6)).await.is_empty());
    assert_eq!(due(ENVIRONMENT, TODAY.plus(7)).await, [debtor(1)]);
    assert_eq!(due([8; 32], TODAY).await, [debtor(1), debtor(2)]);
    store.ingest(facts_about(2, vec![fact(5)]), NOW).await.unwrap();
    let changed = store.due(ENVIRONMENT, TODAY, None, 10).await.unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!((changed[0].debtor, changed[0].fact_version), (debtor(2), 2));
    assert_eq!(changed[0].decided_version, Some(1));
}

async fn due_debtors_come_in_pages_by_id(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 7).await;
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let page = store.due(ENVIRONMENT, TODAY, after, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.debtor);
        pages.push(page.into_iter().map(|due| due.debtor).collect::<Vec<_>>());
    }
    let expected: [Vec<_>; 3] = [
        [1, 2, 3].map(debtor).into(),
        [4, 5, 6].map(debtor).into(),
        vec![debtor(7)],
    ];
    assert_eq!(pages, expected);
}

async fn a_decision_comes_back_as_it_was_written(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 300).await;
    let mut decisions: Vec<Decision> = (1..=300_u32).map(|n| decision(n.into(), n - 1)).collect();
    decisions[4].views = Some(b"views 5".to_vec());
    decisions[4].held = Some("the workflow policy failed".into());
    decisions[4].next_look = None;
    let written = store
        .write_batch(batch(&store, 1, decisions).await)
        .await
        .unwrap();
    assert_eq!(written.number, 1);

    let id = DecisionId {
        batch: Uuid::from_u128(1),
        position: 4,
    };
    assert_eq!(id.to_string().parse::<DecisionId>().unwrap(), id);
    let stored = store.decision(id).await.unwrap().unwrap();
    assert_eq!(
        (stored.id, stored.debtor, stored.decided_version),
        (id, debtor(5), 1)
    );
    assert_eq!(stored.record, b"record 5");
    assert_eq!(stored.payload.as_deref(), Some(b"payload 5".as_slice()));
    assert_eq!(stored.views.as_deref(), Some(b"views 5".as_slice()));
    assert_eq!(
        (stored.held.as_deref(), stored.next_look),
        (Some("the workflow policy failed"), None)
    );
    assert_eq!(
        (stored.batch.number, stored.batch.as_of, stored.batch.known_at),
        (1, TODAY, NOW)
    );
    assert_eq!(stored.batch.header.as_slice(), b"header 1");
    assert_eq!(
        (stored.batch.root, stored.batch.previous_root),
        ([1; 32], [0; 32])
    );
    assert_eq!(
        store.decisions(debtor(5), 10).await.unwrap(),
        std::slice::from_ref(&stored)
    );

    let whole = store.batch(Uuid::from_u128(1)).await.unwrap().unwrap();
    assert_eq!(whole.head, stored.batch);
    assert_eq!(whole.records.len(), 300);
    assert!(
        whole
            .records
            .iter()
            .zip(0..)
            .all(|(record, n)| record.position == n)
    );
    assert_eq!(
        (whole.records[4].debtor, whole.records[4].record.as_slice()),
        (debtor(5), b"record 5".as_slice())
    );
    assert_eq!(store.batch(Uuid::from_u128(9)).await.unwrap(), None);
    assert_eq!(
        store.decision(DecisionId { position: 300, ..id }).await.unwrap(),
        None
    );
    assert_eq!(
        store
            .decision(DecisionId {
                position: u32::MAX,
                ..id
            })
            .await
            .unwrap(),
        None
    );
}

async fn batches_stand_in_a_chain_that_does_not_fork(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let first = batch(&store, 1, vec![decision(1, 0)]).await;
    let rival = batch(&store, 2, vec![decision(1, 0)]).await;
    assert_eq!(store.write_batch(first.clone()).await.unwrap().number, 1);
    assert!(matches!(
        store.write_batch(rival.clone()).await,
        Err(StoreError::ChainMoved)
    ));
    assert!(matches!(
        store.write_batch(first).await,
        Err(StoreError::BatchExists(_))
    ));
    assert_eq!(store.batch_chain_head().await.unwrap(), [1; 32]);
    let again = maan_store::DecidedBatch {
        previous_root: [1; 32],
        ..rival
    };
    assert_eq!(store.write_batch(again).await.unwrap().number, 2);
    assert_eq!(store.batch_chain_head().await.unwrap(), [2; 32]);
}

async fn a_batch_that_cannot_be_written_whole_changes_nothing(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 2).await;
    let unknown = batch(&store, 1, vec![decision(1, 0), decision(3, 1)]).await;
    assert!(
        matches!(store.write_batch(unknown).await, Err(StoreError::UnknownDebtor(id)) if id == debtor(3))
    );
    let twice = batch(&store, 1, vec![decision(1, 0), decision(1, 1)]).await;
    assert!(matches!(
        store.write_batch(twice).await,
        Err(StoreError::Invalid { .. })
    ));
    let place_twice = batch(&store, 1, vec![decision(1, 0), decision(2, 0)]).await;
    assert!(matches!(
        store.write_batch(place_twice).await,
        Err(StoreError::Database(_))
    ));
    let same_action = vec![
        Decision {
            actions: vec![reminder(1, 1)],
            ..decision(1, 0)
        },
        Decision {
            actions: vec![reminder(1, 2)],
            ..decision(2, 1)
        },
    ];
    let same_action = batch(&store, 1, same_action).await;
    assert!(matches!(
        store.write_batch(same_action).await,
        Err(StoreError::Invalid { .. })
    ));

    assert_eq!(store.batch_chain_head().await.unwrap(), [0; 32]);
    assert_eq!(store.decision_ids(None, 10).await.unwrap(), []);
    assert_eq!(store.due(ENVIRONMENT, TODAY, None, 10).await.unwrap().len(), 2);
    assert!(store.action_counts().await.unwrap().is_empty());
}

async fn decisions_are_listed_in_the_order_of_the_chain(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 3).await;
    // ids of batches do not rise with the chain
    for n in [9, 4, 6] {
        let decisions = vec![decision(1, 0), decision(2, 1), decision(3, 2)];
        store
            .write_batch(batch(&store, n, decisions).await)
            .await
            .unwrap();
    }
    let all = store.decision_ids(None, 100).await.unwrap();
    let expected: Vec<DecisionId> = [9, 4, 6]
        .into_iter()
        .flat_map(|n| {
            (0..3).map(move |position| DecisionId {
                batch: Uuid::from_u128(n),
                position,
            })
        })
        .collect();
    assert_eq!(all, expected);
    assert_eq!(
        store.decision_ids(Some(expected[3]), 2).await.unwrap(),
        expected[4..6]
    );
    assert!(store.decision_ids(Some(expected[8]), 2).await.unwrap().is_empty());
    let newest = store.decisions(debtor(2), 2).await.unwrap();
    assert_eq!(
        newest
            .iter()
            .map(|decision| decision.batch.number)
            .collect::<Vec<_>>(),
        [3, 2]
    );
}

async fn what_was_judged_becomes_a_fact_and_makes_nobody_due(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    let judged = Decision {
        judged: Some(fact(77)),
        ..decision(1, 0)
    };
    store
        .write_batch(batch(&store, 1, vec![judged.clone()]).await)
        .await
        .unwrap();
    assert_eq!(store.facts(debtor(1)).await.unwrap(), [fact(1), fact(77)]);
    assert!(store.due(ENVIRONMENT, TODAY, None, 10).await.unwrap().is_empty());

    // a fact that came while it was being decided still makes it due
    store.ingest(facts_about(1, vec![fact(2)]), NOW).await.unwrap();
    let late = Decision {
        decided_version: 2,
        ..judged
    };
    store
        .write_batch(batch(&store, 2, vec![late]).await)
        .await
        .unwrap();
    assert_eq!(store.due(ENVIRONMENT, TODAY, None, 10).await.unwrap().len(), 1);
    assert_eq!(
        store.facts(debtor(1)).await.unwrap(),
        [fact(1), fact(77), fact(2), fact(77)]
    );
}

async fn totals_are_sums_by_currency(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 4).await;
    assert!(store.totals().await.unwrap().currencies.is_empty());
    let mut decisions: Vec<Decision> = (1..=3_u32).map(|n| decision(n.into(), n)).collect();
    decisions[2].digest.currency = Currency::GBP;
    decisions[2].digest.held = 7;
    decisions[1].digest.open = i64::from(i32::MAX) * 10;
    store
        .write_batch(batch(&store, 1, decisions).await)
        .await
        .unwrap();
    let totals = store.totals().await.unwrap();
    let pounds = CurrencyTotals {
        currency: Currency::GBP,
        debtors: 1,
        open: 100,
        overdue: 60,
        held: 7,
    };
    let open = 100 + i64::from(i32::MAX) * 10;
    let euros = CurrencyTotals {
        currency: Currency::EUR,
        debtors: 2,
        open,
        overdue: 120,
        held: 0,
    };
    assert_eq!(totals.currencies, [pounds, euros]);
}

async fn erasing_a_debtor_hides_what_was_decided_and_keeps_the_chain(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 2).await;
    let decisions = vec![
        Decision {
            actions: vec![reminder(1, 1)],
            views: Some(b"views".to_vec()),
            ..decision(1, 0)
        },
        Decision {
            actions: vec![reminder(2, 2)],
            ..decision(2, 1)
        },
    ];
    store
        .write_batch(batch(&store, 1, decisions).await)
        .await
        .unwrap();
    let chain = store.batch(Uuid::from_u128(1)).await.unwrap();
    assert!(store.erase_key(debtor(1)).await.unwrap());
    assert!(!store.erase_key(debtor(1)).await.unwrap());

    let erased = store.decisions(debtor(1), 1).await.unwrap().remove(0);
    assert_eq!(
        (erased.payload, erased.views, erased.record.as_slice()),
        (None, None, b"record 1".as_slice())
    );
    let action = store.action(action_id(1)).await.unwrap().unwrap();
    assert_eq!((action.title.as_str(), action.body), ("", None));
    assert!(store.decisions(debtor(2), 1).await.unwrap()[0].payload.is_some());
    assert!(store.action(action_id(2)).await.unwrap().unwrap().body.is_some());
    assert_eq!(store.batch(Uuid::from_u128(1)).await.unwrap(), chain);
    assert!(store.debtor(debtor(1)).await.unwrap().unwrap().erased);

    // nothing is decided about who was erased, until they are read again; the old stays closed
    let due = store.due([9; 32], TODAY, None, 10).await.unwrap();
    assert_eq!(due.iter().map(|due| due.debtor).collect::<Vec<_>>(), [debtor(2)]);
    let refused = store
        .write_batch(batch(&store, 2, vec![decision(1, 0)]).await)
        .await;
    assert!(matches!(refused, Err(StoreError::Erased(id)) if id == debtor(1)));
    store
        .ingest(facts_about(1, vec![]), Moment(NOW.0 + 1))
        .await
        .unwrap();
    store
        .write_batch(batch(&store, 2, vec![decision(1, 0)]).await)
        .await
        .unwrap();
    let both = store.decisions(debtor(1), 2).await.unwrap();
    assert_eq!(
        (both[0].payload.is_some(), both[1].payload.is_some()),
        (true, false)
    );
}
