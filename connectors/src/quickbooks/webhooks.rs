//! Webhooks, set up by hand for the program as a whole: a list of CloudEvents, or the older form, which both may come.

use maan_ledger::Moment;
use secrecy::SecretString;
use serde::Deserialize;

use crate::Entity;
use crate::mapping::Text;
use crate::webhook::{Event, Heard, Message, Signature, WebhookError};

#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Cloud(Vec<CloudEvent>),
    Older {
        #[serde(rename = "eventNotifications")]
        notifications: Vec<Notification>,
    },
}

/// Its type is `qbo.invoice.created.v1`.
#[derive(Deserialize)]
struct CloudEvent {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "intuitentityid")]
    id: Text,
    #[serde(rename = "intuitaccountid")]
    realm: Text,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    realm_id: Text,
    data_change_event: Changes,
}

#[derive(Deserialize)]
struct Changes {
    entities: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    name: String,
    id: Text,
    operation: String,
}

/// The signature is HMAC-SHA256 in base64 over the body. It holds no time, so a message may be repeated; it only makes
/// us read again.
pub(super) fn heard(message: &Message<'_>, secret: &SecretString, _: Moment) -> Result<Heard, WebhookError> {
    let given = message.header("intuit-signature");
    if given.is_empty() {
        return Err(WebhookError::Unsigned);
    }
    if !Signature::over(secret, &[message.body])?.is_base64(given) {
        return Err(WebhookError::Forged);
    }
    let body = serde_json::from_slice(message.body).map_err(|_| WebhookError::NotUnderstood)?;
    let events = match body {
        Body::Cloud(events) => events.into_iter().map(of_cloud).collect(),
        Body::Older { notifications } => notifications.into_iter().flat_map(of_older).collect(),
    };
    Ok(Heard::Events(events))
}

fn of_cloud(told: CloudEvent) -> Event {
    let mut parts = told.kind.split('.').skip(1);
    let (name, action) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    event(told.realm, name, told.id, action)
}

fn of_older(told: Notification) -> Vec<Event> {
    let changes = told.data_change_event.entities.into_iter();
    changes
        .map(|one| event(told.realm_id.clone(), &one.name, one.id, &one.operation))
        .collect()
}

fn event(realm: Text, name: &str, id: Text, action: &str) -> Event {
    let entity = match name.to_lowercase().as_str() {
        "customer" => Some(Entity::Contact),
        "invoice" => Some(Entity::Invoice),
        "creditmemo" => Some(Entity::CreditNote),
        "payment" => Some(Entity::Payment),
        "estimate" => Some(Entity::Quotation),
        _ => None,
    };
    let action = action.to_lowercase();
    Event {
        administration: realm.into(),
        entity,
        reference: id.into(),
        deleted: matches!(action.as_str(), "deleted" | "delete"),
        action,
    }
}
