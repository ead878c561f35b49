//! Webhooks: Moneybird tells that something changed. The message is a hint to read again, never itself a fact, so a
//! repeated or late one does no harm.

use hmac::{Hmac, KeyInit, Mac};
use maan_ledger::Moment;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use sha2::Sha256;
use thiserror::Error;
use url::Url;

use super::Moneybird;
use super::dto::Text;
use crate::Entity;
use crate::http::{Call, CallError, Repeat};

/// Signatures older or newer than this are refused.
const TOLERANCE_SECONDS: i64 = 300;

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Administration in which it happened.
    pub administration: String,
    /// What the record is; none for what is not read here.
    pub entity: Option<Entity>,
    /// The record's id.
    pub reference: String,
    /// Moneybird's name of what happened, such as `payment_registered`.
    pub action: String,
    /// The record is gone.
    pub deleted: bool,
}

/// Why a message is not believed.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum WebhookError {
    /// No header, or not in the form `t=…,v1=…`.
    #[error("the message has no signature of Moneybird; it was not heeded")]
    Unsigned,
    /// Signed too long ago, or in the future.
    #[error(
        "the message was signed {0} seconds from now, more than 300; it was not heeded, check this machine's clock"
    )]
    Stale(i64),
    /// Signed with another secret, or changed on the way.
    #[error(
        "the signature of the message is wrong; it was not heeded, register the webhook again if this goes on"
    )]
    Forged,
    /// Signed, but not what Moneybird sends.
    #[error("the message is not understood; everything is read again instead")]
    NotUnderstood,
}

/// A registered webhook.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// Moneybird's id.
    pub id: String,
    /// With which messages are signed. Told once: keep it.
    pub secret: SecretString,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Message {
    administration_id: Text,
    entity_type: Text,
    entity_id: Text,
    action: Text,
}

#[derive(Deserialize)]
struct Created {
    id: Text,
    secret: SecretString,
}

/// Checks the header `Moneybird-Signature` over the body as it came in, and reads the message.
///
/// The signature is HMAC-SHA256 in hex over `{t}.{body}`, within five minutes; while a secret is being replaced there
/// are several, of which one must fit.
pub fn verify(
    signature: &str,
    body: &[u8],
    secret: &SecretString,
    now: Moment,
) -> Result<Event, WebhookError> {
    let mut time = None;
    let mut given = Vec::new();
    for part in signature.split(',').take(20) {
        match part.trim().split_once('=') {
            Some(("t", value)) if time.is_none() => time = Some(value),
            Some(("t", _)) => return Err(WebhookError::Unsigned),
            Some(("v1", value)) => given.push(value),
            _ => {}
        }
    }
    let time = time.ok_or(WebhookError::Unsigned)?;
    let at: i64 = time.parse().map_err(|_| WebhookError::Unsigned)?;
    let age = (now.0 / 1_000_000).saturating_sub(at);
    if !(-TOLERANCE_SECONDS..=TOLERANCE_SECONDS).contains(&age) {
        return Err(WebhookError::Stale(age));
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .map_err(|_| WebhookError::Forged)?;
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    // compared in constant time
    let fits = |value: &&str| unhex(value).is_some_and(|value| mac.clone().verify_slice(&value).is_ok());
    if !given.iter().any(fits) {
        return Err(WebhookError::Forged);
    }
    let message: Message = serde_json::from_slice(body).map_err(|_| WebhookError::NotUnderstood)?;
    Ok(message.into())
}

impl From<Message> for Event {
    fn from(message: Message) -> Self {
        let entity = match &*message.entity_type {
            "Contact" => Some(Entity::Contact),
            "SalesInvoice" => Some(Entity::Invoice),
            "ExternalSalesInvoice" => Some(Entity::ExternalInvoice),
            "Estimate" => Some(Entity::Order),
            "FinancialMutation" => Some(Entity::BankTransaction),
            _ => None,
        };
        let destroyed = [
            "contact_destroyed",
            "sales_invoice_destroyed",
            "external_sales_invoice_destroyed",
            "estimate_destroyed",
        ];
        Self {
            administration: message.administration_id.into(),
            entity,
            reference: message.entity_id.into(),
            deleted: destroyed.contains(&&*message.action),
            action: message.action.into(),
        }
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 {
        return None;
    }
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    text.as_bytes()
        .chunks(2)
        .map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?))
        .collect()
}

