//! A server that can be told to fail, and the cases that are the same for every service.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use maan_connectors::credit::{
    Access, Candidate, Client, Credentials, CreditInformation, NoAnswer, Service, Subject, Why,
};
use maan_connectors::http::Timer;
use maan_ledger::{Clock, Country, DebtorKind, Moment};
use secrecy::SecretString;
use url::Url;

pub(crate) const USER: &str = "office";
pub(crate) const SECRET: &str = "s3cr3t-0f-the-tenant";
pub(crate) const INTEGRATOR_SECRET: &str = "key-0f-the-integrator";

/// Longer than any answer here takes, shorter than a person waits for a test.
const PATIENCE: Duration = Duration::from_millis(1500);

/// What happens instead of an answer.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    Status(u16, &'static str),
    Throttled(&'static str),
    Slow,
    Huge,
    Broken,
}

#[derive(Clone, Default)]
pub(crate) struct Control {
    faults: Arc<Mutex<VecDeque<(String, Fault)>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

/// A running stand-in.
pub(crate) struct Bench {
    pub(crate) url: Url,
    pub(crate) control: Control,
}

impl Control {
    /// What happens at the next call whose path and query hold these words.
    pub(crate) fn next(&self, at: &str, fault: Fault) {
        self.faults.lock().unwrap().push_back((at.to_owned(), fault));
    }

    /// How often was called what holds these words.
    pub(crate) fn count(&self, at: &str) -> usize {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .filter(|call| call.contains(at))
            .count()
    }

    pub(crate) fn forget(&self) {
        self.faults.lock().unwrap().clear();
        self.asked.lock().unwrap().clear();
    }
}

async fn watched(State(control): State<Control>, request: Request, next: Next) -> Response {
    let call = format!("{} {}", request.method(), request.uri());
    control.asked.lock().unwrap().push(call.clone());
    let fault = {
        let mut faults = control.faults.lock().unwrap();
        let place = faults.iter().position(|(at, _)| call.contains(at));
        place.and_then(|place| faults.remove(place))
    };
    match fault.map(|(_, fault)| fault) {
        None => next.run(request).await,
        Some(Fault::Status(status, body)) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        Some(Fault::Throttled(after)) => {
            let mut headers = HeaderMap::new();
            if !after.is_empty() {
                headers.insert("retry-after", after.parse().unwrap());
            }
            (StatusCode::TOO_MANY_REQUESTS, headers).into_response()
        }
        Some(Fault::Slow) => {
            tokio::time::sleep(PATIENCE * 3).await;
            next.run(request).await
        }
        Some(Fault::Huge) => "x".repeat(10 << 20).into_response(),
        Some(Fault::Broken) => "\u{0}{<not an answer".into_response(),
    }
}

impl Bench {
    pub(crate) async fn start(router: Router) -> Self {
        let control = Control::default();
        let router = router.layer(from_fn_with_state(control.clone(), watched));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, control }
    }

    pub(crate) fn client(&self, service: Service) -> Client {
        client(service, self.url.clone())
    }
}

pub(crate) fn credentials() -> Credentials {
    Credentials {
        integrator: "maan".into(),
        integrator_secret: SecretString::from(INTEGRATOR_SECRET),
        ..Credentials::login(USER.into(), SecretString::from(SECRET))
    }
}

pub(crate) fn access(url: Url) -> Access {
    Access {
        url,
        credentials: credentials(),
        patience: PATIENCE,
    }
}

/// Half past eleven in the evening in London, the day after in Brussels and Amsterdam.
pub(crate) fn clock() -> Clock {
    Clock::standing_at(Moment::from_utc("2026-11-20T23:30:00Z".parse().unwrap()))
}

pub(crate) fn client(service: Service, url: Url) -> Client {
    let folder = std::env::temp_dir();
    Client::new(service, access(url), &folder, clock(), Timer::skipping()).unwrap()
}

pub(crate) fn dutch() -> Subject {
    Subject {
        kind: DebtorKind::Business,
        name: "Jansen Bouw BV".into(),
        country: Country::from_code("NL"),
        registration: "68750110".into(),
        vat_number: "NL823100000B01".into(),
    }
}

pub(crate) fn belgian() -> Subject {
    Subject {
        kind: DebtorKind::Business,
        name: "Peeters NV".into(),
        country: Country::from_code("BE"),
        registration: "0403.170.701".into(),
        vat_number: "BE0403170701".into(),
    }
}

pub(crate) async fn asked(client: &Client, subject: &Subject) -> Result<CreditInformation, NoAnswer> {
    client.report(&client.find(subject).await?).await
}

/// A line of the table of services and cases.
pub(crate) fn row(service: Service, case: &str, what: impl std::fmt::Display) {
    println!("| {:10} | {case:44} | {what}", service.word());
}

