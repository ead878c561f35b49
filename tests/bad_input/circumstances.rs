//! A platform, a database, a disk that do not work, and a person who presses Ctrl-C.

use std::path::{Path, PathBuf};
use std::process::Command;

use maan_practice::Fault;
use sqlx::Connection;

use crate::support::{Installation, Kind, Platform, Process};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_that_fails_is_read_on_from_where_it_was() {
    let platform = Platform::start(60).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    platform.practice.fail_next(1_000, Fault::Unavailable);
    installation.maan(&["sync"]).await.problem(5, &["503", "again"]);
    platform.heal().await;
    platform.practice.fail_next(1, Fault::CutBody);
    platform.practice.fail_next(1, Fault::ServerError);
    assert_eq!(installation.ask(&["sync"]).await["new"], 60);
    platform.practice.stop().await;
    installation
        .maan(&["sync"])
        .await
        .problem(5, &["127.0.0.1", "cannot be reached"]);
    assert_eq!(installation.number("SELECT count(*) FROM debtor").await, 60);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_that_ended_asks_to_connect_again_and_loses_nothing() {
    let platform = Platform::start(60).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["sync"]).await;
    platform.practice.expire_access_tokens();
    installation.ask(&["sync"]).await;
    platform.practice.revoke_grants();
    for _ in 0..2 {
        installation
            .maan(&["run"])
            .await
            .problem(4, &["no longer gives access", "maan connect"]);
    }
    installation.connect(&platform, &[]).await.good();
    let night = installation.ask(&["run", "--no-send"]).await;
    assert_eq!(
        (&night["read"]["new"], &night["run"]["decided"]),
        (&0.into(), &60.into()),
        "{night}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_whose_answer_was_lost_asks_to_connect_again() {
    let platform = Platform::start(20).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    platform.practice.expire_access_tokens();
    platform.practice.lose_refreshes(1);
    let lost = installation.maan(&["sync"]).await;
    assert!(matches!(lost.code, Some(4 | 5)), "{lost:?}");
    installation.maan(&["sync"]).await.problem(4, &["maan connect"]);
    installation.connect(&platform, &[]).await.good();
    assert_eq!(installation.ask(&["sync"]).await["new"], 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_database_is_told_and_the_next_run_goes_on() {
    let platform = Platform::start(60).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    let mut file = installation.file().await;
    let lock = file.begin_with("BEGIN IMMEDIATE").await.unwrap();
    installation
        .maan(&["run"])
        .await
        .problem(5, &["locked by another process", "try again"]);
    lock.rollback().await.unwrap();
    assert_eq!(
        installation.ask(&["run", "--no-send"]).await["run"]["decided"],
        60
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_and_the_next_run_goes_on() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    let Some(disk) = Disk::mount(&installation.path("disk")) else {
        eprintln!("SKIPPED: a small disk can only be mounted by root");
        return;
    };
    let copy = disk.0.join("maan.db").display().to_string();
    let mut file = installation.file().await;
    sqlx::query("VACUUM INTO ?")
        .bind(&copy)
        .execute(&mut file)
        .await
        .unwrap();
    let database = format!("sqlite:{copy}");
    let run = ["--database", &database, "--json", "run"];
    let mut full = 0;
    // Sizes that do not even hold the database as it is are passed over.
    for _ in (4..60).filter(|megabytes| disk.resize(*megabytes)) {
        let answer = installation.maan(&run).await;
        if answer.code == Some(0) {
            break;
        }
        full += 1;
        assert_eq!(answer.code, Some(1), "{answer:?}");
        assert!(answer.err.contains("disk of the database is full"), "{answer:?}");
        assert!(answer.err.contains("free some space"), "{answer:?}");
        installation.wait(310);
    }
    assert!(full > 0, "the disk was never full");
    let replay = ["--database", &database, "--json", "replay", "--all"];
    let replayed = installation.maan(&replay).await.good().json();
    assert_eq!(replayed["replayed"], replayed["identical"]);

    // The same as on a disk with room; what was handed over when the disk was full is for a person.
    let elsewhere = installation.ask(&["run", "--no-send"]).await;
    let list = [
        "--database",
        &database,
        "--json",
        "worklist",
        "--all",
        "--limit",
        "1000",
    ];
    let list = installation.maan(&list).await.good().json();
    let other = installation.ask(&["worklist", "--all", "--limit", "1000"]).await;
    let ids = |list: &serde_json::Value| -> Vec<String> {
        let mut ids: Vec<_> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["action"].to_string())
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&list), ids(&other), "{elsewhere}");
    let mut mails: Vec<_> = platform
        .practice
        .mails()
        .into_iter()
        .map(|mail| mail.message_id)
        .collect();
    let sent = mails.len();
    mails.sort();
    mails.dedup();
    assert_eq!(mails.len(), sent, "nothing is sent twice");
    assert!(sent > 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ctrl_c_stops_at_a_safe_place_and_the_next_run_goes_on() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    for (phase, nth) in [
        ("keeping", 1),
        ("deciding", 1),
        ("handing-over", 2),
        ("looking", 3),
    ] {
        let mut process = Process::start(&installation, &["run"]);
        assert!(process.meets(phase, nth).await, "{phase}");
        process.interrupt().await;
        let answer = process.end().await;
        assert_eq!(answer.code, Some(130), "{phase}: {answer:?}");
        assert!(
            answer.err.contains("run it again to continue"),
            "{phase}: {answer:?}"
        );
        installation.wait(310);
    }
    installation.ask(&["run"]).await;
    let unknown = installation
        .number("SELECT count(*) FROM action WHERE state = 'unknown'")
        .await;
    let sent = installation
        .number("SELECT count(*) FROM action WHERE state = 'sent'")
        .await;
    assert_eq!(unknown, 0, "a stop at a safe place leaves nothing unknown");
    let mut mails: Vec<_> = platform
        .practice
        .mails()
        .into_iter()
        .map(|mail| mail.message_id)
        .collect();
    mails.sort();
    mails.dedup();
    assert_eq!(i64::try_from(mails.len()).unwrap(), sent);
    assert_eq!(platform.practice.mails().len(), mails.len());
}

/// A small disk in memory.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: &Path) -> Option<Self> {
        std::fs::create_dir(folder).unwrap();
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=16m,mode=0777", "tmpfs"])
            .arg(folder);
        let mounted = mount.stderr(std::process::Stdio::null()).status();
        mounted
            .is_ok_and(|status| status.success())
            .then(|| Self(folder.to_owned()))
    }

    /// False when what is on the disk needs more than that.
    fn resize(&self, megabytes: u32) -> bool {
        let size = format!("remount,size={megabytes}m");
        let mut mount = Command::new("mount");
        mount
            .args(["-o", &size])
            .arg(&self.0)
            .stderr(std::process::Stdio::null());
        mount.status().is_ok_and(|status| status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(&self.0).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}
