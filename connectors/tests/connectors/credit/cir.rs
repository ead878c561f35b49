use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use maan_connectors::credit::{Insolvency, Service, Why};
use maan_ledger::LegalSituation;
use roxmltree::Document;

use super::support::{Bench, Fault, SECRET, USER, asked, belgian, common, dutch, is_none, row};

const SERVICE: Service = Service::Cir;
const PATH: &str = "POST /";

fn envelope(body: &str) -> Response {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\">\
         <soap:Body>{body}</soap:Body></soap:Envelope>"
    );
    ([("content-type", "application/soap+xml; charset=utf-8")], text).into_response()
}

fn fault(words: &str) -> Response {
    let body = envelope(&format!(
        "<soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code>\
        <soap:Reason><soap:Text xml:lang=\"en\">{words}</soap:Text></soap:Reason></soap:Fault>"
    ));
    (StatusCode::INTERNAL_SERVER_ERROR, body).into_response()
}

fn list(marks: &[&str]) -> Response {
    let marks: String = marks
        .iter()
        .map(|mark| format!("<publicatieKenmerk>{mark}</publicatieKenmerk>"))
        .collect();
    envelope(&format!(
        "<searchUndertakingResponse xmlns=\"http://www.rechtspraak.nl/namespaces/cir01\"><searchUndertakingResult>\
         <publicatieLijst extractieDatum=\"2026-11-20\">{marks}</publicatieLijst>\
         </searchUndertakingResult></searchUndertakingResponse>"
    ))
}

fn case(publications: &[(&str, &str)]) -> Response {
    let publication = |(day, words): &(&str, &str)| {
        format!(
            "<publicatie><publicatieDatum>{day}</publicatieDatum><publicatieOmschrijving>{words}</publicatieOmschrijving></publicatie>"
        )
    };
    let all: String = publications.iter().map(publication).collect();
    envelope(&format!(
        "<getCaseResponse xmlns=\"http://www.rechtspraak.nl/namespaces/cir01\"><getCaseResult>\
         <insolvente xmlns=\"http://www.rechtspraak.nl/namespaces/inspubber01\"><publicatiegeschiedenis>{all}\
         </publicatiegeschiedenis></insolvente></getCaseResult></getCaseResponse>"
    ))
}

async fn register(headers: HeaderMap, body: String) -> Response {
    let kind = headers["content-type"].to_str().unwrap();
    assert!(
        kind.starts_with("application/soap+xml") && kind.contains("/CIRSoap/"),
        "{kind}"
    );
    let document = Document::parse(&body).unwrap();
    let text = |name: &str| {
        let found = document.descendants().find(|node| node.tag_name().name() == name);
        found.and_then(|node| node.text()).unwrap_or_default().to_owned()
    };
    if (text("Username").as_str(), text("Password").as_str()) != (USER, SECRET) {
        return fault("The security token could not be authenticated or authorized");
    }
    match (
        text("commercialRegisterID").as_str(),
        text("publicationNumber").as_str(),
    ) {
        ("68750110", _) => list(&[]),
        ("11111111", _) => list(&["10.rot.26.123.F.1311.1.26", "10.rot.26.123.F.1312.1.26"]),
        ("22222222", _) => list(&["40.ams.20.7.S.1300.1.20"]),
        ("33333333", _) => list(&["who.knows"]),
        ("44444444", _) => list(&["10.rot.26.124.F.1311.1.26"]),
        ("55555555", _) => envelope("<searchUndertakingResponse/>"),
        (_, "10.rot.26.123.F.1312.1.26") => case(&[
            ("2026-11-10", "Uitspraak faillissement op 9 november 2026"),
            ("2026-11-14", "Wijziging curator"),
        ]),
        (_, "40.ams.20.7.S.1300.1.20") => case(&[
            ("2020-03-01", "Voorlopige surseance verleend"),
            ("2020-06-01", "Einde surseance op 30 mei 2020"),
        ]),
        (_, "10.rot.26.124.F.1311.1.26") => case(&[("no day", "Uitspraak faillissement")]),
        _ => fault("unknown question"),
    }
}

#[tokio::test]
async fn the_register_tells_what_is_in_force_and_no_answer_is_never_none_known() {
    let bench = Bench::start(Router::new().route("/", post(register))).await;
    let about = async |number: &str| {
        let mut subject = dutch();
        subject.registration = number.into();
        asked(&bench.client(SERVICE), &subject).await
    };
    let clean = about("68750110").await.unwrap();
    assert_eq!(
        (clean.insolvency, clean.original.as_str()),
        (Insolvency::None, "no publications")
    );
    common(SERVICE, &bench, &dutch(), None, PATH).await;
    bench.control.forget();
    let bankrupt = about("11111111").await.unwrap().insolvency;
    let Insolvency::Situations(cases) = bankrupt else {
        panic!("{bankrupt:?}")
    };
    assert_eq!(cases.len(), 1, "two publications of one case");
    assert_eq!(
        (cases[0].0, cases[0].1.to_string(), cases[0].2),
        (LegalSituation::Bankruptcy, "2026-11-10".into(), None)
    );
    row(SERVICE, "a bankruptcy in force", "bankruptcy since 2026-11-10");
    let Insolvency::Situations(cases) = about("22222222").await.unwrap().insolvency else {
        panic!()
    };
    assert_eq!(cases[0].2.map(|day| day.to_string()), Some("2020-06-01".into()));
    row(SERVICE, "a moratorium that ended", "moratorium until 2020-06-01");
    for (case, number) in [
        ("a mark nobody knows", "33333333"),
        ("a publication without a day", "44444444"),
        ("no list", "55555555"),
    ] {
        is_none(SERVICE, case, about(number).await, |why| {
            matches!(why, Why::NotUnderstood(_))
        });
    }
    let answer = asked(&bench.client(SERVICE), &belgian()).await;
    is_none(SERVICE, "a Belgian company", answer, |why| {
        matches!(why, Why::NothingToAskBy(_))
    });
    let refusal = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><s:Fault><s:Reason>\
        <s:Text>The security token could not be authenticated</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>";
    bench.control.next(PATH, Fault::Status(500, refusal));
    is_none(SERVICE, "password refused", about("68750110").await, |why| {
        *why == Why::CredentialsRefused
    });
    let busy = refusal.replace("The security token could not be authenticated", "busy");
    bench.control.next(PATH, Fault::Status(500, busy.leak()));
    is_none(
        SERVICE,
        "a fault",
        about("68750110").await,
        |why| matches!(why, Why::Unavailable(text) if text == "busy"),
    );
}
