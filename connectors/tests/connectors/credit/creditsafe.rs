use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use maan_connectors::credit::{Creditsafe, Service, Why};
use maan_connectors::http::Timer;
use maan_ledger::{Currency, Day, Money};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Mutex;

use super::support::{Bench, Fault, SECRET, USER, access, asked, charged_once, common, dutch, is_none, row};

const SERVICE: Service = Service::Creditsafe;
const PAID: &str = "/companies/NL";

#[derive(Clone, Default)]
struct Office {
    /// Number of the only token that is good.
    token: Arc<AtomicU64>,
    report: Arc<Mutex<Option<Value>>>,
    watched: Arc<Mutex<Vec<String>>>,
}

fn refused() -> Response {
    (
        StatusCode::UNAUTHORIZED,
        Json(json!({"message": "Token is missing or invalid"})),
    )
        .into_response()
}

fn let_in(state: &Office, headers: &HeaderMap) -> bool {
    let token = format!("token-{}", state.token.load(Ordering::SeqCst));
    headers
        .get("authorization")
        .is_some_and(|given| given.as_bytes() == token.as_bytes())
}

async fn authenticate(State(state): State<Office>, Json(body): Json<Value>) -> Response {
    if body != json!({"username": USER, "password": SECRET}) {
        return refused();
    }
    let token = state.token.fetch_add(1, Ordering::SeqCst) + 1;
    Json(json!({"token": format!("token-{token}")})).into_response()
}

fn company(id: &str, name: &str, number: &str) -> Value {
    json!({"id": id, "safeNumber": "NL1", "name": name, "regNo": number, "vatNo": [], "status": "Active"})
}

async fn companies(
    State(state): State<Office>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if !let_in(&state, &headers) {
        return refused();
    }
    assert_eq!(query["countries"], "NL");
    let found = match (
        query.get("regNo").map(String::as_str),
        query.get("name").map(String::as_str),
    ) {
        (Some("68750110"), _) => vec![company("NL-X-68750110", "Jansen Bouw BV", "68750110")],
        (_, Some("Jansen")) => vec![
            company("NL-1", "Jansen A", "11111111"),
            company("NL-2", "Jansen B", "22222222"),
        ],
        (Some("99999999"), _) => vec![company("NL-9", &"n".repeat(5 << 20), "99999999")],
        _ => vec![],
    };
    Json(json!({"totalSize": found.len(), "companies": found})).into_response()
}

fn told(rating: &str, score: Value, limit: Value) -> Value {
    json!({"report": {
        "companySummary": {"companyStatus": {"status": "Active", "description": "actief"}},
        "creditScore": {
            "currentCreditRating": {"commonValue": rating, "providerValue": {"value": score},
                "creditLimit": {"currency": "EUR", "value": limit}},
            "previousCreditRating": {"commonValue": "A"},
        },
        "negativeInformation": {"judgments": [{"value": 5000}], "insolvencies": []},
    }})
}

async fn report(
    State(state): State<Office>,
    headers: HeaderMap,
    Path(_): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if !let_in(&state, &headers) {
        return refused();
    }
    assert_eq!(query["template"], "full");
    let set = state.report.lock().unwrap().clone();
    Json(set.unwrap_or_else(|| told("C", json!("42"), json!(12500.50)))).into_response()
}

async fn portfolio(State(state): State<Office>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    match let_in(&state, &headers) && body["name"].is_string() {
        true => Json(json!({"id": 77})).into_response(),
        false => refused(),
    }
}

async fn watch(State(state): State<Office>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    if !let_in(&state, &headers) {
        return refused();
    }
    state
        .watched
        .lock()
        .unwrap()
        .push(body["id"].as_str().unwrap().to_owned());
    StatusCode::CREATED.into_response()
}

async fn events(
    State(state): State<Office>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if !let_in(&state, &headers) {
        return refused();
    }
    assert_eq!(query["startDate"], "2026-11-01");
    let watched = state.watched.lock().unwrap().clone();
    let event = |id: &String| json!({"eventDate": "2026-11-19T08:00:00Z", "ruleName": "Rating", "company": {"id": id}});
    Json(json!({"data": watched.iter().map(event).collect::<Vec<_>>()})).into_response()
}

async fn bench() -> (Bench, Office) {
    let state = Office::default();
    let router = Router::new()
        .route("/authenticate", post(authenticate))
        .route("/companies", get(companies))
        .route("/companies/{id}", get(report))
        .route("/monitoring/portfolios", post(portfolio))
        .route("/monitoring/portfolios/77/companies", post(watch))
        .route("/monitoring/portfolios/77/notificationEvents", get(events))
        .with_state(state.clone());
    (Bench::start(router).await, state)
}

