use maan_ledger::{Day, Known};
use maan_store::{
    AdministrationBody, AdministrationFact, ConnectionId, Ingest, Ingested, NewConnection, RecordVersion,
    StoreError, TenantStore,
};
use uuid::Uuid;

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    facts_come_back_as_they_became_known,
    a_read_that_is_repeated_doubles_nothing,
    facts_without_records_are_always_added,
    facts_up_to_a_page_stay_the_same_whatever_comes_later,
    many_debtors_come_back_in_the_order_asked,
    a_debtor_is_found_by_what_people_know,
    administration_facts_come_back_in_order,
    an_ingest_over_an_unknown_connection_changes_nothing,
);

async fn connection(store: &TenantStore) -> ConnectionId {
    let new = NewConnection {
        platform: "moneybird".into(),
        config: "{}".into(),
        secret: "s".into(),
    };
    store.put_connection(new).await.unwrap()
}

fn record(connection: ConnectionId, reference: &str, version: i64, about: u128) -> RecordVersion {
    RecordVersion {
        connection,
        entity: "contact".into(),
        reference: reference.into(),
        version,
        debtor: Some(debtor(about)),
        alias: None,
        deleted: false,
    }
}

async fn facts_come_back_as_they_became_known(f: Fixture) {
    let store = f.own();
    let first = Ingest {
        debtors: vec![(debtor(1), row(1), vec![fact(1), round_opened(9)])],
        ..Ingest::default()
    };
    let ingested = store.ingest(first, NOW).await.unwrap();
    assert_eq!(
        ingested,
        Ingested {
            new: vec![debtor(1)],
            changed: vec![],
            facts: 2
        }
    );
    let second = Ingest {
        debtors: vec![
            (debtor(1), row(1), vec![fact(2)]),
            (debtor(2), row(2), vec![]),
            (debtor(1), row(3), vec![fact(3)]),
        ],
        ..Ingest::default()
    };
    let ingested = store.ingest(second, NOW).await.unwrap();
    assert_eq!(
        ingested,
        Ingested {
            new: vec![debtor(2)],
            changed: vec![debtor(1)],
            facts: 2
        }
    );
    assert_eq!(
        store.facts(debtor(1)).await.unwrap(),
        [fact(1), round_opened(9), fact(2), fact(3)]
    );
    assert_eq!(store.facts(debtor(2)).await.unwrap(), []);
    let known = store.debtor(debtor(1)).await.unwrap().unwrap();
    assert_eq!((known.fact_version, known.name), (2, row(3).name));
    assert_eq!(store.debtor(debtor(2)).await.unwrap().unwrap().fact_version, 0);
}

async fn a_read_that_is_repeated_doubles_nothing(f: Fixture) {
    let store = f.own();
    let over = connection(&store).await;
    let read = Ingest {
        debtors: vec![
            (debtor(1), row(1), vec![fact(1)]),
            (debtor(2), row(2), vec![fact(2)]),
        ],
        administration: vec![booked_through(TODAY)],
        records: vec![record(over, "a", 10, 1), record(over, "b", 11, 2)],
        connection: Some(over),
        cursor: Some("page 2".into()),
    };
    assert_eq!(store.ingest(read.clone(), NOW).await.unwrap().facts, 3);
    assert_eq!(
        store.ingest(read.clone(), NOW).await.unwrap(),
        Ingested::default()
    );
    assert_eq!(store.facts(debtor(1)).await.unwrap(), [fact(1)]);
    assert_eq!(store.administration_facts().await.unwrap().len(), 1);
    assert_eq!(
        store.connections().await.unwrap()[0].cursor.as_deref(),
        Some("page 2")
    );
    assert_eq!(store.connections().await.unwrap()[0].last_read, Some(NOW));

    // one record changed: its debtor gets facts, the other stays as it was; the old cursor stays
    let changed = Ingest {
        records: vec![record(over, "a", 12, 1), record(over, "b", 11, 2)],
        cursor: None,
        ..read
    };
    let ingested = store.ingest(changed, NOW).await.unwrap();
    assert_eq!((ingested.new, ingested.changed), (vec![], vec![debtor(1)]));
    assert_eq!(store.facts(debtor(2)).await.unwrap(), [fact(2)]);
    assert_eq!(
        store.connections().await.unwrap()[0].cursor.as_deref(),
        Some("page 2")
    );
    let versions = store.record_versions(over, "contact").await.unwrap();
    assert_eq!(versions["a"], record(over, "a", 12, 1));
    assert_eq!(versions["b"], record(over, "b", 11, 2));
    assert!(store.record_versions(over, "invoice").await.unwrap().is_empty());
}

