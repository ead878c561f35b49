use std::time::Duration;

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use maan_connectors::webhook::{Event, Heard, Message};
use maan_connectors::{Entity, WriteBack, Written, quickbooks};
use maan_dialects::model::Change;
use maan_dialects::quickbooks::{QuickBooks, REALM};
use secrecy::SecretString;
use serde_json::json;
use sha2::Sha256;

use super::desk::Desk;
use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &quickbooks::CONNECTOR,
    dialect: || Box::new(QuickBooks),
    parameters: &[("realmId", REALM)],
    // two queries of five kinds, the second of which finds nothing; then what was changed of each
    first_calls: 10,
    quiet_calls: 5,
    message: Some(message),
};

fn signed(secret: &str, body: &str) -> (HeaderMap, Vec<u8>) {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let headers = [("intuit-signature".parse().unwrap(), signature.parse().unwrap())];
    (HeaderMap::from_iter(headers), body.as_bytes().to_vec())
}

fn message(secret: &str, _: i64) -> (HeaderMap, Vec<u8>) {
    signed(
        secret,
        r#"[{"specversion":"1.0","id":"8f3a","source":"intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=","type":"qbo.customer.updated.v1","datacontenttype":"application/json","time":"2026-11-21T09:00:00Z","intuitentityid":"abc","intuitaccountid":"734512","data":{}}]"#,
    )
}

#[tokio::test]
async fn quickbooks_conforms() {
    conforms(&SUBJECT).await;
}

#[test]
fn older_messages_of_quickbooks_are_heard_too() {
    let (headers, body) = signed(
        "s3cret",
        r#"{"eventNotifications":[{"realmId":"734512","dataChangeEvent":{"entities":[{"name":"Invoice","id":"145","operation":"Delete","lastUpdated":"2026-11-21T09:00:00.000Z"},{"name":"Vendor","id":"9","operation":"Update","lastUpdated":"2026-11-21T09:00:00.000Z"}]}}]}"#,
    );
    let message = Message {
        headers: &headers,
        query: "",
        body: &body,
    };
    let heard = (quickbooks::CONNECTOR.verify.unwrap())(
        &message,
        &SecretString::from("s3cret"),
        maan_ledger::Moment(0),
    );
    let event = |entity, reference: &str, action: &str| Event {
        administration: REALM.to_owned(),
        entity,
        reference: reference.to_owned(),
        action: action.to_owned(),
        deleted: action == "delete",
    };
    let wanted = vec![
        event(Some(Entity::Invoice), "145", "delete"),
        event(None, "9", "update"),
    ];
    assert_eq!(heard, Ok(Heard::Events(wanted)));
}

/// Change data capture forgets after 30 days: everything is read again, and what is not listed is gone.
#[tokio::test]
async fn after_a_long_pause_quickbooks_is_read_again() {
    let mut desk = Desk::open(&SUBJECT, 1_000).await;
    desk.read().await.unwrap();
    desk.change(Change::InvoiceDeleted);
    desk.change(Change::CustomerDeleted);
    desk.change(Change::PaidInPart);
    desk.pass(Duration::from_secs(40 * 86_400));
    let before = desk.server.calls();
    desk.read().await.unwrap();
    desk.check();
    // two queries and two lists of five kinds
    assert_eq!(desk.server.calls() - before, 20, "{:#?}", desk.server.log());
    // a place that is a day old is renewed although nothing was changed
    for _ in 0..40 {
        desk.pass(Duration::from_secs(86_400));
        let before = desk.server.calls();
        desk.read().await.unwrap();
        assert_eq!(desk.server.calls() - before, 5);
    }
}

/// More changes than change data capture tells.
#[tokio::test]
async fn many_changes_of_quickbooks_are_read_by_queries() {
    let mut desk = Desk::open(&SUBJECT, 1_000).await;
    desk.read().await.unwrap();
    desk.change(Change::InvoiceDeleted);
    desk.server.adjust(|world| {
        world.model.now = world.model.now.plus_seconds(60);
        let mut copy = world.model.invoice("20260001").clone();
        copy.stamp.changed = world.model.now;
        for number in 0..1_000 {
            copy.number = format!("7{number:04}").leak();
            world.model.invoices.push(copy.clone());
        }
        world.page = 2_000;
    });
    desk.pass(Duration::from_secs(600));
    desk.read().await.unwrap();
    assert_eq!(desk.books.known.of(Entity::Invoice).count(), 1_000 + 8);
    assert!(desk.books.known.get(Entity::Invoice, "20260012").is_none());
}

#[tokio::test]
async fn notes_on_quickbooks_are_added_to_those_that_are_there() {
    let mut desk = Desk::open(&SUBJECT, 1_000).await;
    desk.read().await.unwrap();
    let note = |text: &str| WriteBack::Note {
        contact: "1001".to_owned(),
        invoice: None,
        text: text.to_owned(),
        todo: false,
    };
    for text in ["first", "second"] {
        assert_eq!(
            desk.platform.write(&note(text)).await.unwrap(),
            Written::Done(None)
        );
    }
    let written = desk.server.adjust(|world| world.written.clone());
    assert_eq!(written[1].1["Notes"], "second\nfirst");
    // the stock of letters is used up: nothing that stands there is thrown away
    let full = desk.platform.write(&note(&"x".repeat(1_990))).await.unwrap();
    assert!(matches!(full, Written::NotOffered(_)), "{full:?}");
    assert_eq!(desk.server.adjust(|world| world.written.len()), 2);
    let limit = WriteBack::CreditLimit {
        contact: "1001".to_owned(),
        limit: None,
    };
    desk.platform.write(&limit).await.unwrap();
    let written = desk.server.adjust(|world| world.written.clone());
    let wanted = json!({ "Id": "1001", "SyncToken": "3", "sparse": true, "CreditLimit": null });
    assert_eq!(written[2].1, wanted);
}
