//! The two databases behind one face: two pools, one transaction type, one text for each statement.
//!
//! On both, the writers of one tenant follow one another: SQLite has one writer (`BEGIN IMMEDIATE` on a pool of
//! one connection), PostgreSQL locks the tenant's row when a writing transaction starts. So what a transaction
//! reads does not change until it ends, and writers cannot wait for each other in a circle.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use maan_ledger::TenantId;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Postgres, Sqlite, Transaction};
use url::Url;
use uuid::Uuid;

use crate::StoreError;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a statement waits for another process's lock on the file.
const BUSY: Duration = Duration::from_secs(5);
/// How long a process waits before it asks again for its turn to open.
const OPENING_PAUSE: Duration = Duration::from_millis(10);
/// How long a task waits for a free connection.
const ACQUIRE: Duration = Duration::from_secs(20);
/// How long a server may take to answer at all.
const CONNECT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
/// Pages in memory for each reader, in KiB with a minus: it goes through the tables once.
const READING_CACHE: &str = "-16384";
/// Pages in memory for the writer. A transaction that does not fit writes pages more than once, and its log is read
/// again to be summed up.
const WRITING_CACHE: &str = "-98304";
const CONNECTIONS: u32 = 10;

#[derive(Debug)]
pub(crate) enum Db {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`], it changes nothing.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Lets one process at a time open a file of this folder: while another makes a new one or empties its log, SQLite says
/// that it is locked at once, whatever time to wait was set. Where the folder cannot be locked, and after that time,
/// SQLite's own locks have to do.
async fn turn_to_open(file: &Path) -> Option<File> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = File::open(folder.unwrap_or(Path::new("."))).ok()?;
    let patience = Instant::now() + BUSY;
    loop {
        match folder.try_lock() {
            Ok(()) => return Some(folder),
            Err(TryLockError::WouldBlock) if Instant::now() < patience => {
                tokio::time::sleep(OPENING_PAUSE).await;
            }
            Err(_) => return None,
        }
    }
}

impl Db {
    /// Connects, makes the file when it is absent, and brings the tables up to date.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        let place = redacted(url);
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Self::open_sqlite(url, &place).await,
            Some("postgres" | "postgresql") => Self::open_postgres(url, &place).await,
            _ => Err(StoreError::Address(place)),
        }
    }

    async fn open_sqlite(url: &str, place: &str) -> Result<Self, StoreError> {
        // each connection would have a memory of its own
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(StoreError::Address(place.to_owned()));
        }
        let (url, quota) = quota(url).ok_or_else(|| StoreError::Address(place.to_owned()))?;
        let mut options = SqliteConnectOptions::from_str(&url)
            .map_err(|_| StoreError::Address(place.to_owned()))?
            .create_if_missing(true)
            .page_size(16384)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            // each size of a statement over many rows is a statement
            .statement_cache_capacity(400)
            // rows of one whole statement, so that the two threads seldom wait for each other
            .row_buffer_size(512)
            // what was overwritten, such as a destroyed key, does not linger in free space
            .pragma("secure_delete", "1")
            .pragma("cache_size", READING_CACHE)
            // pages that change often are written back to the file once in 64 MiB of log
            .pragma("wal_autocheckpoint", "4096")
            // what undoes a statement of many rows stays in memory, not in a temporary file
            .pragma("temp_store", "MEMORY");
        if let Some(pages) = quota {
            options = options.pragma("max_page_count", pages.to_string());
        }
        let _turn = turn_to_open(options.get_filename()).await;
        let write = PoolOptions::<Sqlite>::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE)
            .connect_with(options.clone().pragma("cache_size", WRITING_CACHE))
            .await
            .map_err(|error| StoreError::connecting(error, place))?;
        // under the write lock, so that two processes do not make the tables at once
        let mut tx = write
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(|error| StoreError::connecting(error, place))?;
        SQLITE.run_direct(None, &mut *tx, false).await?;
        tx.commit().await?;
        let read = PoolOptions::<Sqlite>::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE)
            .connect_with(options.pragma("query_only", "1"))
            .await
            .map_err(|error| StoreError::connecting(error, place))?;
        Ok(Self::Sqlite { write, read })
    }

    async fn open_postgres(url: &str, place: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Address(place.to_owned()))?
            .application_name("maan")
            .options([("synchronous_commit", "on")]);
        // once outside the pool, which would go on trying a server that refuses connections
        let probe = tokio::time::timeout(CONNECT, PgConnection::connect_with(&options)).await;
        let probe = probe.map_err(|_| StoreError::Unreachable(place.to_owned()))?;
        let probe = probe.map_err(|error| StoreError::connecting(error, place))?;
        probe.close().await?;
        let pool = PoolOptions::<Postgres>::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE)
            .connect_with(options)
            .await
            .map_err(|error| StoreError::connecting(error, place))?;
        let (bypasses,): (bool,) =
            sqlx::query_as("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
                .fetch_one(&pool)
                .await?;
        if bypasses {
            tracing::warn!("the database user bypasses row-level security; use one that is no superuser");
        }
        POSTGRES.run(&pool).await?;
        Ok(Self::Postgres(pool))
    }

    /// A transaction that reads one state of the database.
    pub(crate) async fn read(&self, tenant: TenantId) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(pool) => {
                let begin = format!(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {}",
                    set_tenant(tenant)
                );
                Tx::Postgres(pool.begin_with(AssertSqlSafe(begin)).await?)
            }
        })
    }

    /// A transaction that writes; other writers of the tenant wait until it ends.
    pub(crate) async fn write(&self, tenant: TenantId) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => {
                let begin = format!(
                    "BEGIN; {}; SELECT 1 FROM tenant WHERE tenant = '{tenant}' FOR NO KEY UPDATE",
                    set_tenant(tenant)
                );
                Tx::Postgres(pool.begin_with(AssertSqlSafe(begin)).await?)
            }
        })
    }

    /// Empties SQLite's log, in which older states of pages remain. PostgreSQL's own are the server's to keep.
    pub(crate) async fn empty_log(&self) -> Result<(), StoreError> {
        if let Self::Sqlite { write, .. } = self {
            let (busy,): (i64,) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
                .fetch_one(write)
                .await?;
            if busy != 0 {
                tracing::warn!("what was erased stays in the log of the database until its readers are done");
            }
        }
        Ok(())
    }
}

impl Tx {
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// The host itself, which sees the list of tenants and no tenant's data.
pub(crate) const HOST: TenantId = TenantId(Uuid::nil());

/// Row-level security reads this setting; it ends with the transaction.
fn set_tenant(tenant: TenantId) -> String {
    format!("SET LOCAL maan.tenant = '{tenant}'")
}

/// Takes `max_pages=N` (pages of 16 KiB) out of the address of a file: the database may not grow beyond it.
/// `None` when N is no number.
fn quota(url: &str) -> Option<(String, Option<u32>)> {
    let Some((file, query)) = url.split_once('?') else {
        return Some((url.to_owned(), None));
    };
    let mut rest = Vec::new();
    let mut quota = None;
    for part in query.split('&') {
        match part.strip_prefix("max_pages=") {
            Some(pages) => quota = Some(pages.parse().ok()?),
            None => rest.push(part),
        }
    }
    Some((format!("{file}?{}", rest.join("&")), quota))
}

/// An address without its password, for messages.
fn redacted(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url) else {
        return "(not an address)".to_owned();
    };
    // neither fails where there can be a password
    let _ = parsed.set_password(None);
    parsed.set_query(None);
    parsed.to_string()
}

/// All rows of a statement.
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match &mut $tx {
            $crate::db::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **tx).await,
            $crate::db::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **tx).await,
        }
    };
}

/// The row of a statement, if there is one.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match &mut $tx {
            $crate::db::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **tx).await,
            $crate::db::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **tx).await,
        }
    };
}

/// How many rows a statement changed.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        match &mut $tx {
            $crate::db::Tx::Sqlite(tx) => sqlx::query($sql)$(.bind($value))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::db::Tx::Postgres(tx) => sqlx::query($sql)$(.bind($value))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
    };
}

pub(crate) use {execute, fetch_all, fetch_optional};
