use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use maan_connectors::moneybird;
use maan_dialects::moneybird::Moneybird;
use sha2::Sha256;

use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &moneybird::CONNECTOR,
    dialect: || Box::new(Moneybird),
    parameters: &[],
    // a list of each of five kinds, and the records of four of them
    first_calls: 9,
    quiet_calls: 5,
    message: Some(message),
};

fn message(secret: &str, seconds: i64) -> (HeaderMap, Vec<u8>) {
    let body = br#"{"administration_id":734512,"entity_type":"Contact","entity_id":"abc","action":"contact_changed"}"#;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    let hash = mac.finalize().into_bytes();
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut headers = HeaderMap::new();
    headers.insert(
        "moneybird-signature",
        format!("t={seconds},v1={hash}").parse().unwrap(),
    );
    (headers, body.to_vec())
}

#[tokio::test]
async fn moneybird_conforms() {
    conforms(&SUBJECT).await;
}
