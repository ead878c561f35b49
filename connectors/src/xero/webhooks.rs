//! Webhooks, set up by hand for the program as a whole. A payment is told as a change of its invoice.

use maan_ledger::Moment;
use secrecy::SecretString;
use serde::Deserialize;

use crate::Entity;
use crate::mapping::Text;
use crate::webhook::{Event, Heard, Message, Signature, WebhookError};

#[derive(Deserialize)]
struct Envelope {
    events: Vec<Told>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Told {
    resource_id: Text,
    tenant_id: Text,
    event_category: Text,
    event_type: Text,
}

/// The signature is HMAC-SHA256 in base64 over the body. It holds no time, so a message may be repeated; it only makes
/// us read again.
///
/// When a webhook is set up Xero sends messages without events, some with a wrong signature. Each must be answered within
/// five seconds: with 200 when it is believed, with 401 when it is not.
pub(super) fn heard(message: &Message<'_>, secret: &SecretString, _: Moment) -> Result<Heard, WebhookError> {
    let given = message.header("x-xero-signature");
    if given.is_empty() {
        return Err(WebhookError::Unsigned);
    }
    if !Signature::over(secret, &[message.body])?.is_base64(given) {
        return Err(WebhookError::Forged);
    }
    let envelope: Envelope = serde_json::from_slice(message.body).map_err(|_| WebhookError::NotUnderstood)?;
    let events = envelope.events.into_iter().map(|told| Event {
        administration: told.tenant_id.into(),
        entity: match &*told.event_category {
            "CONTACT" => Some(Entity::Contact),
            "INVOICE" => Some(Entity::Invoice),
            "CREDITNOTE" => Some(Entity::CreditNote),
            _ => None,
        },
        reference: told.resource_id.into(),
        action: told.event_type.into(),
        // a voided or archived record is told as an update
        deleted: false,
    });
    Ok(Heard::Events(events.collect()))
}
