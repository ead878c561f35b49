//! A fresh database for each test, of each kind.

pub(crate) mod postgres;
pub(crate) mod samples;

use std::future::Future;
use std::panic::{AssertUnwindSafe, resume_unwind};

use maan_ledger::TenantId;
use maan_store::{HostKey, Store, TenantStore};
use tempfile::TempDir;

/// The host key of every test database.
pub(crate) const HOST_KEY: [u8; 32] = [42; 32];

/// A fresh database with one administration.
pub(crate) struct Fixture {
    pub(crate) url: String,
    pub(crate) key: HostKey,
    pub(crate) store: Store,
    pub(crate) tenant: TenantId,
    /// A URL of a superuser for the same database, on PostgreSQL.
    pub(crate) admin: Option<String>,
}

impl Fixture {
    async fn open(url: String, admin: Option<String>) -> Self {
        let key = HostKey::from_bytes(&HOST_KEY);
        let store = Store::open(&url, &key).await.expect("the store opens");
        let tenant = store
            .create_tenant("Zonneveld", &samples::settings())
            .await
            .unwrap();
        Self {
            url,
            key,
            store,
            tenant,
            admin,
        }
    }

    /// The first administration.
    pub(crate) fn own(&self) -> TenantStore {
        self.store.tenant(self.tenant)
    }

    /// Another administration.
    pub(crate) async fn other(&self) -> TenantStore {
        let id = self
            .store
            .create_tenant("Ander", &samples::settings())
            .await
            .unwrap();
        self.store.tenant(id)
    }
}

/// Makes a test of each function on each database.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite { $(#[test] fn $name() { $crate::support::test_on_sqlite(super::$name) })+ }
        mod postgres { $(#[test] fn $name() { $crate::support::test_on_postgres(super::$name) })+ }
    };
}
pub(crate) use on_both;

/// Runs one test on SQLite.
pub(crate) fn test_on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Fixture) -> F) {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}", folder.path().join("maan.db").display());
    block_on(async { test(Fixture::open(url, None).await).await });
}

/// Runs one test on PostgreSQL; says so when there is none.
pub(crate) fn test_on_postgres<F: Future<Output = ()>>(test: impl FnOnce(Fixture) -> F) {
    let Some(server) = postgres::server() else {
        println!("SKIPPED: PostgreSQL is not installed");
        eprintln!("SKIPPED: PostgreSQL is not installed");
        return;
    };
    let database = block_on(postgres::create_database(server));
    let (url, admin) = (server.url_of("maan_test", &database), server.admin_url(&database));
    let result = std::panic::catch_unwind(AssertUnwindSafe(|| {
        block_on(async { test(Fixture::open(url, Some(admin)).await).await });
    }));
    block_on(postgres::drop_database(server, &database));
    if let Err(panic) = result {
        resume_unwind(panic);
    }
}

pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}
