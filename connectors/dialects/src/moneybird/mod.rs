//! Moneybird, API version 2, from its OpenAPI specification.

mod records;

use std::sync::LazyLock;

use axum::http::Method;
use serde_json::{Value, json};

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};
use crate::spec::{self, OpenApi};

/// Moneybird.
pub struct Moneybird;

impl Dialect for Moneybird {
    fn word(&self) -> &'static str {
        "moneybird"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (Case::Limits, "a contact has no credit limit"),
            (Case::Holds, "a contact cannot be held"),
            (Case::Instalments, "an invoice has one due date"),
            (Case::Disputes, "an invoice has no field for it"),
            (Case::Promises, "an invoice has no field for it"),
            (Case::Orders, "there are quotations only"),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 3_600,
            youngest: 0,
            grace: None,
            by_credentials: false,
        }
    }

    fn token_path(&self) -> &'static str {
        "/oauth/token"
    }

    fn revoke_path(&self) -> &'static str {
        "/oauth/revoke"
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        let path = asked
            .path
            .strip_prefix("/api/v2/")
            .and_then(|path| path.strip_suffix(".json"));
        let Some(path) = path else {
            return refused(404, "Not found");
        };
        if path == "administrations" {
            return Told::json(&json!([records::administration(world)]));
        }
        let Some(path) = path.strip_prefix("734512/") else {
            return refused(404, "Not found");
        };
        if let Some(resource) = path.strip_suffix("/synchronization") {
            return synchronized(world, asked, resource);
        }
        match (&asked.method, path) {
            (&Method::GET, "financial_mutations") => {
                let all = records::all(world, "financial_mutations");
                Told::json(&Value::Array(all.into_iter().map(|(_, record)| record).collect()))
            }
            (&Method::POST, path) if path.ends_with("/notes") => noted(world, asked, path),
            _ => refused(404, "Not found"),
        }
    }

    fn throttled(&self, _: &World, seconds: u64) -> Told {
        refused(429, "Too many requests").with_header("retry-after", seconds)
    }

    fn absurdities(&self) -> usize {
        records::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        None
    }

    fn complaints(&self, asked: &Asked, told: &Told) -> Vec<String> {
        static SPEC: LazyLock<Option<OpenApi>> = LazyLock::new(|| {
            let document = spec::file("moneybird_openapi.json")?;
            Some(OpenApi::new(
                serde_json::from_slice(&document).expect("the specification is JSON"),
            ))
        });
        let Some(spec) = &*SPEC else {
            return Vec::new();
        };
        let path = asked.path.trim_start_matches("/api/v2").trim_end_matches(".json");
        let body = serde_json::from_str(&told.body).unwrap_or_default();
        spec.complaints(asked.method.as_str(), path, told.status, &body)
    }
}

fn refused(status: u16, error: &str) -> Told {
    Told::json(&json!({ "error": error })).with_status(status)
}

/// The list of ids with versions, or records by their ids: at most a hundred.
fn synchronized(world: &World, asked: &Asked, resource: &str) -> Told {
    let all = records::all(world, resource);
    if asked.method == Method::GET {
        let lines = all
            .iter()
            .map(|(version, record)| json!({ "id": record["id"], "version": version }));
        return Told::json(&Value::Array(lines.collect()));
    }
    let body = asked.json();
    let ids = body["ids"].as_array().cloned().unwrap_or_default();
    if ids.is_empty() || ids.len() > 100 {
        return refused(400, "Ids is required, with at most 100");
    }
    let wanted = all
        .into_iter()
        .map(|(_, record)| record)
        .filter(|record| ids.contains(&record["id"]));
    Told::json(&Value::Array(wanted.collect()))
}

fn noted(world: &mut World, asked: &Asked, path: &str) -> Told {
    let mut parts = path.split('/');
    let (resource, id) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let known = records::all(world, resource)
        .iter()
        .any(|(_, record)| record["id"] == *id);
    if !known {
        return refused(404, "record not found");
    }
    world
        .written
        .push((format!("{} {path}", asked.method), asked.json()));
    Told::json(&json!({ "id": format!("7{}", world.written.len()) })).with_status(201)
}
