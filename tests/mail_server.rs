//! Mail servers that refuse, put off, break off or are not there.

use maan_practice::MailFault;
use serde_json::Value;

use crate::support::{Installation, Kind, Platform};

async fn states(installation: &Installation, state: &str) -> Vec<Value> {
    let all = installation.ask(&["worklist", "--all", "--limit", "1000"]).await;
    all.as_array()
        .unwrap()
        .iter()
        .filter(|line| line["state"] == state)
        .cloned()
        .collect()
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|one| one["action"].as_str().unwrap().to_owned())
        .collect()
}

fn why(list: &Value) -> &str {
    list[0]["why"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_a_mail_server_that_refuses_puts_off_or_is_not_there_loses_no_message() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["run", "--no-send"]).await;
    let ready = states(&installation, "queued").await.len();

    // a port on which nobody listens
    installation.mails_over(1);
    let answer = installation.maan(&["--json", "send"]).await;
    assert_eq!(answer.code, Some(5), "a script must try again: {answer:?}");
    let none = answer.json();
    assert_eq!(none["sent"], 0, "{none}");
    assert!(why(&none["put_off"]).contains("127.0.0.1:1"), "{none}");
    assert!(why(&none["put_off"]).contains("it is tried again"), "{none}");
    assert_eq!(
        states(&installation, "queued").await.len(),
        ready - none["failed"].as_array().unwrap().len()
    );

    installation.mails_to(&platform.practice);
    installation.wait(20 * 60);
    platform
        .practice
        .fail_next_mail(1, MailFault::RefuseRecipient { code: 550 });
    platform
        .practice
        .fail_next_mail(1, MailFault::RefuseRecipient { code: 450 });
    platform
        .practice
        .fail_next_mail(1, MailFault::RefuseMessage { code: 554 });
    platform
        .practice
        .fail_next_mail(1, MailFault::RefuseMessage { code: 451 });
    let answer = installation.maan(&["--json", "send"]).await;
    assert_eq!(
        answer.code,
        Some(4),
        "a person must look at what failed: {answer:?}"
    );
    let sent = answer.json();
    let refused: Vec<_> = sent["failed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["why"].to_string())
        .collect();
    assert_eq!(
        refused
            .iter()
            .filter(|why| why.contains("refuses the message"))
            .count(),
        2,
        "{sent}"
    );
    assert!(refused.iter().any(|why| why.contains("550")) && refused.iter().any(|why| why.contains("554")));
    assert_eq!(sent["put_off"].as_array().unwrap().len(), 2, "{sent}");
    assert_eq!(sent["sent"], platform.practice.mails().len(), "{sent}");
    let waiting = installation.ask(&["worklist"]).await;
    let put_off = ids(&sent["put_off"]);
    for failed in ids(&sent["failed"]) {
        assert!(
            ids(&waiting).contains(&failed),
            "a person sees what was refused: {waiting}"
        );
    }

    installation.wait(20 * 60);
    let again = installation.ask(&["send"]).await;
    assert_eq!(again["sent"], 2, "{again}");
    for action in put_off {
        let id = action.replace('-', "");
        assert_eq!(
            platform
                .practice
                .mails()
                .iter()
                .filter(|mail| mail.message_id.starts_with(&id))
                .count(),
            1
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_a_mail_server_that_breaks_off_after_the_text_leaves_the_outcome_to_a_person() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    platform
        .practice
        .fail_next_mail(1, MailFault::CutAfterData { stored: true });
    platform
        .practice
        .fail_next_mail(1, MailFault::CutAfterData { stored: false });
    let answer = installation.maan(&["--json", "run"]).await;
    assert_eq!(answer.code, Some(4), "a person must look: {answer:?}");
    let night = answer.json();
    let unknown = ids(&night["sent"]["unknown"]);
    assert_eq!(unknown.len(), 2, "{night}");
    assert!(
        why(&night["sent"]["unknown"]).contains("look in its log"),
        "{night}"
    );
    installation.wait(20 * 60);
    assert_eq!(
        installation.ask(&["send"]).await["sent"],
        0,
        "nothing of unknown outcome is tried again"
    );
    let waiting = installation.ask(&["worklist"]).await;
    let of = |action: &String| {
        let id = action.replace('-', "");
        platform
            .practice
            .mails()
            .iter()
            .filter(|mail| mail.message_id.starts_with(&id))
            .count()
    };
    for (action, left) in unknown.iter().zip([1, 0]) {
        assert!(ids(&waiting).contains(action), "{waiting}");
        assert_eq!(of(action), left);
        installation
            .ask(&["resolve", action, if left == 1 { "--sent" } else { "--not-sent" }])
            .await;
    }
    assert_eq!(installation.ask(&["send"]).await["sent"], 1);
    assert!(unknown.iter().all(|action| of(action) == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_a_mail_server_that_does_not_let_us_send_fails_no_message() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["run", "--no-send"]).await;
    let ready = states(&installation, "queued").await.len();
    assert!(ready > 2, "{ready}");
    for code in [530, 553] {
        platform
            .practice
            .fail_next_mail(1, MailFault::RefuseSender { code });
        let answer = installation.maan(&["--json", "send"]).await;
        assert_eq!(answer.code, Some(5), "{answer:?}");
        let none = answer.json();
        assert_eq!(
            (&none["sent"], none["failed"].as_array().unwrap().len()),
            (&0.into(), 0)
        );
        let told = none["gave_up"].as_str().unwrap();
        assert!(
            told.contains(&code.to_string()) && told.contains("sender address"),
            "{told}"
        );
        assert_eq!(states(&installation, "queued").await.len(), ready);
    }
    let sent = installation.ask(&["send"]).await;
    assert_eq!(sent["sent"], ready, "as soon as it is mended: {sent}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_a_mail_server_that_never_answers_gets_no_more_than_three_messages() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["run", "--no-send"]).await;
    let ready = states(&installation, "queued").await.len();
    platform
        .practice
        .fail_next_mail(5, MailFault::CutAfterData { stored: true });
    let answer = installation.maan(&["--json", "send"]).await;
    assert_eq!(answer.code, Some(4), "{answer:?}");
    let some = answer.json();
    assert_eq!(ids(&some["unknown"]).len(), 3, "{some}");
    assert!(some["gave_up"].as_str().unwrap().contains("in a row"), "{some}");
    assert_eq!(platform.practice.mails().len(), 3);
    assert_eq!(states(&installation, "queued").await.len(), ready - 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_what_failed_goes_again_once_approved() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["run", "--no-send"]).await;
    platform
        .practice
        .fail_next_mail(2, MailFault::RefuseRecipient { code: 550 });
    let failed = ids(&installation.maan(&["--json", "send"]).await.json()["failed"]);
    assert_eq!(failed.len(), 2);
    let approved = installation.ask(&["approve", "--all"]).await;
    let moved = approved["moved"].as_array().unwrap();
    assert!(
        failed
            .iter()
            .all(|action| moved.contains(&action.as_str().into())),
        "{approved}"
    );
    installation.ask(&["send"]).await;
    for action in failed {
        let id = action.replace('-', "");
        let mails = platform.practice.mails();
        assert!(mails.iter().any(|mail| mail.message_id.starts_with(&id)));
    }
}
