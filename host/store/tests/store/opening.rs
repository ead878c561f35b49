use std::time::Instant;

use maan_store::{HostKey, Store, StoreError};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::support::postgres::Server;
use crate::support::samples::*;
use crate::support::{Fixture, block_on, test_on_postgres, test_on_sqlite};

crate::support::on_both!(
    what_was_written_is_there_after_opening_again,
    a_database_of_a_newer_program_is_refused,
    processes_that_open_a_new_database_at_once_agree,
);

async fn what_was_written_is_there_after_opening_again(f: Fixture) {
    known_debtors(&f.own(), 3).await;
    let again = Store::open(&f.url, &f.key).await.unwrap();
    assert_eq!(again.tenants().await.unwrap()[0].id, f.tenant);
    assert_eq!(again.tenant(f.tenant).facts(debtor(2)).await.unwrap(), [fact(1)]);
    let wrong = Store::open(&f.url, &HostKey::generate()).await;
    assert!(matches!(wrong, Err(StoreError::WrongHostKey(_))));
}

/// Runs a statement beside the store.
async fn raw(f: &Fixture, sql: &str) {
    let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    match &f.admin {
        Some(url) => sql
            .execute(&mut PgConnection::connect(url).await.unwrap())
            .await
            .unwrap()
            .rows_affected(),
        None => sql
            .execute(&mut SqliteConnection::connect(&f.url).await.unwrap())
            .await
            .unwrap()
            .rows_affected(),
    };
}

async fn a_database_of_a_newer_program_is_refused(f: Fixture) {
    raw(
        &f,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         SELECT 9000, 'newer', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
    )
    .await;
    let error = Store::open(&f.url, &f.key).await.unwrap_err();
    assert!(matches!(error, StoreError::NewerSchema(9000)));
    assert!(error.to_string().contains("update the program"), "{error}");
    raw(&f, "DELETE FROM _sqlx_migrations WHERE version = 9000").await;
    let blob = if f.admin.is_some() { "'\\x00'" } else { "X'00'" };
    raw(&f, &format!("UPDATE _sqlx_migrations SET checksum = {blob}")).await;
    assert!(matches!(
        Store::open(&f.url, &f.key).await,
        Err(StoreError::ForeignSchema(1))
    ));
}

async fn processes_that_open_a_new_database_at_once_agree(f: Fixture) {
    let fresh = match &f.admin {
        // a schema of its own is a fresh database to the migrations
        Some(_) => {
            raw(&f, "CREATE SCHEMA fresh AUTHORIZATION maan_test").await;
            format!("{}?options=-csearch_path%3Dfresh", f.url)
        }
        None => format!("{}.fresh", f.url),
    };
    let opening: Vec<_> = (0..4)
        .map(|_| {
            let (url, key) = (fresh.clone(), f.key.clone());
            tokio::spawn(async move { Store::open(&url, &key).await.map(|_| ()) })
        })
        .collect();
    for one in opening {
        one.await.unwrap().unwrap();
    }
}

#[test]
fn an_address_that_cannot_be_used_is_named_without_its_password() {
    block_on(async {
        let key = HostKey::generate();
        for url in [
            "mysql://anna:geheim@localhost/maan",
            "geheim",
            "postgres://anna:geheim@localhost:nonsense/maan",
            "postgres://anna:geheim@localhost/maan?sslmode=nonsense",
            "sqlite:/tmp/x.db?max_pages=geheim",
            "sqlite::memory:",
        ] {
            let error = Store::open(url, &key).await.unwrap_err();
            assert!(matches!(error, StoreError::Address(_)), "{error:?}");
            assert!(!format!("{error} {error:?}").contains("geheim"), "{error:?}");
            assert!(error.to_string().contains("write sqlite:"), "{error}");
        }
    });
}

#[test]
fn an_unreachable_server_is_named_at_once() {
    block_on(async {
        let begin = Instant::now();
        let url = "postgres://anna:geheim@127.0.0.1:1/maan";
        let error = Store::open(url, &HostKey::generate()).await.unwrap_err();
        assert!(
            matches!(&error, StoreError::Unreachable(at) if at == "postgres://anna@127.0.0.1:1/maan"),
            "{error:?}"
        );
        assert!(begin.elapsed().as_secs() < 15);
    });
}

