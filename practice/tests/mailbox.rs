//! The mailbox over real SMTP.

use crate::support::{config, start};
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use maan_practice::{Mail, MailFault, Practice};
use std::net::SocketAddr;
use std::time::Duration;

type Sender = AsyncSmtpTransport<Tokio1Executor>;

fn sender(smtp: SocketAddr) -> Sender {
    Sender::builder_dangerous(smtp.ip().to_string())
        .port(smtp.port())
        .timeout(Some(Duration::from_secs(5)))
        .build()
}

pub(crate) fn mail(to: &str, subject: &str, text: &str) -> Message {
    Message::builder()
        .from("Debiteuren <debiteuren@noord.example>".parse().unwrap())
        .to(to.parse().unwrap())
        .subject(subject)
        .message_id(Some(format!("<{}@noord.example>", uuid::Uuid::new_v4())))
        .header(ContentType::TEXT_PLAIN)
        .body(text.to_owned())
        .unwrap()
}

pub(crate) async fn send(
    practice: &Practice,
    message: Message,
) -> Result<(), lettre::transport::smtp::Error> {
    sender(practice.smtp()).send(message).await.map(|_| ())
}

fn logged(path: &std::path::Path) -> Vec<Mail> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test]
async fn a_mail_is_in_the_log_before_it_is_acknowledged() {
    let server = start(10).await;
    let path = server.folder.path().join("mailbox.jsonl");
    for number in 0..20 {
        let text = format!("Beste klant,\n.een regel met een punt\n\nGroet {number}, één café");
        send(
            &server.practice,
            mail("klant@winkel.example", "Herinnering café", &text),
        )
        .await
        .unwrap();
        let mails = logged(&path);
        assert_eq!(mails.len(), number + 1);
        let last = mails.last().unwrap();
        assert_eq!(
            (last.subject.as_str(), last.to[0].as_str()),
            ("Herinnering café", "klant@winkel.example")
        );
        assert_eq!(last.text().replace("\r\n", "\n").trim_end(), text);
        assert_eq!(last.day.to_string(), "2026-11-23");
        assert!(last.message_id.ends_with("@noord.example"));
    }
    assert_eq!(server.practice.mails(), logged(&path));
}

#[tokio::test]
async fn parallel_senders_lose_nothing() {
    let server = start(10).await;
    let transport = sender(server.practice.smtp());
    let sends = (0..40).map(|n| {
        let (transport, message) = (
            transport.clone(),
            mail(&format!("k{n}@winkel.example"), "Herinnering", "Tekst"),
        );
        tokio::spawn(async move { transport.send(message).await.unwrap() })
    });
    for send in sends.collect::<Vec<_>>() {
        send.await.unwrap();
    }
    let mut to: Vec<String> = server
        .practice
        .mails()
        .into_iter()
        .flat_map(|mail| mail.to)
        .collect();
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 40);
}

#[tokio::test]
async fn the_log_survives_a_restart_and_an_unfinished_last_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mailbox.jsonl");
    let practice = Practice::start(config(&folder, 10)).await.unwrap();
    send(&practice, mail("a@winkel.example", "Een", "Tekst"))
        .await
        .unwrap();
    practice.stop().await;
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, [whole.as_slice(), b"{\"received\":\"2026"].concat()).unwrap();
    let practice = Practice::start(config(&folder, 10)).await.unwrap();
    send(&practice, mail("b@winkel.example", "Twee", "Tekst"))
        .await
        .unwrap();
    let subjects: Vec<String> = logged(&path).into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Een", "Twee"]);
    assert_eq!(practice.mails().len(), 2);
    practice.stop().await;
    std::fs::write(&path, "no json\n").unwrap();
    let error = Practice::start(config(&folder, 10))
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("mailbox.jsonl"), "{error}");
}

#[tokio::test]
async fn mails_fail_as_told() {
    let server = start(10).await;
    let practice = &server.practice;
    let message = || mail("klant@winkel.example", "Herinnering", "Tekst");
    practice.fail_next_mail(1, MailFault::RefuseRecipient { code: 550 });
    assert!(send(practice, message()).await.unwrap_err().is_permanent());
    practice.fail_next_mail(1, MailFault::RefuseMessage { code: 451 });
    assert!(send(practice, message()).await.unwrap_err().is_transient());
    assert_eq!(practice.mails().len(), 0);
    practice.fail_next_mail(1, MailFault::CutAfterData { stored: false });
    let error = send(practice, message()).await.unwrap_err();
    assert!(
        !error.is_permanent() && !error.is_transient(),
        "the outcome is unknown: {error}"
    );
    assert_eq!(practice.mails().len(), 0);
    practice.fail_next_mail(1, MailFault::CutAfterData { stored: true });
    assert!(send(practice, message()).await.is_err());
    assert_eq!(
        practice.mails().len(),
        1,
        "kept although the sender never heard so"
    );
    practice.fail_next_mail(1, MailFault::Slow { millis: 300 });
    let start = std::time::Instant::now();
    send(practice, message()).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert_eq!(practice.mails().len(), 2);
}

#[tokio::test]
async fn the_mailbox_can_be_read_over_http() {
    let server = start(10).await;
    send(&server.practice, mail("a@winkel.example", "Een", "Voor A"))
        .await
        .unwrap();
    send(&server.practice, mail("b@winkel.example", "Twee", "Voor B"))
        .await
        .unwrap();
    let get = |path: &str| {
        let url = format!("{}/practice/mailbox{path}", server.practice.base_url());
        async move {
            reqwest::get(url)
                .await
                .unwrap()
                .json::<serde_json::Value>()
                .await
                .unwrap()
        }
    };
    assert_eq!(get("").await.as_array().unwrap().len(), 2);
    let own = get("?to=B@winkel.example").await;
    assert_eq!(
        (own[0]["subject"].as_str(), own[0]["place"].as_u64()),
        (Some("Twee"), Some(1))
    );
    assert_eq!(get("/1").await["text"].as_str().unwrap().trim_end(), "Voor B");
    assert!(get("/9").await["error"].is_string());
}
