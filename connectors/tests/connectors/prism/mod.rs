//! Against mocks that Prism serves from the platforms' own specifications: what is asked must be as they say, and what is
//! answered as they say is taken in or refused with a clear error.

mod relay;

use std::collections::BTreeMap;
use std::sync::Arc;

use maan_connectors::http::{CallError, Connection, Timer, transport};
use maan_connectors::{
    Connector, Entity, Opening, Platform, ReadError, ReadOptions, Reading, Site, WriteBack, Written,
};
use maan_ledger::{Clock, Moment};
use reqwest::Method;
use tempfile::TempDir;

use crate::conformance::picture::picture;
use crate::support::{Books, fast, key, note_on};
use relay::Relay;

/// A connector, and the mock that `cargo xtask test` started for it.
struct Mocked {
    relay: Relay,
    connector: &'static Connector,
    site: Site,
    connection: Arc<Connection>,
    platform: Arc<dyn Platform>,
    _vaults: TempDir,
}

/// A day after the newest example.
const NOW: Moment = Moment(1_795_291_200_000_000);

impl Mocked {
    async fn there(word: &str, common: &'static str) -> Option<Self> {
        let variable = format!("MAAN_TEST_PRISM_{}", word.to_uppercase());
        let Ok(prism) = std::env::var(&variable) else {
            eprintln!(
                "SKIPPED against the specification of {word}: {variable} is not set (`cargo xtask test` sets it where Prism can be installed and the specification is at hand)"
            );
            return None;
        };
        let relay = Relay::to(prism, common).await;
        let connector = Connector::of(word).unwrap();
        let site = Site::at(&relay.base, BTreeMap::new()).unwrap();
        let vaults = tempfile::tempdir().unwrap();
        let connection = Arc::new(Connection::new(
            transport().unwrap(),
            key(&vaults, "a key", Timer::skipping()),
            fast(),
            Timer::skipping(),
        ));
        let administration = (connector.administrations)(&connection, &site)
            .await
            .unwrap()
            .remove(0);
        let platform = (connector.open)(Opening {
            connection: connection.clone(),
            site: site.clone(),
            administration,
            clock: Clock::standing_at(NOW),
        });
        Some(Self {
            relay,
            connector,
            site,
            connection,
            platform,
            _vaults: vaults,
        })
    }

    /// The platform's own examples are read, and nothing of them is told again by another reading.
    async fn read_examples(&self, first_calls: usize, quiet_calls: usize) -> Books {
        let mut books = Books::default();
        self.relay.asked();
        books.read(&*self.platform).await.unwrap();
        assert_eq!(self.relay.refused(), Vec::<String>::new());
        assert_eq!(self.relay.asked().len(), first_calls);
        let (added, problems) = (books.added, books.problems.len());
        books.read(&*self.platform).await.unwrap();
        assert_eq!(self.relay.refused(), Vec::<String>::new());
        assert_eq!(self.relay.asked().len(), quiet_calls);
        assert_eq!(books.added, added);
        books.problems.truncate(problems);
        books
    }

    /// Whatever the specification allows is taken in or told: gives how many contacts and facts were taken in.
    async fn read_made_up(&self) -> (usize, usize) {
        let (mut contacts, mut facts) = (0, 0);
        for seed in 1..=3 {
            self.relay.make_up(seed * 1_000);
            if let Err(error) = (self.connector.administrations)(&self.connection, &self.site).await {
                clear(&error);
            }
            let mut books = Books::default();
            for entity in Entity::ALL {
                self.read_entity(entity, &mut books).await;
            }
            for problem in &books.problems {
                assert!(problem.chars().count() < 500, "{problem}");
            }
            contacts += books
                .known
                .of(Entity::Contact)
                .filter(|(_, known)| known.debtor.is_some())
                .count();
            facts += books.added;
            // a ledger can be made of what was taken in
            assert_eq!(picture(&books).is_empty(), books.added == 0);
        }
        assert_eq!(self.relay.refused(), Vec::<String>::new());
        (contacts, facts)
    }

