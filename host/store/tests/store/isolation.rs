//! One administration neither sees nor changes another.

use maan_ledger::Day;
use maan_store::{
    ActionFilter, ActionState, AdministrationBody, AdministrationFact, Claim, ConnectionState, CreditService,
    DecisionId, Fence, Follows, Ingest, LookUp, NewConnection, NewDeployment, NewHook, QueuedWriteBack,
    RecordVersion, ReportOrder, SendOutcome, Slot, StoreError, TenantStore, WriteBackKind,
};
use secrecy::ExposeSecret;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use uuid::Uuid;

use crate::support::samples::*;
use crate::support::{Fixture, test_on_postgres};

crate::support::on_both!(
    another_administration_gets_nothing_and_changes_nothing,
    the_same_ids_stand_beside_each_other,
    an_administration_that_is_not_there_is_named,
);

/// Something in every table, and what can be seen of it.
async fn filled(f: &Fixture) -> (TenantStore, maan_store::ConnectionId, Claim) {
    let store = f.own();
    let new = NewConnection {
        platform: "moneybird".into(),
        config: "{}".into(),
        secret: "secret-a".into(),
    };
    let connection = store.put_connection(new).await.unwrap();
    store.begin_hook(connection, "path-a").await.unwrap();
    let hook = NewHook {
        address: "https://books.example/path-a".into(),
        subscription: Some("1".into()),
        secret: Some("hook-a".into()),
        since: Some(NOW),
        ends: None,
    };
    store.keep_hook(connection, &hook).await.unwrap();
    let record = RecordVersion {
        connection,
        entity: "contact".into(),
        reference: "r".into(),
        version: 1,
        debtor: Some(debtor(1)),
        alias: None,
        deleted: false,
    };
    let stop = AdministrationFact {
        happened: TODAY,
        known: maan_ledger::Known::At(NOW),
        body: AdministrationBody::BankBooked { through: TODAY },
    };
    let ingest = Ingest {
        administration: vec![stop],
        records: vec![record],
        connection: Some(connection),
        cursor: Some("c".into()),
        ..facts_about(1, vec![fact(1)])
    };
    store.ingest(ingest, NOW).await.unwrap();
    decide(&store, 1, 1, vec![reminder(1, 1), reminder(2, 2)]).await;
    f.store.put_component([1; 32], b"one", "{}", NOW).await.unwrap();
    store.deploy(deployment(), NOW).await.unwrap();
    bureau(&store).await;
    let limit = QueuedWriteBack {
        id: Uuid::from_u128(1),
        debtor: debtor(1),
        kind: WriteBackKind::Limits,
    };
    store.queue_write_backs(&[limit], NOW, NOW).await.unwrap();
    let claim = store.claim_outbox("a", NOW, 60, 1).await.unwrap()[0].claim;
    (store, connection, claim)
}

/// A bureau is in use, and a report was ordered there.
async fn bureau(store: &TenantStore) {
    let service = CreditService {
        service: "creditsafe".into(),
        config: "{}".into(),
    };
    let secret = "secret-a".to_owned().into();
    store.put_credit_service(&service, &secret, NOW).await.unwrap();
    let settings = store.credit_settings().await.unwrap();
    store.set_credit_settings(&settings).await.unwrap();
    let order = ReportOrder {
        action: action_id(1),
        debtor: debtor(1),
        service: service.service,
        month: 24_000,
        price: 450,
    };
    store.reserve_report(&order, 1_000, NOW).await.unwrap();
    let look_up = LookUp {
        id: uuid::Uuid::from_u128(1),
        debtor: debtor(1),
        service: "kvk".into(),
        month: 24_000,
        price: 5,
    };
    store.reserve_look_up(&look_up, 1_000, NOW).await.unwrap();
}

fn deployment() -> NewDeployment {
    NewDeployment {
        slot: Slot::Workflow,
        component: [1; 32],
        settings: "{}".into(),
        settings_digest: [2; 32],
        who: "anna".into(),
        why: String::new(),
    }
}

