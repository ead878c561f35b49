//! First reading, what changed since, and what was removed.

use maan_connectors::{
    Entity, KnownVersions, Platform as _, ReadOptions, Reading, Remedy, WriteBack, Written,
};
use maan_ledger::{Currency, Day, Known, Moment, snapshot};

use crate::support::{Books, World, note_on};

/// Open and unallocated cents over all debtors, as the ledger sees them.
fn standing(books: &Books, at: Moment) -> (i128, i128) {
    let today = Day::at(at, chrono_tz::Europe::Amsterdam);
    let mut sums = (0, 0);
    for facts in books.facts.values() {
        let snapshot = snapshot(facts, Currency::EUR, today, at);
        let totals = &snapshot.account.totals;
        sums.0 += i128::from(totals.open.minor);
        sums.1 += i128::from(totals.unallocated.minor);
    }
    sums
}

#[tokio::test]
async fn the_first_reading_sees_what_the_platform_says() {
    let world = World::start(120).await;
    let mut books = Books::default();
    let before = world.calls();
    books.read(&world.moneybird).await.unwrap();
    assert_eq!(books.problems, Vec::<String>::new());
    let said = world.practice.status().administrations.remove(0);
    let now = world.clock.now();
    assert_eq!(
        standing(&books, now),
        (said.open_cents.into(), said.unallocated_cents.into())
    );
    assert_eq!(books.known.of(Entity::Contact).count(), said.debtors);
    assert_eq!(books.known.of(Entity::Invoice).count(), said.invoices);
    // lists, and one call for each hundred records
    let chunks = |records: usize| records.div_ceil(100) as u64;
    let calls = world.calls() - before;
    assert_eq!(
        calls,
        5 + chunks(said.debtors) + chunks(said.invoices) + chunks(said.estimates) + chunks(said.unallocated)
    );
    // history was known before, at the platform's own stamps
    let facts = || books.facts.values().flatten();
    assert!(facts().all(|fact| matches!(fact.known, Known::Assumed(at) if at <= now)));
    let moments: std::collections::HashSet<Moment> = facts().map(|fact| fact.known.moment()).collect();
    assert!(moments.len() > 500, "{}", moments.len());
}

#[tokio::test]
async fn an_ordinary_reading_costs_a_handful_of_calls_and_adds_nothing() {
    let world = World::start(120).await;
    let mut books = Books::default();
    books.read(&world.moneybird).await.unwrap();
    let (calls, added) = (world.calls(), books.added);
    assert_eq!(books.read(&world.moneybird).await.unwrap(), 0);
    assert_eq!(world.calls() - calls, 5);
    assert_eq!(books.added, added);
}

#[tokio::test]
async fn reading_everything_again_adds_nothing_at_all() {
    let world = World::start(60).await;
    let mut books = Books::default();
    books.read(&world.moneybird).await.unwrap();
    let added = books.added;
    assert!(added > 500, "{added}");
    // versions lost, facts kept: as history, then as news
    books.known = KnownVersions::default();
    books.read(&world.moneybird).await.unwrap();
    assert_eq!(books.added, added);
    books.known = KnownVersions::default();
    for entity in Entity::ALL {
        books.known.set_complete(entity);
    }
    books.read(&world.moneybird).await.unwrap();
    assert_eq!(books.added, added);
}

#[tokio::test]
async fn what_happens_later_is_known_later_and_adds_up() {
    let world = World::start(120).await;
    let mut books = Books::default();
    books.read(&world.moneybird).await.unwrap();
    let first = world.clock.now();
    let then = standing(&books, first);
    for _ in 0..6 {
        world.play(5);
        let (added, now) = (books.added, world.clock.now());
        books.read(&world.moneybird).await.unwrap();
        assert!(books.added > added, "five days without news");
        let said = world.practice.status().administrations.remove(0);
        assert_eq!(
            standing(&books, now),
            (said.open_cents.into(), said.unallocated_cents.into()),
            "{now}"
        );
    }
    assert_eq!(books.problems, Vec::<String>::new());
    // what was known on the first day has not changed
    assert_eq!(standing(&books, first), then);
}

