//! What every connector must do, case by case, and what the suite found, for the table.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::http::HeaderMap;
use futures_util::FutureExt;
use maan_connectors::webhook::{Heard, Message};
use maan_connectors::{
    Connector, Entity, KnownVersions, Position, ReadOptions, Reading, Remedy, WriteBack, Written,
    is_promised_on_platform,
};
use maan_dialects::case::Case;
use maan_dialects::model::Change;
use maan_dialects::server::{Dialect, Fault};
use maan_ledger::{
    AgreementEnd, AgreementId, Body, Currency, Day, DebtorId, EndReason, Fact, Known, Money, Promise,
};
use secrecy::SecretString;

use super::desk::Desk;
use super::table;
use crate::support::Books;

/// Signs a message with a secret, at a Unix time: its headers and body.
type Signed = fn(&str, i64) -> (HeaderMap, Vec<u8>);

/// A platform to be tried.
pub(super) struct Subject {
    pub(super) connector: &'static Connector,
    pub(super) dialect: fn() -> Box<dyn Dialect>,
    /// What a person tells to find it.
    pub(super) parameters: &'static [(&'static str, &'static str)],
    /// Calls of a first reading with large pages.
    pub(super) first_calls: u64,
    /// Calls of a reading that finds nothing new.
    pub(super) quiet_calls: u64,
    /// A genuine message of a webhook on a changed contact `abc`: signed with a secret, at a Unix time.
    pub(super) message: Option<Signed>,
}

/// Larger than anything that is served.
const LARGE: usize = 1_000;

/// Tries everything. Fails with all that failed; otherwise what was found must be what is written down.
pub(super) async fn conforms(subject: &Subject) {
    let mut found = Findings::default();
    let dialect = (subject.dialect)();
    assert_eq!(dialect.word(), subject.connector.word);
    for case in Case::ALL {
        let reason = dialect.cannot().iter().find(|(other, _)| *other == case);
        let told = reason.map_or("yes".to_owned(), |(_, reason)| format!("no: {reason}"));
        found.lines.push((case.name().to_owned(), told));
    }
    found.add("first reading", first_reading(subject)).await;
    for change in Change::ALL {
        found.add(change.word(), one_change(subject, change)).await;
    }
    found
        .add("all changes, read one by one and at once", all_changes(subject))
        .await;
    found.add("page sizes", page_sizes(subject)).await;
    found.add("resumed after every batch", resumed(subject)).await;
    found.add("read again from the beginning", again(subject)).await;
    found.add("too many calls", throttled(subject)).await;
    found
        .add("server errors, slow and cut answers", broken(subject))
        .await;
    found.add("access ends midway", access_ends(subject)).await;
    found
        .add("answer to a renewal is lost", renewal_lost(subject))
        .await;
    found.add("consent is taken back", consent_ended(subject)).await;
    found
        .add("pages change while being read", pages_change(subject))
        .await;
    found.add("clocks an hour apart", clocks_apart(subject)).await;
    found.add("absurd values", absurd(subject)).await;
    found
        .add("an invoice with a negative total", negative(subject))
        .await;
    found.add("messages", messages(subject)).await;
    found
        .add("messages twice and out of order", messages_again(subject))
        .await;
    found.add("write-backs", write_backs(subject)).await;
    found
        .add(
            "a date that was written is not read as another promise",
            promises(subject),
        )
        .await;
    found.add("calls", calls(subject)).await;
    let failed: BTreeMap<_, _> = found.failed.into_iter().collect();
    assert!(failed.is_empty(), "{failed:#?}");
    table::written(subject.connector.word, &found.lines);
}

#[derive(Default)]
struct Findings {
    lines: Vec<(String, String)>,
    failed: Vec<(String, String)>,
}

impl Findings {
    async fn add(&mut self, name: &str, case: impl Future<Output = String>) {
        match AssertUnwindSafe(case).catch_unwind().await {
            Ok(told) => self.lines.push((name.to_owned(), told)),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().cloned();
                let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                self.failed.push((name.to_owned(), text.unwrap_or_default()));
            }
        }
    }
}

