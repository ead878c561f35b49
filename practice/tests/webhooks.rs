//! Webhooks: registered, signed, tried again.

use crate::support::{start, start_with};
use axum::http::{HeaderMap, StatusCode};
use axum::{Router, routing::post};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Clone, Default)]
struct Inbox {
    messages: Arc<Mutex<Vec<(String, String)>>>,
    refusing: Arc<AtomicU32>,
}

impl Inbox {
    async fn listen(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let inbox = self.clone();
        let take = move |headers: HeaderMap, body: String| {
            let inbox = inbox.clone();
            async move {
                if inbox
                    .refusing
                    .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
                    .is_ok()
                {
                    return StatusCode::INTERNAL_SERVER_ERROR;
                }
                let signature = headers["moneybird-signature"].to_str().unwrap().to_owned();
                inbox.messages.lock().unwrap().push((signature, body));
                StatusCode::OK
            }
        };
        tokio::spawn(axum::serve(listener, Router::new().route("/hook", post(take))).into_future());
        url
    }

    async fn wait_for(&self, count: usize) -> Vec<(String, String)> {
        for _ in 0..200 {
            let messages = self.messages.lock().unwrap().clone();
            if messages.len() >= count {
                return messages;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("only {:?} arrived", self.messages.lock().unwrap().len());
    }
}

fn signed(secret: &str, signature: &str, body: &str) -> bool {
    let (time, digest) = signature.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{time}.{body}").as_bytes());
    let wanted: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    wanted == digest
}

#[tokio::test]
async fn changes_are_told_with_a_signature() {
    let server = start(30).await;
    let api = server.connect().await;
    let (a, inbox) = (server.administration(), Inbox::default());
    let url = inbox.listen().await;
    let events = json!({ "url": url, "enabled_events": ["sales_invoice_state_changed", "note_created"] });
    let made = api.post(&format!("{a}/webhooks.json"), events).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let secret = made.body["secret"].as_str().unwrap();
    let showcase = server.practice.status().administrations[0].showcase[3].clone();
    server
        .practice
        .pay_invoice(&showcase.sales_invoice_id, 60)
        .unwrap();
    let note = json!({ "note": { "note": "Gebeld" } });
    api.post(&format!("{a}/contacts/{}/notes.json", showcase.contact_id), note)
        .await;
    let messages = inbox.wait_for(3).await;
    let actions: Vec<Value> = messages
        .iter()
        .map(|(signature, body)| {
            assert!(signed(secret, signature, body));
            assert!(!signed("another secret", signature, body));
            let message: Value = serde_json::from_str(body).unwrap();
            assert_eq!(message["administration_id"], a.as_str());
            assert_eq!(message["webhook_token"], made.body["token"]);
            message
        })
        .collect();
    assert_eq!(actions[0]["action"], "test_webhook");
    assert_eq!(actions[1]["action"], "sales_invoice_state_changed_to_paid");
    assert_eq!(
        (&actions[1]["entity_id"], &actions[1]["state"]),
        (&json!(showcase.sales_invoice_id), &json!("paid"))
    );
    assert_eq!(
        (&actions[2]["action"], &actions[2]["entity_type"]),
        (&json!("note_created"), &json!("Contact"))
    );
    let listed = api.get(&format!("{a}/webhooks.json")).await.body;
    assert!(listed[0]["secret"].is_null(), "the secret is shown once");
    let one = format!("{a}/webhooks/{}.json", made.body["id"].as_str().unwrap());
    assert_eq!(api.send(Method::DELETE, &one, None).await.status, 204);
    assert_eq!(api.send(Method::DELETE, &one, None).await.status, 404);
    server.practice.advance("2026-11-26".parse().unwrap()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(inbox.messages.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn an_address_that_does_not_answer_is_not_registered() {
    let server = start(10).await;
    let api = server.connect().await;
    let (a, inbox) = (server.administration(), Inbox::default());
    let url = inbox.listen().await;
    inbox.refusing.store(1, Ordering::SeqCst);
    let webhooks = format!("{a}/webhooks.json");
    assert_eq!(api.post(&webhooks, json!({ "url": url })).await.status, 422);
    assert_eq!(api.get(&webhooks).await.body, json!([]));
    assert_eq!(
        api.post(&webhooks, json!({})).await.body["error"],
        "Url is required"
    );
    assert_eq!(
        api.post(&webhooks, json!({ "url": url, "events": [] }))
            .await
            .body["symbolic"]["events"],
        "removed"
    );
}

#[tokio::test]
async fn a_message_that_nobody_took_is_sent_again() {
    let server = start_with(10, |config| config.webhook_retry = Duration::from_millis(10)).await;
    let api = server.connect().await;
    let (a, inbox) = (server.administration(), Inbox::default());
    let url = inbox.listen().await;
    let made = api
        .post(&format!("{a}/webhooks.json"), json!({ "url": url }))
        .await;
    assert_eq!(made.status, 201);
    inbox.refusing.store(3, Ordering::SeqCst);
    let invoice = server.practice.status().administrations[0].showcase[3]
        .sales_invoice_id
        .clone();
    api.post(&format!("{a}/sales_invoices/{invoice}/pause.json"), json!({}))
        .await;
    let messages = inbox.wait_for(2).await;
    assert!(messages[1].1.contains("sales_invoice_paused"));
}
