//! Business Central: API v2.0 and the customer ledger of the analytics API, from the platform's documentation.

mod filter;
mod ledger;
mod list;
mod records;
mod writes;

use std::sync::LazyLock;

use axum::http::Method;
use serde_json::{Value, json};

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};
use crate::spec::{self, Fields};

/// Business Central.
pub struct BusinessCentral {
    /// The administrator let the program in; otherwise a person signed in.
    pub by_credentials: bool,
}

/// Tenant and environment.
pub const PLACE: (&str, &str) = ("contoso.example", "Production");

impl Dialect for BusinessCentral {
    fn word(&self) -> &'static str {
        "business-central"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (Case::Languages, "a customer has no language"),
            (
                Case::Registrations,
                "a customer has a tax number, and no number in the trade register",
            ),
            (Case::Instalments, "an invoice has one due date"),
            (
                Case::WriteOffs,
                "an invoice is written off with a credit memo or a journal line",
            ),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 3_600,
            youngest: 0,
            grace: None,
            by_credentials: self.by_credentials,
        }
    }

    fn token_path(&self) -> &'static str {
        "/contoso.example/oauth2/v2.0/token"
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        let base = format!("/v2.0/{}/{}/api/", PLACE.0, PLACE.1);
        match asked.path.strip_prefix(&base) {
            Some(path) => api(world, asked, path),
            None => refused(404, "NotFound", "Environment does not exist."),
        }
    }

    /// It does not say how long to wait.
    fn throttled(&self, _: &World, _: u64) -> Told {
        refused(
            429,
            "Application_TooManyRequests",
            "Too many requests reached. Actual (6001). Maximum (6000).",
        )
    }

    fn absurdities(&self) -> usize {
        records::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        Some(records::NEGATIVE)
    }

    fn complaints(&self, asked: &Asked, told: &Told) -> Vec<String> {
        static SPEC: LazyLock<Option<[Fields; 2]>> = LazyLock::new(|| {
            let newer = serde_json::from_slice(&spec::file("business_central_v2.0_resources.json")?);
            let older = String::from_utf8(spec::file("business_central_v1.0.yaml")?)
                .expect("a specification is text");
            let older = spec::yaml(&older)["components"]["schemas"].take();
            let newer = newer.expect("the specification is JSON");
            Some([Fields::of_properties(&newer), Fields::of_properties(&older)])
        });
        let Some([newer, older]) = &*SPEC else {
            return Vec::new();
        };
        let (fields, kind) = match asked.path.rsplit('/').next().unwrap_or_default() {
            "customers" => (newer, "customer"),
            "salesInvoices" => (newer, "salesinvoice"),
            "salesCreditMemos" => (newer, "salescreditmemo"),
            "subscriptions" => (newer, "subscriptions"),
            "salesQuotes" => (older, "salesQuote"),
            "salesOrders" => (older, "salesOrder"),
            _ => return Vec::new(),
        };
        let body: Value = serde_json::from_str(&told.body).unwrap_or_default();
        let rows = body["value"].as_array().into_iter().flatten();
        let complaints = rows.flat_map(|row| fields.complaints(kind, row));
        // the list of fields leaves out those with digits
        complaints.filter(|text| !text.contains("addressLine")).collect()
    }
}

fn api(world: &mut World, asked: &Asked, path: &str) -> Told {
    let id = records::company();
    if path == "v2.0/companies" {
        let company = json!({ "id": id, "name": "NOORDERLICHT", "displayName": world.model.name });
        return list::page(world, asked, "id", vec![company]);
    }
    if let Some(rest) = path.strip_prefix("v2.0/subscriptions") {
        return writes::subscriptions(world, asked, rest);
    }
    if path == format!("microsoft/analytics/v1.0/companies({id})/customerLedgerEntries") {
        let rows = ledger::rows(world);
        return list::page(world, asked, "dcleEntryNo", rows);
    }
    let Some(resource) = path.strip_prefix(&format!("v2.0/companies({id})/")) else {
        return refused(404, "Internal_CompanyNotFound", "Cannot find the company.");
    };
    match (resource.split_once('('), &asked.method) {
        (None, &Method::GET) if resource == "companyInformation" => {
            let information =
                json!({ "id": id, "displayName": world.model.name, "country": "NL", "currencyCode": "EUR" });
            list::page(world, asked, "id", vec![information])
        }
        (None, &Method::GET) => match records::all(world, resource) {
            Some(rows) => list::page(world, asked, "id", rows),
            None => refused(404, "BadRequest_NotFound", "No HTTP resource was found."),
        },
        (Some((set, key)), _) => writes::one(world, asked, set, key.trim_end_matches(')')),
        _ => refused(405, "BadRequest_MethodNotAllowed", "The method is not allowed."),
    }
}

/// A refusal in its own form.
fn refused(status: u16, code: &str, message: &str) -> Told {
    Told::json(&json!({ "error": { "code": code, "message": message } })).with_status(status)
}
