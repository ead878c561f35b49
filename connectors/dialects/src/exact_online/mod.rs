//! Exact Online: OData version 2, from the platform's list of entities and what its clients tell.

mod hooks;
mod rows;

use axum::http::Method;
use maan_ledger::Moment;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::case::Case;
use crate::server::{Asked, Dialect, Renewal, Told, World};

/// Exact Online.
pub struct ExactOnline;

const DIVISION: &str = "734512";

impl Dialect for ExactOnline {
    fn word(&self) -> &'static str {
        "exact-online"
    }

    fn cannot(&self) -> &'static [(Case, &'static str)] {
        &[
            (
                Case::Consumers,
                "an account has no mark for consumers; without a VAT or trade register number its kind is unknown, which is protected like a consumer",
            ),
            (
                Case::Instalments,
                "an item has several rows both for instalments and for part payments, and they are not told apart",
            ),
            (Case::Disputes, "a receivable has no field for it"),
            (Case::Promises, "a receivable has no field for it"),
            (Case::WriteOffs, "a write-off is a match like a payment"),
            (
                Case::Corrections,
                "a receivable does not name the item that it corrects",
            ),
            (
                Case::CreditUsed,
                "a matched row does not name what it was matched with",
            ),
        ]
    }

    fn renewal(&self) -> Renewal {
        Renewal {
            lifetime: 600,
            youngest: 570,
            grace: None,
            by_credentials: false,
        }
    }

    fn token_path(&self) -> &'static str {
        "/api/oauth2/token"
    }

    fn answer(&self, world: &mut World, asked: &Asked) -> Told {
        let told = match asked.path.strip_prefix("/api/v1/") {
            Some("current/Me") => rows_of(world, asked, vec![json!({ "CurrentDivision": 734_512 })]),
            Some(path) => match path.split_once('/') {
                Some((DIVISION, resource)) => self.division(world, asked, resource),
                Some(_) => Told::status(403),
                None => Told::status(404),
            },
            None => Told::status(404),
        };
        told.with_header("x-ratelimit-limit", 5_000)
            .with_header("x-ratelimit-remaining", 4_990)
            .with_header("x-ratelimit-reset", millis(world.clock.now()) + 36_000_000)
    }

    fn throttled(&self, world: &World, seconds: u64) -> Told {
        let reset = millis(world.clock.now()) + i64::try_from(seconds).unwrap() * 1_000;
        // when the minute is used up, only the minute is told
        Told::status(429)
            .with_header("x-ratelimit-minutely-limit", 60)
            .with_header("x-ratelimit-minutely-remaining", 0)
            .with_header("x-ratelimit-minutely-reset", reset)
    }

    fn absurdities(&self) -> usize {
        rows::ABSURD
    }

    fn negative(&self) -> Option<usize> {
        None
    }
}

impl ExactOnline {
    fn division(&self, world: &mut World, asked: &Asked, resource: &str) -> Told {
        if asked.method != Method::GET {
            return written(world, asked, resource);
        }
        let rows = match resource {
            "hrm/Divisions" => vec![json!({
                "Code": 734_512, "Description": world.model.name, "Country": "NL", "Currency": "EUR", "Status": 0,
            })],
            "sync/CRM/Accounts" => rows::accounts(world),
            "sync/Cashflow/PaymentTerms" => rows::terms(world),
            "sync/Deleted" => rows::deleted(world),
            "crm/Quotations" => rows::quotations(world),
            "salesorder/SalesOrders" => rows::orders(world),
            "financialtransaction/BankEntryLines" => rows::bank(world),
            hooks::RESOURCE => hooks::registered(world),
            _ => return Told::status(404),
        };
        rows_of(world, asked, rows)
    }
}

