//! Registers that are served here and asked about a debtor: by a person, and before a formal step.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::support::{Answer, Installation, Kind};

const KEY: &str = "l7xx-0f-the-office";

/// A company that is registered, one that ended, one that no register knows, a person who trades, a Belgian company and
/// a consumer.
const LIST: &str = "\
debtor-number;debtor-name;debtor-kind;country;registration;vat-number;email;invoice-number;invoice-date;due-date;amount;open-amount
100;Jansen Bouw BV;business;NL;68750110;NL823100000B01;jansen@example.com;2026-0001;2026-08-01;2026-09-01;1000.00;1000.00
200;Weg BV;business;NL;68750111;NL000000000B01;weg@example.com;2026-0002;2026-08-01;2026-09-01;1000.00;1000.00
300;Onbekend BV;business;NL;99999999;;onbekend@example.com;2026-0003;2026-11-01;2026-12-01;100.00;100.00
400;De Vries Timmerwerken;business;NL;68750112;;vries@example.com;2026-0004;2026-11-01;2026-12-01;100.00;100.00
500;Peeters NV;business;BE;0403.170.701;FR12345678901;peeters@example.com;2026-0005;2026-11-01;2026-12-01;100.00;100.00
600;J. de Boer;consumer;NL;;;boer@example.com;2026-0006;2026-11-01;2026-12-01;100.00;100.00
";

const HISTORY: &str = "\
debtor-number;invoice-number;event;event-date;channel
100;2026-0001;last-reminder;2026-10-20;email
200;2026-0002;last-reminder;2026-10-20;email
100;2026-0001;call;2026-11-02;phone
200;2026-0002;call;2026-11-02;phone
";

/// A stand-in for the KvK register and for VIES: counts the profiles that it gives, and can be away.
#[derive(Clone, Default)]
struct Registers {
    asked: Arc<Mutex<Vec<String>>>,
    away: Arc<AtomicBool>,
}

async fn search(headers: HeaderMap, Query(query): Query<HashMap<String, String>>) -> Response {
    if headers.get("apikey").is_none_or(|key| key != KEY) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let number = &query["kvkNummer"];
    let found = match number.as_str() {
        "99999999" => json!([]),
        // one that ended
        "68750111"
            if query
                .get("inclusiefInactieveRegistraties")
                .is_none_or(|given| given != "true") =>
        {
            json!([])
        }
        _ => json!([{"kvkNummer": number, "naam": "as searched"}]),
    };
    Json(json!({"resultaten": found})).into_response()
}

async fn profile(State(registers): State<Registers>, Path(number): Path<String>) -> Response {
    if registers.away.load(Ordering::SeqCst) {
        return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "900")]).into_response();
    }
    registers.asked.lock().unwrap().push(number.clone());
    let (name, form) = match number.as_str() {
        "68750112" => ("De Vries Timmerwerken", "Eenmanszaak"),
        "68750111" => ("Weg B.V.", "BeslotenVennootschap"),
        _ => ("Jansen Bouw B.V.", "BeslotenVennootschap"),
    };
    let registration = match number.as_str() {
        "68750111" => json!({"datumAanvang": "20200101", "datumEinde": "20251231"}),
        _ => json!({"datumAanvang": "20200101"}),
    };
    Json(json!({
        "kvkNummer": number, "naam": name, "materieleRegistratie": registration,
        "_embedded": {"eigenaar": {"rechtsvorm": form}},
    }))
    .into_response()
}

async fn check_vat(Json(body): Json<Value>) -> Json<Value> {
    Json(match body["vatNumber"].as_str().unwrap() {
        "823100000B01" => json!({"valid": true, "name": "JANSEN BOUW B.V.", "userError": "VALID"}),
        "12345678901" => json!({"actionSucceed": false, "errorWrappers": [{"error": "MS_UNAVAILABLE"}]}),
        _ => json!({"valid": false, "userError": "INVALID"}),
    })
}

/// An installation with an administration from files, and the registers.
struct Desk {
    installation: Installation,
    registers: Registers,
    url: String,
}

