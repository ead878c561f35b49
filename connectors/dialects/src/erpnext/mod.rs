//! ERPNext 15 on Frappe, from its document types and the REST interface of its framework.

mod documents;
mod ledger;

use std::cmp::Ordering;

use axum::http::Method;
use serde_json::{Value, json};

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};

/// ERPNext.
pub struct ErpNext;

/// Rows of tables within documents, with the document that they are in.
const TABLES: [(&str, &str); 1] = [("Customer Credit Limit", "Customer")];

impl Dialect for ErpNext {
    fn word(&self) -> &'static str {
        "erpnext"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (Case::Registrations, "a customer has one number, for taxes"),
            (
                Case::Instalments,
                "a payment names the invoice and not which of its instalments it pays",
            ),
            (Case::Disputes, "an invoice has no field for it"),
            (Case::Promises, "an invoice has no field for it"),
            (Case::WriteOffs, "a write-off is a journal entry like a payment"),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 3_600,
            youngest: 0,
            // a refresh token that was used goes on working
            grace: Some(315_360_000),
            by_credentials: false,
        }
    }

    fn token_path(&self) -> &'static str {
        "/api/method/frappe.integrations.oauth2.get_token"
    }

    fn revoke_path(&self) -> &'static str {
        "/api/method/frappe.integrations.oauth2.revoke_token"
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        if asked.path == "/api/method/frappe.client.get_time_zone" {
            return Told::json(&json!({ "message": { "time_zone": "Europe/Amsterdam" } }));
        }
        let path = asked.path.clone();
        let Some(path) = path.strip_prefix("/api/resource/") else {
            return refused(404, "DoesNotExistError");
        };
        let (doctype, name) = path.split_once('/').unwrap_or((path, ""));
        if asked.method == Method::POST && name.is_empty() {
            return made(world, asked, doctype);
        }
        let Some(all) = documents::all(world, doctype) else {
            return refused(404, "DoesNotExistError");
        };
        match (&asked.method, name) {
            (&Method::GET, "") => listed(asked, doctype, all),
            (&Method::GET, name) => {
                let found = all.into_iter().find(|one| one["name"] == name);
                found.map_or_else(
                    || refused(404, "DoesNotExistError"),
                    |one| Told::json(&json!({ "data": one })),
                )
            }
            (&Method::PUT, name) if doctype == "Customer" && !name.is_empty() => {
                set(world, asked, name, &all)
            }
            _ => refused(403, "PermissionError"),
        }
    }

    fn throttled(&self, _: &World, seconds: u64) -> Told {
        // its limits are in microseconds of the processor
        Told::status(429)
            .with_header("retry-after", seconds)
            .with_header("x-ratelimit-limit", 60_000_000)
            .with_header("x-ratelimit-remaining", 0)
            .with_header("x-ratelimit-reset", seconds)
    }

    fn absurdities(&self) -> usize {
        documents::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        Some(documents::NEGATIVE)
    }
}

fn refused(status: u16, kind: &str) -> Told {
    Told::json(&json!({ "exc_type": kind, "exception": format!("frappe.exceptions.{kind}") }))
        .with_status(status)
}

/// Twenty documents, unless another number is asked for; 0 is all. Only the fields that were asked for.
fn listed(asked: &Asked, doctype: &str, mut all: Vec<Value>) -> Told {
    let table = TABLES.iter().find(|(table, _)| *table == doctype);
    if table.is_some_and(|(_, parent)| asked.parameter("parent") != *parent) {
        return refused(403, "PermissionError");
    }
    let read = |name: &str| serde_json::from_str::<Value>(asked.parameter(name)).unwrap_or(json!([]));
    let (fields, filters) = (read("fields"), read("filters"));
    for filter in filters.as_array().into_iter().flatten() {
        let field = filter[0].as_str().unwrap();
        if all.iter().any(|one| one.get(field).is_none()) {
            return refused(417, "DataError");
        }
        all.retain(|one| passes(&one[field], filter[1].as_str().unwrap(), &filter[2]));
    }
    let order = asked.parameter("order_by");
    if let Some((field, down)) = order.split_once(' ') {
        all.sort_by_key(|one| one[field].to_string());
        if down == "desc" {
            all.reverse();
        }
    }
    let length = asked.parameter("limit_page_length").parse().unwrap_or(20);
    if length > 0 {
        all.truncate(length);
    }
    let mut rows = Vec::new();
    for one in all {
        let mut row = json!({});
        for field in fields.as_array().into_iter().flatten() {
            let field = field.as_str().unwrap();
            let Some(value) = one.get(field) else {
                return refused(417, "DataError");
            };
            row[field] = value.clone();
        }
        rows.push(row);
    }
    Told::json(&json!({ "data": rows }))
}

fn passes(found: &Value, operator: &str, value: &Value) -> bool {
    let order = match (found, value) {
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Number(one), Value::Number(other)) => Some(one.as_i64().cmp(&other.as_i64())),
        _ => None,
    };
    match operator {
        "=" => order == Some(Ordering::Equal),
        ">=" => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        "<=" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        "in" => value.as_array().unwrap().contains(found),
        other => panic!("the operator {other} is not served"),
    }
}

fn made(world: &mut World, asked: &Asked, doctype: &str) -> Told {
    let body = asked.json();
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let (kind, name, content) = match doctype {
        "Comment" if text("comment_type") == "Comment" => {
            (text("reference_doctype"), text("reference_name"), text("content"))
        }
        "ToDo" => (
            text("reference_type"),
            text("reference_name"),
            text("description"),
        ),
        _ => return refused(417, "ValidationError"),
    };
    let all = documents::all(world, kind).unwrap_or_default();
    // it is shown as HTML
    if !all.iter().any(|one| one["name"] == name) || content.is_empty() || content.contains('<') {
        return refused(417, "LinkValidationError");
    }
    let name = format!("made-{}", world.written.len() + 1);
    world.written.push((format!("POST {doctype}"), body));
    Told::json(&json!({ "data": { "name": name } }))
}

/// Rows of limits are replaced as a whole: those of another company must come along.
fn set(world: &mut World, asked: &Asked, name: &str, all: &[Value]) -> Told {
    let Some(customer) = all.iter().find(|one| one["name"] == name) else {
        return refused(404, "DoesNotExistError");
    };
    let body = asked.json();
    let rows = |document: &Value| document["credit_limits"].as_array().cloned().unwrap_or_default();
    let foreign = |row: &&Value| row["company"] != world.model.name;
    let kept = rows(customer)
        .iter()
        .filter(foreign)
        .all(|row| rows(&body).contains(row));
    let good = body.as_object().is_some_and(|fields| {
        fields.iter().all(|(field, value)| match field.as_str() {
            "is_frozen" => *value == 0 || *value == 1,
            "credit_limits" => kept && rows(&body).iter().all(|row| row["credit_limit"].is_number()),
            _ => false,
        })
    });
    if !good {
        return refused(417, "ValidationError");
    }
    world.written.push((format!("PUT {name}"), body));
    Told::json(&json!({ "data": customer }))
}