/// A page of the rows that the filter leaves, in order of their stamps; only what was selected.
fn rows_of(world: &World, asked: &Asked, mut rows: Vec<Value>) -> Told {
    let filter = asked.parameter("$filter");
    if let Some(after) = filter.strip_prefix("Timestamp gt ") {
        let after: i64 = after.strip_suffix('L').unwrap().parse().unwrap();
        rows.retain(|row| row["Timestamp"].as_i64().unwrap() > after);
    } else if let Some(from) = filter.strip_prefix("Modified ge datetime'") {
        let from = format!("{}Z", from.trim_end_matches('\''));
        let from = Moment::from_utc(from.parse().unwrap());
        rows.retain(|row| modified(row) >= millis(from));
    } else if asked.path.contains("/sync/") {
        // a whole sync feed is only given from a timestamp
        return Told::status(400);
    }
    let is_sync = asked.path.contains("/sync/");
    let id = |row: &Value| {
        let names = ["ID", "QuotationID", "OrderID"];
        names
            .iter()
            .find_map(|name| row[*name].as_str().map(str::to_owned))
    };
    let place = |row: &Value| {
        if is_sync {
            row["Timestamp"].as_i64().unwrap_or_default()
        } else {
            modified(row)
        }
    };
    rows.sort_by_key(|row| (place(row), id(row)));
    // a page goes on after the row at which the last one ended, which may be gone or elsewhere by now
    let token = asked.parameter("$skiptoken");
    if let Some((at, last)) = token.split_once(',') {
        let at: i64 = at.parse().unwrap();
        rows.retain(|row| place(row) > at || (place(row) == at && id(row).as_deref() > Some(last)));
    }
    let top: usize = asked.parameter("$top").parse().unwrap_or(usize::MAX);
    rows.truncate(top);
    let more = rows.len() > world.page;
    rows.truncate(world.page);
    let mut d = json!({});
    if more && let Some(last) = rows.last() {
        let mut link = url::Url::parse(&format!("{}{}", world.base, asked.path)).unwrap();
        for (name, value) in asked.query.iter().filter(|(name, _)| *name != "$skiptoken") {
            link.query_pairs_mut().append_pair(name, value);
        }
        let token = format!("{},{}", place(last), id(last).unwrap_or_default());
        link.query_pairs_mut().append_pair("$skiptoken", &token);
        d["__next"] = json!(link);
    }
    let select: Vec<&str> = asked.parameter("$select").split(',').collect();
    if !asked.parameter("$select").is_empty() {
        for row in &mut rows {
            let fields = row.as_object_mut().unwrap();
            fields.retain(|name, _| select.contains(&name.as_str()));
        }
    }
    d["results"] = Value::Array(rows);
    Told::json(&json!({ "d": d }))
}

fn modified(row: &Value) -> i64 {
    let text = row["Modified"].as_str().unwrap_or_default();
    let millis = text.trim_start_matches("/Date(").trim_end_matches(")/");
    millis.parse().unwrap_or_default()
}

/// Writing: notes and tasks are made, accounts changed, webhooks registered.
fn written(world: &mut World, asked: &Asked, resource: &str) -> Told {
    let body = asked.json();
    let made = Uuid::from_u128(world.written.len() as u128 + 1);
    let told = match (&asked.method, resource.split('(').next().unwrap()) {
        (&Method::POST, "activities/CommunicationNotes" | "activities/Tasks" | hooks::RESOURCE) => {
            Told::json(&json!({ "d": { "ID": made } })).with_status(201)
        }
        (&Method::DELETE, hooks::RESOURCE) => return hooks::deleted(world, resource),
        (&Method::PUT, "crm/Accounts") => {
            let known = |number: &str| resource.contains(&rows::guid("account", number));
            if !world.model.customers.iter().any(|one| known(one.number)) {
                return Told::status(404);
            }
            Told {
                status: 204,
                headers: Vec::new(),
                body: String::new(),
            }
        }
        _ => return Told::status(404),
    };
    world.written.push((format!("{} {resource}", asked.method), body));
    told
}

fn millis(at: Moment) -> i64 {
    at.0 / 1_000
}
