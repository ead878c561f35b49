//! A process whose phases are followed while it runs.

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr};

use super::{Answer, Installation};

/// A process of `maan` that tells its phases.
pub(crate) struct Process {
    child: Child,
    log: Lines<BufReader<ChildStderr>>,
    /// What it told beside its phases.
    told: String,
}

impl Process {
    pub(crate) fn start(installation: &Installation, arguments: &[&str]) -> Self {
        let mut command = installation.command(arguments);
        let mut child = command.env("MAAN_LOG", "maan::phase=debug").spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap()).lines();
        Self {
            child,
            log,
            told: String::new(),
        }
    }

    /// The next phase that it tells; none when it has ended.
    pub(crate) async fn next_phase(&mut self) -> Option<String> {
        loop {
            let line = self.log.next_line().await.unwrap()?;
            let event: Value = serde_json::from_str(&line).unwrap_or_default();
            if event["target"] == "maan::phase" {
                return event["fields"]["phase"].as_str().map(str::to_owned);
            }
            self.told.push_str(&line);
            self.told.push('\n');
        }
    }

    /// Waits until it tells a phase for the nth time. False when it ended before.
    pub(crate) async fn meets(&mut self, phase: &str, nth: u64) -> bool {
        let mut met = 0;
        while met < nth {
            match self.next_phase().await {
                Some(told) => met += u64::from(told == phase),
                None => return false,
            }
        }
        true
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.child.start_kill().unwrap();
    }

    /// Ctrl-C.
    pub(crate) async fn interrupt(&self) {
        let id = self.child.id().expect("it still runs").to_string();
        let sent = tokio::process::Command::new("kill")
            .args(["-INT", &id])
            .status()
            .await
            .unwrap();
        assert!(sent.success());
    }

    /// Waits for its end.
    pub(crate) async fn end(mut self) -> Answer {
        while self.next_phase().await.is_some() {}
        let mut answer = Answer::from(self.child.wait_with_output().await.unwrap());
        answer.err = self.told;
        answer
    }
}