impl Moneybird {
    /// Asks for messages about everything that is read here. The address must answer with 200 at once.
    pub async fn subscribe(&self, url: &Url) -> Result<Subscription, CallError> {
        let events = [
            "contact",
            "sales_invoice",
            "external_sales_invoice",
            "estimate",
            "payment",
        ];
        let body = json!({ "url": url, "enabled_events": events });
        let call = Call::post(
            self.endpoints.resource(&self.administration.id, &["webhooks"]),
            body,
            Repeat::Never,
        );
        let created: Created = self.connection.call(&call).await?.json()?;
        Ok(Subscription {
            id: created.id.into(),
            secret: created.secret,
        })
    }

    /// Ends a subscription; one that is gone already is fine.
    pub async fn unsubscribe(&self, id: &str) -> Result<(), CallError> {
        let url = self
            .endpoints
            .resource(&self.administration.id, &["webhooks", id]);
        match self.connection.call(&Call::delete(url)).await {
            Ok(_) | Err(CallError::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_795_291_200_000_000);
    const BODY: &[u8] = br#"{"administration_id":123,"entity_type":"SalesInvoice","entity_id":"9","action":"payment_registered"}"#;

    fn signed(at: i64, body: &[u8], secret: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{at}.").as_bytes());
        mac.update(body);
        mac.finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    #[test]
    fn a_signed_message_is_read_also_while_the_secret_is_being_replaced() {
        let secret = SecretString::from("s3cret");
        let (new, old) = (
            signed(1_795_291_100, BODY, "another"),
            signed(1_795_291_100, BODY, "s3cret"),
        );
        let event = verify(&format!("t=1795291100,v1={new},v1={old}"), BODY, &secret, NOW).unwrap();
        assert_eq!(
            (event.entity, &*event.reference, event.deleted),
            (Some(Entity::Invoice), "9", false)
        );
        // a repeated message says the same
        assert_eq!(
            verify(&format!("t=1795291100,v1={old}"), BODY, &secret, NOW),
            Ok(event)
        );
    }

    #[test]
    fn forged_changed_old_and_unsigned_messages_are_refused() {
        let secret = SecretString::from("s3cret");
        let good = signed(1_795_291_100, BODY, "s3cret");
        let check = |header: &str, body: &[u8]| verify(header, body, &secret, NOW).unwrap_err();
        assert_eq!(
            check(
                &format!("t=1795291100,v1={}", signed(1_795_291_100, BODY, "guess")),
                BODY
            ),
            WebhookError::Forged
        );
        assert_eq!(
            check(&format!("t=1795291100,v1={good}"), b"{}"),
            WebhookError::Forged
        );
        assert_eq!(
            check(&format!("t=1795291101,v1={good}"), BODY),
            WebhookError::Forged
        );
        assert_eq!(check("t=1795291100,v1=zz,v0=1", BODY), WebhookError::Forged);
        let old = signed(1_795_290_899, BODY, "s3cret");
        assert_eq!(
            check(&format!("t=1795290899,v1={old}"), BODY),
            WebhookError::Stale(301)
        );
        for header in ["", "v1=abc", "t=x,v1=y", "t=1,t=2,v1=x"] {
            assert_eq!(check(header, BODY), WebhookError::Unsigned, "{header}");
        }
    }

    #[test]
    fn the_end_of_a_payment_is_not_the_end_of_its_invoice() {
        let event = |action: &str| {
            Event::from(Message {
                entity_type: "SalesInvoice".into(),
                action: action.into(),
                ..Message::default()
            })
        };
        assert!(!event("payment_destroyed").deleted);
        assert!(event("sales_invoice_destroyed").deleted);
    }
}