fn yes() -> String {
    "yes".to_owned()
}

async fn read_once(subject: &Subject, page: usize) -> Desk {
    let mut desk = Desk::open(subject, page).await;
    desk.read().await.unwrap();
    desk.check();
    desk
}

async fn first_reading(subject: &Subject) -> String {
    read_once(subject, LARGE).await;
    yes()
}

/// A change is seen, and seen once.
async fn one_change(subject: &Subject, change: Change) -> String {
    let mut desk = read_once(subject, LARGE).await;
    desk.change(change);
    desk.read().await.unwrap();
    desk.check();
    let added = desk.books.added;
    desk.read().await.unwrap();
    assert_eq!(desk.books.added, added, "told again");
    yes()
}

async fn all_changes(subject: &Subject) -> String {
    let mut one_by_one = read_once(subject, 3).await;
    let mut at_once = read_once(subject, 3).await;
    for change in Change::ALL {
        one_by_one.change(change);
        one_by_one.read().await.unwrap();
        one_by_one.check();
        at_once.change(change);
    }
    at_once.read().await.unwrap();
    at_once.check();
    let mut late = Desk::open(subject, 3).await;
    for change in Change::ALL {
        late.change(change);
    }
    late.read().await.unwrap();
    late.check();
    yes()
}

async fn page_sizes(subject: &Subject) -> String {
    for page in [1, 2, 3, 7] {
        let mut desk = read_once(subject, page).await;
        for change in [Change::PaidInPart, Change::CustomerAdded] {
            desk.change(change);
        }
        desk.read().await.unwrap();
        desk.check();
    }
    yes()
}

/// A process that keeps one batch and is gone, again and again; only what an embedder keeps survives.
async fn resumed(subject: &Subject) -> String {
    let mut desk = Desk::open(subject, 3).await;
    let mut lives = 0;
    loop {
        let kept = as_kept(&desk.books.known);
        let mut reading = Reading::of(&*desk.platform, kept, ReadOptions::default());
        let Some(batch) = reading.next().await.unwrap() else {
            break;
        };
        let changed_nothing = batch.records.is_empty() && batch.progress.complete;
        drop(reading);
        desk.books.keep(&batch);
        lives += 1;
        assert!(lives < 200, "no progress at {:?} {changed_nothing}", batch.entity);
    }
    // some platforms have no more than four kinds of records
    assert!(lives >= 4, "{lives}");
    desk.check();
    yes()
}

/// What comes back from a store: positions as text, records as they were kept.
fn as_kept(known: &KnownVersions) -> KnownVersions {
    let mut kept = KnownVersions::at(&known.positions().unwrap()).unwrap();
    for entity in Entity::ALL {
        for (reference, record) in known.of(entity) {
            kept.insert(entity, reference.to_owned(), record.clone());
        }
    }
    assert_eq!(Position::default().cursor, None);
    kept
}

async fn again(subject: &Subject) -> String {
    let mut desk = read_once(subject, 3).await;
    desk.change(Change::Credited);
    desk.read().await.unwrap();
    let added = desk.books.added;
    desk.books.known.rewind();
    desk.read().await.unwrap();
    assert_eq!(desk.books.added, added);
    // what vanished unseen is noticed
    desk.change(Change::InvoiceDeleted);
    desk.server.adjust(|world| world.model.removed.clear());
    desk.books.known.rewind();
    desk.read().await.unwrap();
    desk.check();
    // everything forgotten but the facts
    let added = desk.books.added;
    desk.books.known = KnownVersions::default();
    desk.read().await.unwrap();
    assert_eq!(desk.books.added, added);
    yes()
}

async fn throttled(subject: &Subject) -> String {
    let mut desk = Desk::open(subject, 3).await;
    desk.server.fail(2, Fault::Throttle(42));
    let waited = desk.timer.elapsed();
    desk.read().await.unwrap();
    desk.check();
    let waited = desk.timer.elapsed() - waited;
    assert!(waited >= Duration::from_secs(42), "{waited:?}");
    assert!(waited < Duration::from_secs(120), "{waited:?}");
    yes()
}

