use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use maan_connectors::credit::{Insolvency, Service, Why};
use maan_ledger::DebtorKind;
use serde_json::{Value, json};

use super::support::{Bench, Fault, SECRET, asked, belgian, common, dutch, is_none, row};

const SERVICE: Service = Service::Kvk;
const SEARCH: &str = "/api/v2/zoeken";
const PROFILE: &str = "/api/v1/basisprofielen";

fn let_in(headers: &HeaderMap) -> Option<Response> {
    let known = headers
        .get("apikey")
        .is_some_and(|given| given.as_bytes() == SECRET.as_bytes());
    (!known).then(|| StatusCode::UNAUTHORIZED.into_response())
}

fn fault(status: StatusCode, code: &str, words: &str) -> Response {
    (
        status,
        Json(json!({"fout": [{"code": code, "omschrijving": words}]})),
    )
        .into_response()
}

fn branch(number: &str, name: &str) -> Value {
    json!({"kvkNummer": number, "vestigingsnummer": "000037178598", "naam": name, "type": "hoofdvestiging"})
}

async fn search(headers: HeaderMap, Query(query): Query<HashMap<String, String>>) -> Response {
    if let Some(refused) = let_in(&headers) {
        return refused;
    }
    let also_ended = query
        .get("inclusiefInactieveRegistraties")
        .is_some_and(|given| given == "true");
    let found = match (query.get("kvkNummer"), query.get("naam").map(String::as_str)) {
        (Some(number), _)
            if number == "68750110" || also_ended && number == "68750111" || number == "11111111" =>
        {
            vec![
                branch(number, "Jansen Bouw"),
                branch(number, "Jansen Bouw winkel"),
            ]
        }
        (_, Some("Jansen Bouw B.V.")) => vec![branch("68750110", "Jansen bouw bv")],
        (_, Some("Bouw")) => vec![branch("68750110", "Jansen bouw bv")],
        (_, Some("Jansen")) => vec![branch("11111111", "Jansen A"), branch("22222222", "Jansen B")],
        _ => {
            return fault(
                StatusCode::NOT_FOUND,
                "IPD5200",
                "Geen resultaat gevonden voor de opgegeven parameters.",
            );
        }
    };
    Json(json!({"pagina": 1, "totaal": found.len(), "resultaten": found})).into_response()
}

async fn profile(headers: HeaderMap, Path(number): Path<String>) -> Response {
    if let Some(refused) = let_in(&headers) {
        return refused;
    }
    let registration = match number.as_str() {
        "68750111" => json!({"datumAanvang": "20200101", "datumEinde": "20251231"}),
        "11111111" => json!({"datumAanvang": "20200101", "datumEinde": "soon"}),
        _ => json!({"datumAanvang": "20200101"}),
    };
    let form = match number.as_str() {
        "68750111" => "Eenmanszaak",
        _ => "BeslotenVennootschap",
    };
    Json(json!({
        "kvkNummer": number, "naam": "Jansen Bouw BV", "materieleRegistratie": registration,
        "_embedded": {"eigenaar": {"rechtsvorm": form}},
    }))
    .into_response()
}

async fn bench() -> Bench {
    let router = Router::new()
        .route("/api/v2/zoeken", get(search))
        .route("/api/v1/basisprofielen/{number}", get(profile));
    Bench::start(router).await
}

#[tokio::test]
async fn the_register_tells_whether_a_company_exists_and_every_no_answer_is_its_own() {
    let bench = bench().await;
    let information = asked(&bench.client(SERVICE), &dutch()).await.unwrap();
    assert_eq!(information.original, "registered; BeslotenVennootschap");
    assert_eq!((information.dissolved_since, &information.report), (None, &None));
    assert_eq!(information.kind, None, "a company, as the books say");
    assert_eq!(
        information.insolvency,
        Insolvency::NotTold,
        "it does not tell insolvency"
    );
    common(SERVICE, &bench, &dutch(), Some(SEARCH), PROFILE).await;
    bench.control.forget();
    let mut subject = dutch();
    subject.registration = "68750111".into();
    let ended = asked(&bench.client(SERVICE), &subject).await.unwrap();
    assert_eq!(
        ended.dissolved_since.map(|day| day.to_string()),
        Some("2025-12-31".into())
    );
    assert_eq!(ended.kind, Some(DebtorKind::SoleTrader));
    row(SERVICE, "a company that ended", "dissolved since 2025-12-31");
    subject.registration = "11111111".into();
    let answer = asked(&bench.client(SERVICE), &subject).await;
    is_none(SERVICE, "an end without a day", answer, |why| {
        matches!(why, Why::NotUnderstood(_))
    });
    (subject.registration, subject.name) = (String::new(), "Jansen".into());
    let answer = asked(&bench.client(SERVICE), &subject).await;
    is_none(
        SERVICE,
        "several match",
        answer,
        |why| matches!(why, Why::SeveralMatches(some) if some.len() == 2),
    );
    subject.name = "Jansen Bouw B.V.".into();
    let named = asked(&bench.client(SERVICE), &subject).await.unwrap();
    assert_eq!(named.company.id, "68750110", "the very name");
    subject.name = "Bouw".into();
    let answer = asked(&bench.client(SERVICE), &subject).await;
    is_none(
        SERVICE,
        "another name fits",
        answer,
        |why| matches!(why, Why::SeveralMatches(some) if some.len() == 1),
    );
    subject.name = "Nobody".into();
    let answer = asked(&bench.client(SERVICE), &subject).await;
    is_none(SERVICE, "none match", answer, |why| {
        matches!(why, Why::NotFound(_))
    });
    let answer = asked(&bench.client(SERVICE), &belgian()).await;
    is_none(SERVICE, "a Belgian company", answer, |why| {
        matches!(why, Why::NothingToAskBy(_))
    });
    bench.control.next(SEARCH, Fault::Status(401, ""));
    let answer = asked(&bench.client(SERVICE), &dutch()).await;
    is_none(SERVICE, "key refused", answer, |why| {
        *why == Why::CredentialsRefused
    });
    let words = r#"{"fout": [{"code": "IPD1002", "omschrijving": "Ongeldig KVK-nummer"}]}"#;
    bench.control.next(PROFILE, Fault::Status(400, words));
    let answer = asked(&bench.client(SERVICE), &dutch()).await;
    is_none(
        SERVICE,
        "refused in its own words",
        answer,
        |why| matches!(why, Why::Refused { status: 400, detail } if detail == "Ongeldig KVK-nummer"),
    );
}
