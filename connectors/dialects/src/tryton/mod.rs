//! Tryton 8, its REST interface: from the server's own routes. Nested fields, domains and ranges are answered as it does.

mod query;
mod records;
mod rows;

use axum::http::Method;
use serde_json::{Value, json};

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};

/// Tryton.
pub struct Tryton;

/// The database that is served.
pub const DATABASE: &str = "noorderlicht";

impl Dialect for Tryton {
    fn word(&self) -> &'static str {
        "tryton"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (
                Case::Consumers,
                "a party has no mark for consumers; without a VAT or company number its kind is unknown, which is protected like a consumer",
            ),
            (Case::Holds, "a party cannot be held"),
            (
                Case::Registrations,
                "there is no kind of identifier for the trade register of every country",
            ),
            (Case::Disputes, "an invoice has no field for it"),
            (Case::Promises, "an invoice has no field for it"),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 315_360_000,
            youngest: 0,
            grace: None,
            by_credentials: false,
        }
    }

    fn token_path(&self) -> &'static str {
        ""
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        let path = asked.path.clone();
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let [DATABASE, "rest", "model", model, id @ ..] = parts.as_slice() else {
            return Told::status(404);
        };
        match (&asked.method, *model, id) {
            (&Method::GET, model, []) => {
                records::all(world, model).map_or(Told::status(500), |all| query::search(world, asked, all))
            }
            (&Method::POST, "ir.note", []) => noted(world, asked),
            (&Method::PUT, "party.party", [id]) => limited(world, asked, id),
            _ => Told::status(404),
        }
    }

    fn throttled(&self, _: &World, seconds: u64) -> Told {
        // it counts no calls itself; a server in front of it may
        Told::status(429).with_header("retry-after", seconds)
    }

    fn absurdities(&self) -> usize {
        records::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        None
    }
}

fn noted(world: &mut World, asked: &Asked) -> Told {
    let body = asked.json();
    let resource = body["resource"].as_str().unwrap_or_default();
    let there = resource.split_once(',').is_some_and(|(model, id)| {
        let all = records::all(world, model).unwrap_or_default();
        all.iter().any(|one| is(&one["id"], id))
    });
    if !there || body["message"].as_str().is_none_or(str::is_empty) {
        return Told::status(400);
    }
    world.written.push((format!("POST {}", asked.path), body));
    let id = world.written.len();
    Told::json(&json!({ "id": id, "__name__": "ir.note" }))
}

/// A limit is a property with a value for each company: without one in the context it is nobody's.
fn limited(world: &mut World, asked: &Asked, id: &str) -> Told {
    let company = query::decoded(asked.header("x-tryton-context"))["company"].clone();
    let body = asked.json();
    let limit = &body["credit_limit_amount"];
    let coded = limit["__class__"] == "Decimal" && limit["decimal"].is_string();
    if !is(&company, world.model.id)
        || !(coded || limit.is_null())
        || body.as_object().map(serde_json::Map::len) != Some(1)
    {
        return Told::status(400);
    }
    let all = records::all(world, "party.party").unwrap_or_default();
    if !all.iter().any(|one| is(&one["id"], id)) {
        return Told::status(404);
    }
    world.written.push((format!("PUT {}", asked.path), body));
    let id: Value = id.parse::<u64>().map_or(Value::Null, Into::into);
    Told::json(&json!({ "id": id, "__name__": "party.party" }))
}

/// Whether a number is the one that is written.
fn is(number: &Value, written: &str) -> bool {
    written.parse::<u64>().is_ok_and(|written| *number == written)
}
