//! The two databases: a file of an installation, or a database of its own on the PostgreSQL server that
//! `MAAN_TEST_POSTGRES` names (the URL of a superuser).

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use url::Url;
use uuid::Uuid;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    /// Whether it can be tested here; says so where not.
    pub(crate) fn is_there(self) -> bool {
        let there = self == Self::Sqlite || server().is_some();
        if !there {
            eprintln!("SKIPPED on PostgreSQL: MAAN_TEST_POSTGRES is not set (`cargo xtask test` sets it)");
        }
        there
    }
}

fn server() -> Option<Url> {
    let url = std::env::var("MAAN_TEST_POSTGRES").ok()?;
    Some(url.parse().expect("MAAN_TEST_POSTGRES is a URL"))
}

/// An installation's database.
pub(crate) enum Database {
    /// The file in the installation's folder.
    File,
    /// A database on the server, removed with this.
    Server(OnServer),
}

/// A database on the server that belongs to a user who is no superuser.
pub(crate) struct OnServer {
    name: String,
}

impl Database {
    pub(crate) async fn make(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::File,
            Kind::Postgres => Self::Server(OnServer::make("template0").await),
        }
    }

    /// A copy of a database that nobody uses now; a file is copied with its folder.
    pub(crate) async fn copy(&self) -> Self {
        match self {
            Self::File => Self::File,
            Self::Server(other) => Self::Server(OnServer::make(&other.name).await),
        }
    }

    /// For `--database`; none for the file in the folder.
    pub(crate) fn url(&self) -> Option<String> {
        match self {
            Self::File => None,
            Self::Server(on_server) => Some(on_server.url("maan_test")),
        }
    }
}

impl OnServer {
    async fn make(template: &str) -> Self {
        let name = format!("maan_e2e_{}", Uuid::new_v4().simple());
        let role = "DO $$ BEGIN PERFORM pg_advisory_xact_lock(4711);
             IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'maan_test') THEN
                CREATE ROLE maan_test LOGIN PASSWORD 'maan_test'; END IF; END $$";
        administer(role.to_owned()).await;
        administer(format!(
            "CREATE DATABASE {name} OWNER maan_test TEMPLATE {template}"
        ))
        .await;
        Self { name }
    }

    /// As the superuser, past row-level security.
    pub(crate) async fn connect(&self) -> PgConnection {
        let mut url = server().expect("a server");
        url.set_path(&self.name);
        PgConnection::connect(url.as_str()).await.unwrap()
    }

    fn url(&self, user: &str) -> String {
        let mut url = server().expect("a server");
        url.set_path(&self.name);
        url.set_username(user).unwrap();
        url.set_password(Some(user)).unwrap();
        url.to_string()
    }
}

impl Drop for OnServer {
    fn drop(&mut self) {
        let name = self.name.clone();
        let drop = move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(administer(format!("DROP DATABASE {name} WITH (FORCE)")));
        };
        // a runtime cannot be entered from within one
        let dropped = std::thread::spawn(drop).join();
        if dropped.is_err() {
            eprintln!("the database {} was left behind", self.name);
        }
    }
}

async fn administer(sql: String) {
    let server = server().expect("a server");
    let mut admin = PgConnection::connect(server.as_str())
        .await
        .expect("the test server answers");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut admin)
        .await
        .unwrap();
    admin.close().await.unwrap();
}
