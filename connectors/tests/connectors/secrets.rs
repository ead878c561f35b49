//! No token shows itself, whatever goes wrong and however it is printed.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;

use crate::platform::{ACCESS, Platform, REFRESH};
use crate::support::Books;

fn assert_silent(shown: &str) {
    for secret in [ACCESS, REFRESH, "client-5e12"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn no_error_and_no_debug_form_holds_a_secret() {
    let platform = Platform::start().await;
    assert_silent(&format!(
        "{:?} {:#?} {:?}",
        platform.moneybird,
        platform.moneybird,
        platform.vault.tokens()
    ));
    // a platform that repeats what it was sent, with every status
    for status in [400, 401, 403, 404, 409, 422, 429, 500, 503] {
        let status = StatusCode::from_u16(status).unwrap();
        platform.instead(move |headers| {
            let sent = headers
                .get(header::AUTHORIZATION)
                .map(|value| value.to_str().unwrap().to_owned());
            let told = format!("you sent {}", sent.unwrap_or_default());
            let body = json!({"error": told, "error_description": format!("{told} {REFRESH} client-5e12")});
            Some((status, axum::Json(body)).into_response())
        });
        let error = Books::default().read(&platform.moneybird).await.unwrap_err();
        assert_silent(&format!("{error} {error:?} {error:#?}"));
    }
}
