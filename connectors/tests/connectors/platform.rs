//! A small platform that says what it is told to say: removals, moves, absurd records and hostile answers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::header::DATE;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use maan_connectors::http::{Connection, Timer, transport};
use maan_connectors::moneybird::{Endpoints, Moneybird};
use maan_connectors::oauth::{Session, Tokens};
use maan_connectors::{Administration, Platform as _};
use maan_ledger::{Body, Clock, Moment};
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Books, FileVault, endpoint, fast};

pub(crate) const NOW: Moment = Moment(1_795_291_200_000_000);
pub(crate) const ACCESS: &str = "access-3f9a1c";
pub(crate) const REFRESH: &str = "refresh-77b0de";

type Records = BTreeMap<&'static str, BTreeMap<String, Value>>;
type Script = Box<dyn Fn(&HeaderMap) -> Option<Response> + Send>;

/// What the platform has, and an answer that it gives instead.
#[derive(Default)]
pub(crate) struct Says {
    pub(crate) records: Records,
    pub(crate) instead: Option<Script>,
    pub(crate) queries: Vec<String>,
}

pub(crate) struct Platform {
    pub(crate) says: Arc<Mutex<Says>>,
    pub(crate) moneybird: Moneybird,
    pub(crate) vault: Arc<FileVault>,
    _folder: TempDir,
}

async fn answer(
    State(says): State<Arc<Mutex<Says>>>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut says = says.lock().unwrap();
    if let Some(response) = says.instead.as_ref().and_then(|instead| instead(&headers)) {
        return response;
    }
    says.queries.push(uri.to_string());
    let resource = uri.path().split('/').nth(4).unwrap_or_default().to_owned();
    let Some(records) = says.records.get(resource.as_str()) else {
        return (StatusCode::NOT_FOUND, axum::Json(json!({"error": "Not found"}))).into_response();
    };
    let list: Vec<Value> = if method == Method::GET {
        records
            .iter()
            .map(|(id, record)| json!({"id": id, "version": record["version"]}))
            .collect()
    } else {
        let asked: Value = serde_json::from_slice(&body).unwrap();
        let ids = asked["ids"].as_array().unwrap();
        assert!(ids.len() <= 100);
        ids.iter()
            .filter_map(|id| records.get(id.as_str().unwrap()).cloned())
            .collect()
    };
    // by the same clock as everything here
    ([(DATE, NOW.to_utc().to_rfc2822())], axum::Json(list)).into_response()
}

impl Platform {
    pub(crate) async fn start() -> Self {
        let says = Arc::new(Mutex::new(Says::default()));
        for resource in [
            "contacts",
            "sales_invoices",
            "external_sales_invoices",
            "estimates",
            "financial_mutations",
        ] {
            says.lock().unwrap().records.insert(resource, BTreeMap::new());
        }
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(answer).with_state(says.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let folder = tempfile::tempdir().unwrap();
        let tokens = Tokens {
            access: SecretString::from(ACCESS),
            refresh: Some(SecretString::from(REFRESH)),
            issued_at: None,
            expires_at: None,
            consent_ends: None,
            scope: String::new(),
        };
        let vault = Arc::new(FileVault::new(&folder, &tokens));
        let endpoints = Endpoints::at(&base).unwrap();
        let timer = Timer::skipping();
        let session = Session::new(
            endpoint(&base, endpoints.provider(), "client", "client-5e12"),
            vault.clone(),
            timer.clone(),
        );
        let connection = Arc::new(Connection::new(transport().unwrap(), session, fast(), timer));
        let administration = Administration {
            id: "123".to_owned(),
            name: "Test".to_owned(),
            language: "nl".to_owned(),
            currency: "EUR".to_owned(),
            country: "NL".to_owned(),
            time_zone: chrono_tz::Europe::Amsterdam,
            suspended: false,
            place: BTreeMap::new(),
        };
        let moneybird = Moneybird::new(connection, endpoints, administration, Clock::standing_at(NOW));
        Self {
            says,
            moneybird,
            vault,
            _folder: folder,
        }
    }

    pub(crate) fn has(&self, resource: &'static str, record: Value) {
        let id = record["id"].as_str().unwrap().to_owned();
        self.says
            .lock()
            .unwrap()
            .records
            .get_mut(resource)
            .unwrap()
            .insert(id, record);
    }

    pub(crate) fn lost(&self, resource: &'static str, id: &str) {
        self.says
            .lock()
            .unwrap()
            .records
            .get_mut(resource)
            .unwrap()
            .remove(id)
            .unwrap();
    }

    pub(crate) fn instead(&self, script: impl Fn(&HeaderMap) -> Option<Response> + Send + 'static) {
        self.says.lock().unwrap().instead = Some(Box::new(script));
    }

    pub(crate) fn contact(&self, id: &str, version: u64, name: &str) {
        self.has(
            "contacts",
            json!({
                "id": id, "version": version, "company_name": name, "country": "NL", "customer_id": id,
                "created_at": "2026-01-01T10:00:00Z", "updated_at": "2026-01-01T10:00:00Z"
            }),
        );
    }

    pub(crate) fn invoice(&self, id: &str, version: u64, changed: Value) {
        let mut record = json!({
            "id": id, "version": version, "contact_id": "1", "invoice_id": format!("F{id}"), "state": "open",
            "invoice_date": "2026-08-21", "due_date": "2026-09-04", "language": "nl", "currency": "EUR",
            "total_price_incl_tax": "100.0", "total_unpaid": "100.0", "created_at": "2026-08-21T10:00:00Z", "payments": []
        });
        for (key, value) in changed.as_object().unwrap() {
            record[key] = value.clone();
        }
        self.has("sales_invoices", record);
    }
}

pub(crate) fn kinds(books: &Books, contact: &str, platform: &Platform) -> Vec<&'static str> {
    let debtor = platform.moneybird.ids().debtor(contact);
    let kind = |body: &Body| match body {
        Body::DebtorDescribed(_) => "debtor",
        Body::DebtorRemoved => "debtor removed",
        Body::ItemDescribed(_) => "item",
        Body::ItemRemoved(_) => "item removed",
        Body::Allocated(_) => "allocated",
        Body::AllocationRemoved(_) => "allocation removed",
        _ => "other",
    };
    books
        .facts
        .get(&debtor)
        .into_iter()
        .flatten()
        .map(|fact| kind(&fact.body))
        .collect()
}
