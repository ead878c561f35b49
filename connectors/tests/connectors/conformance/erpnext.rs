use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use maan_connectors::erpnext;
use maan_dialects::erpnext::ErpNext;
use sha2::Sha256;

use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &erpnext::CONNECTOR,
    dialect: || Box::new(ErpNext),
    parameters: &[],
    // customers, invoices, rows of the ledger, quotations and orders: a list and the documents of each; limits, addresses
    // and countries beside the customers
    first_calls: 13,
    quiet_calls: 5,
    message: Some(message),
};

/// The signature is over the body, as its framework writes JSON.
fn message(secret: &str, _: i64) -> (HeaderMap, Vec<u8>) {
    let body = br#"{"doctype": "Customer", "name": "abc", "company": "Noorderlicht Handel BV", "event": "on_update"}"#;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let mut headers = HeaderMap::new();
    headers.insert("x-frappe-webhook-signature", signature.parse().unwrap());
    (headers, body.to_vec())
}

#[tokio::test]
async fn erpnext_conforms() {
    conforms(&SUBJECT).await;
}
