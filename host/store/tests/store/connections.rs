use maan_ledger::Moment;
use maan_store::{
    ConnectionId, ConnectionState, Decision, HostKey, NewConnection, Store, StoreError, TenantStore, Tried,
};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    a_connection_comes_back_without_its_secret,
    the_secret_is_changed_by_one_holder_at_a_time,
    a_new_consent_replaces_addresses_and_secret_at_once,
    a_connection_that_is_ended_has_no_secret_and_can_be_connected_again,
    how_a_reading_went_is_kept,
    two_processes_do_not_refresh_at_once,
    a_rotated_host_key_still_opens_everything_and_the_old_one_nothing,
);

async fn connected(store: &TenantStore, secret: &str) -> ConnectionId {
    let new = NewConnection {
        platform: "moneybird".into(),
        config: r#"{"administration":"1"}"#.into(),
        secret: secret.into(),
    };
    assert!(!format!("{new:?}").contains(&format!("\"{secret}\"")));
    store.put_connection(new).await.unwrap()
}

async fn secret(store: &TenantStore, id: ConnectionId) -> String {
    store.secret(id).await.unwrap().expose_secret().to_owned()
}

async fn a_connection_comes_back_without_its_secret(f: Fixture) {
    let store = f.own();
    let id = connected(&store, "refresh-1").await;
    let connection = store.connections().await.unwrap().remove(0);
    assert_eq!((connection.id, connection.platform.as_str()), (id, "moneybird"));
    assert_eq!(connection.config, r#"{"administration":"1"}"#);
    assert_eq!(
        (connection.state, connection.last_read, connection.cursor),
        (ConnectionState::Active, None, None)
    );
    assert_eq!(secret(&store, id).await, "refresh-1");
    for state in [
        ConnectionState::NeedsConsent {
            why: "revoked there".into(),
        },
        ConnectionState::Revoked,
    ] {
        store.set_connection_state(id, state.clone()).await.unwrap();
        assert_eq!(store.connections().await.unwrap()[0].state, state);
    }
    let unknown = ConnectionId(Uuid::from_u128(1));
    assert!(matches!(
        store.secret(unknown).await,
        Err(StoreError::UnknownConnection(_))
    ));
    let set = store.set_connection_state(unknown, ConnectionState::Active).await;
    assert!(matches!(set, Err(StoreError::UnknownConnection(_))));
}

async fn the_secret_is_changed_by_one_holder_at_a_time(f: Fixture) {
    let store = f.own();
    let id = connected(&store, "refresh-1").await;
    let later = NOW.plus_seconds(31);
    let (first, fence) = store.lease_secret(id, "a", NOW, 30).await.unwrap().unwrap();
    assert_eq!(first.expose_secret(), "refresh-1");
    assert!(store.lease_secret(id, "b", NOW, 30).await.unwrap().is_none());
    assert!(
        store
            .replace_secret(id, fence, &"refresh-2".into())
            .await
            .unwrap()
    );
    assert!(
        !store
            .replace_secret(id, fence, &"refresh-x".into())
            .await
            .unwrap(),
        "the right was given up"
    );

    // the next holder sees what the first one left; one who came late changes nothing
    let (second, stale) = store.lease_secret(id, "b", NOW, 30).await.unwrap().unwrap();
    assert_eq!(second.expose_secret(), "refresh-2");
    let (_, newest) = store.lease_secret(id, "c", later, 30).await.unwrap().unwrap();
    assert!(newest > stale);
    assert!(
        !store
            .replace_secret(id, stale, &"refresh-x".into())
            .await
            .unwrap()
    );
    assert!(!store.release_secret(id, stale).await.unwrap());
    assert!(store.release_secret(id, newest).await.unwrap());
    assert_eq!(secret(&store, id).await, "refresh-2");

    // a holder whose lease ran out and was not taken by another keeps what it was given by the platform
    let (_, fence) = store.lease_secret(id, "d", later, 1).await.unwrap().unwrap();
    assert!(
        store
            .replace_secret(id, fence, &"refresh-3".into())
            .await
            .unwrap()
    );
    assert_eq!(secret(&store, id).await, "refresh-3");
}

async fn a_new_consent_replaces_addresses_and_secret_at_once(f: Fixture) {
    let store = f.own();
    let id = connected(&store, "refresh-1").await;
    let why = "taken back".into();
    store
        .set_connection_state(id, ConnectionState::NeedsConsent { why })
        .await
        .unwrap();
    let (_, fence) = store.lease_secret(id, "a", NOW, 30).await.unwrap().unwrap();
    let again = NewConnection {
        platform: "moneybird".into(),
        config: r#"{"moved":true}"#.into(),
        secret: "refresh-2".into(),
    };
    assert!(store.renew_connection(id, fence, &again).await.unwrap());
    assert!(
        !store.renew_connection(id, fence, &again).await.unwrap(),
        "the right was given up"
    );
    let kept = store.connections().await.unwrap().remove(0);
    assert_eq!((kept.config, kept.state), (again.config, ConnectionState::Active));
    assert_eq!(secret(&store, id).await, "refresh-2");
}

async fn a_connection_that_is_ended_has_no_secret_and_can_be_connected_again(f: Fixture) {
    let store = f.own();
    let id = connected(&store, "refresh-1").await;
    let (_, stale) = store.lease_secret(id, "a", NOW, 1).await.unwrap().unwrap();
    let later = NOW.plus_seconds(2);
    let (_, fence) = store.lease_secret(id, "b", later, 30).await.unwrap().unwrap();
    assert!(!store.end_connection(id, stale).await.unwrap());
    assert_eq!(secret(&store, id).await, "refresh-1");
    assert!(store.end_connection(id, fence).await.unwrap());
    assert_eq!(secret(&store, id).await, "");
    assert_eq!(
        store.connections().await.unwrap()[0].state,
        ConnectionState::Revoked
    );
    assert!(
        !store
            .replace_secret(id, fence, &"refresh-2".into())
            .await
            .unwrap(),
        "who was renewing meanwhile brings nothing back"
    );
    let (_, fence) = store.lease_secret(id, "c", later, 30).await.unwrap().unwrap();
    let again = NewConnection {
        platform: "moneybird".into(),
        config: r#"{"administration":"1"}"#.into(),
        secret: "refresh-3".into(),
    };
    assert!(store.renew_connection(id, fence, &again).await.unwrap());
    assert_eq!(
        store.connections().await.unwrap()[0].state,
        ConnectionState::Active
    );
    assert_eq!(secret(&store, id).await, "refresh-3");
}

async fn how_a_reading_went_is_kept(f: Fixture) {
    let store = f.own();
    let id = connected(&store, "refresh-1").await;
    assert_eq!(store.connections().await.unwrap()[0].tried, None);
    for (trouble, calls_left) in [(Some("it did not answer".to_owned()), None), (None, Some(4_990))] {
        let tried = Tried {
            at: NOW,
            trouble,
            calls_left,
        };
        store.note_try(id, &tried).await.unwrap();
        assert_eq!(store.connections().await.unwrap()[0].tried, Some(tried));
    }
}

async fn two_processes_do_not_refresh_at_once(f: Fixture) {
    let id = connected(&f.own(), "0").await;
    let mut workers = Vec::new();
    for name in ["a", "b"] {
        let store = Store::open(&f.url, &f.key).await.unwrap().tenant(f.tenant);
        workers.push(tokio::spawn(async move {
            let mut refreshed = 0;
            while refreshed < 20 {
                let Some((secret, fence)) = store.lease_secret(id, name, NOW, 30).await.unwrap() else {
                    continue;
                };
                let next: u32 = secret.expose_secret().parse::<u32>().unwrap() + 1;
                let next = SecretString::from(next.to_string());
                assert!(store.replace_secret(id, fence, &next).await.unwrap());
                refreshed += 1;
            }
        }));
    }
    for worker in workers {
        worker.await.unwrap();
    }
    assert_eq!(secret(&f.own(), id).await, "40");
}

async fn a_rotated_host_key_still_opens_everything_and_the_old_one_nothing(f: Fixture) {
    let store = f.own();
    let id = connected(&store, "refresh-1").await;
    known_debtors(&store, 1).await;
    decide(&store, 1, 1, vec![reminder(1, 1)]).await;
    let rotated = f.key.rotated();
    f.store.rotate(&rotated).await.unwrap();
    let other = f.other().await;

    let again = Store::open(&f.url, &rotated).await.unwrap();
    let own = again.tenant(f.tenant);
    assert_eq!(secret(&own, id).await, "refresh-1");
    assert_eq!(
        own.decisions(debtor(1), 1).await.unwrap()[0].payload.as_deref(),
        Some(b"payload 1".as_slice())
    );
    assert_eq!(
        own.action(action_id(1)).await.unwrap().unwrap().body.as_deref(),
        Some(b"body 1".as_slice())
    );
    decide(&own, 2, 1, vec![]).await;
    connected(&again.tenant(other.id()), "x").await;

    assert!(matches!(
        Store::open(&f.url, &f.key).await,
        Err(StoreError::WrongHostKey(_))
    ));
    assert!(matches!(
        Store::open(&f.url, &HostKey::generate()).await,
        Err(StoreError::WrongHostKey(_))
    ));
    let unrelated = f.store.rotate(&HostKey::generate()).await;
    assert!(
        matches!(unrelated, Err(StoreError::WrongHostKey(_))),
        "it could not open what is there"
    );
    assert_eq!(secret(&f.own(), id).await, "refresh-1");
    let due = own.due([1; 32], TODAY, None, 1).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(own.last_known().await.unwrap(), Some(Moment(NOW.0 + 1)));
}

#[test]
fn nothing_sealed_can_be_read_in_the_file_and_a_destroyed_key_is_gone_from_it() {
    crate::support::test_on_sqlite(async |f: Fixture| {
        let store = f.own();
        connected(&store, "refresh-token-of-anna").await;
        known_debtors(&store, 1).await;
        let views = Some(b"views that nobody reads".to_vec());
        let actions = vec![reminder(77, 1)];
        let decision = Decision {
            views,
            actions,
            ..decision(1, 0)
        };
        store
            .write_batch(batch(&store, 1, vec![decision]).await)
            .await
            .unwrap();
        let path = f.url.strip_prefix("sqlite:").unwrap();
        let mut raw = SqliteConnection::connect(&f.url).await.unwrap();
        let key: Vec<u8> = sqlx::query_scalar("SELECT wrapped_key FROM debtor")
            .fetch_one(&mut raw)
            .await
            .unwrap();
        let held = |needle: &[u8]| {
            let files = ["", "-wal"].map(|end| std::fs::read(format!("{path}{end}")).unwrap_or_default());
            files
                .concat()
                .windows(needle.len())
                .any(|window| window == needle)
        };
        assert!(
            held(b"record 1") && held(b"segment") && held(&key),
            "what is in the clear is found"
        );
        for secret in [
            &b"refresh-token"[..],
            b"views that",
            b"payload 1",
            b"body 77",
            "aan Jänsen 77".as_bytes(),
        ] {
            assert!(!held(secret), "{}", String::from_utf8_lossy(secret));
        }
        store.erase_key(debtor(1)).await.unwrap();
        assert!(
            !held(&key),
            "the destroyed key is neither in the file nor in its log"
        );
    });
}
