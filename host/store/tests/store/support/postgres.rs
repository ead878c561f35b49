//! A PostgreSQL server: the one named by `MAAN_TEST_POSTGRES` (the URL of a superuser), else one of our own that
//! lives as long as this process.

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use url::Url;
use uuid::Uuid;

/// The shell owns the server: it stops it and removes its data when its input closes, however we end.
const SCRIPT: &str = r#"
set -eu
umask 077
dir=$(mktemp -d -t maan-store.XXXXXX)
trap 'rm -rf "$dir"' EXIT
fail() { cat "$dir/log" >&2; exit 1; }
printf '%s' "$PASSWORD" >"$dir/password"
"$BIN/initdb" --pgdata="$dir/data" --username=maan --auth="$AUTH" --pwfile="$dir/password" --encoding=UTF8 \
    --locale=C --no-sync >"$dir/log" 2>&1 || fail
"$BIN/postgres" -D "$dir/data" -p "$PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$dir" \
    -c fsync=off -c full_page_writes=off >"$dir/log" 2>&1 </dev/null &
server=$!
until "$BIN/pg_isready" --quiet --host=127.0.0.1 --port="$PORT"; do
    kill -0 "$server" 2>/dev/null || fail
    sleep 0.05
done
echo ready
read -r _ || :
kill -INT "$server"
wait "$server" || :
"#;

pub(crate) struct Server {
    url: Url,
    shell: Option<Child>,
}

impl Server {
    /// Starts a server that asks for a password, or trusts everybody.
    pub(crate) fn start(auth: &str, password: &str) -> Option<Self> {
        let programs = programs()?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut command = Command::new("sh");
        // PostgreSQL refuses to run as root
        if std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
            command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "sh"]);
        }
        let mut shell = command
            .args(["-c", SCRIPT])
            .env("BIN", programs)
            .env("PORT", port.to_string())
            .env("AUTH", auth)
            .env("PASSWORD", password)
            .env_remove("TMPDIR")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(shell.stdout.take().unwrap())
            .read_line(&mut said)
            .unwrap();
        if said.trim() != "ready" {
            let mut log = String::new();
            shell.stderr.take().unwrap().read_to_string(&mut log).unwrap();
            panic!("PostgreSQL did not start: {log}");
        }
        let url = format!("postgres://maan:{password}@127.0.0.1:{port}/postgres");
        Some(Self {
            url: url.parse().unwrap(),
            shell: Some(shell),
        })
    }

    pub(crate) fn url_of(&self, user: &str, database: &str) -> String {
        let mut url = self.url.clone();
        url.set_username(user).unwrap();
        url.set_password(Some(user)).unwrap();
        url.set_path(database);
        url.to_string()
    }

    pub(crate) fn admin_url(&self, database: &str) -> String {
        let mut url = self.url.clone();
        url.set_path(database);
        url.to_string()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut shell) = self.shell.take() {
            drop(shell.stdin.take());
            shell.wait().unwrap();
        }
    }
}

fn programs() -> Option<PathBuf> {
    let packaged = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let path = std::env::var_os("PATH").unwrap_or_default();
    packaged
        .map(|version| version.path().join("bin"))
        .chain(std::env::split_paths(&path))
        .filter(|folder| {
            ["initdb", "postgres", "pg_isready"]
                .iter()
                .all(|name| folder.join(name).exists())
        })
        .max()
}

/// The server of this process, unless there is no PostgreSQL.
pub(crate) fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER
        .get_or_init(|| match std::env::var("MAAN_TEST_POSTGRES") {
            Ok(url) => Some(Server {
                url: url.parse().expect("MAAN_TEST_POSTGRES is a URL"),
                shell: None,
            }),
            Err(_) => Server::start("trust", "maan"),
        })
        .as_ref()
}

/// Makes a database that belongs to a user who is no superuser, so that row-level security binds every test.
pub(crate) async fn create_database(server: &Server) -> String {
    let name = format!("maan_test_{}", Uuid::new_v4().simple());
    let mut admin = PgConnection::connect(server.url.as_str())
        .await
        .expect("the test server answers");
    for role in ["maan_test", "maan_reader"] {
        run(
            &mut admin,
            format!(
                "DO $$ BEGIN PERFORM pg_advisory_xact_lock(4711);
                 IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
                    CREATE ROLE {role} LOGIN PASSWORD '{role}'; END IF; END $$"
            ),
        )
        .await;
    }
    run(
        &mut admin,
        format!("CREATE DATABASE {name} OWNER maan_test TEMPLATE template0"),
    )
    .await;
    admin.close().await.unwrap();
    name
}

pub(crate) async fn drop_database(server: &Server, name: &str) {
    let mut admin = PgConnection::connect(server.url.as_str()).await.unwrap();
    run(&mut admin, format!("DROP DATABASE {name} WITH (FORCE)")).await;
    admin.close().await.unwrap();
}

async fn run(connection: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await
        .unwrap();
}
