//! Each debtor has an answer: what happens, why, why not something else, what would change it. Asking changes nothing.

use std::collections::BTreeSet;

use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::support::{Installation, Kind, Platform};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_every_debtor_has_an_answer_and_asking_writes_nothing() {
    let platform = Platform::start(80).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["sync"]).await;
    installation.ask(&["run", "--no-send"]).await;
    let before = contents(&installation, "before").await;

    let mut outcomes = BTreeSet::new();
    for debtor in debtors(&installation).await {
        let explained = installation.ask(&["explain", &debtor]).await;
        answered(&explained);
        let outcome = outcome(&explained);
        if outcomes.insert(outcome.clone()) {
            let page = installation.maan(&["explain", &debtor]).await.good().out;
            insta::assert_snapshot!(outcome.as_str(), readable(&page));
        }
    }
    assert!(
        ["nothing", "notice1", "reminder1"]
            .iter()
            .all(|outcome| outcomes.contains(*outcome)),
        "{outcomes:?}"
    );
    assert_eq!(
        contents(&installation, "after").await,
        before,
        "asking wrote something"
    );
}

/// Of the debtors who owe something, the first by name for each set of steps that came of the night, also of none.
async fn debtors(installation: &Installation) -> Vec<String> {
    let sql = "SELECT reference, min(name) FROM (
            SELECT reference, name, (
                SELECT group_concat(step) FROM (
                    SELECT DISTINCT kind || level AS step FROM action
                    WHERE action.debtor = debtor.id ORDER BY step
                )
            ) AS steps FROM debtor WHERE open_amount > 0
        ) GROUP BY steps ORDER BY min(name)";
    let rows: Vec<(String, String)> = sqlx::query_as(sql)
        .fetch_all(&mut installation.file().await)
        .await
        .unwrap();
    rows.into_iter().map(|(reference, _)| reference).collect()
}

/// The page, which fits a terminal and steers none, without the decision: that has another name each time.
fn readable(page: &str) -> &str {
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert!(!line.contains('\u{1b}') && !line.contains("host."), "{line}");
    }
    let (page, decision) = page.split_once("Decision, for `maan replay`\n").unwrap();
    assert!(decision.contains('/'), "{decision}");
    page
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
