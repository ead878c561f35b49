//! A platform that fails.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use maan_connectors::oauth::{TokenVault, Tokens};
use maan_connectors::{Entity, Platform as _, Reading, Remedy};
use maan_practice::{Fault, Throttle};
use secrecy::{ExposeSecret, SecretString};

use crate::support::{Books, World, note_on};

#[tokio::test]
async fn a_throttled_reading_waits_as_told_and_ends_well() {
    let world = World::start(20).await;
    let waited = world.timer.elapsed();
    world
        .practice
        .fail_next(2, Fault::TooManyRequests { retry_after: 42 });
    let mut books = Books::default();
    books.read(&world.moneybird).await.unwrap();
    let waited = world.timer.elapsed() - waited;
    // the platform names a second of the clock, so a wait may be up to a second longer
    assert!(
        (Duration::from_secs(83)..Duration::from_secs(88)).contains(&waited),
        "{waited:?}"
    );
}

#[tokio::test]
async fn the_platforms_own_window_is_waited_for() {
    let world = World::start(20).await;
    world.practice.set_throttle(Some(Throttle {
        requests: 3,
        window: Duration::from_secs(2),
    }));
    // for real: the window of the practice server does not skip
    let moneybird = world.patient();
    let mut books = Books::default();
    books.read(&moneybird).await.unwrap();
    assert_eq!(books.problems, Vec::<String>::new());
}

#[tokio::test]
async fn server_errors_and_answers_cut_off_are_repeated() {
    let world = World::start(20).await;
    let mut whole = Books::default();
    whole.read(&world.moneybird).await.unwrap();
    world.practice.fail_next(2, Fault::ServerError);
    world.practice.fail_next(1, Fault::CutBody);
    world.practice.fail_next(1, Fault::Unavailable);
    world.practice.fail_next(1, Fault::Slow { millis: 50 });
    world.practice.fail_next(2, Fault::CutBody);
    let (mut books, calls) = (Books::default(), world.calls());
    books.read(&world.moneybird).await.unwrap();
    assert_eq!(books.known, whole.known);
    assert_eq!(books.added, whole.added);
    assert!(world.calls() - calls >= 6 + 5);
}

#[tokio::test]
async fn a_platform_that_stays_down_is_told_and_what_was_read_stays() {
    let world = World::start(40).await;
    let mut books = Books::default();
    let mut reading = Reading::of(&world.moneybird, Default::default(), Default::default());
    books.keep(&reading.next().await.unwrap().unwrap());
    world.practice.fail_next(6, Fault::ServerError);
    let calls = world.calls();
    let error = reading.next().await.unwrap_err();
    assert_eq!(world.calls() - calls, 6, "one attempt and five repetitions");
    assert_eq!(error.remedy(), Remedy::SOON, "{error}");
    // the same reading goes on where it was
    while let Some(batch) = reading.next().await.unwrap() {
        books.keep(&batch);
    }
    let mut whole = Books::default();
    whole.read(&world.moneybird).await.unwrap();
    assert_eq!(books.known, whole.known);
}

#[tokio::test]
async fn a_note_is_never_written_twice_by_guessing() {
    let world = World::start(10).await;
    let mut books = Books::default();
    books.read(&world.moneybird).await.unwrap();
    let contact = books.known.of(Entity::Contact).next().unwrap().0.to_owned();
    let note = async |text: &str| world.moneybird.write(&note_on(&contact, text)).await;
    for fault in [Fault::CutBody, Fault::ServerError] {
        world.practice.fail_next(1, fault);
        let calls = world.calls();
        let error = note("once").await.unwrap_err();
        assert_eq!(
            (error.remedy(), world.calls() - calls),
            (Remedy::AskPerson, 1),
            "{error}"
        );
        assert!(error.to_string().contains("may or may not have done"), "{error}");
    }
    // what was certainly not done is done again
    world
        .practice
        .fail_next(1, Fault::TooManyRequests { retry_after: 1 });
    let calls = world.calls();
    note("throttled").await.unwrap();
    assert_eq!(world.calls() - calls, 2);
}

#[tokio::test]
async fn what_is_refused_is_not_tried_again() {
    let world = World::start(10).await;
    let calls = world.calls();
    let error = world.moneybird.write(&note_on("1", "?")).await.unwrap_err();
    assert_eq!(
        (error.remedy(), world.calls() - calls),
        (Remedy::AskPerson, 1),
        "{error}"
    );
}

