//! How platforms tell of changes, and whose turn it is to read.

use maan_ledger::Moment;
use maan_store::{ConnectionId, Fence, Hook, Ingest, NewConnection, NewHook, StoreError, TenantStore};
use secrecy::ExposeSecret;
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use crate::support::Fixture;
use crate::support::samples::*;

crate::support::on_both!(
    an_address_is_kept_before_anybody_is_told_of_it,
    a_subscription_is_kept_with_its_secret_and_forgotten_as_a_whole,
    one_process_at_a_time_reads_a_connection,
    a_reading_that_was_overtaken_may_keep_nothing_more,
);

async fn connected(store: &TenantStore) -> ConnectionId {
    let new = NewConnection {
        platform: "moneybird".into(),
        config: "{}".into(),
        secret: "tokens".into(),
    };
    store.put_connection(new).await.unwrap()
}

fn subscribed(address: &str, secret: Option<&str>, since: Option<Moment>) -> NewHook {
    NewHook {
        address: address.into(),
        subscription: Some("17".into()),
        secret: secret.map(Into::into),
        since,
        ends: Some(NOW.plus_seconds(60)),
    }
}

async fn secret(store: &TenantStore, id: ConnectionId) -> Option<String> {
    let secret = store.hook_secret(id).await.unwrap();
    secret.map(|secret| secret.expose_secret().to_owned())
}

async fn an_address_is_kept_before_anybody_is_told_of_it(f: Fixture) {
    let store = f.own();
    let id = connected(&store).await;
    assert_eq!(store.hooks().await.unwrap(), []);
    store.begin_hook(id, "path-1").await.unwrap();
    // another process had the same idea
    store.begin_hook(id, "path-2").await.unwrap();
    let begun = Hook {
        connection: id,
        path: "path-1".into(),
        address: String::new(),
        subscription: None,
        since: None,
        ends: None,
        last_message: None,
    };
    assert_eq!(store.hooks().await.unwrap(), [begun]);
    assert_eq!(secret(&store, id).await, None);
    let unknown = ConnectionId(Uuid::from_u128(1));
    assert!(matches!(
        store.begin_hook(unknown, "p").await,
        Err(StoreError::UnknownConnection(_))
    ));
    let new = subscribed("https://books.example/p", None, None);
    assert!(store.keep_hook(unknown, &new).await.is_err());
}

async fn a_subscription_is_kept_with_its_secret_and_forgotten_as_a_whole(f: Fixture) {
    let store = f.own();
    let id = connected(&store).await;
    store.begin_hook(id, "path").await.unwrap();
    let first = subscribed("https://books.example/path", Some("word-1"), Some(NOW));
    assert!(!format!("{first:?}").contains("word-1"));
    store.keep_hook(id, &first).await.unwrap();
    assert_eq!(secret(&store, id).await.as_deref(), Some("word-1"));
    // renewed: no new secret is told, and it was heard before
    let later = NOW.plus_seconds(9);
    let renewed = subscribed("https://books.example/path", None, Some(later));
    store.keep_hook(id, &renewed).await.unwrap();
    store.note_message(id, later).await.unwrap();
    let hook = store.hooks().await.unwrap().remove(0);
    assert_eq!(
        (hook.since, hook.last_message, hook.ends),
        (Some(NOW), Some(later), Some(NOW.plus_seconds(60)))
    );
    assert_eq!(hook.subscription.as_deref(), Some("17"));
    assert_eq!(secret(&store, id).await.as_deref(), Some("word-1"));
    let again = subscribed("https://books.example/path", Some("word-2"), None);
    store.keep_hook(id, &again).await.unwrap();
    assert_eq!(secret(&store, id).await.as_deref(), Some("word-2"));
    store.end_hook(id).await.unwrap();
    store.end_hook(id).await.unwrap();
    assert_eq!(store.hooks().await.unwrap(), []);
    assert_eq!(secret(&store, id).await, None);
}

async fn one_process_at_a_time_reads_a_connection(f: Fixture) {
    let (store, other) = (f.own(), f.own());
    let id = connected(&store).await;
    let first = store.begin_reading(id, "a", NOW, 10).await.unwrap().unwrap();
    assert_eq!(other.begin_reading(id, "b", NOW, 10).await.unwrap(), None);
    // it says that it goes on
    let soon = NOW.plus_seconds(8);
    assert!(store.extend_reading(id, first, soon, 10).await.unwrap());
    let later = NOW.plus_seconds(15);
    assert_eq!(other.begin_reading(id, "b", later, 10).await.unwrap(), None);
    store.end_reading(id, first).await.unwrap();
    let second = other.begin_reading(id, "b", later, 10).await.unwrap().unwrap();
    assert!(second > first);
    // what ended already ends no other
    store.end_reading(id, first).await.unwrap();
    assert_eq!(store.begin_reading(id, "a", later, 10).await.unwrap(), None);
    // nothing was heard of it any more
    let silent = later.plus_seconds(11);
    let third = store.begin_reading(id, "a", silent, 10).await.unwrap().unwrap();
    assert!(third > second);
    assert!(!other.extend_reading(id, second, silent, 10).await.unwrap());
}

async fn a_reading_that_was_overtaken_may_keep_nothing_more(f: Fixture) {
    let store = f.own();
    let id = connected(&store).await;
    let first = store.begin_reading(id, "a", NOW, 10).await.unwrap().unwrap();
    let mut intake = store.begin_intake().await.unwrap();
    assert!(intake.may_keep(id, first).await.unwrap());
    let ingest = Ingest {
        connection: Some(id),
        cursor: Some("1".into()),
        ..facts_about(1, vec![fact(1)])
    };
    intake.add(ingest, NOW).await.unwrap();
    intake.commit().await.unwrap();
    let silent = NOW.plus_seconds(11);
    let second = store.begin_reading(id, "b", silent, 10).await.unwrap().unwrap();
    let mut intake = store.begin_intake().await.unwrap();
    assert!(!intake.may_keep(id, first).await.unwrap());
    assert!(intake.may_keep(id, second).await.unwrap());
    assert!(!intake.may_keep(id, Fence(0)).await.unwrap());
}

#[test]
fn the_secret_of_a_subscription_cannot_be_read_in_the_file() {
    crate::support::test_on_sqlite(async |f: Fixture| {
        let store = f.own();
        let id = connected(&store).await;
        store.begin_hook(id, "path-in-the-clear").await.unwrap();
        let new = subscribed("https://books.example/path", Some("word-that-signs"), Some(NOW));
        store.keep_hook(id, &new).await.unwrap();
        let path = f.url.strip_prefix("sqlite:").unwrap();
        let held = |needle: &[u8]| {
            let files = ["", "-wal"].map(|end| std::fs::read(format!("{path}{end}")).unwrap_or_default());
            let files = files.concat();
            files.windows(needle.len()).any(|window| window == needle)
        };
        assert!(held(b"path-in-the-clear") && !held(b"word-that-signs"));
        // one that was moved to another connection does not open
        let other = connected(&store).await;
        store.begin_hook(other, "other").await.unwrap();
        let mut raw = SqliteConnection::connect(&f.url).await.unwrap();
        sqlx::query("UPDATE hook SET sealed_secret = (SELECT max(sealed_secret) FROM hook)")
            .execute(&mut raw)
            .await
            .unwrap();
        assert!(matches!(
            store.hook_secret(other).await,
            Err(StoreError::CannotOpenSealed(_))
        ));
        assert_eq!(secret(&store, id).await.as_deref(), Some("word-that-signs"));
    });
}
