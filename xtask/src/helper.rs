//! A server that lives as long as the tests, owned by one shell.
//!
//! The shell starts it, says `ready`, waits until its standard input closes and ends it. The input closes when the
//! [`Helper`] is dropped and also when this process is ended in any way, so no server is ever left behind.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::run::say;

/// Starts `$@` with its output in `$DIR/log`, waits until the probe succeeds, and removes `$DIR` at the end.
const SCRIPT: &str = r#"
set -eu
trap 'rm -rf "$DIR"' EXIT
"$@" >"$DIR/log" 2>&1 </dev/null &
server=$!
until "$PROBE" "$PROBE_FLAG" "$PROBE_SCRIPT" 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { cat "$DIR/log" >&2; exit 1; }
    sleep 0.2
done
echo ready
read -r _ || :
kill "$server"
wait "$server" || :
"#;

/// A running server.
pub(crate) struct Helper {
    name: &'static str,
    shell: Child,
}

/// How it is seen that a server listens: a program, the flag before a script, and the script, which fails until then.
pub(crate) type Probe<'a> = (&'a OsStr, &'a str, String);

impl Helper {
    /// Starts a command as a server with a folder of its own, which goes with it.
    pub(crate) fn start(
        name: &'static str,
        folder: &OsStr,
        (program, flag, script): Probe<'_>,
        command: &[&OsStr],
        environment: &[(&str, String)],
    ) -> Result<Self> {
        say(format!("starting a throw-away {name}"));
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "sh"])
            .args(command)
            .env("DIR", folder)
            .env("PROBE", program)
            .env("PROBE_FLAG", flag)
            .env("PROBE_SCRIPT", script)
            .envs(environment.iter().cloned())
            // its own group: an interrupt of the terminal must reach it only by way of its input
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start the shell that runs {name}"))?;
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
            bail!("{name} did not start: {}", log.trim());
        }
        Ok(Self { name, shell })
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        if let Err(error) = self.shell.wait() {
            say(format!("cannot wait for {} to stop: {error}", self.name));
        }
    }
}
