//! A small platform that says what it is told to say: removals, moves, absurd records and hostile answers.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maan_connectors::http::{Connection, Timer, transport};
use maan_connectors::moneybird::{Administration, Endpoints, Moneybird, NoteOn, ReadError, ReadOptions};
use maan_connectors::oauth::{Session, Tokens};
use maan_connectors::{Entity, Remedy};
use maan_ledger::{Body, Clock, DebtorKind, Moment};
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Books, FileVault, endpoint, fast};

const NOW: Moment = Moment(1_795_291_200_000_000);
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
    axum::Json(list).into_response()
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
            expires_at: None,
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
        };
        let moneybird = Moneybird::new(connection, endpoints, administration, Clock::standing_at(NOW));
        Self {
            says,
            moneybird,
            vault,
            _folder: folder,
        }
    }

    fn has(&self, resource: &'static str, record: Value) {
        let id = record["id"].as_str().unwrap().to_owned();
        self.says
            .lock()
            .unwrap()
            .records
            .get_mut(resource)
            .unwrap()
            .insert(id, record);
    }

    fn lost(&self, resource: &'static str, id: &str) {
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

    fn contact(&self, id: &str, version: u64, name: &str) {
        self.has(
            "contacts",
            json!({
                "id": id, "version": version, "company_name": name, "country": "NL", "customer_id": id,
                "created_at": "2026-01-01T10:00:00Z", "updated_at": "2026-01-01T10:00:00Z"
            }),
        );
    }

    fn invoice(&self, id: &str, version: u64, changed: Value) {
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

fn kinds(books: &Books, contact: &str, platform: &Platform) -> Vec<&'static str> {
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

#[tokio::test]
async fn lists_are_asked_for_with_a_period_and_archived_contacts() {
    let platform = Platform::start().await;
    Books::default().read(&platform.moneybird).await.unwrap();
    let queries = platform.says.lock().unwrap().queries.clone();
    assert_eq!(queries.len(), 5);
    assert!(
        queries[0].starts_with("/api/v2/123/contacts/synchronization.json?include_archived=true"),
        "{}",
        queries[0]
    );
    for query in &queries[1..] {
        assert!(
            query.contains("filter=period%3A20000101..20361231%2Cstate%3A"),
            "{query}"
        );
    }
}

#[tokio::test]
async fn removed_records_are_removed_once() {
    let platform = Platform::start().await;
    platform.contact("1", 10, "Een BV");
    platform.invoice("7", 10, json!({"total_unpaid": "60.0", "payments": [{"id": "p", "price": "40.0", "payment_date": "2026-10-01", "financial_account_id": "1", "created_at": "2026-10-01T10:00:00Z"}]}));
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(
        kinds(&books, "1", &platform),
        ["debtor", "item", "allocated", "debtor"],
        "the language comes from the invoice"
    );
    platform.lost("sales_invoices", "7");
    platform.lost("contacts", "1");
    books.read(&platform.moneybird).await.unwrap();
    let added = ["debtor removed", "item removed", "allocation removed"];
    assert_eq!(kinds(&books, "1", &platform)[4..], added);
    assert_eq!(books.read(&platform.moneybird).await.unwrap(), 0);
    // and come back
    platform.contact("1", 11, "Een BV");
    platform.invoice("7", 11, json!({}));
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform)[7..9], ["debtor", "item"]);
}

#[tokio::test]
async fn an_invoice_that_moves_to_another_contact_moves_between_debtors() {
    let platform = Platform::start().await;
    platform.contact("1", 10, "Een BV");
    platform.contact("2", 10, "Twee BV");
    platform.invoice("7", 10, json!({"language": null}));
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    platform.invoice("7", 11, json!({"language": null, "contact_id": "2"}));
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform), ["debtor", "item", "item removed"]);
    assert_eq!(kinds(&books, "2", &platform), ["debtor", "item"]);
    assert_eq!(
        books.known.get(Entity::Invoice, "7").unwrap().debtor,
        Some(platform.moneybird.ids().debtor("2"))
    );
}

#[tokio::test]
async fn an_invoice_brings_a_contact_along_that_was_made_meanwhile() {
    let platform = Platform::start().await;
    let contact =
        json!({"id": "5", "company_name": "", "firstname": "Jan", "lastname": "Smit", "country": "NL"});
    platform.invoice("7", 10, json!({"contact_id": "5", "contact": contact}));
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    let facts = &books.facts[&platform.moneybird.ids().debtor("5")];
    let Body::DebtorDescribed(debtor) = &facts[0].body else {
        panic!("{facts:?}")
    };
    assert_eq!(
        (debtor.name.as_str(), debtor.kind),
        ("Jan Smit", DebtorKind::Consumer)
    );
}

