//! A PostgreSQL server that lives as long as the tests.
//!
//! One shell owns the server: it creates the data folder, starts the server, waits until its standard
//! input closes, then stops the server and removes the folder. The input closes when [`Postgres`] is
//! dropped and also when this process is ended in any way, so no server is ever left behind.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::run::{is_root, run, say};

/// Who runs the server when this process is root, which PostgreSQL refuses to be.
const NOBODY: &str = "65534";

const SCRIPT: &str = r#"
set -eu
umask 077
unset TMPDIR
dir=$(mktemp -d -t maan-postgres.XXXXXX)
trap 'rm -rf "$dir"' EXIT
fail() { cat "$dir/log" >&2; exit 1; }
"$BIN/initdb" --pgdata="$dir/data" --username=maan --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$dir/log" 2>&1 || fail
"$BIN/postgres" -D "$dir/data" -p "$PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$dir" \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 \
    >"$dir/log" 2>&1 </dev/null &
server=$!
until "$BIN/pg_isready" --quiet --host=127.0.0.1 --port="$PORT"; do
    kill -0 "$server" 2>/dev/null || fail
    sleep 0.1
done
echo ready
read -r _ || :
kill -INT "$server"
wait "$server" || :
"#;

/// A running server; dropping it stops it and removes its data.
pub(crate) struct Postgres {
    shell: Child,
    url: String,
}

impl Postgres {
    /// Starts a server on a free port of the loopback interface.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs()?;
        say(format!(
            "starting a throw-away PostgreSQL ({})",
            programs.display()
        ));
        let port = free_port()?;
        let mut shell = command_for_server()
            .env("BIN", &programs)
            .env("PORT", port.to_string())
            .current_dir("/")
            // its own group: an interrupt of the terminal must reach it only by way of its input
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start the shell that runs PostgreSQL")?;
        let mut said = String::new();
        if let Some(stdout) = shell.stdout.take() {
            BufReader::new(stdout).read_line(&mut said)?;
        }
        if said.trim() != "ready" {
            let mut log = String::new();
            if let Some(mut stderr) = shell.stderr.take() {
                stderr.read_to_string(&mut log)?;
            }
            shell.wait()?;
            bail!("PostgreSQL did not start: {}", log.trim());
        }
        Ok(Self {
            shell,
            url: format!("postgres://maan@127.0.0.1:{port}/postgres"),
        })
    }

    /// The connection URL of a superuser; there is no password.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        if let Err(error) = self.shell.wait() {
            say(format!("cannot wait for PostgreSQL to stop: {error}"));
        }
    }
}

fn command_for_server() -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.args(["-c", SCRIPT]);
    command
}

/// A port of the loopback interface that nobody listens on now.
pub(crate) fn free_port() -> Result<u16> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on the loopback interface")?;
    Ok(listener.local_addr()?.port())
}

fn programs() -> Result<PathBuf> {
    if let Some(folder) = installed() {
        return Ok(folder);
    }
    if !is_root() || !crate::run::has("apt-get") {
        bail!(
            "PostgreSQL is not installed: install the package `postgresql` (initdb and postgres are needed)"
        );
    }
    say("installing PostgreSQL with apt-get");
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.arg("-qq").env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    run(apt().arg("update"))?;
    run(apt()
        .args(["install", "-y", "--no-install-recommends", "postgresql"])
        .stdout(Stdio::null()))?;
    installed().context("apt-get installed PostgreSQL, but there is no /usr/lib/postgresql/*/bin/initdb")
}

/// The folder with the server's programs: of the newest packaged version, else on the path.
fn installed() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let packaged = versions.filter_map(|version| {
        let number: u32 = version.file_name().to_str()?.parse().ok()?;
        Some((number, version.path().join("bin")))
    });
    let complete = |folder: &Path| {
        ["initdb", "postgres", "pg_isready"]
            .iter()
            .all(|name| folder.join(name).exists())
    };
    let newest = packaged
        .filter(|(_, folder)| complete(folder))
        .max()
        .map(|(_, folder)| folder);
    newest.or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| complete(folder))
    })
}
