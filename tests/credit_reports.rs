//! Credit reports from a bureau that is served here: ordered before the call, within the budget, once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::support::{Answer, Installation, Kind, Platform};

const PASSWORD: &str = "b0-peep-has-lost-her-sheep";

/// A stand-in for Creditsafe: knows every company, and counts what it sells.
#[derive(Clone, Default)]
struct Bureau {
    sold: Arc<Mutex<HashMap<String, usize>>>,
    sign_ins: Arc<AtomicUsize>,
    away: Arc<AtomicUsize>,
}

async fn authenticate(State(bureau): State<Bureau>, Json(body): Json<Value>) -> Response {
    bureau.sign_ins.fetch_add(1, Ordering::SeqCst);
    match body == json!({"username": "office", "password": PASSWORD}) {
        true => Json(json!({"token": "good"})).into_response(),
        false => StatusCode::UNAUTHORIZED.into_response(),
    }
}

async fn companies(headers: HeaderMap, Query(query): Query<HashMap<String, String>>) -> Response {
    if headers.get("authorization").is_none_or(|token| token != "good") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let by = ["regNo", "vatNo", "name"]
        .into_iter()
        .find_map(|name| query.get(name))
        .unwrap();
    let number = query.get("regNo").map_or("", String::as_str);
    let company = json!({"id": format!("NL-{by}"), "name": by, "regNo": number, "status": "Active"});
    Json(json!({"companies": [company]})).into_response()
}

async fn report(State(bureau): State<Bureau>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    if headers.get("authorization").is_none_or(|token| token != "good") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if bureau.away.load(Ordering::SeqCst) > 0 {
        return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "900")]).into_response();
    }
    *bureau.sold.lock().unwrap().entry(id).or_default() += 1;
    let rating = json!({"commonValue": "D", "providerValue": {"value": "12"}, "creditLimit": {"currency": "EUR", "value": 500}});
    Json(json!({"report": {"creditScore": {"currentCreditRating": rating}}})).into_response()
}

impl Bureau {
    async fn serve(&self) -> String {
        let router = Router::new()
            .route("/authenticate", post(authenticate))
            .route("/companies", get(companies))
            .route("/companies/{id}", get(report))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        url
    }

