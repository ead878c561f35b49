//! An installation of `maan`: a data folder, a database, and processes of the program on them.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::Mutex;

use chrono::{DateTime, Duration, Utc};
use maan_practice::Practice;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

use super::{Database, Kind, Platform};

/// What a process of `maan` answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    /// The answer, of a process that must have ended well.
    #[track_caller]
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// A process that must have failed with this exit code and one message, which holds these words.
    #[track_caller]
    pub(crate) fn problem(&self, code: i32, words: &[&str]) {
        let told: Vec<_> = self
            .err
            .lines()
            .filter(|line| line.starts_with("maan: "))
            .collect();
        assert_eq!(
            (self.code, told.len()),
            (Some(code), 1),
            "out: {}\nerr: {}",
            self.out,
            self.err
        );
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
        eprintln!("exit {code}: {}", self.err.trim_end());
    }

    /// The last line of the answer as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let line = self
            .out
            .lines()
            .last()
            .unwrap_or_else(|| panic!("no answer; err: {}", self.err));
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// A data folder with its database, and the moment at which its processes believe to be.
pub(crate) struct Installation {
    folder: TempDir,
    pub(crate) database: Database,
    now: Mutex<DateTime<Utc>>,
}

impl Installation {
    /// An empty folder and database, at ten in the morning of a Friday in the Netherlands.
    pub(crate) async fn new(kind: Kind) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            database: Database::make(kind).await,
            now: Mutex::new("2026-11-20T09:00:00Z".parse().unwrap()),
        }
    }

    /// An installation that reads from this platform's administration, and mails to its mail server.
    pub(crate) async fn connected(kind: Kind, platform: &Platform) -> Self {
        let installation = Self::new(kind).await;
        installation.mails_to(&platform.practice);
        installation.connect(platform, &[]).await.good();
        installation
    }

    /// The same installation again, as it stands: folder, keys and database.
    pub(crate) async fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), folder.path());
        Self {
            folder,
            database: self.database.copy().await,
            now: Mutex::new(self.now()),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, seconds: i64) {
        *self.now.lock().unwrap() += Duration::seconds(seconds);
    }

    pub(crate) fn configure(&self, text: &str) {
        std::fs::write(self.path("maan.toml"), text).unwrap();
    }

    /// Mails leave over this mail server.
    pub(crate) fn mails_to(&self, practice: &Practice) {
        self.mails_over(practice.smtp().port());
    }

    /// Mails leave over this port of this machine.
    pub(crate) fn mails_over(&self, port: u16) {
        self.configure(&format!(
            "[mail]\nhost = \"127.0.0.1\"\nport = {port}\nprotection = \"none\"\n"
        ));
    }

    /// A process of the program, still to be started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_maan"));
        command
            .args(arguments)
            .env("MAAN_DATA", self.folder.path())
            .env("MAAN_AT", self.now().to_rfc3339())
            .env_remove("MAAN_DATABASE")
            .env_remove("MAAN_ADMINISTRATION")
            .env_remove("MAAN_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        if let Some(url) = self.database.url() {
            command.env("MAAN_DATABASE", url);
        }
        command
    }

    /// Runs the program to its end.
    pub(crate) async fn maan(&self, arguments: &[&str]) -> Answer {
        self.command(arguments).output().await.unwrap().into()
    }

    /// Runs the program to a good end, and gives its answer as JSON.
    #[track_caller]
    pub(crate) fn ask<'a>(&'a self, arguments: &'a [&'a str]) -> impl Future<Output = Value> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let mut all = vec!["--json"];
            all.extend(arguments);
            let answer = self.maan(&all).await;
            assert_eq!(
                answer.code,
                Some(0),
                "{arguments:?} at {caller}\n{}\n{}",
                answer.out,
                answer.err
            );
            answer.json()
        }
    }

    /// Connects to the platform as a person does who gives access in a browser.
    pub(crate) async fn connect(&self, platform: &Platform, rest: &[&str]) -> Answer {
        let client = platform.practice.client();
        let secret = self.path("client-secret");
        std::fs::write(&secret, &client.secret).unwrap();
        let mut command = self.command(&["connect", "moneybird", "--by-hand", "--client-id", &client.id]);
        command
            .arg("--client-secret-file")
            .arg(&secret)
            .args(["--url", platform.practice.base_url()]);
        let mut child = command.args(rest).stdin(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut told = String::new();
        while let Some(line) = said.next_line().await.unwrap() {
            if line.starts_with("http") {
                let answer = format!("{}\n", platform.give_access(&line).await);
                child
                    .stdin
                    .take()
                    .unwrap()
                    .write_all(answer.as_bytes())
                    .await
                    .unwrap();
            } else {
                told.push_str(&line);
                told.push('\n');
            }
        }
        let mut answer = Answer::from(child.wait_with_output().await.unwrap());
        answer.err = told;
        answer
    }
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}
