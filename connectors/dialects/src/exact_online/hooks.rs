//! Webhooks that are registered. They stand in what was written: a deletion takes one away.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::{Told, World};

/// Where they are.
pub(super) const RESOURCE: &str = "webhooks/WebhookSubscriptions";

/// Those that are registered now.
pub(super) fn registered(world: &World) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    for (ix, (call, body)) in world.written.iter().enumerate() {
        if call == &format!("POST {RESOURCE}") {
            let id = Uuid::from_u128(ix as u128 + 1);
            rows.push(json!({ "ID": id, "CallbackURL": body["CallbackURL"], "Topic": body["Topic"] }));
        } else if let Some(id) = call.strip_prefix("DELETE ").and_then(id) {
            rows.retain(|row| row["ID"] != id);
        }
    }
    rows
}

/// Takes one away.
pub(super) fn deleted(world: &mut World, resource: &str) -> Told {
    let found = id(resource).is_some_and(|id| registered(world).iter().any(|row| row["ID"] == id));
    if !found {
        return Told::status(404);
    }
    world.written.push((format!("DELETE {resource}"), Value::Null));
    Told {
        status: 204,
        headers: Vec::new(),
        body: String::new(),
    }
}

/// The id in `webhooks/WebhookSubscriptions(guid'…')`.
fn id(resource: &str) -> Option<&str> {
    resource
        .strip_prefix(RESOURCE)?
        .strip_prefix("(guid'")?
        .strip_suffix("')")
}
