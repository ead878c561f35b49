use std::time::Duration;

use axum::http::HeaderMap;
use maan_connectors::webhook::{Heard, Message, WebhookError};
use maan_connectors::{Consent, Entity, Site, WriteBack, Written, business_central};
use maan_dialects::business_central::{BusinessCentral, PLACE};
use maan_dialects::model::Change;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::desk::Desk;
use super::suite::{Subject, conforms};

const SUBJECT: Subject = Subject {
    connector: &business_central::CONNECTOR,
    dialect: || {
        Box::new(BusinessCentral {
            by_credentials: false,
        })
    },
    parameters: &[("tenant", PLACE.0), ("environment", PLACE.1)],
    // a page of each of five kinds and of the ledger, whose entries are read whole, with their invoices
    first_calls: 8,
    // a page and a list of ids of each of five kinds, and of the ledger
    quiet_calls: 11,
    message: Some(message),
};

/// Let in by the administrator.
const PROGRAM: Subject = Subject {
    dialect: || Box::new(BusinessCentral { by_credentials: true }),
    parameters: &[
        ("tenant", PLACE.0),
        ("environment", PLACE.1),
        ("sign-in", "program"),
    ],
    ..SUBJECT
};

fn message(secret: &str, _: i64) -> (HeaderMap, Vec<u8>) {
    let body = format!(
        r#"{{"value":[{{"subscriptionId":"webhookItemsId","clientState":"{secret}","expirationDateTime":"2026-11-24T09:00:00Z","resource":"https://api.businesscentral.dynamics.com/v2.0/contoso.example/Production/api/v2.0/companies(5a1)/customers(abc)","changeType":"updated","lastModifiedDateTime":"2026-11-21T09:00:00Z"}}]}}"#
    );
    (HeaderMap::new(), body.into_bytes())
}

fn hear(query: &str, body: &[u8]) -> Result<Heard, WebhookError> {
    let headers = HeaderMap::new();
    let message = Message {
        headers: &headers,
        query,
        body,
    };
    let secret = SecretString::from("s3cret");
    (business_central::CONNECTOR.verify.unwrap())(&message, &secret, maan_ledger::Moment(0))
}

#[tokio::test]
async fn business_central_conforms() {
    conforms(&SUBJECT).await;
}

#[tokio::test]
async fn business_central_lets_a_program_in() {
    let parameters = PROGRAM.parameters.iter();
    let parameters = parameters.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let site = Site::at("https://api.businesscentral.dynamics.com", parameters.collect()).unwrap();
    let Consent::Client(provider) = (business_central::CONNECTOR.consent)(&site).unwrap() else {
        panic!("a person is asked to sign in")
    };
    assert_eq!(
        provider.token.as_str(),
        "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token"
    );
    assert_eq!(
        provider.scopes,
        ["https://api.businesscentral.dynamics.com/.default"]
    );
    let mut desk = Desk::open(&PROGRAM, 100).await;
    desk.read().await.unwrap();
    desk.change(Change::PaidInPart);
    desk.pass(Duration::from_secs(7_200));
    desk.read().await.unwrap();
    desk.check();
    assert_eq!(desk.server.renewals(), 1);
}

#[test]
fn business_central_tries_an_address_with_a_word() {
    let trial = hear("validationToken=7f3a-42", b"");
    assert_eq!(trial, Ok(Heard::Trial("7f3a-42".to_owned())));
    for odd in [
        "validationToken=",
        "validationToken=%3Cb%3E%20x",
        &format!("validationToken={}", "x".repeat(501)),
    ] {
        assert_eq!(hear(odd, b""), Err(WebhookError::Unsigned), "{odd}");
    }
    let (_, body) = message("guessed", 0);
    assert_eq!(hear("", &body), Err(WebhookError::Forged));
}

#[tokio::test]
async fn subscriptions_of_business_central_are_renewed() {
    let desk = Desk::open(&SUBJECT, 3).await;
    let url = Url::parse("https://books.example/hooks/1").unwrap();
    let first = desk.platform.subscribe(&url).await.unwrap().unwrap();
    let again = desk.platform.subscribe(&url).await.unwrap().unwrap();
    let words = [&first, &again].map(|one| one.secret.as_ref().unwrap().expose_secret().to_owned());
    assert_eq!(words[0], words[1]);
    let three_days = desk
        .server
        .adjust(|world| world.clock.now().plus_seconds(3 * 86_400));
    for one in [&first, &again] {
        // told without fractions of a second
        assert_eq!(one.ends.unwrap().0 / 1_000_000, three_days.0 / 1_000_000);
    }
    let calls = desk.server.adjust(|world| world.written.clone());
    let methods: Vec<&str> = calls
        .iter()
        .map(|(call, _)| call.split(' ').next().unwrap())
        .collect();
    assert_eq!(methods, [["POST"; 5], ["PATCH"; 5]].concat());
    desk.platform.unsubscribe(&first.id).await.unwrap();
    let calls = desk.server.adjust(|world| world.written.len());
    assert_eq!(calls, 15);
    desk.platform.unsubscribe(&first.id).await.unwrap();
    assert_eq!(desk.server.adjust(|world| world.written.len()), 15);
}

#[tokio::test]
async fn changes_of_business_central_name_the_newest_version() {
    let mut desk = Desk::open(&SUBJECT, 100).await;
    desk.read().await.unwrap();
    let (contact, _) = desk.books.known.of(Entity::Contact).next().unwrap();
    let (invoice, _) = desk.books.known.of(Entity::Invoice).next().unwrap();
    let hold = |held| WriteBack::Hold {
        contact: contact.to_owned(),
        held,
    };
    let promise = |by: Option<&str>| WriteBack::PromisedDate {
        invoice: invoice.to_owned(),
        by: by.map(|day| day.parse().unwrap()),
    };
    for change in [
        hold(true),
        hold(false),
        promise(Some("2026-12-03")),
        promise(None),
    ] {
        assert_eq!(desk.platform.write(&change).await.unwrap(), Written::Done(None));
    }
    let written = desk.server.adjust(|world| world.written.clone());
    let bodies: Vec<String> = written.iter().map(|(_, body)| body.to_string()).collect();
    assert_eq!(
        bodies,
        [
            r#"{"blocked":"Ship"}"#,
            r#"{"blocked":" "}"#,
            r#"{"promisedPayDate":"2026-12-03"}"#,
            r#"{"promisedPayDate":"0001-01-01"}"#
        ]
    );
    // the answer is lost: the change is there, and made again on the version that it made
    desk.server.fail(2, maan_dialects::server::Fault::Cut);
    assert_eq!(
        desk.platform.write(&hold(true)).await.unwrap(),
        Written::Done(None)
    );
}

/// A payment that was taken back and one that was not used, in a ledger that only grows.
#[tokio::test]
async fn the_ledger_of_business_central_is_read_on() {
    let mut desk = Desk::open(&SUBJECT, 1_000).await;
    desk.read().await.unwrap();
    desk.change(Change::PaymentReversed);
    desk.change(Change::PaidInPart);
    let before = desk.server.log().len();
    desk.read().await.unwrap();
    desk.check();
    let log = desk.server.log().split_off(before);
    let ledger = log
        .iter()
        .filter(|call| call.contains("customerLedgerEntries"))
        .count();
    // what is new, and the entries that it concerns
    assert_eq!(ledger, 2, "{log:#?}");
    assert_eq!(
        desk.platform.bank_booked_through().await.unwrap(),
        Some("2026-11-21".parse().unwrap())
    );
}