async fn facts_without_records_are_always_added(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 1).await;
    known_debtors(&store, 1).await;
    assert_eq!(store.facts(debtor(1)).await.unwrap(), [fact(1), fact(1)]);
}

async fn many_debtors_come_back_in_the_order_asked(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 600).await;
    let asked: Vec<_> = (1..=600).rev().chain([999]).map(debtor).collect();
    let found = store.facts_of(&asked).await.unwrap();
    assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), asked);
    assert!(found[..600].iter().all(|(_, facts)| *facts == [fact(1)]));
    assert_eq!(found[600].1, []);
    assert!(store.facts_of(&[]).await.unwrap().is_empty());
    // asked twice, answered twice
    assert_eq!(store.facts_of(&[debtor(1), debtor(1)]).await.unwrap().len(), 2);
}

async fn a_debtor_is_found_by_what_people_know(f: Fixture) {
    let store = f.own();
    known_debtors(&store, 12).await;
    let found = async |text: &str| -> Vec<String> {
        let debtors = store.find_debtors(text, 5).await.unwrap();
        debtors.into_iter().map(|debtor| debtor.number).collect()
    };
    assert_eq!(found(&debtor(3).to_string()).await, ["D0003"]);
    assert_eq!(found("D0007").await, ["D0007"]);
    assert_eq!(found("ref-1").await[..2], ["D0001", "D0010"]);
    assert_eq!(found("JÄNSEN 4").await, ["D0004"]);
    assert_eq!(found("jänsen").await.len(), 5);
    assert!(found("%").await.is_empty());
    assert!(found(r"\").await.is_empty());
    assert!(found("'; DROP TABLE debtor; --").await.is_empty());
}

fn booked_through(through: Day) -> AdministrationFact {
    AdministrationFact {
        happened: through,
        known: Known::At(NOW),
        body: AdministrationBody::BankBooked { through },
    }
}

async fn administration_facts_come_back_in_order(f: Fixture) {
    let store = f.own();
    let stop = AdministrationFact {
        body: AdministrationBody::StopAll {
            stopped: true,
            reason: "verhuizing".into(),
        },
        ..booked_through(TODAY)
    };
    let holiday = AdministrationFact {
        body: AdministrationBody::WorkingDay {
            day: TODAY.plus(1),
            worked: false,
        },
        ..booked_through(TODAY)
    };
    for facts in [vec![booked_through(TODAY), stop.clone()], vec![holiday.clone()]] {
        let ingest = Ingest {
            administration: facts,
            ..Ingest::default()
        };
        store.ingest(ingest, NOW).await.unwrap();
    }
    assert_eq!(
        store.administration_facts().await.unwrap(),
        [booked_through(TODAY), stop, holiday]
    );
}

async fn an_ingest_over_an_unknown_connection_changes_nothing(f: Fixture) {
    let store = f.own();
    let ingest = Ingest {
        debtors: vec![(debtor(1), row(1), vec![fact(1)])],
        connection: Some(ConnectionId(Uuid::from_u128(5))),
        ..Ingest::default()
    };
    assert!(matches!(
        store.ingest(ingest, NOW).await,
        Err(StoreError::UnknownConnection(_))
    ));
    assert_eq!(store.debtor(debtor(1)).await.unwrap(), None);
}

async fn facts_up_to_a_page_stay_the_same_whatever_comes_later(f: Fixture) {
    let store = f.own();
    store.ingest(facts_about(1, vec![fact(1)]), NOW).await.unwrap();
    store
        .ingest(facts_about(1, vec![fact(2)]), NOW.plus_seconds(1))
        .await
        .unwrap();
    // read from history later, and taken to have been known long before
    let known = Known::Assumed(NOW.plus_seconds(-1_000_000));
    let assumed = maan_ledger::Fact { known, ..fact(3) };
    store
        .ingest(facts_about(1, vec![assumed.clone()]), NOW.plus_seconds(2))
        .await
        .unwrap();
    assert_eq!(store.facts_through(debtor(1), 1).await.unwrap(), [fact(1)]);
    assert_eq!(
        store.facts_through(debtor(1), 2).await.unwrap(),
        [fact(1), fact(2)]
    );
    assert_eq!(store.facts(debtor(1)).await.unwrap(), [fact(1), fact(2), assumed]);
}
