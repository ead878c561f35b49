//! Platforms tell that something changed, and it is read within seconds: the whole program behind a web server.

pub(crate) mod process;
mod relay;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use self::process::Listening;
use self::relay::Relay;
use crate::support::{Installation, Kind, Platform};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listening_reads_what_is_told_and_nothing_that_is_forged_on_sqlite() {
    told_on(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listening_reads_what_is_told_and_nothing_that_is_forged_on_postgresql() {
    told_on(Kind::Postgres).await;
}

/// An installation that is connected, and the web server in front of it.
async fn desk(kind: Kind) -> (Platform, Installation, Relay, u16) {
    let platform = Platform::start(40).await;
    let installation = Installation::connected(kind, &platform).await;
    let port = Listening::free_port();
    (platform, installation, Relay::start(port).await, port)
}

/// Everything that changed is read already.
async fn is_read(installation: &Installation) {
    let read = installation.ask(&["sync"]).await;
    assert_eq!((&read["facts"], &read["new"]), (&0.into(), &0.into()), "{read}");
}

async fn connection(installation: &Installation) -> Value {
    installation.ask(&["connections"]).await[0].take()
}

async fn told_on(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let (platform, installation, relay, port) = desk(kind).await;
    assert_eq!(connection(&installation).await["heard"], "polled");
    let mut listening = Listening::start(&installation, port, &relay.public, &[]).await;
    let subscribed = listening.tells("subscribed").await;
    assert_eq!(subscribed["renewed"], false, "{subscribed}");
    listening.reads_news("time").await;
    let kept = connection(&installation).await;
    assert_eq!(
        (&kept["heard"], &kept["health"]),
        (&json!("messages"), &json!("working"))
    );
    assert!(
        kept["messages_since"].is_string() && kept["last_message"].is_null(),
        "{kept}"
    );
    let webhooks = platform.webhooks().await;
    assert!(
        webhooks.len() == 1 && webhooks[0].starts_with(&relay.public),
        "{webhooks:?}"
    );

    // a payment is in the ledger within seconds
    let paid = Instant::now();
    platform.pay_any().await;
    listening.reads_news("message").await;
    assert!(paid.elapsed() < Duration::from_secs(15), "{:?}", paid.elapsed());
    is_read(&installation).await;
    let kept = connection(&installation).await;
    assert!(kept["last_message"].is_string(), "{kept}");
    let words = installation.maan(&["connections"]).await.good().out;
    assert!(words.contains("messages, last 20"), "{words}");

    again(&relay, &mut listening).await;
    forged(&relay, &mut listening).await;
    restarted(&platform, &installation, &relay, port, listening).await;

    // nothing is left of it at the platform or here
    let name = kept["name"].as_str().unwrap();
    let ended = installation.ask(&["disconnect", name]).await;
    assert_eq!(ended[0]["messages"]["ended"], "ended", "{ended}");
    assert_eq!(platform.webhooks().await, Vec::<String>::new());
    assert_eq!(installation.number("SELECT count(*) FROM hook").await, 0);
    assert_eq!(connection(&installation).await["heard"], "polled");
}

/// Messages that come again, all at once and the last one first, are one reading that finds nothing.
async fn again(relay: &Relay, listening: &mut Listening) {
    listening.tells_soon().await;
    let mut told = relay.passed();
    // the first one tried the address
    told.remove(0);
    assert!(!told.is_empty());
    for one in told.iter().rev().chain(&told) {
        assert_eq!(relay.send(&one.path, &one.signature, one.body.clone()).await, 200);
    }
    let reads = listening.tells_soon().await;
    assert_eq!(reads.len(), 1, "{reads:?}");
    assert_eq!(
        (&reads[0]["event"], &reads[0]["after"], &reads[0]["facts"]),
        (&json!("read"), &json!("message"), &json!(0))
    );
}

/// What is not signed by the platform, or is not for it, has nothing be read.
async fn forged(relay: &Relay, listening: &mut Listening) {
    let genuine = relay.passed().pop().unwrap();
    let (path, signature, body) = (genuine.path.as_str(), genuine.signature.as_str(), genuine.body);
    let mut changed = body.clone();
    changed.push(b' ');
    let stale = signature.replace("t=", "t=1");
    let tampered = signature.replace("v1=", "v1=0");
    for (path, signature, body, answer) in [
        (path, signature, changed, 401),
        (path, "", body.clone(), 401),
        (path, &stale, body.clone(), 401),
        (path, &tampered, body.clone(), 401),
        ("hooks", signature, body.clone(), 404),
        ("", signature, body, 404),
        (path, signature, vec![b' '; 1024 * 1024 + 1], 413),
    ] {
        assert_eq!(
            relay.send(path, signature, body).await,
            answer,
            "{path} {signature}"
        );
    }
    let got = reqwest::get(listening.here(path)).await.unwrap();
    assert_eq!(got.status().as_u16(), 405);
    let got = reqwest::get(listening.here("")).await.unwrap();
    assert_eq!(got.status().as_u16(), 404);
    assert_eq!(listening.tells_soon().await, Vec::<Value>::new());
}

/// A listener that is killed misses messages, reads when it is there again, and asks the platform for nothing anew.
async fn restarted(
    platform: &Platform,
    installation: &Installation,
    relay: &Relay,
    port: u16,
    listening: Listening,
) {
    let before = platform.webhooks().await;
    listening.kill().await;
    platform.pay_any().await;
    let mut listening = Listening::start(installation, port, &relay.public, &[]).await;
    listening.tells("listening").await;
    // at the start, or because the platform sends again what nobody took
    listening.reads_news("").await;
    is_read(installation).await;
    assert_eq!(platform.webhooks().await, before);
    platform.pay_any().await;
    listening.reads_news("message").await;
    is_read(installation).await;
    let ended = listening.stop("-TERM").await;
    assert_eq!(ended.code, Some(0), "{}", ended.all);
    // the path is as good as a password to whoever wants to have everything read again and again
    let path = before[0].rsplit('/').next().unwrap();
    assert!(!ended.all.contains(path), "{}", ended.all);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_at_the_same_time_doubles_nothing_on_sqlite() {
    at_the_same_time_on(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_at_the_same_time_doubles_nothing_on_postgresql() {
    at_the_same_time_on(Kind::Postgres).await;
}

/// Two listeners and two who read by hand: what all of them found is what one finds alone.
async fn at_the_same_time_on(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let (platform, installation, relay, port) = desk(kind).await;
    let alone = installation.copy().await;
    let alone = alone.ask(&["sync"]).await;
    let other = Listening::free_port();
    let (mut one, mut two, by_hand, run) = tokio::join!(
        Listening::start(&installation, port, &relay.public, &[]),
        Listening::start(&installation, other, &relay.public, &[]),
        installation.ask(&["sync"]),
        installation.ask(&["run", "--no-send"]),
    );
    let mut facts = by_hand["facts"].as_u64().unwrap() + run["read"]["facts"].as_u64().unwrap();
    // only the first of the two is reached, and may have been asked by the other
    let is_new = |told: &Value| told["event"] == "listening" || told["event"] == "subscribed";
    let mut heard = false;
    let mut told = Vec::new();
    while !heard {
        told.extend(one.tells_soon().await);
        heard = told.iter().any(is_new);
        assert!(told.len() < 20, "{told:?}");
    }
    told.extend(two.tells_soon().await);
    let read = told.iter().filter(|told| told["event"] == "read");
    facts += read.map(|read| read["facts"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(facts, alone["facts"].as_u64().unwrap(), "{told:?}");
    assert_eq!(platform.webhooks().await.len(), 1);
    is_read(&installation).await;

    platform.pay_any().await;
    one.reads_news("message").await;
    is_read(&installation).await;
    for listening in [one, two] {
        let ended = listening.stop("-INT").await;
        assert_eq!(ended.code, Some(0), "{}", ended.all);
    }
    installation.ask(&["replay", "--all"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listening_names_what_it_cannot_do() {
    let installation = Installation::new(Kind::Sqlite).await;
    let other = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let taken = other.local_addr().unwrap().to_string();
    let good = ["listen", "--public", "https://books.example/hooks"];
    for (rest, code, words) in [
        (
            &["--address", taken.as_str()][..],
            5,
            &["--address", taken.as_str()][..],
        ),
        (
            &["--public", "http://books.example/hooks"],
            1,
            &["--public", "https://"],
        ),
        (
            &["--secret-file", "moneybird=x"],
            1,
            &["exact-online, quickbooks, xero"],
        ),
        (&["--secret-file", "xero=nowhere"], 1, &["`nowhere`"]),
        (&["--secret-file", "xero"], 1, &["PLATFORM=FILE"]),
        (&["-a", "Noord"], 3, &["Noord"]),
    ] {
        let arguments: Vec<&str> = match rest[0] {
            "--public" => [&good[..1], rest].concat(),
            _ => [&good[..], rest].concat(),
        };
        installation.maan(&arguments).await.problem(code, words);
    }
}