async fn broken(subject: &Subject) -> String {
    let mut desk = Desk::open(subject, 3).await;
    let faults = [
        Fault::Status(500),
        Fault::Cut,
        Fault::Status(503),
        Fault::Slow(50),
        Fault::Cut,
    ];
    for (ix, fault) in faults.into_iter().enumerate() {
        desk.server.fail(ix as u64 + 1, fault);
    }
    desk.read().await.unwrap();
    desk.check();
    // a platform that stays down: what was read stays, and the next reading goes on
    let mut desk = Desk::open(subject, 3).await;
    for call in 4..12 {
        desk.server.fail(call, Fault::Status(500));
    }
    let error = desk.read().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::SOON, "{error}");
    desk.read().await.unwrap();
    desk.check();
    yes()
}

async fn access_ends(subject: &Subject) -> String {
    let mut desk = Desk::open(subject, 3).await;
    desk.server.fail(3, Fault::Expire);
    if (subject.dialect)().token_path().is_empty() {
        let error = desk.read().await.unwrap_err();
        assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
        return "connect again: a key is not renewed".to_owned();
    }
    desk.read().await.unwrap();
    desk.check();
    assert_eq!(desk.server.renewals(), 1);
    // and before it is used, when its end is known
    desk.pass(Duration::from_secs(100_000));
    let calls = desk.server.calls();
    desk.read().await.unwrap();
    assert_eq!(desk.server.renewals(), 2);
    assert!(desk.server.calls() > calls);
    yes()
}

/// The platform has given new access, but nobody got it.
async fn renewal_lost(subject: &Subject) -> String {
    let renewal = (subject.dialect)().renewal();
    if (subject.dialect)().token_path().is_empty() {
        return "nothing is renewed".to_owned();
    }
    let mut desk = read_once(subject, LARGE).await;
    desk.change(Change::PaidInPart);
    desk.pass(Duration::from_secs(100_000));
    desk.server.lose_renewals(1);
    let error = desk.read().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::SOON, "{error}");
    if renewal.grace.is_some() || renewal.by_credentials {
        desk.read().await.unwrap();
        desk.check();
        return yes();
    }
    let error = desk.read().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
    assert!(
        error.to_string().contains("connect the administration again"),
        "{error}"
    );
    assert_eq!(desk.books.problems, Vec::<String>::new());
    "connect again; nothing else is lost".to_owned()
}

async fn consent_ended(subject: &Subject) -> String {
    let mut desk = read_once(subject, LARGE).await;
    let (added, calls) = (desk.books.added, desk.server.calls());
    desk.server.end_access(true);
    let error = desk.read().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
    assert!(!error.to_string().contains("-token-"), "{error}");
    assert_eq!(desk.books.added, added);
    let calls = desk.server.calls() - calls;
    assert!(calls <= 2, "{calls} refused calls are piled up");
    "connect again".to_owned()
}

async fn pages_change(subject: &Subject) -> String {
    for at in 2..8 {
        for change in [
            Change::InvoiceDeleted,
            Change::CustomerAdded,
            Change::PaymentReversed,
        ] {
            let mut desk = Desk::open(subject, 3).await;
            desk.server.fail(at, Fault::Change(change));
            desk.read().await.unwrap();
            desk.happened(change);
            desk.read().await.unwrap();
            desk.check();
        }
    }
    yes()
}

/// Each absurd record is told, no other is held up, and nothing of it is taken in.
async fn absurd(subject: &Subject) -> String {
    let count = (subject.dialect)().absurdities();
    assert!(count >= 3, "{count}");
    let mut desk = Desk::open(subject, LARGE).await;
    desk.server.adjust(|world| world.absurd = (0..count).collect());
    desk.read().await.unwrap();
    let problems = std::mem::take(&mut desk.books.problems);
    assert_eq!(problems.len(), count, "{problems:?}");
    assert!(
        problems.iter().all(|problem| problem.chars().count() < 500),
        "{problems:?}"
    );
    desk.check();
    yes()
}