#[tokio::test]
async fn a_report_comes_in_the_ledgers_form_and_every_no_answer_is_its_own() {
    let (bench, _) = bench().await;
    let information = asked(&bench.client(SERVICE), &dutch()).await.unwrap();
    let report = information.report.unwrap();
    assert_eq!(information.original, "C, 42 of 100");
    assert_eq!((report.failure_per_mille, report.worsened_by), (Some(40), 35));
    assert_eq!(report.advised_limit, Some(Money::new(1_250_050, Currency::EUR)));
    assert_eq!(report.marks, ["judgments"]);
    common(SERVICE, &bench, &dutch(), Some("/companies?"), PAID).await;
    charged_once(SERVICE, &bench, &dutch(), PAID).await;
    bench.control.forget();
    let mut subject = dutch();
    (subject.registration, subject.vat_number, subject.name) =
        (String::new(), String::new(), "Jansen".into());
    let several = is_none(
        SERVICE,
        "several match",
        asked(&bench.client(SERVICE), &subject).await,
        |why| matches!(why, Why::SeveralMatches(some) if some.len() == 2),
    );
    assert!(several.to_string().contains("11111111 Jansen A"));
    subject.name = "Nobody".into();
    let answer = asked(&bench.client(SERVICE), &subject).await;
    is_none(SERVICE, "none match", answer, |why| {
        matches!(why, Why::NotFound(_))
    });
}

#[tokio::test]
async fn a_token_that_ran_out_is_renewed_once_and_wrong_credentials_are_said() {
    let (bench, state) = bench().await;
    let client = bench.client(SERVICE);
    let company = client.find(&dutch()).await.unwrap();
    state.token.fetch_add(1, Ordering::SeqCst);
    client.report(&company).await.unwrap();
    assert_eq!(bench.control.count("/authenticate"), 2);
    row(SERVICE, "token ran out in between", "renewed once, ok");
    bench.control.forget();
    for _ in 0..2 {
        bench.control.next(PAID, Fault::Status(401, "{}"));
    }
    let answer = client.report(&company).await;
    is_none(SERVICE, "token refused twice", answer, |why| {
        *why == Why::CredentialsRefused
    });
    assert_eq!(bench.control.count("/authenticate"), 1);
    bench.control.next("/authenticate", Fault::Status(401, "{}"));
    let answer = asked(&bench.client(SERVICE), &dutch()).await;
    is_none(SERVICE, "password refused", answer, |why| {
        *why == Why::CredentialsRefused
    });
}

#[tokio::test]
async fn absurd_answers_are_no_answers_and_long_names_are_cut() {
    let (bench, state) = bench().await;
    let absurd = [
        ("rating Z", told("Z", json!("42"), json!(1))),
        ("score 4000", told("C", json!(4000), json!(1))),
        ("score -1", told("C", json!("-1"), json!(1))),
        ("score NaN", told("C", json!("NaN"), json!(1))),
        ("limit -5", told("C", json!(42), json!(-5))),
        ("limit 10^40", told("C", json!(42), json!(1e40))),
        ("no score at all", json!({"report": {}})),
        ("a list", json!([])),
    ];
    for (case, answer) in absurd {
        *state.report.lock().unwrap() = Some(answer);
        let answer = asked(&bench.client(SERVICE), &dutch()).await;
        is_none(SERVICE, case, answer, |why| matches!(why, Why::NotUnderstood(_)));
    }
    *state.report.lock().unwrap() = Some(told("E", json!("-"), Value::Null));
    let information = asked(&bench.client(SERVICE), &dutch()).await.unwrap();
    let report = information.report.unwrap();
    assert_eq!((report.failure_per_mille, report.advised_limit), (None, None));
    assert_eq!(
        report.marks,
        ["judgments", "not-rated"],
        "not rated is no clean report"
    );
    row(SERVICE, "not rated", "said, and no chance of zero");
    let mut subject = dutch();
    subject.registration = "99999999".into();
    let long = bench.client(SERVICE).find(&subject).await.unwrap();
    assert_eq!(long.name.len(), 120);
    row(SERVICE, "a name of 5 MB", "cut to 120 characters");
}

#[tokio::test]
async fn a_watched_company_tells_what_changed() {
    let (bench, _) = bench().await;
    let creditsafe = Creditsafe::new(access(bench.url.clone()), Timer::skipping()).unwrap();
    let company = bench.client(SERVICE).find(&dutch()).await.unwrap();
    let portfolio = creditsafe.make_portfolio("maan").await.unwrap();
    creditsafe.watch(&portfolio, &company).await.unwrap();
    let since: Day = "2026-11-01".parse().unwrap();
    let events = creditsafe.events(&portfolio, since).await.unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(
        (events[0].company.as_str(), events[0].what.as_str()),
        (company.id.as_str(), "Rating")
    );
    assert_eq!(events[0].on.to_string(), "2026-11-19");
    row(SERVICE, "monitoring", "one event of the watched company");
}
