use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use maan_connectors::credit::{Service, Why};
use maan_ledger::{Currency, Money};
use serde_json::{Value, json};

use super::support::{Bench, Fault, SECRET, USER, asked, charged_once, common, dutch, is_none, row};

const SERVICE: Service = Service::Altares;
const FREE: &str = "/v1/match/cleanseMatch";
const PAID: &str = "/v1/data/duns";

#[derive(Clone, Default)]
struct Office {
    data: Arc<Mutex<Option<Value>>>,
}

fn failure(status: StatusCode, code: &str, message: &str) -> Response {
    let body = json!({"transactionDetail": {"transactionID": "rrt-1"}, "error": {"errorCode": code, "errorMessage": message}});
    (status, Json(body)).into_response()
}

fn let_in(headers: &HeaderMap) -> Option<Response> {
    let given = headers.get("authorization").and_then(|given| given.to_str().ok());
    (given != Some("Bearer token-of-a-day")).then(|| {
        failure(
            StatusCode::UNAUTHORIZED,
            "00004",
            "Access token is invalid or expired.",
        )
    })
}

async fn token(headers: HeaderMap, Form(form): Form<HashMap<String, String>>) -> Response {
    let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{USER}:{SECRET}")));
    let known = headers
        .get("authorization")
        .is_some_and(|given| given.as_bytes() == basic.as_bytes());
    if !known || form["grant_type"] != "client_credentials" {
        return failure(
            StatusCode::UNAUTHORIZED,
            "00001",
            "You are not currently authorized to access this product.",
        );
    }
    Json(json!({"access_token": "token-of-a-day", "expiresIn": 86400})).into_response()
}

fn candidate(duns: &str, confidence: u8) -> Value {
    json!({"organization": {"duns": duns, "primaryName": format!("Company {duns}"),
        "registrationNumbers": [{"registrationNumber": "68750110"}]},
        "matchQualityInformation": {"confidenceCode": confidence}})
}

async fn matches(headers: HeaderMap, Query(query): Query<HashMap<String, String>>) -> Response {
    if let Some(refused) = let_in(&headers) {
        return refused;
    }
    assert_eq!(query["countryISOAlpha2Code"], "NL");
    let found = match (
        query.get("registrationNumber"),
        query.get("name").map(String::as_str),
    ) {
        (Some(number), _) if number == "68750110" => vec![candidate("404057723", 10), candidate("1", 4)],
        (_, Some("Jansen")) => vec![candidate("1", 9), candidate("2", 8)],
        (_, Some("Unsure")) => vec![candidate("3", 7)],
        _ => return failure(StatusCode::NOT_FOUND, "20505", "No Match found."),
    };
    Json(json!({"candidatesMatchedQuantity": found.len(), "matchCandidates": found})).into_response()
}

fn told(class: Value, limit: Value) -> Value {
    json!({"organization": {"duns": "404057723", "dunsControlStatus": {"operatingStatus": {"description": "Active"}},
        "dnbAssessment": {"failureScore": {"classScore": class, "nationalPercentile": 21, "scoreDate": "2026-11-01"},
            "creditLimitRecommendation": {"maximumRecommendedLimit": {"value": limit, "currency": "EUR"}}}}})
}

async fn data(
    State(office): State<Office>,
    headers: HeaderMap,
    Path(duns): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if let Some(refused) = let_in(&headers) {
        return refused;
    }
    assert!(query["blockIDs"].contains("financialstrengthinsight_L2_v1") && duns == "404057723");
    let set = office.data.lock().unwrap().clone();
    Json(set.unwrap_or_else(|| told(json!(4), json!(8000)))).into_response()
}

async fn bench() -> (Bench, Office) {
    let office = Office::default();
    let router = Router::new()
        .route("/v3/token", post(token))
        .route("/v1/match/cleanseMatch", get(matches))
        .route("/v1/data/duns/{duns}", get(data))
        .with_state(office.clone());
    (Bench::start(router).await, office)
}

#[tokio::test]
async fn a_report_comes_in_the_ledgers_form_and_every_no_answer_is_its_own() {
    let (bench, _) = bench().await;
    let information = asked(&bench.client(SERVICE), &dutch()).await.unwrap();
    let report = information.report.unwrap();
    assert_eq!(information.original, "failure class 4, percentile 21");
    assert_eq!((report.failure_per_mille, report.marks.len()), (Some(60), 0));
    assert_eq!(report.advised_limit, Some(Money::new(800_000, Currency::EUR)));
    common(SERVICE, &bench, &dutch(), Some(FREE), PAID).await;
    charged_once(SERVICE, &bench, &dutch(), PAID).await;
    bench.control.forget();
    let mut subject = dutch();
    (subject.registration, subject.name) = (String::new(), "Jansen".into());
    let answer = asked(&bench.client(SERVICE), &subject).await;
    is_none(
        SERVICE,
        "several match",
        answer,
        |why| matches!(why, Why::SeveralMatches(some) if some.len() == 2),
    );
    for (case, name) in [("one unsure match", "Unsure"), ("none match", "Nobody")] {
        subject.name = name.into();
        let answer = asked(&bench.client(SERVICE), &subject).await;
        is_none(SERVICE, case, answer, |why| matches!(why, Why::NotFound(_)));
    }
    let words = r#"{"error": {"errorCode": "21004", "errorMessage": "Not entitled to block financialstrengthinsight"}}"#;
    bench.control.next(PAID, Fault::Status(403, words));
    let answer = asked(&bench.client(SERVICE), &dutch()).await;
    is_none(
        SERVICE,
        "block not in the contract",
        answer,
        |why| matches!(why, Why::NotPermitted(text) if text.contains("Not entitled")),
    );
}

#[tokio::test]
async fn a_token_that_ran_out_is_renewed_once_and_wrong_credentials_are_said() {
    let (bench, _) = bench().await;
    let client = bench.client(SERVICE);
    let company = client.find(&dutch()).await.unwrap();
    bench.control.next(PAID, Fault::Status(401, "{}"));
    client.report(&company).await.unwrap();
    assert_eq!(bench.control.count("/v3/token"), 2);
    row(SERVICE, "token ran out in between", "renewed once, ok");
    bench.control.next("/v3/token", Fault::Status(401, "{}"));
    let answer = asked(&bench.client(SERVICE), &dutch()).await;
    is_none(SERVICE, "key refused", answer, |why| {
        *why == Why::CredentialsRefused
    });
}

#[tokio::test]
async fn absurd_answers_are_no_answers() {
    let (bench, office) = bench().await;
    let mut other = told(json!(1), json!(1));
    other["organization"]["duns"] = json!("999999999");
    let absurd = [
        ("class 0", told(json!(0), json!(1))),
        ("class 6", told(json!(6), json!(1))),
        ("class 2.5", told(json!(2.5), json!(1))),
        ("limit -1", told(json!(1), json!(-1))),
        ("another company", other),
        ("nothing assessed", json!({"organization": {"duns": "404057723"}})),
    ];
    for (case, answer) in absurd {
        *office.data.lock().unwrap() = Some(answer);
        let answer = asked(&bench.client(SERVICE), &dutch()).await;
        is_none(SERVICE, case, answer, |why| matches!(why, Why::NotUnderstood(_)));
    }
}
