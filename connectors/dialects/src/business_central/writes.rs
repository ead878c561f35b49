//! Single records and changes of them, and subscriptions. A change must name the newest version.

use axum::http::Method;
use maan_ledger::Moment;
use serde_json::{Value, json};

use super::{list, records, refused};
use crate::server::{Asked, Told, World};

/// Subscriptions last so many seconds.
const LIFE: i64 = 3 * 86_400;

/// What can be changed, and the options that there are.
fn is_allowed(set: &str, name: &str, value: &Value) -> bool {
    match (set, name) {
        ("customers", "creditLimit") => value.is_number(),
        ("customers", "blocked") => [" ", "Ship", "Invoice", "All"]
            .iter()
            .any(|option| value == option),
        ("salesInvoices", "promisedPayDate") => value.as_str().is_some_and(|day| day.len() == 10),
        _ => false,
    }
}

/// A record as it is after all changes.
fn found(world: &World, set: &str, id: &str) -> Option<Value> {
    let mut record = records::all(world, set)?
        .into_iter()
        .find(|row| row["id"] == id)?;
    let call = format!("PATCH {set}({id})");
    for (ix, (_, change)) in world
        .written
        .iter()
        .enumerate()
        .filter(|(_, (made, _))| *made == call)
    {
        for (name, value) in change.as_object().unwrap() {
            record[name] = value.clone();
        }
        record["@odata.etag"] = json!(format!("W/\"changed{ix}\""));
    }
    Some(record)
}

pub(super) fn one(world: &mut World, asked: &Asked, set: &str, id: &str) -> Told {
    let Some(record) = found(world, set, id) else {
        return refused(404, "BadRequest_ResourceNotFound", "The resource was not found.");
    };
    if asked.method == Method::GET {
        return Told::json(&record);
    }
    if asked.method != Method::PATCH {
        return refused(405, "BadRequest_MethodNotAllowed", "The method is not allowed.");
    }
    if let Some(told) = is_stale(asked, &record) {
        return told;
    }
    let change = asked.json();
    let fields = change.as_object().unwrap();
    if fields.is_empty() || !fields.iter().all(|(name, value)| is_allowed(set, name, value)) {
        return refused(400, "Application_DialogException", "The field cannot be changed.");
    }
    if let Some(day) = change["promisedPayDate"].as_str() {
        let mut invoices = world.model.invoices.iter();
        let number = invoices.find(|one| records::guid("invoice", one.number) == id);
        if let Some(number) = number.map(|one| one.number) {
            world
                .model
                .promise(number, day.parse().ok().filter(|_| day != records::NEVER));
        }
    }
    world.written.push((format!("PATCH {set}({id})"), change));
    Told::json(&found(world, set, id).unwrap())
}

fn is_stale(asked: &Asked, record: &Value) -> Option<Told> {
    match asked.header("if-match") {
        "" => Some(refused(400, "BadRequest", "The If-Match header is missing.")),
        tag if record["@odata.etag"] == tag => None,
        _ => {
            let message = "Another user has already changed the record.";
            Some(refused(412, "Request_EntityChanged", message))
        }
    }
}

/// Subscriptions stand in what was written: the last word on each counts.
pub(super) fn subscriptions(world: &mut World, asked: &Asked, rest: &str) -> Told {
    let rows = registered(world);
    if rest.is_empty() && asked.method == Method::GET {
        return list::page(world, asked, "subscriptionId", rows);
    }
    let body = asked.json();
    if rest.is_empty() && asked.method == Method::POST {
        let id = format!("sub{}", world.written.len());
        world.written.push((format!("POST subscriptions {id}"), body));
        let made = registered(world)
            .into_iter()
            .find(|row| row["subscriptionId"] == id.as_str());
        return Told::json(&made.unwrap()).with_status(201);
    }
    let id = rest.trim_start_matches("('").trim_end_matches("')");
    let Some(row) = rows.iter().find(|row| row["subscriptionId"] == id) else {
        return refused(
            404,
            "BadRequest_ResourceNotFound",
            "The subscription was not found.",
        );
    };
    if let Some(told) = is_stale(asked, row) {
        return told;
    }
    match asked.method {
        Method::PATCH => {
            world.written.push((format!("PATCH subscriptions {id}"), body));
            let row = registered(world)
                .into_iter()
                .find(|row| row["subscriptionId"] == id);
            Told::json(&row.unwrap())
        }
        Method::DELETE => {
            world
                .written
                .push((format!("DELETE subscriptions {id}"), Value::Null));
            Told {
                status: 204,
                headers: Vec::new(),
                body: String::new(),
            }
        }
        _ => refused(405, "BadRequest_MethodNotAllowed", "The method is not allowed."),
    }
}

fn registered(world: &World) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    for (ix, (call, body)) in world.written.iter().enumerate() {
        let Some((method, id)) = call.split_once(" subscriptions ") else {
            continue;
        };
        let ends: Moment = world.clock.now().plus_seconds(LIFE);
        rows.retain(|row| row["subscriptionId"] != id);
        if method != "DELETE" {
            rows.push(json!({
                "subscriptionId": id, "notificationUrl": body["notificationUrl"], "resource": body["resource"],
                "clientState": body["clientState"], "expirationDateTime": records::at(ends),
                "@odata.etag": format!("W/\"sub{ix}\""),
            }));
        }
    }
    rows
}
