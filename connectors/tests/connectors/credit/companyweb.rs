use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use maan_connectors::credit::{Service, Why};
use maan_ledger::{Currency, Money};
use roxmltree::Document;
use sha1::{Digest, Sha1};

use super::support::{
    Bench, Fault, INTEGRATOR_SECRET, SECRET, USER, asked, belgian, charged_once, common, dutch, is_none, row,
};

const SERVICE: Service = Service::Companyweb;
const PATH: &str = "POST /";

#[derive(Clone, Default)]
struct Office {
    answer: Arc<Mutex<Option<String>>>,
}

fn envelope(result: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <s:Body><GetCompanyByVatResponse xmlns=\"http://tempuri.org/\"><GetCompanyByVatResult>{result}\
         </GetCompanyByVatResult></GetCompanyByVatResponse></s:Body></s:Envelope>"
    )
}

fn company(score: &str, limit: &str, more: &str) -> String {
    let field = |name: &str, value: &str| {
        format!("<{name}><IsEnabled>true</IsEnabled><Value>{value}</Value></{name}>")
    };
    envelope(&format!(
        "<StatusCode>0</StatusCode><StatusMessage>OK</StatusMessage><CompanyResponse>{}<Score><IsEnabled>true</IsEnabled>\
         <Value><ScoreAsInt>{score}</ScoreAsInt></Value></Score><CreditLimit>{}</CreditLimit>\
         <CompanyStatus><Value><Code>1</Code><Info>Actief</Info></Value></CompanyStatus>{more}</CompanyResponse>",
        field("CompanyName", "Peeters &amp; Zonen NV"),
        field("Limit", limit)
    ))
}

fn refusal(code: &str, message: &str) -> String {
    envelope(&format!(
        "<StatusCode>{code}</StatusCode><StatusMessage>{message}</StatusMessage>"
    ))
}

async fn service(State(office): State<Office>, headers: HeaderMap, body: String) -> String {
    assert!(
        headers["soapaction"]
            .to_str()
            .unwrap()
            .contains("GetCompanyByVat")
    );
    assert!(headers["content-type"].to_str().unwrap().starts_with("text/xml"));
    let document = Document::parse(&body).unwrap();
    let text = |name: &str| {
        let found = document.descendants().find(|node| node.tag_name().name() == name);
        found.and_then(|node| node.text()).unwrap_or_default().to_owned()
    };
    let digest = Sha1::digest(format!("20261121{USER}{SECRET}{INTEGRATOR_SECRET}").to_lowercase());
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let known = text("CompanyWebLogin") == USER && text("CompanyWebPassword") == SECRET;
    if !known || text("ServiceIntegrator") != "maan" || text("LoginHash") != hash {
        return refusal("101", "Login failed");
    }
    if text("VatNumber") != "0403170701" {
        return refusal("301", "Company not found");
    }
    let set = office.answer.lock().unwrap().clone();
    set.unwrap_or_else(|| company("-4", "15000", ""))
}

async fn bench() -> (Bench, Office) {
    let office = Office::default();
    let router = Router::new().route("/", post(service)).with_state(office.clone());
    (Bench::start(router).await, office)
}

#[tokio::test]
async fn a_report_comes_in_the_ledgers_form_and_every_no_answer_is_its_own() {
    let (bench, office) = bench().await;
    let information = asked(&bench.client(SERVICE), &belgian()).await.unwrap();
    let report = information.report.unwrap();
    assert_eq!(information.company.name, "Peeters & Zonen NV");
    assert_eq!(report.failure_per_mille, Some(80));
    assert_eq!(report.advised_limit, Some(Money::new(1_500_000, Currency::EUR)));
    common(SERVICE, &bench, &belgian(), None, PATH).await;
    charged_once(SERVICE, &bench, &belgian(), PATH).await;
    bench.control.forget();
    let answer = asked(&bench.client(SERVICE), &dutch()).await;
    is_none(SERVICE, "a Dutch company", answer, |why| {
        matches!(why, Why::NothingToAskBy(_))
    });
    let mut other = belgian();
    other.registration = "0202239951".into();
    let answer = asked(&bench.client(SERVICE), &other).await;
    is_none(SERVICE, "not found", answer, |why| {
        matches!(why, Why::NotFound(_))
    });
    let fault = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>\
        <faultcode>s:Server</faultcode><faultstring>database is away</faultstring></s:Fault></s:Body></s:Envelope>";
    bench.control.next(PATH, Fault::Status(500, fault));
    let answer = asked(&bench.client(SERVICE), &belgian()).await;
    is_none(
        SERVICE,
        "a fault",
        answer,
        |why| matches!(why, Why::Unavailable(text) if text == "database is away"),
    );
    for (case, code, message) in [
        ("login refused", "101", "Login failed"),
        ("no access by contract", "201", "No access to this product"),
        ("an unknown code", "999", "Oops"),
    ] {
        *office.answer.lock().unwrap() = Some(refusal(code, message));
        let answer = asked(&bench.client(SERVICE), &belgian()).await;
        is_none(SERVICE, case, answer, |why| match code {
            "101" => *why == Why::CredentialsRefused,
            "201" => matches!(why, Why::NotPermitted(_)),
            _ => matches!(why, Why::NotUnderstood(_)),
        });
    }
}

#[tokio::test]
async fn absurd_and_hostile_answers_are_no_answers() {
    let (bench, office) = bench().await;
    let bomb =
        "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]>".to_owned() + &company("1", "1", "&c;");
    let hostile = [
        ("score 900", company("900", "1", "")),
        ("score of words", company("excellent", "1", "")),
        ("limit -1", company("1", "-1", "")),
        ("entities that grow", bomb),
        (
            "no result",
            envelope("").replace("GetCompanyByVatResult", "Other"),
        ),
        (
            "half an envelope",
            company("1", "1", "").chars().take(200).collect(),
        ),
    ];
    for (case, answer) in hostile {
        *office.answer.lock().unwrap() = Some(answer);
        let answer = asked(&bench.client(SERVICE), &belgian()).await;
        is_none(SERVICE, case, answer, |why| matches!(why, Why::NotUnderstood(_)));
    }
    let disabled = company("1", "1", "").replace("<Score><IsEnabled>true", "<Score><IsEnabled>false");
    *office.answer.lock().unwrap() = Some(disabled);
    let information = asked(&bench.client(SERVICE), &belgian()).await.unwrap();
    let report = information.report.unwrap();
    assert_eq!(
        (report.failure_per_mille, report.marks),
        (None, vec!["not-rated".to_owned()])
    );
    row(
        SERVICE,
        "score not in the contract",
        "said, and no chance of zero",
    );
}
