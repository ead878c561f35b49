use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use maan_connectors::http::CallError;
use maan_connectors::webhook::{Heard, Message, WebhookError};
use maan_connectors::{Entity, ReadError, WriteBack, Written, xero};
use maan_dialects::server::Fault;
use maan_dialects::xero::{Xero, tenant};
use secrecy::SecretString;
use sha2::Sha256;

use super::desk::Desk;
use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &xero::CONNECTOR,
    dialect: || Box::new(Xero),
    parameters: &[],
    // a page each of contacts, invoices, credit notes, payments, quotes, overpayments and prepayments
    first_calls: 7,
    quiet_calls: 7,
    message: Some(message),
};

fn signed(secret: &str, body: &[u8]) -> HeaderMap {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    HeaderMap::from_iter([("x-xero-signature".parse().unwrap(), signature.parse().unwrap())])
}

fn message(secret: &str, _: i64) -> (HeaderMap, Vec<u8>) {
    let body = format!(
        r#"{{"events":[{{"resourceUrl":"https://api.xero.com/api.xro/2.0/Contacts/abc","resourceId":"abc","tenantId":"{}","tenantType":"ORGANISATION","eventCategory":"CONTACT","eventType":"UPDATE","eventDateUtc":"2026-11-21T09:00:00.123"}}],"firstEventSequence":1,"lastEventSequence":1,"entropy":"XCVB"}}"#,
        tenant()
    );
    (signed(secret, body.as_bytes()), body.into_bytes())
}

#[tokio::test]
async fn xero_conforms() {
    conforms(&SUBJECT).await;
}

#[test]
fn xero_tries_an_address_with_right_and_wrong_signatures() {
    let body = br#"{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"QWER"}"#;
    let hear = |headers: &HeaderMap| {
        let message = Message {
            headers,
            query: "",
            body,
        };
        (xero::CONNECTOR.verify.unwrap())(&message, &SecretString::from("right"), maan_ledger::Moment(0))
    };
    assert_eq!(hear(&signed("right", body)), Ok(Heard::Events(Vec::new())));
    assert_eq!(hear(&signed("wrong", body)), Err(WebhookError::Forged));
    assert_eq!(hear(&HeaderMap::new()), Err(WebhookError::Unsigned));
}

#[tokio::test]
async fn xero_keeps_long_notes_in_parts() {
    let mut desk = Desk::open(&SUBJECT, 100).await;
    desk.read().await.unwrap();
    let contact = desk.books.known.of(Entity::Contact).next().unwrap().0.to_owned();
    let text = format!("{}ß{}", "a".repeat(449), "b".repeat(100));
    let note = WriteBack::Note {
        contact,
        invoice: None,
        text,
        todo: false,
    };
    // the same note again on the same day is a repetition
    for _ in 0..2 {
        assert_eq!(desk.platform.write(&note).await.unwrap(), Written::Done(None));
    }
    let written = desk.server.adjust(|world| world.written.clone());
    let [(call, sent)] = written.as_slice() else {
        panic!("{written:?}")
    };
    assert!(
        call.starts_with("PUT /Contacts/") && call.ends_with("/History"),
        "{call}"
    );
    let notes = sent["body"]["HistoryRecords"].as_array().unwrap();
    let lengths: Vec<usize> = notes
        .iter()
        .map(|note| note["Details"].as_str().unwrap().chars().count())
        .collect();
    assert_eq!(lengths, [450, 100]);
}

#[tokio::test]
async fn xero_is_left_by_ending_the_connection() {
    let mut desk = Desk::open(&SUBJECT, 100).await;
    desk.read().await.unwrap();
    desk.platform.disconnect().await.unwrap();
    let written = desk.server.adjust(|world| world.written.clone());
    assert!(written[0].0.starts_with("DELETE /connections/"), "{written:?}");
    // ended already: nothing is left to do
    desk.platform.disconnect().await.unwrap();
    assert_eq!(desk.server.adjust(|world| world.written.len()), 1);
}

#[tokio::test]
async fn a_day_of_xero_that_is_used_up_is_not_waited_for() {
    let mut desk = Desk::open(&SUBJECT, 100).await;
    desk.server.fail(2, Fault::Throttle(36_000));
    let error = {
        let platform = desk.platform.clone();
        let mut reading =
            maan_connectors::Reading::of(&*platform, desk.books.known.clone(), Default::default());
        let batch = reading.next().await.unwrap().unwrap();
        desk.books.keep(&batch);
        reading.next().await.unwrap_err()
    };
    let ReadError::Call { cause, .. } = error else {
        panic!("{error}")
    };
    assert!(
        matches!(&cause, CallError::Throttled { after, .. } if after.as_secs() == 36_000),
        "{cause}"
    );
    desk.read().await.unwrap();
    desk.check();
}

#[tokio::test]
async fn xero_tells_the_newest_reconciled_payment() {
    let desk = Desk::open(&SUBJECT, 100).await;
    let day = desk.platform.bank_booked_through().await.unwrap();
    assert_eq!(day, Some("2026-11-12".parse().unwrap()));
}