    fn sold(&self) -> usize {
        self.sold.lock().unwrap().values().sum()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prev_8_ops_7_reports_are_ordered_before_the_call_within_the_budget_and_once_on_sqlite() {
    ordered(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prev_8_ops_7_reports_are_ordered_before_the_call_within_the_budget_and_once_on_postgresql() {
    ordered(Kind::Postgres).await;
}

async fn add(installation: &Installation, url: &str) -> Answer {
    std::fs::write(installation.path("password"), format!("{PASSWORD}\n")).unwrap();
    let file = installation.path("password");
    let secret = file.to_str().unwrap();
    let mut words = vec!["credit-information", "add", "creditsafe", "--user", "office"];
    words.extend(["--secret-file", secret, "--url", url, "--price", "4.50"]);
    installation.maan(&words).await
}

async fn orders(installation: &Installation, state: &str) -> Vec<Value> {
    let all = installation
        .ask(&["worklist", "--all", "--limit", "100000"])
        .await;
    let all = all.as_array().unwrap().clone();
    let is_order =
        |line: &&Value| line["what"].as_str().unwrap().starts_with("order report") && line["state"] == state;
    all.iter().filter(is_order).cloned().collect()
}

async fn ordered(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let platform = Platform::start(40).await;
    let installation = Installation::new(kind).await;
    installation.mails_to(&platform.practice);
    installation
        .connect(&platform, &["--preset", "result"])
        .await
        .good();
    installation.ask(&["run", "--no-send"]).await;
    let wanted = orders(&installation, "to-do").await.len();
    assert!(wanted > 4, "{wanted} orders");
    installation
        .maan(&["reports"])
        .await
        .problem(3, &["maan credit-information add"]);

    let bureau = Bureau::default();
    let url = bureau.serve().await;
    let added = add(&installation, &url).await.good();
    assert!(added.out.contains("nothing may be spent yet"), "{}", added.out);
    assert!(!added.out.contains(PASSWORD) && !added.err.contains(PASSWORD));
    let nothing = installation.ask(&["reports"]).await;
    assert_eq!(
        nothing["reports"]["orders"],
        json!([]),
        "nobody approved anything"
    );

    // two reports fit in the budget, the rest is a task for a person
    installation
        .ask(&[
            "credit-information",
            "set",
            "monthly_budget=9.50",
            "automatic=true",
        ])
        .await;
    let first = installation.maan(&["--json", "reports"]).await;
    assert_eq!(first.code, Some(4), "{} {}", first.out, first.err);
    let first = first.json();
    assert_eq!(bureau.sold(), 2, "{first}");
    let lines = first["reports"]["orders"].as_array().unwrap().clone();
    let of = |state: &str| lines.iter().filter(|line| line["state"] == state).count();
    assert_eq!(of("done"), 2, "{first}");
    assert!(of("to-do") >= 1, "{first}");
    let too_dear = |line: &&Value| {
        line["outcome"]
            .as_str()
            .unwrap()
            .contains("maan credit-information set")
    };
    assert_eq!(lines.iter().filter(too_dear).count(), of("to-do"), "{first}");
    assert_eq!(first["reports"]["spent"], "EUR 9.00", "{first}");

    // the next run uses them, and nothing is ordered twice
    installation.ask(&["run", "--no-send"]).await;
    installation.ask(&["reports"]).await;
    assert_eq!(bureau.sold(), 2);
    let debtor = lines.iter().find(|line| line["state"] == "done").unwrap()["debtor"]
        .as_str()
        .unwrap();
    let told = installation.ask(&["explain", debtor]).await.to_string();
    assert!(
        told.contains("het rapport van"),
        "the call knows the chance of failing: {told}"
    );

    // a person raises the budget and approves one; the bureau is away for a while, which is no answer and costs nothing
    installation
        .ask(&["credit-information", "set", "monthly_budget=100.00"])
        .await;
    let waiting = orders(&installation, "to-do").await;
    let id = waiting[0]["action"].as_str().unwrap();
    installation.ask(&["approve", id, "--who", "anna"]).await;
    bureau.away.store(1, Ordering::SeqCst);
    let away = installation.ask(&["reports"]).await;
    let line = away["reports"]["orders"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["action"] == *id)
        .unwrap()
        .clone();
    assert_eq!(line["state"], "queued", "{away}");
    assert_eq!(
        (bureau.sold(), &away["reports"]["spent"]),
        (2, &json!("EUR 9.00"))
    );
    bureau.away.store(0, Ordering::SeqCst);
    let soon = installation.ask(&["reports"]).await;
    assert_eq!(
        soon["reports"]["orders"],
        json!([]),
        "it waits for an hour: {soon}"
    );
    installation.wait(3_700);
    let third = installation.ask(&["reports"]).await;
    assert_eq!(
        (bureau.sold(), &third["reports"]["spent"]),
        (3, &json!("EUR 13.50")),
        "{third}"
    );
    assert!(
        bureau.sold.lock().unwrap().values().all(|times| *times == 1),
        "nobody was asked about twice"
    );

    // neither the database nor the list shows the password
    let listed = installation
        .ask(&["credit-information", "list"])
        .await
        .to_string();
    assert!(!listed.contains(PASSWORD), "{listed}");
    for file in ["maan.db", "maan.db-wal"] {
        let bytes = std::fs::read(installation.path(file)).unwrap_or_default();
        assert!(
            !bytes
                .windows(PASSWORD.len())
                .any(|part| part == PASSWORD.as_bytes()),
            "{file}"
        );
    }
    println!(
        "{wanted} orders wanted, 3 sold for 4.50 each, {} sign-ins",
        bureau.sign_ins.load(Ordering::SeqCst)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_used_is_said_with_what_to_do() {
    let platform = Platform::start(3).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    let say = async |arguments: &[&str]| {
        let mut all = vec!["credit-information"];
        all.extend(arguments);
        installation.maan(&all).await
    };
    say(&["add", "graydon"])
        .await
        .problem(3, &["creditsafe, altares, companyweb, kvk, kbo, vies, cir"]);
    say(&["add", "creditsafe"]).await.problem(1, &["--price 4.50"]);
    say(&["add", "creditsafe", "--price", "much"])
        .await
        .problem(1, &["`much`", "4.50"]);
    say(&["add", "creditsafe", "--price", "4.50"])
        .await
        .problem(1, &["--secret-file"]);
    say(&["add", "kvk", "--url", "http://kvk.example"])
        .await
        .problem(1, &["https://"]);
    say(&["set", "bureau=creditsafe"])
        .await
        .problem(1, &["a bureau that was added"]);
    say(&["set", "budget=1"]).await.problem(1, &["monthly_budget"]);
    say(&["set", "monthly_budget=-5"]).await.problem(1, &["100.00"]);
    say(&["remove", "vies"]).await.problem(3, &["VIES is not in use"]);
    say(&["load-kbo", "/nowhere"])
        .await
        .problem(1, &["meta.csv", "unpack"]);
    say(&["add", "vies"]).await.good();
    // another day is played: a real service is not asked
    installation
        .maan(&["reports"])
        .await
        .problem(3, &["--at", "maan credit-information remove vies"]);
}
