//! Xero: the accounting API, from its OpenAPI specification.

mod list;
mod records;
mod writes;

use std::sync::LazyLock;

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};
use crate::spec::{self, OpenApi};

/// Xero.
pub struct Xero;

const API: &str = "/api.xro/2.0";

/// The organisation's id, which every call to it must name.
pub fn tenant() -> String {
    guid("tenant", "734512")
}

/// Ids are the same in every run.
fn guid(kind: &str, number: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{kind}/{number}").as_bytes()).to_string()
}

impl Dialect for Xero {
    fn word(&self) -> &'static str {
        "xero"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (
                Case::Consumers,
                "a contact has no mark for consumers; without a tax or company number its kind is unknown, which is protected like a consumer",
            ),
            (Case::Languages, "a contact has no language"),
            (Case::Limits, "a credit limit is on its own pages only"),
            (Case::Holds, "a contact cannot be held"),
            (Case::Instalments, "an invoice has one due date"),
            (Case::Disputes, "an invoice has no field for it"),
            (Case::WriteOffs, "an invoice is written off with a credit note"),
            (
                Case::Corrections,
                "a credit note names an invoice only when it is set off against it",
            ),
            (Case::Orders, "there are quotations only"),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 1_800,
            youngest: 0,
            grace: Some(1_800),
            by_credentials: false,
        }
    }

    fn token_path(&self) -> &'static str {
        "/connect/token"
    }

    fn revoke_path(&self) -> &'static str {
        "/connect/revocation"
    }

    fn consented(&self, world: &mut World) {
        world.written.retain(|(call, _)| !call.starts_with("DELETE"));
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        let told = if !asked.header("accept").contains("application/json") {
            // unless it is asked for JSON it speaks XML
            Told::status(406)
        } else if asked.path.starts_with("/connections") {
            writes::connections(world, asked)
        } else {
            match asked.path.strip_prefix(API) {
                Some(_) if asked.header("xero-tenant-id") != tenant() => {
                    let refused = json!({ "Title": "Forbidden", "Status": 403, "Detail": "AuthenticationUnsuccessful" });
                    Told::json(&refused).with_status(403)
                }
                Some(path) => organisation(world, asked, path),
                None => Told::status(404),
            }
        };
        told.with_header("x-daylimit-remaining", 4_990)
            .with_header("x-minlimit-remaining", 55)
            .with_header("x-appminlimit-remaining", 9_999)
    }

    fn throttled(&self, _: &World, seconds: u64) -> Told {
        Told {
            status: 429,
            headers: Vec::new(),
            body: String::new(),
        }
        .with_header("retry-after", seconds)
        .with_header(
            "x-rate-limit-problem",
            if seconds > 60 { "day" } else { "minute" },
        )
    }

    fn absurdities(&self) -> usize {
        records::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        Some(records::NEGATIVE)
    }

    fn complaints(&self, asked: &Asked, told: &Told) -> Vec<String> {
        static SPEC: LazyLock<Option<OpenApi>> = LazyLock::new(|| {
            let document = spec::file("xero_accounting.yaml")?;
            let document = String::from_utf8(document).expect("the specification is text");
            Some(OpenApi::closed(spec::yaml(&document)))
        });
        let (Some(spec), Some(path)) = (&*SPEC, asked.path.strip_prefix(API)) else {
            return Vec::new();
        };
        // only good answers and refused writes are specified
        if !matches!(told.status, 200 | 400) {
            return Vec::new();
        }
        let body = serde_json::from_str(&told.body).unwrap_or_default();
        spec.complaints(asked.method.as_str(), path, told.status, &body)
    }
}

fn organisation(world: &mut World, asked: &Asked, path: &str) -> Told {
    if asked.method != Method::GET {
        return writes::written(world, asked, path);
    }
    let rows = match path {
        "/Organisation" => return Told::json(&json!({ "Organisations": [records::organisation(world)] })),
        "/Contacts" => records::contacts(world),
        "/Invoices" => records::invoices(world),
        "/CreditNotes" => records::credit_notes(world),
        "/Payments" => records::payments(world),
        "/Overpayments" => records::overpayments(world),
        "/Prepayments" => records::prepayments(world),
        "/Quotes" => records::quotes(world),
        _ => return Told::status(404),
    };
    list::page(world, asked, path.trim_start_matches('/'), rows)
}

/// A validation error in its own form.
fn refused(message: &str) -> Told {
    let told: Value = json!({ "ErrorNumber": 10, "Type": "ValidationException", "Message": message });
    Told::json(&told).with_status(400)
}