/// What only a negative total makes a credit note is one; elsewhere it is told, and no other record is held up.
async fn negative(subject: &Subject) -> String {
    const NUMBER: &str = "20260199";
    let mut desk = read_once(subject, LARGE).await;
    let Some(absurd) = (subject.dialect)().negative() else {
        desk.server
            .adjust(|world| world.model.credit(NUMBER, "1001", 10_000));
        desk.read().await.unwrap();
        let told = desk.check_beside(NUMBER).join("; ");
        assert!(
            told.contains("is credit-note of 1001") && told.contains("for -100.00 EUR"),
            "{told}"
        );
        return "is a credit note".to_owned();
    };
    desk.server.adjust(|world| world.absurd = vec![absurd]);
    desk.books.known.rewind();
    desk.read().await.unwrap();
    let problems = std::mem::take(&mut desk.books.problems);
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert!(problem.contains("is EUR -100.00"), "{problem}");
    desk.check();
    "told, the others are taken in".to_owned()
}

/// Whatever the platform's clock shows, a change soon after a reading is not lost, nor one of the same second.
async fn clocks_apart(subject: &Subject) -> String {
    for ahead in [-3_600, 3_600] {
        let mut desk = Desk::open_ahead(subject, 3, ahead).await;
        desk.read().await.unwrap();
        desk.check();
        for change in Change::ALL {
            desk.server.adjust(|world| world.model.soon(90));
            desk.change(change);
            desk.read().await.unwrap();
            desk.check();
        }
        let mut desk = Desk::open_ahead(subject, LARGE, ahead).await;
        desk.read().await.unwrap();
        let now = desk.server.adjust(|world| world.model.begin_editing());
        desk.set(now);
        desk.read().await.unwrap();
        desk.change(Change::InvoiceEdited);
        desk.read().await.unwrap();
        desk.check();
        for at in [2, 4, 6] {
            let mut desk = Desk::open_ahead(subject, 3, ahead).await;
            desk.server.adjust(|world| world.model.soon(60));
            desk.server.fail(at, Fault::Change(Change::CustomerAdded));
            desk.read().await.unwrap();
            desk.happened(Change::CustomerAdded);
            desk.read().await.unwrap();
            desk.check();
        }
    }
    yes()
}

async fn messages(subject: &Subject) -> String {
    let (Some(verify), Some(message)) = (subject.connector.verify, subject.message) else {
        assert!(subject.connector.verify.is_none() && subject.message.is_none());
        return "no: it sends none, it is read regularly".to_owned();
    };
    let desk = read_once(subject, LARGE).await;
    let now = desk.clock.now();
    let (headers, body) = message("s3cret", now.0 / 1_000_000);
    let hear = |body: &[u8], secret: &str| {
        let message = Message {
            headers: &headers,
            query: "",
            body,
        };
        verify(&message, &SecretString::from(secret), now)
    };
    let heard = hear(&body, "s3cret").unwrap();
    let Heard::Events(events) = &heard else {
        panic!("{heard:?}")
    };
    assert_eq!(
        (events[0].entity, events[0].reference.as_str()),
        (Some(Entity::Contact), "abc")
    );
    // again, or late: the same hint
    assert_eq!(hear(&body, "s3cret"), Ok(heard.clone()));
    hear(&body, "another").unwrap_err();
    let text = String::from_utf8(body.clone()).unwrap();
    // a platform that only shows a word which was agreed does not sign what it says
    let shows_word = text.contains("s3cret");
    if !shows_word {
        hear(text.replace("abc", "abd").as_bytes(), "s3cret").unwrap_err();
    }
    hear(b"", "s3cret").unwrap_err();
    hear(b"{", "s3cret").unwrap_err();
    let bare = Message {
        headers: &HeaderMap::new(),
        query: "",
        body: b"{}",
    };
    verify(&bare, &SecretString::from("s3cret"), now).unwrap_err();
    if shows_word {
        return "with a word that was agreed, not signed".to_owned();
    }
    yes()
}

