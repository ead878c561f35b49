//! Webhooks: who wants to know of which changes, and the signed messages that tell them.

use super::json::{id, link_code};
use super::{Answer, ApiError, Request, contacts, estimates, sales_invoices};
use crate::portfolio::{Change, Portfolio, Record};
use crate::world::Administration;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::fmt::Write;

/// A registered webhook.
#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub(crate) id: u64,
    url: String,
    enabled_events: Vec<String>,
    token: String,
    secret: String,
    /// Status and body of the last answer.
    pub(crate) last: Option<(u16, String)>,
}

/// A message to send to a webhook.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) administration: u64,
    pub(crate) webhook: u64,
    pub(crate) url: String,
    secret: String,
    pub(crate) body: String,
}

impl Delivery {
    /// The `Moneybird-Signature` header at a moment in Unix seconds: `t=…,v1=…`, HMAC-SHA256 over `{t}.{body}`.
    pub(crate) fn signature(&self, at: i64) -> String {
        let mut text = format!("t={at},v1=");
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()) {
            mac.update(format!("{at}.{}", self.body).as_bytes());
            for byte in mac.finalize().into_bytes() {
                // writing to a string cannot fail
                let _ = write!(text, "{byte:02x}");
            }
        }
        text
    }
}

pub(super) fn list(one: &Administration) -> Answer {
    Answer::ok(
        one.webhooks
            .iter()
            .map(|webhook| shown(one.portfolio.id, webhook))
            .collect(),
    )
}

/// Registers a webhook; the caller then tries its URL and takes it back when it does not answer with 200.
pub(super) fn create(one: &mut Administration, request: &Request) -> Result<Answer, ApiError> {
    if request.body.get("events").is_some() {
        return Err(ApiError::bad_symbolic(
            "'events' has been removed from webhooks, use 'enabled_events'",
            json!({ "events": "removed" }),
        ));
    }
    let url = request
        .body
        .get("url")
        .and_then(Value::as_str)
        .filter(|url| !url.is_empty());
    let url = url.ok_or_else(|| ApiError::bad_symbolic("Url is required", json!({ "url": "required" })))?;
    if !url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err(ApiError::unprocessable(
            json!({ "url": ["is invalid"] }),
            json!({ "url": [{ "error": "invalid" }] }),
        ));
    }
    let events = request.body.get("enabled_events").and_then(Value::as_array);
    let number = one.portfolio.next_id();
    let webhook = Webhook {
        id: number,
        url: url.to_owned(),
        enabled_events: events
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        token: link_code(number).chars().take(24).collect(),
        secret: format!(
            "{}{}",
            uuid::Uuid::new_v4().simple(),
            uuid::Uuid::new_v4().simple()
        ),
        last: None,
    };
    let mut answer = shown(one.portfolio.id, &webhook);
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("secret".to_owned(), json!(webhook.secret));
    }
    one.webhooks.push(webhook);
    one.portfolio.watched = true;
    Ok(Answer::created(answer))
}

pub(super) fn delete(one: &mut Administration, id: &str) -> Result<Answer, ApiError> {
    let place = one
        .webhooks
        .iter()
        .position(|webhook| webhook.id.to_string() == id);
    let place = place
        .ok_or_else(|| ApiError::not_found_as("Record not found for model name: Webhook".to_owned(), "id"))?;
    one.webhooks.remove(place);
    one.portfolio.watched = !one.webhooks.is_empty();
    Ok(Answer::no_content())
}

fn shown(administration: u64, webhook: &Webhook) -> Value {
    json!({
        "id": id(webhook.id),
        "administration_id": id(administration),
        "url": webhook.url,
        "enabled_events": webhook.enabled_events,
        "last_http_status": webhook.last.as_ref().map(|(status, _)| status),
        "last_http_body": webhook.last.as_ref().map(|(_, body)| body),
        "token": webhook.token,
        "deactivated_at": null,
    })
}

/// The first message to a new webhook, which must be answered with 200.
pub(crate) fn trial(one: &Administration, webhook: &Webhook) -> Delivery {
    delivery(one.portfolio.id, webhook, "test_webhook", &Told::default())
}

/// Messages about everything that changed since the last call.
pub(crate) fn take_deliveries(one: &mut Administration) -> Vec<Delivery> {
    let changes = std::mem::take(&mut one.portfolio.changes);
    let mut deliveries = Vec::new();
    for change in changes {
        let wants = |webhook: &&Webhook| {
            // an event or a group: the start of its events' names
            webhook.enabled_events.is_empty()
                || webhook
                    .enabled_events
                    .iter()
                    .any(|event| change.action.starts_with(event.as_str()))
        };
        let told = tell(&one.portfolio, &change);
        deliveries.extend(
            one.webhooks
                .iter()
                .filter(wants)
                .map(|webhook| delivery(one.portfolio.id, webhook, change.action, &told)),
        );
    }
    deliveries
}

/// The record of a change as the message shows it.
#[derive(Default)]
struct Told {
    entity_type: Option<&'static str>,
    entity: Value,
}

fn tell(portfolio: &Portfolio, change: &Change) -> Told {
    let (entity_type, entity) = match change.record {
        Record::Contact(ix) => (
            "Contact",
            portfolio
                .debtors
                .get(ix)
                .map(|one| contacts::simple(portfolio, one)),
        ),
        Record::Invoice(ix) => (
            "SalesInvoice",
            portfolio
                .invoices
                .get(ix)
                .map(|one| sales_invoices::full(portfolio, one)),
        ),
        Record::Estimate(ix) => (
            "Estimate",
            portfolio
                .estimates
                .get(ix)
                .map(|one| estimates::full(portfolio, one)),
        ),
    };
    Told {
        entity_type: Some(entity_type),
        entity: entity.unwrap_or_default(),
    }
}

fn delivery(administration: u64, webhook: &Webhook, action: &str, told: &Told) -> Delivery {
    let field = |name: &str| told.entity.get(name).cloned().unwrap_or_default();
    let body = json!({
        "administration_id": id(administration),
        "webhook_id": id(webhook.id),
        "webhook_token": webhook.token,
        "entity_type": told.entity_type,
        "entity_id": field("id"),
        "state": field("state"),
        "action": action,
        "entity": told.entity,
    });
    Delivery {
        administration,
        webhook: webhook.id,
        url: webhook.url.clone(),
        secret: webhook.secret.clone(),
        body: body.to_string(),
    }
}
