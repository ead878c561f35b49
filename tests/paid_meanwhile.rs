//! What is paid is never chased.

use serde_json::Value;

use crate::support::{Installation, Kind, Platform};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_1_ops_4_paid_an_hour_ago_does_not_leave_and_the_log_says_why_on_sqlite() {
    paid_an_hour_ago(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_1_ops_4_paid_an_hour_ago_does_not_leave_and_the_log_says_why_on_postgresql() {
    paid_an_hour_ago(Kind::Postgres).await;
}

async fn paid_an_hour_ago(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let platform = Platform::start(80).await;
    let installation = Installation::connected(kind, &platform).await;
    installation.ask(&["run", "--no-send"]).await;
    let ready = installation.ask(&["worklist", "--all", "--limit", "1000"]).await;
    let one = |line: &&Value| {
        let what = line["what"].as_str().unwrap();
        line["state"] == "queued" && what.starts_with("first reminder: ") && !what.contains(" more")
    };
    let ready: Vec<_> = ready.as_array().unwrap().iter().filter(one).cloned().collect();
    let (paid, others) = ready.split_first().unwrap();
    let number = paid["what"].as_str().unwrap().rsplit(' ').next().unwrap();
    platform.pay(number).await;

    installation.wait(60);
    let sent = installation.ask(&["send"]).await;
    let withdrawn = sent["withdrawn"].as_array().unwrap();
    assert_eq!(withdrawn.len(), 1, "{sent}");
    assert_eq!(withdrawn[0]["action"], paid["action"], "{sent}");
    assert!(
        withdrawn[0]["why"]
            .as_str()
            .unwrap()
            .starts_with("paid on 2026-11-20"),
        "{sent}"
    );

    let mails = platform.practice.mails();
    let of = |action: &Value| action["action"].as_str().unwrap().replace('-', "");
    assert!(
        !mails
            .iter()
            .any(|mail| mail.message_id.starts_with(&of(paid)) || mail.text().contains(number))
    );
    for other in others {
        assert!(
            mails.iter().any(|mail| mail.message_id.starts_with(&of(other))),
            "{other}"
        );
    }
    let explanation = installation
        .ask(&["explain", paid["debtor"].as_str().unwrap()])
        .await;
    let told = explanation["actions"].as_array().unwrap();
    let told = told.iter().find(|one| one["title"] == paid["what"]).unwrap();
    assert_eq!(told["state"], "withdrawn", "{explanation}");
    assert!(told.to_string().contains("paid on 2026-11-20"), "{told}");
}