impl Desk {
    async fn new(kind: Kind) -> Self {
        let registers = Registers::default();
        let router = Router::new()
            .route("/api/v2/zoeken", get(search))
            .route("/api/v1/basisprofielen/{number}", get(profile))
            .route("/check-vat-number", post(check_vat))
            .with_state(registers.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let desk = Self {
            installation: Installation::new(kind).await,
            registers,
            url,
        };
        for (content, rest) in [(LIST, &["--new", "Zonneveld"][..]), (HISTORY, &[])] {
            let file = desk.installation.path("table.csv");
            std::fs::write(&file, content).unwrap();
            let mut arguments = vec!["import", file.to_str().unwrap()];
            arguments.extend(rest);
            desk.installation.ask(&arguments).await;
        }
        desk
    }

    async fn add(&self, service: &str, rest: &[&str]) {
        let file = self.installation.path("key");
        std::fs::write(&file, KEY).unwrap();
        let mut arguments = vec!["credit-information", "add", service, "--url", &self.url];
        arguments.extend(["--secret-file", file.to_str().unwrap()]);
        arguments.extend(rest);
        self.installation.ask(&arguments).await;
    }

    /// Asks a register; exit code and answer.
    async fn look_up(&self, service: &str, debtor: &str) -> (Option<i32>, Value) {
        let arguments = ["--json", "credit-information", "ask", service, debtor];
        let answer = self.installation.maan(&arguments).await;
        assert!(
            !answer.out.contains(KEY) && !answer.err.contains(KEY),
            "{answer:?}"
        );
        (answer.code, answer.json())
    }

    async fn words(&self, service: &str, debtor: &str) -> Answer {
        let arguments = ["credit-information", "ask", service, debtor];
        self.installation.maan(&arguments).await
    }

    async fn spent(&self) -> Value {
        let listed = self.installation.ask(&["credit-information", "list"]).await;
        listed["spent"].clone()
    }

    /// Whether a register of persons is asked about a debtor, as about every Dutch person in business.
    async fn is_person(&self, debtor: &str) -> bool {
        let arguments = ["register", debtor, "ccbr", "nothing"];
        self.installation.maan(&arguments).await.code == Some(0)
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.registers.asked.lock().unwrap())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_7_law_1_a_person_asks_a_register_within_the_budget_on_sqlite() {
    asked_by_a_person(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_7_law_1_a_person_asks_a_register_within_the_budget_on_postgresql() {
    asked_by_a_person(Kind::Postgres).await;
}

async fn asked_by_a_person(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let desk = Desk::new(kind).await;
    desk.words("kvk", "100")
        .await
        .problem(3, &["maan credit-information add kvk"]);
    desk.words("creditsafe", "100")
        .await
        .problem(3, &["maan reports"]);
    desk.words("graydon", "100")
        .await
        .problem(3, &["creditsafe, altares"]);
    desk.add("kvk", &["--price", "0.30"]).await;
    desk.words("kvk", "999")
        .await
        .problem(3, &["no debtor is known as `999`"]);

    let (code, nothing) = desk.look_up("kvk", "100").await;
    assert_eq!(
        (code, &nothing["outcome"]),
        (Some(4), &json!("budget-spent")),
        "{nothing}"
    );
    assert!(
        nothing["said"].as_str().unwrap().contains("monthly_budget"),
        "{nothing}"
    );
    assert_eq!((desk.asked(), nothing["cost"].is_null()), (vec![], true));
    desk.installation
        .ask(&["credit-information", "set", "monthly_budget=1.00"])
        .await;

    let (code, there) = desk.look_up("kvk", "100").await;
    assert_eq!(
        (code, &there["outcome"]),
        (Some(0), &json!("answered")),
        "{there}"
    );
    assert_eq!(
        there["said"],
        "the KvK register: registered; BeslotenVennootschap"
    );
    assert_eq!(there["company"]["name"], "Jansen Bouw B.V.");
    assert_eq!(
        (&there["cost"], &there["legal"]),
        (&json!("EUR 0.30"), &json!([]))
    );
    assert!(there["kind"].is_null() && !desk.is_person("100").await);

    let ended = desk.words("kvk", "200").await.good().out;
    for words in [
        "Weg BV: ",
        "ended on 2025-12-31",
        "dissolved since 2025-12-31",
        "this cost EUR 0.30",
    ] {
        assert!(ended.contains(words), "{ended}");
    }
    assert!(!desk.is_person("400").await, "the books call it a company");
    let (_, trader) = desk.look_up("kvk", "400").await;
    assert_eq!(trader["kind"], "sole-trader", "{trader}");
    assert!(desk.is_person("400").await);
    assert_eq!(desk.asked(), ["68750110", "68750111", "68750112"]);
    assert_eq!(desk.spent().await, "EUR 0.90");

    let (code, spent) = desk.look_up("kvk", "100").await;
    assert_eq!((code, &spent["outcome"]), (Some(4), &json!("budget-spent")));
    assert!(
        spent["said"]
            .as_str()
            .unwrap()
            .contains("EUR 0.90 of the month's EUR 1.00"),
        "{spent}"
    );
    // what is not there, or not asked about, costs nothing
    for (debtor, outcome) in [
        ("300", "not-found"),
        ("500", "nothing-to-ask-by"),
        ("600", "natural-person"),
    ] {
        let (code, none) = desk.look_up("kvk", debtor).await;
        assert_eq!((code, &none["outcome"]), (Some(4), &json!(outcome)), "{none}");
    }
    desk.installation
        .ask(&["credit-information", "set", "monthly_budget=9.00"])
        .await;
    desk.registers.away.store(true, Ordering::SeqCst);
    let away = desk.words("kvk", "100").await;
    assert_eq!(away.code, Some(5), "{away:?}");
    assert!(
        away.out
            .contains("no answer. the KvK register: it takes no more questions now"),
        "{away:?}"
    );
    assert_eq!((desk.asked(), desk.spent().await), (vec![], json!("EUR 0.90")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn law_1_vies_and_the_belgian_register_say_what_they_know_or_that_they_do_not() {
    let desk = Desk::new(Kind::Sqlite).await;
    desk.add("vies", &[]).await;
    desk.add("kbo", &[]).await;
    let (code, valid) = desk.look_up("vies", "100").await;
    assert_eq!(
        (code, &valid["said"]),
        (Some(0), &json!("VIES: valid")),
        "{valid}"
    );
    assert_eq!(valid["company"]["name"], "JANSEN BOUW B.V.");
    let (code, invalid) = desk.look_up("vies", "200").await;
    assert_eq!(
        (code, &invalid["said"]),
        (Some(0), &json!("VIES: not valid")),
        "{invalid}"
    );
    let (code, silent) = desk.look_up("vies", "500").await;
    assert_eq!(
        (code, &silent["outcome"]),
        (Some(5), &json!("unavailable")),
        "{silent}"
    );
    let (code, none) = desk.look_up("vies", "300").await;
    assert_eq!(
        (code, &none["outcome"]),
        (Some(4), &json!("nothing-to-ask-by")),
        "{none}"
    );

    let (code, unloaded) = desk.look_up("kbo", "500").await;
    assert_eq!((code, &unloaded["outcome"]), (Some(5), &json!("unavailable")));
    assert!(
        unloaded["said"].as_str().unwrap().contains("load-kbo"),
        "{unloaded}"
    );
    let files = tempfile::tempdir().unwrap();
    for (file, text) in [
        (
            "meta.csv",
            "Variable,Value\nSnapshotDate,01-11-2026\nExtractType,full\nExtractNumber,140\n",
        ),
        (
            "code.csv",
            "Category,Code,Language,Description\nJuridicalSituation,050,NL,Opening faillissement\n",
        ),
        (
            "enterprise.csv",
            "EnterpriseNumber,Status,JuridicalSituation,TypeOfEnterprise,JuridicalForm,JuridicalFormCAC,StartDate\n\
             0403.170.701,AC,050,2,014,,09-08-1960\n",
        ),
        (
            "denomination.csv",
            "EntityNumber,Language,TypeOfDenomination,Denomination\n0403.170.701,2,001,Peeters\n",
        ),
    ] {
        std::fs::write(files.path().join(file), text).unwrap();
    }
    let folder = files.path().to_str().unwrap();
    desk.installation
        .ask(&["credit-information", "load-kbo", folder])
        .await;
    let (code, failed) = desk.look_up("kbo", "500").await;
    assert_eq!(code, Some(0), "{failed}");
    assert_eq!(failed["legal"][0]["situation"], "bankruptcy", "{failed}");
    assert_eq!(failed["legal"][0]["source"], "kbo", "{failed}");
    let (_, again) = desk.look_up("kbo", "500").await;
    assert_eq!(again["legal"], json!([]), "known already: {again}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn law_1_before_a_formal_step_it_is_asked_whether_the_company_still_exists() {
    let desk = Desk::new(Kind::Sqlite).await;
    desk.add("kvk", &[]).await;
    desk.installation.ask(&["run", "--no-send"]).await;
    desk.registers.away.store(true, Ordering::SeqCst);
    let away = desk.installation.ask(&["reports"]).await;
    let lines = away["registers"]["asked"].as_array().unwrap().clone();
    assert_eq!(lines.len(), 2, "those with a formal step: {away}");
    assert!(
        lines
            .iter()
            .all(|line| line["answered"] == false && line["waits"] == false),
        "only the insolvency register is waited for: {away}"
    );
    desk.registers.away.store(false, Ordering::SeqCst);

    let asked = desk.installation.ask(&["reports"]).await;
    let said = |name: &str| {
        let lines = asked["registers"]["asked"].as_array().unwrap().iter();
        let mut of = lines.filter(|line| line["debtor"] == name);
        of.next().unwrap()["said"].as_str().unwrap().to_owned()
    };
    assert!(said("Jansen Bouw BV").contains("registered"), "{asked}");
    assert!(said("Weg BV").contains("ended on 2025-12-31"), "{asked}");
    let mut numbers = desk.asked();
    numbers.sort();
    assert_eq!(numbers, ["68750110", "68750111"]);
    desk.installation.ask(&["reports"]).await;
    assert_eq!(desk.asked(), Vec::<String>::new(), "it answered today");

    // nothing waits for it, so that a step which waits for a person costs no question a day
    desk.installation.ask(&["run", "--no-send"]).await;
    desk.installation.wait(86_400);
    desk.installation.ask(&["reports"]).await;
    assert_eq!(desk.asked(), Vec::<String>::new());
    // one that ended gets no formal step any more, and is asked about no more
    desk.installation.wait(30 * 86_400);
    desk.installation.ask(&["run", "--no-send"]).await;
    desk.installation.ask(&["reports"]).await;
    assert_eq!(desk.asked(), ["68750110"]);
}
