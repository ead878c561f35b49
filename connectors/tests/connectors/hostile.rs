//! Answers that no platform should give.

use std::sync::{Arc, Mutex};

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use maan_connectors::{Platform as _, Remedy};
use serde_json::json;

use crate::platform::Platform;
use crate::support::{Books, note_on};

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
    let error = platform.moneybird.write(&note_on("1", "")).await.unwrap_err();
    assert!(
        error.to_string().contains("refused with 400 (Ids is required)"),
        "{error}"
    );
}
