use axum::routing::post;
use axum::{Json, Router};
use maan_connectors::credit::{Service, Why};
use serde_json::{Value, json};

use super::support::{Bench, Fault, asked, common, dutch, is_none, row};

const SERVICE: Service = Service::Vies;
const PATH: &str = "/check-vat-number";

async fn check(Json(body): Json<Value>) -> Json<Value> {
    assert!(
        body["countryCode"].is_string() && body["vatNumber"].is_string(),
        "{body}"
    );
    let (country, number) = (
        body["countryCode"].as_str().unwrap(),
        body["vatNumber"].as_str().unwrap(),
    );
    let valid = |name: &str| json!({"countryCode": country, "vatNumber": number, "valid": true, "name": name, "userError": "VALID"});
    Json(match (country, number) {
        ("NL", "823100000B01") => valid("JANSEN BOUW B.V."),
        ("DE", _) => valid("---"),
        ("FR", _) => json!({"actionSucceed": false, "errorWrappers": [{"error": "MS_UNAVAILABLE"}]}),
        ("IT", _) => json!({"valid": false, "userError": "MS_MAX_CONCURRENT_REQ"}),
        ("ES", _) => json!({"valid": false, "userError": "TIMEOUT"}),
        ("AT", _) => json!({"actionSucceed": false, "errorWrappers": [{"error": "IP_BLOCKED"}]}),
        ("PL", _) => json!({"valid": false, "userError": "BRAND_NEW_CODE"}),
        ("SE", _) => json!({"name": "x"}),
        _ => json!({"valid": false, "userError": "INVALID"}),
    })
}

#[tokio::test]
async fn a_number_is_valid_or_not_and_a_state_that_does_not_answer_is_no_verdict() {
    let bench = Bench::start(Router::new().route(PATH, post(check))).await;
    let asked_for = async |vat: &str| {
        let mut subject = dutch();
        subject.vat_number = vat.into();
        asked(&bench.client(SERVICE), &subject).await
    };
    let valid = asked_for("NL823100000B01").await.unwrap();
    assert_eq!(
        (valid.vat_valid, valid.company.name.as_str()),
        (Some(true), "JANSEN BOUW B.V.")
    );
    common(SERVICE, &bench, &dutch(), None, PATH).await;
    bench.control.forget();
    let invalid = asked_for("NL000000000B01").await.unwrap();
    assert_eq!(invalid.vat_valid, Some(false));
    row(
        SERVICE,
        "a number that is not valid",
        "not valid, which is an answer",
    );
    let german = asked_for("DE123456789").await.unwrap();
    assert_eq!(german.company.name, "Jansen Bouw BV", "Germany tells no name");
    for (case, vat) in [
        ("MS_UNAVAILABLE", "FR12345678901"),
        ("MS_MAX_CONCURRENT_REQ", "IT12345678901"),
        ("TIMEOUT", "ESX1234567X"),
    ] {
        is_none(
            SERVICE,
            case,
            asked_for(vat).await,
            |why| matches!(why, Why::Unavailable(code) if code == case),
        );
    }
    is_none(SERVICE, "IP_BLOCKED", asked_for("ATU12345678").await, |why| {
        matches!(why, Why::NotPermitted(_))
    });
    for (case, vat) in [
        ("a code nobody knows", "PL1234567890"),
        ("no verdict in the answer", "SE123456789001"),
    ] {
        is_none(SERVICE, case, asked_for(vat).await, |why| {
            matches!(why, Why::NotUnderstood(_))
        });
    }
    let busy = r#"{"actionSucceed": false, "errorWrappers": [{"error": "GLOBAL_MAX_CONCURRENT_REQ"}]}"#;
    bench.control.next(PATH, Fault::Status(500, busy));
    is_none(
        SERVICE,
        "GLOBAL_MAX_CONCURRENT_REQ, 500",
        asked_for("NL823100000B01").await,
        |why| matches!(why, Why::Unavailable(_)),
    );
}