#[tokio::test]
async fn an_access_that_ends_midway_is_renewed_once_for_all() {
    let world = World::start(40).await;
    let mut books = Books::default();
    let mut reading = Reading::of(&world.moneybird, Default::default(), Default::default());
    books.keep(&reading.next().await.unwrap().unwrap());
    world.practice.expire_access_tokens();
    while let Some(batch) = reading.next().await.unwrap() {
        books.keep(&batch);
    }
    assert_eq!(world.vault.version(), 1);
    // many at once, in two processes: one of them renews, reuse of a refresh token would end the consent
    world.practice.expire_access_tokens();
    let other = Arc::new(world.patient());
    let own = Arc::new(world.patient());
    let readers: Vec<_> = (0..8)
        .map(|ix| {
            let moneybird = if ix % 2 == 0 { own.clone() } else { other.clone() };
            tokio::spawn(async move {
                Books::default()
                    .read(&*moneybird)
                    .await
                    .map_err(|error| error.to_string())
            })
        })
        .collect();
    for reader in readers {
        reader.await.unwrap().unwrap();
    }
    assert_eq!(world.vault.version(), 2);
}

#[tokio::test]
async fn an_access_about_to_end_is_renewed_before_it_is_used() {
    let world = World::start_with(10, |config| {
        config.access_token_lifetime = Duration::from_secs(30)
    })
    .await;
    let version = world.vault.version();
    assert!(version >= 1, "30 seconds are less than the margin");
    let calls = world.calls();
    Books::default().read(&world.moneybird).await.unwrap();
    assert!(world.vault.version() > version && world.calls() > calls);
}

#[tokio::test]
async fn a_new_token_is_kept_before_it_is_used() {
    let world = World::start(10).await;
    world.practice.expire_access_tokens();
    // the disk is full for a moment: the token is offered again
    world.vault.broken.store(2, Ordering::SeqCst);
    Books::default().read(&world.moneybird).await.unwrap();
    assert_eq!(world.vault.version(), 1);
    // the disk stays full: no call is made with a token that is not kept
    world.practice.expire_access_tokens();
    world.vault.broken.store(100, Ordering::SeqCst);
    let calls = world.calls();
    let error = Books::default().read(&world.moneybird).await.unwrap_err();
    assert_eq!(world.calls() - calls, 1, "only the one that was refused");
    assert!(error.to_string().contains("disk full"), "{error}");
    assert_eq!(error.remedy(), Remedy::SOON);
}

#[tokio::test]
async fn the_tokens_of_another_holder_are_waited_for_and_used() {
    let world = World::start(10).await;
    let other = world.vault.lease().await.unwrap().unwrap();
    assert!(world.vault.lease().await.unwrap().is_none());
    world.practice.expire_access_tokens();
    let moneybird = world.patient();
    let reading = tokio::spawn(async move {
        Books::default()
            .read(&moneybird)
            .await
            .map_err(|error| error.to_string())
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!reading.is_finished());
    // the other one finishes, with what it got from the platform
    let form = [
        ("grant_type", "refresh_token"),
        (
            "refresh_token",
            other.stored.tokens.refresh.as_ref().unwrap().expose_secret(),
        ),
        ("client_id", &world.practice.client().id),
        ("client_secret", &world.practice.client().secret),
    ];
    let answer: serde_json::Value = reqwest::Client::new()
        .post(world.practice.token_url())
        .form(&form)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let text = |name: &str| SecretString::from(answer[name].as_str().unwrap());
    let fresh = Tokens {
        access: text("access_token"),
        refresh: Some(text("refresh_token")),
        ..other.stored.tokens.clone()
    };
    world.vault.replace(&other, &fresh).await.unwrap();
    reading.await.unwrap().unwrap();
    assert_eq!(world.vault.version(), 1, "nobody renewed a second time");
}

#[tokio::test]
async fn a_holder_that_never_finishes_is_told() {
    let world = World::start(10).await;
    let _never = world.vault.lease().await.unwrap().unwrap();
    world.practice.expire_access_tokens();
    let error = Books::default().read(&world.moneybird).await.unwrap_err();
    assert!(
        error.to_string().contains("another process is renewing"),
        "{error}"
    );
    assert_eq!(error.remedy(), Remedy::SOON);
}

#[tokio::test]
async fn a_lost_answer_to_a_renewal_ends_in_connecting_again() {
    let world = World::start(10).await;
    world.practice.expire_access_tokens();
    world.practice.lose_refreshes(1);
    let error = Books::default().read(&world.moneybird).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::SOON, "{error}");
    // this server has rotated the token, and using the old one again ends the consent
    let error = Books::default().read(&world.moneybird).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
    assert_eq!(world.vault.version(), 0);
}

#[tokio::test]
async fn a_consent_that_was_taken_back_asks_to_connect_again() {
    let world = World::start(10).await;
    world.practice.revoke_grants();
    let calls = world.calls();
    let error = Books::default().read(&world.moneybird).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
    assert!(
        error.to_string().contains("connect the administration again"),
        "{error}"
    );
    assert_eq!(world.calls() - calls, 1, "no errors are piled up at the platform");
}

#[tokio::test]
async fn a_platform_that_is_not_there_is_told() {
    let world = World::start(10).await;
    let moneybird = world.another();
    world.practice.stop().await;
    let error = Books::default().read(&moneybird).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::SOON, "{error}");
    assert!(error.to_string().contains("127.0.0.1"), "{error}");
}
