//! Webhooks: one subscription per topic, signed with the secret of the program's registration.

use maan_ledger::Moment;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use url::Url;

use super::endpoints::with;
use super::{ExactOnline, odata};
use crate::http::{Call, CallError, Repeat};
use crate::mapping::Text;
use crate::webhook::{Event, Heard, Message, Signature, WebhookError};
use crate::{Entity, Subscription};

/// What to hear of.
const TOPICS: [&str; 4] = ["Accounts", "FinancialTransactions", "Quotations", "SalesOrders"];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    content: &'a RawValue,
    hash_code: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Content {
    topic: Text,
    division: Text,
    action: Text,
    key: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Registered {
    #[serde(rename = "ID")]
    id: Text,
    #[serde(rename = "CallbackURL")]
    callback: Text,
}

/// The signature is HMAC-SHA256 in hex over the text of `Content` exactly as it came. It holds no time, so a message
/// may be repeated; it only makes us read again.
pub(super) fn heard(message: &Message<'_>, secret: &SecretString, _: Moment) -> Result<Heard, WebhookError> {
    let envelope: Envelope<'_> = serde_json::from_slice(message.body).map_err(|_| WebhookError::Unsigned)?;
    let right = Signature::over(secret, &[envelope.content.get().as_bytes()])?;
    if !right.is_hex(&envelope.hash_code) {
        return Err(WebhookError::Forged);
    }
    let content: Content =
        serde_json::from_str(envelope.content.get()).map_err(|_| WebhookError::NotUnderstood)?;
    let entity = match &*content.topic {
        "Accounts" => Some(Entity::Contact),
        "FinancialTransactions" => Some(Entity::Invoice),
        "Quotations" => Some(Entity::Quotation),
        "SalesOrders" => Some(Entity::Order),
        _ => None,
    };
    Ok(Heard::Events(vec![Event {
        administration: content.division.into(),
        entity,
        reference: content.key.into(),
        deleted: &*content.action == "Delete",
        action: content.action.into(),
    }]))
}

impl ExactOnline {
    /// Subscribes to each topic once. The secret is that of the registration, which only its owner knows.
    pub(super) async fn subscribed(&self, url: &Url) -> Result<Option<Subscription>, CallError> {
        // a topic is heard once, whatever became of an earlier try
        self.unsubscribed(url.as_str()).await?;
        for topic in TOPICS {
            let body = json!({ "CallbackURL": url, "Topic": topic });
            let call = Call::post(
                self.resource("webhooks/WebhookSubscriptions"),
                body,
                Repeat::Never,
            );
            self.connection.call(&call).await?;
        }
        Ok(Some(Subscription {
            id: url.to_string(),
            secret: None,
            ends: None,
        }))
    }

    /// Ends all subscriptions of an address.
    pub(super) async fn unsubscribed(&self, address: &str) -> Result<(), CallError> {
        let url = with(
            self.resource("webhooks/WebhookSubscriptions"),
            &[("$select", "ID,CallbackURL")],
        );
        let answer = self.connection.call(&Call::get(url)).await?;
        for row in odata::rows(&answer, &self.site)?.rows {
            let registered: Registered =
                serde_json::from_str(row.get()).map_err(|error| answer.odd(&error.to_string()))?;
            if &*registered.callback != address {
                continue;
            }
            let one = self.resource(&format!(
                "webhooks/WebhookSubscriptions(guid'{}')",
                &*registered.id
            ));
            match self.connection.call(&Call::delete(one)).await {
                Ok(_) | Err(CallError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
