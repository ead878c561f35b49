//! An administration is known by its platform and its id there; consent can be given again.

use serde_json::json;

use crate::support::{Installation, Kind, Platform, Process};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_an_administration_that_was_renamed_is_the_same_and_nothing_is_sent_again() {
    let platform = Platform::start(40).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["run"]).await;
    let sent = platform.practice.mails().len();
    assert!(sent > 0);
    let mut file = installation.file().await;
    sqlx::query("UPDATE tenant SET name = 'as it was called before'")
        .execute(&mut file)
        .await
        .unwrap();
    installation.connect(&platform, &[]).await.good();
    assert_eq!(installation.number("SELECT count(*) FROM tenant").await, 1);
    assert_eq!(installation.number("SELECT count(*) FROM connection").await, 1);
    installation.wait(310);
    installation.ask(&["run"]).await;
    assert_eq!(platform.practice.mails().len(), sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn off_1_two_administrations_of_one_name_are_two() {
    let platform = Platform::with(&[("Noord", 20), ("Noord", 30)]).await;
    let installation = Installation::new(Kind::Sqlite).await;
    let ids: Vec<_> = platform
        .practice
        .status()
        .administrations
        .into_iter()
        .map(|one| one.id)
        .collect();
    for id in &ids {
        installation.connect(&platform, &["--choose", id]).await.good();
    }
    let second = format!("Noord ({})", ids[1]);
    for (name, debtors) in [("Noord", 20), (second.as_str(), 30)] {
        assert_eq!(
            installation.ask(&["-a", name, "sync"]).await["new"],
            debtors,
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ctrl_c_ends_the_waiting_for_consent_and_nothing_is_kept() {
    let platform = Platform::start(5).await;
    let installation = Installation::new(Kind::Sqlite).await;
    let client = platform.practice.client();
    let secret = installation.path("client-secret");
    std::fs::write(&secret, &client.secret).unwrap();
    let (secret, url) = (secret.to_str().unwrap(), platform.practice.base_url());
    let process = Process::start(
        &installation,
        &[
            "connect",
            "moneybird",
            "--client-id",
            &client.id,
            "--client-secret-file",
            secret,
            "--url",
            url,
        ],
    );
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    process.interrupt().await;
    assert_eq!(process.end().await.code, Some(130));
    assert_eq!(installation.number("SELECT count(*) FROM tenant").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_administration_settles_is_shown_and_changed_whole() {
    let platform = Platform::start(5).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    let before = installation.ask(&["settings"]).await;
    assert_eq!(before["stop_all"], json!(false));
    for (change, words) in [
        ("sender_address=nobody", "`nobody` is not an e-mail address"),
        ("send_addres=a@b.example", "there is no setting `send_addres`"),
        ("daily_maximum=many", "`daily_maximum` cannot be `many`"),
        ("stop_all", "write NAME=VALUE"),
    ] {
        let answer = installation
            .maan(&["settings", "iban=NL91ABNA0417164300", change])
            .await;
        assert!(answer.code == Some(1) && answer.err.contains(words), "{answer:?}");
    }
    assert_eq!(installation.ask(&["settings"]).await, before);
    let changed = installation
        .ask(&[
            "settings",
            "sender_address=debiteuren@noord.example",
            "daily_maximum=20",
            "stop_all=true",
        ])
        .await;
    assert_eq!(changed["daily_maximum"], 20);
    assert_eq!(installation.ask(&["settings"]).await, changed);
    installation.configure("[mail]\nhost = \"mail.noord.example\"\nport = 587\n");
    installation
        .ask(&["settings", "sender_address=administration@maan.invalid"])
        .await;
    installation
        .maan(&["run", "--no-sync"])
        .await
        .problem(4, &["maan settings sender_address="]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_is_for_its_owner_alone_and_no_other_year_is_played() {
    use std::os::unix::fs::PermissionsExt;
    let platform = Platform::start(5).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    for name in ["maan.db", "host.key"] {
        let mode = std::fs::metadata(installation.path(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name}: {mode:o}");
    }
    let answer = installation.maan(&["--at", "2126-01-05T09:00:00Z", "run"]).await;
    assert!(
        answer.code == Some(1) && answer.err.contains("2099"),
        "{answer:?}"
    );
    let mut file = installation.file().await;
    sqlx::query("UPDATE connection SET config = replace(config, '127.0.0.1', 'books.example')")
        .execute(&mut file)
        .await
        .unwrap();
    installation
        .maan(&["run"])
        .await
        .problem(3, &["practice", "books.example"]);
}
