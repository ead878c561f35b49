//! What stands in files and arguments.

use crate::support::{Installation, Kind, Platform};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_configuration_is_named_with_what_to_do() {
    let installation = Installation::new(Kind::Sqlite).await;
    let told: [(&str, &[&str]); 6] = [
        ("mial = 3", &["maan.toml", "mial"]),
        ("[mail\n", &["maan.toml"]),
        (
            "[mail]\nhost = \"localhost\"\nport = 99999\n",
            &["maan.toml", "port"],
        ),
        (
            "[mail]\nhost = \"localhost\"\nport = 25\nprotection = \"ssl\"\n",
            &["maan.toml", "starttls"],
        ),
        (
            "database = \"mysql://server/db\"\n",
            &["mysql", "sqlite:", "postgres://"],
        ),
        (
            "database = \"sqlite:/nowhere/at/all.db\"\n",
            &["/nowhere/at/all.db", "folder exists"],
        ),
    ];
    for (text, words) in told {
        installation.configure(text);
        installation.maan(&["sync"]).await.problem(1, words);
    }
    installation.configure("database = \"postgres://maan:swordfish@127.0.0.1:1/maan\"\n");
    let unreachable = installation.maan(&["sync"]).await;
    unreachable.problem(5, &["127.0.0.1:1", "cannot be reached"]);
    assert!(!unreachable.err.contains("swordfish"));

    installation.configure("");
    installation.maan(&["sync"]).await.problem(3, &["maan connect"]);
    installation
        .maan(&["-a", "Nowhere", "run"])
        .await
        .problem(3, &["Nowhere", "none is connected"]);
    installation
        .maan(&["--at", "tomorrow", "run"])
        .await
        .problem(1, &["tomorrow", "2026-11-23T09:00:00Z"]);
    installation
        .maan(&["connect", "ledgers", "--client-id", "x"])
        .await
        .problem(3, &["ledgers", "moneybird"]);
    let connect = ["connect", "moneybird", "--client-id", "x", "--by-hand"];
    installation
        .maan(&connect)
        .await
        .problem(1, &["--client-secret-file"]);
    let absent = [&connect[..], &["--client-secret-file", "/nowhere/secret"]].concat();
    installation.maan(&absent).await.problem(1, &["/nowhere/secret"]);

    std::fs::write(
        installation.path("garbage.db"),
        "not a database at all, by no means whatever",
    )
    .unwrap();
    let garbage = format!("sqlite:{}", installation.path("garbage.db").display());
    installation
        .maan(&["--database", &garbage, "sync"])
        .await
        .problem(1, &["garbage.db", "not a database"]);
    let file = installation.path("maan.toml");
    let in_a_file = installation
        .command(&["--data", file.to_str().unwrap(), "sync"])
        .output()
        .await
        .unwrap();
    crate::support::Answer::from(in_a_file).problem(1, &["maan.toml", "--data"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_mail_configuration_stops_before_anything_is_sent() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["run", "--no-send"]).await;
    let told: [(&str, &[&str]); 4] = [
        ("", &["no mail server", "[mail]"]),
        (
            "[mail]\nhost = \"localhost\"\nport = 25\nuser = \"me\"\n",
            &["user", "password_file"],
        ),
        (
            "[mail]\nhost = \"localhost\"\nport = 25\nuser = \"me\"\npassword_file = \"/nowhere\"\n",
            &["/nowhere", "password_file"],
        ),
        (
            "[mail]\nhost = \"smtp.example.com\"\nport = 25\nprotection = \"none\"\n",
            &["starttls", "tls"],
        ),
    ];
    for (text, words) in told {
        installation.configure(text);
        installation.maan(&["send"]).await.problem(1, words);
    }
    installation.mails_to(&platform.practice);
    let sent = installation.ask(&["send"]).await;
    assert!(sent["sent"].as_u64().unwrap() > 5, "{sent}");
    assert_eq!(sent["sent"], platform.practice.mails().len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_does_not_fit_the_database_opens_nothing() {
    let platform = Platform::start(20).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    std::fs::rename(installation.path("host.key"), installation.path("away")).unwrap();
    installation
        .maan(&["sync"])
        .await
        .problem(1, &["host key", "host.key", "backup"]);
    std::fs::write(installation.path("host.key"), "garbage").unwrap();
    installation.maan(&["sync"]).await.problem(1, &["host.key"]);
    std::fs::rename(installation.path("away"), installation.path("host.key")).unwrap();
    assert_eq!(installation.ask(&["sync"]).await["new"], 20);
}
