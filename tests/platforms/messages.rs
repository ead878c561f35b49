//! Messages of the platforms, as each arranges and signs them.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use maan_connectors::Connector;
use maan_dialects::model::Change;
use maan_dialects::server::Fault;
use maan_dialects::{business_central, xero};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Desk, START};
use crate::listening::process::{Listening, Written};

/// A secret as a platform shows it to a person.
const SHOWN: &str = "shown-secret-7f31c2";

fn signed(secret: &str, text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Sends a message; the status and the text of the answer.
async fn send(address: &str, header: Option<(&str, &str)>, body: String) -> (u16, String) {
    let mut call = reqwest::Client::new().post(address).body(body);
    if let Some((name, value)) = header {
        call = call.header(name, value);
    }
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn connected(word: &str) -> (Desk, u16, String) {
    let desk = Desk::of(Connector::of(word).unwrap()).await;
    desk.connect().await.good();
    let port = Listening::free_port();
    (desk, port, format!("http://127.0.0.1:{port}/hooks"))
}

impl Desk {
    async fn listens(&self, port: u16, public: &str, rest: &[&str]) -> Listening {
        Listening::start(&self.installation, port, public, rest).await
    }

    /// The file in which a person wrote the secret, outside of what the program keeps.
    fn secret_file(&self, folder: &Path) -> String {
        let file = folder.join("shown");
        std::fs::write(&file, format!("{SHOWN}\n")).unwrap();
        format!("{}={}", self.connector.word, file.display())
    }

    /// No secret stands in the clear in any file of the installation, nor in what a process wrote.
    fn hides(&self, secret: &str, written: &[&Written]) {
        for one in written {
            assert!(!one.all.contains(secret), "{}", one.all);
        }
        let mut files = 0;
        for entry in std::fs::read_dir(self.installation.path("")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{}", path.display());
            files += 1;
        }
        assert!(files > 2);
    }

    async fn disconnected(&self) -> Value {
        let name = self.connection().await["name"].as_str().unwrap().to_owned();
        let mut ended = self.installation.ask(&["disconnect", &name]).await;
        assert_eq!(self.installation.number("SELECT count(*) FROM hook").await, 0);
        ended[0]["messages"].take()
    }

    fn written(&self, start: &str) -> Vec<Value> {
        let all = self.server.adjust(|world| world.written.clone());
        let some = all.into_iter().filter(|(call, _)| call.starts_with(start));
        some.map(|(_, body)| body).collect()
    }
}

/// A person enters the address on the platform, and tells the secret that is shown there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_of_xero_are_set_up_by_a_person() {
    let (desk, port, public) = connected("xero").await;
    let folder = tempfile::tempdir().unwrap();
    let body = |tenant: &str| {
        json!({
            "events": [{ "resourceId": "abc", "tenantId": tenant, "eventCategory": "INVOICE", "eventType": "UPDATE" }],
            "firstEventSequence": 1, "lastEventSequence": 1, "entropy": "S0m3r4Nd0mt3xt",
        })
        .to_string()
    };
    let own = body(&xero::tenant());
    let signature = STANDARD.encode(signed(SHOWN, &own));
    let signature = Some(("x-xero-signature", signature.as_str()));

    let mut listening = desk.listens(port, &public, &[]).await;
    let told = listening.tells("by-person").await;
    let address = told["address"].as_str().unwrap().to_owned();
    assert!(
        address.starts_with(&format!("{public}/")) && address.len() > public.len() + 60,
        "{told}"
    );
    assert!(
        told["secret"].as_str().unwrap().contains("webhooks key"),
        "{told}"
    );
    listening.reads_news("time").await;
    // it cannot be believed yet, and the platform sends it again
    assert_eq!(send(&address, signature, own.clone()).await.0, 401);
    assert_eq!(desk.connection().await["heard"], "polled");
    let first = listening.stop("-TERM").await;
    assert_eq!(first.code, Some(0));

    let file = desk.secret_file(folder.path());
    let mut listening = desk.listens(port, &public, &["--secret-file", &file]).await;
    listening.tells("listening").await;
    assert_eq!(desk.connection().await["heard"], "messages");
    listening.tells_soon().await;
    // what the platform tries when a person enters the address: a good and a bad one, about nothing
    let nothing =
        json!({ "events": [], "firstEventSequence": 0, "lastEventSequence": 0, "entropy": "X" }).to_string();
    let calls = desk.server.calls();
    let good = STANDARD.encode(signed(SHOWN, &nothing));
    let bad = STANDARD.encode(signed("guessed", &nothing));
    for (signature, answer) in [(Some(good.as_str()), 200), (Some(bad.as_str()), 401), (None, 401)] {
        let header = signature.map(|signature| ("x-xero-signature", signature));
        assert_eq!(send(&address, header, nothing.clone()).await.0, answer);
    }
    let forged = STANDARD.encode(signed("guessed", &own));
    let forged = Some(("x-xero-signature", forged.as_str()));
    assert_eq!(send(&address, forged, own.clone()).await.0, 401);
    assert_eq!(listening.tells_soon().await, Vec::<Value>::new());
    assert_eq!(
        desk.server.calls(),
        calls,
        "nothing is read of what is not believed"
    );

    desk.server.change(Change::PaidInPart);
    assert_eq!(send(&address, signature, own.clone()).await, (200, String::new()));
    listening.reads_news("message").await;
    // signed, but in words of which nothing is known
    let odd = "[1]".to_owned();
    let signature = STANDARD.encode(signed(SHOWN, &odd));
    desk.server.change(Change::CustomerChanged);
    assert_eq!(
        send(&address, Some(("x-xero-signature", &signature)), odd)
            .await
            .0,
        200
    );
    listening.reads_news("message").await;
    let second = listening.stop("-TERM").await;

    // the secret is kept: it is told once
    let mut listening = desk.listens(port, &public, &[]).await;
    listening.tells("listening").await;
    let third = listening.stop("-TERM").await;
    desk.hides(SHOWN, &[&first, &second, &third]);
    let ended = desk.disconnected().await;
    assert_eq!(
        (&ended["ended"], &ended["address"]),
        (&json!("by-person"), &json!(address))
    );
}

/// It is asked for messages, tries the address, and ends them after three days.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_of_business_central_are_renewed() {
    let (desk, port, public) = connected("business-central").await;
    let mut listening = desk.listens(port, &public, &[]).await;
    let told = listening.tells("subscribed").await;
    let ends: chrono::DateTime<chrono::Utc> = told["ends"].as_str().unwrap().parse().unwrap();
    assert_eq!((ends - desk.installation.now()).num_hours(), 72, "{told}");
    listening.reads_news("time").await;
    let made = desk.written("POST subscriptions");
    assert_eq!(made.len(), 5);
    let address = made[0]["notificationUrl"].as_str().unwrap();
    let word = made[0]["clientState"].as_str().unwrap();
    let tried = send(&format!("{address}?validationToken=W0rd"), None, String::new()).await;
    assert_eq!(tried, (200, "W0rd".to_owned()));

    let (place, company) = (business_central::PLACE, desk.administration());
    let message = |word: &str| {
        let resource = format!("{}/api/v2.0/companies({company})/customers(abc)", place.1);
        json!({ "value": [{ "clientState": word, "resource": resource, "changeType": "updated" }] })
            .to_string()
    };
    let calls = desk.server.calls();
    assert_eq!(send(address, None, message("guessed")).await.0, 401);
    assert_eq!(listening.tells_soon().await, Vec::<Value>::new());
    assert_eq!(desk.server.calls(), calls);
    desk.server.change(Change::PaidInPart);
    assert_eq!(send(address, None, message(word)).await.0, 200);
    listening.reads_news("message").await;
    let first = listening.stop("-INT").await;
    assert_eq!(first.code, Some(0));

    // not asked again while there is time, then asked to go on
    let second = desk.listens_until(port, &public, "listening").await;
    assert_eq!(desk.written("PATCH subscriptions").len(), 0);
    let two_days = 2 * 86_400;
    desk.installation.wait(two_days);
    desk.server.adjust(|world| {
        world.clock = maan_ledger::Clock::standing_at(START.plus_seconds(two_days));
    });
    let third = desk.listens_until(port, &public, "subscribed").await;
    assert_eq!(
        (
            desk.written("POST subscriptions").len(),
            desk.written("PATCH subscriptions").len()
        ),
        (5, 5)
    );
    desk.hides(word, &[&first, &second, &third]);
    assert_eq!(desk.disconnected().await["ended"], "ended");
    assert_eq!(desk.written("DELETE subscriptions").len(), 5);
}

