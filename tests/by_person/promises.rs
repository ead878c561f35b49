//! What a debtor promised on the telephone: waited for, kept, broken.

use super::{Desk, LIST, id};
use crate::support::Kind;

/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// The call to the company was made on 20 November and the debtor promised 250 euros until 27 November.
async fn promised_in_a_call(kind: Kind) -> Desk {
    let desk = Desk::after_the_night(kind).await;
    let call = desk.action("call: 2026-0005").await;
    let promise = [
        "--outcome",
        "promised",
        "--amount",
        "250.00",
        "--on",
        "2026-11-27",
    ];
    let told = desk
        .installation
        .maan(&[&["done", id(&call)][..], &promise].concat())
        .await
        .good();
    assert!(
        told.out
            .contains("promised to pay EUR 250.00 of one invoice until 2026-11-27"),
        "{}",
        told.out
    );
    let events = desk.exported_events().await;
    assert!(events.contains("promise,2026-11-20"), "{events}");
    desk.ask(&["run", "--no-send"]).await;
    desk
}

/// What goes on towards a debtor today, by level.
async fn goes_on(desk: &Desk, debtor: &str) -> Vec<String> {
    let explained = desk.ask(&["explain", debtor]).await;
    let steps = explained["outcome"]["steps"].as_array().unwrap().clone();
    let going = steps.iter().filter(|step| step.get("stopped").is_none());
    let kinds = going.map(|step| match step["level"].as_str() {
        None | Some("none") => step["kind"].as_str().unwrap().to_owned(),
        Some(level) => level.to_owned(),
    });
    kinds.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flow_1_a_promise_in_a_call_is_waited_for_and_when_broken_the_next_step_comes_at_once_on_sqlite() {
    a_promise_is_broken(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flow_1_a_promise_in_a_call_is_waited_for_and_when_broken_the_next_step_comes_at_once_on_postgresql()
{
    a_promise_is_broken(Kind::Postgres).await;
}

async fn a_promise_is_broken(kind: Kind) {
    if !kind.is_there() {
        return;
    }
    let desk = promised_in_a_call(kind).await;
    assert_eq!(
        goes_on(&desk, "300").await,
        Vec::<String>::new(),
        "it is waited for"
    );
    desk.installation.wait(DAY * 9);
    desk.ask(&["run", "--no-send"]).await;
    assert_eq!(
        goes_on(&desk, "300").await,
        Vec::<String>::new(),
        "the bank has its days"
    );
    desk.installation.wait(DAY);
    desk.ask(&["run", "--no-send"]).await;
    assert_eq!(goes_on(&desk, "300").await, ["last-reminder"], "one step higher");
    let explained = desk.ask(&["explain", "300"]).await;
    assert!(
        explained["reasons"].to_string().contains("toezegging"),
        "{explained}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flow_1_a_promise_that_is_kept_is_thanked_for() {
    let desk = promised_in_a_call(Kind::Sqlite).await;
    desk.installation.wait(DAY * 5);
    // the promised part and what was left beside it
    let paid = LIST.replace("1000.00;1000.00", "1000.00;0.00");
    desk.import(&paid, &[]).await;
    desk.ask(&["run", "--no-send"]).await;
    assert_eq!(goes_on(&desk, "300").await, ["thanks"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flow_1_who_calls_by_himself_and_promises_is_left_in_peace_and_the_last_word_counts() {
    let desk = Desk::after_the_night(Kind::Sqlite).await;
    assert_eq!(desk.action("call: 2026-0005").await["state"], "to-do");
    let told = desk
        .installation
        .maan(&["promise", "300", "--on", "2026-12-04"])
        .await
        .good();
    assert!(
        told.out
            .contains("Jansen BV: promised to pay EUR 1000.00 of one invoice until 2026-12-04"),
        "{}",
        told.out
    );
    desk.ask(&["run", "--no-send"]).await;
    assert_eq!(desk.action("call: 2026-0005").await["state"], "withdrawn");
    assert_eq!(goes_on(&desk, "300").await, Vec::<String>::new());

    // of two invoices one, and then both until another day
    desk.ask(&["promise", "100", "--on", "2026-11-25", "--items", "2026-0002"])
        .await;
    let both = desk
        .ask(&["promise", "100", "--on", "2026-12-01", "--amount", "300.00"])
        .await;
    assert_eq!(both["promise"]["amount"], "EUR 300.00");
    assert_eq!(both["promise"]["items"].as_array().unwrap().len(), 2);
    desk.installation.wait(DAY * 10);
    desk.ask(&["run", "--no-send"]).await;
    assert_eq!(
        goes_on(&desk, "100").await,
        Vec::<String>::new(),
        "the first promise was replaced and not broken"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flow_1_a_promise_that_cannot_be_is_refused_and_nothing_is_kept() {
    let desk = Desk::after_the_night(Kind::Sqlite).await;
    let call = desk.action("call: 2026-0005").await;
    let letter = desk.action("formal notice: 2026-0001").await;
    let in_a_call = ["done", id(&call), "--outcome", "promised"];
    let call_and = |more: &[&'static str]| [&in_a_call[..], more].concat();
    for (arguments, code, words) in [
        (call_and(&[]), 1, "say until when the debtor promised to pay"),
        (call_and(&["--on", "2026-11-19"]), 1, "2026-11-19 has passed"),
        (
            call_and(&["--on", "2027-01-20"]),
            1,
            "until 2027-01-19 at the latest",
        ),
        (
            call_and(&["--on", "2026-11-27", "--amount", "0"]),
            1,
            "no amount to promise",
        ),
        (
            call_and(&["--on", "2026-11-27", "--amount", "1000.01"]),
            1,
            "more than the EUR 1000.00 that is open",
        ),
        (
            call_and(&["--on", "2026-11-27", "--items", "2026-0001"]),
            1,
            "no open invoice `2026-0001`; open are: 2026-0005",
        ),
        (
            vec!["done", id(&call), "--outcome", "reached", "--on", "2026-11-27"],
            1,
            "belong to a promise",
        ),
        (
            vec!["done", id(&letter), "--amount", "10.00"],
            1,
            "belong to a promise",
        ),
        (
            vec!["promise", "300", "--on", "2027-01-20"],
            1,
            "allow more days with `maan settings longest_promise_days=",
        ),
        (
            vec!["promise", "nobody", "--on", "2026-11-27"],
            3,
            "no debtor is known as `nobody`",
        ),
    ] {
        desk.installation.maan(&arguments).await.problem(code, &[words]);
    }
    assert_eq!(desk.action("call: 2026-0005").await["state"], "to-do");
    let events = desk.exported_events().await;
    assert!(!events.contains("promise"), "{events}");
    desk.ask(&["settings", "longest_promise_days=61"]).await;
    desk.ask(&["promise", "300", "--on", "2027-01-20"]).await;
}
