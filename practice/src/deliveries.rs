//! Sends webhook messages, and tries again when nobody takes them.

use crate::api::Delivery;
use crate::server::Shared;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;

/// Attempts per message, as the platform makes.
const ATTEMPTS: u32 = 10;

/// Sends what comes in, in order; what fails is tried again beside the others.
pub(crate) async fn run(shared: Arc<Shared>, mut waiting: UnboundedReceiver<Delivery>) {
    while let Some(delivery) = waiting.recv().await {
        if !send(&shared, &delivery).await {
            tokio::spawn(again(shared.clone(), delivery));
        }
    }
}

async fn again(shared: Arc<Shared>, delivery: Delivery) {
    for attempt in 1..ATTEMPTS {
        tokio::time::sleep(shared.config().webhook_retry * 2_u32.saturating_pow(attempt - 1)).await;
        if send(&shared, &delivery).await {
            return;
        }
    }
    tracing::warn!(url = delivery.url, "a webhook message was given up");
}

/// One attempt; tells whether it was answered with 200 and keeps the answer with the webhook.
pub(crate) async fn send(shared: &Shared, delivery: &Delivery) -> bool {
    let signature = delivery.signature(chrono::Utc::now().timestamp());
    let request = shared
        .outside()
        .post(&delivery.url)
        .timeout(Duration::from_secs(10))
        .header("content-type", "application/json")
        .header("moneybird-signature", signature)
        .body(delivery.body.clone());
    let Ok(response) = request.send().await else {
        return false;
    };
    let status = response.status().as_u16();
    let body: String = response
        .text()
        .await
        .unwrap_or_default()
        .chars()
        .take(500)
        .collect();
    let mut world = shared.world();
    let webhook = world.administration(delivery.administration).and_then(|one| {
        one.webhooks
            .iter_mut()
            .find(|webhook| webhook.id == delivery.webhook)
    });
    if let Some(webhook) = webhook {
        webhook.last = Some((status, body));
    }
    status == 200
}
