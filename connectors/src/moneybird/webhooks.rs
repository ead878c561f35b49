//! Webhooks: Moneybird tells that something changed. The message is a hint to read again, never itself a fact, so a
//! repeated or late one does no harm.

use maan_ledger::Moment;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::Moneybird;
use crate::http::{Call, CallError, Repeat};
use crate::mapping::Text;
use crate::webhook::{Event, Heard, Message, Signature, WebhookError};
use crate::{Entity, Subscription};

/// Signatures older or newer than this are refused.
const TOLERANCE_SECONDS: i64 = 300;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    administration_id: Text,
    entity_type: Text,
    entity_id: Text,
    action: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Registered {
    id: Text,
    url: Text,
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
    let right = Signature::over(secret, &[time.as_bytes(), b".", body])?;
    if !given.iter().any(|given| right.is_hex(given)) {
        return Err(WebhookError::Forged);
    }
    let message: Body = serde_json::from_slice(body).map_err(|_| WebhookError::NotUnderstood)?;
    Ok(message.into())
}

impl From<Body> for Event {
    fn from(message: Body) -> Self {
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

/// [`verify`] for a message as it came in.
pub(super) fn heard(
    message: &Message<'_>,
    secret: &SecretString,
    now: Moment,
) -> Result<Heard, WebhookError> {
    let event = verify(message.header("moneybird-signature"), message.body, secret, now)?;
    Ok(Heard::Events(vec![event]))
}

impl Moneybird {
    /// The address must answer with 200 at once. A secret is told once: a webhook of this address whose secret may have
    /// been lost on the way is replaced.
    pub(super) async fn subscribed(&self, url: &Url) -> Result<Subscription, CallError> {
        let all = self.endpoints.resource(&self.administration.id, &["webhooks"]);
        let registered: Vec<Registered> = self.connection.call(&Call::get(all)).await?.json()?;
        for one in registered.iter().filter(|one| &*one.url == url.as_str()) {
            self.unsubscribed(&one.id).await?;
        }
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
            secret: Some(created.secret),
            ends: None,
        })
    }

    pub(super) async fn unsubscribed(&self, id: &str) -> Result<(), CallError> {
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
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::Sha256;

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
            Event::from(Body {
                entity_type: "SalesInvoice".into(),
                action: action.into(),
                ..Body::default()
            })
        };
        assert!(!event("payment_destroyed").deleted);
        assert!(event("sales_invoice_destroyed").deleted);
    }
}
