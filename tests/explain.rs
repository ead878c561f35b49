//! Each debtor has an answer: what happens, why, why not something else, what would change it. Asking changes nothing.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::support::{Installation, Kind, Platform};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_every_debtor_has_an_answer_and_asking_writes_nothing() {
    let platform = Platform::start(14).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    let read = installation.ask(&["sync"]).await;
    installation.ask(&["run", "--no-send"]).await;
    let before = contents(&installation, "before").await;

    let mut by_outcome: BTreeMap<String, (String, String)> = BTreeMap::new();
    for debtor in read["changed"].as_array().unwrap() {
        let debtor = debtor.as_str().unwrap();
        let explained = installation.ask(&["explain", debtor]).await;
        answered(&explained);
        let name = explained["name"].as_str().unwrap().to_owned();
        let found = (name, debtor.to_owned());
        let first = by_outcome
            .entry(outcome(&explained))
            .or_insert_with(|| found.clone());
        *first = found.min(first.clone());
    }
    eprintln!("{by_outcome:?}");
    assert!(by_outcome.len() >= 3, "{by_outcome:?}");
    for (outcome, (_, debtor)) in by_outcome.iter().take(4) {
        let page = installation.maan(&["explain", debtor]).await.good().out;
        for line in page.lines() {
            assert!(line.chars().count() <= 80, "{line}");
            assert!(!line.contains('\u{1b}') && !line.contains("host."), "{line}");
        }
        // The decision has another name each time.
        let (page, decision) = page.split_once("Decision, for `maan replay`\n").unwrap();
        assert!(decision.contains('/'), "{decision}");
        insta::assert_snapshot!(outcome.as_str(), page);
    }
    assert_eq!(
        contents(&installation, "after").await,
        before,
        "asking wrote something"
    );
}

/// The highest step that goes on today.
fn outcome(explained: &Value) -> String {
    let steps = explained["outcome"]["steps"].as_array().unwrap();
    let going = steps.iter().filter(|step| step.get("stopped").is_none());
    let names = going.map(|step| match step["level"].as_str().unwrap() {
        "none" => step["kind"].as_str().unwrap().to_owned(),
        level => level.to_owned(),
    });
    names.max().unwrap_or_else(|| "nothing".into())
}

/// What every answer holds.
fn answered(explained: &Value) {
    for list in ["happens", "reasons", "segment_reasons", "credit"] {
        assert!(
            !explained[list].as_array().unwrap().is_empty(),
            "{list}: {explained}"
        );
    }
    assert!(!explained["next"].as_str().unwrap().is_empty(), "{explained}");
    for flip in explained["flips"].as_array().unwrap() {
        let words = [&flip["when"], &flip["then"]].map(|words| words.as_str().unwrap());
        assert!(
            flip["lever"].is_string() && words.iter().all(|words| !words.is_empty()),
            "{flip}"
        );
        assert!(!flip["changes"].as_array().unwrap().is_empty(), "{flip}");
    }
    let presses = explained["outcome"]["steps"].as_array().unwrap().iter();
    if presses
        .clone()
        .any(|step| step["level"] != "none" && step.get("stopped").is_none())
    {
        assert!(!explained["milder"].is_null(), "{explained}");
        let paid = explained["flips"].as_array().unwrap().iter();
        assert!(paid.clone().any(|flip| flip["lever"] == "paid"), "{explained}");
    }
}

/// Everything in the database, as one file.
async fn contents(installation: &Installation, name: &str) -> Vec<u8> {
    let copy = installation.path(name);
    let sql = format!("VACUUM INTO '{}'", copy.display());
    let mut file = installation.file().await;
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut file)
        .await
        .unwrap();
    std::fs::read(copy).unwrap()
}
