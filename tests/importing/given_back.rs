use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::Files;
use crate::support::{Installation, Kind, Platform};

/// The facts of an export, without when they became known.
fn facts(folder: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(folder.join("facts.jsonl")).unwrap();
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .filter(|line| line.get("debtor").is_some())
        .map(|mut line| {
            line["fact"].as_object_mut().unwrap().remove("known");
            line.to_string()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn live_2_everything_is_given_back_and_can_be_taken_in_again() {
    let platform = Platform::start(60).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["run"]).await;
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let report = installation.ask(&["export", first.to_str().unwrap()]).await;
    assert_eq!(report["debtors"], 60, "{report}");
    assert!(
        report["decisions"].as_u64() == Some(60) && report["actions"].as_u64() > Some(0),
        "{report}"
    );
    let before = facts(&first);

    let files = Files::new().await;
    files.0.wait(24 * 3600);
    let taken = files
        .0
        .ask(&["import", "--new", "Zonneveld", first.to_str().unwrap()])
        .await;
    assert_eq!(
        (&taken["new_debtors"], &taken["facts"]),
        (&json!(60), &report["facts"]),
        "{taken}"
    );
    files.0.ask(&["export", second.to_str().unwrap()]).await;
    assert_eq!(facts(&second), before);
    for name in ["invoices.csv", "customers.csv", "settings.json"] {
        let read = |folder: &Path| std::fs::read_to_string(folder.join(name)).unwrap();
        let sorted = |text: String| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
        assert_eq!(sorted(read(&second)), sorted(read(&first)), "{name}");
    }
    let again = files.0.ask(&["import", first.to_str().unwrap()]).await;
    assert_eq!(again["facts"], 0, "{again}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tables_of_an_export_alone_bring_the_same_sums() {
    let platform = Platform::start(40).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["sync"]).await;
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path().join("all");
    installation.ask(&["export", all.to_str().unwrap()]).await;
    let tables: Vec<String> = ["customers.csv", "invoices.csv", "events.csv"]
        .map(|name| all.join(name).to_str().unwrap().to_owned())
        .to_vec();
    let files = Files::new().await;
    let mut arguments = vec!["import", "--new", "Zonneveld"];
    arguments.extend(tables.iter().map(String::as_str));
    files.0.ask(&arguments).await;
    let open = |table: &str| -> BTreeSet<(String, String)> {
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        rows.records()
            .map(|row| row.unwrap())
            .map(|row| (row[2].to_owned(), row[7].to_owned()))
            .collect()
    };
    let before = std::fs::read_to_string(all.join("invoices.csv")).unwrap();
    let after = files.exported("invoices.csv").await;
    assert_eq!(open(&after), open(&before));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_never_writes_over_another() {
    let files = Files::new().await;
    files.begin(super::LIST).await;
    let to = files.0.path("all");
    files.0.ask(&["export", to.to_str().unwrap()]).await;
    files
        .0
        .maan(&["export", to.to_str().unwrap()])
        .await
        .problem(1, &["choose an empty folder"]);
}