/// It is asked for messages, which are signed with the secret of the registration.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_of_exact_online_wait_for_the_secret_of_the_registration() {
    let (desk, port, public) = connected("exact-online").await;
    let folder = tempfile::tempdir().unwrap();
    let first = desk.listens_until(port, &public, "secret-missing").await;
    assert_eq!(desk.written("POST webhooks").len(), 0);
    let file = desk.secret_file(folder.path());
    let mut listening = desk.listens(port, &public, &["--secret-file", &file]).await;
    listening.tells("subscribed").await;
    listening.tells_soon().await;
    let made = desk.written("POST webhooks");
    assert_eq!(made.len(), 4);
    let address = made[0]["CallbackURL"].as_str().unwrap();
    let message = |secret: &str| {
        let content = r#"{"Topic":"FinancialTransactions","ClientId":"{1}","Division":734512,"Action":"Update","Key":"abc"}"#;
        let hash: String = signed(secret, content)
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        format!(r#"{{"Content":{content},"HashCode":"{hash}"}}"#)
    };
    assert_eq!(send(address, None, message("guessed")).await.0, 401);
    desk.server.change(Change::PaidInPart);
    assert_eq!(send(address, None, message(SHOWN)).await.0, 200);
    listening.reads_news("message").await;
    let second = listening.stop("-TERM").await;
    // another web server: what the platform calls is moved
    let moved = format!("http://localhost:{port}/moved");
    let third = desk.listens_until(port, &moved, "subscribed").await;
    assert_eq!(desk.written("DELETE webhooks").len(), 4);
    let made = desk.written("POST webhooks");
    assert!(made.len() == 8 && made[7]["CallbackURL"].as_str().unwrap().starts_with(&moved));
    desk.hides(SHOWN, &[&first, &second, &third]);
    assert_eq!(desk.disconnected().await["ended"], "ended");
    assert_eq!(desk.written("DELETE webhooks").len(), 8);
}