#[tokio::test]
async fn a_payment_of_an_hour_ago_is_seen() {
    let world = World::start(60).await;
    let mut books = Books::default();
    books.read(&world.moneybird).await.unwrap();
    let open = standing(&books, world.clock.now()).0;
    let candidates: Vec<String> = books
        .known
        .of(Entity::Invoice)
        .map(|(reference, _)| reference.to_owned())
        .collect();
    let said = || i128::from(world.practice.status().administrations.remove(0).open_cents);
    // one that was given up is no longer open
    candidates
        .iter()
        .find(|reference| world.practice.pay_invoice(reference, 60).is_ok() && said() < open)
        .unwrap();
    let calls = world.calls();
    books.read(&world.moneybird).await.unwrap();
    assert_eq!(standing(&books, world.clock.now()).0, said());
    assert!(world.calls() - calls <= 8);
}

#[tokio::test]
async fn a_reading_that_was_broken_off_is_made_up_for() {
    let world = World::start(60).await;
    let mut whole = Books::default();
    let batches = whole.read(&world.moneybird).await.unwrap();
    assert!(batches > 5, "{batches}");
    // a process that keeps one batch and is gone, again and again
    let mut books = Books::default();
    let mut lives = 0;
    loop {
        let moneybird = world.another();
        let mut reading = Reading::of(&moneybird, books.known.clone(), ReadOptions::default());
        let Some(batch) = reading.next().await.unwrap() else {
            break;
        };
        books.keep(&batch);
        lives += 1;
        assert!(lives <= batches, "no progress");
    }
    assert_eq!(lives, batches);
    assert_eq!(books.known, whole.known);
    let sorted = |books: &Books| {
        let mut facts: Vec<_> = books.facts.clone().into_iter().collect();
        facts.sort_by_key(|(debtor, _)| *debtor);
        facts
    };
    assert_eq!(sorted(&books), sorted(&whole));
}

#[tokio::test]
async fn two_administrations_have_debtors_of_their_own() {
    let world = World::start(20).await;
    let connection = world.moneybird.connection();
    let all = maan_connectors::moneybird::administrations(connection, &world.endpoints)
        .await
        .unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(
        (
            all[0].currency.as_str(),
            all[0].country.as_str(),
            all[1].country.as_str()
        ),
        ("EUR", "NL", "BE")
    );
    assert_eq!(all[0].time_zone, chrono_tz::Europe::Amsterdam);
    assert_ne!(
        world.moneybird.ids(),
        world.process(&world.timer, all[1].clone()).ids()
    );
    assert_eq!(world.moneybird.ids(), world.another().ids());
    let kept = serde_json::to_string(&all[1]).unwrap();
    assert_eq!(
        serde_json::from_str::<maan_connectors::Administration>(&kept).unwrap(),
        all[1]
    );
}

#[tokio::test]
async fn the_bank_is_booked_through_its_newest_transaction() {
    let world = World::start(60).await;
    let day = |world: &World| Day::at(world.clock.now(), chrono_tz::Europe::Amsterdam);
    let booked = world.moneybird.bank_booked_through().await.unwrap().unwrap();
    assert!((0..5).contains(&day(&world).since(booked)), "{booked}");
    world.play(30);
    let later = world.moneybird.bank_booked_through().await.unwrap().unwrap();
    assert!(later.since(booked) > 20 && later <= day(&world), "{later}");
}

#[tokio::test]
async fn notes_are_written_back() {
    let world = World::start(20).await;
    let mut books = Books::default();
    books.read(&world.moneybird).await.unwrap();
    let reference = |entity| books.known.of(entity).next().unwrap().0.to_owned();
    let (contact, invoice) = (reference(Entity::Contact), reference(Entity::Invoice));
    let one = world
        .moneybird
        .write(&note_on(&contact, "Belafspraak: 3 december"))
        .await
        .unwrap();
    let on_invoice = |invoice: &str| WriteBack::Note {
        contact: contact.clone(),
        invoice: Some(invoice.to_owned()),
        text: "Nabellen".to_owned(),
        todo: true,
    };
    let other = world.moneybird.write(&on_invoice(&invoice)).await.unwrap();
    assert!(matches!(one, Written::Done(Some(_))), "{one:?}");
    assert_ne!(one, other);
    let error = world.moneybird.write(&on_invoice("1")).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::AskPerson, "{error}");
}

#[tokio::test]
async fn what_the_consent_does_not_cover_is_skipped_and_told() {
    let world = World::start(10).await;
    let mut reading = Reading::of(&world.moneybird, Default::default(), ReadOptions::default());
    while reading.next().await.unwrap().is_some() {}
    let skipped: Vec<Entity> = reading.skipped().iter().map(|(entity, _)| *entity).collect();
    // practice has no external invoices
    assert!(
        skipped.is_empty() || skipped == [Entity::ExternalInvoice],
        "{:?}",
        reading.skipped()
    );
}
