//! Faults on demand, throttling and control.

use crate::support::{Server, start, start_with};
use maan_practice::{Fault, Throttle};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

#[tokio::test]
async fn requests_beyond_the_limit_wait_for_the_next_window() {
    let throttle = Throttle {
        requests: 5,
        window: Duration::from_secs(2),
    };
    let server = start_with(10, |config| config.throttle = Some(throttle)).await;
    let api = server.connect().await;
    for left in (0..5).rev() {
        let got = api.get("administrations.json").await;
        assert_eq!(
            (got.status, got.headers["ratelimit-remaining"].to_str().unwrap()),
            (200, left.to_string().as_str())
        );
        assert_eq!(got.headers["ratelimit-limit"], "5");
    }
    let refused = api.get("administrations.json").await;
    assert_eq!((refused.status, &refused.body), (429, &json!("Retry later")));
    let until: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert_eq!(
        refused.headers["ratelimit-reset"]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap(),
        until
    );
    assert!(
        (unix_now()..=unix_now() + 3).contains(&until),
        "{until} is Unix time"
    );
    while unix_now() < until {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(api.get("administrations.json").await.status, 200);
    let other = server.connect().await;
    assert_eq!(other.get("administrations.json").await.status, 200);
    server.practice.set_throttle(None);
    for _ in 0..10 {
        assert_eq!(api.get("administrations.json").await.status, 200);
    }
}

#[tokio::test]
async fn the_next_answers_fail_as_told() {
    let server = start(10).await;
    let api = server.connect().await;
    server.practice.fail_next(1, Fault::ServerError);
    server.practice.fail_next(2, Fault::Unavailable);
    server
        .practice
        .fail_next(1, Fault::TooManyRequests { retry_after: 7 });
    server.practice.fail_next(1, Fault::Slow { millis: 300 });
    let mut seen = Vec::new();
    let mut slowest = Duration::ZERO;
    for _ in 0..6 {
        let start = Instant::now();
        let response = api
            .request(Method::GET, "administrations.json")
            .send()
            .await
            .unwrap();
        slowest = slowest.max(start.elapsed());
        seen.push(response.status().as_u16());
    }
    assert_eq!(seen, [500, 503, 503, 429, 200, 200]);
    assert!(slowest >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_cut_answer_has_taken_effect() {
    let server = start(10).await;
    let api = server.connect().await;
    let a = server.administration();
    let contact = api.get(&format!("{a}/contacts.json")).await.body[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    server.practice.fail_next(1, Fault::CutBody);
    let note = json!({ "note": { "note": "once" } });
    let request = api
        .request(Method::POST, &format!("{a}/contacts/{contact}/notes.json"))
        .json(&note);
    let broken = match request.send().await {
        Ok(response) => response.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(broken);
    let shown = api.get(&format!("{a}/contacts/{contact}.json")).await.body;
    assert_eq!(shown["notes"][0]["note"], "once");
}

#[tokio::test]
async fn a_lost_refresh_answer_leaves_the_client_with_a_used_token() {
    let server = start(10).await;
    let api = server.connect().await;
    server.practice.lose_refreshes(1);
    let client = server.practice.client();
    let form = [
        ("client_id", client.id.as_str()),
        ("client_secret", client.secret.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", &api.refresh),
    ];
    let sent = api
        .http
        .post(server.practice.token_url())
        .form(&form)
        .send()
        .await;
    let lost = match sent {
        Ok(response) => response.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(lost);
    let again = api
        .http
        .post(server.practice.token_url())
        .form(&form)
        .send()
        .await
        .unwrap();
    let body: Value = again.json().await.unwrap();
    assert_eq!(body["error"], "invalid_grant");
}

async fn control(server: &Server, path: &str, body: Value) -> (u16, Value) {
    let url = format!("{}/practice{path}", server.practice.base_url());
    let response = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or_default())
}

#[tokio::test]
async fn everything_can_be_told_over_http() {
    let server = start(60).await;
    let api = server.connect().await;
    let status: Value = api
        .http
        .get(format!("{}/practice", server.practice.base_url()))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let one = &status["administrations"][0];
    assert!(one["overdue_cents"].as_i64().unwrap() > 0);
    let (contact, invoice) = (
        &one["showcase"][0]["contact_id"],
        &one["showcase"][3]["sales_invoice_id"],
    );
    assert_eq!(
        control(&server, "/pay", json!({ "sales_invoice_id": invoice }))
            .await
            .0,
        200
    );
    assert_eq!(
        control(&server, "/pay", json!({ "sales_invoice_id": invoice }))
            .await
            .0,
        422
    );
    assert_eq!(
        control(&server, "/call", json!({ "contact_id": contact }))
            .await
            .0,
        204
    );
    assert_eq!(
        control(&server, "/call", json!({ "contact_id": "1" })).await.0,
        404
    );
    assert_eq!(
        control(&server, "/advance", json!({ "to": "2026-12-01" }))
            .await
            .1["now"],
        "2026-12-01T08:00:00"
    );
    assert_eq!(
        control(&server, "/advance", json!({ "to": "2026-11-01" }))
            .await
            .0,
        422
    );
    assert_eq!(control(&server, "/advance", json!({ "to": "soon" })).await.0, 422);
    assert_eq!(
        control(&server, "/faults", json!({ "fault": "server_error", "count": 1 }))
            .await
            .0,
        204
    );
    assert_eq!(
        api.request(Method::GET, "administrations.json")
            .send()
            .await
            .unwrap()
            .status(),
        500
    );
    assert_eq!(
        control(
            &server,
            "/throttle",
            json!({ "requests": 0, "window_seconds": 60 })
        )
        .await
        .0,
        204
    );
    assert_eq!(api.get("administrations.json").await.status, 429);
    let lifted = api
        .http
        .delete(format!("{}/practice/throttle", server.practice.base_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(lifted.status(), 204);
    assert_eq!(
        control(&server, "/oauth", json!({ "do": "expire_access_tokens" }))
            .await
            .0,
        204
    );
    assert_eq!(api.get("administrations.json").await.status, 401);
    let root = api
        .http
        .get(server.practice.base_url())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(root.contains("fictional"));
}
