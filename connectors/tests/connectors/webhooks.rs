//! Messages of the practice server, signed as the platform signs.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use maan_connectors::Entity;
use maan_connectors::Platform as _;
use maan_connectors::moneybird::verify;
use maan_connectors::webhook::WebhookError;
use maan_ledger::{Clock, Moment};
use secrecy::SecretString;
use tokio::sync::mpsc;
use url::Url;

use crate::support::{Books, World};

type Messages = mpsc::UnboundedReceiver<(String, Bytes)>;

async fn receiver() -> (Url, Messages) {
    let (sender, messages) = mpsc::unbounded_channel();
    async fn take(
        State(sender): State<mpsc::UnboundedSender<(String, Bytes)>>,
        headers: HeaderMap,
        body: Bytes,
    ) {
        let signature = headers
            .get("moneybird-signature")
            .map(|value| value.to_str().unwrap().to_owned());
        sender.send((signature.unwrap_or_default(), body)).unwrap();
    }
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
        .await
        .unwrap();
    let url = Url::parse(&format!("http://{}/hook", listener.local_addr().unwrap())).unwrap();
    let app = Router::new().route("/hook", post(take)).with_state(sender);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, messages)
}

async fn next(messages: &mut Messages) -> (String, Bytes) {
    tokio::time::timeout(Duration::from_secs(10), messages.recv())
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_payment_is_told_and_the_message_is_believed_only_with_its_signature() {
    let world = World::start(40).await;
    let mut books = Books::default();
    books.read(&world.moneybird).await.unwrap();
    let (url, mut messages) = receiver().await;
    let subscription = world.moneybird.subscribe(&url).await.unwrap().unwrap();
    let secret = subscription.secret.unwrap();
    while messages.try_recv().is_ok() {} // the trial message of the registration

    let open = books
        .known
        .of(Entity::Invoice)
        .map(|(reference, _)| reference.to_owned());
    let paid = open
        .into_iter()
        .find(|reference| world.practice.pay_invoice(reference, 60).is_ok())
        .unwrap();
    let now = Clock::System.now();
    let event = loop {
        let (signature, body) = next(&mut messages).await;
        let event = verify(&signature, &body, &secret, now).unwrap();
        // again: the same; with another secret, changed, or an hour later: refused
        assert_eq!(verify(&signature, &body, &secret, now), Ok(event.clone()));
        let other = SecretString::from("another secret");
        assert_eq!(verify(&signature, &body, &other, now), Err(WebhookError::Forged));
        let mut changed = body.to_vec();
        changed.push(b' ');
        assert_eq!(
            verify(&signature, &changed, &secret, now),
            Err(WebhookError::Forged)
        );
        let late = Moment(now.0 + 3_600_000_000);
        assert!(matches!(
            verify(&signature, &body, &secret, late),
            Err(WebhookError::Stale(_))
        ));
        if event.reference == paid {
            break event;
        }
    };
    assert_eq!((event.entity, event.deleted), (Some(Entity::Invoice), false));
    assert_eq!(event.administration, world.moneybird.administration().id);
    // the hint is followed by a reading; following it twice adds nothing
    let added = books.added;
    books.read(&world.moneybird).await.unwrap();
    assert!(books.added > added);
    let added = books.added;
    books.read(&world.moneybird).await.unwrap();
    assert_eq!(books.added, added);

    world.moneybird.unsubscribe(&subscription.id).await.unwrap();
    world.moneybird.unsubscribe(&subscription.id).await.unwrap();
}