    async fn read_entity(&self, entity: Entity, books: &mut Books) {
        let options = ReadOptions {
            entities: vec![entity],
            ..ReadOptions::default()
        };
        let mut reading = Reading::of(&*self.platform, books.known.clone(), options);
        // pages that are made up need not come to an end
        for _ in 0..5 {
            match reading.next().await {
                Ok(Some(batch)) => books.keep(&batch),
                Ok(None) => return,
                Err(ReadError::Call { cause, .. }) => return clear(&cause),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// An answer that is not taken in is told as such, and shortly.
fn clear(error: &CallError) {
    assert!(matches!(error, CallError::NotUnderstood { .. }), "{error}");
    assert!(error.to_string().chars().count() < 500, "{error}");
}

/// Nothing of the examples is refused, and these lines are among what the ledger shows.
fn shows(books: &Books, lines: &[&str]) {
    assert_eq!(books.problems, Vec::<String>::new());
    let found = picture(books);
    let missing = lines.iter().filter(|line| !found.iter().any(|one| one == *line));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new(), "{found:#?}");
}

async fn done(mocked: &Mocked, change: &WriteBack) {
    let written = mocked.platform.write(change).await.unwrap();
    assert!(matches!(written, Written::Done(_)), "{written:?}");
}

#[tokio::test]
async fn xero_is_asked_as_it_specifies() {
    let Some(mocked) = Mocked::there("xero", "/api.xro/2.0").await else {
        return;
    };
    assert_eq!(mocked.platform.administration().currency, "NZD");
    let books = mocked.read_examples(7, 7).await;
    shows(
        &books,
        &[
            "INV-0002 settled 46.00 NZD on 2018-11-29",
            "INV-0003 open 115.00 NZD",
            "CN-0005 open -32.50 NZD",
            "QU-0001 stands accepted",
            " name Katherine Warren",
        ],
    );
    mocked.platform.bank_booked_through().await.unwrap();
    let contact = books.known.of(Entity::Contact).next().unwrap().0;
    done(&mocked, &note_on(contact, "Belafspraak: <\"é\">")).await;
    let invoice = books.known.of(Entity::Invoice).next().unwrap().0.to_owned();
    for by in [Some("2026-12-03".parse().unwrap()), None] {
        let invoice = invoice.clone();
        done(&mocked, &WriteBack::PromisedDate { invoice, by }).await;
    }
    assert_eq!(mocked.relay.refused(), Vec::<String>::new());
}

#[tokio::test]
async fn moneybird_is_asked_as_it_specifies() {
    let Some(mocked) = Mocked::there("moneybird", "/api/v2").await else {
        return;
    };
    let books = mocked.read_examples(10, 10).await;
    shows(
        &books,
        &[
            "2026-0003 open 363.00 EUR",
            "Invoice 3 open 121.00 EUR",
            "2026-0001 stands open",
            "3 name Bar Foo",
        ],
    );
    mocked.platform.bank_booked_through().await.unwrap();
    let contact = books.known.of(Entity::Contact).next().unwrap().0;
    done(&mocked, &note_on(contact, "Belafspraak: <\"é\">")).await;
    let hook = "https://maan.example/hook".parse().unwrap();
    let subscription = mocked.platform.subscribe(&hook).await.unwrap().unwrap();
    mocked.platform.unsubscribe(&subscription.id).await.unwrap();
    assert_eq!(mocked.relay.refused(), Vec::<String>::new());
}

#[tokio::test]
async fn whatever_xero_may_say_is_taken_in_or_told() {
    let Some(mocked) = Mocked::there("xero", "/api.xro/2.0").await else {
        return;
    };
    let (contacts, facts) = mocked.read_made_up().await;
    assert!(contacts > 0 && facts > contacts, "{contacts} {facts}");
}

/// Otherwise that nothing is refused would mean nothing.
#[tokio::test]
async fn the_mocks_refuse_what_is_not_specified() {
    const HISTORY: &str = "/Contacts/5cc8cf28-567e-4d43-b287-687cfcaec47c/History";
    let misspelt = r#"{"HistoryRecords":[{"Detais":"x"}]}"#;
    for (word, common, method, path, body, why) in [
        (
            "xero",
            "/api.xro/2.0",
            Method::GET,
            "/Invoices?page=one",
            "",
            "page must be integer",
        ),
        (
            "xero",
            "/api.xro/2.0",
            Method::GET,
            "/Invoises",
            "",
            "no path matched",
        ),
        (
            "xero",
            "/api.xro/2.0",
            Method::PUT,
            HISTORY,
            misspelt,
            "400 Bad Request",
        ),
        (
            "moneybird",
            "/api/v2",
            Method::GET,
            "/all/contacts/synchronization.json",
            "",
            "must match pattern",
        ),
        (
            "moneybird",
            "/api/v2",
            Method::GET,
            "/123/contact.json",
            "",
            "no path matched",
        ),
        (
            "moneybird",
            "/api/v2",
            Method::POST,
            "/123/contacts/1/notes.json",
            r#"{"notes":{}}"#,
            "422 Unprocessable",
        ),
    ] {
        let Some(mocked) = Mocked::there(word, common).await else {
            return;
        };
        let call = reqwest::Client::new().request(method, format!("{}{common}{path}", mocked.relay.base));
        let call = call
            .bearer_auth("a key")
            .header("xero-tenant-id", mocked.platform.administration().id.as_str())
            .header("content-type", "application/json");
        call.body(body).send().await.unwrap();
        let refused = mocked.relay.refused();
        assert!(
            matches!(refused.as_slice(), [one] if one.contains(why)),
            "{path}: {refused:?}"
        );
    }
}
