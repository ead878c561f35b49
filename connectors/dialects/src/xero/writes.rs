//! Writing: notes in histories, expected payment dates, and connections that end.

use axum::http::Method;
use serde_json::{Value, json};

use super::{guid, records, refused, tenant};
use crate::server::{Asked, Told, World};

/// Most characters of a note.
const NOTE: usize = 450;

/// The organisations that the consent opened.
pub(super) fn connections(world: &mut World, asked: &Asked) -> Told {
    let id = guid("connection", "734512");
    let ended = world.written.iter().any(|(call, _)| call.starts_with("DELETE"));
    let one = json!({
        "id": id, "authEventId": guid("event", "1"), "tenantId": tenant(), "tenantType": "ORGANISATION",
        "tenantName": world.model.name, "createdDateUtc": "2026-01-05T10:00:00.0000000",
    });
    // a practice is another kind of tenant, without books
    let practice =
        json!({ "id": guid("connection", "2"), "tenantId": guid("tenant", "2"), "tenantType": "PRACTICE" });
    if asked.method == Method::GET && asked.path == "/connections" {
        let all = if ended {
            vec![practice]
        } else {
            vec![one, practice]
        };
        return Told::json(&Value::Array(all));
    }
    if asked.method == Method::DELETE && asked.path == format!("/connections/{id}") && !ended {
        world
            .written
            .push((format!("DELETE {}", asked.path), Value::Null));
        return Told {
            status: 204,
            headers: Vec::new(),
            body: String::new(),
        };
    }
    Told::status(404)
}

/// A change. One that comes again with its key gives the same answer and is not made again.
pub(super) fn written(world: &mut World, asked: &Asked, path: &str) -> Told {
    let key = asked.header("idempotency-key");
    if key.is_empty() || key.len() > 128 {
        return refused("Idempotency-Key must have 1 to 128 characters");
    }
    let body = asked.json();
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let told = match (&asked.method, parts.as_slice()) {
        (&Method::PUT, ["Contacts", id, "History"]) => {
            noted(&records::contacts(world), "ContactID", id, &body)
        }
        (&Method::PUT, ["Invoices", id, "History"]) => {
            noted(&records::invoices(world), "InvoiceID", id, &body)
        }
        (&Method::POST, ["Invoices", id]) => promised(world, id, &body),
        _ => Told::status(404),
    };
    if told.status == 200 && !world.written.iter().any(|(_, written)| written["key"] == key) {
        let call = format!("{} {path}", asked.method);
        world.written.push((call, json!({ "key": key, "body": body })));
    }
    told
}

fn noted(all: &[Value], field: &str, id: &str, body: &Value) -> Told {
    if !all.iter().any(|row| row[field] == id) {
        return Told::status(404);
    }
    let notes = body["HistoryRecords"].as_array().cloned().unwrap_or_default();
    let fits =
        |note: &Value| (1..=NOTE).contains(&note["Details"].as_str().unwrap_or_default().chars().count());
    if notes.is_empty() || !notes.iter().all(fits) {
        return refused("Details must have 1 to 450 characters");
    }
    let made = notes
        .iter()
        .map(|note| json!({ "Details": note["Details"], "Changes": "Note", "User": "System Generated" }));
    Told::json(&json!({ "HistoryRecords": made.collect::<Vec<Value>>() }))
}

fn promised(world: &mut World, id: &str, body: &Value) -> Told {
    let mut invoices = world.model.invoices.iter();
    let Some(number) = invoices
        .find(|one| guid("invoice", one.number) == id)
        .map(|one| one.number)
    else {
        return Told::status(404);
    };
    let asked = &body["Invoices"][0];
    let Some(day) = asked["ExpectedPaymentDate"].as_str() else {
        return refused("ExpectedPaymentDate must be a text");
    };
    let day = (!day.is_empty()).then(|| day.parse::<maan_ledger::Day>());
    if asked["InvoiceID"] != id || day.as_ref().is_some_and(Result::is_err) {
        return refused("Invoice not of valid status for modification");
    }
    world.model.promise(number, day.and_then(Result::ok));
    let mut rows = records::invoices(world);
    rows.retain(|row| row["InvoiceID"] == id);
    Told::json(&json!({ "Invoices": rows }))
}