#[test]
fn a_wrong_password_or_database_is_named_and_never_shown() {
    let Some(server) = Server::start("scram-sha-256", "richtig") else {
        println!("SKIPPED: PostgreSQL is not installed");
        return;
    };
    block_on(async {
        let key = HostKey::generate();
        let right = server.admin_url("postgres");
        Store::open(&right, &key).await.expect("the right password");
        let wrong = right.replace("richtig", "geheim");
        let error = Store::open(&wrong, &key).await.unwrap_err();
        assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("geheim"), "{error:?}");
        let nobody = right.replace("//maan:", "//nobody:");
        assert!(matches!(
            Store::open(&nobody, &key).await,
            Err(StoreError::Refused(_))
        ));
        let nowhere = server.admin_url("nowhere");
        let error = Store::open(&nowhere, &key).await.unwrap_err();
        assert!(
            matches!(&error, StoreError::NoDatabase(at) if !at.contains("richtig")),
            "{error:?}"
        );
    });
}

#[test]
fn a_file_that_cannot_be_a_database_is_named() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let key = HostKey::generate();
        let missing = format!("sqlite:{}/missing/maan.db", folder.path().display());
        let error = Store::open(&missing, &key).await.unwrap_err();
        assert!(
            matches!(&error, StoreError::CannotOpen(at) if at.contains("missing/maan.db")),
            "{error:?}"
        );
        let text = folder.path().join("text.db");
        std::fs::write(&text, "Geachte heer, mevrouw, ".repeat(100)).unwrap();
        let error = Store::open(&format!("sqlite:{}", text.display()), &key)
            .await
            .unwrap_err();
        assert!(
            matches!(&error, StoreError::NotADatabase(at) if at.contains("text.db")),
            "{error:?}"
        );
        assert!(
            std::fs::read_to_string(&text).unwrap().starts_with("Geachte"),
            "it is not touched"
        );
    });
}

#[test]
fn a_database_that_may_not_be_written_says_so() {
    test_on_sqlite(async |f: Fixture| {
        let error = Store::open(&format!("{}?mode=ro", f.url), &f.key)
            .await
            .unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly), "{error:?}");
    });
    test_on_postgres(async |f: Fixture| {
        let name = f.admin.as_ref().unwrap().rsplit('/').next().unwrap().to_owned();
        raw(
            &f,
            &format!("ALTER DATABASE {name} SET default_transaction_read_only = on"),
        )
        .await;
        let error = Store::open(&f.url, &f.key).await.unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly), "{error:?}");
    });
}

#[test]
fn a_locked_file_is_named_and_nothing_is_changed() {
    test_on_sqlite(async |f: Fixture| {
        let store = f.own();
        known_debtors(&store, 1).await;
        let mut holder = SqliteConnection::connect(&f.url).await.unwrap();
        sqlx::raw_sql("BEGIN IMMEDIATE")
            .execute(&mut holder)
            .await
            .unwrap();
        let error = store
            .ingest(facts_about(1, vec![fact(2)]), NOW)
            .await
            .unwrap_err();
        assert!(matches!(error, StoreError::Locked), "{error:?}");
        assert_eq!(
            store.facts(debtor(1)).await.unwrap(),
            [fact(1)],
            "reading goes on"
        );
        sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
        store.ingest(facts_about(1, vec![fact(2)]), NOW).await.unwrap();
        assert_eq!(store.facts(debtor(1)).await.unwrap(), [fact(1), fact(2)]);
    });
}

#[test]
fn a_full_disk_is_named_and_nothing_is_half_done() {
    test_on_sqlite(async |f: Fixture| {
        known_debtors(&f.own(), 1).await;
        let small = Store::open(&format!("{}?max_pages=100", f.url), &f.key)
            .await
            .unwrap()
            .tenant(f.tenant);
        let many = (1..4000).map(|n| (debtor(n), row(n), vec![fact(2)])).collect();
        let ingest = maan_store::Ingest {
            debtors: many,
            ..maan_store::Ingest::default()
        };
        let error = small.ingest(ingest, NOW).await.unwrap_err();
        assert!(matches!(error, StoreError::DiskFull), "{error:?}");
        assert_eq!(small.facts(debtor(1)).await.unwrap(), [fact(1)]);
        assert_eq!(small.debtor(debtor(2)).await.unwrap(), None);
        small
            .ingest(facts_about(1, vec![fact(3)]), NOW)
            .await
            .expect("what fits still fits");
    });
    test_on_postgres(async |f: Fixture| {
        known_debtors(&f.own(), 1).await;
        raw(
            &f,
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
             CREATE TRIGGER full_disk BEFORE INSERT ON fact_page EXECUTE FUNCTION full_disk()",
        )
        .await;
        let error = f
            .own()
            .ingest(facts_about(1, vec![fact(3)]), NOW)
            .await
            .unwrap_err();
        assert!(matches!(error, StoreError::DiskFull), "{error:?}");
        assert_eq!(f.own().debtor(debtor(1)).await.unwrap().unwrap().fact_version, 1);
    });
}