#[tokio::test]
async fn absurd_records_are_told_one_by_one_and_read_again_when_corrected() {
    let platform = Platform::start().await;
    platform.contact("1", 10, "Een BV");
    platform.contact("2", 10, &"é".repeat(100_000));
    platform.has(
        "contacts",
        json!({"id": "3", "version": 10, "company_name": {"unexpected": []}}),
    );
    platform.invoice("7", 10, json!({"due_date": "9999-12-31"}));
    platform.invoice("8", 10, json!({"currency": "???"}));
    platform.invoice("9", 10, json!({}));
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    let told: Vec<&str> = books
        .problems
        .iter()
        .map(|problem| problem.split(':').next().unwrap())
        .collect();
    assert_eq!(told, ["2", "3", "7", "8"]);
    assert_eq!(kinds(&books, "1", &platform), ["debtor", "item", "debtor"]);
    // told once, not at each reading
    assert_eq!(books.read(&platform.moneybird).await.unwrap(), 0);
    platform.invoice("7", 11, json!({}));
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform)[3..], ["item"]);
    // a known record that becomes absurd stays as it was
    platform.invoice("9", 12, json!({"total_price_incl_tax": "NaN"}));
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform).len(), 4);
    assert!(
        books
            .problems
            .last()
            .unwrap()
            .starts_with("9: total_price_incl_tax"),
        "{:?}",
        books.problems
    );
    platform.lost("sales_invoices", "9");
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform)[4..], ["item removed"]);
}

#[tokio::test]
async fn a_record_changed_this_very_second_is_read_again() {
    let platform = Platform::start().await;
    let this_second = u64::try_from(NOW.0 / 1_000_000).unwrap();
    platform.contact("1", this_second - 2, "Een BV");
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    // the same second, the same version, another name
    platform.contact("1", this_second - 2, "Een NV");
    books.read(&platform.moneybird).await.unwrap();
    assert_eq!(kinds(&books, "1", &platform), ["debtor", "debtor"]);
}

#[tokio::test]
async fn a_list_that_is_suddenly_empty_removes_nothing_without_being_asked() {
    let platform = Platform::start().await;
    for id in 100..130 {
        platform.contact(&id.to_string(), 10, "Een BV");
    }
    let mut books = Books::default();
    books.read(&platform.moneybird).await.unwrap();
    platform
        .says
        .lock()
        .unwrap()
        .records
        .get_mut("contacts")
        .unwrap()
        .clear();
    let error = books.read(&platform.moneybird).await.unwrap_err();
    assert!(
        matches!(
            error,
            ReadError::MuchVanished {
                vanished: 30,
                known: 30,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(error.remedy(), Remedy::AskPerson);
    assert_eq!(kinds(&books, "100", &platform), ["debtor"]);
    let allowed = ReadOptions {
        allow_much_removal: true,
        ..ReadOptions::default()
    };
    let mut reading = platform.moneybird.read(books.known.clone(), allowed);
    let batch = reading.next().await.unwrap().unwrap();
    assert!(batch.records.len() == 30 && batch.records.iter().all(|record| record.deleted));
}

#[tokio::test]
async fn a_redirect_to_another_host_gets_no_token() {
    let thief = Platform::start().await;
    let stolen = Arc::new(Mutex::new(Vec::new()));
    let seen = stolen.clone();
    thief.instead(move |headers| {
        seen.lock().unwrap().push(format!("{headers:?}"));
        Some(StatusCode::OK.into_response())
    });
    let platform = Platform::start().await;
    let elsewhere = thief.moneybird.connection().session();
    let target = format!("{elsewhere:?}");
    let port = target
        .split("port: Some(")
        .nth(1)
        .unwrap()
        .split(')')
        .next()
        .unwrap()
        .to_owned();
    platform.instead(move |_| {
        let to = format!("http://127.0.0.1:{port}/steal");
        Some((StatusCode::FOUND, [(header::LOCATION, to)]).into_response())
    });
    let error = Books::default().read(&platform.moneybird).await.unwrap_err();
    assert!(error.to_string().contains("refused with 302"), "{error}");
    assert!(stolen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn answers_that_make_no_sense_are_told() {
    let platform = Platform::start().await;
    for (body, expected) in [
        ("<html>", "not understood"),
        ("{}", "not understood"),
        ("[{\"id\": {}}]", "not understood"),
    ] {
        platform.instead(move |_| Some((StatusCode::OK, body).into_response()));
        let error = Books::default().read(&platform.moneybird).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.remedy(), Remedy::AskPerson);
    }
    platform.instead(|_| Some((StatusCode::OK, vec![b' '; 65 << 20]).into_response()));
    let error = Books::default().read(&platform.moneybird).await.unwrap_err();
    assert!(error.to_string().contains("larger than"), "{error}");
    platform.instead(|_| {
        Some(
            (
                StatusCode::BAD_REQUEST,
                axum::Json(json!({"error": "Ids is\nrequired"})),
            )
                .into_response(),
        )
    });
    let error = platform
        .moneybird
        .add_note(NoteOn::Contact("1"), "", false)
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("refused with 400 (Ids is required)"),
        "{error}"
    );
}
