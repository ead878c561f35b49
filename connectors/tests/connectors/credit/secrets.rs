//! No password, key, token or hash shows itself, whatever a service repeats of what it was sent.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maan_connectors::credit::{Credentials, Service};
use serde_json::json;

use super::support::{Bench, INTEGRATOR_SECRET, SECRET, asked, belgian, credentials, dutch};

const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.office.token";

/// Repeats all that it was sent, in every form in which a service here tells of an error.
async fn echo(status: StatusCode, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path.ends_with("/authenticate") || path.ends_with("/token") {
        return axum::Json(json!({"token": TOKEN, "access_token": TOKEN})).into_response();
    }
    let headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    let soap = headers.iter().any(|header| header.contains("xml"));
    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
    let said = format!(
        "you sent {} {}",
        headers.join(" "),
        String::from_utf8_lossy(&body)
    );
    if soap {
        let said = said.replace('&', "&amp;").replace('<', "&lt;");
        let fault = format!(
            "<Envelope><Body><Fault><faultstring>{said}</faultstring></Fault><GetCompanyByVatResult>\
             <StatusCode>9</StatusCode><StatusMessage>{said}</StatusMessage></GetCompanyByVatResult></Body></Envelope>"
        );
        return (status, fault).into_response();
    }
    let body = json!({"message": said, "error": {"errorCode": "1", "errorMessage": said}, "errorWrappers": [{"error": said}],
        "fout": [{"code": "1", "omschrijving": said}], "userError": said});
    (status, axum::Json(body)).into_response()
}

#[tokio::test]
async fn no_error_and_no_debug_form_holds_a_secret() {
    let silent = |shown: &str| {
        for secret in [SECRET, INTEGRATOR_SECRET, TOKEN, "eyJhbGci"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    };
    let mut told = 0;
    for status in [200, 400, 401, 403, 404, 422, 429, 500, 503] {
        let status = StatusCode::from_u16(status).unwrap();
        let bench = Bench::start(Router::new().fallback(move |request| echo(status, request))).await;
        for service in Service::ALL
            .into_iter()
            .filter(|service| *service != Service::Kbo)
        {
            let client = bench.client(service);
            let subject = if service == Service::Companyweb {
                belgian()
            } else {
                dutch()
            };
            silent(&format!("{client:?} {client:#?}"));
            let no_answer = asked(&client, &subject).await.unwrap_err();
            silent(&format!("{no_answer} {no_answer:?} {no_answer:#?} {client:?}"));
            told += 1;
        }
    }
    println!("{told} refusals that repeat what was sent: no secret in any message or debug form");
}

#[test]
fn credentials_survive_being_kept_and_never_show_themselves() {
    let kept = credentials().to_json().unwrap();
    let back = Credentials::from_json(&kept).unwrap();
    assert_eq!(
        back.to_json().map(|json| format!("{json:?}")),
        Ok(format!("{kept:?}"))
    );
    let shown = format!("{back:?} {kept:?}");
    assert!(
        !shown.contains(SECRET) && !shown.contains(INTEGRATOR_SECRET),
        "{shown}"
    );
    let damaged = secrecy::SecretString::from(format!("{{\"secret\":\"{SECRET}\""));
    let error = Credentials::from_json(&damaged).unwrap_err();
    assert!(!format!("{error} {error:?}").contains(SECRET));
}