/// Everything that can be read of an administration, as text.
async fn everything(store: &TenantStore, connection: maan_store::ConnectionId) -> String {
    let all = ActionFilter {
        limit: 100,
        ..ActionFilter::default()
    };
    format!(
        "{:?}",
        (
            store.settings().await.unwrap(),
            store.facts(debtor(1)).await.unwrap(),
            store.administration_facts().await.unwrap(),
            store.record_versions(connection, "contact").await.unwrap(),
            store.find_debtors("", 100).await.unwrap(),
            (
                store.connections().await.unwrap(),
                store.secret(connection).await.unwrap().expose_secret().to_owned(),
                store.hooks().await.unwrap(),
                store
                    .hook_secret(connection)
                    .await
                    .unwrap()
                    .map(|secret| secret.expose_secret().to_owned()),
            ),
            (
                store.decision_ids(None, 100).await.unwrap(),
                store.decisions(debtor(1), 10).await.unwrap()
            ),
            (
                store.batch(Uuid::from_u128(1)).await.unwrap(),
                store.batch_chain_head().await.unwrap()
            ),
            (
                store.actions(all).await.unwrap(),
                store.action_counts().await.unwrap()
            ),
            (
                store.history(action_id(1)).await.unwrap(),
                store.history(action_id(2)).await.unwrap()
            ),
            (
                store.totals().await.unwrap(),
                store.due([0; 32], TODAY, None, 9).await.unwrap()
            ),
            (
                store.deployment_history().await.unwrap(),
                store.last_known().await.unwrap()
            ),
        )
    )
}

