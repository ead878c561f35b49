//! A process that listens, and what it tells.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::Child;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::support::Installation;

/// How long something may take that follows by itself.
const PATIENCE: Duration = Duration::from_secs(60);
/// Long after the time within which a message leads to a reading.
const QUIET: Duration = Duration::from_secs(4);

/// A process of `maan listen`.
pub(crate) struct Listening {
    child: Child,
    port: u16,
    told: mpsc::UnboundedReceiver<Value>,
    out: JoinHandle<String>,
    err: JoinHandle<String>,
}

/// What a process that listened wrote.
pub(crate) struct Written {
    pub(crate) code: Option<i32>,
    pub(crate) all: String,
}

impl Listening {
    /// A port of this machine that is free now.
    pub(crate) fn free_port() -> u16 {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap().port()
    }

    /// Starts it on a port, reached from outside at an address.
    pub(crate) async fn start(installation: &Installation, port: u16, public: &str, rest: &[&str]) -> Self {
        let address = format!("127.0.0.1:{port}");
        let mut arguments = vec!["--json", "listen", "--address", &address, "--public", public];
        arguments.extend(rest);
        let mut command = installation.command(&arguments);
        command.env("MAAN_LOG", "info").stdin(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (tell, told) = mpsc::unbounded_channel();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let out = tokio::spawn(async move {
            let mut all = String::new();
            while let Some(line) = lines.next_line().await.unwrap() {
                eprintln!("{line}");
                all.push_str(&line);
                all.push('\n');
                drop(tell.send(serde_json::from_str(&line).unwrap()));
            }
            all
        });
        let mut stderr = child.stderr.take().unwrap();
        let err = tokio::spawn(async move {
            let mut all = String::new();
            stderr.read_to_string(&mut all).await.unwrap();
            eprintln!("{all}");
            all
        });
        let mut listening = Self {
            child,
            port,
            told,
            out,
            err,
        };
        listening.tells("ready").await;
        listening
    }

    /// The next of a kind of things that it tells; others before it are passed over.
    #[track_caller]
    pub(crate) fn tells(&mut self, event: &str) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        async move {
            let next = async {
                loop {
                    let told = self.told.recv().await;
                    let told = told.unwrap_or_else(|| panic!("it ended without `{event}` at {caller}"));
                    if told["event"] == event {
                        return told;
                    }
                }
            };
            let next = tokio::time::timeout(PATIENCE, next).await;
            next.unwrap_or_else(|_| panic!("it does not tell `{event}` at {caller}"))
        }
    }

    /// It reads after a message, after some time, or after either, and finds something new.
    #[track_caller]
    pub(crate) fn reads_news(&mut self, after: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            loop {
                let read = self.tells("read").await;
                assert_eq!(read["problems"], serde_json::json!([]), "{read} at {caller}");
                if (after.is_empty() || read["after"] == after) && read["facts"].as_u64().unwrap() > 0 {
                    return;
                }
            }
        }
    }

    /// What it tells within some seconds.
    pub(crate) async fn tells_soon(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        let end = tokio::time::Instant::now() + QUIET;
        while let Ok(Some(told)) = tokio::time::timeout_at(end, self.told.recv()).await {
            all.push(told);
        }
        all
    }

    /// The address of a path on this machine itself.
    pub(crate) fn here(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// SIGKILL.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Stops it as a service manager or a person does; everything that it wrote.
    pub(crate) async fn stop(mut self, signal: &str) -> Written {
        let id = self.child.id().expect("it still runs").to_string();
        let sent = tokio::process::Command::new("kill")
            .args([signal, &id])
            .status()
            .await
            .unwrap();
        assert!(sent.success());
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        let code = ended.expect("it ends").unwrap().code();
        let (out, err) = (self.out.await.unwrap(), self.err.await.unwrap());
        Written {
            code,
            all: format!("{out}{err}"),
        }
    }
}