/// The newer message comes first, then both come again: the first has everything read, the others find nothing new.
async fn messages_again(subject: &Subject) -> String {
    let (Some(verify), Some(message)) = (subject.connector.verify, subject.message) else {
        return "no: it sends none, it is read regularly".to_owned();
    };
    let mut desk = read_once(subject, 3).await;
    desk.change(Change::PaidInPart);
    desk.change(Change::InvoiceEdited);
    let (now, secret) = (desk.clock.now(), SecretString::from("s3cret"));
    let [older, newer] = [60, 0].map(|age| message("s3cret", now.0 / 1_000_000 - age));
    let mut added = None;
    for (headers, body) in [&newer, &older, &newer, &older] {
        let (query, body) = ("", body.as_slice());
        let message = Message { headers, query, body };
        let heard = verify(&message, &secret, now).unwrap();
        assert!(
            matches!(&heard, Heard::Events(events) if !events.is_empty()),
            "{heard:?}"
        );
        desk.read().await.unwrap();
        desk.check();
        assert_eq!(*added.get_or_insert(desk.books.added), desk.books.added);
    }
    yes()
}

async fn write_backs(subject: &Subject) -> String {
    let desk = read_once(subject, LARGE).await;
    let first = |books: &Books, entity| {
        let mut all: Vec<&str> = books
            .known
            .of(entity)
            .filter(|(_, known)| known.debtor.is_some())
            .map(|(id, _)| id)
            .collect();
        all.sort_unstable();
        all.first().map(|id| (*id).to_owned()).unwrap()
    };
    let (contact, invoice) = (
        first(&desk.books, Entity::Contact),
        first(&desk.books, Entity::Invoice),
    );
    let changes = [
        (
            "note",
            WriteBack::Note {
                contact: contact.clone(),
                invoice: None,
                text: "Belafspraak: 3 december <\"é\">".to_owned(),
                todo: false,
            },
        ),
        (
            "credit limit",
            WriteBack::CreditLimit {
                contact: contact.clone(),
                limit: Some(Money::new(750_050, Currency::EUR)),
            },
        ),
        (
            "hold",
            WriteBack::Hold {
                contact: contact.clone(),
                held: true,
            },
        ),
        (
            "promised date",
            WriteBack::PromisedDate {
                invoice,
                by: Some("2026-12-03".parse().unwrap()),
            },
        ),
    ];
    let mut told = Vec::new();
    for (name, change) in changes {
        let before = desk.server.adjust(|world| world.written.len());
        let done = desk.platform.write(&change).await.unwrap();
        let after = desk.server.adjust(|world| world.written.len());
        match done {
            Written::Done(_) => {
                assert_eq!(after, before + 1, "{name} did not arrive");
                told.push(format!("{name}: yes"));
            }
            Written::NotOffered(why) => {
                assert_eq!(after, before, "{name}");
                told.push(format!("{name}: no, {why}"));
            }
        }
    }
    // a note whose answer is lost is not written twice by guessing
    desk.server.fail(1, Fault::Cut);
    let note = WriteBack::Note {
        contact,
        invoice: None,
        text: "once".to_owned(),
        todo: false,
    };
    let before = desk.server.adjust(|world| world.written.len());
    let done = desk.platform.write(&note).await;
    let after = desk.server.adjust(|world| world.written.len());
    assert!(after <= before + 1, "written twice");
    match done {
        Err(error) => assert_eq!(error.remedy(), Remedy::AskPerson, "{error}"),
        // the platform recognised the repetition, or a note is set as a whole and can be sent again
        Ok(Written::Done(_)) => assert_eq!(after, before + 1),
        Ok(Written::NotOffered(_)) => assert_eq!(after, before),
    }
    told.join("; ")
}

