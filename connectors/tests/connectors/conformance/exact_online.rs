use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use maan_connectors::exact_online;
use maan_dialects::exact_online::ExactOnline;
use sha2::Sha256;

use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &exact_online::CONNECTOR,
    dialect: || Box::new(ExactOnline),
    parameters: &[],
    // accounts, payment terms, removals, quotations, orders: a page each
    first_calls: 5,
    quiet_calls: 5,
    message: Some(message),
};

/// The signature is over the text of the content, whatever is around it.
fn message(secret: &str, _: i64) -> (HeaderMap, Vec<u8>) {
    let content = r#"{"Topic": "Accounts","ClientId":"{1}","Division":734512,"Action":"Update","Key":"abc"}"#;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(content.as_bytes());
    let hash = mac.finalize().into_bytes();
    let hash: String = hash.iter().map(|byte| format!("{byte:02X}")).collect();
    let body = format!(r#"{{"Content":{content},"HashCode":"{hash}"}}"#);
    (HeaderMap::new(), body.into_bytes())
}

#[tokio::test]
async fn exact_online_conforms() {
    conforms(&SUBJECT).await;
}