/// A platform that sends none is read regularly; one that cannot be read is tried again, and that is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listening_reads_what_sends_no_messages_and_tries_again_what_fails() {
    let (desk, port, public) = connected("odoo").await;
    desk.server.fail(1, Fault::Status(400));
    let mut listening = desk.listens(port, &public, &[]).await;
    listening.tells("polled").await;
    let failed = listening.tells("not-read").await;
    assert_eq!(failed["again_in"], 5, "{failed}");
    let kept = desk.connection().await;
    assert_eq!(
        (&kept["health"], &kept["heard"]),
        (&json!("failing"), &json!("polled"))
    );
    listening.reads_news("time").await;
    assert_eq!(desk.connection().await["health"], "working");
    let ended = listening.stop("-TERM").await;
    assert_eq!(ended.code, Some(0), "{}", ended.all);

    // the consent ends on the platform, and is given again while it listens
    desk.server.end_access(true);
    let mut listening = desk.listens(port, &public, &[]).await;
    listening.tells("needs-consent").await;
    assert_eq!(desk.connection().await["health"], "needs-consent");
    desk.server.change(Change::PaidInPart);
    desk.connect().await.good();
    listening.reads_news("time").await;
    assert_eq!(desk.connection().await["health"], "working");
    let ended = listening.stop("-TERM").await;
    assert_eq!(ended.code, Some(0), "{}", ended.all);
}

impl Desk {
    /// Listens until it told something.
    async fn listens_until(&self, port: u16, public: &str, event: &str) -> Written {
        let mut listening = self.listens(port, public, &[]).await;
        listening.tells(event).await;
        let ended = listening.stop("-TERM").await;
        assert_eq!(ended.code, Some(0), "{}", ended.all);
        ended
    }

    /// The administration's id on the platform.
    fn administration(&self) -> String {
        let path = self.server.log().into_iter();
        let mut companies = path.filter_map(|call| {
            let (_, rest) = call.split_once("companies(")?;
            Some(rest.split_once(')')?.0.to_owned())
        });
        companies.next().unwrap()
    }
}
