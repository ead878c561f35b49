//! A policy that misbehaves for one debtor: that one is held and seen, all others go on, and taking it back heals.

use serde_json::{Value, json};

use crate::support::{Installation, Kind, Platform, hostile};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_4_ops_6_only_the_debtor_on_whom_a_policy_fails_is_held() {
    let platform = Platform::start(60).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    installation.ask(&["run", "--no-send"]).await;
    let before = installation.ask(&["worklist", "--all", "--limit", "1000"]).await;
    let (guilty, overdue) = in_arrears(&installation, &before).await;
    let own = deployed(&installation).await;

    let file = installation.path("hostile.wasm");
    std::fs::write(&file, hostile::benign()).unwrap();
    let installed = installation
        .ask(&["policy", "install", file.to_str().unwrap()])
        .await;
    let digest = installed["digest"].as_str().unwrap();
    for (does, why) in [("trap", "unreachable"), ("loop", "fuel"), ("failure", "é")] {
        let settings = installation.path("settings.json");
        std::fs::write(
            &settings,
            json!({ "do": format!("{does}@{overdue}") }).to_string(),
        )
        .unwrap();
        let settings = settings.to_str().unwrap();
        installation
            .ask(&["policy", "use", "segmentation", digest, "--settings", settings])
            .await;
        let night = installation.ask(&["run", "--no-send"]).await;
        assert_eq!(night["run"]["decided"], 60, "{does}: {night}");
        let held = night["run"]["held"].as_object().unwrap();
        assert_eq!(held.keys().collect::<Vec<_>>(), [&guilty], "{does}: {night}");
        let told = held[&guilty].as_str().unwrap();
        assert!(told.contains(why) && told.contains("hostile"), "{does}: {told}");
        let explained = installation.ask(&["explain", &guilty]).await;
        assert_eq!(explained["held"], held[&guilty], "{does}: {explained}");
    }

    let back = ["policy", "use", "segmentation", &own, "--why", "taken back"];
    installation.ask(&back).await;
    let night = installation.ask(&["run", "--no-send"]).await;
    assert_eq!(night["run"]["held"], json!({}), "{night}");
    let after = installation.ask(&["worklist", "--all", "--limit", "1000"]).await;
    assert_eq!(asked(&after), asked(&before));
}

/// The first debtor of the worklist with something overdue, and how much that is in minor units.
async fn in_arrears(installation: &Installation, worklist: &Value) -> (String, i64) {
    for line in worklist.as_array().unwrap() {
        let explained = installation
            .ask(&["explain", line["debtor"].as_str().unwrap()])
            .await;
        let overdue = explained["overdue"]
            .as_str()
            .unwrap()
            .replace(['.', 'E', 'U', 'R', ' '], "");
        if let Some(overdue) = overdue.parse().ok().filter(|minor| *minor > 0) {
            return (explained["debtor"].as_str().unwrap().to_owned(), overdue);
        }
    }
    panic!("nobody is in arrears: {worklist}");
}

/// The component in the segmentation slot.
async fn deployed(installation: &Installation) -> String {
    let list = installation.ask(&["policy", "list"]).await;
    let mut found = list
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["slots"][0] == "segmentation");
    found.next().unwrap()["digest"].as_str().unwrap().to_owned()
}

/// What is to be done, whatever the order.
fn asked(list: &Value) -> Vec<String> {
    let mut asked: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["state"] != "withdrawn")
        .map(|line| format!("{} {}", line["debtor"], line["what"]))
        .collect();
    asked.sort();
    asked
}
