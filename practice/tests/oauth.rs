//! The authorization server is strict.

use crate::support::{ALL_SCOPES, VERIFIER, browser, start, start_with};
use reqwest::StatusCode;
use std::time::Duration;

#[tokio::test]
async fn the_consent_page_is_a_form_that_works_once() {
    let server = start(10).await;
    let page = browser()
        .get(server.practice.authorize_url())
        .query(&server.authorization(ALL_SCOPES))
        .send()
        .await
        .unwrap();
    let ticket = page.headers()["x-practice-consent"].to_str().unwrap().to_owned();
    let html = page.text().await.unwrap();
    assert!(html.contains("practice") && html.contains(&format!("name=\"consent\" value=\"{ticket}\"")));
    let one = server.administration();
    let form = [
        ("consent", ticket.as_str()),
        ("decision", "allow"),
        ("administration_ids", &one),
    ];
    let first = browser()
        .post(server.practice.authorize_url())
        .form(&form)
        .send()
        .await
        .unwrap();
    let location = url::Url::parse(first.headers()["location"].to_str().unwrap()).unwrap();
    let code = location
        .query_pairs()
        .find(|(key, _)| key == "code")
        .unwrap()
        .1
        .into_owned();
    let again = browser()
        .post(server.practice.authorize_url())
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::BAD_REQUEST);
    let (_, tokens) = server.exchange(&code).await;
    let seen = browser()
        .get(format!("{}/administrations.json", server.practice.api_url()))
        .bearer_auth(tokens["access_token"].as_str().unwrap());
    let seen: serde_json::Value = seen.send().await.unwrap().json().await.unwrap();
    assert_eq!(seen.as_array().unwrap().len(), 1);
    assert_eq!(seen[0]["id"], one.as_str());
}

#[tokio::test]
async fn bad_authorization_requests_are_refused() {
    let server = start(10).await;
    let ask = |change: Option<(&'static str, Option<&'static str>)>| {
        let mut params = server.authorization(ALL_SCOPES);
        if let Some((name, value)) = change {
            params.retain(|(key, _)| *key != name);
            params.extend(value.map(|value| (name, value.to_owned())));
        }
        let request = browser().get(server.practice.authorize_url()).query(&params);
        async move { request.send().await.unwrap() }
    };
    assert_eq!(ask(None).await.status(), StatusCode::OK);
    for wrong in [
        ("client_id", Some("other")),
        ("client_id", None),
        ("redirect_uri", Some("http://127.0.0.1:8311/oauth/callback/")),
        ("redirect_uri", Some("http://127.0.0.1:8311/oauth/callback?x=1")),
        ("redirect_uri", None),
    ] {
        let response = ask(Some(wrong)).await;
        assert_eq!(
            response.status(),
            StatusCode::BAD_REQUEST,
            "{wrong:?} must not be redirected"
        );
    }
    for (wrong, error) in [
        (("code_challenge", None), "invalid_request"),
        (("code_challenge", Some("short")), "invalid_request"),
        (("code_challenge_method", None), "invalid_request"),
        (("code_challenge_method", Some("plain")), "invalid_request"),
        (("response_type", Some("token")), "unsupported_response_type"),
        (("scope", Some("sales_invoices everything")), "invalid_scope"),
    ] {
        let response = ask(Some(wrong)).await;
        assert_eq!(response.status(), StatusCode::FOUND, "{wrong:?}");
        let location = url::Url::parse(response.headers()["location"].to_str().unwrap()).unwrap();
        let params: std::collections::HashMap<_, _> = location.query_pairs().collect();
        assert_eq!(params["error"], error, "{wrong:?}");
        assert_eq!(params["state"], "opaque & strange = state");
        assert!(!params.contains_key("code"));
    }
}

