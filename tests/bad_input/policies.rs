//! Components and settings that do not fit.

use serde_json::Value;

use crate::support::{Installation, Kind, Platform};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ops_6_a_component_or_settings_that_do_not_fit_change_nothing() {
    let platform = Platform::start(30).await;
    let installation = Installation::connected(Kind::Sqlite, &platform).await;
    let before = installation.ask(&["policy", "list"]).await;
    let file = installation.path("policy.wasm");
    let install = ["policy", "install", file.to_str().unwrap()];
    let wasi = r#"(component (import "wasi:clocks/wall-clock@0.2.0" (instance (export "now" (func)))))"#;
    let files: [(Vec<u8>, &[&str]); 4] = [
        (b"garbage".to_vec(), &["refused", "no valid component"]),
        (
            wat::parse_str("(module)").unwrap(),
            &["core module", "wasm-tools component new"],
        ),
        (
            wat::parse_str(wasi).unwrap(),
            &["wasi:clocks/wall-clock@0.2.0", "imports nothing"],
        ),
        (
            wat::parse_str("(component)").unwrap(),
            &["exports no", "maan:policy@0.2"],
        ),
    ];
    for (bytes, words) in files {
        std::fs::write(&file, bytes).unwrap();
        installation.maan(&install).await.problem(1, words);
    }
    installation
        .maan(&["policy", "install", "/nowhere.wasm"])
        .await
        .problem(1, &["/nowhere.wasm"]);

    let workflow = before
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["slots"][0] == "workflow")
        .unwrap();
    let digest = workflow["digest"].as_str().unwrap();
    let settings = installation.path("settings.json");
    let used = [
        "policy",
        "use",
        "workflow",
        digest,
        "--settings",
        settings.to_str().unwrap(),
    ];
    let wrong: [(&str, &[&str]); 3] = [
        ("not JSON", &["settings"]),
        ("[1]", &["settings"]),
        (
            r#"{"minimum_amount":"five","steps":[]}"#,
            &["does not accept the settings", "/"],
        ),
    ];
    for (text, words) in wrong {
        std::fs::write(&settings, text).unwrap();
        installation.maan(&used).await.problem(1, words);
    }
    installation
        .maan(&["policy", "use", "workflow", digest, "--preset", "wild"])
        .await
        .problem(3, &["wild", "strict"]);
    installation
        .maan(&["policy", "use", "workflow", "ffff"])
        .await
        .problem(3, &["ffff", "maan policy list"]);
    installation
        .maan(&["policy", "use", "guard", digest])
        .await
        .problem(3, &["guard", "segmentation"]);
    let elsewhere = installation
        .maan(&["policy", "use", "credit-check", digest])
        .await;
    elsewhere.problem(1, &["does not fill slot credit-check"]);
    installation
        .maan(&["policy", "use", "statute", digest])
        .await
        .problem(1, &["no trusted statute pack"]);

    let after: Value = installation.ask(&["policy", "list"]).await;
    assert_eq!(before, after);
    assert_eq!(installation.number("SELECT count(*) FROM deployment").await, 4);
    assert_eq!(
        installation.ask(&["run", "--no-send"]).await["run"]["decided"],
        30
    );
}
