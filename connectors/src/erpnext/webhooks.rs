use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maan_ledger::Moment;
use secrecy::SecretString;
use serde::Deserialize;

use crate::Entity;
use crate::mapping::Text;
use crate::webhook::{Event, Heard, Message, Signature, WebhookError};

/// What a webhook is made to send.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    doctype: Text,
    name: Text,
    company: Text,
    event: Text,
}

/// The signature is HMAC-SHA256 in base64 over the body as it came. It holds no time, so a message may be repeated; it
/// only makes us read again.
pub(super) fn heard(message: &Message<'_>, secret: &SecretString, _: Moment) -> Result<Heard, WebhookError> {
    let given = STANDARD
        .decode(message.header("x-frappe-webhook-signature").trim())
        .ok()
        .filter(|given| !given.is_empty())
        .ok_or(WebhookError::Unsigned)?;
    if !Signature::over(secret, &[message.body])?.is(&given) {
        return Err(WebhookError::Forged);
    }
    let document: Document = serde_json::from_slice(message.body).map_err(|_| WebhookError::NotUnderstood)?;
    if document.doctype.is_empty() {
        return Err(WebhookError::NotUnderstood);
    }
    let entity = match &*document.doctype {
        "Customer" => Some(Entity::Contact),
        "Sales Invoice" => Some(Entity::Invoice),
        "Payment Entry" | "Journal Entry" => Some(Entity::Payment),
        "Quotation" => Some(Entity::Quotation),
        "Sales Order" => Some(Entity::Order),
        _ => None,
    };
    Ok(Heard::Events(vec![Event {
        administration: document.company.into(),
        entity,
        reference: document.name.into(),
        deleted: &*document.event == "on_trash",
        action: document.event.into(),
    }]))
}