#[tokio::test]
async fn a_code_needs_its_verifier_redirect_and_client() {
    let server = start(10).await;
    let redirect = server.redirect_uri();
    let good = [
        ("grant_type", "authorization_code"),
        ("redirect_uri", redirect.as_str()),
        ("code_verifier", VERIFIER),
    ];
    let code = server.code(ALL_SCOPES).await;
    for (name, value) in [
        (
            "code_verifier",
            "another-verifier-of-at-least-forty-three-characters",
        ),
        ("redirect_uri", "http://127.0.0.1:8311/oauth"),
    ] {
        let mut form = good.to_vec();
        form.retain(|(key, _)| *key != name);
        form.extend([(name, value), ("code", code.as_str())]);
        let (status, body) = server.token_request(&form).await;
        assert_eq!(
            (status, body["error"].as_str()),
            (StatusCode::BAD_REQUEST, Some("invalid_grant")),
            "{name}"
        );
    }
    let without_verifier = [good[0], good[1], ("code", code.as_str())];
    assert_eq!(
        server.token_request(&without_verifier).await.1["error"],
        "invalid_request"
    );
    let form = [good[0], good[1], good[2], ("code", &code)];
    let wrong_secret = browser()
        .post(server.practice.token_url())
        .basic_auth(server.practice.client().id, Some("guess"))
        .form(&form);
    let response = wrong_secret.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let client = server.practice.client();
    let by_basic = browser()
        .post(server.practice.token_url())
        .basic_auth(client.id, Some(client.secret))
        .form(&form);
    assert_eq!(by_basic.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_code_used_twice_ends_its_grant() {
    let server = start(10).await;
    let code = server.code(ALL_SCOPES).await;
    let (_, tokens) = server.exchange(&code).await;
    let (status, body) = server.exchange(&code).await;
    assert_eq!(
        (status, body["error"].as_str()),
        (StatusCode::BAD_REQUEST, Some("invalid_grant"))
    );
    let token = tokens["access_token"].as_str().unwrap();
    let api = browser()
        .get(format!("{}/administrations.json", server.practice.api_url()))
        .bearer_auth(token);
    assert_eq!(api.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn codes_and_access_tokens_expire() {
    let server = start_with(10, |config| {
        config.code_lifetime = Duration::ZERO;
        config.access_token_lifetime = Duration::ZERO;
    })
    .await;
    let code = server.code(ALL_SCOPES).await;
    tokio::time::sleep(Duration::from_millis(5)).await;
    assert_eq!(server.exchange(&code).await.1["error"], "invalid_grant");
    let server = start_with(10, |config| config.access_token_lifetime = Duration::ZERO).await;
    let api = server.connect().await;
    assert_eq!(api.get("administrations.json").await.status, 401);
}

#[tokio::test]
async fn refresh_tokens_rotate_and_reuse_ends_the_grant() {
    let server = start(10).await;
    let mut api = server.connect().await;
    server.practice.expire_access_tokens();
    assert_eq!(api.get("administrations.json").await.status, 401);
    let refresh = |token: String| {
        let server = &server;
        async move {
            server
                .token_request(&[("grant_type", "refresh_token"), ("refresh_token", &token)])
                .await
        }
    };
    let (status, second) = refresh(api.refresh.clone()).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(second["refresh_token"], api.refresh.as_str());
    api.token = second["access_token"].as_str().unwrap().to_owned();
    assert_eq!(api.get("administrations.json").await.status, 200);
    let (status, body) = refresh(api.refresh.clone()).await;
    assert_eq!(
        (status, body["error"].as_str()),
        (StatusCode::BAD_REQUEST, Some("invalid_grant"))
    );
    assert_eq!(
        api.get("administrations.json").await.status,
        401,
        "the grant has ended"
    );
    let (status, _) = refresh(second["refresh_token"].as_str().unwrap().to_owned()).await;
    assert_eq!(
        status,
        StatusCode::BAD_REQUEST,
        "the newest refresh token is dead too"
    );
}

#[tokio::test]
async fn revoking_a_token_ends_its_grant() {
    let server = start(10).await;
    let api = server.connect().await;
    let client = server.practice.client();
    let form = [
        ("client_id", client.id.as_str()),
        ("client_secret", client.secret.as_str()),
        ("token", &api.refresh),
    ];
    let url = format!("{}/oauth/revoke", server.practice.base_url());
    assert_eq!(
        browser().post(&url).form(&form).send().await.unwrap().status(),
        StatusCode::OK
    );
    assert_eq!(api.get("administrations.json").await.status, 401);
    let other = server.connect().await;
    assert_eq!(other.get("administrations.json").await.status, 200);
    server.practice.revoke_grants();
    assert_eq!(other.get("administrations.json").await.status, 401);
}