/// Asks, and the answer must be this kind of no answer, which names the service and what to do.
#[track_caller]
pub(crate) fn is_none(
    service: Service,
    case: &str,
    answer: Result<CreditInformation, NoAnswer>,
    fits: impl Fn(&Why) -> bool,
) -> NoAnswer {
    let no_answer = answer.expect_err(case);
    assert!(fits(&no_answer.why), "{case}: {no_answer:?}");
    assert_eq!(no_answer.service, service);
    let told = no_answer.to_string();
    assert!(told.contains(';') && told.len() < 500, "{told}");
    assert!(
        !told.contains(SECRET) && !told.contains(INTEGRATOR_SECRET),
        "{told}"
    );
    row(service, case, told);
    no_answer
}

/// The cases that are the same everywhere. `free` is in the path of a call without charge, `paid` in that of the
/// report.
pub(crate) async fn common(
    service: Service,
    bench: &Bench,
    subject: &Subject,
    free: Option<&str>,
    paid: &str,
) {
    let control = &bench.control;
    control.forget();
    asked(&bench.client(service), subject).await.unwrap();
    row(service, "an answer", "ok");
    for kind in [DebtorKind::Consumer, DebtorKind::Unknown] {
        control.forget();
        let person = Subject {
            kind,
            ..subject.clone()
        };
        let answer = asked(&bench.client(service), &person).await;
        is_none(service, &format!("{kind:?}"), answer, |why| {
            *why == Why::NaturalPerson
        });
        assert_eq!(control.count(""), 0, "nothing is asked about a natural person");
    }
    let nameless = Subject {
        name: String::new(),
        registration: String::new(),
        vat_number: String::new(),
        ..subject.clone()
    };
    let answer = asked(&bench.client(service), &nameless).await;
    is_none(service, "nothing to ask by", answer, |why| {
        matches!(why, Why::NothingToAskBy(_))
    });
    for path in free.into_iter().chain([paid]) {
        let free = Some(path) == free;
        let price = if free { "search" } else { "report" };
        let case = |what: &str| format!("{price}: {what}");
        let fail = async |fault: Fault, times: usize| {
            control.forget();
            for _ in 0..times {
                control.next(path, fault.clone());
            }
            asked(&bench.client(service), subject).await
        };
        is_none(
            service,
            &case("500"),
            fail(Fault::Status(500, ""), 3).await,
            |why| *why == Why::Failed(500),
        );
        control.forget();
        let again = asked(&bench.client(service), subject).await;
        assert!(again.is_ok(), "{again:?}");
        is_none(
            service,
            &case("503"),
            fail(Fault::Status(503, "<html>"), 3).await,
            |why| *why == Why::Failed(503),
        );
        is_none(
            service,
            &case("429, wait 10 minutes"),
            fail(Fault::Throttled("600"), 1).await,
            |why| *why == Why::Throttled(Some(Duration::from_secs(600))),
        );
        fail(Fault::Throttled("2"), 1).await.unwrap();
        row(service, &case("429, wait 2 seconds"), "waited, ok");
        is_none(
            service,
            &case("403"),
            fail(Fault::Status(403, ""), 1).await,
            |why| matches!(why, Why::NotPermitted(_)),
        );
        is_none(
            service,
            &case("404"),
            fail(Fault::Status(404, ""), 1).await,
            |why| matches!(why, Why::NotFound(_)),
        );
        is_none(service, &case("10 MB"), fail(Fault::Huge, 1).await, |why| {
            matches!(why, Why::TooLarge(_))
        });
        is_none(
            service,
            &case("no answer at all"),
            fail(Fault::Broken, 1).await,
            |why| matches!(why, Why::NotUnderstood(_)),
        );
        is_none(service, &case("too slow"), fail(Fault::Slow, 3).await, |why| {
            matches!(why, Why::BrokenOff(_))
        });
    }
    let closed = client(service, "http://127.0.0.1:9".parse().unwrap());
    is_none(service, "unreachable", asked(&closed, subject).await, |why| {
        matches!(why, Why::Unreachable(_))
    });
    let unsafe_url = access("http://bureau.example/".parse().unwrap());
    let refused = Client::new(
        service,
        unsafe_url,
        &std::env::temp_dir(),
        clock(),
        Timer::skipping(),
    );
    assert_eq!(refused.unwrap_err().why, Why::Unsafe);
    row(service, "http to elsewhere", "refused before anything is sent");
}

/// A report that may have been charged is not asked for again.
pub(crate) async fn charged_once(service: Service, bench: &Bench, subject: &Subject, paid: &str) {
    for (case, fault) in [
        ("report: 500, paid", Fault::Status(500, "")),
        ("report: too slow, paid", Fault::Slow),
    ] {
        let client = bench.client(service);
        let company: Candidate = client.find(subject).await.unwrap();
        bench.control.forget();
        bench.control.next(paid, fault);
        let no_answer = client.report(&company).await.unwrap_err();
        assert!(no_answer.why.may_be_charged(), "{no_answer:?}");
        assert_eq!(bench.control.count(paid), 1);
        row(service, case, "asked once");
    }
}
