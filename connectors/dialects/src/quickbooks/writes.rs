//! Single records, and sparse updates of them. An update must name the newest version.

use serde_json::{Value, json};

use super::{fault, records, timed};
use crate::server::{Asked, Told, World};

fn kind(resource: &str) -> Option<&'static str> {
    match resource {
        "customer" => Some("Customer"),
        "invoice" => Some("Invoice"),
        _ => None,
    }
}

/// A record as it is after all updates.
fn found(world: &World, kind: &str, id: &str) -> Option<Value> {
    let all = records::all(world, kind)?;
    let mut record = all.into_iter().find(|row| row["Id"] == id)?;
    let mut version: u64 = record["SyncToken"].as_str().unwrap().parse().unwrap();
    for (call, update) in &world.written {
        if *call == format!("POST {}", kind.to_lowercase()) && update["Id"] == id {
            version += 1;
            let fields = update.as_object().unwrap().iter();
            for (name, value) in fields.filter(|(name, _)| !matches!(name.as_str(), "sparse" | "SyncToken")) {
                record[name] = value.clone();
            }
        }
    }
    record["SyncToken"] = json!(version.to_string());
    Some(record)
}

pub(super) fn one(world: &World, resource: &str, id: &str) -> Told {
    let record = kind(resource).and_then(|kind| Some((kind, found(world, kind, id)?)));
    match record {
        Some((kind, record)) => timed(world, json!({ kind: record })),
        None => fault(world, 400, "610", "Object Not Found"),
    }
}

pub(super) fn written(world: &mut World, asked: &Asked, resource: &str) -> Told {
    let body = asked.json();
    let id = body["Id"].as_str().unwrap_or_default().to_owned();
    let Some((kind, record)) = kind(resource).and_then(|kind| Some((kind, found(world, kind, &id)?))) else {
        return fault(world, 400, "610", "Object Not Found");
    };
    if body["sparse"] != true {
        return fault(world, 400, "2020", "Required param missing");
    }
    if body["SyncToken"] != record["SyncToken"] {
        return fault(world, 400, "5010", "Stale Object Error");
    }
    let most = [("Notes", 2_000), ("PrivateNote", 4_000)];
    let length = |field| body[field].as_str().map_or(0, |text: &str| text.chars().count());
    if most.iter().any(|(field, most)| length(field) > *most) {
        return fault(world, 400, "2050", "String length is too long");
    }
    world.written.push((format!("POST {resource}"), body));
    let record = found(world, kind, &id).unwrap();
    timed(world, json!({ kind: record }))
}