async fn another_administration_gets_nothing_and_changes_nothing(f: Fixture) {
    let (a, connection, claim) = filled(&f).await;
    let before = everything(&a, connection).await;
    let b = f.other().await;
    let (one, action) = (debtor(1), action_id(1));
    let decision_id = DecisionId {
        batch: Uuid::from_u128(1),
        position: 0,
    };

    // reading
    assert!(b.actions_of_changed().await.unwrap().is_empty());
    assert!(b.facts(one).await.unwrap().is_empty());
    assert!(b.facts_of(&[one]).await.unwrap()[0].1.is_empty());
    assert!(b.administration_facts().await.unwrap().is_empty());
    assert!(b.record_versions(connection, "contact").await.unwrap().is_empty());
    assert!(b.find_debtors("D0001", 9).await.unwrap().is_empty());
    assert!(b.find_debtors(&one.to_string(), 9).await.unwrap().is_empty());
    assert_eq!(b.debtor(one).await.unwrap(), None);
    assert!(b.due([0; 32], Day(i32::MAX), None, 9).await.unwrap().is_empty());
    assert_eq!(b.batch_chain_head().await.unwrap(), [0; 32]);
    assert!(b.decisions(one, 9).await.unwrap().is_empty());
    assert!(b.decision_ids(None, 9).await.unwrap().is_empty());
    assert!(b.decision_ids(Some(decision_id), 9).await.unwrap().is_empty());
    assert_eq!(b.decision(decision_id).await.unwrap(), None);
    assert_eq!(b.batch(decision_id.batch).await.unwrap(), None);
    for debtor in [None, Some(one)] {
        let filter = ActionFilter {
            debtor,
            limit: 9,
            ..ActionFilter::default()
        };
        assert!(b.actions(filter).await.unwrap().is_empty());
    }
    assert_eq!(b.action(action).await.unwrap(), None);
    assert!(b.history(action).await.unwrap().is_empty());
    assert!(b.action_counts().await.unwrap().is_empty());
    assert!(b.totals().await.unwrap().currencies.is_empty());
    assert!(b.deployments().await.unwrap().is_empty());
    assert!(b.deployment_history().await.unwrap().is_empty());
    assert_eq!(b.deployment_settings([2; 32]).await.unwrap(), None);
    assert!(b.connections().await.unwrap().is_empty());
    assert!(b.secret(connection).await.is_err());
    assert!(b.hooks().await.unwrap().is_empty());
    assert!(b.hook_secret(connection).await.unwrap().is_none());
    assert_eq!(b.last_known().await.unwrap(), None);
    assert_eq!(
        b.sent_between(maan_ledger::Moment(0), NOW.plus_seconds(9))
            .await
            .unwrap(),
        0
    );

    // writing
    let over_a = Ingest {
        connection: Some(connection),
        cursor: Some("x".into()),
        ..Ingest::default()
    };
    assert!(matches!(
        b.ingest(over_a, NOW).await,
        Err(StoreError::UnknownConnection(_))
    ));
    let record = RecordVersion {
        connection,
        entity: "contact".into(),
        reference: "r".into(),
        version: 2,
        debtor: None,
        alias: None,
        deleted: true,
    };
    assert!(
        b.ingest(
            Ingest {
                records: vec![record],
                ..Ingest::default()
            },
            NOW
        )
        .await
        .is_err()
    );
    let about_a = batch(&b, 2, vec![decision(1, 0)]).await;
    assert!(matches!(
        b.write_batch(about_a).await,
        Err(StoreError::UnknownDebtor(_))
    ));
    assert!(!b.erase_key(one).await.unwrap());
    let all = ActionState::ALL;
    assert!(
        !b.move_action(action, &all, ActionState::Rejected, "", "eve", NOW)
            .await
            .unwrap()
    );
    assert!(
        b.claim_outbox("eve", NOW.plus_seconds(9999), 60, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(!b.start_sending(&claim, "<eve>", NOW).await.unwrap());
    assert!(!b.put_back(&claim, ActionState::Withdrawn, "", NOW).await.unwrap());
    assert!(!b.put_back_until(&claim, NOW, "", NOW).await.unwrap());
    assert!(a.start_sending(&claim, "<m>", NOW).await.unwrap());
    let before_sending = before;
    let before = everything(&a, connection).await;
    assert_ne!(before, before_sending, "the comparison below sees changes");
    let sent = SendOutcome::Sent { proof: "eve".into() };
    assert!(
        !b.finish_sending(&claim, sent, Some((one, vec![fact(6)])), NOW)
            .await
            .unwrap()
    );
    assert!(
        !b.settle(
            claim.action,
            &all,
            ActionState::Done,
            "",
            "eve",
            Follows {
                debtor: one,
                facts: vec![fact(6)],
                action: None,
            },
            NOW
        )
        .await
        .unwrap()
    );
    assert!(b.lease_secret(connection, "eve", NOW, 60).await.is_err());
    assert!(
        !b.replace_secret(connection, Fence(0), &"eve".into())
            .await
            .unwrap()
    );
    let theirs = NewConnection {
        platform: "moneybird".into(),
        config: "{}".into(),
        secret: "eve".into(),
    };
    assert!(!b.renew_connection(connection, Fence(0), &theirs).await.unwrap());
    assert!(!b.release_secret(connection, Fence(0)).await.unwrap());
    assert!(b.begin_hook(connection, "eve").await.is_err());
    let hook = NewHook {
        address: "https://eve.example".into(),
        subscription: None,
        secret: Some("eve".into()),
        since: None,
        ends: None,
    };
    assert!(b.keep_hook(connection, &hook).await.is_err());
    b.note_message(connection, NOW).await.unwrap();
    b.end_hook(connection).await.unwrap();
    assert_eq!(b.begin_reading(connection, "eve", NOW, 60).await.unwrap(), None);
    assert!(!b.extend_reading(connection, Fence(0), NOW, 60).await.unwrap());
    assert!(
        b.set_connection_state(connection, ConnectionState::Revoked)
            .await
            .is_err()
    );
    b.deploy(deployment(), NOW).await.unwrap();
    let mut stopped = settings();
    stopped.stop_all = true;
    b.set_settings(&stopped).await.unwrap();
    assert_eq!(everything(&a, connection).await, before);
}

async fn the_same_ids_stand_beside_each_other(f: Fixture) {
    let (a, b) = (f.own(), f.other().await);
    known_debtors(&a, 2).await;
    known_debtors(&b, 1).await;
    for store in [&a, &b] {
        let written = decide(store, 1, 1, vec![reminder(1, 1)]).await;
        assert_eq!((written.number, written.made), (1, vec![action_id(1)]));
    }
    b.ingest(facts_about(1, vec![fact(8)]), NOW).await.unwrap();
    b.erase_key(debtor(1)).await.unwrap();
    assert_eq!(a.facts(debtor(1)).await.unwrap(), [fact(1)]);
    assert!(a.decisions(debtor(1), 1).await.unwrap()[0].payload.is_some());
    assert_eq!(a.claim_outbox("a", NOW, 60, 9).await.unwrap().len(), 1);
    assert_eq!(b.claim_outbox("b", NOW, 60, 9).await.unwrap().len(), 1);
}

async fn an_administration_that_is_not_there_is_named(f: Fixture) {
    let nobody = f.store.tenant(maan_ledger::TenantId(Uuid::from_u128(404)));
    let is_named = |error: StoreError| matches!(error, StoreError::UnknownTenant(_));
    assert!(is_named(nobody.settings().await.unwrap_err()));
    assert!(is_named(nobody.set_settings(&settings()).await.unwrap_err()));
    assert!(is_named(nobody.batch_chain_head().await.unwrap_err()));
    assert!(is_named(nobody.ingest(Ingest::default(), NOW).await.unwrap_err()));
    assert!(is_named(nobody.deploy(deployment(), NOW).await.unwrap_err()));
    let new = NewConnection {
        platform: "x".into(),
        config: "{}".into(),
        secret: "x".into(),
    };
    assert!(is_named(nobody.put_connection(new).await.unwrap_err()));
}

#[test]
fn raw_sql_of_one_tenant_sees_and_changes_nothing_of_another() {
    test_on_postgres(raw_sql);
}

async fn raw_sql(f: Fixture) {
    filled(&f).await;
    let b = f.other().await.id();
    let url = f.admin.clone().unwrap();
    let mut admin = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO maan_reader")
        .execute(&mut admin)
        .await
        .unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT table_name::text FROM information_schema.columns
         WHERE column_name = 'tenant' AND table_schema = 'public' ORDER BY table_name",
    )
    .fetch_all(&mut admin)
    .await
    .unwrap();
    assert!(tables.len() >= 12, "{tables:?}");

    let mut reader = url::Url::parse(&url).unwrap();
    reader.set_username("maan_reader").unwrap();
    reader.set_password(Some("maan_reader")).unwrap();
    for role in [reader.as_str(), f.url.as_str()] {
        let mut raw = PgConnection::connect(role).await.unwrap();
        for table in &tables {
            let count = async |raw: &mut PgConnection, tenant: String| -> i64 {
                let setting = format!("SELECT set_config('maan.tenant', '{tenant}', false)");
                sqlx::raw_sql(AssertSqlSafe(setting))
                    .execute(&mut *raw)
                    .await
                    .unwrap();
                let sql = format!(
                    "SELECT COUNT(*) FROM {table} WHERE tenant = '{}' OR true",
                    f.tenant
                );
                sqlx::raw_sql(AssertSqlSafe(sql))
                    .fetch_one(&mut *raw)
                    .await
                    .unwrap()
                    .get(0)
            };
            let own = i64::from(table == "tenant");
            assert!(
                count(&mut raw, f.tenant.to_string()).await > 0,
                "{table} holds something"
            );
            assert_eq!(
                count(&mut raw, b.to_string()).await,
                own,
                "{table} as another tenant"
            );
            assert_eq!(count(&mut raw, String::new()).await, 0, "{table} as nobody");
            assert_eq!(
                count(&mut raw, Uuid::nil().to_string()).await,
                own * 2,
                "{table} as the host"
            );
            count(&mut raw, b.to_string()).await;
            let sql = format!("UPDATE {table} SET tenant = tenant WHERE tenant = '{}'", f.tenant);
            let changed = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut raw).await.unwrap();
            assert_eq!(changed.rows_affected(), 0, "{table}");
        }
        // nor can a tenant put a row into another's
        let sql = format!(
            "UPDATE tenant SET tenant = '{}' WHERE tenant = '{b}'",
            Uuid::from_u128(77)
        );
        assert!(sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut raw).await.is_err());
    }
}
