//! QuickBooks Online: the accounting API, from the platform's schemas and what its clients tell.

mod query;
mod records;
mod writes;

use std::sync::LazyLock;

use axum::http::Method;
use maan_ledger::Moment;
use serde_json::{Value, json};

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};
use crate::spec::{self, Fields};

/// QuickBooks Online.
pub struct QuickBooks;

/// The company's id.
pub const REALM: &str = "734512";

/// Change data capture looks back so many seconds, and tells so many records.
const MEMORY: i64 = 30 * 86_400;
const MOST: usize = 1_000;

impl Dialect for QuickBooks {
    fn word(&self) -> &'static str {
        "quickbooks"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (
                Case::Consumers,
                "a customer without a company name may be a business that is known by its display name; its kind is unknown, which is protected like a consumer",
            ),
            (Case::Languages, "a customer has no language"),
            (Case::Holds, "a customer cannot be held"),
            (Case::VatNumbers, "tax numbers of customers come masked"),
            (Case::Registrations, "a customer has no such field"),
            (Case::Instalments, "an invoice has one due date"),
            (Case::Disputes, "an invoice has no field for it"),
            (Case::Promises, "an invoice has no field for it"),
            (
                Case::WriteOffs,
                "an invoice is written off with a credit memo or a journal entry",
            ),
            (
                Case::Corrections,
                "outside India a credit memo does not name an invoice",
            ),
            (Case::Orders, "there are estimates only"),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 3_600,
            youngest: 0,
            // a refresh token stays the same for a day
            grace: Some(86_400),
            by_credentials: false,
        }
    }

    fn token_path(&self) -> &'static str {
        "/oauth2/v1/tokens/bearer"
    }

    fn revoke_path(&self) -> &'static str {
        "/v2/oauth2/tokens/revoke"
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        let told = match asked.path.strip_prefix("/v3/company/") {
            Some(path) => match path.split_once('/') {
                Some((REALM, resource)) => company(world, asked, resource),
                _ => fault(world, 403, "003100", "ApplicationAuthorizationFailed"),
            },
            None => Told::status(404),
        };
        told.with_header("intuit_tid", "1-5c8a4d2e-0f3b")
    }

    fn throttled(&self, world: &World, _: u64) -> Told {
        fault(
            world,
            429,
            "003001",
            "message=ThrottleExceeded; errorCode=003001; statusCode=429",
        )
    }

    fn absurdities(&self) -> usize {
        records::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        Some(records::NEGATIVE)
    }

    fn complaints(&self, _: &Asked, told: &Told) -> Vec<String> {
        static SPEC: LazyLock<Option<Fields>> = LazyLock::new(|| {
            let read = |name| Some(String::from_utf8(spec::file(name)?).expect("a specification is text"));
            let (base, finance) = (
                read("quickbooks_base_types.xsd")?,
                read("quickbooks_finance.xsd")?,
            );
            Some(Fields::of_schemas(&[&base, &finance]))
        });
        let Some(spec) = &*SPEC else {
            return Vec::new();
        };
        let body: Value = serde_json::from_str(&told.body).unwrap_or_default();
        let captured = body["CDCResponse"][0]["QueryResponse"].as_array().cloned();
        let answers = captured.unwrap_or_else(|| vec![body["QueryResponse"].clone()]);
        let mut complaints = Vec::new();
        // the schema of customers is not among them
        for kind in ["Invoice", "CreditMemo", "Payment", "Estimate"] {
            let lists = answers.iter().filter_map(|answer| answer[kind].as_array());
            for record in lists.flatten() {
                complaints.extend(spec.complaints(kind, record));
                let lines = record["Line"].as_array().into_iter().flatten();
                complaints.extend(lines.flat_map(|line| spec.complaints("Line", line)));
            }
        }
        complaints
    }
}

fn company(world: &mut World, asked: &Asked, resource: &str) -> Told {
    if asked.parameter("minorversion").is_empty() {
        return fault(world, 400, "2020", "Required param missing: minorversion");
    }
    if asked.method == Method::POST {
        return writes::written(world, asked, resource);
    }
    match resource {
        "query" => query::answered(world, asked),
        "cdc" => captured(world, asked),
        "preferences" => {
            let prefs = json!({ "MultiCurrencyEnabled": true, "HomeCurrency": { "value": "EUR" } });
            timed(
                world,
                json!({ "Preferences": { "CurrencyPrefs": prefs, "Id": "1" } }),
            )
        }
        _ => match resource.split_once('/') {
            Some(("companyinfo", REALM)) => timed(
                world,
                json!({ "CompanyInfo": {
                "CompanyName": world.model.name, "Country": "NL", "SupportedLanguages": "en",
                "DefaultTimeZone": "Europe/Amsterdam", "Id": "1",
            } }),
            ),
            Some((kind, id)) => writes::one(world, kind, id),
            None => Told::status(404),
        },
    }
}

/// An answer with the platform's time.
fn timed(world: &World, mut body: Value) -> Told {
    body["time"] = json!(stamp(world.clock.now()));
    Told::json(&body)
}

/// Stamps have the offset of the platform's own coast.
fn stamp(at: Moment) -> String {
    let there = at.plus_seconds(-8 * 3_600).to_utc();
    there.format("%Y-%m-%dT%H:%M:%S-08:00").to_string()
}

/// What was changed since, of one or more kinds.
fn captured(world: &World, asked: &Asked) -> Told {
    let since = Moment::from_utc(asked.parameter("changedSince").parse().unwrap());
    if since.plus_seconds(MEMORY) < world.clock.now() {
        return fault(world, 400, "4001", "changedSince must be within the last 30 days");
    }
    let mut left = MOST;
    let mut answers = Vec::new();
    for kind in asked.parameter("entities").split(',') {
        let Some(mut rows) = records::all(world, kind) else {
            return fault(world, 400, "4001", "Unsupported entity");
        };
        rows.extend(records::removed(world, kind));
        rows.retain(|row| changed(row) >= since);
        rows.truncate(left);
        left -= rows.len();
        // a kind of which nothing was changed is left out
        answers.push(if rows.is_empty() {
            json!({})
        } else {
            json!({ kind: rows, "startPosition": 1, "maxResults": rows.len() })
        });
    }
    timed(world, json!({ "CDCResponse": [{ "QueryResponse": answers }] }))
}

fn changed(row: &Value) -> Moment {
    let text = row["MetaData"]["LastUpdatedTime"].as_str().unwrap();
    Moment::from_utc(text.parse().unwrap())
}

/// A refusal in its own form.
fn fault(world: &World, status: u16, code: &str, message: &str) -> Told {
    let error = json!([{ "Message": message, "Detail": message, "code": code }]);
    timed(
        world,
        json!({ "Fault": { "Error": error, "type": "ValidationFault" } }),
    )
    .with_status(status)
}