/// A promise that was told here is written, another day is noted there and taken away again.
async fn promises(subject: &Subject) -> String {
    let dialect = (subject.dialect)();
    if let Some((_, reason)) = dialect.cannot().iter().find(|(case, _)| *case == Case::Promises) {
        return format!("no: {reason}");
    }
    let mut desk = read_once(subject, LARGE).await;
    let described = desk.books.facts.iter().flat_map(|(debtor, facts)| {
        facts.iter().filter_map(|fact| match &fact.body {
            Body::ItemDescribed(item) if item.number == "20260001" => Some((*debtor, item.clone())),
            _ => None,
        })
    });
    let (debtor, invoice) = described.last().unwrap();
    let day = |text: &str| -> Day { text.parse().unwrap() };
    let (made_on, by) = (day("2026-11-21"), day("2026-12-05"));
    let told = |desk: &mut Desk, name: &str, by| {
        let ours = Promise {
            agreement: AgreementId::derived(debtor.0, name),
            items: vec![invoice.item],
            amount: invoice.amount,
            by,
        };
        assert!(!is_promised_on_platform(made_on, &ours));
        desk.books.facts.get_mut(&debtor).unwrap().push(Fact {
            happened: made_on,
            known: Known::At(desk.clock.now()),
            body: Body::Promised(ours.clone()),
        });
        ours
    };
    let first = told(&mut desk, "told on the phone", by);
    let write = |by| WriteBack::PromisedDate {
        invoice: invoice.reference.clone(),
        by,
    };
    let ended = |promise: &Promise, reason| {
        Body::AgreementEnded(AgreementEnd {
            agreement: promise.agreement,
            reason,
        })
    };
    desk.platform.write(&write(Some(by))).await.unwrap();
    assert_eq!(newly(&mut desk, debtor).await, [], "the own date came back");
    let second = told(&mut desk, "told again", day("2026-12-10"));
    desk.server
        .adjust(|world| world.model.promise("20260001", Some(by)));
    assert_eq!(
        newly(&mut desk, debtor).await,
        [],
        "the newer date is still to be written"
    );

    desk.server.change(Change::Promised);
    let new = newly(&mut desk, debtor).await;
    let replaced = [&first, &second].map(|ours| ended(ours, EndReason::Replaced));
    let [ends @ .., Body::Promised(theirs)] = new.as_slice() else {
        panic!("{new:?}");
    };
    assert_eq!(ends, replaced);
    assert_eq!(
        (theirs.by, &theirs.items, theirs.amount),
        (day("2026-12-03"), &first.items, first.amount)
    );
    assert!(is_promised_on_platform(made_on, theirs));

    desk.platform.write(&write(None)).await.unwrap();
    assert_eq!(
        newly(&mut desk, debtor).await,
        [ended(theirs, EndReason::Withdrawn)]
    );
    assert_eq!(newly(&mut desk, debtor).await, []);
    // a day that had passed promises nothing
    desk.platform.write(&write(Some(made_on.plus(-1)))).await.unwrap();
    assert_eq!(newly(&mut desk, debtor).await, []);
    yes()
}

/// What a reading adds about a debtor.
async fn newly(desk: &mut Desk, debtor: DebtorId) -> Vec<Body> {
    let now = desk.server.adjust(|world| world.model.now);
    desk.clock.set(now.plus_seconds(60).max(desk.clock.now()));
    let before = desk.books.facts[&debtor].len();
    desk.read().await.unwrap();
    let facts = desk.books.facts[&debtor].iter().skip(before);
    facts.map(|fact| fact.body.clone()).collect()
}

async fn calls(subject: &Subject) -> String {
    let mut desk = Desk::open(subject, LARGE).await;
    let before = desk.server.calls();
    desk.read().await.unwrap();
    let first = desk.server.calls() - before;
    desk.read().await.unwrap();
    let quiet = desk.server.calls() - before - first;
    let log = desk.server.log();
    assert_eq!(
        (first, quiet),
        (subject.first_calls, subject.quiet_calls),
        "{log:#?}"
    );
    format!("first reading {first}, nothing new {quiet}")
}
